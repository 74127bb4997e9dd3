//! Control calls that send events: only events, or events with the change of state behind them.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use serde_json::{Map, Value, json};
use tokio::time::sleep;

use super::{Args, Complaint, state};
use crate::{
    events::{self, Delivery, Overrides},
    world::{Shared, World},
};

/// Longest wait before a delivery.
const LONGEST_DELAY_MS: u64 = 600_000;

/// What becomes of deliveries.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// One after the other; the control call waits for the answers.
    InTurn,
    /// All at once; the control call waits for the answers.
    Parallel,
    /// The control call does not wait.
    Background,
    /// Kept until `release`.
    Held,
    /// Never sent.
    Lost,
}

/// More connections than this at once would be an attack, not a burst.
const MOST_AT_ONCE: usize = 200;

/// How deliveries are to go.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// How often each is sent.
    times: u64,
    delay: Duration,
    way: Way,
    reverse: bool,
}

impl Manner {
    fn of(args: Args<'_>) -> Result<Self, Complaint> {
        let reverse = match args.text("order")?.as_deref() {
            None | Some("forward" | "fifo") => false,
            Some("reverse" | "lifo") => true,
            Some(_) => return Err(Complaint::bad("`order` must be \"forward\" or \"reverse\"")),
        };
        let (times, delay) = (
            args.count("times")?.unwrap_or(1),
            args.count("delay_ms")?.unwrap_or(0),
        );
        if times > 100_000 || delay > LONGEST_DELAY_MS {
            return Err(Complaint::bad("at most 100000 `times` and 600000 `delay_ms`"));
        }
        let ways = [
            ("drop", Way::Lost),
            ("hold", Way::Held),
            ("background", Way::Background),
            ("parallel", Way::Parallel),
        ];
        let mut way = Way::InTurn;
        for (name, asked) in ways.into_iter().rev() {
            if args.is(name)? {
                way = asked;
            }
        }
        Ok(Self {
            times,
            delay: Duration::from_millis(delay),
            way,
            reverse,
        })
    }
}

/// Obeys one of the sending calls.
pub(super) async fn obey(shared: &Arc<Shared>, name: &str, body: &Value) -> Result<Value, Complaint> {
    if let ("event", Value::Array(several)) = (name, body) {
        let mut outcomes = Vec::new();
        for one in several {
            outcomes.push(Box::pin(obey(shared, name, one)).await?);
        }
        return Ok(Value::Array(outcomes));
    }
    let args = Args::of(body)?;
    let manner = Manner::of(args)?;
    let (deliveries, portal) = match name {
        "event" => (shared.with(|world| event(world, args))?, None),
        "release" => (shared.with(|world| std::mem::take(&mut world.held)), None),
        "install" => shared.with(|world| install(world, args))?,
        "update" => shared.with(|world| update(world, args))?,
        _ => shared.with(|world| uninstall(world, args))?,
    };
    let mut outcome = send(shared, deliveries, manner).await;
    if let Some(portal) = portal {
        outcome["portal"] = shared.with(|world| state::portal(world, &world.portals[portal]));
    }
    Ok(outcome)
}

type Sent = Result<(Vec<Delivery>, Option<usize>), Complaint>;

fn event(world: &mut World, args: Args<'_>) -> Result<Vec<Delivery>, Complaint> {
    let portal = args.portal(world)?;
    let event = args.required_text("event")?;
    let overrides = overrides(world, portal, args)?;
    Ok(events::make(world, portal, &event, &overrides))
}

/// `install {portal,deliver?}`: the installer has finished.
fn install(world: &mut World, args: Args<'_>) -> Sent {
    let portal = args.portal(world)?;
    let overrides = overrides(world, portal, args)?;
    let deliver = args.is("deliver")?;
    world.portals[portal].finish_install();
    let deliveries = if deliver {
        events::make(world, portal, "ONAPPINSTALL", &overrides)
    } else {
        Vec::new()
    };
    Ok((deliveries, Some(portal)))
}

/// `update {portal,new_token?,deliver?}`: a new version; handlers are wiped, the token may change.
fn update(world: &mut World, args: Args<'_>) -> Sent {
    let portal = args.portal(world)?;
    let mut overrides = overrides(world, portal, args)?;
    let (new_token, deliver) = (args.is("new_token")?, args.flag("deliver")?.unwrap_or(true));
    if !world.portals[portal].has_app() {
        return Err(Complaint::conflict("the app is not installed on this portal"));
    }
    // It still goes where the old version had asked for it.
    let bound = world.portals[portal]
        .events
        .iter()
        .find(|bound| bound.event == "ONAPPUPDATE" && !bound.offline);
    overrides.handler = overrides
        .handler
        .or_else(|| bound.map(|bound| bound.handler.clone()));
    world.portals[portal].update(new_token);
    let deliveries = if deliver {
        events::make(world, portal, "ONAPPUPDATE", &overrides)
    } else {
        Vec::new()
    };
    Ok((deliveries, Some(portal)))
}

/// `uninstall {portal,clean?,deliver?}`: tokens answer `NOT_INSTALLED` from now on.
fn uninstall(world: &mut World, args: Args<'_>) -> Sent {
    let portal = args.portal(world)?;
    let (clean, deliver) = (args.is("clean")?, args.flag("deliver")?.unwrap_or(true));
    let overrides = overrides(world, portal, args)?;
    let deliveries = remove_app(world, portal, clean, overrides);
    Ok((if deliver { deliveries } else { Vec::new() }, Some(portal)))
}

/// Takes the app away from a portal; answers the event that tells it.
pub(crate) fn remove_app(
    world: &mut World,
    portal: usize,
    clean: bool,
    overrides: Overrides,
) -> Vec<Delivery> {
    let mut data = Map::new();
    data.insert("CLEAN".to_owned(), json!(u8::from(clean).to_string()));
    data.extend(overrides.data.clone());
    let deliveries = events::make(world, portal, "ONAPPUNINSTALL", &Overrides { data, ..overrides });
    let ours = world.our_owner(portal, 0);
    world
        .tokens
        .kill(|owner| owner.member_id == ours.member_id && owner.client_id == ours.client_id);
    world.portals[portal].uninstall();
    deliveries
}

fn overrides(world: &World, portal: usize, args: Args<'_>) -> Result<Overrides, Complaint> {
    let object = |name: &str| match args.raw(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(fields)) => Ok(fields.clone()),
        Some(_) => Err(Complaint::bad(format!("`{name}` must be a JSON object"))),
    };
    let mut top = object("fields")?;
    for name in ["ts", "event_handler_id"] {
        if let Some(value) = args.raw(name) {
            top.insert(name.to_owned(), value.clone());
        }
    }
    let handler = args.text("handler")?.or(args.text("url")?);
    if handler
        .as_ref()
        .is_some_and(|handler| url::Url::parse(handler).is_err())
    {
        return Err(Complaint::bad("`handler` must be a URL"));
    }
    let user = Some(args.user(world, portal)?);
    Ok(Overrides {
        user,
        data: object("data")?,
        auth: object("auth")?,
        top,
        handler,
    })
}

/// Sends as asked; the answer shows the first delivery at the top and all of them in `deliveries`.
async fn send(shared: &Arc<Shared>, mut deliveries: Vec<Delivery>, manner: Manner) -> Value {
    if manner.reverse {
        deliveries.reverse();
    }
    let times = usize::try_from(manner.times).unwrap_or(usize::MAX);
    let all: Vec<_> = deliveries
        .iter()
        .flat_map(|delivery| std::iter::repeat_n(delivery.clone(), times))
        .collect();
    let outcomes = match manner.way {
        Way::Held => {
            shared.with(|world| world.held.extend(all.iter().cloned()));
            note_all(shared, &all, &json!({ "status": null, "held": true }))
        }
        Way::Lost => note_all(shared, &all, &json!({ "status": null, "dropped": true })),
        Way::Background => {
            events::deliver_later(shared, all.clone(), manner.delay);
            let outcome = json!({ "status": null, "background": true });
            all.iter().map(|delivery| delivery.to_json(&outcome)).collect()
        }
        Way::Parallel => {
            sleep(manner.delay).await;
            send_at_once(shared, &all).await
        }
        Way::InTurn => {
            sleep(manner.delay).await;
            send_in_turn(shared, &all).await
        }
    };
    let mut answer = outcomes
        .first()
        .cloned()
        .unwrap_or_else(|| json!({ "status": null }));
    answer["deliveries"] = Value::Array(outcomes);
    answer
}

/// By many at a time; outcomes keep the order of the events.
async fn send_at_once(shared: &Arc<Shared>, all: &[Delivery]) -> Vec<Value> {
    let mut outcomes = Vec::new();
    for some in all.chunks(MOST_AT_ONCE) {
        outcomes.extend(join_all(some.iter().map(|delivery| events::deliver(shared, delivery))).await);
    }
    outcomes
}

async fn send_in_turn(shared: &Arc<Shared>, all: &[Delivery]) -> Vec<Value> {
    let mut outcomes = Vec::new();
    for delivery in all {
        outcomes.push(events::deliver(shared, delivery).await);
    }
    outcomes
}

fn note_all(shared: &Arc<Shared>, all: &[Delivery], outcome: &Value) -> Vec<Value> {
    all.iter()
        .map(|delivery| events::note(shared, delivery, outcome))
        .collect()
}
