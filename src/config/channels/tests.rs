use super::*;

const CODE: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const OTHER: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

/// A file with one channel, whose code is on line 2.
fn one(rest: &str) -> String {
    format!("[[channels]]\ncode = \"{CODE}\"\n{rest}")
}

#[test]
fn the_documented_example_is_a_good_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/channels.example.toml");
    let channels = read(&path).unwrap();
    assert_eq!(channels.len(), 2);
    assert_eq!(channels[0].title.for_lang("de"), "Northwind-Kundendienst");
    assert_eq!(channels[0].title.for_lang("fr"), "Northwind Support");
    assert!(channels[0].welcome_message.is_some() && channels[1].welcome_message.is_none());
}

#[test]
fn an_empty_file_offers_nothing() {
    for text in ["", "# nothing yet\n", "channels = []\n", "\u{feff}"] {
        assert_eq!(parse(text), Ok(Vec::new()), "{text:?}");
    }
}

#[test]
fn a_code_may_be_a_link_that_carries_it() {
    let link = format!(
        "https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines{}",
        CODE.to_uppercase()
    );
    let channels = parse(&format!(
        "[[channels]]\ncode = \"{link}\"\ntitle = \" Support \"\n"
    ))
    .unwrap();
    assert_eq!(channels[0].code.as_str(), CODE);
    assert_eq!(channels[0].title.for_lang("pl"), "Support");
    assert_eq!(channels[0].description, None);
}

#[test]
fn texts_are_given_by_either_name_of_a_language() {
    let text = one("[channels.title]\n\"zh-TW\" = \"支援\"\nla = \"Soporte\"\nPT-br = \"Suporte\"\n");
    let title = parse(&text).unwrap().remove(0).title;
    for (language, read) in [
        ("tc", "支援"),
        ("es", "Soporte"),
        ("br", "Suporte"),
        ("en", "支援"),
    ] {
        assert_eq!(title.for_lang(language), read, "{language}");
    }
}

#[test]
fn whatever_is_wrong_is_said_in_one_line_that_names_the_line() {
    let long = |characters: usize| "ä".repeat(characters);
    for (text, said) in [
        ("[[channels]\n".to_owned(), "line 1: is no TOML: "),
        ("[[channels]]\ncode = \n".to_owned(), "line 2: is no TOML: "),
        (one("title = \"A\"\ntitle = \"B\"\n"), "line 4: is no TOML: "),
        (
            "\n[channels]\ncode = \"x\"\n".to_owned(),
            "line 2: channels must be written as [[channels]]",
        ),
        (
            "channels = [1]\n".to_owned(),
            "line 1: channels must be written as [[channels]]",
        ),
        (
            "channels = \"x\"\n".to_owned(),
            "line 1: channels must be written as [[channels]]",
        ),
        (
            "# one\n[[channel]]\n".to_owned(),
            "line 2: unknown key channel: only [[channels]] is read",
        ),
        (
            one("titel = \"A\"\n"),
            "line 3: unknown key titel: known are code, title, description, welcome_message",
        ),
        (
            "\n\n[[channels]]\ntitle = \"A\"\n".to_owned(),
            "line 3: the channel has no code",
        ),
        (one(""), "line 1: the channel has no title"),
        (
            "[[channels]]\ncode = 7\ntitle = \"A\"\n".to_owned(),
            "line 2: code must be a text",
        ),
        (
            "[[channels]]\ncode = \"\"\ntitle = \"A\"\n".to_owned(),
            "line 2: code is no channel code: no code was given",
        ),
        (
            format!("[[channels]]\ntitle = \"A\"\ncode = \"{}\"\n", &CODE[1..]),
            "line 3: code is no channel code: a code has 32 hexadecimal digits",
        ),
        (
            "[[channels]]\ntitle = \"A\"\ncode = \"Our friendly support channel 0001\"\n".to_owned(),
            "line 3: code is no channel code: a code has only hexadecimal digits",
        ),
        (one("title = \"  \"\n"), "line 3: title is empty"),
        (one("title = {}\n"), "line 3: title is empty"),
        (
            one("title = [\"A\"]\n"),
            "line 3: title must be a text, or a table of texts by language",
        ),
        (one("title = { en = 1 }\n"), "line 3: title must be a text"),
        (one("title = \"A\\nB\"\n"), "line 3: title must be a single line"),
        (
            one("title = { en = \"A\", xx = \"B\" }\n"),
            "line 3: title has a text in xx, which is no language of Bitrix24",
        ),
        (
            one("title = \"A\"\n[channels.description]\nen = \"A\"\nes = \"B\"\nla = \"C\"\n"),
            "line 7: description has two texts in es",
        ),
        (
            one("title = \"A\"\ndescription = \"\"\n"),
            "line 4: description is empty",
        ),
        (
            one(&format!("title = \"{}\"\n", long(101))),
            "line 3: title is longer than 100 characters",
        ),
        (
            one(&format!("title = \"A\"\ndescription = \"{}\"\n", long(501))),
            "line 4: description is longer than 500 characters",
        ),
        (
            one(&format!(
                "title = \"A\"\nwelcome_message = {{ de = \"{}\" }}\n",
                long(2001)
            )),
            "line 4: welcome_message is longer than 2000 characters",
        ),
        (
            one(&format!(
                "title = \"A\"\n\n[[channels]]\ntitle = \"B\"\ncode = \"networkLines{CODE}\"\n"
            )),
            "line 7: the code is that of an earlier channel",
        ),
    ] {
        let fault = parse(&text).unwrap_err();
        assert!(fault.starts_with(said), "{text}: {fault}");
        assert!(said.ends_with(": ") || fault == said, "{text}: {fault}");
        assert!(!fault.contains('\n'), "{fault}");
    }
}

#[test]
fn forgotten_quotation_marks_are_called_that() {
    let said = "is no TOML: a text stands in quotation marks, like \"this\"";
    for value in [CODE, "Support", "“Support”", "5x"] {
        let fault = parse(&one(&format!("title = {value}\n"))).unwrap_err();
        assert_eq!(fault, format!("line 3: {said}"), "{value}");
    }
    let whole = format!("[[channels]]\ncode = {CODE}");
    assert_eq!(parse(&whole).unwrap_err(), format!("line 2: {said}"));
}

#[test]
fn what_nobody_sees_is_no_text() {
    for (rest, said) in [
        (r#"title = "\u200b\ufeff""#, "title is empty"),
        (
            r#"title = "A\u0000B""#,
            "title holds the control character U+0000",
        ),
        (
            r#"welcome_message = "\u001b[1m""#,
            "welcome_message holds the control character U+001B",
        ),
    ] {
        let title = if rest.starts_with("title") {
            ""
        } else {
            "title = \"A\"\n"
        };
        let fault = parse(&one(&format!("{title}{rest}\n"))).unwrap_err();
        assert!(fault.ends_with(said), "{rest}: {fault}");
    }
    assert!(parse(&one("title = \"A\"\ndescription = \"A\\n\\tB\"\n")).is_ok());
}

#[test]
fn texts_of_just_the_longest_length_and_several_channels_are_fine() {
    let title = "ä".repeat(100);
    let text = one(&format!(
        "title = \"{title}\"\n\n[[channels]]\ncode = \"{OTHER}\"\ntitle = \"B\"\n"
    ));
    assert_eq!(parse(&text).unwrap().len(), 2);
}

#[test]
fn a_hundred_channels_are_enough() {
    let entry = |number: usize| format!("[[channels]]\ncode = \"{number:032x}\"\ntitle = \"A\"\n");
    let text = |count: usize| (0..count).map(entry).collect::<String>();
    assert_eq!(parse(&text(100)).unwrap().len(), 100);
    assert_eq!(
        parse(&text(101)),
        Err("line 301: there are more than 100 channels".to_owned())
    );
}

#[test]
fn a_file_that_cannot_be_read_says_so() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        read(&folder.path().join("no.toml")),
        Err("names a file that is not there".to_owned())
    );
    let file = folder.path().join("latin1.toml");
    std::fs::write(&file, b"# fine\n# caf\xe9\n").unwrap();
    assert_eq!(read(&file), Err("line 2: is not UTF-8".to_owned()));
}
