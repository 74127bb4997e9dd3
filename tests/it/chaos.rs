//! Life that goes on while things die: replicas, the database's primary, and half an hour of everything at once. Here
//! each of them is over in seconds; `scripts/chaos` runs them as long as it is told to, and writes down what it saw.

mod board;
mod chance;
mod cluster;
mod failover;
mod people;
mod replicas;
mod report;
mod samples;
mod soak;

use std::time::Duration;

/// How long a story goes on, unless `CHAOS_SECONDS` says otherwise.
fn lasts(usually: u64) -> Duration {
    let asked = std::env::var("CHAOS_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok());
    Duration::from_secs(asked.unwrap_or(usually))
}

/// How often a story does it, unless `CHAOS_ROUNDS` says otherwise.
fn rounds() -> u32 {
    let asked = std::env::var("CHAOS_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok());
    asked.unwrap_or(1)
}

/// What a story's chances begin with, so that a run can be repeated.
fn seed() -> u64 {
    let asked = std::env::var("CHAOS_SEED")
        .ok()
        .and_then(|text| text.parse().ok());
    asked.unwrap_or(1)
}
