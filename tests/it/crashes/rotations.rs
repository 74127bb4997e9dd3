//! `keys rotate`, beside the service.

use std::time::Instant;

use futures_util::future::join_all;
use serde_json::json;

use crate::world::{CODE, Db, KEYS, Process, World, exit_code};

use super::mortal::note;
use super::truth;

on_both_databases!(a_rotation_that_died_is_finished_by_the_next_one);

/// The key that comes after the suite's.
pub const NEW: &str = "canary-key-2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

pub const ROWS: &[&str] = &["rotate.sealed", "rotate.committed"];

const USERS: i64 = 3;

async fn a_rotation_that_died_is_finished_by_the_next_one(db: Db) {
    join_all(ROWS.iter().map(|point| finished(db, point))).await;
}

async fn finished(db: Db, point: &str) {
    let mut world = World::without_app(db).await;
    let mut old = Process::start(&world, &[]).await;
    world.turn_to(&old.app_url);
    world.install("acme").await;
    for user in 2..=USERS {
        world.open("acme", user).await;
    }
    old.kill();
    let both = format!("{NEW},{KEYS}");
    let _service = old.again(&world, &[("ENCRYPTION_KEYS", &both)]).await;

    let (keys, armed) = (("ENCRYPTION_KEYS", Some(both.as_str())), format!("{point}:1"));
    let dying = world.begin_command(&[keys, ("CRASH_POINT", Some(&armed))], &["keys", "rotate"]);
    assert_eq!(exit_code(dying).await, None, "it died by a signal");
    let died = Instant::now();
    truth::holds_at_any_moment(&world).await;

    let ran = world.command_with(&[keys], &["keys", "rotate"]).await.expect(0);
    let (anew, current) = if point == "rotate.sealed" {
        (USERS, 0)
    } else {
        (0, USERS)
    };
    let said = format!("tokens of users: {anew} sealed anew, {current} were current, 0 unreadable");
    assert!(ran.out.contains(&said), "{}", ran.out);
    let alone = [("ENCRYPTION_KEYS", Some(NEW))];
    world.command_with(&alone, &["keys", "rotate"]).await.expect(0);
    let session = world.open("acme", 1).await;
    world.control("expire", json!({"portal": "acme"})).await;
    world.connect(&session, CODE).await.expect(200);
    truth::holds_in_the_end(&world, Some(both)).await;
    let how = "the next one finishes it; nothing is unreadable, with the old key or without";
    note((point, "keys rotate", how), &world, died.elapsed());
}
