//! The deed everything else exists for: one `imopenlines.network.join` in the name of whoever pressed.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::bitrix24::{BotId, ClientEndpoint, NetworkJoin, OpenChannelCode, Profile, UserId};
use crate::crash;
use crate::store::{Connection, CredentialKey, Holder};

use super::on_behalf::Done;
use super::{App, ConnectPolicy, Failure, Session, pace};

/// Connections that the pages of the list show: more than anyone has in practice, and read in a millisecond or two.
pub(super) const SHOWN: i64 = 1000;

/// How long to wait between attempts to write what has already happened on the portal.
const WRITE_WAITS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));

/// A connected channel, as the answer tells it.
#[derive(Clone, Debug)]
pub struct Connected {
    /// The channel.
    pub code: OpenChannelCode,
    /// The bot that stands for it in the portal.
    pub bot_id: BotId,
    /// A link that opens its chat.
    pub dialog_url: String,
    /// All that the portal has by now, newest first, if that was wished. Empty when it cannot be read.
    pub listed: Vec<Listed>,
}

/// What is to be known beside the outcome of a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing.
    Outcome,
    /// The list of the portal's channels, too.
    List,
}

/// A connected channel of the portal, with the link into its chat.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What is stored of it.
    pub connection: Connection,
    /// A link that opens its chat.
    pub dialog_url: String,
    /// Who connected it; unknown after an uninstall.
    pub by: Option<By>,
}

/// Who connected a channel, as the person sees it who looks at the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The same person.
    Oneself,
    /// Another user of the portal.
    Colleague {
        /// The user's number.
        id: UserId,
        /// The user's page in the portal.
        url: String,
    },
}

impl Listed {
    pub(super) fn all(
        connections: Vec<Connection>,
        endpoint: Option<&ClientEndpoint>,
        reader: UserId,
    ) -> Vec<Self> {
        let listed = |connection| Self::new(connection, endpoint, reader);
        connections.into_iter().map(listed).collect()
    }

    fn new(connection: Connection, endpoint: Option<&ClientEndpoint>, reader: UserId) -> Self {
        let by = connection.user_id.map(|id| {
            if id == reader {
                By::Oneself
            } else {
                let url = endpoint.map(|endpoint| endpoint.user_url(id)).unwrap_or_default();
                By::Colleague { id, url }
            }
        });
        let dialog_url = endpoint.map(|endpoint| endpoint.dialog_url(connection.bot_id));
        Self {
            dialog_url: dialog_url.unwrap_or_default(),
            connection,
            by,
        }
    }
}

impl App {
    /// Connects the channel whose code or link was pasted. Runs to its end even if the person goes away: the
    /// portal may have joined already.
    pub async fn connect(
        self: &Arc<Self>,
        session: &Session,
        pasted: &str,
        wanted: Wanted,
    ) -> Result<Connected, Failure> {
        tracing::info!(key = %session.holder().key, launch = session.launch(), "connecting");
        let code = self.permitted_code(pasted)?;
        let (app, holder) = (Arc::clone(self), session.holder().clone());
        let language = session.language().map(str::to_owned);
        let waiting = self
            .connects
            .join(&holder.key.member_id)
            .ok_or(Failure::Overloaded)?;
        self.see_through(async move {
            let connected = app
                .join_and_welcome(&holder, code, language.as_deref(), wanted)
                .await;
            drop(waiting);
            connected
        })
        .await
    }

    /// The portal's connected channels, newest first.
    pub async fn connections(&self, session: &Session) -> Result<Vec<Listed>, Failure> {
        let holder = session.holder();
        let (endpoint, connections) = self.parts.store.connections(holder, SHOWN).await?;
        Ok(Listed::all(connections, endpoint.as_ref(), holder.key.user_id))
    }

    /// Whether the portal's administrators alone may connect channels.
    #[must_use]
    pub fn admins_only(&self) -> bool {
        self.parts.rules.connect_policy == ConnectPolicy::Admins
    }

    /// Whether people may paste codes of their own.
    #[must_use]
    pub fn custom_codes(&self) -> bool {
        self.parts.rules.custom_codes
    }

    pub(super) fn permitted_code(&self, pasted: &str) -> Result<OpenChannelCode, Failure> {
        let code = OpenChannelCode::find(pasted)?;
        let rules = &self.parts.rules;
        if rules.custom_codes || self.offered_channel(&code).is_some() {
            Ok(code)
        } else {
            Err(Failure::NotOffered)
        }
    }

    pub(super) async fn join(
        self: &Arc<Self>,
        holder: &Holder,
        code: OpenChannelCode,
        wanted: Wanted,
    ) -> Result<Connected, Failure> {
        self.check_policy(holder).await?;
        let key = &holder.key;
        let call = NetworkJoin { code: &code }.call(self.parts.timeouts.join);
        crash::point("connect.begun");
        let joining = self.on_behalf(holder, &call, NetworkJoin::read);
        let joined = crash::while_waiting("connect.sent", joining).await;
        let now = self.parts.clock.now();
        match joined {
            Ok(Done {
                result: bot_id,
                endpoint,
            }) => {
                crash::point("connect.joined");
                let connections = self.record_connected(holder, (&code, bot_id), wanted).await;
                crash::point("connect.recorded");
                tracing::info!(%key, %code, %bot_id, "connected");
                Ok(Connected {
                    listed: Listed::all(connections, Some(&endpoint), key.user_id),
                    dialog_url: endpoint.dialog_url(bot_id),
                    code,
                    bot_id,
                })
            }
            Err(failure) => {
                crash::point("connect.refused");
                let outcome = failure.slug().as_str();
                if let Err(error) = self.parts.store.record_refused(holder, &code, outcome, now).await {
                    tracing::warn!(%key, %error, "a refused connect was not recorded");
                }
                Err(failure)
            }
        }
    }

    async fn check_policy(self: &Arc<Self>, holder: &Holder) -> Result<(), Failure> {
        if self.parts.rules.connect_policy == ConnectPolicy::Any {
            return Ok(());
        }
        let call = Profile::call(self.parts.timeouts.read);
        let profile = self.on_behalf(holder, &call, Profile::read).await?.result;
        if profile.admin && profile.user_id == holder.key.user_id {
            Ok(())
        } else {
            Err(Failure::NotAdmin)
        }
    }

    /// The channel is connected, whatever the database says: a write that fails is tried until it lands.
    async fn record_connected(
        self: &Arc<Self>,
        holder: &Holder,
        (code, bot_id): (&OpenChannelCode, BotId),
        wanted: Wanted,
    ) -> Vec<Connection> {
        let (now, store, key) = (self.parts.clock.now(), &self.parts.store, &holder.key);
        let recorded = match wanted {
            Wanted::Outcome => store
                .record_connected(key, code, bot_id, now)
                .await
                .map(|_| Vec::new()),
            Wanted::List => store.record_and_list(holder, (code, bot_id), now, SHOWN).await,
        };
        let error = match recorded {
            Ok(connections) => return connections,
            Err(error) => error,
        };
        tracing::error!(%key, %code, %error, "a connection waits for the database");
        self.record_later(key, (code, bot_id), now);
        Vec::new()
    }

    fn record_later(
        self: &Arc<Self>,
        key: &CredentialKey,
        (code, bot_id): (&OpenChannelCode, BotId),
        now: Timestamp,
    ) {
        let (app, key, code) = (Arc::clone(self), key.clone(), code.clone());
        self.tasks.spawn(async move {
            let recorded = pace::until_settled(&app.ending, WRITE_WAITS, || async {
                app.parts
                    .store
                    .record_connected(&key, &code, bot_id, now)
                    .await
                    .ok()
            });
            if recorded.await.is_none() {
                tracing::error!(%key, %code, %bot_id, "a connection was never recorded: the process ends");
            }
        });
    }
}
