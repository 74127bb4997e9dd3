//! `tests/mutations.toml`: which lines are a defence, what stands there without it, and which stories then fail.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

/// One defence and how to take it out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mutation {
    /// The threat of `docs/threat-model.md` that it is a defence against.
    pub(crate) threat: String,
    /// The defence, in words.
    pub(crate) what: String,
    /// Where it stands.
    pub(crate) file: String,
    /// Its lines; once in the file.
    take: String,
    /// What stands there without it.
    put: String,
    /// The stories that must fail then, as `file::name`.
    stories: Vec<String>,
}

#[derive(Deserialize)]
struct Plan {
    mutation: Vec<Mutation>,
}

/// Reads them all.
pub(crate) fn read(root: &Path) -> Result<Vec<Mutation>> {
    let path = root.join("tests/mutations.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let plan: Plan = toml::from_str(&text).with_context(|| path.display().to_string())?;
    Ok(plan.mutation)
}

impl Mutation {
    /// The names of the stories.
    pub(crate) fn stories(&self) -> impl Iterator<Item = &str> {
        self.stories.iter().map(String::as_str)
    }

    /// The file without the defence.
    pub(crate) fn applied_to(&self, whole: &str) -> Result<String> {
        let found = whole.matches(&self.take).count();
        ensure!(
            found == 1,
            "{}: the defence {:?} stands there {found} times",
            self.file,
            self.what
        );
        Ok(whole.replacen(&self.take, &self.put, 1))
    }
}
