//! Records that are only a stage of others: "authors save drafts of articles" means articles, where an article is a draft,
//! then published.

use crate::model::{Action, Model};
use crate::reason::add_reason;

/// The state that people speak of as of a thing.
const DRAFT: &str = "draft";

/// Takes what is a state of other records out of the records, with all that was said of it.
pub(crate) fn merge(mut model: Model, actions: &mut [Action]) -> Model {
    let Some(at) = model.entities.iter().position(|entity| entity.name.eq_ignore_ascii_case(DRAFT)) else {
        return model;
    };
    let mut lives = model.lifecycles.iter().filter(|cycle| {
        !cycle.entity.eq_ignore_ascii_case(DRAFT) && cycle.states.iter().any(|state| state == DRAFT)
    });
    // Of two things that are drafts at first, the text has to say which it means; what has attributes of its own is one.
    let (Some(whole), None) = (lives.next().map(|cycle| cycle.entity.clone()), lives.next()) else {
        return model;
    };
    if !model.entities[at].attributes.is_empty() {
        return model;
    }
    let draft = model.entities.remove(at);
    model.lifecycles.retain(|cycle| cycle.entity != draft.name);
    for action in actions.iter_mut().filter(|action| action.entity.as_ref() == Some(&draft.name)) {
        action.entity = Some(whole.clone());
    }
    let linked = |model: &Model, from: &str, to: &str| {
        let ends = [(from, to), (to, from)];
        model.relations.iter().any(|one| ends.contains(&(one.from.as_str(), one.to.as_str())))
    };
    let (of_draft, others) = std::mem::take(&mut model.relations)
        .into_iter()
        .partition::<Vec<_>, _>(|one| one.from == draft.name || one.to == draft.name);
    model.relations = others;
    for mut relation in of_draft {
        let ends = [&mut relation.from, &mut relation.to];
        ends.into_iter().filter(|end| **end == draft.name).for_each(|end| end.clone_from(&whole));
        if relation.from != relation.to && !linked(&model, &relation.from, &relation.to) {
            model.relations.push(relation);
        }
    }
    if let Some(whole) = model.entities.iter_mut().find(|entity| entity.name == whole) {
        draft.evidence.into_iter().for_each(|reason| add_reason(&mut whole.evidence, reason));
    }
    model
}
