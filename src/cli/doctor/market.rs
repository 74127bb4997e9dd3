//! What the Market's moderators check, as far as the settings tell it. In development it only warns.

use crate::bitrix24::Placement;
use crate::config::{self, Environment};

use super::Finding;

const MARKET: &str = "Market rules";
const CHANNELS: &str = "channels";
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
    findings.extend([channels(environment), links(environment)]);
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
    let (code, placements) = match (config::app_code(environment), config::placements(environment)) {
        (Ok(Some(code)), Ok(placements)) => (code, placements),
        (Ok(None), _) => return Finding::ok(LINKS, "none: APP_CODE is not set"),
        (Err(fault), _) | (_, Err(fault)) => return Finding::skipped(LINKS, fault),
    };
    let links = code.deep_links("PORTAL", "CODE");
    let slider = if placements.contains(&Placement::RestAppUri) {
        format!("; in a slider: {}", links.slider)
    } else {
        String::new()
    };
    Finding::ok(LINKS, format!("with the code filled in: {}{slider}", links.page))
}

/// What there is to be connected at all.
fn channels(environment: &Environment) -> Finding {
    let rules = match config::rules(environment) {
        Ok(rules) => rules,
        Err(fault) => return Finding::skipped(CHANNELS, fault),
    };
    match (rules.offered.len(), rules.custom_codes) {
        (0, false) => Finding::fail(
            CHANNELS,
            "nothing can be connected: CUSTOM_CODES is false, and CHANNELS_FILE offers nothing",
            "set CUSTOM_CODES=true, or name a CHANNELS_FILE with channels in it",
        ),
        (0, true) => Finding::ok(CHANNELS, "people connect codes of their own"),
        (offered, true) => Finding::ok(CHANNELS, format!("{offered} offered, and codes of people's own")),
        (offered, false) => Finding::ok(CHANNELS, format!("{offered} offered, and no others")),
    }
}
