//! Reading single variables.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use url::{Host, Url};
use zeroize::{Zeroize, Zeroizing};

use super::{ConfigFault, VARIABLES};

/// What documentation and templates put where a real value belongs.
const PLACEHOLDERS: [&str; 4] = ["changeme", "secret", "your-client-id", "your-client-secret"];

/// Longer than ten years is a typing mistake.
const MOST_DAYS: i64 = 3650;

/// The variables that may be given by file.
pub(super) const FILE_SUFFIX: &str = "_FILE";

/// What was given for the variables, by flag or by environment.
#[derive(Clone, Default)]
pub struct Environment(pub(super) BTreeMap<String, String>);

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(given: I) -> Self {
        Self(
            given
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

/// Which variables were given, but not what: secrets are among them.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        self.0.values_mut().for_each(Zeroize::zeroize);
    }
}

impl Environment {
    /// Whether a variable was given, itself or by file.
    #[must_use]
    pub fn gives(&self, name: &str) -> bool {
        self.0.contains_key(name) || self.0.contains_key(&format!("{name}{FILE_SUFFIX}"))
    }

    /// A variable that must have a value, of its own or by default.
    pub(super) fn required<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, ConfigFault> {
        self.optional(name, parse)?
            .ok_or_else(|| fault(name, "is missing"))
    }

    /// A variable that may be left out, but not left empty.
    pub(super) fn optional<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigFault> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        let text = text.trim();
        if text.is_empty() {
            return Err(fault(name, "is empty"));
        }
        if is_placeholder(text) {
            return Err(fault(name, "is a placeholder"));
        }
        parse(text).map(Some).map_err(|what| fault(name, &what))
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, name: &'static str) -> Result<bool, ConfigFault> {
        self.required(name, |text| match text {
            "true" | "1" | "yes" => Ok(true),
            "false" | "0" | "no" => Ok(false),
            _ => Err("is neither true nor false".to_owned()),
        })
    }

    /// A comma-separated list; empty when not given.
    pub(super) fn list<T>(
        &self,
        name: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, ConfigFault> {
        let entries = |text: &str| text.split(',').map(|entry| parse(entry.trim())).collect();
        Ok(self.optional(name, entries)?.unwrap_or_default())
    }

    /// The value itself, from the variable, its file, or its default, in that order.
    fn text(&self, name: &'static str) -> Result<Option<Zeroizing<String>>, ConfigFault> {
        let file_name = format!("{name}{FILE_SUFFIX}");
        match (self.0.get(name), self.0.get(&file_name)) {
            (Some(_), Some(_)) => Err(fault(
                &file_name,
                &format!("is set beside {name}; set one of the two"),
            )),
            (Some(value), None) => Ok(Some(Zeroizing::new(value.clone()))),
            (None, Some(path)) => match std::fs::read_to_string(path.trim()) {
                Ok(content) => Ok(Some(Zeroizing::new(content))),
                Err(error) => Err(fault(&file_name, &unreadable(&error))),
            },
            (None, None) => {
                let variable = VARIABLES.iter().find(|variable| variable.name == name);
                let default = variable.and_then(|variable| variable.default);
                Ok(default.map(|default| Zeroizing::new(default.to_owned())))
            }
        }
    }
}

pub(super) fn fault(name: &str, fault: &str) -> ConfigFault {
    ConfigFault {
        variable: name.to_owned(),
        fault: fault.to_owned(),
    }
}

/// Why a file cannot be read, without its path: who mistakes a variable for another puts a secret there.
pub(super) fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "names a file that is not there".to_owned(),
        other => format!("cannot be read: {other}"),
    }
}

/// Reads anything that can be parsed, and says `what` when it cannot.
pub(super) fn parsed<T: FromStr>(what: &'static str) -> impl Fn(&str) -> Result<T, String> {
    move |text| text.parse().map_err(|_| what.to_owned())
}

/// A number of days, at least so many, at most ten years.
pub(super) fn days(least: i64) -> impl Fn(&str) -> Result<SignedDuration, String> {
    move |text| match text.parse::<i64>() {
        Ok(days) if (least..=MOST_DAYS).contains(&days) => Ok(SignedDuration::from_hours(24 * days)),
        _ => Err(format!("is no number of days from {least} to {MOST_DAYS}")),
    }
}

/// An origin: https, or http on loopback; in development on loopback only.
pub(super) fn public_url(text: &str, development: bool) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| "is no URL".to_owned())?;
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    match (url.scheme(), is_loopback(&url)) {
        _ if !bare => Err("must be an origin, without path, query or user".to_owned()),
        ("https", false) if development => Err("must be loopback while DEVELOPMENT is true".to_owned()),
        ("https", _) | ("http", true) => Ok(url),
        _ => Err("must be https (http only on loopback)".to_owned()),
    }
}

/// In place of `PUBLIC_URL`, where nothing is served: nobody is ever sent there.
pub(super) fn nobodys_url() -> Url {
    // why: a constant that is a URL.
    Url::parse("http://localhost/").expect("a constant URL")
}

/// A page or script elsewhere: https, or in development http on loopback.
pub(super) fn page_url(text: &str, development: bool) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| "is no URL".to_owned())?;
    let allowed = url.scheme() == "https" || (development && url.scheme() == "http" && is_loopback(&url));
    if allowed && url.has_host() {
        Ok(url)
    } else {
        Err("must be an https URL".to_owned())
    }
}

/// Where people get help: a page or a mailbox.
pub(super) fn support_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| "is no URL".to_owned())?;
    if matches!(url.scheme(), "https" | "mailto") {
        Ok(url)
    } else {
        Err("must be an https or mailto URL".to_owned())
    }
}

/// Whether a URL leads to this very machine.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn is_placeholder(text: &str) -> bool {
    (text.starts_with('<') && text.ends_with('>'))
        || PLACEHOLDERS.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    const KEY: &str = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    fn good() -> Vec<(&'static str, &'static str)> {
        vec![
            ("BITRIX24_CLIENT_ID", "app.5f0c"),
            ("BITRIX24_CLIENT_SECRET", "kT3xw9"),
            ("PUBLIC_URL", "https://connect.example.com"),
            ("ENCRYPTION_KEYS", KEY),
        ]
    }

    fn fault_with(changes: &[(&'static str, &'static str)]) -> String {
        let environment = good().into_iter().chain(changes.iter().copied()).collect();
        Config::read(&environment).unwrap_err().to_string()
    }

    #[test]
    fn a_good_environment_is_read() {
        let config = Config::read(&good().into_iter().collect()).unwrap();
        assert_eq!(config.listen_addr.to_string(), "127.0.0.1:8080");
        assert!(config.rules.custom_codes);
    }

    #[test]
    fn whatever_is_wrong_is_said_in_one_line_that_names_the_variable() {
        for (name, value, what) in [
            ("BITRIX24_CLIENT_ID", "", "is empty"),
            ("BITRIX24_CLIENT_SECRET", "changeme", "is a placeholder"),
            ("BITRIX24_CLIENT_SECRET", "<client secret>", "is a placeholder"),
            ("PUBLIC_URL", "connect.example.com", "is no URL"),
            (
                "PUBLIC_URL",
                "http://connect.example.com",
                "must be https (http only on loopback)",
            ),
            (
                "PUBLIC_URL",
                "https://connect.example.com/app",
                "must be an origin, without path, query or user",
            ),
            ("DEVELOPMENT", "true", ""),
            ("DEVELOPMENT", "maybe", "is neither true nor false"),
            (
                "DATABASE_URL",
                "mysql://x",
                "must start with sqlite:// or postgres://",
            ),
            (
                "DATABASE_URL",
                "sqlite::memory:",
                "must name a file: what is kept in memory is forgotten",
            ),
            (
                "ENCRYPTION_KEYS",
                "AAAA",
                "must be id:base64, separated by commas",
            ),
            (
                "ENCRYPTION_KEYS",
                "a:AAECAw==",
                "has a key that is not 32 bytes in base64",
            ),
            (
                "BITRIX24_OAUTH_URL",
                "https://oauth.example.com",
                "is neither https://oauth.bitrix.info nor https://oauth.bitrix24.tech",
            ),
            (
                "BITRIX24_OAUTH_URL",
                "http://127.0.0.1:8091",
                "is neither https://oauth.bitrix.info nor https://oauth.bitrix24.tech",
            ),
            ("LISTEN_ADDR", "8080", "is no address with a port"),
            (
                "PRIVATE_PORTALS",
                "10.0.0.0/8,here",
                "is no list of networks like 10.0.0.0/8",
            ),
            ("CONNECT_POLICY", "all", "is neither any nor admins"),
            ("REST_LOG_DAYS", "2", "is no number of days from 3 to 3650"),
            (
                "KEEP_AFTER_UNINSTALL_DAYS",
                "a month",
                "is no number of days from 0 to 3650",
            ),
            (
                "PLACEMENTS",
                "rest_app_uri,menu",
                "is no list of rest_app_uri and contact_center",
            ),
            (
                "CHANNELS_FILE",
                "/nowhere/channels.toml",
                "names a file that is not there",
            ),
            (
                "APP_CODE",
                "my app",
                "is no app code: letters, digits, dots, hyphens and underscores only",
            ),
            ("PUBLISHER_EMAIL", "privacy", "is no e-mail address"),
        ] {
            let said = fault_with(&[(name, value)]);
            let named = if value == "true" {
                "PUBLIC_URL must be loopback while DEVELOPMENT is true".into()
            } else {
                format!("{name} {what}")
            };
            assert_eq!(said, named);
            assert!(!said.contains('\n'));
        }
        assert_eq!(
            fault_with(
                &[("ENCRYPTION_KEYS", &format!("zero:{}=", "A".repeat(43))[..])]
                    .map(|(n, v)| (n, &*v.to_owned().leak()))
            ),
            "ENCRYPTION_KEYS has a key of equal bytes, which is a placeholder"
        );
    }

    #[test]
    fn what_is_required_is_missed() {
        for name in ["BITRIX24_CLIENT_ID", "BITRIX24_CLIENT_SECRET", "PUBLIC_URL"] {
            let environment = good().into_iter().filter(|(given, _)| *given != name).collect();
            assert_eq!(
                Config::read(&environment).unwrap_err().to_string(),
                format!("{name} is missing")
            );
        }
        let postgres = good()
            .into_iter()
            .filter(|(given, _)| *given != "ENCRYPTION_KEYS");
        let postgres = postgres
            .chain([("DATABASE_URL", "postgres://app@127.0.0.1/app")])
            .collect();
        assert_eq!(Config::read(&postgres).unwrap_err().variable, "ENCRYPTION_KEYS");
    }

    #[test]
    fn a_secret_may_come_from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "kT3xw9\n").unwrap();
        let environment = |path: &str| {
            let others = good()
                .into_iter()
                .filter(|(name, _)| *name != "BITRIX24_CLIENT_SECRET");
            let others = others.map(|(name, value)| (name.to_owned(), value.to_owned()));
            others
                .chain([("BITRIX24_CLIENT_SECRET_FILE".to_owned(), path.to_owned())])
                .collect::<Environment>()
        };
        let config = Config::read(&environment(file.to_str().unwrap())).unwrap();
        assert!(config.client_secret.reads("kT3xw9"));
        let fault = Config::read(&environment("/nowhere")).unwrap_err();
        assert_eq!(fault.variable, "BITRIX24_CLIENT_SECRET_FILE");
    }
}
