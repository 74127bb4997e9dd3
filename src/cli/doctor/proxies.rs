//! Whether clients can be told apart, as far as the settings tell it.

use crate::config::{self, ConfigFault, Environment};

use super::Finding;

const PROXIES: &str = "trusted proxies";

/// The app speaks no TLS, so behind an https address there is a proxy.
pub(super) fn examine(environment: &Environment) -> Finding {
    match proxied(environment) {
        Err(fault) => Finding::skipped(PROXIES, fault),
        Ok((_, named @ 1..)) => Finding::ok(
            PROXIES,
            format!("X-Forwarded-For is believed from {named} networks or addresses"),
        ),
        Ok((false, _)) => Finding::ok(PROXIES, "none: PUBLIC_URL is not https, so no proxy is needed"),
        Ok((true, _)) => Finding::warn(
            PROXIES,
            "none, but behind an https PUBLIC_URL there is one: to the app all visitors look like one",
            "set TRUSTED_PROXIES to the address or network from which the proxy comes to LISTEN_ADDR, and let it set \
             X-Forwarded-For; else a flood of forged launches slows everybody down",
        ),
    }
}

/// Whether there must be a proxy, and how many are named.
fn proxied(environment: &Environment) -> Result<(bool, usize), ConfigFault> {
    let development = config::development(environment)?;
    let secure = config::public_url(environment, development)?.scheme() == "https";
    Ok((secure, config::trusted_proxies(environment)?.len()))
}
