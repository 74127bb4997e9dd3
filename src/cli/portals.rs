//! `portals list|show|forget`: where the app is installed.

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::Timestamp;
use serde::Serialize;

use crate::app::Clock;
use crate::bitrix24::MemberId;
use crate::config::Environment;
use crate::store::{Connection, CredentialFilter, Overview, Page, PortalFilter, PortalSummary};

use super::credentials::CredentialJson;
use super::print::{self, Fit, moment, or_dash};
use super::{Stop, args, open};

const LIST_EXAMPLES: &str = "Examples:
  channel-connect portals list
  channel-connect portals list --domain acme
  channel-connect portals list --json --limit 100000 | jq -r '.[] | select(.gone) | .member_id'";

const SHOW_EXAMPLES: &str = "Example:
  channel-connect portals show 3f1c0a5e9b7d42688d1e6f0a2c4b8d97";

const FORGET_EXAMPLES: &str = "Asks nothing, and cannot be taken back: tokens, users and connections of the portal are erased, its rows in the
log of calls and in the inbox are blanked. The app itself stays installed in the portal: whoever opens it there
brings the portal back. Channels stay connected, because they belong to the portal.

Example:
  channel-connect portals forget 3f1c0a5e9b7d42688d1e6f0a2c4b8d97";

/// More of one portal's rows than anybody reads.
const SHOWN: u32 = 1000;

#[derive(Serialize)]
struct PortalJson {
    member_id: String,
    domain: String,
    status: String,
    installed_at: Option<Timestamp>,
    last_seen_at: Timestamp,
    gone: bool,
}

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

/// The commands' words.
pub(super) fn command() -> Command {
    let member_id = || args::word("member_id", "MEMBER_ID", "The portal, as portals list shows it");
    let domain = Arg::new("domain")
        .long("domain")
        .value_name("TEXT")
        .help("Only those whose domain contains this text");
    let gone = Arg::new("gone")
        .long("gone")
        .action(ArgAction::SetTrue)
        .help("Only those that have uninstalled the app");
    Command::new("portals")
        .about("Portals that know the app")
        .subcommand_required(true)
        .subcommand(
            Command::new("list")
                .about("Lists portals, those first that opened the app last")
                .after_help(LIST_EXAMPLES)
                .args([domain, gone, args::limit(), args::json()]),
        )
        .subcommand(
            Command::new("show")
                .about("Shows one portal with its users and channels")
                .after_help(SHOW_EXAMPLES)
                .args([member_id(), args::json()]),
        )
        .subcommand(
            Command::new("forget")
                .about("Erases everything that is kept of a portal")
                .after_help(FORGET_EXAMPLES)
                .arg(member_id()),
        )
}

/// Does one of them.
pub(super) async fn run(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    match given.subcommand() {
        Some(("show", given)) => show(given, environment).await,
        Some(("forget", given)) => forget(given, environment).await,
        Some((_, given)) => list(given, environment).await,
        None => Ok(()),
    }
}

async fn list(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let filter = PortalFilter {
        member_id: None,
        domain: given.get_one::<String>("domain").map(|text| text.to_lowercase()),
        gone: given.get_flag("gone").then_some(true),
    };
    let limit = args::limit_of(given);
    let page = open::overview(environment).await?.portals(&filter, limit).await?;
    print::more_is_left(page.more, limit);
    if given.get_flag("json") {
        return print::json(page.rows.iter().map(portal_json));
    }
    let now = Clock::system().now();
    let row = |portal: &PortalSummary| {
        let status = if portal.gone_at.is_some() {
            "gone"
        } else {
            &portal.status
        };
        vec![
            portal.member_id.to_string(),
            portal.domain.clone(),
            status.to_owned(),
            or_dash(portal.installed_at.map(|at| print::age(at, now))),
            print::age(portal.last_seen_at, now),
        ]
    };
    let columns = [
        ("MEMBER_ID", Fit::Whole),
        ("DOMAIN", Fit::Wrap),
        ("STATUS", Fit::Whole),
        ("INSTALLED", Fit::Whole),
        ("SEEN", Fit::Whole),
    ];
    print::table(&columns, page.rows.iter().map(row).collect())
}

/// The one portal, or why there is none.
async fn find(overview: &Overview, member_id: &MemberId) -> Result<PortalSummary, Stop> {
    let filter = PortalFilter {
        member_id: Some(member_id.clone()),
        ..PortalFilter::default()
    };
    let mut found = overview.portals(&filter, 1).await?.rows;
    found.pop().ok_or_else(|| {
        let said = format!("no portal is known as {member_id}: portals list shows those that are");
        Stop::Failed(anyhow::anyhow!(said))
    })
}

async fn show(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let member_id = open::portal_id(args::text(given, "member_id"))?;
    let overview = open::overview(environment).await?;
    let portal = find(&overview, &member_id).await?;
    let filter = CredentialFilter {
        member_id: Some(member_id.clone()),
        ..CredentialFilter::default()
    };
    let credentials = overview.credentials(&filter, SHOWN).await?;
    let connections = overview.connections(&member_id, SHOWN).await?;
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
    super::credentials::print_table(&credentials.rows, false)?;
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

async fn forget(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let member_id = open::portal_id(args::text(given, "member_id"))?;
    let portal = find(&open::overview(environment).await?, &member_id).await?;
    open::with_app(environment, async |operator| {
        let forgotten = operator.forget(&member_id).await;
        forgotten.map_err(|failure| open::refused(&failure))
    })
    .await?;
    print::line(&format!(
        "forgotten: {member_id} ({}): its tokens, users and connections are erased, its rows in the log blanked",
        portal.domain
    ))
}

fn portal_json(portal: &PortalSummary) -> PortalJson {
    PortalJson {
        member_id: portal.member_id.to_string(),
        domain: portal.domain.clone(),
        status: portal.status.clone(),
        installed_at: portal.installed_at,
        last_seen_at: portal.last_seen_at,
        gone: portal.gone_at.is_some(),
    }
}

fn connection_json(connection: &Connection) -> ConnectionJson {
    ConnectionJson {
        code: connection.code.to_string(),
        bot_id: connection.bot_id.to_string(),
        user_id: connection.user_id.map(|user| user.to_string()),
        connected_at: connection.connected_at,
    }
}
