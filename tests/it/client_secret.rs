//! The app's secret goes to the authorization server's token endpoint and to nobody else, whatever anybody names.

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::world::{CLIENT_SECRET, CODE, Db, Trap, World, serve_bytes};

on_both_databases!(
    the_secret_goes_to_the_token_endpoint_and_nowhere_else,
    a_portal_hears_nothing_of_the_secret,
);

async fn the_secret_goes_to_the_token_endpoint_and_nowhere_else(db: Db) {
    let world = World::new(db).await;
    let trap = Trap::set();
    let evil = format!("http://127.0.0.1:{}/rest/", trap.port);
    world
        .control("portal", json!({"portal": "acme", "server_endpoint": evil}))
        .await;
    world.install("acme").await;
    let launch = world.launch("acme", 1).await.with("SERVER_ENDPOINT", &evil);
    let session = world.post(&launch).await.expect(200).session();
    for event in ["ONAPPINSTALL", "ONAPPUPDATE", "ONAPPPAYMENT"] {
        let auth = json!({"server_endpoint": evil, "client_endpoint": evil, "domain": "127.0.0.1"});
        world
            .control("event", json!({"portal": "acme", "event": event, "auth": auth}))
            .await;
    }
    world.inbox_is_empty().await;
    // A refresh, whose answer names the trap too; a renamed portal; both at once; and another refresh after that.
    world.expire("acme").await;
    world.connect(&session, CODE).await.expect(200);
    world
        .control("rename", json!({"portal": "acme", "to": "umbrella"}))
        .await;
    world.connect(&session, CODE).await.expect(200);
    world.expire("umbrella").await;
    world
        .control("rename", json!({"portal": "umbrella", "to": "hive"}))
        .await;
    world.connect(&session, CODE).await.expect(200);
    world.expire("hive").await;
    world.connect(&session, CODE).await.expect(200);
    let host = world.portal_host("hive");
    world.visitor().sign_in(&host, 2).await.expect(200);

    assert_eq!(trap.visits(), 0, "nobody came");
    let mut refreshed = 0;
    for call in world.calls().await {
        let tells = format!("{} {}", call.path, call.params).contains(CLIENT_SECRET);
        let token = (call.listener.as_str(), call.method.as_str()) == ("oauth", "token");
        assert_eq!(tells, token, "{call:?}");
        if token {
            assert_eq!(
                (call.http_method.as_str(), call.path.as_str()),
                ("POST", "/oauth/token/")
            );
            refreshed += 1;
        }
    }
    assert!(refreshed >= 4, "three refreshes and a sign-in");
    assert!(!world.database.dump().await.contains(CLIENT_SECRET));
    let home = format!("{}/rest/", world.emulator.portal_url("hive"));
    let kept = world.database.text("select client_endpoint from portals").await;
    assert_eq!(kept, home);
}

async fn a_portal_hears_nothing_of_the_secret(db: Db) {
    let world = World::new(db).await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let expired = "{\"error\":\"expired_token\"}";
    let answer = format!(
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: {}\r\n\r\n{expired}",
        expired.len()
    );
    let port = serve_bytes(vec![answer.into_bytes(); 9], Arc::clone(&heard));
    world
        .name_endpoint("acme", &format!("http://raw.localhost:{port}/rest/"))
        .await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(401);
    let heard = String::from_utf8(heard.lock().unwrap().clone()).unwrap();
    assert!(
        heard.contains("POST /rest/imopenlines.network.join HTTP/1.1"),
        "{heard}"
    );
    assert!(!heard.contains(CLIENT_SECRET), "{heard}");
}
