//! `scripts/bench flat`: whether a launch and a connect cost more because others are many. The program runs on two
//! databases, one of which holds a thousand times as much, and opens the app and connects channels in the same hundred
//! portals of both, in turns. PostgreSQL itself says what each statement took and how many pages it touched.

#![expect(
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints its report, and its program has no outside"
)]

#[path = "../frame/mod.rs"]
mod frame;
mod ledger;
mod round;
mod seed;

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::Context as _;

use frame::database::Place;
use ledger::Entry;
use round::{Deed, Round, Site};
use seed::Size;

/// Whatever takes longer hangs.
const WITHIN: Duration = Duration::from_mins(20);

/// Odd, so that there is one in the middle.
const ROUNDS: usize = 3;

/// What the larger may cost.
const MOST: f64 = 1.1;

/// Statements that few requests lead to are not worth a line.
const WORTH_A_LINE: f64 = 0.05;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tokio::time::timeout(WITHIN, report())
        .await
        .context("the bench hangs")?
}

async fn report() -> anyhow::Result<()> {
    println!("## Flat in data\n");
    let Some(place) = Place::all()
        .into_iter()
        .find(|place| matches!(place, Place::Postgres(_)))
    else {
        println!("BENCH_POSTGRES_URL names no server: nothing was measured.");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let small = Site::build(&place, folder.path(), &Size::SMALL).await?;
    let large = Site::build(&place, folder.path(), &Size::LARGE).await?;
    for deed in [Deed::Launch, Deed::Connect] {
        let (mut few, mut many) = (Vec::new(), Vec::new());
        for number in 0..ROUNDS {
            few.push(small.round(deed, number).await?);
            many.push(large.round(deed, number).await?);
        }
        println!("{}", costs(deed, &few, &many));
        println!("{}", statements(&few, &many));
    }
    drop(small.program);
    drop(large.program);
    small.database.remove(&place).await?;
    large.database.remove(&place).await
}

/// What a request costs, beside each other.
fn costs(deed: Deed, few: &[Round], many: &[Round]) -> String {
    let mut table = format!(
        "| a {} | {} | {} | ratio | at most |\n|---|---:|---:|---:|---:|\n",
        deed.name(),
        Size::SMALL.name,
        Size::LARGE.name
    );
    for (name, of, most) in [
        (
            "processor of the app, µs",
            Round::processor as fn(&Round) -> f64,
            Some(MOST),
        ),
        ("time in the database, µs", Round::in_database, Some(MOST)),
        ("pages touched in the database", Round::pages, None),
    ] {
        let median = |rounds: &[Round]| middle(rounds.iter().map(of).collect());
        let (small, large) = (median(few), median(many));
        let most = most.map_or("–".to_owned(), |most| most.to_string());
        let _ = writeln!(
            table,
            "| {name} | {small:.0} | {large:.0} | {:.2} | {most} |",
            large / small
        );
    }
    table
}

/// Each statement that most requests lead to.
fn statements(few: &[Round], many: &[Round]) -> String {
    let mut table = "| statement | a request | pages a call | ratio | µs a call | ratio |\n\
                     |---|---:|---:|---:|---:|---:|\n"
        .to_owned();
    for entry in &few[0].ledger {
        let median = |rounds: &[Round], of: fn(&Entry) -> f64| {
            let entries = rounds.iter().filter_map(|round| round.entry(&entry.statement));
            middle(entries.map(of).collect())
        };
        let a_request = few[0].a_request(entry.calls);
        let (pages, more_pages) = (median(few, Entry::pages), median(many, Entry::pages));
        let (time, more_time) = (median(few, Entry::micros), median(many, Entry::micros));
        if a_request < WORTH_A_LINE {
            continue;
        }
        let _ = writeln!(
            table,
            "| `{}…` | {a_request:.2} | {pages:.1} · {more_pages:.1} | {:.2} | {time:.0} · {more_time:.0} | {:.2} |",
            entry.statement,
            more_pages / pages,
            more_time / time,
        );
    }
    table
}

fn middle(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
