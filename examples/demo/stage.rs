//! What the demonstration plays on: emulator, app, and a database that is thrown away afterwards.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use anyhow::Context as _;
use bitrix24_emulator::{Emulator, Options};
use channel_connect::config::{Config, Environment};
use channel_connect::service::Service;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The ports of the documentation; taken ones are replaced by any free one.
const APP_PORT: u16 = 8080;
const OAUTH_PORT: u16 = 8091;
const PORTAL_PORT: u16 = 8092;

/// The portal that is visited.
pub(crate) const PORTAL: &str = "acme";

/// A browser may keep connections open for longer than anybody wants to wait for a demo to end.
const END_WITHIN: Duration = Duration::from_secs(5);

/// Everything that runs.
pub(crate) struct Stage {
    emulator: Emulator,
    app_url: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<anyhow::Result<()>>,
    /// Removed with everything in it when dropped.
    _folder: TempDir,
}

impl Stage {
    /// Starts everything; all doors are open when this returns.
    pub(crate) async fn set() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("no folder for the database")?;
        let listener = listener_on(APP_PORT)?;
        let app_url = format!("http://{}", listener.local_addr()?);
        let options = Options {
            oauth: free_address(OAUTH_PORT)?,
            portal: free_address(PORTAL_PORT)?,
            app_url: app_url.clone(),
            ..Options::default()
        };
        let card = (options.client_id.clone(), options.client_secret.clone());
        let emulator = Emulator::start(options).await?;
        let database = format!("sqlite://{}", folder.path().join("demo.db").display());
        let environment = environment(&emulator, card, (database, app_url.clone()));
        let service = Service::assemble(Config::read(&environment)?).await?;
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(service.serve(listener, async { drop(stopped.await) }));
        Ok(Self {
            emulator,
            app_url,
            stop,
            served,
            _folder: folder,
        })
    }

    /// The visited portal's origin.
    pub(crate) fn portal_url(&self) -> String {
        self.emulator.portal_url(PORTAL)
    }

    /// The app's own address.
    pub(crate) fn app_url(&self) -> &str {
        &self.app_url
    }

    /// Where the visited portal listens.
    pub(crate) fn portal_addr(&self) -> SocketAddr {
        self.emulator.portal_addr()
    }

    /// The emulator's control API.
    pub(crate) fn control_url(&self) -> String {
        format!("{}/_emulator", self.emulator.control_url())
    }

    /// Stops the app as SIGTERM would, then the emulator, and removes the database.
    pub(crate) async fn clear(self) -> anyhow::Result<()> {
        drop(self.stop);
        if let Ok(served) = tokio::time::timeout(END_WITHIN, self.served).await {
            served??;
        }
        self.emulator.stop().await;
        Ok(())
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  app                   {}", self.app_url())?;
        writeln!(f, "  portal                {}", self.portal_url())?;
        writeln!(f, "  authorization server  {}", self.emulator.oauth_url())?;
        writeln!(f, "  database              SQLite, in a temporary folder")
    }
}

/// What an operator would set; keys and everything else as they come by default.
fn environment(
    emulator: &Emulator,
    (client_id, client_secret): (String, String),
    (database, app_url): (String, String),
) -> Environment {
    [
        ("BITRIX24_CLIENT_ID", client_id),
        ("BITRIX24_CLIENT_SECRET", client_secret),
        ("BITRIX24_OAUTH_URL", emulator.oauth_url()),
        ("BITRIX24_JS_URL", format!("{}/api/v1/", emulator.control_url())),
        ("DATABASE_URL", database),
        ("DEVELOPMENT", "true".to_owned()),
        ("PUBLIC_URL", app_url),
    ]
    .into_iter()
    .collect()
}

/// Listens on the wished port, or on any other when it is taken.
fn listener_on(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .context("no port is free")
}

/// An address that was free a moment ago; port 0 leaves the choice to whoever binds it.
fn free_address(port: u16) -> anyhow::Result<SocketAddr> {
    let wished = listener_on(port)?.local_addr()?;
    let port = if wished.port() == port { port } else { 0 };
    Ok((Ipv4Addr::LOCALHOST, port).into())
}
