//! Who is asking: the address that limits are kept for, and that of proxies only where the operator trusts them.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::request::Parts;
use http::{HeaderMap, HeaderName};
use ipnet::IpNet;

use super::Doors;

/// The one header that is read, and only from a trusted proxy. `Forwarded` (RFC 7239) never is: a proxy that writes
/// one of the two passes a visitor's own invention of the other on.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Headers by which a proxy that nobody named gives itself away.
const OF_PROXIES: [&str; 3] = ["x-forwarded-for", "forwarded", "x-real-ip"];

/// So much of an IPv6 address is one customer's: whoever has a line has all addresses that begin so.
const IPV6_LINE: u32 = 64;

/// Whoever sends a request, as far as it can be told: an IPv4 address, or the first half of an IPv6 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Client(IpAddr);

impl Client {
    fn at(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self(address),
            IpAddr::V6(address) => {
                let line = address.to_bits() >> IPV6_LINE << IPV6_LINE;
                Self(Ipv6Addr::from_bits(line).into())
            }
        }
    }
}

/// The proxies whose word about the client's address counts: `TRUSTED_PROXIES`.
#[derive(Debug, Default)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    /// Whether it was said that an unnamed proxy makes all clients look like one.
    told: AtomicBool,
}

impl TrustedProxies {
    /// The proxies in these networks.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self {
            networks,
            told: AtomicBool::new(false),
        }
    }

    /// The peer of the connection, unless it is a trusted proxy: then the last address of the chain that is not one
    /// itself. What cannot be read ends the chain: everything before it may be made up by anybody.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let peer = peer.to_canonical();
        if !self.trusts(peer) {
            self.tell_of_an_unnamed_proxy(peer, headers);
            return Client::at(peer);
        }
        let mut nearest = peer;
        for entry in chain(headers) {
            match entry {
                Some(address) if self.trusts(address) => nearest = address,
                Some(address) => return Client::at(address),
                None => break,
            }
        }
        Client::at(nearest)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }

    fn tell_of_an_unnamed_proxy(&self, peer: IpAddr, headers: &HeaderMap) {
        let proxied = OF_PROXIES.iter().any(|name| headers.contains_key(*name));
        if proxied && is_of_this_house(peer) && !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                proxy = %peer,
                "a proxy is before this service that TRUSTED_PROXIES does not name: its clients cannot be told \
                 apart, so that a limit on one of them is a limit on all"
            );
        }
    }
}

/// Whether the address belongs to this machine or to a network that is not the internet.
fn is_of_this_house(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// The addresses that proxies have noted, the nearest proxy's first; none where one cannot be read.
fn chain(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    lines.flat_map(|line| {
        // A header of other bytes than text is one entry that cannot be read.
        line.to_str().unwrap_or_default().rsplit(',').map(noted_address)
    })
}

/// Some proxies note the port, too.
fn noted_address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bracketed = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = bracketed.unwrap_or(entry).parse::<IpAddr>();
    let address = address.or_else(|_| entry.parse::<SocketAddr>().map(|noted| noted.ip()));
    address.ok().map(|address| address.to_canonical())
}

impl FromRequestParts<Arc<Doors>> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, doors: &Arc<Doors>) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Always there where a listener is served; whoever is not known shares a limit with all who are not.
        let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(peer)| peer.ip());
        Ok(doors.front.trusted_proxies.client(peer, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(trusted: &[&str], peer: &str, lines: &[&str]) -> String {
        let networks = trusted.iter().map(|network| network.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        // Never read, whoever sends it.
        headers.append("forwarded", "for=192.0.2.99".parse().unwrap());
        headers.append("x-real-ip", "192.0.2.99".parse().unwrap());
        let client = TrustedProxies::new(networks).client(peer.parse().unwrap(), &headers);
        client.0.to_string()
    }

    #[test]
    fn without_trusted_proxies_the_peer_is_the_client_whatever_it_says() {
        assert_eq!(asked(&[], "198.51.100.7", &["192.0.2.1"]), "198.51.100.7");
        assert_eq!(asked(&[], "127.0.0.1", &["192.0.2.1"]), "127.0.0.1");
        assert_eq!(
            asked(&["10.0.0.0/8"], "198.51.100.7", &["192.0.2.1"]),
            "198.51.100.7"
        );
    }

    #[test]
    fn behind_trusted_proxies_the_client_is_the_last_who_is_none() {
        let trusted = ["10.0.0.0/8", "127.0.0.1/32"];
        for (lines, client) in [
            (&["192.0.2.1"][..], "192.0.2.1"),
            (&["203.0.113.9, 192.0.2.1"], "192.0.2.1"),
            (&["203.0.113.9, 192.0.2.1, 10.1.1.1"], "192.0.2.1"),
            (&["203.0.113.9", "192.0.2.1", "10.1.1.1 , 10.2.2.2"], "192.0.2.1"),
            (&["192.0.2.1:4711"], "192.0.2.1"),
            (&["::ffff:192.0.2.1"], "192.0.2.1"),
            (&["10.3.3.3, 10.1.1.1"], "10.3.3.3"),
            (&[], "10.9.9.9"),
        ] {
            assert_eq!(asked(&trusted, "10.9.9.9", lines), client, "{lines:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_ends_the_chain_at_the_last_trusted_proxy() {
        for lines in [
            &["192.0.2.1, unknown"][..],
            &["192.0.2.1, "],
            &["192.0.2.1", "_hidden, 10.1.1.1"],
            &["192.0.2.1, 10.1.1.1.1"],
            &["192.0.2.1, \u{fc}"],
        ] {
            let client = asked(&["10.0.0.0/8"], "10.9.9.9", lines);
            assert!(client.starts_with("10."), "{lines:?}: {client}");
        }
    }

    #[test]
    fn an_ipv6_client_is_its_line_and_a_mapped_one_its_ipv4_address() {
        assert_eq!(asked(&[], "2001:db8:1:2:3:4:5:6", &[]), "2001:db8:1:2::");
        assert_eq!(asked(&[], "::ffff:192.0.2.1", &[]), "192.0.2.1");
        let trusted = ["fd00::/8", "10.0.0.0/8"];
        for peer in ["fd00::1", "::ffff:10.1.1.1"] {
            assert_eq!(
                asked(&trusted, peer, &["[2001:db8:1:2:3:4:5:6]:443"]),
                "2001:db8:1:2::",
                "{peer}"
            );
        }
    }
}
