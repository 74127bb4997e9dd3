//! A portal: one customer's Bitrix24, without the wire.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::{address::Address, secret};

/// What a portal grants the app when nobody says otherwise.
const SCOPE: [&str; 5] = ["imopenlines", "im", "user_basic", "placement", "contact_center"];
/// The first bot that joins a portal gets this user id.
const FIRST_BOT: u64 = 603;

/// A person of a portal.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) last_name: String,
    pub(crate) admin: bool,
    /// A dismissed employee is not active.
    pub(crate) active: bool,
    /// The portal's language code for this user (`en`, `de`, `la` …).
    pub(crate) language: String,
    /// Who is given this user's tokens at the next refresh.
    pub(crate) handed_to: Option<u64>,
}

impl User {
    /// The full name.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.name, self.last_name).trim().to_owned()
    }
}

/// How far the app has come in a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AppState {
    /// Never installed here.
    Absent,
    /// An administrator has the installer open: tokens exist, `installed` is false.
    Installing,
    Installed,
    /// Was installed once; its tokens answer `NOT_INSTALLED`.
    Uninstalled,
}

/// An event handler bound by `event.bind`.
#[derive(Clone, Debug)]
pub(crate) struct EventBinding {
    pub(crate) id: u64,
    pub(crate) event: String,
    pub(crate) handler: String,
    pub(crate) auth_type: u64,
    pub(crate) offline: bool,
}

/// A placement handler bound by `placement.bind`.
#[derive(Clone, Debug)]
pub(crate) struct PlacementBinding {
    pub(crate) placement: String,
    pub(crate) handler: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) options: Value,
}

/// An open channel that has been connected: a bot user appeared.
#[derive(Clone, Debug)]
pub(crate) struct JoinedChannel {
    pub(crate) code: String,
    pub(crate) bot_id: u64,
    pub(crate) user_id: u64,
    pub(crate) at: i64,
}

/// A message sent by `imopenlines.network.message.add`.
#[derive(Clone, Debug)]
pub(crate) struct SentMessage {
    pub(crate) code: String,
    pub(crate) user_id: u64,
    pub(crate) text: String,
    pub(crate) at: i64,
}

/// An incoming webhook: a user's rights in a URL, and no app.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) user_id: u64,
    pub(crate) secret: String,
}

/// In what a portal is odd; each of these has been seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quirks {
    /// Fields that token answers leave out.
    pub(crate) token_omits: Vec<String>,
    /// Token answers say `app` instead of the scope.
    pub(crate) token_scope_app: bool,
    /// User and bot ids come as text.
    pub(crate) text_ids: bool,
    /// Answers carry no `time`.
    pub(crate) no_time: bool,
}

impl Quirks {
    /// An id as this portal writes it.
    pub(crate) fn id(&self, id: u64) -> Value {
        if self.text_ids {
            id.to_string().into()
        } else {
            id.into()
        }
    }
}

/// One portal and everything it remembers.
#[derive(Clone, Debug)]
pub(crate) struct Portal {
    pub(crate) name: String,
    /// Names it has been renamed from; they answer with redirects.
    pub(crate) former_names: Vec<String>,
    /// On which port and below which path it answers.
    pub(crate) address: Address,
    pub(crate) member_id: String,
    pub(crate) users: BTreeMap<u64, User>,
    /// Who sits before the portal's page.
    pub(crate) current_user: u64,
    pub(crate) app: AppState,
    pub(crate) version: u32,
    /// `L` local, `F` free, `D` demo, `T` trial, `P` paid, `S` subscription.
    pub(crate) status: String,
    pub(crate) payment_over: bool,
    pub(crate) scope: Vec<String>,
    pub(crate) application_token: String,
    pub(crate) events: Vec<EventBinding>,
    pub(crate) placements: Vec<PlacementBinding>,
    pub(crate) joined: Vec<JoinedChannel>,
    pub(crate) messages: Vec<SentMessage>,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) app_options: Map<String, Value>,
    pub(crate) user_options: BTreeMap<u64, Map<String, Value>>,
    /// Users who have run the app once: their `FIRST_RUN` is over.
    pub(crate) welcomed: BTreeSet<u64>,
    pub(crate) quirks: Quirks,
    /// What the authorization server names as this portal's REST root instead of its own.
    pub(crate) named_client_endpoint: Option<String>,
    /// What token answers name as the authorization server's REST root instead of its own.
    pub(crate) named_server_endpoint: Option<String>,
    next_bot: u64,
    next_binding: u64,
}

impl Portal {
    /// A portal as it stands at the start: an administrator, two colleagues, no app.
    pub(crate) fn new(name: &str) -> Self {
        let people = [(1, "Alex", "Admin"), (2, "Uma", "Usher"), (3, "Victor", "Vale")];
        let users = people.map(|(id, name, last_name)| (id, User::new(id, name, last_name, id == 1)));
        Self {
            name: name.to_owned(),
            former_names: Vec::new(),
            address: Address::default(),
            member_id: secret::member_id(name),
            users: users.into(),
            current_user: 1,
            app: AppState::Absent,
            version: 1,
            status: "F".to_owned(),
            payment_over: false,
            scope: SCOPE.map(str::to_owned).to_vec(),
            application_token: secret::token(),
            events: Vec::new(),
            placements: Vec::new(),
            joined: Vec::new(),
            messages: Vec::new(),
            webhooks: Vec::new(),
            app_options: Map::new(),
            user_options: BTreeMap::new(),
            welcomed: BTreeSet::new(),
            quirks: Quirks::default(),
            named_client_endpoint: None,
            named_server_endpoint: None,
            next_bot: FIRST_BOT,
            next_binding: 1,
        }
    }

    /// Whether the installer has finished.
    pub(crate) fn installed(&self) -> bool {
        self.app == AppState::Installed
    }

    /// Whether the app has tokens here at all.
    pub(crate) fn has_app(&self) -> bool {
        matches!(self.app, AppState::Installing | AppState::Installed)
    }

    /// An administrator starts the installer. A new installation gets a new application token;
    /// installing over an existing one keeps it and wipes the handlers.
    pub(crate) fn begin_install(&mut self) {
        match self.app {
            AppState::Uninstalled => {
                self.application_token = secret::token();
                self.app = AppState::Installing;
            }
            AppState::Absent => self.app = AppState::Installing,
            AppState::Installing => {}
            AppState::Installed => self.wipe_handlers(),
        }
    }

    /// The installer has said that it is done; true when it was not before.
    pub(crate) fn finish_install(&mut self) -> bool {
        let news = self.app != AppState::Installed;
        if news {
            self.begin_install();
        }
        self.app = AppState::Installed;
        news
    }

    /// Takes the app away: handlers and options go, bots stay.
    pub(crate) fn uninstall(&mut self) {
        self.app = AppState::Uninstalled;
        self.wipe_handlers();
        self.app_options.clear();
        self.user_options.clear();
        self.welcomed.clear();
    }

    /// A new version is rolled out: handlers are wiped, and the application token may change.
    pub(crate) fn update(&mut self, new_token: bool) -> u32 {
        let previous = self.version;
        self.version += 1;
        self.wipe_handlers();
        if new_token {
            self.application_token = secret::token();
        }
        previous
    }

    fn wipe_handlers(&mut self) {
        self.events.clear();
        self.placements.clear();
    }

    /// Binds an event handler; `None` when the same one is bound already.
    pub(crate) fn bind_event(
        &mut self,
        event: &str,
        handler: &str,
        auth_type: u64,
        offline: bool,
    ) -> Option<u64> {
        let same = |known: &EventBinding| {
            known.event == event
                && known.handler == handler
                && known.auth_type == auth_type
                && known.offline == offline
        };
        if self.events.iter().any(same) {
            return None;
        }
        let id = self.next_binding;
        self.next_binding += 1;
        let (event, handler) = (event.to_owned(), handler.to_owned());
        self.events.push(EventBinding {
            id,
            event,
            handler,
            auth_type,
            offline,
        });
        Some(id)
    }

    /// Connects a channel for the whole portal; an already connected one answers its bot again.
    pub(crate) fn join(&mut self, code: &str, user_id: u64, at: i64) -> u64 {
        if let Some(bot_id) = self.bot_of(code) {
            return bot_id;
        }
        let bot_id = self.next_bot;
        self.next_bot += 2;
        self.joined.push(JoinedChannel {
            code: code.to_owned(),
            bot_id,
            user_id,
            at,
        });
        bot_id
    }

    /// The bot of a connected channel.
    pub(crate) fn bot_of(&self, code: &str) -> Option<u64> {
        self.joined
            .iter()
            .find(|joined| joined.code == code)
            .map(|joined| joined.bot_id)
    }

    /// The scope as the platform writes it.
    pub(crate) fn scope_list(&self) -> String {
        self.scope.join(",")
    }
}

impl User {
    /// A new, active person.
    pub(crate) fn new(id: u64, name: &str, last_name: &str, admin: bool) -> Self {
        Self {
            id,
            name: name.to_owned(),
            last_name: last_name.to_owned(),
            admin,
            active: true,
            language: "en".to_owned(),
            handed_to: None,
        }
    }
}
