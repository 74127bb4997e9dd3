//! From the start to the first answer on a database that is there already, and memory when nothing happens.

use std::time::Duration;

use super::frame::town::Town;
use super::table::{Line, Table};
use super::{Site, megabytes, milliseconds};

/// Odd, so that there is one in the middle.
const STARTS: usize = 5;

const LONGEST_START: f64 = 150.0;
const MOST_IDLE: f64 = 30.0;

/// Whatever a start leaves behind is done by then.
const SETTLED: Duration = Duration::from_secs(3);

pub async fn measure(site: &Site, table: &mut Table) -> anyhow::Result<()> {
    drop(site.program().await?);
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(site.program().await?.started_within);
    }
    starts.sort_unstable();
    let median = milliseconds(starts[STARTS / 2]);
    table.add(Line::at_most(
        "start to first answer, ms, median of 5",
        median,
        LONGEST_START,
    ));

    let program = site.program().await?;
    tokio::time::sleep(SETTLED).await;
    let fresh = megabytes(program.served.memory()?);
    table.add(Line::at_most("idle after the start, MB", fresh, MOST_IDLE));
    let town = Town::of(&site.emulator, 10).await?;
    for number in 0..30 {
        town.open(number).await?;
    }
    tokio::time::sleep(SETTLED).await;
    let used = megabytes(program.served.memory()?);
    table.add(Line::at_most("idle after thirty launches, MB", used, MOST_IDLE));
    Ok(())
}
