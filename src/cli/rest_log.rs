//! `rest-log`: the log of server-side calls that the Market asks for.

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::bitrix24::{MemberId, UserId};
use crate::config::Environment;
use crate::store::{CallFilter, CallSummary, Overview};

use super::print::{self, Array, Fit};
use super::{Stop, args, open};

const EXAMPLES: &str = "Requests and responses are kept without secrets; --json shows them. Times
without a zone are UTC.

Examples:
  channel-connect rest-log --portal 3f1c0a5e9b7d42688d1e6f0a2c4b8d97 --since 2d
  channel-connect rest-log --failed --since 2026-11-24T09:30 --until 2h
  channel-connect rest-log --since 1h --json |
    jq '.[] | select(.duration_ms > 5000)'";

/// Rows have requests and responses: so many are in memory at once.
const PAGE: u32 = 500;

#[derive(Serialize)]
struct CallJson<'a> {
    at: Timestamp,
    member_id: Option<&'a str>,
    user_id: Option<String>,
    method: &'a str,
    status: Option<i64>,
    error: Option<&'a str>,
    duration_ms: i64,
    request: Option<Value>,
    response: Option<Value>,
    request_id: Option<&'a str>,
}

/// The command's words.
pub(super) fn command() -> Command {
    let method = Arg::new("method")
        .long("method")
        .value_name("METHOD")
        .help("Only calls of this method");
    let failed = Arg::new("failed")
        .long("failed")
        .action(ArgAction::SetTrue)
        .help("Only calls that were refused or not answered");
    Command::new("rest-log")
        .about("Lists the calls of Bitrix24, the newest first")
        .after_help(EXAMPLES)
        .args([
            args::portal(),
            args::user(),
            method,
            failed,
            args::time("since", "Only calls since then: 2h, 3d (ago), or a time"),
            args::time("until", "Only calls before then"),
            args::limit(),
            args::json(),
        ])
}

/// Lists them.
pub(super) async fn run(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let filter = CallFilter {
        member_id: given.get_one::<MemberId>("portal").cloned(),
        user_id: given.get_one::<UserId>("user").copied(),
        method: given.get_one::<String>("method").cloned(),
        failed: given.get_flag("failed"),
        since: given.get_one::<Timestamp>("since").copied(),
        until: given.get_one::<Timestamp>("until").copied(),
        after: None,
    };
    open::looking(environment, async |overview| {
        listed(given, filter, &overview).await
    })
    .await
}

async fn listed(given: &ArgMatches, filter: CallFilter, overview: &Overview) -> Result<(), Stop> {
    let limit = args::limit_of(given);
    if given.get_flag("json") {
        let mut array = Array::default();
        let more = each(overview, filter, limit, |call| array.push(&call_json(call))).await?;
        array.end()?;
        print::more_is_left(more, limit);
        return Ok(());
    }
    let of_one_portal = filter.member_id.is_some();
    let mut rows = Vec::new();
    let more = each(overview, filter, limit, |call| {
        rows.push(row(call, of_one_portal));
        Ok(())
    })
    .await?;
    print::more_is_left(more, limit);
    let columns = [
        ("AT (UTC)", Fit::Whole),
        ("METHOD", Fit::Whole),
        ("RESULT", Fit::Wrap),
        ("MS", Fit::Whole),
        ("USER", Fit::Whole),
        ("PORTAL", Fit::Cut),
    ];
    let shown = columns.len() - usize::from(of_one_portal);
    print::table(&columns[..shown], rows)
}

/// Page by page; says whether more is left than was asked for.
async fn each(
    overview: &Overview,
    mut filter: CallFilter,
    limit: u32,
    mut take: impl FnMut(&CallSummary) -> Result<(), Stop>,
) -> Result<bool, Stop> {
    let mut left = limit;
    loop {
        let page = overview.calls(&filter, left.min(PAGE)).await?;
        for call in &page.rows {
            take(call)?;
        }
        left = left.saturating_sub(PAGE);
        if left == 0 || !page.more {
            return Ok(page.more);
        }
        filter.after = page.rows.last().map(|last| (last.at, last.id.clone()));
    }
}

fn row(call: &CallSummary, of_one_portal: bool) -> Vec<String> {
    let result = [call.status.map(|status| status.to_string()), call.error.clone()];
    let result: Vec<String> = result.into_iter().flatten().collect();
    let mut cells = vec![
        print::short_moment(call.at),
        call.method.clone(),
        result.join(" "),
        call.duration_ms.to_string(),
        print::or_dash(call.user_id),
    ];
    if !of_one_portal {
        cells.push(print::or_dash(call.member_id.as_ref()));
    }
    cells
}

fn call_json(call: &CallSummary) -> CallJson<'_> {
    CallJson {
        at: call.at,
        member_id: call.member_id.as_deref(),
        user_id: call.user_id.map(|user| user.to_string()),
        method: &call.method,
        status: call.status,
        error: call.error.as_deref(),
        duration_ms: call.duration_ms,
        request: call.request.as_deref().map(content),
        response: call.response.as_deref().map(content),
        request_id: call.request_id.as_deref(),
    }
}

/// What was kept is JSON; should it be none, it is shown as a text.
fn content(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
