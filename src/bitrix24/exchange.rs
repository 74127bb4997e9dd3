//! What crossed the wire, told to whoever keeps the log of REST calls. No secret gets this far: what we send is
//! written down without its secrets, and what comes back is cleaned of every name and value that is one.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tracing::Instrument as _;
use tracing::field::Empty;

use super::answer::RawAnswer;
use super::redact::{Secrets, cut, is_worth_keeping};
use super::{CallError, EgressError, MemberId, UserId};

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
    /// What came back, if it was JSON; of what belongs to no known portal only a refusal's words.
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

/// What stands for an answer of a size that no method of ours has.
const TOO_LONG: &str = "(too long)";

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
        let under_way = UnderWay::of(asked.method);
        // For a collector of traces; the log has no line about a call that is well.
        let span = tracing::debug_span!("call", method = asked.method, outcome = Empty, status = Empty);
        let mut answer = RawAnswer::of(request).instrument(span.clone()).await;
        drop(under_way);
        if let Ok(answer) = &mut answer {
            answer.clean_error(&asked.secrets);
            span.record("status", i64::from(answer.status));
        }
        span.record("outcome", outcome(&answer));
        drop(span);
        self.tell(asked, whose, &answer, began.elapsed());
        answer
    }

    /// Tells of a call that was not even sent, because the policy forbids it.
    pub(crate) fn forbidden(&self, asked: Asked<'_>, whose: Whose, error: EgressError) -> CallError {
        let error = CallError::Forbidden(error);
        self.tell(asked, |_| whose, &Err(error.clone()), Duration::ZERO);
        error
    }

    fn tell(
        &self,
        asked: Asked<'_>,
        whose: impl FnOnce(Option<&Value>) -> Whose,
        answer: &Result<RawAnswer, CallError>,
        duration: Duration,
    ) {
        let (status, value) = match answer {
            Ok(answer) => (Some(answer.status), answer.value()),
            Err(CallError::Unreadable(status)) => (Some(*status), None),
            Err(_) => (None, None),
        };
        count(asked.method, outcome(answer), duration);
        let whose = whose(value);
        let size = answer.as_ref().map_or(0, |answer| answer.body.len());
        let kept = |value| match &whose.member_id {
            _ if !is_worth_keeping(size) => TOO_LONG.into(),
            Some(_) => cut(asked.secrets.removed_from(value)),
            None => cut(asked.secrets.removed_from(&refusal_alone(value))),
        };
        (self.0)(Exchange {
            method: asked.method,
            status,
            error: error_word(answer),
            duration,
            response: value.map(kept),
            request: cut(asked.request),
            whose,
        });
    }
}

/// A call under way; over when it is dropped, however that comes.
struct UnderWay(metrics::Gauge);

impl UnderWay {
    fn of(method: &'static str) -> Self {
        let gauge = metrics::gauge!("bitrix24_calls_in_flight", "method" => method);
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// Methods are ours and outcomes are these words: nothing that anybody sends becomes a label.
fn count(method: &'static str, outcome: &'static str, took: Duration) {
    metrics::counter!("bitrix24_calls_total", "method" => method, "outcome" => outcome).increment(1);
    metrics::histogram!("bitrix24_call_seconds", "method" => method).record(took);
}

/// What came of a call, in one word.
fn outcome(answer: &Result<RawAnswer, CallError>) -> &'static str {
    let error = match answer {
        Ok(answer) if answer.is_redirect() => return "redirected",
        Ok(answer) => match answer.judged() {
            Ok(_) => return "ok",
            Err(error) => error,
        },
        Err(error) => error.clone(),
    };
    match error {
        CallError::Refused(refusal) if refusal.status >= 500 => "failing",
        CallError::Refused(_) => "refused",
        CallError::Unreachable | CallError::HeldBack(_) => "unreachable",
        CallError::Forbidden(_) => "forbidden",
        CallError::Interrupted => "interrupted",
        CallError::TimedOut => "timed_out",
        CallError::Moved | CallError::Closed => "redirected",
        CallError::Unreadable(500..) => "failing",
        CallError::Unreadable(_) | CallError::Unexpected(_) | CallError::Endpoint(_) => "unreadable",
    }
}

/// What is nobody's could not be erased with its portal, so nothing that may name one is kept.
fn refusal_alone(answer: &Value) -> Value {
    let field = |name: &str| Some((name.to_owned(), answer.get(name)?.clone()));
    Value::Object(
        ["error", "error_description"]
            .into_iter()
            .filter_map(field)
            .collect(),
    )
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
        CallError::Unreachable | CallError::HeldBack(_) => "unreachable".into(),
        CallError::Forbidden(_) => "forbidden".into(),
        CallError::Interrupted => "interrupted".into(),
        CallError::TimedOut => "timed_out".into(),
        CallError::Moved | CallError::Closed => "redirected".into(),
        CallError::Unreadable(_) | CallError::Unexpected(_) | CallError::Endpoint(_) => "unreadable".into(),
    })
}
