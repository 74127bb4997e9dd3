//! Everything one emulator knows, behind one lock that is never held across an await.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use rustls::ServerConfig;
use serde_json::Value;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    channels::Channel,
    clock::Clock,
    events::Delivery,
    faults::Faults,
    frame::OpenFrame,
    journal::Journal,
    limits::Limits,
    portal::{AppState, Portal},
    site::Site,
    tokens::{Owner, Tokens},
};

/// The whole state, without HTTP.
pub(crate) struct World {
    pub(crate) site: Site,
    pub(crate) clock: Clock,
    pub(crate) portals: Vec<Portal>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) tokens: Tokens,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) journal: Journal,
    /// What pages of the app have said to the portals' pages.
    pub(crate) said: Vec<Value>,
    /// Events that were sent, lost on purpose or are held back, in the order of their making.
    pub(crate) deliveries: Vec<Value>,
    /// Events that wait for their release.
    pub(crate) held: Vec<Delivery>,
    /// Iframes that show the app, by their `APP_SID`.
    pub(crate) frames: HashMap<String, OpenFrame>,
    pub(crate) limits_at_start: bool,
    card_at_start: (String, String),
}

impl World {
    /// What the authorization server names as a portal's REST root.
    pub(crate) fn client_endpoint(&self, portal: &Portal) -> String {
        let named = portal.named_client_endpoint.clone();
        named.unwrap_or_else(|| self.site.client_endpoint(portal))
    }

    /// The state at the start.
    pub(crate) fn new(site: Site, limits: bool) -> Self {
        Self {
            clock: Clock::default(),
            portals: ["acme", "globex"].map(Portal::new).into(),
            channels: Channel::defaults(),
            tokens: Tokens::default(),
            faults: Faults::default(),
            limits: Limits::new(limits),
            journal: Journal::default(),
            said: Vec::new(),
            deliveries: Vec::new(),
            held: Vec::new(),
            frames: HashMap::new(),
            limits_at_start: limits,
            card_at_start: (site.client_id.clone(), site.client_secret.clone()),
            site,
        }
    }

    /// Back to the start; addresses and the app's URL stay.
    pub(crate) fn reset(&mut self) {
        let mut site = self.site.clone();
        site.redirect_url = None;
        (site.client_id, site.client_secret) = self.card_at_start.clone();
        let journal = std::mem::take(&mut self.journal).emptied();
        *self = Self {
            journal,
            ..Self::new(site, self.limits_at_start)
        };
    }

    /// Which portal answers at a `Host` header, and whether it is a former name or port of it.
    pub(crate) fn at_host(&self, host: &str) -> Option<(usize, bool)> {
        let (bare, port) = host.rsplit_once(':').unwrap_or((host, ""));
        let port = port.parse().ok().map(|port| self.site.own_port(port));
        let has_left = |at: usize| port.is_some_and(|port| self.portals[at].address.has_left(port));
        let name = bare.strip_suffix(".localhost")?;
        let current = self.portals.iter().position(|portal| portal.name == name);
        let former = || {
            self.portals
                .iter()
                .position(|portal| portal.former_names.iter().any(|old| old == name))
        };
        current
            .map(|at| (at, has_left(at)))
            .or_else(|| former().map(|at| (at, true)))
    }

    /// The portal with this `member_id`.
    pub(crate) fn by_member_id(&self, member_id: &str) -> Option<usize> {
        self.portals
            .iter()
            .position(|portal| portal.member_id == member_id)
    }

    /// The portal that a test means: by name, former name, host or `member_id`.
    pub(crate) fn named(&self, name: &str) -> Option<usize> {
        let name = name.to_ascii_lowercase();
        let host = if name.contains('.') {
            name.clone()
        } else {
            format!("{name}.localhost")
        };
        self.by_member_id(&name)
            .or_else(|| self.at_host(&host).map(|(at, _)| at))
    }

    /// Remembers an iframe. Nobody says when one is closed: when there are too many, all are forgotten.
    pub(crate) fn open_frame(&mut self, frame: OpenFrame, most: usize) {
        if self.frames.len() >= most {
            self.frames.clear();
        }
        self.frames.insert(frame.launch.app_sid.clone(), frame);
    }

    /// Whose tokens a launch of our app makes.
    pub(crate) fn our_owner(&self, portal: usize, user_id: u64) -> Owner {
        let (member_id, client_id) = (
            self.portals[portal].member_id.clone(),
            self.site.client_id.clone(),
        );
        Owner {
            member_id,
            user_id,
            client_id,
        }
    }

    /// Whether an app is where its token says. Other apps than ours are always installed.
    pub(crate) fn app_state(&self, owner: &Owner) -> AppState {
        if owner.client_id != self.site.client_id {
            return AppState::Installed;
        }
        self.by_member_id(&owner.member_id)
            .map_or(AppState::Absent, |at| self.portals[at].app)
    }
}

/// The state shared by all connections.
pub(crate) struct Shared {
    world: Mutex<World>,
    /// Delivers events to the app.
    pub(crate) http: reqwest::Client,
    /// With TLS, how every listener speaks it.
    pub(crate) tls: Option<Arc<ServerConfig>>,
    /// Ends listeners, connections and delayed deeds.
    pub(crate) stop: CancellationToken,
    /// Whatever runs on its own, so that stopping can wait for it.
    pub(crate) tasks: TaskTracker,
}

impl Shared {
    /// Wraps a state.
    pub(crate) fn new(world: World, http: reqwest::Client, tls: Option<Arc<ServerConfig>>) -> Self {
        Self {
            world: Mutex::new(world),
            http,
            tls,
            stop: CancellationToken::default(),
            tasks: TaskTracker::default(),
        }
    }

    /// Does something with the state: short, and never across an await.
    pub(crate) fn with<T>(&self, deed: impl FnOnce(&mut World) -> T) -> T {
        deed(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
