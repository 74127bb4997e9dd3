//! The journal: every call on both listeners, in the order in which they arrived.

use serde::Serialize;
use serde_json::Value;

/// Which of the two doors a call came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Listener {
    Oauth,
    Portal,
}

/// One call. It is a test's journal: parameters are kept as they were sent, secrets included.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    /// When it arrived, on the emulator's clock.
    pub(crate) at: String,
    pub(crate) listener: Listener,
    /// The REST method as it was called, or `token`, `authorize`.
    pub(crate) method: Option<String>,
    pub(crate) http_method: String,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) params: Value,
    /// Absent until answered, and for ever when the connection was dropped.
    pub(crate) status: Option<u16>,
    /// What the fault schedule did to it.
    pub(crate) fault: Option<&'static str>,
    pub(crate) content_type: Option<String>,
    pub(crate) user_agent: Option<String>,
}

/// All calls since the start, or since the journal was cleared.
#[derive(Default)]
pub(crate) struct Journal {
    entries: Vec<Entry>,
    cleared: usize,
}

impl Journal {
    /// Notes a call that has just arrived; the number finds it again.
    pub(crate) fn arrive(&mut self, entry: Entry) -> usize {
        self.entries.push(entry);
        self.cleared + self.entries.len() - 1
    }

    /// Notes what a call was answered with.
    pub(crate) fn answered(&mut self, number: usize, status: u16) {
        if let Some(entry) = number
            .checked_sub(self.cleared)
            .and_then(|at| self.entries.get_mut(at))
        {
            entry.status = Some(status);
        }
    }

    /// Forgets all entries; calls that are still under way stay forgotten.
    pub(crate) fn clear(&mut self) {
        self.cleared += self.entries.len();
        self.entries.clear();
    }

    /// The same journal without its entries: calls under way cannot end up on later ones.
    pub(crate) fn emptied(mut self) -> Self {
        self.clear();
        self
    }

    /// The entries, oldest first.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
