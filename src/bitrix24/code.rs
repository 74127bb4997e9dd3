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
    use super::*;
    use proptest::prelude::*;

    const CODE: &str = "ab515f5d85a8b844d484f6ea75a2e494";

    fn found(pasted: &str) -> Result<String, CodeError> {
        OpenChannelCode::find(pasted).map(|code| code.as_str().to_owned())
    }

    #[test]
    fn every_form_in_which_people_hold_a_code_is_read() {
        let link = format!("https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines{CODE}");
        let escaped =
            percent_encoding::percent_encode(link.as_bytes(), percent_encoding::NON_ALPHANUMERIC).to_string();
        for pasted in [
            CODE.to_owned(),
            CODE.to_uppercase(),
            format!("  {CODE}\n"),
            format!("\u{200b}{CODE}\u{feff}"),
            format!("{}\u{200b}{}", &CODE[..7], &CODE[7..]),
            format!("\"{CODE}\""),
            format!("«{CODE}»"),
            format!("Code: {CODE}."),
            format!("networkLines{CODE}"),
            format!("NETWORKLINES{}", CODE.to_uppercase()),
            link.clone(),
            link.replace('&', "&amp;"),
            link.replace('&', "&amp;amp;"),
            link.replace("www.bitrix24.net", "auth2.bitrix24.net"),
            link.replace("www.bitrix24.net", "auth2.bitrix24.by"),
            format!("https://acme.bitrix24.com/online/?IM_DIALOG=networkLines{CODE}"),
            format!("https://acme.bitrix24.com/online/?IM_DIALOG=networkLines{CODE}&utm=1#top"),
            format!("https://acme.bitrix24.com/?IM_DIALOG%3DnetworkLines{CODE}"),
            escaped,
            format!("<{link}>"),
            format!("{link} {link}"),
        ] {
            assert_eq!(found(&pasted).as_deref(), Ok(CODE), "{pasted}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused_with_its_reason() {
        let other = CODE.replace('a', "0");
        for (pasted, fault) in [
            (String::new(), CodeError::Empty),
            (" \u{200b}\t".to_owned(), CodeError::Empty),
            (CODE[1..].to_owned(), CodeError::WrongLength),
            (format!("{CODE}0"), CodeError::WrongLength),
            (format!("networkLines{}", &CODE[2..]), CodeError::WrongLength),
            ("Our friendly support channel 0001".to_owned(), CodeError::NotHex),
            ("z".repeat(32), CodeError::NotHex),
            (format!("{} {}", &CODE[..16], &CODE[16..]), CodeError::NotHex),
            ("https://www.bitrix24.net/".to_owned(), CodeError::NotHex),
            (
                format!(
                    "https://x.example/?sid={other}&IM_DIALOG=networkLines{}",
                    &CODE[1..]
                ),
                CodeError::WrongLength,
            ),
            (
                format!("networkLines{}&hash={CODE}", "g".repeat(32)),
                CodeError::NotHex,
            ),
            (format!("{CODE} {other}"), CodeError::Several),
            (
                format!("networkLines{CODE} networkLines{other}"),
                CodeError::Several,
            ),
        ] {
            assert_eq!(found(&pasted), Err(fault), "{pasted}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_only_lower_case_hex_comes_out(pasted in "\\PC{0,80}") {
            if let Ok(code) = found(&pasted) {
                prop_assert!(is_code(&code) && code == code.to_ascii_lowercase());
            }
        }

        #[test]
        fn a_code_is_found_between_any_separators(code in "[0-9a-f]{32}", left in "[ \"'<(,;]{0,3}", right in "[ \"'>),;.]{0,3}") {
            prop_assert_eq!(found(&format!("{left}{code}{right}")), Ok(code));
        }
    }
}
