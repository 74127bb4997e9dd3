//! The fault schedule: which call is to go wrong, when, and how. What a fault does to a connection is
//! done by the door.

use serde_json::{Value, json};

use crate::{
    control::{Args, Complaint},
    journal::Listener,
    world::World,
};

/// What happens to a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Deed {
    /// Wait, then go on as usual (even if the caller has given up by then).
    Delay { ms: u64 },
    /// Never answer, and do nothing.
    Hang,
    /// Close the connection without an answer, having done nothing.
    Drop,
    /// Do everything, then close the connection without an answer.
    RotateThenDrop,
    /// Do everything, then never answer.
    ProcessThenHang,
    /// Do everything at once, answer late.
    RotateThenDelay { ms: u64 },
    /// Answer this without doing anything.
    Answer { status: u16, body: Body },
    /// Send the caller elsewhere.
    Redirect { to: Target, status: u16 },
    /// Do everything, answer half of the body and close the connection.
    Truncate,
    /// An answer that never ends.
    Endless,
    /// Do everything, answer byte by byte.
    Drip { ms: u64 },
    /// Do everything, answer with megabytes of nothing, which may come packed.
    Pad { mb: u64, gzip: bool },
    /// Do everything, answer with so many more headers.
    Headers { count: u64 },
}

/// The body of a prepared answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Json(Value),
    Html(String),
    Text(String),
    /// Says that it is JSON, and is not.
    Garbage(String),
}

/// Where a redirect leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// To this address.
    Location(String),
    /// To the same path at another host.
    Host(String),
    /// To the same portal's licence page.
    LicencePage,
}

/// One line of the schedule.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    on: String,
    listener: Option<Listener>,
    member_id: Option<String>,
    /// Strikes at this matching call (counted from 1); without it, at the first that no other line takes.
    nth: Option<u64>,
    /// How many times it strikes; 0 means for ever.
    times: u64,
    seen: u64,
    struck: u64,
    name: &'static str,
    deed: Deed,
}

impl Fault {
    fn matches(&self, method: &str, listener: Listener, member_id: Option<&str>) -> bool {
        (self.on == "*" || self.on.eq_ignore_ascii_case(method))
            && self.listener.is_none_or(|wanted| wanted == listener)
            && self
                .member_id
                .as_deref()
                .is_none_or(|wanted| member_id == Some(wanted))
    }

    fn due(&self) -> bool {
        match self.nth {
            Some(nth) => self.seen >= nth && (self.times == 0 || self.seen < nth.saturating_add(self.times)),
            None => self.times == 0 || self.struck < self.times,
        }
    }
}

/// The schedule.
#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Counts a call and says what is to happen to it: the first due line of the schedule.
    pub(crate) fn strike(
        &mut self,
        method: &str,
        listener: Listener,
        member_id: Option<&str>,
    ) -> Option<(&'static str, Deed)> {
        let mut struck = None;
        for fault in self
            .0
            .iter_mut()
            .filter(|fault| fault.matches(method, listener, member_id))
        {
            fault.seen += 1;
            if struck.is_none() && fault.due() {
                fault.struck += 1;
                struck = Some((fault.name, fault.deed.clone()));
            }
        }
        struck
    }

    /// The error that is due for a command inside a batch; other deeds need a call of their own.
    pub(crate) fn strike_command(&mut self, method: &str, member_id: &str) -> Option<Value> {
        for fault in self
            .0
            .iter_mut()
            .filter(|fault| fault.on != "*" && fault.name == "error")
        {
            if !fault.matches(method, Listener::Portal, Some(member_id)) {
                continue;
            }
            fault.seen += 1;
            if let (
                true,
                Deed::Answer {
                    body: Body::Json(body),
                    ..
                },
            ) = (fault.due(), &fault.deed)
            {
                fault.struck += 1;
                return Some(body.clone());
            }
        }
        None
    }

    /// Reads a schedule: an array of faults, or one.
    pub(crate) fn parse(body: &Value, world: &World) -> Result<Self, Complaint> {
        let lines = match body {
            Value::Array(lines) => lines.as_slice(),
            one @ Value::Object(_) => std::slice::from_ref(one),
            _ => {
                return Err(Complaint::bad(
                    "the body must be an array of faults (empty to clear), or one fault",
                ));
            }
        };
        let parse = |(at, line)| {
            fault(line, world).map_err(|c| Complaint {
                description: format!("fault {at}: {}", c.description),
                ..c
            })
        };
        Ok(Self(
            lines.iter().enumerate().map(parse).collect::<Result<_, _>>()?,
        ))
    }

    /// The schedule and how far it has come.
    pub(crate) fn to_json(&self) -> Value {
        let line = |fault: &Fault| {
            json!({
                "on": fault.on, "listener": fault.listener, "portal": fault.member_id, "nth": fault.nth,
                "times": fault.times, "do": fault.name, "seen": fault.seen, "struck": fault.struck,
            })
        };
        self.0.iter().map(line).collect()
    }
}

fn fault(line: &Value, world: &World) -> Result<Fault, Complaint> {
    let args = Args::of(line)?;
    let listener = match args.text("listener")?.as_deref() {
        None => None,
        Some("oauth") => Some(Listener::Oauth),
        Some("portal") => Some(Listener::Portal),
        Some(_) => return Err(Complaint::bad("`listener` must be \"oauth\" or \"portal\"")),
    };
    let member_id = match args.raw("portal").filter(|portal| !portal.is_null()) {
        None => None,
        Some(_) => Some(world.portals[args.portal(world)?].member_id.clone()),
    };
    let nth = args.count("nth")?;
    if nth == Some(0) {
        return Err(Complaint::bad("`nth` counts from 1"));
    }
    let (name, deed) = deed(args, world)?;
    let (on, times) = (args.required_text("on")?, args.count("times")?.unwrap_or(1));
    Ok(Fault {
        on,
        listener,
        member_id,
        nth,
        times,
        seen: 0,
        struck: 0,
        name,
        deed,
    })
}

const DEEDS: &str = "delay, hang, drop, rotate_then_drop, process_then_drop, process_then_hang, rotate_then_delay, \
                     status, html, error, redirect, truncate, garbage, endless, drip, pad, headers";

fn deed(args: Args<'_>, world: &World) -> Result<(&'static str, Deed), Complaint> {
    let ms = || {
        args.count("ms")?
            .ok_or_else(|| Complaint::bad("`ms` is missing: how long, in milliseconds"))
    };
    let named = args.required_text("do")?;
    Ok(match named.as_str() {
        "delay" => ("delay", Deed::Delay { ms: ms()? }),
        "hang" => ("hang", Deed::Hang),
        "drop" => ("drop", Deed::Drop),
        "rotate_then_drop" | "process_then_drop" => ("rotate_then_drop", Deed::RotateThenDrop),
        "process_then_hang" | "rotate_then_hang" => ("process_then_hang", Deed::ProcessThenHang),
        "rotate_then_delay" => ("rotate_then_delay", Deed::RotateThenDelay { ms: ms()? }),
        "status" => ("status", status(args)?),
        "html" => ("html", html(args)?),
        "error" => ("error", error(args, world)?),
        "redirect" => ("redirect", redirect(args)?),
        "truncate" => ("truncate", Deed::Truncate),
        "garbage" => ("garbage", garbage(args)?),
        "endless" => ("endless", Deed::Endless),
        "drip" => ("drip", Deed::Drip { ms: ms()? }),
        "pad" => ("pad", pad(args)?),
        "headers" => (
            "headers",
            Deed::Headers {
                count: counted(args, "count")?,
            },
        ),
        other => {
            return Err(Complaint::bad(format!(
                "unknown `do`: \"{other}\"; known are {DEEDS}"
            )));
        }
    })
}

fn counted(args: Args<'_>, name: &str) -> Result<u64, Complaint> {
    let missing = || Complaint::bad(format!("`{name}` is missing: how many"));
    args.count(name)?.ok_or_else(missing)
}

fn pad(args: Args<'_>) -> Result<Deed, Complaint> {
    Ok(Deed::Pad {
        mb: counted(args, "mb")?,
        gzip: args.is("gzip")?,
    })
}

fn status(args: Args<'_>) -> Result<Deed, Complaint> {
    let status = args
        .status("status")?
        .ok_or_else(|| Complaint::bad("`status` is missing"))?;
    let body = match args.raw("body") {
        None | Some(Value::Null) => Body::Text(String::new()),
        Some(Value::String(text)) => Body::Text(text.clone()),
        Some(body) => Body::Json(body.clone()),
    };
    Ok(Deed::Answer { status, body })
}

fn html(args: Args<'_>) -> Result<Deed, Complaint> {
    let page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>\
                <body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>";
    let body = args.text("body")?.unwrap_or_else(|| page.to_owned());
    Ok(Deed::Answer {
        status: args.status("status")?.unwrap_or(502),
        body: Body::Html(body),
    })
}

fn garbage(args: Args<'_>) -> Result<Deed, Complaint> {
    let body = args
        .text("body")?
        .unwrap_or_else(|| "{\"result\":{\"this is\":no JSON".to_owned());
    Ok(Deed::Answer {
        status: args.status("status")?.unwrap_or(200),
        body: Body::Garbage(body),
    })
}

fn error(args: Args<'_>, world: &World) -> Result<Deed, Complaint> {
    let error = args
        .raw("error")
        .cloned()
        .ok_or_else(|| Complaint::bad("`error` is missing: any JSON value"))?;
    let code = error.as_str().unwrap_or_default();
    let status = args.status("status")?.unwrap_or_else(|| usual_status(code));
    let mut body = json!({ "error": error });
    if let Some(description) = args.raw("error_description").filter(|value| !value.is_null()) {
        body["error_description"] = description.clone();
    }
    if let Some(time) = args.raw("time") {
        body["time"] = time.clone();
    } else if code.eq_ignore_ascii_case("OPERATION_TIME_LIMIT") {
        body["time"] = json!({ "operating_reset_at": world.clock.seconds() + 600, "operating": 480 });
    }
    Ok(Deed::Answer {
        status,
        body: Body::Json(body),
    })
}

/// The status that the platform sends with an error code.
fn usual_status(code: &str) -> u16 {
    match code.to_ascii_lowercase().as_str() {
        "wrong_client" => 200,
        "expired_token"
        | "invalid_token"
        | "no_auth_found"
        | "authorization_error"
        | "error_oauth"
        | "application_not_found"
        | "not_installed" => 401,
        "payment_required" => 402,
        "insufficient_scope"
        | "invalid_scope"
        | "invalid_credentials"
        | "user_access_error"
        | "access_denied"
        | "wrong_auth_type" => 403,
        "error_method_not_found" | "error_manifest_is_not_available" => 404,
        "error_batch_method_not_allowed" => 405,
        "portal_deleted" => 410,
        "operation_time_limit" => 429,
        "internal_server_error" | "error_unexpected_answer" => 500,
        "query_limit_exceeded" | "overload_limit" => 503,
        _ => 400,
    }
}

fn redirect(args: Args<'_>) -> Result<Deed, Complaint> {
    let to = if args.is("same_host")? {
        Target::LicencePage
    } else if let Some(host) = args.text("host")? {
        Target::Host(host)
    } else {
        let location = args.text("location")?;
        Target::Location(
            location.ok_or_else(|| Complaint::bad("give `location`, `host` or `same_host: true`"))?,
        )
    };
    let status = args.status("status")?.unwrap_or(302);
    if !(300..400).contains(&status) {
        return Err(Complaint::bad("`status` of a redirect must be 3xx"));
    }
    Ok(Deed::Redirect { to, status })
}
