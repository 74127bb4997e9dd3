//! The state of a sign-in outside the frame: sealed, so that it opens here alone; good for ten minutes; and bound to
//! the portal asked for and to the browser in which it was made, by a secret of which that browser keeps a copy.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{App, Failure, SignInFault};
use crate::bitrix24::{Egress, OauthState, PortalAddress};
use crate::seal::{self, KeyRing, Purpose};

/// Time enough to find a password; no time for a state to go astray.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// As many bytes of a state's digest tell one browser's sign-ins apart.
const NAME_BYTES: usize = 9;

/// A sign-in that was begun: where to send the person, and what their browser must bring back.
pub struct Begun {
    /// Where the person will sign in.
    pub portal: PortalAddress,
    /// The portal's page; holds the state.
    pub authorize_url: Url,
    /// What stays in this browser.
    pub mark: Mark,
}

/// The half of a sign-in's secret that only the browser has.
pub struct Mark {
    /// Tells this browser's sign-ins apart; no secret.
    pub name: String,
    /// The secret.
    pub value: Zeroizing<String>,
}

impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Begun(…)")
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mark")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A sign-in on its way back, in the browser in which it was begun. To be finished once.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub(super) portal: PortalAddress,
    pub(super) digest: Vec<u8>,
    pub(super) ends_at: Timestamp,
}

impl SignIn {
    /// The portal that was asked for.
    #[must_use]
    pub fn portal(&self) -> &PortalAddress {
        &self.portal
    }

    /// The name of the mark that the browser needs no longer.
    #[must_use]
    pub fn mark_name(&self) -> String {
        mark_name(&self.digest)
    }
}

/// The sealed words, short because they travel in an address.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Words {
    p: String,
    b: String,
    e: i64,
}

impl App {
    /// Whether portals may be at plain http addresses: of this very machine, in development.
    #[must_use]
    pub fn knows_plain_portals(&self) -> bool {
        self.parts.egress.is_development()
    }

    /// Makes a state for the portal whose address was typed. Stores nothing and calls nobody.
    pub fn begin_sign_in(&self, typed: &str) -> Result<Begun, Failure> {
        let portal = PortalAddress::parse(typed, &self.parts.egress).map_err(SignInFault::Address)?;
        let secret = Zeroizing::new(Uuid::new_v4().simple().to_string());
        let words = Words {
            p: portal.origin(),
            b: secret.to_string(),
            e: (self.parts.clock.now() + LIFETIME).as_second(),
        };
        let internal =
            |error: &dyn fmt::Display| Failure::Internal(format!("a state was not sealed: {error}"));
        let plain = serde_json::to_vec(&words)
            .map(Zeroizing::new)
            .map_err(|error| internal(&error))?;
        let keys = &self.parts.keys;
        let sealed = keys
            .seal(Purpose::OauthState, b"", &plain)
            .map_err(|error| internal(&error))?;
        let digest = keys
            .digest_of_sealed(Purpose::OauthStateDigest, &sealed)
            .map_err(|error| internal(&error))?;
        let state = OauthState::parse(&URL_SAFE_NO_PAD.encode(sealed)).map_err(|error| internal(&error))?;
        Ok(Begun {
            authorize_url: portal.authorize_url(self.parts.server.client_id(), &state),
            portal,
            mark: Mark {
                name: mark_name(&digest),
                value: secret,
            },
        })
    }

    /// Recognises a state that comes back, if this browser has the mark of its sign-in. It is not spent yet.
    pub fn resume_sign_in(
        &self,
        state: &OauthState,
        mark: impl Fn(&str) -> Option<Zeroizing<String>>,
    ) -> Result<SignIn, Failure> {
        let opened = read(state, &self.parts.keys, &self.parts.egress);
        let (words, sign_in) = opened.ok_or(SignInFault::State)?;
        if sign_in.ends_at <= self.parts.clock.now() {
            return Err(SignInFault::TooLate.into());
        }
        let kept = mark(&sign_in.mark_name()).ok_or(SignInFault::State)?;
        if seal::same(kept.as_bytes(), words.b.as_bytes()) {
            Ok(sign_in)
        } else {
            Err(SignInFault::State.into())
        }
    }
}

/// Opens a state; whether it is over, and whose it is, is for the caller to say.
pub(super) fn read(state: &OauthState, keys: &KeyRing, egress: &Egress) -> Option<(Words, SignIn)> {
    let sealed = URL_SAFE_NO_PAD.decode(state.expose()).ok()?;
    let plain = keys.open(Purpose::OauthState, b"", &sealed).ok()?;
    let words: Words = serde_json::from_slice(&plain).ok()?;
    let sign_in = SignIn {
        portal: PortalAddress::parse(&words.p, egress).ok()?,
        digest: keys.digest_of_sealed(Purpose::OauthStateDigest, &sealed).ok()?,
        ends_at: Timestamp::from_second(words.e).ok()?,
    };
    Some((words, sign_in))
}

fn mark_name(digest: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&digest[digest.len().saturating_sub(NAME_BYTES)..])
}
