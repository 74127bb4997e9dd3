//! The refresh: one per credential across all replicas, fenced by generation.
//!
//! A flight claims the generation whose token was refused, spends its refresh token once, and writes the new
//! pair wherever that generation still stands. No transaction and no connection is held across the network.
//! Whoever loses the claim waits and reads again. `docs/architecture.md` walks through it.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tracing::field::Empty;
use uuid::Uuid;

use crate::bitrix24::{CallError, RefusalCode, TokenGrant, TokenPair};
use crate::store::{ClaimOutcome, CredentialKey, CredentialState, Generation, Verdict};

use super::correlation::{carried, span_apart};
use super::flights::{Flight, Outcome};
use super::on_behalf::Hold;
use super::tally::{self, ClaimWait};
use super::{App, Failure, pace};

/// How long a loser of the claim waits before it reads again.
const LOSERS_WAIT: Duration = Duration::from_millis(120);

/// Waits between attempts to write a pair that exists nowhere else.
const WRITE_WAITS: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// How long a refresh is claimed, and how long one waits for others' claims.
#[derive(Clone, Copy, Debug)]
pub struct RefreshTiming {
    /// A claim's length; well above the token endpoint's timeout.
    pub claim: Duration,
    /// How long a flight waits for somebody else's claim to end one way or the other.
    pub patience: Duration,
}

impl Default for RefreshTiming {
    fn default() -> Self {
        Self {
            claim: Duration::from_secs(20),
            patience: Duration::from_secs(50),
        }
    }
}

/// A claim that is ours, and what is claimed.
struct Claimed {
    key: CredentialKey,
    hold: Hold,
    owner: String,
    at: Timestamp,
}

impl App {
    /// A newer pair than the one in `hold`, whoever fetches it. All callers share one flight.
    pub(super) async fn refresh(self: &Arc<Self>, key: &CredentialKey, hold: &Hold) -> Outcome {
        let route = (key.clone(), hold.credential.generation);
        let start = |flight: Flight| {
            let (app, key, hold) = (Arc::clone(self), key.clone(), hold.clone());
            let span = span_apart!("refresh", outcome = Empty);
            self.tasks.spawn(carried(span, async move {
                let outcome = app.fly(&key, hold, &flight).await;
                flight.publish(outcome);
            }));
        };
        self.flights.join(route, start).await
    }

    /// Claims the refresh, or waits until whoever claims it is done.
    async fn fly(&self, key: &CredentialKey, hold: Hold, flight: &Flight) -> Outcome {
        let owner = Uuid::new_v4().to_string();
        let generation = hold.credential.generation;
        let length = SignedDuration::try_from(self.parts.refresh.claim).unwrap_or(SignedDuration::MAX);
        let mut waited = ClaimWait::none();
        loop {
            let now = self.parts.clock.now();
            if let ClaimOutcome::Ours(credential) = self
                .parts
                .store
                .claim(key, generation, &owner, (now, length))
                .await?
            {
                let claimed = Claimed {
                    key: key.clone(),
                    hold: Hold {
                        credential: *credential,
                        ..hold
                    },
                    owner,
                    at: now,
                };
                drop(waited);
                return self.spend(claimed, flight).await;
            }
            let stored = Hold::of(self.parts.store.standing(key).await?)?;
            if stored.credential.generation != generation {
                tally::refreshed("elsewhere");
                return Ok(stored);
            }
            if waited.so_far() >= self.parts.refresh.patience {
                tally::refreshed("gave_up");
                return Err(Failure::AuthorizationServer(CallError::TimedOut));
            }
            tokio::time::sleep(pace::jittered(LOSERS_WAIT)).await;
        }
    }

    /// Spends the refresh token. A connection that broke is tried once more at once: either the first request
    /// never arrived, or the second one's `invalid_grant` settles that its answer is lost.
    async fn spend(&self, mut claimed: Claimed, flight: &Flight) -> Outcome {
        let refresh = claimed.hold.credential.pair.refresh.clone();
        let began = tokio::time::Instant::now();
        let whose = claimed.key.whose();
        let mut granted = self.parts.server.refresh(whose.clone(), &refresh).await;
        // Late, there is no time left for a second call within the claim.
        let soon = began.elapsed() < self.parts.timeouts.token / 2;
        if soon && matches!(granted, Err(CallError::Interrupted)) {
            claimed.hold.credential.unresolved = true;
            granted = self.parts.server.refresh(whose, &refresh).await;
        }
        match granted {
            Ok(grant) => self.keep_grant(claimed, grant, flight).await,
            Err(error) => self.judge(claimed, error).await,
        }
    }

    async fn keep_grant(&self, mut claimed: Claimed, grant: TokenGrant, flight: &Flight) -> Outcome {
        let key = claimed.key.clone();
        if grant.member_id != key.member_id {
            tally::refreshed("foreign");
            let lost = Verdict::Over(CredentialState::Lost);
            self.conclude(&claimed, lost).await?;
            return Err(Failure::Internal(format!(
                "the refresh of {key} was answered for another portal"
            )));
        }
        if let Some(user_id) = grant.user_id.filter(|user_id| *user_id != key.user_id) {
            let heir = CredentialKey {
                member_id: key.member_id.clone(),
                user_id,
            };
            tracing::warn!(%key, %heir, "the tokens were handed over to another user");
            tally::refreshed("handed_over");
            self.keep_for_heir(&heir, &self.dated(&grant)).await?;
            self.conclude(&claimed, Verdict::Over(CredentialState::Revoked))
                .await?;
            return Err(Failure::ReopenApp("the tokens now belong to another user"));
        }
        let moved = grant
            .client_endpoint
            .clone()
            .filter(|endpoint| *endpoint != claimed.hold.endpoint);
        if let Some(endpoint) = &moved {
            claimed.hold.endpoint = endpoint.clone();
        }
        let pair = self.dated(&grant);
        let renewed = self.renew(claimed, pair, flight).await?;
        if let Some(endpoint) = moved {
            self.remember_endpoint(&key, &endpoint).await?;
        }
        Ok(renewed)
    }

    /// The granted pair with its end; by our own clock where the server only said how long it lasts.
    fn dated(&self, grant: &TokenGrant) -> TokenPair {
        let now = self.parts.clock.now();
        let lasts = grant
            .expires_in
            .and_then(|lifetime| now.checked_add(lifetime).ok());
        TokenPair {
            expires_at: grant.pair.expires_at.or(lasts),
            ..grant.pair.clone()
        }
    }

    /// Keeps a pair that now belongs to another user; like every pair, it exists nowhere else until then.
    async fn keep_for_heir(&self, heir: &CredentialKey, pair: &TokenPair) -> Result<(), Failure> {
        let kept = pace::until_settled(&self.ending, WRITE_WAITS, || async {
            let kept = match self.parts.store.standing(heir).await {
                Ok(standing) => self.keep_pair(heir, standing, pair).await.map(drop),
                Err(error) => Err(error.into()),
            };
            match kept {
                Err(Failure::Storage(error)) => {
                    tracing::error!(%heir, %error, "an heir's pair waits for the database");
                    None
                }
                settled => Some(settled),
            }
        });
        if let Some(settled) = kept.await {
            return settled;
        }
        tracing::error!(%heir, "an heir's pair is lost with this process: the app must be reopened");
        Err(Failure::ReopenApp("the tokens now belong to another user"))
    }

    /// Keeps the new pair wherever the old generation still stands. It exists nowhere else: while the
    /// database is down it is used from memory, and written as soon as that is possible.
    async fn renew(&self, claimed: Claimed, pair: TokenPair, flight: &Flight) -> Outcome {
        let (key, before) = (&claimed.key, claimed.hold.credential.generation);
        let next = Generation::after(Some(before), self.parts.clock.now());
        let renewed = Hold {
            endpoint: claimed.hold.endpoint,
            credential: claimed.hold.credential.renewed(pair, next),
        };
        let kept = pace::until_settled(&self.ending, WRITE_WAITS, || async {
            let now = self.parts.clock.now();
            let written = self
                .parts
                .store
                .renew(key, before, (&renewed.credential.pair, next), now)
                .await;
            written
                .inspect_err(|error| {
                    tracing::error!(%key, %error, "a refreshed pair waits for the database");
                    flight.publish(Ok(renewed.clone()));
                })
                .ok()
        });
        match kept.await {
            Some(true) => {
                tally::refreshed("renewed");
                tally::advanced("refresh");
                tracing::info!(%key, generation = next.get(), "refreshed");
            }
            // A launch has superseded this generation, or the portal was erased: what is stored counts.
            Some(false) => {
                tally::refreshed("superseded");
                return Hold::of(self.parts.store.standing(key).await?);
            }
            None => {
                tally::refreshed("unwritten");
                tracing::error!(%key, "a refreshed pair is lost with this process: the app must be reopened");
            }
        }
        Ok(renewed)
    }

    /// What a refresh without a new pair means for the credential, and for whoever waits.
    async fn judge(&self, claimed: Claimed, error: CallError) -> Outcome {
        if error.code() == Some(RefusalCode::InvalidGrant) {
            return self.bury(claimed).await;
        }
        let sent_and_unanswered = error.is_indeterminate() || claimed.hold.credential.unresolved;
        let (verdict, outcome) = if sent_and_unanswered {
            (Verdict::Unresolved, "unresolved")
        } else {
            (Verdict::Unchanged, "released")
        };
        tally::refreshed(outcome);
        self.conclude(&claimed, verdict).await?;
        if error.code() == Some(RefusalCode::NotInstalled) {
            let word = (claimed.hold.credential.generation, claimed.at);
            self.note_gone(&claimed.key, word).await?;
        }
        Err(Failure::of_server(error, self.parts.clock.now()))
    }

    /// `invalid_grant`: a lost race if the generation has grown; otherwise the pair is over, and `revoked` is
    /// only said when no refresh of it was ever left unanswered.
    async fn bury(&self, claimed: Claimed) -> Outcome {
        let stored = Hold::of(self.parts.store.standing(&claimed.key).await?)?;
        if stored.credential.generation > claimed.hold.credential.generation {
            tally::refreshed("lost_race");
            return Ok(stored);
        }
        let unresolved = claimed.hold.credential.unresolved || stored.credential.unresolved;
        let state = if unresolved {
            CredentialState::Lost
        } else {
            CredentialState::Revoked
        };
        if self.conclude(&claimed, Verdict::Over(state)).await? {
            tally::refreshed(state.as_str());
            tracing::warn!(key = %claimed.key, state = state.as_str(), "the tokens are over");
            return Err(Failure::ReopenApp("the refresh token is spent"));
        }
        tally::refreshed("lost_race");
        let stored = Hold::of(self.parts.store.standing(&claimed.key).await?)?;
        if stored.credential.generation > claimed.hold.credential.generation {
            return Ok(stored);
        }
        Err(Failure::ReopenApp("the refresh token is spent"))
    }

    async fn conclude(&self, claimed: &Claimed, verdict: Verdict) -> Result<bool, Failure> {
        let generation = claimed.hold.credential.generation;
        let how = (claimed.owner.as_str(), verdict);
        Ok(self
            .parts
            .store
            .conclude(&claimed.key, generation, how, self.parts.clock.now())
            .await?)
    }
}
