//! What must not be forgotten: portals, credentials, connections, in PostgreSQL or SQLite.
//!
//! One SQL text serves both databases; the `on!` macro runs it on whichever is open. Rows are private to this
//! room and become the platform's words here; a row that cannot is an error that names table and key. Time
//! and ids are arguments.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use crate::seal::KeyRing;

/// Runs one expression on a connection of whichever database is open:
/// `on!(store.reads(), |connection| query.fetch_one(connection))`. It may be run twice; see `lending`.
///
/// A third argument is applied to the result where the two databases' result types differ.
macro_rules! on {
    ($db:expr, |$connection:ident| $body:expr) => {
        on!($db, |$connection| $body, ::std::convert::identity)
    };
    ($db:expr, |$connection:ident| $body:expr, $then:expr) => {
        match &$db {
            $crate::store::database::Pool::Postgres(lender, limit) => {
                $crate::store::lending::lent!((lender, limit), |$connection| $body).map($then)
            }
            $crate::store::database::Pool::Sqlite(lender, limit) => {
                $crate::store::lending::lent!((lender, limit), |$connection| $body).map($then)
            }
        }
    };
}

mod aftermath;
mod claims;
mod conclusions;
mod connections;
mod credentials;
mod database;
mod erasures;
mod holder;
mod inbox;
mod key_uses;
mod lending;
mod oauth_states;
mod overview;
mod pools;
mod portals;
mod presence;
mod removal;
mod replay;
mod rest_log;
mod rotate;
mod silence;
mod standing;

pub use aftermath::Aftermath;
pub use claims::{Claim, ClaimOutcome, Verdict};
pub use conclusions::{Conclusion, EventOutcome};
pub use connections::Connection;
pub use credentials::{Credential, CredentialKey, CredentialState, Generation};
pub use database::{DatabaseUrl, MigrationLock, migrate};
pub use erasures::Erasure;
pub use holder::{Birth, Holder};
pub use inbox::{InboxDepth, NewEvent, Taken};
pub use key_uses::{KeyUse, SealedSample};
pub use overview::{
    CallFilter, CallSummary, Counts, CredentialFilter, CredentialSummary, EventFilter, EventSummary,
    Overview, Page, PortalFilter, PortalSummary, Schema,
};
pub use pools::PoolUse;
pub use portals::{KnownPortal, Portal, Verification};
pub use removal::Fence;
pub use rest_log::LoggedCall;
pub use rotate::{Place, Resealed, Sealed};
pub use standing::Standing;

use database::{Database, Pool};

/// Why something could not be read or kept. 503 `storage_unavailable` unless it says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database's fault, or the network's: unreachable, too slow, refusing.
    #[error("the database does not serve: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// A migration could not be applied: the operator's to mend.
    #[error("the database could not be migrated: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row that does not become a domain word, or does not open under any key of the ring.
    #[error("the row of {table} for {key} is unreadable: {why}")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The row's key.
        key: String,
        /// What is wrong with it, without its content.
        why: &'static str,
    },
    /// The operating system gave no randomness to seal with.
    #[error(transparent)]
    Seal(#[from] crate::seal::NoEntropy),
}

/// The open database, with the keys under which secrets are sealed in it.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    keys: Arc<KeyRing>,
}

impl Store {
    /// Opens the database without touching its schema; see [`Store::migrate`].
    pub async fn open(url: &DatabaseUrl, keys: Arc<KeyRing>) -> Result<Self, StoreError> {
        Ok(Self {
            database: Database::open(url).await?,
            keys,
        })
    }

    /// Brings the schema up to date; safe when several replicas start at once. A schema that a newer version has
    /// taken further is left alone: migrations only add, so a replica of the older version goes on.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.database.migrate(MigrationLock::Held).await
    }

    /// Whether the schema is that of this version, if the database answers.
    pub async fn ready(&self) -> Result<bool, StoreError> {
        self.database.ready().await
    }

    /// Closes every connection; what was written stays.
    pub async fn close(&self) {
        self.database.close().await;
    }

    fn reads(&self) -> Pool<'_> {
        self.database.reads()
    }

    fn writes(&self) -> Pool<'_> {
        self.database.writes()
    }

    /// For what looks through whole tables, which no request does.
    fn surveys(&self) -> Pool<'_> {
        self.database.surveys()
    }
}

/// What was written; nothing when the portal that it belongs to is not there any more.
fn unless_orphaned<T: Default>(written: Result<T, sqlx::Error>) -> Result<T, StoreError> {
    match written {
        Ok(written) => Ok(written),
        Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => Ok(T::default()),
        Err(error) => Err(error.into()),
    }
}

/// Unix microseconds, as both databases keep time.
fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// Back from unix microseconds; the key is for the error.
fn instant(micros: i64, table: &'static str, key: &impl ToString) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| unreadable(table, key, "a time is out of range"))
}

/// Sortable by the time of the row, unique by its random half.
#[must_use]
pub fn row_id(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanoseconds))
}

/// What no key opens any more is as good as absent: the next launch brings it anew. The operator is told.
fn readable<T>(read: Result<T, StoreError>) -> Option<T> {
    read.inspect_err(|error| tracing::error!(%error, "kept under a key that is gone, or damaged"))
        .ok()
}

fn unreadable(table: &'static str, key: &impl ToString, why: &'static str) -> StoreError {
    StoreError::Unreadable {
        table,
        key: key.to_string(),
        why,
    }
}
