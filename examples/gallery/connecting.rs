//! The page of the app as it is opened, and after a press that went well.

use channel_connect::web::pages::{ConnectPage, Outcome};
use channel_connect::words::Words;

use super::{CODE, State, chat, connect_page, list, outside_shell, title};

/// More channels than fit on a few pages of the list.
const MANY: usize = 57;

pub(super) fn states(words: &'static Words) -> Vec<State> {
    let page = |channels| connect_page(words, channels, None);
    let paged = |number| {
        let mut page = page(MANY);
        page.connections = list(words, MANY, number);
        page
    };
    vec![
        State::of("connect", page(3).render()).main(),
        State::of("connect-empty", page(0).render()).main(),
        State::of("connect-prefilled", prefilled(page(1)).render()),
        State::of("connect-admins-only", admins_only(page(1)).render()),
        State::of("connect-no-codes", without_codes(page(1)).render()),
        State::of("connect-no-codes-empty", without_codes(page(0)).render()),
        State::of("list-full", page(10).render()),
        State::of("list-first", paged(1).render()),
        State::of("list-middle", paged(3).render()).main(),
        State::of("list-last", paged(6).render()),
        State::of("connected", connect_page(words, 1, Some(connected())).render()).main(),
        State::of("standalone", standalone(page(2)).render()).main(),
        State::of(
            "standalone-connected",
            standalone(connect_page(words, 1, Some(connected()))).render(),
        ),
    ]
}

/// A channel of one's own was connected.
fn connected() -> Outcome {
    Outcome::Connected {
        title: None,
        welcome: false,
        code: CODE.to_owned(),
        bot_id: "603".to_owned(),
        dialog_url: chat("603"),
    }
}

/// An offered channel was connected.
pub(super) fn connected_offered(words: &Words, welcome: bool) -> Outcome {
    Outcome::Connected {
        title: Some(title(words).to_owned()),
        welcome,
        code: CODE.to_owned(),
        bot_id: "603".to_owned(),
        dialog_url: chat("603"),
    }
}

fn prefilled(page: ConnectPage) -> ConnectPage {
    ConnectPage {
        code: CODE.to_owned(),
        ..page
    }
}

pub(super) fn admins_only(page: ConnectPage) -> ConnectPage {
    ConnectPage {
        admins_only: true,
        ..page
    }
}

pub(super) fn without_codes(page: ConnectPage) -> ConnectPage {
    ConnectPage {
        custom_codes: false,
        ..page
    }
}

/// The page after signing in outside Bitrix24.
pub(super) fn standalone(page: ConnectPage) -> ConnectPage {
    ConnectPage {
        shell: outside_shell(page.shell.words),
        ..page
    }
}
