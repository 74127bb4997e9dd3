//! A launch: what the portal posts into the iframe when somebody opens the app.

use serde_json::{Map, Value, json};

use crate::{
    portal::{AppState, Portal},
    secret,
    site::Site,
    tokens::{ACCESS_SECONDS, Pair},
    world::World,
};

/// What stands in `PLACEMENT_OPTIONS`.
#[derive(Clone, Debug, Default)]
pub(crate) enum PlacementOptions {
    /// Empty: nothing to say.
    #[default]
    Empty,
    Absent,
    /// A JSON string, or whatever a test puts there.
    Raw(String),
}

/// What a launch can differ in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    /// To the installer instead of the app.
    pub(crate) install: bool,
    pub(crate) placement: Option<String>,
    /// Where to instead of the app's own addresses (a placement's handler).
    pub(crate) handler: Option<String>,
    pub(crate) placement_options: PlacementOptions,
    /// An older portal, which sends no `SERVER_ENDPOINT`, `APPLICATION_TOKEN`, `APPLICATION_SCOPE`.
    pub(crate) legacy: bool,
    pub(crate) lang: Option<String>,
}

/// A launch ready to be posted.
#[derive(Clone, Debug)]
pub(crate) struct Launch {
    pub(crate) url: String,
    pub(crate) app_sid: String,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Vec<(&'static str, String)>,
}

/// Makes a launch with a token chain of its own.
pub(crate) fn launch(world: &mut World, portal: usize, user_id: u64, wish: &Wish) -> Launch {
    if wish.install || !world.portals[portal].has_app() {
        world.portals[portal].begin_install();
    }
    let pair = world
        .tokens
        .issue(world.our_owner(portal, user_id), world.clock.seconds());
    let (site, here) = (&world.site, &world.portals[portal]);
    let app_sid = secret::app_sid();
    let language = here
        .users
        .get(&user_id)
        .map_or("en", |user| user.language.as_str());
    let query = vec![
        ("DOMAIN", site.host(here)),
        ("PROTOCOL", u8::from(site.tls).to_string()),
        ("LANG", wish.lang.clone().unwrap_or_else(|| language.to_owned())),
        ("APP_SID", app_sid.clone()),
    ];
    let door = if wish.install { "install" } else { "app" };
    let to = wish
        .handler
        .clone()
        .unwrap_or_else(|| format!("{}/{door}", site.app_url));
    let joint = if to.contains('?') { '&' } else { '?' };
    let url = format!("{to}{joint}{}", encode(&query));
    Launch {
        url,
        app_sid,
        query,
        body: body(site, here, pair, wish),
    }
}

/// The form, in the platform's order.
fn body(site: &Site, here: &Portal, pair: Pair, wish: &Wish) -> Vec<(&'static str, String)> {
    let mut body = vec![
        ("AUTH_ID", pair.access_token),
        ("AUTH_EXPIRES", ACCESS_SECONDS.to_string()),
        ("REFRESH_ID", pair.refresh_token),
    ];
    if !wish.legacy {
        body.push(("SERVER_ENDPOINT", site.server_endpoint()));
        body.push(("APPLICATION_TOKEN", here.application_token.clone()));
        body.push(("APPLICATION_SCOPE", here.scope_list()));
    }
    body.push(("member_id", here.member_id.clone()));
    body.push(("status", here.status.clone()));
    body.push((
        "PLACEMENT",
        wish.placement.clone().unwrap_or_else(|| "DEFAULT".to_owned()),
    ));
    match &wish.placement_options {
        PlacementOptions::Empty => body.push(("PLACEMENT_OPTIONS", String::new())),
        PlacementOptions::Raw(options) => body.push(("PLACEMENT_OPTIONS", options.clone())),
        PlacementOptions::Absent => {}
    }
    body
}

impl Launch {
    /// The launch for a control call's answer.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "url": self.url,
            "query": object(&self.query),
            "body": object(&self.body),
            "form": encode(&self.body),
        })
    }
}

/// A launch through the control API, where no frame can finish the installer: one that is not for
/// the installer counts as an installed app.
pub(crate) fn settle(world: &mut World, portal: usize, install: bool) {
    if !install && world.portals[portal].app != AppState::Installed {
        world.portals[portal].finish_install();
    }
}

fn encode(fields: &[(&'static str, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn object(fields: &[(&'static str, String)]) -> Value {
    Value::Object(
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect::<Map<_, _>>(),
    )
}
