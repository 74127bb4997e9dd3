//! Erasures on record. A keyed digest of an erased portal's `member_id` stays for a while, and is written first:
//! whoever verified something earlier and writes it later looks for the digest afterwards, and so either sees it,
//! or has written before the erasure, which then takes it along. See `removal` for that.

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

impl Erasure {
    /// Reads its two times.
    pub(super) fn read((erased_at, recorded_at): (i64, i64)) -> Result<Self, StoreError> {
        let read = |at| instant(at, "erasures", &"a portal");
        Ok(Self {
            erased_at: read(erased_at)?,
            recorded_at: read(recorded_at)?,
        })
    }

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

const PRUNE: &str = "
    delete from erasures
    where recorded_at < $1";

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
        let mut found = Vec::new();
        for (id, digests) in digests {
            let of_it = rows.iter().filter(|(digest, ..)| digests.contains(digest));
            let times = of_it.map(|(_, erased_at, recorded_at)| (*erased_at, *recorded_at));
            let latest = times.reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)));
            if let Some(latest) = latest {
                found.push((id, Erasure::read(latest)?));
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

    /// Forgets erasures of before a time.
    pub async fn prune_erasures(&self, before: Timestamp) -> Result<u64, StoreError> {
        Ok(on!(
            self.writes(),
            |pool| sqlx::query(PRUNE).bind(micros(before)).execute(pool),
            |done| done.rows_affected()
        )?)
    }
}
