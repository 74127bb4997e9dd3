//! Connections: which open channel was connected where, by whom, when, and how the last attempt ended.

use jiff::Timestamp;

use super::{CredentialKey, Holder, Store, StoreError, instant, micros, row_id, unless_orphaned, unreadable};
use crate::bitrix24::{BotId, MemberId, OpenChannelCode, UserId};

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
    code: String,
    bot_id: i64,
    user_id: Option<i64>,
    connected_at: i64,
}

/// Nothing for a portal that was erased meanwhile, and no user for one that is gone.
const CONNECTED: &str = "
    insert into connections
        (id, member_id, code, user_id, bot_id, connected_at, last_outcome, last_attempt_at)
    select $1, p.member_id, $3, case when p.gone_at is null then $4 end, $5, $6, 'connected', $6
    from portals p
    where p.member_id = $2
    on conflict (member_id, code) do update set
        user_id = excluded.user_id,
        bot_id = excluded.bot_id,
        connected_at = excluded.connected_at,
        last_outcome = excluded.last_outcome,
        last_attempt_at = excluded.last_attempt_at";

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

const NEWEST: &str = concat!(
    "
    select code, bot_id, user_id, connected_at
    from connections",
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
                    .bind(row_id(now).to_string())
                    .bind(key.member_id.as_str())
                    .bind(code.as_str())
                    .bind(key.user_id.get())
                    .bind(bot_id.get())
                    .bind(micros(now))
                    .execute(pool)
            },
            |done| done.rows_affected() == 1
        );
        unless_orphaned(recorded)
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

    /// The connected channels of a holder's portal, newest first.
    pub async fn connections(&self, holder: &Holder, most: i64) -> Result<Vec<Connection>, StoreError> {
        let member_id = &holder.key.member_id;
        let rows: Vec<ConnectionRow> = on!(self.reads(), |pool| {
            sqlx::query_as(NEWEST)
                .bind(member_id.as_str())
                .bind(holder.key.user_id.get())
                .bind(holder.birth.number())
                .bind(most)
                .fetch_all(pool)
        })?;
        rows.into_iter().map(|row| connection(member_id, &row)).collect()
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
