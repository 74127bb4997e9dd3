//! Which keys are still needed, and whether they fit: what is sealed under which of them.

use jiff::Timestamp;

use super::rotate::{BlobRow, PairRow, Sealed, pair_key};
use super::{Store, StoreError, instant};
use crate::seal::{KeyId, Purpose};

/// How much there is under one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUse {
    /// The key; none for keys that are not on the ring.
    pub id: Option<KeyId>,
    /// Sealed values, which are lost with the key.
    pub sealed: i64,
    /// Digests of erased portals, which end by themselves.
    pub digests: i64,
}

/// A few sealed values, opened to see whether the keys fit.
#[derive(Clone, Debug, Default)]
pub struct SealedSample {
    /// How many opened.
    pub opened: usize,
    /// Those that did not, by table and key.
    pub unreadable: Vec<String>,
}

const NEWEST_PAIRS: &str = "
    select member_id, user_id, tokens, generation, refresh_digest
    from credentials
    order by updated_at desc
    limit $1";

const NEWEST_APPLICATION_TOKENS: &str = "
    select member_id as key, application_token as blob
    from portals
    where application_token is not null
    order by last_seen_at desc
    limit $1";

/// What begins with `$2`, which has `$1` bytes; everything, for no bytes.
const COUNT_UNDER: &str = "
    select
        (select count(*) from credentials where substr(tokens, 1, $1) = $2)
        + (select count(*) from portals
            where application_token is not null and substr(application_token, 1, $1) = $2)
        + (select count(*) from events where body is not null and substr(body, 1, $1) = $2),
        (select count(*) from erasures where substr(digest, 1, $1) = $2)";

const LAST_ERASURE: &str = "
    select max(recorded_at)
    from erasures";

impl Store {
    /// How many sealed values of a kind there are.
    pub async fn count_sealed(&self, what: Sealed) -> Result<u64, StoreError> {
        let count: i64 = on!(self.surveys(), |pool| {
            sqlx::query_scalar(match what {
                Sealed::Tokens => "select count(*) from credentials",
                Sealed::ApplicationTokens => {
                    "select count(*) from portals where application_token is not null"
                }
                Sealed::Events => "select count(*) from events where body is not null",
            })
            .fetch_one(pool)
        })?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// How much there is under each key of the ring, the sealing one first, and last under any other key.
    pub async fn key_uses(&self) -> Result<Vec<KeyUse>, StoreError> {
        let mut uses = Vec::new();
        for (id, mark) in self.keys.marks() {
            let (sealed, digests) = self.count_under(&mark).await?;
            uses.push(KeyUse {
                id: Some(id.clone()),
                sealed,
                digests,
            });
        }
        let (sealed, digests) = self.count_under(&[]).await?;
        let known = |count: fn(&KeyUse) -> i64| uses.iter().map(count).sum::<i64>();
        let others = KeyUse {
            id: None,
            sealed: sealed - known(|of| of.sealed),
            digests: digests - known(|of| of.digests),
        };
        uses.push(others);
        Ok(uses)
    }

    async fn count_under(&self, mark: &[u8]) -> Result<(i64, i64), StoreError> {
        // why: a key id has at most 32 bytes.
        let length = i32::try_from(mark.len()).expect("marks are short");
        Ok(on!(self.surveys(), |pool| {
            sqlx::query_as(COUNT_UNDER)
                .bind(length)
                .bind(mark)
                .fetch_one(pool)
        })?)
    }

    /// When a portal was last erased; its digest is recognised by the key of that time alone.
    pub async fn last_erasure(&self) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> = on!(self.reads(), |pool| {
            sqlx::query_scalar(LAST_ERASURE).fetch_one(pool)
        })?;
        at.map(|at| instant(at, "erasures", &"the last")).transpose()
    }

    /// Opens the newest few of everything that was sealed.
    pub async fn sealed_sample(&self, most: u32) -> Result<SealedSample, StoreError> {
        let pairs: Vec<PairRow> = on!(self.reads(), |pool| {
            sqlx::query_as(NEWEST_PAIRS).bind(i64::from(most)).fetch_all(pool)
        })?;
        let tokens: Vec<BlobRow> = on!(self.reads(), |pool| {
            sqlx::query_as(NEWEST_APPLICATION_TOKENS)
                .bind(i64::from(most))
                .fetch_all(pool)
        })?;
        let mut sample = SealedSample::default();
        let mut look = |opens: bool, name: String| {
            if opens {
                sample.opened += 1;
            } else {
                sample.unreadable.push(name);
            }
        };
        for row in &pairs {
            let opens = pair_key(row).is_ok_and(|key| self.open_pair(&key, &row.tokens).is_ok());
            look(opens, format!("credentials {}/{}", row.member_id, row.user_id));
        }
        for row in &tokens {
            let opened = self
                .keys
                .open(Purpose::ApplicationToken, row.key.as_bytes(), &row.blob);
            look(opened.is_ok(), format!("portals {}", row.key));
        }
        Ok(sample)
    }
}
