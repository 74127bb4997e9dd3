//! Whose rows somebody may reach: those of a user, as long as it is the same credential that was there when they came
//! in. What is erased and comes again is another's, even where portal and user have the same numbers.

use jiff::Timestamp;

use super::{CredentialKey, micros};

/// When a credential's row was made. Kept by every write, and gone with the row; only ever compared for equality, so
/// no clock has to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birth(pub(super) i64);

impl Birth {
    /// A credential that is made now.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(micros(now))
    }

    /// Reads back what [`Birth::number`] gave.
    #[must_use]
    pub fn of_number(number: i64) -> Self {
        Self(number)
    }

    /// The number, to be sealed into a session.
    #[must_use]
    pub fn number(self) -> i64 {
        self.0
    }
}

/// A user of a portal, as one credential of theirs knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The user.
    pub key: CredentialKey,
    /// Which of their credentials, of all that came one after another.
    pub birth: Birth,
}
