//! Looking at a page as anybody on the internet would: whether it answers, how, and if not, at which step it failed.

use std::error::Error as _;
use std::time::Duration;

use http::header::{DATE, HeaderMap};
use http::{Method, StatusCode};
use jiff::Timestamp;
use url::Url;

use super::answer::http_date;
use super::{EgressError, Gate};

/// More of an answer is not read: the longest page has a tenth of it.
const LARGEST_ANSWER: usize = 256 * 1024;

/// What was seen of a page, without its body. Its headers may hold cookies and states, so it has no `Debug`.
#[derive(Clone)]
pub struct Seen {
    /// The answer's status. Redirects are not followed.
    pub status: StatusCode,
    /// The answer's headers.
    pub headers: HeaderMap,
}

/// Why nothing was seen. Carries no URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unseen {
    /// The policy forbids the address, or the one that the name resolves to.
    #[error("the address may not be called: {0}")]
    Forbidden(#[from] EgressError),
    /// The name has no address.
    #[error("the name does not resolve")]
    NoAddress,
    /// Nobody listens there, or something in between keeps us away.
    #[error("no connection: {0}")]
    NoConnection(String),
    /// There is a connection, and no trust in whoever answers.
    #[error("no valid certificate: {0}")]
    Certificate(String),
    /// No answer came in time.
    #[error("no answer in time")]
    Silent,
    /// The connection broke.
    #[error("the connection broke before an answer came")]
    Broken,
}

/// Visits pages within the policy for outgoing connections.
#[derive(Clone, Debug)]
pub struct Visitor {
    gate: Gate,
    patience: Duration,
}

impl Visitor {
    /// Visits through the given gate, and waits at most so long for each answer.
    #[must_use]
    pub fn new(gate: Gate, patience: Duration) -> Self {
        Self { gate, patience }
    }

    /// Asks for a page once.
    pub async fn visit(&self, method: Method, url: &Url) -> Result<Seen, Unseen> {
        let request = self.gate.request(method, url, self.patience)?;
        let answer = request.send().await.map_err(|error| unseen(&error))?;
        Ok(Seen::of(&answer))
    }

    /// Sends any request once, and reads the answer as far as a page is long; letters that are none are replaced.
    pub async fn ask(&self, request: http::Request<Vec<u8>>) -> Result<(Seen, String), Unseen> {
        let (parts, body) = request.into_parts();
        let asked = self
            .gate
            .request(parts.method, &address(&parts.uri)?, self.patience)?;
        exchange(asked.headers(parts.headers).body(body)).await
    }

    /// The same over plain http, at a host that may be called over https: to see whether somebody answers there.
    pub async fn ask_in_clear(&self, request: http::Request<Vec<u8>>) -> Result<(Seen, String), Unseen> {
        let (parts, body) = request.into_parts();
        let url = address(&parts.uri)?;
        let asked = self.gate.request_in_clear(parts.method, &url, self.patience)?;
        exchange(asked.headers(parts.headers).body(body)).await
    }
}

async fn exchange(request: reqwest::RequestBuilder) -> Result<(Seen, String), Unseen> {
    let mut answer = request.send().await.map_err(|error| unseen(&error))?;
    let (seen, mut body) = (Seen::of(&answer), Vec::new());
    while body.len() < LARGEST_ANSWER {
        match answer.chunk().await.map_err(|error| unseen(&error))? {
            Some(chunk) => body.extend_from_slice(&chunk),
            None => break,
        }
    }
    body.truncate(LARGEST_ANSWER);
    Ok((seen, String::from_utf8_lossy(&body).into_owned()))
}

fn address(uri: &http::Uri) -> Result<Url, EgressError> {
    Url::parse(&uri.to_string()).map_err(|_| EgressError::NotPublic)
}

impl Seen {
    fn of(answer: &reqwest::Response) -> Self {
        Self {
            status: answer.status(),
            headers: answer.headers().clone(),
        }
    }

    /// A header as text; empty when it is missing or unreadable.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What time it is where the answer came from.
    #[must_use]
    pub fn date(&self) -> Option<Timestamp> {
        http_date(self.header(DATE.as_str()))
    }
}

/// At which step it failed. The library's own error would print the URL; the causes below it do not know it.
fn unseen(error: &reqwest::Error) -> Unseen {
    if let Some(forbidden) = EgressError::behind(error) {
        return Unseen::Forbidden(forbidden);
    }
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    let mut causes: Vec<_> = causes.map(ToString::to_string).collect();
    let said = |words: &[&str]| {
        let named = |cause: &&String| words.iter().any(|word| cause.contains(word));
        causes.iter().find(named).cloned()
    };
    if said(&["dns error"]).is_some() {
        return Unseen::NoAddress;
    }
    if let Some(why) = said(&["certificate", "TLS", "tls"]) {
        return Unseen::Certificate(why);
    }
    match error {
        _ if error.is_timeout() => Unseen::Silent,
        _ if error.is_connect() => Unseen::NoConnection(causes.pop().unwrap_or_default()),
        _ => Unseen::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_an_answer_is_read_from_its_date() {
        let mut headers = HeaderMap::new();
        let date = |headers: &HeaderMap| {
            Seen {
                status: StatusCode::OK,
                headers: headers.clone(),
            }
            .date()
        };
        assert_eq!(date(&headers), None);
        headers.insert(DATE, "Tue, 24 Nov 2026 09:00:00 GMT".parse().unwrap());
        assert_eq!(date(&headers).unwrap().to_string(), "2026-11-24T09:00:00Z");
    }
}
