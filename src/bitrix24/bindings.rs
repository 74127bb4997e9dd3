//! What an installer binds in a portal: handlers of events, and placements, in one `batch` that also reads back
//! what is bound then. Whether it worked is judged by that, so binding twice does no harm.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Map, Value, json};
use url::{Url, form_urlencoded};

use super::refusal::{error_code, loggable};
use super::{Call, CallError, EventKind, Placement};

/// What is to be bound.
#[derive(Clone, Debug)]
pub struct BindingPlan {
    /// Where events go.
    pub event_handler: Url,
    /// What placements open.
    pub placement_handler: Url,
    /// The placements.
    pub placements: Vec<Placement>,
    /// What the app is called there.
    pub title: String,
}

/// Something that is not bound although it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbound {
    /// The event's or placement's name.
    pub what: &'static str,
    /// The code with which the portal refused, as far as it gave one.
    pub code: String,
}

/// What a binding came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BindingReport {
    /// Events that will not be heard of.
    pub events: Vec<Unbound>,
    /// Placements that are not there.
    pub placements: Vec<Unbound>,
}

impl BindingPlan {
    /// The plan in one line: a portal whose bindings were made by another plan is bound again.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut line = self.event_handler.to_string();
        for placement in &self.placements {
            let _ = write!(line, " {}", placement.as_str());
        }
        line
    }

    /// The one call that binds everything and reads back what is bound.
    #[must_use]
    pub fn call(&self, timeout: Duration) -> Call {
        let mut commands = Map::new();
        let mut add = |name: String, method: &str, params: &[(&str, &str)]| {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(params)
                .finish();
            commands.insert(name, format!("{method}?{query}").into());
        };
        for kind in EventKind::ALL {
            let event = kind.as_str();
            let params = [("event", event), ("handler", self.event_handler.as_str())];
            add(format!("bind_{event}"), "event.bind", &params);
        }
        add("events".into(), "event.get", &[]);
        for placement in &self.placements {
            let name = placement.as_str();
            // A handler under a former address would stay, and some places take one handler only.
            add(
                format!("clear_{name}"),
                "placement.unbind",
                &[("PLACEMENT", name)],
            );
            let params = [
                ("PLACEMENT", name),
                ("HANDLER", self.placement_handler.as_str()),
                ("TITLE", &self.title),
            ];
            add(format!("place_{name}"), "placement.bind", &params);
        }
        if !self.placements.is_empty() {
            add("placements".into(), "placement.get", &[]);
        }
        Call {
            method: "batch",
            params: json!({"halt": 0, "cmd": commands}),
            timeout,
        }
    }

    /// Reads what is bound now.
    pub fn read(&self, result: &Value) -> Result<BindingReport, CallError> {
        let results = result.get("result").ok_or(CallError::Unexpected("result"))?;
        let refused = |command: String| {
            let error = result.get("result_error").and_then(|errors| errors.get(&command));
            error
                .and_then(|error| error.get("error"))
                .map(|error| loggable(&error_code(error)))
                .unwrap_or_default()
        };
        let missing = |(list, what, command): (&str, &str, &str), name: &'static str, handler: &Url| {
            let command = format!("{command}_{name}");
            let bound = match results.get(list).and_then(Value::as_array) {
                Some(lines) => lines.iter().any(|line| is_bound(line, what, name, handler)),
                // The list was refused, by a limit for example: then the portal's yes to the binding must do.
                None => results.get(&command) == Some(&Value::Bool(true)),
            };
            (!bound).then(|| Unbound {
                what: name,
                code: refused(command),
            })
        };
        Ok(BindingReport {
            events: EventKind::ALL
                .iter()
                .filter_map(|kind| missing(("events", "event", "bind"), kind.as_str(), &self.event_handler))
                .collect(),
            placements: self
                .placements
                .iter()
                .filter_map(|placement| {
                    let list = ("placements", "placement", "place");
                    missing(list, placement.as_str(), &self.placement_handler)
                })
                .collect(),
        })
    }
}

/// Whether a line of `event.get` or `placement.get` says that this handler is bound to this name.
fn is_bound(line: &Value, what: &str, name: &str, handler: &Url) -> bool {
    let text = |field: &str| line.get(field).and_then(Value::as_str).unwrap_or_default();
    let same_address = Url::parse(text("handler")).is_ok_and(|bound| bound == *handler);
    text(what).eq_ignore_ascii_case(name) && same_address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(placements: &[Placement]) -> BindingPlan {
        BindingPlan {
            event_handler: "https://app.example/events".parse().unwrap(),
            placement_handler: "https://app.example/app".parse().unwrap(),
            placements: placements.to_vec(),
            title: "Channel Connect".into(),
        }
    }

    #[test]
    fn everything_is_bound_and_read_back_in_one_call() {
        let call = plan(&[Placement::RestAppUri]).call(Duration::from_secs(1));
        let commands = call.params["cmd"].as_object().unwrap();
        assert_eq!(commands.len(), 4 + 1 + 2 + 1);
        assert_eq!(
            commands["bind_ONAPPINSTALL"],
            "event.bind?event=ONAPPINSTALL&handler=https%3A%2F%2Fapp.example%2Fevents"
        );
        let order: Vec<_> = commands.keys().map(String::as_str).collect();
        let at = |name: &str| order.iter().position(|known| *known == name).unwrap();
        assert!(
            at("bind_ONAPPPAYMENT") < at("events") && at("clear_REST_APP_URI") < at("place_REST_APP_URI")
        );
        assert!(at("place_REST_APP_URI") < at("placements"));
    }

    #[test]
    fn what_is_bound_already_counts_and_what_is_not_is_named_with_its_code() {
        let line = |event: &str| json!({"event": event, "handler": "https://app.example/events"});
        let answer = json!({
            "result": {"events": [line("ONAPPINSTALL"), line("onappuninstall"), line("ONAPPUPDATE")]},
            "result_error": {
                "bind_ONAPPINSTALL": {"error": "ERROR_CORE"},
                "bind_ONAPPPAYMENT": {"error": "ACCESS_DENIED"},
            },
        });
        let report = plan(&[Placement::ContactCenter]).read(&answer).unwrap();
        let unbound = |what, code: &str| {
            vec![Unbound {
                what,
                code: code.into(),
            }]
        };
        assert_eq!(report.events, unbound("ONAPPPAYMENT", "ACCESS_DENIED"));
        assert_eq!(report.placements, unbound("CONTACT_CENTER", ""));
        let quoting =
            json!({"result": [], "result_error": {"bind_ONAPPINSTALL": {"error": "5ec2e75ec2e7c11e47"}}});
        let report = plan(&[]).read(&quoting).unwrap();
        assert_eq!(report.events[0].code, "(no code)");
        assert!(plan(&[]).read(&json!([])).is_err());
    }
}
