//! The control API itself.

use serde_json::{Value, json};

use crate::wire::{CODE, Wire, text};

#[tokio::test]
async fn the_journal_keeps_every_call_in_order() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    wire.rest(
        &pair.access,
        "imopenlines.network.join.json",
        json!({"CODE": CODE}),
    )
    .await;
    wire.refresh(&pair.refresh).await;
    wire.witness(&pair.access).await;
    wire.get("acme", "/").await;
    wire.get("acme", "/api/v1/").await;
    let calls = wire.look("calls").await;
    let calls = calls.as_array().unwrap();
    let line = |call: &Value| {
        let fields = ["listener", "method", "http_method", "path", "status"];
        fields.map(|name| text(&call[name])).join(" ")
    };
    let lines: Vec<_> = calls.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "portal imopenlines.network.join POST /rest/imopenlines.network.join.json 200",
            "oauth token POST /oauth/token/ 200",
            "oauth app.info POST /rest/app.info 401",
        ]
    );
    assert_eq!(calls[0]["params"], json!({"CODE": CODE, "auth": pair.access}));
    assert_eq!(calls[1]["params"]["refresh_token"], pair.refresh);
    assert!(text(&calls[0]["at"]).ends_with('Z'));
    let url = format!("{}/_emulator/calls", wire.emulator.control_url());
    wire.http.delete(url).send().await.unwrap();
    assert_eq!(wire.look("calls").await, json!([]));
}

#[tokio::test]
async fn bad_input_is_answered_with_words() {
    let wire = Wire::start().await;
    let cases = [
        ("launch", json!({}), 400),
        ("launch", json!({"portal": "nowhere"}), 404),
        ("launch", json!({"portal": "acme", "user": 99}), 404),
        ("launch", json!({"portal": "acme", "user": "x"}), 400),
        ("launch", json!({"portal": "acme", "install": "maybe"}), 400),
        ("launch", json!([1]), 400),
        ("clock", json!({}), 400),
        ("clock", json!({"advance_s": 1.5}), 400),
        ("rename", json!({"portal": "acme", "to": "not a host"}), 400),
        ("channels", json!({"name": "x"}), 400),
        ("scope", json!({"portal": "acme", "scope": 7}), 400),
        ("event", json!({"portal": "acme"}), 400),
        ("event", json!({"portal": "acme", "event": "X", "auth": 1}), 400),
        ("app", json!({"app_url": "not a url"}), 400),
        ("update", json!({"portal": "acme"}), 409),
        ("nonsense", json!({}), 404),
        ("state", json!({}), 405),
    ];
    for (name, body, wanted) in cases {
        let (status, answer) = wire.ask(name, body.clone()).await;
        assert_eq!(status, wanted, "{name} {body}: {answer}");
        assert!(
            answer["error"].is_string() && text(&answer["error_description"]).len() > 5,
            "{answer}"
        );
    }
    let url = format!("{}/_emulator/launch", wire.emulator.control_url());
    let answer = wire.http.post(&url).body("{").send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(wire.http.get(url).send().await.unwrap().status(), 405);
}

#[tokio::test]
async fn a_clock_can_be_moved_without_end() {
    let wire = Wire::start().await;
    for seconds in [i64::MAX, i64::MIN, i64::MAX] {
        wire.tell("clock", json!({"advance_s": seconds})).await;
        wire.pair("acme", 1).await;
        wire.look("state").await;
    }
}

#[tokio::test]
async fn a_reset_is_a_new_start_at_the_same_place() {
    let wire = Wire::start().await;
    wire.emulator.set_app_url("http://127.0.0.1:7");
    let (pair, member_id) = (
        wire.pair("acme", 1).await,
        wire.portal("acme").await["member_id"].clone(),
    );
    wire.rest(&pair.access, "imopenlines.network.join", json!({"CODE": CODE}))
        .await;
    wire.tell("rename", json!({"portal": "acme", "to": "other"}))
        .await;
    wire.tell("clock", json!({"advance_s": 99})).await;
    wire.tell("faults", json!([{"on": "*", "times": 0, "do": "drop"}]))
        .await;
    let state = wire.tell("reset", json!({})).await;
    assert_eq!(state["portals"][0]["member_id"], member_id);
    assert_eq!(state["portals"][0]["joined"], json!([]));
    assert_eq!(
        (&state["tokens"], &state["faults"], &state["clock"]["offset_s"]),
        (&json!([]), &json!([]), &json!(0))
    );
    assert_eq!(
        (&state["app_url"], &state["calls"]),
        (&json!("http://127.0.0.1:7"), &json!(0))
    );
    assert_eq!(wire.witness(&pair.access).await.1["error"], "invalid_client");
}

#[tokio::test]
async fn the_state_names_each_tokens_fate() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    wire.refresh(&pair.refresh).await;
    let state = wire.look("state").await;
    let fate = |token: &str| {
        let tokens = state["tokens"].as_array().unwrap();
        let line = tokens.iter().find(|line| line["token"] == token).unwrap();
        (text(&line["kind"]), text(&line["status"]), text(&line["pair"]))
    };
    assert_eq!(
        fate(&pair.access),
        ("access".into(), "killed".into(), pair.refresh.clone())
    );
    assert_eq!(
        fate(&pair.refresh),
        ("refresh".into(), "spent".into(), pair.access.clone())
    );
}

#[tokio::test]
async fn the_apps_card_can_be_changed() {
    let wire = Wire::start().await;
    wire.tell(
        "app",
        json!({"redirect_url": "http://127.0.0.1:9/back", "client_secret": "other"}),
    )
    .await;
    let answer = wire
        .get("acme", "/oauth/authorize/?client_id=local.emulated.app&user=1")
        .await;
    assert!(
        answer.headers()["location"]
            .to_str()
            .unwrap()
            .starts_with("http://127.0.0.1:9/back?code=")
    );
    let pair = wire.pair("acme", 1).await;
    assert_eq!(wire.refresh(&pair.refresh).await.1["error"], "invalid_client");
}
