//! From names to addresses that may be called.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{Egress, EgressError, is_local_name};

type Finding = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Finds the addresses of a name; tests bring their own.
#[derive(Clone)]
pub struct Names(Arc<dyn Fn(String) -> Finding + Send + Sync>);

impl Names {
    /// The system's resolver.
    #[must_use]
    pub fn system() -> Self {
        Self::new(async |name: String| {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|socket| socket.ip()).collect())
        })
    }

    /// Any other resolver.
    #[must_use]
    pub fn new<F>(find: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<Vec<IpAddr>>> + Send + 'static,
    {
        Self(Arc::new(move |name| Box::pin(find(name))))
    }

    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        (self.0)(name.to_owned()).await
    }
}

impl Default for Names {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names")
    }
}

/// Resolves names for the client, anew for each connection, and fails unless every address it found may be called:
/// a name that points both outside and inside is an attack, not a portal. The client connects to what it is given
/// here and to nothing else, so nobody can answer one thing for the check and another for the connection.
#[derive(Debug)]
pub(super) struct CheckedResolver {
    pub(super) egress: Egress,
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let egress = self.egress.clone();
        Box::pin(async move {
            let name = name.as_str();
            let found = if egress.development && is_local_name(name) {
                vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]
            } else {
                egress.names.addresses(name).await?
            };
            if found.is_empty() {
                return Err(io::Error::from(io::ErrorKind::NotFound).into());
            }
            if !found.iter().all(|address| egress.permits_address(*address)) {
                return Err(EgressError::NotPublic.into());
            }
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}
