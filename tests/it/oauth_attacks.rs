//! Sign-ins outside the frame as somebody else would have them: nothing is stored, and the answer says 403.

use serde_json::json;

use crate::world::{Answer, CLIENT_SECRET, Db, MovedClock, World, parameter, with_parameter};

on_both_databases!(
    a_state_works_once,
    of_two_uses_at_the_same_moment_one_counts,
    a_stolen_state_is_worth_nothing_in_another_browser,
    other_cookies_of_the_host_do_not_hide_ours,
    a_code_of_another_portal_is_refused,
    a_swapped_member_id_is_refused,
    a_state_ends_after_ten_minutes,
    a_state_that_is_not_ours_is_refused,
    a_callback_that_lacks_something_is_none,
    looking_at_a_callbacks_headers_uses_nothing_up,
    another_apps_token_is_refused,
    spent_states_are_forgotten_when_they_are_over,
);

fn expect_forged(page: Answer) -> Answer {
    let page = page.expect(403);
    assert_eq!(page.slug(), "forged");
    assert_eq!(page.frame_ancestors(), "'none'");
    page
}

async fn a_state_works_once(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let authorize = person.start(&world.emulator.portal_url("acme")).await;
    let cookies = person.cookies.lock().unwrap().clone();
    let back = person.agree(&authorize, 1).await;
    person.visit(&back).await.expect(200);
    world.forget_calls().await;
    let reloaded = expect_forged(person.visit(&back).await);
    assert!(
        reloaded.body.contains("used already") && reloaded.body.contains("id=\"sign-in\" href=\"/\""),
        "a reload is a second use, and said so: {}",
        reloaded.body
    );
    let state = parameter(&back, "state");
    assert!(!reloaded.body.contains(&state[..40]));

    *person.cookies.lock().unwrap() = cookies;
    let fresh = person.agree(&authorize, 2).await;
    assert_eq!(parameter(&fresh, "state"), state);
    world.forget_calls().await;
    expect_forged(person.visit(&fresh).await);
    assert_eq!(
        world.called().await,
        [""; 0],
        "not even with a fresh code and the cookie kept"
    );
    assert_eq!(world.database.number("select count(*) from credentials").await, 1);
}

async fn of_two_uses_at_the_same_moment_one_counts(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let authorize = person.start(&world.emulator.portal_url("acme")).await;
    let (one, two) = (
        person.agree(&authorize, 1).await,
        person.agree(&authorize, 1).await,
    );
    let (one, two) = tokio::join!(person.visit(&one), person.visit(&two));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 403]);
    let calls = world.called().await;
    assert_eq!(calls.iter().filter(|call| *call == "token").count(), 1);
}

async fn a_stolen_state_is_worth_nothing_in_another_browser(db: Db) {
    let world = World::new(db).await;
    let portal = world.emulator.portal_url("acme");
    let victim = world.visitor();
    let back = victim.agree(&victim.start(&portal).await, 1).await;
    world.forget_calls().await;
    let page = expect_forged(world.visitor().visit(&back).await);
    assert!(page.body.contains("accept cookies"), "or it never works");
    let thief = world.visitor();
    thief.start(&portal).await;
    expect_forged(thief.visit(&back).await);
    let secret = thief.cookies.lock().unwrap().values().next().unwrap().clone();
    let name = victim.cookies.lock().unwrap().keys().next().unwrap().clone();
    thief.cookies.lock().unwrap().insert(name, secret);
    expect_forged(thief.visit(&back).await);
    assert_eq!(world.called().await, [""; 0]);
    assert_eq!(world.database.rows().await, 0);
    victim.visit(&back).await.expect(200);
}

async fn other_cookies_of_the_host_do_not_hide_ours(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let back = person
        .agree(&person.start(&world.emulator.portal_url("acme")).await, 1)
        .await;
    // Whoever runs the domain above ours sets cookies for ours, in whatever bytes they like.
    for (name, value) in [("_a", "J\u{fc}rgen"), ("__host-oauth-", "x"), ("zz", "=;;\"")] {
        let mut cookies = person.cookies.lock().unwrap();
        cookies.insert(name.to_owned(), value.to_owned());
    }
    person.visit(&back).await.expect(200);
}

async fn a_code_of_another_portal_is_refused(db: Db) {
    let world = World::new(db).await;
    let (acme, globex) = (
        world.emulator.portal_url("acme"),
        world.emulator.portal_url("globex"),
    );
    for known in [false, true] {
        if known {
            world.open("acme", 1).await;
            world.open("globex", 1).await;
        }
        let rows = world.database.rows().await;
        let victim = world.visitor();
        let authorize = victim.start(&acme).await;
        let back = victim.agree(&authorize.replace(&acme, &globex), 1).await;
        let page = expect_forged(victim.visit(&back).await);
        assert!(
            page.body.contains("a different Bitrix24") && page.body.contains("id=\"sign-in\" href=\"/\"")
        );
        // The redirect may claim what it likes.
        let back = victim
            .agree(&victim.start(&acme).await.replace(&acme, &globex), 1)
            .await;
        let claimed = with_parameter(&back, "domain", Some(&world.portal_host("acme")));
        let claimed = with_parameter(&claimed, "member_id", Some(&world.member_id("acme").await));
        expect_forged(victim.visit(&claimed).await);
        assert_eq!(world.database.rows().await, rows, "nothing is stored");
    }
}

async fn a_swapped_member_id_is_refused(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let portal = world.emulator.portal_url("acme");
    for member_id in [world.member_id("globex").await, "0".repeat(32)] {
        let back = person.agree(&person.start(&portal).await, 1).await;
        let swapped = with_parameter(&back, "member_id", Some(&member_id));
        expect_forged(person.visit(&swapped).await);
        assert_eq!(world.database.rows().await, 0);
        expect_forged(person.visit(&back).await);
    }
}

async fn a_state_ends_after_ten_minutes(db: Db) {
    let time = MovedClock::default();
    let world = World::with(db, |config| config.clock = time.clock()).await;
    let person = world.visitor();
    let authorize = person.start(&world.emulator.portal_url("acme")).await;
    let back = person.agree(&authorize, 1).await;
    time.forward_minutes(11);
    world.forget_calls().await;
    let page = person.visit(&back).await.expect(401);
    assert_eq!(page.slug(), "session_expired");
    assert!(page.body.contains("ten minutes"));
    assert_eq!(world.called().await, [""; 0]);
    assert_eq!(world.database.rows().await, 0);
    time.forward_minutes(-2);
    person.visit(&back).await.expect(200);
}

async fn a_state_that_is_not_ours_is_refused(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let session = world.open("globex", 1).await;
    let back = person
        .agree(&person.start(&world.emulator.portal_url("acme")).await, 1)
        .await;
    let state = parameter(&back, "state");
    let middle = state.len() / 2;
    let other = if &state[middle..=middle] == "A" { "B" } else { "A" };
    let tampered = format!("{}{other}{}", &state[..middle], &state[middle + 1..]);
    world.forget_calls().await;
    for forged in [&tampered, &state[4..], &session, "x", &format!("{state}A")] {
        expect_forged(person.visit(&with_parameter(&back, "state", Some(forged))).await);
    }
    assert_eq!(
        world.connect(&state, crate::world::CODE).await.status,
        403,
        "a state is no session"
    );
    assert_eq!(world.called().await, [""; 0]);
    person.visit(&back).await.expect(200);
}

async fn a_callback_that_lacks_something_is_none(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let back = person
        .agree(&person.start(&world.emulator.portal_url("acme")).await, 1)
        .await;
    world.forget_calls().await;
    for name in ["code", "state", "member_id"] {
        let page = person.visit(&with_parameter(&back, name, None)).await.expect(400);
        assert_eq!(page.slug(), "bad_request", "without {name}");
        person
            .visit(&with_parameter(&back, name, Some("")))
            .await
            .expect(400);
        let twice = format!("{back}&{name}=twice");
        assert_eq!(person.visit(&twice).await.status, 400, "{name} twice");
    }
    for value in ["a b".to_owned(), "a".repeat(5000)] {
        person
            .visit(&with_parameter(&back, "code", Some(&value)))
            .await
            .expect(400);
    }
    let json = [("accept", "application/json")];
    let bare = person.visit_with("/oauth/callback", &json).await.expect(400);
    assert_eq!(bare.json()["error"], "bad_request");
    assert_eq!(world.called().await, [""; 0]);
    let mut unread = back.clone();
    for name in ["domain", "scope", "server_domain"] {
        unread = with_parameter(&unread, name, Some("evil.example"));
    }
    person.visit(&unread).await.expect(200);
}

async fn looking_at_a_callbacks_headers_uses_nothing_up(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let back = person
        .agree(&person.start(&world.emulator.portal_url("acme")).await, 1)
        .await;
    let path = back.strip_prefix(&world.app_url).unwrap();
    for method in ["HEAD", "POST"] {
        assert_eq!(world.send(world.request(method, path)).await.status, 405);
    }
    person.visit(&back).await.expect(200);
}

async fn another_apps_token_is_refused(db: Db) {
    let world = World::new(db).await;
    let wish = json!({"portal": "acme", "user": 1, "client_id": "app.somebody.elses"});
    let other = world.control("token", wish).await;
    let answer = json!({
        "access_token": other["access_token"],
        "refresh_token": other["refresh_token"],
        "expires_in": 3600,
        "member_id": world.member_id("acme").await,
        "client_endpoint": format!("{}/rest/", world.emulator.portal_url("acme")),
        "user_id": 1,
    });
    world
        .faults(json!([{"on": "token", "do": "status", "status": 200, "body": answer}]))
        .await;
    let portal = world.emulator.portal_url("acme");
    expect_forged(world.visitor().sign_in(&portal, 1).await);
    assert_eq!(world.called().await, ["authorize", "token", "app.info"]);
    assert_eq!(world.database.rows().await, 0);
    let calls = world.calls().await;
    let exchange = calls.iter().find(|call| call.method == "token").unwrap();
    assert_eq!(exchange.params["grant_type"], "authorization_code");
    assert_eq!(exchange.params["client_secret"], CLIENT_SECRET);
}

async fn spent_states_are_forgotten_when_they_are_over(db: Db) {
    use channel_connect::app::Clock;
    use channel_connect::seal::{KeyRing, MasterKey};
    use channel_connect::store::{DatabaseUrl, Store};
    let world = World::new(db).await;
    let person = world.visitor();
    for portal in ["acme", "globex"] {
        person
            .sign_in(&world.emulator.portal_url(portal), 1)
            .await
            .expect(200);
    }
    let spent = "select count(*) from oauth_states";
    assert_eq!(world.database.number(spent).await, 2);
    let keys = KeyRing::new(&MasterKey::parse_list(crate::world::KEYS).unwrap()).unwrap();
    let url = DatabaseUrl::parse(&world.database.url).unwrap();
    let store = Store::open(&url, std::sync::Arc::new(keys)).await.unwrap();
    let later = |minutes| Clock::system().now() + jiff::SignedDuration::from_mins(minutes);
    assert_eq!(store.prune_oauth_states(later(15), 10).await.unwrap(), 0);
    assert_eq!(store.prune_oauth_states(later(21), 1).await.unwrap(), 1);
    assert_eq!(store.prune_oauth_states(later(21), 10).await.unwrap(), 1);
    assert_eq!(world.database.number(spent).await, 0);
    store.close().await;
}
