//! What deeds come to, counted. Names and labels are those of `telemetry`'s catalogue.

use std::time::Duration;

use tokio::time::Instant;
use tracing::Span;

/// How a refresh ended; its span says it, too.
pub(super) fn refreshed(outcome: &'static str) {
    metrics::counter!("refreshes_total", "outcome" => outcome).increment(1);
    Span::current().record("outcome", outcome);
}

/// How long a refresh waits for somebody else's claim; counted when it ends, if there was any wait.
pub(super) struct ClaimWait(Option<Instant>);

impl ClaimWait {
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// How long it is by now; begins with the first look.
    pub(super) fn so_far(&mut self) -> Duration {
        self.0.get_or_insert_with(Instant::now).elapsed()
    }
}

impl Drop for ClaimWait {
    fn drop(&mut self) {
        if let Some(began) = self.0 {
            metrics::histogram!("refresh_claim_wait_seconds").record(began.elapsed());
        }
    }
}

/// A pair of tokens was kept under a new generation.
pub(super) fn advanced(by: &'static str) {
    metrics::counter!("generations_advanced_total", "by" => by).increment(1);
}
