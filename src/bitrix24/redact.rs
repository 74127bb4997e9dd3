//! Taking secrets out of what is written down: by their names, wherever they are nested, and by their values,
//! wherever they turn up.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;
use zeroize::Zeroizing;

use super::refusal::MOST_DIGITS;
use super::wiped::Wiped;

/// What stands in a secret's place.
pub(crate) const HIDDEN: &str = "(hidden)";

/// Names whose values are secret in everything that Bitrix24 sends, compared as letters and digits in lower case;
/// beside them every name with one of the marks in it.
const SECRET_NAMES: [&str; 5] = ["auth", "authid", "refreshid", "session", "state"];
const SECRET_MARKS: [&str; 3] = ["token", "secret", "password"];

/// Shorter values under a secret's name (`1`, `N`) are no secrets to be looked for elsewhere.
const SHORTEST_SECRET: usize = 8;

/// Letters and digits without a break, with more digits than a word has: access and refresh tokens have about 70.
const SHORTEST_TOKEN: usize = 40;

/// The longest text of an exchange that is kept; the methods this app calls stay far below.
const LONGEST: usize = 8 * 1024;

/// Values under secrets' names that are looked for elsewhere: a portal must not keep us busy with its answer.
const MOST_NAMED: usize = 64;

/// The secrets of one call, which an answer may quote.
pub(crate) struct Secrets<'a>(pub(crate) &'a [&'a str]);

impl Secrets<'_> {
    /// The same value without secrets: neither those of the call, nor those that the answer itself brings.
    pub(crate) fn removed_from(&self, value: &Value) -> Value {
        let spelled = self.0.iter().flat_map(|secret| spellings(secret));
        let mut secrets: Zeroizing<Vec<String>> = Zeroizing::new(spelled.collect());
        named_secrets(value, &mut secrets);
        clean(value, longest_first(&mut secrets))
    }
}

/// A longer one goes first: it may contain a shorter one.
fn longest_first(secrets: &mut [String]) -> &[String] {
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
}

/// How a secret may be written in an answer that quotes it.
fn spellings(secret: &str) -> Vec<String> {
    if secret.is_empty() {
        return Vec::new();
    }
    let quoted = Value::from(secret).to_string();
    let in_json = quoted[1..quoted.len() - 1].to_owned();
    let mut all = vec![
        secret.to_owned(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        in_json.replace('/', "\\/"),
        in_json,
    ];
    all.dedup();
    all
}

/// Values under secrets' names, to be found wherever else they stand.
fn named_secrets(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if is_secret(name) && text.len() >= SHORTEST_SECRET => {
                        if found.len() < MOST_NAMED {
                            found.extend(spellings(text));
                        }
                    }
                    _ => named_secrets(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| named_secrets(item, found)),
        Value::String(text) => {
            if let Some(inner) = json_in(text) {
                named_secrets(&inner, found);
            }
        }
        _ => {}
    }
}

/// JSON in a text, as placements and batches have it, has names like any other.
fn json_in(text: &str) -> Option<Wiped> {
    let begins = text.trim_start().starts_with(['{', '[']);
    begins.then(|| serde_json::from_str(text).ok().map(Wiped))?
}

fn is_secret(name: &str) -> bool {
    let plain = name.bytes().filter(u8::is_ascii_alphanumeric);
    let plain: Vec<u8> = plain.map(|byte| byte.to_ascii_lowercase()).collect();
    let marked = |mark: &&str| plain.windows(mark.len()).any(|part| part == mark.as_bytes());
    SECRET_NAMES.iter().any(|name| plain == name.as_bytes()) || SECRET_MARKS.iter().any(marked)
}

fn clean(value: &Value, secrets: &[String]) -> Value {
    match value {
        Value::Object(fields) => {
            let clean = |(name, value): (&String, &Value)| {
                let value = if is_secret(name) {
                    HIDDEN.into()
                } else {
                    clean(value, secrets)
                };
                (clean_text(name, secrets), value)
            };
            Value::Object(fields.iter().map(clean).collect())
        }
        Value::Array(items) => items.iter().map(|item| clean(item, secrets)).collect(),
        Value::String(text) => clean_text(text, secrets).into(),
        other => other.clone(),
    }
}

fn clean_text(text: &str, secrets: &[String]) -> String {
    if let Some(inner) = json_in(text) {
        return clean(&inner, secrets).to_string();
    }
    let mut text = without_parameters(text);
    for secret in secrets {
        // Most texts are a word or a time, and a token does not fit into them.
        if secret.len() <= text.len() {
            text = replaced(&text, secret);
        }
    }
    without_tokens(text)
}

/// What nobody has named and nobody knows, but looks like nothing else than a token: a portal has more of its users'
/// tokens than the one of this call. Codes of channels and portals have 32 characters and stay.
fn without_tokens(text: String) -> String {
    let is_token = |word: &str| {
        word.len() >= SHORTEST_TOKEN && word.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS
    };
    let in_word = |c: char| c.is_ascii_alphanumeric();
    if !text.split(|c| !in_word(c)).any(is_token) {
        return text;
    }
    let words = text.split_inclusive(|c| !in_word(c)).map(|part| {
        let word = part.trim_end_matches(|c| !in_word(c));
        if is_token(word) {
            format!("{HIDDEN}{}", &part[word.len()..])
        } else {
            part.to_owned()
        }
    });
    words.collect()
}

/// `name=value`, as in addresses and forms, without the values of secrets.
fn without_parameters(text: &str) -> String {
    if !text.contains('=') {
        return text.to_owned();
    }
    let ends = |c: char| matches!(c, '&' | '?' | '#' | ';') || c.is_whitespace();
    let part = |part: &str| {
        let end = part.len()
            - part
                .chars()
                .next_back()
                .filter(|c| ends(*c))
                .map_or(0, char::len_utf8);
        match part[..end].split_once('=') {
            Some((name, value))
                if !value.is_empty() && is_secret(&percent_decode_str(name).decode_utf8_lossy()) =>
            {
                format!("{name}={HIDDEN}{}", &part[end..])
            }
            _ => part.to_owned(),
        }
    };
    text.split_inclusive(ends).map(part).collect()
}

/// A secret in another letter case is the same secret: tokens are hexadecimal.
fn replaced(text: &str, secret: &str) -> String {
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    let secret = Zeroizing::new(secret.to_ascii_lowercase());
    let (mut clean, mut from) = (String::with_capacity(text.len()), 0);
    while let Some(at) = lower[from..].find(secret.as_str()) {
        clean.push_str(&text[from..from + at]);
        clean.push_str(HIDDEN);
        from += at + secret.len();
    }
    clean.push_str(&text[from..]);
    clean
}

/// Whether an answer of so many bytes is worth being searched for secrets, and then cut.
pub(crate) fn is_worth_keeping(bytes: usize) -> bool {
    bytes <= 8 * LONGEST
}

/// What is too long is kept as the beginning of its text.
pub(crate) fn cut(value: Value) -> Value {
    let text = value.to_string();
    if text.len() <= LONGEST {
        return value;
    }
    Value::String(text.chars().take(LONGEST / 4).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn secrets_go_by_name_and_by_value_at_every_depth() {
        let answer = json!({
            "result": {"ACCESS_TOKEN": "a", "list": [{"auth": {"member_id": "m"}}, "see s3cr3t here"]},
            "s3cr3t": 1,
            "error_description": "token S3CR3Ts3cr3t is unknown",
        });
        let clean = Secrets(&["s3cr3t", ""]).removed_from(&answer);
        assert_eq!(
            clean,
            json!({
                "result": {"ACCESS_TOKEN": HIDDEN, "list": [{"auth": HIDDEN}, "see (hidden) here"]},
                HIDDEN: 1,
                "error_description": "token (hidden)(hidden) is unknown",
            })
        );
    }

    #[test]
    fn what_looks_like_a_token_goes_though_nobody_named_it() {
        let (code, token) = (
            "ab515f5d85a8b844d484f6ea75a2e494",
            "ab515f5d85a8b844d484f6ea75a2e4940123456789",
        );
        let answer = json!({"error": format!("{code} and \"{token}\"/{token}, {token}")});
        let clean = Secrets(&[]).removed_from(&answer);
        assert_eq!(
            clean["error"],
            format!("{code} and \"(hidden)\"/(hidden), (hidden)")
        );
    }

    #[test]
    fn secrets_that_the_answer_brings_go_wherever_they_stand() {
        let answer = json!({
            "refreshToken": "0123456789",
            "uri": "https://acme.example/?auth=fresh&DOMAIN=acme&auth%5Baccess_token%5D=new",
            "options": "{\"AUTH_ID\":\"abc\",\"code\":\"c\"}",
            "more": "\n [{\"APPLICATION_TOKEN\":\"abcdefgh\"}]",
            "note": "was 0123456789 before, and abcdefgh",
        });
        assert_eq!(
            Secrets(&[]).removed_from(&answer),
            json!({
                "refreshToken": HIDDEN,
                "uri": "https://acme.example/?auth=(hidden)&DOMAIN=acme&auth%5Baccess_token%5D=(hidden)",
                "options": "{\"AUTH_ID\":\"(hidden)\",\"code\":\"c\"}",
                "more": "[{\"APPLICATION_TOKEN\":\"(hidden)\"}]",
                "note": "was (hidden) before, and (hidden)",
            })
        );
    }

    #[test]
    fn of_two_secrets_the_longer_one_goes_whole_even_inside_a_text() {
        let inner = json!({"note": "zzzz5555-9999", "token": "zzzz5555-9999"}).to_string();
        assert_eq!(
            Secrets(&["zzzz5555"]).removed_from(&json!({"options": inner})),
            json!({"options": json!({"note": HIDDEN, "token": HIDDEN}).to_string()})
        );
    }

    #[test]
    fn long_answers_are_cut_and_short_ones_are_not() {
        assert_eq!(cut(json!({"a": 1})), json!({"a": 1}));
        let long = cut(json!({"a": "ä".repeat(LONGEST)}));
        assert!(long.as_str().unwrap().starts_with("{\"a\":\"ää"));
        assert!(long.to_string().len() <= LONGEST);
    }

    /// Some JSON that holds the secret in names, in values, in texts of JSON and in addresses, at any depth.
    fn holding(secret: String) -> impl Strategy<Value = Value> {
        let encoded = utf8_percent_encode(&secret, NON_ALPHANUMERIC).to_string();
        let leaf = prop_oneof![
            any::<i64>().prop_map(Value::from),
            "[a-zß=&? ]{0,12}".prop_map(Value::from),
            "[a-zß=&? ]{0,12}".prop_map({
                let secret = secret.clone();
                move |text| format!("{text}{secret}{text}").into()
            }),
            Just(Value::from(secret.to_ascii_uppercase())),
            Just(json!({"x": secret}).to_string().into()),
            Just(json!([{"x": [secret]}]).to_string().replace('/', "\\/").into()),
            Just(format!("https://h.example/a?b={encoded}&c=d").into()),
        ];
        leaf.prop_recursive(4, 40, 5, move |inner| {
            let names = prop_oneof!["[a-z]{1,6}".boxed(), Just(secret.clone()).boxed()];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::hash_map(names, inner, 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    fn with_secret() -> impl Strategy<Value = (String, Value)> {
        // Printable, as tokens may be; the marks of a secret's name in it would be hidden for that alone.
        "[!-~]{12,40}".prop_flat_map(|secret| (Just(secret.clone()), holding(secret)))
    }

    proptest! {
        #[test]
        fn a_secret_of_the_call_is_nowhere_left((secret, answer) in with_secret()) {
            let clean = Secrets(&[&secret]).removed_from(&answer).to_string().to_ascii_lowercase();
            for spelling in spellings(&secret) {
                prop_assert!(!clean.contains(&spelling.to_ascii_lowercase()), "{spelling} in {clean}");
            }
        }

        #[test]
        fn a_secret_of_the_answer_is_nowhere_left((secret, answer) in with_secret(), name in "(access_?token|AUTH_ID|client.secret)") {
            let answer = json!({name: secret, "rest": answer});
            let clean = Secrets(&[]).removed_from(&answer).to_string().to_ascii_lowercase();
            prop_assert!(!clean.contains(&secret.to_ascii_lowercase()), "{secret} in {clean}");
        }
    }
}
