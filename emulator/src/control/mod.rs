//! What tests ask for: `/_emulator/*` on the portal listener, with any host, JSON in and out.

mod args;
mod deeds;
mod portals;
mod sending;
mod state;

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, request::Parts};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) use self::{
    args::{Args, Complaint},
    sending::remove_app,
};
use crate::{
    faults::Faults,
    journal::Listener,
    reply::Reply,
    serve,
    world::{Shared, World},
};

/// A call that only touches the state.
type Deed = fn(&mut World, Args<'_>) -> Result<Value, Complaint>;

const DEEDS: &[(&str, Deed)] = &[
    ("launch", deeds::launch),
    ("token", deeds::token),
    ("expire", deeds::expire),
    ("revoke", deeds::revoke),
    ("clock", deeds::clock),
    ("limits", deeds::limits),
    ("app", deeds::app),
    ("rename", portals::rename),
    ("portal", portals::portal),
    ("user", portals::user),
    ("scope", portals::scope),
    ("webhook", portals::webhook),
    ("channels", portals::channels),
];

/// Calls that send something to the app, too.
const SENDING: [&str; 5] = ["event", "install", "update", "uninstall", "release"];

/// Whether a path belongs to the control API.
pub(crate) fn is_control(path: &str) -> bool {
    path == "/_emulator" || path.starts_with("/_emulator/")
}

/// Obeys a control call, or says why not.
pub(crate) async fn answer(shared: &Arc<Shared>, parts: &Parts, body: &Bytes) -> Reply {
    let name = parts
        .uri
        .path()
        .trim_start_matches("/_emulator")
        .trim_matches('/');
    let outcome = match (&parts.method, name) {
        (&Method::GET, "") => Ok(index()),
        (&Method::GET, "state") => Ok(shared.with(|world| state::state(world))),
        (&Method::GET, "calls") => Ok(shared.with(|world| json!(world.journal.entries()))),
        (&Method::GET, "faults") => Ok(shared.with(|world| world.faults.to_json())),
        (&Method::GET, "said") => Ok(shared.with(|world| json!(world.said))),
        (&Method::GET, "deliveries") => Ok(shared.with(|world| json!(world.deliveries))),
        (&Method::DELETE, "calls") => {
            shared.with(|world| world.journal.clear());
            Ok(json!({ "cleared": true }))
        }
        (&Method::POST, name) => post(shared, name, body).await,
        (_, name) if is_known(name) => Err(not_so(&parts.method, name)),
        (_, name) => Err(unknown(name)),
    };
    match outcome {
        Ok(value) => Reply::json(200, &value),
        Err(complaint) => complaint.reply(),
    }
}

async fn post(shared: &Arc<Shared>, name: &str, body: &Bytes) -> Result<Value, Complaint> {
    let body = parse(body)?;
    if SENDING.contains(&name) {
        return sending::obey(shared, name, &body).await;
    }
    match name {
        "listen" => listen(shared).await,
        "faults" => shared.with(|world| {
            world.faults = Faults::parse(&body, world)?;
            Ok(world.faults.to_json())
        }),
        "reset" => shared.with(|world| {
            world.reset();
            Ok(state::state(world))
        }),
        "state" | "calls" | "said" | "deliveries" | "" => Err(not_so(&Method::POST, name)),
        _ => {
            let (_, deed) = DEEDS
                .iter()
                .find(|(known, _)| *known == name)
                .ok_or_else(|| unknown(name))?;
            let args = Args::of(&body)?;
            shared.with(|world| deed(world, args))
        }
    }
}

/// `listen {}`: the portals answer on one more port, to which one of them can move.
async fn listen(shared: &Arc<Shared>) -> Result<Value, Complaint> {
    let ip = shared.with(|world| world.site.portal.ip());
    let failed = |error: std::io::Error| Complaint::conflict(error.to_string());
    let tcp = TcpListener::bind((ip, 0)).await.map_err(failed)?;
    let port = tcp.local_addr().map_err(failed)?.port();
    serve::begin(shared, tcp, Listener::Portal);
    Ok(json!({ "port": port }))
}

fn parse(body: &Bytes) -> Result<Value, Complaint> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(json!({}));
    }
    serde_json::from_slice(body).map_err(|error| Complaint::bad(format!("the body is not JSON: {error}")))
}

fn is_known(name: &str) -> bool {
    let readable = [
        "",
        "state",
        "calls",
        "said",
        "faults",
        "deliveries",
        "reset",
        "listen",
    ];
    readable.contains(&name) || SENDING.contains(&name) || DEEDS.iter().any(|(known, _)| *known == name)
}

fn not_so(method: &Method, name: &str) -> Complaint {
    let description = format!("/_emulator/{name} is not called with {method}");
    Complaint {
        status: 405,
        error: "method_not_allowed",
        description,
    }
}

fn unknown(name: &str) -> Complaint {
    Complaint::missing(format!(
        "no control call /_emulator/{name}; GET /_emulator/ lists them"
    ))
}

fn index() -> Value {
    let post: Vec<_> = DEEDS
        .iter()
        .map(|(name, _)| *name)
        .chain(SENDING)
        .chain(["faults", "reset", "listen"])
        .collect();
    json!({ "GET": ["state", "calls", "said", "faults", "deliveries"], "DELETE": ["calls"], "POST": post })
}
