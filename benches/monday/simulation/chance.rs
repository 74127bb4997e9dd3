//! Chance that repeats itself: the same seed, the same numbers, on every machine.

use super::Micros;

/// A stream of numbers (`SplitMix64`).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Between 0 and 1, and never 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Below a number.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small"
    )]
    pub fn below(&mut self, number: usize) -> usize {
        (self.share() * number as f64) as usize
    }

    /// A time that is mostly about `median` and now and then much longer: half of them are below it, and with a
    /// spread of 1 one in six is more than 2.7 times as long.
    pub fn around(&mut self, median: Micros, spread: f64) -> Micros {
        let (one, other) = (1.0 - self.share(), self.share());
        let normal = (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos();
        scaled(median, (spread * normal).exp())
    }

    /// A wait for something that comes at any moment, `mean` on average.
    pub fn wait(&mut self, mean: Micros) -> Micros {
        scaled(mean, -(1.0 - self.share()).ln())
    }
}

/// A time, so many times as long.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "of a day"
)]
pub fn scaled(time: Micros, by: f64) -> Micros {
    (time as f64 * by) as Micros
}
