//! What fuzzers feed: one entry for everything that reads bytes of strangers. Only there in tests and in the fuzzing
//! build; see `docs/fuzzing.md`.
//!
//! An entry takes any bytes, reads them as the service would, and panics when something holds no longer that must
//! hold for every input. The assertions stand beside the readers, in a module `fuzzing` of each room.

use crate::{app, bitrix24, config, seal, web};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod seeds;

/// One reader of strangers' bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which is also that of its folder of seeds.
    pub name: &'static str,
    /// Reads the input, and says whether it was what the reader expects.
    pub read: fn(&[u8]) -> bool,
}

/// Every target.
pub const TARGETS: [Target; 12] = [
    target("launch", web::fuzzing::launch),
    target("event", web::fuzzing::event),
    target("code", bitrix24::fuzzing::code),
    target("endpoint", bitrix24::fuzzing::endpoint),
    target("portal_address", bitrix24::fuzzing::portal_address),
    target("redact", bitrix24::fuzzing::redact),
    target("token_answer", bitrix24::fuzzing::token_answer),
    target("rest_answer", web::fuzzing::rest_answer),
    target("sealed_blob", seal::fuzzing::sealed_blob),
    target("session", app::fuzzing::session),
    target("oauth_state", app::fuzzing::oauth_state),
    target("channels_file", config::fuzzing::channels_file),
];

const fn target(name: &'static str, read: fn(&[u8]) -> bool) -> Target {
    Target { name, read }
}

/// Feeds one target, by its name.
///
/// # Panics
/// When the input shows a fault, and when no target has this name.
#[must_use]
pub fn feed(name: &str, input: &[u8]) -> bool {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target of this name").read)(input)
}
