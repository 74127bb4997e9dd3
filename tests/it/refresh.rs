//! The refresh: races, lost answers, killed processes, slow owners. Each is caused, not assumed.

use std::time::Duration;

use channel_connect::app::{Clock, RefreshTiming};
use jiff::SignedDuration;
use serde_json::json;

use crate::world::{CODE, Db, Process, World};

on_both_databases!(
    two_hundred_presses_at_the_moment_of_expiry_share_one_refresh,
    a_rotated_pair_whose_answer_is_dropped_is_lost_and_never_revoked,
    a_request_dropped_before_it_was_processed_heals_by_itself,
    a_slow_owners_late_success_is_kept_although_its_claim_expired,
    a_revoked_grant_is_called_revoked_and_not_asked_for_again,
    an_unreachable_authorization_server_releases_the_claim,
    tokens_handed_to_another_user_are_kept_there_and_the_app_must_be_reopened,
    a_refresh_answered_for_another_portal_is_not_believed,
    killed_between_rotation_and_answer_the_person_is_told_to_reopen_and_reopening_heals,
    a_token_killed_by_a_refresh_elsewhere_is_waited_for,
    a_replica_whose_clock_is_behind_does_not_take_a_claim_over,
    a_claim_from_a_clock_that_jumped_ahead_is_taken_over,
);

const JOIN: &str = "imopenlines.network.join";
const STATE: &str = "select state from credentials where user_id = 1";

async fn token_calls(world: &World) -> usize {
    world
        .called()
        .await
        .iter()
        .filter(|method| *method == "token")
        .count()
}

/// Presses the button `presses` times at once, spread over the given apps, and says how many connected.
async fn press_at_once(world: &World, apps: &[&str], session: &str, presses: usize) -> usize {
    let pressing = (0..presses).map(|number| world.connect_at(apps[number % apps.len()], session, CODE));
    let answers = futures_util::future::join_all(pressing).await;
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        eprintln!("{} {}", answer.status, answer.body);
    }
    answers.iter().filter(|answer| answer.status == 200).count()
}

async fn two_hundred_presses_at_the_moment_of_expiry_share_one_refresh(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    for _ in 0..2 {
        world.expire("acme").await;
        world.forget_calls().await;
        let connected = press_at_once(&world, &[&world.app_url], &session, 200).await;
        assert_eq!((connected, token_calls(&world).await), (200, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn two_processes_on_one_postgres_share_one_refresh() {
    let mut world = World::without_app(Db::Postgres).await;
    let (one, two) = tokio::join!(Process::start(&world, &[]), Process::start(&world, &[]));
    world.turn_to(&one.app_url);
    let session = world.open("acme", 1).await;
    for round in 0..5 {
        world.expire("acme").await;
        world.forget_calls().await;
        let apps = [one.app_url.as_str(), two.app_url.as_str()];
        let connected = press_at_once(&world, &apps, &session, 200).await;
        let tokens: Vec<_> = world
            .calls()
            .await
            .into_iter()
            .filter(|call| call.method == "token")
            .collect();
        assert_eq!((connected, tokens.len()), (200, 1), "round {round}: {tokens:#?}");
    }
}

async fn a_rotated_pair_whose_answer_is_dropped_is_lost_and_never_revoked(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_drop"}]))
        .await;
    world.forget_calls().await;
    assert_eq!(
        world.connect(&session, CODE).await.expect(401).slug(),
        "reopen_app"
    );
    assert_eq!(
        world.database.text(STATE).await,
        "lost",
        "nobody revoked anything"
    );
    assert_eq!(
        token_calls(&world).await,
        2,
        "the second try settled what became of the first"
    );

    world.forget_calls().await;
    assert_eq!(
        world.connect(&session, CODE).await.expect(401).slug(),
        "reopen_app"
    );
    assert_eq!(world.called().await, [""; 0], "lost means: no more calls");

    world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.database.text(STATE).await, "live");
}

async fn a_request_dropped_before_it_was_processed_heals_by_itself(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world.faults(json!([{"on": "token", "do": "drop"}])).await;
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.called().await, [JOIN, "token", "token", JOIN]);
}

async fn a_slow_owners_late_success_is_kept_although_its_claim_expired(db: Db) {
    let timing = RefreshTiming {
        claim: Duration::from_millis(400),
        patience: Duration::from_secs(10),
    };
    let mut world = World::with(db, |config| config.refresh = timing).await;
    let slow = world.app_url.clone();
    let session = world.open("acme", 1).await;
    let first = tokio::time::Duration::from_millis(1500);
    world.expire("acme").await;
    let delay = json!([{"on": "token", "nth": 1, "do": "rotate_then_delay", "ms": first.as_millis()}]);
    world.faults(delay).await;
    world.forget_calls().await;
    world.start_second_app(|config| config.refresh = timing).await;
    let rival = world.app_url.clone();
    let (owner, rival) = tokio::join!(world.connect_at(&slow, &session, CODE), async {
        tokio::time::sleep(Duration::from_millis(900)).await;
        world.connect_at(&rival, &session, CODE).await
    });
    owner.expect(200);
    assert_eq!(
        rival.expect(401).slug(),
        "reopen_app",
        "the rival took the claim over and met invalid_grant"
    );
    assert_eq!(
        world.database.text(STATE).await,
        "live",
        "the late success outranks the rival's verdict"
    );
    world.connect(&session, CODE).await.expect(200);
}

async fn a_revoked_grant_is_called_revoked_and_not_asked_for_again(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    let gone = json!([{"on": "token", "do": "error", "status": 400, "error": "invalid_grant"}]);
    world.faults(gone).await;
    assert_eq!(
        world.connect(&session, CODE).await.expect(401).slug(),
        "reopen_app"
    );
    assert_eq!(world.database.text(STATE).await, "revoked");
    world.forget_calls().await;
    assert_eq!(
        world.connect(&session, CODE).await.expect(401).slug(),
        "reopen_app"
    );
    assert_eq!(world.called().await, [""; 0]);
}

async fn an_unreachable_authorization_server_releases_the_claim(db: Db) {
    use channel_connect::bitrix24::AuthorizationServerUrl;
    let mut world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    let nobody = format!("http://127.0.0.1:{}", crate::world::free_port());
    let nobody = AuthorizationServerUrl::parse(&nobody, true).unwrap();
    let reachable = world.app_url.clone();
    world.start_second_app(|config| config.oauth_url = nobody).await;
    assert_eq!(
        world.connect(&session, CODE).await.expect(503).slug(),
        "bitrix24_unavailable"
    );
    let free =
        "select count(*) from credentials where claim_owner is null and state = 'live' and not unresolved";
    assert_eq!(
        world.database.number(free).await,
        1,
        "nothing was sent, nothing is in doubt"
    );
    world.connect_at(&reachable, &session, CODE).await.expect(200);
}

async fn tokens_handed_to_another_user_are_kept_there_and_the_app_must_be_reopened(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world
        .control("user", json!({"portal": "acme", "user": 1, "handed_to": 3}))
        .await;
    world.expire("acme").await;
    world.forget_calls().await;
    assert_eq!(
        world.connect(&session, CODE).await.expect(401).slug(),
        "reopen_app"
    );
    assert_eq!(
        world.called().await,
        [JOIN, "token"],
        "the call is not repeated in somebody else's name"
    );
    assert_eq!(
        world
            .database
            .number("select count(*) from credentials where user_id = 3")
            .await,
        1
    );
    assert_eq!(world.database.text(STATE).await, "revoked");
}

async fn a_refresh_answered_for_another_portal_is_not_believed(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let other = world
        .control("token", json!({"portal": "globex", "user": 1}))
        .await;
    world.expire("acme").await;
    let body = json!({
        "access_token": other["access_token"], "refresh_token": other["refresh_token"], "expires_in": 3600,
        "member_id": world.member_id("globex").await, "user_id": 1,
    });
    world
        .faults(json!([{"on": "token", "do": "status", "status": 200, "body": body}]))
        .await;
    assert_eq!(world.connect(&session, CODE).await.expect(500).slug(), "internal");
    assert_eq!(
        world.database.number("select count(*) from credentials").await,
        1,
        "nothing of it is stored"
    );
    assert_eq!(
        world.connect(&session, CODE).await.expect(401).slug(),
        "reopen_app"
    );
    world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn killed_between_rotation_and_answer_the_person_is_told_to_reopen_and_reopening_heals(db: Db) {
    let mut world = World::without_app(db).await;
    let mut doomed = Process::start(&world, &[]).await;
    world.turn_to(&doomed.app_url);
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "nth": 1, "do": "process_then_hang"}]))
        .await;
    world.forget_calls().await;
    let pressing = {
        let request = world
            .request("POST", "/connect")
            .form(&[("session", session.as_str()), ("code", CODE)]);
        tokio::spawn(request.send())
    };
    while token_calls(&world).await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    doomed.kill();
    assert!(
        pressing.await.unwrap().is_err(),
        "the answer died with the process"
    );
    assert_eq!(world.database.text(STATE).await, "live");

    let timing = RefreshTiming {
        claim: Duration::from_secs(1),
        patience: Duration::from_secs(20),
    };
    world.start_app(|config| config.refresh = timing).await;
    assert_eq!(
        world.connect(&session, CODE).await.expect(401).slug(),
        "reopen_app"
    );
    assert_eq!(
        world.database.text(STATE).await,
        "lost",
        "an answer was lost; nobody revoked anything"
    );
    world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn a_token_killed_by_a_refresh_elsewhere_is_waited_for(db: Db) {
    let mut world = World::new(db).await;
    let owner = world.app_url.clone();
    let session = world.open("acme", 1).await;
    world.start_second_app(|_| ()).await;
    let other = world.app_url.clone();
    world
        .faults(json!([
            {"on": JOIN, "nth": 1, "do": "error", "status": 401, "error": "expired_token"},
            {"on": "token", "do": "rotate_then_delay", "ms": 1000},
        ]))
        .await;
    world.forget_calls().await;
    let (first, second) = tokio::join!(world.connect_at(&owner, &session, CODE), async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        world.connect_at(&other, &session, CODE).await
    });
    first.expect(200);
    second.expect(200);
    let calls = world.calls().await;
    assert_eq!(token_calls(&world).await, 1);
    assert!(
        calls.iter().any(|call| call.status == Some(401)),
        "the old access token was dead meanwhile"
    );
}

fn clock_off_by(seconds: i64) -> Clock {
    let system = Clock::system();
    Clock::new(move || system.now() + SignedDuration::from_secs(seconds))
}

async fn a_replica_whose_clock_is_behind_does_not_take_a_claim_over(db: Db) {
    let mut world = World::new(db).await;
    let owner = world.app_url.clone();
    let session = world.open("acme", 1).await;
    world
        .start_second_app(|config| config.clock = clock_off_by(-5))
        .await;
    let behind = world.app_url.clone();
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 1000}]))
        .await;
    world.forget_calls().await;
    let (first, second) = tokio::join!(world.connect_at(&owner, &session, CODE), async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        world.connect_at(&behind, &session, CODE).await
    });
    first.expect(200);
    second.expect(200);
    assert_eq!(token_calls(&world).await, 1);
}

async fn a_claim_from_a_clock_that_jumped_ahead_is_taken_over(db: Db) {
    let mut world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world
        .start_second_app(|config| config.clock = clock_off_by(-86_400))
        .await;
    let tomorrow = "update credentials set claim_owner = 'dead', claim_until = updated_at + 20000000";
    world.database.execute(tomorrow).await;
    world.connect(&session, CODE).await.expect(200);
}
