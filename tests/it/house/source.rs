//! The source tree as text, and the paths that it names.

use std::fs;
use std::path::{Path, PathBuf};

/// One file of the repository.
pub struct Source {
    /// From the repository's root, such as `src/web/connect.rs`.
    pub path: String,
    pub text: String,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below these folders, and those that are named themselves, in the order of their paths.
pub fn rust_files(places: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    for place in places {
        collect(root().join(place), &mut paths);
    }
    paths.sort();
    paths.iter().map(|path| Source::read(path)).collect()
}

fn collect(place: PathBuf, paths: &mut Vec<PathBuf>) {
    if place.is_dir() {
        for entry in fs::read_dir(place).unwrap() {
            collect(entry.unwrap().path(), paths);
        }
    } else if place.extension().is_some_and(|extension| extension == "rs") {
        paths.push(place);
    }
}

impl Source {
    fn read(path: &Path) -> Self {
        Self {
            path: path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned(),
            text: fs::read_to_string(path).unwrap(),
        }
    }

    /// The room that a file of the app is in: `web` for `src/web/connect.rs`, `service` for `src/service.rs`.
    pub fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap();
        let first = inside.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The text without lines that are comments.
    pub fn code(&self) -> String {
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        self.text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
    }

    /// The code without its `#[cfg(test)]` modules.
    pub fn code_without_tests(&self) -> String {
        let mut kept = String::new();
        let code = self.code();
        let mut lines = code.lines();
        while let Some(line) = lines.next() {
            if line == "#[cfg(test)]" {
                // A module in a file of its own ends with its line, one with a body where a brace stands alone.
                let has_body = lines.next().is_some_and(|opening| opening.ends_with('{'));
                let _ = has_body && lines.by_ref().any(|line| line == "}");
                continue;
            }
            kept.push_str(line);
            kept.push('\n');
        }
        kept
    }

    /// Modules in files of their own that only tests have: their names.
    pub fn test_modules(&self) -> Vec<&str> {
        let after = self.text.split("#[cfg(test)]\nmod ").skip(1);
        after
            .filter_map(|rest| rest.lines().next().unwrap_or_default().strip_suffix(';'))
            .collect()
    }

    /// Every path of our own crate that the code names, without `crate`; `super` is followed up to the root.
    pub fn own_paths(&self) -> Vec<Vec<String>> {
        let code = self.code();
        let mut found = paths_after("crate::", &code);
        found.extend(paths_after("channel_connect::", &code));
        let up = "super::".repeat(self.depth());
        found.extend(paths_after(&up, &code));
        found
    }

    /// How many modules deep the file is: that many `super` lead to the root of the crate.
    fn depth(&self) -> usize {
        let inside = self.path.strip_prefix("src/").unwrap();
        inside.split('/').filter(|part| *part != "mod.rs").count()
    }

    /// Whether the code names this library.
    pub fn names_library(&self, library: &str) -> bool {
        let code = self.code();
        let used = [
            format!("{library}::"),
            format!("use {library};"),
            format!("use {library} as "),
        ];
        used.iter().any(|text| starts_of(text, &code).next().is_some())
    }
}

/// Where `text` stands in `code` as the beginning of a path.
fn starts_of<'a>(text: &'a str, code: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(text)
        .map(|(at, _)| at)
        .filter(|at| !code[..*at].ends_with(|before: char| before.is_alphanumeric() || "_:".contains(before)))
}

fn paths_after(prefix: &str, code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for at in starts_of(prefix, code) {
        tree(&mut &code[at + prefix.len()..], &[], &mut found);
    }
    found
}

/// Reads one tree of a `use`, or one path of an expression: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn tree(rest: &mut &str, above: &[String], found: &mut Vec<Vec<String>>) {
    *rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('{') {
        *rest = inside;
        while !rest.is_empty() && !rest.starts_with('}') {
            tree(rest, above, found);
            // Over `as name`, up to the next branch.
            let next = rest.find([',', '}']).unwrap_or(rest.len());
            *rest = rest[next..].trim_start_matches(',').trim_start();
        }
        *rest = rest.strip_prefix('}').unwrap_or(rest);
        return;
    }
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '*');
    let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
    let path = [above, &[name.to_owned()]].concat();
    *rest = after;
    if let Some(deeper) = after.strip_prefix("::").filter(|deeper| !deeper.starts_with('<')) {
        *rest = deeper;
        tree(rest, &path, found);
    } else {
        found.push(path);
    }
}

#[test]
fn a_tree_of_imports_is_read_to_its_leaves() {
    let code =
        "use crate::{app::{self, connect::Press as P}, store};\nlet x = crate::web::y(crate::seal::same);";
    let found: Vec<String> = paths_after("crate::", code)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    let expected = [
        "app::self",
        "app::connect::Press",
        "store",
        "web::y",
        "seal::same",
    ];
    assert_eq!(found, expected);
}
