//! Limits on being refused. What nobody vouches for costs a call each time, so whoever keeps bringing it must slow
//! down; what succeeds, and what fails by our fault or Bitrix24's, is never counted. All of it is in memory, for each
//! process its own.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use lru::LruCache;

use super::client::Client;
use super::rate::{Rate, Spendings};
use crate::app::{Clock, Failure, Slug};
use crate::bitrix24::{CallError, MemberId};

/// Of one client: an office behind one address may reload expired frames without ever coming near; one who tries
/// tokens gets one a second.
const OF_CLIENT: Rate = Rate::new(120, SignedDuration::from_secs(1));

/// In one portal's name, by all clients together. More than one client may, so that it takes several to use it up.
const OF_PORTAL: Rate = Rate::new(240, SignedDuration::from_millis(250));

/// Who has opened a portal counts as known there for so long.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Keys of each kind: some megabytes, whoever comes.
// why: not zero.
const MOST_KEYS: NonZeroUsize = NonZeroUsize::new(32_768).expect("a constant that is not zero");

/// Which limit is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UsedUp {
    /// The client's.
    OfClient,
    /// The claimed portal's.
    OfPortal,
}

impl UsedUp {
    fn word(self) -> &'static str {
        match self {
            Self::OfClient => "client",
            Self::OfPortal => "portal",
        }
    }
}

/// Who was refused how often of late, and who is known.
#[derive(Debug)]
pub(super) struct Limits {
    of_client: Spendings<Client>,
    of_portal: Spendings<MemberId>,
    /// Somebody known has a limit of their own, so that neither a flood in the portal's name nor a neighbour behind
    /// the same address keeps them out.
    of_known: Spendings<(MemberId, Client)>,
    known_until: Mutex<LruCache<(MemberId, Client), Timestamp>>,
}

impl Limits {
    pub(super) fn new() -> Self {
        Self {
            of_client: Spendings::new(OF_CLIENT, MOST_KEYS),
            of_portal: Spendings::new(OF_PORTAL, MOST_KEYS),
            of_known: Spendings::new(OF_CLIENT, MOST_KEYS),
            known_until: Mutex::new(LruCache::new(MOST_KEYS)),
        }
    }

    /// Begins a launch in this portal's name, if it may be asked about.
    pub(super) fn begin_launch(
        self: &Arc<Self>,
        client: Client,
        portal: &MemberId,
        clock: &Clock,
    ) -> Result<Begun, Failure> {
        let (pair, now) = ((portal.clone(), client), clock.now());
        self.check_launch(&pair, now)?;
        let (portal, client) = &pair;
        let ahead = self.of_client.is_scarce(client, now) || self.of_portal.is_scarce(portal, now);
        if ahead {
            self.count_launch(&pair, now);
        }
        Ok(Begun {
            limits: Arc::clone(self),
            pair,
            clock: clock.clone(),
            ahead,
        })
    }

    fn check_launch(&self, pair: &(MemberId, Client), now: Timestamp) -> Result<(), Failure> {
        let (portal, client) = pair;
        let of_client = self.of_client.wait(client, now);
        let of_portal = self.of_portal.wait(portal, now);
        let (wait, used_up) = match (of_client, of_portal) {
            (None, None) => return Ok(()),
            (Some(wait), _) => (wait, UsedUp::OfClient),
            (None, Some(wait)) => (wait, UsedUp::OfPortal),
        };
        if self.is_known(pair, now) && self.of_known.wait(pair, now).is_none() {
            return Ok(());
        }
        Err(limited("launch", used_up, wait))
    }

    /// Whether what a client brings back from signing in may be looked at.
    pub(super) fn check_sign_in(&self, client: Client, now: Timestamp) -> Result<(), Failure> {
        match self.of_client.wait(&client, now) {
            Some(wait) => Err(limited("sign-in", UsedUp::OfClient, wait)),
            None => Ok(()),
        }
    }

    fn count_launch(&self, pair: &(MemberId, Client), now: Timestamp) {
        self.of_client.spend(pair.1, now);
        self.of_portal.spend(pair.0.clone(), now);
        self.of_known.spend(pair.clone(), now);
    }

    fn take_back(&self, pair: &(MemberId, Client)) {
        self.of_client.give_back(&pair.1);
        self.of_portal.give_back(&pair.0);
        self.of_known.give_back(pair);
    }

    /// Counts any other failure of a client, if it is a refusal.
    pub(super) fn count(&self, client: Client, failure: &Failure, now: Timestamp) {
        if is_refusal(failure) {
            self.of_client.spend(client, now);
        }
    }

    fn is_known(&self, pair: &(MemberId, Client), now: Timestamp) -> bool {
        self.known().peek(pair).is_some_and(|until| *until > now)
    }

    /// The map is whole at any moment, even where somebody panicked.
    fn known(&self) -> MutexGuard<'_, LruCache<(MemberId, Client), Timestamp>> {
        self.known_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A launch under way. It is counted where it ends and not where it is answered: whoever goes away before the answer
/// has cost a question all the same.
#[derive(Debug)]
pub(super) struct Begun {
    limits: Arc<Limits>,
    pair: (MemberId, Client),
    clock: Clock,
    /// Whether it counted from the beginning: where little is left, those who come at one moment would else all find
    /// the last one there.
    ahead: bool,
}

impl Begun {
    /// Remembers who was let in; counts who was refused.
    pub(super) fn end<T>(mut self, outcome: &Result<T, Failure>) {
        let now = self.clock.now();
        match outcome {
            Ok(_) => {
                self.limits.known().put(self.pair.clone(), now + KNOWN_FOR);
            }
            Err(failure) if is_refusal(failure) => {
                if !std::mem::take(&mut self.ahead) {
                    self.limits.count_launch(&self.pair, now);
                }
            }
            Err(_) => {}
        }
    }
}

impl Drop for Begun {
    /// What was no refusal after all does not count.
    fn drop(&mut self) {
        if self.ahead {
            self.limits.take_back(&self.pair);
        }
    }
}

/// What somebody brought and nobody vouches for; a made-up state costs a look into the database, a made-up or used
/// code a call, just as a made-up or expired token does. The same token again costs nothing, and does not count.
fn is_refusal(failure: &Failure) -> bool {
    match failure {
        Failure::RefusedBefore(_) => false,
        // An odd token gets an odd answer, which is no outage either: it must not be a way to ask without end.
        Failure::AuthorizationServer(CallError::Unreadable(status)) => is_about_the_request(*status),
        Failure::AuthorizationServer(CallError::Refused(refusal)) => is_about_the_request(refusal.status),
        _ => matches!(
            failure.slug(),
            Slug::Forged | Slug::ReopenApp | Slug::NotInstalled
        ),
    }
}

/// Whether a status finds fault with what was asked; that we ask too often is nobody's fault but ours.
fn is_about_the_request(status: u16) -> bool {
    (400..500).contains(&status) && status != 429
}

fn limited(door: &'static str, used_up: UsedUp, wait: SignedDuration) -> Failure {
    metrics::counter!("requests_limited_total", "door" => door, "limit" => used_up.word()).increment(1);
    let begun = i64::from(wait.subsec_nanos() > 0);
    Failure::TooManyRefusals {
        seconds: u64::try_from(wait.as_secs() + begun).unwrap_or(1).max(1),
    }
}
