//! Removing the app: what proves it, what it erases, and what it leaves alone because it is newer.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{CODE, Db, MovedClock, World};

on_both_databases!(
    without_its_proof_an_uninstall_is_refused,
    an_uninstall_counts_though_its_sender_has_no_patience,
    without_clean_the_connections_stay_without_users_for_the_keep_time,
    a_reinstallation_within_the_keep_time_finds_its_connections,
    an_uninstall_that_comes_twice_is_answered_and_done_once,
    an_uninstall_that_comes_after_the_reinstallation_erases_nothing,
    close_to_the_installation_the_authorization_server_decides,
    an_uninstall_needs_no_living_token,
    whatever_the_order_the_final_state_is_right,
    a_launch_that_was_verified_before_the_uninstall_stores_nothing,
    a_connect_that_ends_after_the_uninstall_leaves_nothing,
);

pub const DONE: &str = "select count(*) from events where state = 'done'";

async fn uninstall_with(world: &World, auth: Value) -> Value {
    world
        .control(
            "event",
            json!({"portal": "acme", "event": "ONAPPUNINSTALL", "auth": auth}),
        )
        .await["status"]
        .clone()
}

/// Installed, opened by two people, one channel connected.
pub async fn lived_in(db: Db, clock: &MovedClock) -> World {
    let clock = clock.clock();
    let world = World::with(db, |config| {
        config.clock = clock;
        config.upkeep.every = Duration::from_millis(100);
    })
    .await;
    world.install("acme").await;
    world.open("acme", 1).await;
    let session = world.open("acme", 2).await;
    world.connect(&session, CODE).await.expect(200);
    world
}

async fn without_its_proof_an_uninstall_is_refused(db: Db) {
    let world = World::new(db).await;
    world.launch("acme", 1).await;
    assert_eq!(uninstall_with(&world, json!({})).await, 403, "an unknown portal");
    let legacy = json!({"portal": "acme", "user": 1, "legacy": true});
    world.post(&world.launch_with(legacy).await).await.expect(200);
    assert_eq!(
        uninstall_with(&world, json!({})).await,
        403,
        "no token was learned yet"
    );
    let launch = world.launch("acme", 1).await;
    world.post(&launch).await.expect(200);
    let token = launch.body["APPLICATION_TOKEN"].clone();
    for auth in [
        json!({"application_token": null}),
        json!({"application_token": ""}),
        json!({"application_token": "wrong"}),
        json!({"application_token": token[..1]}),
        json!({"application_token": token[..token.len() - 1]}),
        json!({"application_token": token[1..]}),
        json!({"application_token": format!("{token}0")}),
        json!({"application_token": format!("{token},wrong")}),
        json!({"application_token": token.to_uppercase()}),
        json!({"member_id": null}),
        json!({"member_id": "0".repeat(32)}),
        json!({"member_id": world.member_id("globex").await}),
    ] {
        assert_eq!(uninstall_with(&world, auth.clone()).await, 403, "{auth}");
    }
    assert_eq!(world.database.number("select count(*) from events").await, 0);
    assert_eq!(world.database.number("select count(*) from credentials").await, 1);
}

async fn without_clean_the_connections_stay_without_users_for_the_keep_time(db: Db) {
    let clock = MovedClock::default();
    let world = lived_in(db, &clock).await;
    let told = world
        .control("uninstall", json!({"portal": "acme", "clean": false}))
        .await;
    assert_eq!(told["status"], 200);
    world.becomes(DONE, 1).await;
    assert_eq!(world.database.number("select count(*) from credentials").await, 0);
    let kept = "select count(*) from connections where user_id is null";
    assert_eq!(world.database.number(kept).await, 1);
    let marked = "select count(*) from portals where gone_at is not null and application_token is null";
    assert_eq!(world.database.number(marked).await, 1);
    clock.forward_days(29);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(world.database.number(kept).await, 1, "the keep time is not over");
    clock.forward_days(2);
    world.becomes("select count(*) from portals", 0).await;
    assert_eq!(world.database.rows().await, 0);
}

async fn a_reinstallation_within_the_keep_time_finds_its_connections(db: Db) {
    let clock = MovedClock::default();
    let world = lived_in(db, &clock).await;
    world
        .control("uninstall", json!({"portal": "acme", "clean": false}))
        .await;
    world.becomes(DONE, 1).await;
    world.install("acme").await;
    let page = world.post(&world.launch("acme", 1).await).await.expect(200);
    assert!(page.body.contains(CODE), "the channel is listed again");
    clock.forward_days(40);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(world.database.number("select count(*) from connections").await, 1);
}

/// The platform sends it once, and waits for nobody.
async fn an_uninstall_counts_though_its_sender_has_no_patience(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let portal = world.portal("acme").await;
    let text = |name: &str| portal[name].as_str().unwrap().to_owned();
    let form = [
        ("event", "ONAPPUNINSTALL".to_owned()),
        ("data[CLEAN]", "1".to_owned()),
        ("ts", world.state().await["clock"]["unix"].to_string()),
        ("auth[member_id]", text("member_id")),
        ("auth[application_token]", text("application_token")),
    ];
    world
        .control("uninstall", json!({"portal": "acme", "clean": true, "times": 0}))
        .await;
    let locked = world.database.lock("portals").await;
    let request = world.request("POST", "/events").form(&form);
    let impatient = request.timeout(Duration::from_millis(700)).send().await;
    assert!(impatient.is_err(), "it was answered before it was kept");
    drop(locked);
    world.becomes("select count(*) from portals", 0).await;
}

async fn an_uninstall_that_comes_twice_is_answered_and_done_once(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let told = world
        .control("uninstall", json!({"portal": "acme", "clean": true, "times": 3}))
        .await;
    let statuses: Vec<_> = told["deliveries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|delivery| delivery["status"].clone())
        .collect();
    assert_eq!(statuses, [200, 200, 200]);
    world.becomes("select count(*) from portals", 0).await;
    world.inbox_is_empty().await;
    assert_eq!(uninstall_with(&world, json!({})).await, 200, "and later, too");
    assert_eq!(world.database.number("select count(*) from erasures").await, 1);
    assert_eq!(world.database.number("select count(*) from events").await, 1);
}

async fn an_uninstall_that_comes_after_the_reinstallation_erases_nothing(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    world
        .control(
            "uninstall",
            json!({"portal": "acme", "clean": true, "hold": true, "times": 2}),
        )
        .await;
    world.control("clock", json!({"advance_s": 120})).await;
    world.install("acme").await;
    let session = world.open("acme", 1).await;
    let told = world.control("release", json!({})).await;
    assert_eq!(
        told["status"], 403,
        "a new installation has a new application token"
    );
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(
        world
            .database
            .number("select count(*) from credentials where user_id = 1")
            .await,
        1
    );

    // The same where the token stays: the time tells.
    let old =
        json!({"portal": "acme", "event": "ONAPPUNINSTALL", "data": {"CLEAN": "1"}, "ts": "1700000000"});
    assert_eq!(world.control("event", old).await["status"], 200);
    world.becomes(DONE, 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn close_to_the_installation_the_authorization_server_decides(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let now = world.state().await["clock"]["unix"].as_i64().unwrap();
    for ts in [now - 200, now, now + 200] {
        let event = json!({"portal": "acme", "event": "ONAPPUNINSTALL", "ts": ts.to_string()});
        assert_eq!(world.control("event", event).await["status"], 200);
    }
    world.becomes(DONE, 3).await;
    assert_eq!(
        world.database.number("select count(*) from credentials").await,
        2,
        "it is installed"
    );
    world.control("clock", json!({"advance_s": -60})).await;
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.becomes("select count(*) from portals", 0).await;
}

async fn an_uninstall_needs_no_living_token(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    world
        .database
        .execute("update credentials set state = 'lost'")
        .await;
    world.control("clock", json!({"advance_s": 3600})).await;
    world.forget_calls().await;
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.becomes("select count(*) from portals", 0).await;
    assert_eq!(world.called().await, [""; 0]);
}

async fn whatever_the_order_the_final_state_is_right(db: Db) {
    let world = World::new(db).await;
    // Install, update, uninstall, install again: sent twice each, all at once, and in reverse.
    for order in ["forward", "reverse"] {
        world.install("acme").await;
        world
            .control(
                "event",
                json!({"portal": "acme", "event": "ONAPPINSTALL", "hold": true, "times": 2}),
            )
            .await;
        world
            .control(
                "update",
                json!({"portal": "acme", "new_token": true, "hold": true, "times": 2}),
            )
            .await;
        world
            .control(
                "uninstall",
                json!({"portal": "acme", "clean": true, "hold": true, "times": 2}),
            )
            .await;
        world.control("clock", json!({"advance_s": 30})).await;
        world.install("acme").await;
        world
            .control(
                "event",
                json!({"portal": "acme", "event": "ONAPPINSTALL", "hold": true, "times": 2}),
            )
            .await;
        let session = world.open("acme", 1).await;
        world
            .control("release", json!({"order": order, "parallel": true}))
            .await;
        world.inbox_is_empty().await;
        world.connect(&session, CODE).await.expect(200);
        let known = "select count(*) from portals where application_token is not null and gone_at is null";
        assert_eq!(world.database.number(known).await, 1, "{order}");
        world.control("clock", json!({"advance_s": 30})).await;
        world
            .control("uninstall", json!({"portal": "acme", "clean": true}))
            .await;
        world.becomes("select count(*) from portals", 0).await;
        world.inbox_is_empty().await;
    }
}

async fn a_launch_that_was_verified_before_the_uninstall_stores_nothing(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    world
        .faults(json!([{"on": "profile", "do": "rotate_then_delay", "ms": 1500}]))
        .await;
    let slow = world.launch("acme", 1).await.with("APPLICATION_TOKEN", "made-up");
    let (page, ()) = tokio::join!(world.post(&slow), async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        world
            .control("uninstall", json!({"portal": "acme", "clean": true}))
            .await;
        world.becomes("select count(*) from portals", 0).await;
    });
    assert_eq!(
        (page.status.as_u16(), page.slug().as_str()),
        (409, "not_installed")
    );
    assert_eq!(world.database.rows().await, 0);
}

async fn a_connect_that_ends_after_the_uninstall_leaves_nothing(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let session = world.open("acme", 1).await;
    world
        .faults(json!([{"on": "imopenlines.network.join", "do": "rotate_then_delay", "ms": 1500}]))
        .await;
    let (answer, ()) = tokio::join!(world.connect(&session, CODE), async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        world
            .control("uninstall", json!({"portal": "acme", "clean": true}))
            .await;
        world.becomes("select count(*) from portals", 0).await;
    });
    answer.expect(200);
    assert_eq!(world.database.rows().await, 0);
    world.connect(&session, CODE).await.expect(401);
}
