//! Clocks jump: the app's by hours, in either direction, in the middle of a refresh too; the authorization server's; and
//! nobody reads the database's.

use std::time::Duration;

use serde_json::json;

use super::wired::{JOIN, pause};
use crate::world::{CODE, Db, MovedClock, Told, World};

on_both_databases!(
    a_clock_that_jumps_during_a_refresh_loses_no_pair,
    a_session_lives_and_ends_by_the_clock_of_the_moment,
    an_event_of_a_clock_that_was_ahead_does_not_wait_for_its_time,
    the_authorization_servers_clock_may_jump,
);

async fn with_clock(db: Db, clock: &MovedClock) -> World {
    World::with(db, |config| {
        config.clock = clock.clock();
        config.upkeep.every = Duration::from_millis(300);
    })
    .await
}

/// Between claim and write the clock goes ahead, so that the claim is long over, or back, so that it lies far ahead.
async fn a_clock_that_jumps_during_a_refresh_loses_no_pair(db: Db) {
    let clock = MovedClock::default();
    let world = with_clock(db, &clock).await;
    let mut told = Told::default();
    let session = told.open(&world, "acme", 1).await;
    let mut generation = 0;
    for hours in [5, -5, -6, 6] {
        world.expire("acme").await;
        world
            .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 500}]))
            .await;
        let (first, second) = tokio::join!(world.connect(&session, CODE), async {
            pause(250).await;
            clock.forward_hours(hours);
            world.connect(&session, CODE).await
        });
        for answer in [first, second] {
            told.pressed("acme", CODE, &answer);
            answer.expect(200);
        }
        let now = world.database.number("select generation from credentials").await;
        assert!(
            now > generation,
            "a generation only grows, whatever the clock says"
        );
        generation = now;
        told.press(&world, "acme", &session).await.expect(200);
    }
    world.expect_invariants(&told).await;
}

async fn a_session_lives_and_ends_by_the_clock_of_the_moment(db: Db) {
    let clock = MovedClock::default();
    let world = with_clock(db, &clock).await;
    let mut told = Told::default();
    let session = told.open(&world, "acme", 1).await;
    clock.forward_hours(13);
    world.forget_calls().await;
    let answer = told.press(&world, "acme", &session).await.expect(401);
    assert_eq!(answer.slug(), "session_expired");
    assert_eq!(world.called().await, [""; 0]);
    // The clock is put right: the page that was opened before is as good as it was.
    clock.forward_hours(-13);
    told.press(&world, "acme", &session).await.expect(200);
    clock.forward_hours(-30);
    told.press(&world, "acme", &session).await.expect(200);
    told.open(&world, "acme", 2).await;
    world.expect_invariants(&told).await;
}

async fn an_event_of_a_clock_that_was_ahead_does_not_wait_for_its_time(db: Db) {
    let clock = MovedClock::default();
    let world = with_clock(db, &clock).await;
    let mut told = Told::default();
    world.install("acme").await;
    clock.forward_hours(7);
    world
        .faults(json!([{"on": "app.info", "do": "status", "status": 502}]))
        .await;
    let update = json!({"portal": "acme", "event": "ONAPPUPDATE"});
    assert!(told.event(&world, update).await);
    let tried =
        "select count(*) from events where state = 'waiting' and attempts = 1 and outcome is not null";
    world.becomes(tried, 1).await;
    clock.forward_hours(-7);
    world.inbox_is_empty().await;
    told.open(&world, "acme", 1).await;
    world.expect_invariants(&told).await;
}

/// Tokens that end at a time that was, or in a distant future; removals and installations of one moment in an order that
/// only the server's clock could tell.
async fn the_authorization_servers_clock_may_jump(db: Db) {
    let world = World::new(db).await;
    let mut told = Told::default();
    let session = told.open(&world, "acme", 1).await;
    for seconds in [7200, -14_400, 86_400 * 3, -86_400 * 3] {
        world.control("clock", json!({"advance_s": seconds})).await;
        let session = told.recovers(&world, "acme", 1, &session).await;
        told.open(&world, "acme", 2).await;
        told.press(&world, "acme", &session).await.expect(200);
        told.open(&world, "globex", 1).await;
        world.expect_invariants(&told).await;
    }
    let calls = world.called().await;
    assert!(calls.iter().any(|method| method == JOIN));
}

/// What the database thinks the time is would be one clock more.
#[test]
fn no_statement_asks_the_database_for_the_time() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(root.join("migrations")).unwrap().collect();
    for folder in ["src/store", "src/store/overview"] {
        files.extend(std::fs::read_dir(root.join(folder)).unwrap());
    }
    let files = files.into_iter().map(|entry| entry.unwrap().path());
    for path in files.filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(&path).unwrap().to_ascii_lowercase();
        for word in [
            "now(), ",
            "= now()",
            "(now())",
            "current_timestamp",
            "current_date",
            "localtime",
            "unixepoch",
            "julianday",
            "strftime",
            "clock_timestamp",
        ] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}
