//! A second opinion on the frame protocol: Bitrix24's own `@bitrix24/b24jssdk` from npm, in the emulator's frame, on the
//! page of an app that is nothing else. Where the two disagree, one of them has misread the platform.

use std::net::SocketAddr;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::Html;
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::chromium::Browser;
use crate::world::{CODE, Db, World};

/// Higher than the frame is before anybody fits it.
const PAGE: &str = "<!doctype html><title>Second opinion</title><link rel=icon href=data:,>\
                    <body style='margin:0'><div style='height:900px'>An app</div><script src=/b24jssdk.js></script>\
                    <script>document.body.dataset.ready = 'yes';</script>";

/// The SDK as browsers load it.
const SDK: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/frontend/node_modules/@bitrix24/b24jssdk/dist/umd/index.min.js"
);

/// What the SDK says of itself once the portal's page has answered its first question.
const BEGIN: &str = "const b24 = window.b24 = await B24Js.initializeB24Frame(); const auth = b24.auth.getAuthData(); \
                     return {install: b24.isInstallMode, first: b24.isFirstRun, admin: b24.auth.isAdmin, \
                     lang: b24.getLang(), origin: b24.getTargetOrigin(), sid: b24.getAppSid(), \
                     member_id: auth.member_id, expires_in: auth.expires_in, \
                     placement: b24.placement.placement, options: b24.placement.options};";

/// Serves the page, whatever is posted to it, and the SDK.
async fn serve_app() -> String {
    let sdk = std::fs::read_to_string(SDK).expect("npm ci --prefix frontend: run scripts/test");
    let page = || async { Html(PAGE) };
    let script = || async { ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], sdk) };
    let router = Router::new()
        .route("/app", post(page))
        .route("/install", post(page))
        .route("/b24jssdk.js", get(script));
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)));
    let listener = listener.await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// A world whose app is the SDK, and a browser on the portal's page.
async fn open_portal() -> (World, Browser) {
    let mut world = World::without_app(Db::Sqlite).await;
    world.turn_to(&serve_app().await);
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    (world, browser)
}

/// Waits for the page in the frame, and lets the SDK begin there.
async fn begin(browser: &Browser) -> Value {
    browser.attribute("[data-ready]", "data-ready").await;
    browser.run(BEGIN).await
}

/// Lets the app count as installed, opens a page of the portal as a user, and enters the frame.
async fn enter_as(world: &World, browser: &Browser, user: i64, page: &str) -> Value {
    world.launch("acme", user).await;
    let current = json!({"portal": "acme", "user": user, "current": true});
    world.control("user", current).await;
    let address = format!("{}{page}", world.emulator.portal_url("acme"));
    browser.open(&address).await;
    browser.enter_frame().await;
    begin(browser).await
}

/// Methods of everything that the app has said to the portal's page.
async fn said(world: &World) -> Vec<String> {
    let said = world.look("said").await;
    let methods = said.as_array().unwrap().iter();
    methods
        .map(|said| said["method"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_sdk_is_welcomed_and_finishes_the_installation() {
    let (world, browser) = open_portal().await;
    browser.enter("iframe#app-frame[data-install=\"true\"]").await;
    let begun = begin(&browser).await;
    let portal = world.portal("acme").await;
    let expected = json!({
        "install": true, "first": true, "admin": true, "lang": "en",
        "origin": world.emulator.portal_url("acme"), "sid": begun["sid"],
        "member_id": portal["member_id"], "expires_in": 3600,
        "placement": "DEFAULT", "options": [],
    });
    assert_eq!(begun, expected);
    assert_eq!(portal["installed"], json!(false));
    // Never answered: the portal's page reloads, and shows the app.
    browser.run("window.b24.installFinish();").await;
    browser.leave_frame().await;
    browser.enter_frame().await;
    let begun = begin(&browser).await;
    assert_eq!(begun["install"], json!(false));
    assert_eq!(begun["first"], json!(false), "it was welcomed in its installer");
    assert_eq!(world.portal("acme").await["installed"], json!(true));
    assert_eq!(
        said(&world).await,
        ["getInitData", "setInstall", "setInstallFinish", "getInitData"]
    );
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_sdk_sizes_its_frame_titles_the_page_and_opens_paths() {
    let (world, browser) = open_portal().await;
    enter_as(&world, &browser, 1, "/").await;
    let sized = browser
        .run("return window.b24.parent.resizeWindow(700, 555);")
        .await;
    assert_eq!(sized, json!({"width": 700, "height": 555}));
    browser.run("return window.b24.parent.fitWindow();").await;
    browser.fits_its_frame().await;
    let title = "return window.b24.parent.setTitle('A title: with a colon');";
    assert_eq!(
        browser.run(title).await,
        json!({"title": "A title: with a colon"})
    );
    let none = browser.run("return window.b24.placement.getInterface();").await;
    assert_eq!(none, json!({"command": [], "event": []}));
    let refused = "return window.b24.parent.message.send('openPath', {path: '/settings/'});";
    assert_eq!(browser.run(refused).await["errorCode"], "PATH_NOT_AVAILABLE");
    let open = "const slider = window.b24.slider; \
                slider.openPath(slider.getUrl('/crm/deal/details/5/'), 950).then((how) => { window.ended = how; });";
    browser.run(open).await;
    browser.leave_frame().await;
    assert_eq!(browser.text("#page-title").await, "A title: with a colon");
    let opened = browser.attribute("#slider:not([hidden])", "data-path").await;
    assert!(
        opened.contains("/crm/deal/details/5/") && opened.contains("IFRAME=Y"),
        "{opened}"
    );
    browser.click("#slider-close").await;
    browser.enter_frame().await;
    let closed = browser
        .run("while (!window.ended) await new Promise((go) => setTimeout(go, 20)); return window.ended;");
    assert_eq!(closed.await, json!({"isOpenAtNewWindow": false, "isClose": true}));
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_sdk_joins_a_channel_with_a_fresh_token_and_opens_its_chat() {
    let (world, browser) = open_portal().await;
    enter_as(&world, &browser, 2, "/").await;
    let refresh = "const before = window.b24.auth.getAuthData(); const after = await window.b24.auth.refreshAuth(); \
                   return [before.access_token !== after.access_token, after.refresh_token === before.refresh_token];";
    assert_eq!(browser.run(refresh).await, json!([true, false]));
    // What every call from then on does by itself, once its token has expired.
    world.expire("acme").await;
    world.forget_calls().await;
    let join = format!(
        "const answer = await window.b24.actions.v2.call.make({{method: 'imopenlines.network.join', \
         params: {{CODE: '{CODE}'}}}}); return answer.getData().result;"
    );
    let bot_id = browser.run(&join).await;
    let joined = world.portal("acme").await["joined"].clone();
    assert_eq!((&joined[0]["bot_id"], &joined[0]["user"]), (&bot_id, &json!(2)));
    let calls = world.calls().await;
    let statuses: Vec<_> = calls
        .iter()
        .map(|call| (call.method.as_str(), call.status))
        .collect();
    let join = "imopenlines.network.join";
    assert_eq!(statuses, [(join, Some(401)), (join, Some(200))]);
    // Never answered: the SDK stops waiting by itself.
    browser
        .run(&format!("return window.b24.parent.imOpenMessenger({bot_id});"))
        .await;
    browser.leave_frame().await;
    let dialog = browser.attribute("#chat:not([hidden])", "data-dialog").await;
    assert_eq!(dialog, bot_id.to_string());
    assert_eq!(browser.attribute("#chat", "data-known").await, "true");
    let messages = said(&world).await;
    assert_eq!(
        messages.iter().filter(|method| *method == "refreshAuth").count(),
        2
    );
    // Chromium notes the refused call.
    browser.close_without(&["401"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_sdk_keeps_options_and_is_told_where_it_stands() {
    let (world, browser) = open_portal().await;
    let begun = enter_as(&world, &browser, 1, "/marketplace/app/our.app/?code=abc").await;
    assert_eq!(begun["options"], json!({"code": "abc"}));
    let set = "await window.b24.options.appSet('shared', 'of all'); await window.b24.options.userSet('own', {a: 'b:c'});";
    browser.run(set).await;
    let look = "const get = (how) => { try { return how(); } catch (error) { return error.message; } }; \
                const {options} = window.b24; \
                return [get(() => options.appGet('shared')), get(() => options.userGet('own'))];";
    enter_as(&world, &browser, 1, "/").await;
    assert_eq!(browser.run(look).await, json!(["of all", {"a": "b:c"}]));
    enter_as(&world, &browser, 2, "/").await;
    let foreign = json!(["of all", "user.option.own not set"]);
    assert_eq!(browser.run(look).await, foreign, "another person's are another's");
    // Nobody but an administrator sets the app's: no answer, and the SDK stops waiting.
    browser
        .run("await window.b24.options.appSet('shared', 'mine');")
        .await;
    assert_eq!(
        world.portal("acme").await["app_options"],
        json!({"shared": "of all"})
    );
    browser.close_without_complaints().await;
}
