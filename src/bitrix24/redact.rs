//! Taking secrets out of what is written down: by their names, wherever they are nested, and by their values,
//! wherever they turn up.

use serde_json::Value;

/// What stands in a secret's place.
pub(crate) const HIDDEN: &str = "(hidden)";

/// Names whose values are secret in everything that Bitrix24 sends; compared in lower case.
const SECRET_NAMES: [&str; 10] = [
    "auth",
    "auth_id",
    "refresh_id",
    "access_token",
    "refresh_token",
    "application_token",
    "client_secret",
    "session",
    "state",
    "auth_token",
];

/// The longest text of an exchange that is kept; the methods this app calls stay far below.
const LONGEST: usize = 8 * 1024;

/// The secrets of one call, which an answer may quote.
pub(crate) struct Secrets<'a>(pub(crate) &'a [&'a str]);

impl Secrets<'_> {
    /// The same value without secrets.
    pub(crate) fn removed_from(&self, value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let clean = |(name, value): (&String, &Value)| {
                    let secret = SECRET_NAMES.contains(&name.to_ascii_lowercase().as_str());
                    let value = if secret {
                        HIDDEN.into()
                    } else {
                        self.removed_from(value)
                    };
                    (self.removed_from_text(name), value)
                };
                Value::Object(fields.iter().map(clean).collect())
            }
            Value::Array(items) => items.iter().map(|item| self.removed_from(item)).collect(),
            Value::String(text) => self.removed_from_text(text).into(),
            other => other.clone(),
        }
    }

    fn removed_from_text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in self.0.iter().filter(|secret| !secret.is_empty()) {
            if text.contains(secret) {
                text = text.replace(secret, HIDDEN);
            }
        }
        text
    }
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
    use serde_json::json;

    #[test]
    fn secrets_go_by_name_and_by_value_at_every_depth() {
        let answer = json!({
            "result": {"ACCESS_TOKEN": "a", "list": [{"auth": {"member_id": "m"}}, "see s3cr3t here"]},
            "s3cr3t": 1,
            "error_description": "token s3cr3ts3cr3t is unknown",
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
    fn long_answers_are_cut_and_short_ones_are_not() {
        assert_eq!(cut(json!({"a": 1})), json!({"a": 1}));
        let long = cut(json!({"a": "ä".repeat(LONGEST)}));
        assert!(long.as_str().unwrap().starts_with("{\"a\":\"ää"));
        assert!(long.to_string().len() <= LONGEST);
    }
}
