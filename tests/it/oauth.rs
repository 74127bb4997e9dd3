//! Signing in outside the frame, as people do it: a portal's address, the portal's own page, and back.

use serde_json::json;

use crate::world::{CODE, Db, MovedClock, World, parameter};

on_both_databases!(
    a_person_signs_in_outside_the_frame_and_connects,
    two_tabs_of_one_browser_do_not_disturb_each_other,
    a_sign_in_begun_at_one_replica_is_finished_at_another,
    a_renamed_portal_is_recognised_if_it_was_known_before,
    only_administrators_connect_where_the_publisher_says_so,
    an_old_page_leads_back_to_the_beginning,
    tokens_that_are_over_lead_back_to_the_beginning,
    an_outage_is_said_and_signing_in_again_is_one_press,
    a_code_that_is_used_or_over_is_explained,
    the_doors_of_the_frame_show_no_form,
    a_portal_may_send_people_back_to_the_handler_itself,
    the_exchange_stands_in_the_log_of_calls_without_its_secrets,
);

async fn a_person_signs_in_outside_the_frame_and_connects(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let welcome = person.visit("/").await.expect(200);
    assert!(
        welcome
            .body
            .contains("<form method=\"get\" action=\"/oauth/start\">")
    );
    assert!(
        welcome
            .header("content-security-policy")
            .contains("form-action 'self' https: http:;"),
        "the form leads to any portal"
    );
    assert_eq!(welcome.frame_ancestors(), "'none'");

    let host = world.portal_host("acme");
    let started = person.visit(&format!("/oauth/start?portal={host}")).await;
    let cookie = started.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-oauth-"), "{cookie}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(cookie.split("; ").any(|part| part == attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
    let authorize = started.expect(302).header("location").to_owned();
    let client_id = parameter(&authorize, "client_id");
    assert!(authorize.starts_with(&format!(
        "http://{host}/oauth/authorize/?client_id={client_id}&state="
    )));

    world
        .control("install", json!({"portal": "acme", "deliver": false}))
        .await;
    let back = person.agree(&authorize, 2).await;
    let page = person.visit(&back).await.expect(200);
    assert_eq!(world.called().await, ["authorize", "token", "app.info"]);
    assert!(
        person.cookies.lock().unwrap().is_empty(),
        "the cookie is over: {}",
        page.header("set-cookie")
    );
    assert_eq!(page.frame_ancestors(), "'none'");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.body.contains(&host) && !page.body.contains("data-js-url"));
    assert!(
        !page
            .header("content-security-policy")
            .contains(&world.emulator.control_url())
    );

    let session = page.session();
    world.connect(&session, CODE).await.expect(200);
    world.expire("acme").await;
    let connected = world.connect_page(&session, CODE).await.expect(200);
    assert_eq!(connected.slug(), "connected");
    assert_eq!(connected.frame_ancestors(), "'none'");
    assert!(connected.body.contains(&host) && !connected.body.contains("data-js-url"));
    let user = "select user_id from credentials";
    assert_eq!(world.database.number(user).await, 2);
}

async fn two_tabs_of_one_browser_do_not_disturb_each_other(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let one = person.start(&world.emulator.portal_url("acme")).await;
    let two = person.start(&world.emulator.portal_url("globex")).await;
    let (one, two) = (person.agree(&one, 1).await, person.agree(&two, 1).await);
    person.visit(&two).await.expect(200);
    person.visit(&one).await.expect(200);
    assert_eq!(world.database.number("select count(*) from portals").await, 2);
}

async fn a_sign_in_begun_at_one_replica_is_finished_at_another(db: Db) {
    let mut world = World::new(db).await;
    let person = world.visitor();
    let authorize = person.start(&world.emulator.portal_url("acme")).await;
    let cookies = std::mem::take(&mut *person.cookies.lock().unwrap());
    world.start_second_app(|_| ()).await;
    let person = world.visitor();
    *person.cookies.lock().unwrap() = cookies;
    let back = person.agree(&authorize, 1).await;
    person.visit(&back).await.expect(200);
}

async fn a_renamed_portal_is_recognised_if_it_was_known_before(db: Db) {
    let world = World::new(db).await;
    world.open("acme", 1).await;
    let known = [
        world.emulator.portal_url("acme"),
        world.emulator.portal_url("globex"),
    ];
    for (portal, name) in [("acme", "umbrella"), ("globex", "initech")] {
        world
            .control("rename", json!({"portal": portal, "to": name}))
            .await;
    }
    let now = [
        world.emulator.portal_url("umbrella"),
        world.emulator.portal_url("initech"),
    ];
    for (at, status) in [(0, 200), (1, 403)] {
        let person = world.visitor();
        let authorize = person.start(&known[at]).await.replace(&known[at], &now[at]);
        let back = person.agree(&authorize, 1).await;
        let page = person.visit(&back).await.expect(status);
        if status == 200 {
            let portal = world.database.text("select client_endpoint from portals").await;
            assert_eq!(portal, format!("{}/rest/", now[at]));
            continue;
        }
        assert_eq!(page.slug(), "forged");
        assert!(page.body.contains("has a new address, enter that one"));
        person.sign_in(&now[at], 1).await.expect(200);
    }
}

async fn only_administrators_connect_where_the_publisher_says_so(db: Db) {
    use channel_connect::app::ConnectPolicy;
    let world = World::with(db, |config| config.rules.connect_policy = ConnectPolicy::Admins).await;
    let portal = world.emulator.portal_url("acme");
    world
        .control("install", json!({"portal": "acme", "deliver": false}))
        .await;
    let session = world.visitor().sign_in(&portal, 2).await.expect(200).session();
    let page = world.connect_page(&session, CODE).await.expect(403);
    assert_eq!(page.slug(), "not_admin");
    assert_eq!(page.frame_ancestors(), "'none'");
    let session = world.visitor().sign_in(&portal, 1).await.expect(200).session();
    world.connect(&session, CODE).await.expect(200);
}

async fn an_old_page_leads_back_to_the_beginning(db: Db) {
    let time = MovedClock::default();
    let world = World::with(db, |config| config.clock = time.clock()).await;
    let portal = world.emulator.portal_url("acme");
    let session = world.visitor().sign_in(&portal, 1).await.expect(200).session();
    time.forward_hours(13);
    let page = world.connect_page(&session, CODE).await.expect(401);
    assert_eq!(page.slug(), "session_expired");
    assert_eq!(page.frame_ancestors(), "'none'");
    assert!(page.body.contains("href=\"/\"") && page.body.contains("Sign in"));
    assert!(!page.body.contains("open it again in your Bitrix24"));
}

async fn tokens_that_are_over_lead_back_to_the_beginning(db: Db) {
    let world = World::new(db).await;
    let portal = world.emulator.portal_url("acme");
    let session = world.visitor().sign_in(&portal, 1).await.expect(200).session();
    world
        .control("revoke", json!({"portal": "acme", "user": 1}))
        .await;
    let page = world.connect_page(&session, CODE).await.expect(401);
    assert_eq!(page.slug(), "reopen_app");
    assert!(
        page.body.contains("href=\"/\">Sign in again</a>"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("open it again in your Bitrix24"));
    let healed = world.visitor().sign_in(&portal, 1).await.expect(200).session();
    world.connect(&healed, CODE).await.expect(200);
    world.connect(&session, CODE).await.expect(200);
}

async fn an_outage_is_said_and_signing_in_again_is_one_press(db: Db) {
    let world = World::new(db).await;
    let portal = world.emulator.portal_url("acme");
    for fault in [
        json!([{"on": "token", "do": "status", "status": 502}]),
        json!([{"on": "token", "do": "html", "status": 200}]),
        json!([{"on": "token", "do": "drop"}]),
        json!([{"on": "token", "do": "rotate_then_drop"}]),
        json!([{"on": "app.info", "do": "drop"}]),
    ] {
        world.faults(fault.clone()).await;
        let person = world.visitor();
        let page = person.sign_in(&portal, 1).await.expect(503);
        assert_eq!(page.slug(), "bitrix24_unavailable", "{fault}");
        assert_eq!(world.database.rows().await, 0, "{fault}");
        world.faults(json!([])).await;
        let (_, link) = page.body.split_once("id=\"sign-in\" href=\"").unwrap();
        let (link, _) = link.split_once('"').unwrap();
        let again = person.visit(link).await.expect(302);
        let back = person.agree(again.header("location"), 1).await;
        if fault[0]["do"] == "rotate_then_drop" {
            person.visit(&back).await.expect(200);
            return;
        }
    }
}

async fn a_code_that_is_used_or_over_is_explained(db: Db) {
    let world = World::new(db).await;
    let person = world.visitor();
    let portal = world.emulator.portal_url("acme");
    let back = person.agree(&person.start(&portal).await, 1).await;
    world.control("clock", json!({"advance_s": 31})).await;
    let page = person.visit(&back).await.expect(401);
    assert_eq!(page.slug(), "reopen_app");
    assert!(page.body.contains("took too long"));
    assert_eq!(world.database.rows().await, 0);

    let back = person.agree(&person.start(&portal).await, 1).await;
    person.visit(&back).await.expect(200);
    let again = person.agree(&person.start(&portal).await, 1).await;
    let again = crate::world::with_parameter(&again, "code", Some(&parameter(&back, "code")));
    let json = [("accept", "application/json")];
    let page = person.visit_with(&again, &json).await.expect(401);
    assert_eq!(page.json()["error"], "reopen_app");
    assert!(!page.body.contains(&parameter(&back, "code")));
}

async fn the_doors_of_the_frame_show_no_form(db: Db) {
    let world = World::new(db).await;
    for path in ["/app", "/install"] {
        let page = world.visitor().visit(path).await.expect(200);
        assert!(page.body.contains("Open this app inside Bitrix24") && !page.body.contains("<form"));
    }
}

async fn a_portal_may_send_people_back_to_the_handler_itself(db: Db) {
    let world = World::new(db).await;
    let handler = format!("{}/app", world.app_url);
    world.control("app", json!({"redirect_url": handler})).await;
    let person = world.visitor();
    let back = person
        .agree(&person.start(&world.emulator.portal_url("acme")).await, 1)
        .await;
    let path = back.strip_prefix(&world.app_url).unwrap();
    assert!(path.starts_with("/app?code="));
    world.send(world.request("HEAD", path)).await.expect(200);
    let session = person.visit(&back).await.expect(200).session();
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(person.visit(&back).await.expect(403).slug(), "forged");
    for bare in ["/app?code=x", "/app?state=x", "/app?code=x&code=y&state=z"] {
        let page = person.visit(bare).await.expect(200);
        assert!(page.body.contains("Open this app inside Bitrix24"), "{bare}");
    }
}

async fn the_exchange_stands_in_the_log_of_calls_without_its_secrets(db: Db) {
    let world = World::new(db).await;
    let portal = world.emulator.portal_url("acme");
    world.visitor().sign_in(&portal, 1).await.expect(200);
    let exchanges = format!(
        "select count(*) from rest_log where method = 'oauth/token' and status = 200 and user_id = 1 \
         and member_id = '{}' and request like '%authorization_code%'",
        world.member_id("acme").await
    );
    for _ in 0..200 {
        if world.database.number(&exchanges).await == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(world.database.number(&exchanges).await, 1);
    let secrets = "select count(*) from rest_log where request like '%5ec2e7%' or response like '%5ec2e7%'";
    assert_eq!(world.database.number(secrets).await, 0);
}
