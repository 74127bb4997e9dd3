//! Places for what waits: as many as can be served in time. Who finds none is told so at once, instead of waiting
//! until nothing is answered any more. Events have no door here: they are few, and are never sent again.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::app::Failure;

/// How many requests of a kind may be under way at once.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// Launches. Each waits for one call of the authorization server, a tenth of a second as a rule: room for some
    /// thousand a second. What is more would wait past the door's 25 s when that server is slow, and each holds a
    /// connection to it.
    pub launches: usize,
    /// Connects. Each may wait a minute for a portal, and they wait for different ones: one slow portal must not take
    /// the places of all others.
    pub connects: usize,
    /// Returns from signing in: two calls of the authorization server each, and rare.
    pub sign_ins: usize,
    /// Turns of the list: a look into the database and a page each, which wait for nobody outside. As many as are
    /// answered within a fraction of a second, so that who opens the app beside them does not feel it.
    pub lists: usize,
}

impl Default for Capacity {
    fn default() -> Self {
        Self {
            launches: 512,
            connects: 2048,
            sign_ins: 256,
            lists: 128,
        }
    }
}

/// A place that is taken until this is dropped, which may be long after the person went away.
#[derive(Debug)]
pub(super) struct Place {
    _taken: OwnedSemaphorePermit,
}

/// The places of one kind.
#[derive(Debug)]
struct Room {
    door: &'static str,
    places: Arc<Semaphore>,
}

impl Room {
    fn new(door: &'static str, places: usize) -> Self {
        Self {
            door,
            places: Arc::new(Semaphore::new(places)),
        }
    }

    fn take(&self) -> Result<Place, Failure> {
        let taken = Arc::clone(&self.places).try_acquire_owned().map_err(|_| {
            metrics::counter!("requests_shed_total", "door" => self.door).increment(1);
            Failure::Overloaded
        })?;
        Ok(Place { _taken: taken })
    }
}

/// The places of all kinds.
#[derive(Debug)]
pub(super) struct Places {
    launches: Room,
    connects: Room,
    sign_ins: Room,
    lists: Room,
}

impl Places {
    pub(super) fn new(capacity: Capacity) -> Self {
        Self {
            launches: Room::new("launch", capacity.launches),
            connects: Room::new("connect", capacity.connects),
            sign_ins: Room::new("sign-in", capacity.sign_ins),
            lists: Room::new("list", capacity.lists),
        }
    }

    /// A place for a launch.
    pub(super) fn launch(&self) -> Result<Place, Failure> {
        self.launches.take()
    }

    /// A place for a connect.
    pub(super) fn connect(&self) -> Result<Place, Failure> {
        self.connects.take()
    }

    /// A place for a return from signing in.
    pub(super) fn sign_in(&self) -> Result<Place, Failure> {
        self.sign_ins.take()
    }

    /// A place for a turn of the list.
    pub(super) fn list(&self) -> Result<Place, Failure> {
        self.lists.take()
    }
}
