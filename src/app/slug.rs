//! The slugs by which an outcome is known in JSON, in pages and in the connections table.

/// The outcome of a deed in one word. A contract with whoever calls the doors: never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slug {
    /// The text is no code, or the portal says so.
    InvalidCode,
    /// No such channel.
    NotFound,
    /// The channel is switched off.
    Inactive,
    /// The text is no portal's address.
    InvalidPortal,
    /// Refused for another reason.
    Refused,
    /// The page is older than its session.
    SessionExpired,
    /// The tokens are over.
    ReopenApp,
    /// Not confirmed by the authorization server, or not made by us.
    Forged,
    /// Only administrators may.
    NotAdmin,
    /// The app or the user lacks a right.
    MissingScope,
    /// The app is not open to this user.
    AccessRestricted,
    /// The portal's plan allows no REST.
    PlanRequired,
    /// The app's paid or trial period is over.
    PaymentRequired,
    /// The app is not installed.
    NotInstalled,
    /// A limit of the portal, or of ours on refusals.
    RateLimited,
    /// More is under way here than can be served.
    Overloaded,
    /// The portal cannot serve.
    PortalUnavailable,
    /// The authorization server cannot be asked.
    Bitrix24Unavailable,
    /// Our database cannot be asked.
    StorageUnavailable,
    /// The portal did not answer in time.
    Timeout,
    /// Our fault.
    Internal,
}

impl Slug {
    /// The word itself.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidCode => "invalid_code",
            Self::NotFound => "not_found",
            Self::Inactive => "inactive",
            Self::InvalidPortal => "invalid_portal",
            Self::Refused => "refused",
            Self::SessionExpired => "session_expired",
            Self::ReopenApp => "reopen_app",
            Self::Forged => "forged",
            Self::NotAdmin => "not_admin",
            Self::MissingScope => "missing_scope",
            Self::AccessRestricted => "access_restricted",
            Self::PlanRequired => "plan_required",
            Self::PaymentRequired => "payment_required",
            Self::NotInstalled => "not_installed",
            Self::RateLimited => "rate_limited",
            Self::Overloaded => "overloaded",
            Self::PortalUnavailable => "portal_unavailable",
            Self::Bitrix24Unavailable => "bitrix24_unavailable",
            Self::StorageUnavailable => "storage_unavailable",
            Self::Timeout => "timeout",
            Self::Internal => "internal",
        }
    }
}
