//! What people see: one view model and one template per page. A model holds plain, finished texts; it decides
//! nothing and knows nothing of the deeds behind it.

mod channel_list;
mod connect;
mod install;
mod landing;
mod legal;
mod notice;
#[cfg(test)]
mod tests;

pub use channel_list::{ChannelList, ConnectedBy, ConnectedChannel, Paging};
pub use connect::{Chat, ConnectPage, OfferedCard, Outcome};
pub use install::{InstallFault, InstallPage, InstallStep, StepState};
pub use landing::{FieldFault, LandingPage, SignInForm};
pub use legal::{LicensePage, PrivacyPage};
pub use notice::NoticePage;

use crate::web::assets;
use crate::words::Words;

/// What every page has: its language, what it loads, and the links at its foot.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The sentences of the reader's language.
    pub words: &'static Words,
    /// Address of the platform's own library; none for a page that is not shown inside Bitrix24.
    pub js_url: Option<String>,
    /// Address of the app in the portal that shows the page, for opening it afresh; none where it is not known.
    pub app_url: Option<String>,
    /// Where the privacy policy stands.
    pub privacy_url: Option<String>,
    /// Where the license agreement stands.
    pub license_url: Option<String>,
    /// Where people get help.
    pub support_url: Option<String>,
    /// Addresses of our own files.
    pub assets: AssetNames,
}

impl Shell {
    /// A page outside Bitrix24, without links at its foot.
    #[must_use]
    pub fn new(words: &'static Words) -> Self {
        Self {
            words,
            js_url: None,
            app_url: None,
            privacy_url: None,
            license_url: None,
            support_url: None,
            assets: AssetNames::default(),
        }
    }

    fn has_links(&self) -> bool {
        self.privacy_url.is_some() || self.license_url.is_some() || self.support_url.is_some()
    }
}

/// Addresses of the files in `static/` that a page loads.
#[derive(Debug, Clone)]
pub struct AssetNames {
    /// The stylesheet.
    pub style: String,
    /// The script's first module.
    pub script: String,
    /// The modules that it needs, all of them.
    pub preloads: &'static [String],
    /// The icon of the browser's tab.
    pub icon: String,
}

impl Default for AssetNames {
    fn default() -> Self {
        Self {
            style: assets::href("app.css"),
            script: assets::href(assets::SCRIPT),
            preloads: assets::preloads(),
            icon: assets::href("icon.svg"),
        }
    }
}
