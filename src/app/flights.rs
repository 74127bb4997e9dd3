//! One refresh per credential within this process: whoever needs it joins the flight that is under way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::store::{CredentialKey, Generation};

use super::Failure;
use super::on_behalf::Hold;

/// What a flight brings: a usable hold, or the failure that all its waiters share.
pub(super) type Outcome = Result<Hold, Failure>;

type Route = (CredentialKey, Generation);

/// The flights under way.
#[derive(Debug, Default)]
pub(super) struct Flights(Arc<Mutex<HashMap<Route, watch::Receiver<Option<Outcome>>>>>);

/// A flight's own end: publishes its outcome, and takes the flight off the board when dropped, which a panic
/// does too.
pub(super) struct Flight {
    board: Arc<Mutex<HashMap<Route, watch::Receiver<Option<Outcome>>>>>,
    route: Route,
    outcome: watch::Sender<Option<Outcome>>,
}

impl Flights {
    /// Joins the flight for this generation, or starts one by handing it to `start`.
    pub(super) async fn join(&self, route: Route, start: impl FnOnce(Flight)) -> Outcome {
        let mut waiting = self.board_or_start(route, start);
        let landed = waiting.wait_for(Option::is_some).await;
        landed
            .ok()
            .and_then(|outcome| outcome.clone())
            .unwrap_or_else(|| Err(Failure::Internal("a refresh ended without an outcome".into())))
    }

    /// Whether this generation is being refreshed here, or its new pair still waits for the database.
    pub(super) fn is_flying(&self, key: &CredentialKey, generation: Generation) -> bool {
        lock(&self.0).contains_key(&(key.clone(), generation))
    }

    fn board_or_start(&self, route: Route, start: impl FnOnce(Flight)) -> watch::Receiver<Option<Outcome>> {
        let mut board = lock(&self.0);
        if let Some(waiting) = board.get(&route) {
            return waiting.clone();
        }
        let (outcome, waiting) = watch::channel(None);
        board.insert(route.clone(), waiting.clone());
        drop(board);
        start(Flight {
            board: Arc::clone(&self.0),
            route,
            outcome,
        });
        waiting
    }
}

impl Flight {
    /// Tells all waiters. May be called before the flight ends, when only the database is still to be told.
    pub(super) fn publish(&self, outcome: Outcome) {
        self.outcome.send_replace(Some(outcome));
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        lock(&self.board).remove(&self.route);
    }
}

/// The board holds no invariant that a panic could break.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
