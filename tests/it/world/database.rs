//! A database of its own for each story, and a look into it from outside.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, Decode, PgConnection, Postgres, Sqlite, SqliteConnection, Type};
use tempfile::TempDir;

static NUMBER: AtomicU32 = AtomicU32::new(0);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Db {
    Sqlite,
    Postgres,
}

pub struct Database {
    pub url: String,
    _folder: Option<TempDir>,
}

impl Database {
    pub async fn new(db: Db) -> Self {
        match db {
            Db::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite://{}", folder.path().join("app.db").display());
                Self {
                    url,
                    _folder: Some(folder),
                }
            }
            Db::Postgres => Self {
                url: new_postgres_database().await,
                _folder: None,
            },
        }
    }

    /// The one number that a query gives.
    pub async fn number(&self, query: &str) -> i64 {
        self.scalar(query).await
    }

    /// The one text that a query gives.
    pub async fn text(&self, query: &str) -> String {
        self.scalar(query).await
    }

    async fn scalar<T>(&self, query: &str) -> T
    where
        T: Send
            + Unpin
            + for<'r> Decode<'r, Sqlite>
            + Type<Sqlite>
            + for<'r> Decode<'r, Postgres>
            + Type<Postgres>,
    {
        let query = AssertSqlSafe(query.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            return sqlx::query_scalar(query)
                .fetch_one(&mut connection)
                .await
                .unwrap();
        }
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        sqlx::query_scalar(query)
            .fetch_one(&mut connection)
            .await
            .unwrap()
    }

    /// Changes something behind the app's back.
    pub async fn execute(&self, statement: &str) {
        let statement = AssertSqlSafe(statement.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query(statement).execute(&mut connection).await.unwrap();
            return;
        }
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        sqlx::query(statement).execute(&mut connection).await.unwrap();
    }

    /// How many rows there are in all tables of the app together.
    pub async fn rows(&self) -> i64 {
        let mut rows = 0;
        for table in ["portals", "credentials", "connections"] {
            rows += self.number(&format!("select count(*) from {table}")).await;
        }
        rows
    }
}

async fn new_postgres_database() -> String {
    let server = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL: run scripts/test");
    let name = format!(
        "story_{}_{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let create = AssertSqlSafe(format!("create database {name}"));
    sqlx::query(create).execute(&mut connection).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
