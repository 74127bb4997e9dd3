//! Others: portals that nobody asks about while it is measured, with users, channels, events and calls. What is sealed
//! in them is noise of the size that the program's own rows have.

use anyhow::Context as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// How many others there are.
pub struct Size {
    pub name: &'static str,
    portals: u32,
}

impl Size {
    pub const SMALL: Self = Self {
        name: "1,000 credentials, 5,000 connections",
        portals: 200,
    };
    pub const LARGE: Self = Self {
        name: "1,000,000 credentials, 5,000,000 connections",
        portals: 200_000,
    };

    /// A word of its own, for files and databases.
    pub fn word(&self) -> String {
        format!("others_{}", self.portals)
    }
}

/// In each portal.
const USERS: u32 = 5;
const CONNECTIONS: u32 = 25;
const EVENTS: u32 = 2;
const CALLS: u32 = 5;

/// A day long ago enough for nobody to be due, and recent enough for nothing to be pruned.
const NOW: &str = "(extract(epoch from now()) * 1000000)::bigint";

/// Fills a database in which the program has already sealed something of each kind.
pub async fn fill(url: &str, size: &Size) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    let sizes: (i32, i32, i32) = sqlx::query_as(
        "select max(octet_length(c.tokens)), max(octet_length(c.refresh_digest)),
            coalesce(max(octet_length(p.application_token)), 100)
         from credentials c join portals p using (member_id)",
    )
    .fetch_one(&mut connection)
    .await
    .context("nothing is sealed yet")?;
    // Nothing of it must outlive the machine, and that each row belongs to a portal is known without looking.
    for setting in ["synchronous_commit = off", "session_replication_role = replica"] {
        let set = AssertSqlSafe(format!("set {setting}"));
        sqlx::query(set).execute(&mut connection).await?;
    }
    for statement in statements(size.portals, sizes) {
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await?;
    }
    Ok(())
}

fn statements(portals: u32, (tokens, digest, application_token): (i32, i32, i32)) -> Vec<String> {
    // In the order of the index that grows most, so that this takes minutes and not hours.
    let others = format!(
        "(select md5(n::text) as member_id, n from generate_series(1, {portals}) n order by 1) as others"
    );
    let many = |each: u32| format!("{others}, generate_series(1, {each}) as m");
    let id = "md5(member_id || m) || '0000'";
    let noise = |length: i32| {
        let hashes = "sha256((member_id || m)::bytea) || sha256((m || member_id)::bytea)";
        let times = length / 64 + 1;
        let all = vec![hashes; usize::try_from(times).unwrap_or(1)].join(" || ");
        format!("substr({all}, 1, {length})")
    };
    let domain = "'portal' || n || '.bitrix24.example'";
    vec![
        format!(
            "insert into portals select member_id, {domain}, 'https://' || {domain} || '/rest/', 'S', {}, {NOW}, {NOW}, \
             {NOW}, null, {NOW} + 2592000000000 + n, null, 'bound' from {}",
            noise(application_token),
            many(1)
        ),
        format!(
            "insert into credentials select member_id, m, {}, {NOW} + m, 'live', null, null, false, {}, null, {NOW}, \
             {NOW} from {}",
            noise(tokens),
            noise(digest),
            many(USERS)
        ),
        connections(id, &many(CONNECTIONS)),
        format!(
            "insert into events select {id}, {}, 'ONAPPUPDATE', member_id, null, 'done', 1, null, null, {NOW}, {NOW} + n \
             from {}",
            noise(40),
            many(EVENTS)
        ),
        format!(
            "insert into rest_log select {id}, {NOW} + n, member_id, 1, 'app.info', 200, null, 90, repeat('q', 60), \
             repeat('a', 400), null from {}",
            many(CALLS)
        ),
        "vacuum analyze".to_owned(),
        "checkpoint".to_owned(),
    ]
}

fn connections(id: &str, rows: &str) -> String {
    format!(
        "insert into connections select {id}, member_id, md5(m || member_id), 1, 600 + m, {NOW} + m, 'connected', \
         {NOW} + m from {rows}"
    )
}

/// Gives the portals that are measured as many channels as the others have.
pub async fn furnish(url: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    let rows = format!("(select member_id from portals) as others, generate_series(1, {CONNECTIONS}) as m");
    let insert = connections("md5(member_id || m) || '0000'", &rows);
    sqlx::query(AssertSqlSafe(insert))
        .execute(&mut connection)
        .await?;
    Ok(())
}
