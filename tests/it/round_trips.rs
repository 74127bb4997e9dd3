//! How often a press and a launch go to the database and back, counted on the wire: everything that lets the app wait
//! for an answer of PostgreSQL is one way there and back, beginning, committing and mere questions included.

use std::time::Duration;

use channel_connect::store::DatabaseUrl;

use crate::world::{CODE, Db, Tapped, World};

/// The log of calls is written by then, for many at once and beside the answers; the connections are still warm.
const QUIET: Duration = Duration::from_millis(500);

/// Something else may go to the database at the same moment, or a connection meets a statement for the first time.
const ATTEMPTS: usize = 6;

/// Another channel, which the emulator does not know.
const OTHER: &str = "0123456789abcdef0123456789abcdef";

async fn tapped() -> (World, Tapped) {
    let mut world = World::without_app(Db::Postgres).await;
    let tapped = Tapped::before(&world.database.url).await;
    let url = DatabaseUrl::parse(&tapped.url).unwrap();
    world.start_app(|config| config.database = url).await;
    (world, tapped)
}

/// The fewest of a few times, each after a moment without anything else.
async fn fewest<F: Future<Output = ()>>(tapped: &Tapped, deed: impl Fn(usize) -> F) -> Vec<String> {
    let mut counts = Vec::new();
    for attempt in 0..ATTEMPTS {
        tokio::time::sleep(QUIET).await;
        tapped.forget();
        deed(attempt).await;
        counts.push(tapped.trips());
    }
    counts.into_iter().min_by_key(Vec::len).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_press_goes_to_the_database_and_back_twice() {
    let (world, tapped) = tapped().await;
    let session = world.open("acme", 1).await;
    let trips = fewest(&tapped, async |_| {
        world.connect(&session, CODE).await.expect(200);
    });
    let trips = trips.await;
    assert_eq!(trips.len(), 2, "with JSON: {trips:#?}");
    let trips = fewest(&tapped, async |_| {
        world.connect_page(&session, CODE).await.expect(200);
    });
    let trips = trips.await;
    assert_eq!(trips.len(), 2, "with the page and its list: {trips:#?}");
    let trips = fewest(&tapped, async |_| {
        world.connect(&session, OTHER).await.expect(422);
    });
    let trips = trips.await;
    assert_eq!(trips.len(), 2, "refused, with JSON: {trips:#?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_launch_goes_to_the_database_and_back_four_times() {
    let (world, tapped) = tapped().await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    let trips = fewest(&tapped, async |_| {
        world.open("acme", 1).await;
    });
    let trips = trips.await;
    assert_eq!(trips.len(), 4, "of somebody known: {trips:#?}");
    let trips = fewest(&tapped, async |attempt| {
        if attempt > 0 {
            let forget = "delete from portals";
            world.database.execute(forget).await;
        }
        world.open("globex", 1).await;
    });
    let trips = trips.await;
    assert_eq!(trips.len(), 4, "of a portal that nobody knows: {trips:#?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_connection_that_the_database_has_ended_a_moment_ago_costs_nobody_an_answer() {
    let world = World::new(Db::Postgres).await;
    let session = world.open("acme", 1).await;
    let end_all = "select count(pg_terminate_backend(pid)) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()";
    for _ in 0..5 {
        world.connect(&session, CODE).await.expect(200);
        assert!(world.database.number(end_all).await > 0);
        world.connect(&session, CODE).await.expect(200);
        assert!(world.database.number(end_all).await > 0);
        world.open("acme", 1).await;
    }
}
