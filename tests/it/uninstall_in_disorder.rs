//! Removing the app while other things happen: launches that are late, clocks that differ, strangers who send floods.

use std::sync::Arc;
use std::time::Duration;

use channel_connect::seal::{KeyRing, MasterKey};
use serde_json::json;

use crate::uninstall::{DONE, lived_in};
use crate::world::{CODE, Db, KEYS, MovedClock, World};

on_both_databases!(
    a_launch_that_was_verified_before_an_uninstall_takes_no_kept_connection_along,
    a_launch_that_was_verified_before_an_uninstall_harms_no_newer_installation,
    a_clock_of_ours_that_is_ahead_keeps_no_reinstallation_out,
    a_clock_of_ours_that_is_behind_lets_no_late_launch_in,
    a_portals_clock_that_is_behind_hides_no_uninstall,
    a_portals_clock_that_is_ahead_proves_nothing,
    a_flood_does_not_hold_an_uninstall_up,
    whatever_happens_at_once_an_uninstall_leaves_no_token_no_user_and_no_call,
    after_a_change_of_keys_an_uninstall_and_its_repetition_are_still_recognised,
);

/// A launch that the authorization server has vouched for, and that the portal's `profile` then holds up while the
/// app is removed, and `meanwhile` happens.
async fn late_launch(world: &World, clean: bool, meanwhile: impl AsyncFnOnce()) -> (u16, String) {
    world
        .faults(json!([{"on": "profile", "do": "rotate_then_delay", "ms": 2500}]))
        .await;
    let slow = world.launch("acme", 1).await.with("APPLICATION_TOKEN", "made-up");
    let (page, ()) = tokio::join!(world.post(&slow), async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        world
            .control("uninstall", json!({"portal": "acme", "clean": clean}))
            .await;
        world.becomes(DONE, 1).await;
        meanwhile().await;
    });
    (page.status.as_u16(), page.slug())
}

async fn a_launch_that_was_verified_before_an_uninstall_takes_no_kept_connection_along(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let told = late_launch(&world, false, async || ()).await;
    assert_eq!(told, (409, "not_installed".to_owned()));
    assert_eq!(world.database.number("select count(*) from credentials").await, 0);
    let kept = "select count(*) from connections where user_id is null";
    assert_eq!(world.database.number(kept).await, 1);
    let gone = "select count(*) from portals where gone_at is not null and application_token is null";
    assert_eq!(world.database.number(gone).await, 1);
}

async fn a_launch_that_was_verified_before_an_uninstall_harms_no_newer_installation(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let told = late_launch(&world, true, async || {
        world.control("clock", json!({"advance_s": 30})).await;
        world.install("acme").await;
    })
    .await;
    assert_eq!(told, (409, "not_installed".to_owned()));
    assert_eq!(world.database.number("select count(*) from portals").await, 1);
    assert_eq!(world.database.number("select count(*) from credentials").await, 1);
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    world.control("clock", json!({"advance_s": 30})).await;
    let told = world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    assert_eq!(told["status"], 200, "the new application token is still known");
    world.becomes("select count(*) from portals", 0).await;
}

async fn a_clock_of_ours_that_is_ahead_keeps_no_reinstallation_out(db: Db) {
    let clock = MovedClock::default();
    clock.forward_hours(1);
    let world = lived_in(db, &clock).await;
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.becomes("select count(*) from portals", 0).await;
    world.inbox_is_empty().await;
    world.control("clock", json!({"advance_s": 10})).await;
    world.install("acme").await;
    assert_eq!(world.database.number("select count(*) from portals").await, 1);
}

async fn a_clock_of_ours_that_is_behind_lets_no_late_launch_in(db: Db) {
    let clock = MovedClock::default();
    clock.forward_hours(-1);
    let world = lived_in(db, &clock).await;
    let told = late_launch(&world, true, async || ()).await;
    assert_eq!(told, (409, "not_installed".to_owned()));
    assert_eq!(world.database.rows().await, 0);
}

async fn a_portals_clock_that_is_behind_hides_no_uninstall(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let ts = (world.state().await["clock"]["unix"].as_i64().unwrap() - 7200).to_string();
    world
        .control("uninstall", json!({"portal": "acme", "clean": true, "ts": ts}))
        .await;
    world.becomes(DONE, 1).await;
    let gone = "select count(*) from portals where gone_at is not null";
    assert_eq!(
        world.database.number(gone).await,
        1,
        "the authorization server knows"
    );
}

async fn a_portals_clock_that_is_ahead_proves_nothing(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let tomorrow = world.state().await["clock"]["unix"].as_i64().unwrap() + 86400;
    // The last second that there is, too.
    for ts in [tomorrow, 253_402_207_200] {
        let ts = ts.to_string();
        let event = json!({"portal": "acme", "event": "ONAPPUNINSTALL", "data": {"CLEAN": "1"}, "ts": ts});
        assert_eq!(world.control("event", event).await["status"], 200);
    }
    world.becomes(DONE, 2).await;
    assert_eq!(
        world.database.number("select count(*) from credentials").await,
        2,
        "it is installed"
    );
}

async fn a_flood_does_not_hold_an_uninstall_up(db: Db) {
    let world = lived_in(db, &MovedClock::default()).await;
    let member_id = world.member_id("acme").await;
    world.control("clock", json!({"advance_s": 3600})).await;
    world
        .faults(json!([{"on": "app.info", "do": "delay", "ms": 300, "times": 0}]))
        .await;
    for number in 0..400 {
        let token = format!("garbage{number}");
        let form = [
            ("event", "ONAPPINSTALL"),
            ("auth[member_id]", &member_id),
            ("auth[access_token]", &token),
            ("auth[refresh_token]", &token),
        ];
        world
            .send(world.request("POST", "/events").form(&form))
            .await
            .expect(200);
    }
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.becomes("select count(*) from portals", 0).await;
    let waiting = "select count(*) from events where state = 'waiting'";
    assert!(world.database.number(waiting).await > 100, "before the garbage");
}

async fn after_a_change_of_keys_an_uninstall_and_its_repetition_are_still_recognised(db: Db) {
    let mut world = lived_in(db, &MovedClock::default()).await;
    let token = world.portal("acme").await["application_token"].clone();
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.becomes("select count(*) from portals", 0).await;
    world.control("clock", json!({"advance_s": 30})).await;
    world.install("globex").await;
    let both = format!("newer:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=,{KEYS}");
    let keys = KeyRing::new(&MasterKey::parse_list(&both).unwrap()).unwrap();
    world
        .start_second_app(|config| config.keys = Arc::new(keys))
        .await;
    let again = |portal: &str, auth: serde_json::Value| json!({"portal": portal, "event": "ONAPPUNINSTALL", "auth": auth, "handler": format!("{}/events", world.app_url)});
    let acme = again("acme", json!({"application_token": token}));
    assert_eq!(world.control("event", acme).await["status"], 200);
    let globex = json!({"portal": "globex", "clean": true, "handler": format!("{}/events", world.app_url)});
    assert_eq!(world.control("uninstall", globex).await["status"], 200);
    world.becomes("select count(*) from portals", 0).await;
}

async fn whatever_happens_at_once_an_uninstall_leaves_no_token_no_user_and_no_call(db: Db) {
    let mut world = lived_in(db, &MovedClock::default()).await;
    let first = world.app_url.clone();
    world.start_second_app(|_| ()).await;
    for round in 0..8_u64 {
        let clean = round % 2 == 0;
        world.control("clock", json!({"advance_s": 30})).await;
        world.install("acme").await;
        let session = world.open("acme", 1).await;
        world.expire("acme").await;
        // Made before: whom the emulator lets open the app has it installed.
        let mut made = Vec::new();
        for user in [1, 2, 3, 1, 2, 3, 1, 2, 3] {
            made.push(world.launch("acme", user).await);
        }
        let launches = async |number: usize| {
            for launch in made.iter().skip(number).step_by(3) {
                world.post(launch).await;
            }
        };
        let connects = async |app_url: &str| {
            world.connect_at(app_url, &session, CODE).await;
            world.connect_at(app_url, &session, CODE).await;
        };
        tokio::join!(
            launches(0),
            launches(1),
            launches(2),
            connects(&first),
            connects(&world.app_url),
            async {
                tokio::time::sleep(Duration::from_millis(15 * round)).await;
                world
                    .control("uninstall", json!({"portal": "acme", "clean": clean, "times": 2}))
                    .await;
            }
        );
        world.inbox_is_empty().await;
        world
            .becomes("select count(*) from rest_log where member_id is not null", 0)
            .await;
        for left in ["credentials", "connections where user_id is not null"] {
            let left = format!("select count(*) from {left}");
            assert_eq!(world.database.number(&left).await, 0, "round {round}: {left}");
        }
        if clean {
            assert_eq!(world.database.rows().await, 0, "round {round}");
        }
    }
}
