//! Reading an HTTP answer of Bitrix24: capped, never followed, never quoted.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::redact::{Secrets, is_worth_keeping};
use super::refusal::error_code;
use super::wiped::Wiped;
use super::{EgressError, Refusal, RefusalCode};

/// The largest answer that is read; the methods this app calls answer a few hundred bytes.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// Why a call brought no result. Carries no URL, no body and no token, so it can be logged as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Bitrix24 answered with an error code.
    #[error("refused with {:?} ({}, HTTP {})", .0.code, .0.sent, .0.status)]
    Refused(Refusal),
    /// A redirect to another host: the portal was renamed, says someone who may not be believed. Where it leads is
    /// kept by nobody: the address may hold what was sent.
    #[error("redirected to another host")]
    Moved,
    /// A redirect on the same host: the portal shows its licence page.
    #[error("redirected on the same host")]
    Closed,
    /// Nothing was sent: no address, no connection, no TLS.
    #[error("not reachable")]
    Unreachable,
    /// Nothing was sent: the authorization server was down a moment ago, or too many wait for this portal already. Nobody
    /// asks before this is over.
    #[error("not asked, because others wait for an answer")]
    HeldBack(Duration),
    /// The policy forbids this address, or the one that the name resolves to. Nothing was sent.
    #[error("the address may not be called: {0}")]
    Forbidden(#[from] EgressError),
    /// It was sent, and the connection ended without an answer.
    #[error("the connection broke before an answer came")]
    Interrupted,
    /// It was sent, and no answer came in time.
    #[error("no answer in time")]
    TimedOut,
    /// An answer that cannot be read: HTML, half a body, wrong JSON, too large.
    #[error("an unreadable answer (HTTP {0})")]
    Unreadable(u16),
    /// A readable answer that says something else than it must.
    #[error("the answer's {0} is missing or wrong")]
    Unexpected(&'static str),
    /// The authorization server names an endpoint for the portal that is none.
    #[error("the portal's endpoint cannot be called: {0}")]
    Endpoint(#[from] super::EndpointError),
}

impl CallError {
    /// The refusal's code, if there was a readable refusal.
    #[must_use]
    pub fn code(&self) -> Option<RefusalCode> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            _ => None,
        }
    }

    /// Whether the request may have reached the other side without our knowing what became of it.
    #[must_use]
    pub fn is_indeterminate(&self) -> bool {
        match self {
            Self::Interrupted
            | Self::TimedOut
            | Self::Unreadable(_)
            | Self::Unexpected(_)
            | Self::Endpoint(_) => true,
            Self::Refused(refusal) => refusal.status >= 500 && refusal.code != RefusalCode::PaymentRequired,
            Self::Moved | Self::Closed | Self::Unreachable | Self::HeldBack(_) | Self::Forbidden(_) => false,
        }
    }

    /// What a failed exchange means; the error itself would print the URL and is dropped.
    pub(crate) fn from_transport(error: &reqwest::Error) -> Self {
        if let Some(forbidden) = EgressError::behind(error) {
            Self::Forbidden(forbidden)
        } else if error.is_connect() || error.is_builder() {
            Self::Unreachable
        } else if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Interrupted
        }
    }
}

/// An answer's status and body, read to the end within the cap.
pub(crate) struct RawAnswer {
    pub(crate) status: u16,
    /// The `Date` header: the other side's clock.
    pub(crate) date: Option<Timestamp>,
    pub(crate) body: Zeroizing<Vec<u8>>,
    location: Option<String>,
    value: Option<Wiped>,
}

impl RawAnswer {
    /// Sends a request and reads its answer.
    pub(crate) async fn of(request: reqwest::RequestBuilder) -> Result<Self, CallError> {
        let response = request
            .send()
            .await
            .map_err(|error| CallError::from_transport(&error))?;
        Self::read(response).await
    }

    /// Reads an answer to its end.
    pub(super) async fn read(mut response: reqwest::Response) -> Result<Self, CallError> {
        let status = response.status().as_u16();
        let header = |name| {
            let value: Option<&http::HeaderValue> = response.headers().get(name);
            value.and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let location = header(http::header::LOCATION);
        let date = header(http::header::DATE).and_then(|date| http_date(&date));
        let mut body = Zeroizing::new(Vec::new());
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| body_error(status, &error))?
        {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(CallError::Unreadable(status));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self {
            status,
            date,
            value: serde_json::from_slice(&body).ok().map(Wiped),
            location,
            body,
        })
    }

    /// The body, if it is JSON, whatever it says.
    pub(crate) fn value(&self) -> Option<&Value> {
        self.value.as_deref()
    }

    /// Takes secrets out of the error, which is the one part of an answer that is passed on in words.
    pub(crate) fn clean_error(&mut self, secrets: &Secrets<'_>) {
        // Nobody's error is as long as that.
        let worth = is_worth_keeping(self.body.len());
        let clean = |error: &Value| {
            if worth {
                secrets.removed_from(error)
            } else {
                "".into()
            }
        };
        let value = self.value.as_deref_mut();
        let cleaned = value.is_some_and(|value| clean_errors(value, &|error| meant(error, clean(error))));
        if let (true, Some(value)) = (cleaned, &self.value) {
            self.body = Zeroizing::new(value.to_string().into_bytes());
        }
    }

    /// The JSON of an answer, or what its status says when there is none.
    pub(crate) fn judged(&self) -> Result<&Value, CallError> {
        let value = self.value.as_deref().ok_or(CallError::Unreadable(self.status))?;
        match Refusal::read(self.status, value) {
            Some(refusal) => Err(CallError::Refused(refusal)),
            None if (200..300).contains(&self.status) => Ok(value),
            None => Err(CallError::Unreadable(self.status)),
        }
    }

    /// Takes `result` out of the answer's JSON.
    pub(crate) fn into_result(mut self) -> Result<Value, CallError> {
        self.judged()?;
        let result = self
            .value
            .as_deref_mut()
            .and_then(|value| value.get_mut("result"));
        result.map(Value::take).ok_or(CallError::Unexpected("result"))
    }

    /// Whether it sends the caller elsewhere.
    pub(crate) fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status)
    }

    /// Where a redirect points, resolved against the URL that was called.
    pub(crate) fn redirect(&self, called: &Url) -> Option<Result<Url, CallError>> {
        self.is_redirect().then(|| {
            let target = self
                .location
                .as_deref()
                .and_then(|location| called.join(location).ok());
            target.ok_or(CallError::Unreadable(self.status))
        })
    }
}

/// A cleaned error that still means what it did. The platform's own codes are no secrets, whatever somebody has made up
/// as a token: with a token `invalid`, nothing would be left of `invalid_client`.
fn meant(error: &Value, mut cleaned: Value) -> Value {
    if is_known_code(error) {
        return error.clone();
    }
    if let (Some(code), Some(fields)) = (
        error.get("code").filter(|code| is_known_code(code)),
        cleaned.as_object_mut(),
    ) {
        fields.insert("code".to_owned(), code.clone());
    }
    cleaned
}

fn is_known_code(code: &Value) -> bool {
    code.is_string() && Refusal::of_code(&error_code(code)).code != RefusalCode::Unknown
}

/// Cleans what stands under `error`, at any depth: a batch has one for each of its commands. Says if there was any.
fn clean_errors(value: &mut Value, clean: &impl Fn(&Value) -> Value) -> bool {
    let mut found = false;
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "error" {
                    *value = clean(value);
                    found = true;
                } else {
                    found |= clean_errors(value, clean);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                found |= clean_errors(item, clean);
            }
        }
        _ => {}
    }
    found
}

/// An HTTP date is one of RFC 2822's, in GMT.
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

fn body_error(status: u16, error: &reqwest::Error) -> CallError {
    if error.is_timeout() {
        CallError::TimedOut
    } else if error.is_decode() {
        CallError::Unreadable(status)
    } else {
        CallError::Interrupted
    }
}

#[cfg(test)]
mod tests {
    use super::super::redact::HIDDEN;
    use super::*;
    use serde_json::json;

    #[test]
    fn an_error_is_cleaned_wherever_it_stands() {
        let bound = json!({"result_error": {"bind": {"error": {"code": "s3cr3t-t0ken"}}}, "result": [{"error": "s3cr3t-t0ken"}]});
        let mut answer = json!({"error": "no s3cr3t-t0ken", "result": bound});
        let secrets = Secrets(&["s3cr3t-t0ken"]);
        assert!(clean_errors(&mut answer, &|error| secrets.removed_from(error)));
        assert!(!answer.to_string().contains("s3cr3t"), "{answer}");
        assert!(!clean_errors(&mut json!({"result": 1}), &|_| Value::Null));
    }

    #[test]
    fn whatever_was_made_up_as_a_token_a_code_of_the_platform_stays_what_it_is() {
        for token in ["invalid_client", "client", "ERROR", "code", "e", "_"] {
            let clean = |error: Value| meant(&error, Secrets(&[token]).removed_from(&error));
            assert_eq!(clean(json!("invalid_client")), "invalid_client", "{token}");
            let error = clean(json!({"code": "INVALID_CLIENT", "message": token}));
            assert_eq!(error["code"], "INVALID_CLIENT", "{token}");
            assert!(
                error.as_object().unwrap().values().any(|text| text == HIDDEN),
                "{token}"
            );
            assert_eq!(clean(json!(format!("no {token}"))), "no (hidden)", "{token}");
        }
    }
}
