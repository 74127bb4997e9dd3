//! The privacy policy and the license agreement that the app brings along.

use crate::world::{Db, Process, World};

on_both_databases!(
    a_named_publisher_has_both_pages_and_their_links,
    a_page_of_the_publishers_own_takes_the_place_of_ours,
    without_a_publisher_there_are_no_such_pages,
);

const PUBLISHER: [(&str, &str); 3] = [
    ("PUBLISHER_NAME", "Northwind <GmbH>"),
    ("PUBLISHER_EMAIL", "privacy@northwind.example"),
    ("PUBLISHER_ADDRESS", "1 Example Street"),
];

async fn a_named_publisher_has_both_pages_and_their_links(db: Db) {
    let mut world = World::without_app(db).await;
    let days = [("REST_LOG_DAYS", "14"), ("KEEP_AFTER_UNINSTALL_DAYS", "45")];
    let settings: Vec<_> = PUBLISHER.into_iter().chain(days).collect();
    let process = Process::start(&world, &settings).await;
    world.turn_to(&process.app_url);
    for path in ["/privacy", "/license"] {
        let page = world.send(world.request("GET", path)).await.expect(200);
        assert!(page.body.contains("Northwind &#60;GmbH&#62;"), "{}", page.body);
        assert!(
            page.body.contains("mailto:privacy@northwind.example") && page.body.contains("1 Example Street")
        );
        assert_eq!(page.frame_ancestors(), "'none'");
        assert!(page.header("content-type").starts_with("text/html"));
        world.send(world.request("HEAD", path)).await.expect(200);
    }
    let policy = world.send(world.request("GET", "/privacy")).await;
    assert!(policy.body.contains("14 days") && policy.body.contains("45 days"));
    let page = world.post(&world.launch("acme", 1).await).await.expect(200);
    for path in ["privacy", "license"] {
        let link = format!("href=\"{}/{path}\"", process.app_url);
        assert!(page.body.contains(&link), "{link}");
    }
}

async fn a_page_of_the_publishers_own_takes_the_place_of_ours(db: Db) {
    let mut world = World::without_app(db).await;
    let own = [("PRIVACY_URL", "https://northwind.example/privacy")];
    let settings: Vec<_> = PUBLISHER.into_iter().chain(own).collect();
    let process = Process::start(&world, &settings).await;
    world.turn_to(&process.app_url);
    world.send(world.request("GET", "/privacy")).await.expect(404);
    let license = world.send(world.request("GET", "/license")).await.expect(200);
    assert!(
        license
            .body
            .contains("href=\"https://northwind.example/privacy\"")
    );
    let page = world.post(&world.launch("acme", 1).await).await.expect(200);
    assert!(page.body.contains("href=\"https://northwind.example/privacy\""));
}

async fn without_a_publisher_there_are_no_such_pages(db: Db) {
    let world = World::new(db).await;
    for path in ["/privacy", "/license"] {
        world.send(world.request("GET", path)).await.expect(404);
    }
    let page = world.post(&world.launch("acme", 1).await).await.expect(200);
    let (_, foot) = page.body.split_once("class=\"foot\"").unwrap();
    assert!(!foot.contains("href=") && !foot.contains("<nav"), "{foot}");
}
