//! Erasing what is known of a portal: everything, or everything but the connections. See `store::erasures` for
//! the order of the steps, each of which may be done twice.

use jiff::Timestamp;

use crate::bitrix24::MemberId;
use crate::crash;
use crate::store::{Erasure, Fence};

use super::{App, Failure};

impl App {
    /// Erases everything of a portal. False when the fence did not match: something newer is there.
    pub(super) async fn erase(
        &self,
        member_id: &MemberId,
        fence: Fence,
        erased_at: Timestamp,
    ) -> Result<bool, Failure> {
        let erasure = self.record(member_id, erased_at).await?;
        // Before and after: what breaks off before the portal is deleted is begun anew, and what was written
        // meanwhile goes, too.
        crash::point("erase.recorded");
        self.blank(member_id, erasure).await?;
        crash::point("erase.blanked");
        let erased = self.parts.store.delete_portal(member_id, fence).await?;
        crash::point("erase.deleted");
        self.blank(member_id, erasure).await?;
        tracing::info!(erased, "a portal was erased");
        Ok(erased)
    }

    /// Finishes an erasure that broke off after the portal itself was deleted.
    pub(super) async fn finish_erasure(&self, member_id: &MemberId) -> Result<(), Failure> {
        if let Some(erasure) = self.parts.store.erasure(member_id).await? {
            self.blank(member_id, erasure).await?;
        }
        Ok(())
    }

    /// Erases tokens and users of a portal, whose connections stay for a reinstallation until the keep time is
    /// over. False when the fence did not match.
    pub(super) async fn depart(
        &self,
        member_id: &MemberId,
        fence: Fence,
        erased_at: Timestamp,
    ) -> Result<bool, Failure> {
        let erasure = self.record(member_id, erased_at).await?;
        let store = &self.parts.store;
        let departed = store
            .begin_departure(member_id, fence, erasure.recorded_at)
            .await?;
        if departed {
            crash::point("depart.begun");
            self.blank(member_id, erasure).await?;
            crash::point("depart.blanked");
            store.end_departure(member_id).await?;
        }
        tracing::info!(departed, "a portal's tokens and users were erased");
        Ok(departed)
    }

    /// Erases everything of a portal on the operator's word. False when nothing was known of it.
    pub(super) async fn forget(&self, member_id: &MemberId) -> Result<bool, Failure> {
        let known = self.parts.store.portal(member_id).await?.is_some();
        let now = self.platform_time();
        Ok(self.erase(member_id, Fence::Anything, now).await? || known)
    }

    async fn record(&self, member_id: &MemberId, erased_at: Timestamp) -> Result<Erasure, Failure> {
        let erasure = Erasure {
            // A portal's clock that is far ahead must not keep a new installation out.
            erased_at: erased_at.min(self.platform_time()),
            recorded_at: self.parts.clock.now(),
        };
        self.parts.store.record_erasure(member_id, erasure).await?;
        Ok(erasure)
    }

    async fn blank(&self, member_id: &MemberId, erasure: Erasure) -> Result<(), Failure> {
        self.parts
            .store
            .blank_log(member_id, erasure.blanks_until())
            .await?;
        self.parts.store.blank_events(member_id).await?;
        Ok(())
    }
}
