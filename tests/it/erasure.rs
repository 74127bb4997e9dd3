//! After an uninstall with `CLEAN=1`: a search of every table finds nothing of the portal, and the rows of the log
//! are there, blank.

use serde_json::json;

use crate::world::{CODE, Db, World};

on_both_databases!(
    after_a_clean_uninstall_no_table_holds_anything_of_the_portal,
    its_people_and_its_channels_go_with_it,
    without_clean_no_token_no_user_and_no_call_is_left,
    a_neighbour_is_not_touched,
    an_erasure_that_broke_off_is_finished_later,
    calls_that_begin_after_the_erasure_are_kept_blank,
    what_a_replica_with_a_fast_clock_has_logged_is_blanked_too,
    an_heir_inherits_nothing_of_a_portal_that_has_gone,
);

/// Two portals that have done everything; what the first is known by.
async fn lived_in(db: Db) -> (World, Vec<String>) {
    let world = World::new(db).await;
    for portal in ["acme", "globex"] {
        world.install(portal).await;
        world
            .control("install", json!({"portal": portal, "deliver": true}))
            .await;
        world.open(portal, 1).await;
        let session = world.open(portal, 3).await;
        world.connect(&session, CODE).await.expect(200);
        world.expire(portal).await;
        world.connect(&session, CODE).await.expect(200);
        world.connect(&session, &"0".repeat(32)).await.expect(422);
        world
            .control(
                "event",
                json!({"portal": portal, "event": "ONAPPINSTALL", "auth": {"access_token": "dead"}}),
            )
            .await;
    }
    world.inbox_is_empty().await;
    calls_are_logged(&world).await;
    let portal = world.portal("acme").await;
    let mut known: Vec<String> = ["member_id", "application_token", "host", "client_endpoint"]
        .iter()
        .map(|name| portal[*name].as_str().unwrap().to_lowercase())
        .collect();
    for token in world.state().await["tokens"].as_array().unwrap() {
        if token["portal"] == "acme" {
            known.push(token["token"].as_str().unwrap().to_owned());
        }
    }
    (world, known)
}

/// Waits until no call waits any more for being written.
async fn calls_are_logged(world: &World) {
    let calls = i64::try_from(world.called().await.len()).unwrap();
    world.becomes("select count(*) from rest_log", calls).await;
}

/// Removes the app with all of its data, and looks for these words in every table.
async fn expect_all_gone_after_a_clean_uninstall(world: &World, words: &[String]) {
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.inbox_is_empty().await;
    calls_are_logged(world).await;
    let after = world.database.dump().await;
    for word in words {
        assert!(!after.contains(word), "{word} is still there:\n{after}");
        assert!(
            !after.contains(&hex::encode(word)),
            "{word} is still there as bytes"
        );
    }
}

async fn after_a_clean_uninstall_no_table_holds_anything_of_the_portal(db: Db) {
    let (world, known) = lived_in(db).await;
    let before = world.database.dump().await;
    assert!(
        before.contains(&known[0]) && before.contains(&known[2]),
        "the search finds what is there"
    );
    let rows = world.database.number("select count(*) from rest_log").await;
    let of_acme = format!("select count(*) from rest_log where member_id = '{}'", known[0]);
    let of_acme = world.database.number(&of_acme).await;
    assert!(of_acme > 5, "{of_acme} calls of the portal are logged");

    expect_all_gone_after_a_clean_uninstall(&world, &known).await;
    assert!(
        world.database.number("select count(*) from rest_log").await >= rows,
        "the rows stay"
    );
    let blank = "select count(*) from rest_log
        where member_id is null and user_id is null and request is null and response is null";
    assert!(world.database.number(blank).await >= of_acme);
    for table in ["portals", "credentials", "connections"] {
        let left = world
            .database
            .number(&format!("select count(*) from {table}"))
            .await;
        assert!(left > 0, "the neighbour is still in {table}");
    }
}

async fn its_people_and_its_channels_go_with_it(db: Db) {
    let (world, _) = lived_in(db).await;
    // Numbers that nothing else has.
    let (user, code) = (9_007_190_041_i64, "c0ffee0123456789c0ffee0123456789");
    world
        .control("user", json!({"portal": "acme", "user": user}))
        .await;
    world.control("channels", json!({"code": code})).await;
    let session = world.open("acme", user).await;
    world.connect(&session, code).await.expect(200);
    calls_are_logged(&world).await;
    let of_it = [user.to_string(), code.to_owned()];
    let before = world.database.dump().await;
    assert!(
        of_it.iter().all(|word| before.contains(word)),
        "the search finds what is there"
    );
    expect_all_gone_after_a_clean_uninstall(&world, &of_it).await;
}

async fn without_clean_no_token_no_user_and_no_call_is_left(db: Db) {
    let (world, known) = lived_in(db).await;
    world
        .control("uninstall", json!({"portal": "acme", "clean": false}))
        .await;
    world.inbox_is_empty().await;
    calls_are_logged(&world).await;
    let member_id = &known[0];
    let after = world.database.dump().await;
    for secret in known[1..2].iter().chain(&known[4..]) {
        assert!(!after.contains(secret.as_str()));
    }
    for left in [
        format!("select count(*) from rest_log where member_id = '{member_id}'"),
        format!("select count(*) from events where member_id = '{member_id}'"),
        format!("select count(*) from credentials where member_id = '{member_id}'"),
        format!("select count(*) from connections where member_id = '{member_id}' and user_id is not null"),
    ] {
        assert_eq!(world.database.number(&left).await, 0, "{left}");
    }
    let connections = format!("select count(*) from connections where member_id = '{member_id}'");
    assert_eq!(world.database.number(&connections).await, 1);
}

async fn a_neighbour_is_not_touched(db: Db) {
    let (world, _) = lived_in(db).await;
    let globex = world.member_id("globex").await;
    let count = async |table: &str| {
        let query = format!("select count(*) from {table} where member_id = '{globex}'");
        world.database.number(&query).await
    };
    let mut before = Vec::new();
    for table in ["portals", "credentials", "connections", "rest_log", "events"] {
        before.push((table, count(table).await));
    }
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.inbox_is_empty().await;
    for (table, rows) in before {
        assert_eq!(count(table).await, rows, "{table}");
    }
    let session = world.open("globex", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn rows_of_acme(world: &World, table: &str) -> i64 {
    let member_id = world.member_id("acme").await;
    let query = format!("select count(*) from {table} where member_id = '{member_id}'");
    world.database.number(&query).await
}

async fn an_erasure_that_broke_off_is_finished_later(db: Db) {
    // The last one by a portal whose clock is a little behind, so that the authorization server is asked.
    for (clean, behind) in [(true, 0), (false, 0), (false, 100)] {
        let (world, _) = lived_in(db).await;
        world
            .database
            .execute("alter table rest_log rename to away")
            .await;
        let ts = world.state().await["clock"]["unix"].as_i64().unwrap() - behind;
        world
            .control(
                "uninstall",
                json!({"portal": "acme", "clean": clean, "ts": ts.to_string()}),
            )
            .await;
        let broken = "select count(*) from events where state = 'waiting' and outcome is not null";
        world.becomes(broken, 1).await;
        world
            .database
            .execute("alter table away rename to rest_log")
            .await;
        world.hurry_events().await;
        world.inbox_is_empty().await;
        assert_eq!(rows_of_acme(&world, "credentials").await, 0);
        assert_eq!(rows_of_acme(&world, "rest_log").await, 0, "clean: {clean}");
        assert_eq!(rows_of_acme(&world, "events").await, 0, "clean: {clean}");
    }
}

async fn calls_that_begin_after_the_erasure_are_kept_blank(db: Db) {
    for clean in [true, false] {
        let (world, _) = lived_in(db).await;
        let session = world.open("acme", 1).await;
        let limit = json!({
            "on": "imopenlines.network.join", "do": "error", "error": "QUERY_LIMIT_EXCEEDED", "status": 503, "times": 3,
        });
        world.faults(json!([limit])).await;
        let (answer, ()) = tokio::join!(world.connect(&session, CODE), async {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            world
                .control("uninstall", json!({"portal": "acme", "clean": clean}))
                .await;
            world.inbox_is_empty().await;
        });
        assert!(!answer.status.is_success());
        calls_are_logged(&world).await;
        for _ in 0..40 {
            if rows_of_acme(&world, "rest_log").await == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(rows_of_acme(&world, "rest_log").await, 0, "clean: {clean}");
    }
}

async fn what_a_replica_with_a_fast_clock_has_logged_is_blanked_too(db: Db) {
    let (world, _) = lived_in(db).await;
    world
        .database
        .execute("update rest_log set at = at + 20000000")
        .await;
    world
        .control("uninstall", json!({"portal": "acme", "clean": true}))
        .await;
    world.inbox_is_empty().await;
    assert_eq!(rows_of_acme(&world, "rest_log").await, 0);
}

async fn an_heir_inherits_nothing_of_a_portal_that_has_gone(db: Db) {
    let (world, _) = lived_in(db).await;
    let session = world.open("acme", 3).await;
    world
        .control(
            "user",
            json!({"portal": "acme", "user": 3, "active": false, "handed_to": 2}),
        )
        .await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 1500}]))
        .await;
    let (_, ()) = tokio::join!(world.connect(&session, CODE), async {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        world
            .control("uninstall", json!({"portal": "acme", "clean": false}))
            .await;
        world.inbox_is_empty().await;
    });
    assert_eq!(rows_of_acme(&world, "credentials").await, 0);
}
