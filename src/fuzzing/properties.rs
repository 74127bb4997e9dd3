//! The entries under inputs drawn by lot: what a fuzzer tries a million times, a little of it in every run of the
//! tests. Bytes without any order, and inputs of the shape that a reader expects.

use form_urlencoded::Serializer;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{TARGETS, feed};

const CODE: &str = "ab515f5d85a8b844d484f6ea75a2e494";

const LAUNCH: [&str; 14] = [
    "AUTH_ID",
    "AUTH_EXPIRES",
    "REFRESH_ID",
    "member_id",
    "status",
    "PLACEMENT",
    "PLACEMENT_OPTIONS",
    "SERVER_ENDPOINT",
    "APPLICATION_TOKEN",
    "APPLICATION_SCOPE",
    "DOMAIN",
    "PROTOCOL",
    "LANG",
    "APP_SID",
];

const EVENT: [&str; 10] = [
    "event_handler_id",
    "data[CLEAN]",
    "data[STATUS]",
    "data[",
    "ts",
    "auth[member_id]",
    "auth[access_token]",
    "auth[refresh_token]",
    "auth[application_token]",
    "auth[status]",
];

/// What stands in fields: anything, and what is nearly right.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[0-9a-fA-F]{30,34}",
        "[!-~]{1,80}",
        "(https?://)?[a-z;'*.,_-]{1,12}(:[0-9]{1,5})?(/rest/?)?",
        Just(format!("networkLines{CODE}")),
        Just(json!({"code": CODE}).to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
    ]
}

fn form(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    vec((proptest::sample::select(names), word()), 0..16)
        .prop_map(|pairs| Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// A form in which everything that is needed is there and right, beside what is not.
fn whole_launch() -> impl Strategy<Value = String> {
    (
        "[!-~]{1,512}",
        "[!-~]{1,512}",
        "[0-9a-fA-F]{32}",
        form(&LAUNCH[4..]),
    )
        .prop_map(|(access, refresh, member_id, rest)| {
            let needed = [
                ("AUTH_ID", access),
                ("REFRESH_ID", refresh),
                ("member_id", member_id),
            ];
            let mut form = Serializer::new(String::new());
            format!("{}&{rest}", form.extend_pairs(needed).finish())
        })
}

/// Any JSON, with the platform's names among the others.
fn answer() -> impl Strategy<Value = Value> {
    let names = prop_oneof![
        "(error|result|time|code|operating_reset_at|finish|user_id|ID|ADMIN|member_id|install|events|handler)",
        "(access_token|refresh_token|client_endpoint|expires|expires_in|auth|AUTH_ID|error_description)",
        "\\PC{0,6}",
    ];
    let leaf = prop_oneof![
        word().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(names.clone(), inner.clone(), 0..7)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            inner.prop_map(|inner| inner.to_string().into()),
        ]
    })
}

proptest! {
    // What fails is printed at its smallest, and becomes a seed.
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_bytes_come_every_reader_upholds_what_it_must(bytes in vec(any::<u8>(), 0..600)) {
        for target in TARGETS {
            let _ = feed(target.name, &bytes);
        }
    }

    #[test]
    fn whatever_text_comes_every_reader_upholds_what_it_must(text in "(\\PC|\\n){0,200}") {
        for target in TARGETS {
            let _ = feed(target.name, text.as_bytes());
        }
    }

    #[test]
    fn whatever_stands_in_the_fields_of_a_form(launch in form(&LAUNCH), query in form(&LAUNCH), event in form(&EVENT)) {
        let _ = feed("launch", format!("{query}\n{launch}").as_bytes());
        let kind = ["ONAPPINSTALL", "ONAPPUNINSTALL", "ONAPPUPDATE", "ONAPPPAYMENT"][event.len() % 4];
        let _ = feed("event", format!("event={kind}&{event}").as_bytes());
    }

    /// However long and odd the words of a launch, it is one: honest portals are never turned away.
    #[test]
    fn a_launch_with_everything_it_needs_is_one(body in whole_launch()) {
        let names: Vec<_> = form_urlencoded::parse(body.as_bytes()).map(|(name, _)| name.into_owned()).collect();
        let twice = names.iter().enumerate().any(|(at, name)| names[..at].contains(name));
        let text = format!("\n{body}");
        prop_assert_eq!(feed("launch", text.as_bytes()), !twice);
    }

    #[test]
    fn whatever_bitrix24_answers(status in 200_u16..600, answer in answer(), location in word()) {
        let location: String = location.chars().filter(|c| !c.is_control()).collect();
        let text = format!("{status}\nLocation: {location}\n\n{answer}");
        let _ = feed("rest_answer", text.as_bytes());
        let _ = feed("token_answer", text.as_bytes());
    }

    #[test]
    fn whatever_is_written_down(secret in "[0-9a-z]{12,40}", answer in answer()) {
        let quoting = json!({"note": format!("see {secret}"), "access_token": secret, "rest": answer});
        let text = format!("{secret}\n{quoting}");
        prop_assert!(feed("redact", text.as_bytes()));
    }

    #[test]
    fn whatever_is_typed_for_an_address(address in "(https?:/{0,3})?([a-z0-9;',*@\\\\%_.:\\[\\]-]|ß|。){1,24}(/rest/?){0,2}") {
        let _ = feed("endpoint", address.as_bytes());
        let _ = feed("portal_address", address.as_bytes());
    }

    #[test]
    fn whatever_is_sealed(purpose in any::<u8>(), context in vec(any::<u8>(), 0..40), plain in vec(any::<u8>(), 0..200)) {
        let length = u8::try_from(context.len()).unwrap();
        let _ = feed("sealed_blob", &[&[purpose, length], &context[..], &plain[..]].concat());
    }

    #[test]
    fn whatever_stands_under_the_seal(
        member_id in prop_oneof![Just("a223c6b3710f85df22e9377d6c4f7553".to_owned()), word()],
        user_id in any::<i64>(), frame in vec(word(), 0..4), domain in proptest::option::of(word()), ends in any::<i64>(),
    ) {
        let words = json!({"m": member_id, "u": user_id, "f": frame, "d": domain, "l": domain, "e": ends});
        let _ = feed("session", words.to_string().as_bytes());
        let words = json!({"p": domain, "b": member_id, "e": ends});
        let _ = feed("oauth_state", words.to_string().as_bytes());
    }

    #[test]
    fn whatever_stands_in_a_file_of_channels(code in word(), title in word(), lang in "[a-z]{2}(-[A-Z]{2})?") {
        let quoted = |text: &str| Value::from(text).to_string();
        let (code, title) = (quoted(&code), quoted(&title));
        let entry = format!("[[channels]]\ncode = {code}\ntitle = {{ en = {title}, {lang} = {title} }}\n");
        let _ = feed("channels_file", format!("{entry}{entry}").as_bytes());
        let _ = feed("channels_file", entry.as_bytes());
    }
}

/// The costliest inputs of the size that a reader takes: none may make it slow. They are read here, and time is not
/// measured; whatever grows faster than its input is felt.
#[test]
fn the_largest_and_oddest_inputs_are_read_in_no_time() {
    let body = 64 * 1024;
    let filled = |piece: &str, size: usize| piece.repeat(size / piece.len());
    for target in TARGETS {
        for piece in [
            "&",
            "a=&",
            "%",
            "%25",
            "&amp;",
            "[",
            "{\"a\":",
            "networklines",
            "\n",
            ".",
            "/rest/",
            "ß",
            "=",
        ] {
            let _ = feed(target.name, filled(piece, body).as_bytes());
        }
    }
    for piece in ["networklines", "%2525", "&amp;amp;", "networklines0", "0 "] {
        let _ = feed("code", filled(piece, 4096).as_bytes());
    }
    let secret = format!("{{\"access_token\":\"{}\"}},", filled("0a", 300));
    let short = "{\"access_token\":\"0123456789abc\"},";
    for (secrets, rest) in [
        (secret.as_str(), "\"[]\","),
        (&secret, "\"a=b\","),
        (short, "\"{\\\"a\\\":1}\","),
        (short, "\"x\","),
    ] {
        let answer = format!("[{}{}0]", filled(secrets, body / 3), filled(rest, body / 2));
        assert!(feed("redact", format!("0fuzz0secret\n{answer}").as_bytes()));
    }
}
