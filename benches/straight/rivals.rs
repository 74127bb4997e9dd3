//! The app and the baseline side by side, each a process of its own on a fresh database, with the app opened in the
//! same portals and the same channels connected in them.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;

use super::paced::{Paced, post_paced};
use super::platform::{CLIENT_ID, Platform, member_id};
use super::{NAME, Weights};
use crate::frame::burst::{Burst, Door, client, post, post_all};
use crate::frame::database::{Database, Place};
use crate::frame::served::{Served, free_port};

/// Whoever sends in a closed loop.
pub const SENDERS: usize = 32;

/// Portals that take turns. A multiple of the senders, so that each sender has portals of its own: where each call
/// meets an expired token, two at one moment would spend the new one of each other.
pub const PORTALS: usize = 12 * SENDERS;

/// Channels that are connected in each.
const CHANNELS: usize = 3;

/// What a request causes after its answer (the log of calls) is done by then, and is on its account.
const SETTLED: Duration = Duration::from_secs(1);

/// What is sealed in a bench is no secret.
const KEYS: &str = "bench:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What browsers ask for, and what programs do.
pub const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
pub const JSON: &str = "application/json";

/// One of the two.
pub struct Rival {
    served: Served,
    /// A session for each portal.
    sessions: Vec<String>,
}

/// Both, with the platform that they speak to.
pub struct Rivals {
    pub platform: Platform,
    pub app: Rival,
    pub baseline: Rival,
    databases: [Database; 2],
}

/// How a burst went, and what it cost.
pub struct Cost {
    pub burst: Burst,
    requests: u32,
    processor: Duration,
}

impl Cost {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        f64::from(self.requests) / self.burst.lasted.as_secs_f64()
    }

    /// Microseconds of the server's processor time for each request.
    pub fn processor(&self) -> f64 {
        self.processor.as_secs_f64() * 1e6 / f64::from(self.requests)
    }
}

impl Rivals {
    /// Starts both and opens the app in every portal.
    pub async fn start(place: &Place, folder: &Path, name: &str) -> anyhow::Result<Self> {
        let platform = Platform::start().await?;
        let databases = [
            Database::make(place, folder, &format!("{name}_app")).await?,
            Database::make(place, folder, &format!("{name}_baseline")).await?,
        ];
        let served = app(&platform, &databases[0], &folder.join(format!("{name}_app.log"))).await?;
        let app = Rival::opened(served, &platform).await?;
        let weights = app.weights(&platform).await?;
        let log = folder.join(format!("{name}_baseline.log"));
        let served = baseline(&platform, &databases[1], weights, &log).await?;
        let baseline = Rival::opened(served, &platform).await?;
        Ok(Self {
            platform,
            app,
            baseline,
            databases,
        })
    }

    /// Ends both, and removes their databases.
    pub async fn end(self, place: &Place) -> anyhow::Result<()> {
        drop((self.app, self.baseline));
        for database in self.databases {
            database.remove(place).await?;
        }
        Ok(())
    }
}

impl Rival {
    async fn opened(served: Served, platform: &Platform) -> anyhow::Result<Self> {
        let door = door(
            &served,
            "app?DOMAIN=127.0.0.1&PROTOCOL=0&LANG=en&APP_SID=bench",
            HTML,
        );
        let (client, mut sessions) = (client()?, Vec::with_capacity(PORTALS));
        for portal in 0..PORTALS {
            let page = post(&client, &door, launch(platform, portal)).await?;
            let session = page.split_once("name=\"session\" value=\"").map(|(_, rest)| rest);
            let session = session.and_then(|rest| rest.split_once('"'));
            sessions.push(session.context("the page has no session")?.0.to_owned());
        }
        let rival = Self { served, sessions };
        let presses = rival.presses(PORTALS * CHANNELS);
        post_all(&rival.door("connect", JSON), presses, SENDERS).await?;
        Ok(rival)
    }

    /// A door of this one.
    pub fn door(&self, path: &str, accept: &'static str) -> Door {
        door(&self.served, path, accept)
    }

    /// The door for launches.
    pub fn launch_door(&self) -> Door {
        self.door("app?DOMAIN=127.0.0.1&PROTOCOL=0&LANG=en&APP_SID=bench", HTML)
    }

    /// Forms of so many presses, of all portals in turns; the channels take turns, too.
    pub fn presses(&self, number: usize) -> Vec<String> {
        let press = |at: usize| {
            let code = format!("{:032x}", 0xc0de + at / PORTALS % CHANNELS);
            encoded(&[("session", &self.sessions[at % PORTALS]), ("code", &code)])
        };
        (0..number).map(press).collect()
    }

    /// Posts forms in a closed loop, and waits until what they caused is done.
    pub async fn closed(&self, door: &Door, forms: Vec<String>) -> anyhow::Result<Cost> {
        let requests = u32::try_from(forms.len())?;
        let before = self.served.processor_time()?;
        let burst = post_all(door, forms, SENDERS).await?;
        tokio::time::sleep(SETTLED).await;
        let processor = self.served.processor_time()?.saturating_sub(before);
        Ok(Cost {
            burst,
            requests,
            processor,
        })
    }

    /// Posts forms at a fixed pace.
    pub async fn paced(&self, door: &Door, forms: Vec<String>, rate: u32) -> anyhow::Result<Paced> {
        post_paced(door, forms, rate).await
    }

    /// The most memory it ever had, in megabytes.
    #[expect(clippy::cast_precision_loss, reason = "no server has that much")]
    pub fn megabytes(&self) -> anyhow::Result<f64> {
        Ok(self.served.peak_memory()? as f64 / 1024.0)
    }

    async fn weights(&self, platform: &Platform) -> anyhow::Result<Weights> {
        let client = client()?;
        let launched = post(&client, &self.launch_door(), launch(platform, 0)).await?;
        let presses = self.presses(1).remove(0);
        let connected = post(&client, &self.door("connect", HTML), presses).await?;
        Ok(Weights {
            launch: launched.len(),
            connect: connected.len(),
        })
    }
}

/// The form that a portal posts when its administrator opens the app.
pub fn launch(platform: &Platform, portal: usize) -> String {
    let tokens = platform.issue(portal);
    encoded(&[
        ("AUTH_ID", &tokens.access),
        ("AUTH_EXPIRES", "3600"),
        ("REFRESH_ID", &tokens.refresh),
        ("SERVER_ENDPOINT", "https://oauth.bitrix24.tech/rest/"),
        ("APPLICATION_TOKEN", "5ec2e75ec2e7c11e475ec2e75ec2e7c1"),
        ("APPLICATION_SCOPE", "imopenlines"),
        ("member_id", &member_id(portal)),
        ("status", "F"),
        ("PLACEMENT", "DEFAULT"),
        ("PLACEMENT_OPTIONS", "{\"any\":\"6\\/\"}"),
    ])
}

fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn door(served: &Served, path: &str, accept: &'static str) -> Door {
    Door {
        url: format!("{}/{path}", served.url),
        accept,
    }
}

/// The program as an operator runs it; its log goes to a file.
async fn app(platform: &Platform, database: &Database, log: &Path) -> anyhow::Result<Served> {
    let (port, admin_port) = (free_port()?, free_port()?);
    let url = format!("http://127.0.0.1:{port}");
    let ours = || env!("CARGO_BIN_EXE_channel-connect").into();
    let mut command = Command::new(std::env::var_os("BENCH_PROGRAM").unwrap_or_else(ours));
    command
        .env_clear()
        .env("BITRIX24_CLIENT_ID", CLIENT_ID)
        .env(
            "BITRIX24_CLIENT_SECRET",
            "5ec2e75ec2e7c11e475ec2e75ec2e7c11e475ec2e75ec2e7c1",
        )
        .env("BITRIX24_OAUTH_URL", platform.url())
        .env("DATABASE_URL", &database.url)
        .env("ENCRYPTION_KEYS", KEYS)
        .env("DEVELOPMENT", "true")
        .env("PUBLIC_URL", &url)
        .env("LISTEN_ADDR", format!("127.0.0.1:{port}"))
        .env("ADMIN_ADDR", format!("127.0.0.1:{admin_port}"));
    Served::start(&mut command, &url, "readyz", log).await
}

async fn baseline(
    platform: &Platform,
    database: &Database,
    weights: Weights,
    log: &Path,
) -> anyhow::Result<Served> {
    let address = format!("127.0.0.1:{}", free_port()?);
    let [launch, connect] = [weights.launch, weights.connect].map(|bytes| bytes.to_string());
    let mut command = Command::new(std::env::current_exe()?);
    command.args([NAME, &database.url, &address, platform.url(), &launch, &connect]);
    Served::start(&mut command, &format!("http://{address}"), "ready", log).await
}
