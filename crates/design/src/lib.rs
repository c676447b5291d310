//! Steps 2 to 6 of the workflow: what a text says in, a backend design out. One module a step.
//!
//! Pure, like the step before it: no input or output, no clock, no randomness. The steps run in one direction, each
//! reading what the earlier ones settled, and never the text itself.

mod api;
mod assumed;
mod capacities;
mod capacity;
mod clock;
mod concerns;
mod conflicts;
mod consistency;
mod database;
mod dated;
mod decisions;
mod deployment;
mod difference;
mod domains;
mod effort;
mod facts;
mod figures;
mod gaps;
mod impact;
mod kept;
mod messages;
mod model;
mod modules;
mod naming;
mod payments;
mod places;
mod plan;
mod profile;
mod receivers;
mod review;
mod roadmap;
mod scalability;
mod sealed;
mod security;
mod settled;
mod shards;
mod spoken;

pub use capacity::{entity_id, table_id};
pub use database::WORKER;
pub use decisions::speaks_against;
pub use deployment::{Site, cloud, sites, sites_wanted, without_docker};
pub use difference::difference;
pub use facts::trimmed;
pub use figures::counted;
pub use model::*;
pub use naming::{Scope, json_name, literal, plural, snake, words};
pub use security::SIGNED_IN;

use facts::Facts;
use requirements::{Analysis, Diagnostic, Language, Model, Requirements};
use settled::Settled;

/// Only the decisions of a design, with what would change each; what follows from them is left out. Refuses only options that
/// name no fact or decision.
pub fn decide(mut analysis: Analysis, options: &Options) -> Result<Vec<Decision>, Diagnostic> {
    check(options)?;
    clock::complete(&mut analysis);
    domains::complete(&mut analysis, options);
    payments::complete(&mut analysis, options);
    capacities::capacities(&mut analysis);
    receivers::receivers(&mut analysis);
    sealed::seal(&mut analysis);
    places::places(&mut analysis);
    dated::dated(&mut analysis);
    if is_empty(&analysis) {
        return Ok(Vec::new());
    }
    let plan::Plan { facts, mut settlement, .. } = plan::plan(&analysis, options)?;
    messages::name(&analysis, &mut settlement.decisions);
    let sensitivities = decisions::sensitivities(&settlement, &facts);
    impact::impact(&mut analysis, &mut settlement.decisions, &sensitivities, &facts);
    Ok(settlement.decisions)
}

/// Without anything to keep records of there is nothing to design, and nothing to assume numbers for.
fn is_empty(analysis: &Analysis) -> bool {
    analysis.model.entities.is_empty() && analysis.requirements.endpoints.is_empty()
}

/// Designs the backend that an analysed text asks for. Refuses only options that name no fact or decision.
pub fn design(mut analysis: Analysis, options: &Options) -> Result<Design, Diagnostic> {
    check(options)?;
    clock::complete(&mut analysis);
    domains::complete(&mut analysis, options);
    payments::complete(&mut analysis, options);
    capacities::capacities(&mut analysis);
    receivers::receivers(&mut analysis);
    sealed::seal(&mut analysis);
    places::places(&mut analysis);
    dated::dated(&mut analysis);
    let mut design = Design {
        schema_version: SCHEMA_VERSION.to_owned(),
        title: String::new(),
        requirements: Requirements::default(),
        model: Model::default(),
        assumptions: Vec::new(),
        questions: Vec::new(),
        conflicts: Vec::new(),
        capacity: Vec::new(),
        decisions: Vec::new(),
        unused: Vec::new(),
        modules: Vec::new(),
        consistency: Consistency::default(),
        api: Api::default(),
        database: Database::default(),
        security: Security::default(),
        scalability: Scalability::default(),
        deployment: Deployment::default(),
        roadmap: Roadmap::default(),
        review: Vec::new(),
        language: Language::default(),
        diagnostics: Vec::new(),
    };
    if !is_empty(&analysis) {
        let plan::Plan { mut facts, figures, mut settlement, api, database } =
            plan::plan(&analysis, options)?;
        messages::name(&analysis, &mut settlement.decisions);
        (design.capacity, design.api) = (figures, api);
        conflicts::conflicts(&mut analysis, &facts, &settlement.decisions);
        gaps::settle(&mut analysis, &facts);
        analysis.assumptions.append(&mut facts.assumptions);
        decisions::name_readers(&mut analysis.assumptions, &settlement.decisions);
        let sensitivities = decisions::sensitivities(&settlement, &facts);
        impact::impact(&mut analysis, &mut settlement.decisions, &sensitivities, &facts);
        design.unused = decisions::unused(&settlement, &facts);
        design.scalability = scalability::scalability(&facts, &design.capacity, &settlement);
        design.decisions = settlement.decisions;
        let mut assumed = assumed::Assumed::after(&analysis.assumptions);
        design.modules = modules::modules(&analysis, &design.decisions, &facts, &mut assumed);
        let (mut database, rows) = database;
        database::part(&mut database, &design.modules);
        database::held(&mut database);
        design.capacity.extend(rows);
        let mut sizes = capacity::sizes(&database, &facts);
        capacity::measure(&mut facts, &mut sizes);
        design.capacity.extend(sizes);
        design.database = database;
        let settled = Settled {
            analysis: &analysis,
            facts: &facts,
            decisions: &design.decisions,
            api: &design.api,
            database: &design.database,
        };
        let mut deployment = deployment::deployment(&settled, &analysis.title, &mut assumed);
        modules::name_services(&mut deployment.components, &design.modules);
        scalability::sized(&mut design.scalability, &settled, &deployment.figures);
        design.scalability.shards = shards::shards(&settled, &mut assumed);
        scalability::spread(&mut design.scalability);
        let security = security::security(&settled, &deployment);
        design.scalability.failures =
            concerns::concerns(&settled, &deployment, &security.authorization, "failure");
        (design.deployment, design.security) = (deployment, security);
        let postgresql = design.store().is_none();
        database::makers(&mut design.database, &design.security, postgresql);
        api::complete(
            &mut design.api,
            &design.database,
            &design.security,
            &design.decisions,
            &facts,
            &mut assumed,
        );
        let settled = self::settled(&analysis, &facts, &design);
        let consistency = consistency::consistency(&settled, &design.modules);
        let (effort, figures) = effort::effort(&settled, &design.modules, &mut assumed);
        design.consistency = consistency;
        design.capacity.extend(figures);
        conflicts::budget(&mut analysis, &facts, &design.decisions, &design.deployment.figures);
        analysis.assumptions.extend(assumed.list);
        let settled = self::settled(&analysis, &facts, &design);
        design.roadmap = roadmap::roadmap(&settled, &design.deployment, &design.security, &effort);
        // Other stores know no policies on rows: there the program narrows each query by the matrix.
        if design.store().is_none() {
            design.database.policies = database::policies(&design.database, &design.security, &design.api);
        }
    }
    take(&mut design, analysis);
    design.review = review::review(&design);
    design.roadmap.risks.extend(review::risks(&design.review));
    Ok(design)
}

/// Takes over what was understood and has been completed.
fn take(design: &mut Design, analysis: Analysis) {
    // Titles are headings, which end in no mark.
    let title = analysis.title.trim_end_matches(|c: char| c.is_whitespace() || ".,;:!。，；：！".contains(c));
    design.title = if title.is_empty() { "Untitled system".to_owned() } else { title.to_owned() };
    design.requirements = analysis.requirements;
    design.model = analysis.model;
    design.assumptions = analysis.assumptions;
    design.questions = analysis.questions;
    design.conflicts = analysis.conflicts;
    design.language = analysis.language;
    design.diagnostics = analysis.diagnostics;
}

/// What is settled once the interface and the tables are complete.
fn settled<'a>(analysis: &'a Analysis, facts: &'a Facts, design: &'a Design) -> Settled<'a> {
    Settled { analysis, facts, decisions: &design.decisions, api: &design.api, database: &design.database }
}

/// Refuses options that name nothing.
pub fn check(options: &Options) -> Result<(), Diagnostic> {
    profile::check(&options.profile)?;
    check_facts(options)
}

/// Refuses facts that nothing reads, so that a misspelt one does not go unnoticed.
fn check_facts(options: &Options) -> Result<(), Diagnostic> {
    let known = || {
        knowledge::FACTS
            .iter()
            .map(|row| row.id)
            .filter(|id| !id.starts_with("limit.") && !facts::is_counted(id))
    };
    for (id, value) in &options.set {
        if !known().any(|known| known == id) {
            return Err(Diagnostic {
                what: format!("There is no fact `{id}` to set."),
                why: "A value can be set only for a fact that the arithmetic reads.".to_owned(),
                fix: format!("Use one of: {}.", known().collect::<Vec<_>>().join(", ")),
                span: None,
            });
        }
        if !value.is_finite() || *value <= 0.0 {
            return Err(Diagnostic {
                what: format!("`{id}` cannot be {value}."),
                why: "Load, sizes and shares are finite and greater than zero.".to_owned(),
                fix: "Give a number above zero in the unit that the list of assumptions shows.".to_owned(),
                span: None,
            });
        }
    }
    Ok(())
}
