//! Binding what the app needs to hear of, in one call whose answer says what is bound then. The portal wipes it at
//! an update and at a reinstallation, so it is done again by whoever may.

use std::sync::Arc;

use crate::bitrix24::{AccessToken, Authority, BindingPlan, ClientEndpoint, Refusal, RefusalCode, Unbound};
use crate::store::CredentialKey;

use super::correlation::{carried, span_apart};
use super::verify::Kept;
use super::{App, Failure};

/// What placements are called in the portal.
const TITLE: &str = "Channel Connect";

/// In whose name something is bound: an administrator's, or the portal refuses.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) key: CredentialKey,
    pub(super) endpoint: ClientEndpoint,
    pub(super) access: AccessToken,
}

impl App {
    /// Binds everything, checks that it is bound, and remembers that. Placements are the publisher's wish: that
    /// one is missing is said in the log and holds nobody up.
    pub(super) async fn bind(&self, caller: &Caller) -> Result<(), Failure> {
        let member_id = &caller.key.member_id;
        let _waiting = self.openings.join(member_id).ok_or(Failure::Overloaded)?;
        let plan = self.binding_plan();
        let authority = Authority {
            endpoint: &caller.endpoint,
            whose: caller.key.whose(),
            access: &caller.access,
        };
        let answer = self
            .parts
            .portals
            .call(authority, &plan.call(self.parts.timeouts.read))
            .await;
        let report = answer
            .and_then(|result| plan.read(&result))
            .map_err(|error| Failure::of_portal(error, self.parts.clock.now()))?;
        for Unbound { what, code } in &report.placements {
            tracing::error!(%member_id, placement = what, code, "a placement was not bound: does the app have its scope?");
        }
        if let Some(unbound) = report.events.first() {
            tracing::warn!(%member_id, event = unbound.what, code = unbound.code, "an event was not bound");
            return Err(refused(unbound));
        }
        self.parts.store.set_bound(member_id, &plan.fingerprint()).await?;
        tracing::info!(%member_id, "events are bound");
        Ok(())
    }

    /// Binds again, beside the launch, where that is due: after an update, or after our address has changed.
    pub(super) fn bind_if_due(self: &Arc<Self>, kept: &Kept, caller: Caller) {
        let bound = kept.before.as_ref().and_then(|before| before.bound.as_ref());
        let due = bound.is_some_and(|bound| *bound != self.binding_plan().fingerprint());
        if !due {
            return;
        }
        let app = Arc::clone(self);
        self.tasks.spawn(carried(span_apart!("deed"), async move {
            if let Err(failure) = app.bind(&caller).await {
                // Whoever is no administrator cannot; the next one who opens the app may.
                tracing::info!(key = %caller.key, %failure, "events are still to be bound");
            }
        }));
    }

    /// What is to be bound, by the configuration.
    pub(super) fn binding_plan(&self) -> BindingPlan {
        let bindings = &self.parts.bindings;
        let address = |path: &str| {
            let mut url = bindings.public_url.clone();
            url.set_path(path);
            url
        };
        BindingPlan {
            event_handler: address("/events"),
            placement_handler: address("/app"),
            placements: bindings.placements.clone(),
            title: TITLE.to_owned(),
        }
    }
}

/// Inside a batch `ACCESS_DENIED` is said of people; the portal's plan would have refused the whole batch.
fn refused(unbound: &Unbound) -> Failure {
    let refusal = Refusal::of_code(&unbound.code);
    match refusal.code {
        RefusalCode::AccessDenied => Failure::NotAdmin,
        RefusalCode::InsufficientScope => Failure::Refused(refusal),
        _ => Failure::Unbound(unbound.clone()),
    }
}
