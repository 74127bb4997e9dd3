//! The app in the Bitrix24 mobile app: a web view of a phone's width, with the portal's page and the same frame in it, or
//! with nothing around the app at all.

use serde_json::json;

use super::chromium::Browser;
use super::open_without_portal;
use crate::world::{CODE, Db, World, free_port};

/// Connects a channel on the page that is open, and looks at how it lies there.
async fn connect(browser: &Browser) -> String {
    browser.type_code(CODE).await;
    browser.press_connect().await;
    let bot_id = browser.outcome("connected").await;
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
    assert_eq!(
        browser.run(wide).await,
        json!(0),
        "nothing is wider than the phone"
    );
    bot_id
}

/// Taps the link to the chat, which opens where links open.
async fn follow_chat(world: &World, browser: &Browser, bot_id: &str) {
    browser.click("#outcome a[data-dialog-id]").await;
    browser.follow_new_window().await;
    let dialog = format!("{}/online/?IM_DIALOG={bot_id}", world.emulator.portal_url("acme"));
    browser.stands_at(&dialog).await;
    assert_eq!(
        browser.attribute("#chat:not([hidden])", "data-known").await,
        "true"
    );
}

/// What the app has asked the portal's page for.
async fn asked(world: &World, method: &str) -> usize {
    let said = world.look("said").await;
    let methods = said.as_array().unwrap().iter();
    methods.filter(|said| said["method"] == method).count()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn in_the_mobile_app_it_connects_and_the_chat_is_a_plain_link() {
    let world = World::new(Db::Sqlite).await;
    world.install("acme").await;
    let browser = Browser::mobile().await;
    let page = format!("{}/mobile/marketplace/?id=11", world.emulator.portal_url("acme"));
    browser.open(&page).await;
    browser.enter_app().await;
    let bot_id = connect(&browser).await;
    browser.fits_its_frame().await;
    browser.screenshot("mobile-connected").await;
    follow_chat(&world, &browser, &bot_id).await;
    assert_eq!(
        asked(&world, "imOpenMessenger").await,
        0,
        "there is no messenger to open"
    );
    assert!(
        asked(&world, "resizeWindow").await > 0,
        "but a frame, which has been fitted"
    );
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn without_the_platforms_library_it_connects_all_the_same() {
    let nothing = format!("http://127.0.0.1:{}/api/v1/", free_port())
        .parse()
        .unwrap();
    let world = World::with(Db::Sqlite, |config| config.look.js_url = nothing).await;
    world.install("acme").await;
    let browser = Browser::mobile().await;
    let page = format!("{}/mobile/marketplace/?id=11", world.emulator.portal_url("acme"));
    browser.open(&page).await;
    browser.enter_app().await;
    let bot_id = connect(&browser).await;
    follow_chat(&world, &browser, &bot_id).await;
    browser.close_without(&["ERR_CONNECTION_REFUSED"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn with_no_page_around_it_it_loads_no_library_and_connects() {
    let world = World::new(Db::Sqlite).await;
    world.install("acme").await;
    let browser = Browser::mobile().await;
    open_without_portal(&browser, &world).await;
    let alone = "return [window.parent === window, typeof window.BX24];";
    assert_eq!(browser.run(alone).await, json!([true, "undefined"]));
    let bot_id = connect(&browser).await;
    follow_chat(&world, &browser, &bot_id).await;
    assert_eq!(
        world.look("said").await,
        json!([]),
        "nobody is there to be spoken to"
    );
    browser.close_without_complaints().await;
}
