//! The operator's door: `/metrics`, on an address of its own.

use axum::Router;
use axum::routing::get;
use http::header::CONTENT_TYPE;

/// What Prometheus is told that it reads.
const EXPOSITION: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The routes of the admin address. What they show is made anew for whoever asks.
pub fn admin_router(metrics: impl Fn() -> String + Clone + Send + Sync + 'static) -> Router {
    let shown = move || std::future::ready(([(CONTENT_TYPE, EXPOSITION)], metrics()));
    Router::new().route("/metrics", get(shown))
}
