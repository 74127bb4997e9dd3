//! The platform's identifiers, validated.

use std::fmt;

/// A word of the platform that could not be read; names the word, never its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not readable")]
pub struct UnreadableWord(pub &'static str);

/// The stable key of a portal: 32 lower-case hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemberId(String);

impl MemberId {
    /// Reads 32 hex digits of either case.
    pub fn parse(text: &str) -> Result<Self, UnreadableWord> {
        if text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(UnreadableWord("member_id"))
        }
    }

    /// The 32 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MemberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A user inside one portal; positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId(i64);

impl UserId {
    /// Takes a positive number.
    pub fn new(number: i64) -> Result<Self, UnreadableWord> {
        if number > 0 {
            Ok(Self(number))
        } else {
            Err(UnreadableWord("user_id"))
        }
    }

    /// Reads decimal digits.
    pub fn parse(text: &str) -> Result<Self, UnreadableWord> {
        text.parse()
            .map_err(|_| UnreadableWord("user_id"))
            .and_then(Self::new)
    }

    /// Reads a JSON number or a numeric string: the platform sends both.
    pub(crate) fn from_json(value: &serde_json::Value) -> Result<Self, UnreadableWord> {
        integer(value)
            .ok_or(UnreadableWord("user_id"))
            .and_then(Self::new)
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The user id of the bot that stands for a joined open channel; usable as `dialogId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BotId(i64);

impl BotId {
    /// Takes a positive number.
    pub fn new(number: i64) -> Result<Self, UnreadableWord> {
        if number > 0 {
            Ok(Self(number))
        } else {
            Err(UnreadableWord("bot_id"))
        }
    }

    /// Reads a JSON number or a numeric string.
    pub(crate) fn from_json(value: &serde_json::Value) -> Result<Self, UnreadableWord> {
        integer(value).ok_or(UnreadableWord("bot_id")).and_then(Self::new)
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for BotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An integer that may have been sent as a number, an integral float or a numeric string.
pub(crate) fn integer(value: &serde_json::Value) -> Option<i64> {
    match value {
        serde_json::Value::Number(number) => number.as_i64(),
        serde_json::Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// How the app came to a portal, as the platform's single letters; unknown letters are kept out of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppStatus {
    /// `L`: a local app of one portal.
    Local,
    /// `F`: free.
    Free,
    /// `D`: demo.
    Demo,
    /// `T`: trial.
    Trial,
    /// `P`: paid.
    Paid,
    /// `S`: by subscription.
    Subscription,
    /// Anything else, or nothing.
    Unknown,
}

impl AppStatus {
    /// Reads the letter; never fails.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.trim().to_ascii_uppercase().as_str() {
            "L" => Self::Local,
            "F" => Self::Free,
            "D" => Self::Demo,
            "T" => Self::Trial,
            "P" => Self::Paid,
            "S" => Self::Subscription,
            _ => Self::Unknown,
        }
    }

    /// The letter, or nothing for an unknown one.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "L",
            Self::Free => "F",
            Self::Demo => "D",
            Self::Trial => "T",
            Self::Paid => "P",
            Self::Subscription => "S",
            Self::Unknown => "",
        }
    }
}
