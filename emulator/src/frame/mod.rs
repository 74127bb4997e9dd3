//! A portal's pages: the chrome around the app's iframe, what the page asks its server for, the frame
//! library, errors.

mod commands;
mod desk;
mod opening;
mod paths;
mod protocol;

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, request::Parts};
use serde_json::{Value, json};

pub(crate) use self::opening::OpenFrame;
use crate::{
    address::Base,
    control::{Args, Complaint},
    door,
    reply::{HTML, Reply, escape},
    world::Shared,
};

const SHELL: &str = include_str!("../../page/portal.html");
const JAVASCRIPT: &str = "application/javascript; charset=utf-8";

/// Files of the page: path, content type, content.
const FILES: [(&str, &str, &str); 4] = [
    (
        "/_portal/portal.css",
        "text/css; charset=utf-8",
        include_str!("../../page/portal.css"),
    ),
    (
        "/_portal/portal.js",
        JAVASCRIPT,
        include_str!("../../page/portal.js"),
    ),
    (
        "/_portal/frames.js",
        JAVASCRIPT,
        include_str!("../../page/frames.js"),
    ),
    ("/_portal/chat.js", JAVASCRIPT, include_str!("../../page/chat.js")),
];
const LIBRARY: &str = include_str!("../../page/bx24.js");

/// Paths of the portal that show a page; anything below them does, too.
const PAGES: [&str; 7] = [
    "mobile",
    "online",
    "marketplace",
    "company",
    "crm",
    "workgroups",
    "contact_center",
];

/// Serves what is a page, or belongs to one; anything else is a call.
pub(crate) fn answer(shared: &Arc<Shared>, host: &str, parts: &Parts, body: &Bytes) -> Option<Reply> {
    let path = parts.uri.path();
    if is_everywhere(path) {
        return Some(if path.starts_with("/api/") {
            fresh(Reply::new(200, JAVASCRIPT, LIBRARY))
        } else {
            Reply::new(204, "image/x-icon", Vec::new())
        });
    }
    let base: Base = parts.extensions.get().cloned().unwrap_or_default();
    if base.outside || (!path.starts_with("/_portal/") && !is_page(path)) {
        return None;
    }
    let Some((portal, former)) = shared.with(|world| world.at_host(host)) else {
        return Some(no_such_portal());
    };
    if former || base.former {
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        return Some(shared.with(|world| door::moved(world, portal, target)));
    }
    if let Some((_, content_type, content)) = FILES.iter().find(|(known, ..)| *known == path) {
        return Some(fresh(Reply::new(200, content_type, *content)));
    }
    if let Some(name) = path.strip_prefix("/_portal/") {
        return Some(fresh(asked(shared, portal, name, parts, body)));
    }
    let here = shared.with(|world| world.portals[portal].name.clone());
    let kind = if is_mobile(path) { "mobile" } else { "web" };
    let page = SHELL
        .replace("{portal}", &escape(&here))
        .replace("{base}", &base.path)
        .replace("{kind}", kind);
    Some(fresh(Reply::html(200, page)))
}

/// What any host answers, whatever portal it is: the frame library, and what browsers ask for by themselves.
pub(crate) fn is_everywhere(path: &str) -> bool {
    [
        "/api/v1",
        "/api/v1/",
        "/favicon.ico",
        "/.well-known/appspecific/com.chrome.devtools.json",
    ]
    .contains(&path)
}

/// Whether it is a page of the mobile app.
fn is_mobile(path: &str) -> bool {
    path.trim_start_matches('/').split('/').next() == Some("mobile")
}

fn is_page(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    path == "/" || PAGES.contains(&first)
}

fn fresh(reply: Reply) -> Reply {
    reply.with("cache-control", "no-store")
}

/// What the page asks for while somebody uses it.
fn asked(shared: &Arc<Shared>, portal: usize, name: &str, parts: &Parts, body: &Bytes) -> Reply {
    if parts.method != Method::POST {
        return no_such_page();
    }
    let body: Value = serde_json::from_slice(body).unwrap_or_else(|_| json!({}));
    let outcome = Args::of(&body).and_then(|args| match name {
        "open" => shared.with(|world| opening::open(world, portal, args)),
        "message" => commands::message(shared, portal, args),
        "switch" => shared.with(|world| desk::switch(world, portal, args)),
        "chat" => shared.with(|world| desk::chat(world, portal, args)),
        "say" => shared.with(|world| desk::say(world, portal, args)),
        "uninstall" => desk::uninstall(shared, portal, args),
        _ => Err(Complaint::missing("no such question")),
    });
    match outcome {
        Ok(value) => Reply::json(200, &value),
        Err(complaint) => complaint.reply(),
    }
}

/// No portal has this host.
pub(crate) fn no_such_portal() -> Reply {
    error_page(
        404,
        "There is no such Bitrix24",
        "No portal of this emulator has this address.",
    )
}

/// The portal has no such page.
pub(crate) fn no_such_page() -> Reply {
    error_page(404, "Page not found", "This portal has no such page.")
}

/// Where a portal sends everybody whose plan is over.
pub(crate) fn licence_page() -> Reply {
    error_page(
        200,
        "Your plan is over",
        "This Bitrix24 is not available until its plan is renewed.",
    )
}

/// A page of the portal that says what is wrong.
pub(crate) fn error_page(status: u16, title: &str, text: &str) -> Reply {
    let (title, text) = (escape(title), escape(text));
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>\
         body{{font:14px/1.5 system-ui,sans-serif;color:#333;background:#eef2f4;display:grid;place-items:center;\
         min-height:90vh;margin:0}}main{{background:#fff;border-radius:10px;padding:32px 40px;max-width:480px}}\
         h1{{font-weight:300;font-size:28px;margin:0 0 8px}}p{{margin:0;color:#525c69}}</style></head>\
         <body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    );
    Reply::new(status, HTML, page)
}
