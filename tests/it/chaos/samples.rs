//! What a process takes up while it runs.

use std::time::Instant;

use crate::world::Process;

/// One look at it.
struct Sample {
    seconds: f64,
    kilobytes: f64,
    files: f64,
}

pub struct Samples {
    began: Instant,
    taken: Vec<Sample>,
}

impl Samples {
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            taken: Vec::new(),
        }
    }

    pub fn take(&mut self, process: &Process) {
        let (kilobytes, files) = process.takes_up();
        self.taken.push(Sample {
            seconds: self.began.elapsed().as_secs_f64(),
            kilobytes,
            files,
        });
    }

    /// Kilobytes a minute by which memory grows in the second half of the time, by least squares.
    pub fn memory_slope(&self) -> f64 {
        60.0 * slope(self.second_half().iter().map(|it| (it.seconds, it.kilobytes)))
    }

    /// Open files a minute, the same way.
    pub fn file_slope(&self) -> f64 {
        60.0 * slope(self.second_half().iter().map(|it| (it.seconds, it.files)))
    }

    /// Memory in kilobytes, quarter by quarter of the time: its mean.
    pub fn memory(&self) -> [f64; 4] {
        self.quarters(|it| it.kilobytes)
    }

    /// Open files, quarter by quarter.
    pub fn files(&self) -> [f64; 4] {
        self.quarters(|it| it.files)
    }

    fn second_half(&self) -> &[Sample] {
        &self.taken[self.taken.len() / 2..]
    }

    fn quarters(&self, of: impl Fn(&Sample) -> f64) -> [f64; 4] {
        let length = (self.taken.len() / 4).max(1);
        let quarter = |at: usize| {
            let samples = self.taken.iter().skip(at * length).take(length).map(&of);
            mean(&samples.collect::<Vec<_>>())
        };
        [0, 1, 2, 3].map(quarter)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred samples")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn slope(points: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (times, values): (Vec<f64>, Vec<f64>) = points.unzip();
    let (middle, level) = (mean(&times), mean(&values));
    let over = times
        .iter()
        .zip(&values)
        .map(|(time, value)| (time - middle) * (value - level));
    let under: f64 = times.iter().map(|time| (time - middle).powi(2)).sum();
    over.sum::<f64>() / under.max(f64::MIN_POSITIVE)
}
