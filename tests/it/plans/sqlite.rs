//! `explain query plan`: without statistics, which the service does not collect either.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};

use super::Database;
use crate::world::sqlite;

/// What SQLite says when it goes through the rows of a statement itself.
const OWN_ROWS: [&str; 2] = ["CONSTANT ROW", "ROW VALUES CLAUSE"];

/// The steps that look at every row of a table or of an index.
pub async fn scans(database: &Database, statements: &BTreeSet<String>) -> Vec<String> {
    let mut connection = sqlite(&database.url).await;
    let mut found = Vec::new();
    for statement in statements {
        for step in scans_of(&mut connection, statement).await {
            found.push(format!("{step}: {statement}"));
        }
    }
    found
}

async fn scans_of(connection: &mut SqliteConnection, statement: &str) -> Vec<String> {
    let explain = AssertSqlSafe(format!("explain query plan {statement}"));
    let rows = sqlx::query(explain).fetch_all(connection).await;
    let rows = rows.unwrap_or_else(|error| panic!("{error}: {statement}"));
    let steps: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
    // What a statement has made for itself is as long as it asked for.
    let made = |step: &String| {
        let made = step.strip_prefix("MATERIALIZE ");
        made.or_else(|| step.strip_prefix("CO-ROUTINE "))
            .map(str::to_owned)
    };
    let made: Vec<String> = steps.iter().filter_map(made).collect();
    let reads_all = |step: &String| {
        let Some(table) = step.strip_prefix("SCAN ") else {
            return false;
        };
        let table = table.strip_suffix(" LEFT-JOIN").unwrap_or(table);
        let own = OWN_ROWS.iter().any(|own| table.contains(own));
        !own && !made.iter().any(|made| made == table)
    };
    steps.into_iter().filter(reads_all).collect()
}
