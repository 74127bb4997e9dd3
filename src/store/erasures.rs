//! Erasing what is known of a portal. A keyed digest of its `member_id` stays for a while, and is written first:
//! whoever verified something earlier and writes it later looks for the digest afterwards, and so either sees it,
//! or has written before the erasure, which then takes it along.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Store, StoreError, instant, micros};
use crate::bitrix24::MemberId;
use crate::seal::Purpose;

/// Replicas' clocks differ by less: what one has noted so shortly after another's erasure came before it.
const SKEW: SignedDuration = SignedDuration::from_mins(1);

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
    /// What was verified no later than this.
    VerifiedUntil(Timestamp),
}

impl Erasure {
    /// What was noted until then came before it, by whichever replica's clock.
    #[must_use]
    pub fn blanks_until(&self) -> Timestamp {
        self.recorded_at.saturating_add(SKEW).unwrap_or(Timestamp::MAX)
    }
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
    select digest, erased_at, recorded_at
    from erasures
    where digest in (";

/// Credentials and connections go with it. `$2` is the fence: 0 anything, 1 installation, 2 gone, 3 verified.
const DELETE: &str = "
    delete from portals
    where member_id = $1
        and ($2 = 0 or ($2 = 1 and coalesce(installed_at, 0) = $3) or ($2 = 2 and coalesce(gone_at, 0) = $3)
            or ($2 = 3 and coalesce(installed_at, 0) <= $3))";

const DEPART: &str = "
    update portals
    set gone_at = coalesce(gone_at, $4)
    where member_id = $1
        and ($2 = 0 or ($2 = 1 and coalesce(installed_at, 0) = $3) or ($2 = 2 and coalesce(gone_at, 0) = $3)
            or ($2 = 3 and coalesce(installed_at, 0) <= $3))";

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

const PRUNE: &str = "
    delete from erasures
    where recorded_at < $1";

impl Fence {
    fn binds(self) -> (i64, i64) {
        match self {
            Self::Anything => (0, 0),
            Self::Installation(at) => (1, at.map_or(0, micros)),
            Self::GoneSince(at) => (2, micros(at)),
            Self::VerifiedUntil(at) => (3, micros(at)),
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
        let found = self.erasures(&BTreeSet::from([member_id])).await?;
        Ok(found.into_iter().next().map(|(_, erasure)| erasure))
    }

    /// Which of these portals were erased lately, and when last.
    async fn erasures<'m>(
        &self,
        portals: &BTreeSet<&'m MemberId>,
    ) -> Result<Vec<(&'m MemberId, Erasure)>, StoreError> {
        let digests_of = |id: &MemberId| -> Vec<_> {
            let id = id.as_str().as_bytes();
            self.keys.digests(Purpose::ErasedPortal, id).collect()
        };
        let digests: Vec<_> = portals.iter().map(|id| (*id, digests_of(id))).collect();
        if digests.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(Vec<u8>, i64, i64)> = on!(self.reads(), |pool| async {
            let mut query = sqlx::QueryBuilder::new(RECORDED);
            let mut list = query.separated(", ");
            for digest in digests.iter().flat_map(|(_, digests)| digests) {
                list.push_bind(digest.as_slice());
            }
            query.push(")");
            query.build_query_as().fetch_all(pool).await
        })?;
        let read = |at| instant(at, "erasures", &"a portal");
        let mut found = Vec::new();
        for (id, digests) in digests {
            let of_it = rows.iter().filter(|(digest, ..)| digests.contains(digest));
            let times = of_it.map(|(_, erased_at, recorded_at)| (*erased_at, *recorded_at));
            let latest = times.reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)));
            if let Some((erased_at, recorded_at)) = latest {
                let erasure = Erasure {
                    erased_at: read(erased_at)?,
                    recorded_at: read(recorded_at)?,
                };
                found.push((id, erasure));
            }
        }
        Ok(found)
    }

    /// Which of these portals were erased lately, and until which time nothing may be kept of each: for ever, unless
    /// it is there again.
    pub async fn nothing_kept_until<'m>(
        &self,
        portals: &BTreeSet<&'m MemberId>,
    ) -> Result<Vec<(&'m MemberId, Timestamp)>, StoreError> {
        let mut found = Vec::new();
        for (id, erasure) in self.erasures(portals).await? {
            let gone = |since: Timestamp| since <= erasure.recorded_at;
            let portal = self.portal(id).await?;
            let away = portal.is_none_or(|portal| portal.gone_at.is_some_and(gone));
            found.push((
                id,
                if away {
                    Timestamp::MAX
                } else {
                    erasure.blanks_until()
                },
            ));
        }
        Ok(found)
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
        let (kind, at) = fence.binds();
        let departed = on!(
            self.writes(),
            |pool| {
                sqlx::query(DEPART)
                    .bind(member_id.as_str())
                    .bind(kind)
                    .bind(at)
                    .bind(micros(now))
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        if departed == 0 {
            return Ok(false);
        }
        for statement in [TOKENS, USERS] {
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

    /// Forgets erasures of before a time.
    pub async fn prune_erasures(&self, before: Timestamp) -> Result<u64, StoreError> {
        Ok(on!(
            self.writes(),
            |pool| sqlx::query(PRUNE).bind(micros(before)).execute(pool),
            |done| done.rows_affected()
        )?)
    }
}
