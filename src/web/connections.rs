//! `POST /connections`: another page of the list of connected channels. A post, because the session that may see it
//! must not stand in an address.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::Doors;
use super::app_page::Beside;
use super::client::Client;
use super::error::{RequestFault, refuse_request};
use super::form::Posted;
use super::offered::Named;
use super::sessions::Wish;
use crate::app::Session;
use crate::words::Words;

const TURN: Wish = Wish {
    deed: "list",
    title: Words::notice_title_open,
};

/// Turns to another page. What is no number is the first one.
pub(super) async fn turn(State(doors): State<Arc<Doors>>, client: Client, posted: Posted) -> Response {
    let Some(sealed) = posted.body.get("session") else {
        let fault = RequestFault::Malformed("the session is missing");
        return refuse_request(fault, posted.wants_json, posted.words);
    };
    let number = posted.body.text("page").parse().unwrap_or(1);
    match doors.session(client, (sealed, &posted), TURN) {
        Ok(session) => doors.list(&session, (sealed, number), posted.wants_json).await,
        Err(refused) => *refused,
    }
}

impl Doors {
    async fn list(&self, session: &Session, (sealed, number): (&str, usize), wants_json: bool) -> Response {
        let listed = match self.app.connections(session).await {
            Ok(listed) => listed,
            Err(failure) => {
                return self.refuse_live(&failure, TURN, session, wants_json);
            }
        };
        let beside = Beside {
            named: Named::nothing(),
            outcome: None,
            number,
        };
        let page = self.app_page(session, sealed.into(), listed, beside);
        self.page(StatusCode::OK, session.frame(), page.render())
    }
}
