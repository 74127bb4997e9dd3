//! `CHANNELS_FILE`: the channels that the publisher offers. Read once, checked to the last key; a fault names its
//! line.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read::unreadable;
use crate::app::{OfferedChannel, TextIn, Texts};
use crate::bitrix24::{OpenChannelCode, is_invisible};
use crate::words::{LANGUAGES, Language};

/// More cards than anybody reads; each of them costs a form on the page.
pub(super) const MOST_CHANNELS: usize = 100;

/// What fits a card's heading, a card's text, and a first message in a chat, in characters.
const LONGEST_TITLE: usize = 100;
const LONGEST_DESCRIPTION: usize = 500;
const LONGEST_WELCOME: usize = 2000;

/// No key that somebody may have mistyped is longer.
const LONGEST_KEY: usize = 32;

const KEYS: [&str; 4] = ["code", "title", "description", "welcome_message"];

type Value<'i> = Spanned<DeValue<'i>>;
type Table<'i> = DeTable<'i>;

/// What is wrong, and where in the text.
struct Fault {
    at: usize,
    what: String,
}

/// Reads the file that `path` names; the fault is one line.
pub(super) fn read(path: &Path) -> Result<Vec<OfferedChannel>, String> {
    let bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => parse(text),
        Err(error) => Err(on_line(&bytes, error.valid_up_to(), "is not UTF-8")),
    }
}

/// Reads the text; the fault is one line that begins with the line's number.
pub(super) fn parse(text: &str) -> Result<Vec<OfferedChannel>, String> {
    channels(text).map_err(|fault| on_line(text.as_bytes(), fault.at, &fault.what))
}

fn on_line(text: &[u8], at: usize, what: &str) -> String {
    let before = text.iter().take(at).filter(|byte| **byte == b'\n').count();
    format!("line {}: {what}", before + 1)
}

fn fault<T>(at: usize, what: impl Into<String>) -> Result<T, Fault> {
    Err(Fault {
        at,
        what: what.into(),
    })
}

fn channels(text: &str) -> Result<Vec<OfferedChannel>, Fault> {
    let document = DeTable::parse(text).map_err(|error| no_toml(text, &error))?;
    let mut listed = None;
    for (key, value) in document.get_ref() {
        if key.get_ref() != "channels" {
            return fault(
                key.span().start,
                format!("unknown key {}: only [[channels]] is read", shown(key.get_ref())),
            );
        }
        listed = Some(value);
    }
    let Some(listed) = listed else {
        return Ok(Vec::new());
    };
    let DeValue::Array(entries) = listed.get_ref() else {
        return fault(listed.span().start, "channels must be written as [[channels]]");
    };
    let mut channels: Vec<OfferedChannel> = Vec::new();
    for entry in entries {
        let (at, channel) = channel(entry)?;
        if channels.iter().any(|known| known.code == channel.code) {
            return fault(at, "the code is that of an earlier channel");
        }
        if channels.len() == MOST_CHANNELS {
            return fault(
                entry.span().start,
                format!("there are more than {MOST_CHANNELS} channels"),
            );
        }
        channels.push(channel);
    }
    Ok(channels)
}

/// What the parser says, except of what people forget most: its own words for that depend on the text.
fn no_toml(text: &str, error: &toml::de::Error) -> Fault {
    let at = error.span().map_or(0, |span| span.start);
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line_end = at + after.find('\n').unwrap_or(after.len());
    let value = text
        .get(line_start..line_end)
        .and_then(|line| line.split_once('='));
    let first = value.and_then(|(_, value)| value.trim().chars().next());
    let what = match first {
        Some(first) if !"\"'[{".contains(first) => {
            "is no TOML: a text stands in quotation marks, like \"this\"".to_owned()
        }
        _ => format!("is no TOML: {}", error.message().replace('\n', ", ")),
    };
    Fault { at, what }
}

/// A key that is not known, if it can be the name of one: who names another file by mistake may have secrets there.
fn shown(key: &str) -> &str {
    let name = |b: u8| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-');
    if key.len() <= LONGEST_KEY && key.bytes().all(name) {
        key
    } else {
        "(not repeated)"
    }
}

/// One channel, and where its code stands.
fn channel(entry: &Value<'_>) -> Result<(usize, OfferedChannel), Fault> {
    let start = entry.span().start;
    let DeValue::Table(fields) = entry.get_ref() else {
        return fault(start, "channels must be written as [[channels]]");
    };
    if let Some(key) = in_order(fields).find(|key| !KEYS.contains(&key.get_ref().as_ref())) {
        let known = KEYS.join(", ");
        return fault(
            key.span().start,
            format!("unknown key {}: known are {known}", shown(key.get_ref())),
        );
    }
    let Some(code) = fields.get("code") else {
        return fault(start, "the channel has no code");
    };
    let Some(title) = fields.get("title") else {
        return fault(start, "the channel has no title");
    };
    let optional = |name: &'static str, longest| {
        let value = fields.get(name);
        value.map(|value| texts(value, name, longest)).transpose()
    };
    let channel = OfferedChannel {
        code: open_channel_code(code)?,
        title: single_line(title)?,
        description: optional("description", LONGEST_DESCRIPTION)?,
        welcome_message: optional("welcome_message", LONGEST_WELCOME)?,
    };
    Ok((code.span().start, channel))
}

fn open_channel_code(value: &Value<'_>) -> Result<OpenChannelCode, Fault> {
    let DeValue::String(text) = value.get_ref() else {
        return fault(value.span().start, "code must be a text");
    };
    OpenChannelCode::find(text)
        .or_else(|why| fault(value.span().start, format!("code is no channel code: {why}")))
}

/// A heading; what breaks a line would break it.
fn single_line(value: &Value<'_>) -> Result<Texts, Fault> {
    let broken =
        |value: &Value<'_>| matches!(value.get_ref(), DeValue::String(text) if text.trim().contains('\n'));
    let within = |value: &Value<'_>| match value.get_ref() {
        DeValue::Table(fields) => fields.values().any(broken),
        _ => broken(value),
    };
    if within(value) {
        return fault(value.span().start, "title must be a single line");
    }
    texts(value, "title", LONGEST_TITLE)
}

/// A text for everybody, or a table of texts by language.
fn texts(value: &Value<'_>, name: &str, longest: usize) -> Result<Texts, Fault> {
    let fields = match value.get_ref() {
        DeValue::Table(fields) => fields,
        DeValue::String(_) => return Ok(Texts::for_all(text(value, name, longest)?)),
        _ => {
            return fault(
                value.span().start,
                format!("{name} must be a text, or a table of texts by language"),
            );
        }
    };
    let mut texts: Vec<TextIn> = Vec::new();
    for key in in_order(fields) {
        let named = key.get_ref();
        let Some(language) = language(named) else {
            return fault(
                key.span().start,
                format!(
                    "{name} has a text in {}, which is no language of Bitrix24",
                    shown(named)
                ),
            );
        };
        if texts.iter().any(|known| known.code == language.code) {
            return fault(
                key.span().start,
                format!("{name} has two texts in {}", language.tag),
            );
        }
        texts.push(TextIn {
            code: language.code,
            tag: language.tag,
            text: text(&fields[key], name, longest)?,
        });
    }
    Texts::by_language(texts).map_or_else(|| fault(value.span().start, format!("{name} is empty")), Ok)
}

fn text(value: &Value<'_>, name: &str, longest: usize) -> Result<String, Fault> {
    let at = value.span().start;
    let DeValue::String(text) = value.get_ref() else {
        return fault(at, format!("{name} must be a text"));
    };
    let text = text.trim();
    if text.chars().all(is_invisible) {
        return fault(at, format!("{name} is empty"));
    }
    let no_text = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if let Some(control) = text.chars().find(no_text) {
        let number = u32::from(control);
        return fault(at, format!("{name} holds the control character U+{number:04X}"));
    }
    if text.chars().count() > longest {
        return fault(at, format!("{name} is longer than {longest} characters"));
    }
    Ok(text.to_owned())
}

/// What Bitrix24 calls a language, or what the rest of the world does.
fn language(name: &str) -> Option<&'static Language> {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    LANGUAGES
        .iter()
        .find(|language| is(language.code) || is(language.tag))
}

/// The keys as they stand in the file: the first language counts, and the first fault is told.
fn in_order<'t, 'i>(table: &'t Table<'i>) -> impl Iterator<Item = &'t Spanned<std::borrow::Cow<'i, str>>> {
    let mut keys: Vec<_> = table.keys().collect();
    keys.sort_by_key(|key| key.span().start);
    keys.into_iter()
}

#[cfg(test)]
mod tests;
