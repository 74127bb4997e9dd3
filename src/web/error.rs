//! The one table that makes status, sentence and log level of a failure.

use std::any::Any;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::RETRY_AFTER;
use serde::Serialize;
use tracing::Level;

use super::Doors;
use super::pages::NoticePage;
use crate::app::{Failure, Slug, Trouble};
use crate::bitrix24::{CodeError, Origin, RefusalCode};
use crate::words::Words;

/// How a failure looks from outside.
#[derive(Clone, Debug)]
pub(super) struct Face {
    pub(super) slug: &'static str,
    pub(super) status: StatusCode,
    pub(super) message: String,
    pub(super) next: String,
    pub(super) retry: bool,
    pub(super) retry_after: Option<u64>,
}

#[derive(Serialize)]
struct JsonFailure<'a> {
    status: &'static str,
    error: &'a str,
    message: &'a str,
    next: &'a str,
    retry: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
}

impl Face {
    pub(super) fn of(failure: &Failure, words: &Words) -> Self {
        let slug = failure.slug();
        let (message, next) = sentences(failure, words);
        let retry_after = match failure {
            Failure::RateLimited { seconds, .. } => Some(*seconds),
            _ => None,
        };
        Self {
            slug: slug.as_str(),
            status: status(slug),
            message,
            next,
            retry: helps_to_retry(failure),
            retry_after,
        }
    }

    pub(super) fn json(&self) -> Response {
        let body = JsonFailure {
            status: "error",
            error: self.slug,
            message: &self.message,
            next: &self.next,
            retry: self.retry,
            retry_after: self.retry_after,
        };
        self.timed((self.status, Json(body)).into_response())
    }

    /// Adds what machines read of a page, too.
    pub(super) fn timed(&self, mut response: Response) -> Response {
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl Doors {
    /// A page without session and portal data, which `frame` may show so that it can be read there.
    pub(super) fn notice(
        &self,
        face: &Face,
        title: String,
        words: &'static Words,
        frame: &[Origin],
    ) -> Response {
        let page = NoticePage {
            shell: self.shell(words, !frame.is_empty()),
            slug: face.slug,
            title,
            message: face.message.clone(),
            next: face.next.clone(),
            retry: face.retry,
        };
        face.timed(self.page(face.status, frame, page.render()))
    }
}

/// Logs a failure once, at the door that answers it, as loudly as it deserves.
pub(super) fn log(failure: &Failure, deed: &'static str) {
    let slug = failure.slug().as_str();
    match level(failure.slug()) {
        Level::ERROR => tracing::error!(slug, %failure, deed, "failed"),
        Level::WARN => tracing::warn!(slug, %failure, deed, "failed"),
        _ => tracing::info!(slug, %failure, deed, "refused"),
    }
}

fn status(slug: Slug) -> StatusCode {
    match slug {
        Slug::InvalidCode | Slug::NotFound | Slug::Inactive | Slug::Refused => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Slug::SessionExpired | Slug::ReopenApp => StatusCode::UNAUTHORIZED,
        Slug::Forged | Slug::NotAdmin | Slug::MissingScope | Slug::AccessRestricted => StatusCode::FORBIDDEN,
        Slug::PlanRequired | Slug::PaymentRequired => StatusCode::PAYMENT_REQUIRED,
        Slug::NotInstalled => StatusCode::CONFLICT,
        Slug::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Slug::PortalUnavailable | Slug::Bitrix24Unavailable | Slug::StorageUnavailable => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        Slug::Timeout => StatusCode::GATEWAY_TIMEOUT,
        Slug::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What we or our suppliers did wrong is loud; what people and portals do is not.
fn level(slug: Slug) -> Level {
    match slug {
        Slug::Internal | Slug::StorageUnavailable => Level::ERROR,
        Slug::Forged | Slug::MissingScope | Slug::Bitrix24Unavailable | Slug::Timeout => Level::WARN,
        _ => Level::INFO,
    }
}

/// Whether the same press may succeed later without anybody mending anything first.
fn helps_to_retry(failure: &Failure) -> bool {
    match failure {
        Failure::RateLimited { .. }
        | Failure::TimedOut
        | Failure::AuthorizationServer(_)
        | Failure::Storage(_)
        | Failure::Internal(_) => true,
        Failure::Portal(trouble) => *trouble != Trouble::Overloaded,
        Failure::Refused(refusal) => matches!(
            refusal.code,
            RefusalCode::ImbotError
                | RefusalCode::NetworkError
                | RefusalCode::AnswerMalformed
                | RefusalCode::Unknown
        ),
        _ => false,
    }
}

/// What happened, and what to do now.
fn sentences(failure: &Failure, words: &Words) -> (String, String) {
    match failure {
        Failure::Forged(_) => (words.forged(), words.forged_next()),
        Failure::SessionExpired => (words.session_expired(), words.session_expired_next()),
        Failure::ReopenApp(_) => (words.reopen_app(), words.reopen_app_next()),
        Failure::Code(fault) => code_sentences(*fault, words),
        Failure::NotOffered => (words.refused_not_offered(), words.refused_not_offered_next()),
        Failure::NotAdmin => (words.not_admin(), words.not_admin_next()),
        Failure::Refused(refusal) => refusal_sentences(refusal.code, words),
        Failure::RateLimited { seconds, operating } => limit_sentences(*seconds, *operating, words),
        Failure::Portal(trouble) => portal_sentences(*trouble, words),
        Failure::TimedOut => (words.timeout(), words.timeout_next()),
        Failure::AuthorizationServer(_) => (words.bitrix24_unavailable(), words.bitrix24_unavailable_next()),
        Failure::Storage(_) => (words.storage_unavailable(), words.storage_unavailable_next()),
        Failure::Internal(_) => (words.internal(), words.internal_next()),
    }
}

fn code_sentences(fault: CodeError, words: &Words) -> (String, String) {
    match fault {
        CodeError::Empty => (words.code_empty(), words.code_empty_next()),
        CodeError::WrongLength => (words.code_wrong_length(), words.code_wrong_length_next()),
        CodeError::NotHex => (words.code_not_hex(), words.code_not_hex_next()),
        CodeError::Several => (words.code_several(), words.code_several_next()),
    }
}

fn refusal_sentences(code: RefusalCode, words: &Words) -> (String, String) {
    match code {
        RefusalCode::Code => (words.invalid_code(), words.invalid_code_next()),
        RefusalCode::NotFound => (words.not_found(), words.not_found_next()),
        RefusalCode::Inactive => (words.inactive(), words.inactive_next()),
        RefusalCode::ImbotError => (words.refused_bot(), words.refused_bot_next()),
        RefusalCode::NetworkError => (words.refused_network(), words.refused_network_next()),
        RefusalCode::AnswerMalformed => (words.refused_answer(), words.refused_answer_next()),
        RefusalCode::MethodNotFound => (words.refused_module(), words.refused_module_next()),
        RefusalCode::InsufficientScope => (words.missing_scope(), words.missing_scope_next()),
        RefusalCode::InvalidCredentials => (words.missing_credentials(), words.missing_credentials_next()),
        RefusalCode::UserAccessError => (words.access_restricted(), words.access_restricted_next()),
        RefusalCode::WrongAuthType => (words.wrong_auth_type(), words.wrong_auth_type_next()),
        RefusalCode::AccessDenied => (words.plan_required(), words.plan_required_next()),
        RefusalCode::PaymentRequired => (words.payment_required(), words.payment_required_next()),
        RefusalCode::NotInstalled | RefusalCode::ApplicationNotFound => {
            (words.not_installed(), words.not_installed_next())
        }
        _ => (words.refused_unknown(), words.refused_unknown_next()),
    }
}

fn limit_sentences(seconds: u64, operating: bool, words: &Words) -> (String, String) {
    if operating {
        let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
        return (words.operation_limited(), words.operation_limited_next(minutes));
    }
    (
        words.rate_limited(),
        words.rate_limited_next(i64::try_from(seconds).unwrap_or(i64::MAX)),
    )
}

fn portal_sentences(trouble: Trouble, words: &Words) -> (String, String) {
    match trouble {
        Trouble::Overloaded => (words.portal_overloaded(), words.portal_overloaded_next()),
        Trouble::Closed => (words.portal_closed(), words.portal_closed_next()),
        Trouble::Redirecting => (words.portal_licence(), words.portal_licence_next()),
        Trouble::Failing => (words.portal_failed(), words.portal_failed_next()),
        Trouble::Unreachable => (words.portal_unreachable(), words.portal_unreachable_next()),
    }
}

/// Why a request is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequestFault {
    /// Past the body limit. 413.
    TooLarge,
    /// Not a form, a parameter twice, too many of them, or a body that broke off. 400.
    Malformed(&'static str),
    /// The body took too long. 408.
    TooSlow,
}

impl RequestFault {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
        }
    }
}

/// Answers what is no request of ours; no page, because nobody made it by pressing a button.
pub(super) fn refuse_request(fault: RequestFault, wants_json: bool) -> Response {
    let words = Words::for_lang("en");
    let (slug, message, next) = match fault {
        RequestFault::TooLarge => ("too_large", words.too_large(), words.too_large_next()),
        RequestFault::Malformed(_) | RequestFault::TooSlow => {
            ("bad_request", words.bad_request(), words.bad_request_next())
        }
    };
    tracing::info!(?fault, "no request of ours");
    let face = Face {
        slug,
        status: fault.status(),
        message,
        next,
        retry: false,
        retry_after: None,
    };
    if wants_json {
        face.json()
    } else {
        (face.status, format!("{} {}\n", face.message, face.next)).into_response()
    }
}

/// A panic ends one request, is logged by the panic hook, and tells the visitor nothing of itself.
pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    let words = Words::for_lang("en");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        format!("{} {}\n", words.internal(), words.internal_next()),
    )
        .into_response()
}
