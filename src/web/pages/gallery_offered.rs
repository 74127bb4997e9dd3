//! The gallery's pages with offered channels, and the legal ones.

use super::gallery::{CODE, chat, connect, failed, shell};
use super::{Chat, ConnectPage, LicensePage, OfferedCard, Outcome, PrivacyPage, Shell};
use crate::web::Legal;
use crate::words::Words;

/// Name and HTML of each state.
pub(super) fn pages() -> Vec<(&'static str, Result<String, askama::Error>)> {
    let words = Words::for_lang("en");
    let mut offered_only = offering(None);
    offered_only.custom_codes = false;
    let gone = failed(
        "not_found",
        words.offered_gone(),
        words.offered_gone_next(),
        false,
    );
    let failing = failed(
        "portal_unavailable",
        words.portal_failed(),
        words.portal_failed_next(),
        true,
    );
    let welcomed = Outcome::Connected {
        title: Some("Northwind Support".to_owned()),
        welcome: true,
        code: CODE.to_owned(),
        bot_id: "603".to_owned(),
        dialog_url: chat("603"),
    };
    vec![
        ("offered", offering(None).render()),
        ("offered-only", offered_only.render()),
        ("offered-connected", offering(Some(welcomed)).render()),
        ("offered-gone", offering(Some(gone)).render()),
        ("offered-failing", offering(Some(failing)).render()),
        ("privacy", privacy().render()),
        ("license", license().render()),
    ]
}

/// Three offered channels: one is connected already, one is what the person came for or was refused.
fn offering(outcome: Option<Outcome>) -> ConnectPage {
    let mut page = connect(2, outcome);
    page.code = String::new();
    let card = |title: &str, description: &str| OfferedCard {
        code: CODE.to_owned(),
        title: title.to_owned(),
        description: Some(description.to_owned()),
        chat: None,
        wanted: false,
    };
    let wanted = OfferedCard {
        wanted: !matches!(page.outcome, Some(Outcome::Connected { .. })),
        ..card(
            "Contoso Helpdesk",
            "Help with installing and using Contoso software.",
        )
    };
    let connected = OfferedCard {
        code: CODE.replace('5', "6"),
        chat: Some(Chat {
            bot_id: "604".to_owned(),
            url: chat("604"),
        }),
        ..card(
            "Northwind Support",
            "Questions about orders and invoices. We answer on workdays from 9 to 5.",
        )
    };
    let wordless = OfferedCard {
        code: CODE.replace('5', "7"),
        description: None,
        ..card(
            "A channel whose publisher gave it a rather long title and nothing else to say",
            "",
        )
    };
    page.offered = vec![wanted, connected, wordless];
    page
}

fn legal() -> Legal {
    Legal {
        publisher: "Northwind GmbH".to_owned(),
        email: "privacy@northwind.example".to_owned(),
        address: Some("1 Example Street, 10115 Berlin, Germany".to_owned()),
        connections_days: 30,
        rest_log_days: 7,
        privacy: true,
        license: true,
    }
}

fn outside() -> Shell {
    let mut shell = shell("en");
    shell.js_url = None;
    shell
}

fn privacy() -> PrivacyPage {
    PrivacyPage {
        shell: outside(),
        legal: legal(),
    }
}

fn license() -> LicensePage {
    LicensePage {
        shell: outside(),
        legal: legal(),
    }
}
