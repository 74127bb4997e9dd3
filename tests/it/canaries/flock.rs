//! Secrets that can be told apart: each knows in which position it was sent.

use std::sync::Mutex;

use reqwest::RequestBuilder;

use crate::world::{Answer, World};

/// What all of them begin with. Hexadecimal and as long as tokens are, so that none is taken for a portal or a channel.
const MARK: &str = "ca9a97ca9a97";
const LENGTH: usize = 64;

/// What the emulator's tokens begin with.
const TOKENS: &str = "5ec2e75ec2e7";

/// Positions and places where what came in is meant to go, and why.
const MEANT: [(&str, &str, &str); 2] = [
    (
        "query DOMAIN",
        "the header content-security-policy after a launch",
        "a verified launch names the domain that shows it, so that a renamed portal may go on showing it",
    ),
    (
        "header traceparent",
        "the log",
        "the id of a trace in a header that is exactly one, so that a proxy's lines and ours can be told to belong together",
    ),
];

#[derive(Default)]
pub struct Flock {
    positions: Mutex<Vec<String>>,
    shown: Mutex<Vec<String>>,
}

impl Flock {
    /// A new secret for a position.
    pub fn at(&self, position: impl Into<String>) -> String {
        let mut positions = self.positions.lock().unwrap();
        positions.push(position.into());
        let number = format!("{MARK}{:04x}", positions.len() - 1);
        format!("{number}{}", "9d3b7f15".repeat(8))[..LENGTH].to_owned()
    }

    /// Sends a request, and looks through its answer for every secret there is.
    pub async fn send(&self, world: &World, what: &str, request: RequestBuilder) {
        self.saw_answer(what, &world.send(request).await);
    }

    /// Looks through an answer. Only a sign-in's own state travels in one, to the portal that the person has named.
    pub fn saw_answer(&self, what: &str, answer: &Answer) {
        for (name, value) in &answer.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            self.saw(&format!("the header {name} after {what}"), &value);
        }
        self.saw(
            &format!("the answer to {what}"),
            &without_what_was_typed(&answer.body),
        );
    }

    /// Looks through a text, line by line.
    pub fn saw_lines(&self, place: &str, text: &str) {
        for line in text.lines() {
            self.saw(place, line);
        }
    }

    /// Looks through a text; secrets of the emulator's are looked for as well.
    pub fn saw(&self, place: &str, text: &str) {
        let lower = text.to_lowercase();
        let hex = |mark: &str| hex::encode(mark);
        if lower.contains(TOKENS) || lower.contains(&hex(TOKENS)) {
            self.note(&format!("a token of Bitrix24 in {place}"), &lower, TOKENS);
        }
        for (at, _) in lower.match_indices(MARK) {
            let number = lower.get(at + MARK.len()..at + MARK.len() + 4);
            let number = number.and_then(|number| usize::from_str_radix(number, 16).ok());
            let position = number.and_then(|number| self.positions.lock().unwrap().get(number).cloned());
            let position = position.unwrap_or_else(|| "a position that was cut off".into());
            let meant = |(from, to, _): &(&str, &str, &str)| position.contains(from) && place.contains(to);
            if MEANT.iter().any(meant) {
                continue;
            }
            self.note(&format!("{position}, in {place}"), &lower, MARK);
        }
        if lower.contains(&hex(MARK)) {
            self.note(&format!("some position as bytes, in {place}"), &lower, &hex(MARK));
        }
    }

    fn note(&self, what: &str, text: &str, mark: &str) {
        let at = text.find(mark).unwrap_or_default();
        let before: String = text[..at].chars().rev().take(100).collect();
        let before: String = before.chars().rev().collect();
        self.shown.lock().unwrap().push(format!("{what}: {before}…"));
    }

    /// Fails if any was shown, and says which and where.
    pub fn expect_none(&self) {
        let sent = self.positions.lock().unwrap().len();
        let mut shown = self.shown.lock().unwrap().clone();
        shown.sort();
        shown.dedup();
        assert!(sent > 100, "only {sent} secrets were sent");
        let first = shown.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
        assert!(shown.is_empty(), "{} secrets were shown:\n{first}", shown.len());
    }
}

/// A page without the two fields that give back to people what they have typed into them, and without the session,
/// which goes back to whoever brought it.
fn without_what_was_typed(page: &str) -> String {
    let mut rest = page;
    let mut kept = String::new();
    while let Some(at) = rest.find("<input") {
        let end = at + rest[at..].find('>').unwrap_or(rest.len() - at);
        let input = &rest[at..end];
        kept.push_str(&rest[..at]);
        let own = ["name=\"code\"", "name=\"session\"", "name=\"portal\""];
        if !own.iter().any(|name| input.contains(name)) {
            kept.push_str(input);
        }
        rest = &rest[end..];
    }
    kept + rest
}
