//! Working off the inbox: whichever replica takes an event has it for a while, tries it, and writes what came of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::OwnedSemaphorePermit;
use tracing::field::{Empty, display};
use tracing::{Instrument as _, Span};
use uuid::Uuid;

use crate::bitrix24::{Fields, LifecycleEvent, PostedEvent};
use crate::store::{Conclusion, EventOutcome, Taken};
use crate::telemetry::{self, TraceId};

use super::{App, Failure, correlation, pace};

/// Events taken at once, and how many of them are worked on at the same time.
const ARMFUL: i64 = 64;
pub(super) const HANDS: usize = 8;

/// How long events are ours before others may take them over, and how long after taking them one is still begun:
/// an event is several calls of Bitrix24 at most, each with its limit.
const LEASE: SignedDuration = SignedDuration::from_mins(4);
const BEGUN_WITHIN: SignedDuration = SignedDuration::from_mins(2);

/// How often the inbox is looked into without anybody having said that there is something.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How often and when an event is tried: for two hours at least, more than any of its tokens lasts.
const MOST_ATTEMPTS: i64 = 20;
const FIRST_RETRY: Duration = Duration::from_secs(5);
const LONGEST_RETRY: Duration = Duration::from_mins(20);

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

impl App {
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

    /// Takes an armful of events, and gives each to a task of its own as soon as a hand is free; says how many.
    async fn take(self: &Arc<Self>, worker: &str) -> usize {
        let now = self.parts.clock.now();
        let taken = match self.parts.store.take_events(worker, ARMFUL, (now, LEASE)).await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!(%error, "the inbox cannot be looked into");
                return 0;
            }
        };
        let number = taken.len();
        for event in taken {
            let hands = Arc::clone(&self.parts.inbox.hands);
            let hand = self.closing.run_until_cancelled(hands.acquire_owned()).await;
            let late = self.parts.clock.now().duration_since(now) > BEGUN_WITHIN;
            let Some(Ok(hand)) = hand.filter(|_| !late) else {
                self.give_back(event.id, worker).await;
                continue;
            };
            let (app, worker) = (Arc::clone(self), worker.to_owned());
            self.tasks.spawn(async move {
                let cause = event.id.to_string();
                let (span, trace) = span_of(&cause);
                let work = app.work_on(event, worker, hand).instrument(span);
                correlation::correlated(&cause, trace, work).await;
            });
        }
        number
    }

    /// What was taken and not begun is due again at once; if that cannot be written, when the lease is over.
    async fn give_back(&self, id: Uuid, worker: &str) {
        let now = self.parts.clock.now();
        let given = self.parts.store.give_event_back(id, worker, now).await;
        if let Err(error) = given {
            tracing::warn!(%id, %error, "an event was not given back");
        }
    }

    async fn work_on(self: &Arc<Self>, taken: Taken, worker: String, hand: OwnedSemaphorePermit) {
        let event = taken.body.as_ref().and_then(|body| reopened(body));
        let name = event.as_ref().map_or("unreadable", |event| event.kind.as_str());
        let outcome = match &event {
            // Whoever tried it last did not live to say so.
            Some(_) if taken.attempts > MOST_ATTEMPTS => Verdict::Dead("it was tried too often"),
            Some(event) => {
                if taken.replayed {
                    self.forget_refusal(event).await;
                }
                self.judge_event(event).await
            }
            None => Verdict::Dead("the event does not open under any key"),
        };
        // Whoever waits for a write keeps nobody else from working, so that many are written at once.
        drop(hand);
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
        Span::current().record("event", name).record("outcome", word);
        if let Err(error) = self.conclude_event(&taken, worker, outcome).await {
            // Its lease ends, and it is tried again: everything that events do may be done twice.
            tracing::warn!(%id, %error, "what became of an event was not written");
        }
    }

    async fn conclude_event(
        &self,
        taken: &Taken,
        worker: String,
        outcome: EventOutcome,
    ) -> Result<(), Failure> {
        let is_over = !matches!(outcome, EventOutcome::Again(..));
        let conclusion = Conclusion {
            id: taken.id,
            worker,
            outcome,
            at: self.parts.clock.now(),
        };
        self.parts.inbox.conclusions.hand(conclusion).await?;
        if !is_over {
            return Ok(());
        }
        let store = &self.parts.store;
        // Nothing is kept of a portal that is erased, not even by an event that comes in behind.
        let Some(member_id) = &taken.member_id else {
            return Ok(());
        };
        let until = store.nothing_kept_until(&BTreeSet::from([member_id])).await?;
        if until.iter().any(|(_, until)| taken.received_at <= *until) {
            store.disown_event(taken.id).await?;
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

/// The span of work on an event, which nobody waits for: the beginning of a trace.
fn span_of(id: &str) -> (Span, Option<TraceId>) {
    let span = tracing::info_span!(
        parent: None,
        "event",
        request_id = id,
        event = Empty,
        outcome = Empty,
        trace_id = Empty
    );
    let trace = telemetry::continues(&span, None);
    if let Some(trace) = trace {
        span.record("trace_id", display(trace));
    }
    (span, trace)
}

fn reopened(body: &[u8]) -> Option<LifecycleEvent> {
    match PostedEvent::read(&Fields::from_json(body)?) {
        PostedEvent::Lifecycle(event) => Some(*event),
        _ => None,
    }
}
