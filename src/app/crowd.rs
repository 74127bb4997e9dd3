//! How many deeds may wait for one portal at the same moment. Whoever runs a portal may let it be silent, and open the
//! app there as often as they like: nobody's portal may take the places of all others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::bitrix24::MemberId;

/// How much of what there is for all portals one of them may have.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    /// Connects: more than all people of a portal would press at one moment, and half of all places.
    pub connects: usize,
    /// Calls of the portal on account of launches: proofs of who brought an application token, and what the installer
    /// binds. The authorization server has vouched for the portal before.
    pub openings: usize,
}

impl Default for Shares {
    fn default() -> Self {
        Self {
            connects: 1_024,
            openings: 64,
        }
    }
}

/// Who waits for which portal.
#[derive(Debug)]
pub(super) struct Crowd {
    most: usize,
    waiting: Arc<Mutex<HashMap<MemberId, usize>>>,
}

/// One who waits, until this is dropped.
#[derive(Debug)]
pub(super) struct Waiting {
    of: Arc<Mutex<HashMap<MemberId, usize>>>,
    portal: MemberId,
}

impl Crowd {
    /// So many at most for each portal.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            waiting: Arc::default(),
        }
    }

    /// One more, if the portal has not enough already.
    pub(super) fn join(&self, portal: &MemberId) -> Option<Waiting> {
        let mut waiting = lock(&self.waiting);
        let number = waiting.get(portal).copied().unwrap_or_default();
        if number >= self.most {
            return None;
        }
        waiting.insert(portal.clone(), number + 1);
        Some(Waiting {
            of: Arc::clone(&self.waiting),
            portal: portal.clone(),
        })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut waiting = lock(&self.of);
        match waiting.get_mut(&self.portal) {
            Some(number) if *number > 1 => *number -= 1,
            _ => {
                waiting.remove(&self.portal);
            }
        }
    }
}

/// Numbers hold no invariant that a panic could break.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_portal_has_its_share_and_nothing_stays_of_who_has_gone() {
        let portal = |digit: &str| MemberId::parse(&digit.repeat(32)).unwrap();
        let (crowd, acme, globex) = (Crowd::new(2), portal("a"), portal("b"));
        let (one, two) = (crowd.join(&acme), crowd.join(&acme));
        assert!(one.is_some() && two.is_some() && crowd.join(&acme).is_none());
        assert!(crowd.join(&globex).is_some(), "the others have their own");
        drop(one);
        let three = crowd.join(&acme);
        assert!(three.is_some() && crowd.join(&acme).is_none());
        drop((two, three));
        assert!(lock(&crowd.waiting).is_empty());
    }
}
