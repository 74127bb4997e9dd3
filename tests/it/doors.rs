//! The doors themselves: headers, limits, odd requests, health, and how they close.

use std::time::Duration;

use serde_json::json;

use crate::world::{CODE, Db, Process, World};

on_both_databases!(
    pages_name_exactly_the_frame_and_load_nothing_inline,
    what_is_no_request_of_ours_is_refused,
    the_market_finds_the_app_with_head,
    health_says_what_is_wrong,
    a_running_connect_finishes_while_the_process_shuts_down,
    a_person_who_goes_away_does_not_stop_a_connect,
    while_closing_nobody_new_is_sent_here,
);

async fn pages_name_exactly_the_frame_and_load_nothing_inline(db: Db) {
    let world = World::new(db).await;
    let page = world.post(&world.launch("acme", 1).await).await.expect(200);
    assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
    let policy = page.header("content-security-policy");
    assert!(
        !policy.contains("unsafe") && policy.contains("form-action 'self'"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("x-frame-options"), "");
    assert_eq!(page.header("set-cookie"), "");
    assert!(!page.header("x-request-id").is_empty());
    assert!(
        !page.body.contains("style=\"") && !page.body.contains("onclick") && !page.body.contains("<style")
    );
    let style = page
        .body
        .split("rel=\"stylesheet\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let asset = world.send(world.request("GET", style)).await.expect(200);
    assert!(asset.header("cache-control").contains("immutable"));
}

async fn what_is_no_request_of_ours_is_refused(db: Db) {
    let world = World::new(db).await;
    let launch = world.launch("acme", 1).await;
    let session = world.post(&launch).await.expect(200).session();
    let post = |path: &str, body: String| {
        let request = world
            .request("POST", path)
            .header("content-type", "application/x-www-form-urlencoded");
        world.send(request.body(body))
    };
    let encoded = serde_json::to_value(&launch.body).unwrap();
    let form: Vec<_> = encoded
        .as_object()
        .unwrap()
        .iter()
        .map(|(n, v)| format!("{n}={}", v.as_str().unwrap()))
        .collect();
    for (path, body, status) in [
        ("/app", String::new(), 400),
        ("/app", "hello=world".into(), 400),
        ("/app", format!("{}&AUTH_ID=twice", form.join("&")), 400),
        ("/install", "a=1&a=2".into(), 400),
        ("/connect", format!("session={session}"), 400),
        ("/connect", format!("code={CODE}"), 400),
        ("/connections", "page=1".into(), 400),
        ("/connections", format!("session={session}&page=1&page=2"), 400),
        (
            "/connect",
            format!("session={session}&code={CODE}&code={CODE}"),
            400,
        ),
        (
            "/connect",
            format!("session={session}&code={}", "a".repeat(70_000)),
            413,
        ),
        ("/app", "x=".to_owned() + &"a".repeat(70_000), 413),
    ] {
        let answer = post(path, body.clone()).await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{path} {}",
            &body[..body.len().min(60)]
        );
        assert_eq!(answer.frame_ancestors(), "'none'");
    }
    let json = world
        .request("POST", "/connect")
        .json(&json!({"session": session, "code": CODE}));
    assert_eq!(world.send(json).await.status, 400, "only forms are read");
    assert_eq!(world.send(world.request("GET", "/connect")).await.status, 405);
    assert_eq!(
        world.send(world.request("GET", "/wp-login.php")).await.status,
        404
    );
}

async fn the_market_finds_the_app_with_head(db: Db) {
    let world = World::new(db).await;
    for path in ["/app", "/install", "/"] {
        let answer = world.send(world.request("HEAD", path)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.body.as_str()),
            (200, ""),
            "{path}"
        );
        let page = world.send(world.request("GET", path)).await.expect(200);
        assert!(page.body.contains("pen this app inside Bitrix24"));
        assert_eq!(page.frame_ancestors(), "'none'");
    }
}

async fn health_says_what_is_wrong(db: Db) {
    let world = World::new(db).await;
    assert_eq!(
        world
            .send(world.request("GET", "/livez"))
            .await
            .expect(200)
            .json()["status"],
        "ok"
    );
    let ready = world
        .send(world.request("GET", "/readyz"))
        .await
        .expect(200)
        .json();
    assert_eq!(ready, json!({"status": "ready", "reasons": []}));
    world.faults(json!([{"on": "app.info", "do": "html"}])).await;
    world.post(&world.launch("acme", 1).await).await.expect(503);
    let ready = world
        .send(world.request("GET", "/readyz"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        ready,
        json!({"status": "ready", "reasons": ["bitrix24_unavailable"]}),
        "said, and served on"
    );
    world.open("acme", 1).await;
    world.database.execute("delete from _sqlx_migrations").await;
    let ready = world
        .send(world.request("GET", "/readyz"))
        .await
        .expect(503)
        .json();
    assert_eq!(
        ready,
        json!({"status": "unavailable", "reasons": ["storage_unavailable", "schema_outdated"]})
    );
    assert_eq!(world.send(world.request("GET", "/livez")).await.status, 200);
}

async fn a_running_connect_finishes_while_the_process_shuts_down(db: Db) {
    let mut world = World::without_app(db).await;
    let mut process = Process::start(&world, &[]).await;
    world.turn_to(&process.app_url);
    let session = world.open("acme", 1).await;
    world
        .faults(json!([{"on": "imopenlines.network.join", "do": "delay", "ms": 1500}]))
        .await;
    let (answer, ()) = tokio::join!(world.connect(&session, CODE), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        process.terminate();
    });
    answer.expect(200);
    assert!(process.ended().await, "{}", process.log());
    assert_eq!(world.database.number("select count(*) from connections").await, 1);
}

async fn a_person_who_goes_away_does_not_stop_a_connect(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 800}]))
        .await;
    let form = [("session", session.as_str()), ("code", CODE)];
    let impatient = world
        .request("POST", "/connect")
        .form(&form)
        .timeout(Duration::from_millis(300));
    assert!(impatient.send().await.is_err());
    for _ in 0..100 {
        if world.database.number("select count(*) from connections").await == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(world.database.number("select count(*) from connections").await, 1);
    world.connect(&session, CODE).await.expect(200);
}

async fn while_closing_nobody_new_is_sent_here(db: Db) {
    let world = World::without_app(db).await;
    let mut process = Process::start(&world, &[]).await;
    let url = format!("{}/readyz", process.app_url);
    let (looks, looked) = tokio::sync::oneshot::channel();
    let balancer = tokio::spawn(async move {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let (mut seen, mut looks) = (Vec::new(), Some(looks));
        while let Ok(answer) = client.get(&url).send().await {
            seen.push((answer.status().as_u16(), answer.text().await.unwrap()));
            looks
                .take()
                .map(|looks: tokio::sync::oneshot::Sender<()>| looks.send(()));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        seen
    });
    looked.await.unwrap();
    process.terminate();
    let seen = balancer.await.unwrap();
    let (status, body) = seen.last().unwrap();
    assert_eq!(*status, 503, "{seen:?}");
    assert!(body.contains("shutting_down"), "{body}");
    assert!(process.ended().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_processes_start_at_once_on_one_fresh_sqlite_file() {
    for _ in 0..4 {
        let world = World::without_app(Db::Sqlite).await;
        let start = || Process::start_without(&world, "ENCRYPTION_KEYS");
        let (one, two, three) = tokio::join!(start(), start(), start());
        drop((one, two, three));
    }
}
