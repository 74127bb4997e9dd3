//! Section 7 of the facts: what a portal sends.

use serde_json::json;

use crate::wire::{App, Wire, text};

fn field(fields: &[(String, String)], name: &str) -> Option<String> {
    fields
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.clone())
}

#[tokio::test]
async fn an_uninstall_is_proved_by_the_application_token_alone() {
    let wire = Wire::start().await;
    let app = App::start(&wire).await;
    wire.pair("acme", 1).await;
    let portal = wire.portal("acme").await;
    let answer = wire
        .tell("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    assert_eq!(
        (&answer["status"], &answer["portal"]["app"]),
        (&json!(200), &json!("uninstalled"))
    );
    let (path, fields) = app.seen().remove(0);
    assert_eq!(path, "/events");
    assert_eq!(field(&fields, "event").unwrap(), "ONAPPUNINSTALL");
    assert_eq!(field(&fields, "data[CLEAN]").unwrap(), "1");
    assert_eq!(
        field(&fields, "auth[application_token]").unwrap(),
        text(&portal["application_token"])
    );
    assert_eq!(
        field(&fields, "auth[member_id]").unwrap(),
        text(&portal["member_id"])
    );
    assert!(field(&fields, "auth[access_token]").is_none());
}

#[tokio::test]
async fn an_install_brings_tokens_that_work() {
    let wire = Wire::start().await;
    let app = App::start(&wire).await;
    wire.pair("acme", 1).await;
    wire.tell(
        "event",
        json!({"portal": "acme", "event": "ONAPPINSTALL", "event_handler_id": null}),
    )
    .await;
    let (_, fields) = app.seen().remove(0);
    let token = field(&fields, "auth[access_token]").unwrap();
    assert_eq!(
        wire.witness(&token).await.1["result"]["client_id"],
        "local.emulated.app"
    );
    assert!(field(&fields, "event_handler_id").is_none());
    for name in [
        "refresh_token",
        "expires",
        "expires_in",
        "scope",
        "domain",
        "client_endpoint",
        "user_id",
    ] {
        assert!(field(&fields, &format!("auth[{name}]")).is_some(), "{name}");
    }
}

#[tokio::test]
async fn a_test_may_forge_repeat_lose_and_reorder() {
    let wire = Wire::start().await;
    let app = App::start(&wire).await;
    wire.pair("acme", 1).await;
    let event = |ts: u64| json!({"portal": "acme", "event": "ONAPPUNINSTALL", "ts": ts, "hold": true});
    wire.tell("event", json!([event(1), event(2)])).await;
    let lost = wire
        .tell(
            "event",
            json!({"portal": "acme", "event": "ONAPPPAYMENT", "drop": true}),
        )
        .await;
    assert_eq!(
        (&lost["dropped"], &lost["params"]["auth"]["application_token"]),
        (&json!(true), &json!(null))
    );
    assert!(app.seen().is_empty());
    wire.tell("release", json!({"order": "reverse"})).await;
    let order: Vec<_> = app
        .seen()
        .iter()
        .map(|(_, fields)| field(fields, "ts").unwrap())
        .collect();
    assert_eq!(order, ["2", "1"]);
    let forged =
        json!({"portal": "acme", "event": "ONAPPUNINSTALL", "auth": {"application_token": "x"}, "times": 3});
    let answer = wire.tell("event", forged).await;
    assert_eq!(answer["deliveries"].as_array().unwrap().len(), 3);
    let (_, fields) = app.seen().pop().unwrap();
    assert_eq!(field(&fields, "auth[application_token]").unwrap(), "x");
    assert_eq!(
        wire.portal("acme").await["app"],
        "installed",
        "an event only delivers"
    );
}

#[tokio::test]
async fn bound_handlers_are_where_events_go() {
    let wire = Wire::start().await;
    let app = App::start(&wire).await;
    let token = wire.pair("acme", 1).await.access;
    let state = wire.look("state").await;
    let handler = format!("{}/hooks/b24", text(&state["app_url"]));
    wire.rest(
        &token,
        "event.bind",
        json!({"event": "ONAPPUPDATE", "handler": handler}),
    )
    .await;
    let before = wire.portal("acme").await["application_token"].clone();
    let answer = wire
        .tell("update", json!({"portal": "acme", "new_token": true}))
        .await;
    assert_eq!(
        answer["portal"]["bindings"],
        json!([]),
        "an update wipes the handlers"
    );
    let (path, fields) = app.seen().remove(0);
    assert_eq!(path, "/hooks/b24");
    assert_eq!(field(&fields, "data[PREVIOUS_VERSION]").unwrap(), "1");
    assert_ne!(field(&fields, "auth[application_token]").unwrap(), text(&before));
}

#[tokio::test]
async fn a_burst_arrives_whole() {
    let wire = Wire::start().await;
    let app = App::start(&wire).await;
    wire.pair("acme", 1).await;
    let burst = json!({"portal": "acme", "event": "ONAPPPAYMENT", "times": 300, "parallel": true});
    let answer = wire.tell("event", burst).await;
    assert!(
        answer["deliveries"]
            .as_array()
            .unwrap()
            .iter()
            .all(|delivery| delivery["status"] == 200)
    );
    assert_eq!(app.seen().len(), 300);
    let nobody = json!({"portal": "acme", "event": "ONAPPPAYMENT", "handler": "http://127.0.0.1:1/x"});
    let answer = wire.tell("event", nobody).await;
    assert!(answer["status"].is_null() && answer["error"].is_string());
}
