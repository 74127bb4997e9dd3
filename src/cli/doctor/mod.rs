//! `doctor`: looks at everything that an operator could have got wrong, and says how to mend it.

use std::future::Future;
use std::time::Duration;

use anyhow::anyhow;
use clap::{ArgMatches, Command};

use crate::config::{self, Environment};

use super::{Stop, args, print};

mod finding;
mod front;
mod kept;
mod market;
mod pages;
mod platform;
mod proxies;

use finding::{Finding, Verdict};

/// Longer than any single check waits for an answer.
const PATIENCE: Duration = Duration::from_secs(45);

/// How long a check waits for one answer.
const ANSWER: Duration = Duration::from_secs(10);

const EXAMPLES: &str = "Run it with the settings of the service, on its machine. It changes nothing, and
sends the authorization server two requests with made-up tokens. Exit 0 when
nothing failed, 1 otherwise; with DEVELOPMENT=true what only the Market demands
is a warning.

Examples:
  channel-connect doctor
  channel-connect doctor --json |
    jq -r '.[] | select(.verdict == \"fail\") | .mend'";

/// The command's words.
pub(super) fn command() -> Command {
    Command::new("doctor")
        .about("Checks the setup from configuration to public address, and says how to mend what is wrong")
        .after_help(EXAMPLES)
        .arg(args::json())
}

/// Checks everything at once, and prints it in order.
pub(super) async fn run(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    // Nothing else in this process has chosen a provider yet; if it had, it would be the same.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let (kept, platform, front) = tokio::join!(
        within("database", kept::examine(environment)),
        within("authorization server", platform::examine(environment)),
        within("public address", front::examine(environment)),
    );
    let market = market::examine(environment);
    let findings: Vec<Finding> = [
        configuration(environment),
        kept,
        platform,
        front,
        vec![proxies::examine(environment)],
        market,
    ]
    .concat();
    print::read_or_not(if given.get_flag("json") {
        print::json(&findings)
    } else {
        print_for_people(&findings)
    })?;
    let count = |verdict| {
        findings
            .iter()
            .filter(|finding| finding.verdict == verdict)
            .count()
    };
    match count(Verdict::Fail) {
        0 => Ok(()),
        failed => Err(Stop::Failed(anyhow!(
            "{failed} of {} checks failed",
            findings.len()
        ))),
    }
}

/// What a group of checks finds, or that it came to no end.
async fn within(check: &'static str, examined: impl Future<Output = Vec<Finding>>) -> Vec<Finding> {
    tokio::time::timeout(PATIENCE, examined)
        .await
        .unwrap_or_else(|_| {
            let says = format!("came to no end within {} s", PATIENCE.as_secs());
            vec![Finding::fail(
                check,
                says,
                "see whether network and database answer at all",
            )]
        })
}

fn configuration(environment: &Environment) -> Vec<Finding> {
    let faults = config::faults(environment);
    if faults.is_empty() {
        return vec![Finding::ok("configuration", "every setting can be read")];
    }
    let finding = |fault: &config::ConfigFault| {
        let mend = format!(
            "set {}; channel-connect --help says what it is for",
            fault.variable
        );
        Finding::fail("configuration", fault.to_string(), mend)
    };
    faults.iter().map(finding).collect()
}

fn print_for_people(findings: &[Finding]) -> Result<(), Stop> {
    let lines = findings.iter().map(|finding| {
        let mend = finding.mend.as_deref();
        (finding.verdict.word(), finding.check, finding.says.as_str(), mend)
    });
    print::report(("CHECK", "FOUND"), lines)
}
