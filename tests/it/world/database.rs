//! A database of its own for each story, and a look into it from outside.

use std::fmt::Write as _;
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
    folder: Option<TempDir>,
}

impl Database {
    pub async fn new(db: Db) -> Self {
        match db {
            Db::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite://{}", folder.path().join("app.db").display());
                Self {
                    url,
                    folder: Some(folder),
                }
            }
            Db::Postgres => Self {
                url: new_postgres_database().await,
                folder: None,
            },
        }
    }

    /// The same database for somebody else, as long as this one is there.
    pub fn again(&self) -> Self {
        Self {
            url: self.url.clone(),
            folder: None,
        }
    }

    /// One that is there already.
    pub fn at(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            folder: None,
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

    /// Keeps everybody else from writing to a table, until dropped.
    pub async fn lock(&self, table: &str) -> impl Drop + use<> {
        enum Lock {
            Sqlite(#[expect(dead_code, reason = "held")] SqliteConnection),
            Postgres(#[expect(dead_code, reason = "held")] PgConnection),
        }
        impl Drop for Lock {
            fn drop(&mut self) {}
        }
        if self.url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query("begin immediate")
                .execute(&mut connection)
                .await
                .unwrap();
            return Lock::Sqlite(connection);
        }
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        let lock = AssertSqlSafe(format!("begin; lock table {table} in access exclusive mode"));
        sqlx::raw_sql(lock).execute(&mut connection).await.unwrap();
        Lock::Postgres(connection)
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

/// `scripts/test` looks through the files of every story's database; on PostgreSQL, through those of the server.
impl Drop for Database {
    fn drop(&mut self) {
        let (Some(logs), Some(folder)) = (super::logs::folder(), &self.folder) else {
            return;
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        for file in ["app.db", "app.db-wal"] {
            let kept = logs.join(format!("{}-{number}-{file}", std::process::id()));
            let _ = std::fs::copy(folder.path().join(file), kept);
        }
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

impl Database {
    /// Everything that stands in any table, as text; bytes as hexadecimal digits.
    pub async fn dump(&self) -> String {
        let sqlite = self.url.starts_with("sqlite");
        let tables = if sqlite {
            "select group_concat(name) from sqlite_master where type = 'table'"
        } else {
            "select string_agg(table_name::text, ',') from information_schema.tables where table_schema = 'public'"
        };
        let mut dump = String::new();
        for table in self.text(tables).await.split(',') {
            let rows = if sqlite {
                let columns = format!(
                    "select group_concat('quote(\"' || name || '\")', ' || ''|'' || ') from pragma_table_info('{table}')"
                );
                let columns = self.text(&columns).await;
                format!("select coalesce(group_concat({columns}, char(10)), '') from {table}")
            } else {
                format!("select coalesce(string_agg(t::text, e'\\n'), '') from {table} t")
            };
            let rows = self.text(&rows).await.to_lowercase();
            let _ = write!(dump, "== {table}\n{rows}\n");
        }
        dump
    }
}
