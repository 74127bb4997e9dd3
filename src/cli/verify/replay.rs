//! An uninstall of an earlier installation, sent again: true, and over.

use std::time::Duration;

use jiff::SignedDuration;

use crate::app::Clock;
use crate::bitrix24::{MemberId, Unseen};
use crate::store::{CredentialFilter, EventFilter, EventSummary, StoreError};

use super::events::uninstall;
use super::kept::Kept;
use super::outcome::{Attempt, Found};
use super::probe::{Probe, Question};
use super::{Database, shrugged};

/// So long before the installation there is no question what came first.
const BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Events are worked off at once, unless many wait.
const LOOKS: u32 = 40;
const BETWEEN: Duration = Duration::from_millis(500);

/// More users than anybody has in a portal to try with.
const MOST_USERS: u32 = 1000;

pub(super) const REPLAY: Attempt = Attempt {
    name: "replayed uninstall",
    must: "an uninstall from before the present installation erases nothing, even with the right application_token",
};

const HOW: &str = "needs --replay MEMBER_ID, a portal of your own: if it falls, that portal's tokens are erased, and the \
                   app must be opened there again";

/// Sends it for a portal that the operator has named.
pub(super) async fn replay(
    probe: &Probe,
    database: &Database,
    portal: Option<&MemberId>,
) -> Result<Found, Unseen> {
    let Some(member_id) = portal else {
        return Ok(Found::Skipped(HOW.into()));
    };
    let kept = match database {
        Ok(kept) => kept,
        Err(why) => return Ok(Found::Skipped(why.clone())),
    };
    let (token, ts) = match proof(kept, member_id).await {
        Ok(Ok(proof)) => proof,
        Ok(Err(why)) => return Ok(Found::Skipped(why.into())),
        Err(error) => return Ok(shrugged(&error)),
    };
    probe.watch(&token);
    let before = match Before::of(kept, member_id).await {
        Ok(before) => before,
        Err(error) => return Ok(shrugged(&error)),
    };
    let form = uninstall(member_id.as_str(), Some(&token), &ts);
    let answer = probe.ask(Question::post("/events", &form)).await?;
    if answer.status != 200 {
        let why = format!("the uninstall was not taken: {}", answer.status);
        return Ok(Found::Skipped(why));
    }
    Ok(watched(kept, member_id, &before)
        .await
        .unwrap_or_else(|error| shrugged(&error)))
}

/// The stored token, and a time before the installation that was not used before.
async fn proof(
    kept: &Kept,
    member_id: &MemberId,
) -> Result<Result<(String, String), &'static str>, StoreError> {
    let known = kept.store.portal(member_id).await?;
    let Some(known) = known.filter(|known| known.portal.application_token.is_some()) else {
        return Ok(Err("no application_token of this portal is known"));
    };
    let Some(installed_at) = known.installed_at else {
        return Ok(Err(
            "it is not known when this portal was installed: install the app there again",
        ));
    };
    let token = known.portal.application_token.as_ref();
    let token = token.map_or_else(String::new, |token| token.expose().to_owned());
    // An event that is the same as an earlier one would not be looked at.
    let apart = SignedDuration::from_secs(Clock::system().now().as_second() % 86_400);
    Ok(Ok((
        token,
        (installed_at - BEFORE - apart).as_second().to_string(),
    )))
}

/// How a portal stood before the event.
struct Before {
    users: usize,
    last_event: Option<String>,
}

impl Before {
    async fn of(kept: &Kept, member_id: &MemberId) -> Result<Self, StoreError> {
        Ok(Self {
            users: users(kept, member_id).await?,
            last_event: last_event(kept, member_id).await?.map(|event| event.id),
        })
    }
}

async fn users(kept: &Kept, member_id: &MemberId) -> Result<usize, StoreError> {
    let filter = CredentialFilter {
        member_id: Some(member_id.clone()),
        ..CredentialFilter::default()
    };
    Ok(kept.overview.credentials(&filter, MOST_USERS).await?.rows.len())
}

async fn last_event(kept: &Kept, member_id: &MemberId) -> Result<Option<EventSummary>, StoreError> {
    let filter = EventFilter {
        member_id: Some(member_id.clone()),
        ..EventFilter::default()
    };
    Ok(kept.overview.events(&filter, 1).await?.rows.pop())
}

/// Waits until the event was worked off, and sees what is left.
async fn watched(kept: &Kept, member_id: &MemberId, before: &Before) -> Result<Found, StoreError> {
    for _ in 0..LOOKS {
        let event = last_event(kept, member_id).await?;
        let event = event.filter(|event| before.last_event.as_ref() != Some(&event.id));
        let worked_off = event.is_some_and(|event| event.state != "waiting");
        let portal = kept.portal(member_id).await?;
        let there = portal.is_some_and(|portal| portal.gone_at.is_none());
        if !there || users(kept, member_id).await? < before.users {
            let what = format!("an old uninstall has erased the portal {member_id}");
            return Ok(Found::Fell(what));
        }
        if worked_off {
            return Ok(Found::Held);
        }
        tokio::time::sleep(BETWEEN).await;
    }
    let why = "the uninstall was taken and is not worked off yet: see channel-connect events list";
    Ok(Found::Skipped(why.into()))
}
