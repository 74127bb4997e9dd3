//! Who publishes the app: what fills the privacy policy and the license agreement that the app brings along.

use super::{ConfigFault, Environment, read, retention};
use crate::web::Legal;

/// A name on a page; nothing honest is longer.
const LONGEST_NAME: usize = 200;

/// The longest address that mail can be sent to.
const LONGEST_EMAIL: usize = 254;

const LONGEST_ADDRESS: usize = 500;

/// `PUBLISHER_NAME`, `PUBLISHER_EMAIL` and `PUBLISHER_ADDRESS`: all that is needed, or nothing at all.
pub(super) fn legal(environment: &Environment) -> Result<Option<Legal>, ConfigFault> {
    let name = environment.optional("PUBLISHER_NAME", text_up_to(LONGEST_NAME))?;
    let email = environment.optional("PUBLISHER_EMAIL", email)?;
    let address = environment.optional("PUBLISHER_ADDRESS", text_up_to(LONGEST_ADDRESS))?;
    let (publisher, email) = match (name, email) {
        (Some(name), Some(email)) => (name, email),
        (Some(_), None) => {
            let missing =
                "is missing: PUBLISHER_NAME is set, and people must be able to ask about their data";
            return Err(read::fault("PUBLISHER_EMAIL", missing));
        }
        (None, Some(_)) => return Err(nameless("PUBLISHER_EMAIL")),
        (None, None) if address.is_some() => return Err(nameless("PUBLISHER_ADDRESS")),
        (None, None) => return Ok(None),
    };
    let retention = retention(environment)?;
    let days = |kept: jiff::SignedDuration| kept.as_hours() / 24;
    Ok(Some(Legal {
        publisher,
        email,
        address,
        connections_days: days(retention.connections),
        rest_log_days: days(retention.rest_log),
        privacy: true,
        license: true,
    }))
}

fn nameless(set: &str) -> ConfigFault {
    read::fault("PUBLISHER_NAME", &format!("is missing: {set} is set"))
}

fn text_up_to(longest: usize) -> impl Fn(&str) -> Result<String, String> {
    move |text| {
        if text.chars().count() > longest {
            Err(format!("is longer than {longest} characters"))
        } else if text.chars().any(char::is_control) {
            Err("must be a single line".to_owned())
        } else {
            Ok(text.to_owned())
        }
    }
}

/// An address that can stand in a `mailto:` link as it is.
fn email(text: &str) -> Result<String, String> {
    let plain = |byte: u8, more: &[u8]| byte.is_ascii_alphanumeric() || more.contains(&byte);
    let well_formed = text.split_once('@').is_some_and(|(mailbox, host)| {
        let mailbox_fits = !mailbox.is_empty() && mailbox.bytes().all(|byte| plain(byte, b".+-_"));
        let host_fits = host.contains('.') && host.bytes().all(|byte| plain(byte, b".-"));
        mailbox_fits && host_fits && host.split('.').all(|label| !label.is_empty())
    });
    if well_formed && text.len() <= LONGEST_EMAIL {
        Ok(text.to_owned())
    } else {
        Err("is no e-mail address".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(given: &[(&str, &str)]) -> Result<Option<Legal>, String> {
        let environment = given.iter().copied().collect();
        legal(&environment).map_err(|fault| fault.to_string())
    }

    const NAME: (&str, &str) = ("PUBLISHER_NAME", "Northwind GmbH");
    const EMAIL: (&str, &str) = ("PUBLISHER_EMAIL", "privacy@northwind.example");

    #[test]
    fn a_name_and_an_address_for_questions_make_the_pages() {
        let legal = read(&[NAME, EMAIL, ("REST_LOG_DAYS", "14")]).unwrap().unwrap();
        assert_eq!(legal.publisher, "Northwind GmbH");
        assert_eq!((legal.connections_days, legal.rest_log_days), (30, 14));
        assert!(legal.address.is_none() && legal.privacy && legal.license);
        assert!(read(&[]).unwrap().is_none(), "nothing was asked for");
    }

    #[test]
    fn half_of_it_is_a_fault_that_names_the_other_half() {
        for (given, said) in [
            (
                &[NAME][..],
                "PUBLISHER_EMAIL is missing: PUBLISHER_NAME is set, and people must be able to ask about their data",
            ),
            (&[EMAIL][..], "PUBLISHER_NAME is missing: PUBLISHER_EMAIL is set"),
            (
                &[("PUBLISHER_ADDRESS", "1 Example Street")][..],
                "PUBLISHER_NAME is missing: PUBLISHER_ADDRESS is set",
            ),
            (&[("PUBLISHER_NAME", "")][..], "PUBLISHER_NAME is empty"),
            (
                &[("PUBLISHER_NAME", "A\nB"), EMAIL][..],
                "PUBLISHER_NAME must be a single line",
            ),
        ] {
            assert_eq!(read(given).unwrap_err(), said);
        }
        for email in [
            "northwind",
            "a@b",
            "a b@c.de",
            "a@b@c.de",
            "a@c..de",
            "a?x=1@c.de",
            "@c.de",
        ] {
            let fault = read(&[NAME, ("PUBLISHER_EMAIL", email)]).unwrap_err();
            assert_eq!(fault, "PUBLISHER_EMAIL is no e-mail address", "{email}");
        }
    }
}
