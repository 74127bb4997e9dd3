//! Every refusal of the platform reaches the person as its own slug and sentence.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::world::{CODE, Db, World};

on_both_databases!(
    every_refusal_has_its_slug_status_and_sentence,
    odd_answers_of_a_portal_are_portal_unavailable,
    odd_answers_of_the_authorization_server_change_no_state,
    our_own_misconfiguration_is_internal,
    a_passing_limit_is_waited_for_and_a_lasting_one_told,
    an_internal_error_of_the_portal_is_tried_once_more,
    refusals_of_the_authorization_server_keep_their_slugs,
    only_a_token_that_is_not_known_makes_a_launch_forged,
);

const JOIN: &str = "imopenlines.network.join";

fn refusal(status: u16, error: &Value) -> Value {
    json!([{"on": JOIN, "times": 0, "do": "error", "status": status, "error": error}])
}

/// HTTP status and code of the portal; slug, status and retry of the app.
const TABLE: [(u16, &str, &str, u16, bool); 24] = [
    (400, "CODE", "invalid_code", 422, false),
    (400, "NOT_FOUND", "not_found", 422, false),
    (400, "LINE_NOT_FOUND", "not_found", 422, false),
    (400, "inactive", "inactive", 422, false),
    (400, "IMBOT_ERROR", "refused", 422, true),
    (400, "NETWORK_ERROR", "refused", 422, true),
    (400, "ANSWER_MALFORMED", "refused", 422, true),
    (404, "ERROR_METHOD_NOT_FOUND", "refused", 422, false),
    (400, "", "refused", 422, true),
    (400, "SOMETHING_NEW", "refused", 422, true),
    (403, "insufficient_scope", "missing_scope", 403, false),
    (401, "INSUFFICIENT_SCOPE", "missing_scope", 403, false),
    (403, "INVALID_CREDENTIALS", "missing_scope", 403, false),
    (403, "user_access_error", "access_restricted", 403, false),
    (403, "WRONG_AUTH_TYPE", "access_restricted", 403, false),
    (403, "ACCESS_DENIED", "plan_required", 402, false),
    (402, "PAYMENT_REQUIRED", "payment_required", 402, false),
    (401, "ERROR_OAUTH", "not_installed", 409, false),
    (401, "APPLICATION_NOT_FOUND", "not_installed", 409, false),
    (503, "OVERLOAD_LIMIT", "portal_unavailable", 503, false),
    (410, "PORTAL_DELETED", "portal_unavailable", 503, true),
    (400, "INVALID_REQUEST", "internal", 500, true),
    (401, "invalid_token", "reopen_app", 401, false),
    (401, "authorization_error", "reopen_app", 401, false),
];

async fn every_refusal_has_its_slug_status_and_sentence(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let mut sentences: BTreeMap<String, String> = BTreeMap::new();
    for (status, code, slug, answered, retry) in TABLE {
        world.faults(refusal(status, &json!(code))).await;
        let answer = world.connect(&session, CODE).await;
        let json = answer.json();
        assert_eq!(
            (json["error"].as_str(), answer.status.as_u16()),
            (Some(slug), answered),
            "{code}"
        );
        assert_eq!(json["retry"], json!(retry), "{code}");
        let page = world.connect_page(&session, CODE).await.expect(answered);
        assert_eq!(page.slug(), slug);
        sentences.insert(code.to_owned(), json["message"].as_str().unwrap().to_owned());
    }
    let same = [
        ("NOT_FOUND", "LINE_NOT_FOUND"),
        ("", "SOMETHING_NEW"),
        ("ERROR_OAUTH", "APPLICATION_NOT_FOUND"),
    ];
    for (one, other) in same {
        assert_eq!(
            sentences.remove(one),
            Some(sentences[other].clone()),
            "{one} means {other}"
        );
    }
    sentences.retain(|code, _| !["INSUFFICIENT_SCOPE", "authorization_error"].contains(&code.as_str()));
    let distinct: std::collections::BTreeSet<_> = sentences.values().collect();
    assert_eq!(
        distinct.len(),
        sentences.len(),
        "each refusal has a sentence of its own: {sentences:#?}"
    );
    for numeric in [
        json!(0),
        json!(400),
        json!({"code": "SOMETHING_NEW", "message": "?"}),
    ] {
        world.faults(refusal(400, &numeric)).await;
        assert_eq!(
            world.connect(&session, CODE).await.expect(422).slug(),
            "refused",
            "{numeric}"
        );
    }
    assert_eq!(
        world.database.number("select count(*) from connections").await,
        0,
        "no row without a truth"
    );
}

async fn odd_answers_of_a_portal_are_portal_unavailable(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    for fault in [
        json!({"do": "html", "status": 200}),
        json!({"do": "html", "status": 502}),
        json!({"do": "status", "status": 500}),
        json!({"do": "redirect", "same_host": true}),
        json!({"do": "redirect", "location": "http://nowhere.localhost:1/"}),
        json!({"do": "truncate"}),
        json!({"do": "garbage"}),
        json!({"do": "endless"}),
        json!({"do": "drop"}),
    ] {
        let mut line = fault.clone();
        line["on"] = json!(JOIN);
        line["times"] = json!(0);
        world.faults(json!([line])).await;
        let answer = world.connect(&session, CODE).await;
        assert_eq!(
            (answer.status.as_u16(), answer.slug().as_str()),
            (503, "portal_unavailable"),
            "{fault}"
        );
    }
    world.faults(json!([])).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn odd_answers_of_the_authorization_server_change_no_state(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    let payment = json!({"do": "error", "status": 402, "error": "PAYMENT_REQUIRED"});
    let uninstalled = json!({"do": "error", "status": 401, "error": "NOT_INSTALLED"});
    for (fault, status, slug) in [
        (
            json!({"do": "status", "status": 503}),
            503,
            "bitrix24_unavailable",
        ),
        (json!({"do": "html", "status": 200}), 503, "bitrix24_unavailable"),
        (json!({"do": "garbage"}), 503, "bitrix24_unavailable"),
        (payment, 402, "payment_required"),
        (uninstalled, 409, "not_installed"),
    ] {
        let mut line = fault.clone();
        line["on"] = json!("token");
        world.faults(json!([line])).await;
        let answer = world.connect(&session, CODE).await;
        assert_eq!(
            (answer.status.as_u16(), answer.slug().as_str()),
            (status, slug),
            "{fault}"
        );
        assert_eq!(world.database.text("select state from credentials").await, "live");
        assert_eq!(
            world
                .database
                .number("select count(*) from credentials where claim_owner is null")
                .await,
            1
        );
    }
    world.connect(&session, CODE).await.expect(200);
}

async fn our_own_misconfiguration_is_internal(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    for (status, code) in [(200, "wrong_client"), (400, "invalid_client")] {
        world
            .faults(json!([{"on": "token", "do": "error", "status": status, "error": code}]))
            .await;
        assert_eq!(
            world.connect(&session, CODE).await.expect(500).slug(),
            "internal",
            "{code}"
        );
    }
    world.connect(&session, CODE).await.expect(200);
}

async fn a_passing_limit_is_waited_for_and_a_lasting_one_told(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let busy = |times: u32| json!([{"on": JOIN, "times": times, "do": "error", "status": 503, "error": "QUERY_LIMIT_EXCEEDED"}]);
    world.faults(busy(2)).await;
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.called().await, [JOIN; 3]);

    world.faults(busy(0)).await;
    world.forget_calls().await;
    let answer = world.connect(&session, CODE).await.expect(429);
    assert_eq!(answer.slug(), "rate_limited");
    let seconds = answer.json()["retry_after"].as_u64().unwrap();
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    assert_eq!(world.called().await.len(), 4, "bounded");

    world
        .faults(json!([{"on": JOIN, "do": "error", "status": 429, "error": "OPERATION_TIME_LIMIT"}]))
        .await;
    world.forget_calls().await;
    let answer = world.connect(&session, CODE).await.expect(429);
    assert_eq!(answer.slug(), "rate_limited");
    assert!(answer.json()["next"].as_str().unwrap().contains("minute"));
    assert_eq!(
        world.called().await,
        [JOIN],
        "an operating limit is not tried again"
    );
}

async fn an_internal_error_of_the_portal_is_tried_once_more(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    for code in ["INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER"] {
        let fault =
            |times: u32| json!([{"on": JOIN, "times": times, "do": "error", "status": 500, "error": code}]);
        world.faults(fault(1)).await;
        world.connect(&session, CODE).await.expect(200);
        world.faults(fault(0)).await;
        world.forget_calls().await;
        assert_eq!(
            world.connect(&session, CODE).await.expect(503).slug(),
            "portal_unavailable"
        );
        assert_eq!(world.called().await, [JOIN, JOIN]);
    }
}

/// What the authorization server says while a token is renewed, or while it names a renamed portal's address.
const SERVER_TABLE: [(u16, &str, &str, u16); 9] = [
    (403, "insufficient_scope", "missing_scope", 403),
    (401, "ERROR_OAUTH", "not_installed", 409),
    (401, "NOT_INSTALLED", "not_installed", 409),
    (402, "PAYMENT_REQUIRED", "payment_required", 402),
    (403, "ACCESS_DENIED", "plan_required", 402),
    (403, "user_access_error", "access_restricted", 403),
    (400, "INVALID_REQUEST", "internal", 500),
    (200, "wrong_client", "internal", 500),
    (503, "OVERLOAD_LIMIT", "bitrix24_unavailable", 503),
];

async fn refusals_of_the_authorization_server_keep_their_slugs(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let refused_by = async |method: &str, (status, code, slug, answered): (u16, &str, &str, u16)| {
        world
            .faults(json!([{"on": method, "do": "error", "status": status, "error": code}]))
            .await;
        let answer = world.connect(&session, CODE).await;
        assert_eq!(
            (answer.slug().as_str(), answer.status.as_u16()),
            (slug, answered),
            "{method} {code}"
        );
        assert_eq!(world.database.text("select state from credentials").await, "live");
    };
    world.expire("acme").await;
    for row in SERVER_TABLE {
        refused_by("token", row).await;
    }
    refused_by("token", (401, "invalid_token", "reopen_app", 401)).await;
    world.connect(&session, CODE).await.expect(200);
    world
        .control("rename", json!({"portal": "acme", "to": "umbrella"}))
        .await;
    for row in SERVER_TABLE {
        refused_by("app.info", row).await;
    }
    refused_by("app.info", (400, "invalid_client", "reopen_app", 401)).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn only_a_token_that_is_not_known_makes_a_launch_forged(db: Db) {
    let world = World::new(db).await;
    for (status, code, slug) in [
        (400, "invalid_client", "forged"),
        (401, "invalid_token", "forged"),
        (401, "NO_AUTH_FOUND", "forged"),
        (401, "expired_token", "reopen_app"),
        (401, "NOT_INSTALLED", "not_installed"),
        (402, "PAYMENT_REQUIRED", "payment_required"),
        (403, "insufficient_scope", "missing_scope"),
        (200, "wrong_client", "internal"),
        (503, "QUERY_LIMIT_EXCEEDED", "bitrix24_unavailable"),
        (400, "", "bitrix24_unavailable"),
    ] {
        world
            .faults(json!([{"on": "app.info", "do": "error", "status": status, "error": code}]))
            .await;
        assert_eq!(
            world.post(&world.launch("acme", 1).await).await.slug(),
            slug,
            "{code}"
        );
        assert_eq!(world.database.rows().await, 0);
    }
}
