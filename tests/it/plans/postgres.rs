//! PostgreSQL says of each statement how it has run it (`auto_explain`), planned as if it did not know the values, and
//! with whole tables made dear: what still reads one has no index that it could use.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use channel_connect::store::DatabaseUrl;
use serde_json::Value;
use sqlx::postgres::PgConnectOptions;

use super::{Database, in_one_line, question};

/// Few rows of each kind lead to plans of chance; these are of no portal that anybody asks about, and never due.
const ROWS: u32 = 3_000;
const NEVER: &str = "4000000000000000";

const SETTINGS: [(&str, &str); 6] = [
    ("session_preload_libraries", "auto_explain"),
    ("auto_explain.log_min_duration", "0"),
    ("auto_explain.log_level", "notice"),
    ("auto_explain.log_format", "json"),
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
];

/// The same database, in sessions that tell their plans.
pub fn telling(url: &str) -> DatabaseUrl {
    let options: PgConnectOptions = url.parse().unwrap();
    DatabaseUrl::Postgres(Box::new(options.options(SETTINGS)))
}

/// Fills every table.
pub async fn fill(database: &Database) {
    let id = "md5(n::text)";
    let rows = [
        (
            "portals",
            format!("{id}, 'd', 'http://d/rest/', 'L', null, n, {NEVER}, n, null, {NEVER}, null, ''"),
        ),
        (
            "credentials",
            format!("{id}, 1, '', n, 'live', null, null, false, '', null, n, n"),
        ),
        ("connections", format!("n, {id}, 'c', 1, 1, n, 'connected', n")),
        (
            "events",
            format!("n, n::text::bytea, 'e', {id}, null, 'done', 1, null, null, n, {NEVER}"),
        ),
        ("erasures", format!("n::text::bytea, n, {NEVER}")),
        (
            "rest_log",
            format!("n, {NEVER}, {id}, 1, 'm', 200, null, 1, null, null, null"),
        ),
        ("oauth_states", format!("n::text::bytea, {NEVER}")),
    ];
    for (table, values) in rows {
        let insert = format!("insert into {table} select {values} from generate_series(1, {ROWS}) n");
        database.execute(&insert).await;
    }
    database.execute("analyze").await;
}

/// The parts of plans that look at every row of a table or of an index.
pub fn scans(notices: &BTreeSet<String>) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut plans = 0;
    for notice in notices {
        let Some((_, plan)) = notice.split_once("plan:") else {
            continue;
        };
        let plan: Value = serde_json::from_str(plan).unwrap();
        let text = plan["Query Text"].as_str().unwrap();
        if question(text).is_none() {
            continue;
        }
        plans += 1;
        let mut parts = String::new();
        look(&plan["Plan"], &mut parts);
        if !parts.is_empty() {
            found.insert(format!("{parts}: {}", in_one_line(text)));
        }
    }
    assert!(plans > 20, "{plans} plans were told");
    found.into_iter().collect()
}

fn look(node: &Value, found: &mut String) {
    let text = |name: &str| node[name].as_str().unwrap_or_default();
    let kind = text("Node Type");
    let whole_index = kind.contains("Index") && !is_bounded(text("Index Cond"));
    if kind == "Seq Scan" || whole_index {
        let (table, index) = (text("Relation Name"), text("Index Name"));
        let _ = write!(found, "{kind} {table}{index} ({}) ", text("Index Cond"));
    }
    for part in node["Plans"].as_array().into_iter().flatten() {
        look(part, found);
    }
}

/// That something is null, or is not, may be so of every row.
fn is_bounded(condition: &str) -> bool {
    let says_something = |part: &&str| !part.ends_with("NULL)") && !part.ends_with("NULL");
    condition
        .split(" AND ")
        .filter(|part| !part.is_empty())
        .any(|part| says_something(&part))
}
