//! What others rely on in the pages: field names, slugs, escaping. What holds in every state of every page is told
//! in `tests/it/pages.rs`.

use super::{
    ChannelList, ConnectPage, InstallFault, InstallPage, LandingPage, OfferedCard, Outcome, Shell, SignInForm,
};
use crate::sentences::Remedies;
use crate::words::Words;

/// The outcome's button that makes the same attempt once more.
const RETRY: &str = r#"<button class="button plain" type="submit" form=""#;

fn shell(lang: &str) -> Shell {
    let mut shell = Shell::new(Words::for_lang(lang));
    shell.js_url = Some("https://api.bitrix24.com/api/v1/".to_owned());
    shell
}

fn failed(slug: &'static str, message: String, next: String, retry: bool) -> Outcome {
    Outcome::Failed {
        slug,
        message,
        next,
        remedies: Remedies {
            retry,
            ..Remedies::default()
        },
    }
}

fn page(outcome: Option<Outcome>) -> ConnectPage {
    ConnectPage {
        shell: shell("en"),
        session: "sealed".into(),
        code: "abc".to_owned(),
        custom_codes: true,
        admins_only: false,
        offered: Vec::new(),
        connections: ChannelList::default(),
        outcome,
        portal: "acme.bitrix24.com".to_owned(),
    }
}

#[test]
fn the_form_posts_session_and_code_to_connect() {
    let html = page(None).render().expect("a page");
    for part in [
        r#"method="post" action="/connect""#,
        r#"<input type="hidden" name="session" value="sealed">"#,
        r#"name="code" type="text" value="abc""#,
        "Connect channel</button>",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("data-slug"), "a page just opened has no outcome");
}

#[test]
fn success_carries_its_slug_and_the_bot() {
    let outcome = Outcome::Connected {
        title: None,
        welcome: false,
        code: "c0de".to_owned(),
        bot_id: "603".to_owned(),
        dialog_url: "https://acme.bitrix24.com/online/?IM_DIALOG=603".to_owned(),
    };
    let html = page(Some(outcome)).render().expect("a page");
    assert!(html.contains(r#"data-slug="connected" data-bot-id="603""#));
    assert!(html.contains(r#"href="https://acme.bitrix24.com/online/?IM_DIALOG=603""#));
}

#[test]
fn a_refusal_says_what_to_do_and_marks_the_field_if_the_code_is_at_fault() {
    let words = Words::for_lang("en");
    let html = page(Some(failed(
        "not_found",
        words.not_found(),
        words.not_found_next(),
        true,
    )));
    let html = html.render().expect("a page");
    assert!(html.contains(r#"data-slug="not_found""#) && html.contains(r#"aria-invalid="true""#));
    assert!(html.contains(RETRY));
    let html = page(Some(failed(
        "not_admin",
        words.not_admin(),
        words.not_admin_next(),
        false,
    )));
    let html = html.render().expect("a page");
    assert!(!html.contains("aria-invalid") && !html.contains(RETRY));
}

#[test]
fn a_refused_card_is_what_is_tried_again() {
    let words = Words::for_lang("en");
    let mut page = page(Some(failed(
        "timeout",
        words.timeout(),
        words.timeout_next(),
        true,
    )));
    page.offered = vec![card("c0de")];
    assert!(
        page.render()
            .expect("a page")
            .contains(r#"form="connect" autocomplete"#)
    );
    page.offered[0].wanted = true;
    let html = page.render().expect("a page");
    assert!(html.contains(r#"form="offer-c0de" autocomplete"#) && html.contains(r#"<form id="offer-c0de""#));
    page.offered.clear();
    page.custom_codes = false;
    assert!(
        !page.render().expect("a page").contains(RETRY),
        "there is no form left"
    );
}

fn card(code: &str) -> OfferedCard {
    OfferedCard {
        code: code.to_owned(),
        title: "Support".to_owned(),
        description: None,
        chat: None,
        wanted: false,
    }
}

#[test]
fn whatever_comes_from_outside_is_escaped() {
    let evil = r#""><script>alert(1)</script>'"#.to_owned();
    let mut page = page(Some(failed("internal", evil.clone(), evil.clone(), false)));
    (page.session, page.code, page.portal) = (evil.as_str().into(), evil.clone(), evil.clone());
    page.shell.js_url = Some(evil.clone());
    page.shell.support_url = Some(evil.clone());
    page.offered = vec![OfferedCard {
        title: evil.clone(),
        description: Some(evil.clone()),
        ..card(&evil)
    }];
    assert!(!page.render().expect("a page").contains("<script>alert"));
    let landing = LandingPage {
        shell: shell("en"),
        app_name: evil.clone(),
        sign_in: Some(SignInForm {
            portal: evil,
            ..SignInForm::default()
        }),
    };
    assert!(!landing.render().expect("a page").contains("<script>alert"));
}

#[test]
fn the_platforms_library_is_named_only_inside_bitrix24() {
    let mut install = InstallPage::finishing(shell("en"));
    let inside = install.render().expect("a page");
    assert!(inside.contains(r#"data-js-url="https://api.bitrix24.com/api/v1/""#));
    install.shell.js_url = None;
    assert!(!install.render().expect("a page").contains("data-js-url"));
}

#[test]
fn an_installation_that_failed_is_not_finished() {
    assert!(
        InstallPage::finishing(shell("en"))
            .render()
            .expect("a page")
            .contains("data-install")
    );
    let words = Words::for_lang("en");
    let fault = InstallFault {
        slug: "refused",
        message: words.unbound(),
        next: words.unbound_next(),
        support: true,
    };
    let failed = InstallPage::unprepared(shell("en"), fault)
        .render()
        .expect("a page");
    assert!(!failed.contains("data-install") && failed.contains("Did not work"));
}
