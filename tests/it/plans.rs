//! How the databases find what the program asks them for: by an index, in each statement that it really sends. What
//! looks through a table that grows is fast in every other story, and slow in a year.

mod life;
mod postgres;
mod sqlite;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tokio::sync::Mutex;

use crate::world::{Database, Db, MovedClock, Overheard, overhear};

on_both_databases!(no_statement_looks_through_a_table_that_grows);

/// Statements are heard of in the whole process: one world at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// Whose statements are an operator's, who may look at everything.
const OF_COMMANDS: [&str; 3] = ["key_uses.rs", "replay.rs", "rotate.rs"];

/// The one table that does not grow.
const MIGRATIONS: &str = "_sqlx_migrations";

async fn no_statement_looks_through_a_table_that_grows(db: Db) {
    let _alone = ONE_AT_A_TIME.lock().await;
    let clock = MovedClock::default();
    let world = life::world(db, &clock).await;
    overhear();
    life::lead(&world, &clock).await;
    let Overheard { statements, notices } = overhear();
    let sent: BTreeSet<String> = statements.iter().filter_map(|sent| question(sent)).collect();
    for line in first_lines(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store")) {
        assert!(
            sent.iter().any(|statement| statement.contains(&line)),
            "nothing in this story leads to: {line}"
        );
    }
    let faults = match db {
        Db::Postgres => postgres::scans(&notices),
        Db::Sqlite => sqlite::scans(&world.database, &sent).await,
    };
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A statement in one line, if it is about tables that grow.
fn question(statement: &str) -> Option<String> {
    let line = in_one_line(statement);
    let verbs = ["select", "insert", "update", "delete", "with"];
    let asks = verbs.iter().any(|verb| line.starts_with(verb));
    (asks && !line.contains(MIGRATIONS)).then_some(line)
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line with which each statement of the service begins, in the sources.
fn first_lines(folder: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() || OF_COMMANDS.contains(&name) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let begun = text.lines().filter(|line| {
            let words = line.trim_start();
            let verbs = ["select ", "insert into ", "update ", "delete from "];
            // A statement of its own stands four spaces in, what is nested in it further.
            let is_of_its_own = line.len() - words.len() <= 4;
            // What a macro goes on with is known by the line above.
            is_of_its_own && !words.contains('"') && verbs.iter().any(|verb| words.starts_with(verb))
        });
        lines.extend(begun.map(in_one_line).filter(|line| !line.contains(MIGRATIONS)));
    }
    assert!(lines.len() > 20, "{lines:?}");
    lines
}
