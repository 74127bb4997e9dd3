//! What an operator may do from a terminal, in the name of users whose tokens are kept. No door comes here: there a
//! session of a verified launch is the only way to a portal's rows.

use std::sync::Arc;

use crate::bitrix24::MemberId;
use crate::store::{CredentialKey, CredentialState, Generation, Holder};

use super::on_behalf::Hold;
use super::{App, Connected, Failure, Session, Wanted};

/// The app in the hands of its operator.
#[derive(Clone, Debug)]
pub struct Operator(Arc<App>);

/// How a user stands who is to be acted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The portal is not known.
    NoPortal,
    /// The portal is known, and has no tokens of this user.
    NoCredential,
    /// The tokens are there and no key opens them.
    Unreadable,
    /// The tokens are there.
    Credential(CredentialState),
}

impl Operator {
    /// Takes the app; only commands do.
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        Self(app)
    }

    /// What is kept of a user.
    pub async fn known(&self, key: &CredentialKey) -> Result<Known, Failure> {
        let Some(standing) = self.0.parts.store.standing(key).await? else {
            return Ok(Known::NoPortal);
        };
        Ok(match (standing.credential, standing.unreadable) {
            (Some(credential), _) => Known::Credential(credential.state),
            (None, Some(_)) => Known::Unreadable,
            (None, None) => Known::NoCredential,
        })
    }

    /// Fetches a new token pair, whether or not the old one has expired, by the same protocol as everybody: one
    /// refresh at a time, fenced by the generation. Gives the new generation.
    pub async fn refresh(&self, key: &CredentialKey) -> Result<Generation, Failure> {
        let hold = Hold::of(self.0.parts.store.standing(key).await?)?;
        let renewed = self.0.refresh(key, &hold).await?;
        Ok(renewed.credential.generation)
    }

    /// Connects a channel in the name of a user, with the same rules and remedies as the page's button.
    pub async fn connect(&self, key: &CredentialKey, pasted: &str) -> Result<Connected, Failure> {
        let app = &self.0;
        app.permitted_code(pasted)?;
        let hold = Hold::of(app.parts.store.standing(key).await?)?;
        let holder = Holder {
            key: key.clone(),
            birth: hold.credential.birth,
        };
        let session = Session::new(app.opening(holder), Vec::new(), None);
        app.connect(&session, pasted, Wanted::Outcome).await
    }

    /// Erases everything of a portal. False when nothing was known of it.
    pub async fn forget(&self, member_id: &MemberId) -> Result<bool, Failure> {
        self.0.forget(member_id).await
    }

    /// Lets what runs come to its end, and closes the database.
    pub async fn finish(&self, patience: std::time::Duration) {
        self.0.finish(patience).await;
    }
}
