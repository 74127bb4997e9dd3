//! The pages that every page of the app links to: moderators follow links.

use http::Method;
use url::Url;

use crate::bitrix24::Visitor;
use crate::config::{self, ConfigFault, Environment};

use super::Finding;

const PAGES: &str = "linked pages";

/// Follows the links.
pub(super) async fn examine(environment: &Environment, visitor: &Visitor, public_url: &Url) -> Finding {
    let development = config::development(environment).unwrap_or_default();
    let pages = match pages(environment, public_url, development) {
        Ok(pages) => pages,
        Err(fault) => return Finding::skipped(PAGES, fault),
    };
    let mut broken = Vec::new();
    for (variable, url) in &pages {
        match visitor.visit(Method::GET, url).await {
            Ok(seen) if seen.status.as_u16() < 400 => {}
            Ok(seen) => broken.push(format!("{variable} answers {}", seen.status.as_u16())),
            Err(unseen) => broken.push(format!("{variable}: {unseen}")),
        }
    }
    let mend = "correct the address, or put the page back";
    match (pages.len(), broken.is_empty()) {
        (0, _) => Finding::ok(PAGES, "there are none"),
        (all, true) => Finding::ok(PAGES, format!("{all} of {all} answer")),
        _ if development => Finding::warn(PAGES, broken.join("; "), mend),
        _ => Finding::fail(PAGES, broken.join("; "), mend),
    }
}

/// What is linked, by the variable that says so; a mailbox cannot be visited.
fn pages(
    environment: &Environment,
    public_url: &Url,
    development: bool,
) -> Result<Vec<(&'static str, Url)>, ConfigFault> {
    let look = config::look(environment, (public_url, development))?;
    let pages = [
        ("PRIVACY_URL", look.privacy_url),
        ("LICENSE_URL", look.license_url),
        ("SUPPORT_URL", look.support_url),
    ];
    let linked = pages
        .into_iter()
        .filter_map(|(variable, url)| Some((variable, url?)));
    Ok(linked.filter(|(_, url)| url.scheme() != "mailto").collect())
}
