//! Everything that is wrong with the environment, for whoever mends it in one go.

use super::read::FILE_SUFFIX;
use super::{Config, ConfigFault, Environment, log_filter, log_format, public_url};

/// What stands in for a variable that is at fault while the others are read. Nothing is done with any of them.
const STAND_INS: [(&str, &str); 7] = [
    ("BITRIX24_CLIENT_ID", "stand-in"),
    ("BITRIX24_CLIENT_SECRET", "stand-in"),
    ("PUBLIC_URL", "http://localhost"),
    ("PUBLISHER_NAME", "stand-in"),
    ("PUBLISHER_EMAIL", "stand-in@example.com"),
    ("DATABASE_URL", "sqlite:///dev/null"),
    (
        "ENCRYPTION_KEYS",
        "stand-in:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ),
];

/// Everything that is wrong, not only what is met first: what is wrong is set aside, and the rest is read again.
/// Makes nothing.
#[must_use]
pub fn faults(environment: &Environment) -> Vec<ConfigFault> {
    let mut rest = environment.clone();
    let mut faults: Vec<ConfigFault> = Vec::new();
    while let Err(fault) = read(&rest) {
        let known = faults.iter().any(|known| known.variable == fault.variable);
        if known {
            break;
        }
        set_aside(&mut rest, &fault.variable);
        faults.push(fault);
    }
    faults
}

fn read(environment: &Environment) -> Result<(), ConfigFault> {
    let development = environment.flag("DEVELOPMENT")?;
    // Whoever develops may look before there is an address.
    if !development || environment.gives("PUBLIC_URL") {
        public_url(environment, development)?;
    }
    log_format(environment)?;
    log_filter(environment)?;
    Config::read_existing(environment).map(drop)
}

fn set_aside(rest: &mut Environment, name: &str) {
    let name = name.strip_suffix(FILE_SUFFIX).unwrap_or(name);
    rest.0.remove(&format!("{name}{FILE_SUFFIX}"));
    rest.0.remove(name);
    for (required, stand_in) in STAND_INS {
        // Where the database is unknown, so is the key file beside it.
        let needed = required == name || (name == "DATABASE_URL" && required == "ENCRYPTION_KEYS");
        if needed && !rest.gives(required) {
            rest.0.insert(required.to_owned(), stand_in.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_named_once_and_nothing_else() {
        let named = |given: &[(&str, &str)]| {
            let found = faults(&given.iter().copied().collect());
            found
                .iter()
                .map(|fault| fault.variable.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            named(&[("DATABASE_URL", "mysql://x")]),
            [
                "PUBLIC_URL",
                "BITRIX24_CLIENT_ID",
                "BITRIX24_CLIENT_SECRET",
                "DATABASE_URL"
            ]
        );
        let good = [
            ("BITRIX24_CLIENT_ID", "app.5f0c"),
            ("BITRIX24_CLIENT_SECRET", "kT3xw9"),
            ("PUBLIC_URL", "https://connect.example.com"),
            ("DATABASE_URL", "postgres://app@127.0.0.1/app"),
        ];
        assert_eq!(named(&good), ["ENCRYPTION_KEYS"]);
        let several = [
            ("RUST_LOG", "loud=very"),
            ("LISTEN_ADDR", "here"),
            ("REST_LOG_DAYS", "2"),
        ];
        let given: Vec<_> = good.into_iter().chain(several).collect();
        assert_eq!(
            named(&given),
            ["RUST_LOG", "ENCRYPTION_KEYS", "LISTEN_ADDR", "REST_LOG_DAYS"]
        );
    }
}
