//! How much of something may be had at once, and how fast it comes back: the generic cell rate algorithm, in one
//! number for each key, in memory for so many keys at most.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use lru::LruCache;

/// A burst, and what comes back of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    /// As many at once.
    burst: i32,
    /// After so long, one more.
    every: SignedDuration,
}

impl Rate {
    pub(super) const fn new(burst: i32, every: SignedDuration) -> Self {
        Self { burst, every }
    }

    /// The time it takes to get the whole burst back.
    fn whole(self) -> SignedDuration {
        self.every * self.burst
    }
}

/// For each key the time at which everything that was spent will be back. Who was not heard of for longest is
/// forgotten first.
#[derive(Debug)]
pub(super) struct Spendings<K: Hash + Eq> {
    rate: Rate,
    restored_at: Mutex<LruCache<K, Timestamp>>,
}

impl<K: Hash + Eq> Spendings<K> {
    pub(super) fn new(rate: Rate, most_keys: NonZeroUsize) -> Self {
        Self {
            rate,
            restored_at: Mutex::new(LruCache::new(most_keys)),
        }
    }

    /// How long to wait until there is one again; none if there is one now.
    pub(super) fn wait(&self, key: &K, now: Timestamp) -> Option<SignedDuration> {
        let restored_at = *self.locked().peek(key)?;
        // A clock that was set back must lock nobody out for longer than the burst lasts.
        let owed = restored_at.duration_since(now).min(self.rate.whole());
        let wait = owed - (self.rate.whole() - self.rate.every);
        wait.is_positive().then_some(wait)
    }

    /// Whether more than half of what may be had at once is spent.
    pub(super) fn is_scarce(&self, key: &K, now: Timestamp) -> bool {
        let restored_at = self.locked().peek(key).copied();
        restored_at.is_some_and(|at| at.duration_since(now) * 2 > self.rate.whole())
    }

    /// Gives one back that was spent.
    pub(super) fn give_back(&self, key: &K) {
        if let Some(restored_at) = self.locked().peek_mut(key) {
            *restored_at -= self.rate.every;
        }
    }

    /// Spends one.
    pub(super) fn spend(&self, key: K, now: Timestamp) {
        let mut all = self.locked();
        let restored_at = all.get_or_insert_mut(key, || now);
        let owed = restored_at.duration_since(now).max(SignedDuration::ZERO);
        *restored_at = now + (owed + self.rate.every).min(self.rate.whole());
    }

    /// The map is whole at any moment, even where somebody panicked.
    fn locked(&self) -> MutexGuard<'_, LruCache<K, Timestamp>> {
        self.restored_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate::new(3, SignedDuration::from_secs(1));

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + millis).unwrap()
    }

    fn spendings() -> Spendings<&'static str> {
        Spendings::new(RATE, NonZeroUsize::new(2).unwrap())
    }

    #[test]
    fn a_burst_may_be_had_at_once_and_then_as_much_as_comes_back() {
        let spent = spendings();
        for _ in 0..3 {
            assert_eq!(spent.wait(&"a", at(0)), None);
            spent.spend("a", at(0));
        }
        assert_eq!(spent.wait(&"a", at(0)), Some(SignedDuration::from_secs(1)));
        assert_eq!(spent.wait(&"a", at(600)), Some(SignedDuration::from_millis(400)));
        assert_eq!(spent.wait(&"a", at(1000)), None);
        spent.spend("a", at(1000));
        assert!(spent.wait(&"a", at(1000)).is_some());
        assert_eq!(spent.wait(&"b", at(0)), None, "everybody has their own");
    }

    #[test]
    fn spending_more_than_there_is_costs_no_longer_wait() {
        let spent = spendings();
        for _ in 0..50 {
            spent.spend("a", at(0));
        }
        assert_eq!(spent.wait(&"a", at(1000)), None);
    }

    #[test]
    fn a_clock_that_was_set_back_locks_nobody_out() {
        let spent = spendings();
        for _ in 0..3 {
            spent.spend("a", at(3_600_000));
        }
        assert_eq!(spent.wait(&"a", at(0)), Some(SignedDuration::from_secs(1)));
        spent.spend("a", at(0));
        assert_eq!(spent.wait(&"a", at(1000)), None);
    }

    #[test]
    fn no_more_keys_are_kept_than_there_is_room_for() {
        let spent = spendings();
        for key in ["a", "b", "c"] {
            for _ in 0..3 {
                spent.spend(key, at(0));
            }
        }
        assert_eq!(spent.wait(&"a", at(0)), None, "the one who was away for longest");
        assert!(spent.wait(&"b", at(0)).is_some() && spent.wait(&"c", at(0)).is_some());
    }
}
