//! The languages Bitrix24 speaks: its own codes, the tags the web uses, and their names in themselves.
//! `build/` reads this table too: a file in `locales/` is named by its tag.

/// One language of Bitrix24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// What Bitrix24 sends as `LANG`; not always what the rest of the world calls it.
    pub code: &'static str,
    /// The BCP 47 tag, as in `<html lang>` and `Accept-Language`.
    pub tag: &'static str,
    /// The language's name, in that language.
    pub name: &'static str,
    /// Whether it is written from right to left.
    pub rtl: bool,
}

const fn left_to_right(code: &'static str, tag: &'static str, name: &'static str) -> Language {
    Language {
        code,
        tag,
        name,
        rtl: false,
    }
}

/// All of them; English, which stands in for every other, first.
pub const LANGUAGES: &[Language] = &[
    left_to_right("en", "en", "English"),
    left_to_right("de", "de", "Deutsch"),
    left_to_right("la", "es", "Español"),
    left_to_right("br", "pt-BR", "Português"),
    left_to_right("fr", "fr", "Français"),
    left_to_right("it", "it", "Italiano"),
    left_to_right("pl", "pl", "Polski"),
    left_to_right("ru", "ru", "Русский"),
    left_to_right("ua", "uk", "Українська"),
    left_to_right("tr", "tr", "Türkçe"),
    left_to_right("sc", "zh-CN", "简体中文"),
    left_to_right("tc", "zh-TW", "繁體中文"),
    left_to_right("ja", "ja", "日本語"),
    left_to_right("vn", "vi", "Tiếng Việt"),
    left_to_right("id", "id", "Bahasa Indonesia"),
    left_to_right("ms", "ms", "Bahasa Melayu"),
    left_to_right("th", "th", "ไทย"),
    left_to_right("in", "hi", "हिन्दी"),
    Language {
        code: "ar",
        tag: "ar",
        name: "العربية",
        rtl: true,
    },
    left_to_right("kz", "kk", "Қазақша"),
];
