// Made from the Rust types by `cargo xtask types`; do not edit.

/**
 * A way into a list that an index makes cheap.
 */
export type Access = {
    /**
     * The name in the query: `customerId`.
     */
    name: string,
    /**
     * The column.
     */
    column: string,
    /**
     * The index or primary key of the table that holds the column in front.
     */
    index: string,
};

/**
 * Something that the text leaves open about who may do what.
 */
export type AccessGap = {
    /**
     * The entity; empty where it is about a role.
     */
    resource: string,
    /**
     * What is not said.
     */
    missing: string,
    /**
     * What holds until it is.
     */
    until: string,
    /**
     * What it is about.
     */
    evidence: string[],
};

/**
 * Who does what to what.
 */
export type Action = {
    /**
     * The actor's name as in `actors`; empty where the text names none.
     */
    actor: string,
    /**
     * The verb as the text writes it.
     */
    verb: string,
    /**
     * What it is done to or with, as the text writes it; may be empty.
     */
    object: string,
    /**
     * The preposition before the object, where it is no direct one: "send to customers".
     */
    preposition?: string | null,
    /**
     * The statement.
     */
    statement: string,
    /**
     * Whether it is what the statement mainly asks for.
     */
    primary: boolean,
    /**
     * The name of the entity behind `object`, where there is one.
     */
    entity?: string | null,
};

/**
 * Someone or something that acts on the system.
 */
export type Actor = {
    /**
     * Kebab-case name.
     */
    id: string,
    /**
     * The name as the text writes it, singular.
     */
    name: string,
    /**
     * The sort of actor.
     */
    kind: ActorKind,
    /**
     * Where it is named.
     */
    evidence: string[],
};

/**
 * The sort of an actor.
 */
export type ActorKind = "human" | "system" | "device" | "time";

/**
 * What wakes somebody up, with what to do then.
 */
export type Alert = {
    /**
     * In Pascal case.
     */
    id: string,
    /**
     * `page` or `ticket`.
     */
    severity: string,
    /**
     * `PromQL`.
     */
    expr: string,
    /**
     * How long it must hold.
     */
    hold: string,
    /**
     * What is wrong.
     */
    summary: string,
    /**
     * The first checks.
     */
    checks: Array<string>,
    /**
     * What to do.
     */
    fix: string,
    /**
     * The series of a unit test, with values that raise the alert and values that do not.
     */
    tests: Array<AlertSeries>,
    /**
     * Minutes after which the test looks.
     */
    minutes: number,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * A series of the unit test of an alert.
 */
export type AlertSeries = {
    /**
     * Its name with labels.
     */
    series: string,
    /**
     * Values that raise the alert.
     */
    bad: string,
    /**
     * Values that do not.
     */
    good: string,
};

/**
 * The interface.
 */
export type Api = {
    /**
     * One entry a method and path.
     */
    operations: Array<Operation>,
    /**
     * The sorts of problems that operations answer with.
     */
    problems: Array<ProblemType>,
    /**
     * What others are told when it has happened.
     */
    events: Array<Event>,
    /**
     * How much one caller may ask.
     */
    limits: Array<RateLimit>,
    /**
     * What one could expect and is deliberately not offered.
     */
    left_out: Array<LeftOut>,
};

/**
 * Something that the text leaves open and the design needs.
 */
export type Assumption = {
    /**
     * `a1`, `a2`, ….
     */
    id: string,
    /**
     * The fact that is assumed, by its id (`users.daily`); `--set` changes it.
     */
    subject: string,
    /**
     * The assumed value.
     */
    value: string,
    /**
     * Its unit.
     */
    unit?: string | null,
    /**
     * Why this value.
     */
    why: string,
    /**
     * The decision slots that read it.
     */
    decisions: Array<string>,
    /**
     * The value at which a decision would change, where there is one.
     */
    flips_at?: string | null,
};

/**
 * Something that is recorded of an entity.
 */
export type Attribute = {
    /**
     * In words: `due date`.
     */
    name: string,
    /**
     * The id of an attribute type of the knowledge tables: `text`, `integer`, `money`, `timestamp`, ….
     */
    type: string,
    /**
     * Whether each record must have it.
     */
    required: boolean,
    /**
     * Whether no two records may share it.
     */
    unique: boolean,
    /**
     * The sensitivity class: `internal`, `personal`, `sensitive`, `financial`, `secret`, ….
     */
    class: string,
    /**
     * All values that it can have, where the text names them; empty where it may have any.
     */
    values?: Array<string>,
    /**
     * Who alone may read it, where the text says so.
     */
    readers?: Array<string>,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * The part that gives way first at a multiple of the load.
 */
export type Break = {
    /**
     * The multiple: 1, 10, 100.
     */
    factor: number,
    /**
     * Requests a second at the peak then.
     */
    requests_peak: number,
    /**
     * The part.
     */
    part: string,
    /**
     * What it carries then, as a share of what it can carry; above 1 it has given way.
     */
    share: number,
    /**
     * What to do before that.
     */
    remedy: string,
};

/**
 * One difference.
 */
export type Change = {
    /**
     * `entity`, `attribute`, `operation`, `table`, `column`, `module`, `decision` or `figure`.
     */
    kind: string,
    /**
     * What differs: a name, a path, the id of a figure.
     */
    what: string,
    /**
     * What it was; empty where it is new.
     */
    before: string,
    /**
     * What it is; empty where it is gone.
     */
    after: string,
};

/**
 * A column of which only some values are allowed.
 */
export type Check = {
    /**
     * The name of the constraint.
     */
    name: string,
    /**
     * The column it is about.
     */
    column: string,
    /**
     * The allowed values.
     */
    values: Array<string>,
};

/**
 * A column that needs protection.
 */
export type ClassifiedField = {
    /**
     * The table.
     */
    table: string,
    /**
     * The column.
     */
    column: string,
    /**
     * The sensitivity class.
     */
    class: string,
    /**
     * What protects it.
     */
    controls: Array<string>,
};

/**
 * A column.
 */
export type Column = {
    /**
     * Snake case.
     */
    name: string,
    /**
     * A PostgreSQL type.
     */
    type: string,
    /**
     * Whether it may be null.
     */
    nullable: boolean,
    /**
     * What a new row gets, as an SQL expression.
     */
    default?: string | null,
    /**
     * The name of the attribute that it keeps; empty for columns of the system's own working.
     */
    attribute: string,
    /**
     * The sensitivity class.
     */
    class: string,
    /**
     * What a reader of the table has to know about the values; empty where the name says it.
     */
    note?: string,
    /**
     * The columns whose words it holds for full-text search; the database computes it.
     */
    generated_from?: Array<string>,
    /**
     * The roles to which alone it is answered; empty where whoever reads the row reads it.
     */
    readers?: Array<string>,
    /**
     * Whether it says which tenant of a shared system the row is of: a `tenant_id` may also lead to who rents a garden.
     */
    tenant?: boolean,
    /**
     * How a request may name it: `read-only` where the system finds the value by itself, `write-only` where it goes in and
     * never comes out; empty where both ways are open.
     */
    mode?: string,
};

/**
 * What `diff` gives.
 */
export type Compared = { ok: true, difference: Difference, } | { ok: false, error: Diagnostic, };

/**
 * A running part.
 */
export type Component = {
    /**
     * Kebab-case.
     */
    id: string,
    /**
     * What it is called.
     */
    name: string,
    /**
     * `client`, `edge`, `compute`, `data` or `external`.
     */
    zone: string,
    /**
     * How many of it run.
     */
    instances: number,
    /**
     * What it is made of.
     */
    technology: string,
    /**
     * The slot of the decision behind it; empty for clients.
     */
    decision: string,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * Something that can go wrong, and what answers it.
 */
export type Concern = {
    /**
     * The id of its row.
     */
    id: string,
    /**
     * The component that it is about; empty where it is about all.
     */
    subject: string,
    /**
     * The category within its group.
     */
    category: string,
    /**
     * What can happen; for the failure of a dependency, what users see.
     */
    text: string,
    /**
     * What answers it.
     */
    answer: string,
    /**
     * A requirement of ASVS 5.0.0; for failures, how one notices.
     */
    reference: string,
    /**
     * Why it applies here.
     */
    evidence: string[],
};

/**
 * A condition that each row must meet by itself.
 */
export type Condition = {
    /**
     * The name of the constraint.
     */
    name: string,
    /**
     * `positive`, `non-negative`, `at-most` (the first column is at most the second), `before` (it is less), `different`
     * (the two differ) or `currency` (a code of ISO 4217).
     */
    kind: string,
    /**
     * The columns.
     */
    columns: Array<string>,
};

/**
 * Statements that contradict each other or arithmetic.
 */
export type Conflict = {
    /**
     * Kebab-case: the rule that found it, with a number where it found several.
     */
    id: string,
    /**
     * The statements.
     */
    statements: Array<string>,
    /**
     * What is wrong.
     */
    explanation: string,
    /**
     * What the design does meanwhile, or the cheapest fix.
     */
    resolution: string,
};

/**
 * What is guaranteed where, and what is put at the edges for it.
 */
export type Consistency = {
    /**
     * One for each operation, by its id.
     */
    operations: Array<Guarantee>,
    /**
     * One for each relation: `Booking → Kiln`.
     */
    relations: Array<Guarantee>,
    /**
     * Where something leaves a transaction.
     */
    edges: Array<Edge>,
    /**
     * Commands that need compensations.
     */
    sagas: Array<Saga>,
};

/**
 * Something that the text prescribes or forbids for the solution.
 */
export type Constraint = {
    /**
     * `technology`, `forbidden-technology`, `platform`, `regulation`, `region`, ….
     */
    kind: string,
    /**
     * The id of what is prescribed, as in the knowledge tables.
     */
    value: string,
    /**
     * The statement.
     */
    statement: string,
};

/**
 * What a part costs a month, in US dollars.
 */
export type Cost = {
    /**
     * The part.
     */
    part: string,
    /**
     * How it was reckoned.
     */
    formula: string,
    /**
     * The lower end.
     */
    low: number,
    /**
     * The upper end.
     */
    high: number,
    /**
     * Where the prices are from, with their date.
     */
    source: string,
};

/**
 * What became of the statements of one sort.
 */
export type Coverage = {
    /**
     * The sort.
     */
    kind: StatementKind,
    /**
     * How many there are.
     */
    statements: number,
    /**
     * How many bytes of the text they take.
     */
    bytes: number,
    /**
     * How many were used.
     */
    used: number,
    /**
     * How many were set aside with a reason.
     */
    set_aside: number,
    /**
     * How many were not understood.
     */
    not_understood: number,
};

/**
 * A task that is left for later.
 */
export type Cut = {
    /**
     * The id of the task.
     */
    task: string,
    /**
     * Working days of one engineer that it saves.
     */
    days: number,
    /**
     * Weeks that it buys.
     */
    weeks: number,
    /**
     * Weeks that are left then.
     */
    left: number,
    /**
     * Whether the deadline is met then: `nine times in ten`, `every other time` or `no`.
     */
    enough: string,
};

/**
 * The tables.
 */
export type Database = {
    /**
     * The tables, those of the model first.
     */
    tables: Array<Table>,
    /**
     * What the text says must always hold, and what keeps it.
     */
    rules: Array<RecordRule>,
    /**
     * Who reaches which rows, made from the authorization matrix.
     */
    policies: Array<Policy>,
    /**
     * Where the tables depart from the third normal form on purpose.
     */
    departures: Array<Departure>,
};

/**
 * One settled choice.
 */
export type Decision = {
    /**
     * `d1`, `d2`, ….
     */
    id: string,
    /**
     * What is decided: one of the fixed slot ids.
     */
    slot: string,
    /**
     * The slot in words.
     */
    title: string,
    /**
     * The id of the winning option.
     */
    chosen: string,
    /**
     * What the winner is called.
     */
    name: string,
    /**
     * All options, best first.
     */
    options: Array<ScoredOption>,
    /**
     * What follows from the choice.
     */
    consequences: Array<string>,
    /**
     * What everybody has to keep to from then on.
     */
    binds: string,
    /**
     * What it makes impossible or dear.
     */
    prevents: string,
    /**
     * How one sees that the choice is kept.
     */
    confirmation: string,
    /**
     * What it costs to follow the text or a pin where the rules alone would have chosen otherwise; else empty.
     */
    price: string,
    /**
     * The numbers at which the choice would be another, the nearest first.
     */
    flips: Array<Flip>,
    /**
     * What would make one think again, with its number.
     */
    revisit: string,
    /**
     * Why it was decided so.
     */
    evidence: string[],
    /**
     * The section of a guide that explains the rule: `api-design-guide#choosing-a-style`.
     */
    guide: string,
};

/**
 * A place at which the tables depart from the third normal form on purpose.
 */
export type Departure = {
    /**
     * The table.
     */
    table: string,
    /**
     * The columns.
     */
    columns: Array<string>,
    /**
     * What departs.
     */
    what: string,
    /**
     * Why it stays, and what keeps the copies true.
     */
    why: string,
};

/**
 * Where it runs.
 */
export type Deployment = {
    /**
     * The name of the system in file names, images and namespaces: a DNS label.
     */
    name: string,
    /**
     * What the program is built and run with.
     */
    stack: Stack,
    /**
     * The running parts.
     */
    components: Array<Component>,
    /**
     * Who sends what to whom.
     */
    flows: Array<Flow>,
    /**
     * Places in which the system runs.
     */
    environments: Array<Environment>,
    /**
     * Replicas, limits, pools and times, each with its formula.
     */
    figures: Array<Figure>,
    /**
     * What is lost and how long it takes when the data is gone.
     */
    recovery: Recovery,
    /**
     * What the users are promised.
     */
    objectives: Array<Objective>,
    /**
     * What wakes somebody up, with what to do then.
     */
    alerts: Array<Alert>,
    /**
     * What it costs a month.
     */
    costs: Array<Cost>,
};

/**
 * A complete backend design.
 */
export type Design = {
    /**
     * The version of this shape.
     */
    schema_version: string,
    /**
     * What the system is called.
     */
    title: string,
    /**
     * What the text states.
     */
    requirements: Requirements,
    /**
     * Entities, relations and lifecycles.
     */
    model: Model,
    /**
     * What had to be assumed.
     */
    assumptions: Array<Assumption>,
    /**
     * What to ask the author, the most consequential question first.
     */
    questions: Array<Question>,
    /**
     * Statements that contradict each other or arithmetic.
     */
    conflicts: Array<Conflict>,
    /**
     * Load, sizes and budgets, each with its formula.
     */
    capacity: Array<Figure>,
    /**
     * One decision for each slot that the design has to settle.
     */
    decisions: Array<Decision>,
    /**
     * What was deliberately left out, with the number that would change that.
     */
    unused: Array<Unused>,
    /**
     * The parts of the application, each with the parts that it calls.
     */
    modules: Array<Module>,
    /**
     * What operations, relations and edges are guaranteed.
     */
    consistency: Consistency,
    /**
     * The interface.
     */
    api: Api,
    /**
     * The tables.
     */
    database: Database,
    /**
     * Who may do what, what is sensitive, what threatens it.
     */
    security: Security,
    /**
     * What carries the load and what gives way first.
     */
    scalability: Scalability,
    /**
     * Where it runs.
     */
    deployment: Deployment,
    /**
     * In which order it is built.
     */
    roadmap: Roadmap,
    /**
     * The design's own check of itself.
     */
    review: Array<ReviewItem>,
    /**
     * The language of the text.
     */
    language: Language,
    /**
     * Remarks on the text.
     */
    diagnostics: Array<Diagnostic>,
};

/**
 * A file of a design.
 */
export type DesignFile = {
    /**
     * Relative, with forward slashes.
     */
    path: string,
    /**
     * Its text.
     */
    contents: string,
};

/**
 * What `design` gives.
 */
export type Designed = { ok: true, design: Design, } | { ok: false, error: Diagnostic, };

/**
 * A remark on the text or an error of a call.
 */
export type Diagnostic = {
    /**
     * What was found.
     */
    what: string,
    /**
     * Why it matters.
     */
    why: string,
    /**
     * How to fix it.
     */
    fix: string,
    /**
     * Where: byte offsets in the text, if it is about a place in it.
     */
    span?: [number, number] | null,
};

/**
 * What differs between two designs, by what it means and not by its text.
 */
export type Difference = {
    /**
     * Entities, attributes, operations, tables, columns and modules that came or went, and decisions and figures that
     * changed, in that order.
     */
    changes: Array<Change>,
};

/**
 * A field of application that a text is about.
 */
export type Domain = {
    /**
     * The id in the knowledge tables: `booking`, `library`, ….
     */
    id: string,
    /**
     * In words.
     */
    name: string,
    /**
     * Its share of the blend, from 0 to 1.
     */
    share: number,
    /**
     * What the entities of the text are called in the field.
     */
    meanings: Array<Meaning>,
    /**
     * The first statements that tell so.
     */
    evidence: string[],
};

/**
 * Two steps on one record that one person should not do both.
 */
export type Duties = {
    /**
     * The entity.
     */
    resource: string,
    /**
     * The action that asks.
     */
    first: string,
    /**
     * The action that judges.
     */
    second: string,
    /**
     * The roles that may do both, and are held back only by the control.
     */
    roles: Array<string>,
    /**
     * What keeps one person from doing both.
     */
    control: string,
    /**
     * Why.
     */
    evidence: string[],
};

/**
 * A place at which something leaves a transaction, or arrives more than once.
 */
export type Edge = {
    /**
     * `e1`, `e2`, ….
     */
    id: string,
    /**
     * `client`, `module`, `queue`, `payment`, `message` or `partner`.
     */
    kind: string,
    /**
     * Who calls.
     */
    from: string,
    /**
     * Who is called.
     */
    to: string,
    /**
     * `transaction`, `idempotency`, `outbox`, `inbox`: what is put there.
     */
    puts: Array<string>,
    /**
     * How it works.
     */
    mechanism: string,
    /**
     * Why it is needed.
     */
    because: string,
    /**
     * Why the edge is there.
     */
    evidence: string[],
};

/**
 * An operation that the text spells out.
 */
export type Endpoint = {
    /**
     * `GET`, `POST`, ….
     */
    method: string,
    /**
     * With parameters in braces: `/orders/{orderId}`.
     */
    path: string,
    /**
     * The statement.
     */
    statement: string,
};

/**
 * A thing that the system keeps records of.
 */
export type Entity = {
    /**
     * Singular, in words: `Order item`.
     */
    name: string,
    /**
     * What is recorded of it.
     */
    attributes: Array<Attribute>,
    /**
     * What must hold of its records at all times.
     */
    invariants?: Array<Invariant>,
    /**
     * Where it comes from.
     */
    origin: Origin,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * A place in which the system runs.
 */
export type Environment = {
    /**
     * `development`, `staging` or `production`.
     */
    name: string,
    /**
     * What runs there.
     */
    runs: string,
    /**
     * Which data it holds.
     */
    data: string,
    /**
     * What leads there.
     */
    deployed: string,
};

/**
 * Something that has happened, as others are told.
 */
export type Event = {
    /**
     * `booking.approved`; the end of the `CloudEvents` type.
     */
    id: string,
    /**
     * The entity whose record it is about.
     */
    entity: string,
    /**
     * The operation that causes it.
     */
    producer: string,
    /**
     * Who is told.
     */
    consumers: Array<string>,
    /**
     * How they are told: `webhook`, `broker` or `stream`.
     */
    channels: Array<string>,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * Periods of which no two rows that agree in other columns may overlap.
 */
export type Exclusion = {
    /**
     * The name of the constraint.
     */
    name: string,
    /**
     * The columns in which the rows agree.
     */
    equal: Array<string>,
    /**
     * The column at which a period starts.
     */
    from: string,
    /**
     * The column at which it ends; the end itself is outside, except that a last day is inside.
     */
    to: string,
    /**
     * The rows that count, where not all do.
     */
    only?: RowFilter | null,
};

/**
 * What `export_markdown` gives.
 */
export type Exported = { ok: true, contents: string, } | { ok: false, error: Diagnostic, };

/**
 * A computed number.
 */
export type Figure = {
    /**
     * Dotted name: `requests.peak`.
     */
    id: string,
    /**
     * What it is, in words.
     */
    label: string,
    /**
     * The amount in `unit`.
     */
    value: number,
    /**
     * The unit.
     */
    unit: string,
    /**
     * The formula over the names of the inputs.
     */
    formula: string,
    /**
     * What went in: the ids of other figures, quantities or assumptions.
     */
    inputs: Array<string>,
    /**
     * Why it is there.
     */
    evidence: string[],
};

/**
 * Something that the text states beside what the plan needs of it.
 */
export type Fit = {
    /**
     * `team`, `deadline`, `budget` (to run it) or `budget in all` (to build it).
     */
    subject: string,
    /**
     * What is stated or assumed.
     */
    stated: number,
    /**
     * What is needed, as likely less as more.
     */
    p50: number,
    /**
     * What is enough nine times in ten.
     */
    p90: number,
    /**
     * The unit of all three.
     */
    unit: string,
    /**
     * What is stated, in the words of the text, where that is in another currency.
     */
    said?: string,
    /**
     * Where it is stated.
     */
    evidence: string[],
};

/**
 * The value of a number at which a decision would be another.
 */
export type Flip = {
    /**
     * The fact: `team.engineers`.
     */
    fact: string,
    /**
     * Its value now.
     */
    now: number,
    /**
     * The value at which the decision changes, to two digits.
     */
    at: number,
    /**
     * The unit of both.
     */
    unit: string,
    /**
     * The option that is chosen there.
     */
    to: string,
    /**
     * What that is called.
     */
    name: string,
    /**
     * How many times away that is.
     */
    headroom: number,
};

/**
 * A flow of data from one part to another.
 */
export type Flow = {
    /**
     * `f1`, `f2`, ….
     */
    id: string,
    /**
     * The id of the component that opens the connection.
     */
    from: string,
    /**
     * The id of the component that is called.
     */
    to: string,
    /**
     * The protocol.
     */
    protocol: string,
    /**
     * How the caller is known to the other side.
     */
    identity: string,
    /**
     * Whether it crosses from one zone of trust into another.
     */
    crosses: boolean,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * A reference to another table.
 */
export type ForeignKey = {
    /**
     * The name of the constraint.
     */
    name: string,
    /**
     * The columns here.
     */
    columns: Array<string>,
    /**
     * Where they point.
     */
    references: KeyTarget,
    /**
     * `cascade`, `restrict` or `set null`.
     */
    on_delete: string,
    /**
     * The verb of the text that links the two; empty where there is none.
     */
    label?: string,
    /**
     * Whether the subject of the verb is the table that is referred to.
     */
    target_acts: boolean,
    /**
     * The service that keeps the table referred to, where it is another: then no constraint can keep the reference.
     */
    service?: string,
};

/**
 * The form in which a statement is written.
 */
export type Form = {
    /**
     * The pattern.
     */
    pattern: Pattern,
    /**
     * Its parts, in the order of the pattern.
     */
    parts: Array<Part>,
};

/**
 * When rows may no longer be changed.
 */
export type Frozen = {
    /**
     * The rows; all of them where there is no filter.
     */
    only?: RowFilter | null,
    /**
     * The columns that keep their value; none where the whole row does.
     */
    columns?: Array<string>,
    /**
     * Whether rows are never deleted either, except for their age.
     */
    kept: boolean,
};

/**
 * Words of a statement that leave it open.
 */
export type Gap = {
    /**
     * The id in the knowledge tables: `fast`, `passive`, ….
     */
    id: string,
    /**
     * The family: `vague`, `subjective`, `optional`, `weak`, `implicit`, `quantity`, `dangling`, `passive`, `universal` or
     * `temporal`.
     */
    family: string,
    /**
     * The words, in lower case.
     */
    words: string,
    /**
     * The statement.
     */
    statement: string,
    /**
     * What is taken meanwhile, where that is a number.
     */
    assumed?: string | null,
    /**
     * The fact that holds this number; `--set` changes it.
     */
    fact?: string | null,
    /**
     * How to say it better.
     */
    fix: string,
};

/**
 * One cell of the authorization matrix.
 */
export type Grant = {
    /**
     * The actor.
     */
    role: string,
    /**
     * The entity.
     */
    resource: string,
    /**
     * The action of an operation.
     */
    action: string,
    /**
     * Whose records: `all`, `own`, `assigned`, `team`, or `public` for callers without a session.
     */
    scope: string,
    /**
     * What the caller is to a record of the scope, where the text says so: its `author`, a `participant`.
     */
    capacity?: string,
    /**
     * The id of the operation.
     */
    operation: string,
    /**
     * For the scopes `own`, `assigned` and `team`: the columns, each as `table.column`, over which a record leads to
     * the row of the caller. The first is a column of the resource's own table, or of a table that links the two.
     */
    owner: Array<string>,
    /**
     * The states of the records that it reaches, where the text shows only those; empty for all.
     */
    states?: Array<string>,
    /**
     * What it is needed for, where it is derived from another right and the text does not give it: "to create Booking".
     */
    needed?: string,
    /**
     * Why.
     */
    evidence: string[],
};

/**
 * What a subject is guaranteed.
 */
export type Guarantee = {
    /**
     * The id of the operation, or the two ends of the relation.
     */
    subject: string,
    /**
     * `strong`, `monotonic`, `read-your-writes` or `eventual`.
     */
    model: string,
    /**
     * Seconds after which it holds at the latest; 0 where it does at once.
     */
    bound: number,
    /**
     * What keeps it.
     */
    mechanism: string,
    /**
     * Why it is so.
     */
    because: string,
    /**
     * The row of the tables first, then what it rests on.
     */
    evidence: string[],
};

/**
 * A heading of a Markdown text.
 */
export type Heading = {
    /**
     * 1 to 6.
     */
    level: number,
    /**
     * Its anchor in the HTML.
     */
    id: string,
    /**
     * The heading without markup.
     */
    text: string,
};

/**
 * An index.
 */
export type Index = {
    /**
     * Its name.
     */
    name: string,
    /**
     * The columns, the leading one first.
     */
    columns: Array<string>,
    /**
     * Whether no two rows may agree in them.
     */
    unique: boolean,
    /**
     * The operations that need it, by id.
     */
    operations: Array<string>,
    /**
     * `btree`, `gin` or `brin`.
     */
    method: string,
    /**
     * Which rows it holds, where not all.
     */
    only?: RowFilter | null,
    /**
     * What it is for, in words.
     */
    purpose: string,
    /**
     * Its entries after twelve months.
     */
    rows_year: number,
    /**
     * Its size after twelve months.
     */
    bytes_year: number,
    /**
     * What it costs to write.
     */
    write_cost: string,
};

/**
 * What must hold of the records of an entity at all times.
 */
export type Invariant = {
    /**
     * How it is kept, by what `on` names: one of the kinds of the knowledge tables (`no-overlap`, `one-active`,
     * `unique`, `once`, `limit`, `order`, `positive`, `non-negative`, `immutable`, `append-only`, ...).
     */
    kind: string,
    /**
     * Attributes of the entity, or names of the entities that it is linked with.
     */
    on: Array<string>,
    /**
     * The states in which it holds; empty for all.
     */
    states?: Array<string>,
    /**
     * For `limit`: how many there may be, as a number or as the name of the attribute that says it; otherwise empty.
     */
    most?: string,
    /**
     * For `limit`: the length of time of the calendar in which so many are counted (`day`, `week`, `month`, ...), or one
     * that slides (`24 hours`); empty where they are counted at all times.
     */
    within?: string,
    /**
     * In a sentence.
     */
    text: string,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * Where a foreign key points.
 */
export type KeyTarget = {
    /**
     * The table.
     */
    table: string,
    /**
     * Its columns.
     */
    columns: Array<string>,
};

/**
 * The language of the text.
 */
export type Language = {
    /**
     * ISO 639-1, or `und` where it could not be told.
     */
    code: string,
    /**
     * Whether texts in it are understood.
     */
    supported: boolean,
};

/**
 * Something that one could expect of the interface and that is deliberately not there.
 */
export type LeftOut = {
    /**
     * The entity.
     */
    entity: string,
    /**
     * The action.
     */
    action: string,
    /**
     * Why it is not offered.
     */
    because: string,
    /**
     * Whether the text speaks of it; otherwise nothing in it asks for it.
     */
    spoken_of: boolean,
    /**
     * What it rests on.
     */
    evidence: string[],
};

/**
 * The states that an entity passes through.
 */
export type Lifecycle = {
    /**
     * The name of the entity.
     */
    entity: string,
    /**
     * Its states, the first one first.
     */
    states: Array<string>,
    /**
     * The ways between them.
     */
    transitions: Array<Transition>,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * A part of the system with the load at which it saturates.
 */
export type Limit = {
    /**
     * The part.
     */
    part: string,
    /**
     * What it carries now, in `unit`.
     */
    load: number,
    /**
     * What it can carry.
     */
    ceiling: number,
    /**
     * The unit of both.
     */
    unit: string,
    /**
     * What to do before it is reached.
     */
    remedy: string,
    /**
     * The source of the ceiling, with its date.
     */
    source: string,
    /**
     * Why it is listed.
     */
    evidence: string[],
};

/**
 * What `files` gives.
 */
export type Listed = { ok: true, files: Array<DesignFile>, } | { ok: false, error: Diagnostic, };

/**
 * What an entity of the text is called in a field of application.
 */
export type Meaning = {
    /**
     * The name of the entity.
     */
    entity: string,
    /**
     * The name in the knowledge tables.
     */
    means: string,
};

/**
 * How binding a statement is.
 */
export type Modality = "must" | "should" | "could" | "later" | "wont";

/**
 * Entities, relations and lifecycles.
 */
export type Model = {
    /**
     * The things that the system keeps records of.
     */
    entities: Array<Entity>,
    /**
     * How they are linked.
     */
    relations: Array<Relation>,
    /**
     * The states that they pass through.
     */
    lifecycles: Array<Lifecycle>,
};

/**
 * Entities that belong together, with their tables and rules: a module of the application, or a service.
 */
export type Module = {
    /**
     * `m1`, `m2`, ….
     */
    id: string,
    /**
     * After the entity at its heart, in the plural.
     */
    name: string,
    /**
     * The names of its entities.
     */
    entities: Array<string>,
    /**
     * The ids of the modules that it calls.
     */
    depends_on: Array<string>,
    /**
     * What it runs in: `application`, or the name of a service of its own.
     */
    deployable: string,
    /**
     * The share of its coupling that crosses its border; 0.2 or less is good.
     */
    coupling: number,
    /**
     * Why its entities are there.
     */
    evidence: string[],
};

/**
 * Something that an operation needs beyond a plain request and answer.
 */
export type Need = {
    /**
     * `idempotency-key`, `client-id`, `if-match`, `status-resource` or `reason`.
     */
    kind: string,
    /**
     * Why it is needed here.
     */
    because: string,
};

/**
 * What the users are promised.
 */
export type Objective = {
    /**
     * `availability` or `latency`.
     */
    id: string,
    /**
     * What is measured.
     */
    indicator: string,
    /**
     * The share that must be good.
     */
    target: number,
    /**
     * Over how many days.
     */
    days: number,
    /**
     * Why.
     */
    evidence: string[],
};

/**
 * One method on one path.
 */
export type Operation = {
    /**
     * Verb and noun in camel case: `createOrder`.
     */
    id: string,
    /**
     * `GET`, `POST`, ….
     */
    method: string,
    /**
     * With parameters in braces: `/orders/{orderId}`.
     */
    path: string,
    /**
     * The entity that it is about.
     */
    entity: string,
    /**
     * The entity whose records the path goes through: the whole of a part, or the first of two that are linked.
     */
    parent?: string,
    /**
     * `list`, `get`, `create`, `update`, `delete`; `link`, `unlink` and `linked` for records that are linked to
     * others; or the verb of a transition or command.
     */
    action: string,
    /**
     * One line for the reader.
     */
    summary: string,
    /**
     * The actors whom the text lets call it; who may in the end stands in the authorization matrix.
     */
    actors: Array<string>,
    /**
     * The states of the record in which it is possible; empty where that does not depend on a state.
     */
    states?: Array<string>,
    /**
     * The state that it leads to; empty where it moves none.
     */
    leads_to?: string,
    /**
     * By what a list can be narrowed, each with the index that makes it cheap.
     */
    filters?: Array<Access>,
    /**
     * By what a list can be sorted, each with the index that makes it cheap.
     */
    sorts?: Array<Access>,
    /**
     * What it needs beyond a plain request and answer.
     */
    needs?: Array<Need>,
    /**
     * The problems that it can answer with, by id.
     */
    problems: Array<string>,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * What a reader may set beside the text.
 */
export type Options = {
    /**
     * Facts by id, such as `users.daily`, in base units: they replace what the text says or what would be assumed.
     */
    set?: { [key in string]: number } | null,
    /**
     * Decisions by slot, such as `database`: the option with this id is chosen whatever the scores say.
     */
    pins?: { [key in string]: string } | null,
    /**
     * Whether the model is completed by what is usual in the fields of application that the text is about. It is unless
     * one says no.
     */
    domains?: boolean | null,
    /**
     * What the house prefers, forbids and pays.
     */
    profile?: Profile | null,
};

/**
 * Where an element comes from.
 */
export type Origin = "text" | "domain" | "kernel";

/**
 * What `zip` gives.
 */
export type Packed = { ok: true, archive: Uint8Array<ArrayBuffer>, } | { ok: false, error: Diagnostic, };

/**
 * A part of a form.
 */
export type Part = {
    /**
     * `trigger`, `state`, `unwanted`, `feature`, `system`, `response`, `role`, `situation`, `means`, `ends`, `given`, `when`
     * or `then`.
     */
    name: string,
    /**
     * As the text writes it.
     */
    text: string,
};

/**
 * A pattern of statements.
 */
export type Pattern = "ubiquitous" | "event" | "state" | "unwanted" | "optional" | "complex" | "story" | "job-story" | "scenario";

/**
 * Which rows of a table may be reached.
 */
export type Policy = {
    /**
     * Its name.
     */
    name: string,
    /**
     * The table.
     */
    table: string,
    /**
     * `select`, `insert`, `update`, `delete` or `all`.
     */
    command: string,
    /**
     * Whether it narrows what the other policies allow.
     */
    restrictive: boolean,
    /**
     * Who reaches which rows; rows that one of these allows can be reached.
     */
    allows: Array<RowAccess>,
    /**
     * Why.
     */
    evidence: string[],
};

/**
 * What `present` gives.
 */
export type Presented = { ok: true, design: Design, html: string, } | { ok: false, error: Diagnostic, };

/**
 * A sort of problem, as RFC 9457 describes it.
 */
export type ProblemType = {
    /**
     * Kebab-case; the end of its URI.
     */
    id: string,
    /**
     * The HTTP status.
     */
    status: number,
    /**
     * The title, the same at each occurrence.
     */
    title: string,
    /**
     * What a caller does about it.
     */
    remedy: string,
    /**
     * Whether the same request can succeed later.
     */
    retryable: boolean,
};

/**
 * What a house prefers, forbids, pays, and how it calls things: `profile.schema.json` describes it.
 */
export type Profile = {
    /**
     * Decisions by slot with the option that the house takes unless a text or a hard rule says otherwise.
     */
    prefer?: { [key in string]: string } | null,
    /**
     * Decisions by slot with the options that the house does not use.
     */
    forbid?: { [key in string]: Array<string> } | null,
    /**
     * Prices and other starting numbers by id, such as `price.vcpu`.
     */
    numbers?: { [key in string]: number } | null,
    /**
     * Options by id with what the house calls them.
     */
    names?: { [key in string]: string } | null,
};

/**
 * A quality of a system, after ISO/IEC 25010 and the words in common use.
 */
export type Quality = "performance" | "scalability" | "availability" | "reliability" | "security" | "usability" | "look-and-feel" | "maintainability" | "portability" | "compatibility" | "compliance";

/**
 * A number with a meaning, in base units: seconds, bytes, per second, ratio 0–1, count, currency.
 */
export type Quantity = {
    /**
     * `q1`, `q2`, ….
     */
    id: string,
    /**
     * What is counted or measured, one of the fixed kinds (`dau`, `latency`, …).
     */
    kind: string,
    /**
     * The amount in `unit`.
     */
    value: number,
    /**
     * The base unit.
     */
    unit: string,
    /**
     * How the amount binds: `=`, `<=`, `>=`, `<`, `>` or `~`.
     */
    comparator: string,
    /**
     * What narrows it: `peak`, `p99`, `average`, a noun ….
     */
    qualifier?: string | null,
    /**
     * The code of the currency (ISO 4217) of an amount of money.
     */
    currency?: string | null,
    /**
     * The statement.
     */
    statement: string,
};

/**
 * Something to ask the author.
 */
export type Question = {
    /**
     * Kebab-case.
     */
    id: string,
    /**
     * The question.
     */
    text: string,
    /**
     * The usual answers.
     */
    options: Array<string>,
    /**
     * The answer that the design assumes meanwhile.
     */
    default: string,
    /**
     * What the answer changes.
     */
    impact: string,
};

/**
 * How much one caller may ask.
 */
export type RateLimit = {
    /**
     * `person` or `machine`.
     */
    caller: string,
    /**
     * How many requests.
     */
    requests: number,
    /**
     * In how many seconds.
     */
    window: number,
    /**
     * The formula over the names of figures.
     */
    formula: string,
    /**
     * The figures that went in.
     */
    inputs: Array<string>,
};

/**
 * Something that must always hold, with what keeps it.
 */
export type RecordRule = {
    /**
     * The entity.
     */
    entity: string,
    /**
     * The kind of the invariant: `no-overlap`, `one-active`, `unique`, ….
     */
    kind: string,
    /**
     * As the text says it.
     */
    text: string,
    /**
     * The names of the constraints, indexes and triggers that keep it; empty where the tables cannot.
     */
    kept_by: Array<string>,
    /**
     * How it is kept, or what is missing.
     */
    how: string,
    /**
     * Why it is there.
     */
    evidence: string[],
};

/**
 * What is lost and how long it takes when the data is gone.
 */
export type Recovery = {
    /**
     * The tier by its usual name: `backup-and-restore`, `warm-standby`, ….
     */
    tier: string,
    /**
     * How it is saved.
     */
    method: string,
    /**
     * Seconds of work that are lost at the most.
     */
    point: number,
    /**
     * Seconds until it answers again.
     */
    time: number,
    /**
     * The working of `time`.
     */
    formula: string,
    /**
     * Seconds until it answers again where what takes over is lost as well, so that the data is restored; the same as
     * `time` where nothing takes over.
     */
    restore_time: number,
    /**
     * The working of `restore_time`; empty where nothing takes over.
     */
    restore?: string,
    /**
     * Whether both keep what the text demands; empty where it demands nothing.
     */
    verdict: string,
    /**
     * Why it is done so.
     */
    evidence: string[],
};

/**
 * A link between two entities. `to_max` is how many `to` one `from` has; a generalization runs from child to parent.
 */
export type Relation = {
    /**
     * The name of an entity.
     */
    from: string,
    /**
     * The name of an entity.
     */
    to: string,
    /**
     * The verb that links them.
     */
    label: string,
    /**
     * What `from` calls its `to`, where that is not the name of the entity: the creator of a task.
     */
    role?: string | null,
    /**
     * The least number of `from` for one `to`.
     */
    from_min: number,
    /**
     * The largest number of `from` for one `to`.
     */
    from_max: 1 | "*",
    /**
     * The least number of `to` for one `from`.
     */
    to_min: number,
    /**
     * The largest number of `to` for one `from`.
     */
    to_max: 1 | "*",
    /**
     * The sort of link.
     */
    kind: RelationKind,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * The sort of a link.
 */
export type RelationKind = "association" | "composition" | "generalization";

/**
 * What `render_markdown` gives.
 */
export type Rendered = { ok: true, html: string, headings: Array<Heading>, } | { ok: false, error: Diagnostic, };

/**
 * What the text states.
 */
export type Requirements = {
    /**
     * Every statement of the text in reading order; together they cover all of its words.
     */
    statements: Array<Statement>,
    /**
     * Who or what acts on the system.
     */
    actors: Array<Actor>,
    /**
     * Who does what to what.
     */
    actions: Array<Action>,
    /**
     * Numbers with a meaning.
     */
    quantities: Array<Quantity>,
    /**
     * What the text prescribes or forbids for the solution.
     */
    constraints: Array<Constraint>,
    /**
     * Capabilities that the text asks for, as the knowledge tables name them.
     */
    signals: Array<Signal>,
    /**
     * Operations that the text spells out by method and path.
     */
    endpoints: Array<Endpoint>,
    /**
     * The fields of application that the text is about, the one that explains most of it first; empty where it is about
     * none that the knowledge tables have.
     */
    domains?: Array<Domain>,
    /**
     * What the statements leave open, with how to say it better.
     */
    gaps?: Array<Gap>,
    /**
     * How much of the text was understood, sort by sort.
     */
    coverage?: Array<Coverage>,
};

/**
 * How long rows are kept.
 */
export type Retention = {
    /**
     * For so many days.
     */
    days: number,
    /**
     * Counted from this column.
     */
    from: string,
    /**
     * The rows that go, where not all do: those in a state that the text names.
     */
    only?: RowFilter | null,
    /**
     * How what is older goes.
     */
    how: string,
    /**
     * Why.
     */
    evidence: string[],
};

/**
 * One item of the design's check of itself.
 */
export type ReviewItem = {
    /**
     * Kebab-case.
     */
    id: string,
    /**
     * The section of the design.
     */
    area: string,
    /**
     * `consistency` for what every design must keep, `advice` for what the text may leave open.
     */
    kind: string,
    /**
     * What is checked.
     */
    check: string,
    /**
     * `pass`, `fail` or `not-applicable`.
     */
    result: string,
    /**
     * What it was found on.
     */
    detail: string,
};

/**
 * Something that may go wrong.
 */
export type Risk = {
    /**
     * What may happen.
     */
    risk: string,
    /**
     * How one notices.
     */
    trigger: string,
    /**
     * What to do.
     */
    mitigation: string,
    /**
     * Why it applies here.
     */
    evidence: string[],
};

/**
 * In which order it is built.
 */
export type Roadmap = {
    /**
     * The parts of the work; each comes after those it waits for.
     */
    tasks: Array<Task>,
    /**
     * The engineers that the weeks are planned for.
     */
    engineers: number,
    /**
     * On how many days of a week each of them works on it.
     */
    week: number,
    /**
     * P90 over P50.
     */
    spread: number,
    /**
     * The plan beside what the text states.
     */
    fits: Array<Fit>,
    /**
     * What to leave for later so that the deadline is met, in this order.
     */
    cuts: Array<Cut>,
    /**
     * What may go wrong.
     */
    risks: Array<Risk>,
};

/**
 * A role of the authorization matrix.
 */
export type Role = {
    /**
     * The name of an actor, or that of a role that the matrix needs beside those of the text.
     */
    name: string,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * Who reaches which rows.
 */
export type RowAccess = {
    /**
     * The roles; empty for everybody.
     */
    roles: Array<string>,
    /**
     * `all`, `tenant`, `own`, or `some`: those in the states that `only` has.
     */
    scope: string,
    /**
     * For `own`: the columns, each as `table.column`, over which a row leads to the caller.
     */
    path: Array<string>,
    /**
     * For `some`: the rows that are reached.
     */
    only?: RowFilter | null,
};

/**
 * The rows that an index or a rule is about.
 */
export type RowFilter = {
    /**
     * The column.
     */
    column: string,
    /**
     * Its values; where there are none, `is_null` says which rows are meant.
     */
    values: Array<string>,
    /**
     * Without values: whether the column is null or is not.
     */
    is_null: boolean,
};

/**
 * How many rows there may be at most that agree in something.
 */
export type RowLimit = {
    /**
     * What the refusal names.
     */
    name: string,
    /**
     * What the rows agree in: for each the columns, as `table.column`, over which a row leads to it.
     */
    per: Array<Array<string>>,
    /**
     * The rows that count, where not all do.
     */
    only?: RowFilter | null,
    /**
     * The number; where it is empty, a column of what the first of `per` leads to says it.
     */
    most?: number | null,
    /**
     * That column, as `table.column`; empty where the number stands.
     */
    most_in?: string,
    /**
     * The length of time of the calendar in which they are counted, such as `week`, or one that slides, such as `24 hours`;
     * empty where all are.
     */
    within?: string,
    /**
     * The column that says in which of these a row is.
     */
    at?: string,
};

/**
 * A step of growth: at this load a decision is another.
 */
export type Rung = {
    /**
     * How many times the load of today.
     */
    factor: number,
    /**
     * The trigger: requests a second at the peak.
     */
    requests_peak: number,
    /**
     * The decision.
     */
    slot: string,
    /**
     * The option that is left.
     */
    from: string,
    /**
     * The option that is chosen from there on.
     */
    to: string,
    /**
     * What that is called.
     */
    name: string,
};

/**
 * A command whose steps are no single transaction, so that each needs a way back.
 */
export type Saga = {
    /**
     * `saga1`, `saga2`, ….
     */
    id: string,
    /**
     * The operation that begins it.
     */
    operation: string,
    /**
     * Who keeps how far it came.
     */
    coordinator: string,
    /**
     * How it is kept.
     */
    mechanism: string,
    /**
     * Why one transaction does not do.
     */
    because: string,
    /**
     * In their order.
     */
    steps: Array<SagaStep>,
    /**
     * Why.
     */
    evidence: string[],
};

/**
 * A step of a saga.
 */
export type SagaStep = {
    /**
     * Who does it.
     */
    participant: string,
    /**
     * What is done.
     */
    action: string,
    /**
     * What takes it back; empty for steps that are repeated until they succeed.
     */
    compensation: string,
};

/**
 * What carries the load and what gives way first.
 */
export type Scalability = {
    /**
     * What saturates, the earliest first.
     */
    limits: Array<Limit>,
    /**
     * What gives way first at the load of today, at ten and at a hundred times of it.
     */
    breaks: Array<Break>,
    /**
     * What changes as the load grows, the nearest first.
     */
    ladder: Array<Rung>,
    /**
     * What users see when a dependency fails, and how one notices.
     */
    failures: Array<Concern>,
    /**
     * How the tables lie on shards, where these were decided.
     */
    shards?: Shards | null,
};

/**
 * An option of a decision with its score.
 */
export type ScoredOption = {
    /**
     * Kebab-case name of the field: `modular-monolith`.
     */
    id: string,
    /**
     * What it is called.
     */
    name: string,
    /**
     * The sum of its base score and of the rules that fired.
     */
    score: number,
    /**
     * The rules that fired, in words.
     */
    reasons: Array<string>,
};

/**
 * Something that must stay secret.
 */
export type Secret = {
    /**
     * The name of the environment variable.
     */
    name: string,
    /**
     * What it is.
     */
    what: string,
    /**
     * After how many days it is changed; 0 for never.
     */
    days: number,
    /**
     * How that goes without an outage.
     */
    rotation: string,
    /**
     * What somebody who has it can do.
     */
    blast: string,
    /**
     * Who holds it: `application`, or `pipeline` where it never reaches what runs.
     */
    holder: string,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * Who may do what, what is sensitive, what threatens it.
 */
export type Security = {
    /**
     * The roles of the matrix.
     */
    roles: Array<Role>,
    /**
     * The one authorization matrix; what it does not hold is denied.
     */
    authorization: Array<Grant>,
    /**
     * Pairs of steps on one record that one person should not do both.
     */
    duties: Array<Duties>,
    /**
     * What the text leaves open about who may do what.
     */
    gaps: Array<AccessGap>,
    /**
     * How each sort of client proves who it is.
     */
    sign_in: Array<SignIn>,
    /**
     * What must stay secret.
     */
    secrets: Array<Secret>,
    /**
     * What is recorded that needs protection.
     */
    classified: Array<ClassifiedField>,
    /**
     * What could go wrong on purpose, and what answers it.
     */
    threats: Array<Threat>,
    /**
     * How the design answers the OWASP API Security Top 10.
     */
    top_ten: Array<Concern>,
    /**
     * Prompts for engineers where the text triggers a law or standard; no legal advice.
     */
    compliance: Array<Concern>,
};

/**
 * A table whose rows lie on shards.
 */
export type ShardedTable = {
    /**
     * The table.
     */
    table: string,
    /**
     * The columns over which a row leads to the key, each as `table.column`; none where it is the key's own.
     */
    way: Array<string>,
};

/**
 * How the tables lie on shards.
 */
export type Shards = {
    /**
     * The table by whose keys rows are spread.
     */
    key: string,
    /**
     * How many shards there are.
     */
    count: number,
    /**
     * The working of `count`.
     */
    formula: string,
    /**
     * The slots among which keys are spread; each shard has some.
     */
    slots: number,
    /**
     * The tables whose rows lie on shards.
     */
    tables: Array<ShardedTable>,
    /**
     * The tables whose rows have no key: they lie in one database beside the shards.
     */
    beside: Array<string>,
    /**
     * The tables of the system's own working: each database has them, with the rows of what it does.
     */
    everywhere: Array<string>,
    /**
     * The references that no constraint can keep, by the names that their constraints have in one database.
     */
    apart: Array<string>,
    /**
     * The unique indexes that hold on each shard, and not over all of them.
     */
    scattered: Array<string>,
    /**
     * Why there are shards.
     */
    evidence: string[],
};

/**
 * How a sort of client proves who it is.
 */
export type SignIn = {
    /**
     * The id of its row.
     */
    id: string,
    /**
     * The names of the actors; empty where the text names none.
     */
    clients: Array<string>,
    /**
     * The flow.
     */
    flow: string,
    /**
     * What is shown with each request.
     */
    credential: string,
    /**
     * How long that holds.
     */
    lifetime: string,
    /**
     * What ends it before.
     */
    ends: string,
    /**
     * How somebody who lost it gets in again.
     */
    recovery: string,
    /**
     * What is sent, in order.
     */
    steps: Array<Step>,
    /**
     * Why it is done so.
     */
    evidence: string[],
};

/**
 * A capability that the text asks for.
 */
export type Signal = {
    /**
     * The id in the knowledge tables: `payments`, `search`, ….
     */
    id: string,
    /**
     * Where it is asked for.
     */
    evidence: string[],
};

/**
 * What the program is built and run with.
 */
export type Stack = {
    /**
     * The id of its row in the knowledge tables.
     */
    id: string,
    /**
     * What it is called.
     */
    name: string,
    /**
     * Why it was taken.
     */
    evidence: string[],
};

/**
 * The states of a row and the ways between them.
 */
export type StateMachine = {
    /**
     * The column that holds the state.
     */
    column: string,
    /**
     * The state of a new row.
     */
    first: string,
    /**
     * From which state to which.
     */
    moves: Array<[string, string]>,
    /**
     * Whether the database refuses other moves. It does where the moves reach every state: otherwise the text left
     * some out.
     */
    enforced: boolean,
};

/**
 * One sentence, list item, heading or table row of the text.
 */
export type Statement = {
    /**
     * `s1`, `s2`, … in reading order.
     */
    id: string,
    /**
     * The words as written, without the marker of a list item or heading.
     */
    text: string,
    /**
     * Where they stand, marker included: byte offsets of the first byte and of the byte after the last.
     */
    span: [number, number],
    /**
     * What sort of statement it is.
     */
    kind: StatementKind,
    /**
     * The quality that it asks for, where it asks for one.
     */
    quality?: Quality | null,
    /**
     * How binding it is.
     */
    modality: Modality,
    /**
     * The form in which it is written, where that is a known one.
     */
    form?: Form | null,
    /**
     * What became of it.
     */
    status: StatementStatus,
    /**
     * Why it was set aside or not understood.
     */
    reason?: string | null,
};

/**
 * The sort of a statement.
 */
export type StatementKind = "capability" | "quality" | "constraint" | "context" | "exclusion" | "question" | "noise";

/**
 * What became of a statement.
 */
export type StatementStatus = "used" | "set_aside" | "not_understood";

/**
 * A message of a flow.
 */
export type Step = {
    /**
     * `client`, `app`, `idp` or `db`.
     */
    from: string,
    /**
     * The same.
     */
    to: string,
    /**
     * What is sent or done.
     */
    text: string,
};

/**
 * A table.
 */
export type Table = {
    /**
     * Plural, snake case.
     */
    name: string,
    /**
     * The entity whose records it keeps; empty for a link table.
     */
    entity: string,
    /**
     * In the order of creation.
     */
    columns: Array<Column>,
    /**
     * The columns of the primary key.
     */
    primary_key: Array<string>,
    /**
     * References to other tables.
     */
    foreign_keys: Array<ForeignKey>,
    /**
     * Beside that of the primary key.
     */
    indexes: Array<Index>,
    /**
     * Columns of which only some values are allowed.
     */
    checks: Array<Check>,
    /**
     * Conditions that each row must meet by itself.
     */
    conditions?: Array<Condition>,
    /**
     * Periods of which no two rows may overlap.
     */
    exclusions?: Array<Exclusion>,
    /**
     * How many rows there may be at most that agree in something.
     */
    limits?: Array<RowLimit>,
    /**
     * The states of a row and the ways between them.
     */
    states?: StateMachine | null,
    /**
     * When rows may no longer be changed.
     */
    frozen?: Frozen | null,
    /**
     * What time alone moves on.
     */
    timers?: Array<Timer>,
    /**
     * How long rows are kept.
     */
    retention?: Array<Retention>,
    /**
     * The column by whose months the table is partitioned.
     */
    partition_by?: string | null,
    /**
     * Rows after twelve months.
     */
    rows_year: number,
    /**
     * Bytes of a row, with its header.
     */
    row_bytes: number,
    /**
     * Where it comes from.
     */
    origin: Origin,
    /**
     * Why it exists.
     */
    evidence: string[],
};

/**
 * A part of the work.
 */
export type Task = {
    /**
     * `w1`, `w2`, ….
     */
    id: string,
    /**
     * What is built.
     */
    title: string,
    /**
     * The phase that it belongs to.
     */
    phase: string,
    /**
     * The ids of the tasks that must be done before.
     */
    after: Array<string>,
    /**
     * How one sees that it is done.
     */
    exit: string,
    /**
     * The test that is written first and fails.
     */
    first_test: string,
    /**
     * The role that does it.
     */
    owner: string,
    /**
     * Working days from the start until it begins, with the team at hand.
     */
    starts: number,
    /**
     * Working days from the start until it ends.
     */
    ends: number,
    /**
     * Whether it stands on the longest chain: a day more on it is a day more in all.
     */
    critical: boolean,
    /**
     * Working days of one engineer: as likely less as more.
     */
    days_p50: number,
    /**
     * Working days of one engineer: nine times in ten less.
     */
    days_p90: number,
    /**
     * Why it is there.
     */
    evidence: string[],
};

/**
 * A threat and its answer.
 */
export type Threat = {
    /**
     * `t1`, `t2`, ….
     */
    id: string,
    /**
     * The STRIDE category.
     */
    category: string,
    /**
     * The flow, operation or table that it threatens.
     */
    target: string,
    /**
     * What could happen.
     */
    threat: string,
    /**
     * What answers it.
     */
    control: string,
    /**
     * Why it applies here.
     */
    evidence: string[],
};

/**
 * A step that time takes: a job does it, and nobody who calls.
 */
export type Timer = {
    /**
     * The verb of the step.
     */
    action: string,
    /**
     * The states of the rows that it moves.
     */
    states: Array<string>,
    /**
     * The state that it leads to.
     */
    leads_to: string,
    /**
     * After so many seconds; 0 where the column itself says when.
     */
    seconds: number,
    /**
     * Counted from this column; empty where it counts from when the row came into its state.
     */
    from: string,
    /**
     * Why.
     */
    evidence: string[],
};

/**
 * A way from one state to another.
 */
export type Transition = {
    /**
     * The state before.
     */
    from: string,
    /**
     * The state after.
     */
    to: string,
    /**
     * The verb that moves it.
     */
    action: string,
    /**
     * Who does it; empty where the text does not say.
     */
    actor: string,
};

/**
 * Something that was deliberately left out.
 */
export type Unused = {
    /**
     * The decision.
     */
    slot: string,
    /**
     * The option that was left out.
     */
    option: string,
    /**
     * What it is called.
     */
    name: string,
    /**
     * Why it was left out.
     */
    why: string,
    /**
     * The number, or the wish, that would change that.
     */
    would_change: string,
    /**
     * The rules that speak for it or against it.
     */
    evidence: string[],
};
