//! Events are lost, and the platform does not repeat them: what is gone is found out, erased only when its time is
//! over, and healed by a launch.

use std::time::Duration;

use serde_json::json;

use crate::world::{CODE, Db, MovedClock, World};

on_both_databases!(
    a_lost_uninstall_is_found_out_on_the_next_call,
    what_a_portal_says_alone_proves_nothing,
    a_portal_that_nobody_opens_is_asked_after_slowly,
    a_launch_heals_what_was_gone,
    digests_of_erased_portals_go_after_a_month,
    what_counted_as_gone_by_a_wrong_word_is_asked_once_more_before_it_is_erased,
    an_outage_only_delays_the_question,
    a_token_of_a_former_installation_says_nothing_about_this_one,
    a_word_that_comes_after_the_reinstallation_counts_no_more,
);

const GONE: &str = "select count(*) from portals where gone_at is not null";

async fn kept_up(db: Db, clock: &MovedClock) -> World {
    let clock = clock.clock();
    World::with(db, |config| {
        config.clock = clock;
        config.upkeep.every = Duration::from_millis(50);
    })
    .await
}

async fn lose_uninstall(world: &World) {
    world
        .control(
            "uninstall",
            json!({"portal": "acme", "clean": true, "drop": true}),
        )
        .await;
}

async fn a_lost_uninstall_is_found_out_on_the_next_call(db: Db) {
    let clock = MovedClock::default();
    let world = kept_up(db, &clock).await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    lose_uninstall(&world).await;
    let refused = world.connect(&session, CODE).await.expect(409);
    assert_eq!(refused.slug(), "not_installed");
    world.becomes(GONE, 1).await;
    assert_eq!(
        world.database.number("select count(*) from credentials").await,
        1,
        "erases nothing by itself"
    );
    assert_eq!(world.database.number("select count(*) from connections").await, 1);
    clock.forward_days(31);
    world.becomes("select count(*) from portals", 0).await;
    assert_eq!(world.database.rows().await, 0);
}

async fn what_a_portal_says_alone_proves_nothing(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    for error in ["APPLICATION_NOT_FOUND", "ERROR_OAUTH"] {
        world
            .faults(json!([{"on": "imopenlines.network.join", "do": "error", "error": error, "status": 401}]))
            .await;
        world.connect(&session, CODE).await.expect(409);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(world.database.number(GONE).await, 0);
    let asked = world
        .called()
        .await
        .iter()
        .filter(|call| *call == "app.info")
        .count();
    assert_eq!(asked, 2, "the launch, and one question: nobody is hammered");
    world.connect(&session, CODE).await.expect(200);
}

async fn a_portal_that_nobody_opens_is_asked_after_slowly(db: Db) {
    let clock = MovedClock::default();
    let world = kept_up(db, &clock).await;
    world.open("acme", 1).await;
    world.open("globex", 1).await;
    lose_uninstall(&world).await;
    world.forget_calls().await;
    clock.forward_days(29);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(world.called().await, [""; 0], "29 days are not long");
    clock.forward_days(2);
    world.becomes(GONE, 1).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut calls = world.called().await;
    calls.sort();
    assert_eq!(calls, ["app.info", "app.info"], "each portal once");
    assert_eq!(world.database.number("select count(*) from credentials").await, 2);
}

async fn a_launch_heals_what_was_gone(db: Db) {
    let clock = MovedClock::default();
    let world = kept_up(db, &clock).await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    lose_uninstall(&world).await;
    world.connect(&session, CODE).await.expect(409);
    world.becomes(GONE, 1).await;
    clock.forward_days(10);
    world.install("acme").await;
    assert_eq!(world.database.number(GONE).await, 0);
    clock.forward_days(25);
    let page = world.post(&world.launch("acme", 1).await).await.expect(200);
    assert!(page.body.contains(CODE));
}

async fn digests_of_erased_portals_go_after_a_month(db: Db) {
    let clock = MovedClock::default();
    let world = kept_up(db, &clock).await;
    world.install("acme").await;
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.becomes("select count(*) from erasures", 1).await;
    world.inbox_is_empty().await;
    clock.forward_days(29);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(world.database.number("select count(*) from erasures").await, 1);
    clock.forward_days(2);
    world.becomes("select count(*) from erasures", 0).await;
}

async fn an_outage_only_delays_the_question(db: Db) {
    let clock = MovedClock::default();
    let world = kept_up(db, &clock).await;
    world.open("acme", 1).await;
    world.open("globex", 1).await;
    lose_uninstall(&world).await;
    world.forget_calls().await;
    world
        .faults(json!([{"on": "app.info", "do": "status", "status": 503, "times": 2}]))
        .await;
    clock.forward_days(31);
    let asked = "select count(*) from rest_log where method = 'app.info' and status = 503";
    world.becomes(asked, 2).await;
    assert_eq!(world.database.number(GONE).await, 0);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(world.called().await.len(), 2, "nobody is hammered");
    clock.forward_hours(3);
    world.becomes(GONE, 1).await;
}

async fn a_token_of_a_former_installation_says_nothing_about_this_one(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 2).await;
    world
        .database
        .execute("update credentials set generation = generation - 3600000000")
        .await;
    world.install("acme").await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "error", "error": "NOT_INSTALLED", "status": 401}]))
        .await;
    let answer = world.connect(&session, CODE).await.expect(401);
    assert_eq!(answer.slug(), "reopen_app");
    assert_eq!(world.database.number(GONE).await, 0);
}

async fn a_word_that_comes_after_the_reinstallation_counts_no_more(db: Db) {
    let world = World::new(db).await;
    world.open("acme", 1).await;
    lose_uninstall(&world).await;
    world
        .faults(json!([{"on": "app.info", "do": "rotate_then_delay", "ms": 1500}]))
        .await;
    world
        .control("event", json!({"portal": "acme", "event": "ONAPPPAYMENT"}))
        .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.install("acme").await;
    world.inbox_is_empty().await;
    assert_eq!(world.database.number(GONE).await, 0);
}

async fn what_counted_as_gone_by_a_wrong_word_is_asked_once_more_before_it_is_erased(db: Db) {
    let clock = MovedClock::default();
    let world = kept_up(db, &clock).await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "error", "error": "NOT_INSTALLED", "status": 401}]))
        .await;
    world.connect(&session, CODE).await.expect(409);
    assert_eq!(world.database.number(GONE).await, 1);
    world
        .faults(json!([{"on": "app.info", "do": "status", "status": 503}]))
        .await;
    clock.forward_days(31);
    world.becomes(GONE, 0).await;
    assert_eq!(world.database.number("select count(*) from connections").await, 1);
    let page = world.post(&world.launch("acme", 1).await).await.expect(200);
    assert!(page.body.contains(CODE));
}
