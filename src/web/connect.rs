//! `POST /connect`: the button.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;

use super::Doors;
use super::app_page::{Beside, session_words};
use super::client::Client;
use super::error::{Face, RequestFault, log, refuse_request};
use super::form::Posted;
use super::offered::Named;
use super::pages::{ConnectPage, Outcome};
use super::places::Place;
use crate::app::{Connected, Failure, OpenedSession, Session};
use crate::bitrix24::Origin;
use crate::words::Words;

/// Leaves room for reading the body and listing the channels within the door's 100 s.
const BUDGET: Duration = Duration::from_secs(80);

#[derive(Serialize)]
struct JsonConnected<'a> {
    status: &'static str,
    bot_id: i64,
    code: &'a str,
    dialog_url: &'a str,
}

/// Connects a channel, and answers with the page or with JSON.
pub(super) async fn submit(State(doors): State<Arc<Doors>>, client: Client, posted: Posted) -> Response {
    let (Some(session), Some(code)) = (posted.body.get("session"), posted.body.get("code")) else {
        return refuse_request(
            RequestFault::Malformed("session or code is missing"),
            posted.wants_json,
        );
    };
    let live = match doors.session(client, session, &posted) {
        Ok(live) => live,
        Err(refused) => return *refused,
    };
    match doors.places.connect() {
        Ok(place) => {
            let press = (session, code);
            doors.connect(&live, press, place, posted.wants_json).await
        }
        Err(failure) => doors.refuse_connect(&failure, &live, posted.wants_json),
    }
}

impl Doors {
    /// The session that a form sent back, or the answer to whoever has none that counts.
    pub(super) fn session(
        &self,
        client: Client,
        sealed: &str,
        posted: &Posted,
    ) -> Result<Session, Box<Response>> {
        let wants_json = posted.wants_json;
        let refused = match self.app.open_session(sealed) {
            Ok(OpenedSession::Live(live)) => return Ok(live),
            Ok(OpenedSession::Expired { frame, language }) => {
                let words = Words::for_lang(language.as_deref().unwrap_or_default());
                if frame.is_empty() {
                    self.refuse_outside(&Failure::SessionExpired, words, wants_json)
                } else {
                    self.refuse_session(&Failure::SessionExpired, words, &frame, wants_json)
                }
            }
            Err(failure) => {
                // Nobody is limited here, where people press a button; but who makes sessions up will not launch, either.
                self.limits.count(client, &failure, self.now());
                self.refuse_session(&failure, posted.words, &[], wants_json)
            }
        };
        Err(Box::new(refused))
    }

    async fn connect(
        &self,
        session: &Session,
        (sealed, pasted): (&str, &str),
        place: Place,
        wants_json: bool,
    ) -> Response {
        let (app, of, code) = (Arc::clone(&self.app), session.clone(), pasted.to_owned());
        let deed = self.in_place(place, Box::pin(async move { app.connect(&of, &code).await }));
        let deed = tokio::time::timeout(BUDGET, deed);
        let outcome = deed.await.unwrap_or(Err(Failure::TimedOut));
        if let Err(failure) = &outcome {
            log(failure, "connect");
        }
        let words = session_words(session);
        let face_of = if session.is_framed() {
            Face::of
        } else {
            Face::outside
        };
        let outcome = outcome.map_err(|failure| {
            let face = face_of(&failure, words);
            match self.offered_in(pasted) {
                Some(_) => face.about_offered(&failure, words),
                None => face,
            }
        });
        match (outcome, wants_json) {
            (Ok(connected), true) => json(&connected),
            (Err(face), true) => face.json(),
            (Ok(connected), false) => {
                let page = self.outcome_page(session, sealed, Ok(&connected)).await;
                self.page(StatusCode::OK, session.frame(), page.render())
            }
            (Err(face), false) => {
                let page = self.outcome_page(session, sealed, Err((&face, pasted))).await;
                face.timed(self.page(face.status, session.frame(), page.render()))
            }
        }
    }

    /// The page again, with what came of the press. When the list cannot be read, the outcome still counts.
    async fn outcome_page(
        &self,
        session: &Session,
        sealed: &str,
        outcome: Result<&Connected, (&Face, &str)>,
    ) -> ConnectPage {
        let listed = self.app.connections(session).await.unwrap_or_default();
        let (outcome, named) = match outcome {
            Ok(connected) => (self.connected_outcome(session, connected), Named::nothing()),
            Err((face, pasted)) => (failed_outcome(face), self.refused(pasted)),
        };
        let beside = Beside {
            named,
            outcome: Some(outcome),
            number: 1,
        };
        self.app_page(session, sealed.into(), listed, beside)
    }

    /// A page that stands alone is older than its session: whoever signs in again gets a new one.
    fn refuse_outside(&self, failure: &Failure, words: &'static Words, wants_json: bool) -> Response {
        log(failure, "connect");
        let face = Face::outside(failure, words);
        if wants_json {
            return face.json();
        }
        self.notice_outside(&face, words.notice_title_connect(), words, "/".to_owned())
    }

    fn connected_outcome(&self, session: &Session, connected: &Connected) -> Outcome {
        let offered = self.app.offered_channel(&connected.code);
        Outcome::Connected {
            title: self.offered_title(session, &connected.code),
            welcome: offered.is_some_and(|channel| channel.welcome_message.is_some()),
            code: connected.code.to_string(),
            bot_id: connected.bot_id.to_string(),
            dialog_url: connected.dialog_url.clone(),
        }
    }

    /// Answers a press that was not begun: no list is read for it, which would cost what there is not.
    fn refuse_connect(&self, failure: &Failure, session: &Session, wants_json: bool) -> Response {
        let words = session_words(session);
        self.refuse_session(failure, words, session.frame(), wants_json)
    }

    pub(super) fn refuse_session(
        &self,
        failure: &Failure,
        words: &'static Words,
        frame: &[Origin],
        wants_json: bool,
    ) -> Response {
        log(failure, "connect");
        let face = Face::of(failure, words);
        if wants_json {
            face.json()
        } else {
            self.notice(&face, words.notice_title_connect(), words, frame)
        }
    }
}

fn json(connected: &Connected) -> Response {
    Json(JsonConnected {
        status: "connected",
        bot_id: connected.bot_id.get(),
        code: connected.code.as_str(),
        dialog_url: &connected.dialog_url,
    })
    .into_response()
}

fn failed_outcome(face: &Face) -> Outcome {
    Outcome::Failed {
        slug: face.slug,
        message: face.message.clone(),
        next: face.next.clone(),
        retry: face.retry,
    }
}
