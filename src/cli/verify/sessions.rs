//! Sessions that must open nothing, made with the deployment's own keys.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::app::{Clock, Worthless};
use crate::bitrix24::{Unseen, UserId};
use crate::seal::KeyRing;
use crate::store::{CallFilter, StoreError};

use super::kept::Kept;
use super::outcome::{Attempt, Found, Tally};
use super::probe::{Answer, Probe, Question};
use super::{Database, shrugged};

/// Calls are logged off the request's path.
const LOGGED_WITHIN: Duration = Duration::from_secs(1);

/// More calls than one request leads to, and those of others meanwhile.
const CALLS: u32 = 500;

/// What no code is: a session that were believed would still connect nothing.
const NO_CODE: &str = "none";

pub(super) const WORTHLESS: Attempt = Attempt {
    name: "worthless sessions",
    must: "a tampered or cut session, and one sealed for another purpose, is forged (403); an old one has expired (401)",
};

pub(super) const ANOTHERS: Attempt = Attempt {
    name: "session of another portal",
    must: "a session of one portal with the user of another connects nothing, shows nothing, and calls nobody",
};

/// Tampered with, cut, of another purpose, expired.
pub(super) async fn worthless(probe: &Probe, database: &Database) -> Result<Found, Unseen> {
    let kept = match database {
        Ok(kept) => kept,
        Err(why) => return Ok(Found::Skipped(why.clone())),
    };
    let mut tally = Tally::default();
    for (what, kind, status, slug) in [
        ("a tampered session", Worthless::Tampered, 403, "forged"),
        ("a session that was cut", Worthless::Cut, 403, "forged"),
        (
            "a session of another purpose",
            Worthless::OtherPurpose,
            403,
            "forged",
        ),
        ("an expired session", Worthless::Expired, 401, "session_expired"),
    ] {
        let Some(session) = sealed(kind, &kept.keys) else {
            return Ok(Found::Skipped("no session can be sealed".into()));
        };
        probe.watch(&session);
        let form = [("session", &*session), ("code", NO_CODE)];
        let answer = probe.ask(Question::post("/connect", &form).json()).await?;
        if tally.expect(what, &answer, &[status]) {
            tally.require(answer.slug() == slug, || {
                format!("{what} is refused as {:?}", answer.slug())
            });
        }
    }
    Ok(tally.found())
}

fn sealed(kind: Worthless, keys: &KeyRing) -> Option<String> {
    kind.seal(keys, Clock::system().now()).ok()
}

/// The user of a portal that is known, in one that is not.
pub(super) async fn anothers(probe: &Probe, database: &Database) -> Result<Found, Unseen> {
    let kept = match database {
        Ok(kept) => kept,
        Err(why) => return Ok(Found::Skipped(why.clone())),
    };
    let (user_id, private) = match neighbour(kept).await {
        Ok(Some(neighbour)) => neighbour,
        Ok(None) => {
            return Ok(Found::Skipped(
                "no tokens in force are kept: open the app once".into(),
            ));
        }
        Err(error) => return Ok(shrugged(&error)),
    };
    let Some(session) = sealed(Worthless::Nobodys(user_id), &kept.keys) else {
        return Ok(Found::Skipped("no session can be sealed".into()));
    };
    let since = Clock::system().now();
    let code = Uuid::new_v4().simple().to_string();
    let form = [("session", &*session), ("code", &*code)];
    let mut tally = Tally::default();
    let (page, json) = (
        Question::post("/connect", &form),
        Question::post("/connect", &form).json(),
    );
    let answers = [probe.ask(page).await?, probe.ask(json).await?];
    for answer in &answers {
        tally.expect("such a session", answer, &[401, 403, 409, 422]);
        for text in &private {
            tally.require(!answer.shows(text), || {
                "the answer shows the other portal's data".to_owned()
            });
        }
    }
    called(&mut tally, kept, since, &answers).await;
    Ok(tally.found())
}

/// No call of Bitrix24 may be on the account of these requests.
async fn called(tally: &mut Tally, kept: &Kept, since: Timestamp, answers: &[Answer]) {
    tokio::time::sleep(LOGGED_WITHIN).await;
    let filter = CallFilter {
        since: Some(since),
        ..CallFilter::default()
    };
    match kept.overview.calls(&filter, CALLS).await {
        Ok(calls) => {
            let ours = |id: &String| answers.iter().any(|answer| is_of(answer, id));
            let called = |id: &Option<String>| id.as_ref().is_some_and(ours);
            let called = calls.rows.iter().any(|call| called(&call.request_id));
            tally.require(!called, || {
                "such a session leads to a call of Bitrix24".to_owned()
            });
        }
        Err(error) => tally.fell(format!("there is no telling who was called: {error}")),
    }
}

fn is_of(answer: &Answer, request_id: &str) -> bool {
    answer.header("x-request-id") == request_id
}

/// A user whose tokens are in force, and what of their portal nobody else may see.
async fn neighbour(kept: &Kept) -> Result<Option<(UserId, Vec<String>)>, StoreError> {
    let Some((key, access)) = kept.live_user().await? else {
        return Ok(None);
    };
    let portal = kept.portal(&key.member_id).await?;
    let mut private = vec![key.member_id.to_string(), access.expose().to_owned()];
    // Links into chats name the domain, so a list of channels would show it, too.
    private.extend(portal.map(|portal| portal.domain));
    Ok(Some((key.user_id, private)))
}
