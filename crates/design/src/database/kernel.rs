//! The tables that the system needs for its own working, each only where something asks for it.

use super::tables::{empty, index, system_column};
use super::{Ground, limited};
use crate::model::{Check, Column, Decision, Frozen, Operation, RowFilter, Table};
use crate::naming::Scope;
use requirements::{Analysis, Evidence, Origin, Reason, add_reason};

/// Adds the tables that decisions and signals ask for.
pub(super) fn kernel(ground: &Ground, tables: &mut Vec<Table>, names: &mut Scope) {
    let mut add = |name: &str, make: &dyn Fn(String) -> Table| {
        let name = names.take(name, name);
        tables.push(make(name));
    };
    if !ground.analysis.model.lifecycles.is_empty() {
        add("state_changes", &|name| state_changes(ground, name));
    }
    // Why a step was taken that moves no state stands nowhere else.
    let explained = explained(ground, false);
    if let Some(evidence) = ground.signal("audit").or((!explained.is_empty()).then_some(&explained)) {
        add("audit_entries", &|name| audit(name, evidence, !explained.is_empty()));
    }
    let decided = |slot: &str, options: &[&str]| {
        ground
            .decisions
            .iter()
            .find(|decision| decision.slot == slot && options.contains(&decision.chosen.as_str()))
    };
    if let Some(decision) = decided("messaging", &["postgres-jobs"]) {
        add("jobs", &|name| jobs(name, decision));
    }
    let told = decided("messaging", &["rabbitmq", "kafka"]).or_else(|| decided("consistency", &["eventual"]));
    if let Some(decision) = told {
        add("outbox", &|name| outbox(name, decision));
    }
    let paid = paid_online(ground.analysis);
    let pays = !paid.is_empty() && decided("payments", &["hosted-provider"]).is_some();
    let taken = if pays { Some(&paid) } else { told.map(|decision| &decision.evidence) };
    if let Some(evidence) = taken {
        add("received_messages", &|name| inbox(name, evidence));
    }
    if let Some(decision) = own_files(ground.analysis, ground.decisions) {
        add("stored_files", &|name| stored_files(ground, name, decision));
    }
    // The table is there for the operations that take a key, and for nothing else.
    let keyed = |operation: &&Operation| operation.needs.iter().any(|need| need.kind == "idempotency-key");
    let mut repeated = Evidence::new();
    for reason in ground.api.operations.iter().filter(keyed).flat_map(|operation| &operation.evidence) {
        add_reason(&mut repeated, reason.clone());
    }
    if !repeated.is_empty() {
        add("idempotency_keys", &|name| idempotency(name, &repeated));
    }
}

/// The statements by which payments are made through the system; a system that only records them talks to nobody.
pub(crate) fn paid_online(analysis: &Analysis) -> Evidence {
    let requirements = &analysis.requirements;
    let statements = &requirements.statements;
    let said = |reason: &&Reason| {
        let statement = reason.place().and_then(|at| statements.get(at));
        let text = statement.map(|statement| statement.text.to_lowercase()).unwrap_or_default();
        knowledge::storage_words("paid-online").iter().any(|word| text.contains(word))
    };
    let payments = requirements.signals.iter().find(|signal| signal.id == "payments");
    payments.into_iter().flat_map(|signal| &signal.evidence).filter(said).cloned().collect()
}

/// A table of the system's own with a counting key and the time of writing.
fn kernel_table(name: String, columns: &[(&str, &str)], evidence: Evidence) -> Table {
    let mut table = empty(name, Origin::Kernel, evidence);
    table.columns.push(system_column("id", "bigint", None));
    table.columns.extend(columns.iter().map(|(column, kind)| system_column(column, kind, None)));
    table.columns.push(system_column("created_at", "timestamptz", Some("now()")));
    table
}

fn give(table: &mut Table, columns: &[&str], only: Option<RowFilter>, operation: &str) {
    let mut index = index(&table.name, columns, false);
    index.only = only;
    operation.clone_into(&mut index.purpose);
    index.operations = vec![operation.to_owned()];
    table.indexes.push(index);
}

/// Who moved what from which state to which, and when.
fn state_changes(ground: &Ground, name: String) -> Table {
    let mut evidence: Evidence = vec![Reason::rule("transitions-recorded")];
    let lifecycles = &ground.analysis.model.lifecycles;
    evidence.extend(lifecycles.iter().flat_map(|lifecycle| lifecycle.evidence.iter().take(1).cloned()));
    let columns = [
        ("subject", "text"),
        ("record_id", ground.key),
        ("from_state", "text"),
        ("to_state", "text"),
        ("changed_by", "text"),
    ];
    let mut table = kernel_table(name, &columns, evidence);
    if !explained(ground, true).is_empty() {
        table.columns.insert(table.columns.len() - 1, why());
    }
    table.frozen = Some(Frozen { only: None, columns: Vec::new(), kept: true });
    give(&mut table, &["subject", "record_id"], None, "history of a record");
    table
}

/// The reasons of the steps that are taken with one: of those that move a record, or of those that do not.
fn explained(ground: &Ground, moving: bool) -> Evidence {
    let mut evidence = Evidence::new();
    let explained = |operation: &&Operation| {
        operation.leads_to.is_empty() != moving && operation.needs.iter().any(|need| need.kind == "reason")
    };
    for reason in ground.api.operations.iter().filter(explained).flat_map(|operation| &operation.evidence) {
        add_reason(&mut evidence, reason.clone());
    }
    evidence
}

/// What whoever took a step said why.
fn why() -> Column {
    let mut column = system_column("reason", "text", None);
    column.nullable = true;
    "Why, where the step asks for it.".clone_into(&mut column.note);
    column
}

/// Who did what to which record.
fn audit(name: String, evidence: &Evidence, explained: bool) -> Table {
    let columns = [
        ("actor", "text"),
        ("action", "text"),
        ("subject", "text"),
        ("record_id", "text"),
        ("details", "jsonb"),
    ];
    let mut table = kernel_table(name, &columns, evidence.clone());
    if explained {
        table.columns.insert(table.columns.len() - 1, why());
    }
    table.frozen = Some(Frozen { only: None, columns: Vec::new(), kept: true });
    give(&mut table, &["subject", "record_id"], None, "what was done to a record");
    table
}

/// The queue of background work.
fn jobs(name: String, decision: &Decision) -> Table {
    let columns = [
        ("kind", "text"),
        ("payload", "jsonb"),
        ("status", "text"),
        ("attempts", "integer"),
        ("run_at", "timestamptz"),
    ];
    let mut table = kernel_table(name, &columns, decision.evidence.clone());
    let only = RowFilter { column: "status".to_owned(), values: vec!["ready".to_owned()], is_null: false };
    give(&mut table, &["run_at"], Some(only), "worker: take the next job");
    table.checks.push(Check {
        name: limited(&format!("{}_status_check", table.name)),
        column: "status".to_owned(),
        values: ["ready", "running", "done", "failed"].map(str::to_owned).to_vec(),
    });
    for column in &mut table.columns {
        match column.name.as_str() {
            "status" => column.default = Some("'ready'".to_owned()),
            "attempts" => column.default = Some("0".to_owned()),
            "run_at" => column.default = Some("now()".to_owned()),
            _ => {}
        }
    }
    table
}

/// Messages that were written in the transaction of their cause and wait for the broker.
fn outbox(name: String, decision: &Decision) -> Table {
    let columns = [("topic", "text"), ("key", "text"), ("payload", "jsonb"), ("published_at", "timestamptz")];
    let mut table = kernel_table(name, &columns, decision.evidence.clone());
    for column in table.columns.iter_mut().filter(|column| column.name == "published_at") {
        column.nullable = true;
    }
    let only = RowFilter { column: "published_at".to_owned(), values: Vec::new(), is_null: true };
    give(&mut table, &["id"], Some(only), "relay: send what was not sent yet");
    table
}

/// Messages of others that were taken already: a second delivery finds its row and does nothing.
fn inbox(name: String, evidence: &Evidence) -> Table {
    let mut table = empty(name, Origin::Kernel, evidence.clone());
    table.columns = vec![
        system_column("source", "text", None),
        system_column("message_id", "text", None),
        system_column("created_at", "timestamptz", Some("now()")),
    ];
    table.primary_key = vec!["source".to_owned(), "message_id".to_owned()];
    table
}

/// The decision that keeps files, where no record of the text's own says where a file lies: what is known of each is then
/// in a table of the system's own.
pub(crate) fn own_files<'a>(analysis: &Analysis, decisions: &'a [Decision]) -> Option<&'a Decision> {
    let kept = decisions.iter().find(|decision| decision.slot == "files" && decision.chosen != "none")?;
    let mut attributes = analysis.model.entities.iter().flat_map(|entity| &entity.attributes);
    attributes.all(|attribute| attribute.name != "storage key").then_some(kept)
}

/// What is known of each file: the rows that it belongs to name its key.
fn stored_files(ground: &Ground, name: String, decision: &Decision) -> Table {
    let columns = [
        ("storage_key", "text"),
        ("subject", "text"),
        ("record_id", ground.key),
        ("file_name", "text"),
        ("media_type", "text"),
        ("size_bytes", "bigint"),
        ("checksum", "text"),
        ("scan", "text"),
    ];
    let mut table = kernel_table(name, &columns, decision.evidence.clone());
    for column in &mut table.columns {
        match column.name.as_str() {
            "scan" => column.default = Some("'waiting'".to_owned()),
            // Until the first record names it, a file belongs to none.
            "record_id" => column.nullable = true,
            _ => {}
        }
    }
    table.checks.push(Check {
        name: limited(&format!("{}_scan_check", table.name)),
        column: "scan".to_owned(),
        values: ["waiting", "clean", "refused"].map(str::to_owned).to_vec(),
    });
    let mut key = index(&table.name, &["storage_key"], true);
    key.operations = ["startUpload", "getUpload"].map(str::to_owned).to_vec();
    table.indexes.push(key);
    give(&mut table, &["subject", "record_id"], None, "files of a record");
    table
}

/// Commands that were carried out already, with the answer that a repetition gets.
fn idempotency(name: String, evidence: &Evidence) -> Table {
    let mut table = empty(name, Origin::Kernel, evidence.clone());
    let mut response = system_column("response", "jsonb", None);
    response.nullable = true;
    table.columns = vec![
        system_column("caller", "text", None),
        system_column("key", "text", None),
        system_column("request_hash", "text", None),
        response,
        system_column("created_at", "timestamptz", Some("now()")),
    ];
    table.primary_key = vec!["caller".to_owned(), "key".to_owned()];
    table
}
