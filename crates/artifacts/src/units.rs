//! Numbers with units as people read them.

use design::counted;

/// An amount with its unit: `210 per second`, `3.4 GB`, `99.5 %`.
pub(crate) fn amount(value: f64, unit: &str) -> String {
    match unit {
        // What is missing to the whole is what counts: 99.95 % is half as much downtime as 99.9 %.
        "ratio" if value > 0.99 && value < 1.0 => {
            let missing = number((1.0 - value) * 100.0);
            let digits = missing.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            format!("{:.digits$} %", value * 100.0)
        }
        "ratio" if value <= 1.0 => format!("{} %", number(value * 100.0)),
        "bytes" => {
            let scales = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
            let (scale, name) =
                scales.into_iter().find(|(scale, _)| value >= *scale).unwrap_or((1.0, "bytes"));
            format!("{} {name}", number(value / scale))
        }
        "bytes per second" => format!("{}/s", amount(value, "bytes")),
        // Prices a byte are shown a gigabyte.
        "USD per byte" => format!("{} USD per GB", number(value * 1e9)),
        "seconds" if value < 1.0 => format!("{} ms", number(value * 1000.0)),
        "seconds" => {
            let scales = [(31_557_600.0, "years"), (86_400.0, "days"), (3600.0, "hours"), (60.0, "minutes")];
            let (scale, name) =
                scales.into_iter().find(|(scale, _)| value >= 2.0 * *scale).unwrap_or((1.0, "seconds"));
            let one = name == "seconds" && (value - 1.0).abs() < f64::EPSILON;
            format!("{} {}", number(value / scale), if one { "second" } else { name })
        }
        "ratio" | "count" | "" => number(value),
        _ => counted(&number(value), unit),
    }
}

/// Three significant digits, thousands separated.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let digits = match value.abs() {
        size if size >= 100.0 || size == 0.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.1 => 3,
        size if size >= 0.01 => 4,
        _ => 6,
    };
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_read_them() {
        for (value, unit, want) in [
            (0.995, "ratio", "99.5 %"),
            (0.9999, "ratio", "99.99 %"),
            (0.99875, "ratio", "99.875 %"),
            (1.0, "seconds", "1 second"),
            (4.0, "ratio", "4"),
            (0.046_296, "per second", "0.0463 per second"),
            (1_234_567.0, "people", "1,234,567 people"),
            (3_400_000_000.0, "bytes", "3.4 GB"),
            (999.0, "bytes", "999 bytes"),
            (0.2, "seconds", "200 ms"),
            (7_200.0, "seconds", "2 hours"),
            (0.0, "count", "0"),
            (1.0, "instances", "1 instance"),
            (1.000_4, "processes", "1 process"),
            (1.0, "people", "1 person"),
            (1.0, "requests/s", "1 request/s"),
            (1.0, "USD", "1 USD"),
        ] {
            assert_eq!(amount(value, unit), want, "{value} {unit}");
        }
    }
}
