//! `portals list|show|forget`: where the app is installed.

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::Timestamp;
use serde::Serialize;

use crate::app::Clock;
use crate::bitrix24::MemberId;
use crate::config::Environment;
use crate::store::{Overview, PortalFilter, PortalSummary};

use super::print::{self, Fit, or_dash};
use super::{Stop, args, open, portal};

const LIST_EXAMPLES: &str = "Examples:
  channel-connect portals list
  channel-connect portals list --domain acme
  channel-connect portals list --json --limit 100000 |
    jq -r '.[] | select(.gone) | .member_id'";

const FORGET_EXAMPLES: &str = "Asks nothing, and cannot be taken back: tokens, users and connections of the
portal are erased, its rows in the log of calls and in the inbox are blanked.
The app itself stays installed in the portal: whoever opens it there brings the
portal back. Channels stay connected, because they belong to the portal.

Example:
  channel-connect portals forget 3f1c0a5e9b7d42688d1e6f0a2c4b8d97";

/// A portal, as it is listed.
#[derive(Serialize)]
pub(super) struct PortalJson {
    member_id: String,
    domain: String,
    status: String,
    installed_at: Option<Timestamp>,
    last_seen_at: Timestamp,
    gone: bool,
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
        .subcommand(portal::command().arg(member_id()))
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
        Some(("show", given)) => portal::show(given, environment).await,
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
    let page = open::looking(environment, async |overview| {
        Ok(overview.portals(&filter, limit).await?)
    })
    .await?;
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
pub(super) async fn find(overview: &Overview, member_id: &MemberId) -> Result<PortalSummary, Stop> {
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

async fn forget(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let member_id = open::portal_id(args::text(given, "member_id"))?;
    let portal = open::looking(environment, async |overview| find(&overview, &member_id).await).await?;
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

pub(super) fn portal_json(portal: &PortalSummary) -> PortalJson {
    PortalJson {
        member_id: portal.member_id.to_string(),
        domain: portal.domain.clone(),
        status: portal.status.clone(),
        installed_at: portal.installed_at,
        last_seen_at: portal.last_seen_at,
        gone: portal.gone_at.is_some(),
    }
}
