//! Opening the app anew where the portal's page does not listen: in a placement above it.

use channel_connect::bitrix24::{AppCode, Placement};
use serde_json::json;

use super::chromium::Browser;
use crate::world::{CODE, Db, World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn in_a_placement_the_app_is_opened_anew_by_its_link() {
    let code = AppCode::parse("our.app").unwrap();
    let world = World::with(Db::Sqlite, |config| {
        config.look.app_code = Some(code);
        config.placements = vec![Placement::RestAppUri];
    })
    .await;
    world.install("acme").await;
    let portal = world.emulator.portal_url("acme");
    let browser = Browser::start().await;
    browser
        .open(&format!("{portal}/marketplace/view/our.app/?params[code]={CODE}"))
        .await;
    browser.enter_app().await;
    world.control("revoke", json!({"portal": "acme"})).await;
    browser.press_connect().await;
    browser.outcome("reopen_app").await;
    browser.click_away("#outcome a[data-reopen]").await;
    browser.leave_frame().await;
    browser
        .stands_at(&format!("{portal}/marketplace/app/our.app/"))
        .await;
    browser.enter_app().await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    let said = world.look("said").await;
    let reloads = said
        .as_array()
        .unwrap()
        .iter()
        .filter(|said| said["method"] == "reloadWindow");
    assert_eq!(reloads.count(), 0, "nobody would have listened");
    browser.close_without(&["401", "403"]).await;
}
