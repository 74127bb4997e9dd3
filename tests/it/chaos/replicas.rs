//! Replicas on one PostgreSQL, of which one is killed and one restarted every few seconds, under load. Whoever's request
//! was under way on the killed one gets no answer. Nobody else notices.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::world::{Db, Process, World};

use super::chance::Chance;
use super::people::{Person, Stage, everybody_recovers};
use super::{lasts, report, seed};

const PEOPLE: u64 = 10;

/// Between two blows, so that a replica is there again before the next one is away.
const REST: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn two_replicas_of_which_one_dies_every_few_seconds_serve_everybody() {
    serve_everybody(2).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn three_replicas_of_which_one_dies_every_few_seconds_serve_everybody() {
    serve_everybody(3).await;
}

/// The replicas, and how they are started: all of them are the same app.
struct Fleet {
    replicas: Vec<Process>,
    public_url: String,
    kills: u32,
    restarts: u32,
}

impl Fleet {
    async fn start(world: &mut World, number: usize) -> Self {
        let first = Process::start(world, &[("RUST_LOG", "warn")]).await;
        let public_url = first.app_url.clone();
        world.turn_to(&public_url);
        let mut fleet = Self {
            replicas: vec![first],
            public_url,
            kills: 0,
            restarts: 0,
        };
        while fleet.replicas.len() < number {
            let next = Process::start(world, &fleet.settings()).await;
            fleet.replicas.push(next);
        }
        fleet
    }

    fn settings(&self) -> [(&'static str, &str); 2] {
        [("RUST_LOG", "warn"), ("PUBLIC_URL", &self.public_url)]
    }

    async fn kill(&mut self, stage: &Stage, at: usize) {
        self.replicas[at].kill();
        stage.board.has_been_killed(at);
        self.kills += 1;
        self.replicas[at] = self.replicas[at].again(&stage.world, &self.settings()).await;
    }

    async fn restart(&mut self, stage: &Stage, at: usize) {
        stage.board.is_restarted(at);
        self.replicas[at].terminate();
        assert!(self.replicas[at].ended().await, "it ends by itself");
        self.restarts += 1;
        self.replicas[at] = self.replicas[at].again(&stage.world, &self.settings()).await;
    }

    /// Kills one and restarts another, in turns.
    async fn suffer(&mut self, stage: &Stage, until: Instant) {
        let mut chance = Chance::new(seed());
        let number = self.replicas.len() as u64;
        while Instant::now() < until {
            let dying = usize::try_from(chance.below(number)).unwrap();
            self.kill(stage, dying).await;
            tokio::time::sleep(REST).await;
            self.restart(stage, (dying + 1) % self.replicas.len()).await;
            tokio::time::sleep(REST).await;
        }
    }
}

async fn serve_everybody(number: usize) {
    let mut world = World::without_app(Db::Postgres).await;
    let mut fleet = Fleet::start(&mut world, number).await;
    let urls = fleet.replicas.iter().map(|replica| replica.app_url.clone());
    let stage = Stage::new(world, urls.collect(), true);
    let began = Instant::now();
    let until = began + lasts(12);
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let person = Person::new(&stage, number, seed()).await;
        people.push(tokio::spawn(person.live(Arc::clone(&stage), until)));
    }
    tokio::select! {
        () = fleet.suffer(&stage, until) => {}
        () = stage.board.look() => {}
    }
    let mut lived = Vec::new();
    for person in people {
        lived.push(person.await.unwrap());
    }
    assert_eq!(*stage.wrongs.lock().unwrap(), [""; 0], "what no death excuses");
    everybody_recovers(&stage, &lived).await;
    // What the dead had taken is due when their lease is over.
    stage.world.hurry_events().await;
    stage.world.inbox_is_empty().await;
    let mut told = stage.told.lock().unwrap().clone();
    let died = stage.tally.lock().unwrap().get("connect: died").copied();
    told.refreshes_unanswered = usize::try_from(died.unwrap_or_default()).unwrap();
    stage.world.expect_invariants(&told).await;
    let mut lines = vec![format!(
        "Seed {}, {:.0} s: {} killed with -9, {} restarted with SIGTERM. Errors that no death excuses: none.\n",
        seed(),
        began.elapsed().as_secs_f64(),
        fleet.kills,
        fleet.restarts
    )];
    lines.extend(stage.answers());
    report::section(&format!("{number} replicas"), &lines);
}
