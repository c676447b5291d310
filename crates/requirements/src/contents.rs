//! What something is made of, where the text says so as it is made: "cooks plan menus with dishes and desserts".

use crate::clauses::Clause;
use crate::lists;
use crate::names;
use crate::sentence::Sentence;
use crate::words::Tag;

/// The phrase of what a clause makes, and those of the things that it is made with. "A book with a title" has that as an
/// attribute, and "a trip with friends" is not made of them.
pub(crate) fn contents(sentence: &Sentence, clause: &Clause) -> Option<(usize, Vec<usize>)> {
    let [whole] = clause.objects[..] else { return None };
    if clause.passive || clause.negated || !sentence.words[clause.verb].is_a(knowledge::MAKING) {
        return None;
    }
    let with = sentence.phrases[whole].words.end;
    let first = sentence.phrases.partition_point(|phrase| phrase.words.start <= with);
    let follows = sentence.words.get(with).is_some_and(|word| word.is("with"))
        && sentence.phrases.get(first).is_some_and(|phrase| phrase.words.start == with + 1);
    if !follows {
        return None;
    }
    let part = |phrase: &usize| {
        let this = &sentence.phrases[*phrase];
        let name = names::attribute_name(sentence, *phrase);
        this.plural
            && sentence.words[this.words.start].tag != Tag::Possessive
            && names::attribute_strength(&name) == 0
            && !names::is_person(&name)
    };
    let parts: Vec<usize> = lists::run(sentence, first).into_iter().take_while(part).collect();
    (!parts.is_empty()).then_some((whole, parts))
}
