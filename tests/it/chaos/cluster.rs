//! A PostgreSQL primary with a synchronous standby, and the one address behind which either of them serves.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

use crate::world::{Database, free_port};

/// Where the programs are that no path names.
const PLACES: &str = "/usr/lib/postgresql";

/// An address that leads to one server after the other.
pub struct Address {
    pub port: u16,
    to: Arc<AtomicU16>,
    accepting: AbortHandle,
}

impl Address {
    pub async fn of(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let to = Arc::new(AtomicU16::new(port));
        let leads = Arc::clone(&to);
        let accepting = tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let to = leads.load(Ordering::Relaxed);
                tokio::spawn(async move {
                    if let Ok(mut server) = TcpStream::connect(("127.0.0.1", to)).await {
                        let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                    }
                });
            }
        });
        Self {
            port: own,
            to,
            accepting: accepting.abort_handle(),
        }
    }

    pub fn lead_to(&self, port: u16) {
        self.to.store(port, Ordering::Relaxed);
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// One server; killed when dropped.
pub struct Server {
    folder: TempDir,
    pub port: u16,
}

impl Server {
    /// A new primary.
    pub fn primary() -> Self {
        let server = Self::placed();
        let data = server.data();
        run(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale",
            ],
        );
        server.start();
        server
    }

    /// A standby of this one, without which nothing counts as committed from here on.
    pub async fn standby(&self) -> Self {
        let (server, port) = (Self::placed(), self.port.to_string());
        let data = server.data();
        let copied = [
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "-U",
            "postgres",
            "-D",
            &data,
            "-R",
            "-X",
            "stream",
        ];
        run("pg_basebackup", &[&copied[..], &["--checkpoint=fast"]].concat());
        server.start();
        let own = self.database("postgres");
        own.execute("alter system set synchronous_standby_names = '*'")
            .await;
        own.execute("select pg_reload_conf()").await;
        let synchronous = "select count(*) from pg_stat_replication where sync_state = 'sync'";
        while own.number(synchronous).await != 1 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        server
    }

    fn placed() -> Self {
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            let owned = Command::new("chown").arg("postgres").arg(folder.path()).status();
            assert!(owned.unwrap().success());
        }
        Self {
            folder,
            port: free_port(),
        }
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn start(&self) {
        let settings = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100",
            self.port
        );
        let log = self.folder.path().join("log").display().to_string();
        run(
            "pg_ctl",
            &[
                "-D",
                &self.data(),
                "-l",
                &log,
                "-w",
                "-s",
                "-o",
                &settings,
                "start",
            ],
        );
    }

    /// Takes the primary's place.
    pub fn promote(&self) {
        run("pg_ctl", &["-D", &self.data(), "-w", "-s", "promote"]);
    }

    /// A database of it, by its own port.
    pub fn database(&self, name: &str) -> Database {
        Database::at(&format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    /// `kill -9` of the server with everything that belongs to it.
    pub fn kill(&self) {
        let Ok(lock) = fs::read_to_string(Path::new(&self.data()).join("postmaster.pid")) else {
            return;
        };
        let postmaster = lock.lines().next().unwrap_or_default().to_owned();
        let mut all = children(&postmaster);
        all.insert(0, postmaster);
        let kill = format!("kill -9 {} 2>/dev/null || true", all.join(" "));
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The processes that another one has started.
fn children(parent: &str) -> Vec<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let names = processes.filter_map(|entry| entry.file_name().into_string().ok());
    let is_child = |pid: &String| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let after = stat.rsplit_once(')').map(|(_, rest)| rest.to_owned());
        after.is_some_and(|rest| rest.split_whitespace().nth(1) == Some(parent))
    };
    names
        .filter(|name| name.bytes().all(|it| it.is_ascii_digit()))
        .filter(is_child)
        .collect()
}

fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    status.lines().any(|line| line.starts_with("Uid:\t0\t"))
}

/// The newest folder with the programs.
fn programs() -> PathBuf {
    let mut versions: Vec<_> = fs::read_dir(PLACES)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    versions.sort();
    versions.pop().unwrap().join("bin")
}

/// Runs one of the programs, which refuse to be run by root.
fn run(name: &str, words: &[&str]) {
    let program = programs().join(name);
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(&program);
        command
    } else {
        Command::new(&program)
    };
    let null = std::process::Stdio::null;
    let status = command
        .args(words)
        .current_dir("/")
        .stdin(null())
        .stdout(null())
        .status();
    assert!(status.unwrap().success(), "{name} {words:?}");
}
