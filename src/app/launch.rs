//! Launch and install: the authorization server's word, then portal and credential, then a session.

use crate::bitrix24::{
    AccessToken, AppInfo, ApplicationToken, CallError, LaunchRequest, MemberId, Origin, Profile, RefusalCode,
    TokenPair,
};
use crate::seal;
use crate::store::{Credential, CredentialKey, CredentialState, Portal, Standing};

use super::{App, Failure, Session, Trouble};

/// How often a write is decided anew when somebody else wrote in between; two rounds settle it unless what
/// was written meanwhile is over again.
const DECISIONS: usize = 5;

/// Which door was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The app was opened.
    Open,
    /// The installer was opened.
    Install,
}

/// A verified launch.
#[derive(Clone, Debug)]
pub struct Launched {
    /// Who opened the app.
    pub session: Session,
    /// The code that a shared link asked to prefill.
    pub suggested_code: Option<String>,
}

/// What a verified visit leaves behind, beside what the authorization server says of it.
pub(super) struct Kept {
    /// The tokens that were verified.
    pub(super) pair: TokenPair,
    /// A new or changed application token that has been proven.
    pub(super) application_token: Option<ApplicationToken>,
    /// Which door was used.
    pub(super) entry: Entry,
}

impl App {
    /// Believes a launch as far as the authorization server vouches for it, and keeps portal and tokens. On
    /// any mismatch nothing is kept.
    pub async fn launch(&self, request: &LaunchRequest, entry: Entry) -> Result<Launched, Failure> {
        let witness = self.verify(&request.access, &request.member_id).await?;
        let (key, standing) = self.standing_of(&witness).await?;
        let kept = Kept {
            pair: TokenPair {
                access: request.access.clone(),
                refresh: request.refresh.clone(),
                expires_at: witness.expires_at,
            },
            application_token: self
                .newly_proven_token(request, &witness, standing.as_ref())
                .await,
            entry,
        };
        self.keep_verified(&key, &witness, standing, kept).await?;
        Ok(Launched {
            session: Session::new(key, frame(&witness, request), request.language.clone()),
            suggested_code: request.suggested_code().map(str::to_owned),
        })
    }

    /// Where a portal's pages come from, if the portal is known: for pages that carry nothing of it.
    pub async fn known_origin(&self, member_id: &MemberId) -> Option<Origin> {
        self.parts
            .store
            .portal_endpoint(member_id)
            .await
            .ok()
            .flatten()
            .map(|endpoint| endpoint.origin())
    }

    /// Asks the authorization server whose token this is: it must be our app's, and the claimed portal's.
    pub(super) async fn verify(&self, access: &AccessToken, claimed: &MemberId) -> Result<AppInfo, Failure> {
        let witness = self
            .parts
            .server
            .app_info(access)
            .await
            .map_err(|error| doubt(error, self.parts.clock.now()))?;
        if &witness.client_id != self.parts.server.client_id() {
            return Err(Failure::Forged("the token is another app's"));
        }
        if &witness.member_id != claimed {
            return Err(Failure::Forged("the token is another portal's"));
        }
        if let Err(error) = witness.client_endpoint.permitted_by(&self.parts.egress) {
            tracing::warn!(member_id = %witness.member_id, %error, "the portal's endpoint may not be called");
            return Err(Failure::Portal(Trouble::Unreachable));
        }
        Ok(witness)
    }

    /// Whose visit was verified, and how they stood with us until now.
    pub(super) async fn standing_of(
        &self,
        witness: &AppInfo,
    ) -> Result<(CredentialKey, Option<Standing>), Failure> {
        let key = CredentialKey {
            member_id: witness.member_id.clone(),
            user_id: witness.user_id,
        };
        let standing = self.parts.store.standing(&key).await?;
        Ok((key, standing))
    }

    /// Keeps a portal and a token pair that the authorization server has vouched for, in the frame or outside.
    pub(super) async fn keep_verified(
        &self,
        key: &CredentialKey,
        witness: &AppInfo,
        standing: Option<Standing>,
        kept: Kept,
    ) -> Result<(), Failure> {
        let portal = Portal {
            member_id: witness.member_id.clone(),
            client_endpoint: witness.client_endpoint.clone(),
            status: witness.status,
            application_token: kept.application_token,
        };
        let installed = kept.entry == Entry::Install;
        let now = self.parts.clock.now();
        self.parts.store.save_portal(&portal, installed, now).await?;
        self.keep_pair(key, standing, &kept.pair).await
    }

    /// A new or changed application token, if the verified user is an administrator by `profile`: any user of
    /// a portal can post a launch with a made-up one. When `profile` fails, the next launch tries again.
    async fn newly_proven_token(
        &self,
        request: &LaunchRequest,
        witness: &AppInfo,
        standing: Option<&Standing>,
    ) -> Option<ApplicationToken> {
        let claimed = request.application_token.as_ref()?;
        let stored = standing.and_then(|standing| standing.portal.application_token.as_ref());
        if stored.is_some_and(|stored| seal::same(stored.expose().as_bytes(), claimed.expose().as_bytes())) {
            return None;
        }
        let call = Profile::call(self.parts.timeouts.proof);
        let answer = self
            .parts
            .portals
            .call(&witness.client_endpoint, &request.access, &call)
            .await;
        let member_id = &witness.member_id;
        match answer.and_then(|result| Profile::read(&result)) {
            Ok(profile) if profile.admin && profile.user_id == witness.user_id => Some(claimed.clone()),
            Ok(_) => {
                tracing::debug!(%member_id, "an application token waits for an administrator");
                None
            }
            Err(error) => {
                tracing::warn!(%member_id, %error, "an application token could not be proven yet");
                None
            }
        }
    }

    /// Puts the launch's pair in place, unless a reloaded frame posted it again: then what is stored is newer.
    /// Whoever loses a race against another write finds a live pair stored, which is as good as its own.
    pub(super) async fn keep_pair(
        &self,
        key: &CredentialKey,
        mut standing: Option<Standing>,
        pair: &TokenPair,
    ) -> Result<(), Failure> {
        for round in 0..DECISIONS {
            let stored = standing
                .as_ref()
                .and_then(|standing| standing.credential.as_ref());
            if let Some(stored) = stored {
                let outrun = round > 0 && stored.state == CredentialState::Live;
                if outrun || self.is_old_news(stored, pair).await {
                    return Ok(());
                }
            }
            let replaced = standing.as_ref().and_then(Standing::replaceable);
            if self
                .parts
                .store
                .supersede(key, replaced, pair, self.parts.clock.now())
                .await?
            {
                return Ok(());
            }
            standing = self.parts.store.standing(key).await?;
        }
        Err(Failure::Internal(format!(
            "the credential {key} changed {DECISIONS} times under one launch"
        )))
    }

    /// A pair that is stored or was just spent brings nothing. One that does not clearly end after a live,
    /// undisputed stored pair may be older than that: then the stored one stays if it still works.
    async fn is_old_news(&self, stored: &Credential, pair: &TokenPair) -> bool {
        if self.parts.store.knows_refresh_token(stored, &pair.refresh) {
            return true;
        }
        let later = match (pair.expires_at, stored.pair.expires_at) {
            (Some(posted), Some(kept)) => posted >= kept,
            _ => false,
        };
        let undisputed =
            stored.state == CredentialState::Live && stored.claim.is_none() && !stored.unresolved;
        if later || !undisputed {
            return false;
        }
        !matches!(
            self.parts.server.app_info(&stored.pair.access).await,
            Err(CallError::Refused(_))
        )
    }
}

/// The verified origin first, then the claimed one where a renamed or multi-host portal says another.
fn frame(witness: &AppInfo, request: &LaunchRequest) -> Vec<Origin> {
    let mut frame = vec![witness.client_endpoint.origin()];
    frame.extend(
        request
            .claimed_origin()
            .filter(|claimed| claimed.host() != frame[0].host()),
    );
    frame
}

/// What it means that the authorization server does not vouch for a token. Whatever is no clear word about the
/// token leaves the launch unverified, and says whose fault that is.
fn doubt(error: CallError, now: jiff::Timestamp) -> Failure {
    let CallError::Refused(refusal) = error else {
        return Failure::AuthorizationServer(error);
    };
    match refusal.code {
        _ if refusal.status >= 500 || refusal.status == 429 => {
            Failure::AuthorizationServer(CallError::Refused(refusal))
        }
        RefusalCode::ExpiredToken | RefusalCode::AuthorizationError => {
            Failure::ReopenApp("the launch's token has expired")
        }
        RefusalCode::InvalidToken
        | RefusalCode::InvalidClient
        | RefusalCode::InvalidGrant
        | RefusalCode::NoAuthFound => Failure::Forged("the authorization server does not know the token"),
        _ => Failure::of_server(CallError::Refused(refusal), now),
    }
}
