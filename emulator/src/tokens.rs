//! Tokens: pairs of one user of one portal of one client, in chains that live side by side.

use std::collections::HashMap;

use crate::secret;

/// An access token lives one hour.
pub(crate) const ACCESS_SECONDS: i64 = 3600;
/// A refresh token lives 180 days by the documentation.
const REFRESH_SECONDS: i64 = 180 * 24 * 3600;
/// An authorization code lives 30 seconds.
const CODE_SECONDS: i64 = 30;

/// Whom a token belongs to.
#[expect(clippy::struct_field_names, reason = "the platform's words")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) member_id: String,
    pub(crate) user_id: u64,
    pub(crate) client_id: String,
}

/// What has become of one half of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Live,
    /// A refresh token that has been used.
    Spent,
    /// Ended by its pair's refresh, by a revocation or by an uninstall.
    Killed,
}

/// An access token and the refresh token that came with it.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) owner: Owner,
    /// Launches, installs and codes each start a chain; a refresh continues one.
    pub(crate) chain: usize,
    pub(crate) access_token: String,
    pub(crate) access_expires: i64,
    pub(crate) access: Fate,
    pub(crate) refresh_token: String,
    pub(crate) refresh_expires: i64,
    pub(crate) refresh: Fate,
}

/// What a token turns out to be when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Unknown,
    /// Past its expiry, killed or not: the platform looks at the time first.
    Expired(Owner),
    Killed(Owner),
    Live(Owner),
}

impl Standing {
    /// Whose token it is or was.
    pub(crate) fn owner(&self) -> Option<&Owner> {
        match self {
            Self::Unknown => None,
            Self::Expired(owner) | Self::Killed(owner) | Self::Live(owner) => Some(owner),
        }
    }
}

struct Code {
    owner: Owner,
    expires: i64,
    used: bool,
}

/// Every token there ever was.
#[derive(Default)]
pub(crate) struct Tokens {
    pairs: Vec<Pair>,
    by_access: HashMap<String, usize>,
    by_refresh: HashMap<String, usize>,
    codes: HashMap<String, Code>,
    chains: usize,
}

impl Tokens {
    /// Starts a chain with its first pair.
    pub(crate) fn issue(&mut self, owner: Owner, now: i64) -> Pair {
        self.chains += 1;
        self.mint(owner, self.chains, now)
    }

    fn mint(&mut self, owner: Owner, chain: usize, now: i64) -> Pair {
        let pair = Pair {
            owner,
            chain,
            access_token: secret::token(),
            access_expires: now + ACCESS_SECONDS,
            access: Fate::Live,
            refresh_token: secret::token(),
            refresh_expires: now + REFRESH_SECONDS,
            refresh: Fate::Live,
        };
        self.by_access.insert(pair.access_token.clone(), self.pairs.len());
        self.by_refresh
            .insert(pair.refresh_token.clone(), self.pairs.len());
        self.pairs.push(pair.clone());
        pair
    }

    /// What an access token is worth now.
    pub(crate) fn access(&self, token: &str, now: i64) -> Standing {
        let Some(pair) = self.by_access.get(token).map(|&at| &self.pairs[at]) else {
            return Standing::Unknown;
        };
        let owner = pair.owner.clone();
        if now >= pair.access_expires {
            Standing::Expired(owner)
        } else if pair.access == Fate::Live {
            Standing::Live(owner)
        } else {
            Standing::Killed(owner)
        }
    }

    /// When an access token expires.
    pub(crate) fn access_expires(&self, token: &str) -> Option<i64> {
        self.by_access.get(token).map(|&at| self.pairs[at].access_expires)
    }

    /// What a refresh token is worth now.
    pub(crate) fn refresh(&self, token: &str, now: i64) -> Standing {
        let Some(pair) = self.by_refresh.get(token).map(|&at| &self.pairs[at]) else {
            return Standing::Unknown;
        };
        let owner = pair.owner.clone();
        match pair.refresh {
            Fate::Live if now < pair.refresh_expires => Standing::Live(owner),
            Fate::Live => Standing::Expired(owner),
            Fate::Spent | Fate::Killed => Standing::Killed(owner),
        }
    }

    /// Uses a refresh token up: it and its access token end, the chain goes on with a new pair,
    /// which belongs to `user_id` (an employee's tokens may pass to somebody else).
    pub(crate) fn rotate(&mut self, token: &str, user_id: u64, now: i64) -> Option<Pair> {
        let at = *self.by_refresh.get(token)?;
        let old = &mut self.pairs[at];
        if old.refresh != Fate::Live {
            return None;
        }
        old.refresh = Fate::Spent;
        old.access = Fate::Killed;
        let (owner, chain) = (
            Owner {
                user_id,
                ..old.owner.clone()
            },
            old.chain,
        );
        Some(self.mint(owner, chain, now))
    }

    /// Makes an authorization code.
    pub(crate) fn code(&mut self, owner: Owner, now: i64) -> String {
        let code = secret::token();
        self.codes.insert(
            code.clone(),
            Code {
                owner,
                expires: now + CODE_SECONDS,
                used: false,
            },
        );
        code
    }

    /// What an authorization code is worth now.
    pub(crate) fn code_standing(&self, code: &str, now: i64) -> Standing {
        match self.codes.get(code) {
            None => Standing::Unknown,
            Some(known) if known.used => Standing::Killed(known.owner.clone()),
            Some(known) if now >= known.expires => Standing::Expired(known.owner.clone()),
            Some(known) => Standing::Live(known.owner.clone()),
        }
    }

    /// Uses an authorization code up.
    pub(crate) fn spend_code(&mut self, code: &str) {
        if let Some(known) = self.codes.get_mut(code) {
            known.used = true;
        }
    }

    /// Ends the access tokens' hour now; answers how many live ones that were.
    pub(crate) fn expire(&mut self, whose: impl Fn(&Owner) -> bool, now: i64) -> usize {
        let due = self
            .pairs
            .iter_mut()
            .filter(|pair| pair.access_expires > now && whose(&pair.owner));
        due.map(|pair| pair.access_expires = now).count()
    }

    /// Kills tokens of both kinds and pending codes; answers how many pairs lost something.
    pub(crate) fn kill(&mut self, whose: impl Fn(&Owner) -> bool) -> usize {
        let mut count = 0;
        for pair in self.pairs.iter_mut().filter(|pair| whose(&pair.owner)) {
            count += usize::from(pair.access == Fate::Live || pair.refresh == Fate::Live);
            pair.access = Fate::Killed;
            if pair.refresh == Fate::Live {
                pair.refresh = Fate::Killed;
            }
        }
        for code in self.codes.values_mut().filter(|code| whose(&code.owner)) {
            code.used = true;
        }
        count
    }

    /// Every pair, oldest first.
    pub(crate) fn pairs(&self) -> &[Pair] {
        &self.pairs
    }
}
