//! Dark where a person asks for it, remembered as far as the browser allows; nothing depends on that.

use serde_json::json;

use super::chromium::Browser;
use super::{JOIN, opened};
use crate::world::{CODE, Db, World};

const GROUND: &str = "getComputedStyle(document.documentElement).backgroundColor";
const LIGHT: &str = "rgb(238, 242, 244)";
const DARK: &str = "rgb(0, 0, 0)";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn dark_is_chosen_by_the_person_and_remembered() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    // What the system prefers is not what the portal looks like.
    let dark = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
    browser.devtools("Emulation.setEmulatedMedia", dark).await;
    assert_eq!(browser.tells(GROUND).await, LIGHT);
    assert_eq!(
        browser.attribute("#theme[role=\"switch\"]", "aria-checked").await,
        "false"
    );
    browser.click("#theme").await;
    assert_eq!(browser.tells(GROUND).await, DARK);
    assert_eq!(browser.attribute("#theme", "aria-checked").await, "true");
    // It stays over what happens in place, too.
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    assert_eq!(browser.tells(GROUND).await, DARK);
    assert_eq!(
        browser.attribute("#theme:not([hidden])", "aria-checked").await,
        "true"
    );
    browser.is_accessible().await;
    browser.screenshot("22-dark").await;
    browser.leave_frame().await;
    browser.reload().await;
    browser.enter_app().await;
    browser.becomes(&format!("{GROUND} === '{DARK}'")).await;
    assert_eq!(browser.tells("document.cookie").await, "");
    browser.click("#theme").await;
    browser.leave_frame().await;
    browser.reload().await;
    browser.enter_app().await;
    browser.becomes(&format!("{GROUND} === '{LIGHT}'")).await;
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn where_the_browser_keeps_nothing_the_page_works_all_the_same() {
    let world = World::new(Db::Sqlite).await;
    world.install("acme").await;
    let nothing = json!({
        "profile.default_content_setting_values.cookies": 2,
        "profile.block_third_party_cookies": true,
        "profile.cookie_controls_mode": 1,
    });
    let browser = Browser::with(nothing).await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    let throws = "(() => { try { localStorage.length; return false; } catch { return true; } })()";
    assert_eq!(
        browser.tells(throws).await,
        "true",
        "storage itself is forbidden here"
    );
    browser.click("#theme").await;
    assert_eq!(browser.tells(GROUND).await, DARK, "for this page");
    world
        .faults(json!([{"on": JOIN, "do": "error", "status": 401, "error": "invalid_token"}]))
        .await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("reopen_app").await;
    browser.reopen("[data-reopen]").await;
    browser.becomes(&format!("{GROUND} === '{LIGHT}'")).await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.close_without(&["401"]).await;
}
