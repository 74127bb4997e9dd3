//! What keys are for.

/// What a key is for. Nothing sealed for one purpose opens for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Token pairs at rest.
    Tokens,
    /// Application tokens at rest.
    ApplicationToken,
    /// Sessions in pages.
    Session,
    /// Digests by which a refresh token is recognised.
    RefreshDigest,
    /// Events that wait in the inbox.
    Event,
    /// Digests by which an event is recognised that came before.
    EventDigest,
    /// Digests by which a portal is recognised that was erased.
    ErasedPortal,
    /// What a sign-in outside the frame takes to the portal and back.
    OauthState,
    /// Digests by which a spent state is recognised.
    OauthStateDigest,
    /// Digests by which an access token is recognised that was refused a moment ago.
    RefusedToken,
}

/// How many purposes there are.
pub(super) const PURPOSES: usize = 10;

impl Purpose {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; PURPOSES] = [
        Self::Tokens,
        Self::ApplicationToken,
        Self::Session,
        Self::RefreshDigest,
        Self::Event,
        Self::EventDigest,
        Self::ErasedPortal,
        Self::OauthState,
        Self::OauthStateDigest,
        Self::RefusedToken,
    ];

    /// The label that goes into the derivation; never change one.
    pub(super) fn label(self) -> &'static [u8] {
        match self {
            Self::Tokens => b"channel-connect/1/tokens",
            Self::ApplicationToken => b"channel-connect/1/application-token",
            Self::Session => b"channel-connect/1/session",
            Self::RefreshDigest => b"channel-connect/1/refresh-digest",
            Self::Event => b"channel-connect/1/event",
            Self::EventDigest => b"channel-connect/1/event-digest",
            Self::ErasedPortal => b"channel-connect/1/erased-portal",
            Self::OauthState => b"channel-connect/1/oauth-state",
            Self::OauthStateDigest => b"channel-connect/1/oauth-state-digest",
            Self::RefusedToken => b"channel-connect/1/refused-token",
        }
    }
}
