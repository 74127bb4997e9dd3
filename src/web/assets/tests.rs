use std::collections::BTreeSet;
use std::io::Read as _;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_LENGTH};
use axum::routing::get;
use tower::ServiceExt as _;

use super::*;

/// All of the script as it travels, in bytes.
const SCRIPT_LIMIT: usize = 12 * 1024;

async fn ask(path: &str, encodings: &str) -> Response {
    let request = Request::get(path).header(ACCEPT_ENCODING, encodings);
    let request = request.body(Body::empty()).expect("a request");
    let doors = Router::new().route(ROUTE, get(serve));
    doors.oneshot(request).await.expect("an answer")
}

async fn body(answer: Response) -> Bytes {
    to_bytes(answer.into_body(), usize::MAX).await.expect("a body")
}

#[tokio::test]
async fn every_file_is_served_for_ever_under_its_hashed_name() {
    let kinds = [
        ("app.css", "text/css; charset=utf-8"),
        ("code.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ];
    for (name, kind) in kinds {
        let answer = ask(&href(name), "").await;
        assert_eq!(answer.status(), StatusCode::OK, "{name}");
        let headers = answer.headers();
        assert_eq!(headers[CONTENT_TYPE], kind);
        assert_eq!(headers[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(
            body(answer).await,
            Files::get(name).expect("a file").data.as_ref()
        );
    }
}

#[tokio::test]
async fn other_names_are_not_found() {
    for path in [
        "/static/app.css",
        "/static/app-0000000.css",
        "/static/app-0000000g.css",
        "/static/none-00000000.css",
        "/static/package-00000000.json",
        "/static/nothing",
        "/static/package.json",
        "/static/..%2fCargo.toml",
        "/static/%ff%fe",
    ] {
        assert_eq!(ask(path, "br").await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

/// While replicas are replaced, a page of one release asks another one for its files.
#[tokio::test]
async fn another_releases_page_gets_our_style_and_script_for_now_and_no_half_of_a_script() {
    for name in ["app.css", "page.js", "icon.svg"] {
        let (stem, extension) = name.split_once('.').expect("a name");
        let answer = ask(&format!("/static/{stem}-00000000.{extension}"), "").await;
        assert_eq!(answer.status(), StatusCode::OK, "{name}");
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-store");
        assert_eq!(body(answer).await, body(ask(&href(name), "").await).await);
    }
    for name in &ASSETS[SCRIPT].imports {
        let path = format!("/static/{}-00000000.js", name.trim_end_matches(".js"));
        assert_eq!(ask(&path, "").await.status(), StatusCode::NOT_FOUND, "{path}");
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

fn modules() -> impl Iterator<Item = (&'static String, &'static Asset)> {
    let is_module = |asset: &Asset| asset.kind.starts_with("text/javascript");
    ASSETS.iter().filter(move |(_, asset)| is_module(asset))
}

/// From the first module to the last, only by what stands in what was served.
#[tokio::test]
async fn modules_lead_to_each_other_by_addresses_that_are_served() {
    let mut open = vec![href(SCRIPT)];
    let mut seen = BTreeSet::new();
    while let Some(address) = open.pop() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let answer = ask(&address, "").await;
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        let text = String::from_utf8(body(answer).await.to_vec()).expect("a module");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with(['*', '/']));
        for line in code {
            assert!(
                !line.contains("\"./") && !line.contains("import("),
                "{address}: {line}"
            );
            if let Some((_, rest)) = line.split_once(" from \"") {
                open.push(rest.trim_end_matches("\";").to_owned());
            }
        }
    }
    seen.remove(&href(SCRIPT));
    let preloads = preloads();
    assert_eq!(preloads.iter().cloned().collect::<BTreeSet<_>>(), seen);
    assert_eq!(preloads.len(), seen.len(), "none is named twice");
    assert_eq!(
        preloads.len() + 1,
        modules().count(),
        "a module that no page needs"
    );
}

/// The assets that would come of these files.
fn loaded(files: &[(&str, &str)]) -> Assets {
    let read = |name: &str| {
        let (_, text) = files.iter().find(|(known, _)| *known == name)?;
        Some((text.as_bytes().to_vec(), "text/javascript".to_owned()))
    };
    let mut assets = Assets::new();
    for (name, _) in files {
        load(name, &read, &mut assets, &mut Vec::new());
    }
    assets
}

#[test]
fn a_changed_module_gets_a_new_address_and_so_does_who_imports_it() {
    let first = "import { b } from \"./b.js\";\nb();\n";
    let second = "import {\n  c,\n} from \"./c.js\";\nexport const b = c;\n";
    let files = |third| {
        loaded(&[
            ("a.js", first),
            ("b.js", second),
            ("c.js", third),
            ("d.js", "1;\n"),
        ])
    };
    let (before, after) = (files("export const c = 1;\n"), files("export const c = 2;\n"));
    for (name, changed) in [("a.js", true), ("b.js", true), ("c.js", true), ("d.js", false)] {
        assert_eq!(before[name].href != after[name].href, changed, "{name}");
    }
    let (_, text) = before["b.js"].bodies.choose(Coding::Identity);
    let told = format!("}} from \"{}\";", before["c.js"].href);
    assert!(
        std::str::from_utf8(&text).expect("text").contains(&told),
        "{text:?}"
    );
}

#[test]
fn a_circle_and_a_missing_module_end() {
    let assets = loaded(&[
        ("a.js", "import { b } from \"./b.js\";\n"),
        (
            "b.js",
            "import { a } from \"./a.js\";\nimport { c } from \"./c.js\";\n",
        ),
    ]);
    let (_, text) = assets["b.js"].bodies.choose(Coding::Identity);
    assert_eq!(
        text,
        "import { a } from \"./a.js\";\nimport { c } from \"./c.js\";\n"
    );
}

#[tokio::test]
async fn a_browser_gets_the_form_that_it_weighs_most() {
    let address = href("app.css");
    for (asked, given) in [
        ("", None),
        ("gzip, deflate, br, zstd", Some("br")),
        ("gzip, deflate", Some("gzip")),
        ("GZIP", Some("gzip")),
        ("br;q=0.5, gzip;q=0.8", Some("gzip")),
        ("br;q=0.5, gzip ; q=0.5", Some("br")),
        ("br;q=0, gzip", Some("gzip")),
        ("br;q=0", None),
        ("*", Some("br")),
        ("*;q=0.1, br;q=0", Some("gzip")),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0, zstd", None),
        ("br;q=often", None),
        ("br;q=NaN", None),
        ("zstd, snappy", None),
    ] {
        let answer = ask(&address, asked).await;
        let encoding = answer.headers().get(CONTENT_ENCODING);
        assert_eq!(
            encoding.map(|value| value.to_str().expect("text")),
            given,
            "{asked}"
        );
        assert_eq!(answer.headers()[VARY], "accept-encoding", "{asked}");
        let length = answer.headers()[CONTENT_LENGTH]
            .to_str()
            .expect("text")
            .to_owned();
        assert_eq!(body(answer).await.len().to_string(), length);
    }
}

#[tokio::test]
async fn every_form_is_the_same_file() {
    for name in ASSETS.keys() {
        let plain = body(ask(&href(name), "").await).await;
        let gzip = body(ask(&href(name), "gzip").await).await;
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(&gzip[..])
            .read_to_end(&mut text)
            .expect("gzip");
        assert_eq!(text, plain, "{name}");
        let brotli = body(ask(&href(name), "br").await).await;
        let mut text = Vec::new();
        brotli::Decompressor::new(&brotli[..], 4096)
            .read_to_end(&mut text)
            .expect("brotli");
        assert_eq!(text, plain, "{name}");
        assert!(brotli.len() < plain.len() && gzip.len() < plain.len(), "{name}");
    }
}

#[test]
fn what_does_not_get_shorter_is_sent_as_it_is() {
    let bodies = Bodies::new(vec![1, 2, 3]);
    for coding in [Coding::Brotli, Coding::Gzip] {
        let (given, body) = bodies.choose(coding);
        assert_eq!((given, &body[..]), (Coding::Identity, &[1, 2, 3][..]));
    }
}

#[test]
fn the_whole_script_stays_small() {
    let sizes: Vec<_> = modules()
        .map(|(name, asset)| (name, asset.bodies.choose(Coding::Brotli).1.len()))
        .collect();
    let whole: usize = sizes.iter().map(|(_, size)| size).sum();
    assert!(whole < SCRIPT_LIMIT, "{whole} bytes: {sizes:?}");
}
