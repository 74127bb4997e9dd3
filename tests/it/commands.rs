//! An operator at a terminal, beside a running service: what there is.

use serde_json::{Value, json};

use crate::world::{CODE, Db, Ran, World, lived_in, run_in, until};

on_both_databases!(
    lists_say_what_is_kept_in_the_promised_shapes_and_no_token,
    the_inbox_and_the_log_are_listed_in_the_promised_shapes,
    people_get_tables,
    a_list_says_when_it_is_not_all_there_is,
    fifty_thousand_portals_are_listed,
    where_there_is_no_database_nothing_is_made,
);

/// What all tokens of the emulator begin with.
const TOKENS: &str = "5ec2e75ec2e7";

fn fields(row: &Value) -> Vec<&str> {
    row.as_object().unwrap().keys().map(String::as_str).collect()
}

fn assert_fields(row: &Value, expected: &[&str]) {
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(fields(row), expected, "{row}");
}

fn is_time(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok() && text.ends_with('Z'))
}

const JOINS_LOGGED: &str = "select count(*) from rest_log where method = 'imopenlines.network.join'";

/// Looking needs no secret of the app and no key, and shows no token.
async fn looks(world: &World, words: &[&str]) -> Ran {
    let unset = [
        "BITRIX24_CLIENT_ID",
        "BITRIX24_CLIENT_SECRET",
        "ENCRYPTION_KEYS",
        "PUBLIC_URL",
    ];
    let ran = world.command_with(&unset.map(|name| (name, None)), words).await;
    assert!(!ran.said().contains(TOKENS), "{}", ran.said());
    ran.expect(0)
}

async fn lists_say_what_is_kept_in_the_promised_shapes_and_no_token(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let portals = looks(&world, &["portals", "list", "--json"]).await.json();
    assert_fields(
        &portals[0],
        &[
            "member_id",
            "domain",
            "status",
            "installed_at",
            "last_seen_at",
            "gone",
        ],
    );
    assert_eq!(portals[0]["member_id"], member_id.as_str());
    assert_eq!(
        (&portals[0]["status"], &portals[0]["gone"]),
        (&json!("F"), &json!(false))
    );
    assert!(is_time(&portals[0]["installed_at"]) && is_time(&portals[0]["last_seen_at"]));

    let credentials = looks(&world, &["credentials", "list", "--json"]).await.json();
    assert_eq!(credentials.len(), 2);
    assert_fields(
        &credentials[0],
        &["member_id", "user_id", "state", "generation", "updated_at"],
    );
    let user = &credentials.iter().find(|row| row["user_id"] == "1").unwrap();
    assert_eq!(user["state"], "live");
    assert!(user["generation"].is_i64() && is_time(&user["updated_at"]));
    let shown = looks(&world, &["portals", "show", &member_id, "--json"])
        .await
        .json();
    assert_eq!(shown[0]["connections"][0]["code"], CODE);
    assert_eq!(shown[0]["credentials"].as_array().unwrap().len(), 2);
}

async fn the_inbox_and_the_log_are_listed_in_the_promised_shapes(db: Db) {
    let (world, member_id) = lived_in(db).await;
    world
        .control("event", json!({"portal": "acme", "event": "ONAPPINSTALL"}))
        .await;
    until(&world, "select count(*) from events where state = 'done'", 1).await;
    until(&world, JOINS_LOGGED, 1).await;
    let events = looks(&world, &["events", "list", "--json"]).await.json();
    assert_fields(
        &events[0],
        &["id", "event", "member_id", "state", "received_at", "attempts"],
    );
    assert_eq!(
        (&events[0]["event"], &events[0]["state"]),
        (&json!("ONAPPINSTALL"), &json!("done"))
    );
    assert!(events[0]["id"].is_string() && is_time(&events[0]["received_at"]));

    let since = ["rest-log", "--portal", &member_id, "--since", "1h", "--json"];
    let calls = looks(&world, &since).await.json();
    let join = calls
        .iter()
        .find(|call| call["method"] == "imopenlines.network.join")
        .unwrap();
    assert_fields(
        join,
        &[
            "at",
            "member_id",
            "user_id",
            "method",
            "status",
            "error",
            "duration_ms",
            "request",
            "response",
            "request_id",
        ],
    );
    assert_eq!(
        (&join["user_id"], &join["status"], &join["error"]),
        (&json!("1"), &json!(200), &Value::Null)
    );
    assert_eq!(
        (&join["request"]["CODE"], &join["response"]["result"]),
        (&json!(CODE), &json!(603))
    );
    assert!(is_time(&join["at"]) && join["duration_ms"].is_i64());
    let none = looks(&world, &["rest-log", "--until", "2020-01-01", "--json"]).await;
    assert_eq!(none.out, "[]\n");
}

async fn people_get_tables(db: Db) {
    let (world, member_id) = lived_in(db).await;
    world
        .control("event", json!({"portal": "acme", "event": "ONAPPINSTALL"}))
        .await;
    until(&world, JOINS_LOGGED, 1).await;
    for (words, part) in [
        (&["portals", "list"][..], &member_id[..]),
        (&["portals", "show", &member_id], CODE),
        (&["credentials", "list", "--state", "live"], "live"),
        (&["events", "list", "--since", "1h"], "ONAPPINSTALL"),
        (&["rest-log", "--method", "imopenlines.network.join"], "200"),
    ] {
        let ran = looks(&world, words).await;
        assert!(ran.out.contains(part), "{words:?}: {}", ran.out);
    }
}

async fn a_list_says_when_it_is_not_all_there_is(db: Db) {
    let (world, _) = lived_in(db).await;
    let ran = world
        .command(&["credentials", "list", "--limit", "1", "--json"])
        .await
        .expect(0);
    assert_eq!(ran.json().len(), 1);
    assert!(ran.err.contains("There is more"), "{}", ran.err);
    let ran = world
        .command(&["credentials", "list", "--limit", "2"])
        .await
        .expect(0);
    assert!(!ran.err.contains("There is more"), "{}", ran.err);
    let ran = world
        .command(&["credentials", "list", "--state", "lost"])
        .await
        .expect(0);
    assert!(
        ran.out.is_empty() && ran.err.contains("nothing"),
        "{}",
        ran.said()
    );
    world
        .command(&["credentials", "list", "--limit", "0"])
        .await
        .expect(2);
    world
        .command(&["credentials", "list", "--portal", "acme"])
        .await
        .expect(2);
    world
        .command(&["rest-log", "--since", "yesterday"])
        .await
        .expect(2);
}

async fn fifty_thousand_portals_are_listed(db: Db) {
    let world = World::new(db).await;
    let zeros = "0".repeat(32);
    world
        .database
        .execute(&format!(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000)
             insert into portals (member_id, domain, client_endpoint, status, last_seen_at, created_at)
             select substr('{zeros}' || i, length('{zeros}' || i) - 31), 'p' || i || '.example',
                 'https://p.example/rest/', 'F', 1700000000000000 + i, 1
             from n"
        ))
        .await;
    let ran = world.command(&["portals", "list"]).await.expect(0);
    assert_eq!(ran.out.lines().count(), 101, "a screen or two, and a heading");
    assert!(
        ran.out.lines().nth(1).unwrap().contains("p50000.example"),
        "the newest first"
    );
    assert!(ran.err.contains("There is more"), "{}", ran.err);
    let ran = world
        .command(&["portals", "list", "--limit", "100000", "--json"])
        .await
        .expect(0);
    assert_eq!((ran.json().len(), ran.err.as_str()), (50_000, ""));
    let ran = world
        .command(&["portals", "list", "--domain", "P4999", "--json"])
        .await
        .expect(0);
    assert_eq!(ran.json().len(), 11, "p4999 and p49990 to p49999");
}

async fn where_there_is_no_database_nothing_is_made(db: Db) {
    let world = World::without_app(db).await;
    let commands: [&[&str]; 5] = [
        &["portals", "list"],
        &["credentials", "list"],
        &["events", "list"],
        &["rest-log"],
        &["keys", "rotate"],
    ];
    if db == Db::Sqlite {
        for words in commands {
            let missing = [("DATABASE_URL", None), ("ENCRYPTION_KEYS", None)];
            let ran = world.command_with(&missing, words).await.expect(2);
            assert!(
                ran.err.contains("DATABASE_URL") && ran.err.contains("migrate"),
                "{}",
                ran.err
            );
        }
        std::fs::write(world.database.url.strip_prefix("sqlite://").unwrap(), "").unwrap();
    }
    for words in commands {
        let ran = world.command(words).await.expect(1);
        assert!(
            ran.err.contains("channel-connect migrate"),
            "{words:?}: {}",
            ran.err
        );
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    world.command(&["migrate"]).await.expect(0);
    let ran = world.command(&["portals", "list", "--json"]).await.expect(0);
    assert_eq!(ran.out, "[]\n");
}

#[test]
fn completions_are_scripts_that_know_the_commands() {
    let folder = tempfile::tempdir().unwrap();
    for (shell, part) in [
        ("bash", "complete -F _channel"),
        ("zsh", "#compdef channel-connect"),
        ("fish", "complete -c channel-connect"),
    ] {
        let ran = run_in(folder.path(), &[], &["completions", shell]).expect(0);
        assert!(ran.out.contains(part) && ran.out.contains("rest-log"), "{shell}");
    }
}

#[test]
fn every_command_has_a_help_and_every_command_that_does_something_an_example() {
    fn look(command: &clap::Command, path: &str) {
        for inner in command.get_subcommands() {
            let path = format!("{path} {}", inner.get_name());
            assert!(inner.get_about().is_some(), "{path}");
            if inner.get_subcommands().next().is_none() && inner.get_name() != "serve" {
                let help = inner
                    .get_after_help()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                assert!(help.contains("channel-connect "), "{path} has no example");
                // Prose is broken anew to fit the terminal; an example cannot be.
                let mut examples = help.lines().filter(|line| line.starts_with(' '));
                assert!(
                    examples.all(|line| line.chars().count() <= 80),
                    "{path}: a line is too long"
                );
            }
            look(inner, &path);
        }
    }
    look(&channel_connect::cli::command(), "channel-connect");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_fault() {
    let script = format!(
        "'{}' completions zsh | head -n 1; echo ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_channel-connect")
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.lines().last(), Some("0"), "{said}");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
