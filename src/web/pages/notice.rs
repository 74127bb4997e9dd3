//! A page that only says what went wrong and what to do now: no session, no form.

use askama::Template;

use super::Shell;
use crate::sentences::Remedies;

/// An answer without a session: forged, expired, out of order.
#[derive(Debug, Clone, Template)]
#[template(path = "notice.html")]
pub struct NoticePage {
    /// What every page has.
    pub shell: Shell,
    /// The error's slug, as in the JSON answer.
    pub slug: &'static str,
    /// The heading.
    pub title: String,
    /// What happened.
    pub message: String,
    /// What to do now.
    pub next: String,
    /// What the page offers to do about it: a button for each.
    pub remedies: Remedies,
    /// Where signing in starts anew; none inside Bitrix24.
    pub sign_in: Option<String>,
}

impl NoticePage {
    /// The page as HTML.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
