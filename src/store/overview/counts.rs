//! How much there is of everything: what `doctor` judges by.

use jiff::Timestamp;

use super::{Overview, optional_instant};
use crate::store::StoreError;

/// How much there is, all portals together.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// Portals in which the app is installed.
    pub portals: i64,
    /// Portals that are gone, whose connections wait for a reinstallation.
    pub gone: i64,
    /// Installed portals whose handlers are not bound.
    pub unbound: i64,
    /// Usable credentials.
    pub live: i64,
    /// Credentials whose new pair went astray.
    pub lost: i64,
    /// Credentials whose grant was ended.
    pub revoked: i64,
    /// Events that wait.
    pub waiting: i64,
    /// When the oldest of them came.
    pub oldest_waiting: Option<Timestamp>,
    /// When the first of them is or was due. A working service never lets that be long ago.
    pub due: Option<Timestamp>,
    /// Events that will not be tried again.
    pub dead: i64,
}

#[derive(sqlx::FromRow)]
struct CountRow {
    portals: i64,
    gone: i64,
    unbound: i64,
    live: i64,
    lost: i64,
    revoked: i64,
    waiting: i64,
    oldest_waiting: Option<i64>,
    due: Option<i64>,
    dead: i64,
}

const COUNT: &str = "
    select
        (select count(*) from portals where gone_at is null) as portals,
        (select count(*) from portals where gone_at is not null) as gone,
        (select count(*) from portals where gone_at is null and bound is null) as unbound,
        (select count(*) from credentials where state = 'live') as live,
        (select count(*) from credentials where state = 'lost') as lost,
        (select count(*) from credentials where state = 'revoked') as revoked,
        (select count(*) from events where state = 'waiting') as waiting,
        (select min(received_at) from events where state = 'waiting') as oldest_waiting,
        (select min(case when due_at < received_at then received_at else due_at end)
            from events where state = 'waiting') as due,
        (select count(*) from events where state = 'dead') as dead";

impl Overview {
    /// Counts everything at once.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let row: CountRow = on!(self.reads(), |pool| sqlx::query_as(COUNT).fetch_one(pool))?;
        Ok(Counts {
            portals: row.portals,
            gone: row.gone,
            unbound: row.unbound,
            live: row.live,
            lost: row.lost,
            revoked: row.revoked,
            waiting: row.waiting,
            oldest_waiting: optional_instant(row.oldest_waiting, "events", &"the oldest")?,
            due: optional_instant(row.due, "events", &"the first due")?,
            dead: row.dead,
        })
    }
}
