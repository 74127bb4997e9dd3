//! Which request of ours, or which event, led to what happens now: an id that follows the work into the tasks it
//! starts, so that a call of Bitrix24 in the log can be traced to the line of the door that led to it.

use std::sync::Arc;

tokio::task_local! {
    static CAUSE: Arc<str>;
}

/// Does work on account of `cause`, an id of a request or an event. No `async fn`, which would hold the work twice.
pub fn correlated<W: Future>(cause: &str, work: W) -> impl Future<Output = W::Output> + use<W> {
    CAUSE.scope(cause.into(), work)
}

/// On whose account this task works; none for what nobody asked for.
#[must_use]
pub fn cause() -> Option<String> {
    CAUSE.try_with(ToString::to_string).ok()
}

/// Work for another task, on the same account as this one.
pub(super) fn carried<W: Future>(work: W) -> impl Future<Output = W::Output> {
    let cause = CAUSE.try_with(Arc::clone).ok();
    async move {
        match cause {
            Some(cause) => CAUSE.scope(cause, work).await,
            None => work.await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_cause_follows_the_work_into_another_task() {
        let seen = correlated("request-1", async {
            tokio::spawn(carried(async { cause() })).await
        });
        assert_eq!(seen.await.unwrap().as_deref(), Some("request-1"));
        assert_eq!(tokio::spawn(carried(async { cause() })).await.unwrap(), None);
    }
}
