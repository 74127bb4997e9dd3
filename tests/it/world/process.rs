//! The app as a process of its own: what an operator starts, and what can be killed.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::{World, logs};

pub struct Process {
    pub app_url: String,
    admin_url: String,
    child: Child,
    folder: TempDir,
}

impl Process {
    /// Starts `channel-connect serve` and waits until it is ready.
    pub async fn start(world: &World, extra: &[(&str, &str)]) -> Self {
        Self::spawn(world, extra, "", "").await
    }

    /// The same without one of the settings.
    pub async fn start_without(world: &World, name: &str) -> Self {
        Self::spawn(world, &[], name, "").await
    }

    /// Where the process may have only so many files open, and is given some less at first.
    pub async fn start_with_files(world: &World, files: u32) -> Self {
        let limit = format!("ulimit -Sn {}; ulimit -Hn {files}; ", files - 6);
        Self::spawn(world, &[], "", &limit).await
    }

    /// Where no file may grow beyond so many blocks, which is told to the process as a full disk is.
    pub async fn start_with_largest_file(world: &World, blocks: u32) -> Self {
        let limit = format!("trap '' XFSZ; ulimit -Sf {blocks}; ");
        // What it logs goes into a file, too.
        Self::spawn(world, &[("RUST_LOG", "warn")], "", &limit).await
    }

    async fn spawn(world: &World, extra: &[(&str, &str)], without: &str, limit: &str) -> Self {
        let (port, admin_port) = (free_port(), free_port());
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let app_url = format!("http://127.0.0.1:{port}");
        let admin_url = format!("http://127.0.0.1:{admin_port}");
        let child = Command::new("sh")
            .args(["-c", &format!("{limit}exec \"$0\"")])
            .arg(env!("CARGO_BIN_EXE_channel-connect"))
            .env_clear()
            .envs(
                world
                    .environment()
                    .into_iter()
                    .filter(|(name, _)| *name != without),
            )
            .env("RUST_LOG", "trace")
            .env("PUBLIC_URL", &app_url)
            .env("LISTEN_ADDR", format!("127.0.0.1:{port}"))
            .env("ADMIN_ADDR", format!("127.0.0.1:{admin_port}"))
            .envs(extra.iter().copied())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let process = Self {
            app_url,
            admin_url,
            child,
            folder,
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
