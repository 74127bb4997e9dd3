//! What a session is bound to: its purpose, its portal and user, its launch, its end, and the credential that was kept
//! then. Anywhere else it opens nothing.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use channel_connect::seal::{KeyId, KeyRing, MasterKey, Purpose};
use serde_json::{Value, json};

use crate::world::{Answer, CODE, Db, KEYS, MovedClock, Process, World, parameter};

on_both_databases!(
    a_session_of_one_portal_shows_and_reaches_nothing_of_another,
    a_session_of_before_an_uninstall_is_worthless_after_the_reinstallation,
    a_session_of_a_portal_that_was_forgotten_is_worthless_when_it_is_back,
    an_uninstall_during_a_connect_ends_the_session_under_way,
    a_session_of_a_sign_in_outside_the_frame_is_bound_alike,
    a_new_launch_and_a_refresh_leave_older_sessions_in_force,
    the_session_of_a_user_whose_tokens_were_handed_over_opens_nothing,
    a_session_ends_after_exactly_twelve_hours,
    parts_of_two_sessions_make_none,
    a_state_is_no_session_and_a_session_is_no_state,
    a_session_opens_on_other_replicas_and_under_newer_keys_and_not_without_its_own,
    a_session_of_the_version_before_has_expired,
    each_connect_can_be_traced_to_its_launch,
);

const JOIN: &str = "imopenlines.network.join";

/// What no page may show to others: a channel of globex.
const OF_GLOBEX: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

async fn channel(world: &World, code: &str) {
    let wish = json!({"code": code, "name": "Northwind", "active": true});
    world.control("channels", wish).await;
}

/// That a session opens nothing: no call, no data, and nothing changes in the connections of whoever is there now.
async fn opens_nothing(world: &World, app_url: &str, session: &str) {
    let attempts = "select coalesce(max(last_attempt_at), 0) from connections";
    let before = world.database.number(attempts).await;
    world.forget_calls().await;
    let answer = world.connect_at(app_url, session, CODE).await.expect(401);
    assert_eq!(answer.slug(), "reopen_app");
    let page = world.connect_page(session, CODE).await.expect(401);
    assert_eq!(page.slug(), "reopen_app");
    assert!(lists_nothing(&page), "{}", page.body);
    assert_eq!(world.called().await, [""; 0]);
    let after = "select count(*) from connections where last_outcome <> 'connected'";
    assert_eq!(world.database.number(after).await, 0);
    assert_eq!(world.database.number(attempts).await, before);
}

/// No channel on the page leads to a chat.
fn lists_nothing(page: &Answer) -> bool {
    !page.body.contains("data-dialog-id")
}

async fn a_session_of_one_portal_shows_and_reaches_nothing_of_another(db: Db) {
    let world = World::new(db).await;
    channel(&world, OF_GLOBEX).await;
    let (acme, globex) = (world.open("acme", 1).await, world.open("globex", 1).await);
    world.connect(&globex, OF_GLOBEX).await.expect(200);
    world.forget_calls().await;
    let page = world.connect_page(&acme, CODE).await.expect(200);
    let host = world.portal_host("globex");
    for private in [OF_GLOBEX, host.as_str()] {
        assert!(!page.body.contains(private), "{private}");
    }
    let calls = world.calls().await;
    assert!(calls.iter().all(|call| call.host == world.portal_host("acme")));
    let own = "select count(*) from connections group by member_id order by 1 limit 1";
    assert_eq!(world.database.number(own).await, 1, "one for each");
    // Doors that take a session take nothing else that would name a portal.
    let member_id = world.member_id("globex").await;
    let form = [
        ("session", acme.as_str()),
        ("code", CODE),
        ("member_id", &member_id),
        ("DOMAIN", &host),
    ];
    world.forget_calls().await;
    let request = world.request("POST", "/connect?member_id=x&DOMAIN=y").form(&form);
    world.send(request).await.expect(200);
    let calls = world.calls().await;
    assert!(calls.iter().all(|call| call.host == world.portal_host("acme")));
}

async fn a_session_of_before_an_uninstall_is_worthless_after_the_reinstallation(db: Db) {
    let mut world = World::new(db).await;
    let first = world.app_url.clone();
    world.start_second_app(|_| ()).await;
    let mut done = 0;
    for clean in [true, false] {
        world.install("acme").await;
        let before = world.open("acme", 1).await;
        world.connect(&before, CODE).await.expect(200);
        world
            .control("uninstall", json!({"portal": "acme", "clean": clean}))
            .await;
        done += 1;
        world
            .becomes("select count(*) from events where state = 'done'", done)
            .await;
        let page = world.connect_page(&before, CODE).await.expect(401);
        assert!(lists_nothing(&page), "nor while the app is not there");
        world.install("acme").await;
        let after = world.open("acme", 1).await;
        world.connect(&after, CODE).await.expect(200);
        for app in [first.clone(), world.app_url.clone()] {
            opens_nothing(&world, &app, &before).await;
        }
        world.connect(&after, CODE).await.expect(200);
    }
}

async fn a_session_of_a_portal_that_was_forgotten_is_worthless_when_it_is_back(db: Db) {
    let world = World::new(db).await;
    let before = world.open("acme", 1).await;
    let member_id = world.member_id("acme").await;
    world.command(&["portals", "forget", &member_id]).await.expect(0);
    opens_nothing(&world, &world.app_url, &before).await;
    let after = world.open("acme", 1).await;
    world.connect(&after, CODE).await.expect(200);
    opens_nothing(&world, &world.app_url, &before).await;
}

async fn an_uninstall_during_a_connect_ends_the_session_under_way(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    let before = world.open("acme", 1).await;
    // The portal is slow, and in the end does not take the token any more.
    world
        .faults(json!([{"on": JOIN, "do": "delay", "ms": 2500}]))
        .await;
    let come_back = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        world
            .control("uninstall", json!({"portal": "acme", "clean": true}))
            .await;
        world.becomes("select count(*) from portals", 0).await;
        world.install("acme").await;
        world.open("acme", 1).await
    };
    let (answer, after) = tokio::join!(world.connect(&before, CODE), come_back);
    assert_eq!(answer.expect(401).slug(), "reopen_app");
    let joins = world.called().await.into_iter().filter(|method| method == JOIN);
    assert_eq!(
        joins.count(),
        1,
        "the new installation's token was not used for it"
    );
    world.connect(&after, CODE).await.expect(200);
}

async fn a_session_of_a_sign_in_outside_the_frame_is_bound_alike(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    let sign_in = async || {
        let person = world.visitor();
        let page = person.sign_in(&world.portal_host("acme"), 1).await;
        page.expect(200).session()
    };
    let before = sign_in().await;
    world.connect(&before, CODE).await.expect(200);
    world
        .control("uninstall", json!({"portal": "acme", "clean": false}))
        .await;
    world.becomes("select count(*) from credentials", 0).await;
    world.install("acme").await;
    let after = sign_in().await;
    opens_nothing(&world, &world.app_url, &before).await;
    world.connect(&after, CODE).await.expect(200);
}

async fn a_new_launch_and_a_refresh_leave_older_sessions_in_force(db: Db) {
    let world = World::new(db).await;
    let mut sessions = Vec::new();
    for _ in 0..3 {
        let launch = world.launch("acme", 1).await;
        sessions.push(world.post(&launch).await.expect(200).session());
        let again = world.post(&launch).await.expect(200);
        sessions.push(again.session());
        world.expire("acme").await;
        world.connect(&sessions[0], CODE).await.expect(200);
    }
    world.post(&world.launch("acme", 1).await).await.expect(200);
    for session in &sessions {
        let page = world.connect_page(session, CODE).await.expect(200);
        assert!(!lists_nothing(&page));
    }
}

async fn the_session_of_a_user_whose_tokens_were_handed_over_opens_nothing(db: Db) {
    let world = World::new(db).await;
    let (former, heir) = (world.open("acme", 1).await, world.open("acme", 3).await);
    world.connect(&former, CODE).await.expect(200);
    let handed = json!({"portal": "acme", "user": 1, "active": false, "handed_to": 3});
    world.control("user", handed).await;
    world.expire("acme").await;
    world.connect(&former, CODE).await.expect(401);
    opens_nothing(&world, &world.app_url, &former).await;
    world.connect(&heir, CODE).await.expect(200);
}

async fn a_session_ends_after_exactly_twelve_hours(db: Db) {
    let clock = MovedClock::default();
    let world = World::with(db, |config| config.clock = clock.clock()).await;
    let session = world.open("acme", 1).await;
    clock.forward_minutes(12 * 60 - 1);
    world.connect(&session, CODE).await.expect(200);
    clock.forward_minutes(1);
    let answer = world.connect(&session, CODE).await.expect(401);
    assert_eq!(answer.slug(), "session_expired");
    let page = world.connect_page(&session, CODE).await.expect(401);
    assert!(lists_nothing(&page));
}

async fn parts_of_two_sessions_make_none(db: Db) {
    let world = World::new(db).await;
    let one = URL_SAFE_NO_PAD.decode(world.open("acme", 1).await).unwrap();
    let other = URL_SAFE_NO_PAD.decode(world.open("globex", 1).await).unwrap();
    world.forget_calls().await;
    let shortest = one.len().min(other.len());
    for cut in (1..shortest).step_by(7) {
        // Before the nonce, which begins after the header, both are the same.
        let spliced = [&one[..cut], &other[cut..]].concat();
        if spliced == other {
            continue;
        }
        let spliced = URL_SAFE_NO_PAD.encode(spliced);
        assert_eq!(world.connect(&spliced, CODE).await.expect(403).slug(), "forged");
    }
    assert_eq!(world.called().await, [""; 0]);
}

async fn a_state_is_no_session_and_a_session_is_no_state(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let person = world.visitor();
    let state = parameter(&person.start(&world.portal_host("acme")).await, "state");
    let answer = world.connect(&state, CODE).await.expect(403);
    assert_eq!(answer.slug(), "forged");
    let member_id = world.member_id("acme").await;
    let back = format!("/oauth/callback?code=c0de&state={session}&member_id={member_id}");
    assert_eq!(person.visit(&back).await.expect(403).slug(), "forged");
}

fn ring(keys: &str) -> Arc<KeyRing> {
    Arc::new(KeyRing::new(&MasterKey::parse_list(keys).unwrap()).unwrap())
}

async fn a_session_opens_on_other_replicas_and_under_newer_keys_and_not_without_its_own(db: Db) {
    let newer = MasterKey::generate(KeyId::parse("newer").unwrap()).unwrap();
    let newer = newer.to_line().to_string();
    let mut world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.start_second_app(|_| ()).await;
    world.connect(&session, CODE).await.expect(200);
    let both = ring(&format!("{newer},{KEYS}"));
    world.start_second_app(|config| config.keys = both).await;
    world.connect(&session, CODE).await.expect(200);
    let renewed = world.open("acme", 1).await;
    let alone = ring(&newer);
    world.start_second_app(|config| config.keys = alone).await;
    let answer = world.connect(&session, CODE).await.expect(403);
    assert_eq!(answer.slug(), "forged", "its key is gone");
    world.connect(&renewed, CODE).await.expect(200);
}

/// It says neither which credential nor which launch it is of.
async fn a_session_of_the_version_before_has_expired(db: Db) {
    let world = World::new(db).await;
    world.open("acme", 1).await;
    let portal = world.emulator.portal_url("acme");
    let words = json!({
        "m": world.member_id("acme").await, "u": 1, "f": [portal.as_str()], "l": "en", "e": 4_000_000_000_i64,
    });
    let sealed = |words: &Value| {
        let plain = serde_json::to_vec(words).unwrap();
        URL_SAFE_NO_PAD.encode(ring(KEYS).seal(Purpose::Session, b"", &plain).unwrap())
    };
    world.forget_calls().await;
    let page = world.connect_page(&sealed(&words), CODE).await.expect(401);
    assert_eq!(page.slug(), "session_expired");
    assert_eq!(page.frame_ancestors(), portal, "it can be read in the frame");
    let mut guessed = words;
    guessed["b"] = 0.into();
    guessed["i"] = "00000000-0000-7000-8000-000000000000".into();
    opens_nothing(&world, &world.app_url, &sealed(&guessed)).await;
}

async fn each_connect_can_be_traced_to_its_launch(db: Db) {
    let mut world = World::without_app(db).await;
    let process = Process::start(&world, &[("LOG_FORMAT", "json")]).await;
    world.turn_to(&process.app_url);
    let (one, other) = (world.open("acme", 1).await, world.open("acme", 1).await);
    world.connect(&other, CODE).await.expect(200);
    world.connect(&one, CODE).await.expect(200);
    world.connect(&one, "no code").await.expect(422);
    let log = process.log();
    let launches = |message: &str| -> Vec<String> {
        let lines = log
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines
            .filter(|line| line["fields"]["message"] == message)
            .map(|line| line["fields"]["launch"].as_str().unwrap().to_owned())
            .collect()
    };
    let opened = launches("the app was opened");
    assert_eq!(opened.len(), 2);
    assert_ne!(opened[0], opened[1]);
    let connects = [opened[1].clone(), opened[0].clone(), opened[0].clone()];
    assert_eq!(launches("connecting"), connects);
}
