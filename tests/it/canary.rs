//! Every secret of the suite can be recognised; none may ever stand in a log, not even at `trace`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

use crate::world::{CLIENT_SECRET, CODE, Db, KEYS, Process, World, with_parameter};

on_both_databases!(at_trace_level_no_token_secret_key_or_session_is_logged);

/// What all of the emulator's tokens, and the suite's client secret, begin with.
const TOKENS: &str = "5ec2e75ec2e7";

async fn at_trace_level_no_token_secret_key_or_session_is_logged(db: Db) {
    let mut world = World::without_app(db).await;
    let mut process = Process::start(&world, &[("RUST_LOG", "trace")]).await;
    world.turn_to(&process.app_url);
    live_through_everything(&world).await;
    let mark = sign_in_outside(&world).await;
    process.terminate();
    assert!(process.ended().await);
    let log = process.log();
    assert!(
        log.contains("route=\"/connect\"") && log.contains("TRACE"),
        "the log is a log"
    );
    assert!(CLIENT_SECRET.starts_with(TOKENS));
    let (_, key) = KEYS.split_once(':').unwrap();
    // version, length of the key id, the id itself: what every sealed session and state begins with
    let session = URL_SAFE_NO_PAD.encode(b"\x01\x0acanary-key");
    let session = &session[..session.len() - 1];
    let sealed = &STANDARD.encode(b"\x01\x0acanary-ke")[..15];
    for canary in [TOKENS, key, session, sealed, &mark] {
        if let Some(line) = log.lines().find(|line| line.contains(canary)) {
            panic!("a secret was logged: {}…", line.split(canary).next().unwrap());
        }
    }
}

/// Signs in outside the frame, well and badly; gives what the browser alone may know.
async fn sign_in_outside(world: &World) -> String {
    let person = world.visitor();
    let portal = world.emulator.portal_url("globex");
    let authorize = person.start(&portal).await;
    let mark = person.cookies.lock().unwrap().values().next().unwrap().clone();
    let back = person.agree(&authorize, 1).await;
    world.visitor().visit(&back).await.expect(403);
    let bare = with_parameter(&back, "member_id", None);
    person.visit(&bare).await.expect(400);
    let page = person.visit(&back).await.expect(200);
    world.connect(&page.session(), CODE).await.expect(200);
    person.visit(&back).await.expect(403);
    for fault in [
        json!([{"on": "token", "do": "status", "status": 502}]),
        json!([{"on": "token", "do": "rotate_then_drop"}]),
        json!([{"on": "token", "do": "error", "status": 400, "error": "invalid_grant"}]),
    ] {
        world.faults(fault).await;
        person.sign_in(&portal, 1).await;
    }
    world
        .send(world.request("HEAD", back.strip_prefix(&world.app_url).unwrap()))
        .await
        .expect(405);
    mark
}

async fn live_through_everything(world: &World) {
    let install = world
        .launch_with(json!({"portal": "acme", "user": 1, "install": true}))
        .await;
    world.post(&install).await.expect(200);
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    world.expire("acme").await;
    world.connect_page(&session, CODE).await.expect(200);
    world
        .control("rename", json!({"portal": "acme", "to": "umbrella"}))
        .await;
    world.connect(&session, CODE).await.expect(200);
    for fault in [
        json!([{"on": "*", "do": "drop", "times": 2}]),
        json!([{"on": "*", "do": "html", "times": 1}]),
        json!([{"on": "token", "do": "rotate_then_drop"}]),
        json!([{"on": "*", "do": "error", "status": 400, "error": "invalid_client"}]),
    ] {
        world.expire("umbrella").await;
        world.faults(fault).await;
        world.connect(&session, CODE).await;
        world.faults(json!([])).await;
        world.post(&world.launch("umbrella", 1).await).await;
    }
    let launch = world.launch("umbrella", 2).await;
    world
        .post(&launch.clone().with("member_id", &"0".repeat(32)))
        .await
        .expect(403);
    world
        .post(&launch.clone().with("status", &"a".repeat(70_000)))
        .await
        .expect(413);
    world.post(&launch.clone().without("member_id")).await.expect(400);
    world.connect(&format!("{session}x"), CODE).await.expect(403);
    world.connect(&session[..40], CODE).await.expect(403);
    let query = format!("/app?AUTH_ID={}&session={session}", launch.body["AUTH_ID"]);
    world.send(world.request("GET", &query)).await.expect(200);
    world
        .send(world.request("GET", &query.replace("/app", "/nowhere")))
        .await
        .expect(404);
}
