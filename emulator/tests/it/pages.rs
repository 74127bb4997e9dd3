//! The portal's page and the frame protocol, as far as they need no browser.

use serde_json::{Value, json};

use crate::wire::{CODE, Wire, read, text};

/// What the page asks its server.
async fn page(wire: &Wire, name: &str, body: Value) -> Value {
    read(
        wire.send("acme", &format!("/_portal/{name}"), body)
            .await
            .unwrap(),
    )
    .await
    .1
}

async fn open(wire: &Wire, path: &str, query: &str) -> Value {
    page(wire, "open", json!({"path": path, "query": query})).await["content"].clone()
}

async fn say(wire: &Wire, frame: &Value, command: &str) -> Value {
    let data = format!("{command}:{}", text(&frame["app_sid"]));
    page(
        wire,
        "message",
        json!({"app_sid": frame["app_sid"], "data": data}),
    )
    .await
}

fn field(frame: &Value, name: &str) -> String {
    let fields = frame["fields"].as_array().unwrap();
    text(&fields.iter().find(|field| field[0] == name).unwrap()[1])
}

#[tokio::test]
async fn an_administrator_gets_the_installer_and_others_wait() {
    let wire = Wire::start().await;
    page(&wire, "switch", json!({"user": 2})).await;
    assert_eq!(open(&wire, "/", "").await["kind"], "not_installed");
    page(&wire, "switch", json!({"user": 1})).await;
    let frame = open(&wire, "/", "").await;
    assert!(frame["install"] == true && text(&frame["url"]).contains("/install?"));
    assert_eq!(
        text(&frame["name"]),
        format!("{}|0|{}", wire.host("acme"), text(&frame["app_sid"]))
    );

    let data = say(&wire, &frame, "getInitData::cb").await;
    let init: Value = serde_json::from_str(text(&data["reply"]).strip_prefix("cb:").unwrap()).unwrap();
    assert_eq!(
        (&init["INSTALL"], &init["FIRST_RUN"], &init["IS_ADMIN"]),
        (&json!(true), &json!(true), &json!(true))
    );
    assert_eq!(
        (text(&init["AUTH_ID"]), text(&init["PATH"])),
        (field(&frame, "AUTH_ID"), "/rest".to_owned())
    );
    assert_eq!(
        say(&wire, &frame, "setInstall:{\"install\":true}:x").await["reply"],
        r#"x:{"install":true}"#
    );

    let done = say(&wire, &frame, "setInstallFinish:x").await;
    assert_eq!(
        (&done["reply"], &done["act"]["kind"]),
        (&Value::Null, &json!("reload"))
    );
    assert_eq!(wire.portal("acme").await["installed"], true);
    let frame = open(&wire, "/", "").await;
    assert!(frame["install"] == false && text(&frame["url"]).contains("/app?"));
    assert_eq!(
        say(&wire, &frame, "setInstallFinish:x").await["act"],
        Value::Null,
        "only an installer finishes"
    );
}

#[tokio::test]
async fn both_libraries_are_understood_and_the_rest_is_not_answered() {
    let wire = Wire::start().await;
    wire.pair("acme", 1).await;
    let frame = open(&wire, "/", "").await;
    assert!(text(&say(&wire, &frame, "getInitData:key").await["reply"]).starts_with("key:{"));
    let sized = say(&wire, &frame, r#"resizeWindow:{"width":"100%","height":700}:k"#).await;
    assert_eq!(
        sized,
        json!({"reply": null, "act": {"kind": "resize", "width": "100%", "height": 700, "callback": "k"}}),
        "the page answers with the size that came of it"
    );
    let fresh = say(&wire, &frame, "refreshAuth:k").await;
    let fresh: Value = serde_json::from_str(text(&fresh["reply"]).strip_prefix("k:").unwrap()).unwrap();
    assert_eq!(
        wire.rest(&text(&fresh["AUTH_ID"]), "profile", json!({})).await.0,
        200
    );
    let nothing = json!({"reply": null, "act": null});
    assert_eq!(say(&wire, &frame, "makeCoffee:{}:k").await, nothing);
    assert_eq!(
        say(&wire, &frame, r#"openPath:{"path":"/settings/"}:k"#).await,
        json!({"reply": r#"k:{"errorCode":"PATH_NOT_AVAILABLE","result":"error"}"#, "act": null})
    );
    assert_eq!(
        say(&wire, &frame, r#"openPath:{"path":"/crm/deal/"}:k"#).await["act"]["path"],
        "/crm/deal/"
    );
    let foreign = json!({"app_sid": frame["app_sid"], "data": "getInitData:k:another"});
    assert_eq!(page(&wire, "message", foreign).await, nothing);
    let chat = say(&wire, &frame, r#"imOpenMessenger:{"dialogId":603}:k"#).await;
    assert_eq!(
        (&chat["reply"], &chat["act"]["dialog"]),
        (&Value::Null, &json!(603))
    );
}

#[tokio::test]
async fn a_pages_query_arrives_as_placement_options() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let frame = open(&wire, "/marketplace/app/our.app/", "code=abc").await;
    assert_eq!(field(&frame, "PLACEMENT"), "DEFAULT");
    assert_eq!(field(&frame, "PLACEMENT_OPTIONS"), r#"{"code":"abc"}"#);
    assert_eq!(
        open(&wire, "/marketplace/view/our.app/", "params[code]=abc").await["kind"],
        "plain"
    );
    let place = json!({"PLACEMENT": "REST_APP_URI", "HANDLER": "http://127.0.0.1:1/place"});
    wire.rest(&token, "placement.bind", place).await;
    let frame = open(&wire, "/marketplace/view/our.app/", "params[code]=abc").await;
    assert!(text(&frame["url"]).starts_with("http://127.0.0.1:1/place?"));
    let options: Value = serde_json::from_str(&field(&frame, "PLACEMENT_OPTIONS")).unwrap();
    assert_eq!(
        options,
        json!({"code": "abc", "URI": "/marketplace/view/our.app/?params[code]=abc"})
    );
}

#[tokio::test]
async fn a_greeting_appears_when_the_chat_is_opened_and_unregister_undoes_a_join() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    wire.rest(&token, "imopenlines.network.join", json!({"CODE": CODE}))
        .await;
    let chat = page(&wire, "chat", json!({"dialog": 603})).await;
    assert_eq!(chat["title"], "Northwind Support");
    assert!(text(&chat["messages"][0]["text"]).starts_with("Hello!"));
    page(&wire, "switch", json!({"user": 2})).await;
    assert_eq!(
        page(&wire, "say", json!({"dialog": "603", "text": "/unregister"})).await["unregistered"],
        false
    );
    page(&wire, "switch", json!({"user": 1})).await;
    assert_eq!(
        page(&wire, "say", json!({"dialog": "603", "text": "/unregister"})).await["unregistered"],
        true
    );
    let (_, answer) = wire
        .rest(&token, "imopenlines.network.join", json!({"CODE": CODE}))
        .await;
    assert_eq!(answer["result"], 605, "another bot");
}

#[tokio::test]
async fn the_frame_library_is_served_at_any_host() {
    let wire = Wire::start().await;
    for path in ["/api/v1/", "/api/v1"] {
        let answer = wire
            .http
            .get(format!("{}{path}", wire.emulator.control_url()))
            .send()
            .await
            .unwrap();
        assert!(
            answer.headers()["content-type"]
                .to_str()
                .unwrap()
                .starts_with("application/javascript")
        );
        assert!(answer.text().await.unwrap().contains("window.BX24"));
    }
    assert_eq!(wire.get("acme", "/").await.status(), 200);
    assert_eq!(wire.get("initech", "/").await.status(), 404);
}

#[tokio::test]
async fn a_placements_frame_is_not_heard_with_what_belongs_to_the_whole_page() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let place = json!({"PLACEMENT": "REST_APP_URI", "HANDLER": "http://127.0.0.1:1/place"});
    wire.rest(&token, "placement.bind", place).await;
    let placed = open(&wire, "/marketplace/view/our.app/", "").await;
    let whole = open(&wire, "/", "").await;
    let nothing = json!({"reply": null, "act": null});
    for command in [
        r#"setTitle:{"title":"x"}:k"#,
        r#"setScroll:{"scroll":0}:k"#,
        "reloadWindow:k",
    ] {
        assert_eq!(say(&wire, &placed, command).await, nothing, "{command}");
        assert_ne!(say(&wire, &whole, command).await, nothing, "{command}");
    }
    let size = r#"resizeWindow:{"width":"100%","height":700}:k"#;
    assert_eq!(say(&wire, &placed, size).await["act"]["kind"], "resize");
    let above = page(&wire, "open", json!({"path": "/", "params": {"code": "x"}})).await["content"].clone();
    assert_eq!(say(&wire, &above, size).await, nothing, "a slider has its size");
}

#[tokio::test]
async fn the_mobile_apps_page_has_a_frame_and_no_messenger() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let shell = wire
        .get("acme", "/mobile/marketplace/?id=11")
        .await
        .text()
        .await
        .unwrap();
    assert!(shell.contains("data-view=\"mobile\""));
    let frame = open(&wire, "/mobile/marketplace/", "id=11").await;
    assert_eq!(field(&frame, "PLACEMENT_OPTIONS"), r#"{"id":"11"}"#);
    let chat = say(&wire, &frame, r#"imOpenMessenger:{"dialogId":603}:k"#).await;
    assert_eq!(chat, json!({"reply": null, "act": null}));
    let path = say(&wire, &frame, r#"openPath:{"path":"/crm/deal/details/1/"}:k"#).await;
    assert!(text(&path["reply"]).contains("METHOD_NOT_SUPPORTED_ON_DEVICE"));
    let said = wire.look("said").await;
    assert_eq!(
        (
            &said[0]["method"],
            &said[0]["params"]["dialogId"],
            &said[0]["user"]
        ),
        (&json!("imOpenMessenger"), &json!(603), &json!(1))
    );
    let place = json!({"PLACEMENT": "IMMOBILE_CONTEXT_MENU", "HANDLER": "http://127.0.0.1:1/place"});
    let (status, answer) = wire.rest(&token, "placement.bind", place).await;
    assert_eq!(status, 200, "{answer}");
    let query =
        "id=11&bx24_placement=IMMOBILE_CONTEXT_MENU&bx24_placementOptions=%7B%22dialogId%22%3A%22chat1%22%7D";
    let frame = open(&wire, "/mobile/marketplace/", query).await;
    assert_eq!(field(&frame, "PLACEMENT"), "IMMOBILE_CONTEXT_MENU");
    assert_eq!(field(&frame, "PLACEMENT_OPTIONS"), r#"{"dialogId":"chat1"}"#);
}
