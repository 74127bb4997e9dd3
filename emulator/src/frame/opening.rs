//! Opening a page: who sees what, and the launch that goes into the iframe.

use serde_json::{Map, Value, json};

use crate::{
    control::{Args, Complaint},
    launch::{self, Launch, PlacementOptions, Wish},
    params::Param,
    portal::{PlacementBinding, Portal, User},
    world::World,
};

/// An iframe that is open somewhere; its `APP_SID` finds it.
#[derive(Clone, Debug)]
pub(crate) struct OpenFrame {
    pub(crate) member_id: String,
    pub(crate) user_id: u64,
    /// It shows the installer.
    pub(crate) install: bool,
    /// The page around it is the mobile app's.
    pub(crate) mobile: bool,
    /// It stands above the page, in a slider that has its size.
    pub(crate) popup: bool,
    pub(crate) placement: String,
    pub(crate) launch: Launch,
    pub(crate) placement_options: Value,
}

/// The languages of the platform, by its codes.
const LANGUAGES: [(&str, &str); 20] = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("la", "Español"),
    ("br", "Português"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("pl", "Polski"),
    ("ru", "Русский"),
    ("ua", "Українська"),
    ("tr", "Türkçe"),
    ("sc", "简体中文"),
    ("tc", "繁體中文"),
    ("ja", "日本語"),
    ("vn", "Tiếng Việt"),
    ("id", "Bahasa Indonesia"),
    ("ms", "Bahasa Melayu"),
    ("th", "ไทย"),
    ("in", "हिन्दी"),
    ("ar", "العربية"),
    ("kz", "Қазақша"),
];

/// Longest list of open frames that is kept; the oldest are closed tabs.
const MOST_FRAMES: usize = 10_000;

/// `open {path,query,params?}`: what the page at this path shows to the current user.
pub(super) fn open(world: &mut World, portal: usize, args: Args<'_>) -> Result<Value, Complaint> {
    let path = args.text("path")?.unwrap_or_else(|| "/".to_owned());
    let query = args.text("query")?.unwrap_or_default();
    let mut view = chrome(world, portal);
    let content = match segments(&path).as_slice() {
        ["online", ..] => json!({ "kind": "chat", "dialog": Param::form(&query).text("IM_DIALOG") }),
        ["contact_center"] => contact_center(&world.portals[portal]),
        [] | ["marketplace", "app" | "view", ..] | ["mobile", "marketplace"] | ["contact_center", ..] => {
            app(world, portal, &path, &query, args.raw("params"))
        }
        _ => json!({ "kind": "plain", "title": path }),
    };
    view["content"] = content;
    Ok(view)
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// The frame around every page: people, languages, portals.
fn chrome(world: &World, portal: usize) -> Value {
    let here = &world.portals[portal];
    let person = |user: &User| {
        json!({
            "id": user.id, "name": user.full_name(), "admin": user.admin, "language": user.language,
        })
    };
    let link = |other: &Portal| json!({ "name": other.name, "url": world.site.portal_url(other) });
    json!({
        "portal": here.name,
        "host": world.site.host(here),
        "user": here.users.get(&here.current_user).map(person),
        "users": here.users.values().filter(|user| user.active).map(person).collect::<Value>(),
        "portals": world.portals.iter().map(link).collect::<Value>(),
        "languages": LANGUAGES,
        "installed": here.installed(),
    })
}

fn app(world: &mut World, portal: usize, path: &str, query: &str, params: Option<&Value>) -> Value {
    let here = &world.portals[portal];
    let (user_id, admin) = (
        here.current_user,
        here.users.get(&here.current_user).is_some_and(|user| user.admin),
    );
    let install = !here.installed();
    if install && !admin {
        return json!({ "kind": "not_installed" });
    }
    if here.payment_over {
        return json!({ "kind": "payment" });
    }
    let Some((wish, options)) = wish(here, path, query, params, install) else {
        return json!({ "kind": "plain", "title": "Page not found" });
    };
    let launch = launch::launch(world, portal, user_id, &wish);
    let frame = OpenFrame {
        member_id: world.portals[portal].member_id.clone(),
        user_id,
        install,
        mobile: segments(path).first() == Some(&"mobile"),
        popup: params.is_some_and(|params| !params.is_null()),
        placement: wish.placement.unwrap_or_else(|| "DEFAULT".to_owned()),
        launch: launch.clone(),
        placement_options: options,
    };
    world.open_frame(frame, MOST_FRAMES);
    describe(world, portal, &launch, install)
}

/// The tiles of the placements that are bound there.
fn contact_center(here: &Portal) -> Value {
    let bound = here
        .placements
        .iter()
        .enumerate()
        .filter(|(_, bound)| bound.placement == "CONTACT_CENTER");
    let tile = |(at, bound): (usize, &PlacementBinding)| json!({ "title": bound.title, "path": format!("/contact_center/{at}/") });
    json!({ "kind": "contact_center", "tiles": bound.map(tile).collect::<Value>() })
}

fn describe(world: &World, portal: usize, launch: &Launch, install: bool) -> Value {
    let host = world.site.host(&world.portals[portal]);
    let origin = url::Url::parse(&launch.url)
        .map(|url| url.origin().ascii_serialization())
        .unwrap_or_default();
    json!({
        "kind": "app",
        "install": install,
        "url": launch.url,
        "fields": launch.body,
        "app_sid": launch.app_sid,
        "origin": origin,
        "name": format!("{host}|{}|{}", u8::from(world.site.tls), launch.app_sid),
    })
}

/// What is launched at a path: the page's own query arrives in `PLACEMENT_OPTIONS`.
fn wish(
    here: &Portal,
    path: &str,
    query: &str,
    params: Option<&Value>,
    install: bool,
) -> Option<(Wish, Value)> {
    let form = Param::form(query);
    match segments(path).as_slice() {
        ["marketplace", "view", ..] if !install => {
            let bound = here
                .placements
                .iter()
                .find(|bound| bound.placement == "REST_APP_URI")?;
            return Some(placed(
                bound,
                link_options(&here.address.path, path, query, &form),
            ));
        }
        ["contact_center", at, ..] if !install => {
            return Some(placed(here.placements.get(at.parse::<usize>().ok()?)?, json!({})));
        }
        // The mobile app names the placement in the page's query.
        ["mobile", ..] if !install && form.get("bx24_placement").is_some() => {
            let code = form.text("bx24_placement")?;
            let bound = here.placements.iter().find(|bound| bound.placement == code)?;
            let options = form.text("bx24_placementOptions").unwrap_or_default();
            return Some(placed(bound, serde_json::from_str(&options).unwrap_or_default()));
        }
        _ => {}
    }
    let given = params.cloned().filter(|params| !params.is_null());
    let options = given.unwrap_or_else(|| form.to_json());
    let placement_options = match options.as_object() {
        Some(fields) if fields.is_empty() => PlacementOptions::Empty,
        _ => PlacementOptions::Raw(options.to_string()),
    };
    Some((
        Wish {
            install,
            placement_options,
            ..Wish::default()
        },
        options,
    ))
}

/// A link's `params`, and the address it was.
fn link_options(base: &str, path: &str, query: &str, form: &Param) -> Value {
    let mut options = match form.get("params").map(Param::to_json) {
        Some(Value::Object(options)) => options,
        _ => Map::new(),
    };
    options.insert("URI".to_owned(), json!(format!("{base}{path}?{query}")));
    Value::Object(options)
}

fn placed(bound: &PlacementBinding, options: Value) -> (Wish, Value) {
    let wish = Wish {
        placement: Some(bound.placement.clone()),
        handler: Some(bound.handler.clone()),
        placement_options: PlacementOptions::Raw(options.to_string()),
        ..Wish::default()
    };
    (wish, options)
}
