//! Signing in outside the frame: the full protocol. A person is sent to their portal with a sealed state and comes
//! back with a code.
//!
//! The state opens here alone, works once, ends after ten minutes, and holds the portal that was asked for and half
//! of a secret whose other half only the browser has in which the sign-in was begun. Whatever else comes back is
//! hearsay until the authorization server has spoken.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use super::bind::Caller;
use super::verify::{Brought, Occasion};
use super::{App, Failure, Launched, Session};
use crate::bitrix24::{
    AddressFault, AppInfo, AuthorizationCode, CallError, MemberId, OauthState, PortalAddress, RefusalCode,
};
use crate::seal::{self, Purpose};

/// Time enough to find a password; no time for a state to go astray.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// As many bytes of a state's digest tell one browser's sign-ins apart.
const NAME_BYTES: usize = 9;

/// Why somebody is not signed in; nothing was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInFault {
    /// What the person typed is no portal's address. 422 `invalid_portal`.
    #[error("{0}")]
    Address(#[from] AddressFault),
    /// The state was used before, was begun in another browser, or is none of ours. 403 `forged`.
    #[error("the state is not this browser's, or spent")]
    State,
    /// The ten minutes are over. 401 `session_expired`.
    #[error("the state has expired")]
    TooLate,
    /// The authorization server names another portal than the one asked for or the one that was said to have
    /// answered. 403 `forged`.
    #[error("the code is another portal's")]
    AnotherPortal,
    /// The code was used before, is over or was never given. 401 `reopen_app`.
    #[error("the code is not taken")]
    Code,
}

/// A sign-in that was begun: where to send the person, and what their browser must bring back.
pub struct Begun {
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
    pub value: String,
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
#[derive(Debug)]
pub struct SignIn {
    portal: PortalAddress,
    digest: Vec<u8>,
    ends_at: Timestamp,
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

/// What came back from the portal beside the state.
#[derive(Debug)]
pub struct Returned {
    /// `code`.
    pub code: AuthorizationCode,
    /// `member_id`: must agree with the authorization server's.
    pub member_id: MemberId,
}

/// The sealed words, short because they travel in an address.
#[derive(Serialize, Deserialize)]
struct Words {
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
        let secret = Uuid::new_v4().simple().to_string();
        let words = Words {
            p: portal.origin(),
            b: secret.clone(),
            e: (self.parts.clock.now() + LIFETIME).as_second(),
        };
        let internal =
            |error: &dyn fmt::Display| Failure::Internal(format!("a state was not sealed: {error}"));
        let plain = serde_json::to_vec(&words).map_err(|error| internal(&error))?;
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
        mark: impl Fn(&str) -> Option<String>,
    ) -> Result<SignIn, Failure> {
        let (words, sign_in) = self.read_state(state).ok_or(SignInFault::State)?;
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

    /// Spends the state, exchanges the code, and believes the answer as far as a launch is believed: the token
    /// is our app's, portal and user are the authorization server's word. Only then is anything stored.
    pub async fn finish_sign_in(
        self: &Arc<Self>,
        sign_in: &SignIn,
        returned: &Returned,
        language: &str,
    ) -> Result<Launched, Failure> {
        let store = &self.parts.store;
        if !store.spend_oauth_state(&sign_in.digest, sign_in.ends_at).await? {
            return Err(SignInFault::State.into());
        }
        let grant = self.parts.server.exchange_code(&returned.code).await;
        let grant = grant.map_err(|error| self.refused_code(error))?;
        if grant.member_id != returned.member_id {
            return Err(SignInFault::AnotherPortal.into());
        }
        let brought = Brought {
            access: grant.pair.access,
            refresh: grant.pair.refresh,
            member_id: grant.member_id,
            application_token: None,
        };
        let witness = self.verify(&brought).await?;
        self.check_portal(&sign_in.portal, &witness).await?;
        let occasion = Occasion {
            installation: false,
            wiped: false,
        };
        let kept = self.keep(&brought, &witness, occasion).await?;
        let caller = Caller {
            key: kept.key.clone(),
            endpoint: witness.client_endpoint.clone(),
            access: brought.access,
        };
        self.bind_if_due(&kept, caller);
        Ok(Launched {
            session: Session::outside(kept.key, &witness.client_endpoint, language),
            suggested_code: None,
        })
    }

    /// Whether the portal that the authorization server names is the one asked for: by its address now, or by the
    /// one under which it was verified here before, because portals are renamed. An address that we never knew
    /// proves nothing, and the person is asked to start from the new one.
    async fn check_portal(&self, asked: &PortalAddress, witness: &AppInfo) -> Result<(), Failure> {
        if asked.is_of(&witness.client_endpoint) {
            return Ok(());
        }
        let known = self.parts.store.portal_endpoint(&witness.member_id).await?;
        if known.is_some_and(|known| asked.is_of(&known)) {
            return Ok(());
        }
        Err(SignInFault::AnotherPortal.into())
    }

    fn read_state(&self, state: &OauthState) -> Option<(Words, SignIn)> {
        let sealed = URL_SAFE_NO_PAD.decode(state.expose()).ok()?;
        let keys = &self.parts.keys;
        let plain = keys.open(Purpose::OauthState, b"", &sealed).ok()?;
        let words: Words = serde_json::from_slice(&plain).ok()?;
        let sign_in = SignIn {
            portal: PortalAddress::parse(&words.p, &self.parts.egress).ok()?,
            digest: keys.digest_of_sealed(Purpose::OauthStateDigest, &sealed).ok()?,
            ends_at: Timestamp::from_second(words.e).ok()?,
        };
        Some((words, sign_in))
    }

    /// `invalid_grant` means that nobody will ever get a token for this code; all else is as at a refresh.
    fn refused_code(&self, error: CallError) -> Failure {
        match error.code() {
            Some(RefusalCode::InvalidGrant) => SignInFault::Code.into(),
            _ => Failure::of_server(error, self.parts.clock.now()),
        }
    }
}

fn mark_name(digest: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&digest[digest.len().saturating_sub(NAME_BYTES)..])
}
