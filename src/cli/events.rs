//! `events list|replay`: the inbox of lifecycle events.

use anyhow::anyhow;
use clap::{Arg, ArgMatches, Command};
use jiff::Timestamp;
use serde::Serialize;

use crate::app::Clock;
use crate::bitrix24::MemberId;
use crate::config::Environment;
use crate::store::{EventFilter, EventSummary};

use super::print::{self, Fit};
use super::{Stop, args, open};

const LIST_EXAMPLES: &str = "waiting: to be worked on (again). done: worked off. dead: will not be tried
again; the line below says why.

Examples:
  channel-connect events list --state dead
  channel-connect events list --since 2d --json";

const REPLAY_EXAMPLES: &str = "Puts an event back into the inbox, as if it had just come; the running service
picks it up. What an event says is wiped once it is done, and then it cannot be
replayed.

Example:
  channel-connect events replay 019e8b1a-6f2c-7d31-9a54-0c1d2e3f4a5b";

#[derive(Serialize)]
struct EventJson<'a> {
    id: &'a str,
    event: &'a str,
    member_id: Option<&'a str>,
    state: &'a str,
    received_at: Timestamp,
    attempts: i64,
    /// Said where there is something to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a str>,
}

/// The commands' words.
pub(super) fn command() -> Command {
    let state = Arg::new("state")
        .long("state")
        .value_name("STATE")
        .value_parser(["waiting", "done", "dead"])
        .help("Only those in this state");
    let since = args::time("since", "Only those that came since then: 2h, 3d, or a time");
    Command::new("events")
        .about("The inbox of lifecycle events")
        .subcommand_required(true)
        .subcommand(
            Command::new("list")
                .about("Lists events, the newest first")
                .after_help(LIST_EXAMPLES)
                .args([args::portal(), state, since, args::limit(), args::json()]),
        )
        .subcommand(
            Command::new("replay")
                .about("Lets an event be worked on again")
                .after_help(REPLAY_EXAMPLES)
                .arg(args::word("id", "ID", "The event, as events list shows it")),
        )
}

/// Does one of them.
pub(super) async fn run(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    match given.subcommand() {
        Some(("replay", given)) => replay(args::text(given, "id"), environment).await,
        Some((_, given)) => list(given, environment).await,
        None => Ok(()),
    }
}

async fn list(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let filter = EventFilter {
        id: None,
        member_id: given.get_one::<MemberId>("portal").cloned(),
        state: given.get_one::<String>("state").cloned(),
        since: given.get_one::<Timestamp>("since").copied(),
    };
    let limit = args::limit_of(given);
    let page = open::looking(environment, async |overview| {
        Ok(overview.events(&filter, limit).await?)
    })
    .await?;
    print::more_is_left(page.more, limit);
    if given.get_flag("json") {
        return print::json(page.rows.iter().map(event_json));
    }
    let now = Clock::system().now();
    let columns = [
        ("ID", Fit::Wrap),
        ("EVENT", Fit::Whole),
        ("PORTAL", Fit::Cut),
        ("STATE", Fit::Whole),
        ("AGE", Fit::Whole),
    ];
    let rows = page.rows.iter().flat_map(|event| rows(event, now));
    print::table(&columns, rows.collect())
}

/// The event, and below it what came of the last attempt.
fn rows(event: &EventSummary, now: Timestamp) -> Vec<Vec<String>> {
    let state = match event.attempts {
        0 | 1 => event.state.clone(),
        attempts => format!("{} {attempts}×", event.state),
    };
    let cells = vec![
        event.id.clone(),
        event.event.clone(),
        print::or_dash(event.member_id.as_ref()),
        state,
        print::age(event.received_at, now),
    ];
    let outcome = event.outcome.as_ref().map(|outcome| vec![format!("└ {outcome}")]);
    std::iter::once(cells).chain(outcome).collect()
}

async fn replay(id: &str, environment: &Environment) -> Result<(), Stop> {
    let store = open::store(environment).await?;
    let replayed = store.replay_event(id, Clock::system().now()).await;
    store.close().await;
    if replayed? {
        return print::line(&format!(
            "{id} waits in the inbox again; the running service works on it"
        ));
    }
    let filter = EventFilter {
        id: Some(id.to_owned()),
        ..EventFilter::default()
    };
    let found = open::looking(environment, async |overview| {
        Ok(overview.events(&filter, 1).await?)
    })
    .await?;
    Err(Stop::Failed(if found.rows.is_empty() {
        anyhow!("the event is not known: events list shows those that are")
    } else {
        anyhow!("event {id} was wiped when it was done: there is nothing left to be replayed")
    }))
}

fn event_json(event: &EventSummary) -> EventJson<'_> {
    EventJson {
        id: &event.id,
        event: &event.event,
        member_id: event.member_id.as_deref(),
        state: &event.state,
        received_at: event.received_at,
        attempts: event.attempts,
        outcome: event.outcome.as_deref(),
    }
}
