//! The platform's limit: a leaky bucket for each portal and each address from which it is called.

use std::collections::HashMap;

use super::{Micros, SECOND};

/// Of an ordinary plan.
const BURST: u64 = 50;
const A_SECOND: u64 = 2;

/// How full the buckets are.
#[derive(Debug, Default)]
pub struct Buckets {
    /// By portal and node: when everything that is in it will have leaked.
    empty_at: HashMap<(usize, usize), Micros>,
}

impl Buckets {
    /// Whether a portal takes one more call from a node.
    pub fn admits(&mut self, portal: usize, node: usize, now: Micros) -> bool {
        let each = SECOND / A_SECOND;
        let empty_at = self.empty_at.entry((portal, node)).or_insert(now);
        let begun = (*empty_at).max(now);
        if begun + each > now + BURST * each {
            return false;
        }
        *empty_at = begun + each;
        true
    }
}
