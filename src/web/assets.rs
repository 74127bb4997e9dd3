//! The files a page loads: stylesheet, script, icon. Their names carry a hash of their content, so that a
//! browser may keep them for ever and still gets the new one after a release.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};

/// Where the router mounts [`serve`]: `/static/{name}`.
pub const ROUTE: &str = "/static/{name}";

/// Four bytes tell two releases of one file apart.
const HASH_BYTES: usize = 4;

#[derive(Embed)]
#[folder = "static/"]
struct Files;

struct Asset {
    href: String,
    file: EmbeddedFile,
}

/// By the name in `static/`.
static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let load = |name: &str| {
        Files::get(name).map(|file| Asset {
            href: hashed(name, &file),
            file,
        })
    };
    Files::iter()
        .filter_map(|name| load(&name).map(|asset| (name.into_owned(), asset)))
        .collect()
});

/// The address of a file in `static/`: `app.css` → `/static/app-1a2b3c4d.css`.
/// A name that does not exist leads to an address that does not exist.
#[must_use]
pub fn href(name: &str) -> String {
    ASSETS
        .get(name)
        .map_or_else(|| format!("/static/{name}"), |asset| asset.href.clone())
}

/// Answers `GET /static/{name}`; only the hashed names exist.
pub async fn serve(name: Result<Path<String>, PathRejection>) -> Response {
    // What is no text is no name, either.
    let name = name.map_or_else(|_| String::new(), |Path(name)| name);
    let Some(asset) = ASSETS
        .values()
        .find(|asset| asset.href.strip_prefix("/static/") == Some(&name))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE, content_type(&asset.file)),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, asset.file.data.clone()).into_response()
}

fn hashed(name: &str, file: &EmbeddedFile) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let hash = file
        .metadata
        .sha256_hash()
        .iter()
        .take(HASH_BYTES)
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
    format!("/static/{stem}-{hash}.{extension}")
}

fn content_type(file: &EmbeddedFile) -> String {
    let kind = file.metadata.mimetype();
    if kind.starts_with("text/") {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(path: &str) -> Response {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        Router::new()
            .route(ROUTE, get(serve))
            .oneshot(request)
            .await
            .expect("an answer")
    }

    #[tokio::test]
    async fn every_file_is_served_for_ever_under_its_hashed_name() {
        let kinds = [
            ("app.css", "text/css; charset=utf-8"),
            ("frame.js", "text/javascript; charset=utf-8"),
            ("icon.svg", "image/svg+xml"),
        ];
        for (name, kind) in kinds {
            let answer = ask(&href(name)).await;
            assert_eq!(answer.status(), StatusCode::OK, "{name}");
            assert_eq!(answer.headers()[CONTENT_TYPE], kind);
            assert_eq!(
                answer.headers()[CACHE_CONTROL],
                "public, max-age=31536000, immutable"
            );
            assert_eq!(answer.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
            let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
            assert_eq!(body, Files::get(name).expect("a file").data.as_ref());
        }
    }

    #[tokio::test]
    async fn other_names_are_not_found() {
        for path in [
            "/static/app.css",
            "/static/app-00000000.css",
            "/static/nothing",
            "/static/..%2fCargo.toml",
            "/static/%ff%fe",
        ] {
            assert_eq!(ask(path).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn a_name_carries_eight_digits_of_its_content() {
        let href = href("app.css");
        let hash = href
            .strip_prefix("/static/app-")
            .and_then(|rest| rest.strip_suffix(".css"));
        assert!(
            hash.is_some_and(|hash| hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit())),
            "{href}"
        );
    }
}
