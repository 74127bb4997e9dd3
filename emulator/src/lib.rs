//! The other side of the wire: Bitrix24 portals and their authorization server, on loopback.
//!
//! Two listeners, because `app.info` differs by host. A request comes in by [`serve`](self) and the
//! door, is noted in the journal, may be struck by the fault schedule, and is answered by a face:
//!
//! - state without HTTP: `world` (all of it, behind one lock), `portal`, `address`, `tokens`, `channels`, `clock`,
//!   `limits`, `journal`, `faults`;
//! - faces without state: `oauth` (authorization server), `rest` (a portal's methods), `frame` (a portal's
//!   pages and its frame library), `events` (what a portal sends), `control` (what tests ask for);
//! - the wire: `serve` (connections), `door` (requests), `call`, `params`, `reply`, `tls`.
//!
//! Nothing here is shared with the app: one misreading of the platform cannot pass on both sides.
//! Every access, refresh and application token is 64 to 70 lower-case hex characters and begins with
//! `5ec2e75ec2e7`, so that a leaked one can be found by pattern.

mod address;
mod bodies;
mod call;
mod channels;
mod clock;
mod control;
mod door;
mod events;
mod faults;
mod frame;
mod journal;
mod launch;
mod limits;
mod oauth;
mod params;
mod portal;
mod reply;
mod resolver;
mod rest;
mod secret;
mod serve;
mod site;
mod tls;
mod tokens;
mod world;

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use anyhow::Context;
use tokio::net::TcpListener;

use crate::{
    journal::Listener,
    limits::Limits,
    site::Site,
    world::{Shared, World},
};

pub use crate::channels::DEFAULT_CODE;

/// How to start an emulator.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the authorization server listens.
    pub oauth: SocketAddr,
    /// Where the portals listen.
    pub portal: SocketAddr,
    /// The app's origin: launches go to its `/app` and `/install`, events to its `/events`.
    pub app_url: String,
    /// Whether both listeners speak TLS, with an authority made at start.
    pub tls: bool,
    /// The app's `client_id`.
    pub client_id: String,
    /// The app's `client_secret`.
    pub client_secret: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            oauth: (Ipv4Addr::LOCALHOST, 0).into(),
            portal: (Ipv4Addr::LOCALHOST, 0).into(),
            app_url: "http://127.0.0.1:8080".to_owned(),
            tls: false,
            client_id: "local.emulated.app".to_owned(),
            client_secret: "emulated-client-secret-7f3a9c51d2".to_owned(),
        }
    }
}

/// A running emulator. It ends when it is stopped or dropped.
pub struct Emulator {
    shared: Arc<Shared>,
    site: Site,
    ca_pem: Option<String>,
}

impl Emulator {
    /// Binds both listeners and serves; they are reachable when this returns.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let oauth = bind(options.oauth).await?;
        let portal = bind(options.portal).await?;
        let tls = if options.tls { Some(tls::make()?) } else { None };
        let mut site = Site {
            tls: options.tls,
            oauth: oauth.local_addr()?,
            portal: portal.local_addr()?,
            app_url: String::new(),
            redirect_url: None,
            client_id: options.client_id,
            client_secret: options.client_secret,
        };
        site.set_app_url(&options.app_url);
        let world = World::new(site.clone(), false);
        let config = tls.as_ref().map(|tls| Arc::clone(&tls.config));
        let shared = Arc::new(Shared::new(world, events::client()?, config));
        for (tcp, listener) in [(oauth, Listener::Oauth), (portal, Listener::Portal)] {
            serve::begin(&shared, tcp, listener);
        }
        Ok(Self {
            shared,
            site,
            ca_pem: tls.map(|tls| tls.ca_pem),
        })
    }

    /// The authorization server's origin.
    #[must_use]
    pub fn oauth_url(&self) -> String {
        self.site.oauth_url()
    }

    /// Where the portals listen.
    #[must_use]
    pub fn portal_addr(&self) -> SocketAddr {
        self.site.portal
    }

    /// Where a portal's pages begin, by its name: origin and path, without a slash at the end.
    #[must_use]
    pub fn portal_url(&self, name: &str) -> String {
        self.shared.with(|world| {
            let known = world.portals.iter().find(|portal| portal.name == name);
            match known {
                Some(portal) => world.site.portal_url(portal),
                None => world.site.portal_url(&portal::Portal::new(name)),
            }
        })
    }

    /// The portal listener's own origin: `/_emulator/*` works with any host.
    #[must_use]
    pub fn control_url(&self) -> String {
        self.site.control_url()
    }

    /// With TLS, the certificate authority made at start.
    #[must_use]
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// Sets the app's origin, for apps that are bound after the emulator.
    pub fn set_app_url(&self, url: &str) {
        self.shared.with(|world| world.site.set_app_url(url));
    }

    /// Turns the request and operating limits on, also for every reset to come.
    pub fn turn_limits_on(&self) {
        self.shared.with(|world| {
            world.limits_at_start = true;
            world.limits = Limits::new(true);
        });
    }

    /// Stops listening, lets running answers end for a moment, and closes what is left.
    pub async fn stop(self) {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        self.shared.tasks.wait().await;
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.shared.stop.cancel();
    }
}

async fn bind(addr: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(addr)
        .await
        .with_context(|| format!("cannot listen on {addr}"))
}
