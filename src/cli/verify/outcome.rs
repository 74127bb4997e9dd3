//! What came of an attempt.

use serde::Serialize;

use crate::bitrix24::Unseen;

use super::probe::Answer;

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt {
    /// Its name.
    pub(super) name: &'static str,
    /// What must hold.
    pub(super) must: &'static str,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nobody got in.
    Held,
    /// What must hold does not; in words, without a secret.
    Fell(String),
    /// It was not tried, or shows nothing either way; always with the reason.
    Skipped(String),
}

/// Which of the three it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// Nobody got in.
    Held,
    /// Somebody could.
    Fell,
    /// Not tried.
    Skipped,
}

impl Verdict {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Fell => "FELL",
            Self::Skipped => "skipped",
        }
    }
}

/// One line of the report.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Outcome {
    /// What was tried.
    pub(super) attempt: &'static str,
    /// How it ended.
    pub(super) verdict: Verdict,
    /// What must hold.
    pub(super) must: &'static str,
    /// What happened instead, or why it was skipped.
    pub(super) says: Option<String>,
}

impl Outcome {
    /// What cannot be tried to its end has not held.
    pub(super) fn of(attempt: Attempt, found: Result<Found, Unseen>) -> Self {
        let found = found.unwrap_or_else(|unseen| Found::Fell(format!("there is no telling: {unseen}")));
        let (verdict, says) = match found {
            Found::Held => (Verdict::Held, None),
            Found::Fell(what) => (Verdict::Fell, Some(what)),
            Found::Skipped(why) => (Verdict::Skipped, Some(why)),
        };
        Self {
            attempt: attempt.name,
            verdict,
            must: attempt.must,
            says,
        }
    }
}

/// What several answers come to: one that fell counts, then one that shows nothing.
#[derive(Debug, Default)]
pub(super) struct Tally {
    fell: Vec<String>,
    unsettled: Vec<String>,
}

impl Tally {
    /// Notes that something does not hold.
    pub(super) fn fell(&mut self, what: impl Into<String>) {
        self.fell.push(what.into());
    }

    /// Something that must be so.
    pub(super) fn require(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.fell(otherwise());
        }
    }

    /// An answer that must have one of these statuses. One that says that nobody was asked shows nothing. Whether
    /// the rest of the answer is worth looking at.
    pub(super) fn expect(&mut self, what: &str, answer: &Answer, statuses: &[u16]) -> bool {
        let status = answer.status;
        if statuses.contains(&status) {
            return true;
        }
        if matches!(status, 429 | 502 | 503 | 504) {
            let reason =
                format!("{what} is answered with {status}: nothing was let in, and nothing is shown");
            self.unsettled.push(reason);
        } else {
            self.fell(format!("{what} is answered with {status}"));
        }
        false
    }

    /// The end of the attempt.
    pub(super) fn found(self) -> Found {
        match (self.fell.is_empty(), self.unsettled.is_empty()) {
            (false, _) => Found::Fell(self.fell.join("; ")),
            (true, false) => Found::Skipped(self.unsettled.join("; ")),
            (true, true) => Found::Held,
        }
    }
}
