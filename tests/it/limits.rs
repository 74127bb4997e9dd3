//! Limits on being refused: who keeps bringing what nobody vouches for is slowed down, and nobody else is. Events are
//! never limited.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use url::Url;

use crate::world::{Answer, CODE, Db, Launch, MovedClock, Process, World};

on_both_databases!(
    who_keeps_forging_launches_is_slowed_down_and_asks_nobody_any_more,
    a_forwarded_address_that_nobody_trusts_hides_nobody,
    success_is_never_counted,
    a_reloaded_launch_counts_once,
    who_goes_away_before_the_answer_is_counted_all_the_same,
    who_goes_away_while_signing_in_is_counted_all_the_same,
    whoever_comes_at_one_moment_does_not_share_the_last_one,
    our_faults_and_bitrix24s_are_never_counted,
    odd_tokens_with_odd_answers_count,
    one_client_cannot_lock_a_portal_out,
    many_clients_cannot_lock_those_out_who_are_known,
    a_neighbour_behind_the_same_address_does_not_keep_those_out_who_are_known,
    forged_sessions_count_and_running_ones_go_on,
    who_keeps_inventing_states_is_slowed_down,
    events_health_and_files_are_never_limited,
);

/// What one client may be refused at once.
const OF_CLIENT: usize = 120;

/// What may be refused at once in one portal's name.
const OF_PORTAL: usize = 240;

/// Nothing comes back by itself.
async fn at_one_moment(db: Db) -> World {
    World::with(db, |config| config.clock = MovedClock::default().still()).await
}

/// The same where this machine is a proxy that is trusted.
async fn behind_a_proxy(db: Db) -> World {
    World::with(db, |config| {
        config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        config.clock = MovedClock::default().still();
    })
    .await
}

/// A launch with a token that nobody has heard of, and no launch has brought before.
fn forged(launch: &Launch, number: usize) -> Launch {
    launch.clone().with("AUTH_ID", &format!("{number:032x}"))
}

/// Another portal each time, so that no portal's limit is met.
fn forged_anywhere(launch: &Launch, number: usize) -> Launch {
    forged(launch, number).with("member_id", &format!("{number:032x}"))
}

async fn post_from(world: &World, client: &str, launch: &Launch) -> Answer {
    let request = world.request("POST", &path(launch)).form(&launch.body);
    world.send(request.header("x-forwarded-for", client)).await
}

fn path(launch: &Launch) -> String {
    let url = Url::parse(&launch.url).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap_or_default())
}

/// Uses up what a client may be refused.
async fn use_up(world: &World, client: &str) {
    let launch = world.launch("acme", 1).await;
    for number in 0..OF_CLIENT {
        let refused = post_from(world, client, &forged_anywhere(&launch, number)).await;
        assert_eq!(refused.expect(403).slug(), "forged");
    }
}

async fn who_keeps_forging_launches_is_slowed_down_and_asks_nobody_any_more(db: Db) {
    let clock = MovedClock::default();
    let world = World::with(db, |config| config.clock = clock.still()).await;
    world.open("acme", 1).await;
    world
        .control("rename", json!({"portal": "acme", "to": "renamed"}))
        .await;
    let launch = world.launch("renamed", 2).await;
    for number in 0..OF_CLIENT {
        world.post(&forged(&launch, number)).await.expect(403);
    }
    world.forget_calls().await;

    // Where the portal was known to be is not looked up: the page carries nothing, and the claimed frame may show it.
    let page = world.post(&launch).await.expect(429);
    assert_eq!(page.slug(), "rate_limited");
    assert_eq!(page.header("retry-after"), "1");
    assert_eq!(page.frame_ancestors(), world.emulator.portal_url("renamed"));
    assert!(
        page.body.contains("too many unconfirmed attempts"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("name=\"session\""), "{}", page.body);
    let request = world.request("POST", "/install").form(&launch.body);
    let answer = world.send(request.header("accept", "application/json")).await;
    let json = answer.expect(429).json();
    assert_eq!(
        (&json["error"], &json["retry"], &json["retry_after"]),
        (&json!("rate_limited"), &json!(true), &json!(1))
    );
    assert_eq!(world.called().await, [""; 0], "nobody was asked");

    clock.forward_minutes(1);
    world.open("renamed", 2).await;
}

async fn a_forwarded_address_that_nobody_trusts_hides_nobody(db: Db) {
    let world = at_one_moment(db).await;
    let launch = world.launch("acme", 1).await;
    for number in 0..OF_CLIENT {
        let client = format!("192.0.2.{}", number % 250);
        post_from(&world, &client, &forged_anywhere(&launch, number))
            .await
            .expect(403);
    }
    post_from(&world, "192.0.2.251", &launch).await.expect(429);
}

async fn success_is_never_counted(db: Db) {
    let world = at_one_moment(db).await;
    let launch = world.launch("acme", 1).await;
    let opened = join_all((0..OF_PORTAL + OF_CLIENT).map(|_| world.post(&launch))).await;
    for answer in opened {
        answer.expect(200);
    }
}

async fn a_reloaded_launch_counts_once(db: Db) {
    let world = at_one_moment(db).await;
    let launch = world.launch("acme", 1).await;
    for refused in [forged(&launch, 1), forged_anywhere(&launch, 2)] {
        for _ in 0..OF_CLIENT {
            world.post(&refused).await.expect(403);
        }
    }
    world.open("acme", 1).await;
}

/// Each of these costs a call, heard or not.
async fn who_goes_away_before_the_answer_is_counted_all_the_same(db: Db) {
    let world = at_one_moment(db).await;
    let launch = world.launch("acme", 1).await;
    world
        .faults(json!([{"on": "app.info", "do": "delay", "ms": 1500, "times": OF_CLIENT}]))
        .await;
    let left = join_all((0..OF_CLIENT).map(|number| {
        let request = world.request("POST", "/app");
        let request = request.form(&forged_anywhere(&launch, number).body);
        request.timeout(Duration::from_millis(700)).send()
    }));
    assert!(left.await.iter().all(Result::is_err), "nobody has waited");
    tokio::time::sleep(Duration::from_secs(3)).await;
    world.post(&launch).await.expect(429);
}

async fn who_goes_away_while_signing_in_is_counted_all_the_same(db: Db) {
    let world = at_one_moment(db).await;
    let launch = world.launch("acme", 1).await;
    for number in 0..OF_CLIENT - 1 {
        world.post(&forged_anywhere(&launch, number)).await.expect(403);
    }
    let person = world.visitor();
    let authorize = person.start(&world.emulator.portal_url("acme")).await;
    let back = person.agree(&authorize, 1).await;
    let invented = back.replacen("code=", "code=0", 1);
    world
        .faults(json!([{"on": "token", "do": "delay", "ms": 1500}]))
        .await;
    let left = tokio::time::timeout(Duration::from_millis(700), person.visit(&invented));
    assert!(left.await.is_err(), "nobody has waited");
    tokio::time::sleep(Duration::from_secs(2)).await;
    world.post(&launch).await.expect(429);
}

async fn whoever_comes_at_one_moment_does_not_share_the_last_one(db: Db) {
    let clock = MovedClock::default();
    let world = World::with(db, |config| config.clock = clock.still()).await;
    let launch = world.launch("acme", 1).await;
    for number in 0..OF_CLIENT - 1 {
        world.post(&forged_anywhere(&launch, number)).await.expect(403);
    }
    let many: Vec<_> = (0..20)
        .map(|number| forged_anywhere(&launch, 1000 + number))
        .collect();
    world
        .faults(json!([{"on": "app.info", "do": "delay", "ms": 500, "times": 0}]))
        .await;
    let answers = join_all(many.iter().map(|launch| world.post(launch))).await;
    world.faults(json!([])).await;
    let asked = answers.iter().filter(|answer| answer.status == 403).count();
    assert_eq!(asked, 1, "the others have found nothing left");

    // What was no refusal after all is given back.
    clock.forward_minutes(1);
    for number in 0..OF_CLIENT / 4 {
        world
            .post(&forged_anywhere(&launch, 2000 + number))
            .await
            .expect(403);
    }
    for _ in 0..OF_CLIENT {
        world.post(&launch).await.expect(200);
    }
}

async fn our_faults_and_bitrix24s_are_never_counted(db: Db) {
    let world = at_one_moment(db).await;
    let launch = world.launch("acme", 1).await;
    world
        .faults(json!([{"on": "app.info", "do": "html", "times": 0}]))
        .await;
    for _ in 0..=OF_CLIENT {
        assert_eq!(
            world.post(&launch).await.expect(503).slug(),
            "bitrix24_unavailable"
        );
    }
    for number in 0..=OF_CLIENT {
        let answer = world.post(&forged(&launch, number)).await;
        assert_eq!(
            answer.expect(503).slug(),
            "bitrix24_unavailable",
            "unconfirmed, and not refused either"
        );
    }
}

async fn odd_tokens_with_odd_answers_count(db: Db) {
    let world = at_one_moment(db).await;
    let launch = world.launch("acme", 1).await;
    world
        .faults(json!([{"on": "app.info", "do": "html", "status": 403, "times": 0}]))
        .await;
    for number in 0..OF_CLIENT {
        let answer = world.post(&forged(&launch, number)).await;
        assert_eq!(answer.expect(503).slug(), "bitrix24_unavailable");
    }
    world.forget_calls().await;
    world.post(&forged(&launch, OF_CLIENT)).await.expect(429);
    assert_eq!(world.called().await, [""; 0], "nobody was asked");
}

async fn one_client_cannot_lock_a_portal_out(db: Db) {
    let world = behind_a_proxy(db).await;
    let launch = world.launch("acme", 1).await;
    for number in 0..OF_PORTAL {
        let status = if number < OF_CLIENT { 403 } else { 429 };
        post_from(&world, "192.0.2.1", &forged(&launch, number))
            .await
            .expect(status);
    }
    post_from(&world, "192.0.2.2", &launch).await.expect(200);
}

async fn many_clients_cannot_lock_those_out_who_are_known(db: Db) {
    let world = behind_a_proxy(db).await;
    let launch = world.launch("acme", 1).await;
    post_from(&world, "192.0.2.1", &launch).await.expect(200);
    for number in 0..OF_PORTAL {
        let client = format!("2001:db8:{number:x}::1");
        post_from(&world, &client, &forged(&launch, number))
            .await
            .expect(403);
    }
    let stranger = post_from(&world, "192.0.2.2", &launch).await.expect(429);
    assert_eq!(stranger.slug(), "rate_limited");
    assert_eq!(stranger.frame_ancestors(), world.emulator.portal_url("acme"));
    post_from(&world, "192.0.2.1", &launch).await.expect(200);
    let elsewhere = world.launch("globex", 1).await;
    post_from(&world, "192.0.2.2", &elsewhere).await.expect(200);

    for number in 0..OF_CLIENT {
        post_from(&world, "192.0.2.1", &forged(&launch, OF_PORTAL + number)).await;
    }
    post_from(&world, "192.0.2.1", &launch).await.expect(429);
}

async fn a_neighbour_behind_the_same_address_does_not_keep_those_out_who_are_known(db: Db) {
    let world = behind_a_proxy(db).await;
    let (acme, globex) = (world.launch("acme", 1).await, world.launch("globex", 1).await);
    post_from(&world, "192.0.2.1", &acme).await.expect(200);
    use_up(&world, "192.0.2.1").await;
    post_from(&world, "192.0.2.1", &globex).await.expect(429);
    post_from(&world, "192.0.2.1", &acme).await.expect(200);
}

async fn forged_sessions_count_and_running_ones_go_on(db: Db) {
    let world = at_one_moment(db).await;
    let session = world.open("acme", 1).await;
    for number in 0..OF_CLIENT {
        let forged = format!("{}{number}", &session[..session.len() - 4]);
        world.connect(&forged, CODE).await.expect(403);
    }
    let globex = world.launch("globex", 1).await;
    world.post(&globex).await.expect(429);
    world.connect(&session, CODE).await.expect(200);
}

async fn who_keeps_inventing_states_is_slowed_down(db: Db) {
    let world = at_one_moment(db).await;
    let member_id = world.member_id("acme").await;
    let invented = |number: usize| {
        format!("/oauth/callback?code={number:032x}&state={number:064x}&member_id={member_id}")
    };
    for number in 0..OF_CLIENT {
        world.visitor().visit(&invented(number)).await.expect(403);
    }
    let person = world.visitor();
    let authorize = person.start(&world.emulator.portal_url("acme")).await;
    let back = person.agree(&authorize, 1).await;
    world.forget_calls().await;
    let page = person.visit(&back).await.expect(429);
    assert_eq!(
        (page.slug().as_str(), page.header("retry-after")),
        ("rate_limited", "1")
    );
    assert_eq!(page.frame_ancestors(), "'none'");
    assert_eq!(world.called().await, [""; 0]);
    let spent = "select count(*) from oauth_states";
    assert_eq!(world.database.number(spent).await, 0, "not spent by that");
}

async fn events_health_and_files_are_never_limited(db: Db) {
    let world = at_one_moment(db).await;
    use_up(&world, "192.0.2.1").await;
    world.post(&world.launch("acme", 1).await).await.expect(429);
    let event = json!({"portal": "acme", "event": "ONAPPUPDATE"});
    for _ in 0..3 {
        let delivered = world.control("event", event.clone()).await;
        assert_eq!(delivered["status"], 200, "{delivered}");
    }
    for path in ["/livez", "/readyz", "/", "/app"] {
        world.send(world.request("GET", path)).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limited_requests_are_counted_by_door_and_an_unnamed_proxy_is_said_once() {
    let mut world = World::without_app(Db::Sqlite).await;
    let process = Process::start(&world, &[]).await;
    world.turn_to(&process.app_url);
    let launch = world.launch("acme", 1).await;
    let mut number = 0;
    while post_from(&world, "192.0.2.1", &forged_anywhere(&launch, number))
        .await
        .status
        != 429
    {
        number += 1;
        assert!(number < 3 * OF_CLIENT);
    }
    let metrics = process.metrics().await;
    assert!(
        metrics.contains("requests_limited_total{door=\"launch\",limit=\"client\"} 1"),
        "{metrics}"
    );
    let said = process.log().matches("TRUSTED_PROXIES does not name").count();
    assert_eq!(said, 1);
}
