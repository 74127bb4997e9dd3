//! A server as a process of its own: what it uses is read off the kernel's account of it.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

/// Both servers are there within a second, on a machine that does nothing else.
const START_WITHIN: Duration = Duration::from_mins(1);

/// Processor time is told in hundredths of a second to every program, whatever the kernel counts in.
const TICK: Duration = Duration::from_millis(10);

/// The fields of `/proc/PID/stat` after the program's name in which user and system time stand.
const USER_TIME: usize = 11;
const SYSTEM_TIME: usize = 12;

/// A running server; killed when dropped.
pub struct Served {
    child: Child,
    /// Its origin.
    pub url: String,
}

impl Served {
    /// Starts a server whose log goes to a file, and waits until it answers at `/` plus `ready`.
    pub async fn start(command: &mut Command, url: &str, ready: &str, log: &Path) -> anyhow::Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(log)?)
            .spawn()
            .with_context(|| format!("{} does not start", command.get_program().display()))?;
        let served = Self {
            child,
            url: url.to_owned(),
        };
        let began = Instant::now();
        let ready = format!("{url}/{ready}");
        while !reqwest::get(&ready)
            .await
            .is_ok_and(|it| it.status().is_success())
        {
            if began.elapsed() > START_WITHIN {
                let log = std::fs::read_to_string(log).unwrap_or_default();
                anyhow::bail!("a server does not get ready: {log}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(served)
    }

    /// Processor time used so far, in user and kernel together.
    pub fn processor_time(&self) -> anyhow::Result<Duration> {
        let stat = self.account("stat")?;
        // The name of the program may hold anything but ends with the last bracket.
        let (_, rest) = stat.rsplit_once(')').context("/proc/PID/stat is unreadable")?;
        let fields: Vec<_> = rest.split_whitespace().collect();
        let ticks = |at: usize| -> anyhow::Result<u32> { Ok(fields.get(at).context("too short")?.parse()?) };
        Ok(TICK * (ticks(USER_TIME)? + ticks(SYSTEM_TIME)?))
    }

    /// The most memory it ever had, in kilobytes.
    pub fn peak_memory(&self) -> anyhow::Result<u64> {
        self.memory_of("VmHWM:")
    }

    /// The memory it has now, in kilobytes.
    pub fn memory(&self) -> anyhow::Result<u64> {
        self.memory_of("VmRSS:")
    }

    fn memory_of(&self, name: &str) -> anyhow::Result<u64> {
        let status = self.account("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.with_context(|| format!("no {name}"))?.parse()?)
    }

    fn account(&self, name: &str) -> anyhow::Result<String> {
        std::fs::read_to_string(format!("/proc/{}/{name}", self.child.id()))
            .context("the kernel gives no account of processes here: benches need Linux")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port of this machine that was free a moment ago.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
