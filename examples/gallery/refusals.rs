//! Every refusal that a press can meet, as the outcome on the page of the app.

use std::sync::Arc;

use channel_connect::app::{Failure, Trouble};
use channel_connect::bitrix24::{CallError, CodeError, Unbound};
use channel_connect::sentences;
use channel_connect::store::StoreError;
use channel_connect::web::pages::Outcome;
use channel_connect::words::Words;

use super::connecting::standalone;
use super::{CODE, State, connect_page, refusal};

/// One refusal of each kind of page that a refusal makes: the code is at fault, trying again helps, opening the app
/// again helps, nothing here helps.
const MAIN: &[&str] = &["not-found", "rate-limited", "reopen-app", "not-admin"];

/// Codes of the portal that become different sentences.
const CODES: &[&str] = &[
    "CODE",
    "NOT_FOUND",
    "INACTIVE",
    "IMBOT_ERROR",
    "NETWORK_ERROR",
    "ANSWER_MALFORMED",
    "ERROR_METHOD_NOT_FOUND",
    "INSUFFICIENT_SCOPE",
    "INVALID_CREDENTIALS",
    "USER_ACCESS_ERROR",
    "WRONG_AUTH_TYPE",
    "ACCESS_DENIED",
    "PAYMENT_REQUIRED",
    "APPLICATION_NOT_FOUND",
    "UNHEARD_OF",
];

pub(super) fn states(words: &'static Words) -> Vec<State> {
    let page = |failure: &Failure| {
        let mut page = connect_page(words, 2, Some(failed(failure, words)));
        page.custom_codes = !matches!(failure, Failure::NotOffered);
        if let Failure::Code(fault) = failure {
            page.code = typed(*fault);
        }
        page
    };
    let mut states: Vec<_> = failures()
        .into_iter()
        .map(|(name, failure)| {
            let state = State::of(format!("refused-{name}"), page(&failure).render());
            if MAIN.contains(&&*name) {
                state.main()
            } else {
                state
            }
        })
        .collect();
    let over = Failure::ReopenApp("gallery");
    let mut known = page(&over);
    known.shell.app_url = Some("https://acme.bitrix24.com/marketplace/app/channel.connect/".to_owned());
    states.push(State::of("refused-reopen-app-by-link", known.render()));
    let mut alone = page(&over);
    if let (Some(Outcome::Failed { next, .. }), Some(told)) =
        (&mut alone.outcome, sentences::next_outside(&over, words))
    {
        *next = told;
    }
    states.push(State::of("standalone-reopen-app", standalone(alone).render()));
    states
}

/// What somebody may have typed to be told so.
fn typed(fault: CodeError) -> String {
    match fault {
        CodeError::Empty => String::new(),
        CodeError::WrongLength => CODE[..30].to_owned(),
        CodeError::NotHex => format!("{}z", &CODE[..31]),
        CodeError::Several => format!("{CODE} {}", CODE.replace('5', "6")),
    }
}

/// What a failure looks like as an outcome, made as the doors make it.
pub(super) fn failed(failure: &Failure, words: &Words) -> Outcome {
    let (message, next) = sentences::of(failure, words);
    Outcome::Failed {
        slug: failure.slug().as_str(),
        message,
        next,
        remedies: sentences::remedies(failure),
    }
}

/// A name and a failure for each sentence that there is for one, except those of signing in.
fn failures() -> Vec<(String, Failure)> {
    let named = |name: &str, failure| (name.to_owned(), failure);
    let portal = CODES.iter().map(|code| {
        let name = code.to_ascii_lowercase().replace('_', "-");
        (name, Failure::Refused(refusal(code)))
    });
    portal
        .chain(ours().map(|(name, failure)| named(name, failure)))
        .collect()
}

fn ours() -> impl Iterator<Item = (&'static str, Failure)> {
    let limited = |seconds, operating| Failure::RateLimited { seconds, operating };
    let unbound = Unbound {
        what: "ONAPPUNINSTALL",
        code: "ERROR".to_owned(),
    };
    let unreadable = StoreError::Unreadable {
        table: "portals",
        key: "acme".to_owned(),
        why: "gallery",
    };
    [
        ("code-empty", Failure::Code(CodeError::Empty)),
        ("code-wrong-length", Failure::Code(CodeError::WrongLength)),
        ("code-not-hex", Failure::Code(CodeError::NotHex)),
        ("code-several", Failure::Code(CodeError::Several)),
        ("forged", Failure::Forged("gallery")),
        ("session-expired", Failure::SessionExpired),
        ("reopen-app", Failure::ReopenApp("gallery")),
        ("not-offered", Failure::NotOffered),
        ("not-admin", Failure::NotAdmin),
        ("not-installed", Failure::NotInstalled),
        ("unbound", Failure::Unbound(unbound)),
        ("rate-limited", limited(25, false)),
        ("operation-limited", limited(600, true)),
        ("too-many-refusals", Failure::TooManyRefusals { seconds: 240 }),
        ("overloaded", Failure::Overloaded),
        ("portal-overloaded", Failure::Portal(Trouble::Overloaded)),
        ("portal-closed", Failure::Portal(Trouble::Closed)),
        ("portal-licence", Failure::Portal(Trouble::Redirecting)),
        ("portal-failed", Failure::Portal(Trouble::Failing)),
        ("portal-unreachable", Failure::Portal(Trouble::Unreachable)),
        ("timeout", Failure::TimedOut),
        (
            "bitrix24-unavailable",
            Failure::AuthorizationServer(CallError::TimedOut),
        ),
        ("storage-unavailable", Failure::Storage(Arc::new(unreadable))),
        ("internal", Failure::Internal("gallery".to_owned())),
    ]
    .into_iter()
}
