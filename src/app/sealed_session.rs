//! A session as it travels: sealed, in a page's hidden field and back.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// A sealed session. Whoever has it acts for its user, so it is never printed, and wiped when dropped.
#[derive(Clone)]
pub struct SealedSession(SecretString);

impl SealedSession {
    /// The text, for the one field that carries it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for SealedSession {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for SealedSession {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for SealedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedSession(…)")
    }
}
