//! One round: every person of the town opens the app, or connects a channel that is new to their portal.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use bitrix24_emulator::{Emulator, Options};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use reqwest::RequestBuilder;
use serde_json::json;

use super::frame::database::{Database, Place};
use super::frame::program::Program;
use super::frame::town::{PEOPLE, Town};
use super::ledger::{self, Entry};
use super::seed::{self, Size};

const PORTALS: usize = 100;

/// How often each person comes in a round.
const TIMES: usize = 4;

/// Requests at the same time.
const SENDERS: usize = 8;

/// Calls wait for a quarter of a second to be logged together.
const LOGGED: Duration = Duration::from_secs(1);

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Launch,
    Connect,
}

impl Deed {
    pub fn name(self) -> &'static str {
        match self {
            Self::Launch => "launch",
            Self::Connect => "connect",
        }
    }
}

/// The program on a database.
pub struct Site {
    emulator: Emulator,
    pub database: Database,
    pub program: Program,
    sessions: Vec<String>,
}

/// What a round came to.
pub struct Round {
    requests: f64,
    processor: Duration,
    pub ledger: Vec<Entry>,
}

impl Site {
    pub async fn build(place: &Place, folder: &Path, size: &Size) -> anyhow::Result<Self> {
        let emulator = Emulator::start(Options::default()).await?;
        let database = Database::make(place, folder, &size.word()).await?;
        let log = folder.join(format!("{}.log", size.word()));
        let program = Program::start(&emulator, &database, &log).await?;
        let town = Town::of(&emulator, PORTALS).await?;
        let mut sessions = Vec::new();
        for number in 0..PORTALS * PEOPLE {
            sessions.push(town.open(number).await?);
        }
        seed::furnish(&database.url).await?;
        seed::fill(&database.url, size).await?;
        ledger::open(&database.url).await?;
        Ok(Self {
            emulator,
            database,
            program,
            sessions,
        })
    }

    /// Everybody comes a few times.
    pub async fn round(&self, deed: Deed, number: usize) -> anyhow::Result<Round> {
        let town = Town::of(&self.emulator, PORTALS).await?;
        let requests = match deed {
            Deed::Launch => launches(&town).await?,
            Deed::Connect => self.presses(&town, number).await?,
        };
        let count = requests.len();
        ledger::clear(&self.database.url).await?;
        let before = self.program.served.processor_time()?;
        let answers = stream::iter(requests.into_iter().map(answered));
        answers.buffer_unordered(SENDERS).try_collect::<Vec<()>>().await?;
        tokio::time::sleep(LOGGED).await;
        let processor = self.program.served.processor_time()?.saturating_sub(before);
        Ok(Round {
            requests: f64::from(u32::try_from(count)?),
            processor,
            ledger: ledger::read(&self.database.url).await?,
        })
    }

    async fn presses(&self, town: &Town<'_>, number: usize) -> anyhow::Result<Vec<RequestBuilder>> {
        let mut requests = Vec::new();
        for time in 0..TIMES {
            let code = format!("{:032x}", 0xc0de_0000 + number * TIMES + time);
            let channel = json!({"code": code, "name": "a channel", "active": true});
            town.control("channels", channel).await?;
            for session in &self.sessions {
                let form = [("session", session), ("code", &code)];
                let press = town.client.post(format!("{}/connect", self.program.served.url));
                requests.push(press.header("accept", "application/json").form(&form));
            }
        }
        Ok(requests)
    }
}

async fn launches(town: &Town<'_>) -> anyhow::Result<Vec<RequestBuilder>> {
    let mut requests = Vec::new();
    for number in 0..PORTALS * PEOPLE * TIMES {
        let launch = town.launch(number).await?;
        requests.push(town.client.post(&launch.url).form(&launch.body));
    }
    Ok(requests)
}

async fn answered(request: RequestBuilder) -> anyhow::Result<()> {
    let answer = request.send().await.context("a request was not answered")?;
    let (status, body) = (answer.status(), answer.text().await?);
    anyhow::ensure!(status.is_success(), "answered {status}: {body}");
    Ok(())
}

impl Round {
    pub fn processor(&self) -> f64 {
        self.a_request(self.processor.as_secs_f64() * 1e6)
    }

    pub fn in_database(&self) -> f64 {
        self.a_request(self.ledger.iter().map(|entry| entry.total().0).sum())
    }

    pub fn pages(&self) -> f64 {
        self.a_request(self.ledger.iter().map(|entry| entry.total().1).sum())
    }

    /// A sum, for each request.
    pub fn a_request(&self, sum: f64) -> f64 {
        sum / self.requests
    }

    pub fn entry(&self, statement: &str) -> Option<&Entry> {
        self.ledger.iter().find(|entry| entry.statement == statement)
    }
}
