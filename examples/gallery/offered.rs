//! The page of the app with channels that the publisher offers.

use channel_connect::app::{Failure, Trouble};
use channel_connect::sentences::{self, Remedies};
use channel_connect::web::pages::{Chat, ConnectPage, OfferedCard, Outcome};
use channel_connect::words::Words;

use super::connecting::{admins_only, connected_offered, without_codes};
use super::refusals::failed;
use super::{CODE, State, chat, connect_page, refusal, title};

/// A title as long as German makes them, in one word.
const LONG: &str = "Rechtsschutzversicherungsgesellschaftskundendienst und Donaudampfschifffahrtsberatung";

pub(super) fn states(words: &'static Words) -> Vec<State> {
    let page = |outcome| offering(words, outcome);
    let refused = |failure| page(Some(refused(&failure, words)));
    let gone = Failure::Refused(refusal("NOT_FOUND"));
    let network = Failure::Refused(refusal("NETWORK_ERROR"));
    let unknown = Failure::Refused(refusal(""));
    let connected = |welcome| page(Some(connected_offered(words, welcome)));
    vec![
        State::of("offered", nothing_wanted(page(None)).render()).main(),
        State::of("offered-at-home", at_home(page(None)).render()),
        State::of("offered-at-home-connected", at_home(connected(true)).render()),
        State::of("offered-wanted", page(None).render()),
        State::of("offered-only", without_codes(page(None)).render()).main(),
        State::of(
            "offered-only-admins",
            admins_only(without_codes(page(None))).render(),
        ),
        State::of("offered-connected", connected(false).render()).main(),
        State::of("offered-connected-welcome", connected(true).render()),
        State::of("offered-gone", refused(gone).render()),
        State::of("offered-not-admin", refused(Failure::NotAdmin).render()),
        State::of("offered-network", refused(network).render()),
        State::of("offered-unknown", refused(unknown).render()),
        State::of(
            "offered-failing",
            refused(Failure::Portal(Trouble::Failing)).render(),
        )
        .main(),
        State::of(
            "offered-only-failing",
            without_codes(refused(Failure::TimedOut)).render(),
        ),
    ]
}

/// What is said of a channel that nobody has typed the code of.
fn refused(failure: &Failure, words: &Words) -> Outcome {
    match (failed(failure, words), sentences::of_offered(failure, words)) {
        (Outcome::Failed { slug, remedies, .. }, Some((message, next))) => Outcome::Failed {
            slug,
            message,
            next,
            remedies: Remedies {
                support: matches!(failure, Failure::Refused(_)),
                ..remedies
            },
        },
        (outcome, _) => outcome,
    }
}

fn nothing_wanted(mut page: ConnectPage) -> ConnectPage {
    page.offered.iter_mut().for_each(|card| card.wanted = false);
    page
}

/// The same with names and words of one language, as most publishers have them; nothing is connected before.
fn at_home(page: ConnectPage) -> ConnectPage {
    let mut page = nothing_wanted(page);
    let names = [
        ("Fabrikam Orders", "Delivery dates, returns and spare parts."),
        (
            "Tailspin Partner Desk",
            "Prices, contracts and news for resellers.",
        ),
    ];
    for (card, (title, description)) in page.offered[1..].iter_mut().zip(names) {
        title.clone_into(&mut card.title);
        card.description = Some(description.to_owned());
        card.chat = None;
    }
    page
}

/// Four offered channels: one is what the person came for or was refused, or what was connected just now; one is
/// connected already; the names of two come from other countries than the page.
fn offering(words: &'static Words, outcome: Option<Outcome>) -> ConnectPage {
    let connected_now = matches!(outcome, Some(Outcome::Connected { .. }));
    let mut page = connect_page(words, 2, outcome);
    page.code = String::new();
    let here = OfferedCard {
        chat: connected_now.then(|| open_chat("603")),
        wanted: !connected_now,
        ..card(
            '5',
            title(words),
            Some("Questions about orders and invoices. We answer on workdays from 9 to 5."),
        )
    };
    let connected = OfferedCard {
        chat: Some(open_chat("604")),
        ..card(
            '6',
            "مكتب مساعدة كونتوسو",
            Some("المساعدة في تثبيت برامج كونتوسو واستخدامها."),
        )
    };
    let long = card('7', LONG, None);
    let plain = card(
        '8',
        "Contoso Helpdesk",
        Some("Help with installing and using Contoso software."),
    );
    page.offered = vec![here, connected, long, plain];
    page
}

fn open_chat(bot: &str) -> Chat {
    Chat {
        bot_id: bot.to_owned(),
        url: chat(bot),
    }
}

fn card(digit: char, title: &str, description: Option<&str>) -> OfferedCard {
    OfferedCard {
        code: CODE.replace('5', &digit.to_string()),
        title: title.to_owned(),
        description: description.map(str::to_owned),
        chat: None,
        wanted: false,
    }
}
