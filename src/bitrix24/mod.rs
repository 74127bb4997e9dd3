//! The platform: Bitrix24's words and how to speak to it. Imports nothing of ours.
//!
//! Words are validated once, at the door, and have private fields: a [`MemberId`] in a signature is a
//! member id. Speaking goes through two mouths that share one [`Gate`]: the [`AuthorizationServer`],
//! which alone knows the client secret and has one fixed address, and [`Portals`], which call REST
//! methods at endpoints that the authorization server has named.

mod answer;
mod app_code;
mod app_info;
mod authorization_server;
mod bindings;
mod breaker;
mod code;
mod egress;
mod endpoint;
mod event;
mod exchange;
mod fields;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod ids;
mod join;
mod launch;
mod message;
mod origin;
mod placement;
mod portal_address;
mod portals;
mod profile;
mod redact;
mod refusal;
mod secrets;
mod token_endpoint;
mod visitor;
mod webhook;
mod wiped;

pub use answer::CallError;
pub use app_code::{AppCode, DeepLinks, NoAppCode};
pub use app_info::AppInfo;
pub use authorization_server::{AuthorizationServer, AuthorizationServerUrl, UntrustedServer};
pub use bindings::{BindingPlan, BindingReport, Unbound};
pub(crate) use code::is_invisible;
pub use code::{CodeError, OpenChannelCode};
pub use egress::{Egress, EgressError, Gate, Names};
pub use endpoint::{ClientEndpoint, EndpointError};
pub use event::{EventKind, EventTokens, LifecycleEvent, PostedEvent};
pub use exchange::{Exchange, Observer, Whose};
pub use fields::Fields;
pub use ids::{AppStatus, BotId, MemberId, UnreadableWord, UserId};
pub use join::NetworkJoin;
pub use launch::{LaunchFault, LaunchRequest};
pub use message::NetworkMessage;
pub use origin::{Origin, PortalDomain};
pub use placement::Placement;
pub use portal_address::{AddressFault, PortalAddress};
pub use portals::{Authority, Call, Portals};
pub use profile::Profile;
pub use refusal::{Refusal, RefusalCode};
pub use secrets::{
    AccessToken, ApplicationToken, AuthorizationCode, ClientId, OauthState, RefreshToken, TokenPair,
};
pub use token_endpoint::{ClientSecret, TokenGrant};
pub use visitor::{Seen, Unseen, Visitor};
pub use webhook::{NoWebhook, Webhook};

use std::time::Duration;

/// How long each kind of call may take. Defaults follow the platform's own limits.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// Until a connection stands.
    pub connect: Duration,
    /// One call of the token endpoint or of `app.info`; well below a refresh claim's length.
    pub token: Duration,
    /// One REST call that only reads, such as `profile`.
    pub read: Duration,
    /// The `profile` that proves an application token during a launch, which does not wait for it any longer.
    pub proof: Duration,
    /// One `imopenlines.network.join`; the portal itself gives up after 60 s.
    pub join: Duration,
    /// One `imopenlines.network.message.add`, which nobody waits for.
    pub message: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            token: Duration::from_secs(10),
            read: Duration::from_secs(10),
            proof: Duration::from_secs(4),
            join: Duration::from_secs(75),
            message: Duration::from_secs(30),
        }
    }
}
