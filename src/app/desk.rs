//! Writing for many at once: on a busy process a commit for each would be all that a disk gets done.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use crate::store::StoreError;

use super::Failure;

/// Things written in one go; more wait for the next.
const BATCH: usize = 256;

/// Things that may wait for being written: a burst of this size is only slowed down.
const MOST_WAITING: usize = 16_384;

/// Hands things to the one task that writes them.
#[derive(Debug)]
pub(super) struct Desk<T> {
    queue: mpsc::Sender<Letter<T>>,
}

#[derive(Debug)]
struct Letter<T> {
    content: T,
    written: oneshot::Sender<Result<(), Arc<StoreError>>>,
}

impl<T: Send + 'static> Desk<T> {
    /// Starts a task that writes what has gathered while the write before was under way.
    pub(super) fn open<F>(write: impl Fn(Vec<T>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<(), StoreError>> + Send,
    {
        let (queue, mut letters) = mpsc::channel(MOST_WAITING);
        tokio::spawn(async move {
            let mut batch: Vec<Letter<T>> = Vec::with_capacity(BATCH);
            while letters.recv_many(&mut batch, BATCH).await > 0 {
                let (contents, answers): (Vec<_>, Vec<_>) = batch
                    .drain(..)
                    .map(|letter| (letter.content, letter.written))
                    .unzip();
                let written = write(contents).await.map_err(Arc::new);
                for answer in answers {
                    // Whoever has gone away does not hear it; it is written all the same.
                    let _ = answer.send(written.clone());
                }
            }
        });
        Self { queue }
    }

    /// Returns when the thing is written, or was not.
    pub(super) async fn hand(&self, content: T) -> Result<(), Failure> {
        let gone = || Failure::Internal("nobody writes any more".into());
        let (written, answer) = oneshot::channel();
        let letter = Letter { content, written };
        self.queue.send(letter).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?.map_err(Failure::Storage)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn what_comes_during_a_write_is_written_together() {
        let written = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&written);
        let desk = Desk::open(move |batch: Vec<u32>| {
            noted.lock().unwrap().push(batch);
            async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Ok(())
            }
        });
        let hands = (0..600).map(|number| desk.hand(number));
        for handed in futures_util::future::join_all(hands).await {
            handed.unwrap();
        }
        let written = written.lock().unwrap();
        assert!(written.iter().all(|batch| batch.len() <= BATCH));
        assert!(written.len() < 10, "{} writes", written.len());
        let mut all = written.concat();
        all.sort_unstable();
        assert_eq!(all, (0..600).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn everybody_hears_that_a_write_failed() {
        let desk = Desk::open(|_: Vec<u32>| async {
            Err(StoreError::Unreadable {
                table: "events",
                key: String::new(),
                why: "it is a test",
            })
        });
        let both = tokio::join!(desk.hand(1), desk.hand(2));
        assert!(matches!(
            both,
            (Err(Failure::Storage(_)), Err(Failure::Storage(_)))
        ));
    }
}
