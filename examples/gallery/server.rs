//! Serves the gallery on this machine alone: pages with the app's real files, under the policy that the app serves
//! them with, alone or in a frame as a portal shows them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State as Shared};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use channel_connect::web::assets;
use http::StatusCode;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde_json::{Value, json};

use super::{State, languages, states};

/// The platform's library before the portal has answered.
pub const LIBRARY: &str = "/library.js";

/// The platform's library where the portal answers at once.
pub const ANSWERING: &str = "/library-answering.js";

const SILENT_LIBRARY: &str = "window.BX24 = { init() {} };";
const ANSWERING_LIBRARY: &str =
    "window.BX24 = { init(ready) { ready(); }, fitWindow() {}, setTitle() {}, installFinish() {} };";

/// As `web/headers.rs` writes it, but for who may frame the page and where the library is.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// What frames pages: nothing of the app's.
const FRAME: &str = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Frame</title>\
                     <link rel=\"icon\" href=\"data:,\">\
                     <style>body { margin: 0 } iframe { display: block; width: 100%; height: 100vh; border: 0 }</style>";

/// A running gallery, which ends with the program.
pub struct Gallery {
    url: String,
    pages: Arc<Pages>,
}

/// By language and name.
type Pages = BTreeMap<&'static str, Vec<State>>;

impl Gallery {
    /// Renders everything and opens the doors, on a port of their own.
    pub async fn open() -> Self {
        let all = languages().into_iter().map(|words| (words.code(), states(words)));
        let pages = Arc::new(all.collect::<Pages>());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = router(Arc::clone(&pages));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, pages }
    }

    /// All states in one language, by Bitrix24's code.
    pub fn states(&self, code: &str) -> &[State] {
        self.pages.get(code).map_or(&[], Vec::as_slice)
    }

    /// Bitrix24's codes of all languages.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.pages.keys().copied()
    }

    /// Where everything is listed.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where a page stands alone.
    pub fn page(&self, code: &str, name: &str) -> String {
        format!("{}/page/{code}/{name}", self.url)
    }

    /// Where a page stands in a frame.
    pub fn framed(&self, code: &str, name: &str) -> String {
        format!("{}/frame/{code}/{name}", self.url)
    }
}

fn router(pages: Arc<Pages>) -> Router {
    let script = |text: &'static str| get(move || async move { ([(CONTENT_TYPE, "text/javascript")], text) });
    Router::new()
        .route("/", get(index))
        .route("/page/{code}/{name}", get(page))
        .route("/frame/{code}/{name}", get(frame))
        .route(
            "/frame",
            get(|| async { Html(format!("{FRAME}<iframe title=\"Page\" src=\"/empty\"></iframe>")) }),
        )
        .route(
            "/empty",
            get(|| async { Html("<!DOCTYPE html><html><head><title>Empty</title>") }),
        )
        .route("/states/{code}", get(everything))
        .route("/connect", post(|pages| async { answer(pages, "connected") }))
        .route("/connections", post(|pages| async { answer(pages, "list-last") }))
        .route(LIBRARY, script(SILENT_LIBRARY))
        .route(ANSWERING, script(ANSWERING_LIBRARY))
        .route(assets::ROUTE, get(assets::serve))
        .with_state(pages)
}

async fn page(
    Shared(pages): Shared<Arc<Pages>>,
    Path((code, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    let states = pages.get(&*code);
    let found = states.and_then(|states| states.iter().find(|state| state.name == name));
    let Some(state) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut html = state.html.clone();
    if query.as_deref() == Some("dark") {
        html = html.replacen("<html ", "<html data-theme=\"dark\" ", 1);
    }
    dressed(html)
}

fn dressed(html: String) -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response()
}

/// What a form is answered with: always the same, in English.
fn answer(Shared(pages): Shared<Arc<Pages>>, name: &str) -> Response {
    let found = pages["en"].iter().find(|state| state.name == name);
    dressed(found.unwrap().html.clone())
}

async fn frame(Path((code, name)): Path<(String, String)>, RawQuery(query): RawQuery) -> Html<String> {
    let query = query.map_or(String::new(), |query| format!("?{query}"));
    let frame = format!("<iframe title=\"Page\" src=\"/page/{code}/{name}{query}\"></iframe>");
    Html(format!("{FRAME}{frame}"))
}

/// All pages of a language at once, for who looks at each of them only for a moment.
async fn everything(Shared(pages): Shared<Arc<Pages>>, Path(code): Path<String>) -> Json<Value> {
    let states = pages.get(&*code).map_or(&[][..], Vec::as_slice);
    let all = states
        .iter()
        .map(|state| json!({"name": state.name, "html": state.html}));
    Json(all.collect())
}

/// What a person who looks around begins with.
async fn index(Shared(pages): Shared<Arc<Pages>>) -> Html<String> {
    let mut list =
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Gallery</title>".to_owned();
    for (code, states) in &*pages {
        let _ = write!(list, "<h2>{code}</h2><ul>");
        for State { name, framed, .. } in states {
            let way = if *framed { "frame" } else { "page" };
            let address = format!("/{way}/{code}/{name}");
            let _ = write!(
                list,
                "<li><a href=\"{address}\">{name}</a> <a href=\"{address}?dark\">dark</a>"
            );
        }
        list.push_str("</ul>");
    }
    Html(list)
}
