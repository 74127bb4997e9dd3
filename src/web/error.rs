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
use crate::app::{Failure, Slug};
use crate::bitrix24::Origin;
use crate::sentences::{self, Remedies};
use crate::words::Words;

/// How a failure looks from outside.
#[derive(Clone, Debug)]
pub(super) struct Face {
    pub(super) slug: &'static str,
    pub(super) status: StatusCode,
    pub(super) message: String,
    pub(super) next: String,
    pub(super) remedies: Remedies,
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
        let (message, next) = sentences::of(failure, words);
        Self {
            slug: slug.as_str(),
            status: status(slug),
            message,
            next,
            remedies: sentences::remedies(failure),
            retry_after: failure.retry_after(),
        }
    }

    /// The same for somebody who is not in the frame.
    pub(super) fn outside(failure: &Failure, words: &Words) -> Self {
        let face = Self::of(failure, words);
        let next = sentences::next_outside(failure, words);
        Self {
            next: next.unwrap_or(face.next),
            ..face
        }
    }

    pub(super) fn json(&self) -> Response {
        let body = JsonFailure {
            status: "error",
            error: self.slug,
            message: &self.message,
            next: &self.next,
            retry: self.remedies.retry,
            retry_after: self.retry_after,
        };
        self.timed((self.status, Json(body)).into_response())
    }

    /// Without a page.
    fn plainly(&self, wants_json: bool) -> Response {
        if wants_json {
            return self.json();
        }
        let text = format!("{} {}\n", self.message, self.next);
        self.timed((self.status, text).into_response())
    }

    /// The same about a channel that the publisher offers: its code is not the person's to mend.
    pub(super) fn about_offered(self, failure: &Failure, words: &Words) -> Self {
        match sentences::of_offered(failure, words) {
            Some((message, next)) => Self {
                message,
                next,
                remedies: Remedies {
                    support: matches!(failure, Failure::Refused(_)),
                    ..self.remedies
                },
                ..self
            },
            None => self,
        }
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
    /// A page without session and portal data for somebody who is not in the frame, with a link by which
    /// signing in starts anew. Pressing a button that reloads it would only repeat what cannot be repeated.
    pub(super) fn notice_outside(
        &self,
        face: &Face,
        title: String,
        words: &'static Words,
        sign_in: String,
    ) -> Response {
        let page = NoticePage {
            shell: self.shell(words, &[]),
            slug: face.slug,
            title,
            message: face.message.clone(),
            next: face.next.clone(),
            remedies: Remedies {
                support: face.remedies.support,
                ..Remedies::default()
            },
            sign_in: Some(sign_in),
        };
        face.timed(self.page(face.status, &[], page.render()))
    }

    /// A page without session and portal data, which `frame` may show so that it can be read there.
    pub(super) fn notice(
        &self,
        face: &Face,
        title: String,
        words: &'static Words,
        frame: &[Origin],
    ) -> Response {
        let page = NoticePage {
            shell: self.shell(words, frame),
            slug: face.slug,
            title,
            message: face.message.clone(),
            next: face.next.clone(),
            remedies: face.remedies,
            sign_in: None,
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
        Slug::InvalidCode | Slug::InvalidPortal | Slug::NotFound | Slug::Inactive | Slug::Refused => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Slug::SessionExpired | Slug::ReopenApp => StatusCode::UNAUTHORIZED,
        Slug::Forged | Slug::NotAdmin | Slug::MissingScope | Slug::AccessRestricted => StatusCode::FORBIDDEN,
        Slug::PlanRequired | Slug::PaymentRequired => StatusCode::PAYMENT_REQUIRED,
        Slug::NotInstalled => StatusCode::CONFLICT,
        Slug::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Slug::PortalUnavailable | Slug::Bitrix24Unavailable | Slug::StorageUnavailable | Slug::Overloaded => {
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
pub(super) fn refuse_request(fault: RequestFault, wants_json: bool, words: &Words) -> Response {
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
        remedies: Remedies::default(),
        retry_after: None,
    };
    face.plainly(wants_json)
}

/// Answers with a failure where no page can be made any more.
pub(super) fn answer_plainly(failure: &Failure, wants_json: bool) -> Response {
    Face::of(failure, Words::for_lang("en")).plainly(wants_json)
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
