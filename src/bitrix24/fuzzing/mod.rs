//! What must hold for everything that Bitrix24, or somebody in its name, can send or paste.

mod addresses;
mod answers;
mod redacted;

pub(crate) use addresses::{endpoint, is_nameable, portal_address};
pub(crate) use answers::{SENT, answer, at_once, rest_answer};
pub(crate) use redacted::redact;

pub(crate) use super::token_endpoint::fuzzing::token_answer;

use super::OpenChannelCode;
use super::code::plain;

/// What a person pastes for a channel's code.
pub(crate) fn code(input: &[u8]) -> bool {
    let Ok(pasted) = std::str::from_utf8(input) else {
        return false;
    };
    let Ok(code) = OpenChannelCode::find(pasted) else {
        return false;
    };
    let digits = code.as_str();
    assert!(is_hex_key(digits), "{digits} is no code");
    assert!(plain(pasted).contains(digits), "{digits} was not pasted");
    assert_eq!(
        OpenChannelCode::find(digits).as_ref(),
        Ok(&code),
        "is not found in itself"
    );
    let link = format!("https://acme.bitrix24.com/online/?IM_DIALOG=networkLines{digits}");
    assert_eq!(
        OpenChannelCode::find(&link).as_ref(),
        Ok(&code),
        "is not found in its link"
    );
    true
}

/// 32 lower-case hex digits: what codes and portals' keys are.
pub(crate) fn is_hex_key(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a text may be a token at all.
pub(crate) fn is_token(text: &str) -> bool {
    (1..=512).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}
