//! Sections 5 and 6 of the facts: REST on a portal.

use reqwest::header;
use serde_json::{Value, json};

use crate::wire::{CODE, Wire, read, text};

#[tokio::test]
async fn rest_takes_json_forms_queries_suffixes_slashes_and_any_letter_case() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let base = wire.emulator.control_url();
    let send = async |request: reqwest::RequestBuilder| {
        read(
            request
                .header(header::HOST, wire.host("acme"))
                .send()
                .await
                .unwrap(),
        )
        .await
    };
    for path in [
        "/rest/profile",
        "/rest/profile.json",
        "/rest//profile",
        "/rest/PROFILE.json",
        "//rest/profile",
    ] {
        let (status, answer) = send(
            wire.http
                .post(format!("{base}{path}"))
                .json(&json!({"AUTH": token})),
        )
        .await;
        assert_eq!((status, &answer["result"]["ID"]), (200, &json!("1")), "{path}");
    }
    let (status, _) = send(wire.http.get(format!("{base}/rest/profile?Auth={token}"))).await;
    assert_eq!(status, 200);
    let (status, _) = send(
        wire.http
            .post(format!("{base}/rest/profile"))
            .form(&[("auth", &token)]),
    )
    .await;
    assert_eq!(status, 200);
    let (status, _) = send(wire.http.post(format!("{base}/rest/profile")).bearer_auth(&token)).await;
    assert_eq!(status, 200);
    let (status, answer) = send(wire.http.post(format!("{base}/rest/profile")).json(&json!({}))).await;
    assert_eq!((status, &answer["error"]), (401, &json!("NO_AUTH_FOUND")));
}

#[tokio::test]
async fn an_answer_comes_in_its_envelope() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let (_, answer) = wire.rest(&token, "server.time", json!({})).await;
    for name in [
        "start",
        "finish",
        "duration",
        "processing",
        "operating",
        "operating_reset_at",
    ] {
        assert!(answer["time"][name].is_number(), "{name}");
    }
    assert!(answer["time"]["date_start"].is_string() && answer["result"].is_string());
}

#[tokio::test]
async fn the_portals_app_info_is_another_method() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let (_, answer) = wire.rest(&token, "app.info", json!({})).await;
    assert_eq!(answer["result"]["CODE"], "local.emulated.app");
    assert_eq!(answer["result"]["INSTALLED"], true);
    assert!(answer["result"].get("client_id").is_none());
}

#[tokio::test]
async fn tokens_of_another_portal_unknown_methods_and_missing_scopes_are_refused() {
    let wire = Wire::start().await;
    let (token, foreign) = (
        wire.pair("acme", 1).await.access,
        wire.pair("globex", 1).await.access,
    );
    let error = async |token: &str, method: &str| {
        let (status, answer) = wire.rest(token, method, json!({"CODE": CODE})).await;
        (status, text(&answer["error"]))
    };
    assert_eq!(error(&foreign, "profile").await, (401, "NO_AUTH_FOUND".into()));
    assert_eq!(
        error("5ec2e75ec2e7ff", "profile").await,
        (401, "invalid_token".into())
    );
    assert_eq!(
        error(&token, "no.such.method").await,
        (404, "ERROR_METHOD_NOT_FOUND".into())
    );
    wire.tell("scope", json!({"portal": "acme", "scope": "im,user_basic"}))
        .await;
    assert_eq!(
        error(&token, "imopenlines.network.join").await,
        (403, "insufficient_scope".into())
    );
    assert_eq!(
        error(&token, "imopenlines.revision.get").await,
        (403, "insufficient_scope".into())
    );
}

#[tokio::test]
async fn a_join_connects_the_whole_portal_once() {
    let wire = Wire::start().await;
    let (alex, uma) = (
        wire.pair("acme", 1).await.access,
        wire.pair("acme", 2).await.access,
    );
    let join = async |token: &str, code: &str| {
        let (status, answer) = wire
            .rest(token, "imopenlines.network.join", json!({"code": code}))
            .await;
        (
            status,
            if status == 200 {
                answer["result"].clone()
            } else {
                answer["error"].clone()
            },
        )
    };
    assert_eq!(join(&alex, CODE).await, (200, json!(603)));
    assert_eq!(
        join(&uma, CODE).await,
        (200, json!(603)),
        "the same bot for everybody"
    );
    assert_eq!(join(&uma, &CODE.to_uppercase()).await, (200, json!(603)));
    assert_eq!(join(&uma, "short").await, (400, json!("CODE")));
    assert_eq!(join(&uma, &"e".repeat(32)).await, (400, json!("NOT_FOUND")));
    assert_eq!(
        join(&uma, "contoso is the name I remember..").await,
        (200, json!(605)),
        "a name is searched for"
    );
    let bots = wire.portal("acme").await["joined"].clone();
    assert_eq!(bots[1]["name"], "Contoso Helpdesk");
    let channel = json!({"code": "e".repeat(32), "name": "Asleep", "active": false});
    wire.tell("channels", channel).await;
    assert_eq!(join(&uma, &"e".repeat(32)).await, (400, json!("INACTIVE")));
    wire.tell(
        "channels",
        json!({"code": "d".repeat(32), "name": "Odd", "error": ""}),
    )
    .await;
    assert_eq!(join(&uma, &"d".repeat(32)).await, (400, json!("")));
}

#[tokio::test]
async fn a_person_gets_one_message_a_week() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let add = async |params: Value| {
        let (_, answer) = wire.rest(&token, "imopenlines.network.message.add", params).await;
        answer.get("result").or(answer.get("error")).unwrap().clone()
    };
    let message = json!({"CODE": CODE, "USER_ID": 2, "MESSAGE": "Welcome"});
    assert_eq!(add(message.clone()).await, true);
    assert_eq!(add(message.clone()).await, "USER_MESSAGE_LIMIT");
    assert_eq!(
        add(json!({"CODE": CODE, "USER_ID": 3, "MESSAGE": "Welcome"})).await,
        true
    );
    assert_eq!(
        add(json!({"CODE": "f".repeat(32), "USER_ID": 3, "MESSAGE": "x"})).await,
        "NOT_FOUND"
    );
    assert_eq!(add(json!({"CODE": CODE, "MESSAGE": "x"})).await, "USER_ID_EMPTY");
    assert_eq!(add(json!({"CODE": CODE, "USER_ID": 1})).await, "MESSAGE_EMPTY");
    wire.tell("clock", json!({"advance_s": 3599})).await;
    assert_eq!(add(message.clone()).await, "USER_MESSAGE_LIMIT");
    wire.tell("clock", json!({"advance_s": 7 * 24 * 3600})).await;
    let token = wire.pair("acme", 1).await.access;
    assert_eq!(
        wire.rest(&token, "imopenlines.network.message.add", message)
            .await
            .1["result"],
        true
    );
}

#[tokio::test]
async fn a_webhook_is_a_user_without_an_app() {
    let wire = Wire::start().await;
    let hook = wire.tell("webhook", json!({"portal": "acme", "user": 2})).await;
    let path = url::Url::parse(hook["url"].as_str().unwrap())
        .unwrap()
        .path()
        .to_owned();
    let call = async |method: &str| {
        read(
            wire.send("acme", &format!("{path}{method}"), json!({"CODE": CODE}))
                .await
                .unwrap(),
        )
        .await
    };
    assert_eq!(call("profile").await.1["result"]["ID"], "2");
    assert_eq!(call("imopenlines.network.join").await.1["result"], 603);
    assert_eq!(call("app.info").await.1["error"], "WRONG_AUTH_TYPE");
    let (status, answer) = read(
        wire.send("acme", "/rest/2/wrong/profile", json!({}))
            .await
            .unwrap(),
    )
    .await;
    assert_eq!((status, &answer["error"]), (401, &json!("INVALID_CREDENTIALS")));
}

#[tokio::test]
async fn a_batch_refers_to_earlier_results_and_halts_when_told() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    // The names sort as they are to run: this client's JSON has no order of its own.
    let cmd = json!({
        "a_me": "profile",
        "b_bind": "event.bind?event=ONAPPUNINSTALL&handler=http%3A%2F%2F127.0.0.1%2Fe%3Fby%3D$result[a_me][ID]",
        "c_list": "event.get",
        "d_known": "method.get?name=$result[c_list][0][event]",
        "e_inner": "batch?cmd[a]=profile",
    });
    let (_, answer) = wire.rest(&token, "batch", json!({"cmd": cmd})).await;
    let batch = &answer["result"];
    assert_eq!(batch["result"]["c_list"][0]["handler"], "http://127.0.0.1/e?by=1");
    assert_eq!(batch["result"]["d_known"]["isExisting"], false);
    assert_eq!(batch["result_total"]["c_list"], 1);
    assert_eq!(
        batch["result_error"]["e_inner"]["error"],
        "ERROR_BATCH_METHOD_NOT_ALLOWED"
    );
    assert_eq!(batch["result_next"], json!([]), "an empty map is a list in PHP");

    let (_, answer) = wire
        .rest(&token, "batch", json!({"halt": 1, "cmd": ["nope", "profile"]}))
        .await;
    assert_eq!(answer["result"]["result"], json!([]));
    assert_eq!(
        answer["result"]["result_error"][0]["error"],
        "ERROR_METHOD_NOT_FOUND"
    );
    let many: Vec<_> = (0..51).map(|_| "profile").collect();
    let (status, answer) = wire.rest(&token, "batch", json!({"cmd": many})).await;
    assert_eq!(
        (status, &answer["error"]),
        (400, &json!("ERROR_BATCH_LENGTH_EXCEEDED"))
    );
}

#[tokio::test]
async fn handlers_are_bound_once_and_by_those_who_may() {
    let wire = Wire::start().await;
    let (alex, uma) = (
        wire.pair("acme", 1).await.access,
        wire.pair("acme", 2).await.access,
    );
    let bind = json!({"event": "OnAppUninstall", "handler": "http://127.0.0.1/events"});
    assert_eq!(
        wire.rest(&alex, "event.bind", bind.clone()).await.1["result"],
        true
    );
    assert_eq!(
        wire.rest(&alex, "event.bind", bind.clone()).await.1["error"],
        "ERROR_CORE"
    );
    assert_eq!(wire.rest(&uma, "event.bind", bind.clone()).await.0, 403);
    let unknown = json!({"event": "ONNOTHING", "handler": "http://127.0.0.1/events"});
    assert_eq!(
        wire.rest(&alex, "event.bind", unknown).await.1["error"],
        "ERROR_EVENT_NOT_FOUND"
    );
    let got = wire.rest(&uma, "event.get", json!({})).await.1;
    assert_eq!(got["result"][0]["event"], "ONAPPUNINSTALL");
    assert_eq!(
        wire.rest(&alex, "event.unbind", bind).await.1["result"]["count"],
        1
    );

    let place = json!({"PLACEMENT": "REST_APP_URI", "HANDLER": "http://127.0.0.1/app"});
    assert_eq!(
        wire.rest(&alex, "placement.bind", place.clone()).await.1["result"],
        true
    );
    assert_eq!(wire.rest(&uma, "placement.bind", place.clone()).await.0, 403);
    assert_eq!(
        wire.rest(&alex, "placement.get", json!({})).await.1["result"][0]["placement"],
        "REST_APP_URI"
    );
    assert_eq!(
        wire.rest(&alex, "placement.unbind", place).await.1["result"]["count"],
        1
    );
    wire.tell("scope", json!({"portal": "acme", "scope": ["placement"]}))
        .await;
    let list = wire.rest(&alex, "placement.list", json!({})).await.1["result"].clone();
    assert!(!list.as_array().unwrap().contains(&json!("CONTACT_CENTER")));
}

#[tokio::test]
async fn two_hundred_joins_at_once_are_no_burden() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let started = std::time::Instant::now();
    let joins = (0..200).map(|_| wire.rest(&token, "imopenlines.network.join", json!({"CODE": CODE})));
    let answers = futures_util::future::join_all(joins).await;
    assert!(
        answers
            .iter()
            .all(|(status, answer)| *status == 200 && answer["result"] == 603)
    );
    assert!(started.elapsed().as_secs() < 5);
    assert_eq!(wire.calls().await.len(), 200);
}
