//! Whether the app is still installed in a portal, which only the authorization server can say; and what it means
//! that it is not. Nothing is erased on its word alone before the keep time is over, and a launch heals it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::bitrix24::{AppInfo, CallError, MemberId, RefusalCode, UserId};
use crate::store::{CredentialKey, Generation};

use super::correlation::{carried, span_apart};
use super::on_behalf::Hold;
use super::{App, Failure};

/// Users in whose name is asked at most: one usable token is enough.
const MOST_USERS: i64 = 3;

/// What a token of a former installation comes to.
const OUTDATED: Failure = Failure::ReopenApp("the token is of a former installation");

/// What the authorization server says about a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// The app is installed there.
    Installed,
    /// It is not.
    Gone,
    /// Nobody's token is left to ask with.
    Unknown,
}

impl App {
    /// Asks about a portal with its users' tokens, and remembers the answer.
    pub(super) async fn presence(self: &Arc<Self>, member_id: &MemberId) -> Result<Presence, Failure> {
        for user_id in self.parts.store.live_users(member_id, MOST_USERS).await? {
            match self.presence_by(member_id, user_id).await {
                // This user's tokens are over; another's may not be.
                Err(Failure::ReopenApp(_)) => {}
                other => return other,
            }
        }
        Ok(Presence::Unknown)
    }

    async fn presence_by(
        self: &Arc<Self>,
        member_id: &MemberId,
        user_id: UserId,
    ) -> Result<Presence, Failure> {
        let key = CredentialKey {
            member_id: member_id.clone(),
            user_id,
        };
        let hold = Hold::of(self.parts.store.standing(&key).await?)?;
        let word = (hold.credential.generation, self.parts.clock.now());
        let access = &hold.credential.pair.access;
        let answer = self.parts.server.app_info_of(key.whose(), access).await;
        match &answer {
            Ok(witness) => self.note_presence(&key, witness).await,
            Err(error) if error.code() == Some(RefusalCode::NotInstalled) => self.note_gone(&key, word).await,
            // Paid or not, it is there.
            Err(error) if error.code() == Some(RefusalCode::PaymentRequired) => Ok(Presence::Installed),
            Err(error) if error.code() == Some(RefusalCode::ExpiredToken) => {
                self.presence_by_refresh(&key, &hold).await
            }
            Err(CallError::Refused(refusal)) if refusal.status < 500 => Err(Failure::ReopenApp(
                "the authorization server no longer takes the token",
            )),
            Err(error) => Err(Failure::AuthorizationServer(error.clone())),
        }
    }

    /// A refresh is refused where the app is not installed; its answer is kept like every other.
    async fn presence_by_refresh(
        self: &Arc<Self>,
        key: &CredentialKey,
        hold: &Hold,
    ) -> Result<Presence, Failure> {
        match self.refresh(key, hold).await {
            Ok(_) => Ok(Presence::Installed),
            Err(Failure::Refused(refusal)) if refusal.code == RefusalCode::NotInstalled => {
                // Whether that word counts was decided where it was heard.
                let portal = self.parts.store.portal(&key.member_id).await?;
                if portal.is_none_or(|portal| portal.gone_at.is_some()) {
                    Ok(Presence::Gone)
                } else {
                    Err(OUTDATED)
                }
            }
            Err(Failure::Refused(refusal)) if refusal.code == RefusalCode::PaymentRequired => {
                Ok(Presence::Installed)
            }
            Err(failure) => Err(failure),
        }
    }

    async fn note_presence(&self, key: &CredentialKey, witness: &AppInfo) -> Result<Presence, Failure> {
        let ours = &witness.client_id == self.parts.server.client_id() && witness.member_id == key.member_id;
        if !ours {
            return Err(Failure::Internal(format!(
                "the token kept for {key} is not its own"
            )));
        }
        self.parts
            .store
            .set_status(&key.member_id, witness.status)
            .await?;
        Ok(Presence::Installed)
    }

    /// Remembers that the app is not installed in a portal any more, on the authorization server's word about a
    /// token of this generation that is kept here. A token of a former installation proves nothing about the present
    /// one, and neither does what was asked before somebody opened the app.
    pub(super) async fn note_gone(
        &self,
        key: &CredentialKey,
        word: (Generation, Timestamp),
    ) -> Result<Presence, Failure> {
        let (member_id, now) = (&key.member_id, self.parts.clock.now());
        if self.parts.store.mark_gone(member_id, word, now).await? {
            tracing::info!(%member_id, "the app is not installed there any more");
            Ok(Presence::Gone)
        } else {
            tracing::info!(%key, "a token of a former installation is over");
            Err(OUTDATED)
        }
    }

    /// A portal says that the app is not installed. That proves nothing, so the authorization server is asked,
    /// beside whatever is told to the person.
    pub(super) fn look_after(self: &Arc<Self>, member_id: &MemberId) {
        let (app, member_id) = (Arc::clone(self), member_id.clone());
        self.tasks.spawn(carried(span_apart!("deed"), async move {
            if let Err(failure) = app.ask_after(&member_id).await {
                tracing::info!(%member_id, %failure, "whether the app is installed there is not known");
            }
        }));
    }
}
