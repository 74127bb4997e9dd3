//! Answers that are made to do harm to whoever reads them: a portal may answer anything. They cost a bounded amount of
//! memory and time, and the next call is as good as ever.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{CODE, Db, World, serve_bytes};

on_both_databases!(
    an_answer_that_is_far_too_large_is_not_read_however_it_is_packed,
    an_answer_that_drips_is_ended_by_the_time_of_the_call,
    an_answer_with_thousands_of_headers_is_none,
    an_answer_that_is_nested_without_end_is_unreadable,
    an_answer_that_lies_about_its_length_is_cut_where_it_says,
    an_answer_that_is_no_http_is_none,
);

const JOIN: &str = "imopenlines.network.join";

/// What the emulator answers is the truth, and would be taken for it.
fn too_large() -> [Value; 3] {
    [
        json!({"do": "pad", "mb": 2}),
        json!({"do": "pad", "mb": 256, "gzip": true}),
        json!({"do": "endless"}),
    ]
}

/// Lets calls of this method go wrong in this way: once, or always.
async fn fault(world: &World, on: &str, fault: &Value, times: u64) {
    let mut line = fault.clone();
    (line["on"], line["times"]) = (json!(on), json!(times));
    world.faults(json!([line])).await;
}

async fn connect_says(world: &World, session: &str, (status, slug): (u16, &str), what: &str) {
    let answer = world.connect(session, CODE).await;
    assert_eq!(
        (answer.status.as_u16(), answer.slug().as_str()),
        (status, slug),
        "{what}"
    );
}

async fn an_answer_that_is_far_too_large_is_not_read_however_it_is_packed(db: Db) {
    let world = World::new(db).await;
    for what in too_large() {
        fault(&world, "app.info", &what, 1).await;
        let answer = world.post(&world.launch("acme", 1).await).await.expect(503);
        assert_eq!(answer.slug(), "bitrix24_unavailable", "{what}");
        assert_eq!(world.database.rows().await, 0, "{what}");
    }
    for (at, what) in too_large().iter().enumerate() {
        let session = world.open("acme", 1).await;
        fault(&world, JOIN, what, 1).await;
        connect_says(&world, &session, (503, "portal_unavailable"), &what.to_string()).await;
        connect_says(&world, &session, (200, "connected"), "the next call").await;

        world.expire("acme").await;
        fault(&world, "token", what, 1).await;
        connect_says(&world, &session, (503, "bitrix24_unavailable"), &what.to_string()).await;
        let unreadable = "select count(*) from rest_log where error = 'unreadable'";
        let so_far = 3 + 2 * (i64::try_from(at).unwrap() + 1);
        world.becomes(unreadable, so_far).await;
    }
}

async fn an_answer_that_drips_is_ended_by_the_time_of_the_call(db: Db) {
    let world = World::with(db, |config| {
        config.timeouts.join = Duration::from_millis(700);
        config.timeouts.token = Duration::from_millis(700);
    })
    .await;
    let session = world.open("acme", 1).await;
    let drip = json!({"do": "drip", "ms": 40});
    fault(&world, JOIN, &drip, 1).await;
    connect_says(&world, &session, (504, "timeout"), "the portal").await;
    fault(&world, "app.info", &drip, 1).await;
    let answer = world.post(&world.launch("acme", 2).await).await.expect(503);
    assert_eq!(answer.slug(), "bitrix24_unavailable");
    world
        .becomes("select count(*) from rest_log where error = 'timed_out'", 2)
        .await;
    connect_says(&world, &session, (200, "connected"), "the next call").await;
}

async fn an_answer_with_thousands_of_headers_is_none(db: Db) {
    let world = World::new(db).await;
    let headers = json!({"do": "headers", "count": 5000});
    fault(&world, "app.info", &headers, 1).await;
    let answer = world.post(&world.launch("acme", 1).await).await.expect(503);
    assert_eq!(answer.slug(), "bitrix24_unavailable");
    let session = world.open("acme", 1).await;
    fault(&world, JOIN, &headers, 1).await;
    connect_says(&world, &session, (503, "portal_unavailable"), "the portal").await;
    connect_says(&world, &session, (200, "connected"), "the next call").await;
    fault(&world, JOIN, &json!({"do": "headers", "count": 40}), 1).await;
    connect_says(&world, &session, (200, "connected"), "as many as proxies add").await;
}

async fn an_answer_that_is_nested_without_end_is_unreadable(db: Db) {
    let world = World::new(db).await;
    let depth = 100_000;
    let arrays = "[".repeat(depth) + &"]".repeat(depth);
    let objects = "{\"result\":".repeat(depth) + "603" + &"}".repeat(depth);
    for nested in [
        arrays.clone(),
        objects,
        format!("{{\"result\":603,\"time\":{arrays}}}"),
        format!("{{\"error\":{arrays}}}"),
    ] {
        let session = world.open("acme", 1).await;
        let garbage = json!({"do": "garbage", "body": nested});
        fault(&world, JOIN, &garbage, 1).await;
        connect_says(&world, &session, (503, "portal_unavailable"), "the portal").await;
        fault(&world, "app.info", &garbage, 1).await;
        let answer = world.post(&world.launch("acme", 2).await).await.expect(503);
        assert_eq!(answer.slug(), "bitrix24_unavailable");
        connect_says(&world, &session, (200, "connected"), "the next call").await;
    }
}

/// A session at a portal that answers the first call of each connection with the first of these, and so on.
async fn at_a_portal_that_says(world: &World, answers: &[&str]) -> String {
    let answers = answers.iter().map(|answer| answer.as_bytes().to_vec()).collect();
    let port = serve_bytes(answers, Arc::new(Mutex::default()));
    world
        .name_endpoint("acme", &format!("http://raw.localhost:{port}/rest/"))
        .await;
    let launch = world
        .launch_with(json!({"portal": "acme", "user": 1, "legacy": true}))
        .await;
    world.post(&launch).await.expect(200).session()
}

fn says(length: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}\r\n\r\n{body}")
}

async fn an_answer_that_lies_about_its_length_is_cut_where_it_says(db: Db) {
    let world = World::with(db, |config| config.timeouts.join = Duration::from_secs(1)).await;
    let truth = "{\"result\":603}";
    for (length, status, slug) in [
        ("Content-Length: 14", 200, "connected"),
        ("Content-Length: 5", 503, "portal_unavailable"),
        (
            "Content-Length: 14\r\nContent-Length: 15",
            503,
            "portal_unavailable",
        ),
        ("Content-Length: -1", 503, "portal_unavailable"),
        (
            "Content-Length: 99999999999999999999999",
            503,
            "portal_unavailable",
        ),
        ("Content-Length: 1000000000000", 504, "timeout"),
        ("Transfer-Encoding: chunked", 503, "portal_unavailable"),
    ] {
        let session = at_a_portal_that_says(&world, &[&says(length, truth)]).await;
        connect_says(&world, &session, (status, slug), length).await;
    }
    // A second answer behind the first one is not the answer to the next call.
    let first = says("Content-Length: 14", truth);
    let smuggled = says("Content-Length: 14", "{\"result\":666}");
    let session = at_a_portal_that_says(&world, &[&(first + &smuggled)]).await;
    for _ in 0..3 {
        let answer = world.connect(&session, CODE).await.expect(200);
        assert_eq!(answer.json()["bot_id"], 603);
    }
}

async fn an_answer_that_is_no_http_is_none(db: Db) {
    let world = World::with(db, |config| config.timeouts.join = Duration::from_secs(1)).await;
    let endless_header = format!("HTTP/1.1 200 OK\r\nX-Padding: {}", "a".repeat(2 * 1024 * 1024));
    for answer in [
        "SSH-2.0-OpenSSH_9.2\r\n",
        "220 mail.example ESMTP\r\n",
        "-ERR unknown command\r\n",
        "\r\n\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 99999 OK\r\n\r\n",
        &endless_header,
    ] {
        let session = at_a_portal_that_says(&world, &[answer]).await;
        let said = world.connect(&session, CODE).await;
        let slug = said.slug();
        assert!(
            ["portal_unavailable", "timeout"].contains(&slug.as_str()),
            "{slug} for {}",
            &answer[..answer.len().min(20)]
        );
    }
}
