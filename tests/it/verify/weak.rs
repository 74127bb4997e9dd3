//! An app that believes everything and protects nothing.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::world::Database;

/// Old uninstalls carry the times of old installations, not the beginning of the century.
const OLD: i64 = 1_500_000_000;

/// What it knows: where everything is kept, and a secret of one of its portals.
struct Weak {
    database: Database,
    domain: String,
}

/// Serves it on loopback; gives its address.
pub async fn serve(database: &Database) -> String {
    let weak = Weak {
        domain: database.text("select domain from portals").await,
        database: database.again(),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(answer).with_state(Arc::new(weak));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

async fn answer(State(weak): State<Arc<Weak>>, request: Request) -> Response {
    let (path, query) = (
        request.uri().path().to_owned(),
        request.uri().query().unwrap_or_default().to_owned(),
    );
    let headers = request.headers().clone();
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
    let sent = |name: &str| {
        let mut pairs = form_urlencoded::parse(&body).chain(form_urlencoded::parse(query.as_bytes()));
        pairs
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.into_owned())
    };
    if let Some(endpoint) = sent("SERVER_ENDPOINT") {
        let authority = endpoint.split('/').nth(2).unwrap().to_owned();
        let _ = tokio::net::TcpStream::connect(authority).await;
    }
    let member_id = sent("auth[member_id]").unwrap_or_default();
    if sent("ts").is_some_and(|ts| ts.parse::<i64>().unwrap() > OLD) {
        weak.database
            .execute(&format!(
                "delete from credentials where member_id = '{member_id}'"
            ))
            .await;
    }
    if let Some(portal) = sent("portal").filter(|_| path == "/oauth/start") {
        return redirect(&portal);
    }
    page(&weak.domain, &headers, &body)
}

/// Sends people wherever they like, and always with the same state.
fn redirect(portal: &str) -> Response {
    let to = if portal == "nobody.example.com" {
        format!("https://{portal}/oauth/authorize/?client_id=app&state=always-the-same")
    } else {
        portal.to_owned()
    };
    match HeaderValue::try_from(to) {
        Ok(to) => (StatusCode::FOUND, [(LOCATION, to)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// Shows everybody everything.
fn page(domain: &str, headers: &HeaderMap, body: &[u8]) -> Response {
    let html = format!(
        "<script>alert(1)</script><p style=\"color:red\" onclick=\"alert(2)\">{domain}</p>\
         <input name=\"session\" value=\"s\">{headers:?}{}",
        String::from_utf8_lossy(body)
    );
    let headers = [(CONTENT_TYPE, "text/html"), (SET_COOKIE, "visitor=1")];
    (headers, Body::from(html)).into_response()
}
