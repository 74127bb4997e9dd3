//! Connections that were used a moment ago are used again at once.
//!
//! The library's pool asks the database before each statement whether the connection is still there, and once more
//! afterwards: three ways there and back for one statement. A [`Lender`] keeps what has just answered out of the pool,
//! and lends it again without a question. What was not used for a while goes back into the pool, whose rules (its
//! question, the longest life, the longest idleness) hold from there on; so does whatever was not used to a good end.

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Database, Error, Pool};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::database::PATIENCE;
use super::pools;
use super::silence::{STATEMENT, give_back, is_well};

/// How long a connection counts as one that has just answered. A statement on one whose other end has vanished without
/// a word waits for it, so this is short.
const FRESH: Duration = Duration::from_secs(1);

/// What PostgreSQL says last: it is shut down, has crashed, is not there yet.
const LAST_WORDS: [&str; 3] = ["57P01", "57P02", "57P03"];

/// Runs one expression on a connection of a lender, within the time that it has. A connection that nobody had looked at may turn out to be gone:
/// then the same is done once more on one that is there. Whoever meets that cannot know whether the database has done
/// it before it went, so every statement of this room leads to the same when it is repeated, or finds its fence moved.
macro_rules! lent {
    (($lender:expr, $limit:expr), |$connection:ident| $body:expr) => {{
        let mut look = $crate::store::lending::Look::Away;
        loop {
            let mut lent = match $lender.lend(look).await {
                Ok(lent) => lent,
                Err(error) => break Err(error),
            };
            let $connection = &mut *lent;
            // What takes too long is not done again: the database may still be at it.
            let Ok(done) = tokio::time::timeout(*$limit, $body).await else {
                break Err($crate::store::silence::too_slow());
            };
            match lent.settle(done) {
                Some(done) => break done,
                None => look = $crate::store::lending::Look::Closely,
            }
        }
    }};
}
pub(super) use lent;

/// Whether a connection is asked first if it is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Not if it was used a moment ago.
    Away,
    /// In any case.
    Closely,
}

/// A pool, and in front of it what was used a moment ago.
#[derive(Debug)]
pub(super) struct Lender<DB: Database>(Arc<Shelf<DB>>);

#[derive(Debug)]
struct Shelf<DB: Database> {
    pool: Pool<DB>,
    /// What metrics call it.
    name: &'static str,
    /// As many as the pool has connections: with one in hand, and nothing warm, the pool has room.
    permits: Semaphore,
    /// What was used last is last.
    warm: Mutex<VecDeque<Warm<DB>>>,
}

#[derive(Debug)]
struct Warm<DB: Database> {
    connection: PoolConnection<DB>,
    since: Instant,
}

/// A connection for one statement, or for one transaction.
pub(super) struct Lent<'l, DB: Database> {
    /// There until it is given back.
    connection: Option<PoolConnection<DB>>,
    /// Whether nobody has asked if it is still there.
    unasked: bool,
    shelf: &'l Shelf<DB>,
    _permit: SemaphorePermit<'l>,
}

impl<DB: Database> Clone for Lender<DB> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<DB: Database> Lender<DB> {
    /// Lends what this pool has, which nobody else takes connections from.
    pub(super) fn new(pool: Pool<DB>, name: &'static str) -> Self {
        // why: some dozens fit.
        let most = pool.options().get_max_connections() as usize;
        Self(Arc::new(Shelf {
            pool,
            name,
            permits: Semaphore::new(most),
            warm: Mutex::default(),
        }))
    }

    /// The pool itself, for what is not one of our statements.
    pub(super) fn pool(&self) -> &Pool<DB> {
        &self.0.pool
    }

    /// Gives a warm connection at once, or waits for another one, [`PATIENCE`] at most.
    pub(super) async fn lend(&self, look: Look) -> Result<Lent<'_, DB>, Error> {
        let began = Instant::now();
        let lent = if let Some(lent) = self.0.lend_warm(look) {
            Ok(lent)
        } else {
            // What waits is large, and most statements need not carry it along.
            let lent = tokio::time::timeout(PATIENCE, Box::pin(self.0.lend(look)));
            lent.await.unwrap_or(Err(Error::PoolTimedOut))
        };
        pools::waited(self.0.name, began.elapsed(), lent.as_ref().err());
        lent
    }

    /// Connections that stand and are not in use, and what metrics call them.
    pub(super) fn idle(&self) -> (usize, &'static str) {
        (self.0.pool.num_idle() + self.0.warm().len(), self.0.name)
    }

    /// Closes every connection, those that are lent when they come back.
    pub(super) async fn close(&self) {
        // From here on the pool counts as closed, and nothing is kept warm any more.
        let closed = self.0.pool.close();
        let warm = std::mem::take(&mut *self.0.warm());
        for it in warm {
            give_back(it.connection, PATIENCE);
        }
        closed.await;
    }
}

impl<DB: Database> Shelf<DB> {
    fn lend_warm(&self, look: Look) -> Option<Lent<'_, DB>> {
        if look == Look::Closely {
            return None;
        }
        // Nobody who waits is passed by: a permit is free only when nobody does.
        let permit = self.permits.try_acquire().ok()?;
        Some(Lent {
            connection: Some(self.take_warm()?),
            unasked: true,
            shelf: self,
            _permit: permit,
        })
    }

    async fn lend(&self, look: Look) -> Result<Lent<'_, DB>, Error> {
        let permit = self.permits.acquire().await.map_err(|_| Error::PoolClosed)?;
        let lent = |connection, unasked| Lent {
            connection: Some(connection),
            unasked,
            shelf: self,
            _permit: permit,
        };
        while let Some(mut connection) = self.take_warm() {
            if look == Look::Away {
                return Ok(lent(connection, true));
            }
            if is_well(&mut *connection).await {
                return Ok(lent(connection, false));
            }
            connection.close_on_drop();
        }
        Ok(lent(self.pool.acquire().await?, false))
    }

    fn take_warm(&self) -> Option<PoolConnection<DB>> {
        let mut warm = self.warm();
        while let Some(stale) = warm.pop_front_if(|it| it.since.elapsed() > FRESH) {
            give_back(stale.connection, PATIENCE);
        }
        warm.pop_back().map(|it| it.connection)
    }

    fn keep_warm(&self, connection: PoolConnection<DB>) {
        let mut warm = self.warm();
        if !self.pool.is_closed() {
            let since = Instant::now();
            warm.push_back(Warm { connection, since });
        }
    }

    fn warm(&self) -> MutexGuard<'_, VecDeque<Warm<DB>>> {
        self.warm.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<DB: Database> Drop for Shelf<DB> {
    /// Connections go back into their pool by a task, and after the last runtime there is none.
    fn drop(&mut self) {
        for warm in self.warm().drain(..) {
            drop(warm.connection.leak());
        }
    }
}

impl<DB: Database> Lent<'_, DB> {
    /// Gives the connection back, and says what was done with it. None if it must be done again, because the
    /// connection was gone before.
    pub(super) fn settle<T>(mut self, done: Result<T, Error>) -> Option<Result<T, Error>> {
        let connection = self.connection.take()?;
        match &done {
            Ok(_) => self.shelf.keep_warm(connection),
            Err(error) if is_gone(error) => {
                let mut connection = connection;
                connection.close_on_drop();
                return (!self.unasked).then_some(done);
            }
            // The pool looks in which state it is.
            Err(_) => give_back(connection, PATIENCE),
        }
        Some(done)
    }
}

impl<DB: Database> Drop for Lent<'_, DB> {
    /// Somebody has stopped waiting. A database that is only slow needs the connection as long as the statement runs;
    /// holding it for as long again keeps those who come next from opening ever more of them.
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            give_back(connection, STATEMENT);
        }
    }
}

impl<DB: Database> Deref for Lent<'_, DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &DB::Connection {
        // why: it is taken out by `settle` alone, which takes the whole.
        self.connection.as_deref().expect("it is still lent")
    }
}

impl<DB: Database> DerefMut for Lent<'_, DB> {
    fn deref_mut(&mut self) -> &mut DB::Connection {
        // why: as above.
        self.connection.as_deref_mut().expect("it is still lent")
    }
}

/// Whether an error is the end of the connection that it was met on.
fn is_gone(error: &Error) -> bool {
    match error {
        Error::Io(_) => true,
        Error::Database(error) => error.code().is_some_and(|code| LAST_WORDS.contains(&&*code)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqlitePoolOptions;

    use super::*;

    #[tokio::test]
    async fn what_was_used_a_moment_ago_is_lent_unasked_and_after_a_while_it_is_not() {
        let pool = SqlitePoolOptions::new().max_connections(1);
        let lender = Lender::new(pool.connect("sqlite::memory:").await.unwrap(), "test");
        let mut unasked = Vec::new();
        for wait in [Duration::ZERO, Duration::ZERO, FRESH, Duration::ZERO] {
            tokio::time::sleep(wait).await;
            let lent = lender.lend(Look::Away).await.unwrap();
            unasked.push(lent.unasked);
            assert!(lent.settle(Ok(())).is_some());
        }
        assert_eq!(unasked, [false, true, false, true]);
        let asked = lender.lend(Look::Closely).await.unwrap();
        assert!(!asked.unasked);
        drop(asked);
        lender.close().await;
    }

    #[tokio::test]
    async fn what_is_gone_is_done_once_more_only_if_nobody_had_asked() {
        let pool = SqlitePoolOptions::new().max_connections(1);
        let lender = Lender::new(pool.connect("sqlite::memory:").await.unwrap(), "test");
        let gone = || Err::<(), _>(Error::Io(std::io::ErrorKind::ConnectionReset.into()));
        let asked = lender.lend(Look::Away).await.unwrap();
        assert!(asked.settle(gone()).is_some());
        let asked = lender.lend(Look::Away).await.unwrap();
        assert!(asked.settle(Ok(())).is_some());
        let unasked = lender.lend(Look::Away).await.unwrap();
        assert!(unasked.settle(gone()).is_none());
    }
}
