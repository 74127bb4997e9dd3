//! Whom the attempts may be aimed at: one's own deployment and nobody else's.

use url::Url;

use crate::config::{self, ConfigFault, Environment};

/// One's own deployment, by its origin.
#[derive(Clone, Debug)]
pub(super) struct Target {
    url: Url,
    here: bool,
    development: bool,
}

impl Target {
    /// Takes the origin of `PUBLIC_URL`, or one on loopback. Anything else is a fault of usage.
    pub(super) fn read(text: &str, environment: &Environment) -> Result<Self, ConfigFault> {
        let fault = |what: &str| ConfigFault {
            variable: "--target".into(),
            fault: what.into(),
        };
        let url = Url::parse(text).map_err(|_| fault("is no URL"))?;
        let bare = matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !bare {
            return Err(fault(
                "must be an http or https origin, without path, query or user",
            ));
        }
        let here = config::is_loopback(&url);
        let development = config::development(environment)?;
        if !here && !is_own(&url, environment, development)? {
            return Err(fault(
                "is neither PUBLIC_URL nor on loopback: only one's own deployment may be tried",
            ));
        }
        Ok(Self {
            url,
            here,
            development,
        })
    }

    /// Whether it is on this very machine.
    pub(super) fn is_here(&self) -> bool {
        self.here
    }

    /// Whether it may know portals on this machine, without TLS.
    pub(super) fn is_development(&self) -> bool {
        self.development
    }

    /// Whether it speaks https.
    pub(super) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Scheme, host and port.
    pub(super) fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// The host alone.
    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }
}

/// A `PUBLIC_URL` that is wrong is a fault, too; one that is not set allows loopback alone.
fn is_own(url: &Url, environment: &Environment, development: bool) -> Result<bool, ConfigFault> {
    if !environment.gives("PUBLIC_URL") {
        return Ok(false);
    }
    let own = config::public_url(environment, development)?;
    Ok(own.origin() == url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_address_and_loopback_are_targets() {
        let own: Environment = [("PUBLIC_URL", "https://connect.example.com")]
            .into_iter()
            .collect();
        for target in [
            "https://connect.example.com",
            "https://connect.example.com:443/",
            "HTTPS://Connect.Example.com",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "http://localhost:8080",
        ] {
            assert!(Target::read(target, &own).is_ok(), "{target}");
        }
        for target in [
            "https://connect.example.com:8443",
            "http://connect.example.com",
            "https://example.com",
            "https://connect.example.com.evil.example",
            "https://connect.example.com@evil.example",
            "https://user@connect.example.com",
            "https://connect.example.com/app",
            "https://connect.example.com/?x=1",
            "http://127.0.0.1.evil.example",
            "http://192.168.1.1",
            "http://0.0.0.0:8080",
            "ftp://127.0.0.1",
            "connect.example.com",
            "",
        ] {
            assert!(Target::read(target, &own).is_err(), "{target}");
        }
        assert!(Target::read("https://connect.example.com", &Environment::default()).is_err());
    }
}
