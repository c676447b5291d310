//! `deploy/alerts.yml` and its unit tests.

use super::quoted;
use design::{Alert, AlertSeries, Design};
use std::collections::BTreeSet;

/// The windows for which the share of errors is recorded.
const WINDOWS: &[&str] = &["5m", "30m", "1h", "6h", "3d"];
/// What counts answers.
const ANSWERS: &str = "http_server_request_duration_seconds_count";

/// The rules.
pub(super) fn rules(design: &Design) -> String {
    let alerts = &design.deployment.alerts;
    let windows: Vec<&str> = WINDOWS
        .iter()
        .copied()
        .filter(|window| {
            let name = format!("ratio_rate{window} ");
            alerts.iter().any(|alert| alert.expr.contains(&name))
        })
        .collect();
    // One group, since its rules are evaluated in their order: an alert reads what was recorded just before.
    let mut out = String::from("groups:\n  - name: alerts\n    rules:\n");
    for window in windows {
        out += &format!(
            "      - record: service:errors:ratio_rate{window}\n        expr: sum(rate({ANSWERS}{{http_response_status_code=~\"5..\"}}[{window}])) / sum(rate({ANSWERS}[{window}]))\n"
        );
    }
    for alert in alerts {
        out += &format!(
            "      - alert: {}\n        expr: {}\n        for: {}\n        labels: {{ severity: {} }}\n        annotations:\n          summary: {}\n          runbook: {}\n",
            alert.id,
            quoted(&alert.expr),
            alert.hold,
            alert.severity,
            quoted(&alert.summary),
            runbook(alert)
        );
    }
    out
}

fn runbook(alert: &Alert) -> String {
    format!("deploy/runbook.md#{}", alert.id.to_lowercase())
}

/// The longest time, in minutes, for which a test evaluates all rules every minute.
const SHORT: u32 = 100;

/// Each alert is raised by what it is for, and none by what is usual. Alerts over hours are tested in longer steps, in
/// a file of their own: promtool has one step for a file. Nothing where there is none of the sort.
pub(super) fn tests(design: &Design, slow: bool) -> Option<String> {
    let step = if slow { "10m" } else { "1m" };
    let mut out = format!("rule_files: [alerts.yml]\nevaluation_interval: {step}\ntests:\n");
    let alerts: Vec<&Alert> =
        design.deployment.alerts.iter().filter(|alert| (alert.minutes > SHORT) == slow).collect();
    let start = |name: &str| format!("  - name: {name}\n    interval: {step}\n    input_series:\n");
    let series = |test: &AlertSeries, values: &str| {
        format!("      - series: '{}'\n        values: {}\n", test.series.replace('\'', "''"), quoted(values))
    };
    let looked =
        |alert: &Alert| format!("      - eval_time: {}m\n        alertname: {}\n", alert.minutes, alert.id);
    out += &start("nothing is raised by what is usual");
    let mut seen = BTreeSet::new();
    for test in alerts.iter().flat_map(|alert| &alert.tests).filter(|test| seen.insert(&test.series)) {
        out += &series(test, &test.good);
    }
    out += "    alert_rule_test:\n";
    for alert in &alerts {
        out += &looked(alert);
        out += "        exp_alerts: []\n";
    }
    for alert in &alerts {
        out += &start(&format!("{} is raised", alert.id));
        for test in &alert.tests {
            out += &series(test, &test.bad);
        }
        out += "    alert_rule_test:\n";
        out += &looked(alert);
        out += &format!(
            "        exp_alerts:\n          - exp_labels: {{ severity: {} }}\n            exp_annotations:\n              summary: {}\n              runbook: {}\n",
            alert.severity,
            quoted(&alert.summary),
            runbook(alert)
        );
    }
    (!alerts.is_empty()).then_some(out)
}
