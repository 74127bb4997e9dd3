//! The deeds: install, launch, sign-in, connect, and the refresh that makes them last. Owns no library: what it needs
//! of the network is in `bitrix24`, of the database in `store`.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use crate::bitrix24::{AuthorizationServer, Egress, Placement, Portals, Timeouts};
use crate::seal::KeyRing;
use crate::store::Store;

mod bind;
mod clock;
mod connect;
mod correlation;
mod crowd;
mod desk;
mod erase;
mod failure;
mod flights;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod inbox;
mod launch;
mod lifecycle;
mod oauth_state;
mod offered;
mod on_behalf;
mod operate;
mod pace;
mod presence;
mod refresh;
mod refused;
mod rest_log;
mod sealed_session;
mod session;
mod sign_in;
mod slug;
mod tally;
mod upkeep;
mod verify;
mod welcome;
mod worker;
mod worthless;

pub use clock::Clock;
pub use connect::{By, Connected, Listed, Wanted};
pub use correlation::{cause, correlated};
pub use crowd::Shares;
pub use failure::{Failure, Trouble};
pub use inbox::{Inbox, Receipt};
pub use launch::{Installed, Launched};
pub use oauth_state::{Begun, Mark, SignIn};
pub use offered::{OfferedChannel, TextIn, Texts};
pub use operate::{Known, Operator};
pub use refresh::RefreshTiming;
pub use rest_log::RestLog;
pub use sealed_session::SealedSession;
pub use session::{OpenedSession, Session};
pub use sign_in::{Returned, SignInFault};
pub use slug::Slug;
pub use upkeep::UpkeepTiming;
pub use worthless::Worthless;

use crowd::Crowd;
use flights::Flights;
use refused::Refusals;

/// How long the last calls may wait for the database to be logged.
const LAST_CALLS: std::time::Duration = std::time::Duration::from_secs(10);

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
    /// The channels that the publisher offers, in the publisher's order.
    pub offered: Vec<OfferedChannel>,
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
    /// How much one portal may take up.
    pub shares: Shares,
    /// What the publisher decided.
    pub rules: Rules,
    /// How long things are kept.
    pub retention: Retention,
    /// What the installer binds.
    pub bindings: Bindings,
    /// The log of REST calls, which observes the speakers above.
    pub rest_log: Arc<RestLog>,
    /// Where events are kept.
    pub inbox: Inbox,
    /// How often upkeep is done.
    pub upkeep: UpkeepTiming,
}

/// The deeds, shared by all doors.
#[derive(Debug)]
pub struct App {
    parts: Parts,
    flights: Flights,
    refusals: Refusals,
    connects: Crowd,
    openings: Crowd,
    tasks: TaskTracker,
    /// Cancelled when nothing new is to be begun in the background.
    closing: CancellationToken,
    /// Cancelled when the process must end: what still waits for the database gives up and says so.
    ending: CancellationToken,
}

impl App {
    /// Takes the parts; starts nothing.
    #[must_use]
    pub fn new(parts: Parts) -> Arc<Self> {
        Arc::new(Self {
            refusals: Refusals::new(Arc::clone(&parts.keys)),
            connects: Crowd::new(parts.shares.connects),
            openings: Crowd::new(parts.shares.openings),
            parts,
            flights: Flights::default(),
            tasks: TaskTracker::new(),
            closing: CancellationToken::new(),
            ending: CancellationToken::new(),
        })
    }

    /// Starts what goes on in the background: working off the inbox, and upkeep.
    pub fn start(self: &Arc<Self>) {
        self.tasks.spawn(Arc::clone(self).work_inbox());
        self.tasks.spawn(Arc::clone(self).keep_up());
    }

    /// What time it is for the platform: by the authorization server's clock, by ours as long as it has not spoken.
    fn platform_time(&self) -> Timestamp {
        self.parts.server.time().unwrap_or_else(|| self.parts.clock.now())
    }

    /// Does something to its end, even if whoever asked for it goes away. Begins at once, and lies in a box: whoever
    /// waits for a slow portal would else hold the room for all of it twice.
    pub fn see_through<T: Send + 'static, D>(
        &self,
        deed: D,
    ) -> impl Future<Output = Result<T, Failure>> + use<T, D>
    where
        D: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let deed = correlation::carried(correlation::deed(), Box::pin(deed));
        let done = self.tasks.spawn(deed);
        async move {
            // The error itself would repeat the message of a panic, which may quote a value.
            done.await.unwrap_or_else(|error| {
                let how = if error.is_panic() {
                    "panicked"
                } else {
                    "was cut off"
                };
                Err(Failure::Internal(format!("a deed {how}")))
            })
        }
    }

    /// Whether the database has the schema of this version, or why that is not known; the reason goes to the operator,
    /// not to a visitor.
    pub async fn ready(&self) -> Result<bool, Failure> {
        Ok(self.parts.store.ready().await?)
    }

    /// Whether the authorization server answered when it was last asked.
    #[must_use]
    pub fn bitrix24_answers(&self) -> bool {
        self.parts.server.answers()
    }

    /// Says to the metrics how things stand at this moment: connections to the database, and the log's queue.
    pub fn measure(&self) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a gauge of calls, of some thousands at most"
        )]
        metrics::gauge!("rest_log_queue").set(self.parts.rest_log.waiting() as f64);
        for pool in self.parts.store.pools() {
            let set = |name: &'static str, connections: u32| {
                metrics::gauge!(name, "pool" => pool.name).set(f64::from(connections));
            };
            set("database_pool_connections", pool.open);
            set("database_pool_idle", pool.idle);
            set("database_pool_in_use", pool.open.saturating_sub(pool.idle));
            set("database_pool_limit", pool.limit);
        }
    }

    /// Lets running connects and refreshes finish for at most `patience`, writes what is to be logged, and closes
    /// the database.
    pub async fn finish(&self, patience: std::time::Duration) {
        self.closing.cancel();
        self.tasks.close();
        if tokio::time::timeout(patience, self.tasks.wait()).await.is_err() {
            self.ending.cancel();
            self.tasks.wait().await;
        }
        self.parts.rest_log.finish(LAST_CALLS).await;
        self.parts.store.close().await;
    }
}
