//! Chromium under `ChromeDriver`: how it is started, and that it ends.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::world::free_port;

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
];

/// The driver's process, which ends with its owner, and its browser with it, also when a story fails in the middle.
/// They stay in the group of the tests: Ctrl-C ends all of them.
pub(super) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    pub(super) fn start() -> Self {
        let port = free_port();
        let mut command = Command::new("chromedriver");
        command
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let process = command.spawn().expect("chromedriver: run scripts/test");
        Self { process, port }
    }

    /// A browser with a fresh profile in this folder, and with more flags than every one has.
    pub(super) async fn browser(&self, profile: &Path, mut options: Value, more: &[String]) -> Client {
        let folder = format!("--user-data-dir={}", profile.display());
        let more = more.iter().map(String::as_str);
        let flags: Vec<_> = FLAGS.into_iter().chain([folder.as_str()]).chain(more).collect();
        options["args"] = json!(flags);
        if let Some(binary) = std::env::var("CHROMIUM").ok().filter(|path| !path.is_empty()) {
            options["binary"] = binary.into();
        }
        let wishes = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let wishes: Capabilities = serde_json::from_value(wishes).unwrap();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wishes);
        let address = format!("http://127.0.0.1:{}", self.port);
        for _ in 0..100 {
            if let Ok(client) = builder.connect(&address).await {
                return client;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("chromedriver does not answer");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Its children are found before they lose their parent, and end after it, who could start another.
        let browsers = children_of(self.process.id());
        let _ = self.process.kill();
        let _ = self.process.wait();
        if !browsers.is_empty() {
            // The shell's own `kill`: the program is not everywhere.
            let kill = format!("kill -KILL {}", browsers.join(" "));
            let _ = Command::new("sh")
                .args(["-c", &kill])
                .stderr(Stdio::null())
                .status();
        }
    }
}

/// The ids of the processes whose parent this is.
fn children_of(parent: u32) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|process| {
            let stat = std::fs::read_to_string(process.path().join("stat")).ok()?;
            // `id (name) state parent …`; the name may hold anything.
            let (_, after) = stat.rsplit_once(") ")?;
            let is_child = after.split(' ').nth(1)? == parent.to_string();
            is_child.then(|| process.file_name().to_str().map(str::to_owned))?
        })
        .collect()
}

/// A command that the client has no word for: where it is posted, and with what.
#[derive(Debug)]
pub(super) struct Posted(pub(super) &'static str, pub(super) Value);

impl WebDriverCompatibleCommand for Posted {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
