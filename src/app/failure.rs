//! Why a deed was not done. Each variant says whose fault it is; `web/error.rs` gives status and sentence.

use std::sync::Arc;

use crate::bitrix24::{CallError, CodeError, Refusal, RefusalCode, Unbound};
use crate::store::StoreError;

use super::{SignInFault, Slug};

/// Seconds after which a person may try again when the portal's request limit was hit and does not say when
/// it ends: its bucket of 50 empties at 2 per second.
const BUCKET_SECONDS: u64 = 25;

/// Seconds after which there may be a place again; most launches and connects take less.
const UNTIL_THERE_IS_ROOM: u64 = 3;

/// Operating time is counted over ten minutes: a portal that names a much later end is not taken at its word.
const LONGEST_LIMIT: u64 = 24 * 60 * 60;

/// Why a deed was not done. Cheap to clone, because all waiters of one refresh share its failure.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// Somebody claims what the authorization server denies or does not know. 403 `forged`.
    #[error("forged: {0}")]
    Forged(&'static str),
    /// The same token was refused before, and remembered: it cost no question. Status and slug are those of then.
    #[error("{0}, as before")]
    RefusedBefore(Box<Failure>),
    /// The session is past its twelve hours. 401 `session_expired`.
    #[error("the session has expired")]
    SessionExpired,
    /// The tokens are over; opening the app again brings new ones. 401 `reopen_app`.
    #[error("the app must be reopened: {0}")]
    ReopenApp(&'static str),
    /// A sign-in outside the frame that came to nothing; the fault decides status and slug.
    #[error("no sign-in: {0}")]
    SignIn(#[from] SignInFault),
    /// The person's paste holds no code. 422 `invalid_code`; nothing was sent.
    #[error("no channel code: {0}")]
    Code(#[from] CodeError),
    /// Only offered channels may be connected here. 422 `refused`.
    #[error("the channel is not offered")]
    NotOffered,
    /// The publisher lets only administrators connect. 403 `not_admin`.
    #[error("the user is no administrator")]
    NotAdmin,
    /// The app is not installed in the portal (any more). 409 `not_installed`.
    #[error("the app is not installed")]
    NotInstalled,
    /// The portal did not bind an event that the app must hear of. 422 `refused`.
    #[error("the portal did not bind {} ({})", .0.what, .0.code)]
    Unbound(Unbound),
    /// The portal or the authorization server refused; the code decides slug and sentence.
    #[error("refused with {:?} ({})", .0.code, .0.sent)]
    Refused(Refusal),
    /// A limit of the portal. 429 `rate_limited`.
    #[error("limited by the portal for {seconds} s")]
    RateLimited {
        /// When to try again.
        seconds: u64,
        /// Whether it was the method's operating time rather than the number of requests.
        operating: bool,
    },
    /// A limit of ours: too much was refused of late that this client brought, or somebody in this portal's name.
    /// Nobody was asked. 429 `rate_limited`.
    #[error("limited for {seconds} s, after too many refusals")]
    TooManyRefusals {
        /// When to try again.
        seconds: u64,
    },
    /// More is under way than can be served in time; nothing was begun. 503 `overloaded`.
    #[error("overloaded")]
    Overloaded,
    /// The portal cannot serve now. 503 `portal_unavailable`.
    #[error("the portal is unavailable: {0:?}")]
    Portal(Trouble),
    /// The portal was silent past the limit. 504 `timeout`.
    #[error("the portal did not answer in time")]
    TimedOut,
    /// The authorization server cannot be asked. 503 `bitrix24_unavailable`.
    #[error("the authorization server is unavailable: {0}")]
    AuthorizationServer(CallError),
    /// Our database's fault. 503 `storage_unavailable`.
    #[error("storage: {0}")]
    Storage(Arc<StoreError>),
    /// Our configuration's or code's fault. 500 `internal`, loud in the log.
    #[error("internal: {0}")]
    Internal(String),
}

/// What is wrong with a portal that cannot serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// `OVERLOAD_LIMIT`: blocked by hand; trying again makes it worse.
    Overloaded,
    /// `PORTAL_DELETED`: temporarily closed.
    Closed,
    /// It redirects to its own licence page, or on and on.
    Redirecting,
    /// 5xx, HTML, or an answer that makes no sense.
    Failing,
    /// No connection, or one that broke.
    Unreachable,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Storage(Arc::new(error))
    }
}

impl Failure {
    /// The failure in one word.
    #[must_use]
    pub fn slug(&self) -> Slug {
        match self {
            Self::Forged(_) => Slug::Forged,
            Self::RefusedBefore(failure) => failure.slug(),
            Self::SessionExpired => Slug::SessionExpired,
            Self::ReopenApp(_) => Slug::ReopenApp,
            Self::SignIn(fault) => slug_of_sign_in(*fault),
            Self::Code(_) => Slug::InvalidCode,
            Self::NotOffered | Self::Unbound(_) => Slug::Refused,
            Self::NotAdmin => Slug::NotAdmin,
            Self::NotInstalled => Slug::NotInstalled,
            Self::Refused(refusal) => slug_of(refusal.code),
            Self::RateLimited { .. } | Self::TooManyRefusals { .. } => Slug::RateLimited,
            Self::Overloaded => Slug::Overloaded,
            Self::Portal(_) => Slug::PortalUnavailable,
            Self::TimedOut => Slug::Timeout,
            Self::AuthorizationServer(_) => Slug::Bitrix24Unavailable,
            Self::Storage(_) => Slug::StorageUnavailable,
            Self::Internal(_) => Slug::Internal,
        }
    }

    /// Seconds after which trying again may help, where that is known.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::RateLimited { seconds, .. } | Self::TooManyRefusals { seconds } => Some(*seconds),
            Self::Overloaded => Some(UNTIL_THERE_IS_ROOM),
            Self::AuthorizationServer(CallError::HeldBack(left)) => Some(left.as_secs() + 1),
            _ => None,
        }
    }

    /// What a failed call of a portal means, after everything that may be tried again was.
    #[must_use]
    pub fn of_portal(error: CallError, now: jiff::Timestamp) -> Self {
        match error {
            CallError::Refused(refusal) => Self::of_portal_refusal(refusal, now),
            CallError::Moved | CallError::Closed => Self::Portal(Trouble::Redirecting),
            CallError::Unreachable
            | CallError::HeldBack(_)
            | CallError::Forbidden(_)
            | CallError::Endpoint(_)
            | CallError::Interrupted => Self::Portal(Trouble::Unreachable),
            CallError::TimedOut => Self::TimedOut,
            CallError::Unreadable(_) | CallError::Unexpected(_) => Self::Portal(Trouble::Failing),
        }
    }

    /// What a refused or failed call of the authorization server means for whoever is in the frame; only a
    /// launch reads some refusals of `app.info` otherwise.
    pub(super) fn of_server(error: CallError, now: jiff::Timestamp) -> Self {
        let refusal = match error {
            CallError::Refused(refusal) => refusal,
            CallError::Endpoint(_) => return Self::of_portal(error, now),
            error => return Self::AuthorizationServer(error),
        };
        match refusal.code {
            RefusalCode::QueryLimitExceeded
            | RefusalCode::OperationTimeLimit
            | RefusalCode::PaymentRequired => Self::of_portal_refusal(refusal, now),
            _ if refusal.status >= 500 => Self::AuthorizationServer(CallError::Refused(refusal)),
            RefusalCode::ExpiredToken
            | RefusalCode::InvalidToken
            | RefusalCode::NoAuthFound
            | RefusalCode::AuthorizationError
            | RefusalCode::InvalidGrant
            | RefusalCode::NotInstalled
            | RefusalCode::ApplicationNotFound
            | RefusalCode::InsufficientScope
            | RefusalCode::InvalidCredentials
            | RefusalCode::UserAccessError
            | RefusalCode::WrongAuthType
            | RefusalCode::AccessDenied => Self::of_portal_refusal(refusal, now),
            RefusalCode::WrongClient
            | RefusalCode::InvalidClient
            | RefusalCode::InvalidRequest
            | RefusalCode::InvalidScope
            | RefusalCode::MethodNotFound => Self::Internal(format!(
                "the authorization server refuses our request: {}",
                refusal.sent
            )),
            _ => Self::AuthorizationServer(CallError::Refused(refusal)),
        }
    }

    fn of_portal_refusal(refusal: Refusal, now: jiff::Timestamp) -> Self {
        match refusal.code {
            RefusalCode::ExpiredToken
            | RefusalCode::InvalidToken
            | RefusalCode::NoAuthFound
            | RefusalCode::AuthorizationError
            | RefusalCode::InvalidGrant => Self::ReopenApp("the portal no longer takes the token"),
            RefusalCode::OverloadLimit => Self::Portal(Trouble::Overloaded),
            RefusalCode::PortalDeleted => Self::Portal(Trouble::Closed),
            RefusalCode::InternalServerError => Self::Portal(Trouble::Failing),
            RefusalCode::QueryLimitExceeded => Self::RateLimited {
                seconds: BUCKET_SECONDS,
                operating: false,
            },
            RefusalCode::OperationTimeLimit => {
                let left = refusal
                    .operating_reset_at
                    .map(|at| at.saturating_sub(now.as_second()));
                let seconds = left
                    .and_then(|left| u64::try_from(left).ok())
                    .unwrap_or(BUCKET_SECONDS);
                Self::RateLimited {
                    seconds: seconds.clamp(1, LONGEST_LIMIT),
                    operating: true,
                }
            }
            RefusalCode::InvalidRequest
            | RefusalCode::Batch
            | RefusalCode::WrongClient
            | RefusalCode::InvalidClient => {
                Self::Internal(format!("the portal refuses our request: {}", refusal.sent))
            }
            RefusalCode::Unknown if refusal.status >= 500 => Self::Portal(Trouble::Failing),
            _ => Self::Refused(refusal),
        }
    }
}

fn slug_of_sign_in(fault: SignInFault) -> Slug {
    match fault {
        SignInFault::Address(_) => Slug::InvalidPortal,
        SignInFault::State | SignInFault::AnotherPortal => Slug::Forged,
        SignInFault::TooLate => Slug::SessionExpired,
        SignInFault::Code => Slug::ReopenApp,
    }
}

/// The slug of a refusal that is passed on to the person as it is.
fn slug_of(code: RefusalCode) -> Slug {
    match code {
        RefusalCode::Code => Slug::InvalidCode,
        RefusalCode::NotFound => Slug::NotFound,
        RefusalCode::Inactive => Slug::Inactive,
        RefusalCode::InsufficientScope | RefusalCode::InvalidCredentials => Slug::MissingScope,
        RefusalCode::UserAccessError | RefusalCode::WrongAuthType => Slug::AccessRestricted,
        RefusalCode::AccessDenied => Slug::PlanRequired,
        RefusalCode::PaymentRequired => Slug::PaymentRequired,
        RefusalCode::NotInstalled | RefusalCode::ApplicationNotFound => Slug::NotInstalled,
        _ => Slug::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A portal may name any number as the end of its limit.
    #[test]
    fn whatever_end_of_a_limit_a_portal_names_the_wait_is_sane() {
        let now = jiff::Timestamp::from_second(1_795_521_600).unwrap();
        for (at, seconds) in [
            (None, BUCKET_SECONDS),
            (Some(1_795_522_200), 600),
            (Some(1_795_521_600), 1),
            (Some(i64::MIN), BUCKET_SECONDS),
            (Some(i64::MAX), LONGEST_LIMIT),
        ] {
            let refusal = Refusal {
                operating_reset_at: at,
                ..Refusal::of_code("OPERATION_TIME_LIMIT")
            };
            let failure = Failure::of_portal(CallError::Refused(refusal), now);
            let waits = matches!(failure, Failure::RateLimited { seconds: told, .. } if told == seconds);
            assert!(waits, "{at:?}: {failure}");
        }
    }
}
