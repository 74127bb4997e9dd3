//! The inbox, as it is listed: which event of whom stands where, and never what it says.

use jiff::Timestamp;
use sqlx::QueryBuilder;

use super::{Overview, Page};
use crate::bitrix24::MemberId;
use crate::store::{StoreError, instant, micros};

/// An event without its content.
#[derive(Clone, Debug)]
pub struct EventSummary {
    /// Its id here.
    pub id: String,
    /// Its name.
    pub event: String,
    /// The portal, as claimed; none when unreadable or erased.
    pub member_id: Option<String>,
    /// `waiting`, `done` or `dead`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What the last attempt came to, in our words.
    pub outcome: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
    /// Whether it is still there to be worked on (again).
    pub has_body: bool,
}

/// Which events are wanted.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// Only this one.
    pub id: Option<String>,
    /// Only this portal's.
    pub member_id: Option<MemberId>,
    /// Only those in this state.
    pub state: Option<String>,
    /// Only those that came at or after this time.
    pub since: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    id: String,
    event: String,
    member_id: Option<String>,
    state: String,
    attempts: i64,
    outcome: Option<String>,
    received_at: i64,
    has_body: bool,
}

const SELECT: &str = "
    select id, event, member_id, state, attempts, outcome, received_at, body is not null as has_body
    from events
    where 1 = 1";

impl Overview {
    /// Events, those first that came last.
    pub async fn events(&self, filter: &EventFilter, most: u32) -> Result<Page<EventSummary>, StoreError> {
        let rows: Vec<EventRow> = on!(self.reads(), |pool| async {
            let mut query = QueryBuilder::new(SELECT);
            if let Some(id) = &filter.id {
                query.push(" and id = ").push_bind(id.as_str());
            }
            if let Some(member_id) = &filter.member_id {
                query.push(" and member_id = ").push_bind(member_id.as_str());
            }
            if let Some(state) = &filter.state {
                query.push(" and state = ").push_bind(state.as_str());
            }
            if let Some(since) = filter.since {
                query.push(" and received_at >= ").push_bind(micros(since));
            }
            query.push(" order by received_at desc, id desc limit ");
            query.push_bind(i64::from(most) + 1);
            query.build_query_as().fetch_all(pool).await
        })?;
        let rows: Result<_, _> = rows.into_iter().map(event).collect();
        Ok(Page::of(rows?, most))
    }
}

fn event(row: EventRow) -> Result<EventSummary, StoreError> {
    Ok(EventSummary {
        received_at: instant(row.received_at, "events", &row.id)?,
        id: row.id,
        event: row.event,
        member_id: row.member_id,
        state: row.state,
        attempts: row.attempts,
        outcome: row.outcome,
        has_body: row.has_body,
    })
}
