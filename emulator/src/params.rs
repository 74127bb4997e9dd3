//! Parameters as PHP understands them: JSON, or a form whose bracketed names make trees.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// PHP drops form fields that are nested deeper than this.
const DEEPEST: usize = 64;

/// One parameter. Unlike a JSON value it keeps the order of its keys, which `batch` needs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Param {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Param>),
    Tree(Vec<(String, Param)>),
}

impl Param {
    /// An empty tree.
    pub(crate) fn empty() -> Self {
        Self::Tree(Vec::new())
    }

    /// Reads a query string or a form body; `+` and percent codes are undone, the last of a name wins.
    pub(crate) fn form(raw: &str) -> Self {
        let mut tree = Vec::new();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let path = segments(&name);
            if path.len() > DEEPEST {
                continue;
            }
            set(&mut tree, &path, value.into_owned());
        }
        listed(Self::Tree(tree))
    }

    /// Reads a JSON body; what is no JSON object counts as no parameters, as on the platform.
    pub(crate) fn json(raw: &[u8]) -> Self {
        match serde_json::from_slice(raw) {
            Ok(tree @ Self::Tree(_)) => tree,
            _ => Self::empty(),
        }
    }

    /// Adds the entries of another tree; equal names are replaced.
    pub(crate) fn merge(&mut self, other: Self) {
        let (Self::Tree(mine), Self::Tree(theirs)) = (self, other) else {
            return;
        };
        for (name, value) in theirs {
            match mine.iter_mut().find(|(known, _)| *known == name) {
                Some((_, old)) => *old = value,
                None => mine.push((name, value)),
            }
        }
    }

    /// A child by name, in any letter case, or by its index in a list.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Tree(entries) => entries
                .iter()
                .rev()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, value)| value),
            Self::List(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// A child that can be read as text (numbers and booleans can, trees cannot).
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_text()
    }

    /// The parameter itself as text.
    pub(crate) fn as_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            Self::Bool(flag) => Some(u8::from(*flag).to_string()),
            Self::Null | Self::List(_) | Self::Tree(_) => None,
        }
    }

    /// The children with their names, in order.
    pub(crate) fn entries(&self) -> Vec<(String, &Self)> {
        match self {
            Self::Tree(entries) => entries
                .iter()
                .map(|(name, value)| (name.clone(), value))
                .collect(),
            Self::List(items) => items
                .iter()
                .enumerate()
                .map(|(at, value)| (at.to_string(), value))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The children of a tree, by value.
    pub(crate) fn into_entries(self) -> Vec<(String, Self)> {
        if let Self::Tree(entries) = self {
            entries
        } else {
            Vec::new()
        }
    }

    /// The parameter as JSON, for the journal.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Tree(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(name, value)| (name.clone(), value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

impl From<&Value> for Param {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(map) => Self::Tree(
                map.iter()
                    .map(|(name, value)| (name.clone(), value.into()))
                    .collect(),
            ),
        }
    }
}

/// `a[b][]` → `a`, `b`, empty.
fn segments(name: &str) -> Vec<&str> {
    let Some((base, mut rest)) = name.split_once('[').filter(|(base, _)| !base.is_empty()) else {
        return vec![name];
    };
    let mut path = vec![base];
    loop {
        let Some((segment, after)) = rest.split_once(']') else {
            return vec![name];
        };
        path.push(segment);
        match after.strip_prefix('[') {
            Some(more) => rest = more,
            None => return path,
        }
    }
}

fn set(tree: &mut Vec<(String, Param)>, path: &[&str], value: String) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    let name = if first.is_empty() {
        next_index(tree)
    } else {
        (*first).to_owned()
    };
    let at = tree
        .iter()
        .position(|(known, _)| *known == name)
        .unwrap_or_else(|| {
            tree.push((name, Param::Null));
            tree.len() - 1
        });
    let slot = &mut tree[at].1;
    if rest.is_empty() {
        *slot = Param::Text(value);
        return;
    }
    if !matches!(slot, Param::Tree(_)) {
        *slot = Param::empty();
    }
    if let Param::Tree(children) = slot {
        set(children, rest, value);
    }
}

fn next_index(tree: &[(String, Param)]) -> String {
    let last = tree.iter().filter_map(|(name, _)| name.parse::<u64>().ok()).max();
    last.map_or(0, |last| last.saturating_add(1)).to_string()
}

/// Turns trees below the top whose names count 0, 1, 2 … into lists, as PHP's arrays are both.
fn listed(param: Param) -> Param {
    let Param::Tree(entries) = param else { return param };
    Param::Tree(
        entries
            .into_iter()
            .map(|(name, value)| (name, list_or_tree(value)))
            .collect(),
    )
}

fn list_or_tree(param: Param) -> Param {
    let Param::Tree(entries) = param else { return param };
    let counts = entries
        .iter()
        .enumerate()
        .all(|(at, (name, _))| *name == at.to_string());
    let children = entries
        .into_iter()
        .map(|(name, value)| (name, list_or_tree(value)));
    if counts {
        Param::List(children.map(|(_, value)| value).collect())
    } else {
        Param::Tree(children.collect())
    }
}

impl<'de> Deserialize<'de> for Param {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Param;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Param, E> {
        Ok(Param::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Param, E> {
        Ok(Param::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Param, E> {
        Ok(Param::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Param, E> {
        Ok(Param::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Param, E> {
        Ok(Number::from_f64(number).map_or(Param::Null, Param::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Param, E> {
        Ok(Param::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Param, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Param::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Param, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Param::Tree(entries))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn brackets_make_trees_and_lists() {
        let form = Param::form("halt=0&cmd[a]=profile&cmd%5Bb%5D=scope%3Ffull%3D1&ids[]=1&ids[]=2&x[y][z]=1");
        assert_eq!(
            form.to_json(),
            json!({"halt": "0", "cmd": {"a": "profile", "b": "scope?full=1"}, "ids": ["1", "2"], "x": {"y": {"z": "1"}}})
        );
    }

    #[test]
    fn names_are_found_in_any_letter_case_and_the_last_wins() {
        let form = Param::form("code=1&CODE=2");
        assert_eq!(form.text("Code").as_deref(), Some("2"));
    }

    #[test]
    fn json_keeps_the_order_of_its_keys() {
        let json = Param::json(br#"{"cmd":{"z":"profile","a":"scope"}}"#);
        let names: Vec<_> = json
            .get("cmd")
            .unwrap()
            .entries()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["z", "a"]);
    }

    #[test]
    fn what_is_no_json_object_is_no_parameters() {
        assert_eq!(Param::json(b"[1"), Param::empty());
        assert_eq!(Param::json(b"7"), Param::empty());
    }
}
