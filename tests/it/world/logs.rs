//! What the suite logs, at `trace`, kept in the folder that `TEST_LOGS` names: `scripts/test` looks through it
//! for secrets once everything has run.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Mutex, Once};

use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

use super::overheard;

static STARTED: Once = Once::new();

/// The folder for logs, if anybody asked for them.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("TEST_LOGS").map(PathBuf::from)
}

/// Keeps what the apps in this process log. The emulator, which may show what it likes, is left out.
pub fn keep() {
    STARTED.call_once(|| {
        let suite = folder().map(|folder| {
            let file = File::create(folder.join("suite.log")).unwrap();
            tracing_subscriber::fmt::layer()
                .with_ansi(false)
                .with_writer(Mutex::new(file))
                .with_filter(EnvFilter::new("trace,bitrix24_emulator=off"))
        });
        tracing_subscriber::registry()
            .with(suite)
            .with(overheard::listener())
            .init();
    });
}
