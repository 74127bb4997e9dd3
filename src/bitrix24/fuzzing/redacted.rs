//! Answers that are written down: without the secrets of the call, and without those that they bring.

use serde_json::Value;

use super::super::redact::{Secrets, cut, is_worth_keeping};

/// Names that nobody can take for anything but a secret's.
const NAMES: [&str; 7] = [
    "auth",
    "AUTH_ID",
    "REFRESH_ID",
    "access_token",
    "refresh_token",
    "client_secret",
    "application_token",
];

/// Tokens have at least as many letters.
const SHORTEST: usize = 12;

/// As many secrets are looked for in one answer.
const MOST: usize = 8;

/// First line: the secret of a call. The rest: the answer's JSON.
pub(crate) fn redact(input: &[u8]) -> bool {
    let mut parts = input.splitn(2, |byte| *byte == b'\n');
    let secret = parts.next().and_then(|line| std::str::from_utf8(line).ok());
    let body = parts.next().unwrap_or_default();
    let (Some(secret), true) = (secret, is_worth_keeping(body.len())) else {
        return false;
    };
    let Ok(answer) = serde_json::from_slice::<Value>(body) else {
        return false;
    };
    let clean = Secrets(&[secret]).removed_from(&answer);
    let text = clean.to_string().to_ascii_lowercase();
    let mut secrets = vec![secret];
    named(&answer, &mut secrets);
    for secret in secrets.into_iter().filter(|secret| is_like_a_token(secret)) {
        assert!(
            !text.contains(&secret.to_ascii_lowercase()),
            "{secret} is left in {text}"
        );
    }
    assert!(
        cut(clean).to_string().len() <= text.len().max(8 * 1024),
        "nothing is cut"
    );
    true
}

/// Letters and digits, as tokens are: nothing that JSON or what stands in a secret's place could be made of.
fn is_like_a_token(text: &str) -> bool {
    let letters = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let hidden = "hidden".contains(&text.to_ascii_lowercase());
    text.len() >= SHORTEST && letters && !hidden && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Texts under secrets' names.
fn named<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if NAMES.contains(&name.as_str()) && found.len() < MOST => {
                        found.push(text);
                    }
                    _ => named(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, found)),
        _ => {}
    }
}
