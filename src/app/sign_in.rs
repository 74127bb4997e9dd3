//! Signing in outside the frame: the full protocol. A person is sent to their portal with a state and comes back
//! with a code. Whatever else comes back is hearsay until the authorization server has spoken.

use std::sync::Arc;

use super::bind::Caller;
use super::connect::SHOWN;
use super::verify::{Brought, Occasion};
use super::{App, Failure, Launched, Listed, Session, SignIn};
use crate::bitrix24::{
    AddressFault, AppInfo, AuthorizationCode, CallError, MemberId, PortalAddress, RefusalCode,
};
use crate::crash;

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

/// What came back from the portal beside the state.
#[derive(Clone, Debug)]
pub struct Returned {
    /// `code`.
    pub code: AuthorizationCode,
    /// `member_id`: must agree with the authorization server's.
    pub member_id: MemberId,
}

impl App {
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
        // From here on to the end, whoever goes away: the code is spent.
        let (app, sign_in, returned) = (Arc::clone(self), sign_in.clone(), returned.clone());
        let language = language.to_owned();
        let signed_in = self
            .see_through(async move { app.signed_in(&sign_in, &returned, &language).await })
            .await?;
        signed_in.session.note_opening();
        Ok(signed_in)
    }

    async fn signed_in(
        self: &Arc<Self>,
        sign_in: &SignIn,
        returned: &Returned,
        language: &str,
    ) -> Result<Launched, Failure> {
        crash::point("sign_in.state_spent");
        let grant = self.parts.server.exchange_code(&returned.code).await;
        crash::point("sign_in.exchanged");
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
            shown: SHOWN,
        };
        let kept = self.keep(&brought, &witness, occasion).await?;
        let caller = Caller {
            key: kept.holder.key.clone(),
            endpoint: witness.client_endpoint.clone(),
            access: brought.access,
        };
        self.bind_if_due(&kept, caller);
        let (endpoint, reader) = (&witness.client_endpoint, kept.holder.key.user_id);
        Ok(Launched {
            listed: Listed::all(kept.connections, Some(endpoint), reader),
            session: Session::outside(self.opening(kept.holder), endpoint, language),
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

    /// `invalid_grant` means that nobody will ever get a token for this code; all else is as at a refresh.
    fn refused_code(&self, error: CallError) -> Failure {
        match error.code() {
            Some(RefusalCode::InvalidGrant) => SignInFault::Code.into(),
            _ => Failure::of_server(error, self.parts.clock.now()),
        }
    }
}
