//! The database's primary is killed under load, and its synchronous standby takes its place behind the same address.
//! Nothing that was acknowledged is lost, and nobody has to do anything to the service.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::world::{Database, Db, Process, World};

use super::cluster::{Address, Server};
use super::people::{Person, Stage, everybody_recovers};
use super::{report, rounds, seed};

const PEOPLE: u64 = 10;

/// Different channels: each acknowledged connection is a row of its own.
const CHANNELS: u32 = 300;

/// How long a round goes on before the blow and after it; and how long nobody serves, which is somebody else's affair.
const BEFORE: Duration = Duration::from_secs(5);
const AFTER: Duration = Duration::from_secs(8);
const NOBODY: Duration = Duration::from_millis(1500);

/// By then everybody is served again.
const SERVED_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_failover_of_the_database_loses_nothing_that_was_acknowledged() {
    let mut primary = Server::primary();
    primary
        .database("postgres")
        .execute("create database story")
        .await;
    let mut standby = primary.standby().await;
    let address = Address::of(primary.port).await;
    let mut world = World::without_app(Db::Sqlite).await;
    let url = format!("postgres://postgres@127.0.0.1:{}/story", address.port);
    world.database = Database::at(&url);
    let process = Process::start(&world, &[("RUST_LOG", "info,sqlx=off")]).await;
    world.turn_to(&process.app_url);
    let stage = staged(world).await;

    let mut lines = vec![
        "| round | primary killed → standby promoted | promoted → first connect | promoted → last failure |"
            .to_owned(),
        "|---:|---:|---:|---:|".to_owned(),
    ];
    for round in 0..rounds() {
        let people = crowd(&stage, u64::from(round) * PEOPLE).await;
        let until = Instant::now() + BEFORE + NOBODY + AFTER;
        let living: Vec<_> = people
            .into_iter()
            .map(|person| tokio::spawn(person.live(Arc::clone(&stage), until)))
            .collect();
        tokio::time::sleep(BEFORE).await;
        let killed = Instant::now();
        primary.kill();
        tokio::time::sleep(NOBODY).await;
        standby.promote();
        address.lead_to(standby.port);
        let promoted = Instant::now();
        let mut lived = Vec::new();
        for person in living {
            lived.push(person.await.unwrap());
        }
        everybody_recovers(&stage, &lived).await;
        let (first, last) = stage.served_since(promoted);
        assert!(
            first < SERVED_WITHIN && last < SERVED_WITHIN,
            "{first:?} {last:?}"
        );
        stage.world.hurry_events().await;
        stage.world.inbox_is_empty().await;
        let told = stage.told.lock().unwrap().clone();
        stage.world.expect_invariants(&told).await;
        lines.push(format!(
            "| {} | {:.2} s | {:.2} s | {:.2} s |",
            round + 1,
            promoted.duration_since(killed).as_secs_f64(),
            first.as_secs_f64(),
            last.as_secs_f64()
        ));
        primary = std::mem::replace(&mut standby, primary);
        standby = primary.standby().await;
    }
    tell(&stage, lines);
}

async fn staged(world: World) -> Arc<Stage> {
    let mut codes = Vec::new();
    for number in 0..CHANNELS {
        let code = format!("{:032x}", 0xfa11_0000_u32 + number);
        let channel = json!({"code": code, "name": format!("Channel {number}"), "active": true});
        world.control("channels", channel).await;
        codes.push(code);
    }
    let urls = vec![world.app_url.clone()];
    let mut stage = Stage::new(world, urls, false);
    Arc::get_mut(&mut stage).unwrap().codes = codes;
    stage
}

async fn crowd(stage: &Stage, from: u64) -> Vec<Person> {
    let mut people = Vec::new();
    for number in from..from + PEOPLE {
        people.push(Person::new(stage, number, seed()).await);
    }
    people
}

fn tell(stage: &Stage, mut lines: Vec<String>) {
    let told = stage.told.lock().unwrap();
    lines.push(format!(
        "\nSeed {}. Acknowledged, and there in the end: {} launches by different users, {} connections, {} events.\n",
        seed(),
        told.opened.len(),
        told.connected.len(),
        told.events
    ));
    lines.extend(stage.answers());
    report::section("Failover of the database", &lines);
}
