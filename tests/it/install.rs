//! The installer: binds what the app needs to hear of, checks it, and finishes only then.

use serde_json::{Value, json};

use crate::world::{Answer, Db, World};

on_both_databases!(
    the_installer_binds_everything_in_one_call_and_checks_it,
    installing_over_an_installation_binds_again,
    an_installer_that_cannot_bind_says_so_and_is_finished_next_time,
    nobody_but_an_administrator_runs_the_installer,
    placements_are_bound_when_the_publisher_asks_for_them,
    a_placement_without_its_scope_holds_nobody_up,
    after_an_update_that_left_nothing_bound_the_next_administrator_binds_again,
    where_the_list_of_what_is_bound_does_not_come_the_portals_yes_counts,
);

const EVENTS: [&str; 4] = ["ONAPPINSTALL", "ONAPPPAYMENT", "ONAPPUNINSTALL", "ONAPPUPDATE"];
const BOUND: &str = "select count(*) from portals where bound like '%/events%'";

async fn open_installer(world: &World, user: i64) -> Answer {
    let wish = json!({"portal": "acme", "user": user, "install": true});
    world.post(&world.launch_with(wish).await).await
}

/// What the portal has bound, by name.
async fn bound(world: &World, list: &str, name: &str) -> Vec<(String, String)> {
    let portal = world.portal("acme").await;
    let text = |line: &Value, field: &str| line[field].as_str().unwrap().to_owned();
    let mut lines: Vec<_> = portal[list]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (text(line, name), text(line, "handler")))
        .collect();
    lines.sort();
    lines
}

fn everything(world: &World) -> Vec<(String, String)> {
    let handler = format!("{}/events", world.app_url);
    EVENTS.map(|event| (event.to_owned(), handler.clone())).to_vec()
}

async fn the_installer_binds_everything_in_one_call_and_checks_it(db: Db) {
    let world = World::new(db).await;
    let page = open_installer(&world, 1).await.expect(200);
    assert!(page.body.contains("data-install"), "it finishes by itself");
    assert_eq!(world.called().await, ["app.info", "profile", "batch"]);
    assert_eq!(bound(&world, "bindings", "event").await, everything(&world));
    assert_eq!(world.database.number(BOUND).await, 1);
    world.forget_calls().await;
    world.open("acme", 1).await;
    assert_eq!(world.called().await, ["app.info"], "nothing is bound twice");
}

async fn installing_over_an_installation_binds_again(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    for _ in 0..2 {
        let page = open_installer(&world, 1).await.expect(200);
        assert!(
            page.body.contains("data-install"),
            "what is bound already is bound"
        );
        assert_eq!(bound(&world, "bindings", "event").await, everything(&world));
    }
}

async fn an_installer_that_cannot_bind_says_so_and_is_finished_next_time(db: Db) {
    let world = World::new(db).await;
    world
        .faults(json!([
            {"on": "event.bind", "do": "error", "error": "ERROR_WRONG_HANDLER_URL"},
            {"on": "batch", "nth": 2, "do": "status", "status": 500},
        ]))
        .await;
    let page = open_installer(&world, 1).await.expect(422);
    assert_eq!(page.slug(), "refused");
    assert!(
        !page.body.contains("data-install"),
        "the installation is not finished"
    );
    assert_eq!(
        page.frame_ancestors(),
        world.emulator.portal_url("acme"),
        "it can be read"
    );
    let page = open_installer(&world, 1).await.expect(503);
    assert_eq!(page.slug(), "portal_unavailable");
    assert_eq!(world.database.number(BOUND).await, 0);
    let page = open_installer(&world, 1).await.expect(200);
    assert!(page.body.contains("data-install"));
    assert_eq!(world.database.number(BOUND).await, 1);
}

async fn nobody_but_an_administrator_runs_the_installer(db: Db) {
    let world = World::new(db).await;
    let page = open_installer(&world, 2).await.expect(403);
    assert_eq!(page.slug(), "not_admin");
    assert!(!page.body.contains("data-install"));
    assert_eq!(bound(&world, "bindings", "event").await, []);
}

async fn placements_are_bound_when_the_publisher_asks_for_them(db: Db) {
    use channel_connect::bitrix24::Placement;
    let world = World::with(db, |config| {
        config.placements = vec![Placement::RestAppUri, Placement::ContactCenter];
    })
    .await;
    world
        .control(
            "scope",
            json!({"portal": "acme", "scope": ["imopenlines", "contact_center", "placement"]}),
        )
        .await;
    for _ in 0..2 {
        open_installer(&world, 1).await.expect(200);
    }
    let handler = format!("{}/app", world.app_url);
    let expected = ["CONTACT_CENTER", "REST_APP_URI"].map(|name| (name.to_owned(), handler.clone()));
    assert_eq!(bound(&world, "placements", "placement").await, expected);
}

async fn a_placement_without_its_scope_holds_nobody_up(db: Db) {
    use channel_connect::bitrix24::Placement;
    let world = World::with(db, |config| config.placements = vec![Placement::ContactCenter]).await;
    world
        .control("scope", json!({"portal": "acme", "scope": ["imopenlines"]}))
        .await;
    let page = open_installer(&world, 1).await.expect(200);
    assert!(page.body.contains("data-install"));
    assert_eq!(bound(&world, "bindings", "event").await, everything(&world));
}

async fn after_an_update_that_left_nothing_bound_the_next_administrator_binds_again(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    world
        .control("update", json!({"portal": "acme", "user": 2}))
        .await;
    world.inbox_is_empty().await;
    assert_eq!(
        bound(&world, "bindings", "event").await,
        [],
        "user 2 may not bind"
    );
    assert_eq!(world.database.number(BOUND).await, 0);
    world.open("acme", 2).await;
    world.open("acme", 1).await;
    world.becomes(BOUND, 1).await;
    assert_eq!(bound(&world, "bindings", "event").await, everything(&world));
}

async fn where_the_list_of_what_is_bound_does_not_come_the_portals_yes_counts(db: Db) {
    let world = World::new(db).await;
    let no_list = json!([{"on": "event.get", "do": "error", "error": "QUERY_LIMIT_EXCEEDED", "status": 503}]);
    world.faults(no_list).await;
    let page = open_installer(&world, 1).await.expect(200);
    assert!(page.body.contains("data-install"));
    assert_eq!(world.database.number(BOUND).await, 1);
}
