//! What is kept: database, schema, keys, inbox, tokens, bound handlers.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use jiff::SignedDuration;

use crate::app::Clock;
use crate::cli::print;
use crate::config::{self, Environment};
use crate::store::{Counts, DatabaseUrl, Overview, Schema, SealedSample, Store, StoreError};

use super::Finding;

/// So many of the newest sealed values of each kind are opened.
const SAMPLE: u32 = 25;

/// An event that has been due for so long: nobody works on the inbox.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// Names that are printed; the rest is counted.
const NAMED: usize = 3;

/// Looks at everything that a database tells, as far as it goes.
pub(super) async fn examine(environment: &Environment) -> Vec<Finding> {
    let url = match config::existing_database(environment) {
        Ok(url) => url,
        Err(fault) => return vec![Finding::skipped("database", fault)],
    };
    let overview = match Overview::open(&url).await {
        Ok(overview) => overview,
        Err(error) => return vec![no_database(&error)],
    };
    let findings = looked_at(environment, &url, &overview).await;
    overview.close().await;
    findings
}

async fn looked_at(environment: &Environment, url: &DatabaseUrl, overview: &Overview) -> Vec<Finding> {
    let mut findings = vec![Finding::ok("database", "answers")];
    match overview.schema().await {
        Ok(Schema::Current) => findings.push(Finding::ok("migrations", "the schema is that of this version")),
        Ok(Schema::Newer) => findings.push(Finding::ok(
            "migrations",
            "a newer version has taken the schema further; this one works with it",
        )),
        Ok(schema) => {
            findings.push(old_schema(schema));
            return findings;
        }
        Err(error) => return vec![no_database(&error)],
    }
    findings.extend(keys(environment, url).await);
    match overview.counts().await {
        Ok(counts) => findings.extend([inbox(&counts), credentials(&counts), portals(&counts)]),
        Err(error) => findings.push(no_database(&error)),
    }
    findings
}

fn no_database(error: &StoreError) -> Finding {
    let mend =
        "see whether the database runs, and whether host, user, password and name in DATABASE_URL are right";
    Finding::fail("database", format!("DATABASE_URL: {error}"), mend)
}

fn old_schema(schema: Schema) -> Finding {
    let says = if schema == Schema::Missing {
        "the database has no schema yet"
    } else {
        "the schema is older than this version"
    };
    Finding::fail(
        "migrations",
        says,
        "channel-connect migrate, or start the service, which does it, too",
    )
}

async fn keys(environment: &Environment, url: &DatabaseUrl) -> Vec<Finding> {
    let keys = match config::existing_keys(environment, url) {
        Ok(keys) => keys,
        Err(fault) => return vec![Finding::skipped("keys", fault)],
    };
    let mut findings = Vec::from_iter(key_file(environment, url));
    match Store::open(url, Arc::new(keys)).await {
        Ok(store) => {
            findings.push(fitting(&store).await.unwrap_or_else(|error| no_database(&error)));
            store.close().await;
        }
        Err(error) => findings.push(no_database(&error)),
    }
    findings
}

/// A key file that others can read is no secret.
fn key_file(environment: &Environment, url: &DatabaseUrl) -> Option<Finding> {
    let file = config::key_file_of(environment, url)?;
    let mode = std::fs::metadata(&file).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        let says = format!(
            "the key file {} is open to others (mode {mode:o})",
            file.display()
        );
        Finding::fail("keys", says, format!("chmod 600 {}", file.display()))
    })
}

async fn fitting(store: &Store) -> Result<Finding, StoreError> {
    let sample = store.sealed_sample(SAMPLE).await?;
    if !sample.unreadable.is_empty() {
        return Ok(misfit(&sample));
    }
    let uses = store.key_uses().await?;
    let under = |known: bool| {
        let uses = uses.iter().skip(1).filter(|of| of.id.is_some() == known);
        uses.map(|of| of.sealed).sum::<i64>()
    };
    let says = match sample.opened {
        0 => "nothing is sealed yet".to_owned(),
        opened => format!("the newest {opened} sealed values open"),
    };
    Ok(match (under(true), under(false)) {
        (_, unknown @ 1..) => Finding::warn(
            "keys",
            format!("{says}; {unknown} older ones are under keys that are not in ENCRYPTION_KEYS"),
            "put the missing key last on the list, then channel-connect keys rotate",
        ),
        (older @ 1.., _) => Finding::ok(
            "keys",
            format!("{says}; {older} are under older keys (channel-connect keys rotate)"),
        ),
        _ => Finding::ok("keys", says),
    })
}

fn misfit(sample: &SealedSample) -> Finding {
    let (closed, all) = (sample.unreadable.len(), sample.opened + sample.unreadable.len());
    let names: Vec<&str> = sample.unreadable.iter().take(NAMED).map(String::as_str).collect();
    let more = if closed > NAMED { ", …" } else { "" };
    let says = format!(
        "ENCRYPTION_KEYS: {closed} of the newest {all} sealed values do not open ({}{more})",
        names.join(", ")
    );
    let mend = "put the key with which they were sealed on the list; where it is lost, users bring new tokens by \
                opening the app";
    Finding::fail("keys", says, mend)
}

fn inbox(counts: &Counts) -> Finding {
    let now = Clock::system().now();
    let overdue = counts.due.map(|at| now.duration_since(at)).unwrap_or_default();
    let oldest = counts.oldest_waiting.map_or_else(String::new, |at| {
        format!(", the oldest for {}", print::age(at, now))
    });
    let says = format!(
        "waiting: {}{oldest}; dead letters: {}",
        counts.waiting, counts.dead
    );
    match counts.dead {
        _ if overdue > LONGEST_WAIT => Finding::fail(
            "inbox",
            format!(
                "{says}; due for {} and not worked on",
                print::age(now - overdue, now)
            ),
            "see whether the service runs, and what channel-connect events list --state waiting says of them",
        ),
        0 => Finding::ok("inbox", says),
        _ => Finding::warn(
            "inbox",
            says,
            "channel-connect events list --state dead says why; events replay ID tries one again",
        ),
    }
}

fn credentials(counts: &Counts) -> Finding {
    let says = format!(
        "live: {}, lost: {}, revoked: {}",
        counts.live, counts.lost, counts.revoked
    );
    match counts.lost {
        0 => Finding::ok("credentials", says),
        _ => Finding::warn(
            "credentials",
            says,
            "lost ones end when their users open the app again; many at once mean that answers of the authorization \
             server go astray: see the log",
        ),
    }
}

fn portals(counts: &Counts) -> Finding {
    let says = format!("with the app: {}, gone: {}", counts.portals, counts.gone);
    match counts.unbound {
        0 => Finding::ok("portals", says),
        unbound => Finding::warn(
            "portals",
            format!("{says}, without bound handlers: {unbound}; their uninstalling would be noticed late"),
            "an administrator of such a portal opens the app: that binds them; portals show MEMBER_ID says what is bound",
        ),
    }
}
