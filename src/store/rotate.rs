//! Sealing anew under the first key what older keys have sealed: a few rows at a time, while the service goes on
//! reading and writing them. Each write compares what was read first, so that whoever wrote in between wins.

use sqlx::{Connection as _, FromRow};

use super::{CredentialKey, Store, StoreError};
use crate::bitrix24::{MemberId, UserId};
use crate::seal::Purpose;

/// What is sealed, table by table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// Token pairs of users.
    Tokens,
    /// Application tokens of portals.
    ApplicationTokens,
    /// Events in the inbox.
    Events,
}

/// What became of one helping of rows.
#[derive(Clone, Debug, Default)]
pub struct Resealed {
    /// Sealed anew.
    pub resealed: u64,
    /// Already under the first key.
    pub current: u64,
    /// Changed by somebody else in between, who may have sealed it under either key.
    pub outrun: u64,
    /// Rows that no key of the ring opens, by their keys.
    pub unreadable: Vec<String>,
    /// Where the next helping begins; nothing when this was the last.
    pub next: Option<Place>,
}

/// The last row of a helping.
#[derive(Clone, Debug)]
pub struct Place(String, i64);

/// One value to be written, and what must still be there for that.
enum Change {
    Tokens(CredentialKey, i64, Vec<u8>, Vec<u8>),
    Blob { key: String, old: Vec<u8>, new: Vec<u8> },
}

#[derive(FromRow)]
pub(super) struct PairRow {
    pub(super) member_id: String,
    pub(super) user_id: i64,
    pub(super) tokens: Vec<u8>,
    generation: i64,
    refresh_digest: Vec<u8>,
}

#[derive(FromRow)]
pub(super) struct BlobRow {
    pub(super) key: String,
    pub(super) blob: Vec<u8>,
}

const PAIRS: &str = "
    select member_id, user_id, tokens, generation, refresh_digest
    from credentials
    where (member_id, user_id) > ($1, $2)
    order by member_id, user_id
    limit $3";

const APPLICATION_TOKENS: &str = "
    select member_id as key, application_token as blob
    from portals
    where member_id > $1 and application_token is not null
    order by member_id
    limit $2";

const BODIES: &str = "
    select id as key, body as blob
    from events
    where id > $1 and body is not null
    order by id
    limit $2";

/// The generation stays: these are the same tokens, and whoever refreshes them goes on undisturbed.
const RESEAL_PAIR: &str = "
    update credentials
    set tokens = $4, refresh_digest = $5
    where member_id = $1 and user_id = $2 and generation = $3";

const RESEAL_APPLICATION_TOKEN: &str = "
    update portals
    set application_token = $3
    where member_id = $1 and application_token = $2";

const RESEAL_BODY: &str = "
    update events
    set body = $3
    where id = $1 and body = $2";

impl Sealed {
    /// Everything that is sealed.
    pub const ALL: [Self; 3] = [Self::Tokens, Self::ApplicationTokens, Self::Events];

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tokens => "tokens of users",
            Self::ApplicationTokens => "application tokens",
            Self::Events => "events",
        }
    }

    /// Where it is kept.
    #[must_use]
    pub fn table(self) -> &'static str {
        match self {
            Self::Tokens => "credentials",
            Self::ApplicationTokens => "portals",
            Self::Events => "events",
        }
    }
}

impl Store {
    /// Seals the next rows anew, at most `most`, all of them or none.
    pub async fn reseal(
        &self,
        what: Sealed,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Resealed, StoreError> {
        let (mut done, changes) = match what {
            Sealed::Tokens => self.next_pairs(after, most).await?,
            Sealed::ApplicationTokens => {
                self.next_blobs(APPLICATION_TOKENS, Purpose::ApplicationToken, after, most)
                    .await?
            }
            Sealed::Events => self.next_blobs(BODIES, Purpose::Event, after, most).await?,
        };
        done.resealed = self.write_changes(what, &changes).await?;
        done.outrun = changes.len() as u64 - done.resealed;
        Ok(done)
    }

    async fn next_pairs(
        &self,
        after: Option<&Place>,
        most: u32,
    ) -> Result<(Resealed, Vec<Change>), StoreError> {
        let (member_id, user_id) = after.map_or(("", 0), |place| (place.0.as_str(), place.1));
        let rows: Vec<PairRow> = on!(self.reads(), |pool| {
            sqlx::query_as(PAIRS)
                .bind(member_id)
                .bind(user_id)
                .bind(i64::from(most))
                .fetch_all(pool)
        })?;
        let (mut done, mut changes) = (Resealed::default(), Vec::new());
        let full = rows.len() == most as usize;
        done.next = rows
            .last()
            .filter(|_| full)
            .map(|row| Place(row.member_id.clone(), row.user_id));
        for row in rows {
            if self.keys.is_current(&row.tokens) && self.keys.is_current(&row.refresh_digest) {
                done.current += 1;
                continue;
            }
            match self.resealed_pair(&row) {
                Ok(change) => changes.push(change),
                Err(StoreError::Unreadable { key, .. }) => done.unreadable.push(key),
                Err(error) => return Err(error),
            }
        }
        Ok((done, changes))
    }

    fn resealed_pair(&self, row: &PairRow) -> Result<Change, StoreError> {
        let key = pair_key(row)?;
        let pair = self.open_pair(&key, &row.tokens)?;
        let (tokens, digest) = self.seal_pair(&key, &pair)?;
        Ok(Change::Tokens(key, row.generation, tokens, digest))
    }

    async fn next_blobs(
        &self,
        select: &'static str,
        purpose: Purpose,
        after: Option<&Place>,
        most: u32,
    ) -> Result<(Resealed, Vec<Change>), StoreError> {
        let after = after.map_or("", |place| place.0.as_str());
        let rows: Vec<BlobRow> = on!(self.reads(), |pool| {
            sqlx::query_as(select)
                .bind(after)
                .bind(i64::from(most))
                .fetch_all(pool)
        })?;
        let (mut done, mut changes) = (Resealed::default(), Vec::new());
        let full = rows.len() == most as usize;
        done.next = rows.last().filter(|_| full).map(|row| Place(row.key.clone(), 0));
        for BlobRow { key, blob } in rows {
            if self.keys.is_current(&blob) {
                done.current += 1;
            } else if let Ok(plain) = self.keys.open(purpose, key.as_bytes(), &blob) {
                let new = self.keys.seal(purpose, key.as_bytes(), &plain)?;
                changes.push(Change::Blob { key, old: blob, new });
            } else {
                done.unreadable.push(key);
            }
        }
        Ok((done, changes))
    }

    /// One short transaction a helping: with SQLite each one waits for the disk.
    async fn write_changes(&self, what: Sealed, changes: &[Change]) -> Result<u64, StoreError> {
        if changes.is_empty() {
            return Ok(0);
        }
        let statement = match what {
            Sealed::Tokens => RESEAL_PAIR,
            Sealed::ApplicationTokens => RESEAL_APPLICATION_TOKEN,
            Sealed::Events => RESEAL_BODY,
        };
        let written: Result<u64, sqlx::Error> = on!(self.writes(), |pool| async {
            let mut transaction = pool.begin().await?;
            let mut written = 0;
            for change in changes {
                let query = match change {
                    Change::Tokens(key, generation, tokens, digest) => sqlx::query(statement)
                        .bind(key.member_id.as_str())
                        .bind(key.user_id.get())
                        .bind(generation)
                        .bind(tokens)
                        .bind(digest),
                    Change::Blob { key, old, new } => sqlx::query(statement).bind(key).bind(old).bind(new),
                };
                written += query.execute(&mut *transaction).await?.rows_affected();
            }
            transaction.commit().await?;
            Ok(written)
        });
        Ok(written?)
    }
}

pub(super) fn pair_key(row: &PairRow) -> Result<CredentialKey, StoreError> {
    let fault = |why| StoreError::Unreadable {
        table: "credentials",
        key: format!("{}/{}", row.member_id, row.user_id),
        why,
    };
    Ok(CredentialKey {
        member_id: MemberId::parse(&row.member_id).map_err(|_| fault("the member_id is none"))?,
        user_id: UserId::new(row.user_id).map_err(|_| fault("the user_id is none"))?,
    })
}
