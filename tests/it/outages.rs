//! When the database, the portal or the authorization server does not answer: every answer is true, nothing
//! that was fetched is lost, and it heals without anybody's help.

use std::time::Duration;

use serde_json::json;

use crate::world::{CODE, Db, World};

on_both_databases!(
    a_silent_portal_is_a_timeout,
    a_silent_authorization_server_leaves_the_credential_in_doubt_until_the_next_try,
    without_the_database_nothing_is_pretended,
    a_pair_refreshed_while_the_database_is_away_is_used_and_kept,
    a_connection_made_while_the_database_is_away_is_told_and_recorded_later,
    tokens_handed_over_while_the_database_is_away_are_kept_for_their_heir,
);

const JOIN: &str = "imopenlines.network.join";

/// Takes a table away, as an outage does, and brings it back later.
async fn away(world: &World, table: &str, from: u64, to: u64) {
    tokio::time::sleep(Duration::from_millis(from)).await;
    world
        .database
        .execute(&format!("alter table {table} rename to away"))
        .await;
    tokio::time::sleep(Duration::from_millis(to - from)).await;
    world
        .database
        .execute(&format!("alter table away rename to {table}"))
        .await;
}

async fn a_silent_portal_is_a_timeout(db: Db) {
    let world = World::with(db, |config| config.timeouts.join = Duration::from_millis(400)).await;
    let session = world.open("acme", 1).await;
    world.faults(json!([{"on": JOIN, "do": "hang"}])).await;
    world.forget_calls().await;
    let answer = world.connect(&session, CODE).await.expect(504);
    assert_eq!(answer.slug(), "timeout");
    assert_eq!(answer.json()["retry"], true);
    assert_eq!(world.called().await, [JOIN], "no blind resend");
    world.connect(&session, CODE).await.expect(200);
}

async fn a_silent_authorization_server_leaves_the_credential_in_doubt_until_the_next_try(db: Db) {
    let world = World::with(db, |config| config.timeouts.token = Duration::from_millis(400)).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world.faults(json!([{"on": "token", "do": "hang"}])).await;
    assert_eq!(
        world.connect(&session, CODE).await.expect(503).slug(),
        "bitrix24_unavailable"
    );
    let doubt =
        "select count(*) from credentials where unresolved and state = 'live' and claim_owner is null";
    assert_eq!(world.database.number(doubt).await, 1);
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(
        world.database.number(doubt).await,
        0,
        "it had never been processed: all is well again"
    );
}

async fn without_the_database_nothing_is_pretended(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.forget_calls().await;
    world
        .database
        .execute("alter table credentials rename to away")
        .await;
    let answer = world.connect(&session, CODE).await.expect(503);
    assert_eq!(answer.slug(), "storage_unavailable");
    assert_eq!(
        world.called().await,
        [""; 0],
        "no call is made that could not be accounted for"
    );
    let launch = world.post(&world.launch("acme", 1).await).await.expect(503);
    assert_eq!(launch.slug(), "storage_unavailable");
    world
        .database
        .execute("alter table away rename to credentials")
        .await;
    world.connect(&session, CODE).await.expect(200);
}

async fn a_pair_refreshed_while_the_database_is_away_is_used_and_kept(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 1200}]))
        .await;
    world.forget_calls().await;
    let (answer, ()) = tokio::join!(
        world.connect(&session, CODE),
        away(&world, "credentials", 600, 3000)
    );
    answer.expect(200);
    world
        .becomes("select count(*) from credentials where claim_owner is null", 1)
        .await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(
        world.called().await,
        [JOIN, "token", JOIN, JOIN],
        "the one refresh was kept"
    );
}

async fn a_connection_made_while_the_database_is_away_is_told_and_recorded_later(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world
        .faults(json!([{"on": JOIN, "do": "delay", "ms": 1200}]))
        .await;
    let (answer, ()) = tokio::join!(
        world.connect(&session, CODE),
        away(&world, "connections", 600, 2500)
    );
    answer.expect(200);
    world.becomes("select count(*) from connections", 1).await;
}

async fn tokens_handed_over_while_the_database_is_away_are_kept_for_their_heir(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world
        .control("user", json!({"portal": "acme", "user": 1, "handed_to": 3}))
        .await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 1200}]))
        .await;
    let (answer, ()) = tokio::join!(
        world.connect(&session, CODE),
        away(&world, "credentials", 600, 2500)
    );
    assert_eq!(answer.expect(401).slug(), "reopen_app");
    world
        .becomes("select count(*) from credentials where user_id = 3", 1)
        .await;
}
