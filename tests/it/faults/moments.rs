//! The database breaks at each moment of a launch, a connect, a refresh, an event and a list, in each way in which a wire
//! can break: refused, cut in the middle of a statement, or dead without a word. All moments are met at once, by different
//! people. What each of them is told is true, and afterwards it goes on without anybody's help.

use std::time::Duration;

use serde_json::json;

use super::wired::{JOIN, pause, wired_database, within};
use crate::world::{Answer, CODE, Relay, Told, World};

/// What a request may take: a connection's patience, a statement's, and a little.
const IN_TIME: Duration = Duration::from_secs(14);

/// When it breaks, and when the other side answers what it was asked before.
const BREAKS_AT: u64 = 400;
const ANSWERS_AT: u64 = 900;

async fn list(world: &World, session: &str) -> Answer {
    let request = world.request("POST", "/connections");
    world
        .send(
            request
                .form(&[("session", session)])
                .header("accept", "application/json"),
        )
        .await
}

/// Presses and launches that are under way when it breaks, and what comes while it is broken.
async fn meets_all_moments(breaks: impl AsyncFn(&Relay), heals: impl AsyncFn(&Relay)) {
    let (world, relay) = wired_database().await;
    let mut told = Told::default();
    world.install("acme").await;
    let sessions = [
        told.open(&world, "acme", 1).await,
        told.open(&world, "acme", 2).await,
        told.open(&world, "globex", 1).await,
    ];
    for portal in ["acme", "globex"] {
        world
            .control(
                "expire",
                json!({"portal": portal, "user": if portal == "acme" { 2 } else { 1 }}),
            )
            .await;
    }
    let late = |on: &str, portal: &str, deed: &str| json!({"on": on, "portal": portal, "do": deed, "ms": ANSWERS_AT, "times": 2});
    world
        .faults(json!([
            late(JOIN, "acme", "delay"),
            late("token", "globex", "rotate_then_delay"),
            {"on": "app.info", "do": "delay", "ms": ANSWERS_AT},
        ]))
        .await;
    world.forget_calls().await;
    let launch = world.launch("globex", 2).await;
    let (joined, unclaimed, refreshed, launched, (event, listed)) = within(IN_TIME, "a door", async {
        tokio::join!(
            world.connect(&sessions[0], CODE),
            world.connect(&sessions[1], CODE),
            world.connect(&sessions[2], CODE),
            world.post(&launch),
            async {
                pause(BREAKS_AT).await;
                breaks(&relay).await;
                let event = json!({"portal": "acme", "event": "ONAPPUPDATE"});
                tokio::join!(told.event(&world, event), list(&world, &sessions[0]))
            },
        )
    })
    .await;
    // The portal had joined: that is what is said, whatever the database says.
    told.pressed("acme", CODE, &joined);
    joined.expect(200);
    // Expired, and nobody could claim the refresh: nothing is spent.
    assert_eq!(unclaimed.expect(503).slug(), "storage_unavailable");
    // The new pair had come: it is used, and kept when that is possible.
    told.pressed("globex", CODE, &refreshed);
    refreshed.expect(200);
    assert_eq!(launched.expect(503).slug(), "storage_unavailable");
    assert!(!event, "what is not kept is not acknowledged");
    assert_eq!(listed.expect(503).slug(), "storage_unavailable");
    let spent = world
        .called()
        .await
        .iter()
        .filter(|method| *method == "token")
        .count();
    assert_eq!(spent, 1, "the one that was under way");

    heals(&relay).await;
    told.opened.insert(("globex".into(), 1));
    for (session, portal, user) in [(0, "acme", 1), (1, "acme", 2), (2, "globex", 1)] {
        told.recovers(&world, portal, user, &sessions[session]).await;
    }
    told.open(&world, "globex", 2).await;
    list(&world, &sessions[0]).await.expect(200);
    let again = json!({"portal": "acme", "event": "ONAPPUPDATE", "data": {"VERSION": "9"}});
    assert!(told.event(&world, again).await);
    world.expect_invariants(&told).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn the_database_refuses_at_every_moment() {
    Box::pin(meets_all_moments(
        async |relay| relay.refuse().await,
        async |relay| relay.accept().await,
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn the_database_goes_silent_at_every_moment_and_its_old_connections_never_end() {
    Box::pin(meets_all_moments(
        async |relay| relay.silence(),
        async |relay| relay.heal_forgetting(),
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn the_database_is_frozen_at_every_moment_and_goes_on_with_what_it_was_asked() {
    Box::pin(meets_all_moments(
        async |relay| relay.silence(),
        async |relay| relay.heal(),
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn answers_of_the_database_are_lost_at_every_moment() {
    Box::pin(meets_all_moments(
        async |relay| relay.silence_answers(),
        async |relay| relay.heal_forgetting(),
    ))
    .await;
}

/// Everybody who has a statement under way loses it at one moment; the next press finds new connections.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn statements_that_are_cut_are_told_and_what_was_fetched_is_kept() {
    let (world, relay) = wired_database().await;
    let mut told = Told::default();
    let (one, two) = (
        told.open(&world, "acme", 1).await,
        told.open(&world, "globex", 1).await,
    );
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 500}]))
        .await;
    let (refreshed, (read, event)) = tokio::join!(world.connect(&one, CODE), async {
        pause(250).await;
        // Both tables at once: what is asked from here on waits for its turn.
        let credentials = world.database.lock("credentials").await;
        let events = world.database.lock("events").await;
        let event = json!({"portal": "acme", "event": "ONAPPINSTALL"});
        let ((), read, event) = tokio::join!(
            async {
                pause(700).await;
                relay.cut();
                drop((credentials, events));
            },
            world.connect(&two, CODE),
            told.event(&world, event),
        );
        (read, event)
    });
    told.pressed("acme", CODE, &refreshed);
    refreshed.expect(200);
    told.pressed("globex", CODE, &read);
    // On a connection that was lent unasked it was done once more, on any other one it is told.
    if read.status != 200 {
        assert_eq!(read.expect(503).slug(), "storage_unavailable");
    }
    // The same for the event, which is acknowledged only if it is kept: the invariants look.
    if !event {
        told.event(&world, json!({"portal": "globex", "event": "ONAPPINSTALL"}))
            .await;
    }
    told.press(&world, "globex", &two).await.expect(200);
    told.press(&world, "acme", &one).await.expect(200);
    world.expect_invariants(&told).await;
}
