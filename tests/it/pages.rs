//! What holds in every state of every page, in every language.

use std::collections::BTreeSet;

use channel_connect::app::Failure;
use channel_connect::sentences;
use channel_connect::words::Words;

use crate::gallery::{State, languages, states};

#[test]
fn no_page_needs_inline_script_or_style() {
    for State { name, html, .. } in states(Words::for_lang("en")) {
        let scripts = html.matches("<script").count();
        assert_eq!(
            scripts,
            html.matches(r#"<script type="module" src="/static/page-"#)
                .count(),
            "{name}"
        );
        let preloads = html.matches(r#"<link rel="modulepreload" href="/static/"#);
        assert!(
            preloads.count() > 3,
            "{name} asks for its modules one behind the other"
        );
        for inline in ["<style", " style=", "javascript:", "srcdoc="] {
            assert!(!html.contains(inline), "{name} has {inline}");
        }
        assert!(!handles_an_event(&html), "{name} has a script in an attribute");
    }
}

#[test]
fn a_page_has_one_thing_to_do_before_all_others() {
    for State { name, html, .. } in states(Words::for_lang("en")) {
        // What only a script shows stands in the page as well.
        let (shown, _) = html.split_once("<template").unwrap_or((&html, ""));
        let rest = html.split_once("</template>").map_or("", |(_, rest)| rest);
        let leading = |html: &str| {
            html.matches(r#"class="button""#).count() + html.matches(r#"class="button small""#).count()
        };
        assert!(leading(shown) + leading(rest) <= 1, "{name}");
    }
}

#[test]
fn whoever_is_sent_to_the_support_has_the_way_there_beside_the_sentence() {
    let mut seen = 0;
    for State { name, html, .. } in states(Words::for_lang("en")) {
        let Some((_, outcome)) = html.split_once("id=\"outcome\"") else {
            continue;
        };
        let outcome = outcome.split("</section>").next().unwrap();
        let sent = outcome.contains("contact our support");
        assert_eq!(outcome.contains("https://example.com/support"), sent, "{name}");
        seen += usize::from(sent);
    }
    assert!(seen > 5, "only {seen} pages");
}

#[test]
fn long_waits_are_said_in_minutes() {
    let words = Words::for_lang("en");
    let next = |seconds| sentences::of(&Failure::TooManyRefusals { seconds }, words).1;
    assert!(
        next(119).starts_with("Try again in 119 seconds."),
        "{}",
        next(119)
    );
    assert_eq!(next(121), "Try again in 3 minutes.");
}

/// Whether an element has an attribute such as `onclick`.
fn handles_an_event(html: &str) -> bool {
    let attributes = html
        .split(char::is_whitespace)
        .filter_map(|word| word.strip_prefix("on")?.split_once('='));
    attributes
        .map(|(event, _)| event)
        .any(|event| !event.is_empty() && event.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Where the gallery leaves a refusal out, nobody looks at its page in the browser either.
#[test]
fn every_sentence_of_a_refusal_stands_on_a_page_of_the_gallery() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let code = read("src/sentences.rs");
    let said = code
        .split("words.")
        .skip(1)
        .filter_map(|rest| rest.split_once('('));
    let said: BTreeSet<_> = said.map(|(name, _)| name).collect();
    let sentences = sentences(&read("locales/en.ftl"));
    let pages: String = states(Words::for_lang("en"))
        .into_iter()
        .map(|state| state.html)
        .collect();
    let mut seen = 0;
    for (name, text) in sentences.iter().filter(|(name, _)| said.contains(&**name)) {
        let text = text.split('{').next().unwrap().trim();
        // What begins with a choice or another sentence is seen with what belongs to it.
        if !text.is_empty() {
            assert!(
                pages.contains(&text.replace('\'', "&#39;")),
                "no page says {name}: {text}"
            );
            seen += 1;
        }
    }
    assert!(seen > 60, "the sentences are not read: {seen}");
}

/// The typed name and the text of each sentence that stands in one line.
fn sentences(file: &str) -> Vec<(String, String)> {
    let mut id = "";
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    let read = lines.filter_map(|line| {
        let (name, text) = line.split_once('=')?;
        let name = name.trim();
        let attribute = name
            .strip_prefix('.')
            .map(|attribute| format!("{id}_{attribute}"));
        let full = attribute.unwrap_or_else(|| {
            id = name;
            name.to_owned()
        });
        Some((full.replace('-', "_"), text.trim().to_owned()))
    });
    read.collect()
}

#[test]
fn every_language_has_the_same_pages_and_each_page_a_name_of_its_own() {
    let names = |words| {
        states(words)
            .into_iter()
            .map(|state| state.name)
            .collect::<Vec<_>>()
    };
    let english = names(Words::for_lang("en"));
    assert_eq!(english.iter().collect::<BTreeSet<_>>().len(), english.len());
    for words in languages() {
        let missing: Vec<_> = names(words);
        let missing: Vec<_> = english.iter().filter(|name| !missing.contains(name)).collect();
        let legal = ["privacy", "license"];
        assert!(
            missing.iter().all(|name| legal.contains(&name.as_str())),
            "{}: {missing:?}",
            words.lang()
        );
    }
}
