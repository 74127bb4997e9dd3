//! A fresh database for each run, and counting in it from outside.

use std::path::Path;

use anyhow::Context as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

/// Where databases are made.
#[derive(Clone, Debug)]
pub enum Place {
    /// Files, below a folder that is removed at the end.
    Sqlite,
    /// A server, whose superuser's URL this is.
    Postgres(String),
}

impl Place {
    /// As reports name it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Every place there is: `PostgreSQL` if `BENCH_POSTGRES_URL` names a server.
    pub fn all() -> Vec<Self> {
        let server = std::env::var("BENCH_POSTGRES_URL").ok().map(Self::Postgres);
        [Self::Sqlite].into_iter().chain(server).collect()
    }
}

/// An empty database.
pub struct Database {
    /// What `DATABASE_URL` takes.
    pub url: String,
}

impl Database {
    /// Makes one; `name` is used once.
    pub async fn make(place: &Place, folder: &Path, name: &str) -> anyhow::Result<Self> {
        let url = match place {
            Place::Sqlite => format!("sqlite://{}", folder.join(format!("{name}.db")).display()),
            Place::Postgres(server) => {
                let mut connection = PgConnection::connect(server).await?;
                let name = format!("bench_{}_{name}", std::process::id());
                let create = AssertSqlSafe(format!("create database {name}"));
                sqlx::query(create).execute(&mut connection).await?;
                let (base, _) = server
                    .rsplit_once('/')
                    .context("no database in BENCH_POSTGRES_URL")?;
                format!("{base}/{name}")
            }
        };
        Ok(Self { url })
    }

    /// Removes it from its server; a file goes with its folder.
    pub async fn remove(self, place: &Place) -> anyhow::Result<()> {
        let (Place::Postgres(server), Some((_, name))) = (place, self.url.rsplit_once('/')) else {
            return Ok(());
        };
        let mut connection = PgConnection::connect(server).await?;
        let drop = AssertSqlSafe(format!("drop database {name} with (force)"));
        sqlx::query(drop).execute(&mut connection).await?;
        Ok(())
    }

    /// Changes something behind the app's back.
    pub async fn execute_all(&self, statements: &[&'static str]) -> anyhow::Result<()> {
        for statement in statements {
            if self.url.starts_with("sqlite") {
                let mut connection = SqliteConnection::connect(&self.url).await?;
                sqlx::query(*statement).execute(&mut connection).await?;
            } else {
                let mut connection = PgConnection::connect(&self.url).await?;
                sqlx::query(*statement).execute(&mut connection).await?;
            }
        }
        Ok(())
    }

    /// The one number that a query gives.
    pub async fn number(&self, query: &str) -> anyhow::Result<i64> {
        let query = AssertSqlSafe(query.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(&self.url).await?;
            return Ok(sqlx::query_scalar(query).fetch_one(&mut connection).await?);
        }
        let mut connection = PgConnection::connect(&self.url).await?;
        Ok(sqlx::query_scalar(query).fetch_one(&mut connection).await?)
    }
}
