//! What a person is told of a failure, on a page or in a terminal: which sentence belongs to which refusal, and
//! what helps.

use crate::app::{Failure, SignInFault, Slug, Trouble};
use crate::bitrix24::{AddressFault, CodeError, RefusalCode};
use crate::words::Words;

/// What a page offers to do about a failure, beside saying it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remedies {
    /// The same press may succeed later without anybody mending anything first.
    pub retry: bool,
    /// Opening the app afresh may help; outside of Bitrix24, signing in again.
    pub reopen: bool,
    /// The sentence says to write to the publisher's support.
    pub support: bool,
}

/// What helps against it.
#[must_use]
pub fn remedies(failure: &Failure) -> Remedies {
    match failure {
        Failure::RefusedBefore(failure) => remedies(failure),
        _ => Remedies {
            retry: helps_to_retry(failure),
            reopen: helps_to_reopen(failure),
            support: needs_support(failure),
        },
    }
}

fn helps_to_reopen(failure: &Failure) -> bool {
    match failure {
        Failure::SessionExpired | Failure::ReopenApp(_) => true,
        Failure::Refused(refusal) => refusal.code == RefusalCode::WrongAuthType,
        _ => false,
    }
}

fn needs_support(failure: &Failure) -> bool {
    match failure {
        Failure::Internal(_) | Failure::Unbound(_) => true,
        Failure::Refused(refusal) => matches!(
            refusal.code,
            RefusalCode::InsufficientScope | RefusalCode::WrongAuthType | RefusalCode::Unknown
        ),
        _ => false,
    }
}

fn helps_to_retry(failure: &Failure) -> bool {
    match failure {
        Failure::RateLimited { .. }
        | Failure::TooManyRefusals { .. }
        | Failure::Overloaded
        | Failure::TimedOut
        | Failure::Storage(_)
        | Failure::Internal(_)
        | Failure::Unbound(_) => true,
        Failure::AuthorizationServer(error) => error.code() != Some(RefusalCode::OverloadLimit),
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
#[must_use]
pub fn of(failure: &Failure, words: &Words) -> (String, String) {
    match failure {
        Failure::Forged(_) => (words.forged(), words.forged_next()),
        Failure::RefusedBefore(failure) => of(failure, words),
        Failure::SessionExpired => (words.session_expired(), words.session_expired_next()),
        Failure::ReopenApp(_) => (words.reopen_app(), words.reopen_app_next()),
        Failure::SignIn(fault) => sign_in_sentences(*fault, words),
        Failure::Code(fault) => code_sentences(*fault, words),
        Failure::NotOffered => (words.refused_not_offered(), words.refused_not_offered_next()),
        Failure::NotInstalled => (words.not_installed(), words.not_installed_next()),
        Failure::Unbound(_) => (words.unbound(), words.unbound_next()),
        Failure::NotAdmin => (words.not_admin(), words.not_admin_next()),
        Failure::Refused(refusal) => refusal_sentences(refusal.code, words),
        Failure::RateLimited { seconds, operating } => limit_sentences(*seconds, *operating, words),
        Failure::TooManyRefusals { seconds } => {
            let short = |seconds| words.too_many_refusals_next(seconds);
            (words.too_many_refusals(), in_a_while(*seconds, short, words))
        }
        Failure::Overloaded => (words.overloaded(), words.overloaded_next()),
        Failure::Portal(trouble) => portal_sentences(*trouble, words),
        Failure::TimedOut => (words.timeout(), words.timeout_next()),
        Failure::AuthorizationServer(_) => (words.bitrix24_unavailable(), words.bitrix24_unavailable_next()),
        Failure::Storage(_) => (words.storage_unavailable(), words.storage_unavailable_next()),
        Failure::Internal(_) => (words.internal(), words.internal_next()),
    }
}

/// What to do now for somebody who is not in the frame, where the app cannot be closed and opened again.
#[must_use]
pub fn next_outside(failure: &Failure, words: &Words) -> Option<String> {
    let told = matches!(failure, Failure::SignIn(_));
    let reopening = matches!(
        failure.slug(),
        Slug::SessionExpired | Slug::ReopenApp | Slug::Forged
    );
    (reopening && !told).then(|| words.sign_in_again_next())
}

fn sign_in_sentences(fault: SignInFault, words: &Words) -> (String, String) {
    match fault {
        SignInFault::Address(AddressFault::Empty) => (words.portal_empty(), words.portal_empty_next()),
        SignInFault::Address(AddressFault::Unreadable) => {
            (words.portal_unreadable(), words.portal_unreadable_next())
        }
        SignInFault::Address(AddressFault::Incomplete) => {
            (words.portal_incomplete(), words.portal_incomplete_next())
        }
        SignInFault::Address(AddressFault::NotPublic) => {
            (words.portal_private(), words.portal_private_next())
        }
        SignInFault::State => (words.sign_in_state(), words.sign_in_state_next()),
        SignInFault::TooLate => (words.sign_in_too_late(), words.sign_in_too_late_next()),
        SignInFault::AnotherPortal => (
            words.sign_in_another_portal(),
            words.sign_in_another_portal_next(),
        ),
        SignInFault::Code => (words.sign_in_code(), words.sign_in_code_next()),
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

/// What is told otherwise of a channel that the publisher offers, because its code is not the person's to mend.
#[must_use]
pub fn of_offered(failure: &Failure, words: &Words) -> Option<(String, String)> {
    match failure {
        // There is no code to send to anybody.
        Failure::NotAdmin => Some((words.not_admin(), words.offered_not_admin_next())),
        Failure::Refused(refusal) => match refusal.code {
            RefusalCode::Code | RefusalCode::NotFound => {
                Some((words.offered_gone(), words.offered_gone_next()))
            }
            RefusalCode::NetworkError => Some((words.refused_network(), words.offered_refused_next())),
            RefusalCode::Unknown => Some((words.refused_unknown(), words.offered_refused_next())),
            _ => None,
        },
        _ => None,
    }
}

fn limit_sentences(seconds: u64, operating: bool, words: &Words) -> (String, String) {
    if operating {
        return (words.operation_limited(), in_minutes(seconds, words));
    }
    let short = |seconds| words.rate_limited_next(seconds);
    (words.rate_limited(), in_a_while(seconds, short, words))
}

/// Nobody counts more than two minutes in seconds.
fn in_a_while(seconds: u64, short: impl Fn(i64) -> String, words: &Words) -> String {
    match i64::try_from(seconds) {
        Ok(seconds) if seconds < 120 => short(seconds),
        _ => in_minutes(seconds, words),
    }
}

fn in_minutes(seconds: u64, words: &Words) -> String {
    words.operation_limited_next(i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX))
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
