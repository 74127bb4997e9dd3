//! What a person sees and does: headless Chromium on the emulator's portal page, the app in a real frame of
//! another origin. Screenshots go to `target/screenshots`.

mod accessible;
mod chromium;
mod code_field;
mod devtools;
mod driver;
mod history;
mod install;
mod language;
mod layout;
mod library;
mod links;
mod list;
mod mobile;
mod offered;
mod on_premise;
mod our_refusals;
mod outage;
mod page;
mod platform;
mod refusals;
mod reopened;
mod reopening;
mod second_opinion;
mod sign_in;
mod theme;
mod waiting;
mod weighing;
mod weight;

use serde_json::json;

use crate::world::{CODE, Db, World};
use chromium::Browser;

const JOIN: &str = "imopenlines.network.join";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn an_administrator_installs_connects_and_opens_the_chat() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    browser.fits_its_frame().await;
    browser.screenshot("1-opened").await;
    browser
        .type_code(&format!(
            "https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines{CODE}"
        ))
        .await;
    browser.press_connect().await;
    let bot_id = browser.outcome("connected").await;
    browser.fits_its_frame().await;
    browser.screenshot("2-connected").await;
    let state = world.state().await;
    let acme = state["portals"]
        .as_array()
        .unwrap()
        .iter()
        .find(|portal| portal["name"] == "acme")
        .unwrap()
        .clone();
    assert_eq!(
        acme["installed"],
        json!(true),
        "the wizard ran to its end by itself"
    );
    browser.click("#outcome a[data-dialog-id]").await;
    browser.leave_frame().await;
    assert_eq!(
        browser.attribute("#chat:not([hidden])", "data-dialog").await,
        bot_id
    );
    browser.screenshot("3-chat").await;
    assert_eq!(
        world
            .called()
            .await
            .iter()
            .filter(|method| *method == JOIN)
            .count(),
        1
    );
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_refusal_is_explained_and_the_right_code_then_connects() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    browser.type_code("not a code at all").await;
    browser.press_connect().await;
    browser.outcome("invalid_code").await;
    browser.fits_its_frame().await;
    browser.screenshot("4-invalid-code").await;
    browser.type_code(&"0123456789abcdef".repeat(2)).await;
    browser.press_connect().await;
    browser.outcome("not_found").await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.close_without(&["422"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn an_idle_tab_with_an_expired_token_connects_and_a_double_click_joins_once() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": JOIN, "nth": 2, "do": "delay", "ms": 700}]))
        .await;
    world.forget_calls().await;
    browser.type_code(CODE).await;
    browser.double_press_connect().await;
    browser.outcome("connected").await;
    assert_eq!(world.called().await, [JOIN, "token", JOIN]);
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn without_script_the_form_is_a_plain_post() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::without_script().await;
    open_without_portal(&browser, &world).await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.close().await;
}

/// Opens the app outside a frame, with a plain form in the portal's place: its page needs script itself.
async fn open_without_portal(browser: &Browser, world: &World) {
    let launch = world.launch("acme", 1).await;
    let field = |(name, value): (&String, &String)| format!("<input name=\"{name}\" value=\"{value}\">");
    let fields: String = launch.body.iter().map(field).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.html");
    let portal = format!(
        "<form method=\"post\" action=\"{}\">{fields}<button id=\"open\">",
        launch.url
    );
    std::fs::write(&file, portal).unwrap();
    browser.open(&format!("file://{}", file.display())).await;
    browser.click("#open").await;
    browser.attribute("form[action=\"/connect\"]", "method").await;
}

/// The app of a portal's administrator, opened in the portal's frame.
async fn opened(world: &World) -> Browser {
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    browser
}

/// How often a channel was joined.
async fn joins(world: &World) -> usize {
    let called = world.called().await;
    called.iter().filter(|method| *method == JOIN).count()
}

/// Connects so many channels, without a browser; gives their codes, the newest first.
async fn connect_many(world: &World, count: usize) -> Vec<String> {
    let session = world.open("acme", 1).await;
    let mut codes = Vec::new();
    for number in 0..count {
        let code = format!("{number:032x}");
        let channel = json!({"code": code, "name": "Northwind", "active": true});
        world.control("channels", channel).await;
        world.connect(&session, &code).await.expect(200);
        codes.push(code);
    }
    codes.reverse();
    codes
}

/// What a plain link to a channel looks like.
fn link_to(code: &str) -> String {
    format!("https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines{code}")
}
