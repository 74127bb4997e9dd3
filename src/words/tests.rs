//! What the build cannot check: which language is chosen, and how dates are written.

use super::{FILES, LANGUAGES, Words};

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
fn a_browser_may_ask_for_a_region_or_a_script_we_do_not_have() {
    for (header, tag) in [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("pt-PT", "pt-BR"),
        ("es-419,es;q=0.9", "es"),
        ("zh-HK", "zh-TW"),
        ("zh-Hans-SG", "zh-CN"),
        ("en;q=0.1, xx, ar-EG;q=0.7", "ar"),
    ] {
        assert_eq!(Words::for_accept_language(header).lang(), tag, "{header}");
    }
}

#[test]
fn a_list_that_no_browser_sends_is_not_read_to_its_end() {
    let header = |unknown| format!("{}de", "xx,".repeat(unknown));
    assert_eq!(Words::for_accept_language(&header(63)).lang(), "de");
    assert_eq!(Words::for_accept_language(&header(64)).lang(), "en");
}

#[test]
fn plurals_follow_the_number() {
    let words = Words::for_lang("en");
    assert!(words.rate_limited_next(1).contains("1 second."));
    assert!(words.rate_limited_next(30).contains("30 seconds."));
    assert!(words.operation_limited_next(1).contains("1 minute."));
}

#[test]
fn each_language_counts_in_its_own_way() {
    let said = |lang: &str, seconds| Words::for_lang(lang).rate_limited_next(seconds);
    let same_but_for_the_number = |lang: &str, one: i64, other: i64| {
        said(lang, one).replace(&one.to_string(), "") == said(lang, other).replace(&other.to_string(), "")
    };
    // секунду, секунды, секунд
    assert!(same_but_for_the_number("ru", 21, 41) && !same_but_for_the_number("ru", 21, 22));
    assert!(same_but_for_the_number("ru", 22, 34) && !same_but_for_the_number("ru", 22, 25));
    assert!(same_but_for_the_number("pl", 22, 34) && !same_but_for_the_number("pl", 21, 22));
    // A few (3 to 10), many (11 to 99), and the word that carries its number (2).
    assert!(same_but_for_the_number("ar", 3, 7) && !same_but_for_the_number("ar", 7, 11));
    assert!(!said("ar", 2).contains('2'));
    assert!(same_but_for_the_number("ja", 31, 32));
}

#[test]
fn a_moment_is_written_as_the_language_does() {
    let at = "2025-11-23T10:15:59.9Z".parse().expect("a time");
    for (lang, written) in [
        ("en", "November 23, 2025 at 10:15\u{202f}AM UTC"),
        ("de", "23. November 2025 um 10:15 UTC"),
        ("la", "23 de noviembre de 2025 a las 10:15 UTC"),
        ("ru", "23 ноября 2025\u{202f}г. в 10:15 UTC"),
        ("sc", "2025年11月23日 10:15 UTC"),
        ("tc", "2025年11月23日 上午10:15 UTC"),
        ("ar", "23 نوفمبر 2025 في 10:15 ص UTC"),
        ("kz", "2025 ж. 23 қараша, 10:15 UTC"),
    ] {
        let moment = Words::for_lang(lang).moment(at);
        assert_eq!(
            moment.replace(['\u{a0}', '\u{202f}'], " "),
            written.replace('\u{202f}', " "),
            "{lang}"
        );
    }
}

#[test]
fn bitrix24s_own_names_of_languages_are_understood() {
    for (lang, tag, dir) in [
        ("la", "es", "ltr"),
        ("br", "pt-BR", "ltr"),
        ("ua", "uk", "ltr"),
        ("sc", "zh-CN", "ltr"),
        ("tc", "zh-TW", "ltr"),
        ("vn", "vi", "ltr"),
        ("in", "hi", "ltr"),
        ("kz", "kk", "ltr"),
        ("ar", "ar", "rtl"),
        ("AR", "ar", "rtl"),
        ("pt-br", "pt-BR", "ltr"),
    ] {
        let words = Words::for_lang(lang);
        assert_eq!((words.lang(), words.dir()), (tag, dir), "{lang}");
    }
}

#[test]
fn no_language_is_left_in_english() {
    for language in LANGUAGES.iter().filter(|language| language.code != "en") {
        let (words, english) = (Words::for_lang(language.code), Words::for_lang("en"));
        assert_eq!(words.lang(), language.tag);
        for (one, other) in [
            (words.connect_title(), english.connect_title()),
            (words.forged_next(), english.forged_next()),
            (words.busy_still(), english.busy_still()),
            (words.disconnect_text(), english.disconnect_text()),
        ] {
            assert_ne!(one, other, "{}", language.tag);
        }
    }
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

/// Slavic typography: a preposition of one letter does not end a line.
#[test]
fn words_of_one_letter_stay_with_the_next() {
    for tag in ["pl", "ru", "uk"] {
        let (_, text) = FILES.iter().find(|(known, _)| *known == tag).expect("a file");
        let said = text.lines().filter(|line| !line.starts_with('#'));
        for line in said.filter_map(|line| line.split_once("= ")) {
            let words: Vec<_> = line.1.split(' ').collect();
            let torn = words.iter().rev().skip(1).find(|word| {
                let mut letters = word.trim_start_matches(['«', '„', '(']).chars();
                letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
            });
            assert_eq!(torn, None, "{tag}: {}", line.1);
        }
    }
}
