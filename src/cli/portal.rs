//! `portals show`: one portal with its users and channels.

use clap::{ArgMatches, Command};
use jiff::Timestamp;
use serde::Serialize;

use crate::config::Environment;
use crate::store::{Connection, CredentialFilter, Page, PortalSummary};

use super::credentials::{self, CredentialJson};
use super::portals::{PortalJson, find, portal_json};
use super::print::{self, Fit, moment, or_dash};
use super::{Stop, args, open};

const SHOW_EXAMPLES: &str = "Example:
  channel-connect portals show 3f1c0a5e9b7d42688d1e6f0a2c4b8d97";

/// More of one portal's rows than anybody reads.
const SHOWN: u32 = 1000;

/// What `show` tells beyond the list.
#[derive(Serialize)]
struct WholePortalJson {
    #[serde(flatten)]
    portal: PortalJson,
    client_endpoint: String,
    created_at: Timestamp,
    gone_at: Option<Timestamp>,
    bound: Option<String>,
    application_token_known: bool,
    credentials: Vec<CredentialJson>,
    connections: Vec<ConnectionJson>,
}

#[derive(Serialize)]
struct ConnectionJson {
    code: String,
    bot_id: String,
    user_id: Option<String>,
    connected_at: Timestamp,
}

/// The command's words; whose portal is still to be added.
pub(super) fn command() -> Command {
    Command::new("show")
        .about("Shows one portal with its users and channels")
        .after_help(SHOW_EXAMPLES)
        .arg(args::json())
}

/// Shows it.
pub(super) async fn show(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let member_id = open::portal_id(args::text(given, "member_id"))?;
    let filter = CredentialFilter {
        member_id: Some(member_id.clone()),
        ..CredentialFilter::default()
    };
    let (portal, credentials, connections) = open::looking(environment, async |overview| {
        Ok((
            find(&overview, &member_id).await?,
            overview.credentials(&filter, SHOWN).await?,
            overview.connections(&member_id, SHOWN).await?,
        ))
    })
    .await?;
    print::more_is_left(credentials.more || connections.more, SHOWN);
    if given.get_flag("json") {
        return print::json([WholePortalJson {
            client_endpoint: portal.client_endpoint.clone(),
            created_at: portal.created_at,
            gone_at: portal.gone_at,
            bound: portal.bound.clone(),
            application_token_known: portal.application_token_known,
            credentials: credentials.rows.iter().map(CredentialJson::of).collect(),
            connections: connections.rows.iter().map(connection_json).collect(),
            portal: portal_json(&portal),
        }]);
    }
    print::text(&described(&portal))?;
    print::line("\nUsers whose tokens are kept:")?;
    credentials::print_table(&credentials.rows, false)?;
    print::line("\nConnected channels:")?;
    print_connections(&connections)
}

fn described(portal: &PortalSummary) -> String {
    let proof = if portal.application_token_known {
        "known: an uninstall can be proven"
    } else {
        "not known yet: an administrator must open the app"
    };
    let status = match portal.status.as_str() {
        "" => "unknown".to_owned(),
        letter => letter.to_owned(),
    };
    [
        ("member_id", portal.member_id.to_string()),
        ("domain", portal.domain.clone()),
        ("REST endpoint", portal.client_endpoint.clone()),
        ("status", status),
        ("first seen", moment(portal.created_at)),
        ("installed", or_dash(portal.installed_at.map(moment))),
        ("last seen", moment(portal.last_seen_at)),
        ("gone", or_dash(portal.gone_at.map(moment))),
        ("handlers bound", or_dash(portal.bound.as_ref())),
        ("application token", proof.to_owned()),
    ]
    .map(|(name, value)| format!("{name:<18} {value}\n"))
    .concat()
}

fn print_connections(connections: &Page<Connection>) -> Result<(), Stop> {
    let row = |connection: &Connection| {
        vec![
            connection.code.to_string(),
            connection.bot_id.to_string(),
            or_dash(connection.user_id),
            moment(connection.connected_at),
        ]
    };
    let columns = [
        ("CODE", Fit::Whole),
        ("BOT", Fit::Whole),
        ("USER", Fit::Whole),
        ("CONNECTED", Fit::Wrap),
    ];
    print::table(&columns, connections.rows.iter().map(row).collect())
}

fn connection_json(connection: &Connection) -> ConnectionJson {
    ConnectionJson {
        code: connection.code.to_string(),
        bot_id: connection.bot_id.to_string(),
        user_id: connection.user_id.map(|user| user.to_string()),
        connected_at: connection.connected_at,
    }
}
