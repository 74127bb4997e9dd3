//! Every sentence a person reads, in their language. Imports nothing of ours.
//!
//! The sentences stand in `locales/*.ftl`; `build/` makes a typed method of each, so a missing sentence or
//! argument is a compile error and a half-translated language does not build.

mod languages;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_datetime::fieldsets::{YMD, YMDT};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use unic_langid::LanguageIdentifier;

pub use languages::{LANGUAGES, Language};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A browser names a few; more are looked at for nobody, since a head has room for thousands.
const MOST_WANTED: usize = 64;

/// One per language, in the order of [`LANGUAGES`]: English is the first.
static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| LANGUAGES.iter().map(Words::load).collect());

/// The sentences of one language; one method each.
pub struct Words {
    language: &'static Language,
    bundle: FluentBundle<FluentResource>,
    moments: DateTimeFormatter<YMDT>,
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Words").field(&self.language.tag).finish()
    }
}

impl Words {
    /// The words for what Bitrix24 sends as `LANG`; a plain language tag will do too. English if we have none.
    #[must_use]
    pub fn for_lang(bitrix24_lang: &str) -> &'static Self {
        let wanted = bitrix24_lang.trim();
        let by_code = |words: &&Self| words.language.code.eq_ignore_ascii_case(wanted);
        let by_tag = |words: &&Self| words.language.tag.eq_ignore_ascii_case(wanted);
        ALL.iter()
            .find(by_code)
            .or_else(|| ALL.iter().find(by_tag))
            .unwrap_or_else(|| Self::english())
    }

    /// The words a browser asks for, for pages outside Bitrix24. English if we have none of them.
    #[must_use]
    pub fn for_accept_language(header: &str) -> &'static Self {
        let mut wanted: Vec<(&str, f32)> = header.split(',').take(MOST_WANTED).filter_map(weighted).collect();
        // Stable: of equal weight, the first named stays first.
        wanted.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        wanted
            .iter()
            .find_map(|(tag, _)| Self::for_tag(tag))
            .unwrap_or_else(|| Self::english())
    }

    /// What Bitrix24 calls this language: fit for [`Words::for_lang`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.language.code
    }

    /// The tag for `<html lang>`.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.language.tag
    }

    /// The direction for `<html dir>`: `ltr` or `rtl`.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        if self.language.rtl { "rtl" } else { "ltr" }
    }

    /// A date and a time of day in the reader's language, in UTC: `November 23, 2025 at 10:15 AM UTC`.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> String {
        let there = at.to_zoned(TimeZone::UTC);
        let (year, month, day) = (i32::from(there.year()), there.month(), there.day());
        let date = Date::try_new_iso(year, month.unsigned_abs(), day.unsigned_abs());
        let time = Time::try_new(there.hour().unsigned_abs(), there.minute().unsigned_abs(), 0, 0);
        match (date, time) {
            (Ok(date), Ok(time)) => format!("{} UTC", self.moments.format(&DateTime { date, time })),
            _ => at.to_string(),
        }
    }

    fn english() -> &'static Self {
        ALL.first().expect("English is in the table")
    }

    /// Chinese comes in two scripts; otherwise the main language decides (`pt-PT` reads `pt-BR`).
    fn for_tag(tag: &str) -> Option<&'static Self> {
        let lower = tag.to_ascii_lowercase();
        let traditional = ["zh-tw", "zh-hk", "zh-mo", "zh-hant"]
            .iter()
            .any(|start| lower.starts_with(start));
        let tag = if traditional { "zh-tw" } else { lower.as_str() };
        let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        ALL.iter()
            .find(|words| words.language.tag.eq_ignore_ascii_case(tag))
            .or_else(|| ALL.iter().find(|words| main(words.language.tag) == main(tag)))
    }

    fn load(language: &'static Language) -> Self {
        let (tag, text) = FILES
            .iter()
            .find(|(tag, _)| *tag == language.tag)
            .expect("the build does not build without a file for each");
        let locale: LanguageIdentifier = tag.parse().expect("the tags in the table are well formed");
        let resource = FluentResource::try_new((*text).to_owned()).expect("the build parsed this file");
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The marks around inserted values would be copied along with codes and links.
        bundle.set_use_isolating(false);
        bundle
            .add_resource(resource)
            .expect("the build refuses a message that is there twice");
        let locale: icu_locale_core::Locale = tag.parse().expect("the tags in the table are well formed");
        let fields = YMD::long().with_time_hm();
        let moments = DateTimeFormatter::try_new(DateTimeFormatterPreferences::from(locale), fields)
            .expect("CLDR knows every language in the table");
        Self {
            language,
            bundle,
            moments,
        }
    }

    fn text<const N: usize>(
        &self,
        id: &str,
        attribute: Option<&str>,
        arguments: [(&str, FluentValue<'_>); N],
    ) -> String {
        let message = self.bundle.get_message(id);
        let pattern = message.and_then(|message| match attribute {
            None => message.value(),
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
        });
        let pattern = pattern.expect("the build found this sentence in every language");
        let arguments: FluentArgs<'_> = arguments.into_iter().collect();
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned();
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        text
    }
}

/// One entry of an `Accept-Language` header with its weight; none for what is unwanted or unreadable.
fn weighted(entry: &str) -> Option<(&str, f32)> {
    let (tag, parameter) = entry.split_once(';').unwrap_or((entry, "q=1"));
    let weight: f32 = parameter.trim().strip_prefix("q=")?.trim().parse().ok()?;
    let tag = tag.trim();
    (weight > 0.0 && !tag.is_empty() && tag != "*").then_some((tag, weight))
}
