//! What must never be printed: tokens. No `Display`, and `Debug` shows nothing. The client secret has a room of its own,
//! `token_endpoint`.

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::UnreadableWord;

/// Opaque secrets seen are 32 to 70 characters; the platform promises no limit, so there is room.
const LONGEST_SECRET: usize = 512;

/// What secrets and identifiers consist of: 1 to 512 printable ASCII characters without spaces.
pub(super) fn is_printable(text: &str) -> bool {
    (1..=LONGEST_SECRET).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident, $word:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Takes 1 to 512 printable ASCII characters without spaces.
            pub fn parse(text: &str) -> Result<Self, UnreadableWord> {
                if !is_printable(text) {
                    return Err(UnreadableWord($word));
                }
                Ok(Self(SecretString::from(text)))
            }

            /// The secret itself, for the one place that sends or seals it.
            #[must_use]
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret!(
    /// `AUTH_ID` / `access_token`: one hour, one user of one portal.
    AccessToken,
    "access_token"
);
secret!(
    /// `REFRESH_ID` / `refresh_token`: works once.
    RefreshToken,
    "refresh_token"
);
secret!(
    /// `application_token`: a static bearer that proves events to be this portal's.
    ApplicationToken,
    "application_token"
);
secret!(
    /// `code`: what a person brings back from the portal; works once, for 30 s.
    AuthorizationCode,
    "code"
);
secret!(
    /// `state`: what a person takes to the portal and brings back unchanged.
    OauthState,
    "state"
);

/// `client_id`: names the app; not a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientId(String);

impl ClientId {
    /// Takes 1 to 512 printable ASCII characters without spaces.
    pub fn parse(text: &str) -> Result<Self, UnreadableWord> {
        if !is_printable(text) {
            return Err(UnreadableWord("client_id"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An access token with the refresh token that was issued beside it.
#[derive(Clone, Debug)]
pub struct TokenPair {
    /// The access token.
    pub access: AccessToken,
    /// Its refresh token.
    pub refresh: RefreshToken,
    /// When the access token ends by the authorization server's own word; unknown when it did not say.
    pub expires_at: Option<Timestamp>,
}
