//! The app's secret.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use crate::bitrix24::UnreadableWord;
use crate::bitrix24::secrets::is_printable;

/// `client_secret`: goes to the authorization server and nowhere else.
#[derive(Clone)]
pub struct ClientSecret(SecretString);

impl ClientSecret {
    /// Takes 1 to 512 printable ASCII characters without spaces.
    pub fn parse(text: &str) -> Result<Self, UnreadableWord> {
        if is_printable(text) {
            Ok(Self(SecretString::from(text)))
        } else {
            Err(UnreadableWord("client_secret"))
        }
    }

    /// The secret itself, for the token endpoint alone.
    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether it is this, for tests of how it is configured.
    #[cfg(test)]
    pub(crate) fn reads(&self, text: &str) -> bool {
        self.expose() == text
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}
