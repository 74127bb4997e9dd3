//! Portals come, are renamed, and go.

use bitrix24_emulator::{Emulator, Options};
use serde_json::json;

use crate::wire::{Wire, read, text};

#[tokio::test]
async fn a_launch_is_what_a_portal_posts() {
    let wire = Wire::start().await;
    wire.emulator.set_app_url("http://127.0.0.1:1/");
    let launch = wire
        .tell(
            "launch",
            json!({"portal": "acme", "user": 2, "placement_options": {"code": "x"}}),
        )
        .await;
    assert!(
        launch["url"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:1/app?DOMAIN=acme.localhost%3A")
    );
    let (query, body) = (&launch["query"], &launch["body"]);
    assert_eq!((&query["PROTOCOL"], &query["LANG"]), (&json!("0"), &json!("en")));
    assert_eq!(text(&query["APP_SID"]).len(), 32);
    assert_eq!(
        (&body["AUTH_EXPIRES"], &body["PLACEMENT"]),
        (&json!("3600"), &json!("DEFAULT"))
    );
    assert_eq!(body["PLACEMENT_OPTIONS"], "{\"code\":\"x\"}");
    assert_eq!(
        body["APPLICATION_TOKEN"],
        wire.portal("acme").await["application_token"]
    );
    assert!(launch["form"].as_str().unwrap().contains("AUTH_ID=5ec2e75ec2e7"));
    assert_eq!(
        wire.witness(&text(&body["AUTH_ID"])).await.1["result"]["user_id"],
        2
    );
}

#[tokio::test]
async fn older_portals_send_less() {
    let wire = Wire::start().await;
    let body = json!({"portal": "acme", "user": 1, "legacy": true, "placement_options": null, "lang": "de"});
    let launch = wire.tell("launch", body).await;
    for name in [
        "SERVER_ENDPOINT",
        "APPLICATION_TOKEN",
        "APPLICATION_SCOPE",
        "PLACEMENT_OPTIONS",
    ] {
        assert!(launch["body"].get(name).is_none(), "{name}");
    }
    assert_eq!(launch["query"]["LANG"], "de");
    let odd = wire
        .tell(
            "launch",
            json!({"portal": "acme", "user": 1, "placement_options": "undefined"}),
        )
        .await;
    assert_eq!(odd["body"]["PLACEMENT_OPTIONS"], "undefined");
}

#[tokio::test]
async fn tokens_exist_while_the_installer_runs() {
    let wire = Wire::start().await;
    let launch = wire
        .tell("launch", json!({"portal": "acme", "user": 1, "install": true}))
        .await;
    assert!(launch["url"].as_str().unwrap().contains("/install?"));
    let token = text(&launch["body"]["AUTH_ID"]);
    assert_eq!(
        wire.witness(&token).await.1["result"]["install"]["installed"],
        false
    );
    assert_eq!(wire.rest(&token, "profile", json!({})).await.0, 200);
    wire.tell("install", json!({"portal": "acme"})).await;
    assert_eq!(
        wire.witness(&token).await.1["result"]["install"]["installed"],
        true
    );
}

#[tokio::test]
async fn a_renamed_portal_redirects_everything_and_keeps_its_key() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    let member_id = text(&wire.portal("acme").await["member_id"]);
    wire.tell("rename", json!({"portal": "acme", "to": "newname"}))
        .await;
    for path in ["/rest/profile?x=1", "/", "/marketplace/app/1/?code=2"] {
        let answer = wire
            .send("acme", path, json!({"auth": pair.access}))
            .await
            .unwrap();
        assert_eq!(answer.status(), 302);
        assert_eq!(
            answer.headers()["location"],
            format!("http://{}{path}", wire.host("newname"))
        );
    }
    let moved = wire
        .send("newname", "/rest/profile", json!({"auth": pair.access}))
        .await
        .unwrap();
    assert_eq!(moved.status(), 200);
    let (_, info) = wire.witness(&pair.access).await;
    assert_eq!(
        info["result"]["install"]["client_endpoint"],
        format!("http://{}/rest/", wire.host("newname"))
    );
    assert_eq!(info["result"]["install"]["member_id"], member_id);
    let (_, fresh) = wire.refresh(&pair.refresh).await;
    assert_eq!(
        fresh["client_endpoint"],
        format!("http://{}/rest/", wire.host("newname"))
    );
    for name in ["acme", "newname", member_id.as_str()] {
        wire.tell("launch", json!({"portal": name, "user": 1})).await;
    }
    assert_eq!(
        wire.ask("rename", json!({"portal": "globex", "to": "acme"}))
            .await
            .0,
        409
    );
    wire.tell("rename", json!({"portal": "newname", "to": "acme"}))
        .await;
    let back = wire.send("acme", "/rest/profile", json!({})).await.unwrap();
    assert_eq!(back.status(), 401, "home again, and the token is spent");
}

#[tokio::test]
async fn an_unknown_portal_answers_a_page() {
    let wire = Wire::start().await;
    let answer = wire.send("initech", "/rest/profile", json!({})).await.unwrap();
    assert_eq!(answer.status(), 404);
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
}

#[tokio::test]
async fn an_uninstalled_app_knows_it_by_its_tokens_until_it_comes_back() {
    let wire = Wire::start().await;
    let (pair, hook) = (
        wire.pair("acme", 1).await,
        wire.portal("acme").await["application_token"].clone(),
    );
    let before = pair.access.clone();
    wire.rest(
        &before,
        "imopenlines.network.join",
        json!({"CODE": crate::wire::CODE}),
    )
    .await;
    wire.tell(
        "uninstall",
        json!({"portal": "acme", "clean": true, "deliver": false}),
    )
    .await;
    assert_eq!(
        wire.refresh(&pair.refresh).await,
        (401, wire.refresh(&pair.refresh).await.1)
    );
    assert_eq!(wire.refresh(&pair.refresh).await.1["error"], "NOT_INSTALLED");
    assert_eq!(wire.witness(&before).await.1["error"], "NOT_INSTALLED");
    let (status, answer) = wire.rest(&before, "profile", json!({})).await;
    assert_eq!((status, &answer["error"]), (401, &json!("ERROR_OAUTH")));
    let again = wire.pair("acme", 1).await;
    assert_eq!(wire.rest(&again.access, "profile", json!({})).await.0, 200);
    assert_eq!(
        wire.refresh(&pair.refresh).await.1["error"],
        "invalid_grant",
        "old tokens stay dead"
    );
    let portal = wire.portal("acme").await;
    assert_ne!(
        portal["application_token"], hook,
        "a new installation has a new application token"
    );
    assert_eq!(portal["joined"][0]["bot_id"], 603, "the bot has stayed");
}

#[tokio::test]
async fn installing_over_an_installation_wipes_its_handlers() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let bind = json!({"event": "ONAPPUPDATE", "handler": "http://127.0.0.1/e"});
    wire.rest(&token, "event.bind", bind.clone()).await;
    wire.tell("launch", json!({"portal": "acme", "user": 1})).await;
    assert_eq!(wire.portal("acme").await["bindings"].as_array().unwrap().len(), 1);
    wire.tell("launch", json!({"portal": "acme", "user": 1, "install": true}))
        .await;
    assert_eq!(wire.portal("acme").await["bindings"], json!([]));
    assert_eq!(wire.rest(&token, "event.bind", bind).await.1["result"], true);
}

#[tokio::test]
async fn emulators_do_not_know_each_other() {
    let (one, other) = (Wire::start().await, Wire::start().await);
    let token = one.pair("acme", 1).await.access;
    assert_eq!(other.witness(&token).await.1["error"], "invalid_client");
    let member_id = |portal: serde_json::Value| text(&portal["member_id"]);
    assert_eq!(
        member_id(one.portal("acme").await),
        member_id(other.portal("acme").await),
        "keys are stable"
    );
    let addr = one.emulator.portal_addr();
    one.emulator.stop().await;
    assert!(tokio::net::TcpStream::connect(addr).await.is_err(), "it has gone");
    other.look("state").await;
}

#[tokio::test]
async fn with_tls_its_own_authority_is_all_one_needs() {
    let emulator = Emulator::start(Options {
        tls: true,
        ..Options::default()
    })
    .await
    .unwrap();
    let ca = reqwest::Certificate::from_pem(emulator.ca_pem().unwrap().as_bytes()).unwrap();
    let http = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([ca])
        .resolve("acme.localhost", emulator.portal_addr())
        .build()
        .unwrap();
    let page = http.get(emulator.portal_url("acme")).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let (_, launch) = read(
        http.post(format!("{}/_emulator/launch", emulator.control_url()))
            .json(&json!({"portal": "acme", "user": 1}))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(launch["query"]["PROTOCOL"], "1");
    let info = http.get(format!("{}/rest/app.info", emulator.oauth_url()));
    let (_, info) = read(
        info.query(&[("auth", text(&launch["body"]["AUTH_ID"]))])
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert!(text(&info["result"]["install"]["uri"]).starts_with("https://acme.localhost:"));
}

#[tokio::test]
async fn the_authorization_server_names_whatever_endpoint_it_is_told_to() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    let own = text(&wire.portal("acme").await["client_endpoint"]);
    let named = json!({"portal": "acme", "client_endpoint": "https://@/x", "server_endpoint": "y"});
    wire.tell("portal", named).await;
    let witness = wire.witness(&pair.access).await.1;
    assert_eq!(witness["result"]["install"]["client_endpoint"], "https://@/x");
    let granted = wire.refresh(&pair.refresh).await.1;
    assert_eq!(
        (&granted["client_endpoint"], &granted["server_endpoint"]),
        (&json!("https://@/x"), &json!("y"))
    );
    wire.tell("portal", json!({"portal": "acme", "status": "P"}))
        .await;
    wire.tell("portal", json!({"portal": "acme", "client_endpoint": null}))
        .await;
    let granted = wire.refresh(&text(&granted["refresh_token"])).await.1;
    assert_eq!(
        (&granted["client_endpoint"], &granted["server_endpoint"]),
        (&json!(own), &json!("y")),
        "each for itself"
    );
}
