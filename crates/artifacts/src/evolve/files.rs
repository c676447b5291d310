//! A plan as a document, and as scripts.

use super::{Lock, Phase, Step, plan};
use crate::File;
use crate::markdown::{code, fence, one_line, text};
use crate::sql::TIMEOUTS;
use design::Design;
use knowledge::Order as _;
use requirements::capitalised;

const PHASES: [(Phase, &str, &str); 3] = [
    (
        Phase::Expand,
        "Expand",
        "Before the new version of the program is rolled out. The old version runs on and does not notice; all of it can be taken back.",
    ),
    (
        Phase::Backfill,
        "Fill",
        "When every instance runs the new version. Rows are changed in batches, each a transaction of its own: stop whenever the replicas fall behind, and go on later. Rows that are locked are met by the next run.",
    ),
    (
        Phase::Contract,
        "Contract",
        "When the last instance of the old version is gone and no rollback of the program is wanted any more: usually one release later.",
    ),
];

const HOW: &str = "Each step is a script with the number of the step: `.up.sql` does it, `.verify.sql` asks whether it did (a single true), `.down.sql` takes it back. A script runs in one transaction, except where it says that it runs alone. A step waits for a lock for two seconds at most and is tried again, because whoever waits for a lock blocks all behind; what holds nobody up may take its time. The scripts run as the owner of the tables; those that fill rows need `BYPASSRLS`, since forced row-level security hides every row from an owner without it. What a design calls differently is dropped and added here: where it is the same thing, rename it instead.\n\n";

/// The plan from one design to another, as Markdown.
pub fn evolution(before: &Design, after: &Design) -> String {
    let plan = plan(before, after);
    let mut out = format!("# From {} to {}\n\n", text(&before.title), text(&after.title));
    if plan.steps.is_empty() && plan.by_hand.is_empty() {
        return out + "The tables are the same: there is nothing to do.\n";
    }
    out += HOW;
    if !plan.by_hand.is_empty() {
        out += "## To be planned by hand\n\nNo step does this; the plan is incomplete without it.\n\n";
        for (what, why) in &plan.by_hand {
            out += &format!("- {}: {why}.\n", text(what));
        }
        out.push('\n');
    }
    let mut number = 0;
    for (phase, title, when) in PHASES {
        let steps: Vec<&Step> = plan.steps.iter().filter(|step| step.phase == phase).collect();
        if steps.is_empty() {
            continue;
        }
        out += &format!("## {title}\n\n{when}\n\n");
        for step in steps {
            number += 1;
            out += &section(number, step);
        }
    }
    out.trim_end().to_owned() + "\n"
}

fn section(number: usize, step: &Step) -> String {
    let mut out = format!("### {number}. {}\n\n", text(&capitalised(&step.what)));
    out += &format!("- Lock: {}.\n", text(&step.lock.text()));
    if step.alone {
        out += "- Runs alone, in no transaction.\n";
    }
    let gate = if step.gate.is_empty() { "that of its phase" } else { &step.gate };
    out += &format!("- Gate: {}.\n", text(gate));
    out += &match step.verify.as_str() {
        "" => "- Verified by: the statement itself, which fails or has done it.\n".to_owned(),
        query => format!("- Verified by: {} gives true.\n", code(query)),
    };
    out += &match step.undo.trim() {
        "" => "- Rollback: none; only a backup brings it back.\n".to_owned(),
        undo if undo.lines().count() > 1 => "- Rollback: the script `.down.sql`.\n".to_owned(),
        undo => format!("- Rollback: {}\n", code(undo)),
    };
    out + "\n" + &fence("sql", step.sql.trim_end())
}

/// The plan and its scripts, sorted by path.
pub fn evolution_files(before: &Design, after: &Design) -> Vec<File> {
    let mut files = vec![File { path: "plan.md".to_owned(), contents: evolution(before, after) }];
    for (at, step) in plan(before, after).steps.iter().enumerate() {
        let phase = match step.phase {
            Phase::Expand => "expand",
            Phase::Backfill => "fill",
            Phase::Contract => "contract",
        };
        let alone = if step.alone { "-- Runs alone, in no transaction.\n" } else { "" };
        let mut add = |kind: &str, sql: &str| {
            files.push(File {
                path: format!("{:03}_{phase}.{kind}.sql", at + 1),
                contents: format!(
                    "-- {}.\n{alone}{}{}\n",
                    one_line(&capitalised(&step.what)),
                    timeouts(step),
                    sql.trim()
                ),
            });
        };
        add("up", &step.sql);
        if !step.verify.is_empty() {
            add("verify", &format!("{};", step.verify));
        }
        if !step.undo.is_empty() {
            add("down", &step.undo);
        }
    }
    files.order_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What holds nobody up may take as long as it needs. An index that is built beside the traffic also has to wait for older
/// transactions: broken off, it would leave an invalid index behind.
fn timeouts(step: &Step) -> &'static str {
    match step.lock {
        _ if step.alone => "SET lock_timeout = 0;\nSET statement_timeout = 0;\n\n",
        Lock::Beside(_) | Lock::Rows(_) | Lock::Rewrite(_) => {
            "SET lock_timeout = '2s';\nSET statement_timeout = 0;\n\n"
        }
        _ => TIMEOUTS,
    }
}
