//! `ONAPPUNINSTALL`: an erasure is finished, whatever died over it.

use futures_util::future::join_all;
use serde_json::json;

use crate::world::{CODE, Db, World};

use super::mortal::Mortal;

on_both_databases!(an_erasure_that_died_is_finished);

pub struct Row {
    pub point: &'static str,
    nth: u32,
    clean: bool,
}

const fn row(point: &'static str, nth: u32, clean: bool) -> Row {
    Row { point, nth, clean }
}

pub const ROWS: &[Row] = &[
    row("event.taken", 1, true),
    row("erase.recorded", 1, true),
    row("erase.blanked", 1, true),
    row("erase.deleted", 1, true),
    row("event.done", 1, true),
    row("event.concluded", 1, true),
    row("depart.marked", 1, false),
    row("depart.marked", 2, false),
    row("depart.begun", 1, false),
    row("depart.blanked", 1, false),
    row("event.done", 1, false),
    row("event.concluded", 1, false),
];

async fn an_erasure_that_died_is_finished(db: Db) {
    join_all(ROWS.iter().map(|row| finished(db, row))).await;
}

async fn finished(db: Db, row: &Row) {
    let (world, mut mortal) = Mortal::begin(db).await;
    world.install("acme").await;
    let session = world.open("acme", 2).await;
    world.connect(&session, CODE).await.expect(200);
    mortal.arm(&world, row.point, row.nth).await;
    let told = world
        .control("uninstall", json!({"portal": "acme", "clean": row.clean}))
        .await;
    assert_eq!(told["status"], 200, "{told}");
    mortal.dies(&world).await;
    world.hurry_events().await;
    world
        .becomes("select count(*) from events where state = 'done'", 1)
        .await;
    if row.clean {
        nothing_is_left(&world, row.point).await;
        mortal
            .ends_whole(
                &world,
                "uninstall, erasing",
                "done again to its end: nothing names the portal",
            )
            .await;
    } else {
        connections_are_left(&world).await;
        let how = "done again to its end: no tokens, no users; the connections wait for a reinstallation";
        mortal.ends_whole(&world, "uninstall, keeping", how).await;
    }
}

async fn nothing_is_left(world: &World, point: &str) {
    let member_id = world.member_id("acme").await;
    for table in ["portals", "credentials", "connections", "events", "rest_log"] {
        let query = format!("select count(*) from {table} where member_id = '{member_id}'");
        assert_eq!(world.database.number(&query).await, 0, "{point}: {table}");
    }
}

async fn connections_are_left(world: &World) {
    for (query, number) in [
        ("select count(*) from credentials", 0),
        ("select count(*) from connections where user_id is null", 1),
        (
            "select count(*) from portals where gone_at is not null and application_token is null",
            1,
        ),
        (
            "select count(*) from events where member_id is not null or body is not null",
            0,
        ),
        ("select count(*) from rest_log where member_id is not null", 0),
    ] {
        assert_eq!(world.database.number(query).await, number, "{query}");
    }
}
