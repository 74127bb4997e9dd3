//! Putting an event back into the inbox, by an operator's wish.

use jiff::Timestamp;

use super::{Store, StoreError, micros};

/// What an event says is wiped once it is done; then there is nothing to be replayed.
const REPLAY: &str = "
    update events
    set state = 'waiting', attempts = 0, due_at = $2, worker = null, outcome = $3
    where id = $1 and body is not null";

/// What an event came to that was put back.
pub(super) const REPLAYED: &str = "replayed";

impl Store {
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
