//! The commands, run as an operator does: the real program, in a folder of its own.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::{CODE, Db, World};

/// What a command did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Says that it ended with this code, or shows what it said instead.
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }

    /// The array that `--json` prints.
    pub fn json(&self) -> Vec<Value> {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// Everything it said.
    pub fn said(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// Runs a command in a folder, with exactly these variables.
pub fn run_in(folder: &Path, variables: &[(String, String)], words: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_channel-connect"))
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .args(words)
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl World {
    /// Runs a command with the settings of the service.
    pub async fn command(&self, words: &[&str]) -> Ran {
        self.command_with(&[], words).await
    }

    /// The same with some settings changed, or left out (none).
    pub async fn command_with(&self, changes: &[(&str, Option<&str>)], words: &[&str]) -> Ran {
        let variables = self.settings(changes);
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let ran = tokio::task::spawn_blocking(move || {
            let folder = tempfile::tempdir().unwrap();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let ran = run_in(folder.path(), &variables, &words);
            let left = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(left, 0, "{words:?} leaves nothing behind");
            ran
        });
        let ran = ran.await.unwrap();
        assert!(!ran.said().contains(super::CLIENT_SECRET), "{}", ran.said());
        ran
    }

    /// Only starts a command, for somebody who goes away or interrupts it.
    pub fn begin_command(&self, changes: &[(&str, Option<&str>)], words: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_channel-connect"))
            .env_clear()
            .envs(self.settings(changes))
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn settings(&self, changes: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
        let mut settings: Vec<(String, String)> = self
            .environment()
            .into_iter()
            .chain([("PUBLIC_URL", self.app_url.clone())])
            .filter(|(name, value)| !value.is_empty() && changes.iter().all(|(changed, _)| changed != name))
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let set = changes
            .iter()
            .filter_map(|(name, value)| value.map(|value| (*name, value)));
        settings.extend(set.map(|(name, value)| (name.to_owned(), value.to_owned())));
        settings
    }
}

/// Waits for the end of a command; gives its exit code, or none if a signal ended it.
pub async fn exit_code(mut child: Child) -> Option<i32> {
    let ended = tokio::task::spawn_blocking(move || child.wait().unwrap());
    ended.await.unwrap().code()
}

/// Sends a signal by its name.
pub fn signal(child: &Child, name: &str) {
    // The shell's own `kill`: the program is not everywhere.
    let kill = format!("kill -{name} {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
}

/// A portal with its administrator and a colleague, and one connected channel.
pub async fn lived_in(db: Db) -> (World, String) {
    let world = World::new(db).await;
    let install = world
        .launch_with(json!({"portal": "acme", "user": 1, "install": true}))
        .await;
    world.post(&install).await.expect(200);
    let session = world.open("acme", 1).await;
    world.open("acme", 2).await;
    world.connect(&session, CODE).await.expect(200);
    let member_id = world.member_id("acme").await;
    (world, member_id)
}

/// Waits for what is written off the request path.
pub async fn until(world: &World, query: &str, at_least: i64) {
    for _ in 0..200 {
        if world.database.number(query).await >= at_least {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{query} never gave {at_least}");
}

/// A server on loopback that answers everything with this status and these headers; gives its address.
pub async fn serve_answer(status: u16, headers: &[(&'static str, &'static str)]) -> String {
    let status = axum::http::StatusCode::from_u16(status).unwrap();
    let headers: axum::http::HeaderMap = headers
        .iter()
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect();
    let answer = move || std::future::ready((status, headers.clone()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
    url
}
