//! How far long work has come: a bar on a terminal, now and then a line elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::Instant;

use super::print;

/// Between two lines where there is no terminal.
const LINES_APART: Duration = Duration::from_secs(5);

/// Work on so many things of one kind.
pub(super) struct Progress {
    name: &'static str,
    bar: ProgressBar,
    /// When the last line was printed, where there is no bar.
    said: Instant,
}

impl Progress {
    /// Begins to count up to `all`.
    pub(super) fn begin(name: &'static str, all: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
        // why: a constant template that the library reads.
        let style = ProgressStyle::with_template("{msg:<20} {wide_bar} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(name);
        Self {
            name,
            bar,
            said: Instant::now(),
        }
    }

    /// So many more are done.
    pub(super) fn advance(&mut self, by: u64) {
        self.bar.inc(by);
        if self.bar.is_hidden() && self.said.elapsed() >= LINES_APART {
            self.said = Instant::now();
            let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
            print::aside(&format!("{}: {done} of {all}", self.name));
        }
    }

    /// Takes the bar away.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}
