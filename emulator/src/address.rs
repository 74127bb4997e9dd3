//! On which port and below which path a portal answers: an on-premise one may stand beside other things.

use crate::control::Complaint;

/// Stands for the port on which all portals listen.
pub(crate) const COMMON_PORT: u16 = 0;

/// Where a portal stands below its host, and where it stood before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Address {
    /// What its pages and its REST begin with: empty, or `/b24`.
    pub(crate) path: String,
    /// Its port; [`COMMON_PORT`] is the one on which all portals listen.
    pub(crate) port: u16,
    former_paths: Vec<String>,
    former_ports: Vec<u16>,
}

/// How a request's path lies to a portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Base {
    /// What stands before the portal's own paths.
    pub(crate) path: String,
    /// The portal has moved away from there.
    pub(crate) former: bool,
    /// The portal has never been there.
    pub(crate) outside: bool,
}

impl Address {
    /// Moves to another path or port; what is left redirects from now on.
    pub(crate) fn move_to(&mut self, path: Option<String>, port: Option<u16>) {
        if let Some(path) = path.filter(|path| *path != self.path) {
            self.former_paths.retain(|former| *former != path);
            self.former_paths.push(std::mem::replace(&mut self.path, path));
        }
        if let Some(port) = port.filter(|port| *port != self.port) {
            self.former_ports.retain(|former| *former != port);
            self.former_ports.push(std::mem::replace(&mut self.port, port));
        }
    }

    /// Whether the portal has moved away from this port.
    pub(crate) fn has_left(&self, port: u16) -> bool {
        port != self.port && self.former_ports.contains(&port)
    }

    /// Which of its paths, present or former, a request is for: the longest that fits.
    pub(crate) fn base(&self, path: &str) -> Base {
        let former = self.former_paths.iter().map(|former| (former, true));
        let fitting = former
            .chain([(&self.path, false)])
            .filter(|(base, _)| is_below(path, base))
            .max_by_key(|(base, _)| base.len());
        match fitting {
            Some((base, former)) => Base {
                path: base.clone(),
                former,
                outside: false,
            },
            None => Base {
                outside: true,
                ..Base::default()
            },
        }
    }
}

fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Reads a path as tests write it: `/b24`, or nothing for the root.
pub(crate) fn path(text: &str) -> Result<String, Complaint> {
    let path = text.trim_end_matches('/');
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '/');
    if path.is_empty() || (path.starts_with('/') && !path.contains("//") && path.chars().all(plain)) {
        Ok(path.to_owned())
    } else {
        Err(Complaint::bad(format!("`{text}` is no path of a portal")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(path: &str, former: bool) -> Base {
        Base {
            path: path.to_owned(),
            former,
            outside: false,
        }
    }

    #[test]
    fn a_portal_below_a_path_is_nowhere_else() {
        let address = Address {
            path: "/b24".to_owned(),
            ..Address::default()
        };
        assert_eq!(address.base("/b24"), base("/b24", false));
        assert_eq!(address.base("/b24/rest/profile"), base("/b24", false));
        assert!(address.base("/b24x/").outside && address.base("/rest/profile").outside);
        assert_eq!(Address::default().base("/rest/profile"), base("", false));
    }

    #[test]
    fn what_it_has_left_is_known_and_home_again_it_is_home() {
        let mut address = Address::default();
        address.move_to(Some("/b24".to_owned()), Some(8443));
        assert_eq!(address.base("/rest/profile"), base("", true));
        assert_eq!(address.base("/b24/rest/profile"), base("/b24", false));
        assert!(address.has_left(COMMON_PORT) && !address.has_left(8443) && !address.has_left(1));
        address.move_to(Some(String::new()), Some(COMMON_PORT));
        assert_eq!(address.base("/rest/profile"), base("", false));
        assert_eq!(address.base("/b24/rest/profile"), base("/b24", true));
        assert!(!address.has_left(COMMON_PORT) && address.has_left(8443));
    }

    #[test]
    fn paths_are_plain() {
        assert_eq!(path("/b24/").as_deref(), Ok("/b24"));
        assert_eq!(path("").as_deref(), Ok(""));
        assert!(path("b24").is_err() && path("/b 24").is_err() && path("/a//b").is_err());
    }
}
