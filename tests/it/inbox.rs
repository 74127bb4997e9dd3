//! The inbox below its door: what only several replicas at one moment, or a process that ends in between, can do.

use std::sync::Arc;
use std::time::Duration;

use channel_connect::seal::{KeyRing, MasterKey};
use channel_connect::store::{DatabaseUrl, NewEvent, Store, row_id};
use jiff::{SignedDuration, Timestamp};

use crate::world::{Database, Db, KEYS, World};

on_both_databases!(
    replicas_that_keep_the_same_events_in_another_order_do_not_get_in_each_others_way,
    an_event_that_was_not_begun_was_not_tried,
    a_database_that_is_silent_holds_senders_up_for_seconds_only,
);

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn store(database: &Database) -> Store {
    let keys = Arc::new(KeyRing::new(&MasterKey::parse_list(KEYS).unwrap()).unwrap());
    let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap(), keys)
        .await
        .unwrap();
    store.migrate().await.unwrap();
    store
}

fn event(name: &str, now: Timestamp) -> NewEvent {
    NewEvent {
        id: row_id(now),
        event: "ONAPPINSTALL",
        member_id: None,
        identity: name.as_bytes().to_vec().into(),
        sealed: b"sealed".to_vec(),
        received_at: now,
        first: false,
    }
}

async fn replicas_that_keep_the_same_events_in_another_order_do_not_get_in_each_others_way(db: Db) {
    let database = Database::new(db).await;
    let (one, other) = (store(&database).await, store(&database).await);
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    for round in 0..20 {
        let events = || {
            let number = |number| event(&format!("{round} {number}"), now);
            (0..250).map(number).collect::<Vec<_>>()
        };
        let (forward, mut reverse) = (events(), events());
        reverse.reverse();
        let (one, other) = tokio::join!(one.keep_events(&forward), other.keep_events(&reverse));
        one.unwrap();
        other.unwrap();
    }
    let kept = database.number("select count(*) from events").await;
    assert_eq!(kept, 20 * 250);
}

async fn an_event_that_was_not_begun_was_not_tried(db: Db) {
    let database = Database::new(db).await;
    let store = store(&database).await;
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    store.keep_events(&[event("one", now)]).await.unwrap();
    for _ in 0..3 {
        let taken = store.take_events("worker", 10, (now, MINUTE)).await.unwrap();
        assert_eq!(taken[0].attempts, 1);
        store.give_event_back(taken[0].id, "worker", now).await.unwrap();
    }
    let taken = store.take_events("worker", 10, (now, MINUTE)).await.unwrap();
    store
        .give_event_back(taken[0].id, "somebody else", now)
        .await
        .unwrap();
    assert!(
        store
            .take_events("other", 10, (now, MINUTE))
            .await
            .unwrap()
            .is_empty()
    );
}

async fn a_database_that_is_silent_holds_senders_up_for_seconds_only(db: Db) {
    let world = World::new(db).await;
    let locked = world.database.lock("events").await;
    let post = |ts: &'static str| {
        let form = [("event", "ONAPPPAYMENT"), ("ts", ts)];
        world.send(world.request("POST", "/events").form(&form))
    };
    let began = std::time::Instant::now();
    post("1").await.expect(503);
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
    drop(locked);
    post("2").await.expect(200);
}
