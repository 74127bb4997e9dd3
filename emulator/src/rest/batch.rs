//! `batch`: up to fifty commands in one call, later ones may refer to earlier results.

use serde_json::{Map, Value, json};

use super::{Caller, invoke, methods, over_budget, unknown_method};
use crate::{params::Param, reply::Refusal, world::World};

const MOST_COMMANDS: usize = 50;

/// What the commands have answered so far.
#[derive(Default)]
struct Outcome {
    results: Vec<(String, Value)>,
    errors: Vec<(String, Value)>,
    totals: Vec<(String, Value)>,
    times: Vec<(String, Value)>,
}

/// Runs the commands in order; with `halt` the first error ends it.
pub(super) fn batch(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    let commands = match params.get("cmd") {
        Some(commands @ (Param::List(_) | Param::Tree(_))) => commands.entries(),
        _ => return Err(Refusal::argument("Argument 'cmd' must be an array of commands")),
    };
    if commands.len() > MOST_COMMANDS {
        return Err(Refusal::new(
            400,
            "ERROR_BATCH_LENGTH_EXCEEDED",
            "Max batch length exceeded",
        ));
    }
    let halt = params
        .text("halt")
        .is_some_and(|halt| !matches!(halt.as_str(), "" | "0" | "false" | "N"));
    let mut outcome = Outcome::default();
    for (name, command) in commands {
        let started = world.clock.precise();
        match run(world, caller, command, &outcome.results) {
            Ok(result) => {
                let time = super::time(world, started, None);
                outcome.add(name, result, time);
            }
            Err(error) => {
                outcome.errors.push((name, error));
                if halt {
                    break;
                }
            }
        }
    }
    Ok(outcome.into_json())
}

impl Outcome {
    fn add(&mut self, name: String, result: Value, time: Value) {
        if let Some(list) = result.as_array() {
            self.totals.push((name.clone(), json!(list.len())));
        }
        self.times.push((name.clone(), time));
        self.results.push((name, result));
    }

    fn into_json(self) -> Value {
        json!({
            "result": php_array(self.results),
            "result_error": php_array(self.errors),
            "result_total": php_array(self.totals),
            "result_next": [],
            "result_time": php_array(self.times),
        })
    }
}

fn run(
    world: &mut World,
    caller: &Caller,
    command: &Param,
    results: &[(String, Value)],
) -> Result<Value, Value> {
    let (name, params) = parse(command);
    let params = resolve(params, results);
    let refused = |refusal: Refusal| refusal.to_json();
    let method = methods::find(&name).ok_or_else(|| refused(unknown_method()))?;
    if method.name == "batch" {
        let description = "Method is not allowed for batch usage";
        return Err(refused(Refusal::new(
            405,
            "ERROR_BATCH_METHOD_NOT_ALLOWED",
            description,
        )));
    }
    let member_id = caller.portal(world).member_id.clone();
    if let Some(error) = world.faults.strike_command(method.name, &member_id) {
        return Err(error);
    }
    // Each command counts on its own method's budget; the bucket has counted the batch as one request.
    let now = world.clock.precise();
    world
        .limits
        .work(&member_id, method.name, now)
        .map_err(|reset_at| refused(over_budget(reset_at)))?;
    invoke(world, caller, method, &params).map_err(refused)
}

/// A command is `method?query`, or `{method, params}`.
fn parse(command: &Param) -> (String, Param) {
    if let Some(text) = command.as_text() {
        let (name, query) = text.split_once('?').unwrap_or((&text, ""));
        return (name.trim().to_owned(), Param::form(query));
    }
    let params = command.get("params").cloned().unwrap_or_else(Param::empty);
    (command.text("method").unwrap_or_default(), params)
}

/// Puts earlier results in the place of `$result[name][path]`.
fn resolve(param: Param, results: &[(String, Value)]) -> Param {
    match param {
        Param::Text(text) if text.contains("$result[") => replace(&text, results),
        Param::List(items) => Param::List(items.into_iter().map(|item| resolve(item, results)).collect()),
        Param::Tree(entries) => Param::Tree(
            entries
                .into_iter()
                .map(|(name, value)| (name, resolve(value, results)))
                .collect(),
        ),
        other => other,
    }
}

/// A text that is one reference becomes the value itself; references inside a text become text.
fn replace(text: &str, results: &[(String, Value)]) -> Param {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("$result[") {
        out.push_str(&rest[..at]);
        let (path, after) = path(&rest[at + "$result".len()..]);
        let value = look_up(results, &path);
        if at == 0 && after.is_empty() && out.is_empty() {
            return Param::from(&value);
        }
        out.push_str(&Param::from(&value).as_text().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    Param::Text(out)
}

/// Splits `[a][b] rest` into its path and the rest.
fn path(text: &str) -> (Vec<&str>, &str) {
    let mut path = Vec::new();
    let mut rest = text;
    while let Some((segment, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        path.push(segment);
        rest = after;
    }
    (path, rest)
}

fn look_up(results: &[(String, Value)], path: &[&str]) -> Value {
    let Some((first, rest)) = path.split_first() else {
        return Value::Null;
    };
    let start = results
        .iter()
        .find(|(name, _)| name == first)
        .map(|(_, value)| value);
    let found = rest.iter().try_fold(start, |value, segment| {
        let value = value?;
        let child = match value {
            Value::Array(items) => segment.parse::<usize>().ok().and_then(|at| items.get(at)),
            other => other.get(segment),
        };
        child.map(Some)
    });
    found.flatten().cloned().unwrap_or(Value::Null)
}

/// PHP has one kind of array: empty or counted ones are lists, all others objects.
fn php_array(entries: Vec<(String, Value)>) -> Value {
    if entries
        .iter()
        .enumerate()
        .all(|(at, (name, _))| *name == at.to_string())
    {
        return entries.into_iter().map(|(_, value)| value).collect();
    }
    Value::Object(entries.into_iter().collect::<Map<_, _>>())
}
