//! A PostgreSQL server of a story's own, which it may freeze, kill and start again.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::free_port;

pub struct Server {
    folder: TempDir,
    pub port: u16,
    /// The largest file that it may write, in blocks of 1024 bytes.
    largest: Option<u32>,
}

impl Server {
    /// Makes and starts one. A server whose files may have only so many kilobytes meets the end of its disk where it would
    /// extend one beyond that; its log of changes is kept in small files, so that only tables do.
    pub fn start(largest: Option<u32>) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("story-postgres")
            .tempdir()
            .unwrap();
        let server = Self {
            folder,
            port: free_port(),
            largest,
        };
        server.as_postgres("chmod 755 \"$FOLDER\"; mkdir \"$FOLDER/own\"");
        if is_root() {
            sh(&format!("chown postgres {}", server.own().display()));
        }
        let made = "\"$BIN/initdb\" -D \"$FOLDER/own/data\" -U postgres --auth=trust --encoding=UTF8 --no-locale --no-sync --wal-segsize=1 >\"$FOLDER/own/initdb\"";
        server.run(made);
        server.up();
        server
    }

    fn own(&self) -> PathBuf {
        self.folder.path().join("own")
    }

    /// Starts it (again).
    pub fn up(&self) {
        let limit = self
            .largest
            .map_or(String::new(), |blocks| format!("ulimit -f {}; ", blocks * 2));
        let start = format!(
            "{limit}\"$BIN/pg_ctl\" -D \"$FOLDER/own/data\" -l \"$FOLDER/own/log\" -w -t 60 -s -o \"-p {} -c listen_addresses=127.0.0.1 \
             -c unix_socket_directories='' -c fsync=off -c max_connections=60 -c min_wal_size=2MB -c max_wal_size=16MB\" start",
            self.port
        );
        self.run(&start);
    }

    /// Stops it at once, in the middle of whatever it is doing.
    pub fn down(&self) {
        self.run("\"$BIN/pg_ctl\" -D \"$FOLDER/own/data\" -m immediate -s -w stop");
    }

    /// Stops every process of it, so that connections stand and nothing answers; or lets them go on.
    pub fn freeze(&self, frozen: bool) {
        let name = if frozen { "STOP" } else { "CONT" };
        // Its processes are children of the first one, whose number stands in a file.
        let signal = format!(
            "read -r first <\"$FOLDER/own/data/postmaster.pid\"; \
             for status in /proc/[0-9]*/stat; do \
               {{ read -r line <\"$status\"; }} 2>/dev/null || continue; rest=${{line##*) }}; set -- $rest; \
               [ \"$2\" = \"$first\" ] && {{ pid=${{status#/proc/}}; kill -{name} \"${{pid%/stat}}\"; }}; \
             done; kill -{name} \"$first\""
        );
        self.run(&signal);
    }

    /// Where a fresh database of it is.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    fn run(&self, script: &str) {
        let full = format!(
            "FOLDER={}; BIN={}; {script}",
            self.folder.path().display(),
            bin().display()
        );
        if is_root() {
            let status = Command::new("runuser")
                .args(["-u", "postgres", "--", "sh", "-c", &full])
                .current_dir("/")
                .stdin(Stdio::null())
                .status()
                .unwrap();
            assert!(status.success(), "{script}");
        } else {
            sh(&full);
        }
    }

    fn as_postgres(&self, script: &str) {
        sh(&format!("FOLDER={}; {script}", self.folder.path().display()));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.freeze(false);
        self.down();
    }
}

fn sh(script: &str) {
    assert!(
        Command::new("sh")
            .args(["-c", script])
            .status()
            .unwrap()
            .success(),
        "{script}"
    );
}

fn is_root() -> bool {
    let owner = std::fs::metadata("/proc/self").unwrap();
    std::os::unix::fs::MetadataExt::uid(&owner) == 0
}

/// The folder of the newest server that is installed.
fn bin() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<_> = versions
        .map(|entry| entry.unwrap().path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop().unwrap_or_else(|| {
        let path = std::env::var_os("PATH").unwrap();
        let mut folders = std::env::split_paths(&path);
        folders
            .find(|folder| Path::new(folder).join("initdb").is_file())
            .expect("PostgreSQL: run scripts/test")
    })
}
