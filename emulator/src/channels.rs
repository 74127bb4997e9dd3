//! The open channels that exist in the network outside of any portal.

/// The code of the channel that is there at the start.
pub const DEFAULT_CODE: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
/// The code of the second one.
pub(crate) const SECOND_CODE: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

/// An external open channel.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) active: bool,
    /// What appears when somebody first opens the chat.
    pub(crate) greeting: String,
    /// A join of this channel always fails with this code (an empty one too).
    pub(crate) error: Option<String>,
}

impl Channel {
    /// An active channel with a greeting made from its name.
    pub(crate) fn new(code: &str, name: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            active: true,
            greeting: format!("Hello! This is {name}. How can we help you?"),
            error: None,
        }
    }

    /// The channels at the start.
    pub(crate) fn defaults() -> Vec<Self> {
        vec![
            Self::new(DEFAULT_CODE, "Northwind Support"),
            Self::new(SECOND_CODE, "Contoso Helpdesk"),
        ]
    }
}

/// Finds what a join means by its `CODE`, which is 32 characters long by now: a code, or, when it is
/// not hex, words to search names with; the first hit counts.
pub(crate) fn find<'a>(channels: &'a [Channel], code: &str) -> Option<&'a Channel> {
    let code = code.to_lowercase();
    if code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return channels.iter().find(|channel| channel.code == code);
    }
    let wanted = code.trim();
    let words: Vec<_> = wanted
        .split_whitespace()
        .filter(|word| word.chars().count() > 2)
        .collect();
    channels.iter().find(|channel| {
        let name = channel.name.to_lowercase();
        !wanted.is_empty() && (name.contains(wanted) || words.iter().any(|word| name.contains(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_a_code_and_anything_else_searches_names() {
        let channels = Channel::defaults();
        let found = |code: &str| find(&channels, code).map(|channel| channel.code.as_str());
        assert_eq!(found(DEFAULT_CODE), Some(DEFAULT_CODE));
        assert_eq!(found(&DEFAULT_CODE.to_uppercase()), Some(DEFAULT_CODE));
        assert_eq!(found("contoso helpdesk                "), Some(SECOND_CODE));
        assert_eq!(found("please give me some support now!"), Some(DEFAULT_CODE));
        assert_eq!(found("gggggggggggggggggggggggggggggggg"), None);
        assert_eq!(found("                                "), None);
    }
}
