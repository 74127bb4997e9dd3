//! `scripts/bench`: a burst of ten thousand events, sent by a hundred senders to the program as it is released and,
//! in turns with it, to a [`baseline`] that does only what cannot be done without. Both are processes of their own on
//! a fresh database. It fails if an answer is not 200, or an event is lost or not done.

#![expect(
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints its report, and its program has no outside"
)]

mod baseline;
mod forms;
#[path = "../frame/mod.rs"]
mod frame;
mod run;

use std::time::Duration;

use anyhow::Context as _;

use forms::Burst;
use frame::database::Place;
use frame::report::{Figure, section};
use run::{Run, Runner, Taker};

/// Events of a burst, and rounds of a report; `BENCH_EVENTS` and `BENCH_ROUNDS` change them.
const EVENTS: usize = 10_000;
const ROUNDS: usize = 3;

/// Whatever takes longer hangs.
const WITHIN: Duration = Duration::from_mins(20);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(baseline::NAME) {
        return baseline::serve(arguments).await;
    }
    tokio::time::timeout(WITHIN, report())
        .await
        .context("the bench hangs")?
}

async fn report() -> anyhow::Result<()> {
    let (events, rounds) = (setting("BENCH_EVENTS", EVENTS)?, setting("BENCH_ROUNDS", ROUNDS)?);
    println!(
        "## Events\n\nBursts of {events} events from {} senders; medians of {rounds} rounds.\n",
        run::SENDERS
    );
    let runner = Runner::new(events)?;
    for place in Place::all() {
        for burst in Burst::ALL {
            let (mut app, mut baseline) = (Vec::new(), Vec::new());
            for _ in 0..rounds {
                app.push(runner.run(Taker::App, &place, burst).await?);
                baseline.push(runner.run(Taker::Baseline, &place, burst).await?);
            }
            let heading = format!("{}, {}", place.name(), burst.name());
            println!("{}", section(&heading, &figures(&app, &baseline)));
        }
    }
    Ok(())
}

fn setting(name: &str, otherwise: usize) -> anyhow::Result<usize> {
    match std::env::var(name) {
        Ok(number) => number.parse().with_context(|| format!("{name} is no number")),
        Err(_) => Ok(otherwise),
    }
}

fn figures(app: &[Run], baseline: &[Run]) -> Vec<Figure> {
    let compared = |name, digits, of: fn(&Run) -> f64| Figure {
        name,
        digits,
        app: app.iter().map(of).collect(),
        baseline: baseline.iter().map(of).collect(),
    };
    let of_app = |name, digits, of: fn(&Run) -> Option<f64>| Figure {
        name,
        digits,
        app: app.iter().filter_map(of).collect(),
        baseline: Vec::new(),
    };
    vec![
        compared("events answered a second", 0, Run::rate),
        compared("p50 of the answer, ms", 1, |run| {
            milliseconds(run.burst.percentile(50))
        }),
        compared("p99 of the answer, ms", 1, |run| {
            milliseconds(run.burst.percentile(99))
        }),
        compared("slowest answer, ms", 1, |run| milliseconds(run.burst.longest())),
        compared("processor until answered, µs an event", 0, |run| {
            run.each(run.answered)
        }),
        of_app("processor until done, µs an event", 0, |run| {
            Some(run.each(run.done?.0))
        }),
        of_app("done after, s", 1, |run| Some(run.done?.1.as_secs_f64())),
        compared("most memory, MB", 0, Run::megabytes),
    ]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
