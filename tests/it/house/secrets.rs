//! What could show a secret by itself: types whose derived `Debug` prints a text that may be one, and errors whose words
//! quote somebody else.

use super::source::{Source, rust_files};

/// Fields of which any name says that a secret may stand in them.
const MARKS: [&str; 22] = [
    "token", "secret", "session", "state", "auth", "code", "cookie", "password", "key", "body", "header",
    "identity", "plain", "webhook", "query", "mark", "request", "response", "canary", "sealed", "sent",
    "params",
];

/// What holds text. Types of our own look after themselves.
const TEXTS: [&str; 7] = ["String", "Vec<u8>", "Cow<", "&'a str", "Value", "Bytes", "Map<"];

/// What shows its content in every case.
const NEVER: [&str; 2] = ["Zeroizing<", "HeaderMap"];

/// Fields that look like secrets and hold none, and why.
const HARMLESS: &[(&str, &str)] = &[
    ("AppCode", "names the app in the Market"),
    ("OpenChannelCode", "the channel's code is no secret"),
    ("Unbound.code", "a refusal's code, in letters alone"),
    (
        "Refusal.sent",
        "the code, with nothing in it that looks like a token",
    ),
    ("Call.params", "without auth, which is put in for sending"),
    ("Exchange.request", "written down without its secrets"),
    (
        "Exchange.response",
        "cleaned of every name and value that is a secret",
    ),
    ("LoggedCall.request", "as in Exchange"),
    ("LoggedCall.response", "as in Exchange"),
    ("LoggedCall.request_id", "a UUID"),
    ("CallSummary.request", "as in Exchange"),
    ("CallSummary.response", "as in Exchange"),
    ("CallSummary.request_id", "a UUID"),
    ("EventSummary.state", "waiting, done or dead"),
    ("EventFilter.state", "waiting, done or dead"),
    ("KeyId", "a key's name"),
    ("StoreError.key", "a row's key: ids"),
    ("ConnectPage.code", "the channel's code as it was typed"),
    ("OfferedCard.code", "the channel's code is no secret"),
    ("ConnectedChannel.code", "the channel's code is no secret"),
    ("Outcome.code", "the channel's code is no secret"),
];

/// Texts and foreign errors in our own errors' words, and why nothing secret can be in them.
const TOLD: &[(&str, &str)] = &[
    (
        "Failure::Internal",
        "put together here, of our own words, ids and refusals' codes",
    ),
    (
        "StoreError::Unavailable",
        "the database is sent secrets sealed only; its URL is not part of its errors",
    ),
    ("StoreError::Migration", "as above"),
    (
        "StoreError::Unreadable",
        "a row's table and key, without its content",
    ),
    (
        "Unseen::NoConnection",
        "the transport's cause, which does not know the URL",
    ),
    ("Unseen::Certificate", "the certificate's names"),
    ("ConfigFault.variable", "its name"),
    ("ConfigFault.fault", "words of ours, without the value"),
];

/// One type with its derived traits and its lines.
struct Derived {
    file: String,
    name: String,
    traits: String,
    lines: Vec<String>,
}

/// Every struct and enum that derives something.
fn derived(file: &Source) -> Vec<Derived> {
    let code = file.code_without_tests();
    let mut found = Vec::new();
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(traits) = line.trim().strip_prefix("#[derive(") else {
            continue;
        };
        let mut traits = traits.to_owned();
        let mut body = Vec::new();
        for line in lines.by_ref() {
            if body.is_empty() && !line.contains("struct ") && !line.contains("enum ") {
                traits.push_str(line);
                continue;
            }
            body.push(line.to_owned());
            if line.starts_with('}') || line.ends_with(';') {
                break;
            }
        }
        let words: Vec<&str> = body[0].split([' ', '(', '{', '<', ';']).collect();
        let at = words
            .iter()
            .position(|word| ["struct", "enum"].contains(word))
            .unwrap();
        found.push(Derived {
            file: file.path.clone(),
            name: words[at + 1].to_owned(),
            traits,
            lines: body,
        });
    }
    found
}

fn all() -> Vec<Derived> {
    rust_files(&["src"]).iter().flat_map(derived).collect()
}

/// The fields of a type: what they are called, as `Type.field`, and what they are. A type around one value is called
/// as itself.
fn fields(derived: &Derived) -> Vec<(String, String)> {
    let first = &derived.lines[0];
    if let Some((_, inside)) = first.split_once('(').filter(|_| first.ends_with(';')) {
        return vec![(derived.name.clone(), inside.to_owned())];
    }
    let named = derived.lines[1..].iter().filter_map(|line| {
        let (name, kind) = line.trim().split_once(": ")?;
        let name = name.rsplit(' ').next()?;
        Some((format!("{}.{name}", derived.name), kind.to_owned()))
    });
    named.collect()
}

#[test]
fn no_derived_debug_shows_what_may_be_a_secret() {
    let mut harmless: Vec<&str> = Vec::new();
    for derived in all().iter().filter(|derived| derived.traits.contains("Debug")) {
        for (name, kind) in fields(derived) {
            let shown = NEVER.iter().find(|never| kind.contains(**never));
            assert!(
                shown.is_none(),
                "{}: {name} is a {kind}, and Debug is derived",
                derived.file
            );
            let lower = name.rsplit('.').next().unwrap().to_lowercase();
            let marked = MARKS.iter().any(|mark| lower.contains(mark));
            if !marked || !TEXTS.iter().any(|text| kind.contains(text)) {
                continue;
            }
            let known = HARMLESS.iter().find(|(harmless, _)| *harmless == name);
            let known = known.unwrap_or_else(|| {
                panic!(
                    "{}: Debug of {name}: {kind} is derived: write it by hand, or say in HARMLESS why it may be shown",
                    derived.file
                )
            });
            harmless.push(known.0);
        }
    }
    for (name, _) in HARMLESS {
        assert!(harmless.contains(name), "{name} is no field any more");
    }
}

/// What is not made of types that wipe themselves, and how it is wiped.
const WIPED: [(&str, &str, &str); 5] = [
    (
        "src/bitrix24/fields.rs",
        "impl Drop for Fields {",
        "value.zeroize();",
    ),
    (
        "src/bitrix24/wiped.rs",
        "impl Drop for Wiped {",
        "wipe(&mut self.0);",
    ),
    (
        "src/bitrix24/token_endpoint/answer.rs",
        "impl Drop for TokenAnswer {",
        ".into_secret().zeroize();",
    ),
    (
        "src/config/read.rs",
        "impl Drop for Environment {",
        "for_each(Zeroize::zeroize);",
    ),
    ("src/web/form.rs", "fn wipe(sent: Bytes) {", "sent.zeroize();"),
];

/// Nobody may look into memory that was given back, so the source must do.
#[test]
fn what_carries_secrets_is_wiped() {
    let files = rust_files(&["src"]);
    for (path, begins, wipes) in WIPED {
        let file = files.iter().find(|file| file.path == path).unwrap();
        let after = file
            .text
            .split_once(begins)
            .unwrap_or_else(|| panic!("{path}: {begins} is gone"))
            .1;
        let body = after.split("\n}").next().unwrap();
        assert!(body.contains(wipes), "{path}: {begins} does not wipe");
    }
}

#[test]
fn errors_quote_nobody() {
    let mut told: Vec<&str> = Vec::new();
    for derived in all().iter().filter(|derived| derived.traits.contains("Error")) {
        let mut variant = String::new();
        for line in &derived.lines[1..] {
            let line = line.trim();
            if line.starts_with('#') {
                continue;
            }
            if line.starts_with(|first: char| first.is_ascii_uppercase()) {
                let name = line.split(['(', ' ', ',', '{']).next().unwrap();
                variant = format!("{}::{name}", derived.name);
            }
            let foreign = line.contains("::Error") || line.contains("MigrateError");
            if !foreign && !TEXTS.iter().any(|text| line.contains(text)) {
                continue;
            }
            let field = line.split(": ").next().unwrap().trim_start_matches("pub ");
            let name = if variant.is_empty() {
                format!("{}.{field}", derived.name)
            } else {
                variant.clone()
            };
            let known = TOLD.iter().find(|(known, _)| *known == name);
            let known = known
                .unwrap_or_else(|| panic!("{}: {name} may quote: say in TOLD why it does not", derived.file));
            told.push(known.0);
        }
    }
    for (name, _) in TOLD {
        assert!(told.contains(name), "{name} is no error any more");
    }
}
