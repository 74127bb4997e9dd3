//! The door: takes each request, notes it, lets the fault schedule strike, and asks the right face.

use std::{convert::Infallible, io, net::IpAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Request, Response, StatusCode, header, request::Parts, uri::PathAndQuery,
};
use http_body_util::{BodyExt, Full, Limited, combinators::UnsyncBoxBody};
use hyper::body::Incoming;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::{
    bodies,
    call::{self, Call},
    control,
    faults::{Body, Deed, Target},
    frame,
    journal::Listener,
    oauth,
    reply::{HTML, JSON, Reply},
    rest,
    world::{Shared, World},
};

/// The body of an answer, which may break off.
pub(crate) type Answer = Response<UnsyncBoxBody<Bytes, io::Error>>;

/// More than any request of this platform needs.
const LARGEST_BODY: usize = 16 * 1024 * 1024;
/// Where a portal whose plan is over leads everybody.
const LICENCE_PAGE: &str = "/settings/license_all.php";
/// A withheld answer is withheld no longer than this; then the connection closes.
const HANG: Duration = Duration::from_mins(10);

/// A connection, as far as an answer needs to know it.
#[derive(Clone)]
pub(crate) struct Connection {
    pub(crate) listener: Listener,
    pub(crate) source: IpAddr,
    /// Closes the connection at once, whatever is on its way.
    pub(crate) abort: CancellationToken,
}

impl Connection {
    /// Closes the connection without an answer.
    async fn hang_up(&self) -> Answer {
        self.abort.cancel();
        std::future::pending().await
    }

    async fn withhold(&self) -> Answer {
        sleep(HANG).await;
        self.hang_up().await
    }
}

/// Answers one request.
pub(crate) async fn answer(
    shared: Arc<Shared>,
    connection: Connection,
    request: Request<Incoming>,
) -> Result<Answer, Infallible> {
    let (mut parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST_BODY).collect().await else {
        return Ok(whole(Reply::html(
            413,
            "<!DOCTYPE html><title>413</title><h1>Request Entity Too Large</h1>",
        )));
    };
    let body = body.to_bytes();
    if connection.listener == Listener::Portal {
        find_base(&shared, &mut parts);
        if let Some(reply) = beside(&shared, &parts, &body).await {
            return Ok(whole(reply));
        }
    }
    let call = Call::read(connection.listener, connection.source, &parts, &body);
    Ok(strike(&shared, &connection, call).await)
}

/// Cuts the portal's own path off, and notes how the request lies to it. Control and the frame library are at any path's
/// root.
fn find_base(shared: &Arc<Shared>, parts: &mut Parts) {
    let path = parts.uri.path();
    if control::is_control(path) || frame::is_everywhere(path) {
        return;
    }
    let base = shared.with(|world| {
        let (portal, _) = world.at_host(&call::host(parts))?;
        Some(world.portals[portal].address.base(path))
    });
    let Some(base) = base else { return };
    let target = parts.uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let rest = target.strip_prefix(&base.path).unwrap_or(target);
    let rest = if rest.starts_with('/') {
        rest.to_owned()
    } else {
        format!("/{rest}")
    };
    if let Ok(rest) = rest.parse() {
        parts.uri = rest;
        parts.extensions.insert(base);
    }
}

/// What the portal listener serves beside calls: control, the frame library, pages.
async fn beside(shared: &Arc<Shared>, parts: &Parts, body: &Bytes) -> Option<Reply> {
    let path = parts.uri.path();
    if control::is_control(path) {
        return Some(control::answer(shared, parts, body).await);
    }
    if path.starts_with("/rest/") && parts.method == http::Method::OPTIONS {
        return Some(preflight());
    }
    frame::answer(shared, &call::host(parts), parts, body)
}

/// Lets pages of other origins call REST.
fn preflight() -> Reply {
    Reply::new(204, HTML, Vec::new())
        .with("access-control-allow-origin", "*")
        .with("access-control-allow-methods", "GET, POST, OPTIONS")
        .with("access-control-allow-headers", "*")
}

/// Notes a call, and does to it what the schedule says.
async fn strike(shared: &Arc<Shared>, connection: &Connection, call: Call) -> Answer {
    let (number, deed) = shared.with(|world| arrive(world, &call));
    let process = |call: &Call| shared.with(|world| face(world, call));
    let answered = |reply: Reply| {
        shared.with(|world| world.journal.answered(number, reply.status));
        reply
    };
    match deed {
        None => whole(answered(process(&call))),
        Some(Deed::Drop) => connection.hang_up().await,
        Some(Deed::Hang) => connection.withhold().await,
        Some(Deed::RotateThenDrop) => {
            process(&call);
            connection.hang_up().await
        }
        Some(Deed::ProcessThenHang) => {
            process(&call);
            connection.withhold().await
        }
        Some(Deed::RotateThenDelay { ms }) => {
            let reply = process(&call);
            sleep(Duration::from_millis(ms)).await;
            whole(answered(reply))
        }
        Some(Deed::Delay { ms }) => late(shared, connection, call, number, Duration::from_millis(ms)).await,
        Some(Deed::Answer { status, body }) => whole(answered(prepared(status, body))),
        Some(Deed::Redirect { to, status }) => whole(answered(
            shared.with(|world| Reply::redirect(status, &location(world, &call, to))),
        )),
        Some(Deed::Truncate) => bodies::half(&answered(process(&call))),
        Some(Deed::Endless) => bodies::endless(&answered(Reply::new(200, JSON, "{\"result\":[0"))),
        Some(Deed::Drip { ms }) => bodies::drip(&answered(process(&call)), Duration::from_millis(ms)),
        Some(Deed::Pad { mb, gzip: false }) => bodies::padded(&answered(process(&call)), mb),
        Some(Deed::Pad { mb, gzip: true }) => bodies::bomb(answered(process(&call)), mb),
        Some(Deed::Headers { count }) => bodies::headed(&answered(process(&call)), count),
    }
}

fn arrive(world: &mut World, call: &Call) -> (usize, Option<Deed>) {
    let mut entry = call.entry(world);
    let struck = entry.method.as_deref().and_then(|method| {
        let portal = call.portal(world).map(|at| world.portals[at].member_id.clone());
        world.faults.strike(method, call.listener, portal.as_deref())
    });
    entry.fault = struck.as_ref().map(|(name, _)| *name);
    (world.journal.arrive(entry), struck.map(|(_, deed)| deed))
}

/// Processes late, even when the caller has hung up by then: a server cannot unread a request.
async fn late(
    shared: &Arc<Shared>,
    connection: &Connection,
    call: Call,
    number: usize,
    delay: Duration,
) -> Answer {
    let own = Arc::clone(shared);
    let task = shared.tasks.spawn(async move {
        tokio::select! { () = sleep(delay) => {}, () = own.stop.cancelled() => return None }
        Some(own.with(|world| {
            let reply = face(world, &call);
            world.journal.answered(number, reply.status);
            reply
        }))
    });
    match task.await {
        Ok(Some(reply)) => whole(reply),
        _ => connection.hang_up().await,
    }
}

/// Asks the face that a call is for.
fn face(world: &mut World, call: &Call) -> Reply {
    if call.listener == Listener::Oauth {
        return oauth::answer(world, call);
    }
    let Some((portal, former)) = world.at_host(&call.host) else {
        return frame::no_such_portal();
    };
    if former || call.base.former {
        return moved(world, portal, &call.target);
    }
    if call.base.outside {
        return frame::no_such_page();
    }
    if rest::is_rest(call) {
        return rest::answer(world, portal, call);
    }
    match call.method().as_deref() {
        Some("authorize") => oauth::authorize(world, portal, call),
        _ if call.path == LICENCE_PAGE => frame::licence_page(),
        _ => frame::no_such_page(),
    }
}

/// A renamed portal answers everything at its old host like this.
pub(crate) fn moved(world: &World, portal: usize, target: &str) -> Reply {
    let home = world.site.portal_url(&world.portals[portal]);
    Reply::redirect(302, &format!("{home}{target}"))
}

fn prepared(status: u16, body: Body) -> Reply {
    match body {
        Body::Json(value) => Reply::json(status, &value),
        Body::Html(page) => Reply::html(status, page),
        Body::Text(text) => Reply::new(status, "text/plain; charset=utf-8", text),
        Body::Garbage(text) => Reply::new(status, JSON, text),
    }
}

fn location(world: &World, call: &Call, to: Target) -> String {
    let scheme = world.site.scheme();
    match to {
        Target::Location(location) => location,
        Target::Host(host) => format!("{scheme}://{host}{}{}", call.base.path, call.target),
        Target::LicencePage => format!("{scheme}://{}{}{LICENCE_PAGE}", call.host, call.base.path),
    }
}

/// An answer as it is.
pub(crate) fn whole(mut reply: Reply) -> Answer {
    let body = Full::new(Bytes::from(std::mem::take(&mut reply.body)));
    head(&reply, body.map_err(|never| match never {}).boxed_unsync())
}

/// Status and headers of an answer, with any body.
pub(crate) fn head(reply: &Reply, body: UnsyncBoxBody<Bytes, io::Error>) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    for (name, value) in &reply.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    answer
}
