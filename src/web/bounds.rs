//! Bounds on every request, whichever door it came to: the length of its head, and the time until it is answered.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::CONNECTION;
use http::{HeaderValue, StatusCode};

use super::Doors;
use super::error::answer_plainly;
use super::form::wants_json;
use crate::app::Failure;

/// Larger heads are no browser's and no portal's. What is read at once may be longer, so the server's own limit alone
/// would let some through.
const LARGEST_HEAD: usize = 32 * 1024;

/// Colon, space and line end.
const BESIDE_A_HEADER: usize = 4;

/// How long an answer may take, whatever it waits for. Doors give up earlier and say why; this is for what nobody
/// thought of, such as a database that neither answers nor goes away.
#[derive(Clone, Copy, Debug)]
pub struct Budgets {
    /// Of `/connect`, which may wait a minute for a portal, and twice that long for a refresh before it.
    pub connect: Duration,
    /// Of all other doors.
    pub others: Duration,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(100),
            others: Duration::from_secs(30),
        }
    }
}

/// Refuses heads that are too long.
pub(super) async fn head(request: Request, next: Next) -> Response {
    let headers = request.headers().iter();
    let headers: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len() + BESIDE_A_HEADER)
        .sum();
    let target = request
        .uri()
        .path_and_query()
        .map_or(0, |target| target.as_str().len());
    if headers + target > LARGEST_HEAD {
        return StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.into_response();
    }
    next.run(request).await
}

/// Answers for a door that does not. Once the process is to end, each answer is the last one of its connection.
pub(super) async fn time(State(doors): State<Arc<Doors>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let budgets = doors.front.budgets;
    let budget = match route.map(MatchedPath::as_str) {
        Some("/connect") => budgets.connect,
        _ => budgets.others,
    };
    let wants_json = wants_json(request.headers());
    let answer = tokio::time::timeout(budget, next.run(request)).await;
    let mut answer = answer.unwrap_or_else(|_| {
        tracing::error!(seconds = budget.as_secs(), "a door did not answer in time");
        answer_plainly(&Failure::Overloaded, wants_json)
    });
    if doors.closing.load(Ordering::Relaxed) {
        // Soon every kept connection is ended, and whoever sends into one at that moment would hear nothing.
        answer
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}
