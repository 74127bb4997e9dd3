//! A page that is too old, or whose access has ended: it says so in place, its button opens the app afresh, and what
//! was typed is there again.

use channel_connect::app::Clock;
use channel_connect::bitrix24::AppCode;
use channel_connect::config::Config;
use serde_json::json;

use super::chromium::Browser;
use super::{joins, link_to, opened};
use crate::world::{CODE, Db, MovedClock, World};

/// The code is refused with this slug; the button opens the app afresh, where it connects.
async fn reopens_and_connects(world: &World, browser: &Browser, slug: &str) {
    browser.listen().await;
    browser.type_code(&link_to(CODE)).await;
    browser.press_connect().await;
    browser.outcome(slug).await;
    assert_eq!(browser.focused().await, "outcome");
    assert!(browser.heard().await.last().unwrap().contains("open it again"));
    assert!(
        !browser.has("#outcome button[type=\"submit\"]").await,
        "trying again cannot help"
    );
    assert_eq!(browser.text("[data-reopen]").await, "Open the app again");
    browser.fits_its_frame().await;
    browser.is_accessible().await;
    browser.screenshot(&format!("16-{slug}")).await;
    browser.reopen("[data-reopen]").await;
    browser
        .becomes(&format!(
            "document.getElementById('code').value.includes('{CODE}')"
        ))
        .await;
    assert_eq!(
        browser.tells("sessionStorage.length").await,
        "0",
        "it is kept no longer than needed"
    );
    assert_eq!(joins(world).await, 0, "and never sent by itself");
    browser.press_connect().await;
    browser.outcome("connected").await;
    assert_eq!(joins(world).await, 1);
}

async fn expired(change: impl FnOnce(&mut Config)) -> (World, Browser) {
    let moved = MovedClock::default();
    let clock: Clock = moved.clock();
    let world = World::with(Db::Sqlite, |config| {
        config.clock = clock;
        change(config);
    })
    .await;
    world.install("acme").await;
    let browser = opened(&world).await;
    moved.forward_hours(12);
    (world, browser)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn an_expired_page_reopens_the_app_with_what_was_typed() {
    let (world, browser) = expired(|_| ()).await;
    reopens_and_connects(&world, &browser, "session_expired").await;
    browser.close_without(&["401"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn ended_access_reopens_the_app_with_what_was_typed() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    world.expire("acme").await;
    world
        .control("revoke", json!({"portal": "acme", "user": 1}))
        .await;
    reopens_and_connects_after_refusal(&world, &browser).await;
    browser.close_without(&["401"]).await;
}

/// The portal is asked first, so one join has been tried when the access turns out to be over.
async fn reopens_and_connects_after_refusal(world: &World, browser: &Browser) {
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("reopen_app").await;
    browser
        .run("document.getElementById('outcome').removeAttribute('data-slug');")
        .await;
    world.forget_calls().await;
    reopens_and_connects(world, browser, "reopen_app").await;
}

/// A link to the app in the portal, which works where nothing of the platform's does.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn with_the_apps_code_reopening_is_a_link_that_works_without_the_platform() {
    for platform in [true, false] {
        let (world, browser) = expired(|config| {
            config.look.app_code = Some(AppCode::parse("northwind.channels").unwrap());
            if !platform {
                config.look.js_url = "http://127.0.0.1:9/".parse().unwrap();
            }
        })
        .await;
        let page = format!(
            "{}/marketplace/app/northwind.channels/",
            world.emulator.portal_url("acme")
        );
        browser.type_code("x").await;
        browser.press_connect().await;
        browser.outcome("session_expired").await;
        assert_eq!(browser.attribute("a[data-reopen]", "href").await, page);
        assert_eq!(browser.attribute("a[data-reopen]", "target").await, "_top");
        browser.reopen("[data-reopen]").await;
        if !platform {
            browser.leave_frame().await;
            browser.stands_at(&page).await;
            browser.enter_app().await;
        }
        browser
            .becomes("document.getElementById('code')?.value === 'x'")
            .await;
        browser
            .close_without(&["401", "net::ERR_CONNECTION_REFUSED", "net::ERR_UNSAFE_PORT"])
            .await;
    }
}
