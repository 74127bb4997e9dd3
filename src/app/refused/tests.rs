//! What is remembered, of how many, and for how long.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::*;
use crate::seal::{KeyId, MasterKey};

fn keys() -> Arc<KeyRing> {
    let key = MasterKey::generate(KeyId::parse("test").unwrap()).unwrap();
    Arc::new(KeyRing::new(&[key]).unwrap())
}

fn token(number: usize) -> AccessToken {
    AccessToken::parse(&format!("token-{number}")).unwrap()
}

fn portal(digit: &str) -> MemberId {
    MemberId::parse(&digit.repeat(32)).unwrap()
}

fn vouched(member_id: &MemberId) -> Word {
    let install = json!({
        "member_id": member_id.as_str(), "status": "F", "client_endpoint": "https://acme.bitrix24.com/rest/",
    });
    let answer = json!({"result": {"client_id": "app.test", "install": install, "user_id": 1}});
    Word::Vouched(Box::new(AppInfo::read(&answer, None).unwrap()))
}

/// Brings a token as a portal's to an authorization server that says this; gives what came of it, and how many asked.
async fn brought(
    refusals: &Refusals,
    token: &AccessToken,
    claimed: &MemberId,
    says: Word,
) -> (String, usize) {
    let asked = AtomicUsize::new(0);
    let word = refusals.word_on(token, claimed, || async {
        asked.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
        says.clone()
    });
    let said = match word.await {
        Ok(_) => "believed".to_owned(),
        Err(failure) => failure.slug().as_str().to_owned(),
    };
    (said, asked.into_inner())
}

#[tokio::test]
async fn a_lasting_word_is_asked_for_once_and_a_passing_one_each_time() {
    let refusals = Refusals::new(keys());
    let acme = portal("a");
    let lasting = [
        (Refusal::Unknown, "forged"),
        (Refusal::Expired, "reopen_app"),
        (Refusal::AnotherApps, "forged"),
    ];
    for (number, (refusal, slug)) in lasting.into_iter().enumerate() {
        for calls in [1, 0, 0] {
            let said = brought(&refusals, &token(number), &acme, Word::Refused(refusal)).await;
            assert_eq!(said, (slug.to_owned(), calls));
        }
    }
    for _ in 0..3 {
        let says = Word::Open(Failure::NotInstalled);
        assert_eq!(
            brought(&refusals, &token(9), &acme, says).await,
            ("not_installed".into(), 1)
        );
    }
    assert_eq!(
        brought(&refusals, &token(9), &acme, vouched(&acme)).await,
        ("believed".into(), 1)
    );
}

#[tokio::test]
async fn a_token_brought_as_anothers_is_refused_there_and_believed_where_it_belongs() {
    let refusals = Refusals::new(keys());
    let (acme, globex) = (portal("a"), portal("b"));
    let says = || vouched(&acme);
    assert_eq!(
        brought(&refusals, &token(1), &globex, says()).await,
        ("forged".into(), 1)
    );
    assert_eq!(
        brought(&refusals, &token(1), &globex, says()).await,
        ("forged".into(), 0)
    );
    assert_eq!(
        brought(&refusals, &token(1), &portal("c"), says()).await,
        ("forged".into(), 0)
    );
    for _ in 0..2 {
        assert_eq!(
            brought(&refusals, &token(1), &acme, says()).await,
            ("believed".into(), 1)
        );
    }
    let over = Word::Refused(Refusal::Expired);
    assert_eq!(
        brought(&refusals, &token(1), &acme, over).await,
        ("reopen_app".into(), 1),
        "whose it is hides nothing else"
    );
    assert_eq!(
        brought(&refusals, &token(1), &acme, says()).await,
        ("reopen_app".into(), 0)
    );
}

#[tokio::test]
async fn what_is_brought_at_one_moment_is_asked_for_once() {
    let refusals = Refusals::new(keys());
    let acme = portal("a");
    let says = [
        Word::Refused(Refusal::Unknown),
        vouched(&portal("b")),
        vouched(&acme),
        Word::Open(Failure::TimedOut),
    ];
    for (number, says) in says.into_iter().enumerate() {
        let token = token(number);
        let all = (0..50).map(|_| brought(&refusals, &token, &acme, says.clone()));
        let asked = futures_util::future::join_all(all).await;
        assert_eq!(asked.iter().map(|(_, asked)| asked).sum::<usize>(), 1, "{says:?}");
    }
}

#[tokio::test]
async fn a_verdict_is_forgotten_after_a_while() {
    let refusals = Refusals::limited(keys(), 10, Duration::from_millis(80));
    let acme = portal("a");
    brought(&refusals, &token(1), &acme, Word::Refused(Refusal::Unknown)).await;
    assert_eq!(
        brought(&refusals, &token(1), &acme, vouched(&acme)).await,
        ("forged".into(), 0)
    );
    tokio::time::sleep(Duration::from_millis(120)).await;
    assert_eq!(
        brought(&refusals, &token(1), &acme, vouched(&acme)).await,
        ("believed".into(), 1)
    );
}

#[tokio::test]
async fn a_flood_of_garbage_does_not_grow_and_the_latest_is_known() {
    let refusals = Refusals::limited(keys(), 100, KEPT_FOR);
    let acme = portal("a");
    for number in 0..5000 {
        brought(&refusals, &token(number), &acme, Word::Refused(Refusal::Unknown)).await;
    }
    refusals.verdicts.run_pending_tasks().await;
    assert!(refusals.verdicts.entry_count() <= 100);
    let again = brought(&refusals, &token(4999), &acme, Word::Refused(Refusal::Unknown)).await;
    assert_eq!(again, ("forged".into(), 0));
}

#[tokio::test]
async fn no_token_is_kept() {
    let refusals = Refusals::new(keys());
    brought(
        &refusals,
        &token(1),
        &portal("a"),
        Word::Refused(Refusal::Unknown),
    )
    .await;
    for (key, _) in &refusals.verdicts {
        assert!(!String::from_utf8_lossy(&key).contains("token"));
    }
}
