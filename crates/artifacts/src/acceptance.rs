//! `acceptance/*.feature`: what must be seen to work, in Gherkin, one file a table with operations.

use crate::File;
use crate::lookup::{Lookup, may};
use design::{Design, Grant, Operation};
use requirements::Reason;

/// The acceptance files of a design.
pub(crate) fn features(design: &Design) -> Vec<File> {
    let lookup = Lookup::new(design);
    design
        .database
        .tables
        .iter()
        .filter(|table| !table.entity.is_empty())
        .filter_map(|table| {
            let operations = lookup.operations(&table.entity).iter();
            let scenarios: String = operations
                .map(|operation| scenarios(design, operation, lookup.grants(&operation.id)))
                .collect();
            (!scenarios.is_empty()).then(|| File {
                path: format!("acceptance/{}.feature", table.name),
                contents: format!("Feature: {}\n{scenarios}", line(&table.entity)),
            })
        })
        .collect()
}

/// An operation as somebody who may call it sees it, and as somebody who may not.
fn scenarios(design: &Design, operation: &Operation, grants: &[&Grant]) -> String {
    let Some(grant) = grants.first() else { return String::new() };
    let tags: Vec<String> = operation
        .evidence
        .iter()
        .filter(|reason| matches!(reason, Reason::Statement(_)))
        .map(|reason| format!("@{reason}"))
        .collect();
    let tags = if tags.is_empty() { String::new() } else { format!("  {}\n", tags.join(" ")) };
    let who = |grant: &Grant| {
        if grant.scope == "public" {
            "a caller without a session".to_owned()
        } else {
            format!("a caller with the role {}", line(&grant.role))
        }
    };
    let call = format!("{} {}", operation.method, operation.path);
    // What is done later is accepted; the exact status of the rest stands in the contract.
    let later = operation.needs.iter().any(|need| need.kind == "status-resource");
    let answer = if later { "202" } else { "2xx" };
    let given = if operation.states.is_empty() {
        String::new()
    } else {
        format!("    And a record that is {}\n", line(&operation.states.join(" or ")))
    };
    let scope = match grant.scope.as_str() {
        _ if !grant.states.is_empty() => {
            format!("    And a record that is {}\n", line(&grant.states.join(" or ")))
        }
        "all" | "public" => String::new(),
        _ => format!("    And a record within the scope {}\n", line(&grant.whose())),
    };
    let mut out = format!(
        "\n{tags}  Scenario: {} as {}\n    Given {}\n{given}{scope}    When they call {call}\n    Then the answer is {answer}\n",
        line(&operation.summary),
        line(&grant.role),
        who(grant)
    );
    if let Some(grant) = grants.iter().find(|grant| !grant.states.is_empty()) {
        out += &format!(
            "\n{tags}  Scenario: {} in another state\n    Given {}\n    And a record that is not {}\n    When they call {call}\n    Then the record is not shown\n",
            line(&operation.summary),
            who(grant),
            line(&grant.states.join(" or "))
        );
    }
    if !operation.leads_to.is_empty() {
        out += &format!("    And the record is {}\n", line(&operation.leads_to));
    }
    if !operation.states.is_empty() {
        out += &format!(
            "\n{tags}  Scenario: {} at the wrong time\n    Given {}\n    And a record that is not {}\n    When they call {call}\n    Then the answer is 409\n",
            line(&operation.summary),
            who(grant),
            line(&operation.states.join(" or "))
        );
    }
    if operation.problems.iter().any(|problem| problem == "limit-reached") {
        let table = design.database.tables.iter().find(|table| table.entity == operation.entity);
        let limit = table.and_then(|table| table.limits.first());
        let within = limit.filter(|limit| !limit.within.is_empty());
        // What counts is said in the words of the trigger that counts it.
        let (same, before) = match within {
            Some(limit) if limit.slides() => (
                format!(" that were made in the last {}", limit.within),
                format!(" that were made more than {} ago", limit.within),
            ),
            Some(limit) => (
                format!(" of the same calendar {} (UTC)", limit.within),
                format!(" of the calendar {} before (UTC)", limit.within),
            ),
            None => (String::new(), String::new()),
        };
        out += &format!(
            "\n{tags}  Scenario: {} when there are as many as there may be\n    Given {}\n    And as many records{same} as the limit allows\n    When they call {call}\n    Then the answer is 409\n",
            line(&operation.summary),
            who(grant)
        );
        if !before.is_empty() {
            out += &format!(
                "\n{tags}  Scenario: {} when those before count no more\n    Given {}\n    And as many records{before} as the limit allows, and none since\n    When they call {call}\n    Then the answer is {answer}\n",
                line(&operation.summary),
                who(grant)
            );
        }
    }
    if let Some(role) = design.security.roles.iter().find(|role| !may(&role.name, grants)) {
        out += &format!(
            "\n{tags}  Scenario: {} refused to {}\n    Given a caller with the role {}\n    When they call {call}\n    Then the answer is 403 or 404\n",
            line(&operation.summary),
            line(&role.name),
            line(&role.name)
        );
    }
    out
}

/// Text on one line of Gherkin: no line break can begin a step, and no mark a comment or a tag.
fn line(text: &str) -> String {
    let one: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '#' | '@' | '|' | '"' | '<' | '>') { ' ' } else { c })
        .collect();
    one.split_whitespace().collect::<Vec<_>>().join(" ")
}
