//! What the deployment keeps, as far as attempts need it: keys, and something true to forge with.

use std::sync::Arc;

use crate::app::Clock;
use crate::bitrix24::{AccessToken, MemberId};
use crate::cli::{Stop, open, told};
use crate::config::{self, Environment};
use crate::seal::KeyRing;
use crate::store::{
    Credential, CredentialFilter, CredentialKey, CredentialState, Overview, PortalFilter, PortalSummary,
    Store, StoreError,
};

/// So many of the newest are looked at for one that serves.
const LOOKED_AT: u32 = 25;

/// The database of the deployment, with its keys.
pub(super) struct Kept {
    pub(super) overview: Overview,
    pub(super) store: Store,
    pub(super) keys: Arc<KeyRing>,
}

impl Kept {
    /// Opens what the settings name; the reason why not is for people.
    pub(super) async fn open(environment: &Environment) -> Result<Self, String> {
        let database = config::existing_database(environment).map_err(|fault| fault.to_string())?;
        let keys = config::existing_keys(environment, &database).map_err(|fault| fault.to_string())?;
        Ok(Self {
            overview: open::overview(environment).await.map_err(why)?,
            store: open::store(environment).await.map_err(why)?,
            keys: Arc::new(keys),
        })
    }

    /// Ends what was opened.
    pub(super) async fn close(&self) {
        self.store.close().await;
        self.overview.close().await;
    }

    /// A user whose tokens are kept and in force, and their access token; one that has not expired if there is one.
    pub(super) async fn live_user(&self) -> Result<Option<(CredentialKey, AccessToken)>, StoreError> {
        let live = CredentialFilter {
            state: Some(CredentialState::Live),
            ..CredentialFilter::default()
        };
        let (now, mut stale) = (Clock::system().now(), None);
        for summary in self.overview.credentials(&live, LOOKED_AT).await?.rows {
            let standing = self.store.standing(&summary.key).await?;
            let Some(Credential { pair, .. }) = standing.and_then(|standing| standing.credential) else {
                continue;
            };
            if pair.expires_at.is_some_and(|end| end > now) {
                return Ok(Some((summary.key, pair.access)));
            }
            stale = stale.or(Some((summary.key, pair.access)));
        }
        Ok(stale)
    }

    /// A portal that has the app, whose uninstall could be proven.
    pub(super) async fn provable_portal(&self) -> Result<Option<PortalSummary>, StoreError> {
        let there = PortalFilter {
            gone: Some(false),
            ..PortalFilter::default()
        };
        let portals = self.overview.portals(&there, LOOKED_AT).await?.rows;
        Ok(portals.into_iter().find(|portal| portal.application_token_known))
    }

    /// A portal by its id.
    pub(super) async fn portal(&self, member_id: &MemberId) -> Result<Option<PortalSummary>, StoreError> {
        let this = PortalFilter {
            member_id: Some(member_id.clone()),
            ..PortalFilter::default()
        };
        Ok(self.overview.portals(&this, 1).await?.rows.pop())
    }

    /// Whether anything is kept of a portal.
    pub(super) async fn knows(&self, member_id: &MemberId) -> Result<bool, StoreError> {
        let of_portal = CredentialFilter {
            member_id: Some(member_id.clone()),
            ..CredentialFilter::default()
        };
        let users = self.overview.credentials(&of_portal, 1).await?.rows;
        Ok(!users.is_empty() || self.portal(member_id).await?.is_some())
    }
}

fn why(stop: Stop) -> String {
    match stop {
        Stop::Config(fault) => fault.to_string(),
        Stop::Failed(error) => told(&error),
        Stop::NobodyReads => String::new(),
    }
}
