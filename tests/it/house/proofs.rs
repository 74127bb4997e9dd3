//! Stories that documents name as proofs, and the defences that scripts/mutations takes out: none is only said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;

use super::source::{Source, root, rust_files};

/// Threats whose defence is no line that could be taken out, and why.
const NO_LINE: &[(&str, &str)] = &[
    ("D11", "no header that says our address is read at all"),
    ("D12", "there is no cookie that another site could borrow"),
    (
        "O3",
        "its attempts are shown to fall, each against a service that is weak there",
    ),
    (
        "O5",
        "whatever a reader does wrong is what the fuzzers and seeds look for",
    ),
];

#[derive(Deserialize)]
struct Plan {
    mutation: Vec<Mutation>,
}

#[derive(Deserialize)]
struct Mutation {
    threat: String,
    what: String,
    file: String,
    take: String,
    put: String,
    stories: Vec<String>,
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of a document's tables, as their cells.
fn rows(document: &str) -> Vec<Vec<&str>> {
    let inner = document
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    inner.map(|line| line.split(" | ").collect()).collect()
}

/// Words in backquotes in the last cell of each row of at least three.
fn proofs<'a>(rows: &[Vec<&'a str>]) -> Vec<&'a str> {
    rows.iter()
        .filter(|cells| cells.len() > 2)
        .filter_map(|cells| cells.last())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .filter(|name| !name.starts_with("scripts/"))
        .collect()
}

/// Whether a story or unit test of that name is there: `file::name`, or a longer path that ends so.
fn exists(name: &str, sources: &[Source]) -> bool {
    let (module, test) = name.rsplit_once("::").expect("file::test");
    let module = module.strip_suffix("::tests").unwrap_or(module);
    let module = module.rsplit("::").next().unwrap();
    let (file, folder) = (format!("/{module}.rs"), format!("/{module}/"));
    let here = |path: &str| path.ends_with(&file) || path.contains(&folder);
    let defined = format!("fn {test}(");
    sources
        .iter()
        .any(|source| here(&source.path) && source.text.contains(&defined))
}

#[test]
fn every_story_that_a_document_names_as_a_proof_exists() {
    let sources = rust_files(&["src", "tests", "emulator/tests"]);
    for path in [
        "docs/faults.md",
        "docs/market-checklist.md",
        "docs/threat-model.md",
    ] {
        let document = read(path);
        let proofs = proofs(&rows(&document));
        assert!(proofs.len() > 20, "{path} is not read: {proofs:?}");
        let missing: Vec<_> = proofs
            .into_iter()
            .filter(|name| !exists(name, &sources))
            .collect();
        assert!(missing.is_empty(), "{path} names what is no test: {missing:#?}");
    }
}

#[test]
fn every_threat_has_a_story_and_a_defence_that_can_be_taken_out() {
    let document = read("docs/threat-model.md");
    let rows = rows(&document);
    let is_threat =
        |cells: &&Vec<&str>| cells.len() == 4 && cells[0].ends_with(|last: char| last.is_ascii_digit());
    let threats: Vec<_> = rows.iter().filter(is_threat).collect();
    let names: BTreeSet<_> = threats.iter().map(|cells| cells[0]).collect();
    assert_eq!(names.len(), threats.len(), "two threats of one name");
    for cells in &threats {
        assert!(cells[3].contains("::"), "{}: no story tries it", cells[0]);
    }
    let plan: Plan = toml::from_str(&read("tests/mutations.toml")).unwrap();
    let taken: BTreeSet<_> = plan.mutation.iter().map(|mutation| &*mutation.threat).collect();
    let exempt: BTreeSet<_> = NO_LINE.iter().map(|(threat, _)| *threat).collect();
    let open: Vec<_> = names
        .iter()
        .filter(|name| !taken.contains(*name) && !exempt.contains(*name))
        .collect();
    assert!(
        open.is_empty(),
        "nobody has taken the defence against {open:?} out"
    );
    let unknown: Vec<_> = taken.difference(&names).collect();
    assert!(unknown.is_empty(), "no threat of the document: {unknown:?}");
}

#[test]
fn every_defence_that_is_taken_out_stands_where_it_is_said_to() {
    let sources = rust_files(&["src", "tests"]);
    let plan: Plan = toml::from_str(&read("tests/mutations.toml")).unwrap();
    let mut files = BTreeMap::new();
    for Mutation {
        threat,
        what,
        file,
        take,
        put,
        stories,
    } in &plan.mutation
    {
        let text = files.entry(file).or_insert_with(|| read(file));
        assert_eq!(text.matches(take).count(), 1, "{threat} ({what}): {take}");
        assert_ne!(take, put, "{threat}");
        assert!(!stories.is_empty(), "{threat} ({what})");
        for story in stories {
            assert!(exists(story, &sources), "{threat} ({what}): {story} is no test");
        }
    }
}
