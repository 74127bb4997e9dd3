//! Redirects: a portal's leads nobody anywhere before the authorization server has named the place, and the
//! authorization server's own leads nowhere at all.

use std::time::Duration;

use serde_json::json;

use crate::egress::connect_fails;
use crate::world::{CODE, Db, Trap, World};

on_both_databases!(
    a_redirect_is_gone_to_by_nobody_until_the_authorization_server_names_it,
    a_refresh_that_names_a_forbidden_endpoint_moves_nobody,
    nobody_follows_a_redirect_of_the_authorization_server,
);

const JOIN: &str = "imopenlines.network.join";

async fn a_redirect_is_gone_to_by_nobody_until_the_authorization_server_names_it(db: Db) {
    let world = World::with(db, |config| config.timeouts.join = Duration::from_secs(1)).await;
    let trap = Trap::set();
    let elsewhere = format!("evil.localhost:{}", trap.port);
    let session = world.open("acme", 1).await;
    for status in [301, 302, 303, 307, 308] {
        for location in [
            format!("http://{elsewhere}/rest/{JOIN}"),
            format!("//{elsewhere}/rest/{JOIN}"),
            format!("https://127.0.0.1:{}/rest/{JOIN}", trap.port),
        ] {
            let fault = json!([{"on": JOIN, "do": "redirect", "location": location, "status": status}]);
            world.faults(fault).await;
            world.forget_calls().await;
            connect_fails(&world, &session, &location).await;
            assert_eq!(
                world.called().await,
                [JOIN, "app.info"],
                "the portal is not believed"
            );
        }
    }
    assert_eq!(trap.visits(), 0, "nobody came");
    let kept = "select client_endpoint from portals";
    let home = format!("{}/rest/", world.emulator.portal_url("acme"));
    assert_eq!(world.database.text(kept).await, home);

    let named = format!("http://{elsewhere}/rest/");
    world.name_endpoint("acme", &named).await;
    world
        .faults(json!([{"on": JOIN, "do": "redirect", "location": named}]))
        .await;
    assert_eq!(world.connect(&session, CODE).await.expect(504).slug(), "timeout");
    assert_eq!(
        trap.visits(),
        1,
        "another host and port, by the word of the one who is believed"
    );
    assert_eq!(world.database.text(kept).await, named);
}

async fn a_refresh_that_names_a_forbidden_endpoint_moves_nobody(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let kept = "select client_endpoint from portals";
    let home = world.database.text(kept).await;
    for endpoint in ["https://10.0.0.1/rest/", "https://169.254.169.254/rest/"] {
        world.name_endpoint("acme", endpoint).await;
        world.expire("acme").await;
        connect_fails(&world, &session, endpoint).await;
        assert_eq!(world.database.text(kept).await, home, "{endpoint}");
        world.connect(&session, CODE).await.expect(200);
    }
    for endpoint in [
        "",
        "https://10.0.0.1",
        "https://user@evil.example/rest/",
        "javascript:alert(1)",
    ] {
        world.name_endpoint("acme", endpoint).await;
        world.expire("acme").await;
        world.connect(&session, CODE).await.expect(200);
        assert_eq!(world.database.text(kept).await, home, "{endpoint}");
    }
}

async fn nobody_follows_a_redirect_of_the_authorization_server(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let trap = Trap::set();
    for status in [302, 307, 308] {
        let location = format!("http://127.0.0.1:{}/oauth/token/", trap.port);
        let line = |on: &str| json!([{"on": on, "do": "redirect", "location": location, "status": status}]);
        world.faults(line("app.info")).await;
        let answer = world.post(&world.launch("acme", 2).await).await;
        assert_eq!(answer.slug(), "bitrix24_unavailable", "{status}");
        world.expire("acme").await;
        world.faults(line("token")).await;
        let answer = world.connect(&session, CODE).await.expect(503);
        assert_eq!(answer.slug(), "bitrix24_unavailable", "{status}");
    }
    assert_eq!(trap.visits(), 0, "nobody came");
}
