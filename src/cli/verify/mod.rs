//! `verify`: tries forged launches and the like on one's own deployment, and says what held.

use std::future::Future;
use std::time::Duration;

use anyhow::anyhow;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::bitrix24::{MemberId, Unseen};
use crate::config::{self, Environment};
use crate::store::StoreError;

use super::{Stop, args, print};

mod addresses;
mod clear;
mod doors;
mod events;
mod foreign;
mod kept;
mod launches;
mod limits;
mod outcome;
mod page;
mod probe;
mod replay;
mod sessions;
mod sign_in;
mod target;

use kept::Kept;
use outcome::{Attempt, Found, Outcome, Verdict};
use probe::{Answer, MOST_REQUESTS, Probe, Question};
use target::Target;

/// Longer than any attempt waits that comes to an end.
const PATIENCE: Duration = Duration::from_mins(2);

const EXAMPLES: &str = "\
TARGET is PUBLIC_URL or an address on loopback: nobody else's deployment is
tried. What is sent is made up and changes no data: all that stays is a spent
sign-in state for ten minutes, and with --replay one event. The service asks
the authorization server about some made-up tokens. With the settings of the
service, its keys and a kept token are used as well: the token is sent to
TARGET alone, and nothing of them is printed. Exit 0 when nothing fell, 1
otherwise.

Examples:
  channel-connect verify --target https://connect.example.com
  channel-connect verify --target http://127.0.0.1:8080 --json
  channel-connect verify --target https://connect.example.com \\
    --replay 3f1c0a5e9b7d42688d1e6f0a2c4b8d97";

/// What the deployment keeps, or why it is not looked at.
type Database = Result<Kept, String>;

/// The command's words.
pub(super) fn command() -> Command {
    Command::new("verify")
        .about("Tries forged launches and the like on your own deployment, and says what held")
        .after_help(EXAMPLES)
        .arg(
            Arg::new("target")
                .long("target")
                .value_name("URL")
                .required(true)
                .help("Your own deployment: PUBLIC_URL, or an address on loopback"),
        )
        .arg(
            Arg::new("foreign-token")
                .long("foreign-token")
                .env("BITRIX24_FOREIGN_TOKEN")
                .hide_env_values(true)
                .value_name("TOKEN")
                .help("An access token that was issued to another app of yours"),
        )
        .arg(
            Arg::new("replay")
                .long("replay")
                .value_name("MEMBER_ID")
                .value_parser(|text: &str| {
                    MemberId::parse(text).map_err(|_| "a MEMBER_ID has 32 hexadecimal digits")
                })
                .help("A portal of yours for which an old uninstall is sent; if that falls, its tokens are erased"),
        )
        .arg(
            Arg::new("without-database")
                .long("without-database")
                .action(ArgAction::SetTrue)
                .help("Leaves DATABASE_URL and the keys alone, and skips what needs them"),
        )
        .arg(args::json())
}

/// Tries everything, one after another, and prints what held.
pub(super) async fn run(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let target = Target::read(args::text(given, "target"), environment)?;
    // The operator names the target, so its being on loopback needs no further permission.
    let development = target.is_development() || target.is_here();
    let egress = config::egress_as(environment, development)?;
    // Nothing else in this process has chosen a provider yet; if it had, it would be the same.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let probe = Probe::new(target, &egress)?;
    print::aside(&announced(&probe.target, given));
    probe
        .ask(Question::get("/livez"))
        .await
        .map_err(|unseen| Stop::Failed(anyhow!("{} is not reached: {unseen}", probe.target.origin())))?;
    let database = if given.get_flag("without-database") {
        Err("needs the database, and --without-database was given".to_owned())
    } else {
        Kept::open(environment)
            .await
            .map_err(|why| format!("needs the database of the deployment: {why}"))
    };
    let outcomes = tried(&probe, &database, given, environment).await;
    if let Ok(kept) = &database {
        kept.close().await;
    }
    report(&outcomes, given.get_flag("json"))
}

/// What is about to be done.
fn announced(target: &Target, given: &ArgMatches) -> String {
    let old_event = match given.get_one::<MemberId>("replay") {
        Some(portal) => format!(" An old uninstall of {portal} is among them."),
        None => String::new(),
    };
    format!(
        "Sends {} up to {MOST_REQUESTS} made-up requests, one after another. They change no data; the log of the \
         service notes their refusals.{old_event}",
        target.origin()
    )
}

async fn tried(
    probe: &Probe,
    database: &Database,
    given: &ArgMatches,
    environment: &Environment,
) -> Vec<Outcome> {
    let (foreign_token, portal) = (given.get_one("foreign-token"), given.get_one("replay"));
    let by_requests = vec![
        settled(launches::MADE_UP, launches::made_up(probe, database)).await,
        settled(launches::NO_TOKEN, launches::no_token(probe)).await,
        settled(
            foreign::FOREIGN,
            foreign::foreign(probe, foreign_token, environment),
        )
        .await,
        settled(launches::SWAPPED, launches::swapped(probe, database)).await,
        settled(addresses::CONTACT, addresses::contact(probe)).await,
        settled(addresses::FRAME, addresses::frame(probe)).await,
        settled(addresses::HOST, addresses::host(probe)).await,
        settled(events::UNKNOWN, events::unknown(probe)).await,
        settled(events::UNPROVEN, events::unproven(probe, database)).await,
        settled(sessions::WORTHLESS, sessions::worthless(probe, database)).await,
        settled(sessions::ANOTHERS, sessions::anothers(probe, database)).await,
        settled(sign_in::STATE, sign_in::state(probe)).await,
        settled(sign_in::TWICE, sign_in::twice(probe)).await,
        settled(sign_in::ELSEWHERE, sign_in::elsewhere(probe)).await,
        settled(limits::BODY, limits::body(probe)).await,
        settled(limits::FORMS, limits::forms(probe)).await,
        settled(limits::HEADER, limits::header(probe)).await,
    ];
    let by_looking = surveyed(probe).await;
    let at_last = vec![
        settled(doors::METRICS, doors::metrics(probe)).await,
        settled(clear::CLEAR, async { Ok(clear::clear(probe).await) }).await,
        settled(replay::REPLAY, replay::replay(probe, database, portal)).await,
        Outcome::of(doors::ECHOES, Ok(doors::echoes(probe))),
    ];
    [by_requests, by_looking, at_last].concat()
}

/// What one look at every door tells.
async fn surveyed(probe: &Probe) -> Vec<Outcome> {
    let survey = tokio::time::timeout(PATIENCE, doors::survey(probe)).await;
    let survey = survey.unwrap_or(Err(Unseen::Silent));
    let seen = |attempt: Attempt, judge: &dyn Fn(&[Answer]) -> Found| {
        Outcome::of(attempt, survey.clone().map(|answers| judge(&answers)))
    };
    vec![
        seen(doors::FRAMING, &doors::framing),
        seen(doors::HEADERS, &|answers| {
            doors::headers(answers, probe.target.is_secure())
        }),
        seen(doors::INLINE, &doors::inline_script),
        seen(doors::COOKIES, &doors::cookies),
    ]
}

/// What an attempt comes to within its time.
async fn settled(attempt: Attempt, tried: impl Future<Output = Result<Found, Unseen>>) -> Outcome {
    let found = tokio::time::timeout(PATIENCE, tried).await;
    Outcome::of(attempt, found.unwrap_or(Err(Unseen::Silent)))
}

/// The database does not say what an attempt needs.
fn shrugged(error: &StoreError) -> Found {
    Found::Skipped(format!("needs the database, which does not say: {error}"))
}

fn report(outcomes: &[Outcome], json: bool) -> Result<(), Stop> {
    print::read_or_not(if json {
        print::json(outcomes)
    } else {
        print_for_people(outcomes)
    })?;
    let count = |verdict| {
        outcomes
            .iter()
            .filter(|outcome| outcome.verdict == verdict)
            .count()
    };
    let (fell, skipped) = (count(Verdict::Fell), count(Verdict::Skipped));
    if fell > 0 {
        return Err(Stop::Failed(anyhow!(
            "{fell} of {} attempts fell",
            outcomes.len()
        )));
    }
    print::aside(&format!(
        "{} of {} attempts held, {skipped} skipped.",
        count(Verdict::Held),
        outcomes.len()
    ));
    Ok(())
}

fn print_for_people(outcomes: &[Outcome]) -> Result<(), Stop> {
    let lines = outcomes.iter().map(|outcome| {
        let says = outcome.says.as_deref();
        (outcome.verdict.word(), outcome.attempt, outcome.must, says)
    });
    print::report(("ATTEMPT", "MUST HOLD"), lines)
}
