//! The events of a burst, as the platform posts them: each differs from all others.

use anyhow::Context as _;
use serde_json::{Value, json};

/// Which burst it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Burst {
    /// `ONAPPPAYMENT` of portals that nobody knows, which nobody works on meanwhile: what the baseline does, too.
    DoorAlone,
    /// The same, worked off while others come in: nothing is to be asked, so what is seen is door and inbox.
    UnknownPortals,
    /// `ONAPPINSTALL` with valid tokens: each is verified at the authorization server while others come in.
    Installs,
}

/// So many portals take turns.
const PORTALS: usize = 100;

/// Any time long ago; each event has a second of its own.
const FIRST_SECOND: usize = 1_700_000_000;

impl Burst {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DoorAlone, Self::UnknownPortals, Self::Installs];

    /// As reports name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DoorAlone => "the door alone",
            Self::UnknownPortals => "payments of unknown portals",
            Self::Installs => "installs with valid tokens",
        }
    }

    /// So many events; `emulator` is where the emulator is controlled.
    pub async fn forms(self, number: usize, emulator: &str) -> anyhow::Result<Vec<String>> {
        let auth = match self {
            Self::DoorAlone | Self::UnknownPortals => Value::Null,
            Self::Installs => tokens(emulator).await?,
        };
        let form = |at: usize| match self {
            Self::DoorAlone | Self::UnknownPortals => payment(at),
            Self::Installs => install(at, &auth),
        };
        Ok((0..number).map(form).collect())
    }
}

fn payment(at: usize) -> String {
    let portal = at % PORTALS;
    encoded(&[
        ("event", "ONAPPPAYMENT"),
        ("event_handler_id", "7"),
        ("data[CODE]", "bench.app"),
        ("data[VERSION]", "1"),
        ("data[STATUS]", "S"),
        ("data[PAYMENT_EXPIRED]", "N"),
        ("data[DAYS]", "30"),
        ("data[LANGUAGE_ID]", "en"),
        ("ts", &(FIRST_SECOND + at).to_string()),
        ("auth[domain]", &format!("portal{portal}.bitrix24.com")),
        (
            "auth[client_endpoint]",
            &format!("https://portal{portal}.bitrix24.com/rest/"),
        ),
        ("auth[server_endpoint]", "https://oauth.bitrix24.tech/rest/"),
        ("auth[member_id]", &format!("{portal:032x}")),
    ])
}

fn install(at: usize, auth: &Value) -> String {
    let of = |name: &str| auth[name].as_str().unwrap_or_default();
    encoded(&[
        ("event", "ONAPPINSTALL"),
        ("event_handler_id", "7"),
        ("data[VERSION]", "1"),
        ("data[ACTIVE]", "Y"),
        ("data[INSTALLED]", "Y"),
        ("data[LANGUAGE_ID]", "en"),
        ("ts", &(FIRST_SECOND + at).to_string()),
        ("auth[access_token]", of("access_token")),
        ("auth[refresh_token]", of("refresh_token")),
        ("auth[expires_in]", "3600"),
        ("auth[scope]", "imopenlines"),
        ("auth[status]", "L"),
        ("auth[client_endpoint]", of("client_endpoint")),
        ("auth[member_id]", of("member_id")),
        ("auth[user_id]", "1"),
        ("auth[application_token]", of("application_token")),
    ])
}

fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

/// Installs the app in one portal of the emulator, and has tokens of its administrator.
async fn tokens(emulator: &str) -> anyhow::Result<Value> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let ask = async |deed: &str, body: Value| -> anyhow::Result<Value> {
        let asked = http.post(format!("{emulator}/_emulator/{deed}")).json(&body);
        Ok(asked.send().await?.error_for_status()?.json().await?)
    };
    let mut auth = ask("token", json!({"portal": "acme", "user": 1})).await?;
    let installed = ask("install", json!({"portal": "acme", "deliver": false})).await?;
    let token = installed["portal"]["application_token"].as_str();
    auth["application_token"] = json!(token.context("the portal has no application token")?);
    Ok(auth)
}
