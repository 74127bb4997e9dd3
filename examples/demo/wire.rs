//! What crossed the wire between the app and Bitrix24, from the emulator's journal.

use std::fmt;

use anyhow::Context as _;
use serde_json::{Map, Value};

use crate::stage::Stage;

/// Parameters whose value nobody may read over somebody's shoulder.
const SECRETS: [&str; 6] = [
    "auth",
    "access_token",
    "refresh_token",
    "client_secret",
    "application_token",
    "code",
];

/// Every token of the emulator begins so, whatever the parameter is called.
const TOKEN_MARK: &str = "5ec2e7";

/// Longer values are cut.
const LONGEST_VALUE: usize = 40;

/// The emulator's control API.
pub(crate) struct Wire {
    http: reqwest::Client,
    control_url: String,
}

/// One call that the app made.
#[derive(serde::Deserialize)]
pub(crate) struct Call {
    /// The REST method, or `token`.
    pub(crate) method: Option<String>,
    http_method: String,
    host: String,
    path: String,
    params: Value,
    /// Absent while it is under way.
    pub(crate) status: Option<u16>,
}

impl Wire {
    pub(crate) fn of(stage: &Stage) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self {
            http,
            control_url: stage.control_url(),
        })
    }

    /// The calls since the last [`Wire::forget`], in order.
    pub(crate) async fn calls(&self) -> anyhow::Result<Vec<Call>> {
        let request = self.http.get(format!("{}/calls", self.control_url));
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// Begins a new page of the journal.
    pub(crate) async fn forget(&self) -> anyhow::Result<()> {
        let request = self.http.delete(format!("{}/calls", self.control_url));
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// Asks the emulator to do something.
    pub(crate) async fn control(&self, deed: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.http.post(format!("{}/{deed}", self.control_url)).json(body);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// What the emulator knows of a portal.
    pub(crate) async fn portal(&self, name: &str) -> anyhow::Result<Value> {
        let request = self.http.get(format!("{}/state", self.control_url));
        let mut state: Value = request.send().await?.error_for_status()?.json().await?;
        let portals = state["portals"].as_array_mut().context("no portals")?;
        let found = portals.iter_mut().find(|portal| portal["name"] == name);
        Ok(found.context("no such portal")?.take())
    }
}

impl Call {
    /// The method's name.
    pub(crate) fn name(&self) -> &str {
        self.method.as_deref().unwrap_or(&self.path)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self
            .status
            .map_or("no answer".to_owned(), |status| status.to_string());
        let params = self.params.as_object().map(shortened).unwrap_or_default();
        let (verb, host, name) = (&self.http_method, &self.host, self.name());
        write!(f, "{verb:<4} {host:<20} {name:<25} {status:>3}  {params}")
    }
}

fn shortened(params: &Map<String, Value>) -> String {
    let pair = |(name, value): (&String, &Value)| format!("{name}={}", short(name, value));
    params.iter().map(pair).collect::<Vec<_>>().join(" ")
}

/// A value that may be shown: of a secret its last four characters, enough to tell one from another.
fn short(name: &str, value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let secret = SECRETS.contains(&name) || text.contains(TOKEN_MARK);
    let length = text.chars().count();
    match (secret, length) {
        (true, 16..) if name != "client_secret" => {
            format!("…{}", text.chars().skip(length - 4).collect::<String>())
        }
        (true, _) => "…".to_owned(),
        (false, ..=LONGEST_VALUE) => text,
        (false, _) => format!("{}…", text.chars().take(LONGEST_VALUE).collect::<String>()),
    }
}
