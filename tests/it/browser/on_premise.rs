//! An on-premise portal, on a port and below a path, as a person sees it.

use serde_json::json;

use super::chromium::Browser;
use crate::world::{CODE, Db, World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_portal_on_a_port_and_a_path_installs_connects_and_opens_the_chat() {
    let world = World::new(Db::Sqlite).await;
    let port = world.control("listen", json!({})).await["port"].clone();
    let place = json!({"portal": "acme", "path": "/b24", "port": port});
    world.control("portal", place).await;
    let portal = world.emulator.portal_url("acme");
    assert!(portal.ends_with(&format!(":{port}/b24")), "{portal}");
    let browser = Browser::start().await;
    browser.open(&format!("{portal}/")).await;
    browser.enter_app().await;
    browser.fits_its_frame().await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    let bot_id = browser.outcome("connected").await;
    let link = browser.attribute("#outcome a[data-dialog-id]", "href").await;
    assert_eq!(link, format!("{portal}/online/?IM_DIALOG={bot_id}"));
    assert_eq!(world.portal("acme").await["installed"], json!(true));
    browser.click("#outcome a[data-dialog-id]").await;
    browser.leave_frame().await;
    assert_eq!(
        browser.attribute("#chat:not([hidden])", "data-dialog").await,
        bot_id
    );
    browser.open(&link).await;
    assert_eq!(
        browser.attribute("#chat:not([hidden])", "data-known").await,
        "true"
    );
    for call in world.calls().await {
        assert!(
            call.listener != "portal" || call.path.starts_with("/b24/rest/"),
            "{}",
            call.path
        );
    }
    browser.close_without_complaints().await;
}
