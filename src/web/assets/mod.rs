//! The files a page loads: stylesheet, script modules, icon. Their names carry a hash of their content, so that a
//! browser may keep them for ever and still gets the new one after a release. They are compressed once, not for each
//! who asks.

mod coding;
mod modules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use sha2::{Digest as _, Sha256};

use coding::{Bodies, Coding};

/// Where the router mounts [`serve`]: `/static/{name}`.
pub const ROUTE: &str = "/static/{name}";

/// The module that a page starts.
pub const SCRIPT: &str = "page.js";

/// Tells tools that the scripts beside it are modules; browsers know by how they are loaded.
const FOR_TOOLS: &str = "package.json";

/// What has its own content's hash in its name never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What is asked for by another release's name is kept by nobody: that name is of another content.
const FOR_NOW: &str = "no-store";

/// Four bytes tell two releases of one file apart.
const HASH_BYTES: usize = 4;

#[derive(Embed)]
#[folder = "static/"]
struct Files;

/// A file as it is read: its bytes and its type.
type Read<'a> = &'a dyn Fn(&str) -> Option<(Vec<u8>, String)>;

struct Asset {
    href: String,
    kind: String,
    /// What a module imports, by the names in `static/`.
    imports: Vec<String>,
    bodies: Bodies,
}

/// By the name in `static/`.
type Assets = BTreeMap<String, Asset>;

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut assets = Assets::new();
    for name in Files::iter().filter(|name| name != FOR_TOOLS) {
        load(&name, &embedded, &mut assets, &mut Vec::new());
    }
    assets
});

fn embedded(name: &str) -> Option<(Vec<u8>, String)> {
    let file = Files::get(name)?;
    let kind = file.metadata.mimetype();
    let charset = if kind.starts_with("text/") {
        "; charset=utf-8"
    } else {
        ""
    };
    let kind = format!("{kind}{charset}");
    Some((file.data.into_owned(), kind))
}

/// Loads a file behind those that it imports: their addresses are a part of its text, and so of its own. `above` are
/// the modules that wait for it; one that is among them again has no address yet and keeps its plain name.
fn load(name: &str, read: Read<'_>, assets: &mut Assets, above: &mut Vec<String>) {
    let known = assets.contains_key(name) || above.iter().any(|waiting| waiting == name);
    let Some((bytes, kind)) = (!known).then(|| read(name)).flatten() else {
        return;
    };
    let is_module = kind.starts_with("text/javascript");
    let (bytes, imports) = match String::from_utf8(bytes) {
        Ok(text) if is_module => {
            let imports = modules::imports(&text);
            above.push(name.to_owned());
            for import in &imports {
                load(import, read, assets, above);
            }
            above.pop();
            let address = |import: &str| assets.get(import).map(|asset| asset.href.as_str());
            (modules::readdressed(&text, address).into_bytes(), imports)
        }
        Ok(text) => (text.into_bytes(), Vec::new()),
        Err(binary) => (binary.into_bytes(), Vec::new()),
    };
    let asset = Asset {
        href: hashed(name, &bytes),
        kind,
        imports,
        bodies: Bodies::new(bytes),
    };
    assets.insert(name.to_owned(), asset);
}

/// The address of a file in `static/`: `app.css` → `/static/app-1a2b3c4d.css`.
/// A name that does not exist leads to an address that does not exist.
#[must_use]
pub fn href(name: &str) -> String {
    ASSETS
        .get(name)
        .map_or_else(|| format!("/static/{name}"), |asset| asset.href.clone())
}

/// Found once, and not for each page.
static PRELOADS: LazyLock<Vec<String>> = LazyLock::new(all_imports);

/// Addresses of all modules that [`SCRIPT`] imports, and those import, so that a browser asks for them at once and not
/// one behind the other.
#[must_use]
pub fn preloads() -> &'static [String] {
    &PRELOADS
}

fn all_imports() -> Vec<String> {
    let mut names = vec![SCRIPT];
    let mut at = 0;
    while let Some(name) = names.get(at) {
        let imports = ASSETS.get(*name).map_or(&[][..], |asset| &asset.imports);
        for import in imports {
            if !names.contains(&import.as_str()) {
                names.push(import);
            }
        }
        at += 1;
    }
    names.into_iter().skip(1).map(href).collect()
}

/// Answers `GET /static/{name}`; only the hashed names exist, for ever under our own hash.
pub async fn serve(name: Result<Path<String>, PathRejection>, asked: HeaderMap) -> Response {
    // What is no text is no name, either.
    let name = name.map_or_else(|_| String::new(), |Path(name)| name);
    let ours = ASSETS
        .values()
        .find(|asset| asset.href.strip_prefix("/static/") == Some(&name));
    let Some((asset, kept)) = ours
        .map(|asset| (asset, FOR_EVER))
        .or_else(|| Some((of_another_release(&name)?, FOR_NOW)))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (coding, body) = asset.bodies.choose(Coding::wanted(&asked));
    let headers = [
        (CONTENT_TYPE, asset.kind.as_str()),
        (CACHE_CONTROL, kept),
        (VARY, "accept-encoding"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let mut answer = (headers, body).into_response();
    if let Some(token) = coding.token() {
        answer
            .headers_mut()
            .insert(CONTENT_ENCODING, HeaderValue::from_static(token));
    }
    answer
}

/// Our file in the place of another release's, whose page has come here while replicas are replaced: it looks as it
/// should, and works. Modules that others import are not given: a script of two releases is none, and the page does
/// without.
fn of_another_release(name: &str) -> Option<&'static Asset> {
    let (rest, extension) = name.rsplit_once('.')?;
    let (stem, hash) = rest.rsplit_once('-')?;
    let is_hash = hash.len() == 2 * HASH_BYTES && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let file = format!("{stem}.{extension}");
    let is_imported = || ASSETS.values().any(|asset| asset.imports.contains(&file));
    (is_hash && !is_imported()).then(|| ASSETS.get(&file))?
}

fn hashed(name: &str, bytes: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let hash = Sha256::digest(bytes)
        .iter()
        .take(HASH_BYTES)
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
    format!("/static/{stem}-{hash}.{extension}")
}
