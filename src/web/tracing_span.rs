//! What is logged of a request: method, route and request id. Never the URI, whose query may hold anything.

use axum::extract::MatchedPath;
use http::Request;
use tracing::Span;

/// The span around one request.
pub(super) fn span<B>(request: &Request<B>) -> Span {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str);
    let id = super::request_id::id(request).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), route, request_id = id)
}
