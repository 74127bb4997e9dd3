//! Connections before they are requests: so many at most, a burst of more waits, and none to somebody who does not read.

use std::future::ready;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Extension;
use axum::middleware::AddExtension;
use axum_server::accept::Accept;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::Layer as _;

/// Each may hold a head of 32 KB, read and being read, and a body of 64 KB: some 400 MB if all of them are attackers'.
/// Launches and connects that wait take 2,560 of them at most, so that events always find one.
const MOST_CONNECTIONS: usize = 3072;

/// With those that wait until they are served. Each is a file and next to no memory, and whoever sends events sends them
/// all at once, and once.
const MOST_OPEN: usize = 16_384;

/// Who is served and says nothing is gone after so long, so that a burst that is honest has its turn by then.
const WAITS_FOR: Duration = Duration::from_secs(10);

/// An answer is smaller than what the system takes off our hands at once. Who lets so much pile up that it does not,
/// and then reads nothing for so long, is not there any more.
const WRITTEN_WITHIN: Duration = Duration::from_secs(20);

/// Between two log lines about connections that were not taken: a flood of them must not become one of lines.
const SAID_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// Lets connections in while there is room, one after another.
#[derive(Clone, Debug)]
pub(super) struct Doorkeeper {
    room: Arc<Semaphore>,
    open: Arc<Semaphore>,
    waits_for: Duration,
}

impl Doorkeeper {
    /// Half of what the process may open is for connections: calls made on their account and the database need the
    /// rest.
    pub(super) fn new() -> Self {
        let half = files_allowed() / 2;
        Self::with(MOST_CONNECTIONS.min(half), MOST_OPEN.min(half))
    }

    fn with(room: usize, open: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(room)),
            open: Arc::new(Semaphore::new(open)),
            waits_for: WAITS_FOR,
        }
    }
}

/// How many files the process may have open, after taking all that it is granted: what shells and service managers set
/// at first is meant for programs of another kind.
fn files_allowed() -> usize {
    let granted = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: granted.maximum,
        ..granted
    };
    let allowed = setrlimit(Resource::Nofile, all).map_or(granted, |()| all);
    // None where there is no limit.
    let allowed = allowed.current.map(usize::try_from);
    allowed.and_then(Result::ok).unwrap_or(usize::MAX)
}

/// The room that a connection takes up; free again when connection and request are over.
pub(super) type Room = Arc<[OwnedSemaphorePermit; 2]>;

impl<I: AsyncRead + AsyncWrite + Send + 'static, S: Send + 'static> Accept<I, S> for Doorkeeper {
    /// Ends when its client takes nothing off it any more.
    type Stream = Pin<Box<TimeoutStream<I>>>;
    type Service = AddExtension<S, Room>;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let Ok(open) = Arc::clone(&self.open).try_acquire_owned() else {
            return Box::pin(ready(Err(no_room())));
        };
        let room = tokio::time::timeout(self.waits_for, Arc::clone(&self.room).acquire_owned());
        Box::pin(async move {
            let Ok(Ok(room)) = room.await else {
                return Err(no_room());
            };
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(WRITTEN_WITHIN));
            let service = Extension(Room::new([room, open])).layer(service);
            Ok((Box::pin(stream), service))
        })
    }
}

fn no_room() -> io::Error {
    io::Error::other("there is no room for more connections")
}

/// Counts connections that were not taken, for lack of room or of file descriptors, and says so now and then.
pub(super) fn count_refused() -> impl Fn(Option<&SocketAddr>, &io::Error) + Send + Sync {
    let said: Mutex<Option<Instant>> = Mutex::default();
    move |_, error| {
        metrics::counter!("connections_refused_total").increment(1);
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.is_none_or(|at| at.elapsed() >= SAID_AGAIN_AFTER) {
            *said = Some(Instant::now());
            tracing::warn!(%error, "connections are refused");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_burst_waits_for_room_and_only_what_could_never_have_any_is_refused_at_once() {
        let keeper = Doorkeeper::with(1, 3);
        let knock = || keeper.accept(tokio::io::duplex(1).0, ());
        let first = knock().await.unwrap();
        let (second, third) = (tokio::spawn(knock()), tokio::spawn(knock()));
        assert!(knock().await.is_err());
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!second.is_finished() && !third.is_finished());
        drop(first);
        drop(second.await.unwrap().unwrap());
        drop(third.await.unwrap().unwrap());
        assert_eq!(keeper.open.available_permits(), 3);
    }

    #[tokio::test]
    async fn nobody_waits_for_room_for_ever() {
        let waits_for = Duration::from_millis(50);
        let keeper = Doorkeeper {
            waits_for,
            ..Doorkeeper::with(1, 2)
        };
        let knock = || keeper.accept(tokio::io::duplex(1).0, ());
        let _first = knock().await.unwrap();
        let began = Instant::now();
        assert!(knock().await.is_err());
        assert!(began.elapsed() >= waits_for);
        assert_eq!(keeper.open.available_permits(), 1);
    }
}
