//! What is to be done without anybody asking: erasing what was kept long enough, pruning in small steps, and asking
//! after portals that nobody has opened for long. Every step may be done by several replicas at once, or twice.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::store::{Fence, StoreError};

use super::presence::Presence;
use super::{App, Failure, pace};

/// A round asks after this many portals, so that nobody is hammered.
const ASKED_A_ROUND: i64 = 3;

/// A round erases this many portals that are gone for long.
const ERASED_A_ROUND: i64 = 50;

/// Rows deleted in one statement, and statements in one round, with a pause for others between them.
const STEP: i64 = 500;
const STEPS: usize = 40;
const PAUSE: Duration = Duration::from_millis(20);

/// Longer than any pause or lease of the inbox, and than clocks of replicas honestly differ.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);

/// How long the digest of an erased portal stays.
const ERASURES_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How often upkeep is done.
#[derive(Clone, Copy, Debug)]
pub struct UpkeepTiming {
    /// From the end of one round to the next, about.
    pub every: Duration,
}

impl Default for UpkeepTiming {
    fn default() -> Self {
        Self {
            every: Duration::from_secs(30),
        }
    }
}

impl App {
    /// Does its rounds until the process is to end.
    pub(super) async fn keep_up(self: Arc<Self>) {
        loop {
            let wait = tokio::time::sleep(pace::jittered(self.parts.upkeep.every * 2));
            if self.closing.run_until_cancelled(wait).await.is_none() {
                return;
            }
            if let Err(failure) = self.round().await {
                tracing::warn!(%failure, "a round of upkeep was not finished");
            }
        }
    }

    async fn round(self: &Arc<Self>) -> Result<(), Failure> {
        let now = self.parts.clock.now();
        self.measure_inbox(now).await?;
        self.hasten_events(now).await?;
        let (store, kept_since) = (&self.parts.store, now - self.parts.retention.rest_log);
        self.in_steps(|| store.prune_log(kept_since, STEP)).await?;
        self.in_steps(|| store.prune_events(kept_since, STEP)).await?;
        self.in_steps(|| store.prune_oauth_states(now, STEP)).await?;
        store.prune_erasures(now - ERASURES_FOR).await?;
        self.erase_long_gone(now).await?;
        self.ask_after_unseen(now).await
    }

    /// Nothing in the inbox waits that long: its time was written by a clock that has gone back since.
    async fn hasten_events(&self, now: Timestamp) -> Result<(), Failure> {
        let hastened = self.parts.store.hasten_events(now, now + LONGEST_WAIT).await?;
        if hastened > 0 {
            tracing::warn!(hastened, "events waited for a time that a clock had wrong");
        }
        Ok(())
    }

    async fn measure_inbox(&self, now: Timestamp) -> Result<(), Failure> {
        let depth = self.parts.store.inbox_depth().await?;
        let age = depth
            .oldest
            .map_or(0.0, |oldest| now.duration_since(oldest).as_secs_f64());
        #[expect(clippy::cast_precision_loss, reason = "a gauge of events")]
        for (name, value) in [
            ("inbox_waiting", depth.waiting as f64),
            ("inbox_dead", depth.dead as f64),
            ("inbox_oldest_seconds", age.max(0.0)),
        ] {
            metrics::gauge!(name).set(value);
        }
        Ok(())
    }

    /// Portals that were gone for the whole keep time. One that was opened meanwhile is not gone any more, and before
    /// anything is erased the authorization server is asked once more, where there is a token left to ask with.
    async fn erase_long_gone(self: &Arc<Self>, now: Timestamp) -> Result<(), Failure> {
        let before = now - self.parts.retention.connections;
        for (member_id, gone_at) in self.parts.store.portals_long_gone(before, ERASED_A_ROUND).await? {
            match self.presence(&member_id).await {
                Ok(Presence::Installed) => {
                    tracing::warn!(%member_id, "the app is installed where it counted as gone");
                    self.parts.store.mark_back(&member_id, gone_at).await?;
                }
                // The next round asks again.
                Err(failure @ (Failure::AuthorizationServer(_) | Failure::Storage(_))) => {
                    return Err(failure);
                }
                _ => {
                    self.erase(&member_id, Fence::GoneSince(gone_at), gone_at).await?;
                }
            }
        }
        Ok(())
    }

    async fn in_steps<F>(&self, step: impl Fn() -> F) -> Result<(), StoreError>
    where
        F: Future<Output = Result<u64, StoreError>>,
    {
        for _ in 0..STEPS {
            if step().await? < STEP.unsigned_abs() || self.closing.is_cancelled() {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    async fn ask_after_unseen(self: &Arc<Self>, now: Timestamp) -> Result<(), Failure> {
        for member_id in self.parts.store.take_unseen_portals(now, ASKED_A_ROUND).await? {
            match self.presence(&member_id).await {
                Ok(presence) => {
                    self.parts.store.asked_after(&member_id, now).await?;
                    tracing::debug!(%member_id, ?presence, "asked after a portal that nobody opens");
                }
                // It is asked after again before long.
                Err(failure) => {
                    tracing::warn!(%member_id, %failure, "a portal that nobody opens could not be asked after");
                }
            }
        }
        Ok(())
    }
}
