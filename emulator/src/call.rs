//! A call as it came over the wire, read once.

use std::net::IpAddr;

use bytes::Bytes;
use http::{HeaderMap, header, request::Parts};

use crate::{address::Base, clock, journal::Entry, journal::Listener, params::Param, world::World};

/// One request to the authorization server or to a portal.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) listener: Listener,
    pub(crate) source: IpAddr,
    /// The `Host` header, lower-case, with its port.
    pub(crate) host: String,
    pub(crate) http_method: String,
    /// Below the portal's own path.
    pub(crate) path: String,
    /// How the path that was sent lies to the portal.
    pub(crate) base: Base,
    /// Path and query, below the portal's own path.
    pub(crate) target: String,
    /// Query and body together; the body wins.
    pub(crate) params: Param,
    /// The token of an `Authorization: Bearer` header.
    pub(crate) bearer: Option<String>,
    content_type: Option<String>,
    user_agent: Option<String>,
}

impl Call {
    /// Reads a request. The body counts as JSON when it says so, as a form otherwise.
    pub(crate) fn read(listener: Listener, source: IpAddr, parts: &Parts, body: &Bytes) -> Self {
        let mut params = Param::form(parts.uri.query().unwrap_or_default());
        let content_type = text(&parts.headers, header::CONTENT_TYPE);
        if !body.is_empty() {
            let json = content_type
                .as_deref()
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
            let sent = if json {
                Param::json(body)
            } else {
                Param::form(&String::from_utf8_lossy(body))
            };
            params.merge(sent);
        }
        let bearer = text(&parts.headers, header::AUTHORIZATION)
            .and_then(|value| {
                value
                    .split_once(' ')
                    .map(|(kind, token)| (kind.to_owned(), token.trim().to_owned()))
            })
            .filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token);
        Self {
            listener,
            source,
            host: host(parts),
            http_method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            base: parts.extensions.get().cloned().unwrap_or_default(),
            target: parts
                .uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
            params,
            bearer,
            content_type,
            user_agent: text(&parts.headers, header::USER_AGENT),
        }
    }

    /// The path's parts; doubled slashes count as one.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect()
    }

    /// The method that is called: `token`, `authorize`, or a REST method as it was written.
    pub(crate) fn method(&self) -> Option<String> {
        match self.segments().as_slice() {
            ["oauth", name @ ("token" | "authorize")] => Some((*name).to_owned()),
            ["rest", .., last] => Some(rest_method(last).0.to_owned()),
            _ => None,
        }
    }

    /// A parameter as text, its name in any letter case.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.params.text(name)
    }

    /// The access token shown: in the parameters, else in the header.
    pub(crate) fn auth(&self) -> Option<String> {
        self.text("auth")
            .or_else(|| self.bearer.clone())
            .filter(|token| !token.is_empty())
    }

    /// The portal that the call is about: by its host, or by the token it shows.
    pub(crate) fn portal(&self, world: &World) -> Option<usize> {
        if self.listener == Listener::Portal {
            return world.at_host(&self.host).map(|(at, _)| at);
        }
        let now = world.clock.seconds();
        let by_refresh = || {
            self.text("refresh_token")
                .map(|token| world.tokens.refresh(&token, now))
        };
        let by_code = || {
            self.text("code")
                .map(|code| world.tokens.code_standing(&code, now))
        };
        let by_access = || self.auth().map(|token| world.tokens.access(&token, now));
        let standing = by_access().or_else(by_refresh).or_else(by_code)?;
        world.by_member_id(&standing.owner()?.member_id)
    }

    /// The journal's entry for this call.
    pub(crate) fn entry(&self, world: &World) -> Entry {
        Entry {
            at: clock::iso_precise(world.clock.now()),
            listener: self.listener,
            method: self.method(),
            http_method: self.http_method.clone(),
            host: self.host.clone(),
            path: format!("{}{}", self.base.path, self.path),
            params: self.params.to_json(),
            status: None,
            fault: None,
            content_type: self.content_type.clone(),
            user_agent: self.user_agent.clone(),
        }
    }
}

/// A method without the ending that asks for a format, and the ending.
pub(crate) fn rest_method(segment: &str) -> (&str, Option<&str>) {
    match segment.rsplit_once('.') {
        Some((name, format)) if format.eq_ignore_ascii_case("json") || format.eq_ignore_ascii_case("xml") => {
            (name, Some(format))
        }
        _ => (segment, None),
    }
}

/// The host that a request names, lower-case.
pub(crate) fn host(parts: &Parts) -> String {
    let named = parts.uri.authority().map(ToString::to_string);
    named
        .or_else(|| text(&parts.headers, header::HOST))
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
