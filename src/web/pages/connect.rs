//! The page of the app: paste a code, connect the channel, see what is connected.

use askama::Template;

use super::{ChannelList, ConnectedBy, Shell};
use crate::app::SealedSession;
use crate::sentences::Remedies;

/// The form, how the last attempt went, and the channels that are connected.
#[derive(Debug, Clone, Template)]
#[template(path = "connect.html")]
pub struct ConnectPage {
    /// What every page has.
    pub shell: Shell,
    /// The sealed session that the form sends back.
    pub session: SealedSession,
    /// What stands in the code field: a prefilled code, or what was typed before a refusal. Empty after success.
    pub code: String,
    /// Whether people may connect codes of their own; without, the form is not shown.
    pub custom_codes: bool,
    /// Whether only administrators may connect channels.
    pub admins_only: bool,
    /// The channels that the publisher offers.
    pub offered: Vec<OfferedCard>,
    /// The connected channels.
    pub connections: ChannelList,
    /// How the attempt went that this page answers; none when the app was just opened.
    pub outcome: Option<Outcome>,
    /// The portal's address as people know it: `acme.bitrix24.com`.
    pub portal: String,
}

/// A channel that the publisher offers: one card with one button.
#[derive(Debug, Clone)]
pub struct OfferedCard {
    /// The channel's code, which the button sends.
    pub code: String,
    /// The channel's name.
    pub title: String,
    /// What it is good for.
    pub description: Option<String>,
    /// Its chat, if it is connected already.
    pub chat: Option<Chat>,
    /// Whether it is what the person came for, or what was refused just now.
    pub wanted: bool,
}

/// Where a connected channel's chat is.
#[derive(Debug, Clone)]
pub struct Chat {
    /// The bot that stands for the channel: the chat's `dialogId`.
    pub bot_id: String,
    /// The chat's plain address.
    pub url: String,
}

/// How an attempt to connect went.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The channel is connected; its slug is `connected`.
    Connected {
        /// The channel's name, if the publisher offers it.
        title: Option<String>,
        /// Whether the person is sent a welcome.
        welcome: bool,
        /// The channel's code.
        code: String,
        /// The bot that stands for the channel: the chat's `dialogId`.
        bot_id: String,
        /// The chat's plain address.
        dialog_url: String,
    },
    /// It was refused, or failed.
    Failed {
        /// The error's slug, as in the JSON answer.
        slug: &'static str,
        /// What happened.
        message: String,
        /// What to do now.
        next: String,
        /// What the page offers to do about it: a button for each.
        remedies: Remedies,
    },
}

impl ConnectPage {
    /// The page as HTML.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }

    /// Whether the page stands alone, outside Bitrix24.
    fn stands_alone(&self) -> bool {
        self.shell.js_url.is_none()
    }

    /// Whether only opening the app afresh helps; on a page that stands alone, signing in again.
    fn needs_reopening(&self) -> bool {
        matches!(&self.outcome, Some(Outcome::Failed { remedies, .. }) if remedies.reopen)
    }

    /// Whether the form's button is what the page is about: there is one such button on a page.
    fn form_leads(&self) -> bool {
        let is_over = matches!(self.outcome, Some(Outcome::Connected { .. })) || self.needs_reopening();
        !is_over && !self.offered.iter().any(|card| card.wanted)
    }

    /// Whether a card's button is what the page is about: the person came for it, or there is nothing else. Not where
    /// pressing it again is in vain.
    fn leads(&self, card: &OfferedCard) -> bool {
        let in_vain = matches!(&self.outcome, Some(Outcome::Failed { remedies, .. }) if !remedies.retry);
        (card.wanted && !in_vain) || (self.offered.len() == 1 && !self.custom_codes)
    }

    /// Whether the portal may have connected the channel and not said so.
    fn is_unsure(&self) -> bool {
        matches!(&self.outcome, Some(Outcome::Failed { slug, .. }) if *slug == "timeout")
    }

    /// The form that the refused attempt was made with, to make it once more; none if it is not on the page.
    fn refused_form(&self) -> Option<String> {
        match self.refused_card() {
            Some(card) => Some(format!("offer-{}", card.code)),
            None => self.custom_codes.then(|| "connect".to_owned()),
        }
    }

    /// The offered channel that was refused, if it was one.
    fn refused_card(&self) -> Option<&OfferedCard> {
        let refused = matches!(self.outcome, Some(Outcome::Failed { .. }));
        self.offered.iter().find(|card| refused && card.wanted)
    }

    /// Whether the code field is what the outcome complains about.
    fn code_is_wrong(&self) -> bool {
        self.refused_card().is_none()
            && matches!(&self.outcome, Some(Outcome::Failed { slug, .. }) if ["invalid_code", "not_found"].contains(slug))
    }
}
