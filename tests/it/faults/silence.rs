//! The wire between the app and its database goes dead without a word: nothing is refused and nothing is closed, which is
//! what a partition, a frozen server and a firewall that forgets look like. Nobody waits beyond the budgets, nothing is
//! half believed, and when the wire is back the next press works, although the old connections never end.

use std::time::{Duration, Instant};

use channel_connect::app::RefreshTiming;
use channel_connect::store::DatabaseUrl;
use futures_util::future::join_all;
use serde_json::json;

use crate::world::{CODE, Db, Relay, Told, World};

const JOIN: &str = "imopenlines.network.join";

/// What a request may take when the database says nothing: a connection's patience, a statement's, and a little.
const IN_TIME: Duration = Duration::from_secs(13);

/// What the first request may take afterwards.
const SOON: Duration = Duration::from_secs(3);

/// A world whose app reaches the database through a wire of its own; the story itself does not.
async fn wired() -> (World, Relay) {
    let mut world = World::without_app(Db::Postgres).await;
    let relay = Relay::to(host_of(&world.database.url)).await;
    let url = relay.url(&world.database.url);
    world
        .start_app(|config| config.database = DatabaseUrl::parse(&url).unwrap())
        .await;
    (world, relay)
}

fn host_of(url: &str) -> &str {
    url.rsplit_once('@').unwrap().1.split_once('/').unwrap().0
}

async fn in_time<T>(limit: Duration, what: &str, deed: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = tokio::time::timeout(limit, deed).await;
    done.unwrap_or_else(|_| panic!("{what} takes longer than {:?}", began.elapsed()))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn nobody_waits_long_for_a_silent_database_and_the_next_press_works() {
    let (world, relay) = wired().await;
    let mut told = Told::default();
    world.install("acme").await;
    let session = told.open(&world, "acme", 1).await;
    // Every connection that there may be has a statement under way when it happens.
    let lock = world.database.lock("credentials").await;
    let presses = (0..24).map(|_| world.connect(&session, CODE));
    let (answers, ()) = tokio::join!(in_time(IN_TIME, "a press", join_all(presses)), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
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
    let (launch, press, list, ready, event) = in_time(IN_TIME, "a door", async {
        tokio::join!(
            world.post(&launch),
            world.connect(&session, CODE),
            world.send(list),
            world.send(world.request("GET", "/readyz")),
            world.control("event", event),
        )
    })
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
    for answer in in_time(SOON, "the next press", join_all(presses)).await {
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
