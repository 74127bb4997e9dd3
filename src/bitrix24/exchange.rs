//! What crossed the wire, told to whoever keeps the log of REST calls. No secret gets this far: what we send is
//! written down without its secrets, and what comes back is cleaned of every name and value that is one.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::answer::RawAnswer;
use super::redact::{Secrets, cut};
use super::{CallError, MemberId, UserId};

/// Whose call it was, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// The portal.
    pub member_id: Option<MemberId>,
    /// The user in whose name it was made.
    pub user_id: Option<UserId>,
}

impl Whose {
    /// A user of a portal.
    #[must_use]
    pub fn user(member_id: &MemberId, user_id: UserId) -> Self {
        Self {
            member_id: Some(member_id.clone()),
            user_id: Some(user_id),
        }
    }
}

/// One call of Bitrix24 and its answer, without secrets.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Whose call it was.
    pub whose: Whose,
    /// The method, such as `imopenlines.network.join`; `oauth/token` for the token endpoint.
    pub method: &'static str,
    /// The HTTP status; none when there was no answer.
    pub status: Option<u16>,
    /// The platform's error code, or our word for what went wrong.
    pub error: Option<String>,
    /// From sending to the end of the answer.
    pub duration: Duration,
    /// What was sent.
    pub request: Value,
    /// What came back, if it was JSON.
    pub response: Option<Value>,
}

/// Is told of every exchange, in the task that made the call.
#[derive(Clone)]
pub struct Observer(Arc<dyn Fn(Exchange) + Send + Sync>);

impl Observer {
    /// Tells every exchange to `note`.
    #[must_use]
    pub fn new(note: impl Fn(Exchange) + Send + Sync + 'static) -> Self {
        Self(Arc::new(note))
    }

    /// Looks away.
    #[must_use]
    pub fn none() -> Self {
        Self::new(drop)
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

/// What is asked, as it may be written down, and the secrets that it carries.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'static str,
    pub(crate) request: Value,
    pub(crate) secrets: Secrets<'a>,
}

impl Observer {
    /// Sends a request, reads its answer, and tells of both; `whose` may be read off the answer.
    pub(crate) async fn exchange(
        &self,
        asked: Asked<'_>,
        whose: impl FnOnce(Option<&Value>) -> Whose,
        request: reqwest::RequestBuilder,
    ) -> Result<RawAnswer, CallError> {
        let began = tokio::time::Instant::now();
        let answer = RawAnswer::of(request).await;
        let (status, value) = match &answer {
            Ok(answer) => (Some(answer.status), answer.value()),
            Err(CallError::Unreadable(status)) => (Some(*status), None),
            Err(_) => (None, None),
        };
        (self.0)(Exchange {
            whose: whose(value),
            method: asked.method,
            status,
            error: error_word(&answer),
            duration: began.elapsed(),
            request: cut(asked.request),
            response: value.map(|value| cut(asked.secrets.removed_from(value))),
        });
        answer
    }
}

/// The platform's code, or ours for what is no answer at all.
fn error_word(answer: &Result<RawAnswer, CallError>) -> Option<String> {
    let error = match answer {
        Ok(answer) if answer.is_redirect() => return Some("redirected".into()),
        Ok(answer) => answer.judged().err()?,
        Err(error) => error.clone(),
    };
    Some(match error {
        CallError::Refused(refusal) if refusal.sent.is_empty() => "(empty)".into(),
        CallError::Refused(refusal) => refusal.sent,
        CallError::Unreachable => "unreachable".into(),
        CallError::Forbidden(_) => "forbidden".into(),
        CallError::Interrupted => "interrupted".into(),
        CallError::TimedOut => "timed_out".into(),
        CallError::Moved(_) | CallError::Closed => "redirected".into(),
        CallError::Unreadable(_) | CallError::Unexpected(_) => "unreadable".into(),
    })
}
