//! On-premise portals: at a port, below a path, and moving between them.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::world::{CODE, Db, World};

on_both_databases!(
    a_portal_on_a_port_and_a_path_is_installed_opened_and_connected,
    a_portal_that_moves_to_another_path_or_port_is_found_and_remembered,
    another_rest_root_on_the_same_host_is_no_word_of_the_authorization_server,
);

const JOIN: &str = "imopenlines.network.join";
const KEPT: &str = "select client_endpoint from portals";

/// A world whose portal has always stood below `/b24`.
async fn world_with_a_path(db: Db) -> World {
    let world = World::new(db).await;
    world
        .control("portal", json!({"portal": "acme", "path": "/b24"}))
        .await;
    world
}

/// Scheme, host and port of the portal.
async fn origin(world: &World) -> String {
    format!("http://{}", world.portal("acme").await["host"].as_str().unwrap())
}

async fn a_portal_on_a_port_and_a_path_is_installed_opened_and_connected(db: Db) {
    let world = world_with_a_path(db).await;
    let origin = origin(&world).await;
    world.install("acme").await;
    let bound = world.portal("acme").await["bindings"].clone();
    assert!(
        !bound.as_array().unwrap().is_empty(),
        "the installer has bound its handlers"
    );
    assert_eq!(world.database.text(KEPT).await, format!("{origin}/b24/rest/"));

    let page = world.post(&world.launch("acme", 2).await).await.expect(200);
    assert_eq!(page.frame_ancestors(), origin, "with its port, and never a path");
    let page = world.connect_page(&page.session(), CODE).await.expect(200);
    assert_eq!(page.attribute("data-slug"), "connected");
    assert_eq!(page.frame_ancestors(), origin);
    let bot_id = page.attribute("data-bot-id");
    let dialog = format!("{origin}/b24/online/?IM_DIALOG={bot_id}");
    assert!(page.body.contains(&dialog), "{dialog}: {}", page.body);
    for call in world.calls().await {
        let expected = if call.listener == "portal" {
            "/b24/rest/"
        } else {
            "/"
        };
        assert!(
            call.path.starts_with(expected),
            "{}: {}",
            call.listener,
            call.path
        );
        assert_eq!(call.status, Some(200), "{}", call.path);
    }
}

async fn a_portal_that_moves_to_another_path_or_port_is_found_and_remembered(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let port = world.control("listen", json!({})).await["port"].clone();
    for (number, place) in [
        json!({"path": "/b24"}),
        json!({"path": "/crm/b24"}),
        json!({"port": port}),
        json!({"path": "", "port": world.emulator.portal_addr().port()}),
    ]
    .into_iter()
    .enumerate()
    {
        let mut moves: Value = place.clone();
        moves["portal"] = json!("acme");
        let old = world.portal("acme").await["client_endpoint"].clone();
        let new = world.control("rename", moves).await["client_endpoint"].clone();
        assert_ne!(old, new);
        // Rename and expiry may hit one call together.
        let expired = number % 2 == 1;
        if expired {
            world.expire("acme").await;
        }
        world.forget_calls().await;
        let answer = world.connect(&session, CODE).await.expect(200).json();
        let beginning = new.as_str().unwrap().strip_suffix("rest/").unwrap();
        let dialog = answer["dialog_url"].as_str().unwrap();
        assert!(
            dialog.starts_with(&format!("{beginning}online/?IM_DIALOG=")),
            "{place}: {dialog}"
        );
        assert_eq!(world.database.text(KEPT).await, new.as_str().unwrap());
        world.forget_calls().await;
        world.connect(&session, CODE).await.expect(200);
        assert_eq!(world.called().await, [JOIN], "{place}: remembered");
    }
}

async fn another_rest_root_on_the_same_host_is_no_word_of_the_authorization_server(db: Db) {
    let world = world_with_a_path(db).await;
    let (origin, session) = (origin(&world).await, world.open("acme", 1).await);
    let home = format!("{origin}/b24/rest/");
    for (location, asked) in [
        (format!("{origin}/other/rest/{JOIN}"), true),
        (format!("{origin}/rest/{JOIN}"), true),
        (format!("{home}{JOIN}"), false),
        (format!("{origin}/b24/settings/license_all.php"), false),
    ] {
        world
            .faults(json!([{"on": JOIN, "do": "redirect", "location": location}]))
            .await;
        world.forget_calls().await;
        let answer = world.connect(&session, CODE).await;
        assert_ne!(answer.status, StatusCode::OK, "{location}: {}", answer.body);
        let called = if asked { vec![JOIN, "app.info"] } else { vec![JOIN] };
        assert_eq!(world.called().await, called, "{location}");
        assert_eq!(world.database.text(KEPT).await, home);
    }
    world.connect(&session, CODE).await.expect(200);
}
