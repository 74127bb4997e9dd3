//! Where a portal's REST answers.
//!
//! An endpoint has three sources: `app.info`, the answer of the token endpoint, and a webhook that an operator has
//! typed. Only these read one, and the store reads back what it kept of them; `tests/it/house.rs` holds that. So
//! whatever a request claims, and wherever a redirect leads, is no endpoint, and nothing else is ever called.

use url::{Host, Position, Url};

use super::origin::has_plain_letters;
use super::{Origin, PortalDomain};

/// Real endpoints have some thirty characters.
const LONGEST: usize = 1000;

/// What readers of addresses disagree about: user names, backslashes, escapes.
const TRICKS: [char; 3] = ['@', '\\', '%'];

/// Why a text is no REST endpoint of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Not an absolute URL.
    #[error("the endpoint is no absolute URL")]
    NotAUrl,
    /// Neither http nor https.
    #[error("the endpoint is neither http nor https")]
    Scheme,
    /// Carries a user name, a query, a fragment, an escape, or whatever else some readers drop.
    #[error("the endpoint carries more than a host and a path")]
    Extras,
    /// A host that becomes another one when it is read, or that ends with a dot.
    #[error("the endpoint's host is written in an odd way")]
    Host,
    /// Does not end in `/rest/`, or becomes another path when it is read.
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
    /// Reads an absolute URL that ends in `/rest/` and carries nothing but host, port and path, all of them written
    /// as they are understood: what a parser would mend is refused.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let text = text.trim();
        let odd = |letter: char| letter.is_whitespace() || letter.is_control() || TRICKS.contains(&letter);
        if text.contains(odd) || text.len() > LONGEST {
            return Err(EndpointError::Extras);
        }
        let mut url = Url::parse(text).map_err(|_| EndpointError::NotAUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(EndpointError::Scheme);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(EndpointError::Extras);
        }
        let (_, rest) = text.split_once("://").ok_or(EndpointError::NotAUrl)?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !is_plain_host(authority, &url) {
            return Err(EndpointError::Host);
        }
        if url.path() != path || path.contains("//") {
            return Err(EndpointError::Path);
        }
        if !path.ends_with('/') {
            url.set_path(&format!("{path}/"));
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
        self.page_url(&format!("online/?IM_DIALOG={bot}"))
    }

    /// A link to the page of the portal that shows who a user is.
    #[must_use]
    pub fn user_url(&self, user: super::UserId) -> String {
        self.page_url(&format!("company/personal/user/{user}/"))
    }

    /// A page of the portal: it lies beside REST, below the path of an on-premise portal.
    fn page_url(&self, page: &str) -> String {
        let path = self.0.path();
        let base = path.strip_suffix("rest/").unwrap_or(path);
        format!("{}{base}{page}", self.origin())
    }

    /// Whether the policy lets this process call the endpoint.
    pub fn permitted_by(&self, egress: &super::Egress) -> Result<(), super::EgressError> {
        egress.permits(&self.0)
    }

    /// Whether a redirect's target may be where the portal has gone: another host or port, or another REST root on its
    /// own. Everything else there is a page that says why the portal does not answer.
    pub(crate) fn may_be_left_for(&self, target: &Url) -> bool {
        let path = target.path();
        let root = path.rsplit_once('/').map_or("", |(root, _)| root);
        let other_root = root.ends_with("/rest") && !path.starts_with(self.0.path());
        other_root || !self.shares_host_with(target)
    }

    /// Whether a redirect's target lies on this portal's own host and port.
    pub(crate) fn shares_host_with(&self, other: &Url) -> bool {
        self.0.host() == other.host() && self.0.port_or_known_default() == other.port_or_known_default()
    }
}

/// Whether host and port are what the text says, letter case, a port that the scheme means anyway, and names in
/// other scripts excepted.
fn is_plain_host(authority: &str, url: &Url) -> bool {
    let read = &url[Position::BeforeHost..Position::AfterPort];
    let host = url.host_str().unwrap_or_default();
    let written = authority.to_ascii_lowercase();
    let port = written.strip_prefix(host).and_then(|rest| rest.strip_prefix(':'));
    let usual_port = port.and_then(|port| port.parse().ok()) == url.port_or_known_default();
    let other_script = !written.is_ascii() && host.contains("xn--");
    let whole = match url.host() {
        Some(Host::Domain(name)) => has_plain_letters(url) && name.split('.').all(|label| !label.is_empty()),
        Some(_) => true,
        None => false,
    };
    whole && (written == read || usual_port || other_script)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bitrix24::{BotId, UserId};

    #[test]
    fn endpoints_keep_ports_and_paths_and_name_their_origin() {
        let endpoint = ClientEndpoint::parse("https://crm.example.com:8443/bitrix/rest").unwrap();
        assert_eq!(endpoint.as_str(), "https://crm.example.com:8443/bitrix/rest/");
        assert_eq!(endpoint.origin().as_str(), "https://crm.example.com:8443");
        assert_eq!(endpoint.domain().as_str(), "crm.example.com:8443");
        let link = endpoint.dialog_url(BotId::new(603).unwrap());
        assert_eq!(link, "https://crm.example.com:8443/bitrix/online/?IM_DIALOG=603");
    }

    #[test]
    fn pages_of_the_portal_lie_beside_its_rest_with_port_and_path() {
        for (endpoint, bot, user) in [
            (
                "https://acme.bitrix24.com/rest/",
                "https://acme.bitrix24.com/online/?IM_DIALOG=603",
                "https://acme.bitrix24.com/company/personal/user/7/",
            ),
            (
                "https://crm.example.com:8443/b24/rest/",
                "https://crm.example.com:8443/b24/online/?IM_DIALOG=603",
                "https://crm.example.com:8443/b24/company/personal/user/7/",
            ),
            (
                "https://crm.example.com/rest/rest/",
                "https://crm.example.com/rest/online/?IM_DIALOG=603",
                "https://crm.example.com/rest/company/personal/user/7/",
            ),
        ] {
            let endpoint = ClientEndpoint::parse(endpoint).unwrap();
            assert_eq!(endpoint.dialog_url(BotId::new(603).unwrap()), bot);
            assert_eq!(endpoint.user_url(UserId::new(7).unwrap()), user);
        }
    }

    #[test]
    fn a_portal_may_be_left_for_another_host_or_port_or_rest_root() {
        let endpoint = ClientEndpoint::parse("https://crm.example.com:8443/b24/rest/").unwrap();
        for (target, left) in [
            ("https://other.example.com:8443/b24/rest/profile", true),
            ("https://crm.example.com/b24/rest/profile", true),
            ("https://crm.example.com:8443/rest/profile", true),
            ("https://crm.example.com:8443/crm/rest/profile", true),
            ("https://crm.example.com:8443/b24/rest/profile", false),
            ("https://crm.example.com:8443/b24/settings/license_all.php", false),
            ("https://crm.example.com:8443/settings/license_all.php", false),
            ("https://crm.example.com:8443/", false),
        ] {
            let target = Url::parse(target).unwrap();
            assert_eq!(endpoint.may_be_left_for(&target), left, "{target}");
        }
    }

    #[test]
    fn an_endpoint_may_be_written_in_capitals_without_its_slash_and_with_its_own_port() {
        for (text, read) in [
            (
                "HTTPS://ACME.Bitrix24.com/rest",
                "https://acme.bitrix24.com/rest/",
            ),
            (
                "https://acme.bitrix24.com:443/rest/",
                "https://acme.bitrix24.com/rest/",
            ),
            ("http://acme.localhost:80/rest/", "http://acme.localhost/rest/"),
            (" https://10.7.1.1:8443/rest/\n", "https://10.7.1.1:8443/rest/"),
            ("https://[2606:4700::1]/rest/", "https://[2606:4700::1]/rest/"),
            (
                "https://портал.рф:8443/rest/",
                "https://xn--80awhdgm.xn--p1ai:8443/rest/",
            ),
            ("https://b24/rest/rest/", "https://b24/rest/rest/"),
            (
                "https://bx_crm.local:8443/rest/",
                "https://bx_crm.local:8443/rest/",
            ),
        ] {
            let endpoint = ClientEndpoint::parse(text).map(|endpoint| endpoint.as_str().to_owned());
            assert_eq!(endpoint.as_deref(), Ok(read), "{text}");
        }
    }

    #[test]
    fn endpoints_with_tricks_are_refused() {
        use EndpointError::{Extras, Host, NotAUrl, Path, Scheme};
        for (text, fault) in [
            ("acme.bitrix24.com/rest/", NotAUrl),
            ("//acme.bitrix24.com/rest/", NotAUrl),
            ("https:acme.bitrix24.com/rest/", NotAUrl),
            ("https:/acme.bitrix24.com/rest/", NotAUrl),
            ("https:///acme.bitrix24.com/rest/", Host),
            ("https:///rest/", Host),
            ("https:////acme.bitrix24.com/rest/", Host),
            ("https://", NotAUrl),
            ("https://:443/rest/", NotAUrl),
            ("https://acme.bitrix24.com:99999/rest/", NotAUrl),
            ("https://[fe80::1%25eth0]/rest/", Extras),
            ("https://[::1/rest/", NotAUrl),
            ("ftp://acme.bitrix24.com/rest/", Scheme),
            ("file:///rest/", Scheme),
            ("javascript://acme.bitrix24.com/rest/", Scheme),
            ("https://acme.bitrix24.com@evil.example/rest/", Extras),
            ("https://:password@acme.bitrix24.com/rest/", Extras),
            ("https://@acme.bitrix24.com/rest/", Extras),
            ("https://acme.bitrix24.com\\@evil.example/rest/", Extras),
            ("https://evil.example\\.bitrix24.com/rest/", Extras),
            ("https://acme.bitrix24.com%2f@evil.example/rest/", Extras),
            ("https://acme%2ebitrix24%2ecom/rest/", Extras),
            ("https://acme.bit\trix24.com/rest/", Extras),
            ("https://acme.bitrix24.com/re\nst/", Extras),
            ("https://acme.bitrix24.com/\u{0}/rest/", Extras),
            ("https://acme.bitrix24.com/rest/?x=1", Extras),
            ("https://acme.bitrix24.com/rest/#x", Extras),
            ("https://acme.bitrix24.com?/rest/", Extras),
            ("https://acme.bitrix24.com#/rest/", Extras),
            ("https://acme.bitrix24.com./rest/", Host),
            ("https://localhost./rest/", Host),
            ("https://acme..bitrix24.com/rest/", Host),
            ("https://.bitrix24.com/rest/", Host),
            ("https://acme.bitrix24.com:/rest/", Host),
            ("https://2130706433/rest/", Host),
            ("https://0x7f.1/rest/", Host),
            ("https://8.8.2056/rest/", Host),
            ("https://[2606:4700:0:0::1]/rest/", Host),
            ("https://[::ffff:8.8.8.8]/rest/", Host),
            ("https://８.８.８.８/rest/", Host),
            ("https://8。8。8。8/rest/", Host),
            ("https://ｌｏｃａｌｈｏｓｔ/rest/", Host),
            ("https://ac\u{ad}me.bitrix24.com/rest/", Host),
            ("https://ⓐⓒⓜⓔ.bitrix24.com/rest/", Host),
            ("https://acme.bitrix24.com/", Path),
            ("https://acme.bitrix24.com/crest/", Path),
            ("https://acme.bitrix24.com/rest/../", Path),
            ("https://acme.bitrix24.com/rest/../rest/", Path),
            ("https://acme.bitrix24.com/./rest/", Path),
            ("https://acme.bitrix24.com//rest/", Path),
            ("https://acme.bitrix24.com/rest//", Path),
            ("https://acme.bitrix24.com/x/%2e%2e/rest/", Extras),
            ("https://acme.bitrix24.com/портал/rest/", Path),
        ] {
            assert_eq!(ClientEndpoint::parse(text), Err(fault), "{text}");
        }
        let long = format!("https://acme.bitrix24.com/{}/rest/", "a".repeat(1000));
        assert_eq!(ClientEndpoint::parse(&long), Err(Extras));
    }

    proptest! {
        #[test]
        fn what_is_read_is_read_again_as_the_same(
            scheme in "https?://",
            host in r"[a-z.]{1,9}|\[[0-9a-f:.]{2,9}\]|[0-9x.]{1,9}|\PC{1,9}",
            port in "(:[0-9]{0,5})?",
            path in r"(/[a-z.%~]{0,3}){0,3}(/rest)?/?|\PC{0,9}",
        ) {
            if let Ok(endpoint) = ClientEndpoint::parse(&format!("{scheme}{host}{port}{path}")) {
                prop_assert_eq!(ClientEndpoint::parse(endpoint.as_str()), Ok(endpoint.clone()));
                prop_assert!(Origin::parse(endpoint.origin().as_str()).is_some());
                let method = endpoint.method_url("profile");
                prop_assert_eq!(method.as_str(), format!("{}profile", endpoint.as_str()));
            }
        }
    }
}
