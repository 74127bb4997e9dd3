//! A token that was refused for good: it costs one question at most, and its repeats none. Nobody else is refused for
//! it, and nothing is remembered that may change.

use futures_util::future::join_all;
use serde_json::json;

use crate::world::{CODE, Db, Launch, World};

on_both_databases!(
    a_refused_token_is_asked_about_once_whichever_door_it_comes_to,
    fifty_launches_and_events_of_one_moment_cost_one_question,
    a_token_shown_as_another_portals_still_opens_its_own,
    what_may_change_is_asked_about_each_time,
    another_replica_asks_once_for_itself,
    whoever_was_refused_comes_in_with_the_next_token,
    an_expired_token_stays_expired,
);

async fn asked(world: &World) -> usize {
    let called = world.called().await;
    called.iter().filter(|method| *method == "app.info").count()
}

/// Launches that are refused for good, one for each reason, with the answer they get.
async fn refused(world: &World) -> Vec<(&'static str, Launch, u16, &'static str)> {
    let wish = json!({"portal": "acme", "user": 1, "client_id": "app.somebody.elses"});
    let foreign = world.control("token", wish).await;
    let killed = world.launch("acme", 2).await;
    world
        .control("revoke", json!({"portal": "acme", "user": 2}))
        .await;
    let expired = world.launch("acme", 3).await;
    world
        .control("expire", json!({"portal": "acme", "user": 3}))
        .await;
    let launch = world.launch("acme", 1).await;
    let globex = world.member_id("globex").await;
    vec![
        (
            "garbage",
            launch.clone().with("AUTH_ID", "garbage"),
            403,
            "forged",
        ),
        ("killed", killed, 403, "forged"),
        (
            "another app's",
            launch
                .clone()
                .with("AUTH_ID", foreign["access_token"].as_str().unwrap()),
            403,
            "forged",
        ),
        ("expired", expired, 401, "reopen_app"),
        (
            "another portal's",
            launch.with("member_id", &globex),
            403,
            "forged",
        ),
    ]
}

/// An event that brings a launch's tokens; `version` makes it another event.
async fn bring_by_event(world: &World, launch: &Launch, version: usize) {
    let event = json!({
        "portal": "acme", "event": "ONAPPINSTALL", "data": {"VERSION": version.to_string()},
        "auth": {"access_token": launch.body["AUTH_ID"], "member_id": launch.body["member_id"]},
    });
    assert_eq!(world.control("event", event).await["status"], 200);
}

async fn dead_events(world: &World, number: i64) {
    world
        .becomes("select count(*) from events where state = 'dead'", number)
        .await;
}

async fn a_refused_token_is_asked_about_once_whichever_door_it_comes_to(db: Db) {
    let world = World::new(db).await;
    for (number, (what, launch, status, slug)) in (1..).zip(refused(&world).await) {
        world.forget_calls().await;
        for calls in [1, 1, 1] {
            let page = world.post(&launch).await.expect(status);
            assert_eq!(page.slug(), slug);
            assert_eq!(asked(&world).await, calls, "{what}");
        }
        let mut install = launch.clone();
        install.url = install.url.replace("/app?", "/install?");
        assert_eq!(world.post(&install).await.expect(status).slug(), slug);
        bring_by_event(&world, &launch, 1).await;
        dead_events(&world, number).await;
        assert_eq!(asked(&world).await, 1, "{what}");
    }
    assert_eq!(world.database.rows().await, 0);
}

async fn fifty_launches_and_events_of_one_moment_cost_one_question(db: Db) {
    let world = World::new(db).await;
    for (what, launch, status, slug) in refused(&world).await {
        // Slow enough for all to come while it is still being asked.
        world
            .faults(json!([{"on": "app.info", "do": "delay", "ms": 400}]))
            .await;
        world.forget_calls().await;
        for page in join_all((0..50).map(|_| world.post(&launch))).await {
            assert_eq!(page.expect(status).slug(), slug);
        }
        assert_eq!(asked(&world).await, 1, "{what}");
    }
    let launch = world.launch("acme", 1).await.with("AUTH_ID", "more-garbage");
    world
        .faults(json!([{"on": "app.info", "do": "delay", "ms": 400}]))
        .await;
    world.forget_calls().await;
    join_all((0..50).map(|version| bring_by_event(&world, &launch, version))).await;
    dead_events(&world, 50).await;
    assert_eq!(asked(&world).await, 1, "fifty events");
}

async fn a_token_shown_as_another_portals_still_opens_its_own(db: Db) {
    let world = World::new(db).await;
    let globex = world.member_id("globex").await;
    let launch = world.launch("acme", 1).await;
    let swapped = launch.clone().with("member_id", &globex);
    let invented = launch.clone().with("member_id", &"0".repeat(32));
    world.forget_calls().await;
    for _ in 0..3 {
        world.post(&swapped).await.expect(403);
        world.post(&invented).await.expect(403);
    }
    assert_eq!(asked(&world).await, 1);
    let session = world.post(&launch).await.expect(200).session();
    world.connect(&session, CODE).await.expect(200);
    world.post(&swapped).await.expect(403);
    assert_eq!(asked(&world).await, 2, "the honest launch was asked about");
    // And at one moment with the swapped ones.
    let launch = world.launch("acme", 2).await;
    let swapped = launch.clone().with("member_id", &globex);
    let many = (0..20).map(|number| world.post(if number % 2 == 0 { &swapped } else { &launch }));
    for (number, page) in join_all(many).await.into_iter().enumerate() {
        page.expect(if number % 2 == 0 { 403 } else { 200 });
    }
}

async fn what_may_change_is_asked_about_each_time(db: Db) {
    let world = World::new(db).await;
    let errors = [
        ("NOT_INSTALLED", 409),
        ("PAYMENT_REQUIRED", 402),
        ("authorization_error", 401),
        ("QUERY_LIMIT_EXCEEDED", 503),
        ("internal_server_error", 503),
    ];
    for (error, status) in errors {
        let launch = world.launch("acme", 1).await;
        world
            .faults(json!([{"on": "app.info", "do": "error", "error": error, "times": 2}]))
            .await;
        world.post(&launch).await.expect(status);
        world.post(&launch).await.expect(status);
        world.post(&launch).await.expect(200);
    }
}

async fn another_replica_asks_once_for_itself(db: Db) {
    let mut world = World::new(db).await;
    let launch = world.launch("acme", 1).await.with("AUTH_ID", "garbage");
    world.forget_calls().await;
    world.post(&launch).await.expect(403);
    let first = world.app_url.clone();
    world.start_second_app(|_| ()).await;
    let mut elsewhere = launch.clone();
    elsewhere.url = launch.url.replace(&first, &world.app_url);
    for _ in 0..3 {
        world.post(&elsewhere).await.expect(403);
        world.post(&launch).await.expect(403);
    }
    assert_eq!(asked(&world).await, 2);
}

async fn whoever_was_refused_comes_in_with_the_next_token(db: Db) {
    let world = World::new(db).await;
    // A token that the authorization server does not know yet.
    let early = world.launch("acme", 1).await;
    world
        .faults(json!([{"on": "app.info", "do": "error", "error": "invalid_token"}]))
        .await;
    world.post(&early).await.expect(403);
    world.post(&early).await.expect(403);
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn an_expired_token_stays_expired(db: Db) {
    let world = World::new(db).await;
    let launch = world.launch("acme", 1).await;
    world.control("clock", json!({"advance_s": 7200})).await;
    world.post(&launch).await.expect(401);
    world.control("clock", json!({"advance_s": -7200})).await;
    let page = world.post(&launch).await.expect(401);
    assert_eq!(page.slug(), "reopen_app");
    world.open("acme", 1).await;
}
