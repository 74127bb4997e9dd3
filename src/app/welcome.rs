//! What follows on the connection of an offered channel: the publisher's welcome, to the person who pressed.

use std::sync::Arc;

use crate::bitrix24::{NetworkMessage, OpenChannelCode};
use crate::store::{CredentialKey, Holder};

use super::correlation::{carried, span_apart};
use super::{App, Connected, Failure, OfferedChannel, Wanted};

/// The language of a session that names none.
const NO_LANGUAGE: &str = "";

impl App {
    /// The channels that the publisher offers, in the publisher's order.
    #[must_use]
    pub fn offered(&self) -> &[OfferedChannel] {
        &self.parts.rules.offered
    }

    /// The offered channel with this code.
    #[must_use]
    pub fn offered_channel(&self, code: &OpenChannelCode) -> Option<&OfferedChannel> {
        self.offered().iter().find(|channel| &channel.code == code)
    }

    /// Joins a channel and sends its welcome. The answer does not wait for that, and nothing that becomes of it
    /// is the person's trouble.
    pub(super) async fn join_and_welcome(
        self: &Arc<Self>,
        holder: &Holder,
        code: OpenChannelCode,
        language: Option<&str>,
        wanted: Wanted,
    ) -> Result<Connected, Failure> {
        let welcome = self.welcome(&holder.key, &code, language).await;
        let connected = self.join(holder, code, wanted).await?;
        if let Some(text) = welcome {
            let (app, holder, code) = (Arc::clone(self), holder.clone(), connected.code.clone());
            let welcome = async move { app.send_welcome(&holder, &code, &text).await };
            self.tasks.spawn(carried(span_apart!("deed"), welcome));
        }
        Ok(connected)
    }

    /// The welcome that is due if the channel gets connected now: none for whoever connected it last, who has
    /// read it. Where the database cannot say, the platform's limit of one message a week must do.
    async fn welcome(
        &self,
        key: &CredentialKey,
        code: &OpenChannelCode,
        language: Option<&str>,
    ) -> Option<String> {
        let texts = self.offered_channel(code)?.welcome_message.as_ref()?;
        let connected_by = self.parts.store.connected_by(&key.member_id, code).await;
        if connected_by.unwrap_or_default() == Some(key.user_id) {
            return None;
        }
        Some(texts.for_lang(language.unwrap_or(NO_LANGUAGE)).to_owned())
    }

    async fn send_welcome(self: &Arc<Self>, holder: &Holder, code: &OpenChannelCode, text: &str) {
        let key = &holder.key;
        let message = NetworkMessage {
            code,
            user_id: key.user_id,
            text,
        };
        let call = message.call(self.parts.timeouts.message);
        match self.on_behalf(holder, &call, NetworkMessage::read).await {
            Ok(_) => tracing::debug!(%key, %code, "welcomed"),
            Err(failure) => tracing::info!(%key, %code, %failure, "the welcome was not sent"),
        }
    }
}
