//! Pressing the button.

use futures_util::future::join_all;
use serde_json::json;

use crate::world::{CODE, Db, World};

use super::mortal::{Mortal, attempt};

on_both_databases!(
    a_press_that_died_is_good_when_pressed_again,
    a_refusal_that_died_is_told_when_pressed_again,
);

pub const JOINED: &[&str] = &[
    "connect.begun",
    "connect.sent",
    "connect.joined",
    "connect.recorded",
];
pub const REFUSED: &[&str] = &["connect.refused"];

const JOIN: &str = "imopenlines.network.join";
const ROWS: &str = "select count(*) from connections";
const UNKNOWN: &str = "00000000000000000000000000000000";

/// Presses the button, which the program dies over.
pub async fn dies_over(world: &World, mortal: &mut Mortal, session: &str, code: &str) {
    let form = [("session", session), ("code", code)];
    let request = world
        .request("POST", "/connect")
        .header("accept", "application/json");
    let answer = attempt(request.form(&form)).await;
    mortal.dies(world).await;
    assert!(answer.is_none(), "nobody was told anything");
}

async fn a_press_that_died_is_good_when_pressed_again(db: Db) {
    join_all(JOINED.iter().map(async |point| {
        let (world, mut mortal) = Mortal::begin(db).await;
        let session = world.open("acme", 1).await;
        if *point == "connect.sent" {
            world
                .faults(json!([{"on": JOIN, "do": "process_then_hang"}]))
                .await;
        }
        mortal.arm(&world, point, 1).await;
        dies_over(&world, &mut mortal, &session, CODE).await;
        let joined = world.portal("acme").await["joined"].as_array().unwrap().len();
        assert_eq!(
            joined,
            usize::from(*point != "connect.begun"),
            "{point}: what the portal has done"
        );
        let recorded = world.database.number(ROWS).await;
        assert_eq!(
            recorded,
            i64::from(*point == "connect.recorded"),
            "{point}: what we know of it"
        );

        let bot = world.connect(&session, CODE).await.expect(200).json()["bot_id"].clone();
        let portal = world.portal("acme").await;
        assert_eq!(portal["joined"].as_array().unwrap().len(), 1);
        assert_eq!(portal["joined"][0]["bot_id"].to_string(), bot.to_string());
        assert_eq!(world.database.number(ROWS).await, 1);
        mortal
            .ends_whole(
                &world,
                "connect",
                "pressed again: connected, the same bot, one row",
            )
            .await;
    }))
    .await;
}

async fn a_refusal_that_died_is_told_when_pressed_again(db: Db) {
    join_all(REFUSED.iter().map(async |point| {
        let (world, mut mortal) = Mortal::begin(db).await;
        let session = world.open("acme", 1).await;
        mortal.arm(&world, point, 1).await;
        dies_over(&world, &mut mortal, &session, UNKNOWN).await;
        assert_eq!(
            world.connect(&session, UNKNOWN).await.expect(422).slug(),
            "not_found"
        );
        assert_eq!(world.database.number(ROWS).await, 0);
        mortal
            .ends_whole(
                &world,
                "refused connect",
                "pressed again: the same refusal, no row",
            )
            .await;
    }))
    .await;
}
