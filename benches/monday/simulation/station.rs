//! So many who serve, and a queue before them.

use std::collections::VecDeque;

use super::{MINUTE, Micros};

/// Who is served.
pub type Job = usize;

#[derive(Debug)]
pub struct Station {
    servers: usize,
    busy: usize,
    waiting: VecDeque<(Job, Micros)>,
    /// Time worked, by the minute in which it began.
    worked: Vec<Micros>,
    /// The most that ever waited.
    pub longest_queue: usize,
}

impl Station {
    pub fn new(servers: usize) -> Self {
        Self {
            servers,
            busy: 0,
            waiting: VecDeque::new(),
            worked: Vec::new(),
            longest_queue: 0,
        }
    }

    /// Serves a job for so long, at once (then this says when it is over) or when its turn comes.
    pub fn enter(&mut self, job: Job, takes: Micros, now: Micros) -> Option<Micros> {
        if self.busy == self.servers {
            self.waiting.push_back((job, takes));
            self.longest_queue = self.longest_queue.max(self.waiting.len());
            return None;
        }
        self.busy += 1;
        Some(self.serve(takes, now))
    }

    /// One has been served: whose turn it is now, and when that is over.
    pub fn leave(&mut self, now: Micros) -> Option<(Job, Micros)> {
        let Some((job, takes)) = self.waiting.pop_front() else {
            self.busy -= 1;
            return None;
        };
        Some((job, self.serve(takes, now)))
    }

    fn serve(&mut self, takes: Micros, now: Micros) -> Micros {
        let minute = usize::try_from(now / MINUTE).unwrap_or(usize::MAX);
        if self.worked.len() <= minute {
            self.worked.resize(minute + 1, 0);
        }
        self.worked[minute] += takes;
        now + takes
    }

    /// How much of its time it worked in its busiest minute, in percent.
    #[expect(clippy::cast_precision_loss, reason = "of a minute")]
    pub fn busiest_percent(&self) -> f64 {
        let most = self.worked.iter().max().copied().unwrap_or_default();
        100.0 * most as f64 / (MINUTE as f64 * self.servers as f64)
    }
}
