//! Answers, before they become HTTP.

use serde_json::{Map, Value, json};

/// The content type of nearly everything.
pub(crate) const JSON: &str = "application/json; charset=utf-8";
/// The content type of pages.
pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// A whole answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Any body.
    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            content_type,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// A JSON body.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, JSON, body.to_string())
    }

    /// A page.
    pub(crate) fn html(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, HTML, body)
    }

    /// A redirect.
    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        let body = format!(
            "<!DOCTYPE html><title>Moved</title><p>Moved to {}</p>",
            escape(location)
        );
        Self::html(status, body).with("location", location)
    }

    /// The same answer with one more header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// An error of the platform: `error`, `error_description`, an HTTP status.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) error: String,
    pub(crate) description: String,
    /// `time`, where the platform sends it with an error.
    pub(crate) time: Option<Value>,
}

impl Refusal {
    /// An error with words.
    pub(crate) fn new(status: u16, error: &str, description: &str) -> Self {
        Self {
            status,
            error: error.to_owned(),
            description: description.to_owned(),
            time: None,
        }
    }

    /// A parameter that is missing or wrong.
    pub(crate) fn argument(description: &str) -> Self {
        Self::new(400, "ERROR_ARGUMENT", description)
    }

    /// The body of the answer.
    pub(crate) fn to_json(&self) -> Value {
        let mut body = Map::new();
        body.insert("error".to_owned(), json!(self.error));
        body.insert("error_description".to_owned(), json!(self.description));
        if let Some(time) = &self.time {
            body.insert("time".to_owned(), time.clone());
        }
        Value::Object(body)
    }

    /// The answer.
    pub(crate) fn reply(&self) -> Reply {
        Reply::json(self.status, &self.to_json())
    }
}

/// Text, safe inside HTML and its attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
