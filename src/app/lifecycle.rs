//! What lifecycle events mean: an installation or an update is believed like a launch, a payment is only a hint,
//! and an uninstall erases, if it is meant for what is installed now.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::bitrix24::{EventKind, LifecycleEvent, MemberId};
use crate::seal;
use crate::store::{Fence, KnownPortal};

use super::bind::Caller;
use super::presence::Presence;
use super::verify::{Brought, Occasion};
use super::worker::Verdict;
use super::{App, Failure};

/// So close to an installation clocks do not tell what came first: the authorization server is asked.
const CLOSE: SignedDuration = SignedDuration::from_mins(5);

/// The resolution of `ts`.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// On a mere hint the authorization server is asked about one portal at most this often.
const HINT_EVERY: SignedDuration = SignedDuration::from_mins(5);

impl App {
    /// Whether an event is to be kept at all. An uninstall must carry its portal's application token, and one that
    /// was taken before, or is of a portal that is erased, is only answered.
    pub(super) async fn admits(&self, event: &LifecycleEvent, identity: &[u8]) -> Result<bool, Failure> {
        if event.kind != EventKind::Uninstall {
            return Ok(true);
        }
        let Some(member_id) = &event.member_id else {
            return Err(Failure::Forged("the uninstall names no portal"));
        };
        let store = &self.parts.store;
        let portal = store.portal(member_id).await?;
        if portal.as_ref().is_some_and(|portal| is_proven(event, portal)) {
            return Ok(true);
        }
        let there = portal.is_some_and(|portal| portal.portal.application_token.is_some());
        if (!there && store.erasure(member_id).await?.is_some()) || store.knows_event(identity).await? {
            return Ok(false);
        }
        Err(Failure::Forged("the uninstall does not prove itself"))
    }

    /// Does what an event asks for, as far as it is to be believed.
    pub(super) async fn judge_event(self: &Arc<Self>, event: &LifecycleEvent) -> Verdict {
        let done = match event.kind {
            EventKind::Install => self.installed(event, false).await,
            EventKind::Update => self.installed(event, true).await,
            EventKind::Uninstall => self.uninstalled(event).await,
            EventKind::Payment => self.paid(event).await,
        };
        done.unwrap_or_else(|failure| verdict(event, &failure))
    }

    /// Whoever puts an event back has mended something: its token is asked about again.
    pub(super) async fn forget_refusal(&self, event: &LifecycleEvent) {
        if let Some(tokens) = &event.tokens {
            self.refusals.forget(&tokens.access).await;
        }
    }

    /// `ONAPPINSTALL` and `ONAPPUPDATE`: verified like a launch before anything is kept.
    async fn installed(&self, event: &LifecycleEvent, wiped: bool) -> Result<Verdict, Failure> {
        let (Some(member_id), Some(tokens)) = (&event.member_id, &event.tokens) else {
            return Ok(Verdict::Dead("the event carries no portal or no tokens"));
        };
        let brought = Brought {
            access: tokens.access.clone(),
            refresh: tokens.refresh.clone(),
            member_id: member_id.clone(),
            application_token: event.application_token.clone(),
        };
        let witness = self.verify(&brought).await?;
        let occasion = Occasion {
            installation: !wiped,
            wiped,
            shown: 0,
        };
        let kept = self.keep(&brought, &witness, occasion).await?;
        let bound = self.parts.store.portal(member_id).await?;
        let bound = bound.and_then(|portal| portal.bound).unwrap_or_default();
        if bound != self.binding_plan().fingerprint() {
            let caller = Caller {
                key: kept.holder.key,
                endpoint: witness.client_endpoint,
                access: brought.access,
            };
            match self.bind(&caller).await {
                // Whoever updated it may not bind; the next administrator who opens the app does.
                Ok(()) | Err(Failure::NotAdmin | Failure::Refused(_) | Failure::Unbound(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        if kept.unproven.is_some() {
            return Ok(Verdict::Again(
                "the portal does not say who has brought the application token",
            ));
        }
        Ok(Verdict::Done)
    }

    /// `ONAPPUNINSTALL`: erases what it is meant for, and nothing newer.
    async fn uninstalled(self: &Arc<Self>, event: &LifecycleEvent) -> Result<Verdict, Failure> {
        let Some(member_id) = &event.member_id else {
            return Ok(Verdict::Dead("the uninstall names no portal"));
        };
        let Some(portal) = self.parts.store.portal(member_id).await? else {
            self.finish_erasure(member_id).await?;
            return Ok(Verdict::Done);
        };
        if !is_proven(event, &portal) {
            tracing::info!(%member_id, "an uninstall is not of the present installation");
            return Ok(Verdict::Done);
        }
        let Some(erased_at) = self.end_of(event, &portal).await? else {
            tracing::info!(%member_id, "an uninstall is older than the present installation");
            return Ok(Verdict::Done);
        };
        // A portal's clock that is ahead must not reach what was verified by now.
        let erased_at = erased_at.min(self.platform_time());
        let fence = Fence::Installation {
            at: portal.installed_at,
            until: erased_at,
        };
        if event.clean {
            self.erase(member_id, fence, erased_at).await?;
        } else {
            self.depart(member_id, fence, erased_at).await?;
        }
        Ok(Verdict::Done)
    }

    /// When the present installation ended, by an uninstall that is proven to be this portal's; none if it did not.
    async fn end_of(
        self: &Arc<Self>,
        event: &LifecycleEvent,
        portal: &KnownPortal,
    ) -> Result<Option<Timestamp>, Failure> {
        let now = self.platform_time();
        // Whole seconds: what happened within the same one came before.
        let sent_at = event.sent_at.map(|sent| sent.checked_add(SECOND).unwrap_or(sent));
        let after = match (sent_at, portal.installed_at) {
            (Some(sent), Some(installed)) => Some(sent.duration_since(installed)),
            // No time to compare with: nothing newer is known.
            (Some(_), None) => return Ok(sent_at),
            (None, _) => None,
        };
        let member_id = &portal.portal.member_id;
        if portal.gone_at.is_some() {
            // The authorization server has said so, or an uninstall broke off whose tokens are erased already.
            return Ok(Some(sent_at.unwrap_or(now)));
        }
        // A portal whose clock is ahead says nothing about the order.
        let ahead = sent_at.is_some_and(|sent| sent.duration_since(now) > CLOSE);
        match after {
            Some(after) if after > CLOSE && !ahead => return Ok(sent_at),
            Some(after) if after < -CLOSE => {
                // Or its clock is behind, and this is the present installation's after all: then that it is gone is
                // remembered by the question.
                self.presence(member_id).await?;
                return Ok(None);
            }
            _ => {}
        }
        match self.presence(member_id).await? {
            Presence::Installed => Ok(None),
            // Proven now, whatever the clocks say.
            Presence::Gone => Ok(Some(self.platform_time())),
            // Nobody is left to ask with: the proof and the order of the times decide.
            Presence::Unknown => {
                let not_older = after.is_some_and(|after| !after.is_negative());
                Ok(sent_at.filter(|_| not_older))
            }
        }
    }

    /// `ONAPPPAYMENT`: anybody could have sent it, so it only leads to a question.
    async fn paid(self: &Arc<Self>, event: &LifecycleEvent) -> Result<Verdict, Failure> {
        let Some(member_id) = &event.member_id else {
            return Ok(Verdict::Dead("the event names no portal"));
        };
        self.ask_after(member_id).await?;
        Ok(Verdict::Done)
    }

    /// Asks the authorization server about a portal on a hint, if that was not done just now.
    pub(super) async fn ask_after(self: &Arc<Self>, member_id: &MemberId) -> Result<(), Failure> {
        let now = self.parts.clock.now();
        if self
            .parts
            .store
            .may_ask(member_id, (now, now - HINT_EVERY))
            .await?
        {
            self.presence(member_id).await?;
        }
        Ok(())
    }
}

/// Whether an uninstall carries the portal's application token.
fn is_proven(event: &LifecycleEvent, portal: &KnownPortal) -> bool {
    let tokens = (&event.application_token, &portal.portal.application_token);
    matches!(tokens, (Some(sent), Some(stored))
        if seal::same(sent.expose().as_bytes(), stored.expose().as_bytes()))
}

/// What a failure means for an event: outages pass, everything else stays as it is.
fn verdict(event: &LifecycleEvent, failure: &Failure) -> Verdict {
    let member_id = event.member_id.as_ref().map(MemberId::as_str);
    tracing::warn!(event = event.kind.as_str(), member_id, %failure, "an event did not come through");
    match failure {
        Failure::AuthorizationServer(_) => Verdict::Again("the authorization server cannot be asked"),
        Failure::Storage(_) => Verdict::Again("the database does not serve"),
        Failure::Portal(_) | Failure::TimedOut | Failure::RateLimited { .. } => {
            Verdict::Again("the portal does not serve")
        }
        Failure::Overloaded => Verdict::Again("too much is under way for its portal"),
        Failure::Internal(_) => Verdict::Again("our own fault; see the log"),
        Failure::Forged(why) | Failure::ReopenApp(why) => Verdict::Dead(why),
        _ => Verdict::Dead(failure.slug().as_str()),
    }
}
