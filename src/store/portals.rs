//! Portals: where they answer and what proves their events.

use jiff::Timestamp;

use super::{Store, StoreError, micros, unreadable};
use crate::bitrix24::{AppStatus, ApplicationToken, ClientEndpoint, MemberId};
use crate::seal::Purpose;

/// A portal as the authorization server has named it.
#[derive(Clone, Debug)]
pub struct Portal {
    /// Its stable key.
    pub member_id: MemberId,
    /// Where its REST answers.
    pub client_endpoint: ClientEndpoint,
    /// How the app is installed there.
    pub status: AppStatus,
    /// The proof of its events, once an administrator has brought it.
    pub application_token: Option<ApplicationToken>,
}

/// `installed` sets the installation time; a launch keeps what is there. A missing token keeps the stored one.
const SAVE: &str = "
    insert into portals
        (member_id, domain, client_endpoint, status, application_token, installed_at, last_seen_at, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $7)
    on conflict (member_id) do update set
        domain = excluded.domain,
        client_endpoint = excluded.client_endpoint,
        status = excluded.status,
        application_token = coalesce(excluded.application_token, portals.application_token),
        installed_at = coalesce(excluded.installed_at, portals.installed_at),
        last_seen_at = excluded.last_seen_at,
        gone_at = null";

const MOVE: &str = "
    update portals
    set domain = $2, client_endpoint = $3, last_seen_at = $4
    where member_id = $1";

const ENDPOINT: &str = "
    select client_endpoint
    from portals
    where member_id = $1";

impl Store {
    /// Where a known portal answers.
    pub async fn portal_endpoint(&self, member_id: &MemberId) -> Result<Option<ClientEndpoint>, StoreError> {
        let text: Option<String> = on!(self.reads(), |pool| {
            sqlx::query_scalar(ENDPOINT)
                .bind(member_id.as_str())
                .fetch_optional(pool)
        })?;
        text.map(|text| read_endpoint(member_id, &text)).transpose()
    }

    /// Keeps a verified portal; `installed` says that this was an installation.
    pub async fn save_portal(
        &self,
        portal: &Portal,
        installed: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let token = match &portal.application_token {
            Some(token) => Some(self.seal_application_token(&portal.member_id, token)?),
            None => None,
        };
        on!(
            self.writes(),
            |pool| {
                sqlx::query(SAVE)
                    .bind(portal.member_id.as_str())
                    .bind(portal.client_endpoint.domain().as_str())
                    .bind(portal.client_endpoint.as_str())
                    .bind(portal.status.as_str())
                    .bind(&token)
                    .bind(installed.then(|| micros(now)))
                    .bind(micros(now))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// Remembers where the authorization server says a renamed portal answers now.
    pub async fn move_portal(
        &self,
        member_id: &MemberId,
        endpoint: &ClientEndpoint,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| {
                sqlx::query(MOVE)
                    .bind(member_id.as_str())
                    .bind(endpoint.domain().as_str())
                    .bind(endpoint.as_str())
                    .bind(micros(now))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    fn seal_application_token(
        &self,
        member_id: &MemberId,
        token: &ApplicationToken,
    ) -> Result<Vec<u8>, StoreError> {
        let context = member_id.as_str().as_bytes();
        Ok(self
            .keys
            .seal(Purpose::ApplicationToken, context, token.expose().as_bytes())?)
    }

    pub(super) fn open_application_token(
        &self,
        member_id: &MemberId,
        sealed: &[u8],
    ) -> Result<ApplicationToken, StoreError> {
        let context = member_id.as_str().as_bytes();
        let opened = self.keys.open(Purpose::ApplicationToken, context, sealed).ok();
        opened
            .and_then(|plain| {
                std::str::from_utf8(&plain)
                    .ok()
                    .and_then(|text| ApplicationToken::parse(text).ok())
            })
            .ok_or_else(|| unreadable("portals", member_id, "the application token does not open"))
    }
}

pub(super) fn read_endpoint(member_id: &MemberId, text: &str) -> Result<ClientEndpoint, StoreError> {
    ClientEndpoint::parse(text).map_err(|_| unreadable("portals", member_id, "the endpoint is no endpoint"))
}
