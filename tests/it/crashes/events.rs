//! `ONAPPINSTALL`, from its receipt to its end.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::world::{Db, World};

use super::mortal::Mortal;

on_both_databases!(an_event_that_was_accepted_is_done_once_whatever_died);

pub const ROWS: &[&str] = &[
    "event.admitted",
    "event.kept",
    "event.taken",
    "event.done",
    "event.concluded",
];

const EVENTS: &str = "select count(*) from events";
const DONE: &str = "select count(*) from events where state = 'done' and body is null";

/// An event, as it is told to the program for the first time.
async fn told(world: &World) -> Value {
    let event = json!({"portal": "acme", "event": "ONAPPINSTALL"});
    world.control("event", event).await
}

/// The same one again.
async fn told_again(world: &World, event: &Value) {
    let form = event["form"].as_str().unwrap().to_owned();
    let urlencoded = ("content-type", "application/x-www-form-urlencoded");
    let request = world
        .request("POST", "/events")
        .header(urlencoded.0, urlencoded.1);
    world.send(request.body(form)).await.expect(200);
}

async fn an_event_that_was_accepted_is_done_once_whatever_died(db: Db) {
    join_all(ROWS.iter().map(async |point| {
        let (world, mut mortal) = Mortal::begin(db).await;
        world.launch("acme", 1).await;
        mortal.arm(&world, point, 1).await;
        let event = told(&world).await;
        mortal.dies(&world).await;
        // It may be taken before its sender is answered, and dies with the answer then.
        if *point != "event.taken" {
            let accepted = !["event.admitted", "event.kept"].contains(point);
            assert_eq!(event["status"] == 200, accepted, "{point}: {event}");
        }
        let how = if *point == "event.admitted" {
            assert_eq!(
                world.database.number(EVENTS).await,
                0,
                "nobody was told that it is kept"
            );
            told_again(&world, &event).await;
            "not kept, and the sender was told nothing; sent again it is done"
        } else {
            assert_eq!(world.database.number(EVENTS).await, 1, "{point}");
            "done without being sent again, when the dead one's lease is over"
        };
        // The four minutes of the dead one's lease pass.
        world.hurry_events().await;
        world.becomes(DONE, 1).await;
        // Whoever sends it again after all is answered, and it is not done again.
        told_again(&world, &event).await;
        assert_eq!(world.database.number(EVENTS).await, 1);
        let effect = "select count(*) from portals where application_token is not null and gone_at is null";
        assert_eq!(world.database.number(effect).await, 1);
        assert_eq!(world.database.number("select count(*) from credentials").await, 1);
        mortal.ends_whole(&world, "event", how).await;
    }))
    .await;
}
