//! The authorization server is down for longer than a moment: it is not hammered, what runs goes on, what is new is
//! refused with a page that says whose fault it is, and everything recovers by itself.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::world::{Answer, CODE, Db, Process, World, free_port};

on_both_databases!(
    new_launches_fail_closed_and_say_whose_fault_it_is,
    many_launches_cost_few_calls,
    launches_that_hang_together_time_out_once,
    running_sessions_go_on_and_an_expired_token_waits_unharmed,
    events_are_kept_and_done_afterwards,
    readiness_tells_our_fault_from_theirs,
    a_portal_that_is_down_holds_nobody_else_up,
    odd_tokens_hold_nobody_else_up,
    some_failures_in_a_row_change_nothing_for_whoever_comes_next,
    a_sign_in_waits_for_the_server_too,
    the_operator_is_told_once_and_counts_the_rest,
);

const JOIN: &str = "imopenlines.network.join";

/// Failures in a row after which calls are held back.
const PATIENCE: usize = 8;

/// The authorization server does this to every call, until told otherwise.
async fn down(world: &World, deed: &Value) {
    let every = |on: &str| {
        let mut fault = deed.clone();
        fault["on"] = on.into();
        fault["times"] = 0.into();
        fault
    };
    world.faults(json!([every("app.info"), every("token")])).await;
}

async fn up(world: &World) {
    world.faults(json!([])).await;
}

/// Opens the app until calls are held back.
async fn hold_back(world: &World) {
    for _ in 0..=PATIENCE {
        let page = world.post(&world.launch("acme", 1).await).await.expect(503);
        if !page.header("retry-after").is_empty() {
            return;
        }
    }
    panic!("calls are not held back");
}

/// Does something until it is answered with 200: without a human, and before long.
async fn until_well(mut press: impl AsyncFnMut() -> Answer) -> Answer {
    let began = Instant::now();
    loop {
        let answer = press().await;
        if answer.status == 200 {
            return answer;
        }
        assert_eq!(answer.slug(), "bitrix24_unavailable");
        assert!(began.elapsed() < Duration::from_secs(20), "it does not recover");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn asked(world: &World) -> usize {
    let called = world.called().await;
    called
        .iter()
        .filter(|method| ["app.info", "token"].contains(&method.as_str()))
        .count()
}

async fn new_launches_fail_closed_and_say_whose_fault_it_is(db: Db) {
    let world = World::with(db, |config| config.timeouts.token = Duration::from_millis(300)).await;
    for deed in [
        json!({"do": "status", "status": 502}),
        json!({"do": "html"}),
        json!({"do": "drop"}),
        json!({"do": "hang"}),
    ] {
        down(&world, &deed).await;
        for door in ["app", "install"].into_iter().cycle().take(PATIENCE + 2) {
            let wish = json!({"portal": "acme", "user": 1, "install": door == "install"});
            let page = world.post(&world.launch_with(wish).await).await.expect(503);
            assert_eq!(page.slug(), "bitrix24_unavailable", "{deed}");
            assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
            assert!(
                page.body
                    .contains("The Bitrix24 service that confirms who you are")
            );
            assert!(page.body.contains("id=\"again\""), "a button to try again");
            assert!(!page.body.contains("name=\"session\""));
            assert_eq!(world.database.rows().await, 0, "nothing is stored");
        }
        let launch = world.launch("acme", 1).await;
        let held_back = world.send(
            world
                .request("POST", "/app")
                .form(&launch.body)
                .header("accept", "application/json"),
        );
        let held_back = held_back.await.expect(503);
        let seconds = held_back.json()["retry_after"]
            .as_u64()
            .expect("when to try again");
        assert!((1..=16).contains(&seconds));
        assert_eq!(held_back.header("retry-after"), seconds.to_string());
        assert_eq!(held_back.json()["retry"], true);
        up(&world).await;
        let page = until_well(async || world.post(&world.launch("acme", 1).await).await).await;
        world.connect(&page.session(), CODE).await.expect(200);
        for table in ["connections", "credentials", "portals"] {
            world.database.execute(&format!("delete from {table}")).await;
        }
    }
}

async fn many_launches_cost_few_calls(db: Db) {
    let world = World::new(db).await;
    down(&world, &json!({"do": "status", "status": 503})).await;
    world.forget_calls().await;
    let began = Instant::now();
    for _ in 0..60 {
        world.post(&world.launch("acme", 1).await).await.expect(503);
    }
    // Pauses are half a second, then one, then two: this many probes at most.
    let probes = 2 + began.elapsed().as_secs();
    let calls = asked(&world).await as u64;
    assert!(calls >= PATIENCE as u64, "{calls}");
    assert!(
        calls <= PATIENCE as u64 + probes,
        "{calls} calls with {probes} probes"
    );
}

async fn launches_that_hang_together_time_out_once(db: Db) {
    let world = World::with(db, |config| config.timeouts.token = Duration::from_millis(900)).await;
    let launches = join_all((0..80).map(|_| world.launch("acme", 1))).await;
    down(&world, &json!({"do": "hang"})).await;
    world.forget_calls().await;
    for page in join_all(launches.iter().map(|launch| world.post(launch))).await {
        assert_eq!(page.expect(503).slug(), "bitrix24_unavailable");
    }
    let first = asked(&world).await;
    let began = Instant::now();
    for page in join_all(launches.iter().map(|launch| world.post(launch))).await {
        assert_eq!(page.expect(503).slug(), "bitrix24_unavailable");
    }
    let again = asked(&world).await - first;
    assert!(again <= 1, "{again} more calls");
    if again == 0 {
        assert!(
            began.elapsed() < Duration::from_millis(900),
            "nobody waits in vain"
        );
    }
    up(&world).await;
    until_well(async || world.post(&world.launch("acme", 1).await).await).await;
}

async fn running_sessions_go_on_and_an_expired_token_waits_unharmed(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    down(&world, &json!({"do": "html"})).await;
    hold_back(&world).await;
    world.connect(&session, CODE).await.expect(200);
    let generation = "select generation from credentials";
    let before = world.database.number(generation).await;
    world.expire("acme").await;
    hold_back(&world).await;
    world.forget_calls().await;
    let answer = world.connect(&session, CODE).await.expect(503);
    assert_eq!(answer.slug(), "bitrix24_unavailable");
    assert_eq!(answer.json()["retry"], true);
    assert!(answer.json()["retry_after"].is_u64());
    assert_eq!(world.called().await, [JOIN], "no refresh was sent");
    let touched =
        "select count(*) from credentials where unresolved or claim_owner is not null or state <> 'live'";
    assert_eq!(world.database.number(touched).await, 0);
    assert_eq!(world.database.number(generation).await, before);
    up(&world).await;
    until_well(async || world.connect(&session, CODE).await).await;
    assert_eq!(world.database.number(touched).await, 0);
}

async fn events_are_kept_and_done_afterwards(db: Db) {
    let world = World::new(db).await;
    down(&world, &json!({"do": "status", "status": 500})).await;
    hold_back(&world).await;
    for version in ["1", "2"] {
        let event = json!({"portal": "acme", "event": "ONAPPINSTALL", "data": {"VERSION": version}});
        assert_eq!(world.control("event", event).await["status"], 200);
    }
    let again =
        "select count(*) from events where state = 'waiting' and attempts > 0 and outcome is not null";
    world.becomes(again, 2).await;
    assert_eq!(world.database.rows().await, 0);
    up(&world).await;
    for _ in 0..100 {
        world.hurry_events().await;
        if world
            .database
            .number("select count(*) from events where state = 'waiting'")
            .await
            == 0
        {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let done = "select count(*) from events where state = 'done'";
    assert_eq!(world.database.number(done).await, 2);
    assert_eq!(world.database.number("select count(*) from credentials").await, 1);
}

async fn readiness_tells_our_fault_from_theirs(db: Db) {
    let world = World::new(db).await;
    let ready = async || world.send(world.request("GET", "/readyz")).await;
    let reasons = |answer: &Answer| answer.json()["reasons"].clone();
    assert_eq!(reasons(&ready().await.expect(200)), json!([]));
    down(&world, &json!({"do": "drop"})).await;
    hold_back(&world).await;
    assert_eq!(
        reasons(&ready().await.expect(200)),
        json!(["bitrix24_unavailable"])
    );
    let schema = "_sqlx_migrations";
    world
        .database
        .execute(&format!("alter table {schema} rename to away"))
        .await;
    let both = json!(["storage_unavailable", "bitrix24_unavailable"]);
    assert_eq!(reasons(&ready().await.expect(503)), both);
    up(&world).await;
    let known = async || {
        let launch = world.launch("acme", 1).await;
        world.post(&launch).await
    };
    until_well(known).await;
    assert_eq!(
        reasons(&ready().await.expect(503)),
        json!(["storage_unavailable"])
    );
    world
        .database
        .execute(&format!("alter table away rename to {schema}"))
        .await;
    assert_eq!(reasons(&ready().await.expect(200)), json!([]));
}

async fn a_portal_that_is_down_holds_nobody_else_up(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let down = json!([{"on": JOIN, "portal": "acme", "do": "status", "status": 502, "times": 0}]);
    world.faults(down).await;
    for _ in 0..PATIENCE * 2 {
        let answer = world.connect(&session, CODE).await.expect(503);
        assert_eq!(answer.slug(), "portal_unavailable");
    }
    let other = world.open("globex", 1).await;
    world.expire("globex").await;
    world.connect(&other, CODE).await.expect(200);
    let ready = world.send(world.request("GET", "/readyz")).await.expect(200);
    assert_eq!(ready.json()["reasons"], json!([]));
}

/// Somebody in between may answer a strange request with a page of its own: that is about the request.
async fn odd_tokens_hold_nobody_else_up(db: Db) {
    let world = World::new(db).await;
    world
        .faults(json!([{"on": "app.info", "do": "html", "status": 403, "times": PATIENCE * 2}]))
        .await;
    for number in 0..PATIENCE * 2 {
        let launch = world.launch("acme", 1).await;
        let odd = launch.with("AUTH_ID", &format!("'or-1=1--<script>{number}"));
        let page = world.post(&odd).await.expect(503);
        assert_eq!(page.header("retry-after"), "", "it was asked");
    }
    world.open("acme", 1).await;
}

async fn some_failures_in_a_row_change_nothing_for_whoever_comes_next(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    for failures in 1..PATIENCE {
        let fault = json!([{"on": "app.info", "do": "status", "status": 502, "times": failures}]);
        world.faults(fault).await;
        for _ in 0..failures {
            let page = world.post(&world.launch("acme", 1).await).await.expect(503);
            assert_eq!(page.header("retry-after"), "");
        }
        world.open("acme", 1).await;
    }
    world.expire("acme").await;
    let fault = json!([{"on": "token", "do": "status", "status": 502, "times": 5}]);
    world.faults(fault).await;
    for _ in 0..5 {
        world.connect(&session, CODE).await.expect(503);
    }
    world.connect(&session, CODE).await.expect(200);
}

async fn a_sign_in_waits_for_the_server_too(db: Db) {
    let world = World::new(db).await;
    world
        .control("install", json!({"portal": "acme", "deliver": false}))
        .await;
    down(&world, &json!({"do": "status", "status": 502})).await;
    hold_back(&world).await;
    world.forget_calls().await;
    let person = world.visitor();
    let page = person.sign_in(&world.portal_host("acme"), 1).await.expect(503);
    assert_eq!(page.slug(), "bitrix24_unavailable");
    assert!(
        page.body.contains("id=\"sign-in\""),
        "signing in again is one press"
    );
    assert_eq!(world.called().await, ["authorize"], "the code was not sent");
    assert_eq!(world.database.rows().await, 0);
    up(&world).await;
    until_well(async || person.sign_in(&world.portal_host("acme"), 1).await).await;
}

async fn the_operator_is_told_once_and_counts_the_rest(db: Db) {
    let mut world = World::without_app(db).await;
    let admin = format!("127.0.0.1:{}", free_port());
    let process = Process::start(&world, &[("ADMIN_ADDR", &admin)]).await;
    world.turn_to(&process.app_url);
    let metric = async |name: &str| {
        let url = format!("http://{admin}/metrics");
        let text = reqwest::get(url).await.unwrap().text().await.unwrap();
        let value = |line: &str| line.strip_prefix(name)?.trim().parse::<u64>().ok();
        text.lines().find_map(value).unwrap_or_default()
    };
    down(&world, &json!({"do": "status", "status": 502})).await;
    hold_back(&world).await;
    assert_eq!(metric("authorization_server_breaker").await, 1);
    let before = metric("authorization_server_held_back_total").await;
    for _ in 0..6 {
        world.post(&world.launch("acme", 1).await).await.expect(503);
    }
    let counted = metric("authorization_server_held_back_total").await - before;
    assert!((4..=6).contains(&counted), "{counted}");
    up(&world).await;
    until_well(async || world.post(&world.launch("acme", 1).await).await).await;
    assert_eq!(metric("authorization_server_breaker").await, 0);
    let garbage = world.launch("acme", 1).await.with("AUTH_ID", "garbage");
    for _ in 0..3 {
        world.post(&garbage).await.expect(403);
    }
    for (asked, times) in [("yes", 1), ("no", 2)] {
        let name = format!("tokens_refused_total{{reason=\"unknown\",asked=\"{asked}\"}}");
        assert_eq!(metric(&name).await, times, "{name}");
    }
    let log = process.log();
    for said in ["calls are held back", "the authorization server answers again"] {
        assert_eq!(log.matches(said).count(), 1, "{said}");
    }
}
