//! What an operator looks at: rows without their secrets, newest first. Opened for reading alone and without any
//! key, so that no token could leave, and nothing is made where there is no database.

use std::cmp::Ordering;
use std::fmt;

use jiff::Timestamp;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{ConnectOptions as _, Connection as _, Postgres, Sqlite};

use super::database::{MIGRATIONS, PATIENCE, Pool};
use super::lending::Lender;
use super::pools::{POSTGRES, SQLITE_READERS};
use super::silence::SURVEY;
use super::{DatabaseUrl, StoreError, instant};

mod counts;
mod credentials;
mod events;
mod portals;
mod rest_log;

pub use counts::Counts;
pub use credentials::{CredentialFilter, CredentialSummary};
pub use events::{EventFilter, EventSummary};
pub use portals::{PortalFilter, PortalSummary};
pub use rest_log::{CallFilter, CallSummary};

/// One reader is enough for a person, and leaves the others to the service.
const CONNECTIONS: u32 = 2;

/// `undefined_table`, by the SQL standard's classes.
const POSTGRES_UNDEFINED_TABLE: &str = "42P01";

/// Any fault of a statement: its words say which.
const SQLITE_ERROR: &str = "1";

/// What was found, and whether there is more of it than was asked for.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Newest first.
    pub rows: Vec<T>,
    /// Whether older ones are left.
    pub more: bool,
}

impl<T> Page<T> {
    /// Takes one row more than was asked for, which only shows that there is one.
    fn of(mut rows: Vec<T>, most: u32) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = rows.len() > most;
        rows.truncate(most);
        Self { rows, more }
    }
}

/// How the schema of a database compares with this version's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// It has none.
    Missing,
    /// This version has migrations that it has not seen.
    Older,
    /// It can be worked with.
    Current,
    /// It can be worked with, too: migrations only add.
    Newer,
}

/// A database open for looking.
#[derive(Clone)]
pub struct Overview(Reader);

#[derive(Clone)]
enum Reader {
    Postgres(Lender<Postgres>),
    Sqlite(Lender<Sqlite>),
}

impl fmt::Debug for Overview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Overview")
    }
}

impl Overview {
    /// Opens a database that is there already.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let reader = match url {
            DatabaseUrl::Postgres(options) => {
                let options = options.as_ref().clone().disable_statement_logging();
                // A pool would try until its patience ends, and then say nothing but that.
                let first = sqlx::PgConnection::connect_with(&options);
                let first = tokio::time::timeout(PATIENCE, first).await;
                first.map_err(|_| sqlx::Error::PoolTimedOut)??.close().await?;
                let pool = sqlx::postgres::PgPoolOptions::new().max_connections(CONNECTIONS);
                let pool = pool.acquire_timeout(PATIENCE).connect_with(options).await?;
                Reader::Postgres(Lender::new(pool, POSTGRES))
            }
            DatabaseUrl::Sqlite(options) => {
                let options = options
                    .as_ref()
                    .clone()
                    // Whoever opens the file for reading alone leaves `-wal` and `-shm` behind, which nobody else may
                    // write; a file that may not be written is opened for reading all the same.
                    .pragma("query_only", "on")
                    .create_if_missing(false)
                    .busy_timeout(PATIENCE)
                    .disable_statement_logging();
                let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS);
                let pool = pool.acquire_timeout(PATIENCE).connect_with(options).await?;
                Reader::Sqlite(Lender::new(pool, SQLITE_READERS))
            }
        };
        Ok(Self(reader))
    }

    /// Closes every connection, with which SQLite clears away what it has made beside the file.
    pub async fn close(&self) {
        match self.reads() {
            Pool::Postgres(lender, _) => lender.close().await,
            Pool::Sqlite(lender, _) => lender.close().await,
        }
    }

    /// Whether this version can work with the schema that is there.
    pub async fn schema(&self) -> Result<Schema, StoreError> {
        let newest: Result<Option<i64>, _> = on!(self.reads(), |pool| {
            sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(pool)
        });
        let ours = MIGRATIONS.iter().map(|migration| migration.version).max();
        match newest {
            Ok(None) => Ok(Schema::Missing),
            Ok(newest) => Ok(match newest.cmp(&ours) {
                Ordering::Less => Schema::Older,
                Ordering::Equal => Schema::Current,
                Ordering::Greater => Schema::Newer,
            }),
            Err(sqlx::Error::Database(error)) if no_such_table(error.as_ref()) => Ok(Schema::Missing),
            Err(error) => Err(error.into()),
        }
    }

    fn reads(&self) -> Pool<'_> {
        match &self.0 {
            Reader::Postgres(lender) => Pool::Postgres(lender, SURVEY),
            Reader::Sqlite(lender) => Pool::Sqlite(lender, SURVEY),
        }
    }
}

/// Whether a table is missed, and not only forbidden to this role.
fn no_such_table(error: &dyn sqlx::error::DatabaseError) -> bool {
    match error.code().as_deref() {
        Some(POSTGRES_UNDEFINED_TABLE) => true,
        Some(SQLITE_ERROR) => error.message().starts_with("no such table"),
        _ => false,
    }
}

/// A time that may be missing.
fn optional_instant(
    micros: Option<i64>,
    table: &'static str,
    key: &impl ToString,
) -> Result<Option<Timestamp>, StoreError> {
    micros.map(|micros| instant(micros, table, key)).transpose()
}
