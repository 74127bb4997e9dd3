//! Pages that only say what went wrong, and the installer.

use channel_connect::app::{Failure, Trouble};
use channel_connect::bitrix24::{CallError, Unbound};
use channel_connect::sentences;
use channel_connect::web::pages::{InstallFault, InstallPage, NoticePage};
use channel_connect::words::Words;

use super::server::ANSWERING;
use super::{State, refusal, shell};

pub(super) fn states(words: &'static Words) -> Vec<State> {
    let open = |failure: Failure| notice(words, &failure, words.notice_title_open());
    let connect = |failure: Failure| notice(words, &failure, words.notice_title_connect());
    let limited = Failure::RateLimited {
        seconds: 25,
        operating: false,
    };
    let outage = || Failure::AuthorizationServer(CallError::TimedOut);
    vec![
        State::of("notice-forged", open(Failure::Forged("gallery")).render()).main(),
        State::of(
            "notice-session-expired",
            connect(Failure::SessionExpired).render(),
        ),
        State::of(
            "notice-session-expired-by-link",
            by_link(connect(Failure::SessionExpired)).render(),
        )
        .main(),
        State::of("notice-reopen-app", open(Failure::ReopenApp("gallery")).render()),
        State::of(
            "notice-reopen-app-by-link",
            by_link(open(Failure::ReopenApp("gallery"))).render(),
        ),
        State::of("notice-outage", open(outage()).render()).main(),
        State::of("notice-limited", open(limited).render()),
        State::of(
            "notice-refusals",
            open(Failure::TooManyRefusals { seconds: 240 }).render(),
        ),
        State::of("notice-overloaded", open(Failure::Overloaded).render()),
        State::of("notice-closed", open(Failure::Portal(Trouble::Closed)).render()),
        State::of(
            "notice-payment",
            open(Failure::Refused(refusal("PAYMENT_REQUIRED"))).render(),
        ),
        State::of(
            "notice-install",
            notice(words, &Failure::NotInstalled, words.notice_title_install()).render(),
        ),
        State::of("install", InstallPage::finishing(shell(words)).render()).main(),
        State::of("install-done", installed(words).render()),
        State::of(
            "install-failed",
            InstallPage::unprepared(shell(words), fault(words)).render(),
        )
        .main(),
    ]
}

/// A page that Bitrix24 shows, without a session.
pub(super) fn notice(words: &'static Words, failure: &Failure, title: String) -> NoticePage {
    let (message, next) = sentences::of(failure, words);
    let slug = failure.slug().as_str();
    NoticePage {
        shell: shell(words),
        slug,
        title,
        message,
        next,
        remedies: sentences::remedies(failure),
        sign_in: None,
    }
}

/// Where the publisher has named the app's code, the button is a link that works without script.
fn by_link(mut page: NoticePage) -> NoticePage {
    page.shell.app_url = Some("https://acme.bitrix24.com/marketplace/app/channel.connect/".to_owned());
    page
}

/// The portal has answered: the page's script has finished the installation.
fn installed(words: &'static Words) -> InstallPage {
    let mut page = InstallPage::finishing(shell(words));
    page.shell.js_url = Some(ANSWERING.to_owned());
    page
}

fn fault(words: &Words) -> InstallFault {
    let failure = Failure::Unbound(Unbound {
        what: "ONAPPUNINSTALL",
        code: "ERROR".to_owned(),
    });
    let (message, next) = sentences::of(&failure, words);
    InstallFault {
        slug: failure.slug().as_str(),
        message,
        next,
        support: sentences::remedies(&failure).support,
    }
}
