//! What the suite logs, at `trace`, kept in the folder that `TEST_LOGS` names: `scripts/test` looks through it
//! for secrets once everything has run.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Once;

use tracing_subscriber::EnvFilter;

static STARTED: Once = Once::new();

/// The folder for logs, if anybody asked for them.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("TEST_LOGS").map(PathBuf::from)
}

/// Keeps what the apps in this process log. The emulator, which may show what it likes, is left out.
pub fn keep() {
    let Some(folder) = folder() else { return };
    STARTED.call_once(|| {
        let file = File::create(folder.join("suite.log")).unwrap();
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("trace,bitrix24_emulator=off"))
            .with_ansi(false)
            .with_writer(std::sync::Mutex::new(file))
            .init();
    });
}
