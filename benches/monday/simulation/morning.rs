//! When people come: in each time zone most of them between half past seven and half past eleven.

use super::chance::{Chance, scaled};
use super::{HOUR, MINUTE, Micros};

/// Most come early.
const EARLY: f64 = 0.7;
const EARLY_FROM: Micros = 7 * HOUR + 30 * MINUTE;
const PEAK: Micros = 9 * HOUR;
const EARLY_TO: Micros = 11 * HOUR + 30 * MINUTE;
const LATE_TO: Micros = 18 * HOUR;

/// Where people are, in half hours before or after UTC; as many in each.
#[derive(Clone, Debug)]
pub struct Zones(pub Vec<i64>);

impl Zones {
    /// Everybody's Monday morning is the same: the worst that there is.
    pub fn one() -> Self {
        Self(vec![0])
    }

    /// From California to Japan.
    pub fn many() -> Self {
        Self(vec![
            -16, -12, -10, -6, 0, 2, 2, 4, 4, 6, 6, 8, 10, 11, 14, 16, 18,
        ])
    }

    /// When somebody comes, in microseconds since midnight in UTC; what is before that is the evening after.
    pub fn arrival(&self, chance: &mut Chance) -> Micros {
        let zone = self.0[chance.below(self.0.len())];
        let local = local(chance);
        let day = i64::try_from(24 * HOUR).unwrap_or(i64::MAX);
        let half_hour = i64::try_from(HOUR / 2).unwrap_or(i64::MAX);
        let utc = i64::try_from(local).unwrap_or(day) - zone * half_hour;
        u64::try_from(utc.rem_euclid(day)).unwrap_or_default()
    }
}

/// A triangle over the morning, and an even afternoon.
fn local(chance: &mut Chance) -> Micros {
    if chance.share() >= EARLY {
        return EARLY_TO + scaled(LATE_TO - EARLY_TO, chance.share());
    }
    let (rise, fall) = (PEAK - EARLY_FROM, EARLY_TO - PEAK);
    let up = chance.share() < ratio(rise, rise + fall);
    // The root of an even share is a share that grows evenly.
    let height = chance.share().sqrt();
    if up {
        EARLY_FROM + scaled(rise, height)
    } else {
        EARLY_TO - scaled(fall, height)
    }
}

#[expect(clippy::cast_precision_loss, reason = "of a day")]
fn ratio(part: Micros, whole: Micros) -> f64 {
    part as f64 / whole as f64
}
