//! The app's clock, moved by a story: keep times pass in a moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use channel_connect::app::Clock;
use jiff::SignedDuration;

#[derive(Clone, Default)]
pub struct MovedClock(Arc<AtomicI64>);

impl MovedClock {
    /// The clock to give to the app.
    pub fn clock(&self) -> Clock {
        let (system, moved) = (Clock::system(), Arc::clone(&self.0));
        Clock::new(move || system.now() + SignedDuration::from_mins(moved.load(Ordering::Relaxed)))
    }

    /// One that goes no further by itself: what comes back with time comes back only when a story moves it.
    pub fn still(&self) -> Clock {
        let (began, moved) = (Clock::system().now(), Arc::clone(&self.0));
        Clock::new(move || began + SignedDuration::from_mins(moved.load(Ordering::Relaxed)))
    }

    pub fn forward_minutes(&self, minutes: i64) {
        self.0.fetch_add(minutes, Ordering::Relaxed);
    }

    pub fn forward_hours(&self, hours: i64) {
        self.forward_minutes(60 * hours);
    }

    pub fn forward_days(&self, days: i64) {
        self.forward_hours(24 * days);
    }
}
