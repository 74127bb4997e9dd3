//! The inbox: events are kept before they are answered, many in one write when many come, and worked off
//! afterwards by whichever replica takes them.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::{Notify, Semaphore, mpsc, oneshot};
use uuid::Uuid;

use crate::bitrix24::{Fields, LifecycleEvent, PostedEvent};
use crate::store::{EventOutcome, NewEvent, Store, StoreError, Taken, row_id};

use super::{App, Failure, correlation, pace};

/// Events kept in one write; more wait for the next.
const BATCH: usize = 256;

/// Events that may wait for being written: a burst of this size is only slowed down.
const MOST_WAITING: usize = 16_384;

/// Events worked on at once in this process.
const HANDS: usize = 8;

/// How long somebody may work on an event before it is taken over: several calls of Bitrix24, each with its limit.
const LEASE: SignedDuration = SignedDuration::from_secs(180);

/// How often the inbox is looked into without anybody having said that there is something.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How often and when an event is tried: for about two hours, more than any of its tokens lasts.
const MOST_ATTEMPTS: i64 = 12;
const FIRST_RETRY: Duration = Duration::from_secs(5);
const LONGEST_RETRY: Duration = Duration::from_mins(20);

/// Hands events to the one task that writes them.
#[derive(Debug)]
pub struct Inbox {
    queue: mpsc::Sender<Letter>,
    /// Something is there to be worked on.
    news: Notify,
    hands: Arc<Semaphore>,
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
            })
            .await?;
        tracing::info!(%id, event = event.kind.as_str(), "an event was kept");
        Ok(Receipt::Taken)
    }

    /// Works off the inbox until the process is to end.
    pub(super) async fn work_inbox(self: Arc<Self>) {
        let worker = Uuid::new_v4().to_string();
        while !self.closing.is_cancelled() {
            let taken = self.take(&worker).await;
            if taken == 0 {
                let look = tokio::time::timeout(pace::jittered(LOOK_EVERY), self.parts.inbox.news.notified());
                let _ = self.closing.run_until_cancelled(look).await;
            }
        }
    }

    /// Takes as many events as there are hands, and gives each to a task of its own; says how many.
    async fn take(self: &Arc<Self>, worker: &str) -> usize {
        let hands = Arc::clone(&self.parts.inbox.hands);
        let Some(Ok(first)) = self.closing.run_until_cancelled(hands.acquire_owned()).await else {
            return 0;
        };
        drop(first);
        let free = i64::try_from(self.parts.inbox.hands.available_permits()).unwrap_or(1);
        let due = (self.parts.clock.now(), LEASE);
        let taken = match self.parts.store.take_events(worker, free, due).await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!(%error, "the inbox cannot be looked into");
                return 0;
            }
        };
        let number = taken.len();
        for event in taken {
            let Ok(hand) = Arc::clone(&self.parts.inbox.hands).acquire_owned().await else {
                break;
            };
            let (app, worker) = (Arc::clone(self), worker.to_owned());
            self.tasks.spawn(async move {
                let cause = event.id.to_string();
                correlation::correlated(&cause, app.work_on(event, &worker)).await;
                drop(hand);
            });
        }
        number
    }

    async fn work_on(self: &Arc<Self>, taken: Taken, worker: &str) {
        let event = taken.body.as_ref().and_then(|body| reopened(body));
        let name = event.as_ref().map_or("unreadable", |event| event.kind.as_str());
        let outcome = match &event {
            Some(event) => self.judge_event(event).await,
            None => Verdict::Dead("the event does not open under any key"),
        };
        let outcome = self.decided(outcome, taken.attempts);
        let id = taken.id;
        match &outcome {
            EventOutcome::Done => tracing::info!(%id, event = name, "an event was processed"),
            EventOutcome::Dead(why) => tracing::warn!(%id, event = name, why, "an event is a dead letter"),
            EventOutcome::Again(why, at) => tracing::info!(%id, event = name, why, %at, "an event waits"),
        }
        let word = match outcome {
            EventOutcome::Done => "done",
            EventOutcome::Dead(_) => "dead",
            EventOutcome::Again(..) => "again",
        };
        metrics::counter!("inbox_events_total", "event" => name, "outcome" => word).increment(1);
        if let Err(error) = self.conclude_event(&taken, worker, &outcome).await {
            // Its lease ends, and it is tried again: everything that events do may be done twice.
            tracing::warn!(%id, %error, "what became of an event was not written");
        }
    }

    async fn conclude_event(
        &self,
        taken: &Taken,
        worker: &str,
        outcome: &EventOutcome,
    ) -> Result<(), StoreError> {
        // What may help after something was mended is kept, sealed, to be replayed.
        let replayable = !matches!(outcome, EventOutcome::Done);
        let (store, now) = (&self.parts.store, self.parts.clock.now());
        store
            .conclude_event(taken.id, worker, outcome, (now, replayable))
            .await?;
        if matches!(outcome, EventOutcome::Again(..)) {
            return Ok(());
        }
        // Nothing is kept of a portal that is erased, not even by an event that comes in behind.
        let Some(member_id) = &taken.member_id else {
            return Ok(());
        };
        if store.erasure(member_id).await?.is_some() {
            let portal = store.portal(member_id).await?;
            if portal.is_none_or(|portal| portal.gone_at.is_some()) {
                store.disown_event(taken.id).await?;
            }
        }
        Ok(())
    }

    fn decided(&self, verdict: Verdict, attempts: i64) -> EventOutcome {
        match verdict {
            Verdict::Done => EventOutcome::Done,
            Verdict::Dead(why) => EventOutcome::Dead(why),
            Verdict::Again(why) if attempts >= MOST_ATTEMPTS => EventOutcome::Dead(why),
            Verdict::Again(why) => {
                let number = u32::try_from(attempts - 1).unwrap_or_default();
                let wait = pace::backoff(FIRST_RETRY, number, LONGEST_RETRY);
                let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::ZERO);
                EventOutcome::Again(why, self.parts.clock.now() + wait)
            }
        }
    }
}

/// What an attempt at an event came to, before retries are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing is left to be done.
    Done,
    /// It will never work.
    Dead(&'static str),
    /// It may work later.
    Again(&'static str),
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

fn reopened(body: &[u8]) -> Option<LifecycleEvent> {
    let form: Fields = serde_json::from_slice(body).ok()?;
    match PostedEvent::read(&form) {
        PostedEvent::Lifecycle(event) => Some(*event),
        _ => None,
    }
}
