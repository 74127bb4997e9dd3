//! Removing a portal: all of it, or everything but its connections; and taking back what came in too late.

use jiff::Timestamp;

use super::{Erasure, Store, StoreError, micros};
use crate::bitrix24::MemberId;
use crate::crash;

/// Which state of a portal an erasure is meant for; it leaves any other alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Whatever is there.
    Anything,
    /// The installation of a time, or none of a known time, and whatever was verified no later than its end: a launch
    /// that comes in late may have dated the portal anew.
    Installation {
        /// When it was made.
        at: Option<Timestamp>,
        /// When it ended.
        until: Timestamp,
    },
    /// A portal that is gone since.
    GoneSince(Timestamp),
    /// What was verified no later than this.
    VerifiedUntil(Timestamp),
}

/// Which rows of `portals` are meant. `$2` is the fence: 0 anything, 1 installation, 2 gone.
macro_rules! meant {
    () => {
        "
    where member_id = $1
        and ($2 = 0 or ($2 = 1 and (coalesce(installed_at, 0) = $3 or coalesce(installed_at, 0) <= $4))
            or ($2 = 2 and coalesce(gone_at, 0) = $3))"
    };
}

/// Credentials and connections go with it.
const DELETE: &str = concat!("delete from portals", meant!());

const DEPART: &str = concat!("update portals set gone_at = coalesce(gone_at, $5)", meant!());

const TOKENS: &str = "
    delete from credentials
    where member_id = $1
        and exists (select 1 from portals p where p.member_id = $1 and p.gone_at is not null)";

const USERS: &str = "
    update connections
    set user_id = null
    where member_id = $1
        and exists (select 1 from portals p where p.member_id = $1 and p.gone_at is not null)";

const PROOF: &str = "
    update portals
    set application_token = null, bound = null
    where member_id = $1 and gone_at is not null";

/// Whether a departed portal's connections are kept, which an erased portal does not have.
const KEPT: &str = "
    select count(*)
    from connections
    where member_id = $1 and connected_at <= $2";

/// No installation's time.
const NEVER: i64 = -1;

impl Fence {
    fn binds(self) -> (i64, i64, i64) {
        match self {
            Self::Anything => (0, 0, 0),
            Self::Installation { at, until } => (1, at.map_or(0, micros), micros(until)),
            Self::GoneSince(at) => (2, micros(at), 0),
            Self::VerifiedUntil(until) => (1, NEVER, micros(until)),
        }
    }
}

impl Store {
    /// Deletes a portal with its credentials and connections. False when the fence did not match.
    pub async fn delete_portal(&self, member_id: &MemberId, fence: Fence) -> Result<bool, StoreError> {
        let (kind, at, until) = fence.binds();
        let deleted = on!(
            self.writes(),
            |pool| {
                sqlx::query(DELETE)
                    .bind(member_id.as_str())
                    .bind(kind)
                    .bind(at)
                    .bind(until)
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(deleted > 0)
    }

    /// Begins to take every token and every user out of a portal's rows, whose connections stay for a
    /// reinstallation. False when the fence did not match, and then nothing has changed.
    ///
    /// Three statements instead of one transaction: once the portal is marked, whoever writes a token or a user
    /// sees that, and who wrote before is caught by the next two. The proof stays until
    /// [`Store::end_departure`], so that what breaks off in between can be done again.
    pub async fn begin_departure(
        &self,
        member_id: &MemberId,
        fence: Fence,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (kind, at, until) = fence.binds();
        let departed = on!(
            self.writes(),
            |pool| {
                sqlx::query(DEPART)
                    .bind(member_id.as_str())
                    .bind(kind)
                    .bind(at)
                    .bind(until)
                    .bind(micros(now))
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        if departed == 0 {
            return Ok(false);
        }
        for statement in [TOKENS, USERS] {
            crash::point("depart.marked");
            self.change_portal(statement, member_id).await?;
        }
        Ok(true)
    }

    /// Takes the proof of its events, and what is bound in it, out of a portal that has departed.
    pub async fn end_departure(&self, member_id: &MemberId) -> Result<(), StoreError> {
        self.change_portal(PROOF, member_id).await
    }

    async fn change_portal(&self, statement: &'static str, member_id: &MemberId) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| sqlx::query(statement).bind(member_id.as_str()).execute(pool),
            drop
        )?;
        Ok(())
    }

    /// Takes back what somebody wrote who had verified it before the erasure and learned of that afterwards. What a
    /// departed portal has kept stays.
    pub async fn undo_late_write(&self, member_id: &MemberId, erasure: Erasure) -> Result<(), StoreError> {
        let late = Fence::VerifiedUntil(erasure.erased_at);
        let kept: i64 = on!(self.reads(), |pool| {
            sqlx::query_scalar(KEPT)
                .bind(member_id.as_str())
                .bind(micros(erasure.recorded_at))
                .fetch_one(pool)
        })?;
        if kept == 0 {
            self.delete_portal(member_id, late).await?;
        } else if self.begin_departure(member_id, late, erasure.recorded_at).await? {
            self.end_departure(member_id).await?;
        }
        Ok(())
    }
}
