//! The baseline's three tables, and one statement for each thing to do with them.

use std::str::FromStr as _;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgPool, SqlitePool};

/// As many as the app has.
const POSTGRES_CONNECTIONS: u32 = 16;
const SQLITE_READERS: u32 = 4;

const TABLES: [&str; 3] = [
    "create table portals (
        member_id text primary key,
        client_endpoint text not null,
        status text not null,
        last_seen_at bigint not null
    )",
    "create table credentials (
        member_id text not null references portals (member_id),
        user_id bigint not null,
        tokens bytea not null,
        updated_at bigint not null,
        primary key (member_id, user_id)
    )",
    "create table connections (
        member_id text not null references portals (member_id),
        code text not null,
        user_id bigint not null,
        bot_id bigint not null,
        connected_at bigint not null,
        primary key (member_id, code)
    )",
];

const SAVE_PORTAL: &str = "
    insert into portals (member_id, client_endpoint, status, last_seen_at)
    values ($1, $2, $3, $4)
    on conflict (member_id) do update set
        client_endpoint = excluded.client_endpoint, status = excluded.status, last_seen_at = excluded.last_seen_at";

const SAVE_TOKENS: &str = "
    insert into credentials (member_id, user_id, tokens, updated_at)
    values ($1, $2, $3, $4)
    on conflict (member_id, user_id) do update set tokens = excluded.tokens, updated_at = excluded.updated_at";

const STANDING: &str = "
    select p.client_endpoint, c.tokens
    from portals p
    join credentials c on c.member_id = p.member_id and c.user_id = $2
    where p.member_id = $1";

const SAVE_CONNECTION: &str = "
    insert into connections (member_id, code, user_id, bot_id, connected_at)
    values ($1, $2, $3, $4, $5)
    on conflict (member_id, code) do update set
        user_id = excluded.user_id, bot_id = excluded.bot_id, connected_at = excluded.connected_at";

const CONNECTIONS: &str = "
    select code, bot_id, connected_at
    from connections
    where member_id = $1
    order by connected_at desc
    limit 1000";

/// Runs one expression on whichever database is open.
macro_rules! on {
    ($kept:expr, $side:ident, |$pool:ident| $body:expr) => {
        match $kept {
            Kept::Postgres($pool) => $body.await?,
            Kept::Sqlite { $side: $pool, .. } => $body.await?,
        }
    };
}

/// The open database.
pub(super) enum Kept {
    Postgres(PgPool),
    /// One writer, synced at each commit, as in the app.
    Sqlite {
        readers: SqlitePool,
        writer: SqlitePool,
    },
}

impl Kept {
    pub(super) async fn open(url: &str) -> anyhow::Result<Self> {
        let kept = if url.starts_with("postgres") {
            let options = sqlx::postgres::PgConnectOptions::from_str(url)?.disable_statement_logging();
            let pool = sqlx::postgres::PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS);
            // A question before each statement whether the connection is still there doubles the way there and back.
            Self::Postgres(pool.test_before_acquire(false).connect_with(options).await?)
        } else {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .disable_statement_logging();
            let pool = |most| {
                SqlitePoolOptions::new()
                    .max_connections(most)
                    .test_before_acquire(false)
            };
            let writer = pool(1).connect_with(options.clone()).await?;
            let readers = pool(SQLITE_READERS).connect_with(options.read_only(true)).await?;
            Self::Sqlite { readers, writer }
        };
        for table in TABLES {
            on!(&kept, writer, |pool| async {
                sqlx::query(table).execute(pool).await.map(drop)
            });
        }
        Ok(kept)
    }

    pub(super) async fn save_portal(
        &self,
        member_id: &str,
        (endpoint, status): (&str, &str),
        now: i64,
    ) -> anyhow::Result<()> {
        on!(self, writer, |pool| async {
            let save = sqlx::query(SAVE_PORTAL)
                .bind(member_id)
                .bind(endpoint)
                .bind(status);
            save.bind(now).execute(pool).await.map(drop)
        });
        Ok(())
    }

    pub(super) async fn save_tokens(
        &self,
        (member_id, user_id): (&str, i64),
        tokens: &[u8],
        now: i64,
    ) -> anyhow::Result<()> {
        on!(self, writer, |pool| async {
            let save = sqlx::query(SAVE_TOKENS)
                .bind(member_id)
                .bind(user_id)
                .bind(tokens);
            save.bind(now).execute(pool).await.map(drop)
        });
        Ok(())
    }

    /// Where the portal answers, and the user's sealed tokens.
    pub(super) async fn standing(&self, member_id: &str, user_id: i64) -> anyhow::Result<(String, Vec<u8>)> {
        Ok(on!(self, readers, |pool| sqlx::query_as(STANDING)
            .bind(member_id)
            .bind(user_id)
            .fetch_one(pool)))
    }

    pub(super) async fn save_connection(
        &self,
        (member_id, user_id): (&str, i64),
        (code, bot_id): (&str, i64),
        now: i64,
    ) -> anyhow::Result<()> {
        on!(self, writer, |pool| async {
            let save = sqlx::query(SAVE_CONNECTION)
                .bind(member_id)
                .bind(code)
                .bind(user_id);
            save.bind(bot_id).bind(now).execute(pool).await.map(drop)
        });
        Ok(())
    }

    pub(super) async fn connections(&self, member_id: &str) -> anyhow::Result<Vec<(String, i64, i64)>> {
        Ok(on!(self, readers, |pool| sqlx::query_as(CONNECTIONS)
            .bind(member_id)
            .fetch_all(pool)))
    }
}
