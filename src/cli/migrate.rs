//! `migrate`: brings the database's schema up to date and ends.

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::config::{self, Environment};
use crate::store::{MigrationLock, migrate};

use super::{Stop, logging};

const WITHOUT_LOCK: &str = "without-lock";

const MORE: &str =
    "serve does this at start, too, unless nothing is to be done. With a database role for serve that \
may only read and write rows, run migrate with the role that owns the tables before each upgrade.

Example:
  channel-connect migrate --database-url-file /run/secrets/owner_database_url";

/// The command's words.
pub(super) fn command() -> Command {
    Command::new("migrate")
        .about("Brings the database's schema up to date and ends")
        .after_help(MORE)
        .arg(
            Arg::new(WITHOUT_LOCK)
                .long(WITHOUT_LOCK)
                .action(ArgAction::SetTrue)
                .help("For engines without advisory locks: see to it that nobody else migrates at the same time"),
        )
}

/// Migrates.
pub(super) fn run(
    given: &ArgMatches,
    environment: &Environment,
    runtime: &tokio::runtime::Runtime,
) -> Result<(), Stop> {
    let database = config::database(environment)?;
    logging::start(environment, None)?;
    let lock = if given.get_flag(WITHOUT_LOCK) {
        MigrationLock::None
    } else {
        MigrationLock::Held
    };
    runtime
        .block_on(migrate(&database, lock))
        .context("the database that DATABASE_URL names was not migrated")?;
    Ok(())
}
