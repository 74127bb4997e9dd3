//! The assembly: makes the rooms from the configuration and opens the doors. What `main` starts is what tests
//! start.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use crate::app::{App, Bindings, Inbox, Parts, RestLog};
use crate::bitrix24::{AuthorizationServer, Gate, Portals};
use crate::config::Config;
use crate::store::Store;
use crate::telemetry::Exposition;
use crate::web::{self, Doors, Front, Serving, TrustedProxies};

/// A connect may last 100 s; whoever stops the process should grant a little more.
const LAST_REQUESTS: Duration = Duration::from_secs(105);

/// While `/readyz` says so, before the listener closes: load balancers look about once a second.
const LAST_LOOK: Duration = Duration::from_secs(1);

/// A refresh lasts at most two token calls and a write; a write may wait for a database that is restarting.
const LAST_WRITES: Duration = Duration::from_secs(30);

/// The app, ready to be served.
#[derive(Debug)]
pub struct Service {
    app: Arc<App>,
    doors: Arc<Doors>,
}

impl Service {
    /// Opens and migrates the database and makes the rooms. Nothing listens yet.
    pub async fn assemble(config: Config) -> anyhow::Result<Self> {
        if let Some(file) = &config.made_key_file {
            tracing::warn!(file = %file.display(), "made an encryption key: back it up with the database");
        }
        if !config.rules.custom_codes && config.rules.offered.is_empty() {
            tracing::warn!(
                "nothing can be connected: CUSTOM_CODES is false and CHANNELS_FILE offers no channel"
            );
        }
        let store = Store::open(&config.database, Arc::clone(&config.keys))
            .await
            .context("DATABASE_URL leads to no database that answers")?;
        store.migrate().await?;
        let look = config.look.clone();
        let front = Front {
            secure: config.public_url.scheme() == "https",
            trusted_proxies: TrustedProxies::new(config.trusted_proxies.clone()),
            capacity: config.capacity,
            budgets: config.budgets,
            clock: config.clock.clone(),
        };
        let app = assemble_app(config, store)?;
        let doors = Doors::new(Arc::clone(&app), look, front);
        Ok(Self { app, doors })
    }

    /// Serves the operator's `/metrics` beside the app, until the returned handle is stopped.
    pub fn serve_admin(&self, listener: TcpListener, metrics: Exposition) -> std::io::Result<Serving> {
        let app = Arc::clone(&self.app);
        let shown = move || {
            app.measure();
            metrics.render()
        };
        let (serving, served) = web::serve(listener, web::admin_router(shown))?;
        tokio::spawn(async move {
            if let Err(error) = served.await {
                tracing::error!(%error, "the admin server ended");
            }
        });
        Ok(serving)
    }

    /// Serves until `shutdown` resolves; then lets running connects and refreshes finish.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()>,
    ) -> anyhow::Result<()> {
        let (serving, served) = web::serve(listener, web::router(&self.doors))?;
        self.app.start();
        let closing = async {
            shutdown.await;
            tracing::info!("shutting down: running requests may finish");
            self.doors.close();
            tokio::time::sleep(LAST_LOOK).await;
            serving.stop(LAST_REQUESTS);
            // From here on the server ends, which is what the other branch waits for.
            std::future::pending::<()>().await;
        };
        let ended = tokio::select! {
            ended = served => ended,
            () = closing => Ok(()),
        };
        self.app.finish(LAST_WRITES).await;
        ended.context("the server ended by itself")?;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Makes the rooms behind the doors on an open database: all that a command needs that serves nothing. Whoever
/// calls this lets the app finish in the end.
pub fn assemble_app(config: Config, store: Store) -> anyhow::Result<Arc<App>> {
    // Another part of the process may have chosen the same provider already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let egress = config.egress;
    let gate = Gate::open(&egress, &config.timeouts)
        .context("the HTTP client cannot start; are certificate authorities installed?")?;
    let credentials = (config.client_id, &config.client_secret);
    let rest_log = RestLog::start(store.clone(), config.clock.clone());
    let server = AuthorizationServer::new(gate.clone(), &config.oauth_url, credentials, config.timeouts);
    Ok(App::new(Parts {
        inbox: Inbox::open(store.clone()),
        store,
        keys: config.keys,
        server: server.observed_by(rest_log.observer()),
        portals: Portals::new(gate).observed_by(rest_log.observer()),
        egress,
        clock: config.clock,
        timeouts: config.timeouts,
        refresh: config.refresh,
        shares: config.shares,
        rules: config.rules,
        retention: config.retention,
        bindings: Bindings {
            public_url: config.public_url,
            placements: config.placements,
        },
        rest_log,
        upkeep: config.upkeep,
    }))
}
