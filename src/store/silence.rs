//! How long is waited for a database that says nothing. A wire may go dead without a word (a partition, a frozen
//! server, a firewall that forgets), and then neither TCP nor the driver ever says so: a statement would wait for ever,
//! and so would the pool for the connection to come back.

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Connection, Database};
use tokio::runtime::Handle;
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

/// Whether an idle connection still leads to a database that answers.
pub(super) async fn is_well<C: Connection>(connection: &mut C) -> bool {
    matches!(timeout(AT_ONCE, connection.ping()).await, Ok(Ok(())))
}

/// A statement that did not come to its end in time. What became of it is unknown.
pub(super) fn too_slow() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(
        std::io::ErrorKind::TimedOut,
        "a statement took too long",
    ))
}

/// Gives a connection back to its pool, which asks it whether it is well and has all the time in the world for that.
/// Here the question ends: whoever does not answer in time is closed, and makes room for a new connection.
pub(super) fn give_back<DB: Database>(mut connection: PoolConnection<DB>, within: Duration) {
    let Ok(runtime) = Handle::try_current() else {
        // The process ends, and nobody is there to ask.
        drop(connection.leak());
        return;
    };
    // Named as hidden in the driver's documentation; it is what dropping the connection would spawn, too.
    let given_back = connection.return_to_pool();
    runtime.spawn(async move {
        if timeout(within, given_back).await.is_err() {
            tracing::warn!("a connection to the database went silent and was closed");
        }
    });
}
