//! Objectives, and the alerts on them: on the speed at which the error budget goes where there is enough traffic for
//! that, on counts where there is not, and on what is known to break the parts that this design has.

use crate::deployment::sizing::value;
use crate::figures::{bytes, filled, shown};
use crate::model::{Alert, AlertSeries, Figure, Objective, Recovery};
use crate::settled::Settled;
use requirements::{Evidence, Reason};

/// Bad answers that a window must hold before its ratio says anything.
const LEAST_BAD: f64 = 10.0;

/// What the users are promised.
pub(super) fn objectives(settled: &Settled) -> Vec<Objective> {
    let evidence = |id: &str| {
        let found = settled.facts.reasons(id);
        if found.is_empty() { vec![Reason::rule("objectives")] } else { found }
    };
    let latency = latency(settled);
    vec![
        Objective {
            id: "availability".to_owned(),
            indicator: "requests that are not answered with 5xx".to_owned(),
            target: settled.facts.number("availability.target"),
            days: 30,
            evidence: evidence("availability.target"),
        },
        Objective {
            id: "latency".to_owned(),
            indicator: format!("requests answered within {} s", shown(latency)),
            target: percentile(settled),
            days: 30,
            evidence: evidence("latency.target"),
        },
    ]
}

/// The promised time of an answer: what the text says, else the usual.
pub(crate) fn latency(settled: &Settled) -> f64 {
    let stated = settled.facts.number("latency.target");
    if stated > 0.0 { stated } else { knowledge::number("latency.target").map_or(0.5, |row| row.value) }
}

/// The share of requests that it is promised for.
fn percentile(settled: &Settled) -> f64 {
    let stated = settled.facts.number("latency.percentile");
    if stated > 0.0 && stated < 1.0 { stated } else { 0.99 }
}

/// All alerts of a design.
pub(super) fn alerts(settled: &Settled, figures: &[Figure], recovery: &Recovery) -> Vec<Alert> {
    let mut alerts = burn(settled);
    let latency = latency(settled);
    let age = if recovery.point >= 86_400.0 { 26.0 } else { 25.0 } * 3600.0;
    let lag = (value(figures, "job.rate") * 60.0).max(600.0).round();
    let wait = 300.0_f64;
    // What there is to look at and to add: one machine has no load balancer, no standby and no second instance.
    let single = settled.chosen("deployment") == "single-vm";
    let own = |there: &str, alone: &str| if single { alone } else { there }.to_owned();
    let values = [
        ("edge", own("load balancer", "the edge")),
        ("one", own("one instance", "the program")),
        ("probe", own("", "; it runs on the same machine, whose loss a check from elsewhere has to notice")),
        ("grow", own("add an instance", "move to a larger machine")),
        // Containers keep their volumes on the disk of the machine.
        ("disk", own("/var/lib/postgresql", "/")),
        ("log", own(", and the write-ahead log kept for a replica that is gone", "")),
        ("slot", own("Drop the abandoned replication slot, or e", "E")),
        ("latency", shown(latency)),
        ("latency-half", shown(latency / 2.0)),
        ("latency-double", shown(latency * 2.0)),
        ("percentile", shown(percentile(settled))),
        ("slowest", shown(((1.0 - percentile(settled)) * 1e5).round() / 1e3)),
        ("pool", shown(value(figures, "pool.size"))),
        ("utilisation", shown(settled.facts.number("cpu.utilisation") * 100.0)),
        ("connections-limit", shown(value(figures, "connections.limit"))),
        ("sign-ins", shown(sign_ins(settled))),
        ("storage-day", bytes(settled.facts.number("storage.day"))),
        ("backup-age", shown(age)),
        ("backup-age-double", shown(age * 2.0)),
        ("backup-hours", shown(age / 3600.0)),
        ("job-age", shown(wait)),
        ("job-age-double", shown(wait * 2.0)),
        ("lag", shown(lag)),
        ("lag-double", shown(lag * 2.0)),
        ("cache-memory", bytes(value(figures, "cache.memory"))),
    ];
    for row in knowledge::ALERTS.iter() {
        let Some(mut evidence) = settled.when(row.when) else { continue };
        if evidence.is_empty() {
            evidence.push(Reason::rule("alerts"));
        }
        if row.id == "LatencyHigh" && is_quiet(settled) {
            alerts.push(slow_by_count(settled, latency));
            continue;
        }
        let fill = |text: &str| filled(text, &values);
        let split = |text: &str| text.split(' ').map(fill).collect::<Vec<String>>();
        let (series, bad, good) = (split(row.series), split(row.bad), split(row.good));
        let tests = series
            .into_iter()
            .zip(bad.into_iter().zip(good))
            .map(|(series, (bad, good))| AlertSeries { series, bad, good })
            .collect();
        alerts.push(Alert {
            id: row.id.to_owned(),
            severity: row.severity.to_owned(),
            expr: fill(row.expr),
            hold: row.hold.to_owned(),
            summary: fill(row.summary),
            checks: row.checks.iter().map(|check| fill(check)).collect(),
            fix: fill(row.fix),
            tests,
            minutes: 70,
            evidence,
        });
    }
    alerts
}

/// Failed sign-ins in an hour from which on they say something: as many as all sign-ins of an hour at the peak, so that a
/// provider that is down is noticed where few people sign in, and no fewer than a handful.
fn sign_ins(settled: &Settled) -> f64 {
    let daily = settled.facts.number("users.daily") * settled.facts.number("sessions.daily");
    (daily / 24.0 * settled.facts.number("peak.factor").max(1.0)).ceil().clamp(5.0, 300.0)
}

/// The alerts on the error budget.
fn burn(settled: &Settled) -> Vec<Alert> {
    let target = settled.facts.number("availability.target");
    let allowed = (1.0 - target).max(1e-6);
    let rate = settled.facts.number("requests.average");
    let evidence = settled.reasons(&["availability.target", "requests.average"]);
    let evidence = if evidence.is_empty() { vec![Reason::rule("objectives")] } else { evidence };
    let mut alerts = Vec::new();
    let mut paged = false;
    for row in knowledge::BURN.iter() {
        let threshold = row.factor * allowed;
        // A ratio of one is the most there can be: beyond it the rule could never fire.
        if threshold >= 0.99 {
            continue;
        }
        // Too few bad answers in the window: one mistake would page.
        if rate * row.minutes * 60.0 * threshold < LEAST_BAD {
            continue;
        }
        paged |= row.severity == "page";
        let hours = row.minutes / 60.0;
        let left = 30.0 * 24.0 / row.factor;
        alerts.push(Alert {
            id: format!("ErrorBudgetBurn{}", row.long),
            severity: row.severity.to_owned(),
            expr: format!(
                "service:errors:ratio_rate{} > {} and service:errors:ratio_rate{} > {}",
                row.long,
                ratio(threshold),
                row.short,
                ratio(threshold)
            ),
            hold: "2m".to_owned(),
            summary: format!(
                "Errors above {} % for {} h: the budget of 30 days is gone in {} h at this pace.",
                shown(threshold * 100.0),
                shown(hours),
                shown(left)
            ),
            checks: vec![
                "Group the errors by route and by release: a release that ended just before is the first suspect.".to_owned(),
                if settled.chosen("observability") == "logs-and-uptime" {
                    "Read the log of one failed request to its end: the part that failed stands last."
                } else {
                    "Read one trace of a failed request to its end: the part that failed is the last span."
                }
                .to_owned(),
                "Look at the dependencies of the failure table in the order in which the failed route calls them.".to_owned(),
            ],
            fix: "Roll back a release of the last hour; else switch off what the failed dependency serves, as the failure table says.".to_owned(),
            tests: errors(f64::midpoint(threshold, 1.0), allowed / 5.0, row.minutes * 1.2),
            minutes: (row.minutes * 1.1) as u32,
            evidence: evidence.clone(),
        });
    }
    if !paged {
        alerts.push(by_count(rate, allowed, evidence));
    }
    alerts
}

/// Where traffic is low, a count of errors over six hours.
fn by_count(rate: f64, allowed: f64, evidence: Evidence) -> Alert {
    let limit = (rate * 21_600.0 * allowed * 6.0).ceil().max(5.0);
    Alert {
        id: "ErrorsSeen".to_owned(),
        severity: "page".to_owned(),
        expr: format!(
            "sum(increase(http_server_request_duration_seconds_count{{http_response_status_code=~\"5..\"}}[6h])) > {}",
            shown(limit)
        ),
        hold: "2m".to_owned(),
        summary: format!(
            "More than {} errors in 6 h: at {} requests a second, a ratio would page for a single one.",
            shown(limit),
            shown(rate)
        ),
        checks: vec![
            "Read the errors themselves: they are few.".to_owned(),
            "See whether they started with a release.".to_owned(),
            "See whether one person, one record or one route makes all of them.".to_owned(),
        ],
        fix: "Roll back where a release began it; else repair the record and write the test that it lacked."
            .to_owned(),
        tests: vec![AlertSeries {
            series: "http_server_request_duration_seconds_count{http_response_status_code=\"500\"}"
                .to_owned(),
            bad: format!("0+{}x400", shown((limit / 30.0).ceil())),
            good: "0x400".to_owned(),
        }],
        minutes: 380,
        evidence,
    }
}

/// Whether half an hour holds too few slow requests for a percentile to say anything.
fn is_quiet(settled: &Settled) -> bool {
    settled.facts.number("requests.average") * 1800.0 * (1.0 - percentile(settled)) < LEAST_BAD
}

/// Where traffic is low, a count of slow requests over six hours.
fn slow_by_count(settled: &Settled, latency: f64) -> Alert {
    let rate = settled.facts.number("requests.average");
    let slow = 1.0 - percentile(settled);
    // Twice as many as the target allows.
    let limit = (rate * 21_600.0 * slow * 2.0).ceil().max(5.0);
    let bucket = |le: &str| format!("http_server_request_duration_seconds_bucket{{le=\"{le}\"}}");
    let within = shown(latency);
    let pace = shown((limit / 30.0).ceil());
    let series =
        |le: &str, bad: String| AlertSeries { series: bucket(le), bad, good: format!("0+{pace}x400") };
    let evidence = settled.reasons(&["latency.target", "requests.average"]);
    Alert {
        id: "LatencyHigh".to_owned(),
        severity: "ticket".to_owned(),
        expr: format!(
            "sum(increase({}[6h])) - sum(increase({}[6h])) > {}",
            bucket("+Inf"),
            bucket(&within),
            shown(limit)
        ),
        hold: "15m".to_owned(),
        summary: format!(
            "More than {} requests in 6 h took longer than {within} s: at {} requests a second, a percentile of half an hour would be that of a few.",
            shown(limit),
            shown(rate)
        ),
        checks: vec![
            "Read the slow requests themselves: they are few.".to_owned(),
            "See whether one route, one record or one hour has all of them.".to_owned(),
            "Read the slowest statements of the same time.".to_owned(),
        ],
        fix: "Give the slow statement its index, or shorten what it reads; where a backup or a report ran meanwhile, move that."
            .to_owned(),
        tests: vec![series("+Inf", format!("0+{pace}x400")), series(&within, "0x400".to_owned())],
        minutes: 380,
        evidence: if evidence.is_empty() { vec![Reason::rule("alerts")] } else { evidence },
    }
}

/// Two series of answers with a bad and with a good ratio, for so many minutes.
fn errors(bad: f64, good: f64, minutes: f64) -> Vec<AlertSeries> {
    const ANSWERS: f64 = 1e6;
    let series = |code: &str, bad: f64, good: f64| AlertSeries {
        series: format!("http_server_request_duration_seconds_count{{http_response_status_code=\"{code}\"}}"),
        bad: format!("0+{}x{}", shown((bad * ANSWERS).round()), shown(minutes.ceil())),
        good: format!("0+{}x{}", shown((good * ANSWERS).round()), shown(minutes.ceil())),
    };
    vec![series("500", bad, good), series("200", 1.0 - bad, 1.0 - good)]
}

/// A ratio with as many digits as it needs.
fn ratio(value: f64) -> String {
    let text = format!("{value:.8}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
