//! Putting an event back into the inbox: by an operator's wish, or because a clock was wrong.

use jiff::Timestamp;

use super::{Store, StoreError, micros};

/// What an event says is wiped once it is done; then there is nothing to be replayed.
const REPLAY: &str = "
    update events
    set state = 'waiting', attempts = 0, due_at = $2, worker = null, outcome = $3
    where id = $1 and body is not null";

const HASTEN: &str = "
    update events
    set due_at = $1
    where state = 'waiting' and due_at > $2";

/// What an event came to that was put back.
pub(super) const REPLAYED: &str = "replayed";

impl Store {
    /// Lets what waits be due now if it is due later than `latest`; says how much that was.
    pub async fn hasten_events(&self, now: Timestamp, latest: Timestamp) -> Result<u64, StoreError> {
        Ok(on!(
            self.writes(),
            |pool| {
                sqlx::query(HASTEN)
                    .bind(micros(now))
                    .bind(micros(latest))
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?)
    }

    /// Lets an event be worked on as if it had just come. False when it is not known, or wiped.
    pub async fn replay_event(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let replayed = on!(
            self.writes(),
            |pool| {
                sqlx::query(REPLAY)
                    .bind(id)
                    .bind(micros(now))
                    .bind(REPLAYED)
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(replayed == 1)
    }
}
