//! Keeping the log of REST calls: off the path of requests, in batches, without loss at the end of the process.
//! When the database cannot keep up, what is dropped is counted and said.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::bitrix24::{Exchange, MemberId, Observer};
use crate::store::{LoggedCall, Store, StoreError, row_id};

use super::{Clock, correlation, pace};

/// Calls that may wait for the database, about 1 KB each: some minutes of a busy node.
const MOST_WAITING: usize = 8192;

/// Calls written at once, and how long the first of them waits for others.
const BATCH: usize = 200;
const GATHER: Duration = Duration::from_millis(250);

/// How long a batch may take, and how long to wait before it is tried again.
const WITHIN: Duration = Duration::from_secs(30);
const WAITS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));

/// The log of REST calls. Whoever observes hands calls to a queue; one task writes them.
#[derive(Debug)]
pub struct RestLog {
    queue: mpsc::Sender<LoggedCall>,
    dropped: Arc<AtomicU64>,
    clock: Clock,
    /// Cancelled when nothing more will come.
    ending: CancellationToken,
    /// Cancelled when waiting for the database must end, too.
    giving_up: CancellationToken,
    writer: Mutex<Option<JoinHandle<()>>>,
}

struct Writer {
    store: Store,
    queue: mpsc::Receiver<LoggedCall>,
    dropped: Arc<AtomicU64>,
    told: u64,
    ending: CancellationToken,
    giving_up: CancellationToken,
}

impl RestLog {
    /// Starts writing to an open, migrated database.
    #[must_use]
    pub fn start(store: Store, clock: Clock) -> Arc<Self> {
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        let (ending, giving_up) = (CancellationToken::new(), CancellationToken::new());
        let dropped = Arc::new(AtomicU64::new(0));
        let writer = Writer {
            store,
            queue: waiting,
            dropped: Arc::clone(&dropped),
            told: 0,
            ending: ending.clone(),
            giving_up: giving_up.clone(),
        };
        Arc::new(Self {
            queue,
            dropped,
            clock,
            ending,
            giving_up,
            writer: Mutex::new(Some(tokio::spawn(writer.write()))),
        })
    }

    /// Notes every call that it is told of.
    #[must_use]
    pub fn observer(self: &Arc<Self>) -> Observer {
        let log = Arc::clone(self);
        Observer::new(move |exchange| log.note(exchange))
    }

    /// How many calls wait to be written.
    pub(super) fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Writes what waits, and ends; what cannot be written within `patience` is lost, and said so.
    pub(super) async fn finish(&self, patience: Duration) {
        self.ending.cancel();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut writer) = writer else { return };
        if tokio::time::timeout(patience, &mut writer).await.is_err() {
            self.giving_up.cancel();
            let _ = writer.await;
        }
    }

    fn note(&self, exchange: Exchange) {
        let ended = self.clock.now();
        if self.queue.try_send(logged(exchange, ended)).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            metrics::counter!("rest_log_dropped_total").increment(1);
        }
    }
}

fn logged(exchange: Exchange, ended: Timestamp) -> LoggedCall {
    let lasted = SignedDuration::try_from(exchange.duration).unwrap_or_default();
    let at = ended - lasted;
    LoggedCall {
        id: row_id(at),
        at,
        member_id: exchange.whose.member_id,
        user_id: exchange.whose.user_id.map(crate::bitrix24::UserId::get),
        method: exchange.method,
        status: exchange.status.map(i64::from),
        error: exchange.error,
        duration_ms: i64::try_from(exchange.duration.as_millis()).unwrap_or(i64::MAX),
        request: Some(exchange.request.to_string()),
        response: exchange.response.map(|response| response.to_string()),
        request_id: correlation::cause(),
    }
}

impl Writer {
    async fn write(mut self) {
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            let first = self.ending.run_until_cancelled(self.queue.recv()).await;
            match first {
                Some(Some(call)) => batch.push(call),
                // Nothing more will come; what is there is still written.
                Some(None) | None => self.queue.close(),
            }
            self.gather(&mut batch).await;
            if batch.is_empty() {
                return;
            }
            if !self.keep(&batch).await {
                return;
            }
            self.tell_dropped();
        }
    }

    async fn gather(&mut self, batch: &mut Vec<LoggedCall>) {
        let gathered = tokio::time::timeout(GATHER, async {
            while batch.len() < BATCH {
                match self.queue.recv().await {
                    Some(call) => batch.push(call),
                    None => return,
                }
            }
        });
        let _ = self.ending.run_until_cancelled(gathered).await;
        while batch.len() < BATCH
            && let Ok(call) = self.queue.try_recv()
        {
            batch.push(call);
        }
    }

    /// Writes a batch, however long the database takes. False when the process must end without that.
    async fn keep(&self, batch: &[LoggedCall]) -> bool {
        let kept = pace::until_settled(&self.giving_up, WAITS, async || {
            let log = tokio::time::timeout(WITHIN, self.log(batch));
            match self.giving_up.run_until_cancelled(log).await? {
                Ok(Ok(())) => Some(()),
                Ok(Err(error)) => {
                    tracing::warn!(%error, calls = batch.len(), "calls wait for the database to be logged");
                    None
                }
                Err(_) => {
                    tracing::warn!(
                        calls = batch.len(),
                        "the database is silent: calls wait to be logged"
                    );
                    None
                }
            }
        });
        if kept.await.is_some() {
            return true;
        }
        let calls = batch.len() + self.queue.len();
        self.dropped.fetch_add(calls as u64, Ordering::Relaxed);
        metrics::counter!("rest_log_dropped_total").increment(calls as u64);
        tracing::error!(
            calls,
            "calls were not logged: the process ends without the database"
        );
        false
    }

    /// Calls of portals that were erased are kept blank: looked for before, so that nothing else is ever written,
    /// and after, because a portal may be erased in between.
    async fn log(&self, batch: &[LoggedCall]) -> Result<(), StoreError> {
        let mut calls = batch.to_vec();
        for (member_id, until) in self.erased(batch).await? {
            let of_it =
                |call: &&mut LoggedCall| call.member_id.as_ref() == Some(&member_id) && call.at <= until;
            calls.iter_mut().filter(of_it).for_each(LoggedCall::blank);
        }
        self.store.log_calls(&calls).await?;
        // Of all of them again: an attempt before this one may have written them as they were.
        for (member_id, until) in self.erased(batch).await? {
            self.store.blank_log(&member_id, until).await?;
        }
        Ok(())
    }

    /// Whose calls must not be kept, and until which time.
    async fn erased(&self, batch: &[LoggedCall]) -> Result<Vec<(MemberId, Timestamp)>, StoreError> {
        let portals = batch.iter().filter_map(|call| call.member_id.as_ref()).collect();
        let erased = self.store.nothing_kept_until(&portals).await?;
        Ok(erased
            .into_iter()
            .map(|(id, until)| (id.clone(), until))
            .collect())
    }

    fn tell_dropped(&mut self) {
        let dropped = self.dropped.load(Ordering::Relaxed);
        if dropped > self.told {
            let since = dropped - self.told;
            tracing::error!(
                calls = since,
                "calls were not logged: the database cannot keep up"
            );
            self.told = dropped;
        }
    }
}
