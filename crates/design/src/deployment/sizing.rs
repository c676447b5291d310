//! How many instances run, how large they are, and how many connections each may open.

use crate::assumed::Assumed;
use crate::figures::Figures;
use crate::model::{Figure, Stack};
use crate::settled::Settled;

/// The memory of a node of a cache at the least and at the most: recent records are read most.
const LEAST_CACHE: f64 = 1e9;
const MOST_CACHE: f64 = 100e9;

/// The value of a figure; zero where there is none.
pub(crate) fn value(figures: &[Figure], id: &str) -> f64 {
    figures.iter().find(|figure| figure.id == id).map_or(0.0, |figure| figure.value)
}

/// Replicas, limits and pools.
pub(super) fn sizing(settled: &Settled, stack: &Stack, assumed: &mut Assumed) -> Vec<Figure> {
    let facts = settled.facts;
    let mut sheet = Figures::new(settled);
    let needed = facts.number("instances.needed").max(1.0);
    let single = settled.chosen("deployment") == "single-vm";
    let strict = facts.number("availability.target") >= 0.9995;
    let least = if single {
        sheet.add(
            "replicas.min",
            "Instances of the application at rest",
            1.0,
            "instances",
            "1: an outage of minutes is accepted on one machine",
            &["users.daily"],
        )
    } else {
        let floor: f64 = if strict { 3.0 } else { 2.0 };
        let formula = if strict {
            "max(3, instances.needed + 1): one in each of three zones, one may fail"
        } else {
            "max(2, instances.needed + 1): one may fail or be replaced"
        };
        sheet.add(
            "replicas.min",
            "Instances of the application at rest",
            floor.max(needed + 1.0),
            "instances",
            formula,
            &["instances.needed", "availability.target"],
        )
    };
    let most = if single {
        sheet.add(
            "replicas.max",
            "Instances at the most",
            least,
            "instances",
            "replicas.min: as many as one machine runs",
            &["replicas.min"],
        )
    } else {
        sheet.add(
            "replicas.max",
            "Instances at the most",
            (2.0 * needed).ceil().max(least + 1.0),
            "instances",
            "max(2 × instances.needed, replicas.min + 1): twice the planned peak",
            &["instances.needed", "replicas.min"],
        )
    };
    let millis = request(settled, &mut sheet, least);
    memory(settled, stack, &mut sheet, millis);
    if settled.chosen("cache") == "redis" || settled.chosen("cache") == "memcached" {
        sheet.add(
            "cache.memory",
            "Memory of a node of the cache",
            facts.number("cache.bytes").clamp(LEAST_CACHE, MOST_CACHE),
            "bytes",
            "min(max(cache.bytes, 1 GB), 100 GB): the smallest node, and recent records where all are more",
            &["cache.bytes"],
        );
    }
    let held = facts.number("requests.peak") / least * 2.0 * super::alerts::latency(settled);
    sheet.add("instance.concurrency", "Requests that an instance works on at once", held.ceil().clamp(10.0, 200.0), "requests", "min(max(⌈requests.peak ÷ replicas.min × 2 × latency.target⌉, 10), 200): Little’s law with as much again to spare", &["requests.peak", "replicas.min", "latency.target"]);
    timeouts(settled, &mut sheet);
    let workers = workers(settled, &mut sheet, assumed);
    if settled.chosen("database") != "sqlite" {
        connections(settled, &mut sheet, least, most, workers);
    }
    sheet.list
}

/// The processor that an instance asks for.
fn request(settled: &Settled, sheet: &mut Figures, least: f64) -> f64 {
    let facts = settled.facts;
    let share = facts.number("requests.peak") * facts.number("cpu.request")
        / facts.number("cpu.utilisation").max(0.01)
        / least;
    // What a platform gives and bills: whole processors, quarters of one on AWS; a cluster shares them out in tenths, and a
    // machine of its own is used as it is.
    let target = settled.chosen("deployment");
    let aws = super::cloud(&settled.analysis.requirements) == "aws";
    let ceiling = facts.number("instance.cpus").max(1.0) * 1000.0;
    let stepped = match (target, aws) {
        ("single-vm" | "on-premises", _) => None,
        ("managed-containers", true) => {
            Some((4.0, 250.0, "in quarters of a processor, as the platform gives them"))
        }
        ("managed-containers", false) => {
            Some((1.0, 1000.0, "in whole processors, as the platform gives them"))
        }
        _ => Some((10.0, 100.0, "in steps of 100")),
    };
    let (millis, formula) = match stepped {
        None => (ceiling, "instance.cpus × 1,000: all of a machine".to_owned()),
        Some((steps, step, given)) => {
            let each = if steps > 1.0 { format!(" × {steps}") } else { String::new() };
            let least = crate::capacity::grouped(step);
            let formula = format!(
                "min(max(⌈requests.peak × cpu.request ÷ cpu.utilisation ÷ replicas.min{each}⌉ × {least}, {least}), instance.cpus × 1,000): {given}"
            );
            (((share * steps).ceil().max(1.0) * step).min(ceiling.max(step)), formula)
        }
    };
    let inputs = ["requests.peak", "cpu.request", "cpu.utilisation", "replicas.min", "instance.cpus"];
    let inputs = if stepped.is_some() { &inputs[..] } else { &inputs[4..] };
    sheet.add(
        "instance.request",
        "Processor that an instance asks for",
        millis,
        "millicores",
        &formula,
        inputs,
    )
}

/// The memory of an instance: what its language needs, or what a platform gives and bills beside so much processor.
fn memory(settled: &Settled, stack: &Stack, sheet: &mut Figures, millis: f64) {
    let row = knowledge::STACKS.iter().find(|row| row.id == stack.id).map_or(512, |row| row.memory);
    let needed = f64::from(row);
    let beside = match (settled.chosen("deployment"), super::cloud(&settled.analysis.requirements)) {
        ("managed-containers", "aws") => {
            let sizes = [(250.0, 512.0), (500.0, 1024.0), (1000.0, 2048.0)];
            let least =
                sizes.into_iter().find(|(most, _)| millis <= *most).map_or(4096.0, |(_, least)| least);
            Some(((needed * 1.5 / 1024.0).ceil() * 1024.0).clamp(least, least * 4.0))
        }
        ("managed-containers", "azure") => Some((millis / 1000.0).ceil().max(1.0) * 2048.0),
        _ => None,
    };
    let (label, formula) = if beside.is_some() {
        (
            "Memory of an instance",
            "what the platform gives at the least beside the processor of an instance".to_owned(),
        )
    } else {
        (
            "Memory that an instance asks for; the limit is 1.5 times as much",
            format!("what {} needs for a small service", stack.name),
        )
    };
    sheet.add("instance.memory", label, beside.unwrap_or(needed), "MB", &formula, &[]);
}

/// How many connections an instance may open, and the database has to allow.
fn connections(settled: &Settled, sheet: &mut Figures, least: f64, most: f64, workers: f64) {
    let (facts, target) = (settled.facts, settled.chosen("deployment"));
    let busy = facts.number("database.connections");
    // Arrivals × time held, by Little, at the most what the database works on at once.
    let pool = (busy / most).floor().clamp(2.0, 20.0);
    sheet.add(
        "pool.size",
        "Connections in the pool of an instance",
        pool,
        "connections",
        "min(max(⌊database.connections ÷ replicas.max⌋, 2), 20)",
        &["database.connections", "replicas.max"],
    );
    // While a release rolls, new instances stand beside the old ones.
    let (beside, shown, turns, why) = match target {
        "kubernetes" => (1.0, " + 1", 2.0, "one more of each while a release rolls, "),
        "managed-containers" => {
            (least, " + replicas.min", 2.0, "the new version beside the old one while a release rolls, ")
        }
        _ => (0.0, "", 1.0, ""),
    };
    let working = match (workers > 0.0, turns > 1.0) {
        (true, true) => " + workers × 2",
        (true, false) => " + workers",
        _ => "",
    };
    let all = format!("replicas.max{shown}{working}");
    let all = if all.contains('+') { format!("({all})") } else { all };
    let mut inputs = vec!["pool.size", "replicas.max"];
    inputs.extend(Some("replicas.min").filter(|_| shown.contains("min")));
    inputs.extend(Some("workers").filter(|_| workers > 0.0));
    sheet.add(
        "connections.limit",
        "Connections that the database must allow",
        pool * (most + beside + workers * turns) + 8.0,
        "connections",
        &format!("pool.size × {all} + 8: {why}eight for migrations, backups and people"),
        &inputs,
    );
}

/// The times after which each call along a chain gives up.
fn timeouts(settled: &Settled, sheet: &mut Figures) {
    // A call gives up before its caller does, each a tenth sooner, so that none works for nobody. Proxies take whole seconds.
    let edge = sheet.add(
        "timeout.edge",
        "Time after which the edge gives up",
        (super::alerts::latency(settled) * 10.0).ceil().clamp(5.0, 30.0),
        "seconds",
        "min(max(⌈10 × latency.target⌉, 5), 30)",
        &["latency.target"],
    );
    sheet.add(
        "timeout.client",
        "Time after which a client gives up",
        edge * 1.2,
        "seconds",
        "1.2 × timeout.edge",
        &["timeout.edge"],
    );
    if settled.chosen("realtime") != "none" {
        sheet.add(
            "timeout.open",
            "Silence after which the edge closes a connection that stays open; a sign of life goes over it three times as often",
            60.0,
            "seconds",
            "60: what load balancers take where nothing else is said",
            &[],
        );
    }
    let request = sheet.add(
        "timeout.request",
        "Time after which a request gives up",
        edge * 0.9,
        "seconds",
        "0.9 × timeout.edge",
        &["timeout.edge"],
    );
    sheet.add(
        "timeout.call",
        "Time after which a call to another system gives up, its one retry included",
        request * 0.9,
        "seconds",
        "0.9 × timeout.request",
        &["timeout.request"],
    );
    if settled.chosen("database") != "sqlite" {
        // A turn and a statement together take no longer than any other call.
        sheet.add(
            "timeout.pool",
            "Time after which a request that waits for a connection of the pool is refused",
            request * 0.09,
            "seconds",
            "0.09 × timeout.request",
            &["timeout.request"],
        );
    }
    sheet.add(
        "timeout.statement",
        "Time after which a statement of the database is cancelled",
        request * 0.81,
        "seconds",
        "0.81 × timeout.request",
        &["timeout.request"],
    );
}

/// Workers by the waiting formula: the fewest for which a job waits no longer than it is worked on.
fn workers(settled: &Settled, sheet: &mut Figures, assumed: &mut Assumed) -> f64 {
    let messaging = settled.chosen("messaging");
    if messaging == "none" {
        return 0.0;
    }
    let facts = settled.facts;
    let brokered = matches!(messaging, "kafka" | "rabbitmq");
    // Where the capacity sheet counts jobs, its rate and time are the ones that are planned for; a stream of messages is a
    // load of its own.
    let streamed = brokered && facts.number("messages.peak") > 0.0;
    let counted = !streamed && facts.get("jobs.peak").is_some();
    let input = match () {
        () if streamed => "messages.peak",
        () if counted => "jobs.peak",
        () => "writes.peak",
    };
    let rate = facts.number(input);
    let timed = if counted { "job.seconds" } else { "message.seconds" };
    sheet.add("job.rate", "Jobs at the peak", rate, "per second", input, &[input]);
    let seconds = if counted {
        assumed.take(facts, timed).0
    } else {
        let number = if brokered { format!("message.seconds.{messaging}") } else { "job.seconds".to_owned() };
        sheet.assumed(assumed, timed, &number, "seconds")
    };
    let slots = sheet.assumed(assumed, "worker.slots", &format!("worker.slots.{messaging}"), "jobs");
    let offered = rate * seconds;
    let spare = assumed.take(facts, "worker.utilisation").0.clamp(0.01, 1.0);
    let mut servers = (offered / spare).ceil().max(1.0);
    while wait(offered, servers, seconds) > seconds && servers < offered * 2.0 + 4.0 {
        servers += 1.0;
    }
    sheet.add("job.slots", "Jobs done at once so that none waits longer than it takes", servers, "jobs", &format!("smallest c ≥ job.rate × S ÷ worker.utilisation with S ÷ c × ρ^(√(2(c+1)) − 1) ÷ (1 − ρ) ≤ S, where S = {timed}, ρ = job.rate × S ÷ c (Sakasegawa)"), &["job.rate", timed, "worker.utilisation"]);
    let workers = (servers / slots).ceil().max(1.0);
    sheet.add(
        "workers",
        "Worker processes",
        workers,
        "processes",
        "⌈job.slots ÷ worker.slots⌉",
        &["job.slots", "worker.slots"],
    );
    sheet.add(
        "backlog.drain",
        "Time to work off the jobs of ten minutes' standstill",
        rate * 600.0 / (workers * slots / seconds - rate).max(f64::MIN_POSITIVE),
        "seconds",
        &format!("job.rate × 600 ÷ (workers × worker.slots ÷ {timed} − job.rate)"),
        &["job.rate", "workers", "worker.slots", timed],
    );
    workers
}

/// The waiting time in front of `servers` that are offered so much work (Sakasegawa's approximation).
pub(crate) fn wait(offered: f64, servers: f64, seconds: f64) -> f64 {
    let busy = offered / servers;
    if busy >= 1.0 {
        return f64::INFINITY;
    }
    let exponent = (2.0 * (servers + 1.0)).sqrt() - 1.0;
    seconds / servers * power(busy, exponent) / (1.0 - busy)
}

/// A power by squaring and bisection: only operations that give the same bits on every target.
fn power(base: f64, exponent: f64) -> f64 {
    if base <= 0.0 {
        return 0.0;
    }
    let mut result = 1.0;
    let mut whole = exponent.floor();
    let mut factor = base;
    while whole >= 1.0 {
        if whole % 2.0 >= 1.0 {
            result *= factor;
        }
        factor *= factor;
        whole = (whole / 2.0).floor();
    }
    let mut rest = exponent - exponent.floor();
    let mut root = base;
    for _ in 0..24 {
        root = root.sqrt();
        rest *= 2.0;
        if rest >= 1.0 {
            result *= root;
            rest -= 1.0;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_right() {
        for (base, exponent) in [(0.5, 2.0), (0.9, 1.5), (0.3, 3.75), (1.0, 7.2)] {
            let (ours, theirs) = (power(base, exponent), f64::powf(base, exponent));
            assert!((ours - theirs).abs() < 1e-6, "{base}^{exponent}: {ours} {theirs}");
        }
    }

    #[test]
    fn waiting_grows_with_load_and_falls_with_servers() {
        // M/M/1 at one half: the wait equals the service time.
        assert!((wait(0.5, 1.0, 1.0) - 1.0).abs() < 1e-6);
        assert!(wait(1.8, 2.0, 1.0) > wait(1.8, 3.0, 1.0));
        assert!(wait(2.0, 2.0, 1.0).is_infinite());
    }
}
