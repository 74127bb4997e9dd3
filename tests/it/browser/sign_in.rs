//! Signing in outside the frame, in a real browser: form, redirects, cookie, address bar.

use serde_json::json;

use super::chromium::Browser;
use crate::world::{CODE, Db, World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_person_signs_in_outside_the_frame_and_connects() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::start().await;
    browser.open(&world.app_url).await;
    browser.screenshot("5-sign-in").await;
    browser.enter_portal("acme").await;
    browser.outcome("invalid_portal").await;
    browser.screenshot("6-sign-in-refused").await;
    browser
        .enter_portal(&format!("{}/company/?x=1", world.emulator.portal_url("acme")))
        .await;
    browser.type_code(CODE).await;
    // Neither code nor state stay in the address bar.
    browser.stands_at(&format!("{}/", world.app_url)).await;
    assert_eq!(world.called().await, ["authorize", "token", "app.info"]);
    browser.screenshot("7-signed-in").await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.screenshot("8-connected-outside").await;
    let chat = browser.attribute("#outcome a[data-dialog-id]", "href").await;
    assert!(chat.starts_with(&format!(
        "{}/online/?IM_DIALOG=",
        world.emulator.portal_url("acme")
    )));
    browser.click("#outcome a[data-dialog-id]").await;
    browser.follow_new_window().await;
    browser.stands_at(&chat).await;
    browser.close_without(&["422"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_reload_after_signing_in_starts_anew_and_without_script_it_says_why() {
    let world = World::new(Db::Sqlite).await;
    for (browser, scripted) in [
        (Browser::start().await, true),
        (Browser::without_script().await, false),
    ] {
        browser.open(&world.app_url).await;
        browser.enter_portal(&world.emulator.portal_url("acme")).await;
        browser.type_code("half a code").await;
        if scripted {
            browser.stands_at(&format!("{}/", world.app_url)).await;
            browser.reload().await;
            browser.attribute("form #portal", "name").await;
        } else {
            browser.reload().await;
            browser.outcome("forged").await;
            browser.screenshot("9-second-use").await;
            browser.click("#sign-in").await;
            browser.enter_portal(&world.emulator.portal_url("acme")).await;
            browser.type_code(CODE).await;
            browser.press_connect().await;
            browser.outcome("connected").await;
        }
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_stolen_state_is_refused_in_another_browser_and_works_in_its_own() {
    let world = World::new(Db::Sqlite).await;
    let (victim, thief) = (Browser::start().await, Browser::start().await);
    // The victim is held up on the way back, as if the page did not load.
    let held_up = format!("{}/livez", world.app_url);
    world.control("app", json!({"redirect_url": held_up})).await;
    victim.open(&world.app_url).await;
    victim.enter_portal(&world.emulator.portal_url("acme")).await;
    let stolen = victim.address_below(&format!("{held_up}?code=")).await;
    let stolen = stolen.replace("/livez?", "/oauth/callback?");

    thief.open(&stolen).await;
    thief.outcome("forged").await;
    thief.screenshot("10-stolen-state").await;
    thief.open(&world.app_url).await;
    thief.enter_portal(&world.emulator.portal_url("acme")).await;
    thief.address_below(&held_up).await;
    thief.open(&stolen).await;
    thief.outcome("forged").await;
    assert_eq!(world.database.rows().await, 0);

    victim.open(&stolen).await;
    victim.type_code(CODE).await;
    victim.press_connect().await;
    victim.outcome("connected").await;
    thief.close().await;
    victim.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_link_on_somebody_elses_page_does_not_lead_straight_to_a_portal() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("elsewhere.html");
    let portal = world.emulator.portal_url("acme");
    let link = format!(
        "<a id=\"bait\" href=\"{}/oauth/start?portal={portal}\">prize</a>",
        world.app_url
    );
    std::fs::write(&file, link).unwrap();
    browser.open(&format!("file://{}", file.display())).await;
    browser.click("#bait").await;
    assert_eq!(browser.attribute("form #portal", "value").await, portal);
    browser.screenshot("11-from-a-link").await;
    assert!(world.called().await.is_empty());
    browser.click("form button[type=\"submit\"]").await;
    browser.type_code(CODE).await;
    browser.close_without_complaints().await;
}
