//! From what people paste to an open channel's code.

use std::collections::BTreeSet;
use std::fmt;

use percent_encoding::percent_decode_str;

/// A code is 32 hex digits.
const CODE_LENGTH: usize = 32;

/// Longer pastes hold no single code; a link is below 200 characters.
const LONGEST_PASTE: usize = 4096;

/// What a link or a chat name puts in front of the code.
const LINK_WORD: &str = "networklines";

/// Links get escaped again by mail programs and messengers; three layers have been seen.
const ESCAPE_LAYERS: usize = 3;

/// Why a pasted text yields no code. All of them are the person's to mend, none is sent to the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing was pasted.
    #[error("no code was given")]
    Empty,
    /// Hex digits, but not 32 of them.
    #[error("a code has 32 hexadecimal digits")]
    WrongLength,
    /// No code in it: other letters, or spaces inside.
    #[error("a code has only hexadecimal digits")]
    NotHex,
    /// Several different codes.
    #[error("the text holds more than one code")]
    Several,
}

/// The code of an external open channel: 32 lower-case hex digits.
///
/// The portal checks nothing but the length and treats other texts of 32 characters as a search by name, so
/// nothing else may ever reach it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpenChannelCode(String);

impl OpenChannelCode {
    /// Finds the one code in a bare code, `networkLines<CODE>`, or a link that carries it, however escaped,
    /// quoted, spaced or capitalised. Pasted addresses are only read, never fetched.
    pub fn find(pasted: &str) -> Result<Self, CodeError> {
        if pasted.len() > LONGEST_PASTE {
            return Err(CodeError::WrongLength);
        }
        let text = plain(pasted);
        if text.trim().is_empty() {
            return Err(CodeError::Empty);
        }
        if let Some(code) = only(linked_codes(&text))? {
            return Ok(Self(code.to_owned()));
        }
        if let Some(run) = linked_runs(&text).find(|run| !run.is_empty()) {
            // A mangled link: whatever else in it looks like a code is something else.
            return Err(near_miss(run));
        }
        match only(bare_codes(&text))? {
            Some(code) => Ok(Self(code.to_owned())),
            None => Err(near_miss(&text)),
        }
    }

    /// The 32 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OpenChannelCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lower-case, without invisible characters and escapes.
pub(super) fn plain(pasted: &str) -> String {
    let mut text: String = pasted
        .chars()
        .filter(|c| !is_invisible(*c))
        .collect::<String>()
        .to_ascii_lowercase();
    for _ in 0..ESCAPE_LAYERS {
        let unescaped = percent_decode_str(&text)
            .decode_utf8_lossy()
            .replace("&amp;", "&")
            .to_ascii_lowercase();
        if unescaped == text {
            break;
        }
        text = unescaped;
    }
    text.retain(|c| !is_invisible(c));
    text
}

/// Whether a character takes no room: zero-width, a direction mark, a soft hyphen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Codes that directly follow the link word.
fn linked_codes(text: &str) -> BTreeSet<&str> {
    linked_runs(text).filter(|run| is_code(run)).collect()
}

/// What directly follows each link word, up to the next separator.
fn linked_runs(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(LINK_WORD).map(|(at, word)| {
        let rest = &text[at + word.len()..];
        rest.split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default()
    })
}

/// Codes that stand alone between separators.
fn bare_codes(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|run| is_code(run))
        .collect()
}

fn is_code(run: &str) -> bool {
    run.len() == CODE_LENGTH && run.bytes().all(|b| b.is_ascii_hexdigit())
}

fn only(found: BTreeSet<&str>) -> Result<Option<&str>, CodeError> {
    if found.len() > 1 {
        Err(CodeError::Several)
    } else {
        Ok(found.into_iter().next())
    }
}

/// Tells a shortened or overlong code from something else.
fn near_miss(text: &str) -> CodeError {
    let text = text.trim();
    let candidate = text
        .rfind(LINK_WORD)
        .map_or(text, |at| &text[at + LINK_WORD.len()..]);
    let hex = !candidate.is_empty() && candidate.bytes().all(|b| b.is_ascii_hexdigit());
    if hex {
        CodeError::WrongLength
    } else {
        CodeError::NotHex
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// Read by the page's own script, too: `static/code.js`.
    const TOLD: &str = include_str!("../../tests/pastes.json");
    const DRAWN: &str = include_str!("../../tests/pastes-drawn.json");

    /// What random pastes are put together from: codes, nearly codes, and what has led readers astray.
    const PIECES: [&str; 44] = [
        "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "0F1E2D3C4B5A69788796A5B4C3D2E1F0",
        "ab515f5d85a8b844d484f6ea75a2e494",
        "0f1e2d3c4b5a6978",
        "8796a5b4c3d2e1f0",
        "f",
        "0",
        "networkLines",
        "NETWORKLINES",
        "network",
        "Lines",
        "networkline\u{17f}",
        "networ\u{212a}Lines",
        "https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=",
        "&amp;",
        "&amp;amp;",
        "%",
        "%25",
        "%2525",
        "%3D",
        "%6eetwork",
        "%4c",
        "%C3%A9",
        "%e2%80%8b",
        "%ff",
        "%F0%9F",
        "%zz",
        " ",
        "\n",
        "\t",
        "\u{85}",
        "\u{a0}",
        "\u{3000}",
        "\u{200b}",
        "\u{feff}",
        "\u{ad}",
        "\u{202e}",
        "\"",
        "«",
        ".",
        "é",
        "\u{661}",
        "\u{2167}",
        "\u{1f600}",
    ];

    /// The first pieces, of which every second one is: digits and the link's word.
    const DIGITS: usize = 8;

    const MANY: usize = 600;
    const MOST_PIECES: u64 = 9;

    /// The same pastes on every machine.
    fn drawn() -> Vec<String> {
        let mut state: u64 = 1;
        let mut draw = |below: u64| {
            // Knuth's MMIX generator; its upper bits are good enough for this.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut paste = || {
            let pieces = 1 + draw(MOST_PIECES);
            let piece = |_| {
                let among = [DIGITS, PIECES.len()][usize::try_from(draw(2)).unwrap()];
                PIECES[usize::try_from(draw(among as u64)).unwrap()]
            };
            (0..pieces).map(piece).collect()
        };
        (0..MANY).map(|_| paste()).collect()
    }

    fn row(pasted: &str) -> Value {
        let fault = match OpenChannelCode::find(pasted) {
            Ok(code) => return json!({"pasted": pasted, "code": code.as_str()}),
            Err(CodeError::Empty) => "empty",
            Err(CodeError::WrongLength) => "wrong_length",
            Err(CodeError::NotHex) => "not_hex",
            Err(CodeError::Several) => "several",
        };
        json!({"pasted": pasted, "fault": fault})
    }

    fn rows(file: &str) -> Vec<Value> {
        serde_json::from_str(file).unwrap()
    }

    /// One row a line, in plain ASCII: half of the characters could not be seen.
    fn written(rows: &[Value]) -> String {
        let mut text = String::new();
        for letter in rows
            .iter()
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(",\n")
            .chars()
        {
            if letter.is_ascii() {
                text.push(letter);
                continue;
            }
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(text, "\\u{unit:04x}").unwrap();
            }
        }
        format!("[\n{text}\n]\n")
    }

    #[test]
    fn every_paste_of_the_table_is_read_as_it_says() {
        let rows = rows(TOLD);
        for (told, least) in [("code", 30), ("fault", 30)] {
            assert!(rows.iter().filter(|row| row.get(told).is_some()).count() >= least);
        }
        for told in rows {
            assert_eq!(row(told["pasted"].as_str().unwrap()), told);
        }
    }

    /// The script is held to the same verdicts. What they should be now stands in `target/pastes-drawn.json`.
    #[test]
    fn the_drawn_pastes_are_told_as_they_are_read() {
        let now: Vec<_> = drawn().iter().map(|pasted| row(pasted)).collect();
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/target/pastes-drawn.json");
        std::fs::write(beside, written(&now)).unwrap();
        let differing: Vec<_> = now
            .iter()
            .filter(|row| !rows(DRAWN).contains(row))
            .take(3)
            .collect();
        assert!(
            rows(DRAWN) == now,
            "tests/pastes-drawn.json is not {beside}: {differing:?}"
        );
        for told in ["empty", "wrong_length", "not_hex", "several"] {
            assert!(now.iter().any(|row| row["fault"] == told), "{told} is not drawn");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_only_lower_case_hex_comes_out(pasted in "\\PC{0,80}") {
            if let Ok(code) = OpenChannelCode::find(&pasted) {
                let code = code.as_str();
                prop_assert!(is_code(code) && code == code.to_ascii_lowercase());
            }
        }

        #[test]
        fn a_code_is_found_between_any_separators(code in "[0-9a-f]{32}", left in "[ \"'<(,;]{0,3}", right in "[ \"'>),;.]{0,3}") {
            let found = OpenChannelCode::find(&format!("{left}{code}{right}"));
            prop_assert_eq!(found.map(|found| found.to_string()), Ok(code));
        }
    }
}
