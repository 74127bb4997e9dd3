//! The app as a process of its own: what an operator starts, and what can be killed.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::{World, logs};

pub struct Process {
    pub app_url: String,
    /// Where `/metrics` is.
    pub admin_url: String,
    child: Child,
    folder: TempDir,
}

impl Process {
    /// Starts `channel-connect serve` and waits until it is ready.
    pub async fn start(world: &World, extra: &[(&str, &str)]) -> Self {
        Self::spawn(world, extra, "").await
    }

    /// The same without one of the settings.
    pub async fn start_without(world: &World, name: &str) -> Self {
        Self::spawn(world, &[], name).await
    }

    async fn spawn(world: &World, extra: &[(&str, &str)], without: &str) -> Self {
        let (port, admin_port) = (free_port(), free_port());
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let app_url = format!("http://127.0.0.1:{port}");
        let child = Command::new(env!("CARGO_BIN_EXE_channel-connect"))
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
            admin_url: format!("http://127.0.0.1:{admin_port}"),
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
