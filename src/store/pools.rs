//! The pools of connections, as an operator sees them: how full they are, and how long statements wait for one.

use sqlx::pool::PoolConnection;

use super::Store;
use super::database::Database;

/// The pools, by the names that metrics have for them.
pub(super) const POSTGRES: &str = "postgres";
pub(super) const SQLITE_READERS: &str = "sqlite_readers";
pub(super) const SQLITE_WRITER: &str = "sqlite_writer";

/// How full a pool is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// Which one.
    pub name: &'static str,
    /// Connections that stand.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// The most there may be.
    pub limit: u32,
}

impl PoolUse {
    fn of<D: sqlx::Database>(name: &'static str, pool: &sqlx::Pool<D>) -> Self {
        Self {
            name,
            open: pool.size(),
            idle: u32::try_from(pool.num_idle()).unwrap_or(u32::MAX),
            limit: pool.options().get_max_connections(),
        }
    }
}

impl Store {
    /// How full each pool is at this moment.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolUse> {
        match &self.database {
            Database::Postgres(pool) => vec![PoolUse::of(POSTGRES, pool)],
            Database::Sqlite { readers, writer } => vec![
                PoolUse::of(SQLITE_READERS, readers),
                PoolUse::of(SQLITE_WRITER, writer),
            ],
        }
    }
}

/// A connection for one statement; how long that took is measured.
pub(super) async fn connection<D: sqlx::Database>(
    pool: &sqlx::Pool<D>,
    name: &'static str,
) -> Result<PoolConnection<D>, sqlx::Error> {
    let began = tokio::time::Instant::now();
    // Large, and inside of every future that asks the database.
    let connection = Box::pin(pool.acquire()).await;
    metrics::histogram!("database_acquire_seconds", "pool" => name).record(began.elapsed());
    if matches!(connection, Err(sqlx::Error::PoolTimedOut)) {
        metrics::counter!("database_acquire_timeouts_total", "pool" => name).increment(1);
    }
    connection
}
