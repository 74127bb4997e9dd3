//! Where a page comes from, and the domain that a request merely claims.

use std::fmt;

use url::{Host, Url};

/// Scheme, host and port of a page: what `frame-ancestors` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(pub(super) String);

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
        let named = matches!(url.scheme(), "http" | "https") && has_plain_letters(url);
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
pub(super) fn has_plain_letters(url: &Url) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    match url.host() {
        Some(Host::Domain(name)) => name.bytes().all(plain),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    }
}

/// `DOMAIN`: a host with an optional port, lower-case. In a request it is a claim and nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalDomain(pub(super) String);

impl PortalDomain {
    /// Reads `host` or `host:port`; refuses everything that a URL could hide in: user info, paths, spaces,
    /// quotes, semicolons.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':'));
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
            "b24",
            "bx_crm.local:8443",
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
