//! The claim on a refresh: one per credential across all replicas, fenced by its generation. Expiry serves
//! liveness only; what makes a write correct is the generation it compares.

use jiff::{SignedDuration, Timestamp};

use super::credentials::CredentialRow;
use super::{Credential, CredentialKey, CredentialState, Generation, Store, StoreError, micros};
use crate::bitrix24::TokenPair;

/// Who refreshes, and until when that is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Names one attempt of one process.
    pub owner: String,
    /// After this the claim may be taken over.
    pub until: Timestamp,
}

/// What became of an attempt to claim.
#[derive(Debug)]
pub enum ClaimOutcome {
    /// The claim is ours; the credential is as it stood then.
    Ours(Box<Credential>),
    /// Somebody else claims it, or the generation is gone, or there is nothing to refresh: read again.
    NotOurs,
}

/// How a refresh ended without a new pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was spent: the claim is given back and the credential stays as it was.
    Unchanged,
    /// It was sent, and what became of it is unknown: given back, and remembered.
    Unresolved,
    /// The pair is over.
    Over(CredentialState),
}

/// A claim may be taken over when it is past, or when it lies so far ahead that a clock must have jumped. The
/// bound for that is twice a claim's length, not once: another replica's clock, or merely a moment's wait
/// between reading the time and this statement, puts honest claims a little further ahead than their length.
const CLAIM: &str = "
    update credentials
    set claim_owner = $4, claim_until = $5, unresolved = (unresolved or claim_owner is not null)
    where member_id = $1 and user_id = $2 and generation = $3 and state = 'live'
        and (claim_owner is null or claim_until <= $6 or claim_until > $7)
    returning tokens, generation, state, claim_owner, claim_until, unresolved, refresh_digest, spent_digest,
        created_at";

/// Wherever the generation still matches, whoever owns the claim by now: the token that was spent works once,
/// so a success outranks every verdict.
const RENEW: &str = "
    update credentials
    set tokens = $4, generation = $5, state = 'live', claim_owner = null, claim_until = null,
        unresolved = false, spent_digest = refresh_digest, refresh_digest = $6, updated_at = $7
    where member_id = $1 and user_id = $2 and generation = $3";

const CONCLUDE: &str = "
    update credentials
    set claim_owner = null, claim_until = null, state = $5, unresolved = (unresolved or $6), updated_at = $7
    where member_id = $1 and user_id = $2 and generation = $3 and claim_owner = $4";

impl Store {
    /// Claims the refresh of exactly this generation for `owner`, for `length` from `now`.
    pub async fn claim(
        &self,
        key: &CredentialKey,
        generation: Generation,
        owner: &str,
        (now, length): (Timestamp, SignedDuration),
    ) -> Result<ClaimOutcome, StoreError> {
        let row: Option<CredentialRow> = on!(self.writes(), |pool| {
            sqlx::query_as(CLAIM)
                .bind(key.member_id.as_str())
                .bind(key.user_id.get())
                .bind(generation.0)
                .bind(owner)
                .bind(micros(now + length))
                .bind(micros(now))
                .bind(micros(now + length + length))
                .fetch_optional(pool)
        })?;
        Ok(match row {
            Some(row) => ClaimOutcome::Ours(Box::new(self.credential(key, row)?)),
            None => ClaimOutcome::NotOurs,
        })
    }

    /// Keeps a refreshed pair. False when the generation has moved on or the row is erased.
    pub async fn renew(
        &self,
        key: &CredentialKey,
        generation: Generation,
        renewed: (&TokenPair, Generation),
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (pair, next) = renewed;
        let (tokens, digest) = self.seal_pair(key, pair)?;
        let written = on!(
            self.writes(),
            |pool| {
                sqlx::query(RENEW)
                    .bind(key.member_id.as_str())
                    .bind(key.user_id.get())
                    .bind(generation.0)
                    .bind(&tokens)
                    .bind(next.0)
                    .bind(&digest)
                    .bind(micros(now))
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(written == 1)
    }

    /// Writes how a refresh without a new pair ended. False when the claim is no longer the owner's.
    pub async fn conclude(
        &self,
        key: &CredentialKey,
        generation: Generation,
        (owner, verdict): (&str, Verdict),
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let state = match verdict {
            Verdict::Over(state) => state,
            Verdict::Unchanged | Verdict::Unresolved => CredentialState::Live,
        };
        let written = on!(
            self.writes(),
            |pool| {
                sqlx::query(CONCLUDE)
                    .bind(key.member_id.as_str())
                    .bind(key.user_id.get())
                    .bind(generation.0)
                    .bind(owner)
                    .bind(state.as_str())
                    .bind(verdict == Verdict::Unresolved)
                    .bind(micros(now))
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(written == 1)
    }
}
