//! Which span led to which, where `tracing` does not know it: across processes, and into tasks that outlive whoever
//! began them.

use std::sync::atomic::{AtomicBool, Ordering};

use opentelemetry::Context;
use opentelemetry::trace::{TraceContextExt as _, TraceId};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use super::TraceParent;

/// Whether anybody records spans; otherwise nothing here costs more than this look.
static RECORDED: AtomicBool = AtomicBool::new(false);

/// Spans are recorded from now on.
pub(super) fn begin() {
    RECORDED.store(true, Ordering::Relaxed);
}

/// Whether anybody records spans, and wants to know what comes of them.
#[must_use]
pub fn is_recorded() -> bool {
    RECORDED.load(Ordering::Relaxed)
}

/// Begins a span of ours, behind the one elsewhere that led to it, if there is one. Says to which trace it belongs:
/// even where no spans are recorded, log lines can name the one that began elsewhere.
#[must_use]
pub fn continues(span: &Span, parent: Option<TraceParent>) -> Option<TraceId> {
    if !is_recorded() {
        return parent.map(TraceParent::trace);
    }
    if let Some(parent) = parent {
        // A span that has begun already has its parent.
        let _ = span.set_parent(Context::new().with_remote_span_context(parent.context()));
    }
    trace_of(span).or(parent.map(TraceParent::trace))
}

/// Puts a span behind another one without letting it hold that one open.
pub fn follow(span: &Span, leader: &Span) {
    if is_recorded() {
        let _ = span.set_parent(leader.context());
    }
}

/// The trace that a span belongs to, if it is recorded.
#[must_use]
pub fn trace_of(span: &Span) -> Option<TraceId> {
    if !is_recorded() {
        return None;
    }
    let trace = span.context().span().span_context().trace_id();
    (trace != TraceId::INVALID).then_some(trace)
}
