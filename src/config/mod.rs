//! The environment, read once by `main`; the rooms get plain values.
//!
//! Everything is checked before anything listens. A fault is one line that names the variable.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ipnet::IpNet;
use url::Url;

use crate::app::{
    Clock, ConnectPolicy, OfferedChannel, RefreshTiming, Retention, Rules, Shares, UpkeepTiming,
};
use crate::bitrix24::{AppCode, AuthorizationServerUrl, ClientId, ClientSecret, Egress, Placement, Timeouts};
use crate::seal::{KeyRing, MasterKey};
use crate::store::DatabaseUrl;
use crate::telemetry::TraceSettings;
use crate::web::{Budgets, Capacity, Legal, Look};

mod beside;
mod channels;
mod faults;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod key_file;
mod proxies;
mod publisher;
mod read;
mod traces;
mod variables;

pub use beside::{
    client, development, existing_database, existing_keys, key_file_of, oauth_url, placements, public_url,
};
pub use faults::faults;
pub use proxies::trusted_proxies;
pub use read::{Environment, is_loopback};
pub use traces::traces;
pub use variables::{SECRET_VARIABLES, VARIABLES, Variable};

/// The Market wants the log of REST calls kept for three days.
const LEAST_REST_LOG_DAYS: i64 = 3;

/// A variable that is missing, empty, default-looking or malformed: the operator's to mend. Exit 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {fault}")]
pub struct ConfigFault {
    /// The variable.
    pub variable: String,
    /// What is wrong with it; never its value.
    pub fault: String,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Everything that `serve` needs to know.
#[derive(Debug)]
pub struct Config {
    /// The app's identifier.
    pub client_id: ClientId,
    /// The app's secret.
    pub client_secret: ClientSecret,
    /// The app's own origin.
    pub public_url: Url,
    /// Where data is kept.
    pub database: DatabaseUrl,
    /// The keys under which secrets are kept.
    pub keys: Arc<KeyRing>,
    /// A key file that was made just now, to be said so.
    pub made_key_file: Option<PathBuf>,
    /// Where the doors listen.
    pub listen_addr: SocketAddr,
    /// Where `/metrics` listens.
    pub admin_addr: SocketAddr,
    /// Whose word about the client's address counts.
    pub trusted_proxies: Vec<IpNet>,
    /// The authorization server.
    pub oauth_url: AuthorizationServerUrl,
    /// Where calls may go: `DEVELOPMENT` and `PRIVATE_PORTALS`.
    pub egress: Egress,
    /// What pages show of the publisher.
    pub look: Look,
    /// What the publisher decided about connecting.
    pub rules: Rules,
    /// How long things are kept.
    pub retention: Retention,
    /// Where else in the portal the installer adds the app.
    pub placements: Vec<Placement>,
    /// How long calls may take; not from the environment.
    pub timeouts: Timeouts,
    /// How long a refresh is claimed; not from the environment.
    pub refresh: RefreshTiming,
    /// How much one portal may take up.
    pub shares: Shares,
    /// How much may be under way at once; not from the environment.
    pub capacity: Capacity,
    /// How long an answer may take; not from the environment.
    pub budgets: Budgets,
    /// How often upkeep is done; not from the environment.
    pub upkeep: UpkeepTiming,
    /// Where traces go; nowhere unless a collector is named.
    pub traces: Option<TraceSettings>,
    /// What time it is; not from the environment.
    pub clock: Clock,
}

impl Config {
    /// Reads and checks everything, in the order of the documentation. With SQLite and no keys, makes the key
    /// file beside the database.
    pub fn read(environment: &Environment) -> Result<Self, ConfigFault> {
        Self::read_for(environment, Beginning::MayBeFirst)
    }

    /// The same for a command beside the service: database and keys must be there already, nothing is made, and
    /// as it serves nothing it needs no `PUBLIC_URL`.
    pub fn read_existing(environment: &Environment) -> Result<Self, ConfigFault> {
        Self::read_for(environment, Beginning::HasBegun)
    }

    fn read_for(environment: &Environment, beginning: Beginning) -> Result<Self, ConfigFault> {
        let development = environment.flag("DEVELOPMENT")?;
        let (client_id, client_secret) = client(environment)?;
        let public_url = match beginning {
            Beginning::HasBegun if !environment.gives("PUBLIC_URL") => read::nobodys_url(),
            _ => public_url(environment, development)?,
        };
        let database = match beginning {
            Beginning::MayBeFirst => database(environment)?,
            Beginning::HasBegun => existing_database(environment)?,
        };
        let (keys, made_key_file) = encryption_keys(environment, &database, beginning)?;
        Ok(Self {
            client_id,
            client_secret,
            database,
            keys: Arc::new(keys),
            made_key_file,
            listen_addr: listen_addr(environment)?,
            admin_addr: environment.required("ADMIN_ADDR", read::parsed("is no address with a port"))?,
            trusted_proxies: trusted_proxies(environment)?,
            oauth_url: oauth_url(environment, development)?,
            egress: egress(environment)?,
            look: look(environment, (&public_url, development))?,
            public_url,
            rules: rules(environment)?,
            retention: retention(environment)?,
            placements: placements(environment)?,
            timeouts: Timeouts::default(),
            refresh: RefreshTiming::default(),
            shares: Shares::default(),
            capacity: Capacity::default(),
            budgets: Budgets::default(),
            upkeep: UpkeepTiming::default(),
            traces: traces(environment)?,
            clock: Clock::system(),
        })
    }
}

/// Whether a process may make what is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beginning {
    /// The service, at its first start.
    MayBeFirst,
    /// Everything that works on what a service has kept.
    HasBegun,
}

/// `DATABASE_URL` alone, for commands that need nothing else.
pub fn database(environment: &Environment) -> Result<DatabaseUrl, ConfigFault> {
    environment.required("DATABASE_URL", |text| {
        let database = DatabaseUrl::parse(text).map_err(str::to_owned)?;
        let folder = database
            .file()
            .and_then(|file| file.parent().map(std::path::Path::to_owned));
        match folder {
            Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                Err("names a folder that does not exist".to_owned())
            }
            _ => Ok(database),
        }
    })
}

/// `LISTEN_ADDR` alone, for the command that asks there.
pub fn listen_addr(environment: &Environment) -> Result<SocketAddr, ConfigFault> {
    environment.required("LISTEN_ADDR", read::parsed("is no address with a port"))
}

/// Where calls may go, for commands that serve nothing.
pub fn egress(environment: &Environment) -> Result<Egress, ConfigFault> {
    egress_as(environment, environment.flag("DEVELOPMENT")?)
}

/// The same with loopback allowed, or not, whatever `DEVELOPMENT` says.
pub fn egress_as(environment: &Environment, development: bool) -> Result<Egress, ConfigFault> {
    let private = environment.list(
        "PRIVATE_PORTALS",
        read::parsed("is no list of networks like 10.0.0.0/8"),
    )?;
    Ok(Egress::new(development, private))
}

/// `LOG_FORMAT` alone: it is needed before anything is logged.
pub fn log_format(environment: &Environment) -> Result<LogFormat, ConfigFault> {
    environment.required("LOG_FORMAT", |text| match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("is neither text nor json".to_owned()),
    })
}

/// `RUST_LOG`, checked: a typing mistake would silence everything.
pub fn log_filter(environment: &Environment) -> Result<String, ConfigFault> {
    environment.required("RUST_LOG", |text| {
        let filter = tracing_subscriber::EnvFilter::builder().parse(text);
        filter
            .map(|_| text.to_owned())
            .map_err(|_| "is no log filter such as info or channel_connect=debug".to_owned())
    })
}

fn encryption_keys(
    environment: &Environment,
    database: &DatabaseUrl,
    beginning: Beginning,
) -> Result<(KeyRing, Option<PathBuf>), ConfigFault> {
    const NAME: &str = "ENCRYPTION_KEYS";
    let parse = |text: &str| MasterKey::parse_list(text).map_err(|fault| fault.to_string());
    let (masters, made) = match (environment.optional(NAME, parse)?, database.file()) {
        (Some(masters), _) => (masters, None),
        (None, Some(file)) => {
            let found = match beginning {
                Beginning::MayBeFirst => key_file::read_or_make(&file),
                Beginning::HasBegun => key_file::read_beside(&file),
            };
            let (master, made) = found.map_err(|fault| read::fault(NAME, &fault))?;
            (vec![master], made)
        }
        (None, None) => {
            let missing = "is missing: PostgreSQL needs keys of your own (channel-connect keys generate)";
            return Err(read::fault(NAME, missing));
        }
    };
    let ring = KeyRing::new(&masters).map_err(|fault| read::fault(NAME, &fault.to_string()))?;
    Ok((ring, made))
}

/// What pages show of the publisher; the pages that the app brings along are at its own origin.
pub fn look(environment: &Environment, (public_url, development): (&Url, bool)) -> Result<Look, ConfigFault> {
    let page = |text: &str| read::page_url(text, development);
    let privacy_url = environment.optional("PRIVACY_URL", page)?;
    let license_url = environment.optional("LICENSE_URL", page)?;
    let legal = publisher::legal(environment)?.map(|legal| Legal {
        privacy: privacy_url.is_none(),
        license: license_url.is_none(),
        ..legal
    });
    let own = |path: &str| legal.as_ref().and_then(|_| public_url.join(path).ok());
    Ok(Look {
        js_url: environment.required("BITRIX24_JS_URL", page)?,
        privacy_url: privacy_url.or_else(|| own("/privacy")),
        license_url: license_url.or_else(|| own("/license")),
        support_url: environment.optional("SUPPORT_URL", read::support_url)?,
        app_code: app_code(environment)?,
        legal,
    })
}

/// `APP_CODE`, for links that open the app.
pub fn app_code(environment: &Environment) -> Result<Option<AppCode>, ConfigFault> {
    environment.optional("APP_CODE", |text| {
        AppCode::parse(text).map_err(|fault| fault.to_string())
    })
}

/// `CHANNELS_FILE`: the channels that it offers; none without it.
pub fn offered(environment: &Environment) -> Result<Vec<OfferedChannel>, ConfigFault> {
    let offered = environment.optional("CHANNELS_FILE", |path| channels::read(Path::new(path)))?;
    Ok(offered.unwrap_or_default())
}

/// Who may connect what: `CONNECT_POLICY`, `CUSTOM_CODES` and `CHANNELS_FILE`.
pub fn rules(environment: &Environment) -> Result<Rules, ConfigFault> {
    Ok(Rules {
        connect_policy: environment.required("CONNECT_POLICY", |text| match text {
            "any" => Ok(ConnectPolicy::Any),
            "admins" => Ok(ConnectPolicy::Admins),
            _ => Err("is neither any nor admins".to_owned()),
        })?,
        custom_codes: environment.flag("CUSTOM_CODES")?,
        offered: offered(environment)?,
    })
}

/// `KEEP_AFTER_UNINSTALL_DAYS` and `REST_LOG_DAYS`.
pub fn retention(environment: &Environment) -> Result<Retention, ConfigFault> {
    Ok(Retention {
        connections: environment.required("KEEP_AFTER_UNINSTALL_DAYS", read::days(0))?,
        rest_log: environment.required("REST_LOG_DAYS", read::days(LEAST_REST_LOG_DAYS))?,
    })
}

fn unreadable(_: crate::bitrix24::UnreadableWord) -> String {
    "is not printable ASCII without spaces".to_owned()
}
