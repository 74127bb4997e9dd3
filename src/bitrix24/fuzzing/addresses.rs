//! Portals' addresses, as endpoints, as claimed domains, as webhooks, and as people type them.

use url::Url;

use crate::bitrix24::{
    BotId, ClientEndpoint, ClientId, Egress, OauthState, Origin, PortalAddress, PortalDomain, Webhook,
};

/// Any text as an endpoint, an origin, a claimed domain and a webhook.
pub(crate) fn endpoint(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else {
        return false;
    };
    if let Some(origin) = Origin::parse(text) {
        is_nameable(&origin);
    }
    if let Some(domain) = PortalDomain::parse(text) {
        claimed(&domain);
    }
    if let Ok(webhook) = Webhook::parse(text) {
        named(webhook.endpoint());
        let method = webhook.method_url("profile");
        assert!(
            method.as_str().starts_with(webhook.endpoint().as_str()),
            "{method}"
        );
        assert!(
            !format!("{webhook:?}").contains(method.path()),
            "a webhook is shown"
        );
    }
    let endpoint = ClientEndpoint::parse(text);
    endpoint.as_ref().is_ok_and(|endpoint| {
        named(endpoint);
        true
    })
}

/// An endpoint is a host and a path that ends in `/rest/`, and reads back as itself.
fn named(endpoint: &ClientEndpoint) {
    let text = endpoint.as_str();
    assert_eq!(
        ClientEndpoint::parse(text).as_ref(),
        Ok(endpoint),
        "{text} reads back otherwise"
    );
    let url = Url::parse(text).expect("an endpoint is a URL");
    assert!(url.path().ends_with("/rest/"), "{text} does not end in /rest/");
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    assert!(plain && url.fragment().is_none(), "{text} carries extras");
    let origin = endpoint.origin();
    is_nameable(&origin);
    assert!(text.starts_with(origin.as_str()), "{text} is not of {origin}");
    assert_eq!(origin.host(), endpoint.domain().as_str(), "two hosts");
    let method = endpoint.method_url("profile");
    assert_eq!(
        method.as_str(),
        format!("{text}profile"),
        "another method's address"
    );
    assert!(endpoint.shares_host_with(&method), "a method elsewhere");
    let bot = BotId::new(603).expect("a positive number");
    let dialog = endpoint.dialog_url(bot);
    let base = text.strip_suffix("rest/").unwrap_or_default();
    assert_eq!(dialog, format!("{base}online/?IM_DIALOG=603"), "a chat elsewhere");
}

/// An origin stands in a policy and a page as it is: it cannot end its place there.
pub(crate) fn is_nameable(origin: &Origin) {
    let text = origin.as_str();
    assert_eq!(
        Origin::parse(text).as_ref(),
        Some(origin),
        "{text} reads back otherwise"
    );
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or_default();
    assert_eq!(host, origin.host());
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']');
    assert!(
        !host.is_empty() && host.bytes().all(plain),
        "{text} is no origin to name"
    );
}

/// A claimed domain reads back as itself, and its origin is its own.
fn claimed(domain: &PortalDomain) {
    let text = domain.as_str();
    assert_eq!(
        PortalDomain::parse(text).as_ref(),
        Some(domain),
        "{text} reads back otherwise"
    );
    for secure in [true, false] {
        let origin = domain.origin(secure).expect("a domain has an origin");
        is_nameable(&origin);
        let host = |host: &str| host.split(':').next().unwrap_or_default().to_owned();
        assert_eq!(host(origin.host()), host(text), "another host");
    }
}

/// Where a portal is, says a person.
pub(crate) fn portal_address(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else {
        return false;
    };
    let read = |development| PortalAddress::parse(text, &Egress::new(development, Vec::new()));
    if let Ok(address) = read(true) {
        reached(&address, true);
    }
    let address = read(false);
    if let Ok(address) = &address {
        reached(address, false);
        assert!(
            address.origin().starts_with("https://"),
            "{} is not https",
            address.origin()
        );
    }
    address.is_ok()
}

/// An address reads back as itself, and is all that a person is redirected to.
fn reached(address: &PortalAddress, development: bool) {
    let origin = address.origin();
    is_nameable(&Origin::parse(&origin).expect("an address has an origin"));
    let egress = Egress::new(development, Vec::new());
    let again = PortalAddress::parse(&origin, &egress);
    assert_eq!(again.as_ref(), Ok(address), "{origin} reads back otherwise");
    let words = ClientId::parse("app.1").ok().zip(OauthState::parse("state").ok());
    let (client_id, state) = words.expect("printable words");
    let url = address.authorize_url(&client_id, &state);
    assert_eq!(
        url.as_str(),
        format!("{origin}/oauth/authorize/?client_id=app.1&state=state"),
        "another page"
    );
    assert!(egress.permits(&url).is_ok(), "{origin} may not be called");
}
