//! `POST /connect`: the button.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;

use super::Doors;
use super::error::{Face, RequestFault, log, refuse_request};
use super::form::Posted;
use super::offered::Named;
use super::pages::{ConnectPage, ConnectedChannel, Outcome};
use crate::app::{Connected, Failure, Listed, OpenedSession, Session};
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
pub(super) async fn submit(State(doors): State<Arc<Doors>>, posted: Posted) -> Response {
    let (Some(session), Some(code)) = (posted.body.get("session"), posted.body.get("code")) else {
        return refuse_request(
            RequestFault::Malformed("session or code is missing"),
            posted.wants_json,
        );
    };
    match doors.app.open_session(session) {
        Ok(OpenedSession::Live(live)) => doors.connect(&live, (session, code), posted.wants_json).await,
        Ok(OpenedSession::Expired { frame, language }) => {
            let words = Words::for_lang(language.as_deref().unwrap_or_default());
            if frame.is_empty() {
                return doors.refuse_outside(&Failure::SessionExpired, words, posted.wants_json);
            }
            doors.refuse_session(&Failure::SessionExpired, words, &frame, posted.wants_json)
        }
        Err(failure) => doors.refuse_session(&failure, Words::for_lang("en"), &[], posted.wants_json),
    }
}

impl Doors {
    async fn connect(&self, session: &Session, (sealed, pasted): (&str, &str), wants_json: bool) -> Response {
        let deed = tokio::time::timeout(BUDGET, self.app.connect(session, pasted));
        let outcome = deed.await.unwrap_or(Err(Failure::TimedOut));
        if let Err(failure) = &outcome {
            log(failure, "connect");
        }
        let words = Words::for_lang(session.language().unwrap_or_default());
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
        let words = Words::for_lang(session.language().unwrap_or_default());
        let connections = self.app.connections(session).await.unwrap_or_default();
        let (outcome, named) = match outcome {
            Ok(connected) => (self.connected_outcome(session, connected), Named::nothing()),
            Err((face, pasted)) => (failed_outcome(face), self.refused(pasted)),
        };
        ConnectPage {
            shell: self.shell(words, session.is_framed()),
            session: sealed.into(),
            code: named.field,
            custom_codes: self.app.custom_codes(),
            offered: self.offered_cards(session, &connections, named.offered.as_ref()),
            connections: self.connected_channels(session, connections),
            outcome: Some(outcome),
            portal: session.domain().to_owned(),
        }
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

    /// The list as the page shows it.
    pub(super) fn connected_channels(&self, session: &Session, listed: Vec<Listed>) -> Vec<ConnectedChannel> {
        let shown = |Listed {
                         connection,
                         dialog_url,
                     }: Listed| ConnectedChannel {
            title: self.offered_title(session, &connection.code),
            code: connection.code.to_string(),
            connected_at: connection
                .connected_at
                .strftime("%-d %B %Y, %H:%M UTC")
                .to_string(),
            connected_at_datetime: connection.connected_at.to_string(),
            bot_id: connection.bot_id.to_string(),
            dialog_url,
        };
        listed.into_iter().map(shown).collect()
    }

    fn refuse_session(
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
