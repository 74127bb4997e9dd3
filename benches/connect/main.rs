//! What one press of the button costs: the program as it is released, in turns with a baseline that does only what
//! cannot be done without (`benches/straight`). With JSON as answer, with the page, and where each press meets an
//! expired token, which is refreshed. It fails if an answer is not 200; `scripts/bench connect` runs it.

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
use frame::report::{Figure, section};
use straight::rivals::{HTML, JSON, Rival, Rivals};
use straight::rounds::{Extent, Score, WITHIN, duel};

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
        "## Connect\n\nMedians of {} rounds, {} presses each.\n",
        extent.rounds, extent.requests
    );
    for place in Place::all() {
        let rivals = Rivals::start(&place, folder.path(), "connect").await?;
        for (name, accept) in [("JSON", JSON), ("page", HTML)] {
            let heading = format!("{}, {name}", place.name());
            let door = |rival: &Rival| rival.door("connect", accept);
            println!("{}", duel(&rivals, &heading, door, Rival::presses, extent).await?);
        }
        println!("{}", refreshed(&rivals, place.name(), extent).await?);
        rivals.end(&place).await?;
    }
    Ok(())
}

/// The app alone, in turns with and without a refresh at each press.
async fn refreshed(rivals: &Rivals, place: &str, extent: Extent) -> anyhow::Result<String> {
    let (mut with, mut without) = (Score::default(), Score::default());
    let app = &rivals.app;
    let door = app.door("connect", JSON);
    // The first call with each token is still a good one.
    rivals.platform.expire_at_once(true);
    app.closed(&door, app.presses(straight::rivals::PORTALS)).await?;
    for _ in 0..extent.rounds {
        rivals.platform.expire_at_once(true);
        with.close(app, &door, app.presses(extent.requests)).await?;
        rivals.platform.expire_at_once(false);
        without.close(app, &door, app.presses(extent.requests)).await?;
    }
    let compared = |name, of: fn(&Score) -> Vec<f64>| Figure {
        name,
        digits: 0,
        app: of(&with),
        baseline: of(&without),
    };
    let figures = [
        compared("processor, µs a request", Score::processor),
        compared("answered a second, 32 at once", Score::rates),
    ];
    let table = section(
        &format!("{place}, each token expired, beside presses without a refresh"),
        &figures,
    );
    Ok(table.replace("| app | baseline |", "| with refresh | without |"))
}
