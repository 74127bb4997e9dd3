//! What a person sees in their portal while the authorization server is down, and that trying again works from there.

use serde_json::json;

use super::chromium::Browser;
use crate::world::{CODE, Db, World};

/// The app is installed, and the authorization server does not answer so many times.
async fn down(world: &World, times: usize) {
    world.install("acme").await;
    let fault = json!([{"on": "app.info", "do": "status", "status": 502, "times": times}]);
    world.faults(fault).await;
}

async fn connects(browser: &Browser) {
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn an_outage_is_read_in_the_frame_and_trying_again_opens_the_app() {
    let world = World::new(Db::Sqlite).await;
    down(&world, 1).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_frame().await;
    browser.outcome("bitrix24_unavailable").await;
    let says = browser.text("#outcome .message").await;
    assert!(says.contains("The Bitrix24 service"), "{says}");
    browser.fits_its_frame().await;
    browser.screenshot("outage").await;
    browser.reopen("#again").await;
    connects(&browser).await;
    browser.close_without(&["503"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn trying_again_works_after_a_long_outage_and_without_the_platforms_library() {
    let nobody = "http://127.0.0.1:9/";
    let world = World::with(Db::Sqlite, |config| config.look.js_url = nobody.parse().unwrap()).await;
    // As many as it takes for calls to be held back, and one more: whoever tries again at once learns nothing new.
    down(&world, 9).await;
    for _ in 0..8 {
        world.post(&world.launch("acme", 1).await).await.expect(503);
    }
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_frame().await;
    browser.outcome("bitrix24_unavailable").await;
    for _ in 0..40 {
        // The page itself is loaded again, which posts the same launch.
        browser.click_away("#again").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        if browser.has("form [name=\"code\"]").await {
            break;
        }
    }
    connects(&browser).await;
    browser.close().await;
}
