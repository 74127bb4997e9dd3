//! A world in which everything happens that makes the service speak with its database.

use std::time::Duration;

use serde_json::json;

use channel_connect::store::{DatabaseUrl, MigrationLock, migrate};

use super::postgres;
use crate::world::{CODE, Db, MovedClock, World};

/// Waiting, done, and of all kinds.
const WAITING: &str = "select count(*) from events where state = 'waiting'";

/// Without the rows that only fill the tables.
const ERASURES: &str = "select count(*) from erasures where recorded_at < 4000000000000000";
const EVENTS: &str = "select count(*) from events where received_at < 4000000000000000";
const PORTALS: &str = "select count(*) from portals where domain <> 'd'";

pub async fn world(db: Db, clock: &MovedClock) -> World {
    let clock = clock.clock();
    let mut world = World::without_app(db).await;
    let url = world.database.url.clone();
    let database = match db {
        Db::Postgres => {
            let silent = DatabaseUrl::parse(&url).unwrap();
            migrate(&silent, MigrationLock::Held).await.unwrap();
            postgres::fill(&world.database).await;
            postgres::telling(&url)
        }
        Db::Sqlite => DatabaseUrl::Sqlite(Box::new(url.parse().unwrap())),
    };
    world
        .start_app(|config| {
            config.database = database;
            config.clock = clock;
            config.upkeep.every = Duration::from_millis(50);
        })
        .await;
    world
}

pub async fn lead(world: &World, clock: &MovedClock) {
    people(world).await;
    tokens(world).await;
    events(world).await;
    departures(world).await;
    time(world, clock).await;
}

/// Launches, sign-ins, connects of both outcomes, and the list.
async fn people(world: &World) {
    for portal in ["acme", "globex"] {
        world.install(portal).await;
        let session = world.open(portal, 1).await;
        world.connect(&session, CODE).await.expect(200);
        world.connect_page(&session, CODE).await.expect(200);
        let form = [("session", session.as_str()), ("page", "1")];
        let list = world.request("POST", "/connections").form(&form);
        world.send(list).await.expect(200);
        world
            .faults(json!([{"on": "imopenlines.network.join", "do": "error", "error": "INACTIVE"}]))
            .await;
        world.connect(&session, CODE).await.expect(422);
    }
    let visitor = world.visitor();
    let agreed = visitor
        .agree(&visitor.start(&world.emulator.portal_url("acme")).await, 2)
        .await;
    visitor.visit(&agreed).await.expect(200);
    world.send(world.request("GET", "/readyz")).await.expect(200);
    // A page for somebody whose launch was not verified may be shown by the known portal.
    world.expire("acme").await;
    let launch = world.launch("acme", 2).await;
    world.expire("acme").await;
    world.post(&launch).await.expect(401);
}

/// Refreshes that bring a pair, that bring none, and that hand the tokens to another user.
async fn tokens(world: &World) {
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world.connect(&session, CODE).await.expect(200);
    world
        .control("rename", json!({"portal": "acme", "to": "acme-two"}))
        .await;
    world.connect(&session, CODE).await.expect(200);
    world
        .control("revoke", json!({"portal": "acme-two", "user": 1}))
        .await;
    world.expire("acme-two").await;
    world.connect(&session, CODE).await.expect(401);
}

/// Each of the four, one that comes twice, and one that is nobody's.
async fn events(world: &World) {
    for event in ["ONAPPINSTALL", "ONAPPUPDATE", "ONAPPPAYMENT"] {
        world
            .control("event", json!({"portal": "globex", "event": event}))
            .await;
    }
    let forged = json!({"portal": "globex", "event": "ONAPPUPDATE", "auth": {"access_token": "nobodys"}});
    world.control("event", forged).await;
    let unproven =
        json!({"portal": "globex", "event": "ONAPPUNINSTALL", "auth": {"application_token": "wrong"}});
    assert_eq!(world.control("event", unproven).await["status"], 403);
    world.becomes(WAITING, 0).await;
}

/// With everything kept, with nothing kept, and what comes in behind that.
async fn departures(world: &World) {
    let keep = json!({"portal": "globex", "clean": false});
    world.control("uninstall", keep).await;
    world.becomes(WAITING, 0).await;
    let launch = world.launch("acme-two", 3).await;
    world
        .faults(json!([{"on": "app.info", "do": "rotate_then_delay", "ms": 1500}]))
        .await;
    let late = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let clean = json!({"portal": "acme-two", "clean": true});
        world.control("uninstall", clean).await;
        world.becomes(ERASURES, 2).await;
    };
    let (answer, ()) = tokio::join!(world.post(&launch), late);
    answer.expect(409);
}

/// What upkeep does once everything is old.
async fn time(world: &World, clock: &MovedClock) {
    world.install("globex").await;
    world.open("globex", 1).await;
    clock.forward_days(31);
    world.becomes(ERASURES, 0).await;
    world.becomes(EVENTS, 0).await;
    world
        .control(
            "uninstall",
            json!({"portal": "globex", "clean": true, "drop": true}),
        )
        .await;
    clock.forward_days(31);
    world
        .becomes("select count(*) from portals where gone_at is not null", 1)
        .await;
    clock.forward_days(31);
    world.becomes(PORTALS, 0).await;
}
