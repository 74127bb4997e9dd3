//! `doctor` on a good setup, and on setups that are broken in one way each: it names the fault and the mend.

use std::os::unix::fs::PermissionsExt as _;

use bitrix24_emulator::{Emulator, Options};
use channel_connect::app::Clock;
use serde_json::{Value, json};

use crate::world::{Db, Ran, World, free_port, lived_in, until};

mod front;
mod schema;

on_both_databases!(
    a_healthy_development_setup_passes,
    settings_that_are_wrong_are_all_named,
    a_wrong_secret_and_a_wrong_id_are_told_apart,
    an_authorization_server_that_is_not_there_or_not_one_is_named,
    a_database_that_is_down_is_named,
    wrong_keys_are_named,
    a_clock_that_is_an_hour_off_is_named,
    dead_letters_are_named,
    an_inbox_that_nobody_works_on_is_named,
    lost_tokens_and_unbound_portals_are_named,
);

/// What `doctor` found, line by line.
struct Findings(Vec<Value>);

impl Findings {
    async fn of(world: &World, changes: &[(&str, Option<&str>)]) -> (i32, Self) {
        let ran = world.command_with(changes, &["doctor", "--json"]).await;
        (ran.code, Self(ran.json()))
    }

    fn with(&self, verdict: &str) -> Vec<String> {
        let found = self.0.iter().filter(|finding| finding["verdict"] == verdict);
        found
            .map(|finding| {
                format!(
                    "{}: {}",
                    finding["check"].as_str().unwrap(),
                    finding["says"].as_str().unwrap()
                )
            })
            .collect()
    }

    /// Exactly one check has this verdict, and it names this; it says how to mend it, too.
    fn only(&self, verdict: &str, names: &str) {
        let found = self.with(verdict);
        assert!(
            found.len() == 1 && found[0].contains(names),
            "{verdict} {names}: {found:?}"
        );
        let finding = self
            .0
            .iter()
            .find(|finding| finding["verdict"] == verdict)
            .unwrap();
        assert!(
            finding["mend"].as_str().is_some_and(|mend| !mend.is_empty()),
            "{finding}"
        );
    }
}

/// What is wrong with nothing but the given settings: `doctor` fails with exactly this.
async fn fails_with(world: &World, changes: &[(&str, Option<&str>)], names: &str) {
    let (code, findings) = Findings::of(world, changes).await;
    assert_eq!(code, 1, "{names}");
    findings.only("fail", names);
}

async fn a_healthy_development_setup_passes(db: Db) {
    let (world, _) = lived_in(db).await;
    let (code, findings) = Findings::of(&world, &[]).await;
    assert_eq!((code, findings.with("fail")), (0, Vec::new()));
    assert!(
        findings
            .with("warn")
            .iter()
            .all(|line| line.starts_with("Market rules")),
        "{:?}",
        findings.with("warn")
    );
    for check in [
        "configuration",
        "database",
        "migrations",
        "keys",
        "inbox",
        "credentials",
        "portals",
        "authorization server",
        "client credentials",
        "clock",
        "public address",
        "app addresses",
        "headers",
        "readiness",
        "channels",
        "linked pages",
        "shareable links",
    ] {
        assert!(
            findings.with("ok").iter().any(|line| line.starts_with(check)),
            "{check}"
        );
    }
    let ran: Ran = world.command(&["doctor"]).await.expect(0);
    assert!(
        ran.out.contains("ok    client credentials") && !ran.out.contains("FAIL"),
        "{}",
        ran.out
    );
    let code = ("APP_CODE", Some("acme.channels"));
    let (_, findings) = Findings::of(&world, &[code, ("PLACEMENTS", Some("rest_app_uri"))]).await;
    assert!(
        findings
            .with("ok")
            .iter()
            .any(|line| line.contains("/view/acme.channels/")),
        "{:?}",
        findings.0
    );
}

async fn settings_that_are_wrong_are_all_named(db: Db) {
    let (world, _) = lived_in(db).await;
    let changes = [
        ("BITRIX24_CLIENT_SECRET", Some("changeme")),
        ("LISTEN_ADDR", Some("everywhere")),
        ("RUST_LOG", Some("loud=very")),
        ("REST_LOG_DAYS", Some("2")),
    ];
    let ran = world.command_with(&changes, &["doctor"]).await.expect(1);
    for (name, value) in changes {
        assert!(ran.out.contains(name), "{name}: {}", ran.out);
        assert!(
            name == "REST_LOG_DAYS" || !ran.out.contains(value.unwrap()),
            "{name}: {}",
            ran.out
        );
    }
    assert!(ran.err.contains("checks failed"), "{}", ran.err);
    fails_with(
        &world,
        &[("CUSTOM_CODES", Some("false"))],
        "nothing can be connected",
    )
    .await;
    world.command(&["doctor", "--loudly"]).await.expect(2);
}

async fn a_wrong_secret_and_a_wrong_id_are_told_apart(db: Db) {
    let (world, _) = lived_in(db).await;
    fails_with(
        &world,
        &[("BITRIX24_CLIENT_SECRET", Some("kT3xw9"))],
        "BITRIX24_CLIENT_SECRET",
    )
    .await;
    fails_with(
        &world,
        &[("BITRIX24_CLIENT_ID", Some("app.5f0c"))],
        "BITRIX24_CLIENT_ID",
    )
    .await;
}

async fn an_authorization_server_that_is_not_there_or_not_one_is_named(db: Db) {
    let (world, _) = lived_in(db).await;
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    fails_with(
        &world,
        &[("BITRIX24_OAUTH_URL", Some(&nowhere))],
        "BITRIX24_OAUTH_URL is not reached",
    )
    .await;
    // A page, and no authorization server.
    let (code, findings) = Findings::of(&world, &[("BITRIX24_OAUTH_URL", Some(&world.app_url))]).await;
    assert_eq!(code, 1);
    let failed = findings.with("fail");
    assert!(
        failed
            .iter()
            .any(|line| line.contains("otherwise than Bitrix24 does")),
        "{failed:?}"
    );
    // One whose certificate nobody has vouched for.
    let options = Options {
        tls: true,
        ..Options::default()
    };
    let emulator = Emulator::start(options).await.unwrap();
    fails_with(
        &world,
        &[("BITRIX24_OAUTH_URL", Some(&emulator.oauth_url()))],
        "no valid certificate",
    )
    .await;
}

async fn a_database_that_is_down_is_named(db: Db) {
    let (world, _) = lived_in(db).await;
    let folder = tempfile::tempdir().unwrap();
    let garbage = folder.path().join("garbage.db");
    std::fs::write(&garbage, "This is a letter, and no database at all. ".repeat(100)).unwrap();
    let down = match db {
        Db::Sqlite => format!("sqlite://{}", garbage.display()),
        Db::Postgres => format!("postgres://app:pa55w0rd@127.0.0.1:{}/app", free_port()),
    };
    let (code, findings) = Findings::of(&world, &[("DATABASE_URL", Some(&down))]).await;
    assert_eq!(code, 1);
    findings.only("fail", "DATABASE_URL");
    assert!(
        !findings
            .0
            .iter()
            .any(|finding| finding.to_string().contains("pa55w0rd"))
    );
}

async fn wrong_keys_are_named(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let other = "other:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    let (code, findings) = Findings::of(&world, &[("ENCRYPTION_KEYS", Some(other))]).await;
    assert_eq!(code, 1);
    findings.only("fail", "ENCRYPTION_KEYS");
    assert!(
        findings.with("fail")[0].contains(&member_id),
        "{:?}",
        findings.with("fail")
    );
    if db == Db::Sqlite {
        // The key file that a service with no keys of its own would have made, open to everybody.
        let file = format!("{}.key", world.database.url.strip_prefix("sqlite://").unwrap());
        std::fs::write(&file, crate::world::KEYS).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        fails_with(&world, &[("ENCRYPTION_KEYS", None)], "open to others").await;
    }
}

async fn a_clock_that_is_an_hour_off_is_named(db: Db) {
    let (world, _) = lived_in(db).await;
    world.control("clock", json!({"advance_s": 3600})).await;
    fails_with(&world, &[], "about 60 minutes behind").await;
    world.control("clock", json!({"advance_s": -3720})).await;
    let (code, findings) = Findings::of(&world, &[]).await;
    assert_eq!(code, 0);
    assert!(
        findings
            .with("warn")
            .iter()
            .any(|line| line.starts_with("clock") && line.contains("ahead of"))
    );
}

async fn dead_letters_are_named(db: Db) {
    let (world, _) = lived_in(db).await;
    let bad = json!({"portal": "acme", "event": "ONAPPINSTALL", "auth": {"access_token": "5ec2e75ec2e7bad"}});
    world.control("event", bad).await;
    until(&world, "select count(*) from events where state = 'dead'", 1).await;
    let (code, findings) = Findings::of(&world, &[]).await;
    assert_eq!(code, 0, "anybody can send what becomes a dead letter");
    assert!(
        findings
            .with("warn")
            .iter()
            .any(|line| line.contains("dead letters: 1")),
        "{:?}",
        findings.0
    );
}

async fn an_inbox_that_nobody_works_on_is_named(db: Db) {
    let world = World::without_app(db).await;
    world.command(&["migrate"]).await.expect(0);
    let hour_ago = (Clock::system().now() - jiff::SignedDuration::from_hours(1)).as_microsecond();
    let insert = |id: &str, due: i64| {
        let digest = if db == Db::Sqlite {
            format!("x'{id}'")
        } else {
            format!("'\\x{id}'")
        };
        format!(
            "insert into events (id, digest, event, state, attempts, due_at, received_at)
             values ('{id}', {digest}, 'ONAPPINSTALL', 'waiting', 1, {due}, {hour_ago})"
        )
    };
    // One that is tried again later is in good hands.
    world.database.execute(&insert("01", 9_000_000_000_000_000)).await;
    let (code, findings) = Findings::of(&world, &[]).await;
    assert_eq!((code, findings.with("fail")), (0, Vec::new()));
    world.database.execute(&insert("02", hour_ago)).await;
    fails_with(
        &world,
        &[],
        "waiting: 2, the oldest for 1h; dead letters: 0; due for 1h",
    )
    .await;
}

async fn lost_tokens_and_unbound_portals_are_named(db: Db) {
    let (world, _) = lived_in(db).await;
    world
        .database
        .execute("update credentials set state = 'lost' where user_id = 2")
        .await;
    world.database.execute("update portals set bound = null").await;
    let (code, findings) = Findings::of(&world, &[]).await;
    assert_eq!(code, 0);
    let warned = findings.with("warn");
    assert!(
        warned
            .iter()
            .any(|line| line.contains("live: 1, lost: 1, revoked: 0")),
        "{warned:?}"
    );
    assert!(
        warned
            .iter()
            .any(|line| line.contains("without bound handlers: 1")),
        "{warned:?}"
    );
}
