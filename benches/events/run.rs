//! One run: a server is started on a fresh database, takes a burst, and is watched until nothing is left to be done.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use bitrix24_emulator::{Emulator, Options};
use tempfile::TempDir;

use crate::baseline;
use crate::forms;
use crate::frame::burst::{Burst, Door, post_all};
use crate::frame::database::{Database, Place};
use crate::frame::program::Program;
use crate::frame::served::{Served, free_port};

/// Connections that the events come over.
pub const SENDERS: usize = 100;

/// Working off ten thousand events takes some seconds; on a slow disk a minute.
const DONE_WITHIN: Duration = Duration::from_mins(4);

/// Who takes the burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taker {
    App,
    Baseline,
}

/// What a run came to.
pub struct Run {
    events: u32,
    /// How the burst was answered.
    pub burst: Burst,
    /// Processor time that the burst had taken when it was answered.
    pub answered: Duration,
    /// The same when everything was done, and how long that took from the first request; none where nothing is done.
    pub done: Option<(Duration, Duration)>,
    memory: u64,
}

impl Run {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        f64::from(self.events) / self.burst.lasted.as_secs_f64()
    }

    /// Microseconds of a time for each event.
    pub fn each(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e6 / f64::from(self.events)
    }

    /// The most memory that the server ever had.
    #[expect(clippy::cast_precision_loss, reason = "no server has that much")]
    pub fn megabytes(&self) -> f64 {
        self.memory as f64 / 1024.0
    }
}

/// Makes runs, each with a database of its own.
pub struct Runner {
    events: usize,
    folder: TempDir,
    runs: AtomicUsize,
}

impl Runner {
    pub fn new(events: usize) -> anyhow::Result<Self> {
        Ok(Self {
            events,
            folder: tempfile::tempdir()?,
            runs: AtomicUsize::new(0),
        })
    }

    pub async fn run(&self, taker: Taker, place: &Place, events: forms::Burst) -> anyhow::Result<Run> {
        let name = format!("run_{}", self.runs.fetch_add(1, Ordering::Relaxed));
        let database = Database::make(place, self.folder.path(), &name).await?;
        let emulator = Emulator::start(Options::default()).await?;
        let forms = events.forms(self.events, &emulator.control_url()).await?;
        let log = self.folder.path().join(format!("{name}.log"));
        let served = match taker {
            Taker::App => Program::start(&emulator, &database, &log).await?.served,
            Taker::Baseline => baseline(&database, &log).await?,
        };
        if events == forms::Burst::DoorAlone && taker == Taker::App {
            database.execute_all(hold_back(place)).await?;
        }
        let (before, began) = (served.processor_time()?, Instant::now());
        let used = || anyhow::Ok(served.processor_time()?.saturating_sub(before));
        let door = Door {
            url: format!("{}/events", served.url),
            accept: "*/*",
        };
        let burst = post_all(&door, forms, SENDERS).await;
        let burst = burst.with_context(|| format!("{taker:?} on {}", place.name()))?;
        let answered = used()?;
        self.nothing_is_lost(&database).await?;
        let mut done = None;
        if events != forms::Burst::DoorAlone && taker == Taker::App {
            self.everything_gets_done(&database).await?;
            done = Some((used()?, began.elapsed()));
        }
        let run = Run {
            events: u32::try_from(self.events)?,
            burst,
            answered,
            done,
            memory: served.peak_memory()?,
        };
        drop(served);
        database.remove(place).await?;
        Ok(run)
    }

    async fn nothing_is_lost(&self, database: &Database) -> anyhow::Result<()> {
        let kept = database.number("select count(*) from events").await?;
        anyhow::ensure!(
            usize::try_from(kept)? == self.events,
            "{kept} events are kept of {}",
            self.events
        );
        Ok(())
    }

    async fn everything_gets_done(&self, database: &Database) -> anyhow::Result<()> {
        let waiting = "select count(*) from events where state = 'waiting'";
        let began = Instant::now();
        while database.number(waiting).await? > 0 {
            anyhow::ensure!(began.elapsed() < DONE_WITHIN, "events still wait");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let done = database
            .number("select count(*) from events where state = 'done'")
            .await?;
        anyhow::ensure!(
            usize::try_from(done)? == self.events,
            "{done} events are done of {}",
            self.events
        );
        Ok(())
    }
}

/// Lets events be due in a day, so that nobody works on them.
fn hold_back(place: &Place) -> &'static [&'static str] {
    match place {
        Place::Sqlite => &["create trigger hold_back after insert on events begin
            update events set due_at = due_at + 86400000000 where id = new.id; end"],
        Place::Postgres(_) => &[
            "create function hold_back() returns trigger language plpgsql as
                'begin new.due_at := new.due_at + 86400000000; return new; end'",
            "create trigger hold_back before insert on events for each row execute function hold_back()",
        ],
    }
}

async fn baseline(database: &Database, log: &Path) -> anyhow::Result<Served> {
    let address = format!("127.0.0.1:{}", free_port()?);
    let mut command = Command::new(std::env::current_exe()?);
    command.args([baseline::NAME, &database.url, &address]);
    Served::start(&mut command, &format!("http://{address}"), "ready", log).await
}
