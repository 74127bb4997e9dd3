//! Where everything stands: addresses, the app, the app's keys.

use std::net::{Ipv4Addr, SocketAddr};

use crate::{address::COMMON_PORT, portal::Portal};

/// The addresses of one emulator and the app card it was started with.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) tls: bool,
    pub(crate) oauth: SocketAddr,
    pub(crate) portal: SocketAddr,
    /// The app's own origin, without a slash at the end.
    pub(crate) app_url: String,
    /// Where the app card sends people back to; below the app's origin unless set.
    pub(crate) redirect_url: Option<String>,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

impl Site {
    /// `http` or `https`.
    pub(crate) fn scheme(&self) -> &'static str {
        if self.tls { "https" } else { "http" }
    }

    /// The authorization server's host, with its port.
    pub(crate) fn oauth_host(&self) -> String {
        reachable(self.oauth).to_string()
    }

    /// The authorization server's origin.
    pub(crate) fn oauth_url(&self) -> String {
        format!("{}://{}", self.scheme(), self.oauth_host())
    }

    /// What a portal calls `server_endpoint`.
    pub(crate) fn server_endpoint(&self) -> String {
        format!("{}/rest/", self.oauth_url())
    }

    /// A portal's host, with its port.
    pub(crate) fn host(&self, portal: &Portal) -> String {
        let port = match portal.address.port {
            COMMON_PORT => self.portal.port(),
            own => own,
        };
        format!("{}.localhost:{port}", portal.name)
    }

    /// A port as an address keeps it.
    pub(crate) fn own_port(&self, port: u16) -> u16 {
        if port == self.portal.port() {
            COMMON_PORT
        } else {
            port
        }
    }

    /// Where a portal's pages begin: its origin and its path, without a slash at the end.
    pub(crate) fn portal_url(&self, portal: &Portal) -> String {
        let path = &portal.address.path;
        format!("{}://{}{path}", self.scheme(), self.host(portal))
    }

    /// A portal's `client_endpoint`.
    pub(crate) fn client_endpoint(&self, portal: &Portal) -> String {
        format!("{}/rest/", self.portal_url(portal))
    }

    /// The portal listener's own origin; the control calls work with any host.
    pub(crate) fn control_url(&self) -> String {
        format!("{}://{}", self.scheme(), reachable(self.portal))
    }

    /// Where people come back to after `/oauth/authorize/`.
    pub(crate) fn redirect_url(&self) -> String {
        self.redirect_url
            .clone()
            .unwrap_or_else(|| format!("{}/oauth/callback", self.app_url))
    }

    /// Sets the app's origin.
    pub(crate) fn set_app_url(&mut self, url: &str) {
        url.trim_end_matches('/').clone_into(&mut self.app_url);
    }
}

/// An address that can be connected to: a wildcard is reached on loopback.
fn reachable(addr: SocketAddr) -> SocketAddr {
    if addr.ip().is_unspecified() {
        (Ipv4Addr::LOCALHOST, addr.port()).into()
    } else {
        addr
    }
}
