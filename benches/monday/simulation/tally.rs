//! What came of a day.

use std::collections::BTreeMap;

use super::way::Kind;
use super::{MINUTE, Micros};

#[derive(Debug, Default)]
pub struct Tally {
    /// How long each answer took.
    answers: BTreeMap<Kind, Vec<Micros>>,
    /// Arrivals, by the minute.
    arrivals: BTreeMap<(Kind, Micros), u64>,
    /// Told at once that there is no place.
    pub shed: u64,
    /// Told that the portal takes no more calls for now.
    pub limited: u64,
    /// Events whose token had expired when their turn came.
    pub expired: u64,
    /// Events that were done, and when the last one was.
    pub done: u64,
    pub last_done: Micros,
    /// How busy the busiest node, the database and the hands were in their busiest minutes, in percent.
    pub node_percent: f64,
    pub database_percent: f64,
    pub inbox: usize,
}

impl Tally {
    pub fn arrived(&mut self, kind: Kind, now: Micros) {
        *self.arrivals.entry((kind, now / MINUTE)).or_default() += 1;
    }

    pub fn answered(&mut self, kind: Kind, after: Micros) {
        self.answers.entry(kind).or_default().push(after);
    }

    /// How many of a kind were answered.
    pub fn count(&self, kind: Kind) -> usize {
        self.answers.get(&kind).map_or(0, Vec::len)
    }

    /// Arrivals a second in the busiest minute.
    #[expect(clippy::cast_precision_loss, reason = "of a minute")]
    pub fn busiest(&self, kind: Kind) -> f64 {
        let of_kind = self.arrivals.iter().filter(|((of, _), _)| *of == kind);
        let most = of_kind.map(|(_, number)| *number).max().unwrap_or_default();
        most as f64 / 60.0
    }

    /// The time within which this share of the answers came, in percent.
    pub fn percentile(&self, kind: Kind, percent: usize) -> Micros {
        let mut times = self.answers.get(&kind).cloned().unwrap_or_default();
        times.sort_unstable();
        let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(at).copied().unwrap_or_default()
    }
}
