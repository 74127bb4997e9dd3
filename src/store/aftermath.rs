//! What there is after something was kept, in one way there and back: whether the portal was erased, which must be
//! read after the writes, and the channels that the page shows.

use sqlx::AssertSqlSafe;

use super::connections::{Connection, ConnectionRow, NEWEST, connection};
use super::{Erasure, Holder, Store, StoreError};
use crate::seal::Purpose;

/// What there is.
#[derive(Debug)]
pub struct Aftermath {
    /// The last erasure of the portal, if it was erased lately.
    pub erasure: Option<Erasure>,
    /// The connections that the holder may see, newest first.
    pub connections: Vec<Connection>,
}

/// The first of the digests' parameters; those before it are those of [`NEWEST`].
const FIRST_DIGEST: usize = 5;

#[derive(sqlx::FromRow)]
struct Row {
    erased_at: Option<i64>,
    recorded_at: Option<i64>,
    /// None where no channel is connected.
    code: Option<String>,
    bot_id: Option<i64>,
    user_id: Option<i64>,
    connected_at: Option<i64>,
}

/// Of a portal's digests, one for each key, and of its connections.
fn aftermath(digests: usize) -> String {
    let digests = FIRST_DIGEST..FIRST_DIGEST + digests;
    let digests: Vec<_> = digests.map(|number| format!("${number}")).collect();
    format!(
        "
    select e.erased_at, e.recorded_at, shown.code, shown.bot_id, shown.user_id, shown.connected_at
    from (
        select max(erased_at) as erased_at, max(recorded_at) as recorded_at
        from erasures
        where digest in ({})
    ) e
    left join ({NEWEST}) shown on 1 = 1
    order by shown.connected_at desc, shown.id desc",
        digests.join(", ")
    )
}

impl Store {
    /// Reads what there is after something of this holder's was kept: at most so many connections.
    pub async fn aftermath(&self, holder: &Holder, most: i64) -> Result<Aftermath, StoreError> {
        let member_id = &holder.key.member_id;
        let id = member_id.as_str().as_bytes();
        let digests: Vec<_> = self.keys.digests(Purpose::ErasedPortal, id).collect();
        let rows: Vec<Row> = on!(self.reads(), |pool| {
            let mut query = sqlx::query_as(AssertSqlSafe(aftermath(digests.len())))
                .bind(member_id.as_str())
                .bind(holder.key.user_id.get())
                .bind(holder.birth.number())
                .bind(most);
            for digest in &digests {
                query = query.bind(digest.as_slice());
            }
            query.fetch_all(pool)
        })?;
        let times = rows.first().and_then(|row| row.erased_at.zip(row.recorded_at));
        let erasure = times.map(Erasure::read).transpose()?;
        let connections = rows.into_iter().filter_map(connected);
        let connections = connections.map(|row| connection(member_id, &row));
        Ok(Aftermath {
            erasure,
            connections: connections.collect::<Result<_, _>>()?,
        })
    }
}

fn connected(row: Row) -> Option<ConnectionRow> {
    Some(ConnectionRow {
        code: row.code?,
        bot_id: row.bot_id?,
        user_id: row.user_id,
        connected_at: row.connected_at?,
    })
}
