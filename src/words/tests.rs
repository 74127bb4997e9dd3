//! What the build cannot check: which language is chosen, and how dates are written.

use super::{LANGUAGES, Words};

#[test]
fn an_unknown_language_reads_english() {
    for lang in ["en", "EN", "xx", "", "  ", "en-GB\0"] {
        assert_eq!(Words::for_lang(lang).lang(), "en", "{lang:?}");
    }
}

#[test]
fn a_browser_gets_the_first_language_we_have() {
    for header in ["", "*", "en", "xx-YY, en;q=0.5", "garbage;;;q=x", "en;q=0"] {
        let words = Words::for_accept_language(header);
        assert_eq!(
            (words.lang(), words.dir(), words.code()),
            ("en", "ltr", "en"),
            "{header:?}"
        );
    }
}

#[test]
fn plurals_follow_the_number() {
    let words = Words::for_lang("en");
    assert!(words.rate_limited_next(1).contains("1 second."));
    assert!(words.rate_limited_next(30).contains("30 seconds."));
    assert!(words.operation_limited_next(1).contains("1 minute."));
}

#[test]
fn inserted_values_bring_no_invisible_marks() {
    assert!(!Words::for_lang("en").open_chat_label("abc").contains('\u{2068}'));
}

#[test]
fn every_language_of_bitrix24_has_one_code_and_one_tag() {
    assert_eq!(LANGUAGES.len(), 20);
    for (index, language) in LANGUAGES.iter().enumerate() {
        let twin = |other: &super::Language| other.code == language.code || other.tag == language.tag;
        assert!(!LANGUAGES[index + 1..].iter().any(twin), "{language:?}");
    }
}
