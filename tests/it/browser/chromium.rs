//! A browser as the stories use it: pages, frames, windows, and what the console says.

use std::time::Duration;

use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::{Driver, Posted};

/// What a page may take, on a busy machine, to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the Bitrix24 mobile app's web view names itself.
const MOBILE_APP: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                          Mobile/15E148 BitrixMobile/Version=54";

pub struct Browser {
    pub(super) client: Client,
    _driver: Driver,
    _profile: TempDir,
}

impl Browser {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With more flags.
    pub async fn start_with(flags: &[&str]) -> Self {
        let flags: Vec<_> = flags.iter().map(|flag| (*flag).to_owned()).collect();
        Self::of(json!({}), &flags).await
    }

    pub async fn without_script() -> Self {
        Self::with(json!({"profile.managed_default_content_settings.javascript": 2})).await
    }

    /// A phone, 390 pixels wide, with the mobile app's page of the portal open.
    pub async fn mobile() -> Self {
        let metrics = json!({"width": 390, "height": 844, "pixelRatio": 2, "touch": true, "mobile": true});
        // Named by a flag: what is emulated is not heard of in frames of another origin.
        let agent = format!("--user-agent={MOBILE_APP}");
        Self::of(json!({"mobileEmulation": {"deviceMetrics": metrics}}), &[agent]).await
    }

    /// With Chromium's own preferences.
    pub async fn with(preferences: Value) -> Self {
        Self::of(json!({"prefs": preferences}), &[]).await
    }

    async fn of(options: Value, more: &[String]) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let driver = Driver::start();
        let client = driver.browser(profile.path(), options, more).await;
        Self {
            client,
            _driver: driver,
            _profile: profile,
        }
    }

    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// Waits until the app itself, not its installer, stands in the portal's frame, and enters it.
    pub async fn enter_app(&self) {
        self.enter_frame().await;
        self.find("form [name=\"code\"]").await;
    }

    /// The same, whatever stands there.
    pub async fn enter_frame(&self) {
        let frame = self.find("iframe#app-frame[data-install=\"false\"]").await;
        frame.enter_frame().await.unwrap();
    }

    /// Enters any frame.
    pub async fn enter(&self, selector: &str) {
        self.find(selector).await.enter_frame().await.unwrap();
    }

    /// Runs the body of an async function on the page, and gives what it returns.
    pub async fn run(&self, body: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             (async () => {{ {body} }})().then((value) => done({{ value }}), (error) => done({{ error: `${{error}}` }}));"
        );
        let answer = self.client.execute_async(&script, vec![]).await.unwrap();
        assert_eq!(answer.get("error"), None, "{body}");
        answer["value"].clone()
    }

    /// To the portal's own page.
    pub async fn leave_frame(&self) {
        let top = Posted("frame", json!({"id": null}));
        self.client.issue_cmd(top).await.unwrap();
    }

    /// Waits until exactly this stands in the address bar.
    pub async fn stands_at(&self, address: &str) {
        for _ in 0..200 {
            if self.address().await == address {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} is not {address}", self.address().await);
    }

    async fn address(&self) -> String {
        self.client.current_url().await.unwrap().into()
    }

    /// Waits until the address begins so; gives it.
    pub async fn address_below(&self, beginning: &str) -> String {
        for _ in 0..200 {
            let address = self.address().await;
            if address.starts_with(beginning) {
                return address;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} does not begin with {beginning}", self.address().await);
    }

    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    /// Goes on in the window that a link has just opened.
    pub async fn follow_new_window(&self) {
        for _ in 0..100 {
            let windows = self.client.windows().await.unwrap();
            if let [_, new] = windows.as_slice() {
                self.client.switch_to_window(new.clone()).await.unwrap();
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no window was opened");
    }

    /// What an element says.
    pub async fn text(&self, selector: &str) -> String {
        self.find(selector).await.text().await.unwrap()
    }

    /// Whether there is such a thing on the page right now.
    pub async fn has(&self, selector: &str) -> bool {
        !self
            .client
            .find_all(Locator::Css(selector))
            .await
            .unwrap()
            .is_empty()
    }

    pub async fn click(&self, selector: &str) {
        self.find(selector).await.click().await.unwrap();
    }

    /// The same for what leads the portal's page elsewhere: the frame may be gone before the driver can say that it
    /// was pressed.
    pub(super) async fn click_away(&self, selector: &str) {
        match self.find(selector).await.click().await {
            Ok(()) => {}
            Err(error) => assert!(error.to_string().contains("frame detached"), "{error}"),
        }
    }

    pub async fn attribute(&self, selector: &str, name: &str) -> String {
        self.find(selector)
            .await
            .attr(name)
            .await
            .unwrap()
            .unwrap_or_default()
    }

    pub(super) async fn find(&self, selector: &str) -> fantoccini::elements::Element {
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(selector))
            .await;
        match found {
            Ok(element) => element,
            Err(error) => panic!(
                "{selector}: {error}\n{}\n{:#?}",
                self.client.source().await.unwrap_or_default(),
                self.console().await
            ),
        }
    }

    pub async fn screenshot(&self, name: &str) {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join(format!("{name}.png")),
            self.client.screenshot().await.unwrap(),
        )
        .unwrap();
    }

    /// Ends the browser; its console must be empty.
    pub async fn close_without_complaints(self) {
        self.close_without(&[]).await;
    }

    /// Ends the browser; its console may hold nothing but these (a refused page's own status is one).
    pub async fn close_without(self, expected: &[&str]) {
        let mut complaints = self.console().await;
        complaints.retain(|text| !expected.iter().any(|expected| text.contains(expected)));
        assert!(complaints.is_empty(), "{complaints:#?}");
        self.close().await;
    }

    /// What pages wrote to the console, or Chromium for them, since this was asked last.
    pub async fn console(&self) -> Vec<String> {
        let all = Posted("se/log", json!({"type": "browser"}));
        let log = self.client.issue_cmd(all).await.unwrap();
        let lines = log.as_array().unwrap().iter();
        lines
            .map(|line| line["message"].as_str().unwrap().to_owned())
            .collect()
    }

    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }
}
