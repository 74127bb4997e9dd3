//! What commands work on: a database that a service has made. Opening it makes nothing.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use crate::app::{Failure, Operator};
use crate::bitrix24::{MemberId, UserId};
use crate::config::{self, Config, Environment};
use crate::sentences;
use crate::service::assemble_app;
use crate::store::{CredentialKey, Overview, Schema, Store};
use crate::words::Words;

use super::{Stop, print, stop_signal};

/// How long a command waits in the end for what it has begun.
const LAST_WRITES: Duration = Duration::from_secs(30);

/// The database, for looking: needs no keys. It is to be closed.
pub(super) async fn overview(environment: &Environment) -> Result<Overview, Stop> {
    let database = config::existing_database(environment)?;
    let overview = Overview::open(&database).await.context(UNREACHED)?;
    match current(&overview).await {
        Ok(()) => Ok(overview),
        Err(stop) => {
            overview.close().await;
            Err(stop)
        }
    }
}

/// Looks at the database, and closes it.
pub(super) async fn looking<T, F: Future<Output = Result<T, Stop>>>(
    environment: &Environment,
    look: impl FnOnce(Overview) -> F,
) -> Result<T, Stop> {
    let overview = overview(environment).await?;
    let seen = look(overview.clone()).await;
    overview.close().await;
    seen
}

/// Sees that the schema can be worked with.
async fn check(environment: &Environment) -> Result<(), Stop> {
    looking(environment, async |_| Ok(())).await
}

/// The database with its keys, for commands that seal or open.
pub(super) async fn store(environment: &Environment) -> Result<Store, Stop> {
    let database = config::existing_database(environment)?;
    let keys = Arc::new(config::existing_keys(environment, &database)?);
    check(environment).await?;
    Ok(Store::open(&database, keys).await.context(UNREACHED)?)
}

/// Does something with the app, and lets it finish.
pub(super) async fn with_app<T, F: Future<Output = Result<T, Stop>>>(
    environment: &Environment,
    deed: impl FnOnce(Operator) -> F,
) -> Result<T, Stop> {
    let config = Config::read_existing(environment)?;
    check(environment).await?;
    let store = Store::open(&config.database, Arc::clone(&config.keys))
        .await
        .context(UNREACHED)?;
    let operator = Operator::new(assemble_app(config, store)?);
    let done = uninterrupted(deed(operator.clone())).await;
    operator.finish(LAST_WRITES).await;
    done
}

/// Brings to its end what has begun: a refresh that is cut off loses the new tokens, and the user has to open the app
/// again.
async fn uninterrupted<T>(deed: impl Future<Output = Result<T, Stop>>) -> Result<T, Stop> {
    let mut deed = std::pin::pin!(deed);
    tokio::select! {
        done = &mut deed => return done,
        () = interrupted() => {}
    }
    print::aside(&format!(
        "Interrupted: what has begun is brought to its end, for {} s at most.",
        LAST_WRITES.as_secs()
    ));
    let ended = tokio::time::timeout(LAST_WRITES, deed).await;
    ended.unwrap_or_else(|_| Err(Stop::Failed(anyhow!("interrupted before it came to an end"))))
}

/// Resolves at what stops a service, and when the terminal is closed.
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else {
        return stop_signal().await;
    };
    tokio::select! {
        _ = hangup.recv() => {}
        () = stop_signal() => {}
    }
}

const UNREACHED: &str = "DATABASE_URL leads to no database that answers";

/// Whether this version can work with the schema.
async fn current(overview: &Overview) -> Result<(), Stop> {
    let schema = overview.schema().await.context(UNREACHED)?;
    let said = match schema {
        Schema::Current | Schema::Newer => return Ok(()),
        Schema::Missing => "the database has no schema yet",
        Schema::Older => "the schema of the database is older than this version",
    };
    Err(Stop::Failed(anyhow!("{said}: run channel-connect migrate")))
}

/// Reads whose tokens are meant. What is no id cannot be known.
pub(super) fn credential_key(member_id: &str, user_id: &str) -> Result<CredentialKey, Stop> {
    let user_id = UserId::parse(user_id).map_err(|_| {
        Stop::Failed(anyhow!(
            "no such user is known: a USER_ID is a number, as credentials list shows it"
        ))
    })?;
    Ok(CredentialKey {
        member_id: portal_id(member_id)?,
        user_id,
    })
}

/// Reads which portal is meant.
pub(super) fn portal_id(text: &str) -> Result<MemberId, Stop> {
    MemberId::parse(text).map_err(|_| {
        Stop::Failed(anyhow!(
            "no such portal is known: a MEMBER_ID has 32 hexadecimal digits, as portals list shows it"
        ))
    })
}

/// The same sentences that a page would show, and the failure's own words for whoever looks them up.
pub(super) fn refused(failure: &Failure) -> Stop {
    let (message, next) = sentences::of(failure, Words::for_lang("en"));
    Stop::Failed(anyhow!("{message} {next} ({failure})"))
}
