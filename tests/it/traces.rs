//! Traces as a collector gets them: complete, with their parents, without a secret, and at nobody's cost.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::world::{CLIENT_SECRET, CODE, Collector, Db, Process, Recorded, Trap, World};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN: &str = "00f067aa0ba902b7";

/// OpenTelemetry's numbers.
const SERVER: i32 = 2;
const CLIENT: i32 = 3;
const CONSUMER: i32 = 5;
const ERROR: i32 = 2;

/// What the emulator's tokens begin with.
const TOKENS: &str = "5ec2e75ec2e7";

on_both_databases!(a_press_is_one_trace_from_whoever_began_it_to_every_call_it_led_to);

async fn started(world: &mut World, endpoint: &str, extra: &[(&str, &str)]) -> Process {
    let mut settings = vec![("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("RUST_LOG", "info")];
    settings.extend(extra);
    let process = Process::start(world, &settings).await;
    world.turn_to(&process.app_url);
    process
}

async fn press(world: &World, session: &str, parent: &str) {
    let form = [("session", session), ("code", CODE)];
    let request = world.request("POST", "/connect").form(&form);
    world
        .send(request.header("traceparent", parent))
        .await
        .expect(200);
}

async fn ended(process: &mut Process) {
    process.terminate();
    assert!(process.ended().await, "{}", process.log());
}

fn one<'a>(spans: &'a [Recorded], name: &str) -> &'a Recorded {
    let mut found = spans.iter().filter(|span| span.name == name);
    let first = found.next().unwrap_or_else(|| panic!("no {name}: {spans:#?}"));
    assert!(found.next().is_none(), "{name} is there twice: {spans:#?}");
    first
}

/// The spans above one, by name, up to the first that is not here.
fn ancestors<'a>(spans: &'a [Recorded], span: &'a Recorded) -> Vec<&'a str> {
    let parent = |span: &&Recorded| spans.iter().find(|above| above.id == span.parent);
    std::iter::successors(parent(&span), parent)
        .map(|above| above.name.as_str())
        .collect()
}

async fn a_press_is_one_trace_from_whoever_began_it_to_every_call_it_led_to(db: Db) {
    let collector = Collector::start().await;
    let mut world = World::without_app(db).await;
    let header = "api-key=s3cr3t%20of-the-collector";
    let mut process = started(
        &mut world,
        &collector.url,
        &[("OTEL_EXPORTER_OTLP_HEADERS", header)],
    )
    .await;
    world.install("acme").await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    press(&world, &session, &format!("00-{TRACE}-{SPAN}-00")).await;
    world
        .control(
            "event",
            json!({"portal": "acme", "event": "ONAPPUPDATE", "user": 1}),
        )
        .await;
    world.inbox_is_empty().await;
    world
        .faults(json!([{"on": "app.info", "do": "status", "status": 502}]))
        .await;
    world.post(&world.launch("acme", 1).await).await.expect(503);
    ended(&mut process).await;

    let all = collector.spans();
    let spans: Vec<_> = all.iter().filter(|span| span.trace == TRACE).cloned().collect();
    let request = one(&spans, "POST /connect");
    assert_eq!(
        (request.kind, request.parent.as_str()),
        (SERVER, SPAN),
        "{request:?}"
    );
    assert!(request.attribute("http.response.status_code").contains("200"));
    assert!(request.attribute("request_id").len() > 36);
    only_what_is_listed(&all);
    let token = one(&spans, "oauth/token");
    assert_eq!(token.kind, CLIENT);
    assert_eq!(
        ancestors(&spans, token),
        ["refresh", "deed", "POST /connect"],
        "{spans:#?}"
    );
    assert!(
        one(&spans, "refresh").attribute("outcome").contains("renewed"),
        "{spans:#?}"
    );
    let joins: Vec<_> = spans
        .iter()
        .filter(|span| span.name == "imopenlines.network.join")
        .collect();
    assert_eq!(
        joins.len(),
        2,
        "one with the old token, one with the new: {spans:#?}"
    );
    for join in joins {
        assert_eq!(ancestors(&spans, join), ["deed", "POST /connect"]);
        let ok = join.attribute("bitrix24.outcome").contains("ok");
        assert_eq!(join.status == ERROR, !ok, "{join:?}");
    }
    let event = all.iter().find(|span| span.name == "event").unwrap();
    assert_eq!((event.kind, event.parent.as_str()), (CONSUMER, ""), "{event:?}");
    let asked = all
        .iter()
        .find(|span| span.name == "app.info" && span.parent == event.id);
    assert!(asked.is_some(), "{all:#?}");
    let failed = all
        .iter()
        .find(|span| span.name == "POST /app" && span.status == ERROR);
    assert!(failed.is_some(), "{all:#?}");
    nothing_secret(&world, &collector, &session).await;
    assert!(!process.log().contains("s3cr3t"), "{}", process.log());
}

/// What somebody adds to a span stays inside until it is documented.
fn only_what_is_listed(spans: &[Recorded]) {
    let listed = [
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "request_id",
        "bitrix24.method",
        "bitrix24.outcome",
        "event",
        "outcome",
    ];
    for (name, _) in spans.iter().flat_map(|span| &span.attributes) {
        assert!(listed.contains(&name.as_str()), "{name}");
    }
}

async fn nothing_secret(world: &World, collector: &Collector, session: &str) {
    let member_id = world.member_id("acme").await;
    for (headers, body) in collector.batches() {
        assert_eq!(headers["api-key"], "s3cr3t of-the-collector");
        assert!(headers.get("traceparent").is_none());
        let text = String::from_utf8_lossy(&body).to_lowercase();
        for secret in [TOKENS, CLIENT_SECRET, CODE, &member_id, "acme.localhost"] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
        assert!(!text.contains(&session[..20].to_lowercase()), "{text}");
        assert!(text.contains("channel-connect"));
    }
}

/// A third party has nothing to do with which of its calls belong together.
#[tokio::test(flavor = "multi_thread")]
async fn bitrix24_is_told_of_no_trace() {
    let collector = Collector::start().await;
    let mut world = World::without_app(Db::Sqlite).await;
    let mut process = started(&mut world, &collector.url, &[]).await;
    let session = world.open("acme", 1).await;
    let body = r#"{"result":603}"#;
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let heard = std::sync::Arc::default();
    let port = crate::world::serve_bytes(vec![answer.into_bytes()], std::sync::Arc::clone(&heard));
    world
        .name_endpoint("acme", &format!("http://acme.localhost:{port}/rest/"))
        .await;
    world.open("acme", 1).await;
    press(&world, &session, &format!("00-{TRACE}-{SPAN}-01")).await;
    ended(&mut process).await;
    let heard = String::from_utf8_lossy(&heard.lock().unwrap()).to_lowercase();
    assert!(heard.contains("imopenlines.network.join"), "{heard}");
    for word in ["traceparent", "tracestate", "baggage", TRACE] {
        assert!(!heard.contains(word), "{word}: {heard}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_does_not_decide_what_is_recorded() {
    for (share, flag, recorded) in [("0", "01", false), ("1", "00", true)] {
        let collector = Collector::start().await;
        let mut world = World::without_app(Db::Sqlite).await;
        let mut process = started(&mut world, &collector.url, &[("OTEL_TRACES_SAMPLER_ARG", share)]).await;
        let session = world.open("acme", 1).await;
        press(&world, &session, &format!("00-{TRACE}-{SPAN}-{flag}")).await;
        ended(&mut process).await;
        let spans = collector.spans();
        assert_eq!(
            spans.iter().any(|span| span.trace == TRACE),
            recorded,
            "{spans:#?}"
        );
        assert!(
            process.log().contains(TRACE),
            "log lines name the trace in any case"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_silent_or_away_slows_nobody_and_the_end_comes_in_time() {
    let silent = Trap::set();
    let nobody = crate::world::free_port();
    for port in [silent.port, nobody] {
        let mut world = World::without_app(Db::Sqlite).await;
        let mut process = started(&mut world, &format!("http://127.0.0.1:{port}"), &[]).await;
        let began = Instant::now();
        // More than the queue holds.
        for _ in 0..30 {
            let hundred = (0..100).map(|_| world.send(world.request("GET", "/livez")));
            for answer in futures_util::future::join_all(hundred).await {
                answer.expect(200);
            }
        }
        world.open("acme", 1).await;
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        let began = Instant::now();
        ended(&mut process).await;
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
        assert!(process.log().contains("collector"), "{}", process.log());
    }
    assert!(silent.visits() > 0);
}

/// Nobody is called, and nothing is recorded, unless the operator wants it.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_collector_log_lines_name_only_traces_that_began_elsewhere() {
    let mut world = World::without_app(Db::Sqlite).await;
    let mut process = Process::start(&world, &[("RUST_LOG", "info")]).await;
    world.turn_to(&process.app_url);
    let session = world.open("acme", 1).await;
    assert!(!process.log().contains("trace_id"), "{}", process.log());
    press(&world, &session, &format!("00-{TRACE}-{SPAN}-01")).await;
    press(&world, &session, &format!("00-{TRACE}x-{SPAN}-01")).await;
    ended(&mut process).await;
    let log = process.log();
    assert!(
        log.lines()
            .any(|line| line.contains("connecting") && line.contains(TRACE)),
        "{log}"
    );
    assert!(!log.contains(&format!("{TRACE}x")), "{log}");
}
