//! One REST call in a user's name, with everything the platform allows to be put right on the way: an
//! expired token, a renamed portal, a passing limit. Each at most once, limits a few times.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::bitrix24::{Authority, Call, CallError, ClientEndpoint, Refusal, RefusalCode};
use crate::store::{Birth, Credential, CredentialKey, CredentialState, Holder, Standing};

use super::{App, Failure, Trouble, pace};

/// Waits before repeating a call that met the portal's request limit, which sends no Retry-After.
const LIMIT_WAITS: u32 = 3;
const FIRST_LIMIT_WAIT: Duration = Duration::from_millis(700);
const LONGEST_LIMIT_WAIT: Duration = Duration::from_secs(4);

/// What a call is made with: where, and in whose name.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    pub(super) endpoint: ClientEndpoint,
    pub(super) credential: Credential,
}

/// A call's result, and the endpoint that gave it.
pub(super) struct Done<T> {
    pub(super) result: T,
    pub(super) endpoint: ClientEndpoint,
}

/// What may still be tried during one call.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four remedies, each used up on its own"
)]
struct Allowance {
    refresh: bool,
    reread: bool,
    rename: bool,
    repeat: bool,
    limit_waits: u32,
}

impl Hold {
    /// In whose name the calls are made.
    pub(super) fn authority(&self, key: &CredentialKey) -> Authority<'_> {
        Authority {
            endpoint: &self.endpoint,
            whose: key.whose(),
            access: &self.credential.pair.access,
        }
    }

    /// What is stored, if it may be used at all.
    pub(super) fn of(standing: Option<Standing>) -> Result<Self, Failure> {
        let standing = standing.ok_or(Failure::ReopenApp("the portal is not known"))?;
        let credential = standing
            .credential
            .ok_or(Failure::ReopenApp("the user's tokens are not known"))?;
        if credential.state == CredentialState::Live {
            Ok(Self {
                endpoint: standing.portal.client_endpoint,
                credential,
            })
        } else {
            Err(Failure::ReopenApp("the user's tokens are over"))
        }
    }

    /// What is held, if it is the credential of this birth. Another one is of another installation: whoever came in
    /// before it must come in anew.
    fn born(self, birth: Birth) -> Result<Self, Failure> {
        if self.credential.birth == birth {
            Ok(self)
        } else {
            Err(Failure::ReopenApp("the session is of a former installation"))
        }
    }
}

impl App {
    /// Calls a method with the tokens of exactly this user, and reads its result. The tokens must be those of the
    /// credential with which the user came in, or what a refresh has made of them.
    pub(super) async fn on_behalf<T>(
        self: &Arc<Self>,
        holder: &Holder,
        call: &Call,
        read: impl Fn(&Value) -> Result<T, CallError>,
    ) -> Result<Done<T>, Failure> {
        let key = &holder.key;
        let mut hold = Hold::of(self.parts.store.standing(key).await?)?;
        let mut allowance = Allowance {
            refresh: true,
            reread: true,
            rename: true,
            repeat: true,
            limit_waits: 0,
        };
        loop {
            hold = hold.born(holder.birth)?;
            let answer = self.parts.portals.call(hold.authority(key), call).await;
            match answer.and_then(|result| read(&result)) {
                Ok(result) => {
                    return Ok(Done {
                        result,
                        endpoint: hold.endpoint,
                    });
                }
                // Seldom needed, and large: most calls need not carry it along.
                Err(error) => hold = Box::pin(self.put_right(key, hold, error, &mut allowance)).await?,
            }
        }
    }

    /// Makes the next attempt possible, or says why there is none.
    async fn put_right(
        self: &Arc<Self>,
        key: &CredentialKey,
        hold: Hold,
        error: CallError,
        allowance: &mut Allowance,
    ) -> Result<Hold, Failure> {
        match (&error, error.code()) {
            (_, Some(code)) if concerns_token(code) => self.renewed(key, hold, error, allowance).await,
            (CallError::Moved, _) if allowance.rename => self.relocated(key, hold, allowance).await,
            (_, Some(RefusalCode::QueryLimitExceeded)) if allowance.limit_waits < LIMIT_WAITS => {
                let wait = pace::backoff(FIRST_LIMIT_WAIT, allowance.limit_waits, LONGEST_LIMIT_WAIT);
                allowance.limit_waits += 1;
                tokio::time::sleep(wait).await;
                Ok(hold)
            }
            (_, Some(RefusalCode::InternalServerError)) if allowance.repeat => {
                allowance.repeat = false;
                Ok(hold)
            }
            (_, code) => {
                if code == Some(RefusalCode::ApplicationNotFound) {
                    self.look_after(&key.member_id);
                }
                Err(Failure::of_portal(error, self.parts.clock.now()))
            }
        }
    }

    /// After a refused token: a refresh if it has expired, the stored pair if a refresh elsewhere killed it.
    async fn renewed(
        self: &Arc<Self>,
        key: &CredentialKey,
        hold: Hold,
        error: CallError,
        allowance: &mut Allowance,
    ) -> Result<Hold, Failure> {
        if error.code() == Some(RefusalCode::ExpiredToken) {
            if !std::mem::take(&mut allowance.refresh) {
                return Err(Failure::of_portal(error, self.parts.clock.now()));
            }
            return self.refresh(key, &hold).await;
        }
        if !std::mem::take(&mut allowance.reread) {
            return Err(Failure::of_portal(error, self.parts.clock.now()));
        }
        let stored = Hold::of(self.parts.store.standing(key).await?)?.born(hold.credential.birth)?;
        if stored.credential.generation > hold.credential.generation {
            return Ok(stored);
        }
        let unresolved = stored.credential.claim.is_some() || stored.credential.unresolved;
        if unresolved || self.flights.is_flying(key, stored.credential.generation) {
            return self.refresh(key, &stored).await;
        }
        Err(Failure::of_portal(error, self.parts.clock.now()))
    }

    /// After a redirect to another host: the authorization server names the new endpoint, or refuses the
    /// token, which is then put right first.
    async fn relocated(
        self: &Arc<Self>,
        key: &CredentialKey,
        hold: Hold,
        allowance: &mut Allowance,
    ) -> Result<Hold, Failure> {
        let asked_at = self.parts.clock.now();
        let access = &hold.credential.pair.access;
        let witness = match self.parts.server.app_info_of(key.whose(), access).await {
            Ok(witness) => witness,
            Err(error) => {
                let error = as_token_refusal(error);
                if error.code() == Some(RefusalCode::NotInstalled) {
                    self.note_gone(key, (hold.credential.generation, asked_at))
                        .await?;
                }
                if error.code().is_some_and(concerns_token) {
                    return self.renewed(key, hold, error, allowance).await;
                }
                return Err(Failure::of_server(error, self.parts.clock.now()));
            }
        };
        allowance.rename = false;
        let ours = &witness.client_id == self.parts.server.client_id() && witness.member_id == key.member_id;
        if !ours || witness.client_endpoint == hold.endpoint {
            return Err(Failure::Portal(Trouble::Redirecting));
        }
        self.remember_endpoint(key, &witness.client_endpoint).await?;
        Ok(Hold {
            endpoint: witness.client_endpoint,
            ..hold
        })
    }

    /// Keeps where the authorization server says the portal answers now, if calls may go there. When it cannot
    /// be written, the next call learns it again.
    pub(super) async fn remember_endpoint(
        &self,
        key: &CredentialKey,
        endpoint: &ClientEndpoint,
    ) -> Result<(), Failure> {
        if endpoint.permitted_by(&self.parts.egress).is_err() {
            return Err(Failure::Portal(Trouble::Unreachable));
        }
        tracing::info!(%key, domain = %endpoint.domain(), "the portal was renamed");
        let moved = self
            .parts
            .store
            .move_portal(&key.member_id, endpoint, self.parts.clock.now())
            .await;
        if let Err(error) = moved {
            tracing::warn!(%key, %error, "the portal's new address was not kept");
        }
        Ok(())
    }
}

/// At `app.info`, `invalid_client` is said of a token that is nobody's.
fn as_token_refusal(error: CallError) -> CallError {
    match error {
        CallError::Refused(refusal) if refusal.code == RefusalCode::InvalidClient => {
            CallError::Refused(Refusal {
                code: RefusalCode::InvalidToken,
                ..refusal
            })
        }
        other => other,
    }
}

/// Refusals that are about the token and not about the call.
fn concerns_token(code: RefusalCode) -> bool {
    matches!(
        code,
        RefusalCode::ExpiredToken
            | RefusalCode::InvalidToken
            | RefusalCode::NoAuthFound
            | RefusalCode::AuthorizationError
    )
}
