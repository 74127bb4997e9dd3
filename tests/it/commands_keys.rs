//! `keys rotate`: a new key takes over while the service runs.

use serde_json::json;

use crate::world::{CODE, Db, KEYS, Process, World, until};

on_both_databases!(
    a_key_is_replaced_while_the_service_runs_and_refreshes,
    what_opens_under_no_key_is_named_and_the_rest_is_resealed,
);

const NEW: &str = "canary-key-2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

/// More than one helping.
const USERS: i64 = 120;

async fn a_key_is_replaced_while_the_service_runs_and_refreshes(db: Db) {
    let mut world = World::without_app(db).await;
    let mut old = Process::start(&world, &[]).await;
    world.turn_to(&old.app_url);
    open_for_many(&world).await;
    let bad = json!({"portal": "acme", "event": "ONAPPINSTALL", "auth": {"access_token": "5ec2e75ec2e7bad"}});
    world.control("event", bad).await;
    until(&world, "select count(*) from events where state = 'dead'", 1).await;
    old.terminate();
    assert!(old.ended().await);

    let both = format!("{NEW},{KEYS}");
    let mut service = Process::start(&world, &[("ENCRYPTION_KEYS", &both)]).await;
    world.turn_to(&service.app_url);
    let session = world.open("acme", 1).await;
    let rotate = async || {
        world
            .command_with(&[("ENCRYPTION_KEYS", Some(&both))], &["keys", "rotate"])
            .await
    };
    let press = async {
        for _ in 0..10 {
            world.expire("acme").await;
            world.connect(&session, CODE).await.expect(200);
        }
    };
    let (ran, ()) = tokio::join!(rotate(), press);
    let ran = ran.expect(0);
    assert!(
        ran.out
            .contains("key canary-key: nothing is sealed under it any more"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains(", 0 unreadable") && !ran.out.contains("tokens of users: 0 sealed"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("application tokens: 1 sealed anew"),
        "{}",
        ran.out
    );
    let ran = rotate().await.expect(0);
    assert!(
        ran.out
            .contains(&format!("tokens of users: 0 sealed anew, {USERS} were current")),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("events: 0 sealed anew, 1 were current"),
        "{}",
        ran.out
    );
    service.terminate();
    assert!(service.ended().await);

    // Without the old key everything still opens.
    let alone = Process::start(&world, &[("ENCRYPTION_KEYS", NEW)]).await;
    world.turn_to(&alone.app_url);
    let member_id = world.member_id("acme").await;
    world.expire("acme").await;
    for user in ["2", "77"] {
        let words = ["join", "--portal", &member_id, "--user", user, CODE];
        world
            .command_with(&[("ENCRYPTION_KEYS", Some(NEW))], &words)
            .await
            .expect(0);
    }
    let ran = world
        .command_with(&[("ENCRYPTION_KEYS", Some(NEW))], &["keys", "rotate"])
        .await
        .expect(0);
    assert!(ran.out.contains("There is one key only"), "{}", ran.out);
    // An event that was kept under the old key opens, and its token is asked about again.
    let dead = world
        .database
        .text("select id from events where state = 'dead'")
        .await;
    let replay = ["events", "replay", &dead];
    world.forget_calls().await;
    world
        .command_with(&[("ENCRYPTION_KEYS", Some(NEW))], &replay)
        .await
        .expect(0);
    for tries in 0.. {
        if world.called().await.contains(&"app.info".to_owned()) {
            break;
        }
        assert!(tries < 200, "the event does not open");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    // The application token of the old key proves an uninstall.
    let handler = format!("{}/events", alone.app_url);
    let uninstall = json!({"portal": "acme", "event": "ONAPPUNINSTALL", "handler": handler});
    assert_eq!(world.control("event", uninstall).await["status"], 200);
}

/// Each column of bytes is sealed, and then rotation must know it; or holds a digest, which nobody can make anew without
/// the value, and which is only looked for.
#[test]
fn rotation_knows_every_column_that_is_sealed() {
    const SEALED: &[(&str, &str)] = &[
        ("portals", "application_token"),
        ("credentials", "tokens"),
        ("credentials", "refresh_digest"),
        ("events", "body"),
    ];
    const DIGESTS: &[(&str, &str)] = &[
        ("credentials", "spent_digest"),
        ("events", "digest"),
        ("erasures", "digest"),
        ("oauth_states", "digest"),
    ];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let rotate = std::fs::read_to_string(root.join("src/store/rotate.rs")).unwrap();
    let mut columns = Vec::new();
    for file in std::fs::read_dir(root.join("migrations")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut table = "";
        for line in text.lines() {
            let words: Vec<_> = line.split_whitespace().collect();
            match words[..] {
                ["create" | "alter", "table", name, ..] => table = name,
                [column, kind, ..] if kind.starts_with("bytea") => {
                    columns.push((table.to_owned(), column.to_owned()));
                }
                _ => {}
            }
            assert!(
                !line.contains("add column") || !line.contains("bytea"),
                "{line}: on a line of its own"
            );
        }
    }
    for (table, column) in &columns {
        let is = |known: &&(&str, &str)| known == &&(table.as_str(), column.as_str());
        let sealed = SEALED.iter().any(|known| is(&known));
        assert!(
            sealed || DIGESTS.iter().any(|known| is(&known)),
            "{table}.{column}: say whether it is sealed, and let rotation know it"
        );
        let update = rotate
            .split("update ")
            .skip(1)
            .find(|update| update.starts_with(table));
        let written = update.is_some_and(|update| {
            update
                .split(';')
                .next()
                .unwrap()
                .contains(&format!("{column} = $"))
        });
        assert!(!sealed || written, "{table}.{column} is sealed, and never anew");
    }
    assert_eq!(columns.len(), SEALED.len() + DIGESTS.len(), "{columns:?}");
}

async fn open_for_many(world: &World) {
    let install = json!({"portal": "acme", "user": 1, "install": true});
    world.post(&world.launch_with(install).await).await.expect(200);
    world.open("acme", 1).await;
    for user in 2..=USERS {
        world
            .control("user", json!({"portal": "acme", "user": user}))
            .await;
        world.open("acme", user).await;
    }
}

async fn what_opens_under_no_key_is_named_and_the_rest_is_resealed(db: Db) {
    let world = World::new(db).await;
    world.open("acme", 1).await;
    world.open("acme", 2).await;
    let member_id = world.member_id("acme").await;
    // As if it had been sealed for another row.
    let swap = "update credentials set tokens = (select tokens from credentials where user_id = 1) where user_id = 2";
    world.database.execute(swap).await;
    let both = format!("{NEW},{KEYS}");
    let rotate = async |keys: &str| {
        world
            .command_with(&[("ENCRYPTION_KEYS", Some(keys))], &["keys", "rotate"])
            .await
    };
    let ran = rotate(&both).await.expect(1);
    assert!(
        ran.err
            .contains("No service has sealed anything under canary-key-2"),
        "{}",
        ran.err
    );
    assert!(
        ran.out
            .contains("tokens of users: 1 sealed anew, 0 were current, 1 unreadable"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains(&format!("unreadable: credentials {member_id}/2")),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("key canary-key is still needed: 1 sealed values are under it"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("open under none of the keys"), "{}", ran.err);
    // Without the key that they are under nothing can be done, and nothing is harmed.
    let other = "other:QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=";
    rotate(other).await.expect(1);
    let session = world.open("acme", 2).await;
    world.connect(&session, CODE).await.expect(200);
    rotate(KEYS).await.expect(1);
    rotate(&both).await.expect(0);
}
