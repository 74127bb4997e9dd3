//! What must hold for every session and every state that a browser brings back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use super::session::{OpenedSession, sealed};
use super::{Failure, oauth_state};
use crate::bitrix24::{CallError, Egress, OauthState, Origin};
use crate::seal::Purpose;
use crate::seal::fuzzing::ring;

/// 2026-11-24, noon: seeds are judged by it.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_795_521_600).expect("a time of our age")
}

/// What begins with a brace stands for the words under the seal, everything else for what a form sends.
fn brought(purpose: Purpose, input: &[u8]) -> Option<String> {
    if !input.starts_with(b"{") {
        return String::from_utf8(input.to_vec()).ok();
    }
    let sealed = ring()
        .seal(purpose, b"", input)
        .expect("the system gives randomness");
    Some(URL_SAFE_NO_PAD.encode(sealed))
}

/// A session in a form's hidden field.
pub(crate) fn session(input: &[u8]) -> bool {
    let Some(text) = brought(Purpose::Session, input) else {
        return false;
    };
    let keys = ring();
    match OpenedSession::read(&text, keys, now()) {
        Ok(OpenedSession::Live(session)) => {
            origins(session.frame());
            assert!(session.holder().key.user_id.get() > 0, "a session of nobody");
            assert_eq!(session.is_framed(), !session.frame().is_empty());
            assert!(
                !session.is_framed() || !session.domain().is_empty(),
                "a frame without a host"
            );
            sealed_again(&session, keys);
            true
        }
        Ok(OpenedSession::Expired { frame, .. }) => {
            origins(&frame);
            false
        }
        Err(failure) => {
            assert!(matches!(failure, Failure::Forged(_)), "{failure}");
            false
        }
    }
}

/// A session seals and opens as the same, until its end and for its purpose.
fn sealed_again(session: &super::Session, keys: &crate::seal::KeyRing) {
    let ends = now() + jiff::SignedDuration::from_secs(1);
    let again = sealed(session, ends, keys, Purpose::Session).expect("seals");
    // A frame of many origins becomes too long for a form; pages have two at most.
    match OpenedSession::read(&again, keys, now()) {
        Ok(OpenedSession::Live(same)) => {
            assert_eq!(
                (&same.holder().key, same.frame()),
                (&session.holder().key, session.frame())
            );
            assert_eq!(
                (same.domain(), same.language()),
                (session.domain(), session.language())
            );
        }
        other => assert!(again.len() > super::session::LONGEST_SESSION, "{other:?}"),
    }
    assert!(
        !matches!(
            OpenedSession::read(&again, keys, ends),
            Ok(OpenedSession::Live(_))
        ),
        "lives past its end"
    );
    let elsewhere = sealed(session, ends, keys, Purpose::OauthState).expect("seals");
    assert!(
        OpenedSession::read(&elsewhere, keys, now()).is_err(),
        "of another purpose"
    );
}

fn origins(frame: &[Origin]) {
    for origin in frame {
        assert_eq!(
            Origin::parse(origin.as_str()).as_ref(),
            Some(origin),
            "no origin to name"
        );
    }
}

/// A state of a sign-in outside the frame.
pub(crate) fn oauth_state(input: &[u8]) -> bool {
    let Some(Ok(state)) = brought(Purpose::OauthState, input).map(|text| OauthState::parse(&text)) else {
        return false;
    };
    let (keys, egress) = (ring(), Egress::new(false, Vec::new()));
    let Some((_, sign_in)) = oauth_state::read(&state, keys, &egress) else {
        return false;
    };
    assert!(
        sign_in.portal().origin().starts_with("https://"),
        "another portal than https"
    );
    assert!(!sign_in.mark_name().is_empty(), "no cookie can be named");
    true
}

/// What is made of an answer that was none, by the portal's and by the authorization server's reading.
pub(crate) fn failures(error: &CallError) -> [Failure; 2] {
    [
        Failure::of_portal(error.clone(), now()),
        Failure::of_server(error.clone(), now()),
    ]
}
