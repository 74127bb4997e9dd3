//! A secret of its own for every position of every input, for requests that succeed, are refused, and fail; none of them
//! may stand in any log, page, error, table or metric. What is not covered here is noticed: doors are compared with the
//! router, variables and arguments are read off the program, tables off the database.

mod answers;
mod commands;
mod doors;
mod flock;
mod honest;

use crate::world::{CLIENT_SECRET, Db, KEYS, Process, World};
pub use commands::leaves;
use flock::Flock;

on_both_databases!(no_secret_is_shown_wherever_it_came_in);

/// Everything that the database must hold rows of by then, so that looking through it says something.
const TABLES: [&str; 7] = [
    "portals",
    "credentials",
    "connections",
    "events",
    "erasures",
    "rest_log",
    "oauth_states",
];

/// How sessions and states begin, which are sealed under the key of this name.
const SEALED: &str = "AQpjYW5hcnkta2V5";

async fn no_secret_is_shown_wherever_it_came_in(db: Db) {
    let flock = Flock::default();
    let mut world = World::without_app(db).await;
    let format = if db == Db::Sqlite { "text" } else { "json" };
    let mut process = Process::start(&world, &[("RUST_LOG", "trace"), ("LOG_FORMAT", format)]).await;
    world.turn_to(&process.app_url);
    honest::requests(&world, &flock).await;
    doors::everywhere(&world, &flock).await;
    answers::of_every_method(&world, &flock).await;
    honest::ends(&world).await;
    let metrics = reqwest::get(format!("{}/metrics", process.admin_url))
        .await
        .unwrap();
    flock.saw("/metrics", &metrics.text().await.unwrap());
    process.terminate();
    assert!(process.ended().await);
    let log = process.log();
    assert!(
        log.contains("TRACE") && log.contains("/connect"),
        "the log is a log"
    );
    flock.saw_lines("the log", &log);
    let dump = world.database.dump().await;
    for table in TABLES {
        let rows = dump.split(&format!("== {table}\n")).nth(1).unwrap();
        assert!(
            !rows.starts_with('\n') && !rows.starts_with("=="),
            "{table} is empty"
        );
    }
    flock.saw_lines("the database", &dump);
    for secret in [CLIENT_SECRET, KEYS.split_once(':').unwrap().1, SEALED] {
        assert!(!log.contains(secret) && !dump.contains(&secret.to_lowercase()));
    }
    flock.expect_none();
}

/// Nothing is asked of a database before a command line and its settings are understood.
#[tokio::test(flavor = "multi_thread")]
async fn no_secret_in_a_setting_or_an_argument_is_repeated() {
    let flock = Flock::default();
    commands::settings(&flock).await;
    commands::arguments(&flock).await;
    commands::webhooks(&flock).await;
    flock.expect_none();
}
