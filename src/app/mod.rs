//! The deeds: install, launch, connect, and the refresh that makes them last. Owns no library: what it needs
//! of the network is in `bitrix24`, of the database in `store`.

use std::sync::Arc;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use crate::bitrix24::{AuthorizationServer, Egress, OpenChannelCode, Placement, Portals, Timeouts};
use crate::seal::KeyRing;
use crate::store::Store;

mod clock;
mod connect;
mod failure;
mod flights;
mod launch;
mod on_behalf;
mod operate;
mod pace;
mod refresh;
mod session;
mod slug;

pub use clock::Clock;
pub use connect::{Connected, Listed};
pub use failure::{Failure, Trouble};
pub use launch::{Entry, Launched};
pub use operate::{Known, Operator};
pub use refresh::RefreshTiming;
pub use session::{OpenedSession, Session};
pub use slug::Slug;

use flights::Flights;

/// Who may connect channels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConnectPolicy {
    /// Whoever may open the app.
    #[default]
    Any,
    /// Administrators of the portal, by the portal's own `profile`.
    Admins,
}

/// What the publisher decided about connecting.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Who may connect.
    pub connect_policy: ConnectPolicy,
    /// Whether people may connect codes of their own.
    pub custom_codes: bool,
    /// The codes that the publisher offers.
    pub offered: Vec<OpenChannelCode>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            connect_policy: ConnectPolicy::Any,
            custom_codes: true,
            offered: Vec::new(),
        }
    }
}

/// How long what is needed no more is kept.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Connections of a portal that went away without asking for erasure.
    pub connections: SignedDuration,
    /// The log of REST calls, and processed events.
    pub rest_log: SignedDuration,
}

/// What the installer binds in a portal.
#[derive(Clone, Debug)]
pub struct Bindings {
    /// The app's own origin: events go to its `/events`, placements open its `/app`.
    pub public_url: Url,
    /// Where else in the portal the app is to be found.
    pub placements: Vec<Placement>,
}

/// What the deeds work with.
#[derive(Debug)]
pub struct Parts {
    /// The open, migrated database.
    pub store: Store,
    /// The keys, shared with the store.
    pub keys: Arc<KeyRing>,
    /// The authorization server.
    pub server: AuthorizationServer,
    /// The portals.
    pub portals: Portals,
    /// Where calls may go.
    pub egress: Egress,
    /// What time it is.
    pub clock: Clock,
    /// How long calls may take.
    pub timeouts: Timeouts,
    /// How long a refresh is claimed.
    pub refresh: RefreshTiming,
    /// What the publisher decided.
    pub rules: Rules,
    /// How long things are kept.
    pub retention: Retention,
    /// What the installer binds.
    pub bindings: Bindings,
}

/// The deeds, shared by all doors.
#[derive(Debug)]
pub struct App {
    parts: Parts,
    flights: Flights,
    tasks: TaskTracker,
    /// Cancelled when the process must end: what still waits for the database gives up and says so.
    ending: CancellationToken,
}

impl App {
    /// Takes the parts; starts nothing.
    #[must_use]
    pub fn new(parts: Parts) -> Arc<Self> {
        let (tasks, ending) = (TaskTracker::new(), CancellationToken::new());
        Arc::new(Self {
            parts,
            flights: Flights::default(),
            tasks,
            ending,
        })
    }

    /// Whether the database serves; the reason goes to the operator, not to a visitor.
    pub async fn ready(&self) -> Result<(), Failure> {
        Ok(self.parts.store.ready().await?)
    }

    /// Whether the authorization server answered when it was last asked.
    #[must_use]
    pub fn bitrix24_answers(&self) -> bool {
        self.parts.server.answers()
    }

    /// Lets running connects and refreshes finish for at most `patience`, then closes the database.
    pub async fn finish(&self, patience: std::time::Duration) {
        self.tasks.close();
        if tokio::time::timeout(patience, self.tasks.wait()).await.is_err() {
            self.ending.cancel();
            self.tasks.wait().await;
        }
        self.parts.store.close().await;
    }
}
