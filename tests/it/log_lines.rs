//! Log lines and request ids: each answer has an id, and each line about it names it, whatever became of the request.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::world::{Answer, CODE, Db, Process, World, routes};

on_both_databases!(
    every_answer_has_its_id_whatever_became_of_the_request,
    lines_about_what_a_request_led_to_name_it,
);

fn id_of(answer: &Answer) -> String {
    let id = answer.header("x-request-id");
    assert_eq!(id.len(), 36, "{} {id:?}", answer.status);
    id.to_owned()
}

async fn every_answer_has_its_id_whatever_became_of_the_request(db: Db) {
    let mut world = World::without_app(db).await;
    let process = Process::start(&world, &[("RUST_LOG", "info"), ("LOG_FORMAT", "json")]).await;
    world.turn_to(&process.app_url);
    let mut ids = BTreeSet::new();
    let mut statuses = BTreeSet::new();
    let mut seen = |answer: &Answer| {
        assert!(ids.insert(id_of(answer)), "an id was used twice");
        statuses.insert(answer.status.as_u16());
    };
    for route in routes().into_iter().filter(|route| route != "/metrics") {
        for method in ["GET", "HEAD", "POST", "DELETE"] {
            let path = route.replace("{name}", "nothing.css");
            seen(&world.send(world.request(method, &path)).await);
        }
    }
    let too_large = world
        .request("POST", "/app")
        .header("content-type", "application/x-www-form-urlencoded");
    seen(
        &world
            .send(too_large.body("x=".to_owned() + &"a".repeat(70_000)))
            .await,
    );
    seen(&world.send(world.request("GET", "/no/such/door")).await);
    let long_head = world.request("GET", "/").header("x-long", "a".repeat(31_000));
    seen(&world.send(long_head).await);
    seen(
        &world
            .post(&world.launch("acme", 1).await.with("AUTH_ID", "garbage"))
            .await,
    );
    world
        .faults(json!([{"on": "app.info", "do": "status", "status": 502}]))
        .await;
    seen(&world.post(&world.launch("acme", 1).await).await);
    for status in [200, 400, 403, 404, 405, 413, 503] {
        assert!(statuses.contains(&status), "{status} is not in {statuses:?}");
    }
    // A proxy's id is kept if it is one.
    let named = "019e8b1a-6f2c-7d31-9a54-0c1d2e3f4a5b";
    let answer = world
        .send(world.request("GET", "/none").header("x-request-id", named))
        .await;
    assert_eq!(id_of(&answer), named);
    let answer = world
        .send(world.request("GET", "/none").header("x-request-id", "made up"))
        .await;
    assert_ne!(id_of(&answer), "made up");
}

/// One object in each line, with the fields of every span around it.
fn lines(log: &str) -> Vec<Value> {
    let line = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    log.lines().map(line).collect()
}

fn says(line: &Value, message: &str) -> bool {
    line["fields"]["message"] == message
}

fn named_by(line: &Value) -> Vec<&str> {
    let spans = line["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    spans
        .iter()
        .filter_map(|span| span["request_id"].as_str())
        .collect()
}

async fn lines_about_what_a_request_led_to_name_it(db: Db) {
    let mut world = World::without_app(db).await;
    let mut process = Process::start(&world, &[("RUST_LOG", "info"), ("LOG_FORMAT", "json")]).await;
    world.turn_to(&process.app_url);
    world.install("acme").await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    let press = world.connect(&session, CODE).await.expect(200);
    let refused = world
        .post(&world.launch("acme", 1).await.with("AUTH_ID", "garbage"))
        .await;
    world
        .control(
            "event",
            json!({"portal": "acme", "event": "ONAPPUPDATE", "user": 1}),
        )
        .await;
    world.inbox_is_empty().await;
    process.terminate();
    assert!(process.ended().await);
    let lines = lines(&process.log());
    let one = |message: &str| lines.iter().find(|line| says(line, message));
    let one = |message: &str| one(message).unwrap_or_else(|| panic!("nobody says {message}: {lines:#?}"));
    for line in &lines {
        for field in ["timestamp", "level", "target"] {
            assert!(line[field].is_string(), "{line}");
        }
    }
    // The refresh is a task of its own, which outlives whoever asked for it.
    assert_eq!(named_by(one("connecting")), [id_of(&press)]);
    assert_eq!(named_by(one("refreshed")), [id_of(&press)]);
    assert_eq!(named_by(one("failed")), [id_of(&refused)]);
    let kept = one("an event was kept")["fields"]["id"].clone();
    let processed = lines
        .iter()
        .find(|line| says(line, "an event was processed") && line["fields"]["id"] == kept);
    assert_eq!(named_by(processed.unwrap()), [kept.as_str().unwrap()]);
}
