//! The log of REST calls that the Market asks for: what was called for whom, without secrets, for some days.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Store, StoreError, micros};
use crate::bitrix24::MemberId;

/// One call, ready to be kept.
#[derive(Clone, Debug)]
pub struct LoggedCall {
    /// Its id, so that it is kept once however often that is tried.
    pub id: Uuid,
    /// When it began.
    pub at: Timestamp,
    /// The portal, as far as it was known.
    pub member_id: Option<MemberId>,
    /// The user in whose name it was made.
    pub user_id: Option<i64>,
    /// The method.
    pub method: &'static str,
    /// The HTTP status, if there was an answer.
    pub status: Option<i64>,
    /// The error code, or our word for what went wrong.
    pub error: Option<String>,
    /// How long it took.
    pub duration_ms: i64,
    /// What was sent: JSON without secrets.
    pub request: Option<String>,
    /// What came back: JSON without secrets.
    pub response: Option<String>,
    /// The request of ours, or the event, that led to it.
    pub request_id: Option<String>,
}

impl LoggedCall {
    /// Takes portal, user and contents out of it.
    pub fn blank(&mut self) {
        (self.member_id, self.user_id, self.request, self.response) = (None, None, None, None);
    }
}

const INSERT: &str = "
    insert into rest_log
        (id, at, member_id, user_id, method, status, error, duration_ms, request, response, request_id) ";

const BLANK: &str = "
    update rest_log
    set member_id = null, user_id = null, request = null, response = null
    where member_id = $1 and at <= $2";

const PRUNE: &str = "
    delete from rest_log
    where id in (select id from rest_log where at < $1 order by at limit $2)";

impl Store {
    /// Keeps calls, all or none of them; one that is there already is left as it is.
    pub async fn log_calls(&self, calls: &[LoggedCall]) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| async {
                let mut insert = sqlx::QueryBuilder::new(INSERT);
                insert.push_values(calls, |mut row, call| {
                    row.push_bind(call.id.to_string())
                        .push_bind(micros(call.at))
                        .push_bind(call.member_id.as_ref().map(MemberId::as_str))
                        .push_bind(call.user_id)
                        .push_bind(call.method)
                        .push_bind(call.status)
                        .push_bind(call.error.as_deref())
                        .push_bind(call.duration_ms)
                        .push_bind(call.request.as_deref())
                        .push_bind(call.response.as_deref())
                        .push_bind(call.request_id.as_deref());
                });
                insert.push(" on conflict (id) do nothing");
                // Of another length each time: not worth being remembered by the connection.
                insert.build().persistent(false).execute(pool).await
            },
            drop
        )?;
        Ok(())
    }

    /// Takes portal, users and contents out of a portal's calls up to a time; the rows themselves stay.
    pub async fn blank_log(&self, member_id: &MemberId, until: Timestamp) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| {
                sqlx::query(BLANK)
                    .bind(member_id.as_str())
                    .bind(micros(until))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// Deletes the oldest calls of before a time, at most so many; says how many.
    pub async fn prune_log(&self, before: Timestamp, most: i64) -> Result<u64, StoreError> {
        Ok(on!(
            self.writes(),
            |pool| sqlx::query(PRUNE).bind(micros(before)).bind(most).execute(pool),
            |done| done.rows_affected()
        )?)
    }
}
