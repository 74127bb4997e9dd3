//! Where this process may connect to: checked before a call for literal addresses, and at resolution for
//! names, so that only checked addresses are ever connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Why an address is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// Plain http outside of development.
    #[error("only https is called")]
    NotHttps,
    /// A private, loopback or otherwise special address.
    #[error("the address is not a public one")]
    NotPublic,
}

/// The policy for every outgoing connection.
#[derive(Clone, Debug, Default)]
pub struct Egress {
    development: bool,
    private_portals: Arc<[IpNet]>,
}

impl Egress {
    /// `development` allows plain http to, and addresses of, this very machine; `private_portals` are the
    /// networks in which on-premise portals may live.
    #[must_use]
    pub fn new(development: bool, private_portals: Vec<IpNet>) -> Self {
        Self {
            development,
            private_portals: private_portals.into(),
        }
    }

    /// Whether plain http to this very machine is allowed.
    #[must_use]
    pub fn is_development(&self) -> bool {
        self.development
    }

    /// Checks scheme and literal host of a URL before it is called.
    pub fn permits(&self, url: &Url) -> Result<(), EgressError> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(_)) => None,
            None => return Err(EgressError::NotPublic),
        };
        let here = match (address, url.host_str()) {
            (Some(address), _) => address.is_loopback(),
            (None, Some(name)) => is_local_name(name),
            (None, None) => false,
        };
        let address = address.or(here.then_some(IpAddr::V4(Ipv4Addr::LOCALHOST)));
        if url.scheme() != "https" && !(self.development && here) {
            return Err(EgressError::NotHttps);
        }
        match address {
            Some(address) if !self.permits_address(address) => Err(EgressError::NotPublic),
            _ => Ok(()),
        }
    }

    fn permits_address(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        (self.development && address.is_loopback())
            || self
                .private_portals
                .iter()
                .any(|network| network.contains(&address))
            || is_public(address)
    }

    /// The resolver that hands out checked addresses only.
    pub(crate) fn resolver(&self) -> Arc<CheckedResolver> {
        Arc::new(CheckedResolver { egress: self.clone() })
    }
}

/// `localhost` and everything below it: browsers answer these with loopback, most resolvers do not.
fn is_local_name(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        0 | 10 | 127 | 224..=255 => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => (b == 168) || (b == 0 && matches!(c, 0 | 2)) || (b == 88 && c == 99),
        198 => matches!(b, 18 | 19) || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        _ => false,
    };
    !special
}

/// Only global unicast, and of that nothing that carries an IPv4 address inside or is set aside for examples.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let global_unicast = first & 0xe000 == 0x2000;
    let special = match first {
        // Teredo, ORCHID, documentation and the other protocol assignments of 2001::/23.
        0x2001 => second < 0x0200 || second == 0x0db8,
        // 6to4.
        0x2002 => true,
        // Documentation (RFC 9637) and segment routing.
        0x3fff => second < 0x1000,
        _ => false,
    };
    global_unicast && !special
}

/// Resolves names and fails unless every address it found may be called: a name that points both outside
/// and inside is an attack, not a portal.
#[derive(Debug)]
pub(crate) struct CheckedResolver {
    egress: Egress,
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let egress = self.egress.clone();
        Box::pin(async move {
            let name = name.as_str();
            let found: Vec<SocketAddr> = if egress.development && is_local_name(name) {
                vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 0))]
            } else {
                tokio::net::lookup_host((name, 0)).await?.collect()
            };
            if found.is_empty() || !found.iter().all(|socket| egress.permits_address(socket.ip())) {
                return Err(EgressError::NotPublic.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_over_https_are_called() {
        let egress = Egress::new(false, vec!["10.7.0.0/16".parse().unwrap()]);
        let permits = |text: &str| egress.permits(&Url::parse(text).unwrap());
        for text in [
            "https://8.8.8.8/",
            "https://[2606:4700::1]/",
            "https://acme.bitrix24.com/",
            "https://10.7.1.1/",
        ] {
            assert_eq!(permits(text), Ok(()), "{text}");
        }
        for text in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://10.8.0.1/",
            "https://172.31.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/",
            "https://localhost/",
            "https://acme.localhost/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[2001:0:7f00:1::]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
        ] {
            assert_eq!(permits(text), Err(EgressError::NotPublic), "{text}");
        }
        assert_eq!(permits("http://acme.bitrix24.com/"), Err(EgressError::NotHttps));
    }

    #[test]
    fn development_opens_loopback_and_nothing_else() {
        let egress = Egress::new(true, Vec::new());
        let permits = |text: &str| egress.permits(&Url::parse(text).unwrap());
        for text in [
            "http://127.0.0.1:8091/",
            "http://acme.localhost:8092/",
            "https://[::1]/",
        ] {
            assert_eq!(permits(text), Ok(()), "{text}");
        }
        assert_eq!(permits("http://acme.bitrix24.com/"), Err(EgressError::NotHttps));
        assert_eq!(permits("https://192.168.1.1/"), Err(EgressError::NotPublic));
    }
}
