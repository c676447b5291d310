//! The six guides as data, in reading order.

use serde::Serialize;

/// What the site says about a guide before one opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The file name in `references/` without its ending, which is also the name of the page.
    pub name: &'static str,
    /// The name in navigation.
    pub label: &'static str,
    /// What one finds in it, in one sentence.
    pub summary: &'static str,
}

/// All guides, in the order in which one would read them.
pub const CATALOG: [Entry; 6] = [
    Entry {
        name: "backend-design-process",
        label: "Design process",
        summary: "From a requirements text to a roadmap: what to find out, what to estimate and what to decide, in which order.",
    },
    Entry {
        name: "api-design-guide",
        label: "API design",
        summary: "Resources, methods, errors, pagination, idempotency, versions and the security of an HTTP API, with the standards behind each rule.",
    },
    Entry {
        name: "database-design",
        label: "Database design",
        summary: "From entities to tables, keys, constraints and indexes, to transactions, migrations and the day when one server is not enough.",
    },
    Entry {
        name: "best-practices",
        label: "Best practices",
        summary: "Numbered rules for code, security, operations and cost, each with its reason, its exception and a way to check it.",
    },
    Entry {
        name: "common-patterns",
        label: "Common patterns",
        summary: "Outbox, saga, idempotent consumer, circuit breaker and their kin: the problem, the solution, how it fails and when to leave it out.",
    },
    Entry {
        name: "examples",
        label: "Worked examples",
        summary: "Complete designs, from the text that someone wrote to the decisions, tables and endpoints that follow from it.",
    },
];

/// The page that lists all rules.
pub const RULES: Entry = Entry {
    name: "rules",
    label: "Index of rules",
    summary: "Every numbered rule of the guides on one page, and which of them a generated design follows.",
};

/// The page that explains words.
pub const GLOSSARY: Entry = Entry {
    name: "glossary",
    label: "Glossary",
    summary: "The words of the field as the guides use them, each with the section that goes into it.",
};

/// The checklist of each guide that has rules: the name of the guide, and the page.
pub const CHECKLISTS: [(&str, Entry); 5] = [
    ("backend-design-process", checklist("checklist-process", "Checklist: design process")),
    ("api-design-guide", checklist("checklist-api", "Checklist: API design")),
    ("database-design", checklist("checklist-database", "Checklist: database design")),
    ("best-practices", checklist("checklist-practices", "Checklist: best practices")),
    ("common-patterns", checklist("checklist-patterns", "Checklist: common patterns")),
];

const fn checklist(name: &'static str, label: &'static str) -> Entry {
    Entry { name, label, summary: "One line for each rule of the guide, to tick or to answer." }
}
