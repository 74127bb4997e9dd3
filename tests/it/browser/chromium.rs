//! Driving Chromium through `ChromeDriver`.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::world::free_port;

/// What a page may take, on a busy machine, to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
];

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

    async fn with(preferences: Value) -> Self {
        Self::of(json!({"prefs": preferences}), &[]).await
    }

    async fn of(mut options: Value, more: &[String]) -> Self {
        let port = free_port();
        let mut command = Command::new("chromedriver");
        command
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let driver = Driver(command.spawn().expect("chromedriver: run scripts/test"));
        let profile = tempfile::tempdir().unwrap();
        let folder = format!("--user-data-dir={}", profile.path().display());
        let more = more.iter().map(String::as_str);
        let flags: Vec<_> = FLAGS.into_iter().chain([folder.as_str()]).chain(more).collect();
        options["args"] = json!(flags);
        if let Some(binary) = std::env::var("CHROMIUM").ok().filter(|path| !path.is_empty()) {
            options["binary"] = binary.into();
        }
        let wishes = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let wishes: Capabilities = serde_json::from_value(wishes).unwrap();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wishes);
        for _ in 0..100 {
            if let Ok(client) = builder.connect(&format!("http://127.0.0.1:{port}")).await {
                return Self {
                    client,
                    _driver: driver,
                    _profile: profile,
                };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("chromedriver does not answer");
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

    pub async fn leave_frame(&self) {
        self.client.enter_parent_frame().await.unwrap();
    }

    pub async fn type_code(&self, text: &str) {
        let field = self.find("form input[type=\"text\"][name=\"code\"]").await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Types a portal's address into the form of the app's first page, and sends it.
    pub async fn enter_portal(&self, address: &str) {
        let field = self.find("form [name=\"portal\"]").await;
        field.clear().await.unwrap();
        field.send_keys(address).await.unwrap();
        self.click("form[action=\"/oauth/start\"] button[type=\"submit\"]")
            .await;
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

    pub async fn press_connect(&self) {
        self.find("form[action$=\"/connect\"]:has(input[type=\"text\"]) button[type=\"submit\"]")
            .await
            .click()
            .await
            .unwrap();
    }

    /// Two clicks with nothing between them, as impatient people do.
    pub async fn double_press_connect(&self) {
        let twice = "const b = document.querySelector('form button[type=\"submit\"]'); b.click(); b.click();";
        self.client.execute(twice, vec![]).await.unwrap();
    }

    /// Presses the button on an offered channel's card.
    pub async fn press_card(&self, code: &str) {
        self.click(&format!("#offer-{code} button[type=\"submit\"]"))
            .await;
    }

    /// Two presses on two cards with nothing between them; gives what the first card says meanwhile.
    pub async fn press_cards(&self, one: &str, other: &str) -> String {
        let press = "for (const code of arguments) { document.querySelector(`#offer-${code} button`).click(); } \
                     return document.querySelector(`#offer-${arguments[0]} .busy`).textContent;";
        let said = self.client.execute(press, vec![json!(one), json!(other)]).await;
        said.unwrap().as_str().unwrap().to_owned()
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

    /// Waits for the outcome with this slug; gives the bot's id, empty for a refusal.
    pub async fn outcome(&self, slug: &str) -> String {
        let outcome = self.find(&format!("[data-slug=\"{slug}\"]")).await;
        outcome.attr("data-bot-id").await.unwrap().unwrap_or_default()
    }

    pub async fn attribute(&self, selector: &str, name: &str) -> String {
        self.find(selector)
            .await
            .attr(name)
            .await
            .unwrap()
            .unwrap_or_default()
    }

    async fn find(&self, selector: &str) -> fantoccini::elements::Element {
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(selector))
            .await;
        match found {
            Ok(element) => element,
            Err(error) => panic!(
                "{selector}: {error}\n{}",
                self.client.source().await.unwrap_or_default()
            ),
        }
    }

    /// Waits until the portal has made the frame as high as the page: no scrollbars inside.
    pub async fn fits_its_frame(&self) {
        let fits = "const page = document.documentElement; \
                    return page.scrollHeight <= page.clientHeight && page.scrollWidth <= page.clientWidth;";
        for _ in 0..100 {
            if self.client.execute(fits, vec![]).await.unwrap() == json!(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the page scrolls inside its frame");
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
        let log = self.client.issue_cmd(BrowserLog).await.unwrap();
        let complaints: Vec<_> = log
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| {
                let text = entry["message"].as_str().unwrap();
                !expected.iter().any(|expected| text.contains(expected))
            })
            .collect();
        assert!(complaints.is_empty(), "{complaints:#?}");
        self.close().await;
    }

    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }
}

/// The driver's process, which ends with its owner, and its browser with it, also when a story fails in the middle.
/// They stay in the group of the tests: Ctrl-C ends all of them.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // Its children are found before they lose their parent, and end after it, who could start another.
        let browsers = children_of(self.0.id());
        let _ = self.0.kill();
        let _ = self.0.wait();
        if !browsers.is_empty() {
            // The shell's own `kill`: the program is not everywhere.
            let kill = format!("kill -KILL {}", browsers.join(" "));
            let _ = Command::new("sh")
                .args(["-c", &kill])
                .stderr(Stdio::null())
                .status();
        }
    }
}

/// The ids of the processes whose parent this is.
fn children_of(parent: u32) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|process| {
            let stat = std::fs::read_to_string(process.path().join("stat")).ok()?;
            // `id (name) state parent …`; the name may hold anything.
            let (_, after) = stat.rsplit_once(") ")?;
            let is_child = after.split(' ').nth(1)? == parent.to_string();
            is_child.then(|| process.file_name().to_str().map(str::to_owned))?
        })
        .collect()
}

/// Everything the pages wrote to the console, or Chromium for them.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({"type": "browser"}).to_string()))
    }
}
