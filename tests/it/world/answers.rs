//! What came back, from the app and from the emulator's journal.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// One call in the emulator's journal.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Call {
    pub listener: String,
    pub method: String,
    pub http_method: String,
    pub path: String,
    pub host: String,
    pub params: Value,
    pub status: Option<u16>,
    /// What the fault schedule did to it.
    pub fault: Option<String>,
}

/// An answer of the app, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self {
            status,
            headers,
            body: response.text().await.unwrap(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The slug of an error, from JSON or from the page.
    pub fn slug(&self) -> String {
        if self.body.starts_with('{') {
            return self.json()["error"].as_str().unwrap_or("connected").to_owned();
        }
        self.attribute("data-slug")
    }

    /// The sealed session in the page's form.
    pub fn session(&self) -> String {
        let form = self
            .body
            .split("name=\"session\"")
            .nth(1)
            .unwrap_or_else(|| panic!("no session: {}", self.body));
        form.split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    }

    pub fn attribute(&self, name: &str) -> String {
        let found = self.body.split(&format!("{name}=\"")).nth(1);
        found
            .unwrap_or_else(|| panic!("no {name}: {}", self.body))
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Who may show the page in a frame.
    pub fn frame_ancestors(&self) -> &str {
        let policy = self.header("content-security-policy");
        policy
            .split(';')
            .find_map(|part| part.trim().strip_prefix("frame-ancestors "))
            .unwrap_or_default()
    }

    /// Says that it is a success with this status, or shows what it is instead.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }
}
