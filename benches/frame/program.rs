//! The program as an operator runs it, with its log in a file, and what it tells an operator.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use bitrix24_emulator::{Emulator, Options};

use super::database::Database;
use super::served::{Served, free_port};

/// What is sealed in a bench is no secret.
const KEYS: &str = "bench:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// Between two looks whether it answers: a hundredth of what is measured.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// A running program.
pub struct Program {
    pub served: Served,
    /// How long it took from its start to its first answer.
    pub started_within: Duration,
    admin_url: String,
}

impl Program {
    /// Where the built program is.
    pub fn path() -> &'static Path {
        Path::new(env!("CARGO_BIN_EXE_channel-connect"))
    }

    /// Starts it on a database, and lets the emulator's launches go to it.
    pub async fn start(emulator: &Emulator, database: &Database, log: &Path) -> anyhow::Result<Self> {
        let (port, admin_port) = (free_port()?, free_port()?);
        let url = format!("http://127.0.0.1:{port}");
        let options = Options::default();
        let mut command = Command::new(Self::path());
        command
            .env_clear()
            .env("BITRIX24_CLIENT_ID", options.client_id)
            .env("BITRIX24_CLIENT_SECRET", options.client_secret)
            .env("BITRIX24_OAUTH_URL", emulator.oauth_url())
            .env("BITRIX24_JS_URL", format!("{}/api/v1/", emulator.control_url()))
            .env("DATABASE_URL", &database.url)
            .env("ENCRYPTION_KEYS", KEYS)
            .env("DEVELOPMENT", "true")
            .env("PUBLIC_URL", &url)
            .env("LISTEN_ADDR", format!("127.0.0.1:{port}"))
            .env("ADMIN_ADDR", format!("127.0.0.1:{admin_port}"));
        let (address, began) = (format!("127.0.0.1:{port}"), Instant::now());
        let first = std::thread::spawn(move || {
            while !is_ready(&address) && began.elapsed() < Duration::from_mins(1) {
                std::thread::sleep(LOOK_EVERY);
            }
            began.elapsed()
        });
        let served = Served::start(&mut command, &url, "readyz", log).await?;
        let started_within = first.join().ok().context("nobody looked")?;
        emulator.set_app_url(&url);
        Ok(Self {
            served,
            started_within,
            admin_url: format!("http://127.0.0.1:{admin_port}"),
        })
    }

    /// The sum of a counter over all of its labels.
    pub async fn counted(&self, name: &str) -> anyhow::Result<f64> {
        let metrics = reqwest::get(format!("{}/metrics", self.admin_url)).await?;
        let metrics = metrics.text().await?;
        let lines = metrics.lines().filter(|line| {
            line.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(['{', ' ']))
        });
        let values = lines.filter_map(|line| line.rsplit_once(' ')?.1.parse::<f64>().ok());
        Ok(values.sum())
    }
}

/// Asked without a client that would itself have to get ready.
fn is_ready(address: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(answer.ends_with(b"200"))
    };
    ask().unwrap_or(false)
}
