//! An operator at a terminal, beside a running service: what can be done.

use serde_json::json;

use crate::world::{CODE, Db, KEYS, lived_in, until};

on_both_databases!(
    what_is_not_known_is_said_and_exits_1,
    a_forced_refresh_follows_the_protocol,
    tokens_that_are_over_are_said_to_be_over,
    a_channel_is_joined_in_the_name_of_a_stored_user,
    a_dead_event_is_replayed_and_a_wiped_one_is_not,
    at_trace_level_no_command_shows_a_secret,
    a_forgotten_portal_is_nowhere_any_more,
);

async fn what_is_not_known_is_said_and_exits_1(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let nobody = "0".repeat(32);
    for (words, part) in [
        (&["portals", "show", &nobody][..], "no portal is known"),
        (&["portals", "show", "acme"], "32 hexadecimal digits"),
        (&["portals", "forget", &nobody], "no portal is known"),
        (&["credentials", "refresh", &nobody, "1"], "no portal is known"),
        (
            &["credentials", "refresh", &member_id, "3"],
            "has never opened the app",
        ),
        (
            &["credentials", "refresh", &member_id, "boss"],
            "USER_ID is a number",
        ),
        (&["events", "replay", "nothing"], "is not known"),
        (
            &["join", "--portal", &nobody, "--user", "1", CODE],
            "no portal is known",
        ),
        (
            &["join", "--portal", &member_id, "--user", "3", CODE],
            "has never opened the app",
        ),
    ] {
        let ran = world.command(words).await.expect(1);
        assert!(
            ran.err.contains(part) && ran.out.is_empty(),
            "{words:?}: {}",
            ran.said()
        );
    }
    assert_eq!(world.database.number("select count(*) from erasures").await, 0);
    for words in [
        &["portals"][..],
        &["portals", "show"],
        &["join", CODE],
        &["join", "--portal", &member_id, CODE],
        &[
            "join",
            "--webhook",
            "https://acme.example/rest/1/s/",
            "--portal",
            &member_id,
            "--user",
            "1",
            CODE,
        ],
        &["completions", "tcsh"],
    ] {
        world.command(words).await.expect(2);
    }
}

async fn a_forced_refresh_follows_the_protocol(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let generation = "select generation from credentials where user_id = 1";
    let before = world.database.number(generation).await;
    world.forget_calls().await;
    let ran = world
        .command(&["credentials", "refresh", &member_id, "1"])
        .await
        .expect(0);
    let after = world.database.number(generation).await;
    assert!(
        after > before && ran.out.contains(&after.to_string()),
        "{}",
        ran.said()
    );
    assert_eq!(world.called().await, ["token"]);
    // It is logged like every other call, although the process has ended by now.
    let logged =
        format!("select count(*) from rest_log where method = 'oauth/token' and member_id = '{member_id}'");
    assert_eq!(world.database.number(&logged).await, 1);
    // The service, whose access token that refresh has killed, goes on with the new one.
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn tokens_that_are_over_are_said_to_be_over(db: Db) {
    let (world, member_id) = lived_in(db).await;
    world
        .control("revoke", json!({"portal": "acme", "user": 1}))
        .await;
    let refresh = ["credentials", "refresh", &member_id, "1"];
    let ran = world.command(&refresh).await.expect(1);
    assert!(ran.err.contains("must open the app again"), "{}", ran.err);
    let ran = world.command(&refresh).await.expect(1);
    assert!(ran.err.contains("are revoked"), "{}", ran.err);
    let ran = world
        .command(&["credentials", "list", "--state", "revoked", "--json"])
        .await;
    assert_eq!(ran.json()[0]["user_id"], "1");
    let wrong = [("BITRIX24_CLIENT_SECRET", Some("another-secret-of-somebody"))];
    let ran = world
        .command_with(&wrong, &["credentials", "refresh", &member_id, "2"])
        .await
        .expect(1);
    assert!(ran.err.contains("invalid_client"), "{}", ran.err);
    world
        .command(&["credentials", "refresh", &member_id, "2"])
        .await
        .expect(0);
}

async fn a_channel_is_joined_in_the_name_of_a_stored_user(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let join = async |code: &str| {
        let words = ["join", "--portal", &member_id, "--user", "2", code];
        // What serves nothing needs no address of its own.
        world.command_with(&[("PUBLIC_URL", None)], &words).await
    };
    world.database.execute("delete from connections").await;
    world.expire("acme").await;
    let ran = join(&format!("networkLines{CODE}")).await.expect(0);
    assert!(
        ran.out.contains("bot 603") && ran.out.contains("IM_DIALOG=603"),
        "{}",
        ran.out
    );
    let user = "select user_id from connections";
    assert_eq!(world.database.number(user).await, 2, "the connection is recorded");
    world.forget_calls().await;
    let ran = join("Northwind Support").await.expect(1);
    assert!(ran.err.contains("no channel code"), "{}", ran.err);
    assert!(world.called().await.is_empty(), "the code is checked first");
    let ran = join(&"0123456789abcdef".repeat(2)).await.expect(1);
    assert!(ran.err.contains("knows no channel"), "{}", ran.err);
    let only_offered = [("CUSTOM_CODES", Some("false"))];
    let words = ["join", "--portal", &member_id, "--user", "2", CODE];
    let ran = world.command_with(&only_offered, &words).await.expect(1);
    assert!(ran.err.contains("not one of those"), "{}", ran.err);
}

async fn a_dead_event_is_replayed_and_a_wiped_one_is_not(db: Db) {
    let (world, _) = lived_in(db).await;
    let bad = json!({"portal": "acme", "event": "ONAPPINSTALL", "auth": {"access_token": "5ec2e75ec2e7bad"}});
    world.control("event", bad).await;
    world
        .control("event", json!({"portal": "acme", "event": "ONAPPINSTALL"}))
        .await;
    until(&world, "select count(*) from events where state = 'dead'", 1).await;
    until(&world, "select count(*) from events where state = 'done'", 1).await;
    let id = async |state: &str| {
        let rows = world
            .command(&["events", "list", "--state", state, "--json"])
            .await
            .json();
        rows[0]["id"].as_str().unwrap().to_owned()
    };
    let (dead, done) = (id("dead").await, id("done").await);
    let ran = world
        .command(&["events", "list", "--state", "dead"])
        .await
        .expect(0);
    assert!(ran.out.contains('└'), "it says why: {}", ran.out);
    let ran = world.command(&["events", "replay", &done]).await.expect(1);
    assert!(ran.err.contains("was wiped"), "{}", ran.err);
    world.forget_calls().await;
    world.command(&["events", "replay", &dead]).await.expect(0);
    for _ in 0..200 {
        if world.called().await.contains(&"app.info".to_owned()) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the running service did not pick the event up");
}

async fn a_forgotten_portal_is_nowhere_any_more(db: Db) {
    let (world, member_id) = lived_in(db).await;
    until(
        &world,
        "select count(*) from rest_log where method = 'imopenlines.network.join'",
        1,
    )
    .await;
    let ran = world.command(&["portals", "forget", &member_id]).await.expect(0);
    assert!(
        ran.out.contains("forgotten") && ran.out.contains("acme"),
        "{}",
        ran.out
    );
    assert_eq!(world.database.rows().await, 0);
    for table in ["rest_log", "events"] {
        let left = format!("select count(*) from {table} where member_id is not null");
        assert_eq!(world.database.number(&left).await, 0, "{table}");
    }
    world.command(&["portals", "forget", &member_id]).await.expect(1);
    world.open("acme", 1).await;
    let portals = world.command(&["portals", "list", "--json"]).await.json();
    assert_eq!(
        portals[0]["member_id"],
        member_id.as_str(),
        "whoever opens the app is back"
    );
}

async fn at_trace_level_no_command_shows_a_secret(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let both = format!("canary-key-2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=,{KEYS}");
    let loud = [("RUST_LOG", Some("trace")), ("ENCRYPTION_KEYS", Some(&both[..]))];
    let (_, key) = KEYS.split_once(':').unwrap();
    for words in [
        &["doctor"][..],
        &["keys", "rotate"],
        &["credentials", "refresh", &member_id, "1"],
        &["join", "--portal", &member_id, "--user", "2", CODE],
        &["portals", "show", &member_id, "--json"],
        &["rest-log", "--json"],
        &["portals", "forget", &member_id],
    ] {
        let said = world.command_with(&loud, words).await.expect(0).said();
        for secret in [
            "5ec2e75ec2e7",
            key,
            "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
        ] {
            assert!(!said.contains(secret), "{words:?} shows a secret");
        }
        assert!(words[0] != "join" || said.contains("TRACE"), "the log is a log");
    }
}
