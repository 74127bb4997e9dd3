//! The publisher's channels on the page, and which of them somebody came for.

use super::Doors;
use super::pages::{Chat, OfferedCard};
use crate::app::{Listed, OfferedChannel, Session};
use crate::bitrix24::OpenChannelCode;

/// As much of a refused paste as is given back to be mended.
const LONGEST_ECHO: usize = 300;

/// What a code leads to on the page: a card of its own, or the field.
pub(super) struct Named {
    /// The offered channel that the code is of.
    pub(super) offered: Option<OpenChannelCode>,
    /// What stands in the field.
    pub(super) field: String,
}

impl Named {
    /// A page that nobody came to with a code.
    pub(super) fn nothing() -> Self {
        Self {
            offered: None,
            field: String::new(),
        }
    }
}

impl Doors {
    /// What a link suggested. Anybody can make a link: what is no code does not even reach the field.
    pub(super) fn suggested(&self, code: Option<OpenChannelCode>) -> Named {
        match code {
            Some(code) if self.app.offered_channel(&code).is_some() => Named {
                offered: Some(code),
                field: String::new(),
            },
            Some(code) => Named {
                offered: None,
                field: code.to_string(),
            },
            None => Named::nothing(),
        }
    }

    /// What was sent and refused: an offered channel's card can be pressed again, a paste can be mended.
    pub(super) fn refused(&self, pasted: &str) -> Named {
        match self.offered_in(pasted) {
            Some(channel) => self.suggested(Some(channel.code.clone())),
            None => Named {
                offered: None,
                field: mendable(pasted),
            },
        }
    }

    /// The offered channel whose code was sent.
    pub(super) fn offered_in(&self, pasted: &str) -> Option<&OfferedChannel> {
        let code = OpenChannelCode::find(pasted).ok()?;
        self.app.offered_channel(&code)
    }

    /// The name of a channel that is offered, in the session's language.
    pub(super) fn offered_title(&self, session: &Session, code: &OpenChannelCode) -> Option<String> {
        let channel = self.app.offered_channel(code)?;
        let language = session.language().unwrap_or_default();
        Some(channel.title.for_lang(language).to_owned())
    }

    /// The cards in the publisher's order; the one that somebody came for is the first.
    pub(super) fn offered_cards(
        &self,
        session: &Session,
        listed: &[Listed],
        wanted: Option<&OpenChannelCode>,
    ) -> Vec<OfferedCard> {
        let language = session.language().unwrap_or_default();
        let card = |channel: &OfferedChannel| OfferedCard {
            code: channel.code.to_string(),
            title: channel.title.for_lang(language).to_owned(),
            description: channel
                .description
                .as_ref()
                .map(|texts| texts.for_lang(language).to_owned()),
            chat: chat(listed, &channel.code),
            wanted: wanted == Some(&channel.code),
        };
        let mut cards: Vec<_> = self.app.offered().iter().map(card).collect();
        cards.sort_by_key(|card| !card.wanted);
        cards
    }
}

/// What is given back of a paste: cut off, it must not lose the code that can be tried again.
fn mendable(pasted: &str) -> String {
    if pasted.chars().nth(LONGEST_ECHO).is_none() {
        return pasted.to_owned();
    }
    match OpenChannelCode::find(pasted) {
        Ok(code) => code.to_string(),
        Err(_) => pasted.chars().take(LONGEST_ECHO).collect(),
    }
}

/// The chat of a channel, if it is connected.
fn chat(listed: &[Listed], code: &OpenChannelCode) -> Option<Chat> {
    let found = listed.iter().find(|listed| &listed.connection.code == code)?;
    Some(Chat {
        bot_id: found.connection.bot_id.to_string(),
        url: found.dialog_url.clone(),
    })
}
