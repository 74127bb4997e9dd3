//! For doors a session is the only way to a portal's rows: whatever of the deeds could be asked by somebody's number is
//! named here, with the reason why it may.

use super::source::{Source, rust_files};

/// Words by which a portal, a user or a row could be asked for.
const NUMBERS: &[&str] = &[
    "MemberId",
    "UserId",
    "CredentialKey",
    "Holder",
    "Birth",
    "Standing",
];

/// What the deeds offer to others that names such a word. The doors cannot come to the operator's, nor to what needs
/// keys (`only_commands_act_without_a_session`).
const BY_NUMBER: &[(&str, &str, &str)] = &[
    (
        "src/app/launch.rs",
        "known_origin",
        "the facts want a refusal that carries nothing to be read in the frame of a known portal",
    ),
    ("src/app/operate.rs", "known", "the operator's"),
    ("src/app/operate.rs", "refresh", "the operator's"),
    ("src/app/operate.rs", "connect", "the operator's"),
    ("src/app/operate.rs", "forget", "the operator's"),
];

/// The heads of all functions that a file offers beyond the deeds: name and everything up to the body.
fn offered(file: &Source) -> Vec<(String, String)> {
    let code = file.code_without_tests();
    let heads = code
        .split("\n    pub ")
        .skip(1)
        .filter_map(|rest| rest.split_once("fn ").filter(|(before, _)| before.len() < 12));
    heads
        .map(|(_, rest)| {
            let head = rest.split_once('{').map_or(rest, |(head, _)| head);
            let name = head.split(['(', '<']).next().unwrap_or_default();
            (name.to_owned(), head.to_owned())
        })
        .collect()
}

#[test]
fn a_session_is_the_only_way_from_a_door_to_a_portals_rows() {
    let mut found = Vec::new();
    let mut seen = 0;
    for file in rust_files(&["src/app"]) {
        for (name, head) in offered(&file) {
            seen += 1;
            let words = |letter: char| !letter.is_alphanumeric();
            if head.split(words).any(|word| NUMBERS.contains(&word)) {
                found.push((file.path.clone(), name));
            }
        }
    }
    assert!(seen > 40, "the deeds are not read: {seen}");
    let known: Vec<_> = BY_NUMBER
        .iter()
        .map(|(path, name, _)| ((*path).to_owned(), (*name).to_owned()))
        .collect();
    assert_eq!(
        found, known,
        "what can be asked by number (left) and BY_NUMBER (right)"
    );
}

#[test]
fn a_known_portals_origin_is_all_that_is_told_without_a_session() {
    let launch = rust_files(&["src/app/launch.rs"]);
    let (_, head) = offered(&launch[0])
        .into_iter()
        .find(|(name, _)| name == "known_origin")
        .unwrap();
    assert!(head.ends_with("-> Option<Origin> "), "{head}");
}
