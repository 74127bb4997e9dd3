//! A PostgreSQL connection on loan for one statement, which has its time. A wire may go dead without a word (a
//! partition, a frozen server, a firewall that forgets), and then neither TCP nor the driver ever says so: a statement
//! would wait for ever, and so would the pool for the connection to come back.

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Connection as _, PgConnection, PgPool, Postgres};
use tokio::time::timeout;

use super::database::PATIENCE;

/// How long a statement may take: as long as SQLite's may wait for its turn. None takes a moment unless something is
/// wrong, a lock that somebody holds included.
pub(super) const STATEMENT: Duration = PATIENCE;

/// How long an operator's look at a whole table may take.
pub(super) const SURVEY: Duration = Duration::from_mins(5);

/// How long an idle connection may take to say that it is well. Answers take a moment, and after an outage everybody
/// who meets a dead connection waits so long before a new one is opened.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Whether an idle connection still leads to a server that answers.
pub(super) async fn is_well(connection: &mut PgConnection) -> bool {
    matches!(timeout(AT_ONCE, connection.ping()).await, Ok(Ok(())))
}

/// A statement that did not come to its end in time. What became of it is unknown.
pub(super) fn too_slow() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(
        std::io::ErrorKind::TimedOut,
        "a statement took too long",
    ))
}

/// A borrowed connection. One that is dropped before it was [settled](Lease::settle) is in the middle of a statement.
pub(super) struct Lease(Option<PoolConnection<Postgres>>);

impl Lease {
    /// Borrows a connection, or says after the pool's patience that there is none.
    pub(super) async fn of(pool: &PgPool) -> Result<Self, sqlx::Error> {
        // Large, and else inside of every future that asks the database.
        Ok(Self(Some(Box::pin(pool.acquire()).await?)))
    }

    /// The connection, for one statement or transaction.
    pub(super) fn connection(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.0.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    /// Gives the connection back after a statement that came to its end, well or not.
    pub(super) fn settle(mut self) {
        self.give_back(PATIENCE);
    }

    /// The pool asks a connection whether it is well before it takes it back, and has all the time in the world for
    /// that. Here the question ends: whoever does not answer is closed, and makes room for a new connection.
    fn give_back(&mut self, within: Duration) {
        let Some(mut connection) = self.0.take() else {
            return;
        };
        // Named as hidden in the driver's documentation; it is what dropping the connection would spawn, too.
        let given_back = connection.return_to_pool();
        tokio::spawn(async move {
            if timeout(within, given_back).await.is_err() {
                tracing::warn!("a connection to the database went silent and was closed");
            }
        });
    }
}

impl Drop for Lease {
    /// Somebody has stopped waiting. A server that is only slow needs the connection as long as the statement runs;
    /// holding it for as long again keeps those who come next from opening ever more of them.
    fn drop(&mut self) {
        self.give_back(STATEMENT);
    }
}
