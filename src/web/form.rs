//! Reading what is posted: strictly, within limits, each parameter once.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::response::Response;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use zeroize::Zeroize as _;

use super::error::{RequestFault, refuse_request};
use super::landing::words_for;
use crate::bitrix24::Fields;
use crate::words::Words;

/// A launch has about 1 KB, an event up to some; nothing honest comes near.
const LARGEST_BODY: usize = 64 * 1024;

/// A launch has about 15 parameters.
pub(super) const MOST_FIELDS: usize = 200;

/// 64 KB take a second on a bad line; who is slower keeps a connection for nothing.
const LONGEST_READ: Duration = Duration::from_secs(5);

/// The query and the urlencoded body of a post.
#[derive(Debug)]
pub(super) struct Posted {
    pub(super) query: Fields,
    pub(super) body: Fields,
    pub(super) wants_json: bool,
    /// What the browser asks for: for whoever brings neither launch nor session that says a language.
    pub(super) words: &'static Words,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let wants_json = wants_json(request.headers());
        let words = words_for(request.headers());
        read(request, wants_json, words)
            .await
            .map_err(|fault| refuse_request(fault, wants_json, words))
    }
}

/// Whether the answer should be JSON rather than a page.
pub(super) fn wants_json(headers: &http::HeaderMap) -> bool {
    let accept = headers
        .get(http::header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| {
        accept
            .split(',')
            .any(|kind| kind.trim().starts_with("application/json"))
    })
}

async fn read(request: Request, wants_json: bool, words: &'static Words) -> Result<Posted, RequestFault> {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let is_form = kind.split(';').next().is_some_and(|kind| {
        kind.trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    });
    if !is_form {
        return Err(RequestFault::Malformed("the body is no urlencoded form"));
    }
    if request.headers().contains_key(CONTENT_ENCODING) {
        // Nobody on the platform sends such, and what is not decoded must not be read as if it were.
        return Err(RequestFault::Malformed("the body is coded"));
    }
    let query = unique(request.uri().query().unwrap_or_default().as_bytes())?;
    let body = tokio::time::timeout(LONGEST_READ, read_body(request.into_body()));
    let sent = body.await.map_err(|_| RequestFault::TooSlow)??;
    let body = unique(&sent);
    wipe(sent);
    Ok(Posted {
        query,
        body: body?,
        wants_json,
        words,
    })
}

async fn read_body(body: Body) -> Result<Bytes, RequestFault> {
    match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(RequestFault::TooLarge),
        Err(_) => Err(RequestFault::Malformed("the body broke off")),
    }
}

/// Leaves nothing of a body behind that was put together of several pieces. A body in one piece lies in the
/// connection's own buffer, which is not ours to write into.
fn wipe(sent: Bytes) {
    if let Ok(mut sent) = sent.try_into_mut() {
        sent.zeroize();
    }
}

/// The parameters of a query or a form, each once.
pub(super) fn unique(encoded: &[u8]) -> Result<Fields, RequestFault> {
    let mut fields = Fields::new();
    for (name, value) in form_urlencoded::parse(encoded) {
        if !fields.insert(name.into_owned(), value.into_owned()) {
            return Err(RequestFault::Malformed("a parameter is there twice"));
        }
        if fields.len() > MOST_FIELDS {
            return Err(RequestFault::Malformed("too many parameters"));
        }
    }
    Ok(fields)
}
