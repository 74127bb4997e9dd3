//! Connections: which open channel was connected where, by whom, when, and how the last attempt ended.

use jiff::Timestamp;

use super::database::Pool;
use super::lending::lent;
use super::portals::read_endpoint;
use super::{CredentialKey, Holder, Store, StoreError, instant, micros, row_id, unless_orphaned, unreadable};
use crate::bitrix24::{BotId, ClientEndpoint, MemberId, OpenChannelCode, UserId};

/// A connected channel of one portal.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The channel.
    pub code: OpenChannelCode,
    /// The bot that stands for it in the portal.
    pub bot_id: BotId,
    /// Who connected it; unknown after an erasure.
    pub user_id: Option<UserId>,
    /// When it was last connected.
    pub connected_at: Timestamp,
}

#[derive(sqlx::FromRow)]
pub(super) struct ConnectionRow {
    pub(super) code: String,
    pub(super) bot_id: i64,
    pub(super) user_id: Option<i64>,
    pub(super) connected_at: i64,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    connection: ConnectionRow,
    client_endpoint: String,
}

/// Nothing for a portal that was erased meanwhile, and no user for one that is gone.
macro_rules! connected {
    ($member_id:literal, $user_id:literal, $id:literal, $code:literal, $bot_id:literal, $now:literal) => {
        concat!(
            "
    insert into connections
        (id, member_id, code, user_id, bot_id, connected_at, last_outcome, last_attempt_at)
    select ",
            $id,
            ", p.member_id, ",
            $code,
            ", case when p.gone_at is null then ",
            $user_id,
            " end, ",
            $bot_id,
            ", ",
            $now,
            ", 'connected', ",
            $now,
            "
    from portals p
    where p.member_id = ",
            $member_id,
            "
    on conflict (member_id, code) do update set
        user_id = excluded.user_id,
        bot_id = excluded.bot_id,
        connected_at = excluded.connected_at,
        last_outcome = excluded.last_outcome,
        last_attempt_at = excluded.last_attempt_at"
        )
    };
}

const CONNECTED: &str = connected!("$1", "$2", "$3", "$4", "$5", "$6");

/// Which rows a holder may reach: `$1` portal, `$2` user, `$3` birth of the credential with which they came in. Nothing
/// if that is erased, though another is there by now, or if the platform has ended it.
macro_rules! held {
    () => {
        "
    where member_id = $1
        and exists (
            select 1 from credentials c
            where c.member_id = $1 and c.user_id = $2 and c.created_at = $3 and c.state <> 'revoked')"
    };
}

/// A refused attempt leaves a trace only on a channel that was connected before: no row without a truth.
const REFUSED: &str = concat!(
    "
    update connections
    set last_outcome = $5, last_attempt_at = $6",
    held!(),
    "
        and code = $4"
);

/// The newest connections that a holder may see.
pub(super) const NEWEST: &str = concat!(
    "
    select id, code, bot_id, user_id, connected_at,
        (select client_endpoint from portals where member_id = $1) as client_endpoint
    from connections",
    held!(),
    "
    order by connected_at desc, id desc
    limit $4"
);

/// Both in one way there and back, which only PostgreSQL can do. The read does not see what the write has written, so
/// that is put beside the others.
const CONNECTED_AND_NEWEST: &str = concat!(
    "
    with written as (",
    connected!("$1", "$2", "$5", "$6", "$7", "$8"),
    "
    returning member_id, id, code, bot_id, user_id, connected_at
    ), others as (
        select member_id, id, code, bot_id, user_id, connected_at
        from connections
        where member_id = $1 and code <> $6
        order by connected_at desc, id desc
        limit $4
    ) select code, bot_id, user_id, connected_at
    from (select * from written union all select * from others) shown",
    held!(),
    "
    order by connected_at desc, id desc
    limit $4"
);

const CONNECTED_BY: &str = "
    select user_id
    from connections
    where member_id = $1 and code = $2";

impl Store {
    /// Who connected this channel last; nobody if it never was, or if that was erased.
    pub async fn connected_by(
        &self,
        member_id: &MemberId,
        code: &OpenChannelCode,
    ) -> Result<Option<UserId>, StoreError> {
        let row: Option<(Option<i64>,)> = on!(self.reads(), |pool| {
            sqlx::query_as(CONNECTED_BY)
                .bind(member_id.as_str())
                .bind(code.as_str())
                .fetch_optional(pool)
        })?;
        let user_id = row.and_then(|(user_id,)| user_id).map(UserId::new).transpose();
        user_id.map_err(|_| unreadable("connections", member_id, "the user id is no id"))
    }

    /// Records that the portal has answered with a bot for this channel. False when the portal was erased
    /// meanwhile: then there is nothing to record.
    pub async fn record_connected(
        &self,
        key: &CredentialKey,
        code: &OpenChannelCode,
        bot_id: BotId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let recorded = on!(
            self.writes(),
            |pool| {
                sqlx::query(CONNECTED)
                    .bind(key.member_id.as_str())
                    .bind(key.user_id.get())
                    .bind(row_id(now).to_string())
                    .bind(code.as_str())
                    .bind(bot_id.get())
                    .bind(micros(now))
                    .execute(pool)
            },
            |done| done.rows_affected() == 1
        );
        unless_orphaned(recorded)
    }

    /// The same, and what the holder may see afterwards, newest first.
    pub async fn record_and_list(
        &self,
        holder: &Holder,
        (code, bot_id): (&OpenChannelCode, BotId),
        now: Timestamp,
        most: i64,
    ) -> Result<Vec<Connection>, StoreError> {
        let key = &holder.key;
        let Pool::Postgres(lender, ref limit) = self.writes() else {
            self.record_connected(key, code, bot_id, now).await?;
            return Ok(self.connections(holder, most).await?.1);
        };
        let rows: Result<Vec<ConnectionRow>, _> = lent!((lender, limit), |connection| {
            sqlx::query_as(CONNECTED_AND_NEWEST)
                .bind(key.member_id.as_str())
                .bind(key.user_id.get())
                .bind(holder.birth.number())
                .bind(most)
                .bind(row_id(now).to_string())
                .bind(code.as_str())
                .bind(bot_id.get())
                .bind(micros(now))
                .fetch_all(connection)
        });
        let rows = unless_orphaned(rows)?;
        rows.iter().map(|row| connection(&key.member_id, row)).collect()
    }

    /// Records how a failed attempt at a once connected channel ended.
    pub async fn record_refused(
        &self,
        holder: &Holder,
        code: &OpenChannelCode,
        outcome: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| {
                sqlx::query(REFUSED)
                    .bind(holder.key.member_id.as_str())
                    .bind(holder.key.user_id.get())
                    .bind(holder.birth.number())
                    .bind(code.as_str())
                    .bind(outcome)
                    .bind(micros(now))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// The connected channels of a holder's portal, newest first, and where it answers if there are any.
    pub async fn connections(
        &self,
        holder: &Holder,
        most: i64,
    ) -> Result<(Option<ClientEndpoint>, Vec<Connection>), StoreError> {
        let member_id = &holder.key.member_id;
        let rows: Vec<ListedRow> = on!(self.reads(), |pool| {
            sqlx::query_as(NEWEST)
                .bind(member_id.as_str())
                .bind(holder.key.user_id.get())
                .bind(holder.birth.number())
                .bind(most)
                .fetch_all(pool)
        })?;
        let endpoint = rows
            .first()
            .map(|row| read_endpoint(member_id, &row.client_endpoint));
        let listed = rows.iter().map(|row| connection(member_id, &row.connection));
        Ok((endpoint.transpose()?, listed.collect::<Result<_, _>>()?))
    }
}

pub(super) fn connection(member_id: &MemberId, row: &ConnectionRow) -> Result<Connection, StoreError> {
    let fault = |why| unreadable("connections", member_id, why);
    Ok(Connection {
        code: OpenChannelCode::find(&row.code).map_err(|_| fault("the code is no code"))?,
        bot_id: BotId::new(row.bot_id).map_err(|_| fault("the bot id is no id"))?,
        user_id: row
            .user_id
            .map(UserId::new)
            .transpose()
            .map_err(|_| fault("the user id is no id"))?,
        connected_at: instant(row.connected_at, "connections", member_id)?,
    })
}
