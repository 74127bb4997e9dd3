//! Erasing what is known of a portal. A keyed digest of its `member_id` stays for a while, and is written first:
//! whoever verified something earlier and writes it later looks for the digest afterwards, and so either sees it,
//! or has written before the erasure, which then takes it along.

use jiff::Timestamp;

use super::{Store, StoreError, instant, micros};
use crate::bitrix24::MemberId;
use crate::seal::Purpose;

/// An erasure on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The platform's time of the uninstall: what was verified until then is not kept.
    pub erased_at: Timestamp,
    /// Our time of the erasure.
    pub recorded_at: Timestamp,
}

/// Which state of a portal an erasure is meant for; it leaves any other alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Whatever is there.
    Anything,
    /// The installation of this time, or none of a known time.
    Installation(Option<Timestamp>),
    /// A portal that is gone since.
    GoneSince(Timestamp),
}

const RECORD: &str = "
    insert into erasures (digest, erased_at, recorded_at)
    values ($1, $2, $3)
    on conflict (digest) do update set
        erased_at = case when excluded.erased_at > erasures.erased_at
            then excluded.erased_at else erasures.erased_at end,
        recorded_at = case when excluded.recorded_at > erasures.recorded_at
            then excluded.recorded_at else erasures.recorded_at end";

const RECORDED: &str = "
    select erased_at, recorded_at
    from erasures
    where digest = $1";

/// Credentials and connections go with it. `$2` is the fence: 0 anything, 1 installation, 2 gone.
const DELETE: &str = "
    delete from portals
    where member_id = $1
        and ($2 = 0 or ($2 = 1 and coalesce(installed_at, 0) = $3) or ($2 = 2 and coalesce(gone_at, 0) = $3))";

const DEPART: &str = "
    update portals
    set application_token = null, bound = null, gone_at = coalesce(gone_at, $4)
    where member_id = $1
        and ($2 = 0 or ($2 = 1 and coalesce(installed_at, 0) = $3) or ($2 = 2 and coalesce(gone_at, 0) = $3))";

const TOKENS: &str = "
    delete from credentials
    where member_id = $1";

const USERS: &str = "
    update connections
    set user_id = null
    where member_id = $1";

/// What was verified no later than the erasure, and was written by somebody who learned of it afterwards.
const UNDO: &str = "
    delete from portals
    where member_id = $1 and coalesce(installed_at, 0) <= $2";

const SINCE: &str = "
    select count(*)
    from erasures
    where recorded_at >= $1";

const PRUNE: &str = "
    delete from erasures
    where recorded_at < $1";

impl Fence {
    fn binds(self) -> (i64, i64) {
        match self {
            Self::Anything => (0, 0),
            Self::Installation(at) => (1, at.map_or(0, micros)),
            Self::GoneSince(at) => (2, micros(at)),
        }
    }
}

impl Store {
    /// Leaves the digest that tells whoever is late.
    pub async fn record_erasure(&self, member_id: &MemberId, erasure: Erasure) -> Result<(), StoreError> {
        let digest = self
            .keys
            .digest(Purpose::ErasedPortal, member_id.as_str().as_bytes());
        on!(
            self.writes(),
            |pool| {
                sqlx::query(RECORD)
                    .bind(&digest)
                    .bind(micros(erasure.erased_at))
                    .bind(micros(erasure.recorded_at))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// Whether a portal was erased lately, under whichever key that was noted.
    pub async fn erasure(&self, member_id: &MemberId) -> Result<Option<Erasure>, StoreError> {
        for digest in self
            .keys
            .digests(Purpose::ErasedPortal, member_id.as_str().as_bytes())
        {
            let row: Option<(i64, i64)> = on!(self.reads(), |pool| {
                sqlx::query_as(RECORDED).bind(&digest).fetch_optional(pool)
            })?;
            if let Some((erased_at, recorded_at)) = row {
                let read = |at| instant(at, "erasures", &"a portal");
                return Ok(Some(Erasure {
                    erased_at: read(erased_at)?,
                    recorded_at: read(recorded_at)?,
                }));
            }
        }
        Ok(None)
    }

    /// Deletes a portal with its credentials and connections. False when the fence did not match.
    pub async fn delete_portal(&self, member_id: &MemberId, fence: Fence) -> Result<bool, StoreError> {
        let (kind, at) = fence.binds();
        let deleted = on!(
            self.writes(),
            |pool| {
                sqlx::query(DELETE)
                    .bind(member_id.as_str())
                    .bind(kind)
                    .bind(at)
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(deleted > 0)
    }

    /// Takes every token and every user out of a portal's rows; its connections stay for a reinstallation.
    /// False when the fence did not match, and then nothing has changed.
    pub async fn depart_portal(
        &self,
        member_id: &MemberId,
        fence: Fence,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (kind, at) = fence.binds();
        on!(self.writes(), |pool| async {
            let mut transaction = pool.begin().await?;
            let departed = sqlx::query(DEPART)
                .bind(member_id.as_str())
                .bind(kind)
                .bind(at)
                .bind(micros(now))
                .execute(&mut *transaction)
                .await?;
            if departed.rows_affected() == 0 {
                return Ok(false);
            }
            for statement in [TOKENS, USERS] {
                sqlx::query(statement)
                    .bind(member_id.as_str())
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await?;
            Ok(true)
        })
    }

    /// Deletes what somebody wrote who had verified it before the erasure and learned of that afterwards.
    pub async fn undo_late_write(&self, member_id: &MemberId, erasure: Erasure) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| {
                sqlx::query(UNDO)
                    .bind(member_id.as_str())
                    .bind(micros(erasure.erased_at))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// How many portals were erased since a time.
    pub async fn erasures_since(&self, time: Timestamp) -> Result<i64, StoreError> {
        Ok(on!(self.reads(), |pool| sqlx::query_scalar(SINCE)
            .bind(micros(time))
            .fetch_one(pool))?)
    }

    /// Forgets erasures of before a time.
    pub async fn prune_erasures(&self, before: Timestamp) -> Result<u64, StoreError> {
        Ok(on!(
            self.writes(),
            |pool| sqlx::query(PRUNE).bind(micros(before)).execute(pool),
            |done| done.rows_affected()
        )?)
    }
}
