//! Lifecycle events: kept before they are answered, believed only as far as they are proven, done once.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{Answer, Db, Process, World};

on_both_databases!(
    what_is_no_event_is_refused_and_what_was_not_asked_for_is_left_alone,
    an_install_teaches_the_application_token_that_an_old_portals_launch_did_not_bring,
    an_install_is_believed_like_a_launch_only,
    events_that_come_twice_are_kept_once,
    an_update_brings_a_new_application_token_and_binds_again,
    an_updates_token_by_no_administrator_is_not_learned,
    a_token_that_could_not_be_proven_is_tried_again,
    an_outage_only_delays_an_event,
    what_a_killed_process_has_taken_is_done_by_another,
    replicas_never_do_an_event_twice,
    a_payment_is_a_hint_and_asks_at_most_once_in_a_while,
    events_are_never_answered_before_they_are_kept,
    ten_thousand_events_in_a_burst_are_all_kept_and_done,
);

const TOKEN: &str = "select count(*) from portals where application_token is not null";
const DONE: &str = "select count(*) from events where state = 'done'";
const DEAD: &str = "select count(*) from events where state = 'dead'";

/// A burst, and how many senders it comes from.
const BURST: i64 = 10_000;
const SENDERS: i64 = 100;

async fn post(world: &World, form: &[(&str, &str)]) -> Answer {
    world.send(world.request("POST", "/events").form(form)).await
}

async fn what_is_no_event_is_refused_and_what_was_not_asked_for_is_left_alone(db: Db) {
    let world = World::new(db).await;
    post(&world, &[("hello", "world")]).await.expect(400);
    post(&world, &[]).await.expect(400);
    post(&world, &[("event", "ONAPPINSTALL"), ("event", "ONAPPUNINSTALL")])
        .await
        .expect(400);
    post(&world, &[("event", "ONAPPINSTALL"), ("pad", &"x".repeat(70_000))])
        .await
        .expect(413);
    post(&world, &[("event", "ONCRMLEADADD"), ("data[FIELDS][ID]", "7")])
        .await
        .expect(200);
    assert_eq!(world.database.number("select count(*) from events").await, 0);
    assert_eq!(world.called().await, [""; 0]);
    world.send(world.request("GET", "/events")).await.expect(405);
}

async fn an_install_teaches_the_application_token_that_an_old_portals_launch_did_not_bring(db: Db) {
    let world = World::new(db).await;
    let wish = json!({"portal": "acme", "user": 1, "install": true, "legacy": true});
    world.post(&world.launch_with(wish).await).await.expect(200);
    assert_eq!(world.database.number(TOKEN).await, 0);
    let told = world
        .control(
            "install",
            json!({"portal": "acme", "deliver": true, "event_handler_id": null}),
        )
        .await;
    assert_eq!(told["status"], 200, "{told}");
    world.becomes(TOKEN, 1).await;
    world.inbox_is_empty().await;
    let kept = "select count(*) from events where body is not null";
    assert_eq!(
        world.database.number(kept).await,
        0,
        "a body is wiped once it is processed"
    );
}

async fn an_install_is_believed_like_a_launch_only(db: Db) {
    let world = World::new(db).await;
    world.launch("acme", 1).await;
    let foreign = world
        .control(
            "token",
            json!({"portal": "acme", "user": 1, "client_id": "app.somebody.elses"}),
        )
        .await;
    let globex = world.member_id("globex").await;
    for auth in [
        json!({"access_token": foreign["access_token"], "refresh_token": foreign["refresh_token"]}),
        json!({"access_token": "made-up"}),
        json!({"access_token": null}),
        json!({"member_id": globex}),
        json!({"member_id": "nobody"}),
    ] {
        let told = world
            .control(
                "event",
                json!({"portal": "acme", "event": "ONAPPINSTALL", "auth": auth}),
            )
            .await;
        assert_eq!(told["status"], 200, "judged after the answer: {told}");
    }
    world.becomes(DEAD, 5).await;
    assert_eq!(world.database.rows().await, 0, "nothing is stored");
}

async fn events_that_come_twice_are_kept_once(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    world.forget_calls().await;
    let told = world
        .control(
            "event",
            json!({"portal": "acme", "event": "ONAPPINSTALL", "times": 20, "parallel": true}),
        )
        .await;
    let answered = told["deliveries"].as_array().unwrap();
    assert!(answered.iter().all(|delivery| delivery["status"] == 200));
    world.becomes(DONE, 1).await;
    world.inbox_is_empty().await;
    assert_eq!(world.database.number("select count(*) from events").await, 1);
    assert_eq!(world.called().await, ["app.info"]);
}

async fn an_update_brings_a_new_application_token_and_binds_again(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    let old = world.portal("acme").await["application_token"].clone();
    let told = world
        .control("update", json!({"portal": "acme", "new_token": true}))
        .await;
    assert_eq!(told["status"], 200);
    world.becomes(DONE, 1).await;
    let portal = world.portal("acme").await;
    assert_eq!(
        portal["bindings"].as_array().unwrap().len(),
        4,
        "handlers were wiped"
    );
    let uninstall = |token: &Value| json!({"portal": "acme", "event": "ONAPPUNINSTALL", "auth": {"application_token": token}});
    let told = world.control("event", uninstall(&old)).await;
    assert_eq!(told["status"], 403, "the old one no longer counts");
    let told = world
        .control("event", uninstall(&portal["application_token"]))
        .await;
    assert_eq!(told["status"], 200);
}

async fn an_updates_token_by_no_administrator_is_not_learned(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    let old = world.portal("acme").await["application_token"].clone();
    let update = json!({
        "portal": "acme", "event": "ONAPPUPDATE", "user": 2, "auth": {"application_token": "planted"},
    });
    world.control("event", update).await;
    world.becomes(DONE, 1).await;
    for (token, status) in [(json!("planted"), 403), (old, 200)] {
        let uninstall =
            json!({"portal": "acme", "event": "ONAPPUNINSTALL", "auth": {"application_token": token}});
        assert_eq!(world.control("event", uninstall).await["status"], status);
    }
}

async fn a_token_that_could_not_be_proven_is_tried_again(db: Db) {
    let world = World::new(db).await;
    let wish = json!({"portal": "acme", "user": 1, "install": true, "legacy": true});
    world.post(&world.launch_with(wish).await).await.expect(200);
    world
        .faults(json!([{"on": "profile", "do": "status", "status": 502}]))
        .await;
    world
        .control("install", json!({"portal": "acme", "deliver": true}))
        .await;
    world
        .becomes("select count(*) from events where outcome is not null", 1)
        .await;
    assert_eq!(world.database.number(TOKEN).await, 0, "not learned now");
    world.hurry_events().await;
    world.becomes(TOKEN, 1).await;
    world.becomes(DONE, 1).await;
}

async fn an_outage_only_delays_an_event(db: Db) {
    let world = World::new(db).await;
    world.launch("acme", 1).await;
    world
        .faults(json!([
            {"on": "app.info", "do": "html"},
            {"on": "app.info", "do": "drop"},
            {"on": "app.info", "do": "status", "status": 503},
        ]))
        .await;
    world
        .control("event", json!({"portal": "acme", "event": "ONAPPINSTALL"}))
        .await;
    for attempts in 1..=3 {
        let tried =
            format!("select count(*) from events where attempts = {attempts} and outcome is not null");
        world.becomes(&tried, 1).await;
        assert_eq!(world.database.rows().await, 0);
        world.hurry_events().await;
    }
    world.becomes(DONE, 1).await;
    assert_eq!(world.database.number(TOKEN).await, 1);
}

async fn what_a_killed_process_has_taken_is_done_by_another(db: Db) {
    let mut world = World::without_app(db).await;
    let mut first = Process::start(&world, &[]).await;
    world.turn_to(&first.app_url);
    world.launch("acme", 1).await;
    world.faults(json!([{"on": "app.info", "do": "hang"}])).await;
    let told = world
        .control("event", json!({"portal": "acme", "event": "ONAPPINSTALL"}))
        .await;
    assert_eq!(told["status"], 200);
    while world.called().await.is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let taken = "select count(*) from events where worker is not null";
    assert_eq!(world.database.number(taken).await, 1);
    first.kill();
    let second = Process::start(&world, &[]).await;
    world.turn_to(&second.app_url);
    world.hurry_events().await;
    world.becomes(DONE, 1).await;
    assert_eq!(world.database.number(TOKEN).await, 1);
}

async fn replicas_never_do_an_event_twice(db: Db) {
    let mut world = World::new(db).await;
    world.install("acme").await;
    for _ in 0..2 {
        world.start_second_app(|_| ()).await;
    }
    world.forget_calls().await;
    let events: Vec<_> = (0..120)
        .map(|number| {
            let ts = (1_700_000_000 + number).to_string();
            json!({"portal": "acme", "event": "ONAPPINSTALL", "ts": ts, "background": true})
        })
        .collect();
    world.control("event", Value::Array(events)).await;
    world.becomes(DONE, 120).await;
    let verified = world
        .called()
        .await
        .iter()
        .filter(|call| *call == "app.info")
        .count();
    assert!(
        (120..=130).contains(&verified),
        "{verified} questions for 120 events"
    );
    let tried = "select count(*) from events where attempts > 1";
    assert_eq!(world.database.number(tried).await, 0);
}

async fn a_payment_is_a_hint_and_asks_at_most_once_in_a_while(db: Db) {
    let world = World::new(db).await;
    world.open("acme", 1).await;
    world
        .control("portal", json!({"portal": "acme", "status": "P"}))
        .await;
    world.forget_calls().await;
    for number in 0..5 {
        let told = world
            .control(
                "event",
                json!({"portal": "acme", "event": "ONAPPPAYMENT", "ts": (1_700_000_000 + number).to_string()}),
            )
            .await;
        assert_eq!(told["status"], 200, "it needs no application token");
    }
    world.becomes(DONE, 5).await;
    assert_eq!(world.called().await, ["app.info"]);
    assert_eq!(world.database.text("select status from portals").await, "P");
    post(
        &world,
        &[("event", "ONAPPPAYMENT"), ("auth[member_id]", &"0".repeat(32))],
    )
    .await
    .expect(200);
    world.becomes(DONE, 6).await;
    assert_eq!(
        world.called().await,
        ["app.info"],
        "nobody is asked about a stranger"
    );
}

async fn events_are_never_answered_before_they_are_kept(db: Db) {
    let world = World::new(db).await;
    world.database.execute("alter table events rename to away").await;
    let told = world
        .control("event", json!({"portal": "acme", "event": "ONAPPINSTALL"}))
        .await;
    assert_eq!(told["status"], 503, "{told}");
    world.database.execute("alter table away rename to events").await;
    let told = world
        .control("event", json!({"portal": "acme", "event": "ONAPPINSTALL"}))
        .await;
    assert_eq!(told["status"], 200, "{told}");
    assert_eq!(world.database.number("select count(*) from events").await, 1);
}

async fn ten_thousand_events_in_a_burst_are_all_kept_and_done(db: Db) {
    let world = World::new(db).await;
    world.open("acme", 1).await;
    let member_id = world.member_id("acme").await;
    let numbers = std::sync::atomic::AtomicI64::new(1_700_000_000);
    let sender = async || {
        for _ in 0..BURST / SENDERS {
            let ts = numbers
                .fetch_add(1, std::sync::atomic::Ordering::Relaxed)
                .to_string();
            let event = [
                ("event", "ONAPPPAYMENT"),
                ("ts", &ts),
                ("auth[member_id]", &member_id),
            ];
            post(&world, &event).await.expect(200);
        }
    };
    futures_util::future::join_all((0..SENDERS).map(|_| sender())).await;
    assert_eq!(world.database.number("select count(*) from events").await, BURST);
    for _ in 0..30 {
        if world.database.number(DONE).await == BURST {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(world.database.number(DONE).await, BURST);
}
