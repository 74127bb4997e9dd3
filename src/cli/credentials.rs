//! `credentials list|refresh`: whose tokens are kept, and whether they are good.

use anyhow::anyhow;
use clap::{Arg, ArgMatches, Command};
use jiff::Timestamp;
use serde::Serialize;

use crate::app::{Clock, Failure, Known};
use crate::bitrix24::{MemberId, UserId};
use crate::config::Environment;
use crate::store::{CredentialFilter, CredentialKey, CredentialState, CredentialSummary};

use super::print::{self, Fit};
use super::{Stop, args, open};

const LIST_EXAMPLES: &str = "live: good. lost: a new pair went astray. revoked: Bitrix24 ended the grant.
The last two end when the user opens the app again.

Examples:
  channel-connect credentials list --state lost
  channel-connect credentials list --portal 3f1c0a5e9b7d42688d1e6f0a2c4b8d97";

const REFRESH_EXAMPLES: &str =
    "Fetches a new pair from the authorization server, as the service does by itself
when a token has expired. Only for finding out whether a credential is still
good: refreshing often or by schedule may be blocked by Bitrix24.

Example:
  channel-connect credentials refresh 3f1c0a5e9b7d42688d1e6f0a2c4b8d97 1";

/// A credential without its tokens.
#[derive(Serialize)]
pub(super) struct CredentialJson {
    member_id: String,
    user_id: String,
    state: &'static str,
    generation: i64,
    updated_at: Timestamp,
}

impl CredentialJson {
    pub(super) fn of(credential: &CredentialSummary) -> Self {
        Self {
            member_id: credential.key.member_id.to_string(),
            user_id: credential.key.user_id.to_string(),
            state: credential.state.as_str(),
            generation: credential.generation.get(),
            updated_at: credential.updated_at,
        }
    }
}

/// The commands' words.
pub(super) fn command() -> Command {
    let states = [
        CredentialState::Live,
        CredentialState::Lost,
        CredentialState::Revoked,
    ];
    let state = Arg::new("state")
        .long("state")
        .value_name("STATE")
        .value_parser(states.map(CredentialState::as_str))
        .help("Only those in this state");
    Command::new("credentials")
        .about("Users whose tokens are kept")
        .subcommand_required(true)
        .subcommand(
            Command::new("list")
                .about("Lists users whose tokens are kept, never the tokens; the last changed first")
                .after_help(LIST_EXAMPLES)
                .args([args::portal(), args::user(), state, args::limit(), args::json()]),
        )
        .subcommand(
            Command::new("refresh")
                .about("Fetches a new token pair for one user")
                .after_help(REFRESH_EXAMPLES)
                .arg(args::word("member_id", "MEMBER_ID", "The portal"))
                .arg(args::word("user_id", "USER_ID", "The user there")),
        )
}

/// Does one of them.
pub(super) async fn run(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    match given.subcommand() {
        Some(("refresh", given)) => refresh(given, environment).await,
        Some((_, given)) => list(given, environment).await,
        None => Ok(()),
    }
}

async fn list(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let filter = CredentialFilter {
        member_id: given.get_one::<MemberId>("portal").cloned(),
        user_id: given.get_one::<UserId>("user").copied(),
        state: given
            .get_one::<String>("state")
            .and_then(|state| CredentialState::parse(state)),
    };
    let limit = args::limit_of(given);
    let page = open::looking(environment, async |overview| {
        Ok(overview.credentials(&filter, limit).await?)
    })
    .await?;
    print::more_is_left(page.more, limit);
    if given.get_flag("json") {
        return print::json(page.rows.iter().map(CredentialJson::of));
    }
    print_table(&page.rows, true)
}

/// Credentials for people; without the portal where it is known anyway.
pub(super) fn print_table(credentials: &[CredentialSummary], portal: bool) -> Result<(), Stop> {
    let now = Clock::system().now();
    let skipped = usize::from(!portal);
    let row = |credential: &CredentialSummary| {
        let cells = [
            credential.key.member_id.to_string(),
            credential.key.user_id.to_string(),
            credential.state.as_str().to_owned(),
            credential.generation.get().to_string(),
            print::age(credential.updated_at, now),
        ];
        cells.into_iter().skip(skipped).collect()
    };
    let columns = [
        ("MEMBER_ID", Fit::Whole),
        ("USER", Fit::Whole),
        ("STATE", Fit::Whole),
        ("GENERATION", Fit::Whole),
        ("CHANGED", Fit::Wrap),
    ];
    print::table(&columns[skipped..], credentials.iter().map(row).collect())
}

async fn refresh(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let key = open::credential_key(args::text(given, "member_id"), args::text(given, "user_id"))?;
    let generation = open::with_app(environment, async |operator| {
        let known = operator
            .known(&key)
            .await
            .map_err(|failure| open::refused(&failure))?;
        usable(known, &key)?;
        operator
            .refresh(&key)
            .await
            .map_err(|failure| not_refreshed(&failure, &key))
    })
    .await?;
    print::line(&format!("refreshed: {key} is at generation {}", generation.get()))
}

/// Says of whom nothing usable is kept, and what to do.
pub(super) fn usable(known: Known, key: &CredentialKey) -> Result<(), Stop> {
    let said = match known {
        Known::Credential(CredentialState::Live) => return Ok(()),
        Known::NoPortal => format!(
            "no portal is known as {}: portals list shows those that are",
            key.member_id
        ),
        Known::NoCredential => format!(
            "user {} of portal {} has never opened the app: credentials list --portal {} shows who has",
            key.user_id, key.member_id, key.member_id
        ),
        Known::Unreadable => format!(
            "the tokens of {key} open under none of the keys in ENCRYPTION_KEYS: put the key back with which they \
             were sealed, or let the user open the app again"
        ),
        Known::Credential(state) => format!(
            "the tokens of {key} are {}: the user must open the app again, nothing else brings new ones",
            state.as_str()
        ),
    };
    Err(Stop::Failed(anyhow!(said)))
}

/// To an operator, who is not the user that a page would talk to.
fn not_refreshed(failure: &Failure, key: &CredentialKey) -> Stop {
    match failure {
        Failure::ReopenApp(why) => Stop::Failed(anyhow!(
            "the tokens of {key} are over: the user must open the app again ({why})"
        )),
        Failure::Internal(why) => Stop::Failed(anyhow!("the tokens of {key} were not refreshed: {why}")),
        failure => open::refused(failure),
    }
}
