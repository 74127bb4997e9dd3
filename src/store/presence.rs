//! Whether portals are still there: which of them are to be asked after, and in whose name, which are gone, and for
//! how long.

use jiff::{SignedDuration, Timestamp};

use super::portals::{UNSEEN, read_member_id};
use super::{Generation, Store, StoreError, instant, micros, unreadable};
use crate::bitrix24::{MemberId, UserId};

/// When that brought no answer, it is asked after again.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// Our clock and the authorization server's differ by less.
const SKEW_MICROS: i64 = 5 * 60 * 1_000_000;

/// The word about a token says nothing of an installation that is newer than the token, or of a portal that somebody
/// has opened since the question.
const GONE: &str = "
    update portals
    set gone_at = coalesce(gone_at, $2)
    where member_id = $1 and last_seen_at <= $3 and coalesce(installed_at, 0) <= $4";

/// Only what is gone since that very time: whatever happened meanwhile counts more.
const BACK: &str = "
    update portals
    set gone_at = null
    where member_id = $1 and gone_at = $2";

const TAKE_UNSEEN: &str = "
    update portals
    set asked_at = $1, check_at = $2
    where gone_at is null and check_at <= $1
        and member_id in (
            select member_id from portals where gone_at is null and check_at <= $1 order by check_at limit $3
        )
    returning member_id";

const ANSWERED: &str = "
    update portals
    set check_at = $2
    where member_id = $1";

const LONG_GONE: &str = "
    select member_id, gone_at
    from portals
    where gone_at <= $1
    order by gone_at
    limit $2";

const USERS: &str = "
    select user_id
    from credentials
    where member_id = $1 and state = 'live'
    order by updated_at desc
    limit $2";

impl Store {
    /// Remembers that the app is not installed any more, by a word about the token of this generation that was asked
    /// for at `asked_at`. Erases nothing; a launch heals it. False when the word is out of date.
    pub async fn mark_gone(
        &self,
        member_id: &MemberId,
        (generation, asked_at): (Generation, Timestamp),
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        // A generation begins with the time at which its pair was kept.
        let installed_until = generation.get().saturating_add(SKEW_MICROS);
        let marked = on!(
            self.writes(),
            |pool| {
                sqlx::query(GONE)
                    .bind(member_id.as_str())
                    .bind(micros(now))
                    .bind(micros(asked_at))
                    .bind(installed_until)
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(marked == 1)
    }

    /// Remembers that a portal which counted as gone since `gone_at` has the app all the same.
    pub async fn mark_back(&self, member_id: &MemberId, gone_at: Timestamp) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| {
                sqlx::query(BACK)
                    .bind(member_id.as_str())
                    .bind(micros(gone_at))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// Takes portals that nobody has opened for long, to be asked after; nobody else gets them for a while, or for as
    /// long again once there is an answer.
    pub async fn take_unseen_portals(&self, now: Timestamp, most: i64) -> Result<Vec<MemberId>, StoreError> {
        let rows: Vec<String> = on!(self.writes(), |pool| {
            sqlx::query_scalar(TAKE_UNSEEN)
                .bind(micros(now))
                .bind(micros(now + ASKED_AGAIN))
                .bind(most)
                .fetch_all(pool)
        })?;
        rows.iter().map(|id| read_member_id(id)).collect()
    }

    /// Remembers that a portal was asked after and that there was an answer.
    pub async fn asked_after(&self, member_id: &MemberId, now: Timestamp) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| {
                sqlx::query(ANSWERED)
                    .bind(member_id.as_str())
                    .bind(micros(now + UNSEEN))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// Portals that are gone since before a time, and since when.
    pub async fn portals_long_gone(
        &self,
        before: Timestamp,
        most: i64,
    ) -> Result<Vec<(MemberId, Timestamp)>, StoreError> {
        let rows: Vec<(String, i64)> = on!(self.reads(), |pool| {
            sqlx::query_as(LONG_GONE)
                .bind(micros(before))
                .bind(most)
                .fetch_all(pool)
        })?;
        rows.iter()
            .map(|(id, gone_at)| Ok((read_member_id(id)?, instant(*gone_at, "portals", id)?)))
            .collect()
    }

    /// Users of a portal whose tokens may be used, the freshest first.
    pub async fn live_users(&self, member_id: &MemberId, most: i64) -> Result<Vec<UserId>, StoreError> {
        let rows: Vec<i64> = on!(self.reads(), |pool| {
            sqlx::query_scalar(USERS)
                .bind(member_id.as_str())
                .bind(most)
                .fetch_all(pool)
        })?;
        let user =
            |id| UserId::new(id).map_err(|_| unreadable("credentials", member_id, "a user id is no id"));
        rows.into_iter().map(user).collect()
    }
}
