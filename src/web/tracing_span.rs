//! What is logged of a request, and recorded of it for a collector: method, route, request id, and the trace that it
//! belongs to, if any. Never the URI, whose query may hold anything.

use std::time::Duration;

use axum::extract::MatchedPath;
use http::{HeaderMap, Method, Request, Response};
use tracing::Span;
use tracing::field::{Empty, display};

use crate::telemetry::{self, TraceId, TraceParent};

/// The span around one request.
pub(super) fn span<B>(request: &Request<B>) -> Span {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str);
    let id = super::request_id::id(request).unwrap_or_default();
    let method = named(request.method());
    let span = tracing::info_span!(
        "request",
        method,
        route,
        request_id = id,
        trace_id = Empty,
        status = Empty
    );
    if let Some(trace) = telemetry::continues(&span, parent(request.headers())) {
        span.record("trace_id", display(trace));
    }
    span
}

/// Notes for a collector how a request was answered.
pub(super) fn answered<B>(response: &Response<B>, latency: Duration, span: &Span) {
    if telemetry::is_recorded() {
        span.record("status", i64::from(response.status().as_u16()));
    }
    tracing::debug!(
        ?latency,
        status = response.status().as_u16(),
        "finished processing request"
    );
}

/// The trace that a request belongs to: the one that is recorded here, or the one that it names.
pub(super) fn trace(headers: &HeaderMap) -> Option<TraceId> {
    telemetry::trace_of(&Span::current()).or_else(|| parent(headers).map(TraceParent::trace))
}

/// Two headers would be two parents.
fn parent(headers: &HeaderMap) -> Option<TraceParent> {
    let mut named = headers.get_all(TraceParent::HEADER).iter();
    let one = named.next()?.to_str().ok()?;
    if named.next().is_some() {
        return None;
    }
    TraceParent::parse(one)
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
