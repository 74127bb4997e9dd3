//! What the authorization server has said of tokens that are good for nothing here, remembered for some minutes: a
//! forged launch or event costs one question, and its repeats none. Only words that nothing changes are kept, each
//! under a keyed digest of its token. Whoever is refused wrongly for once opens the app again and brings another token.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use moka::policy::EvictionPolicy;

use crate::bitrix24::{AccessToken, AppInfo, MemberId};
use crate::seal::{KeyRing, Purpose};

use super::Failure;

/// As many refused tokens are remembered, some megabytes of them; then the oldest are forgotten.
const MOST: u64 = 20_000;

/// How long a refused token is remembered: longer than anybody repeats it by mistake, no longer than a person minds
/// if the authorization server was wrong.
const KEPT_FOR: Duration = Duration::from_mins(5);

/// What a token is refused for that somebody has brought as another portal's.
const ANOTHER_PORTALS: &str = "the token is another portal's";

/// Why a token is good for nothing here, now and later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The authorization server does not know it.
    Unknown,
    /// Its hour is over.
    Expired,
    /// It was issued to another app.
    AnotherApps,
}

impl Refusal {
    fn failure(self) -> Failure {
        match self {
            Self::Unknown => Failure::Forged("the authorization server does not know the token"),
            Self::Expired => Failure::ReopenApp("the launch's token has expired"),
            Self::AnotherApps => Failure::Forged("the token is another app's"),
        }
    }
}

/// What asking about a token came to.
#[derive(Clone, Debug)]
pub(super) enum Word {
    /// It is refused, and nothing will change that.
    Refused(Refusal),
    /// It is a token of this app.
    Vouched(Box<AppInfo>),
    /// Nothing that would hold later.
    Open(Failure),
}

/// What is remembered of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// It is refused whatever is claimed of it.
    Refused(Refusal),
    /// It is this portal's, and somebody has brought it as another's. The portal itself is not refused.
    Of(MemberId),
}

impl Verdict {
    /// Why a token is refused that is brought as this portal's, if it is.
    fn refuses(&self, claimed: &MemberId) -> Option<Failure> {
        match self {
            Self::Refused(refusal) => Some(refusal.failure()),
            Self::Of(member_id) => (member_id != claimed).then_some(Failure::Forged(ANOTHER_PORTALS)),
        }
    }

    fn as_str(&self) -> &'static str {
        match self {
            Self::Refused(Refusal::Unknown) => "unknown",
            Self::Refused(Refusal::Expired) => "expired",
            Self::Refused(Refusal::AnotherApps) => "another_app",
            Self::Of(_) => "another_portal",
        }
    }
}

/// What is to be remembered of a token that was brought as this portal's.
fn verdict_in(word: &Word, claimed: &MemberId) -> Option<Verdict> {
    match word {
        Word::Refused(refusal) => Some(Verdict::Refused(*refusal)),
        Word::Vouched(witness) if witness.member_id != *claimed => {
            Some(Verdict::Of(witness.member_id.clone()))
        }
        Word::Vouched(_) | Word::Open(_) => None,
    }
}

/// The memory.
#[derive(Debug)]
pub(super) struct Refusals {
    keys: Arc<KeyRing>,
    verdicts: Cache<Vec<u8>, Verdict>,
}

impl Refusals {
    pub(super) fn new(keys: Arc<KeyRing>) -> Self {
        Self::limited(keys, MOST, KEPT_FOR)
    }

    fn limited(keys: Arc<KeyRing>, most: u64, kept_for: Duration) -> Self {
        let verdicts = Cache::builder()
            .max_capacity(most)
            .time_to_live(kept_for)
            // The oldest goes first, so that whatever was refused last is known.
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { keys, verdicts }
    }

    /// Lets a token be asked about again.
    pub(super) async fn forget(&self, access: &AccessToken) {
        self.verdicts.invalidate(&self.digest(access)).await;
    }

    fn digest(&self, access: &AccessToken) -> Vec<u8> {
        self.keys
            .digest(Purpose::RefusedToken, access.expose().as_bytes())
    }

    /// What is to be thought of a token that is brought as this portal's. Asks only if it was not refused before, and
    /// once for all who bring the same token at the same moment: what is no verdict is shared by those who wait for it.
    pub(super) async fn word_on<A: Future<Output = Word>>(
        &self,
        access: &AccessToken,
        claimed: &MemberId,
        ask: impl Fn() -> A,
    ) -> Result<Box<AppInfo>, Failure> {
        let digest = self.digest(access);
        let asked = self.verdicts.entry(digest.clone()).or_try_insert_with(async {
            let word = ask().await;
            verdict_in(&word, claimed).ok_or(word)
        });
        let word = match asked.await {
            Ok(known) => match known.value().refuses(claimed) {
                Some(failure) => {
                    count(known.value(), known.is_fresh());
                    return Err(failure);
                }
                // Known to be of this portal; all else there is to say is asked anew.
                None => ask().await,
            },
            Err(word) => Word::clone(&word),
        };
        let Some(verdict) = verdict_in(&word, claimed) else {
            return match word {
                Word::Vouched(witness) => Ok(witness),
                Word::Refused(refusal) => Err(refusal.failure()),
                Word::Open(failure) => Err(failure),
            };
        };
        count(&verdict, true);
        let refused = verdict.refuses(claimed);
        self.verdicts.insert(digest, verdict).await;
        Err(refused.unwrap_or(Failure::Forged(ANOTHER_PORTALS)))
    }
}

/// Tells the operator why tokens are refused, and whether that took a question.
fn count(verdict: &Verdict, asked: bool) {
    let asked = if asked { "yes" } else { "no" };
    metrics::counter!("tokens_refused_total", "reason" => verdict.as_str(), "asked" => asked).increment(1);
}

#[cfg(test)]
mod tests;
