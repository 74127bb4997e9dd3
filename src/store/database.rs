//! The database itself: where it is, how it is opened, and how its schema is brought up to date.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqlitePool};

use super::lending::Lender;
use super::silence::{self, STATEMENT, SURVEY};
use super::{StoreError, pools};

/// Postgres connections of one process; a connect holds one for two short statements.
const POSTGRES_CONNECTIONS: u32 = 16;

/// `SQLite` readers; writers are always exactly one.
const SQLITE_READERS: u32 = 4;

/// How long a request waits for a free connection before storage counts as unavailable.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How often and how long a process waits for others that make the same SQLite file at this moment.
const START_TRIES: usize = 10;
const START_WAIT: Duration = Duration::from_millis(100);

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();

/// Which database to open, as `DATABASE_URL` names it.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// `postgres://…`
    Postgres(Box<PgConnectOptions>),
    /// `sqlite://path`
    Sqlite(Box<SqliteConnectOptions>),
}

impl fmt::Debug for DatabaseUrl {
    /// Shows no part of the URL, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres(_) => "Postgres(…)",
            Self::Sqlite(_) => "Sqlite(…)",
        })
    }
}

impl DatabaseUrl {
    /// Reads `sqlite://path` or `postgres://user:password@host/database`; the error names no part of it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            // The library logs parameters that it does not know, with their values.
            let silence = tracing::subscriber::NoSubscriber::default();
            let options = tracing::subscriber::with_default(silence, || PgConnectOptions::from_str(text))
                .map_err(|_| "is no PostgreSQL URL")?;
            return Ok(Self::Postgres(Box::new(options.disable_statement_logging())));
        }
        if !text.starts_with("sqlite:") {
            return Err("must start with sqlite:// or postgres://");
        }
        let options = SqliteConnectOptions::from_str(text).map_err(|_| "is no SQLite URL")?;
        let path = options.get_filename().to_string_lossy();
        let in_memory = text.contains(":memory:") || text.contains("mode=memory");
        if path.is_empty() || in_memory {
            return Err("must name a file: what is kept in memory is forgotten");
        }
        Ok(Self::Sqlite(Box::new(options.disable_statement_logging())))
    }

    /// The database file, for SQLite.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Postgres(_) => None,
            Self::Sqlite(options) => Some(options.get_filename().to_owned()),
        }
    }
}

/// One of the two databases; borrowed by `on!`.
pub(super) enum Pool<'a> {
    /// With the time that a statement may take.
    Postgres(&'a Lender<Postgres>, Duration),
    Sqlite(&'a Lender<Sqlite>, Duration),
}

/// The open database.
#[derive(Clone, Debug)]
pub(super) enum Database {
    Postgres(Lender<Postgres>),
    /// WAL lets readers go on beside the one writer; a second writer would only wait for `busy`.
    Sqlite {
        readers: Lender<Sqlite>,
        writer: Lender<Sqlite>,
    },
}

/// Whether others are kept out while the schema changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MigrationLock {
    /// By an advisory lock of PostgreSQL, which ends with its session; SQLite needs none.
    Held,
    /// For engines that speak PostgreSQL's protocol and have no advisory locks: the operator keeps others out.
    None,
}

/// Brings a database's schema up to date without needing any key.
pub async fn migrate(url: &DatabaseUrl, lock: MigrationLock) -> Result<(), StoreError> {
    let database = Database::open(url).await?;
    database.migrate(lock).await?;
    database.close().await;
    Ok(())
}

impl Database {
    pub(super) async fn open(url: &DatabaseUrl) -> Result<Self, sqlx::Error> {
        match url {
            DatabaseUrl::Postgres(options) => {
                let pool = Self::open_postgres(options).await?;
                Ok(Self::Postgres(Lender::new(pool, pools::POSTGRES)))
            }
            DatabaseUrl::Sqlite(options) => Self::open_sqlite(options).await,
        }
    }

    pub(super) async fn migrate(&self, lock: MigrationLock) -> Result<(), StoreError> {
        if self.is_current().await {
            return Ok(());
        }
        match self {
            Self::Postgres(lender) => migrator(lock).run(lender.pool()).await?,
            Self::Sqlite { writer, .. } => migrate_sqlite(writer.pool()).await?,
        }
        Ok(())
    }

    /// Whether every migration of this version has been applied as it is here. Looking before migrating spares a
    /// starting replica the lock, and its database role the right to create tables.
    async fn is_current(&self) -> bool {
        let applied: Result<Vec<(i64, Vec<u8>)>, _> = on!(self.reads(), |pool| {
            sqlx::query_as("select version, checksum from _sqlx_migrations where success").fetch_all(pool)
        });
        // A table that is not there yet is an error, too; any other one shows itself again in migrating.
        applied.is_ok_and(|applied| {
            MIGRATIONS.iter().all(|migration| {
                let same = |(version, checksum): &(i64, Vec<u8>)| {
                    *version == migration.version && checksum[..] == migration.checksum[..]
                };
                applied.iter().any(same)
            })
        })
    }

    pub(super) fn reads(&self) -> Pool<'_> {
        match self {
            Self::Postgres(lender) => Pool::Postgres(lender, STATEMENT),
            Self::Sqlite { readers, .. } => Pool::Sqlite(readers, SURVEY),
        }
    }

    /// For an operator's look at whole tables.
    pub(super) fn surveys(&self) -> Pool<'_> {
        match self {
            Self::Postgres(lender) => Pool::Postgres(lender, SURVEY),
            Self::Sqlite { readers, .. } => Pool::Sqlite(readers, SURVEY),
        }
    }

    pub(super) fn writes(&self) -> Pool<'_> {
        match self {
            Self::Postgres(lender) => Pool::Postgres(lender, STATEMENT),
            // Nothing lies between SQLite and this process; it ends its waits itself.
            Self::Sqlite { writer, .. } => Pool::Sqlite(writer, SURVEY),
        }
    }

    /// Whether its schema is that of this version, if it answers.
    pub(super) async fn ready(&self) -> Result<bool, StoreError> {
        let newest: Option<i64> = on!(self.reads(), |pool| {
            sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(pool)
        })?;
        Ok(newest >= MIGRATIONS.iter().map(|migration| migration.version).max())
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Postgres(lender) => lender.close().await,
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
        }
    }

    async fn open_postgres(options: &PgConnectOptions) -> Result<PgPool, sqlx::Error> {
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .before_acquire(|connection, _| Box::pin(async { Ok(silence::is_well(connection).await) }));
        match pool.clone().connect_with(options.clone()).await {
            // The pool has tried for a while and says no more than that: one more try says why.
            Err(sqlx::Error::PoolTimedOut) => {
                PgConnection::connect_with(options).await?.close().await?;
                pool.connect_with(options.clone()).await
            }
            opened => opened,
        }
    }

    async fn open_sqlite(options: &SqliteConnectOptions) -> Result<Self, sqlx::Error> {
        let options = options
            .clone()
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A refreshed pair exists nowhere else: it must survive a power cut once it is acknowledged.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE);
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(PATIENCE)
        };
        let mut writer = pool(1).connect_with(options.clone()).await;
        for _ in 0..START_TRIES {
            if writer.is_ok() {
                break;
            }
            // Switching a fresh file to WAL needs it alone for a moment.
            tokio::time::sleep(START_WAIT).await;
            writer = pool(1).connect_with(options.clone()).await;
        }
        let writer = writer?;
        let readers = pool(SQLITE_READERS)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self::Sqlite {
            readers: Lender::new(readers, pools::SQLITE_READERS),
            writer: Lender::new(writer, pools::SQLITE_WRITER),
        })
    }
}

fn migrator(lock: MigrationLock) -> Migrator {
    let mut migrator = Migrator::with_migrations(MIGRATIONS.iter().cloned().collect());
    migrator.set_locking(lock == MigrationLock::Held);
    migrator
}

/// SQLite has no lock that spans a migration: of processes that start at once on a fresh file all but one fail,
/// and find the work done when they look again.
async fn migrate_sqlite(writer: &SqlitePool) -> Result<(), sqlx::migrate::MigrateError> {
    for _ in 0..START_TRIES {
        if MIGRATIONS.run(writer).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(START_WAIT).await;
    }
    MIGRATIONS.run(writer).await
}
