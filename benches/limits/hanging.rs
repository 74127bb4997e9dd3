//! A thousand people press the button, and their portals keep silent for half a minute.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use bitrix24_emulator::DEFAULT_CODE;
use serde_json::{Value, json};

use super::frame::town::{PEOPLE, Town};
use super::table::{Line, Table};
use super::{Site, megabytes};

const JOINS: usize = 1000;
const PORTALS: usize = 10;
const SILENT_FOR: Duration = Duration::from_secs(30);

const MOST_MEMORY: f64 = 80.0;

/// Connections that nobody uses any more are closed by then.
const SETTLED: Duration = Duration::from_secs(15);

pub async fn measure(site: &Site, table: &mut Table) -> anyhow::Result<()> {
    let program = site.program().await?;
    let town = Town::of(&site.emulator, PORTALS).await?;
    let mut sessions = Vec::new();
    for number in 0..PORTALS * PEOPLE {
        sessions.push(town.open(number).await?);
    }
    let silence = json!([{
        "on": "imopenlines.network.join", "do": "delay", "ms": SILENT_FOR.as_millis(), "times": 0
    }]);
    town.control("faults", silence).await?;
    let (began, url) = (Instant::now(), format!("{}/connect", program.served.url));
    let presses: Vec<_> = sessions
        .iter()
        .cycle()
        .take(JOINS)
        .map(|session| {
            let form = [("session", session.clone()), ("code", DEFAULT_CODE.to_owned())];
            let press = town
                .client
                .post(&url)
                .header("accept", "application/json")
                .form(&form);
            tokio::spawn(press.send())
        })
        .collect();
    for press in presses {
        let answer: Value = press.await??.json().await.context("no JSON")?;
        anyhow::ensure!(answer["status"] == "connected", "a join was answered {answer}");
    }
    let lasted = began.elapsed();
    anyhow::ensure!(lasted >= SILENT_FOR, "somebody answered for the portals");
    let connections = site.database.number("select count(*) from connections").await?;
    anyhow::ensure!(
        usize::try_from(connections)? == PORTALS,
        "{connections} connections"
    );
    let peak = megabytes(program.served.peak_memory()?);
    table.add(Line::at_most(
        "a thousand joins that hang 30 s, MB",
        peak,
        MOST_MEMORY,
    ));
    table.add(Line::just("all of them answered after, s", lasted.as_secs_f64()));
    tokio::time::sleep(SETTLED).await;
    table.add(Line::just(
        "memory 15 s later, MB",
        megabytes(program.served.memory()?),
    ));
    Ok(())
}
