//! A town of portals, and the people who open the app in them.

use anyhow::Context as _;
use bitrix24_emulator::Emulator;
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

/// Everybody waits longer than the slowest door takes.
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(2);

/// The emulator's portals have so many people each, with ids from 1 on.
pub const PEOPLE: usize = 3;

/// What the portal's page would post for somebody who opens the app.
#[derive(Clone, Debug, Deserialize)]
pub struct Launch {
    pub url: String,
    pub body: std::collections::BTreeMap<String, String>,
}

/// Portals of one emulator.
pub struct Town<'e> {
    emulator: &'e Emulator,
    pub client: Client,
    portals: usize,
}

impl<'e> Town<'e> {
    /// So many portals, in which the app is yet to be opened.
    pub async fn of(emulator: &'e Emulator, portals: usize) -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().timeout(PATIENCE).build()?;
        let town = Self {
            emulator,
            client,
            portals,
        };
        for at in 0..portals {
            town.control("portal", json!({"portal": name(at)})).await?;
        }
        Ok(town)
    }

    /// Asks the emulator for something.
    pub async fn control(&self, deed: &str, body: Value) -> anyhow::Result<Value> {
        let url = format!("{}/_emulator/{deed}", self.emulator.control_url());
        let answer = self.client.post(url).json(&body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// A launch with tokens of its own, of the somebody with this number; numbers go around portals, then people.
    pub async fn launch(&self, number: usize) -> anyhow::Result<Launch> {
        let (portal, user) = (name(number % self.portals), number / self.portals % PEOPLE + 1);
        let launch = self
            .control("launch", json!({"portal": portal, "user": user}))
            .await?;
        Ok(serde_json::from_value(launch)?)
    }

    /// Opens the app for somebody, and gives the session of the page.
    pub async fn open(&self, number: usize) -> anyhow::Result<String> {
        let launch = self.launch(number).await?;
        let answer = self.client.post(&launch.url).form(&launch.body).send().await?;
        let (status, page) = (answer.status(), answer.text().await?);
        anyhow::ensure!(status == StatusCode::OK, "a launch was answered {status}: {page}");
        let session = page.split("name=\"session\" value=\"").nth(1);
        let session = session.and_then(|rest| rest.split('"').next());
        Ok(session.context("the page has no session")?.to_owned())
    }
}

fn name(portal: usize) -> String {
    format!("portal{portal}")
}
