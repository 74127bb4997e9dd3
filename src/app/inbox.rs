//! The inbox: events are kept before they are answered, many in one write when many come. They are worked off
//! afterwards; see `worker`.

use std::sync::Arc;

use tokio::sync::{Notify, Semaphore, mpsc, oneshot};

use crate::bitrix24::{EventKind, Fields, LifecycleEvent, PostedEvent};
use crate::store::{NewEvent, Store, StoreError, row_id};

use super::worker::HANDS;
use super::{App, Failure};

/// Events kept in one write; more wait for the next.
const BATCH: usize = 256;

/// Events that may wait for being written: a burst of this size is only slowed down.
const MOST_WAITING: usize = 16_384;

/// Hands events to the one task that writes them.
#[derive(Debug)]
pub struct Inbox {
    queue: mpsc::Sender<Letter>,
    /// Something is there to be worked on.
    pub(super) news: Notify,
    pub(super) hands: Arc<Semaphore>,
}

struct Letter {
    event: NewEvent,
    kept: oneshot::Sender<Result<(), Arc<StoreError>>>,
}

impl Inbox {
    /// Starts keeping events in an open, migrated database.
    #[must_use]
    pub fn open(store: Store) -> Self {
        let (queue, letters) = mpsc::channel(MOST_WAITING);
        tokio::spawn(keep_all(store, letters));
        Self {
            queue,
            news: Notify::new(),
            hands: Arc::new(Semaphore::new(HANDS)),
        }
    }

    async fn keep(&self, event: NewEvent) -> Result<(), Failure> {
        let gone = || Failure::Internal("the inbox is closed".into());
        let (kept, answer) = oneshot::channel();
        self.queue
            .send(Letter { event, kept })
            .await
            .map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?.map_err(Failure::Storage)?;
        self.news.notify_one();
        Ok(())
    }
}

/// Writes what has gathered while the write before was under way.
async fn keep_all(store: Store, mut letters: mpsc::Receiver<Letter>) {
    let mut batch = Vec::with_capacity(BATCH);
    while letters.recv_many(&mut batch, BATCH).await > 0 {
        let (events, answers): (Vec<_>, Vec<_>) =
            batch.drain(..).map(|letter| (letter.event, letter.kept)).unzip();
        let kept = store.keep_events(&events).await.map_err(Arc::new);
        for answer in answers {
            // Whoever has gone away does not hear it; the event is kept all the same.
            let _ = answer.send(kept.clone());
        }
    }
}

/// What is to be answered to whoever has posted an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// It is kept, or was before, or is of no interest.
    Taken,
    /// It was no event at all.
    NoEvent,
}

impl App {
    /// Keeps an event durably before it is answered. An uninstall must prove itself first.
    pub async fn receive(&self, form: &Fields) -> Result<Receipt, Failure> {
        let event = match PostedEvent::read(form) {
            PostedEvent::None => return Ok(Receipt::NoEvent),
            PostedEvent::Unasked => return Ok(Receipt::Taken),
            PostedEvent::Lifecycle(event) => event,
        };
        let body = serde_json::to_vec(form).map(zeroize::Zeroizing::new);
        let body =
            body.map_err(|error| Failure::Internal(format!("an event was not written down: {error}")))?;
        let identity = identity(&event, &body);
        if !self.admits(&event, &identity).await? {
            return Ok(Receipt::Taken);
        }
        let now = self.parts.clock.now();
        let id = row_id(now);
        self.parts
            .inbox
            .keep(NewEvent {
                sealed: self.parts.store.seal_event(id, &body)?,
                id,
                event: event.kind.as_str(),
                member_id: event.member_id.clone(),
                identity,
                received_at: now,
                first: event.kind == EventKind::Uninstall,
            })
            .await?;
        tracing::info!(%id, event = event.kind.as_str(), "an event was kept");
        Ok(Receipt::Taken)
    }
}

/// What makes an event the same when it comes twice: its whole form says portal, event and time.
fn identity(event: &LifecycleEvent, body: &[u8]) -> Vec<u8> {
    let portal = event.member_id.as_ref().map_or("", |id| id.as_str());
    [
        event.kind.as_str().as_bytes(),
        b" ",
        portal.as_bytes(),
        b" ",
        body,
    ]
    .concat()
}
