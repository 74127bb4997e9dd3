//! How light the page is. Nothing here is about time, which is the machine's.

use std::collections::BTreeSet;

use super::chromium::Browser;
use super::weighing::Weight;
use crate::world::{Db, World};

/// What a page may weigh in all, the platform's own library aside, in bytes.
const MOST: u64 = 40_000;

const INSTALLER: &str = "iframe#app-frame[data-install=\"true\"]";
const APP: &str = "iframe#app-frame[data-install=\"false\"]";

/// Everything that holds of the installer and of the app's page alike.
fn is_light(weight: &Weight, world: &World) {
    let library = world.emulator.control_url();
    let own: Vec<_> = weight
        .requests
        .iter()
        .filter(|request| request.origin() == world.app_url)
        .collect();
    let bytes: u64 = own.iter().map(|request| request.bytes).sum();
    assert!((1_000..MOST).contains(&bytes), "{bytes} bytes: {own:#?}");
    let origins: BTreeSet<_> = weight
        .requests
        .iter()
        .map(super::weighing::Request::origin)
        .collect();
    assert_eq!(origins, BTreeSet::from([world.app_url.clone(), library]));
    let blocking = weight.requests.iter().filter(|request| request.blocking);
    let blocking: Vec<_> = blocking.map(|request| request.name.as_str()).collect();
    assert!(
        matches!(blocking.as_slice(), [one] if one.contains("/static/app-") && one.contains(".css")),
        "{blocking:?}"
    );
    assert!(
        weight.shift.abs() < f64::EPSILON,
        "what people look at moves: {:#?}",
        weight.moved
    );
    assert_eq!(weight.cookies, "");
    assert_eq!(weight.requests[0].kind, "page");
    assert!(weight.elements < 400, "{} elements", weight.elements);
    for reached in [weight.paint, weight.script, weight.frame] {
        assert!(reached > 0.0, "it came to life: {weight:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_pages_are_light_stand_still_and_ask_nobody_else() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::observing().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    is_light(&browser.weigh(INSTALLER).await, &world);
    world.install("acme").await;
    browser.open(&world.emulator.portal_url("acme")).await;
    is_light(&browser.weigh(APP).await, &world);
    let host = url::Url::parse(&world.app_url).unwrap();
    assert_eq!(browser.cookies(host.host_str().unwrap()).await, [""; 0]);
    browser.close_without_complaints().await;
}
