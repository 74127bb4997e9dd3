//! `app.info` at the authorization server: the trusted witness. Section 4 of the platform facts.

use jiff::Timestamp;
use serde_json::Value;

use super::{AppStatus, CallError, ClientEndpoint, ClientId, MemberId, UserId};

/// What the authorization server says about a token.
#[derive(Clone, Debug)]
pub struct AppInfo {
    /// The app to which the token was issued. Tokens of *other* apps are answered too.
    pub client_id: ClientId,
    /// The portal.
    pub member_id: MemberId,
    /// The user to whom the token belongs.
    pub user_id: UserId,
    /// Where the portal's REST answers now.
    pub client_endpoint: ClientEndpoint,
    /// How the app is installed there.
    pub status: AppStatus,
    /// When the access token ends; unknown when the answer did not say it readably.
    pub expires_at: Option<Timestamp>,
    /// When the authorization server said all this, by its own clock; unknown when it named no time.
    pub said_at: Option<Timestamp>,
}

impl AppInfo {
    /// Reads `result` of the answer; `date` is that of its head, for answers without `time`.
    pub(crate) fn read(answer: &Value, date: Option<Timestamp>) -> Result<Self, CallError> {
        let text = |path: &str| answer.pointer(path).and_then(Value::as_str);
        let unexpected = CallError::Unexpected;
        Ok(Self {
            client_id: text("/result/client_id")
                .and_then(|id| ClientId::parse(id).ok())
                .ok_or(unexpected("client_id"))?,
            member_id: text("/result/install/member_id")
                .and_then(|id| MemberId::parse(id).ok())
                .ok_or(unexpected("install.member_id"))?,
            user_id: answer
                .pointer("/result/user_id")
                .and_then(|id| UserId::from_json(id).ok())
                .ok_or(unexpected("user_id"))?,
            client_endpoint: text("/result/install/client_endpoint")
                .map(ClientEndpoint::parse)
                .ok_or(unexpected("install.client_endpoint"))??,
            status: AppStatus::parse(text("/result/install/status").unwrap_or_default()),
            expires_at: text("/result/expires").and_then(|time| time.parse().ok()),
            said_at: server_time(answer).or(date),
        })
    }
}

/// `time.finish`, unix seconds with a fraction or without, or the same as `date_finish`.
fn server_time(answer: &Value) -> Option<Timestamp> {
    let finish = answer.pointer("/time/finish").and_then(Value::as_f64);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "microseconds since 1970 fit for ages"
    )]
    let finish = finish.and_then(|seconds| Timestamp::from_microsecond((seconds * 1e6) as i64).ok());
    let written = || answer.pointer("/time/date_finish").and_then(Value::as_str);
    finish.or_else(|| written().and_then(|time| time.parse().ok()))
}
