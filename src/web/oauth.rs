//! `/oauth/start` and `/oauth/callback`: signing in outside the frame, in two visits of one browser.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use cookie::{Cookie, SameSite};
use http::header::{COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use zeroize::Zeroizing;

use super::Doors;
use super::client::Client;
use super::error::{Face, RequestFault, log, refuse_request};
use super::form::{unique, wants_json};
use super::landing::{self, words_for};
use super::pages::{ConnectPage, FieldFault, SignInForm};
use super::places::Place;
use crate::app::{Begun, Failure, Mark, Returned, SignIn, SignInFault};
use crate::bitrix24::{AuthorizationCode, CallError, Fields, MemberId, OauthState};
use crate::sentences::Remedies;
use crate::words::Words;

/// Two calls of the authorization server, within the door's 30 s.
const BUDGET: Duration = Duration::from_secs(25);

/// The prefix makes browsers refuse the cookie from anybody but this very host, over a secure connection. They
/// count a loopback address as one. Each sign-in has a cookie of its own, so that two tabs do not disturb each other.
const COOKIE_PREFIX: &str = "__Host-oauth-";

/// As long as a state lasts.
const COOKIE_LIFETIME: cookie::time::Duration = cookie::time::Duration::minutes(10);

/// As much of what was typed as is given back to be mended.
const LONGEST_ECHO: usize = 300;

/// Where signing in begins.
const BEGINNING: &str = "/";

/// A visit by address: its query, and what its headers say of the visitor.
pub(super) struct Visit {
    query: Fields,
    headers: HeaderMap,
    wants_json: bool,
    words: &'static Words,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut http::request::Parts, _: &S) -> Result<Self, Response> {
        let wants_json = wants_json(&parts.headers);
        let words = words_for(&parts.headers);
        let query = unique(parts.uri.query().unwrap_or_default().as_bytes());
        Ok(Self {
            query: query.map_err(|fault| refuse_request(fault, wants_json, words))?,
            wants_json,
            words,
            headers: parts.headers.clone(),
        })
    }
}

impl Visit {
    fn text(&self, name: &str) -> &str {
        self.query.text(name)
    }

    /// Whether a page of somebody else's has sent the browser here. Browsers that do not say it are believed.
    fn is_sent(&self) -> bool {
        let site = self.headers.get("sec-fetch-site");
        site.is_some_and(|site| site == "cross-site" || site == "same-site")
    }

    fn brings_code(&self) -> bool {
        self.query.contains("code") && self.query.contains("state")
    }

    fn mark(&self, name: &str) -> Option<Zeroizing<String>> {
        let name = format!("{COOKIE_PREFIX}{name}");
        let headers = self.headers.get_all(COOKIE).iter();
        // Other cookies of the host may hold any bytes; they must not make ours unreadable.
        let mut cookies = headers.flat_map(|header| header.as_bytes().split(|byte| *byte == b';'));
        cookies.find_map(|pair| {
            let cookie = Cookie::parse(str::from_utf8(pair).ok()?).ok()?;
            (cookie.name() == name).then(|| Zeroizing::new(cookie.value().to_owned()))
        })
    }

    /// What Bitrix24 sends back; `domain`, `scope` and `server_domain` are not even read.
    fn returned(&self) -> Result<(OauthState, Returned), crate::bitrix24::UnreadableWord> {
        let returned = Returned {
            code: AuthorizationCode::parse(self.text("code"))?,
            member_id: MemberId::parse(self.text("member_id"))?,
        };
        Ok((OauthState::parse(self.text("state"))?, returned))
    }
}

/// Sends the person to the portal whose address they have entered.
pub(super) async fn start(State(doors): State<Arc<Doors>>, visit: Visit) -> Response {
    let typed = visit.text("portal");
    match doors.app.begin_sign_in(typed) {
        // Somebody else's link could lead to somebody else's portal: the person sees first where it leads, and not
        // the words in which the link says it.
        Ok(begun) if visit.is_sent() => {
            let form = SignInForm {
                portal: begun.portal.origin(),
                from_link: true,
                fault: None,
            };
            doors.sign_in_page(StatusCode::OK, visit.words, form)
        }
        Ok(begun) => redirect(&begun),
        Err(failure) => {
            log(&failure, "begin to sign in");
            let face = Face::outside(&failure, visit.words);
            if visit.wants_json {
                return face.json();
            }
            let (slug, message, next) = (face.slug, face.message, face.next);
            let form = SignInForm {
                portal: typed.chars().take(LONGEST_ECHO).collect(),
                from_link: false,
                fault: Some(FieldFault { slug, message, next }),
            };
            doors.sign_in_page(face.status, visit.words, form)
        }
    }
}

/// Finishes the sign-in that the portal sends back, and shows the page of the app standing alone.
pub(super) async fn callback(State(doors): State<Arc<Doors>>, client: Client, visit: Visit) -> Response {
    let Ok((state, returned)) = visit.returned() else {
        return doors.refuse_callback(&visit);
    };
    match doors.resume_sign_in(client, &state, &visit) {
        Ok((sign_in, place)) => {
            let page = doors
                .finish_sign_in((client, &sign_in), returned, place, &visit)
                .await;
            doors.signed_in(page, &sign_in, &visit)
        }
        Err(failure) => {
            doors.limits.count(client, &failure, doors.now());
            doors.refuse_sign_in(&failure, &visit, BEGINNING.to_owned())
        }
    }
}

/// `GET /app`: where an app's card has no address for it, the portal sends people back to the handler itself. Whoever
/// brings no code is told to open the app inside Bitrix24.
pub(super) async fn arrive(
    doors: State<Arc<Doors>>,
    client: Client,
    method: Method,
    headers: HeaderMap,
    visit: Result<Visit, Response>,
) -> Response {
    match visit {
        Ok(visit) if method == Method::GET && visit.brings_code() => callback(doors, client, visit).await,
        _ => landing::show(doors, headers).await,
    }
}

/// A callback asked for its headers alone.
pub(super) async fn not_by_head() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}

impl Doors {
    /// The sign-in that comes back, if there is time for it. It is not spent by that.
    fn resume_sign_in(
        &self,
        client: Client,
        state: &OauthState,
        visit: &Visit,
    ) -> Result<(SignIn, Place), Failure> {
        self.limits.check_sign_in(client, self.now())?;
        let sign_in = self.app.resume_sign_in(state, |name| visit.mark(name))?;
        Ok((sign_in, self.places.sign_in()?))
    }

    async fn finish_sign_in(
        &self,
        (client, sign_in): (Client, &SignIn),
        returned: Returned,
        place: Place,
        visit: &Visit,
    ) -> Result<ConnectPage, Failure> {
        let (app, of, language) = (Arc::clone(&self.app), sign_in.clone(), visit.words.code());
        let (limits, clock) = (Arc::clone(&self.limits), self.front.clock.clone());
        // Counted here, for whoever goes away before the answer has spent a call, too.
        let finish = Box::pin(async move {
            let finished = app.finish_sign_in(&of, &returned, language).await;
            finished.inspect_err(|failure| limits.count(client, failure, clock.now()))
        });
        let launched = tokio::time::timeout(BUDGET, self.in_place(place, finish))
            .await
            .unwrap_or(Err(Failure::AuthorizationServer(CallError::TimedOut)))?;
        self.opened_page(launched).await
    }

    /// The end of a sign-in whose state is spent: the browser needs its mark no longer.
    fn signed_in(&self, page: Result<ConnectPage, Failure>, sign_in: &SignIn, visit: &Visit) -> Response {
        let response = match page {
            Ok(page) => self.page(StatusCode::OK, &[], page.render()),
            Err(failure) => self.refuse_sign_in(&failure, visit, beginning_after(&failure, sign_in)),
        };
        without_mark(response, sign_in)
    }

    fn refuse_sign_in(&self, failure: &Failure, visit: &Visit, beginning: String) -> Response {
        log(failure, "sign in");
        let face = Face::outside(failure, visit.words);
        if visit.wants_json {
            return face.json();
        }
        self.notice_outside(&face, visit.words.sign_in_failed_title(), visit.words, beginning)
    }

    /// The callback without what Bitrix24 always sends: somebody has opened its bare address.
    fn refuse_callback(&self, visit: &Visit) -> Response {
        if visit.wants_json {
            return refuse_request(RequestFault::Malformed("no sign-in"), true, visit.words);
        }
        let words = visit.words;
        let face = Face {
            slug: "bad_request",
            status: StatusCode::BAD_REQUEST,
            message: words.sign_in_incomplete(),
            next: words.sign_in_incomplete_next(),
            remedies: Remedies::default(),
            retry_after: None,
        };
        self.notice_outside(&face, words.sign_in_failed_title(), words, BEGINNING.to_owned())
    }
}

/// Where signing in begins anew: at once with the portal that this browser asked for, unless the answer came from
/// another one.
fn beginning_after(failure: &Failure, sign_in: &SignIn) -> String {
    if matches!(failure, Failure::SignIn(SignInFault::AnotherPortal)) {
        return BEGINNING.to_owned();
    }
    let portal = sign_in.portal().origin();
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("portal", &portal)
        .finish();
    format!("/oauth/start?{query}")
}

fn redirect(begun: &Begun) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    let location = HeaderValue::try_from(begun.authorize_url.as_str());
    if let Ok(location) = location {
        response.headers_mut().insert(LOCATION, location);
    }
    let Mark { name, value } = &begun.mark;
    with_cookie(response, name, value.to_string(), COOKIE_LIFETIME)
}

fn without_mark(response: Response, sign_in: &SignIn) -> Response {
    with_cookie(
        response,
        &sign_in.mark_name(),
        String::new(),
        cookie::time::Duration::ZERO,
    )
}

fn with_cookie(
    mut response: Response,
    name: &str,
    value: String,
    lifetime: cookie::time::Duration,
) -> Response {
    let cookie = Cookie::build((format!("{COOKIE_PREFIX}{name}"), value))
        .path("/")
        .secure(true)
        .http_only(true)
        // The portal sends the browser back by a top-level visit, which brings the cookie along.
        .same_site(SameSite::Lax)
        .max_age(lifetime);
    if let Ok(cookie) = HeaderValue::try_from(cookie.to_string()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
