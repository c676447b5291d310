//! What the commands of people need who work without a connection: they arrive late, in one go and perhaps twice.

use super::records::need;
use crate::model::Operation;
use requirements::{Analysis, Reason};
use std::collections::BTreeSet;

/// Gives the commands that a device queues their keys, and what is created on it an id of the device.
pub(super) fn offline(analysis: &Analysis, operations: &mut [Operation]) {
    let said: BTreeSet<&Reason> = analysis
        .requirements
        .signals
        .iter()
        .filter(|signal| signal.id == "works-offline")
        .flat_map(|signal| &signal.evidence)
        .collect();
    // "They see open jobs, work in cellars without reception and close the job": who acts there is who is away.
    let away: BTreeSet<&str> = analysis
        .requirements
        .actions
        .iter()
        .filter(|action| said.iter().any(|reason| reason.to_string() == action.statement))
        .map(|action| action.actor.as_str())
        .collect();
    let changes = |operation: &Operation| operation.method != "GET" && operation.action != "upload";
    let about = |operation: &Operation, statements: &BTreeSet<usize>| {
        changes(operation)
            && operation
                .evidence
                .iter()
                .any(|reason| reason.place().is_some_and(|place| statements.contains(&place)))
    };
    let there: BTreeSet<usize> = said.iter().filter_map(|reason| reason.place()).collect();
    // "They scan the card and mark the lunch. The tablet has to work without reception": what was said just before.
    let before: BTreeSet<usize> = there.iter().filter_map(|place| place.checked_sub(1)).collect();
    let by_whom = |operation: &Operation| {
        changes(operation) && operation.actors.iter().any(|actor| away.contains(actor.as_str()))
    };
    let said_here = |operation: &Operation| by_whom(operation) || about(operation, &there);
    let said_before = |operation: &Operation| about(operation, &before);
    let queued: &dyn Fn(&Operation) -> bool = if operations.iter().any(said_here) {
        &said_here
    } else if operations.iter().any(said_before) {
        &said_before
    } else {
        // Where the text does not say who is away, any command may come late.
        &changes
    };
    for operation in operations.iter_mut().filter(|operation| queued(operation)) {
        if !operation.needs.iter().any(|need| need.kind == "idempotency-key") {
            operation.needs.push(need("idempotency-key", "a device that was away may send it twice"));
        }
        if operation.action == "create" {
            operation
                .needs
                .push(need("client-id", "other commands in the queue of that device name it already"));
        }
    }
}
