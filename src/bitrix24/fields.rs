//! Parameters of a query or a form. Whoever sends them decides what stands in them and under which name, so all of
//! them count as secrets: none is ever printed, and all are wiped when they are no longer needed.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use zeroize::{Zeroize as _, Zeroizing};

/// Parameters of a query or a form, each name once.
#[derive(Clone, Default)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a parameter in; false, and nothing is taken, if there is one of this name already.
    #[must_use]
    pub fn insert(&mut self, mut name: String, mut value: String) -> bool {
        if self.0.contains_key(&name) {
            name.zeroize();
            value.zeroize();
            return false;
        }
        self.0.insert(name, value).is_none()
    }

    /// The value of a parameter, if it is there.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The value of a parameter; empty if it is not there.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Whether a parameter is there, be it empty.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them as a JSON object, in the order of their names, for being sealed.
    pub fn to_json(&self) -> serde_json::Result<Zeroizing<Vec<u8>>> {
        // Measured first: a vector that grows leaves unwiped copies of its beginning behind.
        let mut measured = Measure(0);
        serde_json::to_writer(&mut measured, &self.0)?;
        let mut json = Zeroizing::new(Vec::with_capacity(measured.0));
        serde_json::to_writer(&mut *json, &self.0)?;
        Ok(json)
    }

    /// Reads what [`Fields::to_json`] has written.
    #[must_use]
    pub fn from_json(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok().map(Self)
    }
}

/// How much is written, and nothing else of it.
struct Measure(usize);

impl Write for Measure {
    fn write(&mut self, written: &[u8]) -> io::Result<usize> {
        self.0 += written.len();
        Ok(written.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl FromIterator<(String, String)> for Fields {
    /// Of two with the same name the first one counts.
    fn from_iter<I: IntoIterator<Item = (String, String)>>(given: I) -> Self {
        let mut fields = Self::new();
        for (name, value) in given {
            let _ = fields.insert(name, value);
        }
        fields
    }
}

/// Names are the sender's choice like values, so only their number is shown.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fields({})", self.len())
    }
}

impl Drop for Fields {
    fn drop(&mut self) {
        for (mut name, mut value) in std::mem::take(&mut self.0) {
            name.zeroize();
            value.zeroize();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let owned = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        owned.collect()
    }

    #[test]
    fn neither_names_nor_values_are_printed() {
        let fields = fields(&[("AUTH_ID", "s3cr3t"), ("auth[s3cr3t]", "")]);
        assert_eq!(format!("{fields:?} {fields:#?}"), "Fields(2) Fields(2)");
    }

    #[test]
    fn a_name_is_taken_once() {
        let mut fields = fields(&[("code", "a"), ("code", "b")]);
        assert!(!fields.insert("code".into(), "c".into()));
        assert_eq!((fields.len(), fields.text("code")), (1, "a"));
        assert_eq!((fields.get("state"), fields.text("state")), (None, ""));
    }

    #[test]
    fn what_is_written_as_json_is_read_again_and_stands_in_one_piece() {
        let sent = fields(&[("auth[member_id]", "a\"\\\u{e9}\n"), ("event", "X")]);
        let json = sent.to_json().unwrap();
        assert_eq!(json.capacity(), json.len());
        assert_eq!(json.as_slice(), br#"{"auth[member_id]":"a\"\\"#.iter().chain("é\\n\",\"event\":\"X\"}".as_bytes()).copied().collect::<Vec<_>>());
        let read = Fields::from_json(&json).unwrap();
        assert_eq!(read.get("auth[member_id]"), sent.get("auth[member_id]"));
        assert!(Fields::from_json(b"[]").is_none());
    }
}
