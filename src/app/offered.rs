//! The channels that the publisher offers, and their texts in the languages that the publisher wrote.

use crate::bitrix24::OpenChannelCode;

/// The language that stands in for a missing one, if the publisher wrote it.
const FALLBACK: &str = "en";

/// A channel that the publisher offers to everybody who opens the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedChannel {
    /// The channel.
    pub code: OpenChannelCode,
    /// Its name for people.
    pub title: Texts,
    /// What it is good for.
    pub description: Option<Texts>,
    /// What is written to the person who connected it.
    pub welcome_message: Option<Texts>,
}

/// A text in one language or several; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// What is read where there is no better one.
    otherwise: String,
    by_language: Vec<TextIn>,
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextIn {
    /// What Bitrix24 calls the language.
    pub code: &'static str,
    /// What the rest of the world calls it: a BCP 47 tag.
    pub tag: &'static str,
    /// The text.
    pub text: String,
}

impl Texts {
    /// One text for every language.
    #[must_use]
    pub fn for_all(text: String) -> Self {
        Self {
            otherwise: text,
            by_language: Vec::new(),
        }
    }

    /// A text for each of some languages; for all others the English one, else the first. Nothing when there
    /// are none.
    #[must_use]
    pub fn by_language(texts: Vec<TextIn>) -> Option<Self> {
        let english = texts.iter().find(|text| text.code == FALLBACK);
        let otherwise = english.or(texts.first())?.text.clone();
        Some(Self {
            otherwise,
            by_language: texts,
        })
    }

    /// The text for what Bitrix24 sends as `LANG`; a plain language tag will do too.
    #[must_use]
    pub fn for_lang(&self, language: &str) -> &str {
        let by_code = |text: &&TextIn| text.code.eq_ignore_ascii_case(language);
        let by_tag = |text: &&TextIn| text.tag.eq_ignore_ascii_case(language);
        let mut texts = self.by_language.iter();
        let found = texts.clone().find(by_code).or_else(|| texts.find(by_tag));
        found.map_or(&self.otherwise, |found| &found.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(code: &'static str, tag: &'static str) -> TextIn {
        TextIn {
            code,
            tag,
            text: format!("in {tag}"),
        }
    }

    #[test]
    fn each_language_reads_its_own_text_and_all_others_english() {
        let texts =
            Texts::by_language(vec![text("la", "es"), text("en", "en"), text("br", "pt-BR")]).unwrap();
        for (language, read) in [
            ("la", "in es"),
            ("es", "in es"),
            ("LA", "in es"),
            ("br", "in pt-BR"),
            ("pt-br", "in pt-BR"),
            ("en", "in en"),
            ("de", "in en"),
            ("", "in en"),
        ] {
            assert_eq!(texts.for_lang(language), read, "{language}");
        }
    }

    #[test]
    fn without_english_the_first_text_stands_in() {
        let texts = Texts::by_language(vec![text("de", "de"), text("fr", "fr")]).unwrap();
        assert_eq!(texts.for_lang("pl"), "in de");
        assert_eq!(texts.for_lang("fr"), "in fr");
        assert_eq!(Texts::by_language(Vec::new()), None);
        assert_eq!(Texts::for_all("one".into()).for_lang("pl"), "one");
    }
}
