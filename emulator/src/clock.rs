//! The emulator's clock: the machine's, plus what a test has moved it.

use jiff::{SignedDuration, Timestamp};

/// A clock that can be moved; all rules of time (tokens, codes, limits, weeks) read it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Clock {
    offset_s: i64,
}

impl Clock {
    /// Moves the clock by so many seconds, backwards too, and stays within what dates can say.
    pub(crate) fn advance(&mut self, seconds: i64) {
        let furthest = 100 * 365 * 24 * 3600;
        self.offset_s = self
            .offset_s
            .saturating_add(seconds)
            .clamp(-furthest / 4, furthest);
    }

    /// How far the clock has been moved, in seconds.
    pub(crate) fn offset_s(self) -> i64 {
        self.offset_s
    }

    /// The present moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    pub(crate) fn now(self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(SignedDuration::from_secs(self.offset_s))
            .unwrap_or(now)
    }

    /// The present moment in unix seconds.
    pub(crate) fn seconds(self) -> i64 {
        self.now().as_second()
    }

    /// The present moment in unix seconds with their fraction.
    pub(crate) fn precise(self) -> f64 {
        precise(self.now())
    }
}

/// A moment in unix seconds with their fraction.
pub(crate) fn precise(at: Timestamp) -> f64 {
    at.as_duration().as_secs_f64()
}

/// A moment as the platform writes it: ISO 8601 with an offset, no fraction.
pub(crate) fn iso(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// A moment as a `Date` header has it.
pub(crate) fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Unix seconds as the platform writes a moment.
pub(crate) fn iso_seconds(at: i64) -> String {
    iso(Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// A moment in RFC 3339 with microseconds, for the journal.
pub(crate) fn iso_precise(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}
