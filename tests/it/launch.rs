//! Opening the app: what is believed, what is kept, and what is not.

use serde_json::json;

use crate::world::{CODE, Db, World};

on_both_databases!(
    the_installer_is_shown_and_installing_again_works,
    an_old_portals_launch_opens_the_app,
    placement_options_prefill_the_field_and_nothing_more,
    a_reloaded_frame_never_overwrites_a_newer_pair,
    a_launch_heals_revoked_tokens,
    an_application_token_is_learned_from_an_administrator_only,
    an_outage_of_the_authorization_server_is_said_and_stores_nothing,
    the_language_of_the_launch_is_kept,
    whoever_brings_no_language_is_answered_in_the_browsers,
    a_launch_heals_what_was_kept_under_a_key_that_is_gone,
    launches_at_the_same_moment_all_open,
    a_launch_heals_a_pair_that_claims_to_last_longer_but_is_dead,
    without_a_stated_end_a_reloaded_frame_still_overwrites_nothing,
    a_wrong_protocol_adds_nobody_to_the_frame,
);

const TOKEN_KNOWN: &str = "select count(*) from portals where application_token is not null";
const GENERATION: &str = "select generation from credentials";

async fn the_installer_is_shown_and_installing_again_works(db: Db) {
    let world = World::new(db).await;
    for _ in 0..2 {
        let install = world
            .launch_with(json!({"portal": "acme", "user": 1, "install": true}))
            .await;
        assert!(install.url.contains("/install?"));
        let page = world.post(&install).await.expect(200);
        assert!(
            page.body.contains("Installing"),
            "the installer says what it does: {}",
            page.body
        );
        assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
    }
    assert_eq!(
        world
            .database
            .number("select count(*) from portals where installed_at is not null")
            .await,
        1
    );
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn an_old_portals_launch_opens_the_app(db: Db) {
    let world = World::new(db).await;
    let launch = world
        .launch_with(json!({"portal": "acme", "user": 2, "legacy": true}))
        .await;
    assert!(!launch.body.contains_key("APPLICATION_TOKEN"));
    let session = world.post(&launch).await.expect(200).session();
    world.connect(&session, CODE).await.expect(200);
}

async fn placement_options_prefill_the_field_and_nothing_more(db: Db) {
    let world = World::new(db).await;
    for (options, prefilled) in [
        (json!({"code": CODE}), true),
        (json!("undefined"), false),
        (json!(""), false),
        (json!("{broken"), false),
        (json!({"code": "\"><script>alert(1)</script>"}), false),
    ] {
        let wish = json!({"portal": "acme", "user": 1, "placement_options": options});
        let page = world.post(&world.launch_with(wish).await).await.expect(200);
        assert_eq!(page.body.contains(CODE), prefilled, "{options}");
        assert!(!page.body.contains("<script>alert"));
    }
    assert!(
        !world
            .called()
            .await
            .contains(&"imopenlines.network.join".to_owned())
    );
}

async fn a_reloaded_frame_never_overwrites_a_newer_pair(db: Db) {
    let world = World::new(db).await;
    let first = world.launch("acme", 1).await;
    world.post(&first).await.expect(200);
    let generation = world.database.number(GENERATION).await;

    world.post(&first).await.expect(200);
    assert_eq!(
        world.database.number(GENERATION).await,
        generation,
        "the stored pair, posted again"
    );

    world.control("clock", json!({"advance_s": 60})).await;
    let second = world.launch("acme", 1).await;
    world.post(&second).await.expect(200);
    let newer = world.database.number(GENERATION).await;
    assert!(newer > generation, "a fresh launch supersedes");
    world.control("clock", json!({"advance_s": 60})).await;
    let third = world
        .post(&world.launch("acme", 1).await)
        .await
        .expect(200)
        .session();
    let newest = world.database.number(GENERATION).await;
    for old in [&first, &second] {
        world.post(old).await.expect(200);
        assert_eq!(
            world.database.number(GENERATION).await,
            newest,
            "an older launch changes nothing"
        );
    }

    world.expire("acme").await;
    world.connect(&third, CODE).await.expect(200);
    let refreshed = world.database.number(GENERATION).await;
    let reloaded = world.post(&second).await.expect(401);
    assert_eq!(
        reloaded.slug(),
        "reopen_app",
        "its token is over an hour old: no forgery"
    );
    assert_eq!(world.database.number(GENERATION).await, refreshed);
    world.connect(&third, CODE).await.expect(200);
}

async fn a_launch_heals_revoked_tokens(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world
        .control("revoke", json!({"portal": "acme", "user": 1}))
        .await;
    world.expire("acme").await;
    world.connect(&session, CODE).await.expect(401);
    let healed = world.open("acme", 1).await;
    world.connect(&healed, CODE).await.expect(200);
    world.connect(&session, CODE).await.expect(200);
}

async fn an_application_token_is_learned_from_an_administrator_only(db: Db) {
    let world = World::new(db).await;
    let planted = world.launch("acme", 2).await.with("APPLICATION_TOKEN", "planted");
    world.post(&planted).await.expect(200);
    assert_eq!(
        world.database.number(TOKEN_KNOWN).await,
        0,
        "any user can post a made-up one"
    );

    world
        .faults(json!([{"on": "profile", "do": "status", "status": 500}]))
        .await;
    world.open("acme", 1).await;
    assert_eq!(
        world.database.number(TOKEN_KNOWN).await,
        0,
        "profile failed: not learned now"
    );

    world.open("acme", 1).await;
    assert_eq!(
        world.database.number(TOKEN_KNOWN).await,
        1,
        "and tried again at the next launch"
    );
    let kept = "select cast(max(length(application_token)) as bigint) from portals";
    let sealed = world.database.number(kept).await;
    world
        .post(
            &world
                .launch("acme", 3)
                .await
                .with("APPLICATION_TOKEN", "planted-again"),
        )
        .await
        .expect(200);
    assert_eq!(
        world.database.number(kept).await,
        sealed,
        "a changed one by no administrator is dropped"
    );

    world.forget_calls().await;
    world.open("acme", 2).await;
    assert_eq!(
        world.called().await,
        ["app.info"],
        "a known token asks for nothing"
    );
}

async fn an_outage_of_the_authorization_server_is_said_and_stores_nothing(db: Db) {
    let world = World::new(db).await;
    for fault in [
        json!([{"on": "app.info", "do": "status", "status": 502}]),
        json!([{"on": "app.info", "do": "html", "status": 200}]),
        json!([{"on": "app.info", "do": "drop"}]),
        json!([{"on": "app.info", "do": "garbage"}]),
        json!([{"on": "app.info", "do": "endless"}]),
        json!([{"on": "app.info", "do": "redirect", "location": "http://evil.localhost:1/"}]),
    ] {
        world.faults(fault.clone()).await;
        let page = world.post(&world.launch("acme", 1).await).await;
        assert_eq!(
            (page.status.as_u16(), page.slug().as_str()),
            (503, "bitrix24_unavailable"),
            "{fault}"
        );
        assert_eq!(
            page.frame_ancestors(),
            world.emulator.portal_url("acme"),
            "it can be read in the frame"
        );
        assert_eq!(world.database.rows().await, 0);
    }
    world.faults(json!([])).await;
    world.open("acme", 1).await;
}

async fn the_language_of_the_launch_is_kept(db: Db) {
    let world = World::new(db).await;
    let launch = world
        .launch_with(json!({"portal": "acme", "user": 1, "lang": "zz"}))
        .await;
    let page = world.post(&launch).await.expect(200);
    assert!(
        page.body.contains("<html lang=\"en\""),
        "an unknown language is answered in English"
    );
    let page = world.connect_page(&page.session(), "").await.expect(422);
    assert!(page.body.contains("<html lang=\"en\""));
}

async fn whoever_brings_no_language_is_answered_in_the_browsers(db: Db) {
    const GERMAN: &str = "de-AT, en;q=0.5";
    let world = World::new(db).await;
    let launch = world.launch("acme", 1).await;
    assert!(launch.url.contains("LANG=en"));
    let page = world.post_in(GERMAN, &launch.url, &launch.body).await.expect(200);
    assert!(
        page.body.contains("<html lang=\"en\""),
        "the portal's word counts"
    );
    let speechless = launch.url.replace("LANG=en", "SILENT=1");
    let page = world.post_in(GERMAN, &speechless, &launch.body).await.expect(200);
    assert!(page.body.contains("<html lang=\"de\""));
    let later = world.connect_page(&page.session(), "").await.expect(422);
    assert!(later.body.contains("<html lang=\"de\""), "on later pages, too");
    let made_up = [("session", "made up"), ("code", CODE)];
    let connect = format!("{}/connect", world.app_url);
    let refused = world.post_in(GERMAN, &connect, &made_up).await.expect(403);
    assert!(refused.body.contains("<html lang=\"de\""));
}

async fn a_launch_heals_what_was_kept_under_a_key_that_is_gone(db: Db) {
    use channel_connect::seal::{KeyId, KeyRing, MasterKey};
    let mut world = World::new(db).await;
    world.open("acme", 1).await;
    let other = MasterKey::generate(KeyId::parse("other").unwrap()).unwrap();
    let keys = std::sync::Arc::new(KeyRing::new(&[other]).unwrap());
    world.start_second_app(|config| config.keys = keys).await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.database.number(TOKEN_KNOWN).await, 1);
}

async fn launches_at_the_same_moment_all_open(db: Db) {
    let world = World::new(db).await;
    let launches = futures_util::future::join_all((0..40).map(|_| world.launch("acme", 1))).await;
    let pages = futures_util::future::join_all(launches.iter().map(|launch| world.post(launch))).await;
    for page in pages {
        let session = page.expect(200).session();
        assert!(!session.is_empty());
    }
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn a_launch_heals_a_pair_that_claims_to_last_longer_but_is_dead(db: Db) {
    let world = World::new(db).await;
    world.control("clock", json!({"advance_s": 7200})).await;
    let session = world.open("acme", 1).await;
    world.control("clock", json!({"advance_s": -7200})).await;
    world
        .control("revoke", json!({"portal": "acme", "user": 1}))
        .await;
    world.connect(&session, CODE).await.expect(401);
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn without_a_stated_end_a_reloaded_frame_still_overwrites_nothing(db: Db) {
    let world = World::new(db).await;
    let quirks = json!({"portal": "acme", "quirks": {"token_omits": ["expires", "expires_in"]}});
    world.control("portal", quirks).await;
    let old = world.launch("acme", 1).await;
    world.post(&old).await.expect(200);
    world.control("clock", json!({"advance_s": 60})).await;
    let session = world.open("acme", 1).await;
    world
        .faults(json!([
            {"on": "imopenlines.network.join", "do": "error", "status": 401, "error": "expired_token"},
        ]))
        .await;
    world.connect(&session, CODE).await.expect(200);
    let refreshed = world.database.number(GENERATION).await;
    world.post(&old).await.expect(200);
    assert_eq!(world.database.number(GENERATION).await, refreshed);
    world.connect(&session, CODE).await.expect(200);
}

async fn a_wrong_protocol_adds_nobody_to_the_frame(db: Db) {
    let world = World::new(db).await;
    let mut launch = world.launch("acme", 1).await;
    launch.url = launch.url.replace("PROTOCOL=0", "PROTOCOL=1");
    let page = world.post(&launch).await.expect(200);
    assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
}
