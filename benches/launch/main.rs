//! What opening the app costs in a portal that is known: the program as it is released, in turns with a baseline that
//! does only what cannot be done without (`benches/straight`). It fails if an answer is not 200; `scripts/bench launch`
//! runs it.

#![expect(
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints its report, and its program has no outside"
)]
#![allow(dead_code, reason = "what benches share is used by one or the other")]

#[path = "../frame/mod.rs"]
mod frame;
#[path = "../straight/mod.rs"]
mod straight;

use anyhow::Context as _;

use frame::database::Place;
use straight::rivals::{PORTALS, Rival, Rivals, launch};
use straight::rounds::{Extent, WITHIN, duel};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(straight::NAME) {
        return straight::serve(arguments).await;
    }
    tokio::time::timeout(WITHIN, report())
        .await
        .context("the bench hangs")?
}

async fn report() -> anyhow::Result<()> {
    let extent = Extent::read()?;
    let folder = tempfile::tempdir()?;
    println!(
        "## Launch\n\nMedians of {} rounds, {} launches each.\n",
        extent.rounds, extent.requests
    );
    for place in Place::all() {
        let rivals = Rivals::start(&place, folder.path(), "launch").await?;
        let forms = |_: &Rival, number: usize| -> Vec<String> {
            (0..number)
                .map(|at| launch(&rivals.platform, at % PORTALS))
                .collect()
        };
        let table = duel(&rivals, place.name(), Rival::launch_door, forms, extent).await?;
        println!("{table}");
        rivals.end(&place).await?;
    }
    Ok(())
}
