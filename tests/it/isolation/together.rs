//! What portals and users have in common, and what they have not.

use serde_json::json;

use super::{ACMES, rows_of, settled, two_portals};
use crate::world::{CODE, Db};

/// `acme` moves away, and `globex` takes over the host that it had.
pub async fn host_taken_over(db: Db) {
    let world = two_portals(db).await;
    let acme = world.member_id("acme").await;
    let session = world.open("acme", 1).await;
    settled(&world).await;
    let before = rows_of(&world, &acme).await;
    world
        .control("rename", json!({"portal": "acme", "to": "umbrella"}))
        .await;
    world
        .control("rename", json!({"portal": "globex", "to": "acme", "reuse": true}))
        .await;
    // Whoever opens the app at that host now is globex, and sees globex's channels.
    let globex = world.open("acme", 1).await;
    let page = world.connect_page(&globex, CODE).await.expect(200);
    assert!(
        !page.body.contains(ACMES) && !page.body.contains(&acme),
        "{}",
        page.body
    );
    let person = world.visitor();
    let page = person
        .sign_in(&world.emulator.portal_url("acme"), 2)
        .await
        .expect(200);
    assert!(
        !page.body.contains(ACMES) && !page.body.contains(&acme),
        "{}",
        page.body
    );
    assert_eq!(
        before,
        rows_of(&world, &acme).await,
        "nothing of acme has changed"
    );
    // A press at acme's old page meets a portal that does not know its token: nothing of that portal becomes acme's.
    let answer = world.connect(&session, CODE).await;
    assert_eq!(answer.slug(), "reopen_app", "{}", answer.body);
    let bots = |rows: &[String]| {
        let rows = rows.iter().filter(|row| row.starts_with("connections"));
        rows.map(|row| row.split("'connected'").next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(bots(&before).len(), bots(&rows_of(&world, &acme).await).len());
    // Opened where it is now, it is itself again.
    let session = world.open("umbrella", 1).await;
    let page = world.connect_page(&session, CODE).await.expect(200);
    assert!(page.body.contains(ACMES), "its channels are there");
}

/// Channels are the portal's and tokens a user's.
pub async fn users_of_one_portal(db: Db) {
    let world = two_portals(db).await;
    let acme = world.member_id("acme").await;
    let (one, two) = (world.open("acme", 1).await, world.open("acme", 2).await);
    settled(&world).await;
    let tokens_of_one = format!("credentials where member_id = '{acme}' and user_id = 1");
    let generation = format!("select generation from {tokens_of_one}");
    let before = world.database.number(&generation).await;
    // The channel that user 2 has connected is on the page of user 1: it is the whole portal's.
    let page = world.connect_page(&one, CODE).await.expect(200);
    assert!(page.body.contains(ACMES));
    // The other user's press goes out with the other user's token.
    world.forget_calls().await;
    world.connect(&two, ACMES).await.expect(200);
    let calls = world.calls().await;
    let sent = calls.last().unwrap().params["auth"].as_str().unwrap();
    let state = world.state().await;
    let token = state["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .find(|token| token["token"] == sent);
    assert_eq!(token.unwrap()["user"], 2);
    // Without tokens of their own nobody acts with another's.
    world
        .control("revoke", json!({"portal": "acme", "user": 2}))
        .await;
    let answer = world.connect(&two, CODE).await;
    assert_eq!(answer.slug(), "reopen_app", "{}", answer.body);
    assert_eq!(world.database.number(&generation).await, before);
    world.connect(&one, CODE).await.expect(200);
}
