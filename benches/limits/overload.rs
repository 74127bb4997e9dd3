//! More launches than two processors can serve, while the authorization server takes half a second for each answer.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use reqwest::{Client, StatusCode};
use serde_json::json;

use super::frame::town::{Launch, Town};
use super::table::{Line, Table};
use super::{Site, megabytes, milliseconds};

const A_SECOND: u32 = 1000;
const SECONDS: u32 = 30;
const PORTALS: usize = 100;
const SLOW: Duration = Duration::from_millis(500);

/// The authorization server's half second, and a little.
const AT_ONCE: f64 = 800.0;

/// The door says by then that it cannot; see `web/bounds.rs`.
const LONGEST: f64 = 30_000.0;

const MOST_MEMORY: f64 = 120.0;
const SETTLED: Duration = Duration::from_secs(15);

/// Launches that the emulator makes at the same time.
const MAKERS: usize = 8;

/// One answer.
struct Answer {
    status: StatusCode,
    after: Duration,
}

pub async fn measure(site: &Site, table: &mut Table) -> anyhow::Result<()> {
    let program = site.program().await?;
    let town = Town::of(&site.emulator, PORTALS).await?;
    let launches = made(&town, usize::try_from(A_SECOND * SECONDS)?).await?;
    let slow = json!([{"on": "app.info", "do": "delay", "ms": SLOW.as_millis(), "times": 0}]);
    town.control("faults", slow).await?;
    let before = megabytes(program.served.memory()?);
    let answers = offered(&town.client, launches).await?;

    let (opened, others): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == StatusCode::OK);
    let refused = StatusCode::SERVICE_UNAVAILABLE;
    let odd = others.iter().find(|answer| answer.status != refused);
    anyhow::ensure!(
        odd.is_none(),
        "a launch was answered {}",
        odd.map_or(refused, |odd| odd.status)
    );
    let shed = program.counted("requests_shed_total").await?;
    // Where processors are short, some wait longer for the database than anybody may, and are told that.
    let otherwise = count(others.len()) - shed;
    anyhow::ensure!(
        otherwise > -0.5,
        "{} were refused, and {shed} are said to be",
        others.len()
    );
    table.add(Line::just("offered launches", count(answers.len())));
    table.add(Line::just("opened", count(opened.len())));
    table.add(Line::just("opened after, p50, ms", percentile(&opened, 50)));
    table.add(Line::at_most(
        "opened after, at most, ms",
        percentile(&opened, 100),
        LONGEST,
    ));
    table.add(Line::just("shed with 503, as the metric says", shed));
    table.add(Line::just("503 for want of the database", otherwise));
    table.add(Line::just("shed after, p50, ms", percentile(&others, 50)));
    table.add(Line::just("shed after, p99, ms", percentile(&others, 99)));

    let began = Instant::now();
    town.open(0).await.context("the first launch afterwards")?;
    table.add(Line::at_most(
        "the next launch, ms",
        milliseconds(began.elapsed()),
        AT_ONCE,
    ));
    let peak = megabytes(program.served.peak_memory()?);
    table.add(Line::just("memory before, MB", before));
    table.add(Line::at_most("most memory, MB", peak, MOST_MEMORY));
    tokio::time::sleep(SETTLED).await;
    table.add(Line::just(
        "memory 15 s later, MB",
        megabytes(program.served.memory()?),
    ));
    Ok(())
}

/// Launches that are all different.
async fn made(town: &Town<'_>, number: usize) -> anyhow::Result<Vec<Launch>> {
    let makers = (0..MAKERS).map(|maker| async move {
        let mut launches = Vec::new();
        for at in (maker..number).step_by(MAKERS) {
            launches.push(town.launch(at).await?);
        }
        anyhow::Ok(launches)
    });
    let made = futures_util::future::try_join_all(makers).await?;
    Ok(made.concat())
}

/// Sends each launch when it is due, whoever is answered.
async fn offered(client: &Client, launches: Vec<Launch>) -> anyhow::Result<Vec<Answer>> {
    let began = Instant::now();
    let mut sent = Vec::with_capacity(launches.len());
    for (at, launch) in (0..).zip(launches) {
        let due = began + Duration::from_secs(at) / A_SECOND;
        tokio::time::sleep_until(due.into()).await;
        let request = client.post(&launch.url).form(&launch.body);
        sent.push(tokio::spawn(async move {
            let answer = request.send().await?;
            let status = answer.status();
            answer.bytes().await?;
            let after = due.elapsed();
            anyhow::Ok(Answer { status, after })
        }));
    }
    let mut answers = Vec::with_capacity(sent.len());
    for answer in sent {
        answers.push(answer.await?.context("a launch was not answered")?);
    }
    Ok(answers)
}

fn percentile(answers: &[&Answer], percent: usize) -> f64 {
    let mut times: Vec<_> = answers.iter().map(|answer| answer.after).collect();
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(at).map_or(0.0, |time| milliseconds(*time))
}

#[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
fn count(number: usize) -> f64 {
    number as f64
}
