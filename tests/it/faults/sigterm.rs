//! `SIGTERM` under load: `/readyz` says it first, whoever was let in is answered, nothing is half done, and the process
//! ends by itself.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use super::wired::{JOIN, pause, within};
use crate::world::{Answer, CODE, Db, Process, Told, World};

on_both_databases!(under_load_everybody_who_was_let_in_is_answered);

/// How long `/readyz` says it before the door closes, a little less than the service's own second.
const LAST_LOOK: Duration = Duration::from_millis(900);

/// What came of a request, and when it had begun.
type Outcome = (Instant, Result<Answer, reqwest::Error>);

/// A connection of its own, so that one that is refused was never let in.
async fn stranger(client: &reqwest::Client, world: &World, path: &str, form: &[(&str, &str)]) -> Outcome {
    let request = client.post(format!("{}{path}", world.app_url)).form(form);
    let began = Instant::now();
    match request.header("accept", "application/json").send().await {
        Ok(response) => (began, Ok(Answer::of(response).await)),
        Err(error) => (began, Err(error)),
    }
}

async fn under_load_everybody_who_was_let_in_is_answered(db: Db) {
    let mut world = World::without_app(db).await;
    let mut process = Process::start(&world, &[]).await;
    world.turn_to(&process.app_url);
    let mut told = Told::default();
    world.install("acme").await;
    let sessions = [
        told.open(&world, "acme", 1).await,
        told.open(&world, "globex", 1).await,
    ];
    world
        .faults(json!([
            {"on": JOIN, "do": "delay", "ms": 700, "times": 0},
            {"on": "token", "do": "rotate_then_delay", "ms": 400, "times": 0},
        ]))
        .await;
    let (over, outcomes) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    let client = reqwest::Client::builder()
        .pool_max_idle_per_host(0)
        .no_proxy()
        .build()
        .unwrap();
    let press = async |number: usize| {
        while !over.load(Ordering::Relaxed) {
            let form = [("session", sessions[number % 2].as_str()), ("code", CODE)];
            let outcome = stranger(&client, &world, "/connect", &form).await;
            let let_in = outcome.1.is_ok();
            outcomes.lock().unwrap().push((number % 2, outcome));
            if !let_in {
                return;
            }
        }
    };
    let stop = async {
        pause(400).await;
        // In the middle of a refresh, too.
        world.expire("acme").await;
        pause(300).await;
        let stopped = Instant::now();
        process.terminate();
        pause(150).await;
        let ready = world.send(world.request("GET", "/readyz")).await.expect(503);
        assert_eq!(ready.json()["reasons"], json!(["shutting_down"]));
        assert!(within(Duration::from_secs(12), "the end", process.ended()).await);
        over.store(true, Ordering::Relaxed);
        stopped
    };
    let (stopped, _) = tokio::join!(stop, join_all((0..24).map(press)));
    let mut after = 0;
    for (whose, (began, outcome)) in outcomes.into_inner().unwrap() {
        match outcome {
            Ok(answer) => {
                told.pressed(["acme", "globex"][whose], CODE, &answer);
                after += usize::from(began > stopped);
                answer.expect(200);
            }
            Err(error) => {
                let since = began.saturating_duration_since(stopped);
                assert!(
                    since >= LAST_LOOK,
                    "let in {since:?} after the signal and not answered: {error:?}"
                );
            }
        }
    }
    assert!(after > 0, "it served on while it said so");
    let claimed = "select count(*) from credentials where claim_owner is not null or unresolved";
    assert_eq!(world.database.number(claimed).await, 0, "nothing is half done");
    world.expect_invariants(&told).await;
}
