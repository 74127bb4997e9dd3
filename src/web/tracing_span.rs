//! What is logged of a request: method, route and request id. Never the URI, whose query may hold anything.

use axum::extract::MatchedPath;
use http::{Method, Request};
use tracing::Span;

/// The span around one request.
pub(super) fn span<B>(request: &Request<B>) -> Span {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str);
    let id = super::request_id::id(request).unwrap_or_default();
    let method = named(request.method());
    tracing::info_span!("request", method, route, request_id = id)
}

/// A method, if it is one of HTTP's own: any other word in its place is the sender's, and could be anything.
fn named(method: &Method) -> &str {
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::CONNECT,
        Method::TRACE,
    ];
    if known.contains(method) {
        method.as_str()
    } else {
        "unknown"
    }
}
