//! What Bitrix24 answers when it does not do what was asked: section 5 and 6 of the platform facts.

use serde_json::Value;

use super::ids::integer;

/// The codes that mean something to this app; compared case-insensitively.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalCode {
    /// `expired_token`: refresh once, repeat once.
    ExpiredToken,
    /// `invalid_token`: perhaps a refresh elsewhere killed it.
    InvalidToken,
    /// `NO_AUTH_FOUND`.
    NoAuthFound,
    /// `authorization_error`: the user was dismissed.
    AuthorizationError,
    /// `insufficient_scope`: the app card lacks the scope.
    InsufficientScope,
    /// `INVALID_CREDENTIALS`: the user's rights do not suffice.
    InvalidCredentials,
    /// `user_access_error`: an administrator restricted the app to others.
    UserAccessError,
    /// `ACCESS_DENIED`: REST only on commercial plans.
    AccessDenied,
    /// `WRONG_AUTH_TYPE`: the method refuses this kind of authorization.
    WrongAuthType,
    /// `ERROR_OAUTH`, `APPLICATION_NOT_FOUND`: the portal says the app is not installed.
    ApplicationNotFound,
    /// `NOT_INSTALLED`: the authorization server says so, which proves it.
    NotInstalled,
    /// `INVALID_REQUEST`: the request or its protocol is at fault.
    InvalidRequest,
    /// `ERROR_METHOD_NOT_FOUND`: the open-channels module is missing.
    MethodNotFound,
    /// `ERROR_MANIFEST_IS_NOT_AVAILABLE`.
    ManifestNotAvailable,
    /// `ERROR_BATCH_METHOD_NOT_ALLOWED`, `ERROR_BATCH_LENGTH_EXCEEDED`: a batch of ours is wrong.
    Batch,
    /// `OPERATION_TIME_LIMIT`: wait until `operating_reset_at`.
    OperationTimeLimit,
    /// `QUERY_LIMIT_EXCEEDED`: back off a little.
    QueryLimitExceeded,
    /// `OVERLOAD_LIMIT`: blocked by hand; never retried.
    OverloadLimit,
    /// `PORTAL_DELETED`: temporarily closed by the docs; proof of nothing.
    PortalDeleted,
    /// `INTERNAL_SERVER_ERROR`, `ERROR_UNEXPECTED_ANSWER`: one retry.
    InternalServerError,
    /// `PAYMENT_REQUIRED`: the app's paid or trial period is over; nothing is revoked.
    PaymentRequired,
    /// `CODE`: the portal finds the channel code malformed.
    Code,
    /// `NOT_FOUND`, `LINE_NOT_FOUND`: no such open channel.
    NotFound,
    /// `INACTIVE`: the open channel is switched off.
    Inactive,
    /// `IMBOT_ERROR`: the bot could not be made.
    ImbotError,
    /// `NETWORK_ERROR`: Bitrix24.Network was not reached.
    NetworkError,
    /// `ANSWER_MALFORMED`: Bitrix24.Network answered nonsense.
    AnswerMalformed,
    /// `wrong_client`: our `client_id` is unknown.
    WrongClient,
    /// `invalid_client`: our secret is wrong, or (at `app.info`) the token is nobody's.
    InvalidClient,
    /// `invalid_grant`: the refresh token or code is spent or unknown.
    InvalidGrant,
    /// `invalid_scope`.
    InvalidScope,
    /// Anything else, an empty code and a numeric one included.
    Unknown,
}

impl RefusalCode {
    fn parse(code: &str) -> Self {
        match code.trim().to_ascii_lowercase().as_str() {
            "expired_token" => Self::ExpiredToken,
            "invalid_token" => Self::InvalidToken,
            "no_auth_found" => Self::NoAuthFound,
            "authorization_error" => Self::AuthorizationError,
            "insufficient_scope" => Self::InsufficientScope,
            "invalid_credentials" => Self::InvalidCredentials,
            "user_access_error" => Self::UserAccessError,
            "access_denied" => Self::AccessDenied,
            "wrong_auth_type" => Self::WrongAuthType,
            "error_oauth" | "application_not_found" => Self::ApplicationNotFound,
            "not_installed" => Self::NotInstalled,
            "invalid_request" => Self::InvalidRequest,
            "error_method_not_found" => Self::MethodNotFound,
            "error_manifest_is_not_available" => Self::ManifestNotAvailable,
            "error_batch_method_not_allowed" | "error_batch_length_exceeded" => Self::Batch,
            "operation_time_limit" => Self::OperationTimeLimit,
            "query_limit_exceeded" => Self::QueryLimitExceeded,
            "overload_limit" => Self::OverloadLimit,
            "portal_deleted" => Self::PortalDeleted,
            "internal_server_error" | "error_unexpected_answer" => Self::InternalServerError,
            "payment_required" => Self::PaymentRequired,
            "code" => Self::Code,
            "not_found" | "line_not_found" => Self::NotFound,
            "inactive" => Self::Inactive,
            "imbot_error" => Self::ImbotError,
            "network_error" => Self::NetworkError,
            "answer_malformed" => Self::AnswerMalformed,
            "wrong_client" => Self::WrongClient,
            "invalid_client" => Self::InvalidClient,
            "invalid_grant" => Self::InvalidGrant,
            "invalid_scope" => Self::InvalidScope,
            _ => Self::Unknown,
        }
    }
}

/// A readable refusal: the code, the status it came with, and when a limit ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was refused, as far as it is known.
    pub code: RefusalCode,
    /// The HTTP status; second to the code, and sometimes 200.
    pub status: u16,
    /// The code as sent, cut down to what may stand in a log line.
    pub sent: String,
    /// `time.operating_reset_at`, unix seconds, when an operating limit was hit.
    pub operating_reset_at: Option<i64>,
}

impl Refusal {
    /// A refusal of which only the code is known: a command's inside a batch.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        Self {
            code: RefusalCode::parse(code),
            status: 400,
            sent: loggable(code),
            operating_reset_at: None,
        }
    }

    /// Reads a refusal from an answer's JSON; nothing when the answer carries no `error` at all.
    pub(crate) fn read(status: u16, body: &Value) -> Option<Self> {
        let error = body.get("error")?;
        let sent = error_code(error);
        Some(Self {
            code: RefusalCode::parse(&sent),
            status,
            sent: loggable(&sent),
            operating_reset_at: body.pointer("/time/operating_reset_at").and_then(whole_seconds),
        })
    }
}

/// `error` is a string, a number, or (REST v3) an object with a `code`.
pub(super) fn error_code(error: &Value) -> String {
    match error {
        Value::String(code) => code.clone(),
        Value::Object(fields) => fields.get("code").map(error_code).unwrap_or_default(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn whole_seconds(value: &Value) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "unix seconds; a float has room for them"
    )]
    integer(value).or_else(|| value.as_f64().map(|seconds| seconds.ceil() as i64))
}

/// Codes are words or short numbers; a token has far more digits.
pub(super) const MOST_DIGITS: usize = 6;

/// A code goes to the log only as the short identifier that it should be. What looks like a token does not: a portal
/// may quote anything, and not only the token of this very call.
pub(super) fn loggable(code: &str) -> String {
    if code.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
        return "(no code)".to_owned();
    }
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        .take(48)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn codes_are_read_from_every_shape_and_case() {
        for (body, code) in [
            (json!({"error": "EXPIRED_TOKEN"}), RefusalCode::ExpiredToken),
            (
                json!({"error": "expired_token", "error_description": null}),
                RefusalCode::ExpiredToken,
            ),
            (json!({"error": ""}), RefusalCode::Unknown),
            (json!({"error": 0}), RefusalCode::Unknown),
            (json!({"error": 403}), RefusalCode::Unknown),
            (
                json!({"error": {"code": "line_not_found", "message": "?"}}),
                RefusalCode::NotFound,
            ),
            (json!({"error": null}), RefusalCode::Unknown),
        ] {
            assert_eq!(Refusal::read(400, &body).unwrap().code, code, "{body}");
        }
        assert_eq!(Refusal::read(200, &json!({"result": 1})), None);
    }

    #[test]
    fn what_looks_like_a_token_is_no_code() {
        for (sent, kept) in [
            ("ERROR_METHOD_NOT_FOUND", "ERROR_METHOD_NOT_FOUND"),
            ("403", "403"),
            ("W<e>IRD 1", "WeIRD1"),
            ("5ec2e75ec2e7c11e475ec2e75ec2e7c1", "(no code)"),
            ("9f86d081884c7d65", "(no code)"),
        ] {
            assert_eq!(Refusal::of_code(sent).sent, kept);
        }
    }

    #[test]
    fn the_end_of_an_operating_limit_may_be_a_float() {
        let body = json!({"error": "OPERATION_TIME_LIMIT", "time": {"operating_reset_at": 1_700_000_000.2}});
        assert_eq!(
            Refusal::read(429, &body).unwrap().operating_reset_at,
            Some(1_700_000_001)
        );
    }
}
