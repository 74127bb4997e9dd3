//! Lifecycle events: what the platform posts when the app comes, changes, is paid for or goes. Section 7 of the
//! platform facts. Everything in them is hearsay until it is proven.

use jiff::Timestamp;

use super::{AccessToken, AppStatus, ApplicationToken, Fields, MemberId, RefreshToken};

/// The events that this app binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// `ONAPPINSTALL`: the installer has finished.
    Install,
    /// `ONAPPUNINSTALL`: the app was removed.
    Uninstall,
    /// `ONAPPUPDATE`: another version is installed; what was bound is wiped.
    Update,
    /// `ONAPPPAYMENT`: something changed about the subscription.
    Payment,
}

impl EventKind {
    /// All of them, in the order in which they are bound.
    pub const ALL: [Self; 4] = [Self::Install, Self::Uninstall, Self::Update, Self::Payment];

    /// The platform's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Install => "ONAPPINSTALL",
            Self::Uninstall => "ONAPPUNINSTALL",
            Self::Update => "ONAPPUPDATE",
            Self::Payment => "ONAPPPAYMENT",
        }
    }

    /// Reads the platform's name, in any letter case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

/// The tokens of an install or an update.
#[derive(Clone, Debug)]
pub struct EventTokens {
    /// `auth[access_token]`.
    pub access: AccessToken,
    /// `auth[refresh_token]`.
    pub refresh: RefreshToken,
}

/// A lifecycle event as it was claimed. What is missing or unreadable is absent: what that means is for the deed
/// to say.
#[derive(Clone, Debug)]
pub struct LifecycleEvent {
    /// `event`.
    pub kind: EventKind,
    /// `auth[member_id]`.
    pub member_id: Option<MemberId>,
    /// `auth[application_token]`: the only proof of an uninstall.
    pub application_token: Option<ApplicationToken>,
    /// `auth[access_token]` and `auth[refresh_token]`.
    pub tokens: Option<EventTokens>,
    /// `auth[status]`, or `data[STATUS]` of a payment.
    pub status: AppStatus,
    /// `data[CLEAN]`: whether everything is to be erased.
    pub clean: bool,
    /// `ts`, unix seconds of the portal's clock.
    pub sent_at: Option<Timestamp>,
}

/// What a posted form is, as far as events go.
#[derive(Clone, Debug)]
pub enum PostedEvent {
    /// No event at all.
    None,
    /// An event that this app has not asked for.
    Unasked,
    /// One of ours.
    Lifecycle(Box<LifecycleEvent>),
}

impl PostedEvent {
    /// Reads a form with bracketed names: `auth[member_id]`.
    #[must_use]
    pub fn read(form: &Fields) -> Self {
        let text = |name: &str| form.text(name);
        if text("event").trim().is_empty() {
            return Self::None;
        }
        let Some(kind) = EventKind::parse(text("event")) else {
            return Self::Unasked;
        };
        let status = [text("auth[status]"), text("data[STATUS]")]
            .into_iter()
            .map(AppStatus::parse)
            .find(|status| *status != AppStatus::Unknown);
        let tokens = AccessToken::parse(text("auth[access_token]"))
            .ok()
            .zip(RefreshToken::parse(text("auth[refresh_token]")).ok());
        Self::Lifecycle(Box::new(LifecycleEvent {
            kind,
            member_id: MemberId::parse(text("auth[member_id]")).ok(),
            application_token: ApplicationToken::parse(text("auth[application_token]")).ok(),
            tokens: tokens.map(|(access, refresh)| EventTokens { access, refresh }),
            status: status.unwrap_or(AppStatus::Unknown),
            clean: matches!(text("data[CLEAN]").trim(), "1" | "Y" | "true"),
            sent_at: sent_at(text("ts")),
        }))
    }
}

/// Unix seconds; a time before the platform existed is none.
fn sent_at(text: &str) -> Option<Timestamp> {
    let seconds: i64 = text.trim().parse().ok()?;
    (seconds > 0).then(|| Timestamp::from_second(seconds).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> PostedEvent {
        let fields = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        PostedEvent::read(&fields.collect())
    }

    #[test]
    fn an_uninstall_is_read_with_its_proof() {
        let PostedEvent::Lifecycle(event) = read(&[
            ("event", "OnAppUninstall"),
            ("data[CLEAN]", "1"),
            ("ts", "1700000000"),
            ("auth[member_id]", "A223C6B3710F85DF22E9377D6C4F7553"),
            ("auth[application_token]", "secret"),
        ]) else {
            panic!("an event");
        };
        assert_eq!((event.kind, event.clean), (EventKind::Uninstall, true));
        assert_eq!(event.sent_at.unwrap().as_second(), 1_700_000_000);
        assert!(event.member_id.is_some() && event.application_token.is_some() && event.tokens.is_none());
    }

    #[test]
    fn what_is_unreadable_is_absent() {
        let PostedEvent::Lifecycle(event) = read(&[
            ("event", "ONAPPINSTALL"),
            ("ts", "soon"),
            ("data[CLEAN]", "0"),
            ("auth[member_id]", "short"),
            ("auth[access_token]", "a b"),
            ("auth[refresh_token]", "r"),
        ]) else {
            panic!("an event");
        };
        assert!(event.member_id.is_none() && event.tokens.is_none() && event.sent_at.is_none());
        assert!(!event.clean && event.application_token.is_none());
    }

    #[test]
    fn other_posts_are_told_apart() {
        assert!(matches!(read(&[("event", "ONCRMLEADADD")]), PostedEvent::Unasked));
        assert!(matches!(read(&[("event", " ")]), PostedEvent::None));
        assert!(matches!(read(&[("AUTH_ID", "x")]), PostedEvent::None));
    }
}
