//! The app's page: everything that whoever holds a session is shown.

use super::Doors;
use super::offered::Named;
use super::pages::{ChannelList, ConnectPage, ConnectedBy, ConnectedChannel, Outcome, Paging};
use crate::app::{By, Failure, Launched, Listed, SealedSession, Session};
use crate::words::Words;

/// What is shown beside the channels.
pub(super) struct Beside {
    /// What stands in the field, or which card is meant.
    pub(super) named: Named,
    /// How the press went that this page answers.
    pub(super) outcome: Option<Outcome>,
    /// Which page of the list.
    pub(super) number: usize,
}

impl Doors {
    /// The page of somebody who has just been verified, in the frame or outside.
    pub(super) fn opened_page(&self, launched: Launched) -> Result<ConnectPage, Failure> {
        let session = &launched.session;
        let sealed = self.app.seal_session(session)?;
        let beside = Beside {
            named: self.suggested(launched.suggested_code),
            outcome: None,
            number: 1,
        };
        Ok(self.app_page(session, sealed, launched.listed, beside))
    }

    /// The page of a session.
    pub(super) fn app_page(
        &self,
        session: &Session,
        sealed: SealedSession,
        listed: Vec<Listed>,
        beside: Beside,
    ) -> ConnectPage {
        ConnectPage {
            shell: self.shell(session_words(session), session.frame()),
            session: sealed,
            code: beside.named.field,
            custom_codes: self.app.custom_codes(),
            admins_only: self.app.admins_only(),
            offered: self.offered_cards(session, &listed, beside.named.offered.as_ref()),
            connections: self.channel_list(session, listed, beside.number),
            outcome: beside.outcome,
            portal: session.domain().to_owned(),
        }
    }

    fn channel_list(&self, session: &Session, listed: Vec<Listed>, number: usize) -> ChannelList {
        let paging = Paging::new(listed.len(), number);
        let range = paging.range();
        let on_page = listed.into_iter().skip(range.start).take(range.len());
        ChannelList {
            channels: on_page
                .map(|listed| self.connected_channel(session, listed))
                .collect(),
            paging,
        }
    }

    fn connected_channel(&self, session: &Session, listed: Listed) -> ConnectedChannel {
        let connection = listed.connection;
        ConnectedChannel {
            title: self.offered_title(session, &connection.code),
            code: connection.code.to_string(),
            by: listed.by.map(|by| match by {
                By::Oneself => ConnectedBy::You,
                By::Colleague { id, url } => ConnectedBy::Colleague {
                    id: id.to_string(),
                    url,
                },
            }),
            connected_at: session_words(session).moment(connection.connected_at),
            connected_at_datetime: connection.connected_at.to_string(),
            bot_id: connection.bot_id.to_string(),
            dialog_url: listed.dialog_url,
        }
    }
}

/// The sentences of the launch's language, on every later page.
pub(super) fn session_words(session: &Session) -> &'static Words {
    Words::for_lang(session.language().unwrap_or_default())
}
