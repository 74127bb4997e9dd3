//! Keeps calls away from a server that is down, so that nobody waits for it in vain and it is not hammered while it
//! comes back. Some failures in a row hold all calls back for a while; then one probe goes through, and what becomes
//! of it decides.
//!
//! The course of it is data with the time as an argument ([`Course`]); [`Breaker`] puts a lock around it and tells
//! the operator. The crates for this either know a share of failures instead of a row of them, or let any number of
//! probes through, and none of them learns that a probe was cancelled.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::CallError;

#[cfg(test)]
mod tests;

/// A few failures in a row are nothing unusual, and cost less than holding back what would have worked.
const PATIENCE: u32 = 8;

/// How long calls are held back at first and at most; doubled in between. A person who presses again after a moment
/// finds a server that has come back.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// What somebody who is held back while a probe is under way is told to wait.
const PROBE_TAKES: Duration = Duration::from_secs(1);

/// How a call ended, as far as it tells whether the server is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It was answered, be it by a refusal.
    Answered,
    /// It was not, or only by something in between.
    Failed,
    /// Whoever made the call went away before its end.
    Abandoned,
}

impl Ending {
    /// What an answer of the authorization server tells. A page with a status of 4xx is somebody's answer to this one
    /// request, and an endpoint that is none is one portal's: whoever sends odd tokens, or has an odd portal, must not
    /// be able to hold up everybody else.
    pub(super) fn of<T>(answer: &Result<T, CallError>) -> Self {
        match answer {
            Err(CallError::Unreadable(400..500) | CallError::Endpoint(_)) | Ok(_) => Self::Answered,
            Err(CallError::Unreachable | CallError::Forbidden(_)) => Self::Failed,
            Err(error) if error.is_indeterminate() => Self::Failed,
            Err(_) => Self::Answered,
        }
    }
}

/// A call that was let through. A probe's ticket is the only one of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ticket {
    time: u64,
    is_probe: bool,
}

/// Whether calls go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// All do; so many have failed in a row.
    Closed { failures: u32 },
    /// None does before that; so many pauses came before this one.
    Open { until: Instant, before: u32 },
    /// One has, and is not back yet.
    Probing { before: u32 },
}

/// What has changed for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// Calls are held back from now on.
    Opened,
    /// They go through again.
    Closed,
}

/// The course of things at one server.
#[derive(Clone, Copy, Debug)]
struct Course {
    state: State,
    /// Counts the changes of state. What began before the last one and fails afterwards tells nothing new: two hundred
    /// calls that time out together are one outage.
    time: u64,
}

impl Course {
    const fn new() -> Self {
        Self {
            state: State::Closed { failures: 0 },
            time: 0,
        }
    }

    /// Lets a call through, or says how long it is to be held back.
    fn admit(&mut self, now: Instant) -> Result<Ticket, Duration> {
        let is_probe = match self.state {
            State::Closed { .. } => false,
            State::Open { until, before } if until <= now => {
                self.turn(State::Probing { before });
                true
            }
            State::Open { until, .. } => return Err(until - now),
            State::Probing { .. } => return Err(PROBE_TAKES),
        };
        Ok(Ticket {
            time: self.time,
            is_probe,
        })
    }

    /// Notes how a call ended. `chance` is between 0 and 1 and keeps replicas out of step.
    fn settle(&mut self, ticket: Ticket, ending: Ending, now: Instant, chance: f64) -> Option<Change> {
        let current = ticket.time == self.time;
        match (self.state, ending) {
            (State::Closed { .. }, Ending::Answered) => self.state = State::Closed { failures: 0 },
            (_, Ending::Answered) => {
                self.turn(State::Closed { failures: 0 });
                return Some(Change::Closed);
            }
            (State::Closed { failures }, Ending::Failed) if current => {
                if failures + 1 >= PATIENCE {
                    self.pause(0, now, chance);
                    return Some(Change::Opened);
                }
                self.state = State::Closed {
                    failures: failures + 1,
                };
            }
            (State::Probing { before }, Ending::Failed) if current => self.pause(before + 1, now, chance),
            // It proves nothing; another one is sent after the same pause.
            (State::Probing { before }, Ending::Abandoned) if current => self.pause(before, now, chance),
            _ => {}
        }
        None
    }

    fn pause(&mut self, before: u32, now: Instant, chance: f64) {
        let longest = FIRST_PAUSE
            .saturating_mul(2_u32.saturating_pow(before))
            .min(LONGEST_PAUSE);
        let until = now + longest / 2 + (longest / 2).mul_f64(chance);
        self.turn(State::Open { until, before });
    }

    fn turn(&mut self, state: State) {
        self.state = state;
        self.time += 1;
    }
}

/// Guards the calls of one server.
#[derive(Debug)]
pub(super) struct Breaker(Mutex<Course>);

impl Breaker {
    /// Lets everything through until something fails.
    pub(super) fn new() -> Self {
        let breaker = Self(Mutex::new(Course::new()));
        gauge(breaker.course().state);
        breaker
    }

    /// Makes a call, unless calls are held back.
    pub(super) async fn guard<T>(
        &self,
        call: impl Future<Output = Result<T, CallError>>,
    ) -> Result<T, CallError> {
        let pass = self.pass().map_err(CallError::HeldBack)?;
        let answer = call.await;
        pass.end(Ending::of(&answer));
        answer
    }

    /// Whether the last call was answered.
    pub(super) fn answers(&self) -> bool {
        self.course().state == State::Closed { failures: 0 }
    }

    fn pass(&self) -> Result<Pass<'_>, Duration> {
        let mut course = self.course();
        let admitted = course.admit(Instant::now());
        gauge(course.state);
        drop(course);
        admitted
            .map(|ticket| Pass {
                breaker: self,
                ticket: Some(ticket),
            })
            .inspect_err(|_| metrics::counter!("authorization_server_held_back_total").increment(1))
    }

    fn settle(&self, ticket: Ticket, ending: Ending) {
        // Without randomness replicas are in step, which is worse for the server and still correct.
        let chance = f64::from(getrandom::u32().unwrap_or(u32::MAX)) / f64::from(u32::MAX);
        let mut course = self.course();
        let turned = course.settle(ticket, ending, Instant::now(), chance);
        gauge(course.state);
        drop(course);
        match turned {
            Some(Change::Opened) => {
                tracing::warn!("the authorization server does not answer: calls are held back");
            }
            Some(Change::Closed) => tracing::info!("the authorization server answers again"),
            None => {}
        }
    }

    /// A course holds no invariant that a panic could break.
    fn course(&self) -> MutexGuard<'_, Course> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to make one call. Dropped without its end, the call was abandoned.
struct Pass<'b> {
    breaker: &'b Breaker,
    ticket: Option<Ticket>,
}

impl Pass<'_> {
    fn end(mut self, ending: Ending) {
        if let Some(ticket) = self.ticket.take() {
            self.breaker.settle(ticket, ending);
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.breaker.settle(ticket, Ending::Abandoned);
        }
    }
}

/// 0: calls go through; 1: they are held back; 2: so are they, and one is under way to see whether that is over.
fn gauge(state: State) {
    let value = match state {
        State::Closed { .. } => 0.0,
        State::Open { .. } => 1.0,
        State::Probing { .. } => 2.0,
    };
    metrics::gauge!("authorization_server_breaker").set(value);
}
