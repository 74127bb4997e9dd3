//! The portal's page without a browser: what it asks its portal for, what it posts into the app's frame, and
//! what the page in the frame says back.

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::stage::{PORTAL, Stage};

/// An administrator of the portal before its page.
pub(crate) struct PortalPage {
    http: reqwest::Client,
    portal_url: String,
}

/// What the portal's page is to show: the app in a frame.
#[derive(serde::Deserialize)]
pub(crate) struct Launch {
    /// Whether the frame shows the installer.
    pub(crate) install: bool,
    url: String,
    fields: Vec<(String, String)>,
    app_sid: String,
    origin: String,
}

/// The app's page in the frame.
pub(crate) struct Page {
    /// What was posted: method and address without its query.
    pub(crate) posted: String,
    pub(crate) status: u16,
    /// Who may show the page in a frame.
    pub(crate) frame_ancestors: String,
    html: String,
}

impl PortalPage {
    pub(crate) fn visit(stage: &Stage) -> anyhow::Result<Self> {
        // Browsers know that `*.localhost` is this machine; most resolvers do not.
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .resolve(&format!("{PORTAL}.localhost"), stage.portal_addr())
            .build()?;
        Ok(Self {
            http,
            portal_url: stage.portal_url(),
        })
    }

    /// Loads the page: the portal says what belongs into the frame, with tokens made for this very moment.
    pub(crate) async fn load(&self) -> anyhow::Result<Launch> {
        let view = self.ask("open", &json!({"path": "/"})).await?;
        serde_json::from_value(view["content"].clone())
            .with_context(|| format!("the portal shows no app but {}", view["content"]["kind"]))
    }

    /// Posts the launch into the frame.
    pub(crate) async fn post(&self, launch: &Launch) -> anyhow::Result<Page> {
        Page::of(self.http.post(&launch.url).form(&launch.fields)).await
    }

    /// What the page in the frame says through the platform's library; gives what the portal's page does.
    pub(crate) async fn say(&self, launch: &Launch, command: &str) -> anyhow::Result<Value> {
        let app_sid = &launch.app_sid;
        let body = json!({"app_sid": app_sid, "data": format!("{command}::{app_sid}")});
        Ok(self.ask("message", &body).await?["act"]["kind"].take())
    }

    /// Submits the form of the page in the frame.
    pub(crate) async fn press(&self, launch: &Launch, page: &Page, code: &str) -> anyhow::Result<Page> {
        let session = page.attribute_after("name=\"session\"", "value");
        let session = session.context("the page carries no session")?;
        let request = self.http.post(format!("{}/connect", launch.origin));
        Page::of(request.form(&[("session", session), ("code", code)])).await
    }

    async fn ask(&self, question: &str, body: &Value) -> anyhow::Result<Value> {
        let url = format!("{}/_portal/{question}", self.portal_url);
        let answer = self.http.post(url).json(body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }
}

impl Page {
    async fn of(request: reqwest::RequestBuilder) -> anyhow::Result<Self> {
        let response = request.send().await?;
        let header = response.headers().get("content-security-policy");
        let policy = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut parts = policy.split(';').map(str::trim);
        let ancestors = parts.find_map(|part| part.strip_prefix("frame-ancestors "));
        let url = response.url();
        Ok(Self {
            posted: format!("POST {:<20} {}", url.authority(), url.path()),
            status: response.status().as_u16(),
            frame_ancestors: ancestors.unwrap_or_default().to_owned(),
            html: response.text().await?,
        })
    }

    /// Whether the page's markup has this text.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    /// The first attribute of this name.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attribute_after("", name)
    }

    fn attribute_after(&self, mark: &str, name: &str) -> Option<&str> {
        let (_, rest) = self.html.split_once(mark)?;
        let (_, value) = rest.split_once(&format!("{name}=\""))?;
        value.split_once('"').map(|(value, _)| value)
    }
}
