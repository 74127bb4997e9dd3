//! The papers that people read: each thing once, and no link into nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::source::root;

/// The papers that people read.
const PAPERS: [&str; 9] = [
    "README.md",
    "docs/architecture.md",
    "docs/deploy.md",
    "docs/dependencies.md",
    "docs/fuzzing.md",
    "docs/operations.md",
    "docs/market-checklist.md",
    "docs/observability/README.md",
    "emulator/README.md",
];

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a link to a heading is written as.
fn anchors(paper: &str) -> Vec<String> {
    let mut code = false;
    let mut headings = Vec::new();
    for line in paper.lines() {
        code ^= line.starts_with("```");
        if let Some(heading) = line.strip_prefix('#').filter(|_| !code) {
            let heading = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
            headings.push(heading.chars().filter(kept).collect::<String>().replace(' ', "-"));
        }
    }
    headings
}

#[test]
fn no_paper_says_a_thing_twice() {
    for path in PAPERS {
        let mut seen = BTreeSet::new();
        for heading in anchors(&read(Path::new(path))) {
            assert!(seen.insert(heading.clone()), "{path} has {heading} twice");
        }
    }
}

#[test]
fn every_link_between_papers_leads_somewhere() {
    for path in PAPERS {
        let paper = read(Path::new(path));
        let folder = Path::new(path).parent().unwrap();
        for link in paper
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                PathBuf::from(path)
            } else {
                folder.join(file)
            };
            assert!(root().join(&target).exists(), "{path} links to {link}");
            let known = anchor.is_empty() || anchors(&read(&target)).contains(&anchor.to_owned());
            assert!(known, "{path} links to {link}");
        }
    }
}
