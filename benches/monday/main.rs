//! `scripts/bench monday`: the Monday morning of a hundred thousand portals, in seconds. Prints the table that
//! `docs/scaling.md` quotes.

#![expect(
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints its report, and its program has no outside"
)]

mod simulation;

use simulation::day::{Plan, play};
use simulation::figures::Figures;
use simulation::morning::Zones;
use simulation::tally::Tally;
use simulation::way::Kind;
use simulation::{HOUR, MINUTE, Micros};

const PORTALS: usize = 100_000;

/// The app is opened in half of all portals, in some of them by several people.
const LAUNCHES: usize = 60_000;

const SEED: u64 = 20_260_105;

fn main() {
    println!("## A Monday of {PORTALS} portals\n");
    people();
    updates();
}

fn people() {
    println!(
        "| the day | nodes | launches answered | a second, busiest minute | shed | launch p50 · p99, ms | connect p50 · p99, s | \
         portal's limit | node, busiest minute | database |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    );
    let slow = Figures {
        server: 5 * Figures::default().server,
        ..Figures::default()
    };
    for (name, nodes, launches, zones, figures) in [
        ("many time zones", 1, LAUNCHES, Zones::many(), Figures::default()),
        ("one time zone", 1, LAUNCHES, Zones::one(), Figures::default()),
        (
            "one, and a server five times as slow",
            1,
            LAUNCHES,
            Zones::one(),
            slow,
        ),
        (
            "one, ten times as many people",
            1,
            10 * LAUNCHES,
            Zones::one(),
            Figures::default(),
        ),
        (
            "one, forty times as many people",
            1,
            40 * LAUNCHES,
            Zones::one(),
            Figures::default(),
        ),
    ] {
        let tally = play(&Plan {
            seed: SEED,
            nodes,
            portals: PORTALS,
            launches,
            zones,
            update_within: None,
            figures,
        });
        println!("{}", people_row(name, nodes, &tally));
    }
    println!();
}

fn people_row(name: &str, nodes: usize, tally: &Tally) -> String {
    let launch = |percent| tally.percentile(Kind::Launch, percent) / 1000;
    let connect = |percent| seconds(tally.percentile(Kind::Connect, percent));
    format!(
        "| {name} | {nodes} | {} | {:.1} | {} | {} · {} | {:.1} · {:.1} | {} | {:.1} % | {:.1} % |",
        tally.count(Kind::Launch),
        tally.busiest(Kind::Launch),
        tally.shed,
        launch(50),
        launch(99),
        connect(50),
        connect(99),
        tally.limited,
        tally.node_percent,
        tally.database_percent,
    )
}

fn updates() {
    println!(
        "| every portal is updated within | nodes | events a second, busiest minute | most in the inbox | \
         the last one done after, min | token expired before its turn | node, busiest minute |\n\
         |---|---:|---:|---:|---:|---:|---:|"
    );
    for (name, within, nodes) in [
        ("6 hours", 6 * HOUR, 1),
        ("an hour", HOUR, 1),
        ("10 minutes", 10 * MINUTE, 1),
        ("10 minutes", 10 * MINUTE, 2),
        ("10 minutes", 10 * MINUTE, 4),
        ("10 minutes", 10 * MINUTE, 10),
    ] {
        let tally = play(&Plan {
            seed: SEED,
            nodes,
            portals: PORTALS,
            launches: LAUNCHES,
            zones: Zones::many(),
            update_within: Some(within),
            figures: Figures::default(),
        });
        println!(
            "| {name} | {nodes} | {:.0} | {} | {:.0} | {} | {:.1} % |",
            tally.busiest(Kind::Update),
            tally.inbox,
            seconds(tally.last_done.saturating_sub(9 * HOUR)) / 60.0,
            tally.expired,
            tally.node_percent,
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "of a day")]
fn seconds(time: Micros) -> f64 {
    time as f64 / 1e6
}
