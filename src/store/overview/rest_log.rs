//! The log of REST calls, read page by page: it may have millions of rows, each with a request and a response.

use jiff::Timestamp;
use sqlx::QueryBuilder;

use super::{Overview, Page};
use crate::bitrix24::{MemberId, UserId};
use crate::store::{StoreError, instant, micros};

/// A logged call.
#[derive(Clone, Debug)]
pub struct CallSummary {
    /// Its id here.
    pub id: String,
    /// When it began.
    pub at: Timestamp,
    /// The portal, as far as it was known; none once erased.
    pub member_id: Option<String>,
    /// The user in whose name it was made.
    pub user_id: Option<i64>,
    /// The method.
    pub method: String,
    /// The HTTP status, if there was an answer.
    pub status: Option<i64>,
    /// The error code, or our word for what went wrong.
    pub error: Option<String>,
    /// How long it took.
    pub duration_ms: i64,
    /// What was sent: JSON without secrets; none once erased.
    pub request: Option<String>,
    /// What came back: JSON without secrets.
    pub response: Option<String>,
    /// The request of ours, or the event, that led to it.
    pub request_id: Option<String>,
}

/// Which calls are wanted.
#[derive(Clone, Debug, Default)]
pub struct CallFilter {
    /// Only this portal's.
    pub member_id: Option<MemberId>,
    /// Only those in this user's name.
    pub user_id: Option<UserId>,
    /// Only those of this method.
    pub method: Option<String>,
    /// Only those that went wrong.
    pub failed: bool,
    /// Only those at or after this time.
    pub since: Option<Timestamp>,
    /// Only those before this time.
    pub until: Option<Timestamp>,
    /// Only those older than this one, which was the last one of the page before.
    pub after: Option<(Timestamp, String)>,
}

#[derive(sqlx::FromRow)]
struct CallRow {
    id: String,
    at: i64,
    member_id: Option<String>,
    user_id: Option<i64>,
    method: String,
    status: Option<i64>,
    error: Option<String>,
    duration_ms: i64,
    request: Option<String>,
    response: Option<String>,
    request_id: Option<String>,
}

const SELECT: &str = "
    select id, at, member_id, user_id, method, status, error, duration_ms, request, response, request_id
    from rest_log
    where 1 = 1";

impl Overview {
    /// Calls, the newest first.
    pub async fn calls(&self, filter: &CallFilter, most: u32) -> Result<Page<CallSummary>, StoreError> {
        let rows: Vec<CallRow> = on!(self.reads(), |pool| async {
            let mut query = QueryBuilder::new(SELECT);
            if let Some(member_id) = &filter.member_id {
                query.push(" and member_id = ").push_bind(member_id.as_str());
            }
            if let Some(user_id) = filter.user_id {
                query.push(" and user_id = ").push_bind(user_id.get());
            }
            if let Some(method) = &filter.method {
                query.push(" and method = ").push_bind(method.as_str());
            }
            if filter.failed {
                query.push(" and error is not null");
            }
            if let Some(since) = filter.since {
                query.push(" and at >= ").push_bind(micros(since));
            }
            if let Some(until) = filter.until {
                query.push(" and at < ").push_bind(micros(until));
            }
            if let Some((at, id)) = &filter.after {
                query.push(" and (at, id) < (").push_bind(micros(*at));
                query.push(", ").push_bind(id.as_str()).push(")");
            }
            query.push(" order by at desc, id desc limit ");
            query.push_bind(i64::from(most) + 1);
            query.build_query_as().fetch_all(pool).await
        })?;
        let rows: Result<_, _> = rows.into_iter().map(call).collect();
        Ok(Page::of(rows?, most))
    }
}

fn call(row: CallRow) -> Result<CallSummary, StoreError> {
    Ok(CallSummary {
        at: instant(row.at, "rest_log", &row.id)?,
        id: row.id,
        member_id: row.member_id,
        user_id: row.user_id,
        method: row.method,
        status: row.status,
        error: row.error,
        duration_ms: row.duration_ms,
        request: row.request,
        response: row.response,
        request_id: row.request_id,
    })
}
