//! The two limits of the platform: a leaky bucket by portal and source, and a budget by method.

use std::{collections::HashMap, net::IpAddr};

use serde_json::{Value, json};

/// The window over which a method's working time is counted.
const WINDOW_SECONDS: f64 = 600.0;

/// Both limits; off unless asked for.
#[derive(Debug)]
pub(crate) struct Limits {
    pub(crate) requests: bool,
    pub(crate) burst: f64,
    pub(crate) per_second: f64,
    pub(crate) operating: bool,
    /// Seconds of work that a method may use in ten minutes.
    pub(crate) budget_s: f64,
    /// Seconds of work that one call counts for.
    pub(crate) cost_s: f64,
    buckets: HashMap<(String, IpAddr), (f64, f64)>,
    worked: HashMap<(String, String), Vec<(f64, f64)>>,
}

impl Limits {
    /// The platform's numbers for an ordinary plan.
    pub(crate) fn new(on: bool) -> Self {
        Self {
            requests: on,
            burst: 50.0,
            per_second: 2.0,
            operating: on,
            budget_s: 480.0,
            cost_s: 1.0,
            buckets: HashMap::new(),
            worked: HashMap::new(),
        }
    }

    /// Lets one request into a portal's bucket; false when it is full.
    pub(crate) fn admit(&mut self, member_id: &str, source: IpAddr, now: f64) -> bool {
        if !self.requests {
            return true;
        }
        let (level, at) = self
            .buckets
            .entry((member_id.to_owned(), source))
            .or_insert((0.0, now));
        *level = (*level - (now - *at).max(0.0) * self.per_second).max(0.0);
        *at = now;
        if *level + 1.0 > self.burst {
            return false;
        }
        *level += 1.0;
        true
    }

    /// Books one call on a method's budget; the error is the moment at which there is room again.
    pub(crate) fn work(&mut self, member_id: &str, method: &str, now: f64) -> Result<Operating, f64> {
        let worked = self
            .worked
            .entry((member_id.to_owned(), method.to_owned()))
            .or_default();
        worked.retain(|(at, _)| *at <= now && now - *at < WINDOW_SECONDS);
        let spent: f64 = worked.iter().map(|(_, cost)| cost).sum();
        let reset_at = worked.first().map_or(now, |(at, _)| *at) + WINDOW_SECONDS;
        if !self.operating {
            return Ok(Operating {
                seconds: 0.0,
                reset_at,
            });
        }
        if spent >= self.budget_s {
            return Err(reset_at);
        }
        worked.push((now, self.cost_s));
        Ok(Operating {
            seconds: spent + self.cost_s,
            reset_at,
        })
    }

    /// Empties the buckets and budgets.
    pub(crate) fn forget(&mut self) {
        self.buckets.clear();
        self.worked.clear();
    }

    /// The settings, for the state.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "requests": self.requests, "burst": self.burst, "per_second": self.per_second,
            "operating": self.operating, "budget_s": self.budget_s, "cost_s": self.cost_s,
        })
    }
}

/// What a call says about its method's budget.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operating {
    pub(crate) seconds: f64,
    pub(crate) reset_at: f64,
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const SOURCE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn fifty_at_once_then_two_a_second() {
        let mut limits = Limits::new(true);
        assert!((0..50).all(|_| limits.admit("p", SOURCE, 100.0)));
        assert!(!limits.admit("p", SOURCE, 100.0));
        assert!(
            limits.admit("q", SOURCE, 100.0),
            "another portal has its own bucket"
        );
        assert!(limits.admit("p", SOURCE, 101.0) && limits.admit("p", SOURCE, 101.0));
        assert!(!limits.admit("p", SOURCE, 101.0));
    }

    #[test]
    fn a_methods_budget_comes_back_after_ten_minutes() {
        let mut limits = Limits {
            budget_s: 2.0,
            ..Limits::new(true)
        };
        assert!(limits.work("p", "m", 0.0).is_ok() && limits.work("p", "m", 5.0).is_ok());
        assert!(
            limits
                .work("p", "m", 6.0)
                .is_err_and(|reset_at| reset_at.total_cmp(&600.0).is_eq())
        );
        assert!(limits.work("p", "other", 6.0).is_ok());
        assert!(limits.work("p", "m", 601.0).is_ok());
    }
}
