//! Spent states of sign-ins outside the frame. A state itself is sealed and needs no row; that it was used does.

use jiff::{SignedDuration, Timestamp};

use super::{Store, StoreError, micros};

/// Replicas' clocks differ a little: a row is kept until a state is over by every one of them.
const GRACE: SignedDuration = SignedDuration::from_mins(10);

const SPEND: &str = "
    insert into oauth_states (digest, ends_at)
    values ($1, $2)
    on conflict (digest) do nothing";

const PRUNE: &str = "
    delete from oauth_states
    where digest in (
        select digest
        from oauth_states
        where ends_at < $1
        order by ends_at
        limit $2
    )";

impl Store {
    /// Uses a state up; whether it still could be.
    pub async fn spend_oauth_state(&self, digest: &[u8], ends_at: Timestamp) -> Result<bool, StoreError> {
        let inserted = on!(
            self.writes(),
            |pool| {
                sqlx::query(SPEND)
                    .bind(digest)
                    .bind(micros(ends_at))
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(inserted == 1)
    }

    /// Forgets at most so many states that are over; gives how many it were.
    pub async fn prune_oauth_states(&self, now: Timestamp, most: i64) -> Result<u64, StoreError> {
        let pruned = on!(
            self.writes(),
            |pool| {
                sqlx::query(PRUNE)
                    .bind(micros(now - GRACE))
                    .bind(most)
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(pruned)
    }
}
