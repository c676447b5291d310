// The rows of the tables. This file is included twice: by the build script, where text is owned and rows are read from
// TOML, and by the library, where the same rows are constants. So there is one definition of each row.

rows! {
    /// A group of attribute names with what they say.
    pub struct AttributeRow {
        /// The id of the attribute's type: `text`, `money`, `timestamp`, ….
        #[toml("type")]
        pub kind: Text,
        /// The sensitivity class.
        pub class: Text,
        /// How strongly such a noun is an attribute: 2 always, 1 unless it has attributes of its own, 0 not by itself.
        pub attribute: u8,
        /// Last words of names, lemmatised.
        pub words: List<Text>,
    }

    /// Cues for a quality of the system.
    pub struct QualityRow {
        /// The id of the quality.
        pub quality: Text,
        /// What one cue adds; 2 make a quality statement.
        pub weight: u8,
        /// Phrases of lemmas.
        pub cues: List<Text>,
    }

    /// A capability that a text may ask for.
    pub struct SignalRow {
        /// Kebab-case.
        pub id: Text,
        /// Phrases of which one is enough.
        pub strong: List<Text>,
        /// Phrases of which two different ones are needed.
        pub weak: List<Text>,
    }

    /// Names that a text may prescribe or forbid.
    pub struct TechnologyRow {
        /// The kind of constraint that such a name makes.
        pub kind: Text,
        /// The decision slot that it settles; empty where it settles none.
        pub slot: Text,
        /// The option of that slot.
        pub option: Text,
        /// What it is called, lower case.
        pub names: List<Text>,
        /// What a name adds to the option, where it names only who offers it; else it prescribes the option.
        pub leans: Option<f64>,
    }

    /// How something is kept: words that tell it, or a number of bytes or rows.
    pub struct StorageRow {
        /// Kebab-case.
        pub id: Text,
        /// Bytes, rows or a factor; zero where only the words count.
        pub value: f64,
        /// The words or types.
        pub words: List<Text>,
    }

    /// Words that say whose records somebody may reach, which steps on a record judge others, or what a verb asks of an
    /// interface.
    pub struct AccessRow {
        /// A scope, `visitors`, `asks`, …; `everything`, `acts` or `long` of the interface.
        pub id: Text,
        /// Phrases in lower case.
        pub words: List<Text>,
    }

    /// A decision that a design may have to settle.
    pub struct SlotRow {
        /// One of the fixed slot ids.
        pub id: Text,
        /// In words.
        pub title: Text,
        /// The guide, and where there is one the section, that explains it.
        pub guide: Text,
        /// What would make one think again.
        pub revisit: Text,
        /// How one sees that the choice is kept.
        pub confirm: Text,
        /// How much work a change of mind costs, 1 to 5: what ranks the questions.
        pub weight: f64,
        /// The choices, the simplest first.
        #[toml("option")]
        pub options: List<OptionRow>,
        /// What speaks for which choice.
        #[toml("rule")]
        pub rules: List<RuleRow>,
        /// Numbers by which a part of `revisit` is met already, with why the choice stands all the same.
        #[toml("met")]
        pub met: Option<List<MetRow>>,
    }

    /// A part of what would make one think again that the numbers of a text may meet already.
    pub struct MetRow {
        /// When it is met; the first comparison names the number that is told, and `decided` may ask of the decision itself.
        pub when: When,
        /// Why the choice stands, as the end of a sentence.
        pub stands: Text,
    }

    /// A choice of a decision.
    pub struct OptionRow {
        /// Kebab-case name of the field.
        pub id: Text,
        /// What it is called.
        pub name: Text,
        /// The score with which it starts.
        pub base: f64,
        /// What follows from it.
        pub consequences: List<Text>,
        /// What everybody has to keep to from then on.
        pub binds: Option<Text>,
        /// What it makes impossible or dear.
        pub prevents: Option<Text>,
        /// What it costs to have it, where a text prescribes it without need.
        pub costs: Option<Text>,
        /// How one sees that it is kept to, where that is otherwise than for the other options of the slot.
        pub confirm: Option<Text>,
        /// What would make one think again, where that is otherwise than for the other options of the slot.
        pub revisit: Option<Text>,
    }

    /// A rule: when the facts are so, an option gains.
    pub struct RuleRow {
        /// Unique over all slots.
        pub id: Text,
        /// When it holds.
        pub when: When,
        /// The option that gains.
        pub option: Text,
        /// How much: a soft rule up to 20 either way, `force` 50, `forbid` -50.
        pub add: f64,
        /// Why, as the design says it.
        pub because: Text,
        /// The section of a guide that explains it, where it is another than that of the decision.
        pub guide: Option<Text>,
        /// `fact` or `heuristic`; a heuristic where nothing stands.
        pub kind: Option<Text>,
        /// Where it is from; our own judgement where nothing stands.
        pub source: Option<Text>,
        /// When that was so; the date of the tables where nothing stands.
        pub date: Option<Text>,
    }

    /// A criterion of coupling between two entities.
    pub struct CouplingRow {
        /// Kebab-case.
        pub id: Text,
        /// What it adds: above zero it binds, below it keeps apart, and at zero a text tells nothing of it.
        pub weight: f64,
        /// How it is measured.
        pub measure: Text,
    }

    /// A kind of problem that the interface answers with.
    pub struct ProblemRow {
        /// Kebab-case; the end of the problem's `type`.
        pub id: Text,
        /// The HTTP status.
        pub status: u16,
        /// What is wrong, in words.
        pub title: Text,
        /// What a caller does about it.
        pub remedy: Text,
        /// Whether the same request can succeed later.
        pub retryable: bool,
    }

    /// What a text may state or the arithmetic gives, without a value of its own.
    pub struct FactRow {
        /// Dotted name.
        pub id: Text,
        /// What it is, in words.
        pub label: Text,
        /// The unit.
        pub unit: Text,
    }

    /// Which fact a stated quantity gives.
    pub struct StatedRow {
        /// The kind of the quantity.
        pub kind: Text,
        /// Its qualifier; any where it is empty.
        pub qualifier: Text,
        /// The id of the fact.
        pub fact: Text,
        /// Whether the smallest of several values counts, as for targets, and not the largest.
        pub smallest: bool,
    }

    /// A figure that is computed from facts.
    pub struct FigureRow {
        /// Dotted name.
        pub id: Text,
        /// What it is, in words.
        pub label: Text,
        /// The unit.
        pub unit: Text,
        /// The ways to compute it: the first whose condition holds counts.
        #[toml("way")]
        pub ways: List<WayRow>,
    }

    /// A way to compute a figure.
    pub struct WayRow {
        /// When it can be computed so.
        pub when: When,
        /// How.
        pub formula: Formula,
    }

    /// Another starting value of a number, where a condition holds. Of several, the first counts.
    pub struct VariantRow {
        /// The number.
        pub of: Text,
        /// When.
        pub when: When,
        /// The amount in the number's unit.
        pub value: f64,
        /// Why this amount.
        pub why: Text,
    }

    /// A number that the arithmetic starts from when the text gives none, or a limit of a component.
    pub struct NumberRow {
        /// Dotted name.
        pub id: Text,
        /// What it is, in words.
        pub label: Text,
        /// The amount in `unit`.
        pub value: f64,
        /// The unit.
        pub unit: Text,
        /// Why this amount.
        pub why: Text,
        /// `fact` or `heuristic`.
        pub kind: Text,
        /// Where it is from.
        pub source: Text,
        /// When that was so.
        pub date: Text,
    }

    /// What an operation, a relation or an edge is guaranteed.
    pub struct ConsistencyRow {
        /// Kebab-case; the rule that evidence names.
        pub id: Text,
        /// The kind of subject: `operation`, `relation`, `saga`, or the kind of an edge.
        pub of: Text,
        /// The words that must be true of the subject.
        pub needs: List<Text>,
        /// A condition over what was settled; empty for always.
        pub when: Text,
        /// The guarantee, or what is put at the edge.
        pub gives: Text,
        /// Seconds after which it holds at the latest; 0 where at once, and for edges.
        pub bound: f64,
        /// What keeps it.
        pub mechanism: Text,
        /// Why.
        pub because: Text,
    }

    /// What the effort of a design is counted from. The days of each stand in the number `effort.ID`.
    pub struct EffortRow {
        /// Kebab-case.
        pub id: Text,
        /// What is counted: `once`, `entity`, `operation`, `transition`, `external`, `existing` or `service`.
        pub each: Text,
        /// A condition over what was settled; empty for always.
        pub when: Text,
    }

    /// What a program is built and run with.
    pub struct StackRow {
        /// Kebab-case.
        pub id: Text,
        /// With its version.
        pub name: Text,
        /// The languages that stand for it.
        pub words: List<Text>,
        /// Megabytes that an instance needs.
        pub memory: u32,
        /// `fact` or `heuristic`.
        pub kind: Text,
        /// The build stage of the Dockerfile.
        pub build: Text,
        /// The stage that runs.
        pub run: Text,
        /// What starts it.
        pub command: List<Text>,
        /// What starts the worker from the same image.
        pub worker: List<Text>,
        /// What the pipeline runs to check it.
        pub ci: Text,
        /// Where a module lies.
        pub layout: Text,
        /// What its tests are made with.
        pub tests: Text,
    }

    /// How a store or broker is run, saved and restored.
    pub struct EngineRow {
        /// The id of the option of a decision.
        pub id: Text,
        /// The container image; empty where it needs none.
        pub image: Text,
        /// The port that it listens on.
        pub port: u16,
        /// Its address in development.
        pub url: Text,
        /// The environment of its container in development.
        pub environment: List<Text>,
        /// The command that says whether it is ready.
        pub health: Text,
        /// Where it keeps data.
        pub data: Text,
        /// Shell that saves all to the file `$target`.
        pub backup: Text,
        /// Shell that restores from the file `$source`.
        pub restore: Text,
        /// Shell that writes all to its output, where it runs in the container of the store on the machine of the system.
        pub dump: Text,
        /// Shell that restores from its input there.
        pub load: Text,
        /// Shell that shows that it answers.
        pub probe: Text,
        /// Shell that executes the file whose name follows.
        pub apply: Text,
    }

    /// How tables are written for a store that is not PostgreSQL.
    pub struct DialectRow {
        /// The id of the option of the decision on the database.
        pub id: Text,
        /// Whether it stands beside PostgreSQL and holds only what is measured.
        pub beside: bool,
        /// The store with its oldest version.
        pub name: Text,
        /// The path of the file.
        pub file: Text,
        /// The command that runs it.
        pub run: Text,
        /// What stands before and after a name; empty where the format has its own.
        pub quotes: Text,
        /// Pairs of a type of the design and the one here, with `=` between them.
        pub types: List<Text>,
        /// The type of a key that counts up.
        pub identity: Text,
        /// The time of now, as a default.
        pub now: Text,
        /// What follows the time of the last change.
        pub touch: Text,
        /// What keeps a row that others refer to; empty where that goes without saying.
        pub restrict: Text,
        /// How some rows alone are unique: `where`, `case` within the index, or a computed `column`.
        pub partial: Text,
        /// What follows a table.
        pub end: Text,
        /// What a reader of the file has to know.
        pub notes: List<Text>,
    }

    /// An alert beside those on the error budget.
    pub struct AlertRow {
        /// In Pascal case.
        pub id: Text,
        /// A condition over what was settled; empty for always.
        pub when: Text,
        /// `page` or `ticket`.
        pub severity: Text,
        /// `PromQL` with figures in braces.
        pub expr: Text,
        /// How long it must hold.
        pub hold: Text,
        /// The series of its test, separated by blanks.
        pub series: Text,
        /// Their values when it must be raised.
        pub bad: Text,
        /// Their values when it must not.
        pub good: Text,
        /// What is wrong.
        pub summary: Text,
        /// The first checks.
        pub checks: List<Text>,
        /// What to do.
        pub fix: Text,
    }

    /// A pair of windows in which the error budget is watched.
    pub struct BurnRow {
        /// The long window.
        pub long: Text,
        /// The short window.
        pub short: Text,
        /// The long window in minutes.
        pub minutes: f64,
        /// How many times faster than even the budget goes.
        pub factor: f64,
        /// `page` or `ticket`.
        pub severity: Text,
    }

    /// A currency that amounts are stated in.
    pub struct CurrencyRow {
        /// The code of ISO 4217.
        pub code: Text,
        /// Signs and words before or behind an amount.
        pub words: List<Text>,
        /// What one is worth in US dollars.
        pub dollars: f64,
    }

    /// A place that a text may name, with the regions of clouds there.
    pub struct RegionRow {
        /// What it is called in a sentence.
        pub place: Text,
        /// What a text may call it, as the names of the constraints.
        pub names: List<Text>,
        /// The region of AWS there; empty where there is none.
        pub aws: Text,
        /// That of Azure.
        pub azure: Text,
        /// That of Google Cloud.
        pub gcp: Text,
        /// Whether the place is larger than a region.
        pub part: bool,
    }

    /// A tier of recovery.
    pub struct RecoveryRow {
        /// Kebab-case.
        pub id: Text,
        /// What it is called.
        pub name: Text,
        /// Seconds of work that it may usually lose: its RPO.
        pub point: f64,
        /// Seconds that it may usually take: its RTO.
        pub time: f64,
        /// How many nights a full backup is kept for.
        pub nights: u32,
        /// What it adds to the bill.
        pub extra: Text,
    }

    /// Something that must stay secret.
    pub struct SecretRow {
        /// The name of the environment variable.
        pub id: Text,
        /// A condition over what was settled.
        pub when: Text,
        /// What it is.
        pub what: Text,
        /// After how many days it is changed; 0 for never.
        pub days: u32,
        /// How that goes without an outage.
        pub rotation: Text,
        /// What somebody who has it can do.
        pub blast: Text,
        /// Who holds it: `application`, or `pipeline` where it never reaches what runs.
        pub holder: Text,
    }

    /// How a sort of client proves who it is.
    pub struct SignInRow {
        /// Kebab-case.
        pub id: Text,
        /// `human`, `system` or `device`.
        pub sort: Text,
        /// A condition over what was settled.
        pub when: Text,
        /// The flow.
        pub flow: Text,
        /// What is shown with each request.
        pub credential: Text,
        /// How long that holds.
        pub lifetime: Text,
        /// What ends it before.
        pub ends: Text,
        /// How somebody who lost it gets in again.
        pub recovery: Text,
        /// `from>to: what is sent`.
        pub steps: List<Text>,
    }

    /// Something that can go wrong on purpose or by accident, and what answers it.
    pub struct ConcernRow {
        /// Unique.
        pub id: Text,
        /// `flow`, `api-top-10`, `abuse`, `compliance` or `failure`.
        pub group: Text,
        /// The component that it is about; empty where it is about all.
        pub subject: Text,
        /// The category within its group.
        pub category: Text,
        /// A condition over what was settled; empty for always.
        pub when: Text,
        /// What can happen, with names in braces.
        pub text: Text,
        /// What answers it, with names in braces.
        pub answer: Text,
        /// A requirement of ASVS 5.0.0; for failures, how one notices.
        pub reference: Text,
    }

    /// An item of the review of a design.
    pub struct ReviewRow {
        /// Kebab-case.
        pub id: Text,
        /// The section of the design.
        pub area: Text,
        /// `consistency` for what the engine must keep, `advice` for what the text may leave open.
        pub kind: Text,
        /// What is checked.
        pub check: Text,
        /// The measure, and after a blank what it is taken on.
        pub measure: Text,
        /// What to do where advice is not kept.
        pub fix: Option<Text>,
    }

    /// A part of the work that is no slice of one entity.
    pub struct WorkRow {
        /// Kebab-case.
        pub id: Text,
        /// `skeleton`, `capability` or `readiness`.
        pub phase: Text,
        /// A condition over what was settled, or `existing`.
        pub when: Text,
        /// What is built, with names in braces.
        pub title: Text,
        /// How one sees that it is done.
        pub exit: Text,
        /// The test that fails before.
        pub test: Text,
        /// The role that does it.
        pub owner: Text,
        /// The rows of the effort that it takes up.
        pub effort: List<Text>,
    }

    /// A pattern with the place that it has in a design.
    pub struct PatternRow {
        /// Kebab-case.
        pub id: Text,
        /// Decisions of which one must be so; empty for always.
        pub when: Text,
        /// What it is put on.
        pub on: Text,
        /// The rule of a guide that explains it.
        pub guide: Text,
        /// How it is done here.
        pub does: Text,
    }

    /// Something that may go wrong in building it.
    pub struct RiskRow {
        /// Kebab-case.
        pub id: Text,
        /// A condition over what was settled, or `existing`.
        pub when: Text,
        /// What may happen, with names in braces.
        pub risk: Text,
        /// How one notices.
        pub trigger: Text,
        /// What to do.
        pub mitigation: Text,
    }

    /// Words that leave a requirement open.
    pub struct GapRow {
        /// Kebab-case.
        pub id: Text,
        /// One of the ten families.
        pub family: Text,
        /// As they are written, in lower case.
        pub words: List<Text>,
        /// The id of the number that the design takes meanwhile; empty where there is none.
        pub number: Text,
        /// What is taken where there is no such number; empty where nothing is.
        pub assumed: Text,
        /// How to say it better.
        pub fix: Text,
    }
}
