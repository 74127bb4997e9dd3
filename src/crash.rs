//! Places at which a story lets the process die: as by `kill -9`, without unwinding and without a last word.
//!
//! The feature `crash-points` makes them, and only in a build with debug assertions. A released program has neither, and
//! there a point compiles to nothing. `docs/chaos.md` has the matrix of what follows at each.

#[cfg(all(feature = "crash-points", debug_assertions))]
mod armed {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    /// Which point is armed, and at which passing: `refresh.answered:1`.
    const VARIABLE: &str = "CRASH_POINT";

    /// A call that is under way for so long has been sent, on one machine.
    const SENT_WITHIN: Duration = Duration::from_millis(500);

    struct Armed {
        name: String,
        left: AtomicU32,
    }

    static ARMED: LazyLock<Option<Armed>> = LazyLock::new(|| {
        let text = std::env::var(VARIABLE).ok()?;
        let (name, nth) = text.split_once(':')?;
        Some(Armed {
            name: name.to_owned(),
            left: AtomicU32::new(nth.parse().ok()?),
        })
    });

    fn is_due(name: &str) -> bool {
        let armed = ARMED.as_ref().filter(|armed| armed.name == name);
        // Beyond zero it goes round, and is one again when nobody lives.
        armed.is_some_and(|armed| armed.left.fetch_sub(1, Ordering::Relaxed) == 1)
    }

    fn die() {
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }

    pub(crate) fn point(name: &str) {
        if is_due(name) {
            die();
        }
    }

    /// The work is boxed, so that whoever waits carries no more along than without the point.
    pub(crate) fn while_waiting<W: Future>(name: &str, work: W) -> impl Future<Output = W::Output> {
        let work = Box::pin(work);
        let due = is_due(name);
        async move {
            if !due {
                return work.await;
            }
            tokio::select! {
                done = work => done,
                () = tokio::time::sleep(SENT_WITHIN) => {
                    die();
                    std::future::pending().await
                }
            }
        }
    }
}

#[cfg(not(all(feature = "crash-points", debug_assertions)))]
mod armed {
    #[inline]
    pub(crate) fn point(_: &str) {}

    #[inline]
    pub(crate) fn while_waiting<W: Future>(_: &str, work: W) -> W {
        work
    }
}

/// A place between two steps. Where it is armed, the process ends here.
pub(crate) use armed::point;

/// The same while an answer is awaited: what was sent has been sent.
pub(crate) use armed::while_waiting;
