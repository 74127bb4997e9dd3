//! Launch and install: the authorization server's word, then portal and credential, then a session; the installer
//! also binds what the app needs to hear of.

use std::sync::Arc;

use crate::bitrix24::{AppInfo, LaunchRequest, MemberId, OpenChannelCode, Origin};
use crate::store::CredentialKey;

use super::bind::Caller;
use super::connect::SHOWN;
use super::verify::{Brought, Kept, Occasion};
use super::{App, Failure, Listed, Session};

/// A verified launch.
#[derive(Clone, Debug)]
pub struct Launched {
    /// Who opened the app.
    pub session: Session,
    /// The code that a shared link asked to prefill, if it is one.
    pub suggested_code: Option<OpenChannelCode>,
    /// The portal's connected channels, newest first.
    pub listed: Vec<Listed>,
}

/// A verified launch of the installer.
#[derive(Clone, Debug)]
pub struct Installed {
    /// The origins that may frame the installer's page.
    pub frame: Vec<Origin>,
    /// Whether everything is bound; if not, the installation is not to be finished yet.
    pub bound: Result<(), Failure>,
}

impl App {
    /// Believes a launch as far as the authorization server vouches for it, and keeps portal and tokens. On
    /// any mismatch nothing is kept. Runs to its end even if the person goes away: what is half kept may belong to a
    /// portal that is being erased.
    pub async fn launch(self: &Arc<Self>, request: &LaunchRequest) -> Result<Launched, Failure> {
        let (app, request) = (Arc::clone(self), request.clone());
        let launched = self
            .see_through(async move { app.launched(&request).await })
            .await?;
        launched.session.note_opening();
        Ok(launched)
    }

    /// The same for the installer, which also binds what the app needs to hear of.
    pub async fn install(self: &Arc<Self>, request: &LaunchRequest) -> Result<Installed, Failure> {
        let (app, request) = (Arc::clone(self), request.clone());
        self.see_through(async move { app.installed_by_hand(&request).await })
            .await
    }

    async fn launched(self: &Arc<Self>, request: &LaunchRequest) -> Result<Launched, Failure> {
        let occasion = Occasion {
            installation: false,
            wiped: false,
            shown: SHOWN,
        };
        let (witness, kept) = self.admit(request, occasion).await?;
        self.bind_if_due(&kept, caller(request, &witness, &kept.holder.key));
        let (endpoint, reader) = (&witness.client_endpoint, kept.holder.key.user_id);
        Ok(Launched {
            listed: Listed::all(kept.connections, Some(endpoint), reader),
            session: Session::new(
                self.opening(kept.holder),
                frame(&witness, request),
                request.language.clone(),
            ),
            suggested_code: request.suggested_code.clone(),
        })
    }

    async fn installed_by_hand(&self, request: &LaunchRequest) -> Result<Installed, Failure> {
        let occasion = Occasion {
            installation: true,
            wiped: true,
            shown: 0,
        };
        let (witness, kept) = self.admit(request, occasion).await?;
        let bound = self.bind(&caller(request, &witness, &kept.holder.key)).await;
        Ok(Installed {
            frame: frame(&witness, request),
            bound,
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

    async fn admit(&self, request: &LaunchRequest, occasion: Occasion) -> Result<(AppInfo, Kept), Failure> {
        let brought = Brought {
            access: request.access.clone(),
            refresh: request.refresh.clone(),
            member_id: request.member_id.clone(),
            application_token: request.application_token.clone(),
        };
        let witness = self.verify(&brought).await?;
        // An application token that could not be proven is tried again at the next launch.
        let kept = self.keep(&brought, &witness, occasion).await?;
        Ok((witness, kept))
    }
}

/// The launch's own token, for what is to be bound in the name of whoever opened the app.
fn caller(request: &LaunchRequest, witness: &AppInfo, key: &CredentialKey) -> Caller {
    Caller {
        key: key.clone(),
        endpoint: witness.client_endpoint.clone(),
        access: request.access.clone(),
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
