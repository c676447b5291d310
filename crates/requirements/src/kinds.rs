//! Which things are kinds of others: "a manager is an employee", "there are two kinds of accounts: …".

use crate::clauses::Clause;
use crate::sentence::Sentence;
use crate::words::Tag;
use knowledge::holds;

/// Pairs of a kind and what it is a kind of. `entity` gives the entity that a phrase names.
pub(crate) fn kinds(sentence: &Sentence, entity: &dyn Fn(usize) -> Option<String>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for clause in sentence.clauses.iter().filter(|clause| !clause.negated) {
        let verb = &sentence.words[clause.verb];
        if verb.among(knowledge::BE) {
            copula(sentence, clause, entity, &mut found);
        } else if clause.passive && holds(knowledge::DIVIDING, verb.lemma) {
            let Some(parent) = clause.objects.first().and_then(|phrase| entity(*phrase)) else { continue };
            if is_parted(sentence, clause) {
                continue;
            }
            for (link, phrase) in &clause.obliques {
                // "Lines are grouped into one order": what brings them together is no kind of them.
                let gathers = sentence.words[*link].is("into") && !sentence.phrases[*phrase].plural;
                if matches!(sentence.words[*link].lower, "as" | "into" | "in")
                    && !gathers
                    && let Some(child) = entity(*phrase)
                {
                    found.push((child, parent.clone()));
                }
            }
        }
    }
    enumerated(sentence, entity, &mut found);
    found.retain(|(child, parent)| child != parent);
    found
}

/// "A greenhouse is divided into zones": these are its parts. "Accounts are divided into savings accounts and loan accounts"
/// names kinds.
pub(crate) fn is_parted(sentence: &Sentence, clause: &Clause) -> bool {
    let into = |(link, _): &&(usize, usize)| sentence.words[*link].is("into");
    clause.passive
        && holds(knowledge::PARTING, sentence.words[clause.verb].lemma)
        && clause.obliques.iter().filter(into).count() == 1
}

/// "A manager is an employee"; "some employees are managers"; "a party is either a person or a company".
fn copula(
    sentence: &Sentence,
    clause: &Clause,
    entity: &dyn Fn(usize) -> Option<String>,
    found: &mut Vec<(String, String)>,
) {
    let Some(subject) = clause.subject_phrase() else { return };
    // "Under a post there are comments": neither is a kind of the other.
    if clause.verb.checked_sub(1).is_some_and(|there| sentence.words[there].is("there")) {
        return;
    }
    let (this, verb) = (&sentence.phrases[subject], clause.verb);
    let word = |at: usize| sentence.words.get(at).map_or("", |word| word.lower);
    // "can be", "is either", "some of them are": what follows is the narrower one.
    let narrows = verb > 0 && matches!(word(verb - 1), "can" | "may" | "could")
        || word(verb + 1) == "either"
        // "Whether a partner is a client or a supplier is told by a category."
        || this.words.start.checked_sub(1).is_some_and(|before| word(before) == "whether")
        || sentence.words[this.words.clone()]
            .iter()
            .any(|word| matches!(word.lower, "some" | "certain" | "many" | "most"));
    // "can be cars, vans or trucks": each of them, also where the clause ends for other purposes at the first.
    let mut objects = clause.objects.clone();
    if narrows && let Some(last) = clause.objects.last() {
        objects.extend(
            crate::lists::run(sentence, *last)
                .into_iter()
                .skip(1)
                .filter(|more| !clause.objects.contains(more)),
        );
    }
    for object in objects {
        // "a singer is a member of a choir" says where singers are, not what.
        if place_in(sentence, object).is_some() {
            continue;
        }
        let that = &sentence.phrases[object];
        let article = word(that.words.start);
        let is_one =
            matches!(article, "a" | "an" | "either") || (word(verb) == "are" || narrows) && that.plural;
        let target = of_kind(sentence, object);
        // "a category is a group of items": it holds them, and is none.
        let gathers = holds(knowledge::GATHERINGS, sentence.words[that.name.end - 1].lemma);
        if gathers && !that.plural && sentence.of_phrase(object).is_some_and(|of| sentence.phrases[of].plural)
        {
            continue;
        }
        let (Some(a), Some(b)) = (entity(subject), entity(target.unwrap_or(object))) else { continue };
        if target.is_some() || is_one && !narrows {
            // "Pickers and drivers are employees."
            let joined = sentence.with_subject(subject).filter(|joined| *joined != subject && that.plural);
            found.extend(joined.filter_map(entity).map(|joined| (joined, b.clone())));
            found.push((a, b));
        } else if is_one && narrows {
            found.push((b, a));
        }
    }
}

/// How a thing is in another one, by the noun before "of".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// "part of a boat", which is made of such.
    Part,
    /// "member of a choir", which brings together what is there without it.
    Member,
}

/// Whether a phrase says that something is in what follows its "of".
pub(crate) fn place_in(sentence: &Sentence, phrase: usize) -> Option<Place> {
    sentence.of_phrase(phrase)?;
    let head = sentence.words[sentence.phrases[phrase].name.end - 1].lemma;
    if holds(knowledge::PARTS, head) {
        return Some(Place::Part);
    }
    holds(knowledge::MEMBERS, head).then_some(Place::Member)
}

/// What something is a kind of: "a subgroup of the broader category of persons".
fn of_kind(sentence: &Sentence, phrase: usize) -> Option<usize> {
    let head = |phrase: usize| &sentence.words[sentence.phrases[phrase].name.end - 1];
    let mut at = phrase;
    for _ in 0..3 {
        if !head(at).is_a(knowledge::KINDS) {
            break;
        }
        at = sentence.of_phrase(at)?;
    }
    (at != phrase).then_some(at)
}

/// "There are two kinds of accounts: savings accounts and loan accounts."
fn enumerated(
    sentence: &Sentence,
    entity: &dyn Fn(usize) -> Option<String>,
    found: &mut Vec<(String, String)>,
) {
    for phrase in 0..sentence.phrases.len() {
        let Some(of) = of_kind(sentence, phrase) else { continue };
        let this = &sentence.phrases[phrase];
        let several =
            this.plural && sentence.words[this.words.clone()].iter().any(|word| word.tag == Tag::Number);
        let colon = sentence.words[sentence.phrases[of].words.end..].iter().position(|word| word.is(":"));
        let (true, Some(colon), Some(parent)) = (several, colon, entity(of)) else { continue };
        let from = sentence.phrases[of].words.end + colon;
        let listed =
            (of + 1..sentence.phrases.len()).filter(|next| sentence.phrases[*next].words.start > from);
        found.extend(listed.filter_map(entity).map(|child| (child, parent.clone())));
    }
}
