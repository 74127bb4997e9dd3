//! What `WebDriver` has no word for: the browser's own tools, asked through its driver.

use serde_json::{Value, json};

use super::chromium::Browser;
use super::driver::Posted;

impl Browser {
    /// A browser in which nothing moves: what is on its way to another place or colour is nobody's to judge.
    pub async fn still() -> Self {
        let browser = Self::start().await;
        let still = json!([{"name": "prefers-reduced-motion", "value": "reduce"}]);
        browser
            .devtools("Emulation.setEmulatedMedia", json!({"features": still}))
            .await;
        browser
    }

    /// A browser that does not load what has such an address, in frames either: these share a process with the page
    /// around them, because the tools of one process know nothing of another.
    pub async fn blocking(urls: &str) -> Self {
        let together = "--disable-features=IsolateOrigins,site-per-process";
        let browser = Self::start_with(&["--disable-site-isolation-trials", together]).await;
        browser.devtools("Network.enable", json!({})).await;
        browser
            .devtools("Network.setBlockedURLs", json!({"urls": [urls]}))
            .await;
        browser
    }

    /// A command of the Chrome `DevTools` Protocol, and its answer.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let posted = json!({"cmd": command, "params": parameters});
        let answer = self.client.issue_cmd(Posted("goog/cdp/execute", posted)).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// What a script gives that waits for something: `arguments` are the given ones, and last what to call when done.
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer = self.client.execute_async(script, arguments).await;
        answer.unwrap_or_else(|error| panic!("{error}\n{script}"))
    }

    /// What a script gives at once.
    pub async fn look(&self, script: &str) -> Value {
        let answer = self.client.execute(script, vec![]).await;
        answer.unwrap_or_else(|error| panic!("{error}\n{script}"))
    }

    /// Goes into the only frame of a page.
    pub async fn enter_only_frame(&self) {
        self.client.enter_frame(0).await.unwrap();
    }

    /// How wide and high the page is shown.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// A script that every page has from now on before its own.
    pub async fn bring_along(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}))
            .await;
    }

    /// A key is pressed and let go, wherever the focus is, as the keyboard does it.
    pub async fn tap(&self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            " " => (32, " "),
            _ => panic!("{key}: no key that a story has needed"),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({"type": kind, "key": key, "windowsVirtualKeyCode": code});
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = text.into();
            }
            self.devtools("Input.dispatchKeyEvent", event).await;
        }
    }
}
