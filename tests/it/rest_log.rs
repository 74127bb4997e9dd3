//! The log of REST calls: every one of them, with what an operator needs and without any secret.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{CODE, Db, MovedClock, Process, World};

on_both_databases!(
    every_call_is_logged_with_portal_user_outcome_and_the_request_that_led_to_it,
    no_secret_stands_in_the_log,
    what_went_wrong_is_logged_in_words,
    calls_of_other_apps_are_nobodys,
    nothing_is_lost_when_the_process_ends,
    calls_wait_while_the_database_is_away,
    the_log_is_pruned_in_time,
    what_is_asked_about_stored_tokens_names_their_portal_and_user,
    a_call_that_the_policy_forbids_is_logged,
    a_call_whose_asker_has_gone_away_is_logged,
    no_call_is_logged_twice,
    the_end_of_the_process_does_not_wait_for_ever_for_a_log_that_cannot_be_written,
);

const JOIN: &str = "imopenlines.network.join";

async fn logged(world: &World, number: i64) {
    world.becomes("select count(*) from rest_log", number).await;
}

async fn every_call_is_logged_with_portal_user_outcome_and_the_request_that_led_to_it(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 2).await;
    world.expire("acme").await;
    let answer = world.connect(&session, CODE).await.expect(200);
    let request_id = answer.header("x-request-id");
    assert_eq!(request_id.len(), 36);
    logged(&world, 5).await;
    let calls = "select method || ' ' || cast(status as text) || ' ' || coalesce(error, '-') from rest_log
        where request_id = '{}' order by at, id limit 1";
    for (skip, expected) in [
        format!("{JOIN} 401 expired_token"),
        "oauth/token 200 -".to_owned(),
        format!("{JOIN} 200 -"),
    ]
    .iter()
    .enumerate()
    {
        let query = calls.replace("{}", request_id) + &format!(" offset {skip}");
        assert_eq!(&world.database.text(&query).await, expected);
    }
    let member_id = world.member_id("acme").await;
    let named = format!("select count(*) from rest_log where member_id = '{member_id}' and user_id = 2");
    assert_eq!(
        world.database.number(&named).await,
        5,
        "app.info and profile, too"
    );
    let request = format!("select request from rest_log where method = '{JOIN}' and status = 200");
    let request: Value = serde_json::from_str(&world.database.text(&request).await).unwrap();
    assert_eq!(request, json!({"CODE": CODE, "auth": "(hidden)"}));
    let response = format!("select response from rest_log where method = '{JOIN}' and status = 200");
    let response: Value = serde_json::from_str(&world.database.text(&response).await).unwrap();
    assert_eq!(response["result"], 603);
}

async fn no_secret_stands_in_the_log(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world.connect(&session, CODE).await.expect(200);
    // An answer may quote the token that it was sent.
    let state = world.state().await;
    let live = |token: &&Value| token["kind"] == "access" && token["status"] == "live";
    let token = state["tokens"].as_array().unwrap().iter().rfind(live).unwrap()["token"].clone();
    let quoted = format!("the token {} is odd", token.as_str().unwrap());
    world
        .faults(json!([
            {"on": JOIN, "do": "error", "status": 400, "error": "WEIRD", "error_description": quoted},
            {"on": JOIN, "do": "error", "status": 400, "error": token},
        ]))
        .await;
    world.connect(&session, CODE).await;
    world.connect(&session, CODE).await;
    let calls = i64::try_from(world.called().await.len()).unwrap();
    logged(&world, calls).await;
    let dump = world.database.dump().await;
    let log = dump
        .split("== rest_log")
        .nth(1)
        .unwrap()
        .split("\n== ")
        .next()
        .unwrap();
    for word in ["oauth/token", "weird", "the token (hidden) is odd"] {
        assert!(log.contains(word), "{word}: {log}");
    }
    for token in world.state().await["tokens"].as_array().unwrap() {
        assert!(
            !log.contains(token["token"].as_str().unwrap()),
            "a token is in the log"
        );
    }
    assert!(!log.contains(crate::world::CLIENT_SECRET) && !log.contains(&session.to_lowercase()));
}

async fn what_went_wrong_is_logged_in_words(db: Db) {
    let world = World::with(db, |config| config.timeouts.join = Duration::from_millis(300)).await;
    let session = world.open("acme", 1).await;
    for (fault, error) in [
        (json!([{"on": JOIN, "do": "hang"}]), "timed_out"),
        (json!([{"on": JOIN, "do": "drop"}]), "interrupted"),
        (json!([{"on": JOIN, "do": "html", "status": 502}]), "unreadable"),
        (
            json!([{"on": JOIN, "do": "redirect", "same_host": true}]),
            "redirected",
        ),
        (
            json!([{"on": JOIN, "do": "error", "error": "", "status": 400}]),
            "(empty)",
        ),
        (
            json!([{"on": JOIN, "do": "error", "error": "INACTIVE", "status": 400}]),
            "INACTIVE",
        ),
    ] {
        world.faults(fault).await;
        world.connect(&session, CODE).await;
        world
            .becomes(
                &format!("select count(*) from rest_log where error = '{error}'"),
                1,
            )
            .await;
    }
}

async fn calls_of_other_apps_are_nobodys(db: Db) {
    let world = World::new(db).await;
    let wish = json!({"portal": "acme", "user": 1, "client_id": "app.somebody.elses"});
    let token = world.control("token", wish).await;
    let launch = world.launch("acme", 1).await;
    let stolen = launch.with("AUTH_ID", token["access_token"].as_str().unwrap());
    world.post(&stolen).await.expect(403);
    logged(&world, 1).await;
    let nobodys = "select count(*) from rest_log where method = 'app.info' and member_id is null";
    assert_eq!(world.database.number(nobodys).await, 1);
    let dump = world.database.dump().await;
    assert!(
        !dump.contains(&world.member_id("acme").await) && !dump.contains("acme."),
        "what is not ours to erase is not ours to keep: {dump}"
    );
}

async fn nothing_is_lost_when_the_process_ends(db: Db) {
    let mut world = World::without_app(db).await;
    let mut process = Process::start(&world, &[]).await;
    world.turn_to(&process.app_url);
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    process.terminate();
    assert!(process.ended().await);
    let calls = i64::try_from(world.called().await.len()).unwrap();
    assert_eq!(
        world.database.number("select count(*) from rest_log").await,
        calls
    );
}

async fn calls_wait_while_the_database_is_away(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    logged(&world, 2).await;
    world
        .database
        .execute("alter table rest_log rename to away")
        .await;
    world.connect(&session, CODE).await.expect(200);
    tokio::time::sleep(Duration::from_millis(600)).await;
    world
        .database
        .execute("alter table away rename to rest_log")
        .await;
    logged(&world, 3).await;
}

async fn the_log_is_pruned_in_time(db: Db) {
    let clock = MovedClock::default();
    let given = clock.clock();
    let world = World::with(db, |config| {
        config.clock = given;
        config.upkeep.every = Duration::from_millis(50);
    })
    .await;
    world.install("acme").await;
    world
        .control("event", json!({"portal": "acme", "event": "ONAPPINSTALL"}))
        .await;
    world.inbox_is_empty().await;
    clock.forward_days(6);
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert!(
        world.database.number("select count(*) from rest_log").await > 3,
        "seven days by default"
    );
    clock.forward_days(2);
    logged(&world, 0).await;
    world.becomes("select count(*) from events", 0).await;
}

async fn what_is_asked_about_stored_tokens_names_their_portal_and_user(db: Db) {
    let world = World::new(db).await;
    world.open("acme", 2).await;
    world
        .control(
            "uninstall",
            json!({"portal": "acme", "clean": true, "drop": true}),
        )
        .await;
    world
        .control("event", json!({"portal": "acme", "event": "ONAPPPAYMENT"}))
        .await;
    let member_id = world.member_id("acme").await;
    let asked = format!(
        "select count(*) from rest_log where method = 'app.info' and error = 'NOT_INSTALLED' and user_id = 2
            and member_id = '{member_id}'"
    );
    world.becomes(&asked, 1).await;
}

async fn a_call_that_the_policy_forbids_is_logged(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world
        .database
        .execute("update portals set client_endpoint = 'https://10.1.2.3/rest/'")
        .await;
    world.connect(&session, CODE).await.expect(503);
    let forbidden = format!("select count(*) from rest_log where method = '{JOIN}' and error = 'forbidden'");
    world.becomes(&forbidden, 1).await;
}

async fn a_call_whose_asker_has_gone_away_is_logged(db: Db) {
    let world = World::new(db).await;
    world
        .faults(json!([{"on": "app.info", "do": "delay", "ms": 900}]))
        .await;
    let launch = world.launch("acme", 1).await;
    let gone = world
        .request("POST", "/app")
        .form(&launch.body)
        .timeout(Duration::from_millis(300));
    assert!(gone.send().await.unwrap_err().is_timeout());
    world
        .becomes(
            "select count(*) from rest_log where method = 'app.info' and status = 200",
            1,
        )
        .await;
    world.becomes("select count(*) from credentials", 1).await;
}

async fn no_call_is_logged_twice(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    logged(&world, 2).await;
    world
        .database
        .execute("alter table erasures rename to away")
        .await;
    world.connect(&session, CODE).await.expect(200);
    tokio::time::sleep(Duration::from_millis(900)).await;
    world
        .database
        .execute("alter table away rename to erasures")
        .await;
    logged(&world, 3).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    logged(&world, 3).await;
}

async fn the_end_of_the_process_does_not_wait_for_ever_for_a_log_that_cannot_be_written(db: Db) {
    let mut world = World::without_app(db).await;
    let mut process = Process::start(&world, &[]).await;
    world.turn_to(&process.app_url);
    let session = world.open("acme", 1).await;
    logged(&world, 2).await;
    world
        .database
        .execute("alter table rest_log rename to away")
        .await;
    world.connect(&session, CODE).await.expect(200);
    process.terminate();
    let ended = tokio::time::timeout(Duration::from_secs(25), process.ended());
    assert!(ended.await.expect("it ends"));
    assert!(
        process.log().contains("calls were not logged"),
        "and says what is lost"
    );
}
