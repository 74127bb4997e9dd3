//! Asking the target: one request after another, each answer looked through for what was sent in it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Uri};
use uuid::Uuid;

use crate::bitrix24::{Egress, Gate, Seen, Timeouts, Unseen, Visitor};

use super::target::Target;

/// More than all attempts together send; whatever goes wrong, nobody is flooded.
pub(super) const MOST_REQUESTS: usize = 120;

/// A launch that waits for the authorization server is answered within 25 s.
const PATIENCE: Duration = Duration::from_secs(30);

const FORM: &str = "application/x-www-form-urlencoded";

/// Who asks.
pub(super) struct Probe {
    visitor: Visitor,
    pub(super) target: Target,
    sent: AtomicUsize,
    canary: String,
    watched: Mutex<Vec<String>>,
    echoes: Mutex<Vec<String>>,
}

/// One request.
#[derive(Clone)]
pub(super) struct Question {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// What came back; its page may hold a session.
#[derive(Clone)]
pub(super) struct Answer {
    /// What was asked, without query: `POST /app`.
    pub(super) asked: String,
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Probe {
    /// Aims at one's own deployment, within its policy for outgoing connections.
    pub(super) fn new(target: Target, egress: &Egress) -> anyhow::Result<Self> {
        let gate =
            Gate::open(egress, &Timeouts::default()).context("are certificate authorities installed?")?;
        let canary = format!("verify{}", Uuid::new_v4().simple());
        Ok(Self {
            visitor: Visitor::new(gate, PATIENCE),
            target,
            sent: AtomicUsize::new(0),
            watched: Mutex::new(vec![canary.clone()]),
            canary,
            echoes: Mutex::default(),
        })
    }

    /// A made-up secret: recognisable wherever it comes back.
    pub(super) fn made_up(&self) -> &str {
        &self.canary
    }

    /// Notes another secret that no later answer may show.
    pub(super) fn watch(&self, secret: &str) {
        lock(&self.watched).push(secret.to_owned());
    }

    /// Which answers have shown what they must not.
    pub(super) fn echoes(&self) -> Vec<String> {
        lock(&self.echoes).clone()
    }

    /// Sends one request to the target.
    pub(super) async fn ask(&self, question: Question) -> Result<Answer, Unseen> {
        let (asked, request) = self.prepared(question, &self.target.origin())?;
        Ok(self.look_through(asked, self.visitor.ask(request).await?))
    }

    /// Sends one request to the target's host over plain http, on the port that browsers try.
    pub(super) async fn ask_in_clear(&self, question: Question) -> Result<Answer, Unseen> {
        let (asked, request) = self.prepared(question, &format!("http://{}", self.target.host()))?;
        Ok(self.look_through(asked, self.visitor.ask_in_clear(request).await?))
    }

    fn prepared(&self, question: Question, origin: &str) -> Result<(String, Request<Vec<u8>>), Unseen> {
        if self.sent.fetch_add(1, Ordering::Relaxed) >= MOST_REQUESTS {
            return Err(Unseen::Silent);
        }
        let path = question.path.split('?').next().unwrap_or_default();
        let asked = format!("{} {path}", question.method);
        let mut request = Request::new(question.body);
        *request.method_mut() = question.method;
        *request.uri_mut() =
            Uri::try_from(format!("{origin}{}", question.path)).map_err(|_| Unseen::Broken)?;
        for (name, value) in question.headers {
            let value = HeaderValue::try_from(value).map_err(|_| Unseen::Broken)?;
            request.headers_mut().insert(HeaderName::from_static(name), value);
        }
        Ok((asked, request))
    }

    fn look_through(&self, asked: String, (seen, body): (Seen, String)) -> Answer {
        let answer = Answer {
            asked,
            status: seen.status.as_u16(),
            headers: seen.headers,
            body,
        };
        if lock(&self.watched).iter().any(|secret| answer.shows(secret)) {
            lock(&self.echoes).push(answer.asked.clone());
        }
        answer
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Question {
    /// Asks for a page.
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Asks for a page with these parameters.
    pub(super) fn get_with(path: &str, query: &[(&str, &str)]) -> Self {
        Self::get(format!("{path}?{}", encoded(query)))
    }

    /// Posts a form.
    pub(super) fn post(path: impl Into<String>, form: &[(&str, &str)]) -> Self {
        Self::post_raw(path, FORM, encoded(form))
    }

    /// Posts any text as any kind.
    pub(super) fn post_raw(path: impl Into<String>, kind: &str, body: String) -> Self {
        Self {
            method: Method::POST,
            path: path.into(),
            headers: vec![(CONTENT_TYPE.as_str(), kind.to_owned())],
            body: body.into_bytes(),
        }
    }

    /// The same with another header; its name is in lower case.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, to be answered with JSON.
    pub(super) fn json(self) -> Self {
        self.with("accept", "application/json")
    }
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

impl Answer {
    /// A header as text; empty when it is missing or unreadable.
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Whether a text stands anywhere in it.
    pub(super) fn shows(&self, text: &str) -> bool {
        let within = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).contains(text);
        self.body.contains(text) || self.headers.values().any(within)
    }

    /// The error's slug, from JSON or from a page; empty when there is none.
    pub(super) fn slug(&self) -> String {
        let json: Option<serde_json::Value> = serde_json::from_str(&self.body).ok();
        if let Some(slug) = json.as_ref().and_then(|json| json.get("error")?.as_str()) {
            return slug.to_owned();
        }
        let page = self.body.split("data-slug=\"").nth(1);
        let slug = page.and_then(|rest| rest.split('"').next());
        slug.unwrap_or_default().to_owned()
    }

    /// Who may show it in a frame; empty when it does not say so.
    pub(super) fn frame_ancestors(&self) -> &str {
        let policy = self.header("content-security-policy");
        let part = policy
            .split(';')
            .find_map(|part| part.trim().strip_prefix("frame-ancestors"));
        part.unwrap_or_default().trim()
    }

    /// Whether it sends a browser elsewhere.
    pub(super) fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status) || !self.header("location").is_empty()
    }
}
