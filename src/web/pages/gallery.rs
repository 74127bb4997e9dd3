//! Every state of every page, written where it can be looked at: run `cargo test --lib gallery`, serve
//! `target/gallery` and open `index.html`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use super::{
    ChannelList, ConnectPage, ConnectedBy, ConnectedChannel, FieldFault, InstallFault, InstallPage,
    LandingPage, NoticePage, Outcome, Paging, Shell, SignInForm,
};
use crate::web::assets;
use crate::words::Words;

pub(super) const CODE: &str = "5f2c8a1e90b74d36a1e80c5742d9f6b3";

#[test]
fn every_state_of_every_page_renders() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    fs::create_dir_all(folder.join("static")).expect("a folder");
    for (address, body) in assets::files() {
        fs::write(folder.join(address.trim_start_matches('/')), body).expect("a copy");
    }
    let mut index = String::from("<!DOCTYPE html><meta charset=utf-8><title>Gallery</title>\n");
    for (name, html) in everything() {
        let dark = html.replacen("<html ", "<html data-theme=\"dark\" ", 1);
        fs::write(folder.join(format!("{name}.html")), html).expect("a page");
        fs::write(folder.join(format!("{name}-dark.html")), dark).expect("a page");
        let _ = writeln!(
            index,
            "<p><a href={name}.html>{name}</a> <a href={name}-dark.html>dark</a>"
        );
    }
    fs::write(folder.join("index.html"), index).expect("an index");
}

pub(super) fn install_fault() -> InstallFault {
    let words = Words::for_lang("en");
    InstallFault {
        slug: "refused",
        message: words.unbound(),
        next: words.unbound_next(),
    }
}

/// Name and HTML of each state.
pub(super) fn everything() -> Vec<(&'static str, String)> {
    let words = Words::for_lang("en");
    let connected = Outcome::Connected {
        title: None,
        welcome: false,
        code: CODE.to_owned(),
        bot_id: "603".to_owned(),
        dialog_url: chat("603"),
    };
    let not_found = failed("not_found", words.not_found(), words.not_found_next(), false);
    let limited = failed(
        "rate_limited",
        words.rate_limited(),
        words.rate_limited_next(30),
        true,
    );
    let over = failed(
        "reopen_app",
        words.reopen_app(),
        words.sign_in_again_next(),
        false,
    );
    let mut no_codes = connect(0, None);
    no_codes.custom_codes = false;
    let pages = [
        ("connect", connect(3, None).render()),
        ("connect-empty", connect(0, None).render()),
        ("connect-connected", connect(1, Some(connected)).render()),
        ("connect-not-found", connect(0, Some(not_found)).render()),
        ("connect-rate-limited", connect(12, Some(limited)).render()),
        ("connect-no-codes", no_codes.render()),
        ("install", InstallPage::finishing(shell("en")).render()),
        (
            "install-failed",
            InstallPage::unprepared(shell("en"), install_fault()).render(),
        ),
        (
            "notice-forged",
            notice("forged", words.forged(), words.forged_next(), false).render(),
        ),
        ("notice-outage", outage().render()),
        ("notice-sign-in", sign_in_refused().render()),
        ("landing", landing(None).render()),
        ("sign-in", landing(Some(SignInForm::default())).render()),
        ("sign-in-from-link", landing(Some(sign_in(true, false))).render()),
        ("sign-in-refused", landing(Some(sign_in(false, true))).render()),
        ("standalone", standalone(None).render()),
        ("standalone-over", standalone(Some(over)).render()),
    ];
    pages
        .into_iter()
        .chain(super::gallery_offered::pages())
        .map(|(name, html)| (name, html.expect("a page")))
        .collect()
}

/// A shell as inside Bitrix24.
pub(super) fn shell(lang: &str) -> Shell {
    let mut shell = Shell::new(Words::for_lang(lang));
    shell.js_url = Some("https://api.bitrix24.com/api/v1/".to_owned());
    shell.privacy_url = Some("https://example.com/privacy".to_owned());
    shell.license_url = Some("https://example.com/license".to_owned());
    shell.support_url = Some("https://example.com/support".to_owned());
    shell
}

/// A refusal.
pub(super) fn failed(slug: &'static str, message: String, next: String, retry: bool) -> Outcome {
    Outcome::Failed {
        slug,
        message,
        next,
        retry,
    }
}

/// The page of the app with so many connected channels.
pub(super) fn connect(channels: usize, outcome: Option<Outcome>) -> ConnectPage {
    ConnectPage {
        shell: shell("en"),
        session: "sealed-session".into(),
        code: if matches!(outcome, Some(Outcome::Failed { .. })) {
            CODE.to_owned()
        } else {
            String::new()
        },
        custom_codes: true,
        admins_only: false,
        offered: Vec::new(),
        connections: list(channels),
        outcome,
        portal: "acme.bitrix24.com".to_owned(),
    }
}

fn list(channels: usize) -> ChannelList {
    let paging = Paging::new(channels, 1);
    ChannelList {
        channels: paging.range().map(channel).collect(),
        paging,
    }
}

fn channel(index: usize) -> ConnectedChannel {
    let bot = (603 + index).to_string();
    ConnectedChannel {
        title: (index == 1).then(|| "Northwind Support".to_owned()),
        code: CODE[index % 20..].to_owned() + &CODE[..index % 20],
        by: match index % 3 {
            0 => Some(ConnectedBy::You),
            1 => Some(ConnectedBy::Colleague {
                id: "12".to_owned(),
                url: "https://acme.bitrix24.com/company/personal/user/12/".to_owned(),
            }),
            _ => None,
        },
        connected_at: "November 23, 2025 at 10:15 AM UTC".to_owned(),
        connected_at_datetime: "2025-11-23T10:15:00Z".to_owned(),
        dialog_url: chat(&bot),
        bot_id: bot,
    }
}

/// A chat's address.
pub(super) fn chat(bot: &str) -> String {
    format!("https://acme.bitrix24.com/online/?IM_DIALOG={bot}")
}

fn notice(slug: &'static str, message: String, next: String, retry: bool) -> NoticePage {
    let title = Words::for_lang("en").notice_title_open();
    NoticePage {
        shell: shell("en"),
        slug,
        title,
        message,
        next,
        retry,
        reopen: false,
        sign_in: None,
    }
}

fn sign_in_refused() -> NoticePage {
    let words = Words::for_lang("en");
    let mut page = notice("forged", words.sign_in_state(), words.sign_in_state_next(), false);
    page.shell = Shell::new(words);
    page.title = words.sign_in_failed_title();
    page.sign_in = Some("/".to_owned());
    page
}

fn sign_in(from_link: bool, refused: bool) -> SignInForm {
    let words = Words::for_lang("en");
    let fault = FieldFault {
        slug: "invalid_portal",
        message: words.portal_unreadable(),
        next: words.portal_unreadable_next(),
    };
    SignInForm {
        portal: "acme.bitrix24.com".to_owned(),
        from_link,
        fault: refused.then_some(fault),
    }
}

fn standalone(outcome: Option<Outcome>) -> ConnectPage {
    let mut page = connect(1, outcome);
    page.shell = Shell::new(Words::for_lang("en"));
    page
}

fn outage() -> NoticePage {
    let words = Words::for_lang("en");
    let (message, next) = (words.bitrix24_unavailable(), words.bitrix24_unavailable_next());
    notice("bitrix24_unavailable", message, next, true)
}

fn landing(sign_in: Option<SignInForm>) -> LandingPage {
    let words = Words::for_lang("en");
    LandingPage {
        shell: Shell::new(words),
        app_name: words.app_name(),
        sign_in,
    }
}
