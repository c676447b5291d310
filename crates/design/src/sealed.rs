//! What only its sender and its recipients can read: the server keeps it as it came, and knows no words of it.

use requirements::{Analysis, Reason, add_reason};

/// The sensitivity class of what the server cannot read.
pub(crate) const SEALED: &str = "sealed";

/// Seals the contents of what the text wants encrypted from end to end.
pub(crate) fn seal(analysis: &mut Analysis) {
    let requirements = &analysis.requirements;
    let Some(signal) = requirements.signals.iter().find(|signal| signal.id == "end-to-end") else { return };
    let said: Vec<(&Reason, String)> = signal
        .evidence
        .iter()
        .filter_map(|reason| {
            Some((reason, requirements.statements.get(reason.place()?)?.text.to_lowercase()))
        })
        .collect();
    for entity in &mut analysis.model.entities {
        let name = entity.name.to_lowercase();
        let Some((reason, _)) = said.iter().find(|(_, text)| text.contains(&name)) else { continue };
        let contents = knowledge::storage_words("sealed");
        for attribute in &mut entity.attributes {
            if contents.contains(&attribute.name.as_str()) {
                SEALED.clone_into(&mut attribute.class);
                add_reason(&mut attribute.evidence, (*reason).clone());
            }
        }
    }
}
