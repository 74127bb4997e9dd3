//! What PostgreSQL says of statements (`pg_stat_statements`): how often, how long, how many pages.

use sqlx::{Connection as _, PgConnection};

/// One statement; those that differ only in how many rows they write are one.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    /// Its beginning.
    pub statement: String,
    pub calls: f64,
    total_micros: f64,
    total_pages: f64,
}

impl Entry {
    /// Time a call.
    pub fn micros(&self) -> f64 {
        self.total_micros / self.calls
    }

    /// Pages a call, in memory or not.
    pub fn pages(&self) -> f64 {
        self.total_pages / self.calls
    }

    /// All calls together: time and pages.
    pub fn total(&self) -> (f64, f64) {
        (self.total_micros, self.total_pages)
    }
}

const ENTRIES: &str = r"
    select left(regexp_replace(trim(query), '\s+', ' ', 'g'), 56) as statement,
        sum(calls)::float8 as calls,
        sum(total_exec_time * 1000)::float8 as total_micros,
        sum(shared_blks_hit + shared_blks_read)::float8 as total_pages
    from pg_stat_statements s
    join pg_database d on d.oid = s.dbid
    where d.datname = current_database() and query ~* '^\s*(select|insert|update|delete)' and query not like '%pg_stat%'
    group by 1
    order by 3 desc";

/// Begins to count.
pub async fn open(url: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::query("create extension if not exists pg_stat_statements")
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Forgets what was counted.
pub async fn clear(url: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::query("select pg_stat_statements_reset()")
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// What was counted since, what took longest first.
pub async fn read(url: &str) -> anyhow::Result<Vec<Entry>> {
    let mut connection = PgConnection::connect(url).await?;
    Ok(sqlx::query_as(ENTRIES).fetch_all(&mut connection).await?)
}
