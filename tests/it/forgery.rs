//! Launches that somebody made up: nothing is stored, nobody is contacted, and the answer says 403.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;

use crate::world::{CODE, Db, Launch, MovedClock, World};

on_both_databases!(
    another_apps_token_is_forged,
    a_swapped_member_id_is_forged,
    a_garbage_token_and_no_token_are_forged,
    a_token_that_is_a_part_of_a_code_is_forged_and_asked_about_once,
    an_expired_token_is_no_forgery,
    a_hostile_server_endpoint_and_domain_are_never_contacted_and_never_stored,
    a_tampered_session_is_forged_and_an_old_one_expired,
);

async fn expect_forged(world: &World, launch: &Launch) {
    let page = world.post(launch).await;
    assert_eq!(
        (page.status.as_u16(), page.slug().as_str()),
        (403, "forged"),
        "{}",
        page.body
    );
    assert_eq!(page.frame_ancestors(), "'none'");
    let json = world.send(
        world
            .request("POST", "/app")
            .form(&launch.body)
            .header("accept", "application/json"),
    );
    assert_eq!(json.await.expect(403).json()["error"], "forged");
    assert_eq!(world.database.rows().await, 0, "nothing is stored");
}

async fn another_apps_token_is_forged(db: Db) {
    let world = World::new(db).await;
    let wish = json!({"portal": "acme", "user": 1, "client_id": "app.somebody.elses"});
    let token = world.control("token", wish).await;
    let launch = world.launch("acme", 1).await;
    let stolen = launch
        .with("AUTH_ID", token["access_token"].as_str().unwrap())
        .with("REFRESH_ID", token["refresh_token"].as_str().unwrap());
    expect_forged(&world, &stolen).await;
}

async fn a_swapped_member_id_is_forged(db: Db) {
    let world = World::new(db).await;
    let globex = world.member_id("globex").await;
    let launch = world.launch("acme", 1).await;
    expect_forged(&world, &launch.clone().with("member_id", &globex)).await;
    expect_forged(&world, &launch.with("member_id", &"0".repeat(32))).await;
}

async fn a_garbage_token_and_no_token_are_forged(db: Db) {
    let world = World::new(db).await;
    let launch = world.launch("acme", 1).await;
    expect_forged(&world, &launch.clone().with("AUTH_ID", "garbage")).await;
    expect_forged(&world, &launch.clone().with("AUTH_ID", "gar bage\u{0}")).await;
    expect_forged(&world, &launch.clone().with("AUTH_ID", &"a".repeat(5000))).await;
    expect_forged(&world, &launch.clone().with("AUTH_ID", "")).await;
    expect_forged(&world, &launch.without("AUTH_ID")).await;
}

/// Secrets are taken out of an answer, and an error's code may hold what somebody has made up as a token.
async fn a_token_that_is_a_part_of_a_code_is_forged_and_asked_about_once(db: Db) {
    let world = World::new(db).await;
    let launch = world.launch("acme", 1).await;
    for token in ["invalid_client", "invalid", "CLIENT", "e", "_"] {
        world.forget_calls().await;
        for _ in 0..2 {
            expect_forged(&world, &launch.clone().with("AUTH_ID", token)).await;
        }
        assert_eq!(world.called().await, ["app.info"], "{token}");
    }
}

async fn an_expired_token_is_no_forgery(db: Db) {
    let world = World::new(db).await;
    let launch = world.launch("acme", 1).await;
    world.expire("acme").await;
    let page = world.post(&launch).await.expect(401);
    assert_eq!(page.slug(), "reopen_app");
    assert_eq!(
        page.frame_ancestors(),
        world.emulator.portal_url("acme"),
        "readable in the claimed frame"
    );
    assert_eq!(world.database.rows().await, 0);
}

async fn a_hostile_server_endpoint_and_domain_are_never_contacted_and_never_stored(db: Db) {
    let world = World::new(db).await;
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let evil = format!("evil.localhost:{}", trap.local_addr().unwrap().port());
    let mut launch = world.launch("acme", 1).await;
    launch = launch.with("SERVER_ENDPOINT", &format!("http://{evil}/rest/"));
    launch.url = launch.url.replace(
        &format!("acme.localhost%3A{}", world.emulator.portal_addr().port()),
        &evil,
    );
    launch.url = launch.url.replace(
        &format!("acme.localhost:{}", world.emulator.portal_addr().port()),
        &evil,
    );
    assert!(launch.url.contains(&evil), "{}", launch.url);
    let page = world.post(&launch).await.expect(200);
    let portal = world.emulator.portal_url("acme");
    assert_eq!(
        page.frame_ancestors(),
        format!("{portal} http://{evil}"),
        "a difference alone is no forgery"
    );

    world.expire("acme").await;
    world.connect(&page.session(), CODE).await.expect(200);
    assert_eq!(
        world.database.text("select client_endpoint from portals").await,
        format!("{portal}/rest/")
    );
    let stored = "select count(*) from portals where domain like '%evil%' or client_endpoint like '%evil%'";
    assert_eq!(world.database.number(stored).await, 0);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(trap.accept().is_err(), "nobody came");
}

async fn a_tampered_session_is_forged_and_an_old_one_expired(db: Db) {
    let clock = MovedClock::default();
    let world = World::with(db, |config| config.clock = clock.clock()).await;
    let session = world.open("acme", 1).await;
    world.forget_calls().await;
    let mut tampered = session.clone().into_bytes();
    let middle = tampered.len() / 2;
    tampered[middle] = if tampered[middle] == b'A' { b'B' } else { b'A' };
    for forged in [
        String::from_utf8(tampered).unwrap(),
        session[4..].to_owned(),
        String::new(),
        "x".repeat(5000),
    ] {
        let page = world.connect_page(&forged, CODE).await;
        assert_eq!((page.status.as_u16(), page.slug().as_str()), (403, "forged"));
        assert_eq!(page.frame_ancestors(), "'none'");
    }
    clock.forward_hours(13);
    let page = world.connect_page(&session, CODE).await.expect(401);
    assert_eq!(page.slug(), "session_expired");
    assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
    assert_eq!(world.called().await, [""; 0]);
}
