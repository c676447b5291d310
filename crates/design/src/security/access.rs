//! The authorization matrix: the one place that says who may do what to whose records. The interface, the policies of
//! the database and the negative tests are all made from it.
//!
//! What is not granted is denied. Where the text names nobody for an operation, the matrix does not open it to
//! everybody: the narrowest role that can still work gets it, and the gap is listed.

mod needed;
mod pool;
mod states;

use super::duties::duties;
use super::owners::Owners;
use super::said::{SCOPES, Said, is_barred_from, is_mine, says, spaced};
use crate::api::{OWN_ACCOUNT, is_toggle};
use crate::capacities::is_account;
use crate::model::{AccessGap, Duties, Grant, Operation, Role, Table};
use crate::naming;
use crate::payments;
use crate::settled::Settled;
use knowledge::Gather as _;
use knowledge::VerbClass;
use requirements::{Action, Actor, ActorKind, Entity, Evidence, Many, Reason, Relation, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// The role of those who run the system, where the text names nobody for a change.
const ADMINISTRATOR: &str = "administrator";
/// The role of everybody with a session, where the text names nobody for a reading.
pub const SIGNED_IN: &str = "signed-in user";
/// The most places in a text that give somebody the right to read everything.
const MOST_READERS: usize = 40;
/// Everybody, where nobody signs in.
pub(super) const ANYONE: &str = "anyone";

/// What the matrix consists of.
pub(super) struct Access {
    pub(super) roles: Vec<Role>,
    pub(super) grants: Vec<Grant>,
    pub(super) duties: Vec<Duties>,
    pub(super) gaps: Vec<AccessGap>,
}

/// Derives the matrix from the operations, the actors and what the text says about them.
pub(super) fn access(settled: &Settled) -> Access {
    let mut led: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for relation in &settled.analysis.model.relations {
        led.entry(&relation.from).or_default().push((&relation.label, &relation.to));
        led.entry(&relation.to).or_default().push((&relation.label, &relation.from));
    }
    let mut acts: BTreeMap<&str, Vec<&Action>> = BTreeMap::new();
    for action in &settled.analysis.requirements.actions {
        if let Some(entity) = action.entity.as_deref() {
            acts.entry(entity).or_default().push(action);
        }
    }
    let mut made: BTreeMap<&str, Vec<&Relation>> = BTreeMap::new();
    for relation in &settled.analysis.model.relations {
        if relation.from_max == Many::One && makes(&relation.label) {
            made.entry(&relation.to).or_default().push(relation);
        }
    }
    let brings = |action: &&Action| {
        let verb = requirements::known_verb(&action.verb);
        verb.is_some_and(|(base, _)| knowledge::access("brings").contains(&base))
            && !is_visitor(&action.actor)
            && by_people(settled, action)
    };
    let mut matrix = Matrix {
        capacities: capacities(settled),
        acts,
        made,
        brought: settled.analysis.requirements.actions.iter().filter(brings).gather(),
        tables: settled
            .database
            .tables
            .iter()
            .filter(|table| !table.entity.is_empty())
            .map(|table| (table.name.as_str(), table))
            .gather(),
        by_entity: BTreeMap::new(),
        entities: BTreeMap::new(),
        settled,
        owners: Owners::new(settled.database),
        said: settled
            .analysis
            .requirements
            .statements
            .iter()
            .map(|statement| Said::of(&statement.text))
            .collect(),
        led,
        grants: Vec::new(),
        granted: BTreeSet::new(),
        theirs: BTreeSet::new(),
        gaps: Vec::new(),
        missing: BTreeSet::new(),
        unnamed: Vec::new(),
    };
    for table in matrix.tables.values() {
        matrix.by_entity.entry(&table.entity).or_insert(table);
    }
    for entity in &settled.analysis.model.entities {
        matrix.entities.entry(&entity.name).or_default().push(entity);
    }
    matrix.named();
    matrix.nothing_unseen();
    matrix.readers_of_everything();
    matrix.workers_read();
    matrix.unnamed_operations();
    matrix.readers_of_attributes();
    matrix.linking();
    // Who was found to work on records only now reads them as well.
    matrix.workers_read();
    matrix.pools();
    matrix.referred();
    matrix.acted_on();
    matrix.nothing_unseen();
    matrix.by_state();
    matrix.by_mark();
    matrix.idle_actors();
    let duties = duties(&matrix.grants, settled.database);
    let roles = roles(settled, &matrix.grants);
    Access { roles, grants: matrix.grants, duties, gaps: matrix.gaps }
}

struct Matrix<'a> {
    settled: &'a Settled<'a>,
    /// What accounts may be to records, where the tables say of which.
    capacities: Vec<&'a str>,
    owners: Owners<'a>,
    /// The tables of the entities, by name.
    tables: BTreeMap<&'a str, &'a Table>,
    /// The first of them of each entity.
    by_entity: BTreeMap<&'a str, &'a Table>,
    /// The entities by their names.
    entities: BTreeMap<&'a str, Vec<&'a Entity>>,
    /// What each statement says of rights.
    said: Vec<Said>,
    /// What each entity is related to, with the label of the relation.
    led: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
    /// What is done to each entity.
    acts: BTreeMap<&'a str, Vec<&'a Action>>,
    /// The relations by which each entity is made by something else.
    made: BTreeMap<&'a str, Vec<&'a Relation>>,
    /// What people bring in by verbs that make nothing by themselves.
    brought: Vec<&'a Action>,
    grants: Vec<Grant>,
    /// The roles and operations of the grants.
    granted: BTreeSet<(String, String)>,
    /// The entities whose records must name what only those read whose it is.
    theirs: BTreeSet<String>,
    gaps: Vec<AccessGap>,
    /// What the gaps say, so that each is said once.
    missing: BTreeSet<String>,
    /// The operations for which the text names nobody.
    unnamed: Vec<&'a Operation>,
}

impl<'a> Matrix<'a> {
    /// One row for each actor that the text lets do something.
    fn named(&mut self) {
        let settled = self.settled;
        for operation in &settled.api.operations {
            if operation.actors.is_empty() && !is_link(operation) {
                self.unnamed.push(operation);
            }
            for role in &operation.actors {
                let mut scope = self.scope(role, operation);
                let mut evidence = operation.evidence.clone();
                let own = is_link(operation)
                    && (role.eq_ignore_ascii_case(&operation.parent) || self.links_own(role, operation));
                if scope == "all" && (own || self.is_theirs(role, operation)) {
                    "own".clone_into(&mut scope);
                    evidence.push(Reason::rule("access-own-steps"));
                }
                self.grant(role, operation, &scope, evidence);
            }
        }
    }

    /// "Planners put trees on a walk. Planners see only their own walks": whether a role that links reads only the own
    /// records of those that it links something to.
    fn links_own(&self, role: &str, operation: &Operation) -> bool {
        let lists = |one: &&Operation| one.entity == operation.parent && one.action == "list";
        let list = self.settled.api.operations.iter().find(lists);
        list.is_some_and(|list| {
            list.actors.iter().any(|actor| actor == role) && self.scope(role, list) == "own"
        }) && !self.owners.over(operation, &self.way(role, &operation.parent)).is_empty()
    }

    /// The way from a record to whose it is: to a role that is not kept, to who made it.
    fn way(&self, who: &str, entity: &str) -> Vec<String> {
        let mut way = self.owners.path(entity, who);
        if way.is_empty() && self.creates(who, entity) {
            self.owners.maker(entity, &mut way);
        }
        way
    }

    /// Whoever may read only some records changes no others: "a hotel sees only its own bookings" and "the hotel rejects a
    /// booking" together mean its own.
    fn nothing_unseen(&mut self) {
        let mut seen: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        let mut made: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for grant in self.grants.iter().filter(|grant| matches!(grant.action.as_str(), "list" | "get")) {
            let key = (grant.role.clone(), grant.resource.clone());
            made.insert(key.clone(), grant.owner.clone());
            seen.entry(key).or_default().insert(grant.scope.clone());
        }
        let mut grants = std::mem::take(&mut self.grants);
        for grant in &mut grants {
            let key = (grant.role.clone(), grant.resource.clone());
            let Some(scopes) = seen.get(&key) else { continue };
            let [scope @ ("own" | "assigned" | "team")] =
                scopes.iter().map(String::as_str).collect::<Vec<_>>()[..]
            else {
                continue;
            };
            let links = matches!(grant.action.as_str(), "linked" | "link" | "unlink");
            if grant.scope == "all"
                && !is_default(grant)
                && !links
                && !self.between_equals(&grant.role, &grant.resource, &grant.operation)
            {
                let mut owner = self.owners.path(&grant.resource, &grant.role);
                if owner.is_empty() {
                    owner.extend(made.get(&key).into_iter().flatten().cloned());
                } else if grant.action == "create" {
                    self.owners.made(&grant.resource, &mut owner);
                }
                if !owner.is_empty() {
                    scope.clone_into(&mut grant.scope);
                    grant.owner = owner;
                    add_reason(&mut grant.evidence, Reason::rule("access-nothing-unseen"));
                }
            }
        }
        self.grants = grants;
    }

    /// "A user blocks another": a mark on one's like opens the records of none.
    fn between_equals(&self, role: &str, resource: &str, operation: &str) -> bool {
        role.eq_ignore_ascii_case(resource)
            && self.settled.api.operations.iter().any(|one| one.id == operation && is_toggle(one))
    }

    /// Whether a step is one that people take with their own records only: nobody cancels the booking of a stranger.
    fn is_theirs(&self, role: &str, operation: &Operation) -> bool {
        if operation.evidence.first() == Some(&Reason::rule(OWN_ACCOUNT)) {
            return role.eq_ignore_ascii_case(&operation.entity);
        }
        // Whoever signs up makes the record of nobody else; an administrator may make others.
        if operation.action == "create" && role.eq_ignore_ascii_case(&operation.entity) {
            return !self.acts_on(operation).any(|action| action.actor == role && makes(&action.verb));
        }
        // "Drivers enter the days on which they drive": each the own ones.
        if operation.action == "update" && role.eq_ignore_ascii_case(&operation.entity) {
            return !self.acts_on(operation).any(|action| action.actor == role && corrects(action));
        }
        // Who pays pays for himself, and nobody sees what others paid.
        if operation.action == "create" && self.is_payment(&operation.entity) {
            return true;
        }
        if !knowledge::access("own-steps").contains(&operation.action.as_str()) {
            return false;
        }
        // Whom a record names only because they take the step is no owner: receptionists cancel for others.
        let led = self
            .led
            .get(operation.entity.as_str())
            .into_iter()
            .flatten()
            .any(|(label, owner)| *label != operation.action && owner.eq_ignore_ascii_case(role));
        led && !self.owners.path(&operation.entity, role).is_empty()
    }

    /// Whether records are those of payments that the system takes.
    fn is_payment(&self, entity: &str) -> bool {
        self.entities.get(entity).is_some_and(|named| named.iter().any(|one| payments::is_added(one)))
    }

    /// Whose records a role may reach by an operation, after the words of the statements that ask for it.
    fn scope(&self, role: &str, operation: &Operation) -> String {
        if is_visitor(role) {
            return "public".to_owned();
        }
        let mut found = if self.named_by_what_they_did(role, operation) { "own" } else { "all" };
        for reason in &operation.evidence {
            let Some(part) = self.part_about(reason, role) else { continue };
            if let Some(scope) = SCOPES.into_iter().find(|scope| says(scope, &part)) {
                if !is_barred_from(&part) {
                    found = scope;
                }
            } else if is_mine(&part)
                && (operation.action == "reports"
                    || self.is_guarded(&operation.entity)
                    || !self.owners.path(&operation.entity, role).is_empty())
            {
                found = "own";
            }
        }
        if found == "all" && (self.receives(role, operation) || self.theirs_by(role, operation).is_some()) {
            found = "own";
        }
        found.to_owned()
    }

    /// "The courses I teach", "the events that they created": those of the speaker, and whether that is who made them.
    fn theirs_by(&self, role: &str, operation: &Operation) -> Option<bool> {
        if !reads(operation) {
            return None;
        }
        let (role, name) = (role.to_lowercase(), operation.entity.to_lowercase());
        let plural = naming::plural(&name);
        let mut said = operation.evidence.iter().filter_map(|reason| self.said.get(reason.place()?));
        let by = |said: &Said| -> Option<bool> {
            let words = spaced(&said.text);
            if !words.contains(&format!(" {role}")) {
                return None;
            }
            let (_, rest) = words.split_once(&format!(" {plural} "))?;
            let mut rest = rest.split(' ').skip_while(|word| matches!(*word, "that" | "which"));
            rest.next().filter(|word| matches!(*word, "i" | "they"))?;
            let verb = rest.next().filter(|verb| !knowledge::access("wishes").contains(verb))?;
            match requirements::known_verb(verb) {
                Some((_, VerbClass::Create)) => Some(true),
                Some((_, VerbClass::Read)) => None,
                _ => Some(false),
            }
        };
        let made = said.find_map(by)?;
        (made || !self.owners.path(&operation.entity, &role).is_empty()).then_some(made)
    }

    /// "Learners get a certificate": their own.
    fn receives(&self, role: &str, operation: &Operation) -> bool {
        let receives = |action: &Action| {
            action.actor == role
                && requirements::known_verb(&action.verb)
                    .is_some_and(|(base, _)| knowledge::access("receives").contains(&base))
        };
        reads(operation)
            && self.is_guarded(&operation.entity)
            && self.owners.is_kept(role)
            && !self.owners.path(&operation.entity, role).is_empty()
            && self.acts_on(operation).filter(|action| action.actor == role).all(receives)
    }

    /// Whether records are about somebody: what tells of people, what tells of one person's dealings, and what stands
    /// below such a record.
    fn is_guarded(&self, entity: &str) -> bool {
        let private = |name: &str| {
            let name = name.to_lowercase();
            knowledge::access("private").contains(&requirements::head(&name))
        };
        self.tells_of_people(entity)
            || private(entity)
            || self.theirs.contains(entity)
            || self.table(entity).is_some_and(|table| self.must_name(table, private))
    }

    fn table(&self, entity: &str) -> Option<&'a Table> {
        self.by_entity.get(entity).copied()
    }

    /// Whether records are about somebody: a role of the system, or what has a personal, sensitive or secret attribute.
    fn tells_of_people(&self, entity: &str) -> bool {
        const PERSONAL: [&str; 3] = ["personal", "sensitive", "secret"];
        let named = self.entities.get(entity).into_iter().flatten();
        self.is_person(entity)
            || named
                .flat_map(|one| &one.attributes)
                .any(|attribute| PERSONAL.contains(&attribute.class.as_str()))
    }

    /// The tables of records that a record names, and whether it must.
    fn named_by<'t>(&'t self, table: &'a Table) -> impl Iterator<Item = (&'a Table, bool)> + 't {
        table.foreign_keys.iter().filter_map(move |key| {
            Some((*self.tables.get(key.references.table.as_str())?, table.requires(key)))
        })
    }

    /// "Users send messages. The sender deletes a message": the one who sent it.
    fn named_by_what_they_did(&self, role: &str, operation: &Operation) -> bool {
        let did = |verb: &str| {
            self.acts_on(operation).any(|action| {
                (action.actor == role || action.actor.is_empty())
                    && requirements::known_verb(&action.verb).is_some_and(|(base, _)| base == verb)
            })
        };
        let mut statements = operation.evidence.iter().filter_map(|reason| self.said.get(reason.place()?));
        let named = |said: &Said| {
            let mut words = said.text.split(|c: char| !c.is_alphanumeric()).skip_while(|word| *word != "the");
            let doer = words.nth(1).filter(|word| *word != role);
            doer.and_then(requirements::verb_of_doer).is_some_and(did)
        };
        statements.any(named)
    }

    /// What is done to the records of an operation.
    fn acts_on(&self, operation: &Operation) -> impl Iterator<Item = &Action> {
        self.acts.get(operation.entity.as_str()).into_iter().flatten().copied()
    }

    /// The part of a statement that names an actor, in lower case between blanks; nothing where the statement limits no
    /// right.
    fn part_about(&self, reason: &Reason, role: &str) -> Option<String> {
        let said = self.said.get(reason.place()?).filter(|said| said.limits)?;
        let role = role.to_lowercase();
        // "Members see their own loans, a librarian all of the branch": each has a part that limits a right.
        let limits = |part: &str| {
            let words = spaced(part);
            SCOPES.iter().any(|scope| says(scope, &words)) || is_mine(&words)
        };
        let limiting = |part: &&str| part.contains(&role) && limits(part);
        let parts = || said.text.split([';', '.', ':', ',']);
        if let Some(part) = parts().find(limiting) {
            return Some(spaced(part));
        }
        // "Reception sees all patients, therapists those assigned to them": what limits somebody else limits nobody else.
        let other = |part: &&str| {
            let names = |actor: &Actor| part.contains(&actor.name.to_lowercase());
            limits(part) && people(self.settled).any(names)
        };
        let own = parts().filter(|part| part.contains(&role)).min_by_key(|part| part.len());
        if let Some(own) = own.filter(|_| parts().any(|part| other(&part))) {
            return Some(spaced(own));
        }
        let mut parts = said.text.split([';', '.', ':']);
        let others = || people(self.settled).any(|actor| said.text.contains(&actor.name.to_lowercase()));
        parts
            .find(|part| part.contains(&role))
            .map_or_else(|| (!others()).then(|| spaced(&said.text)), |part| Some(spaced(part)))
    }

    /// The role of whoever has an account, as the text calls it.
    fn account(&self) -> &'a str {
        let accounts = knowledge::access("accounts");
        let mut known = people(self.settled).map(|actor| actor.name.as_str());
        known.find(|name| accounts.contains(name)).unwrap_or(SIGNED_IN)
    }

    /// Grants an operation to a role, or to accounts in a capacity: then only on the records to which they stand in it.
    fn grant(&mut self, who: &str, operation: &Operation, scope: &str, evidence: Evidence) {
        let resource =
            if operation.entity.is_empty() { operation.path.clone() } else { operation.entity.clone() };
        if !self.granted.insert((who.to_owned(), operation.id.clone())) {
            return;
        }
        let capacity = self.capacities.contains(&who);
        let (role, scope) = if capacity { (self.account(), "own") } else { (who, scope) };
        let mut grant = Grant {
            role: role.to_owned(),
            resource,
            action: operation.action.clone(),
            scope: scope.to_owned(),
            capacity: if capacity { who.to_owned() } else { String::new() },
            operation: operation.id.clone(),
            owner: Vec::new(),
            states: Vec::new(),
            needed: String::new(),
            evidence,
        };
        if grant.is_limited() {
            grant.owner = if is_link(operation) {
                self.owners.over(operation, &self.way(who, &operation.parent))
            } else {
                self.owners.path(&operation.entity, who)
            };
            // No column leads to a role that is not kept, but a record knows who made it.
            if grant.owner.is_empty()
                && (self.theirs_by(role, operation) == Some(true)
                    || self.is_payment(&operation.entity)
                    || self.creates(who, &operation.entity))
            {
                self.owners.maker(&operation.entity, &mut grant.owner);
            }
            if grant.owner.is_empty() {
                let resource = &grant.resource;
                let missing = format!(
                    "The text limits {who} to {scope} records of {resource}, and no column says whose a record is."
                );
                let until = format!("{who} reaches no record of {resource} until such a column is added.");
                self.gap(resource, &missing, &until, &grant.evidence);
            }
        }
        self.grants.push(grant);
    }

    /// "Skippers announce passages and see their own": those that they made.
    fn creates(&self, who: &str, entity: &str) -> bool {
        let mut operations = self.settled.api.operations.iter();
        operations.any(|one| {
            one.action == "create" && one.entity == entity && one.actors.iter().any(|actor| actor == who)
        })
    }

    fn gap(&mut self, resource: &str, missing: &str, until: &str, evidence: &Evidence) {
        if !self.missing.insert(missing.to_owned()) {
            return;
        }
        self.gaps.push(AccessGap {
            resource: resource.to_owned(),
            missing: missing.to_owned(),
            until: until.to_owned(),
            evidence: evidence.clone(),
        });
    }

    /// "The auditors read everything": all readings, whatever else the text says about who reads what.
    fn readers_of_everything(&mut self) {
        let settled = self.settled;
        let mut found: Vec<(u32, String)> = Vec::new();
        for (number, said) in (1_u32..).zip(&self.said).filter(|(_, said)| said.everything) {
            let clauses = said.text.split([';', '.']).map(spaced);
            found.extend(
                clauses.filter_map(|clause| Some((number, self.sees_everything(&clause)?.to_owned()))),
            );
        }
        found.truncate(MOST_READERS);
        for (number, actor) in found {
            for operation in settled.api.operations.iter().filter(|operation| reads(operation)) {
                if !self.granted.contains(&(actor.clone(), operation.id.clone())) {
                    self.grant(&actor, operation, "all", vec![Reason::Statement(number)]);
                }
            }
        }
    }

    /// Who reads everything after a clause: the actor that is named last before a reading verb whose object it is, unless
    /// something between them takes the right away.
    fn sees_everything(&self, clause: &str) -> Option<&str> {
        let phrases = knowledge::access("everything").iter();
        let at = phrases.filter_map(|phrase| clause.find(&format!(" {phrase} "))).min()?;
        let before = &clause[..=at];
        let mut words = before.split_whitespace().rev();
        let verb =
            words.find(|word| !matches!(*word, "at" | "in" | "into" | "of" | "on" | "over" | "through"))?;
        let (base, class) = requirements::known_verb(verb).unwrap_or((verb, VerbClass::State));
        if class != VerbClass::Read && !knowledge::access("sees").contains(&base) {
            return None;
        }
        let named = people(self.settled).filter_map(|actor| {
            let name = actor.name.to_lowercase();
            Some((before.rfind(&format!(" {name}"))? + 1 + name.len(), name.len(), actor))
        });
        let (end, _, actor) = named.max_by_key(|(end, length, _)| (*end, *length))?;
        (!says("denied", &before[end..])).then_some(actor.name.as_str())
    }

    /// "The warden may see everything but changes nothing": whether the text denies somebody all changes.
    fn only_reads(&self, actor: &str) -> bool {
        let name = format!(" {}", actor.to_lowercase());
        let phrases = knowledge::access("changes-nothing");
        self.said.iter().any(|said| {
            let words = spaced(&said.text);
            phrases.iter().any(|phrase| {
                words.split_once(&format!(" {phrase} ")).is_some_and(|(before, _)| before.contains(&name))
            })
        })
    }

    /// Who works on records finds and reads them: all, or where the role only makes records that lead to it, its own.
    fn workers_read(&mut self) {
        let settled = self.settled;
        let mut workers: BTreeMap<String, BTreeMap<String, (bool, Evidence)>> = BTreeMap::new();
        // Whoever has not signed in finds nothing again.
        let works = |grant: &&Grant| {
            let reads = matches!(grant.action.as_str(), "list" | "get") && is_default(grant);
            grant.scope != "public" && !matches!(grant.action.as_str(), "linked" | "reports") && !reads
        };
        for grant in self.grants.iter().filter(works) {
            let roles = workers.entry(grant.resource.clone()).or_default();
            let (only_makes, _) =
                roles.entry(grant.who().to_owned()).or_insert_with(|| (true, grant.evidence.clone()));
            let marks = self.between_equals(&grant.role, &grant.resource, &grant.operation);
            *only_makes &= !is_default(grant) && (grant.action == "create" || grant.scope != "all" || marks);
        }
        let found = |one: &&Operation| reads(one) && !is_link(one) && one.action != "reports";
        for operation in settled.api.operations.iter().filter(found) {
            for (role, (only_makes, evidence)) in workers.get(&operation.entity).into_iter().flatten() {
                // "Patients or their carers ask for a trip. Patients see only their own": carers see what they asked for.
                let makers = *only_makes
                    && !self.owners.is_kept(role)
                    && self.makes_like_an_owner(role, &operation.entity);
                // Whoever registers other people works on all of them.
                let others =
                    !role.eq_ignore_ascii_case(&operation.entity) && self.is_person(&operation.entity);
                let theirs = makers
                    || self.is_payment(&operation.entity)
                    || !self.owners.path(&operation.entity, role).is_empty();
                let own = *only_makes && !others && theirs;
                self.grant(role, operation, if own { "own" } else { "all" }, evidence.clone());
            }
        }
    }

    /// Whether a role makes records as somebody else does who reads only the own ones.
    fn makes_like_an_owner(&self, role: &str, entity: &str) -> bool {
        let of = |grant: &&Grant| grant.resource == entity && grant.role != role;
        let makers = || self.grants.iter().filter(of).filter(|grant| grant.action == "create");
        let reads_own = |maker: &Grant| {
            let mut reads = self
                .grants
                .iter()
                .filter(of)
                .filter(|grant| grant.role == maker.role && grant.action == "list");
            reads.any(|grant| grant.scope == "own")
        };
        makers().any(reads_own)
    }

    fn is_person(&self, entity: &str) -> bool {
        people(self.settled).any(|actor| actor.name.eq_ignore_ascii_case(entity))
    }

    /// Operations for which the text names nobody. Who changes records reads them; the only role of a text does all;
    /// otherwise readings are open to those signed in, unless they tell of people, and changes only to those who run the
    /// system.
    fn unnamed_operations(&mut self) {
        let settled = self.settled;
        let open = settled.chosen("authentication") == "none";
        let administrator = self.administrator();
        let named: Vec<&Actor> = people(settled).filter(|actor| !is_visitor(&actor.name)).collect();
        let only = match named.as_slice() {
            [only] => Some(only.name.clone()),
            _ => None,
        };
        // Whoever has not signed in works on nothing.
        let works = |grant: &&Grant| grant.scope != "public" && grant.action != "reports";
        let working = self.grants.iter().filter(works);
        let worked_on: BTreeSet<String> = working.map(|grant| grant.resource.clone()).gather();
        let theirs = self.read_by_owners();
        let tables = self.tables.values();
        self.theirs = tables
            .filter(|table| self.must_name(table, |name| theirs.contains(name)))
            .map(|table| table.entity.clone())
            .gather();
        self.correctors();
        let mut changes: BTreeMap<String, (Vec<&str>, Evidence)> = BTreeMap::new();
        let mut readings = Vec::new();
        for operation in std::mem::take(&mut self.unnamed) {
            let mut evidence = vec![Reason::rule("access-default")];
            let stated = operation.evidence.iter().find(|reason| matches!(reason, Reason::Statement(_)));
            evidence.extend(stated.cloned());
            let resource = if operation.entity.is_empty() { &operation.path } else { &operation.entity };
            let role = if open {
                ANYONE
            } else if reads(operation) && worked_on.contains(resource) {
                readings.push((operation, evidence));
                continue;
            } else if let Some(only) = &only {
                only
            } else if let Some((actor, reasons)) = self.bringer(operation) {
                self.grant(&actor, operation, "all", reasons);
                continue;
            } else if let Some((actor, reasons)) = self.maker(operation).or_else(|| self.buyer(operation)) {
                self.grant(&actor, operation, "own", reasons);
                continue;
            } else if reads(operation) && !self.is_guarded(resource) {
                readings.push((operation, evidence.clone()));
                SIGNED_IN
            } else if let Some((actor, reasons)) = self.doer(operation) {
                self.grant(&actor, operation, "all", reasons);
                continue;
            } else {
                if matches!(operation.action.as_str(), "list" | "get") {
                    self.own_records(operation, &evidence);
                }
                let (actions, _) =
                    changes.entry(resource.clone()).or_insert((Vec::new(), operation.evidence.clone()));
                if !actions.contains(&operation.action.as_str()) {
                    actions.push(&operation.action);
                }
                administrator
            };
            self.grant(role, operation, if open { "public" } else { "all" }, evidence);
        }
        // Who has to change records must find them.
        for (operation, evidence) in readings {
            if changes.contains_key(&operation.entity) {
                self.grant(administrator, operation, "all", evidence);
            }
        }
        for (resource, (actions, evidence)) in changes {
            let missing = format!("The text names nobody who may {} {resource}.", alternatives(&actions));
            let theirs = |grant: &&Grant| {
                grant.resource == resource
                    && grant.evidence.first() == Some(&Reason::rule("access-own-records"))
            };
            let owners: BTreeSet<&str> =
                self.grants.iter().filter(theirs).map(|grant| grant.role.as_str()).gather();
            let owners: Vec<&str> = owners.into_iter().collect();
            let until = match alternatives(&owners) {
                none if none.is_empty() => format!("Only the role {administrator} may."),
                who => format!("Only the role {administrator} may; {who} reads the own records."),
            };
            self.gap(&resource, &missing, &until, &evidence);
        }
    }

    /// "Dispatchers plan trips. Drivers record the mileage": who fills in a part does not correct the rest, which those do
    /// who make the records of others, else whoever is in charge.
    fn correctors(&mut self) {
        let operations = self.settled.api.operations.iter();
        let filled: Vec<&Operation> = operations
            .filter(|operation| operation.action == "update" && !operation.actors.is_empty())
            .filter(|operation| !self.acts_on(operation).any(corrects))
            .collect();
        for operation in filled {
            let entity = &operation.entity;
            let creates = |grant: &&Grant| {
                grant.action == "create" && grant.resource == *entity && grant.scope == "all"
            };
            let makers = self.grants.iter().filter(creates).map(|grant| grant.who().to_owned());
            let mut roles: Vec<String> =
                makers.filter(|role| !self.makes_like_an_owner(role, entity)).collect();
            if roles.is_empty() {
                roles.push(self.administrator().to_owned());
            }
            for role in roles {
                self.grant(&role, operation, "all", vec![Reason::rule("access-default")]);
            }
        }
    }

    /// The records that nobody reads but those whose they are.
    fn read_by_owners(&self) -> BTreeSet<String> {
        let reading = |grant: &&Grant| matches!(grant.action.as_str(), "list" | "get");
        let (own, all): (Vec<&Grant>, Vec<&Grant>) =
            self.grants.iter().filter(reading).partition(|grant| grant.scope == "own");
        let all: BTreeSet<&str> = all.into_iter().map(|grant| grant.resource.as_str()).gather();
        let own = own.into_iter().map(|grant| grant.resource.as_str()).filter(|name| !all.contains(name));
        own.map(str::to_owned).gather()
    }

    /// Whether a record must name one of such an entity: a parking session tells of a vehicle that only its driver sees.
    fn must_name(&self, table: &'a Table, is_such: impl Fn(&str) -> bool) -> bool {
        self.named_by(table).any(|(target, must)| must && is_such(&target.entity))
    }

    /// What tells of one person is read by that person.
    fn own_records(&mut self, operation: &Operation, evidence: &Evidence) {
        let led = |actor: &&Actor| {
            !is_visitor(&actor.name)
                && self.owners.is_kept(&actor.name)
                && !self.owners.path(&operation.entity, &actor.name).is_empty()
        };
        let roles: Vec<String> = people(self.settled).filter(led).map(|actor| actor.name.clone()).collect();
        for role in roles {
            let mut because = vec![Reason::rule("access-own-records")];
            because.extend(evidence.iter().skip(1).cloned());
            self.grant(&role, operation, "own", because);
        }
    }

    /// "A patron pays and gets an order": who pays for something makes it by that.
    fn buyer(&self, operation: &Operation) -> Option<(String, Evidence)> {
        let among = |row: &str, action: &Action| {
            requirements::known_verb(&action.verb)
                .is_some_and(|(base, _)| knowledge::access(row).contains(&base))
        };
        let actions = &self.settled.analysis.requirements.actions;
        let buys = |action: &&&Action| {
            among("receives", action)
                && action.preposition.is_none()
                && by_people(self.settled, action)
                && !self.owners.path(&operation.entity, &action.actor).is_empty()
                && actions.iter().any(|other| {
                    other.statement == action.statement
                        && other.actor == action.actor
                        && among("acquires", other)
                })
        };
        let acts = self.acts.get(operation.entity.as_str()).filter(|_| operation.action == "create")?;
        let action = acts.iter().find(buys)?;
        Some((action.actor.clone(), Reason::alone(&action.statement)))
    }

    /// Who takes a step on what a record is told by: "door staff scan the barcode of a ticket".
    fn doer(&self, operation: &Operation) -> Option<(String, Evidence)> {
        let entities = &self.settled.analysis.model.entities;
        let entity = entities.iter().find(|entity| entity.name == operation.entity)?;
        let does = |action: &&Action| {
            action.entity.is_none()
                && action.preposition.is_none()
                && by_people(self.settled, action)
                && requirements::known_verb(&action.verb).is_some_and(|(base, _)| base == operation.action)
                && entity.attributes.iter().any(|attribute| attribute.name == action.object.to_lowercase())
        };
        let action = self.settled.analysis.requirements.actions.iter().find(does)?;
        Some((action.actor.clone(), Reason::alone(&action.statement)))
    }

    /// The role of those who run the system: the text's own, where it names one, else the one in charge of the others.
    fn administrator(&self) -> &'a str {
        let in_charge = || {
            let charges = knowledge::access("in-charge").iter();
            let named =
                |name: &&&str| people(self.settled).find(|actor| actor.name.eq_ignore_ascii_case(name));
            charges
                .clone()
                .find_map(|name| named(&name).filter(|actor| !self.only_reads(&actor.name)))
                .map(|actor| actor.name.as_str())
        };
        let runs = |actor: &&Actor| {
            let last = actor.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            knowledge::access("administrators").contains(&last.as_str())
        };
        let mut found = people(self.settled).filter(runs);
        match (found.next(), found.next()) {
            (Some(only), None) => &only.name,
            (None, _) => in_charge().unwrap_or(ADMINISTRATOR),
            _ => ADMINISTRATOR,
        }
    }

    /// Who alone reads an attribute reads the records that have it.
    fn readers_of_attributes(&mut self) {
        let settled = self.settled;
        for entity in &settled.analysis.model.entities {
            for attribute in entity.attributes.iter().filter(|attribute| !attribute.readers.is_empty()) {
                let reading =
                    settled.api.operations.iter().filter(|one| one.entity == entity.name && reads(one));
                for operation in reading.filter(|one| !is_link(one)) {
                    for role in &attribute.readers {
                        self.grant(role, operation, "all", attribute.evidence.clone());
                    }
                }
            }
        }
    }

    /// Links between records are their parent's: who reads it sees them, and who changes it sets them and takes them away.
    fn linking(&mut self) {
        let settled = self.settled;
        for operation in settled.api.operations.iter().filter(|operation| is_link(operation)) {
            let wanted: &[&str] =
                if operation.action == "linked" { &["list", "get"] } else { &["update", "create"] };
            let named = !operation.actors.is_empty();
            let of = |action: &&str| -> Vec<(String, String, Evidence)> {
                let rights = self.grants.iter().filter(|grant| {
                    grant.resource == operation.parent
                        && grant.action == *action
                        // Who enters nobody but oneself does not link oneself with whatever there is.
                        && (action != &"create" || grant.scope == "all")
                        && (operation.action != "linked" || self.may_see(&grant.role, &operation.entity, &grant.scope))
                });
                rights
                    .map(|grant| (grant.who().to_owned(), grant.scope.clone(), grant.evidence.clone()))
                    .gather()
            };
            let mut rights =
                wanted.iter().map(of).find(|found| !found.is_empty()).filter(|_| !named).unwrap_or_default();
            for (role, scope, evidence) in &mut rights {
                // A mark between two of a kind is seen by whoever set it.
                if operation.entity == operation.parent && role.eq_ignore_ascii_case(&operation.parent) {
                    "own".clone_into(scope);
                }
                add_reason(evidence, Reason::rule("access-links"));
            }
            // Where no way leads from what is linked to whose it is, the links are nobody's own.
            rights.retain(|(role, scope, _)| {
                let own = !matches!(scope.as_str(), "all" | "public");
                !own || !self.owners.over(operation, &self.way(role, &operation.parent)).is_empty()
            });
            if rights.is_empty() && !named {
                let why = vec![Reason::rule("access-default"), Reason::rule("access-links")];
                rights.push((self.administrator().to_owned(), "all".to_owned(), why));
            }
            for (role, scope, evidence) in rights {
                self.grant(&role, operation, &scope, evidence);
            }
        }
    }

    /// Whether the records that are linked to those of a role may be shown to it: to whom only their own are shown, those
    /// of their own; to others, what they read anyway or what tells of nobody.
    fn may_see(&self, role: &str, entity: &str, scope: &str) -> bool {
        !matches!(scope, "all" | "public")
            || !self.tells_of_people(entity)
            || self.grants.iter().any(|grant| {
                grant.role == role
                    && grant.resource == entity
                    && grant.action == "list"
                    && grant.scope == "all"
            })
    }

    /// Who brings records in by a verb that makes none by itself: "the staff put packets into boxes".
    fn bringer(&self, operation: &Operation) -> Option<(String, Evidence)> {
        if operation.action != "create" {
            return None;
        }
        let name = operation.entity.to_lowercase();
        let named = |action: &&&Action| {
            let object = action.object.to_lowercase();
            action.preposition.is_none() && (object == name || object == naming::plural(&name))
        };
        let found = self.brought.iter().find(named);
        let action = found.or_else(|| {
            self.brought.iter().find(|action| action.entity.as_ref() == Some(&operation.entity))
        })?;
        Some((action.actor.clone(), Reason::alone(&action.statement)))
    }

    /// Who makes records as a relation says: "a participant sends messages". They lead to who made them.
    fn maker(&self, operation: &Operation) -> Option<(String, Evidence)> {
        if operation.action != "create" {
            return None;
        }
        let actor_of = |relation: &&Relation| {
            let actor = people(self.settled).find(|actor| actor.name.eq_ignore_ascii_case(&relation.from))?;
            let leads = !self.owners.path(&operation.entity, &actor.name).is_empty();
            leads.then(|| (actor.name.clone(), relation.evidence.clone()))
        };
        self.made.get(operation.entity.as_str())?.iter().find_map(actor_of)
    }

    /// Actors of the text that no operation is open to.
    fn idle_actors(&mut self) {
        let settled = self.settled;
        let active: BTreeSet<String> = self.grants.iter().map(|grant| grant.who().to_owned()).gather();
        for actor in people(settled).filter(|actor| !active.contains(&actor.name)) {
            let missing = format!(
                "The text names {}, and no operation of the interface follows from what it says about this role.",
                actor.name
            );
            self.gap("", &missing, "The role has no rights of its own.", &actor.evidence);
        }
    }
}

/// The actors that are a capacity of accounts: those that a record refers to by that name.
fn capacities<'a>(settled: &'a Settled) -> Vec<&'a str> {
    let words = knowledge::access("capacities");
    let names = |name: &str| {
        settled.analysis.model.relations.iter().any(|relation| {
            let to_account = is_account(&relation.to) && relation.role.as_deref() == Some(name);
            let of_account = |one: &str, other: &str| is_account(one) && other.eq_ignore_ascii_case(name);
            to_account || of_account(&relation.from, &relation.to) || of_account(&relation.to, &relation.from)
        })
    };
    people(settled)
        .map(|actor| actor.name.as_str())
        .filter(|name| words.contains(name) && names(name))
        .gather()
}

/// Whether a right is given only because the text names nobody.
fn is_default(grant: &Grant) -> bool {
    grant.evidence.first() == Some(&Reason::rule("access-default"))
}

/// Whether somebody changes records as a whole, and does not only fill in a part.
fn corrects(action: &Action) -> bool {
    let known = requirements::known_verb(&action.verb).filter(|_| !action.actor.is_empty());
    known.is_some_and(|(base, class)| {
        class == knowledge::VerbClass::Update || knowledge::interface("everything").contains(&base)
    })
}

/// Whether an operation is about the links of a record.
fn is_link(operation: &Operation) -> bool {
    matches!(operation.action.as_str(), "linked" | "link" | "unlink")
}

/// Whether a verb makes something.
fn makes(verb: &str) -> bool {
    requirements::known_verb(verb).is_some_and(|(_, class)| class == VerbClass::Create)
}

fn people<'a>(settled: &'a Settled) -> impl Iterator<Item = &'a Actor> {
    settled.analysis.requirements.actors.iter().filter(|actor| actor.kind != ActorKind::Time)
}

/// Whether an operation changes nothing.
pub(super) fn reads(operation: &Operation) -> bool {
    operation.method == "GET"
}

/// Whether a role is that of people who have not signed in.
fn is_visitor(role: &str) -> bool {
    knowledge::access("visitors").contains(&role.to_lowercase().as_str())
}

/// The roles that have rights, those of the text first.
fn roles(settled: &Settled, grants: &[Grant]) -> Vec<Role> {
    let mut active: BTreeSet<&str> = grants.iter().map(|grant| grant.role.as_str()).gather();
    let mut roles: Vec<Role> = people(settled)
        .filter(|actor| active.remove(actor.name.as_str()))
        .map(|actor| Role { name: actor.name.clone(), evidence: actor.evidence.clone() })
        .collect();
    let more = |name: &str| Role { name: name.to_owned(), evidence: vec![Reason::rule("access-default")] };
    roles.extend(active.into_iter().map(more));
    roles
}

/// Whether people do what is said to be done.
fn by_people(settled: &Settled, action: &Action) -> bool {
    people(settled).any(|actor| actor.name == action.actor)
}

/// Actions as a series: "create, update or delete".
fn alternatives(actions: &[&str]) -> String {
    match actions {
        [rest @ .., last] if !rest.is_empty() => {
            format!("{} or {last}", rest.join(", "))
        }
        _ => actions.concat(),
    }
}
