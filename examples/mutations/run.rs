//! Running stories in the copy, and reading off which of them failed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// Without a defence a story may hang; none of them takes a minute with it.
const PATIENCE: Duration = Duration::from_mins(5);

/// A build from nothing, on a slow machine.
const BUILD_PATIENCE: Duration = Duration::from_mins(30);

/// How often it is looked whether they have ended.
const GLANCE: Duration = Duration::from_millis(100);

/// Where and how stories are run.
pub(crate) struct Stories<'a> {
    root: &'a Path,
    sources: &'a Path,
}

/// What cargo came to.
struct Ran {
    /// None when it had to be stopped.
    status: Option<ExitStatus>,
    said: String,
}

impl<'a> Stories<'a> {
    /// `sources` is the copy; what is built is kept beside it.
    pub(crate) fn new(root: &'a Path, sources: &'a Path) -> Self {
        Self { root, sources }
    }

    /// Fails unless all of them hold.
    pub(crate) fn hold(&self, stories: &[&str]) -> Result<()> {
        let failed = self.failed(stories)?.context("the sources do not compile")?;
        ensure!(failed.is_empty(), "fail as it is: {failed:?}");
        Ok(())
    }

    /// Those of the stories of which every variant failed; nothing when it does not compile.
    pub(crate) fn failed(&self, stories: &[&str]) -> Result<Option<BTreeSet<String>>> {
        let mut failed = BTreeSet::new();
        let (told, unit): (Vec<&str>, Vec<&str>) = stories.iter().partition(|story| self.is_told(story));
        for (stories, target) in [(told, &["--test", "it"][..]), (unit, &["--lib"])] {
            if stories.is_empty() {
                continue;
            }
            let built = self.cargo("build", &[target, &["--no-run"]].concat(), BUILD_PATIENCE)?;
            if !built.status.is_some_and(|status| status.success()) {
                return Ok(None);
            }
            let mut words = [target, &["--", "--format", "pretty"]].concat();
            if std::env::var_os("TEST_POSTGRES_URL").is_some() {
                words.push("--include-ignored");
            }
            words.extend(&stories);
            let ran = self.cargo("run", &words, PATIENCE)?;
            for story in stories {
                let ended = variants(&ran.said, story);
                // One that hangs does not hold either.
                let hangs = ran.status.is_none();
                ensure!(
                    hangs || !ended.is_empty(),
                    "there is no story {story}: {}",
                    ran.said
                );
                if ended.iter().all(|held| !held) {
                    failed.insert(story.to_owned());
                }
            }
        }
        Ok(Some(failed))
    }

    /// Whether it is told in `tests/it`, rather than being a unit test.
    fn is_told(&self, story: &str) -> bool {
        let module = story.split("::").next().unwrap_or_default();
        let folder = self.root.join("tests/it");
        folder.join(format!("{module}.rs")).exists() || folder.join(module).exists()
    }

    fn cargo(&self, what: &str, words: &[&str], patience: Duration) -> Result<Ran> {
        let said = self.beside(what);
        let out = File::create(&said)?;
        let mut child = Command::new(env!("CARGO"))
            .args(["test", "--quiet", "--offline"])
            .args(words)
            .env("CARGO_TARGET_DIR", self.beside("build-folder"))
            .env_remove("TEST_LOGS")
            .current_dir(self.sources)
            .stderr(out.try_clone()?)
            .stdout(out)
            .process_group(0)
            .spawn()?;
        let began = Instant::now();
        let mut status = child.try_wait()?;
        while status.is_none() && began.elapsed() < patience {
            thread::sleep(GLANCE);
            status = child.try_wait()?;
        }
        if status.is_none() {
            // Cargo and what it has started.
            Command::new("kill")
                .args(["-9", "--", &format!("-{}", child.id())])
                .status()?;
            child.wait()?;
        }
        Ok(Ran {
            status,
            said: fs::read_to_string(&said)?,
        })
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.root.join("target/mutations").join(name)
    }
}

/// Whether each variant of a story held, such as those on SQLite and on PostgreSQL.
fn variants(said: &str, story: &str) -> Vec<bool> {
    let ended = said.lines().filter_map(|line| line.strip_prefix("test "));
    let (own, deeper) = (format!("{story} ..."), format!("{story}::"));
    ended
        .filter(|line| line.contains(&own) || line.contains(&deeper))
        .filter_map(|line| match line.rsplit_once("... ")?.1.trim() {
            "ok" => Some(true),
            "FAILED" => Some(false),
            _ => None,
        })
        .collect()
}
