//! Portals, as they are listed and shown.

use jiff::Timestamp;
use sqlx::QueryBuilder;

use super::{Overview, Page, optional_instant};
use crate::bitrix24::MemberId;
use crate::store::{Connection, StoreError, connections, instant, unreadable};

/// A portal without its secrets.
#[derive(Clone, Debug)]
pub struct PortalSummary {
    /// Its stable key.
    pub member_id: MemberId,
    /// Where people find it.
    pub domain: String,
    /// Where its REST answers.
    pub client_endpoint: String,
    /// The platform's letter for how the app is installed.
    pub status: String,
    /// When the app was installed, by the authorization server's time.
    pub installed_at: Option<Timestamp>,
    /// When anybody last opened the app.
    pub last_seen_at: Timestamp,
    /// When it was first heard of.
    pub created_at: Timestamp,
    /// When it was found to be gone.
    pub gone_at: Option<Timestamp>,
    /// What the installer has bound there.
    pub bound: Option<String>,
    /// Whether its events can be proven.
    pub application_token_known: bool,
}

/// Which portals are wanted.
#[derive(Clone, Debug, Default)]
pub struct PortalFilter {
    /// Only this one.
    pub member_id: Option<MemberId>,
    /// Only those whose domain contains this text.
    pub domain: Option<String>,
    /// Only those that are gone, or only those that are not.
    pub gone: Option<bool>,
}

#[derive(sqlx::FromRow)]
struct PortalRow {
    member_id: String,
    domain: String,
    client_endpoint: String,
    status: String,
    installed_at: Option<i64>,
    last_seen_at: i64,
    created_at: i64,
    gone_at: Option<i64>,
    bound: Option<String>,
    token_known: bool,
}

const SELECT: &str = "
    select member_id, domain, client_endpoint, status, installed_at, last_seen_at, created_at, gone_at, bound,
        application_token is not null as token_known
    from portals
    where 1 = 1";

const CONNECTIONS: &str = "
    select code, bot_id, user_id, connected_at
    from connections
    where member_id = $1
    order by connected_at desc, id desc
    limit $2";

impl Overview {
    /// Portals, those first that were seen last.
    pub async fn portals(&self, filter: &PortalFilter, most: u32) -> Result<Page<PortalSummary>, StoreError> {
        let rows: Vec<PortalRow> = on!(self.reads(), |pool| async {
            let mut query = QueryBuilder::new(SELECT);
            if let Some(member_id) = &filter.member_id {
                query.push(" and member_id = ").push_bind(member_id.as_str());
            }
            if let Some(domain) = &filter.domain {
                // `replace` finds a text without giving `%` and `_` in it a meaning.
                query.push(" and replace(domain, ").push_bind(domain.as_str());
                query.push(", '') <> domain");
            }
            match filter.gone {
                Some(true) => query.push(" and gone_at is not null"),
                Some(false) => query.push(" and gone_at is null"),
                None => &mut query,
            };
            query.push(" order by last_seen_at desc, member_id limit ");
            query.push_bind(i64::from(most) + 1);
            query.build_query_as().fetch_all(pool).await
        })?;
        let rows: Result<_, _> = rows.into_iter().map(portal).collect();
        Ok(Page::of(rows?, most))
    }

    /// The channels connected in a portal, newest first.
    pub async fn connections(&self, member_id: &MemberId, most: u32) -> Result<Page<Connection>, StoreError> {
        let rows: Vec<connections::ConnectionRow> = on!(self.reads(), |pool| {
            sqlx::query_as(CONNECTIONS)
                .bind(member_id.as_str())
                .bind(i64::from(most) + 1)
                .fetch_all(pool)
        })?;
        let rows: Result<_, _> = rows
            .iter()
            .map(|row| connections::connection(member_id, row))
            .collect();
        Ok(Page::of(rows?, most))
    }
}

fn portal(row: PortalRow) -> Result<PortalSummary, StoreError> {
    let member_id = MemberId::parse(&row.member_id)
        .map_err(|_| unreadable("portals", &row.member_id, "the member_id is none"))?;
    Ok(PortalSummary {
        installed_at: optional_instant(row.installed_at, "portals", &member_id)?,
        last_seen_at: instant(row.last_seen_at, "portals", &member_id)?,
        created_at: instant(row.created_at, "portals", &member_id)?,
        gone_at: optional_instant(row.gone_at, "portals", &member_id)?,
        domain: row.domain,
        client_endpoint: row.client_endpoint,
        status: row.status,
        bound: row.bound,
        application_token_known: row.token_known,
        member_id,
    })
}
