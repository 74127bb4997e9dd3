//! What somebody sees who opens the app's address in a browser, outside Bitrix24.

use askama::Template;

use super::Shell;

/// "Open this app inside Bitrix24", and on the first page a form by which one signs in from there.
#[derive(Debug, Clone, Template)]
#[template(path = "landing.html")]
pub struct LandingPage {
    /// What every page has.
    pub shell: Shell,
    /// The app's name, as the Market shows it.
    pub app_name: String,
    /// The form; none where only the portal opens the app.
    pub sign_in: Option<SignInForm>,
}

/// The form that asks for the portal's address.
#[derive(Debug, Clone, Default)]
pub struct SignInForm {
    /// What stands in the field: what was typed before a refusal, or what a link suggests.
    pub portal: String,
    /// Whether a page elsewhere has brought the person here, who must say so themselves then.
    pub from_link: bool,
    /// What is wrong with what was typed, and what to do now.
    pub fault: Option<FieldFault>,
}

/// What is wrong with a field.
#[derive(Debug, Clone)]
pub struct FieldFault {
    /// The error's slug, as in the JSON answer.
    pub slug: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do now.
    pub next: String,
}

impl LandingPage {
    /// The page as HTML.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
