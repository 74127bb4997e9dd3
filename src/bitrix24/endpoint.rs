//! Where a portal lives: its REST endpoint, its origin, and the domain a request merely claims.

use std::fmt;

use url::{Host, Url};

/// Why a text is no REST endpoint of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Not an absolute URL.
    #[error("the endpoint is no absolute URL")]
    NotAUrl,
    /// Neither http nor https.
    #[error("the endpoint is neither http nor https")]
    Scheme,
    /// A host with other letters than hosts have.
    #[error("the endpoint's host is none")]
    Host,
    /// Carries a user name, a password, a query or a fragment.
    #[error("the endpoint carries more than a host and a path")]
    Extras,
    /// Does not end in `/rest/`.
    #[error("the endpoint does not end in /rest/")]
    Path,
}

/// `client_endpoint`: the REST root of a portal, such as `https://acme.bitrix24.com/rest/`.
///
/// On-premise portals may add a port and a path in front of `/rest/`. Whether the address may be called at
/// all is for [`super::Egress`] to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientEndpoint(Url);

impl ClientEndpoint {
    /// Reads an absolute URL that ends in `/rest/` and carries nothing but host, port and path.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let mut url = Url::parse(text.trim()).map_err(|_| EndpointError::NotAUrl)?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(EndpointError::Scheme);
        }
        if !has_plain_host(&url) {
            return Err(EndpointError::Host);
        }
        let extras = !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some();
        if extras {
            return Err(EndpointError::Extras);
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        if url.path().ends_with("/rest/") {
            Ok(Self(url))
        } else {
            Err(EndpointError::Path)
        }
    }

    /// The URL of one REST method.
    pub(crate) fn method_url(&self, method: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{method}", self.0.path()));
        url
    }

    /// The endpoint as text, with the trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The origin of the portal's pages.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin(self.0.origin().ascii_serialization())
    }

    /// Host and, if it is not the scheme's own, port.
    #[must_use]
    pub fn domain(&self) -> PortalDomain {
        let host = self.0.host_str().unwrap_or_default();
        PortalDomain(match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        })
    }

    /// A link into a page of the portal that opens the chat with a bot.
    #[must_use]
    pub fn dialog_url(&self, bot: super::BotId) -> String {
        let path = self.0.path();
        let base = path.strip_suffix("rest/").unwrap_or(path);
        format!("{}{base}online/?IM_DIALOG={bot}", self.origin())
    }

    /// Whether the policy lets this process call the endpoint.
    pub fn permitted_by(&self, egress: &super::Egress) -> Result<(), super::EgressError> {
        egress.permits(&self.0)
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// Whether a redirect's target lies on this portal's own host and port.
    pub(crate) fn shares_host_with(&self, other: &Url) -> bool {
        self.0.host() == other.host() && self.0.port_or_known_default() == other.port_or_known_default()
    }
}

/// Scheme, host and port of a page: what `frame-ancestors` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Reads `scheme://host[:port]` exactly as this type writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let origin = Self::of(&Url::parse(text).ok()?)?;
        (origin.0 == text).then_some(origin)
    }

    /// The origin of any http or https URL at a plain host.
    #[must_use]
    pub fn of(url: &Url) -> Option<Self> {
        let named = matches!(url.scheme(), "http" | "https") && has_plain_host(url);
        named.then(|| Self(url.origin().ascii_serialization()))
    }

    /// Host and, if it is not the scheme's own, port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, host)| host)
    }

    /// The origin as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a host has only letters that hosts have. URLs may have others (`;`, `'`, `,`, `*`), which would mean
/// something in the header where an origin is named.
fn has_plain_host(url: &Url) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    match url.host() {
        Some(Host::Domain(name)) => name.bytes().all(plain),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    }
}

/// `DOMAIN`: a host with an optional port, lower-case. In a request it is a claim and nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalDomain(String);

impl PortalDomain {
    /// Reads `host` or `host:port`; refuses everything that a URL could hide in: user info, paths, spaces,
    /// quotes, semicolons.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
        if !plain || text.is_empty() || text.len() > 260 {
            return None;
        }
        let url = Url::parse(&format!("https://{text}/")).ok()?;
        let Some(Host::Domain(host)) = url.host() else {
            return Self::literal_address(text, &url);
        };
        if host.starts_with('.') || host.ends_with('.') || host.contains("..") {
            return None;
        }
        Some(Self(text.to_ascii_lowercase()))
    }

    /// On-premise portals on a bare IPv4 address exist.
    fn literal_address(text: &str, url: &Url) -> Option<Self> {
        let host = url.host_str()?;
        let rest = text.strip_prefix(host)?;
        (rest.is_empty() || rest.starts_with(':')).then(|| Self(text.to_owned()))
    }

    /// The origin under a claimed protocol.
    #[must_use]
    pub fn origin(&self, secure: bool) -> Option<Origin> {
        let scheme = if secure { "https" } else { "http" };
        Url::parse(&format!("{scheme}://{}/", self.0))
            .ok()
            .as_ref()
            .and_then(Origin::of)
    }

    /// Host and port as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PortalDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_keep_ports_and_paths_and_name_their_origin() {
        let endpoint = ClientEndpoint::parse("https://crm.example.com:8443/bitrix/rest").unwrap();
        assert_eq!(endpoint.as_str(), "https://crm.example.com:8443/bitrix/rest/");
        assert_eq!(endpoint.origin().as_str(), "https://crm.example.com:8443");
        assert_eq!(endpoint.domain().as_str(), "crm.example.com:8443");
        let link = endpoint.dialog_url(super::super::BotId::new(603).unwrap());
        assert_eq!(link, "https://crm.example.com:8443/bitrix/online/?IM_DIALOG=603");
    }

    #[test]
    fn endpoints_with_tricks_are_refused() {
        for (text, fault) in [
            ("acme.bitrix24.com/rest/", EndpointError::NotAUrl),
            ("ftp://acme.bitrix24.com/rest/", EndpointError::Scheme),
            (
                "https://acme.bitrix24.com@evil.example/rest/",
                EndpointError::Extras,
            ),
            ("https://acme.bitrix24.com/rest/?x=1", EndpointError::Extras),
            ("https://acme.bitrix24.com/", EndpointError::Path),
            ("https://a.example;script-src/rest/", EndpointError::Host),
            ("https://a.example,b.example/rest/", EndpointError::Host),
            ("https://*.example/rest/", EndpointError::Host),
            ("https://'none'/rest/", EndpointError::Host),
        ] {
            assert_eq!(ClientEndpoint::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_path_that_names_rest_twice_keeps_the_first() {
        let endpoint = ClientEndpoint::parse("https://crm.example.com/rest/rest/").unwrap();
        let link = endpoint.dialog_url(super::super::BotId::new(603).unwrap());
        assert_eq!(link, "https://crm.example.com/rest/online/?IM_DIALOG=603");
    }

    #[test]
    fn an_origin_holds_nothing_that_means_something_in_a_policy() {
        for text in [
            "https://a.example;x",
            "https://a.example,b",
            "https://*.a.example",
            "https://'self'",
        ] {
            assert_eq!(Origin::parse(text), None, "{text}");
            assert_eq!(Origin::of(&Url::parse(text).unwrap()), None, "{text}");
        }
        assert!(Origin::parse("https://crm_2.example.com:8443").is_some());
        assert!(Origin::parse("https://[2001:db8::7]").is_some());
    }

    #[test]
    fn a_claimed_domain_is_a_host_and_perhaps_a_port() {
        for text in [
            "acme.bitrix24.com",
            "acme.localhost:8092",
            "192.0.2.7",
            "192.0.2.7:8080",
            "ACME.bitrix24.de",
        ] {
            assert!(PortalDomain::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "a b",
            "evil.example/rest",
            "x;script-src *",
            "user@host",
            "a..b",
            ".a",
            "host:99999",
            "'none'",
            "*",
            "*.com",
            "192.0.2.00",
            "192.0.2.7.",
            "3221225991",
        ] {
            assert!(PortalDomain::parse(text).is_none(), "{text}");
        }
    }
}
