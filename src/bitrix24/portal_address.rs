//! The address of a portal as a person types it, or pastes it from the browser's address bar. It is only ever
//! redirected to: this process calls no address that the authorization server has not named.

use url::Url;

use super::{ClientEndpoint, ClientId, Egress, OauthState, Origin, PortalDomain};

/// Pasted addresses of portal pages have some hundred characters.
const LONGEST_TEXT: usize = 2000;

/// Leaves room for the address in a `state`; real hosts are far shorter.
const LONGEST_DOMAIN: usize = 200;

/// What no host and port contains, and what readers of addresses disagree about: user names, backslashes, escapes.
const TRICKS: [char; 5] = ['@', '\\', '%', '[', ']'];

/// Why a text is no portal's address: the person's to mend. 422.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Nothing was typed.
    #[error("no address")]
    Empty,
    /// Not a host with an optional port, nor a web address of one.
    #[error("not an address")]
    Unreadable,
    /// A single word, such as `acme`.
    #[error("not a whole address")]
    Incomplete,
    /// An address on which no portal may be called.
    #[error("not a public address")]
    NotPublic,
}

/// Where a portal is, says a person: scheme, host and perhaps a port; https, except on this very machine in
/// development.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalAddress(Url);

impl PortalAddress {
    /// Reads a host, with or without port, or the address of any page there, of which only the host counts.
    pub fn parse(text: &str, egress: &Egress) -> Result<Self, AddressFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressFault::Empty);
        }
        if text.len() > LONGEST_TEXT {
            return Err(AddressFault::Unreadable);
        }
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, text),
        };
        if !matches!(scheme.as_deref(), None | Some("http" | "https")) {
            return Err(AddressFault::Unreadable);
        }
        let domain = domain(scheme.as_deref().unwrap_or("https"), rest)?;
        if scheme.is_none() && !domain.as_str().contains(['.', ':']) {
            return Err(AddressFault::Incomplete);
        }
        let plain = url("http", &domain)?;
        if scheme.as_deref() != Some("https") && egress.permits(&plain).is_ok() {
            return Ok(Self(plain));
        }
        let secure = url("https", &domain)?;
        egress.permits(&secure).map_err(|_| AddressFault::NotPublic)?;
        Ok(Self(secure))
    }

    /// Where the person signs in and is sent back to the app, which is named in its card at Bitrix24. Holds the
    /// state: not to be logged.
    #[must_use]
    pub fn authorize_url(&self, client_id: &ClientId, state: &OauthState) -> Url {
        let mut url = self.0.clone();
        url.set_path("/oauth/authorize/");
        url.query_pairs_mut()
            .append_pair("client_id", client_id.as_str())
            .append_pair("state", state.expose());
        url
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Whether this is the host and port of an endpoint that the authorization server has named.
    #[must_use]
    pub fn is_of(&self, endpoint: &ClientEndpoint) -> bool {
        Origin::of(&self.0).is_some_and(|origin| origin.host() == endpoint.origin().host())
    }
}

/// Host and port in front of a path, query or fragment; without the port that the scheme means anyway.
fn domain(scheme: &str, text: &str) -> Result<PortalDomain, AddressFault> {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    // A sentence's full stop is copied along with what stands before it.
    let authority = authority.trim_end_matches('.');
    if authority.contains(TRICKS) || authority.contains(char::is_whitespace) || authority.ends_with(':') {
        return Err(AddressFault::Unreadable);
    }
    // Names in other scripts become what the domain system knows them by.
    let url = Url::parse(&format!("{scheme}://{authority}/")).map_err(|_| AddressFault::Unreadable)?;
    let origin = Origin::of(&url).ok_or(AddressFault::Unreadable)?;
    PortalDomain::parse(origin.host())
        .filter(|domain| domain.as_str().len() <= LONGEST_DOMAIN)
        .ok_or(AddressFault::Unreadable)
}

fn url(scheme: &str, domain: &PortalDomain) -> Result<Url, AddressFault> {
    Url::parse(&format!("{scheme}://{domain}/")).map_err(|_| AddressFault::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str, development: bool) -> Result<String, AddressFault> {
        let private = vec!["10.7.0.0/16".parse().unwrap()];
        PortalAddress::parse(text, &Egress::new(development, private)).map(|address| address.origin())
    }

    #[test]
    fn a_host_or_any_page_of_it_is_an_address_and_always_https() {
        for (text, expected) in [
            ("acme.bitrix24.com", "https://acme.bitrix24.com"),
            ("  ACME.Bitrix24.COM/ ", "https://acme.bitrix24.com"),
            ("acme.bitrix24.com.", "https://acme.bitrix24.com"),
            ("HTTP://acme.bitrix24.com", "https://acme.bitrix24.com"),
            ("https://acme.bitrix24.com:443/", "https://acme.bitrix24.com"),
            ("http://acme.bitrix24.com:80/", "https://acme.bitrix24.com"),
            (
                "https://acme.bitrix24.com/company/personal/user/1/?tab=1#top",
                "https://acme.bitrix24.com",
            ),
            ("acme.bitrix24.com?x=1", "https://acme.bitrix24.com"),
            ("crm.example.com:8443", "https://crm.example.com:8443"),
            ("https://portal", "https://portal"),
            ("portal:8443", "https://portal:8443"),
            ("bx_crm.local:8443", "https://bx_crm.local:8443"),
            ("10.7.0.1", "https://10.7.0.1"),
            ("портал.рф", "https://xn--80awhdgm.xn--p1ai"),
            ("acme\u{200b}.bitrix24.com", "https://acme.bitrix24.com"),
            ("acme.localhost.example.com", "https://acme.localhost.example.com"),
        ] {
            assert_eq!(origin(text, false).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn whatever_is_no_portals_address_is_refused() {
        use AddressFault::{Empty, Incomplete, NotPublic, Unreadable};
        for (text, fault) in [
            ("", Empty),
            (" \t ", Empty),
            ("acme", Incomplete),
            ("acme/marketplace/", Incomplete),
            ("javascript:alert(1)", Unreadable),
            ("javascript://acme.bitrix24.com/%0aalert(1)", Unreadable),
            ("data:text/html,x", Unreadable),
            ("ftp://acme.bitrix24.com", Unreadable),
            ("//evil.example/", Unreadable),
            ("https:///evil.example/", Unreadable),
            ("https://https://acme.bitrix24.com", Unreadable),
            ("https://acme.bitrix24.com@evil.example/", Unreadable),
            ("acme.bitrix24.com@evil.example", Unreadable),
            ("acme.bitrix24.com\\@evil.example", Unreadable),
            ("acme.bitrix24.com%2f@evil.example", Unreadable),
            ("evil%2eexample", Unreadable),
            ("acme bitrix24.com", Unreadable),
            ("acme.bitrix24.com\r\nset-cookie: x", Unreadable),
            ("acme.bitrix24.com:99999", Unreadable),
            ("acme.bitrix24.com:", Unreadable),
            ("acme..bitrix24.com", Unreadable),
            ("*.bitrix24.com", Unreadable),
            ("https://[::1]/", Unreadable),
            ("127.0.0.1", NotPublic),
            ("https://2130706433/", NotPublic),
            ("https://0x7f.1/", NotPublic),
            ("192.168.1.1:8080", NotPublic),
            ("169.254.169.254", NotPublic),
            ("localhost:8080", NotPublic),
            ("https://acme.localhost/", NotPublic),
        ] {
            assert_eq!(origin(text, false), Err(fault), "{text}");
        }
        assert_eq!(
            origin(&format!("{}.example", "a.".repeat(120)), false),
            Err(Unreadable)
        );
        assert_eq!(origin(&"a".repeat(3000), false), Err(Unreadable));
    }

    #[test]
    fn in_development_this_machine_is_plain_http_unless_typed_otherwise() {
        for (text, expected) in [
            ("acme.localhost:8092", "http://acme.localhost:8092"),
            ("http://acme.localhost:8092/", "http://acme.localhost:8092"),
            ("https://acme.localhost:8092", "https://acme.localhost:8092"),
            ("127.0.0.1:8092", "http://127.0.0.1:8092"),
            ("http://acme.bitrix24.com", "https://acme.bitrix24.com"),
        ] {
            assert_eq!(origin(text, true).as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(origin("192.168.1.1", true), Err(AddressFault::NotPublic));
    }

    #[test]
    fn the_authorize_url_carries_the_app_and_the_state_and_nothing_else() {
        let address =
            PortalAddress::parse("https://acme.bitrix24.com/any/page?x=1", &Egress::default()).unwrap();
        let (app, state) = (
            ClientId::parse("app.1&x=2").unwrap(),
            OauthState::parse("s-_1").unwrap(),
        );
        assert_eq!(
            address.authorize_url(&app, &state).as_str(),
            "https://acme.bitrix24.com/oauth/authorize/?client_id=app.1%26x%3D2&state=s-_1"
        );
    }

    #[test]
    fn an_address_is_compared_by_host_and_port() {
        let address = PortalAddress::parse("crm.example.com:8443", &Egress::default()).unwrap();
        for (endpoint, same) in [
            ("https://crm.example.com:8443/rest/", true),
            ("https://crm.example.com:8443/bitrix/rest/", true),
            ("https://crm.example.com/rest/", false),
            ("https://example.com:8443/rest/", false),
        ] {
            assert_eq!(
                address.is_of(&ClientEndpoint::parse(endpoint).unwrap()),
                same,
                "{endpoint}"
            );
        }
    }
}
