//! Where this process may connect to. [`Gate`] is the only way out: it checks a literal address before a call, and
//! the addresses of a name when it is resolved, so that only checked addresses are ever connected to.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use ipnet::IpNet;
use url::{Host, Url};

mod addresses;
mod gate;
mod names;
#[cfg(test)]
mod registries;
#[cfg(test)]
mod tests;

pub use gate::Gate;
pub use names::Names;

/// Ports on which something answers that is no portal, and that a call could confuse: what browsers never call, of
/// the privileged ones, and the stores that stand behind web servers.
const NEVER_HTTP: [u16; 56] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 79, 87, 95, 109, 110, 111, 113,
    119, 123, 135, 137, 138, 139, 143, 161, 162, 179, 389, 427, 445, 465, 512, 513, 514, 515, 587, 636, 873,
    989, 990, 993, 995, 2049, 3306, 5432, 6379, 11211,
];

/// Why an address is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// Plain http outside of development.
    #[error("only https is called")]
    NotHttps,
    /// A private, loopback or otherwise special address.
    #[error("the address is not a public one")]
    NotPublic,
    /// A port that belongs to mail, to a database, or to the like.
    #[error("nothing that speaks HTTP is on this port")]
    NotHttp,
}

impl EgressError {
    /// The policy's word among the causes of another error: names are checked deep inside of the client.
    pub(crate) fn behind(error: &(dyn Error + 'static)) -> Option<Self> {
        let mut causes = std::iter::successors(Some(error), |&error| error.source());
        causes.find_map(|cause| cause.downcast_ref().copied())
    }
}

/// The policy for every outgoing connection.
#[derive(Clone, Debug, Default)]
pub struct Egress {
    development: bool,
    private_portals: Arc<[IpNet]>,
    names: Names,
}

impl Egress {
    /// `development` allows plain http to, and addresses of, this very machine; `private_portals` are the
    /// networks in which on-premise portals may live.
    #[must_use]
    pub fn new(development: bool, private_portals: Vec<IpNet>) -> Self {
        Self {
            development,
            private_portals: private_portals.into(),
            names: Names::system(),
        }
    }

    /// The same, with names resolved in another way than by the system.
    #[must_use]
    pub fn resolving_by(self, names: Names) -> Self {
        Self { names, ..self }
    }

    /// Whether plain http to this very machine is allowed.
    #[must_use]
    pub fn is_development(&self) -> bool {
        self.development
    }

    /// Checks scheme, port and literal host of a URL before it is called.
    pub fn permits(&self, url: &Url) -> Result<(), EgressError> {
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(name)) => is_local_name(name).then_some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            None => return Err(EgressError::NotPublic),
        };
        let here = literal.is_some_and(|address| address.is_loopback());
        let plain = url.scheme() == "http" && self.development && here;
        if url.scheme() != "https" && !plain {
            return Err(EgressError::NotHttps);
        }
        if url.port().is_some_and(|port| NEVER_HTTP.contains(&port)) {
            return Err(EgressError::NotHttp);
        }
        match literal {
            Some(address) if !self.permits_address(address) => Err(EgressError::NotPublic),
            _ => Ok(()),
        }
    }

    /// An address counts as it is written: one that carries another inside is neither public nor in the network of
    /// what it carries.
    fn permits_address(&self, address: IpAddr) -> bool {
        let private = || {
            let mut networks = self.private_portals.iter();
            networks.any(|network| network.contains(&address))
        };
        addresses::is_public(address) || (self.development && address.is_loopback()) || private()
    }
}

/// `localhost` and everything below it: browsers answer these with loopback, most resolvers do not.
fn is_local_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}
