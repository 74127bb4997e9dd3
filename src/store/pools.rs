//! The pools of connections, as an operator sees them: how full they are, and how long statements wait for one.

use std::time::Duration;

use super::Store;
use super::database::Database;
use super::lending::Lender;

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
    fn of<D: sqlx::Database>(lender: &Lender<D>) -> Self {
        let (pool, (idle, name)) = (lender.pool(), lender.idle());
        Self {
            name,
            open: pool.size(),
            idle: u32::try_from(idle).unwrap_or(u32::MAX),
            limit: pool.options().get_max_connections(),
        }
    }
}

impl Store {
    /// How full each pool is at this moment.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolUse> {
        match &self.database {
            Database::Postgres(pool) => vec![PoolUse::of(pool)],
            Database::Sqlite { readers, writer } => vec![PoolUse::of(readers), PoolUse::of(writer)],
        }
    }
}

/// Measures how long a statement has waited for its connection.
pub(super) fn waited(name: &'static str, time: Duration, error: Option<&sqlx::Error>) {
    metrics::histogram!("database_acquire_seconds", "pool" => name).record(time);
    if matches!(error, Some(sqlx::Error::PoolTimedOut)) {
        metrics::counter!("database_acquire_timeouts_total", "pool" => name).increment(1);
    }
}
