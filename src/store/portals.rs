//! Portals: where they answer, what proves their events, and what is bound in them. Whether they are still there:
//! see `presence`.

use jiff::{SignedDuration, Timestamp};

use super::{Store, StoreError, instant, micros, readable, unreadable};
use crate::bitrix24::{AppStatus, ApplicationToken, ClientEndpoint, MemberId};
use crate::seal::Purpose;

/// A portal that nobody has opened for so long is asked after.
pub(super) const UNSEEN: SignedDuration = SignedDuration::from_hours(30 * 24);

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

/// How a portal was verified.
#[derive(Clone, Copy, Debug)]
pub struct Verification {
    /// When, by the authorization server's clock.
    pub at: Timestamp,
    /// Whether it was an installation: its time counts from here on, whatever was known before.
    pub installation: bool,
    /// Whether the portal has wiped what was bound in it.
    pub wiped: bool,
}

/// A portal and its life with us.
#[derive(Clone, Debug)]
pub struct KnownPortal {
    /// The portal.
    pub portal: Portal,
    /// The last verified installation, by the authorization server's clock.
    pub installed_at: Option<Timestamp>,
    /// What is bound in it; see the migration.
    pub bound: Option<String>,
    /// Since when the app is not installed there.
    pub gone_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct PortalRow {
    client_endpoint: String,
    status: String,
    application_token: Option<Vec<u8>>,
    installed_at: Option<i64>,
    bound: Option<String>,
    gone_at: Option<i64>,
}

/// An installation sets its time; a launch keeps what is there, unless the portal was gone. The time never goes back:
/// whoever is late with an earlier verification must not make a newer installation look older. A missing token keeps
/// the stored one, and so does one that was verified before the present installation.
const SAVE: &str = "
    insert into portals
        (member_id, domain, client_endpoint, status, application_token, installed_at, last_seen_at, created_at,
            check_at)
    values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
    on conflict (member_id) do update set
        domain = excluded.domain,
        client_endpoint = excluded.client_endpoint,
        status = excluded.status,
        application_token = case
            when excluded.installed_at < portals.installed_at then portals.application_token
            else coalesce(excluded.application_token, portals.application_token)
        end,
        installed_at = case
            when excluded.installed_at < portals.installed_at then portals.installed_at
            when $9 or portals.gone_at is not null then excluded.installed_at
            else coalesce(portals.installed_at, excluded.installed_at)
        end,
        bound = case when $10 and portals.bound is not null then '' else portals.bound end,
        last_seen_at = excluded.last_seen_at,
        check_at = excluded.check_at,
        gone_at = null";

const MOVE: &str = "
    update portals
    set domain = $2, client_endpoint = $3, last_seen_at = $4
    where member_id = $1";

const ENDPOINT: &str = "
    select client_endpoint
    from portals
    where member_id = $1";

const KNOWN: &str = "
    select client_endpoint, status, application_token, installed_at, bound, gone_at
    from portals
    where member_id = $1";

const BOUND: &str = "
    update portals
    set bound = $2
    where member_id = $1";

const STATUS: &str = "
    update portals
    set status = $2
    where member_id = $1";

/// Looked at first: most hints about a portal that is unknown, or was asked after, cost no write.
const ASKABLE: &str = "
    select count(*)
    from portals
    where member_id = $1 and coalesce(asked_at, 0) <= $2";

/// Whoever moves the time may ask; all others find it moved.
const ASK: &str = "
    update portals
    set asked_at = $2
    where member_id = $1 and coalesce(asked_at, 0) <= $3";

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

    /// A portal and its life with us.
    pub async fn portal(&self, member_id: &MemberId) -> Result<Option<KnownPortal>, StoreError> {
        let row: Option<PortalRow> = on!(self.reads(), |pool| {
            sqlx::query_as(KNOWN)
                .bind(member_id.as_str())
                .fetch_optional(pool)
        })?;
        row.map(|row| self.known_portal(member_id, row)).transpose()
    }

    /// Keeps a verified portal.
    pub async fn save_portal(
        &self,
        portal: &Portal,
        verification: Verification,
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
                    .bind(micros(verification.at))
                    .bind(micros(now))
                    .bind(micros(now + UNSEEN))
                    .bind(verification.installation)
                    .bind(verification.wiped)
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

    /// Remembers what is bound in a portal.
    pub async fn set_bound(&self, member_id: &MemberId, bound: &str) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| sqlx::query(BOUND)
                .bind(member_id.as_str())
                .bind(bound)
                .execute(pool),
            drop
        )?;
        Ok(())
    }

    /// Remembers how the app is installed in a portal.
    pub async fn set_status(&self, member_id: &MemberId, status: AppStatus) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| {
                sqlx::query(STATUS)
                    .bind(member_id.as_str())
                    .bind(status.as_str())
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// Whether the authorization server may be asked about a portal on a mere hint: not when that was done
    /// after `not_since` already.
    pub async fn may_ask(
        &self,
        member_id: &MemberId,
        (now, not_since): (Timestamp, Timestamp),
    ) -> Result<bool, StoreError> {
        let askable: i64 = on!(self.reads(), |pool| {
            sqlx::query_scalar(ASKABLE)
                .bind(member_id.as_str())
                .bind(micros(not_since))
                .fetch_one(pool)
        })?;
        if askable == 0 {
            return Ok(false);
        }
        let asked = on!(
            self.writes(),
            |pool| {
                sqlx::query(ASK)
                    .bind(member_id.as_str())
                    .bind(micros(now))
                    .bind(micros(not_since))
                    .execute(pool)
            },
            |done| done.rows_affected()
        )?;
        Ok(asked == 1)
    }

    fn known_portal(&self, member_id: &MemberId, row: PortalRow) -> Result<KnownPortal, StoreError> {
        let time = |at: Option<i64>| at.map(|at| instant(at, "portals", member_id)).transpose();
        Ok(KnownPortal {
            portal: Portal {
                member_id: member_id.clone(),
                client_endpoint: read_endpoint(member_id, &row.client_endpoint)?,
                status: AppStatus::parse(&row.status),
                application_token: self.readable_application_token(member_id, row.application_token),
            },
            installed_at: time(row.installed_at)?,
            gone_at: time(row.gone_at)?,
            bound: row.bound,
        })
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

    /// The application token, if it opens under any key.
    pub(super) fn readable_application_token(
        &self,
        member_id: &MemberId,
        sealed: Option<Vec<u8>>,
    ) -> Option<ApplicationToken> {
        readable(self.open_application_token(member_id, &sealed?))
    }

    fn open_application_token(
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

pub(super) fn read_member_id(text: &str) -> Result<MemberId, StoreError> {
    MemberId::parse(text).map_err(|_| unreadable("portals", &text, "the member_id is none"))
}
