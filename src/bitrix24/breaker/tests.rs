//! The course of a breaker, with a time of its own.

use proptest::prelude::*;

use super::super::{EndpointError, Refusal, RefusalCode};
use super::*;

/// A server that is asked at will, at a time that passes at will.
struct Played {
    course: Course,
    now: Instant,
    chance: f64,
}

impl Played {
    fn new() -> Self {
        Self {
            course: Course::new(),
            now: Instant::now(),
            chance: 1.0,
        }
    }

    fn ask(&mut self) -> Ticket {
        self.course.admit(self.now).expect("let through")
    }

    fn is_held_back(&mut self) -> bool {
        self.course.admit(self.now).is_err()
    }

    fn end(&mut self, ticket: Ticket, ending: Ending) -> Option<Change> {
        self.course.settle(ticket, ending, self.now, self.chance)
    }

    fn call(&mut self, ending: Ending) -> Option<Change> {
        let ticket = self.ask();
        self.end(ticket, ending)
    }

    fn pass(&mut self, milliseconds: u64) {
        self.now += Duration::from_millis(milliseconds);
    }

    /// As after enough failures.
    fn opened() -> Self {
        let mut played = Self::new();
        for _ in 1..PATIENCE {
            assert_eq!(played.call(Ending::Failed), None);
        }
        assert_eq!(played.call(Ending::Failed), Some(Change::Opened));
        played
    }
}

#[test]
fn some_failures_in_a_row_hold_nobody_back() {
    let mut played = Played::new();
    for _ in 0..20 {
        for _ in 1..PATIENCE {
            assert_eq!(played.call(Ending::Failed), None);
        }
        assert_eq!(played.call(Ending::Answered), None);
    }
}

#[test]
fn then_nobody_is_let_through_for_a_second_and_after_it_exactly_one() {
    let mut played = Played::opened();
    assert_eq!(played.course.admit(played.now), Err(FIRST_PAUSE));
    played.pass(999);
    assert!(played.is_held_back());
    played.pass(1);
    let probe = played.ask();
    assert!(played.is_held_back(), "one is enough to see");
    assert_eq!(played.end(probe, Ending::Answered), Some(Change::Closed));
    played.call(Ending::Answered);
    played.call(Ending::Answered);
}

#[test]
fn pauses_double_up_to_fifteen_seconds_and_begin_anew_after_an_answer() {
    let mut played = Played::opened();
    for seconds in [1, 2, 4, 8, 15, 15] {
        played.pass(seconds * 1000 - 1);
        assert!(played.is_held_back(), "{seconds}");
        played.pass(1);
        assert_eq!(played.call(Ending::Failed), None, "said once");
    }
    played.pass(15_000);
    assert_eq!(played.call(Ending::Answered), Some(Change::Closed));
    for _ in 0..PATIENCE {
        played.call(Ending::Failed);
    }
    assert_eq!(played.course.admit(played.now), Err(FIRST_PAUSE));
}

#[test]
fn pauses_of_replicas_are_not_in_step() {
    let mut played = Played::opened();
    played.pass(1000);
    played.chance = 0.0;
    played.call(Ending::Failed);
    assert_eq!(played.course.admit(played.now), Err(FIRST_PAUSE), "half of two");
}

#[test]
fn a_probe_that_is_abandoned_is_followed_by_another_after_the_same_pause() {
    let mut played = Played::opened();
    for _ in 0..5 {
        played.pass(1000);
        assert_eq!(played.call(Ending::Abandoned), None);
        assert!(played.is_held_back());
    }
    played.pass(1000);
    assert_eq!(played.call(Ending::Answered), Some(Change::Closed));
}

#[test]
fn two_hundred_calls_that_time_out_together_are_one_outage() {
    let mut played = Played::new();
    let tickets: Vec<_> = (0..200).map(|_| played.ask()).collect();
    played.pass(10_000);
    let changes = tickets
        .into_iter()
        .filter_map(|ticket| played.end(ticket, Ending::Failed));
    assert_eq!(changes.collect::<Vec<_>>(), [Change::Opened]);
    assert_eq!(played.course.admit(played.now), Err(FIRST_PAUSE), "not doubled");
}

#[test]
fn what_was_under_way_before_an_outage_ended_does_not_bring_it_back() {
    let mut played = Played::new();
    let slow: Vec<_> = (0..PATIENCE * 2).map(|_| played.ask()).collect();
    for _ in 0..PATIENCE {
        played.call(Ending::Failed);
    }
    played.pass(1000);
    assert_eq!(played.call(Ending::Answered), Some(Change::Closed));
    for ticket in slow {
        assert_eq!(played.end(ticket, Ending::Failed), None);
    }
    played.call(Ending::Answered);
}

#[test]
fn an_answer_that_comes_late_ends_the_outage_at_once() {
    let mut played = Played::new();
    let slow = played.ask();
    for _ in 0..PATIENCE {
        played.call(Ending::Failed);
    }
    assert!(played.is_held_back());
    assert_eq!(played.end(slow, Ending::Answered), Some(Change::Closed));
    played.call(Ending::Answered);
}

#[test]
fn only_what_tells_of_the_server_is_a_failure() {
    let refused = |code: &str, status| {
        Err::<(), _>(CallError::Refused(Refusal {
            status,
            ..Refusal::of_code(code)
        }))
    };
    for failed in [
        Err(CallError::Unreachable),
        Err(CallError::Interrupted),
        Err(CallError::TimedOut),
        Err(CallError::Unreadable(200)),
        Err(CallError::Unreadable(502)),
        Err(CallError::Unexpected("access_token")),
        refused("internal_server_error", 500),
        refused("", 503),
    ] {
        assert_eq!(Ending::of(&failed), Ending::Failed, "{failed:?}");
    }
    for answered in [
        Ok(()),
        refused("expired_token", 401),
        refused("wrong_client", 200),
        refused("PAYMENT_REQUIRED", 503),
        Err(CallError::Unreadable(403)),
        Err(CallError::Endpoint(EndpointError::Scheme)),
    ] {
        assert_eq!(Ending::of(&answered), Ending::Answered, "{answered:?}");
    }
    assert_eq!(
        Refusal::of_code("PAYMENT_REQUIRED").code,
        RefusalCode::PaymentRequired
    );
}

#[tokio::test]
async fn a_cancelled_probe_leaves_nothing_behind() {
    let breaker = Breaker::new();
    for _ in 0..PATIENCE {
        let _ = breaker.guard(async { Err::<(), _>(CallError::TimedOut) }).await;
    }
    let held_back = breaker.guard(async { Ok(()) }).await;
    assert!(matches!(held_back, Err(CallError::HeldBack(_))), "{held_back:?}");
    tokio::time::sleep(FIRST_PAUSE).await;
    let probe = breaker.guard(std::future::pending::<Result<(), _>>());
    assert!(
        tokio::time::timeout(Duration::from_millis(50), probe)
            .await
            .is_err()
    );
    assert!(!breaker.answers());
    tokio::time::sleep(FIRST_PAUSE).await;
    assert_eq!(breaker.guard(async { Ok(()) }).await, Ok(()));
    assert!(breaker.answers());
}

#[derive(Clone, Debug)]
enum Step {
    Ask,
    End(usize, Ending),
    Pass(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let ending = prop_oneof![
        4 => Just(Ending::Failed),
        1 => Just(Ending::Answered),
        1 => Just(Ending::Abandoned),
    ];
    let step = prop_oneof![
        4 => Just(Step::Ask),
        4 => (0..20_usize, ending).prop_map(|(which, ending)| Step::End(which, ending)),
        1 => (0..20_000_u64).prop_map(Step::Pass),
    ];
    prop::collection::vec(step, 0..200)
}

proptest! {
    /// Whatever happens in whatever order: one probe at a time, and never stuck.
    #[test]
    fn there_is_one_probe_at_a_time_and_always_a_next_one(steps in steps(), chance in 0.0..=1.0) {
        let mut played = Played { chance, ..Played::new() };
        let mut open: Vec<Ticket> = Vec::new();
        for step in steps {
            match step {
                Step::Ask => open.extend(played.course.admit(played.now)),
                Step::End(which, ending) if which < open.len() => {
                    let ticket = open.swap_remove(which);
                    played.end(ticket, ending);
                }
                Step::End(..) => {}
                Step::Pass(milliseconds) => played.pass(milliseconds),
            }
            let time = played.course.time;
            let probes = open.iter().filter(|ticket| ticket.is_probe && ticket.time == time).count();
            let probing = matches!(played.course.state, State::Probing { .. });
            prop_assert_eq!(probes, usize::from(probing));
        }
        for ticket in open {
            played.end(ticket, Ending::Abandoned);
        }
        played.pass(15_000);
        played.call(Ending::Answered);
        prop_assert_eq!(played.course.state, State::Closed { failures: 0 });
    }

    /// However often somebody asks: five minutes of outage cost this many calls at most.
    #[test]
    fn an_outage_costs_few_calls(gaps in prop::collection::vec(0..100_u64, 3000), chance in 0.0..=1.0) {
        let mut played = Played { chance, ..Played::new() };
        let (began, mut calls) = (played.now, 0);
        for gap in gaps {
            if let Ok(ticket) = played.course.admit(played.now) {
                calls += 1;
                played.end(ticket, Ending::Failed);
            }
            played.pass(gap);
        }
        let most = u64::from(PATIENCE) + 4 + (played.now - began).as_secs() * 2 / LONGEST_PAUSE.as_secs() + 1;
        prop_assert!(calls <= most, "{} calls of {}", calls, most);
    }
}
