//! The fault schedule, seen from the other end of the connection.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::wire::{CODE, Wire, read, text};

fn request(wire: &Wire, token: &str) -> String {
    let body = format!("{{\"auth\":\"{token}\"}}");
    format!(
        "POST /rest/profile HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        wire.host("acme"),
        body.len()
    )
}

#[tokio::test]
async fn a_dropped_call_gets_not_one_byte_and_does_nothing() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    wire.tell(
        "faults",
        json!([{"on": "profile", "do": "drop"}, {"on": "token", "do": "drop"}]),
    )
    .await;
    assert_eq!(wire.raw(request(&wire, &pair.access)).await, b"");
    let url = format!("{}/oauth/token/", wire.emulator.oauth_url());
    let form = [("grant_type", "refresh_token"), ("refresh_token", &pair.refresh)];
    assert!(wire.http.post(url).form(&form).send().await.is_err());
    assert_eq!(
        wire.calls().await,
        [("profile".to_owned(), None), ("token".to_owned(), None)]
    );
    assert_eq!(wire.look("calls").await[0]["fault"], "drop");
    assert_eq!(wire.refresh(&pair.refresh).await.0, 200, "nothing was rotated");
    let answer = wire.raw(request(&wire, &pair.access)).await;
    assert!(answer.starts_with(b"HTTP/1.1 401"), "the next call is answered");
}

#[tokio::test]
async fn rotate_then_drop_has_spent_the_token() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    wire.tell("faults", json!({"on": "token", "do": "rotate_then_drop"}))
        .await;
    let url = format!("{}/oauth/token/", wire.emulator.oauth_url());
    let card = bitrix24_emulator::Options::default();
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", pair.refresh.as_str()),
        ("client_id", card.client_id.as_str()),
        ("client_secret", card.client_secret.as_str()),
    ];
    assert!(wire.http.post(url).form(&form).send().await.is_err());
    assert_eq!(wire.refresh(&pair.refresh).await.1["error"], "invalid_grant");
    let state = wire.look("state").await;
    let live = state["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|token| token["status"] == "live")
        .count();
    assert_eq!(live, 2, "the successors, which nobody has seen");
}

#[tokio::test]
async fn a_withheld_answer_never_comes_whether_the_work_was_done_or_not() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    let join = json!({"CODE": CODE, "auth": pair.access});
    for (deed, done) in [("hang", 0), ("process_then_hang", 1)] {
        wire.tell("faults", json!([{"on": "imopenlines.network.join", "do": deed}]))
            .await;
        let call = wire.send("acme", "/rest/imopenlines.network.join", join.clone());
        assert!(
            tokio::time::timeout(Duration::from_millis(400), call)
                .await
                .is_err()
        );
        assert_eq!(
            wire.portal("acme").await["joined"].as_array().unwrap().len(),
            done,
            "{deed}"
        );
    }
    let calls = wire.look("calls").await;
    assert_eq!(
        (&calls[0]["status"], &calls[1]["status"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn a_delayed_call_is_done_even_when_the_caller_has_left() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    let join = json!({"CODE": CODE, "auth": pair.access});
    wire.tell(
        "faults",
        json!([{"on": "imopenlines.network.join", "do": "delay", "ms": 300, "times": 2}]),
    )
    .await;
    let call = wire.send("acme", "/rest/imopenlines.network.join", join.clone());
    assert!(
        tokio::time::timeout(Duration::from_millis(50), call)
            .await
            .is_err()
    );
    let started = Instant::now();
    let (status, _) = read(
        wire.send("acme", "/rest/imopenlines.network.join", join)
            .await
            .unwrap(),
    )
    .await;
    assert!(status == 200 && started.elapsed() >= Duration::from_millis(300));
    let calls = wire.look("calls").await;
    assert_eq!(
        (&calls[0]["status"], &calls[1]["status"]),
        (&json!(200), &json!(200))
    );
}

#[tokio::test]
async fn the_schedule_counts_from_when_it_was_set() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let faults = json!([
        {"on": "profile", "nth": 2, "times": 2, "do": "error", "error": "QUERY_LIMIT_EXCEEDED"},
        {"on": "profile", "do": "status", "status": 418},
        {"on": "*", "listener": "oauth", "times": 0, "do": "html", "status": 503},
        {"on": "scope", "portal": "globex", "do": "drop"},
    ]);
    wire.tell("faults", faults).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(wire.rest(&token, "profile", json!({})).await.0);
    }
    assert_eq!(statuses, [418, 503, 503, 200]);
    for _ in 0..3 {
        assert_eq!(wire.witness(&token).await.0, 503);
    }
    assert_eq!(
        wire.rest(&token, "scope", json!({})).await.0,
        200,
        "that one is for another portal"
    );
    wire.tell("faults", json!([])).await;
    assert_eq!(wire.witness(&token).await.0, 200);
}

#[tokio::test]
async fn prepared_answers_look_like_the_real_ones() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let faults = json!([
        {"on": "profile", "do": "error", "error": "expired_token"},
        {"on": "profile", "do": "error", "error": "", "error_description": ""},
        {"on": "profile", "do": "error", "error": 0, "status": 500},
        {"on": "profile", "do": "error", "error": {"code": "X"}},
        {"on": "profile", "do": "error", "error": "OPERATION_TIME_LIMIT"},
    ]);
    wire.tell("faults", faults).await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(wire.rest(&token, "profile", json!({})).await);
    }
    assert_eq!(seen[0], (401, json!({"error": "expired_token"})));
    assert_eq!(seen[1], (400, json!({"error": "", "error_description": ""})));
    assert_eq!(seen[2], (500, json!({"error": 0})));
    assert_eq!(seen[3], (400, json!({"error": {"code": "X"}})));
    assert!(seen[4].0 == 429 && seen[4].1["time"]["operating_reset_at"].is_number());
}

#[tokio::test]
async fn redirects_lead_to_the_licence_page_or_elsewhere() {
    let wire = Wire::start().await;
    let faults = json!([
        {"on": "profile", "do": "redirect", "same_host": true},
        {"on": "profile", "do": "redirect", "location": "http://elsewhere.example/x"},
        {"on": "profile", "do": "redirect", "host": "b.localhost:1", "status": 307},
    ]);
    wire.tell("faults", faults).await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        let answer = wire.send("acme", "/rest/profile?a=1", json!({})).await.unwrap();
        seen.push((
            answer.status().as_u16(),
            answer.headers()["location"].to_str().unwrap().to_owned(),
        ));
    }
    assert!(seen[0].0 == 302 && seen[0].1.starts_with(&format!("http://{}/", wire.host("acme"))));
    assert_eq!(seen[1], (302, "http://elsewhere.example/x".to_owned()));
    assert_eq!(seen[2], (307, "http://b.localhost:1/rest/profile?a=1".to_owned()));
}

#[tokio::test]
async fn bodies_may_be_cut_short_garbled_or_endless() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let faults = json!([
        {"on": "profile", "do": "truncate"}, {"on": "profile", "do": "garbage"}, {"on": "profile", "do": "endless"},
    ]);
    wire.tell("faults", faults).await;
    let cut = wire
        .send("acme", "/rest/profile", json!({"auth": token}))
        .await
        .unwrap();
    assert!(cut.content_length().is_some() && cut.bytes().await.is_err());
    assert!(
        wire.rest(&token, "profile", json!({})).await.1.is_string(),
        "no JSON"
    );
    let mut endless = wire.send("acme", "/rest/profile", json!({})).await.unwrap();
    let mut length = 0;
    while length < 5_000_000 {
        length += endless.chunk().await.unwrap().expect("it goes on").len();
    }
}

#[tokio::test]
async fn an_error_can_be_planted_inside_a_batch() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    wire.tell(
        "faults",
        json!([{"on": "event.bind", "do": "error", "error": "ACCESS_DENIED"}]),
    )
    .await;
    let cmd = json!({"a": "event.bind?event=ONAPPUPDATE&handler=http%3A%2F%2F127.0.0.1%2F", "b": "profile"});
    let (status, answer) = wire.rest(&token, "batch", json!({"cmd": cmd})).await;
    assert_eq!(
        (status, &answer["result"]["result_error"]["a"]["error"]),
        (200, &json!("ACCESS_DENIED"))
    );
    assert_eq!(answer["result"]["result"]["b"]["ID"], "1");
}

#[tokio::test]
async fn a_bad_schedule_is_refused_with_words() {
    let wire = Wire::start().await;
    let bad = [
        json!([{"on": "profile", "do": "explode"}]),
        json!([{"do": "drop"}]),
        json!([{"on": "profile", "do": "delay"}]),
        json!([{"on": "profile", "do": "drop", "nth": 0}]),
        json!([{"on": "profile", "do": "drop", "listener": "moon"}]),
        json!([7]),
        json!("drop"),
    ];
    for body in bad {
        let (status, answer) = wire.ask("faults", body.clone()).await;
        assert!(
            status == 400 && text(&answer["error_description"]).len() > 10,
            "{body}: {answer}"
        );
    }
}

#[tokio::test]
async fn an_answer_may_be_padded_packed_dripped_or_have_many_headers_and_is_still_the_truth() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let ask = || wire.send("acme", "/rest/profile", json!({"auth": token}));
    let megabyte = 1024 * 1024;
    for (fault, length) in [
        (json!({"do": "pad", "mb": 3}), 3 * megabyte),
        (json!({"do": "pad", "mb": 40, "gzip": true}), 40 * megabyte),
        (json!({"do": "drip", "ms": 1}), 0),
        (json!({"do": "headers", "count": 60}), 0),
    ] {
        let mut line = fault.clone();
        line["on"] = json!("profile");
        wire.tell("faults", json!([line])).await;
        let answer = ask().await.unwrap();
        assert_eq!(answer.headers().len() >= 60, fault["do"] == "headers");
        let body = answer.text().await.unwrap();
        assert!(
            (length..length + 1000).contains(&body.len()),
            "{fault}: {}",
            body.len()
        );
        let truth: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(truth["result"]["ID"], "1", "{fault}");
    }
    wire.tell(
        "faults",
        json!([{"on": "profile", "do": "pad", "mb": 40, "gzip": true}]),
    )
    .await;
    let weight = wire.raw(request(&wire, &token)).await.len();
    assert!(weight < 60_000, "packed to a thousandth: {weight}");
}
