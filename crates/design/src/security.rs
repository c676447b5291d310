//! Step 5: who may do what, what needs protection, and what threatens it.

mod access;
pub use access::SIGNED_IN;
mod duties;
mod owners;
mod said;
mod signin;
mod threats;

use crate::concerns;
use crate::figures::filled;
use crate::model::{ClassifiedField, Column, Database, Deployment, Grant, Secret, Security};
use crate::sealed::SEALED;
use crate::settled::Settled;

/// Derives the security of a design from its operations and tables.
pub(crate) fn security(settled: &Settled, deployment: &Deployment) -> Security {
    let access = access::access(settled);
    let mut threats = threats::threats(settled.analysis, settled.api, settled.database, &access.grants);
    concerns::threats(settled, deployment, &access.grants, &mut threats);
    let group = |group: &'static str| concerns::concerns(settled, deployment, &access.grants, group);
    Security {
        top_ten: group("api-top-10"),
        compliance: group("compliance"),
        roles: access.roles,
        authorization: access.grants,
        duties: access.duties,
        gaps: access.gaps,
        sign_in: signin::sign_in(settled),
        secrets: secrets(settled),
        classified: classified(settled.database),
        threats,
    }
}

/// The authorization matrix alone.
pub(crate) fn grants(settled: &Settled) -> Vec<Grant> {
    access::access(settled).grants
}

/// What must stay secret, after the decisions that brought it.
fn secrets(settled: &Settled) -> Vec<Secret> {
    let restart = match settled.chosen("deployment") {
        "single-vm" => "the program restarts",
        _ => "instances restart one by one",
    };
    let values = [("restart", restart.to_owned())];
    knowledge::SECRETS
        .iter()
        .filter_map(|row| {
            let evidence = settled.when(row.when)?;
            Some(Secret {
                name: row.id.to_owned(),
                what: row.what.to_owned(),
                days: row.days,
                rotation: filled(row.rotation, &values),
                blast: row.blast.to_owned(),
                holder: row.holder.to_owned(),
                evidence,
            })
        })
        .collect()
}

/// The columns that need more than the rest, with what protects them.
fn classified(database: &Database) -> Vec<ClassifiedField> {
    database
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)))
        .filter(|(_, column)| column.class != "internal" || !column.readers.is_empty())
        .map(|(table, column)| ClassifiedField {
            table: table.name.clone(),
            column: column.name.clone(),
            class: column.class.clone(),
            controls: answered_to(column)
                .into_iter()
                .chain(controls(column).iter().map(|control| (*control).to_owned()))
                .collect(),
        })
        .collect()
}

/// Whom alone the text lets read a column.
fn answered_to(column: &Column) -> Option<String> {
    let readers = column.readers.join(", ");
    (!readers.is_empty()).then(|| format!("answered to {readers} only; left out of what others are answered"))
}

fn controls(column: &Column) -> &'static [&'static str] {
    match column.class.as_str() {
        "personal" => &["not written to logs", "in the export and the deletion of a person's data"],
        "sensitive" => &[
            "encrypted in the column with a key outside the database",
            "reads recorded",
            "not written to logs",
            "masked outside production",
        ],
        "financial" => &["changes recorded", "masked outside production"],
        // A hash cannot be shown to those who gave it out.
        "secret" if column.is_presented() => &[
            "encrypted in the column with a key outside the database",
            "never returned by the API",
            "not written to logs",
        ],
        "secret" => &[
            "stored only as a hash, or in a secret store",
            "never returned by the API",
            "not written to logs",
        ],
        SEALED => &["kept as ciphertext, with keys on the devices only", "in no search, preview or log"],
        _ => &[],
    }
}
