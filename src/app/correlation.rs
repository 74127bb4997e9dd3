//! Which request of ours, or which event, led to what happens now: an id that follows the work into the tasks it
//! starts, so that a call of Bitrix24 in the log, and each line about it, can be traced to the line of the door that
//! led to it.

use std::sync::Arc;

use tracing::field::display;
use tracing::{Instrument as _, Span};

use crate::telemetry::{self, TraceId};

tokio::task_local! {
    static CAUSE: Cause;
}

/// What a deed's span is called.
const DEED: &str = "deed";

#[derive(Clone, Debug)]
struct Cause {
    id: Arc<str>,
    trace: Option<TraceId>,
}

/// A span for work that may outlive whoever asked for it; to be given to [`carried`]. It has no parent, which it would
/// keep open.
macro_rules! span_apart {
    ($name:literal $(, $field:ident = $value:expr)*) => {
        tracing::info_span!(
            parent: None,
            $name,
            $($field = $value,)*
            request_id = tracing::field::Empty,
            trace_id = tracing::field::Empty
        )
    };
}
pub(super) use span_apart;

/// Does work on account of `cause`, an id of a request or an event, as a part of a trace that may have begun elsewhere.
pub async fn correlated<W: Future>(cause: &str, trace: Option<TraceId>, work: W) -> W::Output {
    let cause = Cause {
        id: cause.into(),
        trace,
    };
    CAUSE.scope(cause, work).await
}

/// On whose account this task works; none for what nobody asked for.
#[must_use]
pub fn cause() -> Option<String> {
    CAUSE.try_with(|cause| cause.id.to_string()).ok()
}

/// The span of a deed. One that is seen through as a part of another has the other's.
pub(super) fn deed() -> Span {
    let current = Span::current();
    if current.metadata().is_some_and(|of| of.name() == DEED) {
        return current;
    }
    span_apart!("deed")
}

/// Work for another task, on the same account as this one; its log lines say so, by its span.
pub(super) fn carried<W: Future>(span: Span, work: W) -> impl Future<Output = W::Output> {
    let cause = CAUSE.try_with(Clone::clone).ok();
    let current = Span::current();
    if span != current {
        if let Some(Cause { id, trace }) = &cause {
            span.record("request_id", &**id);
            if let Some(trace) = trace {
                span.record("trace_id", display(trace));
            }
        }
        telemetry::follow(&span, &current);
    }
    async move {
        match cause {
            Some(cause) => CAUSE.scope(cause, work).await,
            None => work.await,
        }
    }
    .instrument(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_cause_follows_the_work_into_another_task() {
        let apart = || span_apart!("deed");
        let seen = correlated("request-1", None, async {
            tokio::spawn(carried(apart(), async { cause() })).await
        });
        assert_eq!(seen.await.unwrap().as_deref(), Some("request-1"));
        assert_eq!(
            tokio::spawn(carried(apart(), async { cause() })).await.unwrap(),
            None
        );
    }
}
