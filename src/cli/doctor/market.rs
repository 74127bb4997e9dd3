//! What the Market's moderators check, as far as the settings tell it. In development it only warns.

use crate::config::{self, Environment};

use super::Finding;

const MARKET: &str = "Market rules";
const LINKS: &str = "shareable links";

/// Looks at the settings with a moderator's eyes.
pub(super) fn examine(environment: &Environment) -> Vec<Finding> {
    let development = config::development(environment).unwrap_or_default();
    let mut findings: Vec<Finding> = broken(environment, development)
        .into_iter()
        .map(|(says, mend)| {
            if development {
                Finding::warn(MARKET, says, mend)
            } else {
                Finding::fail(MARKET, says, mend)
            }
        })
        .collect();
    if findings.is_empty() {
        findings.push(Finding::ok(
            MARKET,
            "https, links to privacy policy and license, calls are logged for at least three days",
        ));
    }
    findings.push(links(environment));
    findings
}

fn broken(environment: &Environment, development: bool) -> Vec<(String, String)> {
    let mut broken = Vec::new();
    if config::public_url(environment, development).is_ok_and(|url| url.scheme() != "https") {
        broken.push((
            "PUBLIC_URL is not https".to_owned(),
            "put a proxy with a valid certificate before the app".to_owned(),
        ));
    }
    for (variable, what) in [
        ("PRIVACY_URL", "privacy policy"),
        ("LICENSE_URL", "license agreement"),
    ] {
        if !environment.gives(variable) && !environment.gives("PUBLISHER_NAME") {
            broken.push((
                format!("the pages have no link to a {what}"),
                format!("set {variable}, or PUBLISHER_NAME for the page that the app brings along"),
            ));
        }
    }
    if let Err(fault) = config::retention(environment) {
        broken.push((
            fault.to_string(),
            "keep the log of calls for three days at least".to_owned(),
        ));
    }
    broken
}

/// Links with which people open the app with a code already in the field.
fn links(environment: &Environment) -> Finding {
    match config::app_code(environment) {
        Ok(Some(code)) => Finding::ok(
            LINKS,
            format!(
                "https://PORTAL/marketplace/app/{code}/?code=CODE opens the app with a channel's code filled in"
            ),
        ),
        Ok(None) => Finding::ok(LINKS, "none: APP_CODE is not set"),
        Err(fault) => Finding::skipped(LINKS, fault),
    }
}
