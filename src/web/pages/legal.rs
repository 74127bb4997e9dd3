//! The privacy policy and the license agreement. Their text stands in the templates, in English alone: it says
//! what this app does, and changes when the app does.

use askama::Template;

use super::Shell;
use crate::web::Legal;

/// What is kept of people and portals, why, and for how long.
#[derive(Debug, Clone, Template)]
#[template(path = "privacy.html")]
pub struct PrivacyPage {
    /// What every page has.
    pub shell: Shell,
    /// The publisher, and how long things are kept.
    pub legal: Legal,
}

/// On what terms the app may be used.
#[derive(Debug, Clone, Template)]
#[template(path = "license.html")]
pub struct LicensePage {
    /// What every page has.
    pub shell: Shell,
    /// The publisher.
    pub legal: Legal,
}

impl PrivacyPage {
    /// The page as HTML.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }

    fn log_kept(&self) -> String {
        days(self.legal.rest_log_days)
    }

    fn connections_kept(&self) -> String {
        days(self.legal.connections_days)
    }
}

impl LicensePage {
    /// The page as HTML.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// `1 day`, `7 days`.
fn days(number: i64) -> String {
    if number == 1 {
        "1 day".to_owned()
    } else {
        format!("{number} days")
    }
}
