//! What somebody sees who opens the app's address in a browser, outside Bitrix24.

use askama::Template;

use super::Shell;

/// "Open this app inside Bitrix24."
#[derive(Debug, Clone, Template)]
#[template(path = "landing.html")]
pub struct LandingPage {
    /// What every page has.
    pub shell: Shell,
    /// The app's name, as the Market shows it.
    pub app_name: String,
}

impl LandingPage {
    /// The page as HTML.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
