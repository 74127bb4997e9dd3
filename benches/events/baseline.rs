//! What the door for events is measured against: the shortest way from a posted form to a durable row. One insert a
//! request, and nothing that an app on the Market needs besides: no limits, no log, no proof, no sealing, no dedup,
//! and nobody who works on the rows.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::str::FromStr as _;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Context as _;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

/// The argument that makes the bench's program be the baseline.
pub const NAME: &str = "baseline";

/// As many as the app has.
const POSTGRES_CONNECTIONS: u32 = 16;

const TABLE: &str = "
    create table events (
        id bigint primary key,
        event text not null,
        member_id text not null,
        body text not null
    )";

const INSERT: &str = "insert into events (id, event, member_id, body) values ($1, $2, $3, $4)";

#[derive(Clone)]
enum Pool {
    Postgres(PgPool),
    /// One writer, synced at each commit, as in the app.
    Sqlite(SqlitePool),
}

#[derive(Clone)]
struct Door {
    pool: Pool,
    numbers: std::sync::Arc<AtomicI64>,
}

/// Serves until it is killed. The arguments are the database's URL and the address to listen on.
pub async fn serve(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let mut argument = || arguments.next().context("baseline DATABASE_URL ADDRESS");
    let (url, address) = (argument()?, SocketAddr::from_str(&argument()?)?);
    let pool = open(&url).await?;
    let door = Door {
        pool,
        numbers: std::sync::Arc::default(),
    };
    let router = Router::new()
        .route("/ready", get(|| async {}))
        .route("/events", post(receive))
        .with_state(door);
    let listener = tokio::net::TcpListener::bind(address).await?;
    Ok(axum::serve(listener, router).await?)
}

async fn open(url: &str) -> anyhow::Result<Pool> {
    if url.starts_with("postgres") {
        let pool = sqlx::postgres::PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS);
        let pool = pool.connect(url).await?;
        sqlx::query(TABLE).execute(&pool).await?;
        return Ok(Pool::Postgres(pool));
    }
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await?;
    sqlx::query(TABLE).execute(&pool).await?;
    Ok(Pool::Sqlite(pool))
}

async fn receive(
    State(door): State<Door>,
    Form(form): Form<BTreeMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let body = serde_json::to_string(&form).map_err(|_| StatusCode::BAD_REQUEST)?;
    let id = door.numbers.fetch_add(1, Ordering::Relaxed);
    let (event, member_id) = (field("event"), field("auth[member_id]"));
    match &door.pool {
        Pool::Postgres(pool) => {
            let insert = sqlx::query(INSERT).bind(id).bind(event).bind(member_id);
            insert.bind(&body).execute(pool).await.map(drop)
        }
        Pool::Sqlite(pool) => {
            let insert = sqlx::query(INSERT).bind(id).bind(event).bind(member_id);
            insert.bind(&body).execute(pool).await.map(drop)
        }
    }
    .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Json(json!({"status": "ok"})))
}
