//! Section 3 and 4 of the facts: tokens, codes, and the trusted witness.

use serde_json::json;

use crate::wire::{Wire, text};

#[tokio::test]
async fn a_refresh_token_works_once_and_takes_its_access_token_along() {
    let wire = Wire::start().await;
    let (first, beside) = (wire.pair("acme", 1).await, wire.pair("acme", 1).await);
    let (status, answer) = wire.refresh(&first.refresh).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(wire.refresh(&first.refresh).await.1["error"], "invalid_grant");
    let (status, dead) = wire.rest(&first.access, "profile", json!({})).await;
    assert_eq!((status, &dead["error"]), (401, &json!("invalid_token")));
    assert_eq!(
        wire.rest(&text(&answer["access_token"]), "profile", json!({}))
            .await
            .0,
        200
    );
    assert_eq!(
        wire.rest(&beside.access, "profile", json!({})).await.0,
        200,
        "a parallel chain lives on"
    );
}

#[tokio::test]
async fn the_token_answer_has_the_platforms_shape() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 2).await;
    let (_, answer) = wire.refresh(&pair.refresh).await;
    let port = wire.emulator.portal_addr().port();
    assert!(answer.get("token_type").is_none());
    assert_eq!(
        answer["client_endpoint"],
        format!("http://acme.localhost:{port}/rest/")
    );
    assert_eq!(
        format!("http://{}", text(&answer["domain"])),
        wire.emulator.oauth_url()
    );
    assert_eq!(answer["user_id"], 2);
    assert_eq!(answer["expires_in"], 3600);
    assert!(
        text(&answer["scope"])
            .split(',')
            .any(|scope| scope == "imopenlines")
    );
    for name in ["access_token", "refresh_token"] {
        let token = text(&answer[name]);
        assert!(token.starts_with("5ec2e75ec2e7") && (64..=70).contains(&token.len()));
    }
}

#[tokio::test]
async fn an_access_token_lives_one_hour_of_the_emulators_clock() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    wire.tell("clock", json!({"advance_s": 3590})).await;
    assert_eq!(wire.rest(&pair.access, "profile", json!({})).await.0, 200);
    wire.tell("clock", json!({"advance_s": 20})).await;
    let (status, answer) = wire.rest(&pair.access, "profile", json!({})).await;
    assert_eq!((status, &answer["error"]), (401, &json!("expired_token")));
    wire.tell("clock", json!({"advance_s": -20})).await;
    assert_eq!(wire.rest(&pair.access, "profile", json!({})).await.0, 200);
}

#[tokio::test]
async fn a_killed_token_past_its_hour_counts_as_expired() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    wire.refresh(&pair.refresh).await;
    wire.tell("expire", json!({"portal": "acme"})).await;
    assert_eq!(
        wire.rest(&pair.access, "profile", json!({})).await.1["error"],
        "expired_token"
    );
}

#[tokio::test]
async fn expiring_leaves_refresh_tokens_alone_and_revoking_does_not() {
    let wire = Wire::start().await;
    let (one, other) = (wire.pair("acme", 1).await, wire.pair("acme", 2).await);
    wire.tell("expire", json!({"portal": "acme", "user": 1})).await;
    assert_eq!(
        wire.rest(&one.access, "profile", json!({})).await.1["error"],
        "expired_token"
    );
    assert_eq!(wire.rest(&other.access, "profile", json!({})).await.0, 200);
    assert_eq!(wire.refresh(&one.refresh).await.0, 200);
    wire.tell("revoke", json!({"portal": "acme", "user": 2})).await;
    assert_eq!(
        wire.rest(&other.access, "profile", json!({})).await.1["error"],
        "invalid_token"
    );
    assert_eq!(wire.refresh(&other.refresh).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn the_token_endpoint_refuses_with_the_real_statuses() {
    let wire = Wire::start().await;
    let secret = bitrix24_emulator::Options::default().client_secret;
    let call = async |fields: [(&str, &str); 4]| {
        let (status, answer) = wire.token_call(&fields).await;
        (status, text(&answer["error"]))
    };
    let grant = ("grant_type", "refresh_token");
    let token = ("refresh_token", "ffff");
    let id = ("client_id", "local.emulated.app");
    assert_eq!(
        call([grant, token, ("client_id", "x"), ("client_secret", &secret)]).await,
        (200, "wrong_client".into())
    );
    assert_eq!(
        call([grant, token, id, ("client_secret", "x")]).await,
        (400, "invalid_client".into())
    );
    assert_eq!(
        call([grant, token, id, ("client_secret", &secret)]).await,
        (400, "invalid_grant".into())
    );
    let odd = ("grant_type", "password");
    assert_eq!(
        call([odd, token, id, ("client_secret", &secret)]).await,
        (400, "invalid_request".into())
    );
    assert_eq!(wire.token_call(&[grant]).await.1["error"], "invalid_request");
}

#[tokio::test]
async fn the_token_endpoint_takes_get_too() {
    let wire = Wire::start().await;
    let (pair, secret) = (
        wire.pair("acme", 1).await,
        bitrix24_emulator::Options::default().client_secret,
    );
    let url = format!(
        "{}/oauth/token/?grant_type=refresh_token&client_id=local.emulated.app&client_secret={secret}&refresh_token={}",
        wire.emulator.oauth_url(),
        pair.refresh
    );
    let answer = wire.http.get(url).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_code_is_good_once_and_for_thirty_seconds() {
    let wire = Wire::start().await;
    let answer = wire
        .get(
            "acme",
            "/oauth/authorize/?client_id=local.emulated.app&state=s%26t&user=1",
        )
        .await;
    assert_eq!(answer.status(), 302);
    let back = url::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    let field = |name: &str| {
        back.query_pairs()
            .find(|(known, _)| known == name)
            .unwrap()
            .1
            .into_owned()
    };
    assert_eq!((back.path(), field("state").as_str()), ("/oauth/callback", "s&t"));
    assert_eq!(field("domain"), wire.host("acme"));
    assert_eq!(field("member_id"), text(&wire.portal("acme").await["member_id"]));
    let (status, pair) = wire.grant("authorization_code", "code", &field("code")).await;
    assert_eq!((status, &pair["user_id"]), (200, &json!(1)));
    assert_eq!(
        wire.grant("authorization_code", "code", &field("code")).await.1["error"],
        "invalid_grant"
    );

    let answer = wire
        .get("acme", "/oauth/authorize/?client_id=local.emulated.app&user=2")
        .await;
    let back = url::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    let code = back
        .query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap()
        .1
        .into_owned();
    wire.tell("clock", json!({"advance_s": 31})).await;
    assert_eq!(
        wire.grant("authorization_code", "code", &code).await.1["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn what_is_wrong_at_authorize_stays_on_the_portals_own_page() {
    let wire = Wire::start().await;
    let answer = wire
        .get("acme", "/oauth/authorize/?client_id=nobody&state=s")
        .await;
    assert!(answer.headers().get("location").is_none() && answer.status().is_client_error());
    let answer = wire
        .get("acme", "/oauth/authorize/?client_id=local.emulated.app&user=2")
        .await;
    assert_eq!(answer.status(), 403, "not installed, and not hers to install");
}

#[tokio::test]
async fn the_witness_answers_tokens_of_other_apps_too() {
    let wire = Wire::start().await;
    let foreign = wire
        .tell(
            "token",
            json!({"portal": "globex", "user": 3, "client_id": "app.other"}),
        )
        .await;
    let (status, answer) = wire.witness(&text(&foreign["access_token"])).await;
    let result = &answer["result"];
    assert_eq!((status, &result["client_id"]), (200, &json!("app.other")));
    assert_eq!(
        result["install"]["member_id"],
        wire.portal("globex").await["member_id"]
    );
    assert_eq!(result["user_id"], 3);
    assert!(result["expires"].as_str().unwrap().ends_with("+00:00"));
    assert_eq!(
        wire.portal("globex").await["app"],
        "absent",
        "our app is not there because of that"
    );
}

#[tokio::test]
async fn the_witness_tells_bogus_expired_and_killed_tokens_apart() {
    let wire = Wire::start().await;
    let (pair, other) = (wire.pair("acme", 1).await, wire.pair("acme", 2).await);
    assert_eq!(
        wire.witness("5ec2e7").await,
        (400, wire.witness("5ec2e7").await.1)
    );
    assert_eq!(wire.witness("5ec2e7").await.1["error"], "invalid_client");
    wire.refresh(&pair.refresh).await;
    let (status, answer) = wire.witness(&pair.access).await;
    assert_eq!((status, &answer["error"]), (401, &json!("invalid_token")));
    wire.tell("expire", json!({"portal": "acme"})).await;
    let (status, answer) = wire.witness(&other.access).await;
    assert_eq!((status, &answer["error"]), (401, &json!("expired_token")));
}

#[tokio::test]
async fn a_dismissed_users_tokens_are_refused_or_handed_on() {
    let wire = Wire::start().await;
    let (pair, other) = (wire.pair("acme", 2).await, wire.pair("acme", 3).await);
    wire.tell("user", json!({"portal": "acme", "user": 2, "active": false}))
        .await;
    let (status, answer) = wire.refresh(&pair.refresh).await;
    assert_eq!((status, &answer["error"]), (401, &json!("authorization_error")));
    wire.tell(
        "user",
        json!({"portal": "acme", "user": 3, "active": false, "handed_to": 1}),
    )
    .await;
    let (status, answer) = wire.refresh(&other.refresh).await;
    assert_eq!((status, &answer["user_id"]), (200, &json!(1)));
}

#[tokio::test]
async fn an_unpaid_app_is_told_so_and_keeps_its_tokens() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    wire.tell("portal", json!({"portal": "acme", "payment_over": true}))
        .await;
    assert_eq!(wire.refresh(&pair.refresh).await.1["error"], "PAYMENT_REQUIRED");
    wire.tell("portal", json!({"portal": "acme", "payment_over": false}))
        .await;
    assert_eq!(wire.refresh(&pair.refresh).await.0, 200);
}

#[tokio::test]
async fn a_portal_may_be_odd() {
    let wire = Wire::start().await;
    let pair = wire.pair("acme", 1).await;
    let quirks = json!({"token_omits": ["expires", "user_id"], "token_scope_app": true, "text_ids": true, "no_time": true});
    wire.tell("portal", json!({"portal": "acme", "quirks": quirks}))
        .await;
    let (_, answer) = wire.refresh(&pair.refresh).await;
    assert!(answer.get("expires").is_none() && answer.get("user_id").is_none());
    assert_eq!(answer["scope"], "app");
    let token = text(&answer["access_token"]);
    assert_eq!(wire.witness(&token).await.1["result"]["user_id"], "1");
    let (_, joined) = wire
        .rest(
            &token,
            "imopenlines.network.join",
            json!({"CODE": crate::wire::CODE}),
        )
        .await;
    assert_eq!(joined, json!({"result": "603"}));
}
