//! `POST /app` and `POST /install`: the portal opens the app in its frame.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::Doors;
use super::client::Client;
use super::error::{Face, RequestFault, log, refuse_request};
use super::form::Posted;
use super::limits::Begun;
use super::pages::{InstallFault, InstallPage};
use super::places::Place;
use crate::app::{Failure, Installed, Slug};
use crate::bitrix24::{CallError, LaunchFault, LaunchRequest, Origin};
use crate::words::Words;

/// Leaves room for reading the body within the door's 30 s.
const BUDGET: Duration = Duration::from_secs(25);

/// Opens the app.
pub(super) async fn open(State(doors): State<Arc<Doors>>, client: Client, posted: Posted) -> Response {
    doors.launch(client, posted, Entry::Open).await
}

/// Opens the installer.
pub(super) async fn install(State(doors): State<Arc<Doors>>, client: Client, posted: Posted) -> Response {
    doors.launch(client, posted, Entry::Install).await
}

/// Which door was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// The app was opened.
    Open,
    /// The installer was opened.
    Install,
}

impl Doors {
    async fn launch(&self, client: Client, posted: Posted, entry: Entry) -> Response {
        let mut request = match LaunchRequest::parse(&posted.query, &posted.body) {
            Ok(request) => request,
            Err(LaunchFault::NoToken) => {
                let failure = Failure::Forged("the launch carries no token");
                self.limits.count(client, &failure, self.now());
                return self.refuse_launch(&failure, (entry, posted.words), &[], posted.wants_json);
            }
            Err(LaunchFault::NotALaunch | LaunchFault::Unreadable(_)) => {
                return refuse_request(
                    RequestFault::Malformed("no launch"),
                    posted.wants_json,
                    posted.words,
                );
            }
        };
        let language = request
            .language
            .get_or_insert_with(|| posted.words.code().to_owned());
        let words = Words::for_lang(language);
        let admitted = match self.admit(client, &request) {
            Ok(admitted) => admitted,
            Err(failure) => {
                // Nothing is looked up for it: neither who it is, nor where that portal is known to be.
                let frame: Vec<Origin> = request.claimed_origin().into_iter().collect();
                return self.refuse_launch(&failure, (entry, words), &frame, posted.wants_json);
            }
        };
        match self.opened(&request, admitted, (entry, words)).await {
            Ok(page) => page,
            Err(failure) => {
                let frame = self.frame_for_refusal(&request, &failure).await;
                self.refuse_launch(&failure, (entry, words), &frame, posted.wants_json)
            }
        }
    }

    /// Whether there is time for a launch, before it costs anything.
    fn admit(&self, client: Client, request: &LaunchRequest) -> Result<(Begun, Place), Failure> {
        let begun = self
            .limits
            .begin_launch(client, &request.member_id, &self.front.clock)?;
        Ok((begun, self.places.launch()?))
    }

    async fn opened(
        &self,
        request: &LaunchRequest,
        (begun, place): (Begun, Place),
        (entry, words): (Entry, &'static Words),
    ) -> Result<Response, Failure> {
        let (app, request) = (Arc::clone(&self.app), request.clone());
        match entry {
            Entry::Open => {
                let launch = async move { app.launch(&request).await };
                let launched = self.judged(begun, place, launch).await?;
                let frame = launched.session.frame().to_vec();
                let page = self.opened_page(launched).await?;
                Ok(self.page(StatusCode::OK, &frame, page.render()))
            }
            Entry::Install => {
                let install = async move { app.install(&request).await };
                let installed = self.judged(begun, place, install).await?;
                Ok(self.install_page(installed, words))
            }
        }
    }

    /// What a launch leads to, within the door's time. It is counted when it is over, whether anybody waits for it or not.
    async fn judged<T: Send + 'static>(
        &self,
        begun: Begun,
        place: Place,
        launch: impl Future<Output = Result<T, Failure>> + Send + 'static,
    ) -> Result<T, Failure> {
        let counted = Box::pin(async move {
            let outcome = launch.await;
            begun.end(&outcome);
            outcome
        });
        tokio::time::timeout(BUDGET, self.in_place(place, counted))
            .await
            .unwrap_or(Err(Failure::AuthorizationServer(CallError::TimedOut)))
    }

    /// The installer finishes by itself, unless something is not bound: then it says so and stops.
    fn install_page(&self, installed: Installed, words: &'static Words) -> Response {
        let shell = self.shell(words, &installed.frame);
        let Err(failure) = installed.bound else {
            return self.page(
                StatusCode::OK,
                &installed.frame,
                InstallPage::finishing(shell).render(),
            );
        };
        log(&failure, "install");
        let face = Face::of(&failure, words);
        let fault = InstallFault {
            slug: face.slug,
            message: face.message.clone(),
            next: face.next.clone(),
            support: face.remedies.support,
        };
        let page = InstallPage::unprepared(shell, fault);
        face.timed(self.page(face.status, &installed.frame, page.render()))
    }

    /// A refusal carries no session and no portal data, so that whoever shows the frame may show it: the
    /// known portal, else the claimed one. A forged launch is shown to nobody.
    async fn frame_for_refusal(&self, request: &LaunchRequest, failure: &Failure) -> Vec<Origin> {
        if failure.slug() == Slug::Forged {
            return Vec::new();
        }
        let known = self.app.known_origin(&request.member_id).await;
        known.or_else(|| request.claimed_origin()).into_iter().collect()
    }

    fn refuse_launch(
        &self,
        failure: &Failure,
        (entry, words): (Entry, &'static Words),
        frame: &[Origin],
        wants_json: bool,
    ) -> Response {
        log(failure, "launch");
        let face = Face::of(failure, words);
        if wants_json {
            return face.json();
        }
        let title = match entry {
            Entry::Open => words.notice_title_open(),
            Entry::Install => words.notice_title_install(),
        };
        self.notice(&face, title, words, frame)
    }
}
