//! Names below `localhost` are loopback, also where the system's resolver does not know it.

use std::net::{Ipv4Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Resolves `*.localhost` itself, everything else by the system.
pub(crate) struct Loopback;

impl Resolve for Loopback {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_ascii_lowercase();
        Box::pin(async move {
            if name == "localhost" || name.ends_with(".localhost") {
                let here: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();
                return Ok(Box::new(std::iter::once(here)) as Addrs);
            }
            let found: Vec<_> = tokio::net::lookup_host((name, 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
