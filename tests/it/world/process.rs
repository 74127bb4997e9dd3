//! The app as a process of its own: what an operator starts, and what can be killed.

use std::fs::File;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{World, logs};

/// `kill -9`.
const SIGKILL: i32 = 9;

pub struct Process {
    pub app_url: String,
    admin_url: String,
    child: Child,
    folder: TempDir,
    ports: (u16, u16),
}

/// How a process is started, beside what every operator sets.
#[derive(Default)]
struct Start<'a> {
    extra: &'a [(&'a str, &'a str)],
    without: &'a str,
    limit: &'a str,
    ports: Option<(u16, u16)>,
}

impl Process {
    /// Starts `channel-connect serve` and waits until it is ready.
    pub async fn start(world: &World, extra: &[(&str, &str)]) -> Self {
        let how = Start {
            extra,
            ..Start::default()
        };
        Self::spawn(world, how).await
    }

    /// The same at the same address, where this one is dead.
    pub async fn again(&self, world: &World, extra: &[(&str, &str)]) -> Self {
        let how = Start {
            extra,
            ports: Some(self.ports),
            ..Start::default()
        };
        Self::spawn(world, how).await
    }

    /// The same without one of the settings.
    pub async fn start_without(world: &World, name: &str) -> Self {
        let how = Start {
            without: name,
            ..Start::default()
        };
        Self::spawn(world, how).await
    }

    /// Where the process may have only so many files open, and is given some less at first.
    pub async fn start_with_files(world: &World, files: u32) -> Self {
        let limit = format!("ulimit -Sn {}; ulimit -Hn {files}; ", files - 6);
        let how = Start {
            limit: &limit,
            ..Start::default()
        };
        Self::spawn(world, how).await
    }

    /// Where no file may grow beyond so many blocks, which is told to the process as a full disk is.
    pub async fn start_with_largest_file(world: &World, blocks: u32) -> Self {
        let limit = format!("trap '' XFSZ; ulimit -Sf {blocks}; ");
        let how = Start {
            limit: &limit,
            // What it logs goes into a file, too.
            extra: &[("RUST_LOG", "warn")],
            ..Start::default()
        };
        Self::spawn(world, how).await
    }

    async fn spawn(world: &World, how: Start<'_>) -> Self {
        let (port, admin_port) = how.ports.unwrap_or_else(|| (free_port(), free_port()));
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let app_url = format!("http://127.0.0.1:{port}");
        let admin_url = format!("http://127.0.0.1:{admin_port}");
        let child = Command::new("sh")
            .args(["-c", &format!("{}exec \"$0\"", how.limit)])
            .arg(env!("CARGO_BIN_EXE_channel-connect"))
            .env_clear()
            .envs(
                world
                    .environment()
                    .into_iter()
                    .filter(|(name, _)| *name != how.without),
            )
            .env("RUST_LOG", "trace")
            .env("PUBLIC_URL", &app_url)
            .env("LISTEN_ADDR", format!("127.0.0.1:{port}"))
            .env("ADMIN_ADDR", format!("127.0.0.1:{admin_port}"))
            .envs(how.extra.iter().copied())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let process = Self {
            app_url,
            admin_url,
            child,
            folder,
            ports: (port, admin_port),
        };
        process.ready().await;
        process
    }

    async fn ready(&self) {
        for _ in 0..200 {
            let answer = reqwest::get(format!("{}/readyz", self.app_url)).await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the app did not get ready: {}", self.log());
    }

    /// What Prometheus would read.
    pub async fn metrics(&self) -> String {
        let answer = reqwest::get(format!("{}/metrics", self.admin_url)).await.unwrap();
        answer.text().await.unwrap()
    }

    /// How long it has used a processor.
    pub fn busy(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        // The name, in brackets, may hold anything; user and system time are the 12th and 13th word after it.
        let words: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let hundredths: u64 = words[11..13]
            .iter()
            .map(|word| word.parse::<u64>().unwrap())
            .sum();
        Duration::from_millis(10 * hundredths)
    }

    /// Kilobytes of memory, and open files, at this moment.
    pub fn takes_up(&self) -> (f64, f64) {
        let account = format!("/proc/{}", self.child.id());
        let status = std::fs::read_to_string(format!("{account}/status")).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap();
        let kilobytes: u32 = line.trim_end_matches("kB").trim().parse().unwrap();
        let files = std::fs::read_dir(format!("{account}/fd")).unwrap().count();
        (f64::from(kilobytes), f64::from(u32::try_from(files).unwrap()))
    }

    /// Makes room on its disk again.
    pub fn take_limit_away(&self) {
        let pid = rustix::process::Pid::from_raw(self.child.id().try_into().unwrap());
        let unlimited = rustix::process::Rlimit {
            current: None,
            maximum: None,
        };
        rustix::process::prlimit(pid, rustix::process::Resource::Fsize, unlimited).unwrap();
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for a death by `kill -9` that nobody here has caused; false where it goes on living, or ends otherwise.
    pub async fn is_killed(&mut self, patience: Duration) -> bool {
        let began = Instant::now();
        while began.elapsed() < patience {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.signal() == Some(SIGKILL);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }

    /// `SIGTERM`.
    pub fn terminate(&self) {
        // The shell's own `kill`: the program is not everywhere.
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -TERM {}", self.child.id())])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Waits for its end; true if it ended well.
    pub async fn ended(&mut self) -> bool {
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub fn address(&self) -> &str {
        self.app_url.strip_prefix("http://").unwrap()
    }

    pub fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(folder) = logs::folder() {
            let _ = std::fs::copy(
                self.log_file(),
                folder.join(format!("process-{}.log", self.child.id())),
            );
        }
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
