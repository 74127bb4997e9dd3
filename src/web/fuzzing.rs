//! What must hold for every form that is posted, and for every answer of Bitrix24 that a page is made of.

use super::error::Face;
use super::form::{MOST_FIELDS, unique};
use super::headers::Policy;
use crate::app::fuzzing::failures;
use crate::bitrix24::fuzzing::{is_hex_key, is_nameable, is_token, rest_answer as answer};
use crate::bitrix24::{Fields, LaunchRequest, Origin, PostedEvent};
use crate::words::Words;

/// The longest time that a page asks anybody to wait.
const A_DAY: u64 = 24 * 60 * 60;

/// The parameters, if each is there once.
fn fields(encoded: &[u8]) -> Option<Fields> {
    let fields = unique(encoded).ok()?;
    let pairs = form_urlencoded::parse(encoded).count();
    assert_eq!(fields.len(), pairs, "a parameter twice");
    assert!(pairs <= MOST_FIELDS, "too many parameters");
    for (name, value) in form_urlencoded::parse(encoded) {
        assert_eq!(fields.get(&name), Some(&*value), "another parameter");
    }
    Some(fields)
}

/// First line: the query. The rest: the body.
pub(crate) fn launch(input: &[u8]) -> bool {
    let mut parts = input.splitn(2, |byte| *byte == b'\n');
    let (query, body) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let (Some(query), Some(body)) = (fields(query), fields(body)) else {
        return false;
    };
    let Ok(launch) = LaunchRequest::parse(&query, &body) else {
        return false;
    };
    assert!(is_hex_key(launch.member_id.as_str()), "nobody's launch");
    assert!(
        is_token(launch.access.expose()) && is_token(launch.refresh.expose()),
        "no tokens"
    );
    assert!(
        launch
            .application_token
            .as_ref()
            .is_none_or(|token| is_token(token.expose()))
    );
    if let Some(language) = &launch.language {
        let plain = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_');
        assert!(
            (1..=8).contains(&language.len()) && language.bytes().all(plain),
            "{language}"
        );
        let _ = Words::for_lang(language);
    }
    if let Some(code) = &launch.suggested_code {
        assert!(is_hex_key(code.as_str()), "no code");
    }
    if let Some(origin) = launch.claimed_origin() {
        framed_by(&origin);
    }
    true
}

/// A page that an origin may show names it, and the policy is otherwise as it was.
fn framed_by(origin: &Origin) {
    is_nameable(origin);
    let library = url::Url::parse("https://api.bitrix24.com/api/v1/").expect("a constant");
    let policy = Policy::new(&library, false);
    let page = |origin: &Origin| {
        let header = policy.page(std::slice::from_ref(origin));
        header.to_str().map(str::to_owned).unwrap_or_default()
    };
    let usual = Origin::parse("https://acme.bitrix24.com").expect("a constant");
    assert_eq!(
        page(origin),
        page(&usual).replace(usual.as_str(), origin.as_str()),
        "another policy"
    );
}

/// The body of a post to `/events`.
pub(crate) fn event(input: &[u8]) -> bool {
    let Some(form) = fields(input) else {
        return false;
    };
    let read = PostedEvent::read(&form);
    let PostedEvent::Lifecycle(event) = &read else {
        return false;
    };
    assert!(
        event.member_id.as_ref().is_none_or(|id| is_hex_key(id.as_str())),
        "no portal"
    );
    assert!(
        event
            .application_token
            .as_ref()
            .is_none_or(|token| is_token(token.expose()))
    );
    if let Some(tokens) = &event.tokens {
        assert!(
            is_token(tokens.access.expose()) && is_token(tokens.refresh.expose()),
            "no tokens"
        );
    }
    assert!(
        event.sent_at.is_none_or(|at| at.as_second() > 0),
        "before the platform"
    );
    // It is kept as JSON and read again.
    let kept = form.to_json().ok().and_then(|kept| Fields::from_json(&kept));
    let again = PostedEvent::read(&kept.expect("texts become JSON and come back"));
    assert_eq!(format!("{read:?}"), format!("{again:?}"), "is kept otherwise");
    true
}

/// An answer to a call, with what a person is told of it.
pub(crate) fn rest_answer(input: &[u8]) -> bool {
    let error = match answer(input) {
        None => return false,
        Some(Ok(_)) => return true,
        Some(Err(error)) => error,
    };
    for failure in failures(&error) {
        for lang in ["en", "ar"] {
            let face = Face::of(&failure, Words::for_lang(lang));
            assert!(
                !face.message.is_empty() && !face.next.is_empty(),
                "nothing is said of {failure}"
            );
            assert!(
                face.retry_after
                    .is_none_or(|seconds| (1..=A_DAY).contains(&seconds)),
                "{failure}"
            );
            let answer = face.json();
            assert!(
                answer.status().is_client_error() || answer.status().is_server_error(),
                "{failure}"
            );
        }
    }
    false
}
