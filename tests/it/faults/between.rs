//! The wire between the app and the authorization server breaks: refused, cut before or within an answer, dead without a
//! word in one direction or both. What was not sent costs nothing; of what was sent and never answered nobody is accused.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use super::wired::{pause, wired_server, within};
use crate::world::{CODE, Db, Relay, Told, World};

on_both_databases!(
    a_refused_server_costs_nothing,
    a_question_that_never_arrived_costs_nothing,
    a_question_that_arrives_after_its_time_is_never_called_revoked,
    an_answer_that_is_lost_on_its_way_is_never_called_revoked,
    an_answer_that_is_cut_is_asked_for_again_at_once,
    connections_that_died_in_silence_do_not_keep_it_from_recovering,
);

const DOUBT: &str =
    "select count(*) from credentials where unresolved and state = 'live' and claim_owner is null";

/// How long an answer of the authorization server is waited for.
const PATIENCE: Duration = Duration::from_millis(500);

const SOON: Duration = Duration::from_secs(5);

/// An app that somebody has opened, and whose token has expired.
async fn expired(db: Db) -> (World, Relay, Told, String) {
    let (world, relay) = wired_server(db, PATIENCE).await;
    let mut told = Told::default();
    let session = told.open(&world, "acme", 1).await;
    world.expire("acme").await;
    (world, relay, told, session)
}

async fn presses_in_vain(world: &World, told: &mut Told, session: &str) {
    let answer = within(SOON, "a press", told.press(world, "acme", session)).await;
    assert_eq!(answer.expect(503).slug(), "bitrix24_unavailable");
}

async fn a_refused_server_costs_nothing(db: Db) {
    let (world, relay, mut told, session) = expired(db).await;
    relay.refuse().await;
    presses_in_vain(&world, &mut told, &session).await;
    let page = told.launch(&world, "globex", 1).await.expect(503);
    assert_eq!(page.slug(), "bitrix24_unavailable");
    assert_eq!(world.database.number(DOUBT).await, 0, "nothing was sent");
    relay.accept().await;
    told.press(&world, "acme", &session).await.expect(200);
    told.open(&world, "globex", 1).await;
    world.expect_invariants(&told).await;
}

async fn a_question_that_never_arrived_costs_nothing(db: Db) {
    let (world, relay, mut told, session) = expired(db).await;
    relay.silence();
    presses_in_vain(&world, &mut told, &session).await;
    let page = within(SOON, "a launch", told.launch(&world, "globex", 1)).await;
    assert_eq!(page.expect(503).slug(), "bitrix24_unavailable");
    assert_eq!(world.database.number(DOUBT).await, 1, "it may have arrived");
    relay.heal_forgetting();
    assert_eq!(told.recovers(&world, "acme", 1, &session).await, session);
    assert_eq!(world.database.number(DOUBT).await, 0);
    told.open(&world, "globex", 1).await;
    world.expect_invariants(&told).await;
}

/// The wire was only slow: the refresh is done when nobody waits for it any more.
async fn a_question_that_arrives_after_its_time_is_never_called_revoked(db: Db) {
    let (world, relay, mut told, session) = expired(db).await;
    relay.silence();
    presses_in_vain(&world, &mut told, &session).await;
    world.forget_calls().await;
    relay.heal();
    within(SOON, "the refresh", async {
        while !world.called().await.contains(&"token".to_owned()) {
            pause(20).await;
        }
    })
    .await;
    pause(200).await;
    let answer = told.press(&world, "acme", &session).await.expect(401);
    assert_eq!(answer.slug(), "reopen_app");
    assert_eq!(world.database.text("select state from credentials").await, "lost");
    told.recovers(&world, "acme", 1, &session).await;
    told.refreshes_unanswered = 1;
    world.expect_invariants(&told).await;
}

async fn an_answer_that_is_lost_on_its_way_is_never_called_revoked(db: Db) {
    let (world, relay, mut told, session) = expired(db).await;
    relay.silence_answers();
    presses_in_vain(&world, &mut told, &session).await;
    assert_eq!(world.database.number(DOUBT).await, 1);
    relay.heal_forgetting();
    let answer = told.press(&world, "acme", &session).await.expect(401);
    assert_eq!(answer.slug(), "reopen_app");
    assert_eq!(world.database.text("select state from credentials").await, "lost");
    told.recovers(&world, "acme", 1, &session).await;
    told.refreshes_unanswered = 1;
    world.expect_invariants(&told).await;
}

/// Nothing of it, a part of its head, its head alone: each says that the answer is lost, and the second try settles it.
async fn an_answer_that_is_cut_is_asked_for_again_at_once(db: Db) {
    let (world, relay, mut told, mut session) = expired(db).await;
    for bytes in [0, 12, 100] {
        world.forget_calls().await;
        relay.cut_next_answer_after(bytes);
        let answer = told.press(&world, "acme", &session).await.expect(401);
        assert_eq!(answer.slug(), "reopen_app", "cut after {bytes}");
        let tries = world
            .calls()
            .await
            .into_iter()
            .filter(|call| call.method == "token");
        let tries: Vec<_> = tries.map(|call| call.status).collect();
        assert_eq!(tries, [Some(200), Some(400)], "cut after {bytes}");
        assert_eq!(world.database.text("select state from credentials").await, "lost");
        session = told.open(&world, "acme", 1).await;
        told.refreshes_unanswered = 1;
        world.expect_invariants(&told).await;
        world.expire("acme").await;
    }
    // The same within a launch is not repeated by anybody but the person.
    relay.cut_next_answer_after(12);
    let page = told.launch(&world, "globex", 1).await.expect(503);
    assert_eq!(page.slug(), "bitrix24_unavailable");
    told.open(&world, "globex", 1).await;
}

/// A burst has left many connections open when the wire dies; none of them ever ends.
async fn connections_that_died_in_silence_do_not_keep_it_from_recovering(db: Db) {
    let (world, relay) = wired_server(db, Duration::from_millis(2500)).await;
    let mut told = Told::default();
    let session = told.open(&world, "acme", 1).await;
    world.expire("acme").await;
    let launches = join_all((0..30).map(|_| world.launch("acme", 1))).await;
    world
        .faults(json!([{"on": "app.info", "do": "delay", "ms": 200, "times": 0}]))
        .await;
    for page in join_all(launches.iter().map(|launch| world.post(launch))).await {
        page.expect(200);
    }
    world.faults(json!([])).await;
    assert!(relay.standing() > 10, "{}", relay.standing());
    relay.silence();
    let page = within(SOON, "a launch", told.launch(&world, "acme", 1)).await;
    assert_eq!(page.expect(503).slug(), "bitrix24_unavailable");
    relay.heal_forgetting();
    let began = std::time::Instant::now();
    told.recovers(&world, "acme", 1, &session).await;
    while told.launch(&world, "acme", 1).await.status != 200 {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "launches do not recover"
        );
        pause(100).await;
    }
    world.expect_invariants(&told).await;
    world.connect(&session, CODE).await.expect(200);
}
