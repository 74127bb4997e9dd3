//! The leaky bucket and the operating budget.

use serde_json::json;

use crate::wire::Wire;

#[tokio::test]
async fn limits_are_off_until_asked_for() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    for _ in 0..60 {
        assert_eq!(wire.rest(&token, "server.time", json!({})).await.0, 200);
    }
}

#[tokio::test]
async fn a_full_bucket_answers_503_and_leaks_with_the_clock() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    wire.tell(
        "limits",
        json!({"requests": true, "burst": 5, "per_second": 0.01}),
    )
    .await;
    for _ in 0..5 {
        assert_eq!(wire.rest(&token, "server.time", json!({})).await.0, 200);
    }
    let answer = wire
        .send("acme", "/rest/server.time", json!({"auth": token}))
        .await
        .unwrap();
    assert_eq!(answer.status(), 503);
    assert!(answer.headers().get("retry-after").is_none());
    wire.tell("clock", json!({"advance_s": 110})).await;
    assert_eq!(wire.rest(&token, "server.time", json!({})).await.0, 200);
    let (status, answer) = wire.rest(&token, "server.time", json!({})).await;
    assert_eq!((status, &answer["error"]), (503, &json!("QUERY_LIMIT_EXCEEDED")));
}

#[tokio::test]
async fn a_method_that_worked_too_long_says_when_it_may_again() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    wire.tell("limits", json!({"operating": true, "budget_s": 3, "cost_s": 1.5}))
        .await;
    for spent in [1.5, 3.0] {
        assert_eq!(
            wire.rest(&token, "profile", json!({})).await.1["time"]["operating"],
            spent
        );
    }
    let (status, answer) = wire.rest(&token, "profile", json!({})).await;
    assert_eq!((status, &answer["error"]), (429, &json!("OPERATION_TIME_LIMIT")));
    assert!(answer["time"]["operating_reset_at"].is_i64());
    assert_eq!(
        wire.rest(&token, "scope", json!({})).await.0,
        200,
        "another method has its own budget"
    );
    wire.tell("clock", json!({"advance_s": 601})).await;
    assert_eq!(wire.rest(&token, "profile", json!({})).await.0, 200);
}
