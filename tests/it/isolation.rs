//! Two portals: nothing of the one is ever visible or changeable with what the other has. Its rows are compared letter by
//! letter, the answers are looked through for its words, and its host is never called on the other's account.

mod arms;
mod commands;
mod doors;
mod together;

use serde_json::json;

use crate::world::{CODE, Db, World};
use arms::Arms;

on_both_databases!(
    no_door_shows_or_changes_another_portal,
    no_command_about_one_portal_shows_or_changes_another,
    what_is_erased_of_one_portal_leaves_the_other_as_it_was,
    a_host_that_another_portal_has_taken_over_gives_it_nothing,
    a_user_acts_with_tokens_of_their_own_and_shares_the_portals_channels,
);

/// The channel that only `acme` has connected.
const ACMES: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

/// Both portals with several users, channels, events and calls: an equal channel in both, and equal user ids.
async fn two_portals(db: Db) -> World {
    let world = World::new(db).await;
    for portal in ["acme", "globex"] {
        world.install(portal).await;
        for user in [1, 2, 3] {
            let session = world.open(portal, user).await;
            world.connect(&session, CODE).await.expect(200);
        }
        world
            .control("event", json!({"portal": portal, "event": "ONAPPINSTALL"}))
            .await;
        world
            .control("event", json!({"portal": portal, "event": "ONAPPPAYMENT"}))
            .await;
    }
    let session = world.open("acme", 2).await;
    world.connect(&session, ACMES).await.expect(200);
    world.inbox_is_empty().await;
    settled(&world).await;
    world
}

/// Waits until every call has been written down, so that no row of before appears afterwards.
async fn settled(world: &World) {
    let calls = i64::try_from(world.called().await.len()).unwrap();
    world.becomes("select count(*) from rest_log", calls).await;
    world
        .becomes("select count(*) from events where state = 'waiting'", 0)
        .await;
}

/// Everything in any table that belongs to a portal, table by table and row by row.
async fn rows_of(world: &World, member_id: &str) -> Vec<String> {
    let (dump, mut table, mut rows) = (world.database.dump().await, String::new(), Vec::new());
    for line in dump.lines() {
        match line.strip_prefix("== ") {
            Some(name) => name.clone_into(&mut table),
            None if line.contains(member_id) => rows.push(format!("{table}: {line}")),
            None => {}
        }
    }
    rows.sort();
    assert!(rows.len() > 8, "{member_id} has rows: {rows:?}");
    rows
}

/// Says that nothing of a portal has changed; what others have claimed of it may lie in the inbox as a dead letter.
async fn expect_untouched(world: &World, member_id: &str, before: &[String]) {
    let after = rows_of(world, member_id).await;
    for row in before {
        assert!(after.contains(row), "changed or gone: {row}\nnow: {after:#?}");
    }
    for row in after.iter().filter(|row| !before.contains(row)) {
        // A payment is a hint that anybody may give: at most, the authorization server is asked.
        let dead = row.contains("'dead'") || row.contains(",dead,");
        let claimed = row.starts_with("events: ") && (dead || row.contains("onapppayment"));
        assert!(claimed, "new: {row}");
    }
}

async fn no_door_shows_or_changes_another_portal(db: Db) {
    let world = two_portals(db).await;
    let acme = world.member_id("acme").await;
    let before = rows_of(&world, &acme).await;
    world.forget_calls().await;
    let arms = Arms::of_globex(&world, &acme).await;
    doors::all(&world, &arms).await;
    world.inbox_is_empty().await;
    let host = world.portal_host("acme");
    for call in world.calls().await {
        assert_ne!(call.host, host, "{} was called for globex", call.method);
    }
    expect_untouched(&world, &acme, &before).await;
    let session = world.open("acme", 1).await;
    world.connect(&session, ACMES).await.expect(200);
}

async fn no_command_about_one_portal_shows_or_changes_another(db: Db) {
    let world = two_portals(db).await;
    let acme = world.member_id("acme").await;
    let before = rows_of(&world, &acme).await;
    commands::all(&world, &acme).await;
    expect_untouched(&world, &acme, &before).await;
    assert_eq!(before, rows_of(&world, &acme).await);
}

async fn what_is_erased_of_one_portal_leaves_the_other_as_it_was(db: Db) {
    let world = two_portals(db).await;
    let (acme, globex) = (world.member_id("acme").await, world.member_id("globex").await);
    let before = rows_of(&world, &acme).await;
    let sessions = [world.open("globex", 1).await, world.open("globex", 2).await];
    world
        .control("uninstall", json!({"portal": "globex", "clean": true}))
        .await;
    let left = format!("select count(*) from portals where member_id = '{globex}'");
    world.becomes(&left, 0).await;
    world.inbox_is_empty().await;
    for session in sessions {
        world.connect(&session, CODE).await.expect(401);
    }
    assert_eq!(before, rows_of(&world, &acme).await, "after an uninstall");
    world.install("globex").await;
    world.command(&["portals", "forget", &globex]).await.expect(0);
    assert_eq!(before, rows_of(&world, &acme).await, "after portals forget");
    let session = world.open("acme", 1).await;
    let page = world.connect_page(&session, CODE).await.expect(200);
    assert!(page.body.contains(ACMES), "its channels are there");
}

async fn a_host_that_another_portal_has_taken_over_gives_it_nothing(db: Db) {
    together::host_taken_over(db).await;
}

async fn a_user_acts_with_tokens_of_their_own_and_shares_the_portals_channels(db: Db) {
    together::users_of_one_portal(db).await;
}
