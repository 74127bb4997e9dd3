//! Our own app behind somebody who spoils one thing: exactly the attempts fall that are about it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, HeaderValue};

use super::Outcomes;
use crate::world::{Db, World, lived_in};

on_both_databases!(a_single_fault_is_named_by_the_attempts_that_are_about_it);

/// What is spoiled: the answer, knowing what was asked.
type Spoil = fn(&Asked, &mut Response, &mut String);

struct Asked {
    path: String,
    query: String,
    host: String,
    body: Bytes,
}

struct Between {
    app_url: String,
    http: reqwest::Client,
    spoil: Spoil,
}

async fn serve(world: &World, spoil: Spoil) -> String {
    let between = Between {
        app_url: world.app_url.clone(),
        http: reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap(),
        spoil,
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(pass).with_state(Arc::new(between));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

async fn pass(State(between): State<Arc<Between>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let asked = Asked {
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        host: parts.headers.get(HOST).unwrap().to_str().unwrap().to_owned(),
        body: to_bytes(body, usize::MAX).await.unwrap(),
    };
    let mut headers = parts.headers;
    headers.remove(CONTENT_LENGTH);
    let url = format!("{}{}", between.app_url, parts.uri);
    let sent = between
        .http
        .request(parts.method, url)
        .headers(headers)
        .body(asked.body.clone());
    let answer = sent.send().await.unwrap();
    let mut response = Response::new(Body::empty());
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    response.headers_mut().remove(CONTENT_LENGTH);
    let mut text = answer.text().await.unwrap();
    (between.spoil)(&asked, &mut response, &mut text);
    *response.body_mut() = Body::from(text);
    response
}

fn set(response: &mut Response, name: &'static str, value: &str) {
    response
        .headers_mut()
        .insert(name, HeaderValue::try_from(value).unwrap());
}

fn nothing(_: &Asked, _: &mut Response, _: &mut String) {}

fn no_policy(_: &Asked, response: &mut Response, _: &mut String) {
    response.headers_mut().remove(CONTENT_SECURITY_POLICY);
}

fn framed_by_whom_it_names(asked: &Asked, response: &mut Response, _: &mut String) {
    let domain = asked
        .query
        .split('&')
        .find_map(|pair| pair.strip_prefix("DOMAIN="));
    if let Some(domain) = domain {
        set(
            response,
            "content-security-policy",
            &format!("frame-ancestors https://{domain}"),
        );
    }
}

fn cached(_: &Asked, response: &mut Response, _: &mut String) {
    set(response, "cache-control", "public");
}

fn cookie(_: &Asked, response: &mut Response, _: &mut String) {
    set(response, "set-cookie", "balancer=1");
}

fn scripted(asked: &Asked, _: &mut Response, text: &mut String) {
    if asked.path == "/" {
        text.push_str("<script>count()</script>");
    }
}

fn named(asked: &Asked, response: &mut Response, _: &mut String) {
    set(response, "x-served-by", &asked.host);
}

fn echoing(asked: &Asked, _: &mut Response, text: &mut String) {
    if text.starts_with('<') {
        text.push_str(&String::from_utf8_lossy(&asked.body));
    }
}

fn metrics(asked: &Asked, response: &mut Response, _: &mut String) {
    if asked.path == "/metrics" {
        *response.status_mut() = http::StatusCode::OK;
    }
}

fn events_swallowed(asked: &Asked, response: &mut Response, _: &mut String) {
    if asked.path == "/events" && response.status() == 403 {
        *response.status_mut() = http::StatusCode::OK;
    }
}

fn slug_changed(_: &Asked, _: &mut Response, text: &mut String) {
    *text = text.replace("session_expired", "connected");
}

async fn a_single_fault_is_named_by_the_attempts_that_are_about_it(db: Db) {
    let (world, _) = lived_in(db).await;
    let faults: [(Spoil, &[&str]); 11] = [
        (nothing, &[]),
        (
            no_policy,
            &[
                "forged launch",
                "framing",
                "headers",
                "hostile DOMAIN",
                "launch without a token",
                "swapped member_id",
            ],
        ),
        (
            framed_by_whom_it_names,
            &[
                "forged launch",
                "hostile DOMAIN",
                "launch without a token",
                "swapped member_id",
            ],
        ),
        (cached, &["headers"]),
        (cookie, &["cookies in the frame"]),
        (scripted, &["inline script"]),
        (named, &["hostile Host"]),
        (echoing, &["echoes"]),
        (metrics, &["metrics"]),
        (
            events_swallowed,
            &[
                "forged uninstall, known portal",
                "forged uninstall, unknown portal",
            ],
        ),
        (slug_changed, &["worthless sessions"]),
    ];
    for (spoil, fallen) in faults {
        let target = serve(&world, spoil).await;
        let ran = world.command(&["verify", "--target", &target, "--json"]).await;
        let outcomes = Outcomes::of(&ran);
        assert_eq!(outcomes.with("fell"), fallen, "{}", outcomes.shown());
        assert_eq!(ran.code, i32::from(!fallen.is_empty()));
    }
}
