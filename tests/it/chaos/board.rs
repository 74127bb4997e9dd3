//! What a balancer knows of its replicas, and when which of them died.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::chance::Chance;

/// As often as balancers ask for `/readyz` at best.
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub struct Board {
    replicas: Vec<(String, AtomicBool)>,
    deaths: Mutex<Vec<(usize, Instant)>>,
    /// For whoever looks into what went wrong.
    restarts: Mutex<Vec<(usize, Instant)>>,
}

impl Board {
    pub fn new(urls: impl IntoIterator<Item = String>) -> Self {
        let replicas = urls.into_iter().map(|url| (url, AtomicBool::new(true)));
        Self {
            replicas: replicas.collect(),
            deaths: Mutex::default(),
            restarts: Mutex::default(),
        }
    }

    /// Looks after its replicas, for ever.
    pub async fn look(&self) {
        loop {
            let looks = self.replicas.iter().map(async |(url, live)| {
                let answer = reqwest::get(format!("{url}/readyz")).await;
                live.store(
                    answer.is_ok_and(|answer| answer.status().is_success()),
                    Ordering::Relaxed,
                );
            });
            join_all(looks).await;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// One of the replicas that live, once there is one: its number and address.
    pub async fn choose(&self, chance: &mut Chance) -> (usize, &str) {
        loop {
            let live: Vec<_> = (0..self.replicas.len())
                .filter(|at| self.replicas[*at].1.load(Ordering::Relaxed))
                .collect();
            if !live.is_empty() {
                let at = *chance.one_of(&live);
                return (at, &self.replicas[at].0);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Nobody could connect: whoever asks next goes elsewhere.
    pub fn is_away(&self, at: usize) {
        self.replicas[at].1.store(false, Ordering::Relaxed);
    }

    /// Notes a death, right after it was caused: who came before that, was there when it happened.
    pub fn has_been_killed(&self, at: usize) {
        self.deaths.lock().unwrap().push((at, Instant::now()));
    }

    /// Notes that a replica is being told to end.
    pub fn is_restarted(&self, at: usize) {
        self.restarts.lock().unwrap().push((at, Instant::now()));
    }

    /// How long ago a replica was told to end last.
    pub fn told_to_end(&self, at: usize) -> Option<Duration> {
        let restarts = self.restarts.lock().unwrap();
        let last = restarts.iter().rfind(|(which, _)| *which == at);
        last.map(|(_, when)| when.elapsed())
    }

    /// Whether a replica has died since; only then may it have left somebody without an answer. Whoever was cut off may
    /// know it before whoever killed it.
    pub async fn has_died(&self, at: usize, since: Instant) -> bool {
        for _ in 0..10 {
            let died = |(which, when): &(usize, Instant)| *which == at && *when >= since;
            if self.deaths.lock().unwrap().iter().any(died) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }
}
