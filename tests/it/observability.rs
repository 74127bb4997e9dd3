//! What is seen from outside: every metric that is documented is served and the other way round, the dashboard and the
//! alerts name nothing else, and no stranger makes a series.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use channel_connect::telemetry::{CATALOGUE, ROUTES};
use serde_json::{Value, json};
use yaml_rust2::{Yaml, YamlLoader};

use crate::world::{CODE, Db, Process, World, routes};

mod exposition;
mod promql;

use exposition::{Exposition, Kind};

on_both_databases!(what_happens_is_counted, what_a_stranger_sends_makes_no_series);

/// Prometheus's own, and what it adds to every series.
const ITS_OWN: &[&str] = &["up"];
const ITS_LABELS: &[&str] = &["instance", "job", "le"];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

async fn started(world: &mut World) -> Process {
    let process = Process::start(world, &[("RUST_LOG", "info")]).await;
    world.turn_to(&process.app_url);
    process
}

async fn looked_at(process: &Process) -> Exposition {
    Exposition::read(&process.metrics().await)
}

/// A launch, a refresh, a press, a refusal of each kind, and an event.
async fn traffic(world: &World) {
    world.install("acme").await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world.connect(&session, CODE).await.expect(200);
    world.connect(&session, "no code").await.expect(422);
    let garbage = world.launch("acme", 1).await.with("AUTH_ID", "garbage");
    world.post(&garbage).await.expect(403);
    world
        .control(
            "event",
            json!({"portal": "acme", "event": "ONAPPUPDATE", "user": 1}),
        )
        .await;
    world.inbox_is_empty().await;
}

async fn what_happens_is_counted(db: Db) {
    let mut world = World::without_app(db).await;
    let process = started(&mut world).await;
    let before = looked_at(&process).await;
    traffic(&world).await;
    let after = looked_at(&process).await;
    let grew = |series: &str| after.value(series) - before.value(series);
    for (series, by) in [
        (r#"http_requests_total{route="/app",status="200"}"#, 1.0),
        (r#"http_requests_total{route="/app",status="403"}"#, 1.0),
        (r#"http_requests_total{route="/connect",status="200"}"#, 1.0),
        (r#"http_requests_total{route="/connect",status="422"}"#, 1.0),
        (r#"http_request_seconds_count{route="/connect"}"#, 2.0),
        (r#"http_request_seconds_bucket{route="/connect",le="+Inf"}"#, 2.0),
        (r#"refusals_total{deed="launch",slug="forged"}"#, 1.0),
        (r#"refusals_total{deed="connect",slug="invalid_code"}"#, 1.0),
        (r#"tokens_refused_total{reason="unknown",asked="yes"}"#, 1.0),
        (
            r#"bitrix24_calls_total{method="imopenlines.network.join",outcome="ok"}"#,
            1.0,
        ),
        (
            r#"bitrix24_calls_total{method="imopenlines.network.join",outcome="refused"}"#,
            1.0,
        ),
        (
            r#"bitrix24_call_seconds_count{method="imopenlines.network.join"}"#,
            2.0,
        ),
        (r#"bitrix24_calls_total{method="oauth/token",outcome="ok"}"#, 1.0),
        (r#"refreshes_total{outcome="renewed"}"#, 1.0),
        (r#"generations_advanced_total{by="refresh"}"#, 1.0),
        (r#"inbox_events_total{event="ONAPPUPDATE",outcome="done"}"#, 1.0),
        ("rest_log_dropped_total", 0.0),
        (r#"http_requests_in_flight{route="/connect"}"#, 0.0),
    ] {
        assert!(
            (grew(series) - by).abs() < 0.1,
            "{series} grew by {}",
            grew(series)
        );
    }
    let (pool, limit) = match db {
        Db::Sqlite => ("sqlite_writer", 1.0),
        Db::Postgres => ("postgres", 16.0),
    };
    let of_pool = |name: &str| after.value(&format!("{name}{{pool=\"{pool}\"}}"));
    assert!((of_pool("database_pool_limit") - limit).abs() < 0.1);
    assert!(of_pool("database_pool_connections") > 0.0);
    assert!(of_pool("database_acquire_seconds_count") > 3.0);
    assert!(after.value("process_resident_memory_bytes") > 1e6);
    assert!(after.value("process_start_time_seconds") > 1e9);
}

/// Whoever goes away is counted, and is not under way for ever.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_away_before_the_answer_is_counted_as_gone() {
    let mut world = World::without_app(Db::Sqlite).await;
    let process = started(&mut world).await;
    let session = world.open("acme", 1).await;
    world
        .faults(json!([{"on": "imopenlines.network.join", "do": "delay", "ms": 1500}]))
        .await;
    let form = [("session", session.as_str()), ("code", CODE)];
    let request = world.request("POST", "/connect").form(&form);
    let impatient = request.timeout(std::time::Duration::from_millis(700)).send();
    let under_way = async {
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        looked_at(&process).await
    };
    let (answer, seen) = tokio::join!(impatient, under_way);
    assert!(answer.is_err());
    let in_flight = r#"http_requests_in_flight{route="/connect"}"#;
    let calls = r#"bitrix24_calls_in_flight{method="imopenlines.network.join"}"#;
    assert!((seen.value(in_flight) - 1.0).abs() < 0.1 && (seen.value(calls) - 1.0).abs() < 0.1);
    tokio::time::sleep(std::time::Duration::from_millis(1800)).await;
    let after = looked_at(&process).await;
    let gone = after.value(r#"http_requests_total{route="/connect",status="gone"}"#);
    assert!((gone - 1.0).abs() < 0.1, "{gone}");
    assert!(after.value(in_flight) < 0.1 && after.value(calls) < 0.1);
}

async fn what_a_stranger_sends_makes_no_series(db: Db) {
    let mut world = World::without_app(db).await;
    let process = started(&mut world).await;
    traffic(&world).await;
    let before = looked_at(&process).await.series();
    for number in 0..40 {
        let odd = format!("/odd-{number}");
        let method = format!("ODD{number}");
        for path in ["/app", "/connect", "/static/x", &odd] {
            world.send(world.request(&method, path)).await;
            let form = [("member_id", odd.as_str()), ("event", &odd), ("session", &odd)];
            world.send(world.request("POST", path).form(&form)).await;
        }
        let event = [("event", "ONAPPINSTALL"), ("data[VERSION]", odd.as_str())];
        world.send(world.request("POST", "/events").form(&event)).await;
        let session = world.open("acme", 1).await;
        let error = json!({"on": "imopenlines.network.join", "do": "error", "error": format!("ODD_{number}"), "status": 400 + number});
        world.faults(json!([error])).await;
        world.connect(&session, CODE).await;
    }
    let after = looked_at(&process).await.series();
    let new: Vec<_> = after.difference(&before).collect();
    assert!(new.is_empty(), "{new:#?}");
    let known: BTreeMap<_, _> = CATALOGUE.iter().map(|metric| (metric.name, metric)).collect();
    for series in after.iter().filter(|series| !series.name.starts_with("process_")) {
        let metric = known[series.name.as_str()];
        for (label, value) in &series.labels {
            let values = metric.labels.iter().find(|(name, _)| name == label);
            let listed = values.is_some_and(|(_, values)| values.contains(&value.as_str()));
            assert!(listed || metric.name == "build_info", "{series:?}");
        }
    }
}

/// The rows of the documentation: name, kind, labels.
fn documented() -> BTreeMap<String, (Kind, BTreeSet<String>)> {
    let page = read("docs/observability/README.md");
    let table = page
        .lines()
        .skip_while(|line| !line.starts_with("| metric |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let row = |line: &str| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let quoted = |cell: &str| {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
        };
        let name = quoted(cells[0]).pop_first().unwrap();
        (name, (Kind::named(cells[1]), quoted(cells[2])))
    };
    table.map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_documented_is_served_from_the_start_and_nothing_else() {
    let mut world = World::without_app(Db::Sqlite).await;
    let process = started(&mut world).await;
    let served = looked_at(&process).await;
    let documented = documented();
    for (name, help) in &served.help {
        assert!(help.len() > 5, "{name} is not described");
    }
    assert_eq!(
        served.kinds,
        served.described_kinds(),
        "every metric has a type and a description"
    );
    let metrics = served.metrics();
    assert_eq!(
        documented.keys().collect::<Vec<_>>(),
        metrics.keys().collect::<Vec<_>>(),
        "docs/observability/README.md (left) and /metrics (right)"
    );
    for (name, (kind, labels)) in &documented {
        assert_eq!((kind, labels), (&metrics[name].0, &metrics[name].1), "{name}");
    }
    for name in metrics.keys().filter(|name| !name.starts_with("process_")) {
        let counts = metrics[name].0 == Kind::Counter;
        assert_eq!(counts, name.ends_with("_total"), "{name}");
        assert!(CATALOGUE.iter().any(|metric| metric.name == name), "{name}");
    }
}

#[test]
fn every_door_and_every_slug_is_listed() {
    let mut doors: Vec<_> = routes().into_iter().filter(|route| route != "/metrics").collect();
    doors.push("unmatched".into());
    doors.sort();
    assert_eq!(doors, ROUTES);
    let slugs = read("src/app/slug.rs");
    let slugs: BTreeSet<_> = slugs
        .split("=> \"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let refusals = CATALOGUE
        .iter()
        .find(|metric| metric.name == "refusals_total")
        .unwrap();
    let listed = refusals.labels.iter().find(|(name, _)| *name == "slug").unwrap();
    assert_eq!(slugs, listed.1.iter().copied().collect());
}

/// Fails if an expression names what is not served, or a label or value that there is none of.
fn hold(place: &str, expression: &str) {
    let selectors = promql::selectors(expression);
    assert!(!selectors.is_empty(), "{place}: {expression} names no metric");
    let documented = documented();
    for selector in selectors {
        if ITS_OWN.contains(&selector.metric.as_str()) {
            continue;
        }
        let parts = ["_bucket", "_sum", "_count"];
        let part = parts.iter().find_map(|part| selector.metric.strip_suffix(part));
        let whole = part.filter(|name| {
            documented
                .get(*name)
                .is_some_and(|(kind, _)| *kind == Kind::Histogram)
        });
        let name = whole.unwrap_or(&selector.metric);
        let Some((kind, labels)) = documented.get(name) else {
            panic!("{place}: there is no metric {}", selector.metric);
        };
        assert_eq!(
            *kind == Kind::Histogram,
            whole.is_some(),
            "{place}: {}",
            selector.metric
        );
        let metric = CATALOGUE.iter().find(|metric| metric.name == name);
        for (label, values) in &selector.labels {
            if ITS_LABELS.contains(&label.as_str()) {
                continue;
            }
            assert!(labels.contains(label), "{place}: {name} has no label {label}");
            let known = metric.and_then(|metric| metric.labels.iter().find(|(name, _)| name == label));
            for value in values {
                let known = known.is_some_and(|(_, known)| known.contains(&value.as_str()));
                assert!(known, "{place}: {name} never has {label}={value}");
            }
        }
        for label in &selector.grouped_by {
            let known = labels.contains(label) || ITS_LABELS.contains(&label.as_str());
            assert!(known, "{place}: {name} has no label {label} to group by");
        }
    }
}

fn alerts() -> Vec<Yaml> {
    let file = YamlLoader::load_from_str(&read("docs/observability/alerts.yml")).unwrap();
    let groups = file[0]["groups"].as_vec().unwrap();
    groups
        .iter()
        .flat_map(|group| group["rules"].as_vec().unwrap().clone())
        .collect()
}

#[test]
fn alerts_name_what_is_served_and_say_what_to_do() {
    let alerts = alerts();
    assert!(alerts.len() > 15);
    let mut names = BTreeSet::new();
    for alert in &alerts {
        let name = alert["alert"].as_str().unwrap();
        assert!(names.insert(name), "{name} is there twice");
        hold(name, alert["expr"].as_str().unwrap());
        let severity = alert["labels"]["severity"].as_str().unwrap();
        assert!(["critical", "warning", "info"].contains(&severity), "{name}");
        for said in ["summary", "runbook"] {
            let said = alert["annotations"][said].as_str().unwrap();
            assert!(said.len() > 15, "{name}: {said}");
        }
    }
}

#[test]
fn the_dashboard_shows_what_is_served() {
    let dashboard: Value = serde_json::from_str(&read("docs/observability/dashboard.json")).unwrap();
    let variables = dashboard["templating"]["list"].as_array().unwrap();
    let names: Vec<_> = variables.iter().map(|variable| &variable["name"]).collect();
    assert_eq!(names, ["datasource", "instance"]);
    let asked = variables[1]["definition"].as_str().unwrap();
    let asked = asked.strip_prefix("label_values(").unwrap();
    hold("instance", asked.split(',').next().unwrap());
    let mut shown = BTreeSet::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        let title = panel["title"].as_str().unwrap();
        for target in panel["targets"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let expression = target["expr"].as_str().unwrap();
            hold(title, expression);
            assert!(
                expression.contains("instance=~\"$instance\""),
                "{title}: {expression}"
            );
            assert_eq!(target["datasource"]["uid"], "${datasource}", "{title}");
            shown.extend(
                promql::selectors(expression)
                    .into_iter()
                    .map(|selector| selector.metric),
            );
        }
    }
    let is_shown = |name: &String| shown.iter().any(|metric| metric.starts_with(name.as_str()));
    let hidden: Vec<_> = documented().into_keys().filter(|name| !is_shown(name)).collect();
    let left_out = [
        "process_threads",
        "process_virtual_memory_bytes",
        "process_virtual_memory_max_bytes",
    ];
    assert_eq!(hidden, left_out);
}
