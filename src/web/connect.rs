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
use super::sessions::Wish;
use crate::app::{Connected, Failure, Session};
use crate::words::Words;

/// Leaves room for reading the body and listing the channels within the door's 100 s.
const BUDGET: Duration = Duration::from_secs(80);

const PRESS: Wish = Wish {
    deed: "connect",
    title: Words::notice_title_connect,
};

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
        let fault = RequestFault::Malformed("session or code is missing");
        return refuse_request(fault, posted.wants_json, posted.words);
    };
    let live = match doors.session(client, (session, &posted), PRESS) {
        Ok(live) => live,
        Err(refused) => return *refused,
    };
    match doors.places.connect() {
        Ok(place) => {
            let press = (session, code);
            doors.connect(&live, press, place, posted.wants_json).await
        }
        // No list is read for it, which would cost what there is not.
        Err(failure) => doors.refuse_live(&failure, PRESS, &live, posted.wants_json),
    }
}

impl Doors {
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
        remedies: face.remedies,
    }
}
