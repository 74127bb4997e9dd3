//! The wire between the app and its database goes dead without a word: nothing is refused and nothing is closed, which is
//! what a partition, a frozen server and a firewall that forgets look like. Nobody waits beyond the budgets, nothing is
//! half believed, and when the wire is back the next press works, although the old connections never end.

use std::time::Duration;

use channel_connect::app::RefreshTiming;
use futures_util::future::join_all;
use serde_json::json;

use super::wired::{database_host, pause, through, wired_database, within};
use crate::world::{CODE, Db, Process, Relay, Told, World};

/// What a request may take when the database says nothing: a connection's patience, a statement's, and a little.
const IN_TIME: Duration = Duration::from_secs(13);

/// What the first requests may take afterwards.
const SOON: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn nobody_waits_long_for_a_silent_database_and_the_next_press_works() {
    let (world, relay) = wired_database().await;
    let mut told = Told::default();
    world.install("acme").await;
    let session = told.open(&world, "acme", 1).await;
    // Every connection that there may be has a statement under way when it happens.
    let lock = world.database.lock("credentials").await;
    let presses = (0..24).map(|_| world.connect(&session, CODE));
    let (answers, ()) = tokio::join!(within(IN_TIME, "a press", join_all(presses)), async {
        pause(500).await;
        relay.silence();
        drop(lock);
    });
    for answer in &answers {
        told.pressed("acme", CODE, answer);
    }
    let launch = world.launch("acme", 2).await;
    let list = [("session", session.as_str())];
    let list = world.request("POST", "/connections").form(&list);
    let event = json!({"portal": "acme", "event": "ONAPPUPDATE"});
    let (launch, press, list, ready, event) = within(
        IN_TIME,
        "a door",
        Box::pin(async {
            tokio::join!(
                world.post(&launch),
                world.connect(&session, CODE),
                world.send(list),
                world.send(world.request("GET", "/readyz")),
                world.control("event", event),
            )
        }),
    )
    .await;
    for answer in [launch, press, list] {
        assert_eq!(answer.expect(503).slug(), "storage_unavailable");
    }
    assert_eq!(
        ready.expect(503).json()["reasons"],
        json!(["storage_unavailable"])
    );
    assert_eq!(event["status"], 503, "what is not kept is not acknowledged");
    told.events_sent += 1;
    relay.heal_forgetting();
    let presses = (0..24).map(|_| world.connect(&session, CODE));
    for answer in within(SOON, "the next press", join_all(presses)).await {
        told.pressed("acme", CODE, &answer);
        answer.expect(200);
    }
    assert!(
        told.event(
            &world,
            json!({"portal": "acme", "event": "ONAPPUPDATE", "data": {"VERSION": "2"}})
        )
        .await
    );
    world.send(world.request("GET", "/readyz")).await.expect(200);
    world.expect_invariants(&told).await;
}

/// A replica that is cut off while it holds the claim on a refresh: the other one waits for the claim's end, and says what
/// it can know. What the first has fetched outranks that as soon as it can be written.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_replica_cut_off_with_a_claim_brings_its_pair_home() {
    let (mut world, relay, mut told, sessions) = two_replicas().await;
    let (cut_off, other) = (sessions[0].0.clone(), sessions[1].0.clone());
    let session = &sessions[0].1;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 900}]))
        .await;
    let (kept, refused) = tokio::join!(world.connect_at(&cut_off, session, CODE), async {
        pause(400).await;
        relay.silence();
        // The claim is over before the press that holds it is.
        pause(1200).await;
        world.connect_at(&other, session, CODE).await
    });
    told.pressed("acme", CODE, &kept);
    kept.expect(200);
    told.pressed("acme", CODE, &refused);
    assert_eq!(refused.expect(401).slug(), "reopen_app");
    let state = "select state from credentials";
    assert_eq!(world.database.text(state).await, "lost", "nobody has revoked it");
    relay.heal_forgetting();
    for _ in 0..200 {
        if world.database.text(state).await == "live" {
            break;
        }
        pause(50).await;
    }
    world.turn_to(&other);
    told.press(&world, "acme", session).await.expect(200);
    told.refreshes_unanswered = 1;
    world.expect_invariants(&told).await;
}

/// The same, and the person does not wait for it: the app is opened afresh at the replica that serves.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_pair_that_comes_home_late_does_not_replace_a_newer_launch() {
    let (mut world, relay, mut told, sessions) = two_replicas().await;
    let (cut_off, other) = (sessions[0].0.clone(), sessions[1].0.clone());
    let session = &sessions[0].1;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 900}]))
        .await;
    let (kept, ()) = tokio::join!(world.connect_at(&cut_off, session, CODE), async {
        pause(400).await;
        relay.silence();
        pause(1200).await;
        world.connect_at(&other, session, CODE).await.expect(401);
    });
    world.turn_to(&other);
    kept.expect(200);
    let fresh = told.open(&world, "acme", 1).await;
    let generation = "select generation from credentials";
    let launched = world.database.number(generation).await;
    relay.heal_forgetting();
    pause(1500).await;
    assert_eq!(world.database.number(generation).await, launched);
    told.press(&world, "acme", &fresh).await.expect(200);
    world.turn_to(&cut_off);
    told.recovers(&world, "acme", 1, &fresh).await;
    told.refreshes_unanswered = 1;
    world.expect_invariants(&told).await;
}

/// Two replicas, of which the first reaches the database through the relay; each with a session of the same person, whose
/// token has expired. Claims are short.
async fn two_replicas() -> (World, Relay, Told, Vec<(String, String)>) {
    let mut world = World::without_app(Db::Postgres).await;
    let relay = Relay::to(&database_host(&world)).await;
    let mut told = Told::default();
    let mut sessions = Vec::new();
    let by_wire = through(&world, &relay);
    let timing = RefreshTiming {
        claim: Duration::from_secs(1),
        patience: Duration::from_secs(20),
    };
    world
        .start_app(|config| {
            by_wire(config);
            config.refresh = timing;
        })
        .await;
    sessions.push((world.app_url.clone(), told.open(&world, "acme", 1).await));
    world.start_app(|config| config.refresh = timing).await;
    sessions.push((world.app_url.clone(), told.open(&world, "acme", 1).await));
    world.expire("acme").await;
    (world, relay, told, sessions)
}

/// Whoever stops a process whose database says nothing need not wait for the network to find out.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_process_ends_in_time_although_its_database_says_nothing() {
    let mut world = World::without_app(Db::Postgres).await;
    let relay = Relay::to(&database_host(&world)).await;
    let url = relay.url(&world.database.url);
    let mut process = Process::start(&world, &[("DATABASE_URL", &url)]).await;
    world.turn_to(&process.app_url);
    let session = world.open("acme", 1).await;
    let lock = world.database.lock("credentials").await;
    let presses = (0..20).map(|_| world.connect(&session, CODE));
    let (answers, ()) = tokio::join!(join_all(presses), async {
        pause(400).await;
        relay.silence();
        drop(lock);
        process.terminate();
    });
    for answer in answers {
        assert_eq!(answer.expect(503).slug(), "storage_unavailable");
    }
    let ended = within(Duration::from_secs(20), "the end", process.ended());
    assert!(ended.await, "{}", process.log());
}
