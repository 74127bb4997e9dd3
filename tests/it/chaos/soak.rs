//! Everything at once, for long: mixed traffic at one replica, and a platform that misbehaves all the time. Memory and
//! open files stay flat, and in the end every count agrees with the emulator's journal.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::world::{Db, Process, World};

use super::chance::Chance;
use super::people::{Person, Stage, everybody_recovers};
use super::samples::Samples;
use super::{lasts, report, seed};

on_both_databases!(mixed_traffic_under_faults_stays_flat_and_every_count_agrees);

const PEOPLE: u64 = 12;

/// How much memory may grow from the second quarter of the time to the last, once there is something to compare.
const MOST_GROWTH: f64 = 1.10;
const MOST_MORE_FILES: f64 = 12.0;
const COMPARED_FROM: Duration = Duration::from_mins(5);

/// What goes wrong next; none of it takes longer than anybody waits.
fn mischief(chance: &mut Chance) -> Value {
    let join = "imopenlines.network.join";
    let times = 1 + chance.below(6);
    let ms = 100 + chance.below(2400);
    let schedules = [
        json!([]),
        json!([{"on": join, "do": "delay", "ms": ms, "times": times}]),
        json!([{"on": "token", "do": "delay", "ms": ms, "times": times}]),
        json!([{"on": "app.info", "do": "delay", "ms": ms, "times": times}]),
        json!([{"on": join, "do": "drop", "times": times}]),
        json!([{"on": "token", "do": "drop", "times": times}]),
        json!([{"on": "app.info", "do": "drop", "times": times}]),
        json!([{"on": join, "do": "status", "status": 500, "times": times}]),
        json!([{"on": "token", "do": "status", "status": 502, "times": times}]),
        json!([{"on": "app.info", "do": "html", "times": times}]),
        json!([{"on": "token", "do": "rotate_then_drop", "times": times}]),
        json!([{"on": join, "do": "error", "error": "QUERY_LIMIT_EXCEEDED", "times": times}]),
        json!([{"on": join, "do": "error", "error": "INTERNAL_SERVER_ERROR", "times": times}]),
        json!([{"on": join, "do": "truncate", "times": times}]),
        json!([{"on": "profile", "do": "garbage", "times": times}]),
    ];
    chance.one_of(&schedules).clone()
}

async fn misbehave(stage: &Stage, mut chance: Chance) {
    loop {
        stage.world.faults(mischief(&mut chance)).await;
        tokio::time::sleep(Duration::from_millis(500 + chance.below(4000))).await;
    }
}

async fn mixed_traffic_under_faults_stays_flat_and_every_count_agrees(db: Db) {
    let mut world = World::without_app(db).await;
    let quiet = [("RUST_LOG", "warn")];
    let mut process = Process::start(&world, &quiet).await;
    world.turn_to(&process.app_url);
    let stage = Stage::new(world, vec![process.app_url.clone()], false);
    let (began, lasts) = (Instant::now(), lasts(8));
    let until = began + lasts;
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let person = Person::new(&stage, number, seed()).await;
        people.push(tokio::spawn(person.live(Arc::clone(&stage), until)));
    }
    let (mover, leaver) = (
        Person::new(&stage, PEOPLE, seed()).await,
        Person::new(&stage, PEOPLE + 1, seed()).await,
    );
    people.push(tokio::spawn(moves(mover, Arc::clone(&stage), until)));
    people.push(tokio::spawn(leaves(leaver, Arc::clone(&stage), until)));
    let mut samples = Samples::new();
    let watched = async {
        while Instant::now() < until {
            samples.take(&process);
            tokio::time::sleep(Duration::from_secs(1).min(lasts / 20)).await;
        }
    };
    tokio::select! {
        () = misbehave(&stage, Chance::new(seed())) => {}
        () = stage.board.look() => {}
        () = watched => {}
    }
    let mut lived = Vec::new();
    for person in people {
        lived.push(person.await.unwrap());
    }
    stage.world.faults(json!([])).await;
    everybody_recovers(&stage, &lived).await;
    let told = stage.told.lock().unwrap().clone();
    stage.world.hurry_events().await;
    stage.world.inbox_is_empty().await;
    stage.world.expect_invariants(&told).await;
    let metrics = process.metrics().await;
    assert!(
        metrics.lines().any(|line| line == "rest_log_dropped_total 0"),
        "calls were not logged"
    );
    process.terminate();
    assert!(process.ended().await, "it ends by itself");
    let calls = counts_agree(&stage.world).await;
    assert_eq!(*stage.wrongs.lock().unwrap(), [""; 0]);
    if lasts >= COMPARED_FROM {
        is_flat(&samples);
    }
    tell(db, &stage, &samples, (began, calls));
}

/// A portal that is renamed again and again.
async fn moves(mut person: Person, stage: Arc<Stage>, until: Instant) -> Person {
    let mut number = 0;
    while Instant::now() < until {
        for _ in 0..12 {
            person.do_something(&stage).await;
            tokio::time::sleep(Duration::from_millis(person.chance.below(250))).await;
        }
        number += 1;
        let to = format!("moved{number}");
        stage
            .world
            .control("rename", json!({"portal": person.portal, "to": to}))
            .await;
        let mut told = stage.told.lock().unwrap();
        told.renamed(&person.portal, &to);
        person.portal = to;
    }
    person
}

/// A portal that removes the app and installs it anew.
async fn leaves(mut person: Person, stage: Arc<Stage>, until: Instant) -> Person {
    person.tells = false;
    let mut clean = false;
    while Instant::now() < until {
        let wish = json!({"portal": person.portal, "user": 1, "install": true});
        let launch = stage.world.launch_with(wish).await;
        person.post(&stage, "install", &launch).await;
        stage
            .world
            .control("install", json!({"portal": person.portal, "deliver": false}))
            .await;
        for _ in 0..12 {
            person.do_something(&stage).await;
            tokio::time::sleep(Duration::from_millis(person.chance.below(250))).await;
        }
        clean = !clean;
        {
            let mut told = stage.told.lock().unwrap();
            told.opened.retain(|(portal, _)| *portal != person.portal);
            told.connected.retain(|(portal, _)| *portal != person.portal);
        }
        let gone = json!({"portal": person.portal, "clean": clean});
        let deliveries = stage.world.control("uninstall", gone).await["deliveries"].clone();
        // One that is late, because the installation did not come through, is answered and not kept.
        let sent = i64::try_from(deliveries.as_array().unwrap().len()).unwrap();
        stage.told.lock().unwrap().events_sent += sent;
    }
    person
}

/// The log of calls and the emulator's journal, by method and by what was answered.
async fn counts_agree(world: &World) -> usize {
    let mut journal: BTreeMap<String, u64> = BTreeMap::new();
    let calls = world.calls().await;
    for call in &calls {
        let method = if call.method == "token" {
            "oauth/token"
        } else {
            &call.method
        };
        *journal.entry(method.to_owned()).or_default() += 1;
    }
    // What nobody could be asked for is logged, and never arrived.
    let logged = "select method || '|' || count(*) from rest_log
        where not (status is null and coalesce(error, '') = 'unreachable')
        group by method";
    let mut log = BTreeMap::new();
    for line in world.database.lines(logged).await {
        let (method, count) = line.split_once('|').unwrap();
        log.insert(method.to_owned(), count.parse().unwrap());
    }
    assert_eq!(log, journal, "the log of calls (left) and the journal (right)");
    calls.len()
}

fn is_flat(samples: &Samples) {
    let (memory, files) = (samples.memory(), samples.files());
    assert!(memory[3] <= memory[1] * MOST_GROWTH, "memory grows: {memory:.0?}");
    assert!(
        files[3] <= files[1] + MOST_MORE_FILES,
        "open files grow: {files:.0?}"
    );
}

fn tell(db: Db, stage: &Stage, samples: &Samples, (began, calls): (Instant, usize)) {
    let told = stage.told.lock().unwrap();
    let mut lines = vec![
        format!(
            "Seed {}, {:.1} minutes, one replica.\n",
            seed(),
            began.elapsed().as_secs_f64() / 60.0
        ),
        format!(
            "- memory, mean of each quarter: {:.0?} KB; in the second half {:+.1} KB a minute",
            samples.memory(),
            samples.memory_slope()
        ),
        format!(
            "- open files, mean of each quarter: {:.1?}; in the second half {:+.2} a minute",
            samples.files(),
            samples.file_slope()
        ),
        format!(
            "- {calls} calls in the emulator's journal, and by each method as many in the log of calls; none dropped"
        ),
        format!(
            "- {} events acknowledged of {} sent, all done",
            told.events, told.events_sent
        ),
        "- invariants: hold; everybody recovered\n".to_owned(),
    ];
    lines.extend(stage.answers());
    report::section(&format!("Soak, {db:?}"), &lines);
}
