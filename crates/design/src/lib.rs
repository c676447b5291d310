//! Steps 2 to 6 of the workflow: what a text says in, a backend design out. One module a step.

mod model;

pub use model::*;

use requirements::{Analysis, Diagnostic};

/// Designs the backend that an analysed text asks for.
pub fn design(analysis: Analysis, options: &Options) -> Result<Design, Diagnostic> {
    let _ = options;
    Ok(Design {
        schema_version: SCHEMA_VERSION.to_owned(),
        title: analysis.title,
        requirements: analysis.requirements,
        model: analysis.model,
        assumptions: analysis.assumptions,
        questions: analysis.questions,
        conflicts: analysis.conflicts,
        capacity: Vec::new(),
        decisions: Vec::new(),
        api: Api::default(),
        database: Database::default(),
        security: Security::default(),
        scalability: Scalability::default(),
        deployment: Deployment::default(),
        roadmap: Roadmap::default(),
        review: Vec::new(),
        language: analysis.language,
        diagnostics: analysis.diagnostics,
    })
}
