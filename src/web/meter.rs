//! How often and how fast each door answers. What is counted is looked up by the route once for each request; names and
//! labels were made when the doors were opened.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use metrics::{Counter, Gauge, Histogram};

use crate::telemetry::{ROUTES, STATUSES};

/// Requests that lead to no door.
const UNMATCHED: &str = "unmatched";

/// What is no status of ours, and what is none at all.
const OTHER: &str = "other";
const GONE: &str = "gone";

/// The meters of all doors.
pub(super) struct Meters {
    doors: HashMap<&'static str, Meter>,
}

struct Meter {
    answers: HashMap<&'static str, Counter>,
    seconds: Histogram,
    in_flight: Gauge,
}

impl Meters {
    /// Begins at 0, where anybody counts.
    pub(super) fn new() -> Arc<Self> {
        let door = |route: &&'static str| (*route, Meter::of(route));
        Arc::new(Self {
            doors: ROUTES.iter().map(door).collect(),
        })
    }

    fn of(&self, request: &Request) -> Option<&Meter> {
        let route = request.extensions().get::<MatchedPath>();
        let route = route.map_or(UNMATCHED, MatchedPath::as_str);
        self.doors.get(route).or_else(|| self.doors.get(UNMATCHED))
    }
}

impl Meter {
    fn of(route: &'static str) -> Self {
        let answers = |status: &&'static str| {
            let counter = metrics::counter!("http_requests_total", "route" => route, "status" => *status);
            (*status, counter)
        };
        Self {
            answers: STATUSES.iter().map(answers).collect(),
            seconds: metrics::histogram!("http_request_seconds", "route" => route),
            in_flight: metrics::gauge!("http_requests_in_flight", "route" => route),
        }
    }

    fn count(&self, status: &str) {
        if let Some(counter) = self.answers.get(status).or_else(|| self.answers.get(OTHER)) {
            counter.increment(1);
        }
    }
}

/// A request under way. Dropped without an answer, whoever made it went away.
struct UnderWay<'m> {
    meter: &'m Meter,
    began: Instant,
    answered: Option<StatusCode>,
}

impl<'m> UnderWay<'m> {
    fn at(meter: &'m Meter) -> Self {
        meter.in_flight.increment(1.0);
        Self {
            meter,
            began: Instant::now(),
            answered: None,
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.meter.in_flight.decrement(1.0);
        match self.answered {
            Some(status) => {
                self.meter.seconds.record(self.began.elapsed());
                self.meter.count(status.as_str());
            }
            None => self.meter.count(GONE),
        }
    }
}

/// Counts and times every request by route and status; portals are never a label.
pub(super) async fn count(State(meters): State<Arc<Meters>>, request: Request, next: Next) -> Response {
    let Some(meter) = meters.of(&request) else {
        return next.run(request).await;
    };
    let mut under_way = UnderWay::at(meter);
    let response = next.run(request).await;
    under_way.answered = Some(response.status());
    response
}
