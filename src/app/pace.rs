//! How long to wait before trying again: bounded, growing, and never in step with others.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// A wait between half and the whole of `longest`.
pub(super) fn jittered(longest: Duration) -> Duration {
    // Without randomness waits are in step, which is slower and still correct.
    let chance = getrandom::u32().unwrap_or(u32::MAX);
    longest / 2 + (longest / 2).mul_f64(f64::from(chance) / f64::from(u32::MAX))
}

/// The wait before attempt `number` (from 0): doubles from `first` up to `ceiling`, jittered.
pub(super) fn backoff(first: Duration, number: u32, ceiling: Duration) -> Duration {
    jittered(first.saturating_mul(2_u32.saturating_pow(number)).min(ceiling))
}

/// Tries something until it is settled, with growing pauses from `first` up to `ceiling`. None when the process must
/// end before that.
pub(super) async fn until_settled<T, A: Future<Output = Option<T>>>(
    ending: &CancellationToken,
    (first, ceiling): (Duration, Duration),
    attempt: impl Fn() -> A,
) -> Option<T> {
    for number in 0.. {
        if let Some(settled) = attempt().await {
            return Some(settled);
        }
        let wait = tokio::time::sleep(backoff(first, number, ceiling));
        ending.run_until_cancelled(wait).await?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_stay_bounded_and_differ() {
        let (first, ceiling) = (Duration::from_millis(100), Duration::from_secs(2));
        for number in 0..40 {
            let wait = backoff(first, number, ceiling);
            assert!(
                wait >= Duration::from_millis(50) && wait <= ceiling,
                "{number}: {wait:?}"
            );
        }
        let waits: std::collections::BTreeSet<_> = (0..20).map(|_| jittered(ceiling)).collect();
        assert!(waits.len() > 10);
    }
}
