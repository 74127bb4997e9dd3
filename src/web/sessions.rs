//! Sessions that forms send back, and what is answered to whoever has none that counts.

use axum::response::Response;

use super::Doors;
use super::app_page::session_words;
use super::client::Client;
use super::error::{Face, log};
use super::form::Posted;
use crate::app::{Failure, OpenedSession, Session};
use crate::bitrix24::Origin;
use crate::words::Words;

/// What somebody wants who sends a session back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    /// What a log line calls it.
    pub(super) deed: &'static str,
    /// The heading of a page that refuses it.
    pub(super) title: fn(&Words) -> String,
}

impl Doors {
    /// The session that a form sent back, or the answer to whoever has none that counts.
    pub(super) fn session(
        &self,
        client: Client,
        (sealed, posted): (&str, &Posted),
        wish: Wish,
    ) -> Result<Session, Box<Response>> {
        let wants_json = posted.wants_json;
        let refused = match self.app.open_session(sealed) {
            Ok(OpenedSession::Live(live)) => return Ok(live),
            Ok(OpenedSession::Expired { frame, language }) => {
                let words = Words::for_lang(language.as_deref().unwrap_or_default());
                self.refuse(&Failure::SessionExpired, wish, (words, &frame), wants_json)
            }
            Err(failure) => {
                // Nobody is limited here, where people press a button; but who makes sessions up will not launch, either.
                self.limits.count(client, &failure, self.now());
                self.refuse(&failure, wish, (posted.words, &[]), wants_json)
            }
        };
        Err(Box::new(refused))
    }

    /// Answers what was not begun for a session that counts.
    pub(super) fn refuse_live(
        &self,
        failure: &Failure,
        wish: Wish,
        session: &Session,
        wants_json: bool,
    ) -> Response {
        self.refuse(
            failure,
            wish,
            (session_words(session), session.frame()),
            wants_json,
        )
    }

    fn refuse(
        &self,
        failure: &Failure,
        wish: Wish,
        (words, frame): (&'static Words, &[Origin]),
        wants_json: bool,
    ) -> Response {
        log(failure, wish.deed);
        let title = (wish.title)(words);
        // A page that stands alone is older than its session: whoever signs in again gets a new one.
        let is_over = frame.is_empty() && matches!(failure, Failure::SessionExpired);
        let face = if is_over {
            Face::outside(failure, words)
        } else {
            Face::of(failure, words)
        };
        if wants_json {
            face.json()
        } else if is_over {
            self.notice_outside(&face, title, words, "/".to_owned())
        } else {
            self.notice(&face, title, words, frame)
        }
    }
}
