//! What is believed: tokens that somebody brings, as far as the authorization server vouches for them; and how
//! what is believed is kept.

use jiff::Timestamp;

use crate::bitrix24::{
    AccessToken, AppInfo, ApplicationToken, Authority, CallError, MemberId, Profile, RefreshToken,
    RefusalCode, TokenPair, Whose,
};
use crate::crash;
use crate::seal;
use crate::store::{
    Birth, Connection, Credential, CredentialKey, CredentialState, Erasure, Holder, Portal, Standing,
    Verification,
};

use super::refused::{Refusal, Word};
use super::{App, Failure, Trouble};

/// How often a write is decided anew when somebody else wrote in between; two rounds settle it unless what
/// was written meanwhile is over again.
const DECISIONS: usize = 5;

/// Tokens with what is claimed about them.
#[derive(Clone, Debug)]
pub(super) struct Brought {
    pub(super) access: AccessToken,
    pub(super) refresh: RefreshToken,
    /// Must agree with what the authorization server says.
    pub(super) member_id: MemberId,
    pub(super) application_token: Option<ApplicationToken>,
}

/// On which occasion tokens were brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occasion {
    /// The app has been installed (again).
    pub(super) installation: bool,
    /// The portal has wiped what was bound in it.
    pub(super) wiped: bool,
    /// How many connections the page shows that answers.
    pub(super) shown: i64,
}

/// What was kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// Whose tokens they are.
    pub(super) holder: Holder,
    /// How the user stood before.
    pub(super) before: Option<Standing>,
    /// The portal's connections, newest first, as many as are shown.
    pub(super) connections: Vec<Connection>,
    /// Whether an application token is still to be proven because `profile` did not answer.
    pub(super) unproven: Option<CallError>,
}

/// What became of an application token.
enum Proof {
    /// There is none, or the stored one again.
    Nothing,
    /// An administrator has brought it.
    Proven(ApplicationToken),
    /// Somebody who is no administrator has brought it.
    Refused,
    /// The portal did not say who has brought it.
    Open(CallError),
}

impl App {
    /// Asks the authorization server whose tokens these are. On any mismatch nothing may be kept.
    /// What was refused before for a reason that lasts is refused without being asked about.
    pub(super) async fn verify(&self, brought: &Brought) -> Result<AppInfo, Failure> {
        let ask = || self.ask_about(&brought.access);
        // The wait for others' questions is large, and most of those who come here need not carry it along.
        let asked = Box::pin(self.refusals.word_on(&brought.access, &brought.member_id, ask));
        let witness = *asked.await?;
        if let Err(error) = witness.client_endpoint.permitted_by(&self.parts.egress) {
            tracing::warn!(member_id = %witness.member_id, %error, "the portal's endpoint may not be called");
            return Err(Failure::Portal(Trouble::Unreachable));
        }
        Ok(witness)
    }

    async fn ask_about(&self, access: &AccessToken) -> Word {
        match self.parts.server.app_info(access).await {
            Ok(witness) if &witness.client_id != self.parts.server.client_id() => {
                Word::Refused(Refusal::AnotherApps)
            }
            Ok(witness) => Word::Vouched(Box::new(witness)),
            Err(error) => doubt(error, self.parts.clock.now()),
        }
    }

    /// Keeps what was verified: the portal, and the tokens of this user. Nothing stays of it when the portal was
    /// erased after the verification.
    pub(super) async fn keep(
        &self,
        brought: &Brought,
        witness: &AppInfo,
        occasion: Occasion,
    ) -> Result<Kept, Failure> {
        let key = CredentialKey {
            member_id: witness.member_id.clone(),
            user_id: witness.user_id,
        };
        crash::point("launch.vouched");
        let before = self.parts.store.standing(&key).await?;
        let proof = self.proof(brought, witness, before.as_ref()).await;
        crash::point("launch.proven");
        let now = self.parts.clock.now();
        let verification = Verification {
            at: witness.said_at.unwrap_or_else(|| self.platform_time()),
            installation: occasion.installation,
            wiped: occasion.wiped,
        };
        let portal = Portal {
            member_id: witness.member_id.clone(),
            client_endpoint: witness.client_endpoint.clone(),
            status: witness.status,
            application_token: match &proof {
                Proof::Proven(token) => Some(token.clone()),
                _ => None,
            },
        };
        self.parts.store.save_portal(&portal, verification, now).await?;
        crash::point("launch.portal_saved");
        let pair = TokenPair {
            access: brought.access.clone(),
            refresh: brought.refresh.clone(),
            expires_at: witness.expires_at,
        };
        let birth = self.keep_pair(&key, before.clone(), &pair).await?;
        crash::point("launch.pair_kept");
        let holder = Holder { key, birth };
        let aftermath = self.parts.store.aftermath(&holder, occasion.shown).await?;
        self.undo_if_erased(&holder.key, &pair, (aftermath.erasure, verification.at))
            .await?;
        Ok(Kept {
            holder,
            before,
            connections: aftermath.connections,
            unproven: match proof {
                Proof::Open(error) => Some(error),
                _ => None,
            },
        })
    }

    /// What was verified before an erasure and written after it is taken back; a newer installation, which may be
    /// there by now, keeps what is its own.
    async fn undo_if_erased(
        &self,
        key: &CredentialKey,
        pair: &TokenPair,
        (erasure, verified_at): (Option<Erasure>, Timestamp),
    ) -> Result<(), Failure> {
        let store = &self.parts.store;
        match erasure {
            Some(erasure) if erasure.erased_at >= verified_at => {
                store.withdraw(key, pair).await?;
                store.undo_late_write(&key.member_id, erasure).await?;
                Err(Failure::NotInstalled)
            }
            _ => Ok(()),
        }
    }

    /// A new or changed application token counts if the verified user is an administrator by `profile`: any user
    /// of a portal can post a made-up one.
    async fn proof(&self, brought: &Brought, witness: &AppInfo, before: Option<&Standing>) -> Proof {
        let Some(claimed) = &brought.application_token else {
            return Proof::Nothing;
        };
        let stored = before.and_then(|standing| standing.portal.application_token.as_ref());
        if stored.is_some_and(|stored| seal::same(stored.expose().as_bytes(), claimed.expose().as_bytes())) {
            return Proof::Nothing;
        }
        let member_id = &witness.member_id;
        match self.is_administrator(brought, witness).await {
            Ok(true) => Proof::Proven(claimed.clone()),
            Ok(false) => {
                tracing::debug!(%member_id, "an application token waits for an administrator");
                Proof::Refused
            }
            Err(error) => {
                tracing::warn!(%member_id, %error, "an application token could not be proven yet");
                Proof::Open(error)
            }
        }
    }

    async fn is_administrator(&self, brought: &Brought, witness: &AppInfo) -> Result<bool, CallError> {
        let waiting = self.openings.join(&witness.member_id);
        let _waiting = waiting.ok_or(CallError::HeldBack(self.parts.timeouts.proof))?;
        let call = Profile::call(self.parts.timeouts.proof);
        let authority = Authority {
            endpoint: &witness.client_endpoint,
            whose: Whose::user(&witness.member_id, witness.user_id),
            access: &brought.access,
        };
        let profile = Profile::read(&self.parts.portals.call(authority, &call).await?)?;
        Ok(profile.admin && profile.user_id == witness.user_id)
    }

    /// Puts a fresh pair in place, unless a reloaded frame posted it again: then what is stored is newer.
    /// Whoever loses a race against another write finds a live pair stored, which is as good as its own. Says which
    /// credential the user has now.
    pub(super) async fn keep_pair(
        &self,
        key: &CredentialKey,
        mut standing: Option<Standing>,
        pair: &TokenPair,
    ) -> Result<Birth, Failure> {
        for round in 0..DECISIONS {
            let stored = standing
                .as_ref()
                .and_then(|standing| standing.credential.as_ref());
            if let Some(stored) = stored {
                let outrun = round > 0 && stored.state == CredentialState::Live;
                if outrun || self.is_old_news(key, stored, pair).await {
                    return Ok(stored.birth);
                }
            }
            let replaced = standing.as_ref().and_then(Standing::replaceable);
            let now = self.parts.clock.now();
            if let Some(birth) = self.parts.store.supersede(key, replaced, pair, now).await? {
                super::tally::advanced("launch");
                return Ok(birth);
            }
            standing = self.parts.store.standing(key).await?;
            if standing.as_ref().is_none_or(|standing| standing.gone) {
                return Err(Failure::NotInstalled);
            }
        }
        Err(Failure::Internal(format!(
            "the credential {key} changed {DECISIONS} times under one launch"
        )))
    }

    /// A pair that is stored or was just spent brings nothing. One that does not clearly end after a live,
    /// undisputed stored pair may be older than that: then the stored one stays if it still works.
    async fn is_old_news(&self, key: &CredentialKey, stored: &Credential, pair: &TokenPair) -> bool {
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
            self.parts
                .server
                .app_info_of(key.whose(), &stored.pair.access)
                .await,
            Err(CallError::Refused(_))
        )
    }
}

/// What it means that the authorization server does not vouch for a token. Whatever is no clear word about the
/// token leaves it unverified, and says whose fault that is.
fn doubt(error: CallError, now: Timestamp) -> Word {
    let refusal = match error {
        CallError::Refused(refusal) => refusal,
        error => return Word::Open(Failure::of_server(error, now)),
    };
    match refusal.code {
        _ if refusal.status >= 500 || refusal.status == 429 => {
            Word::Open(Failure::AuthorizationServer(CallError::Refused(refusal)))
        }
        RefusalCode::ExpiredToken => Word::Refused(Refusal::Expired),
        // A dismissed user may be taken back.
        RefusalCode::AuthorizationError => {
            Word::Open(Failure::ReopenApp("the user cannot be authorized now"))
        }
        RefusalCode::InvalidToken
        | RefusalCode::InvalidClient
        | RefusalCode::InvalidGrant
        | RefusalCode::NoAuthFound => Word::Refused(Refusal::Unknown),
        _ => Word::Open(Failure::of_server(CallError::Refused(refusal), now)),
    }
}
