//! `deploy/load-test.js`: a k6 script whose rate, mix and thresholds are the figures of the design.

use crate::lookup::{Lookup, may};
use crate::openapi::names::Names;
use crate::openapi::schemas::{Records, Shape, is_id};
use design::{Design, ForeignKey, Operation, Table, counted, json_name, words};
use knowledge::Gather as _;
use requirements::Quantity;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Latency for which the text and the assumptions give nothing, in seconds.
const LATENCY: f64 = 0.5;

/// What the script does beside its data.
const SCRIPT: &str = r#"
const ORIGIN = __ENV.ORIGIN || 'https://localhost:8443';

/** Who calls: each with a role of the design, since no role may do everything, and with a limit of requests of its own. */
const CALLERS = (__ENV.TOKENS || __ENV.SESSIONS || '').split(',').filter(Boolean).map((entry) => {
    const at = entry.indexOf(':');
    return { role: entry.slice(0, at), secret: entry.slice(at + 1) };
});
if (CALLERS.length === 0) {
    CALLERS.push({ role: '', secret: '' });
}
const headers = (/** @type {string} */ secret) => ({
    'content-type': 'application/json',
    ...(__ENV.TOKENS ? { authorization: `Bearer ${secret}` } : {}),
    ...(__ENV.SESSIONS ? { cookie: `__Host-session=${secret}` } : {}),
});
const may = (/** @type {string} */ role, /** @type {string[]} */ roles) => roles.length === 0 || roles.includes(role);

/** Another value like the given one, for a field in which no two records may agree. */
const another = (/** @type {unknown} */ value, /** @type {number} */ nth) => {
    if (typeof value !== 'string') return typeof value === 'number' ? value + nth : value;
    if (/^\+\d+$/.test(value)) return `+${440000000000 + nth}`;
    if (value.includes('@')) return `${nth}.${value}`;
    if (/^\d{4}-\d\d-\d\d/.test(value)) return new Date(Date.parse(value) + (nth % 2900000) * 86400000).toISOString().replace('.000', '').slice(0, value.length);
    return `${value}-${nth}`;
};

export const options = {
    setupTimeout: '10m',
    scenarios: {
        peak: {
            executor: 'ramping-arrival-rate',
            startRate: 1,
            timeUnit: '1m',
            preAllocatedVUs: USERS,
            maxVUs: USERS * 10,
            stages: [
                { target: PER_MINUTE, duration: '2m' },
                { target: PER_MINUTE, duration: '10m' },
                { target: 1, duration: '1m' },
            ],
        },
    },
    thresholds: {
        // A script that fails before its first request has no failed check: only the count shows it.
        http_reqs: ['count>0'],
        checks: ['rate>0.99'],
        http_req_failed: ['rate<0.01'],
        http_req_duration: [`p(${PERCENTILE})<${LATENCY_MS}`],
        // What the text says the peak is of is measured by itself as well.
        ...Object.fromEntries(OPERATIONS.filter(({ stated }) => stated).map(({ id }) => [`http_req_duration{name:${id}}`, [`p(${PERCENTILE})<${LATENCY_MS}`]])),
    },
};

/** Of what is contested, all but the first are refused, as designed. */
const GIVEN = http.expectedStatuses({ min: 200, max: 299 });
const CONTESTED = http.expectedStatuses({ min: 200, max: 299 }, 409);

/** Finds a record of each kind that each caller may see, so that the operations on single records have something to act on. */
export function setup() {
    return CALLERS.map(({ role, secret }) => {
        /** @type {Record<string, string>} */
        const ids = {};
        for (const operation of OPERATIONS) {
            if (operation.action === 'list' && !operation.path.includes('{') && may(role, operation.roles)) {
                const answer = http.get(ORIGIN + operation.path, { headers: headers(secret) });
                const first = answer.status === 200 ? answer.json('items.0.id') : undefined;
                if (typeof first === 'string') {
                    ids[operation.entity] = first;
                }
            }
        }
        return ids;
    });
}

/** One request: reads and writes in the proportion of the load model, each kind evenly over what the caller may do; of ten writes nine are what the text says the peak is of. */
export default function (/** @type {Record<string, string>[]} */ known) {
    const turn = __VU % CALLERS.length;
    const { role, secret } = CALLERS[turn];
    // A caller reads what it may see, and writes what refers to anything.
    const seen = known[turn];
    const there = { ...Object.assign({}, ...known), ...seen };
    const possible = OPERATIONS.filter(({ method, needs, roles }) => may(role, roles) && needs.every((entity) => (method === 'GET' ? seen : there)[entity]));
    const reads = possible.filter(({ method }) => method === 'GET');
    const all = possible.filter(({ method }) => method !== 'GET');
    const peak = all.filter(({ stated }) => stated);
    const writes = peak.length > 0 && Math.random() < 0.9 ? peak : all;
    const mix = writes.length === 0 || (reads.length > 0 && Math.random() < READ_SHARE) ? reads : writes;
    const operation = mix[Math.floor(Math.random() * mix.length)];
    if (!operation) {
        return;
    }
    const fill = (/** @type {string} */ text) => text.replace(/\{\{(.*?)\}\}/g, (_, at) => there[operation.needs[Number(at)]]);
    const sent = { ...headers(secret), ...(operation.key ? { 'idempotency-key': `"${__VU}-${__ITER}-${Date.now()}"` } : {}) };
    const nth = __ITER * 1000 + __VU;
    const fields = Object.entries(operation.body || {}).map(([name, value]) => [name, operation.unique.includes(name) ? another(value, nth) : value]);
    const body = operation.body ? fill(JSON.stringify(Object.fromEntries(fields))) : null;
    const answer = http.request(operation.method, ORIGIN + fill(operation.path), body, { headers: sent, tags: { name: operation.id }, responseCallback: operation.contested ? CONTESTED : GIVEN });
    check(answer, { 'answered as designed': ({ status }) => (status >= 200 && status < 300) || (operation.contested && status === 409) });
}
"#;

/// The load test of a design; nothing where it has no operations that could be tried.
pub(crate) fn load_test(design: &Design) -> Option<String> {
    let names = Names::new(design);
    let figure = |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|figure| figure.value);
    let peak = figure("requests.peak").or_else(|| stated(design, "requests")).unwrap_or(1.0);
    let share =
        figure("reads.peak").map_or(0.8, |reads| if peak > 0.0 { (reads / peak).min(1.0) } else { 0.8 });
    let latency = figure("latency.target")
        .or_else(|| {
            let assumed =
                design.assumptions.iter().find(|assumption| assumption.subject == "latency.target")?;
            assumed.value.parse().ok()
        })
        .filter(|seconds| *seconds > 0.0)
        .unwrap_or(LATENCY);
    let objective = design.deployment.objectives.iter().find(|objective| objective.id == "latency");
    let percentile = objective.map_or(99.0, |objective| (objective.target * 1e5).round() / 1e3);
    let lookup = Lookup::new(design);
    let entities: BTreeMap<&str, &str> =
        design.database.tables.iter().map(|table| (table.name.as_str(), table.entity.as_str())).gather();
    let at_peak = Stated::of(design);
    let operations: Vec<Value> = design
        .api
        .operations
        .iter()
        .filter_map(|operation| tried(&lookup, &entities, &names, operation, at_peak.is_of(operation)))
        .collect();
    if operations.is_empty() {
        return None;
    }
    let rate = figure("load.test").unwrap_or(peak);
    let per_minute = (rate * 60.0).ceil().max(1.0);
    // Little's law: requests at once are rate times duration.
    let users = (rate * latency * 2.0).ceil().max(1.0);
    let callers = callers(design, per_minute);
    let role = design.security.roles.first().map_or("role", |role| role.name.as_str());
    let list: Vec<String> = operations.iter().map(|operation| format!("    {operation},")).collect();
    Some(format!(
        "// The load of the design: {}, {:.0} % of them reads, {percentile} % of them answered within {latency} s.\n\
         // {callers}\n\
         // k6 run -e ORIGIN=https://staging.example.com -e TOKENS='{role}:…,…' deploy/load-test.js (or SESSIONS): a role and what it signs in with\n\
         import http from 'k6/http';\nimport {{ check }} from 'k6';\n\n\
         const PER_MINUTE = {per_minute};\nconst READ_SHARE = {share:.4};\nconst LATENCY_MS = {};\nconst PERCENTILE = {percentile};\nconst USERS = {users};\n\n\
         /** @type {{{{ id: string, action: string, method: string, path: string, entity: string, needs: string[], roles: string[], key: boolean, stated: boolean, contested: boolean, unique: string[], body?: Record<string, unknown> }}[]}} */\n\
         const OPERATIONS = [\n{}\n];\n{SCRIPT}",
        counted(&rate.to_string(), "requests/s"),
        share * 100.0,
        latency * 1000.0,
        list.join("\n"),
    ))
}

/// The strictest figure that the text states.
fn stated(design: &Design, kind: &str) -> Option<f64> {
    let values = design.requirements.quantities.iter().filter(|quantity| quantity.kind == kind);
    values.map(|quantity| quantity.value).filter(|value| *value > 0.0).reduce(f64::min)
}

/// How many callers it takes for none to come to its limit.
fn callers(design: &Design, per_minute: f64) -> String {
    let Some(limit) = design.api.limits.iter().find(|limit| limit.caller == "person") else {
        return "Nobody signs in: the requests need no token.".to_owned();
    };
    let each = f64::from(limit.requests) * 60.0 / f64::from(limit.window.max(1));
    let count = (per_minute / each.max(1.0)).ceil().max(1.0);
    format!(
        "A person may send {} requests in {} s: it takes the tokens of at least {}.",
        limit.requests,
        limit.window,
        counted(&count.to_string(), "people")
    )
}

/// The rates and times that a text states, each with its statement in lower case.
struct Stated<'a> {
    said: Vec<(&'a Quantity, String)>,
    /// All words of these statements: most operations are in none of them, and need no further look.
    words: BTreeSet<String>,
}

impl<'a> Stated<'a> {
    fn of(design: &'a Design) -> Self {
        let read = |quantity: &&Quantity| matches!(quantity.kind.as_str(), "writes" | "latency");
        let said: Vec<(&Quantity, String)> = design
            .requirements
            .quantities
            .iter()
            .filter(read)
            .filter_map(|quantity| {
                Some((quantity, design.requirements.statement(&quantity.statement)?.text.to_lowercase()))
            })
            .collect();
        let words = said.iter().flat_map(|(_, text)| words(text)).map(str::to_owned).gather();
        Self { said, words }
    }

    /// Whether the text says a rate at the peak, or a time, of what an operation does: "1,500 orders per second" of creating
    /// one, "holding a seat within 500 ms" of the step of that name.
    fn is_of(&self, operation: &Operation) -> bool {
        if operation.method != "POST" {
            return false;
        }
        let entity = operation.entity.to_lowercase();
        let action = operation.action.as_str();
        let several = design::plural(&entity);
        let doing = format!("{}ing", action.strip_suffix('e').unwrap_or(action));
        let named = if action == "create" { several.as_str() } else { doing.as_str() };
        if !words(named).all(|word| self.words.contains(word)) {
            return false;
        }
        self.said.iter().any(|(quantity, text)| {
            match (quantity.kind.as_str(), quantity.qualifier.as_deref()) {
                ("writes", Some("peak")) if action == "create" => {
                    ["per second", "a second", "/s"].iter().any(|each| {
                        text.contains(&format!("{several} {each}"))
                            || text.contains(&format!("{several}{each}"))
                    })
                }
                _ if action == "create" => false,
                _ => words(text).any(|word| word == doing) && words(text).any(|word| word == entity),
            }
        })
    }
}

/// Who may do what an operation does; nobody in particular where everybody may.
fn roles(lookup: &Lookup, operation: &Operation) -> Vec<String> {
    let grants = lookup.grants(&operation.id);
    if may("", grants) {
        return Vec::new();
    }
    let mut roles: Vec<String> = grants.iter().map(|grant| grant.role.clone()).collect();
    roles.dedup();
    roles
}

/// Puts the end of each period behind its beginning.
fn later(fields: &mut Map<String, Value>, table: &Table) {
    let ordered = table.conditions.iter().filter(|condition| condition.kind == "at-most");
    let ordered =
        ordered.filter_map(|condition| Some((condition.columns.first()?, condition.columns.get(1)?)));
    let periods = table.exclusions.iter().map(|exclusion| (&exclusion.from, &exclusion.to));
    for (first, second) in ordered.chain(periods) {
        let (first, second) = (json_name(first), json_name(second));
        let Some(Value::String(start)) = fields.get(&first).cloned() else { continue };
        if fields.get(&second).and_then(Value::as_str) == Some(&start) {
            let end =
                if start.contains('T') { start.replace("T09", "T10") } else { start.replace("-14", "-15") };
            fields.insert(second, Value::String(end));
        }
    }
}

/// The columns of a table that the path of an operation names: they are not sent again.
fn in_path<'a>(table: &'a Table, entities: &BTreeMap<&str, &str>, operation: &Operation) -> Vec<&'a str> {
    let parent = operation.parent.as_str();
    let above = |key: &&ForeignKey| entities.get(key.references.table.as_str()) == Some(&parent);
    let keys = table.foreign_keys.iter().filter(above).take(usize::from(!parent.is_empty()));
    keys.flat_map(|key| key.columns.iter().map(String::as_str)).collect()
}

/// An operation as the script tries it: reads, creations and changes, whose effects a test system can bear.
fn tried(
    lookup: &Lookup,
    entities: &BTreeMap<&str, &str>,
    names: &Names,
    operation: &Operation,
    stated: bool,
) -> Option<Value> {
    let shape = match operation.action.as_str() {
        "create" => Some(Shape::Create),
        // Of the steps only one that the peak is of: others would lead a record to its end after a few turns.
        action if stated || matches!(action, "list" | "get") && operation.method == "GET" => None,
        _ => return None,
    };
    let table = names.table(&operation.entity)?;
    let alone = |name: &str| {
        table.indexes.iter().any(|index| {
            index.unique && index.columns.first().is_some_and(|column| json_name(column) == name)
        })
    };
    // Where a table refers to: the entities of which a record must be there first.
    let mut needs: Vec<&str> = Vec::new();
    let mut placeholder = |entity: &'_ str| -> Option<String> {
        let entity = names.table(entity)?.entity.as_str();
        let at = needs.iter().position(|known| *known == entity).unwrap_or_else(|| {
            needs.push(entity);
            needs.len() - 1
        });
        Some(format!("{{{{{at}}}}}"))
    };
    let mut segments = Vec::new();
    let count = operation.path.matches('{').count();
    let mut seen = 0;
    for segment in operation.path.split('/') {
        if segment.starts_with('{') {
            seen += 1;
            let whole = seen < count || matches!(operation.action.as_str(), "list" | "create");
            let entity =
                if whole && !operation.parent.is_empty() { &operation.parent } else { &operation.entity };
            segments.push(placeholder(entity)?);
        } else {
            segments.push(segment.to_owned());
        }
    }
    let (mut once, mut unique) = (false, Vec::new());
    let body = shape.map(|shape| {
        let records = Records {
            table,
            moves: lookup.operations(&operation.entity).iter().any(|known| !known.leads_to.is_empty()),
            path: in_path(table, entities, operation),
        };
        let targets: BTreeMap<String, &str> = table
            .foreign_keys
            .iter()
            .filter_map(|key| {
                Some((json_name(key.columns.last()?), *entities.get(key.references.table.as_str())?))
            })
            .gather();
        let mut fields = Map::new();
        if let Value::Object(example) = records.example(shape, 1) {
            for (name, value) in example {
                let id = table.columns.iter().any(|column| is_id(column) && json_name(&column.name) == name);
                let nullable =
                    table.columns.iter().any(|column| column.nullable && json_name(&column.name) == name);
                match targets.get(&name) {
                    // What may be empty is left out, so that fewer records must be there first.
                    Some(_) if nullable => {}
                    // A second record for the same other one is refused, so that the operation cannot be repeated.
                    Some(_) if alone(&name) => once = true,
                    Some(target) => {
                        let value = placeholder(target).map_or(value, Value::String);
                        fields.insert(name, value);
                    }
                    None if id => {}
                    None => {
                        if alone(&name) {
                            unique.push(name.clone());
                        }
                        fields.insert(name, value);
                    }
                }
            }
        }
        later(&mut fields, table);
        // A period that overlaps the one before is refused.
        let periods = table.exclusions.iter().flat_map(|exclusion| [&exclusion.from, &exclusion.to]);
        unique.extend(periods.map(|column| json_name(column)).filter(|name| fields.contains_key(name)));
        Value::Object(fields)
    });
    if once {
        return None;
    }
    let mut out = json!({
        "id": operation.id,
        "action": operation.action,
        "method": operation.method,
        "path": segments.join("/"),
        "entity": operation.entity,
        "needs": needs,
        "roles": roles(lookup, operation),
        "unique": unique,
        "stated": stated,
        "contested": stated && operation.action != "create",
        "key": operation.needs.iter().any(|need| need.kind == "idempotency-key"),
    });
    let explained = operation.needs.iter().any(|need| need.kind == "reason");
    if let Some(body) = body.or_else(|| explained.then(|| json!({ "reason": "Load test" }))) {
        out["body"] = body;
    }
    Some(out)
}
