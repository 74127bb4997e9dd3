//! A portal's pages: the app in its iframe, the frame library, errors.

use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;

use crate::{reply::Reply, world::Shared};

/// Serves what is a page; anything else is a call.
pub(crate) fn answer(_shared: &Arc<Shared>, _host: &str, parts: &Parts, _body: &Bytes) -> Option<Reply> {
    match parts.uri.path() {
        "/favicon.ico" => Some(Reply::new(204, "image/x-icon", Vec::new())),
        _ => None,
    }
}

/// No portal has this host.
pub(crate) fn no_such_portal() -> Reply {
    Reply::html(404, "<!DOCTYPE html><html><head><title>404</title></head><body><h1>404</h1><p>There is no such Bitrix24.</p></body></html>")
}

/// The portal has no such page.
pub(crate) fn no_such_page() -> Reply {
    Reply::html(404, "<!DOCTYPE html><html><head><title>404</title></head><body><h1>404</h1><p>Page not found.</p></body></html>")
}
