//! `keys generate|rotate`: the keys under which secrets are kept.

use anyhow::{Context as _, anyhow};
use clap::Command;
use jiff::SignedDuration;

use crate::app::Clock;
use crate::config::Environment;
use crate::seal::{KeyId, MasterKey};
use crate::store::{KeyUse, Sealed, Store};

use super::print::{self, moment};
use super::progress::Progress;
use super::{Stop, open};

/// Few enough that a refresh never waits long for one helping.
const HELPING: u32 = 100;

/// Where a refresh was faster, its pair may have been sealed under the old key by a service that still has it first.
const ROUNDS: u32 = 3;

/// Names of unreadable rows that are printed; the rest is counted.
const NAMED: usize = 20;

/// How long the digest of an erased portal is looked for.
const DIGESTS_LAST: SignedDuration = SignedDuration::from_hours(30 * 24);

const GENERATE_EXAMPLES: &str = "Example:
  channel-connect keys generate >> keys.txt";

const ROTATE_EXAMPLES: &str = "Changing the key, without a pause:
  1. channel-connect keys generate
  2. Put the new key last, ENCRYPTION_KEYS=old:…,new:…, and restart every
     replica. Now all of them open both.
  3. Put it first, ENCRYPTION_KEYS=new:…,old:…, and restart every replica.
     Now all of them seal under it.
  4. channel-connect keys rotate, with the same ENCRYPTION_KEYS. It may be
     stopped and repeated at any time.
  5. When it says so, take the old key off the list and restart every replica.
With one replica alone, step 2 may be left out.";

/// What became of everything.
#[derive(Default)]
struct Tally {
    resealed: u64,
    current: u64,
    unreadable: Vec<String>,
}

/// The commands' words.
pub(super) fn command() -> Command {
    Command::new("keys")
        .about("Encryption keys")
        .subcommand_required(true)
        .subcommand(
            Command::new("generate")
                .about("Prints a new key, id:base64, for ENCRYPTION_KEYS")
                .after_help(GENERATE_EXAMPLES),
        )
        .subcommand(
            Command::new("rotate")
                .about("Seals anew under the first key what older keys have sealed, while the service runs")
                .after_help(ROTATE_EXAMPLES),
        )
}

/// Prints a new key.
pub(super) fn generate() -> Result<(), Stop> {
    // The id only has to differ from those on the ring; the date tells an operator which key is which.
    let id = format!("k{}", Clock::system().now().strftime("%Y%m%d%H%M%S"));
    let key = KeyId::parse(&id)
        .context("no key id")
        .and_then(|id| Ok(MasterKey::generate(id)?))?;
    print::line(&key.to_line())
}

/// Seals anew, in the database of a service.
pub(super) async fn run_rotate(environment: &Environment) -> Result<(), Stop> {
    let store = open::store(environment).await?;
    let rotated = rotate(&store).await;
    store.close().await;
    rotated
}

async fn rotate(store: &Store) -> Result<(), Stop> {
    warn_of_an_unused_key(&store.key_uses().await?);
    let mut unreadable = 0;
    for what in Sealed::ALL {
        let tally = reseal_all(store, what).await?;
        unreadable += tally.unreadable.len();
        print::read_or_not(report(what, &tally))?;
    }
    let uses = store.key_uses().await?;
    print::read_or_not(report_uses(store, &uses).await)?;
    let left: i64 = older(&uses).map(|(_, of)| of.sealed).sum();
    match unreadable {
        0 if left == 0 => Ok(()),
        0 => Err(Stop::Failed(anyhow!(
            "{left} sealed values are still under older keys, because a service seals under them: put the new key \
             first in ENCRYPTION_KEYS of every replica, restart it, and repeat this"
        ))),
        some => Err(Stop::Failed(anyhow!(
            "{some} sealed values open under none of the keys: put the missing key last in ENCRYPTION_KEYS and repeat \
             this; where it is lost, users bring new tokens by opening the app"
        ))),
    }
}

/// All rows of one kind; again where somebody else was faster.
async fn reseal_all(store: &Store, what: Sealed) -> Result<Tally, Stop> {
    let mut tally = Tally::default();
    let all = store.count_sealed(what).await?;
    for _ in 0..ROUNDS {
        let mut round = Tally::default();
        let mut outrun = 0;
        let mut progress = Progress::begin(what.name(), all);
        let mut place = None;
        loop {
            let done = store.reseal(what, place.as_ref(), HELPING).await?;
            progress.advance(done.resealed + done.current + done.outrun + done.unreadable.len() as u64);
            round.resealed += done.resealed;
            round.current += done.current;
            outrun += done.outrun;
            round.unreadable.extend(done.unreadable);
            place = done.next;
            if place.is_none() {
                break;
            }
        }
        progress.end();
        // What an earlier round has resealed is current now.
        round.current = round.current.saturating_sub(tally.resealed);
        round.resealed += tally.resealed;
        tally = round;
        if outrun == 0 {
            break;
        }
    }
    Ok(tally)
}

fn report(what: Sealed, tally: &Tally) -> Result<(), Stop> {
    let (name, unreadable) = (what.name(), tally.unreadable.len());
    print::line(&format!(
        "{name}: {} sealed anew, {} were current, {unreadable} unreadable",
        tally.resealed, tally.current
    ))?;
    for key in tally.unreadable.iter().take(NAMED) {
        print::line(&format!("  unreadable: {} {key}", what.table()))?;
    }
    match unreadable.checked_sub(NAMED) {
        Some(more @ 1..) => print::line(&format!("  … and {more} more")),
        _ => Ok(()),
    }
}

/// The keys of the ring behind the first.
fn older(uses: &[KeyUse]) -> impl Iterator<Item = (&KeyId, &KeyUse)> {
    let behind = uses.iter().skip(1);
    behind.filter_map(|of| Some((of.id.as_ref()?, of)))
}

/// Which keys are still needed.
async fn report_uses(store: &Store, uses: &[KeyUse]) -> Result<(), Stop> {
    let last_erasure = store.last_erasure().await?;
    for (id, older) in older(uses) {
        let id = id.as_str();
        if older.sealed > 0 {
            print::line(&format!(
                "key {id} is still needed: {} sealed values are under it",
                older.sealed
            ))?;
            continue;
        }
        print::line(&format!(
            "key {id}: nothing is sealed under it any more. Take it off the list 12 hours after every replica has\n  \
             the new key first: pages that were open before have ended by then."
        ))?;
        if let Some(at) = last_erasure.filter(|_| older.digests > 0) {
            let until = moment(at.saturating_add(DIGESTS_LAST).unwrap_or(at));
            print::line(&format!(
                "  Erased portals are remembered under it until {until}: late events of theirs are\n  \
                 recognised only while it stays on the list."
            ))?;
        }
    }
    if uses.len() <= 2 {
        print::line(
            "There is one key only: put a new one before it to replace it (channel-connect keys rotate --help).",
        )?;
    }
    Ok(())
}

/// A service that does not have the first key cannot open what is sealed under it from here on.
fn warn_of_an_unused_key(uses: &[KeyUse]) {
    let Some((first, others)) = uses.split_first() else {
        return;
    };
    let id = first.id.as_ref().map_or("", KeyId::as_str);
    if first.sealed == 0 && others.iter().any(|other| other.sealed > 0) {
        print::aside(&format!(
            "No service has sealed anything under {id} yet. A replica that does not have it on its list cannot open\n\
             what is sealed anew from here on; then restart it with the new list."
        ));
    }
}
