//! Pages outside Bitrix24: the first one, signing in, and the legal ones.

use channel_connect::app::{Failure, SignInFault};
use channel_connect::bitrix24::AddressFault;
use channel_connect::sentences::{self, Remedies};
use channel_connect::web::Legal;
use channel_connect::web::pages::{
    FieldFault, LandingPage, LicensePage, NoticePage, PrivacyPage, SignInForm,
};
use channel_connect::words::Words;

use super::notices::notice;
use super::{State, outside_shell};

pub(super) fn states(words: &'static Words) -> Vec<State> {
    let landing = |sign_in| landing(words, sign_in);
    let mut states = vec![
        State::of("landing", landing(None).render()),
        State::of("sign-in", landing(Some(SignInForm::default())).render()).main(),
        State::of("sign-in-from-link", landing(Some(from_link())).render()),
    ];
    let addresses = [
        ("empty", AddressFault::Empty),
        ("unreadable", AddressFault::Unreadable),
        ("incomplete", AddressFault::Incomplete),
        ("private", AddressFault::NotPublic),
    ];
    states.extend(addresses.into_iter().map(|(name, fault)| {
        let form = refused_address(words, fault);
        State::of(format!("sign-in-{name}"), landing(Some(form)).render())
    }));
    let faults = [
        ("state", SignInFault::State),
        ("too-late", SignInFault::TooLate),
        ("another-portal", SignInFault::AnotherPortal),
        ("code", SignInFault::Code),
    ];
    states.extend(faults.into_iter().map(|(name, fault)| {
        let page = not_signed_in(words, &Failure::SignIn(fault));
        State::of(format!("sign-in-failed-{name}"), page.render())
    }));
    let expired = NoticePage {
        title: words.notice_title_connect(),
        ..not_signed_in(words, &Failure::SessionExpired)
    };
    states.push(State::of("standalone-session-expired", expired.render()));
    // Their text is in English whatever the page's language: once is enough.
    if words.code() == "en" {
        states.extend(legal_pages(words));
    }
    states
}

fn landing(words: &'static Words, sign_in: Option<SignInForm>) -> LandingPage {
    LandingPage {
        shell: outside_shell(words),
        app_name: words.app_name(),
        sign_in,
    }
}

fn from_link() -> SignInForm {
    SignInForm {
        portal: "acme.bitrix24.com".to_owned(),
        from_link: true,
        fault: None,
    }
}

fn refused_address(words: &Words, fault: AddressFault) -> SignInForm {
    let failure = Failure::SignIn(SignInFault::Address(fault));
    let (message, next) = sentences::of(&failure, words);
    let typed = match fault {
        AddressFault::Empty => "",
        AddressFault::Unreadable => "our company",
        AddressFault::Incomplete => "acme",
        AddressFault::NotPublic => "192.168.0.12",
    };
    SignInForm {
        portal: typed.to_owned(),
        from_link: false,
        fault: Some(FieldFault {
            slug: failure.slug().as_str(),
            message,
            next,
        }),
    }
}

fn not_signed_in(words: &'static Words, failure: &Failure) -> NoticePage {
    let page = notice(words, failure, words.sign_in_failed_title());
    NoticePage {
        shell: outside_shell(words),
        next: sentences::next_outside(failure, words).unwrap_or(page.next),
        remedies: Remedies::default(),
        sign_in: Some("/".to_owned()),
        ..page
    }
}

fn legal_pages(words: &'static Words) -> [State; 2] {
    let legal = Legal {
        publisher: "Northwind GmbH".to_owned(),
        email: "privacy@northwind.example".to_owned(),
        address: Some("1 Example Street, 10115 Berlin, Germany".to_owned()),
        connections_days: 30,
        rest_log_days: 7,
        privacy: true,
        license: true,
    };
    let shell = outside_shell(words);
    let privacy = PrivacyPage {
        shell: shell.clone(),
        legal: legal.clone(),
    };
    let license = LicensePage { shell, legal };
    [
        State::of("privacy", privacy.render()),
        State::of("license", license.render()),
    ]
}
