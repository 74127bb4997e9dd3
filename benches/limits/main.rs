//! `scripts/bench limits`: what the program never exceeds. Memory when idle and under a thousand joins that hang, the
//! time from its start to its first answer, its size on the disk, and what becomes of more launches than can be served
//! while the authorization server is slow. It fails if an answer is not true, or a limit does not hold.

#![expect(
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints its report, and its program has no outside"
)]

#[path = "../frame/mod.rs"]
mod frame;
mod hanging;
mod overload;
mod start;
mod table;

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use bitrix24_emulator::{Emulator, Options};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use frame::database::{Database, Place};
use frame::program::Program;
use table::{Line, Table};

/// Whatever takes longer hangs.
const WITHIN: Duration = Duration::from_mins(15);

/// What the program may be on the disk, in megabytes.
const LARGEST_PROGRAM: f64 = 25.0;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    take_all_files()?;
    tokio::time::timeout(WITHIN, report())
        .await
        .context("the bench hangs")?
}

async fn report() -> anyhow::Result<()> {
    println!("## Limits\n");
    let bytes = std::fs::metadata(Program::path())?.len();
    let mut held = true;
    for place in Place::all() {
        let mut table = Table::new(place.name());
        table.add(Line::at_most(
            "the program, MB",
            megabytes(bytes / 1024),
            LARGEST_PROGRAM,
        ));
        let folder = tempfile::tempdir()?;
        start::measure(&Site::new(&place, folder.path(), "start").await?, &mut table).await?;
        hanging::measure(&Site::new(&place, folder.path(), "hanging").await?, &mut table).await?;
        overload::measure(&Site::new(&place, folder.path(), "overload").await?, &mut table).await?;
        println!("{table}");
        held &= table.holds();
    }
    anyhow::ensure!(held, "a limit does not hold");
    Ok(())
}

/// An emulator and a database, and where logs go.
struct Site {
    emulator: Emulator,
    database: Database,
    log: std::path::PathBuf,
}

impl Site {
    async fn new(place: &Place, folder: &Path, name: &str) -> anyhow::Result<Self> {
        Ok(Self {
            emulator: Emulator::start(Options::default()).await?,
            database: Database::make(place, folder, name).await?,
            log: folder.join(format!("{name}.log")),
        })
    }

    async fn program(&self) -> anyhow::Result<Program> {
        Program::start(&self.emulator, &self.database, &self.log).await
    }
}

/// From kilobytes.
#[expect(clippy::cast_precision_loss, reason = "no program has that much")]
fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 / 1024.0
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// This process is both sides of the program: everybody who comes, and everybody whom it calls.
fn take_all_files() -> anyhow::Result<()> {
    let granted = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: granted.maximum,
        ..granted
    };
    setrlimit(Resource::Nofile, all).context("not all files are granted")
}
