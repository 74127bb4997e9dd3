//! The inbox: events are kept before they are answered, many in one write when many come. They are worked off
//! afterwards; see `worker`.

use std::sync::Arc;

use tokio::sync::{Notify, Semaphore};
use zeroize::Zeroizing;

use crate::bitrix24::{EventKind, Fields, LifecycleEvent, PostedEvent};
use crate::crash;
use crate::store::{Conclusion, NewEvent, Store, row_id};

use super::desk::Desk;
use super::worker::HANDS;
use super::{App, Failure};

/// Where events are kept, and where it is noted what became of them.
#[derive(Debug)]
pub struct Inbox {
    letters: Desk<NewEvent>,
    pub(super) conclusions: Desk<Conclusion>,
    /// Something is there to be worked on.
    pub(super) news: Notify,
    pub(super) hands: Arc<Semaphore>,
}

impl Inbox {
    /// Starts keeping events in an open, migrated database.
    #[must_use]
    pub fn open(store: Store) -> Self {
        let keeping = store.clone();
        Self {
            letters: Desk::open(move |events: Vec<_>| {
                let store = keeping.clone();
                async move { store.keep_events(&events).await }
            }),
            conclusions: Desk::open(move |conclusions: Vec<_>| {
                let store = store.clone();
                async move { store.conclude_events(&conclusions).await }
            }),
            news: Notify::new(),
            hands: Arc::new(Semaphore::new(HANDS)),
        }
    }

    async fn keep(&self, event: NewEvent) -> Result<(), Failure> {
        self.letters.hand(event).await?;
        self.news.notify_one();
        Ok(())
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
        let body = form
            .to_json()
            .map_err(|_| Failure::Internal("an event was not written down".into()))?;
        let identity = identity(&event, &body);
        if !self.admits(&event, &identity).await? {
            return Ok(Receipt::Taken);
        }
        crash::point("event.admitted");
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
        crash::point("event.kept");
        tracing::info!(%id, event = event.kind.as_str(), "an event was kept");
        Ok(Receipt::Taken)
    }
}

/// What makes an event the same when it comes twice: its whole form says portal, event and time.
fn identity(event: &LifecycleEvent, body: &[u8]) -> Zeroizing<Vec<u8>> {
    let portal = event.member_id.as_ref().map_or("", |id| id.as_str());
    let parts = [
        event.kind.as_str().as_bytes(),
        b" ",
        portal.as_bytes(),
        b" ",
        body,
    ];
    Zeroizing::new(parts.concat())
}
