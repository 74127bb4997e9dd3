//! Turns `locales/*.ftl` into typed methods on `Words`, and refuses to build when a language is incomplete:
//! a missing or surplus message, other variables than the English one, a plural form that the language has and the
//! message has not, an unreadable file, an unknown name; or when nobody says a sentence any more.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

mod checks;
mod sentences;

use checks::{all_are_said, compare, decline, gather};
use sentences::{Sentences, read};

#[path = "../src/words/languages.rs"]
#[expect(
    unreachable_pub,
    reason = "the table is the library's; of it only the tags are needed here"
)]
mod languages;

/// The language whose messages define the methods.
const SOURCE: &str = "en";

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("locales");
    // The texts, and where they are said.
    for folder in ["locales", "src", "templates"] {
        writeln!(std::io::stdout(), "cargo::rerun-if-changed={folder}")?;
    }
    let source = read(&folder.join(format!("{SOURCE}.ftl")))?;
    let mut places = String::new();
    for root in ["src", "templates"] {
        gather(Path::new(root), &mut places)?;
    }
    all_are_said(&source, &places)?;
    let mut tags = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let tag = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default()
            .to_owned();
        let known = languages::LANGUAGES.iter().any(|language| language.tag == tag);
        if !known || path.extension().is_none_or(|extension| extension != "ftl") {
            return Err(format!(
                "{}: no language of src/words/languages.rs has this name",
                path.display()
            )
            .into());
        }
        let sentences = read(&path)?;
        compare(&tag, &source, &sentences)?;
        decline(&tag, &sentences)?;
        tags.push(tag);
    }
    let written = |language: &&languages::Language| tags.iter().any(|tag| tag == language.tag);
    if let Some(language) = languages::LANGUAGES.iter().find(|language| !written(language)) {
        return Err(format!("locales/{}.ftl is missing", language.tag).into());
    }
    tags.sort();
    let target = PathBuf::from(env::var("OUT_DIR")?).join("words.rs");
    fs::write(target, generate(&source, &tags)?)?;
    Ok(())
}

fn generate(source: &Sentences, tags: &[String]) -> Result<String, Failure> {
    let mut methods = String::new();
    for (key, sentence) in source {
        let method = key.method();
        let (mut parameters, mut arguments) = (String::new(), String::new());
        for variable in &sentence.variables {
            let parameter = variable.replace('-', "_");
            let kind = if is_number(variable) { "i64" } else { "&str" };
            write!(parameters, ", {parameter}: {kind}")?;
            write!(arguments, "({variable:?}, {parameter}.into()), ")?;
        }
        let text = sentence
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace('`', "'");
        let (id, attribute) = (&key.id, &key.attribute);
        writeln!(methods, "    /// `{text}`\n    #[must_use]")?;
        writeln!(methods, "    pub fn {method}(&self{parameters}) -> String {{")?;
        writeln!(
            methods,
            "        self.text({id:?}, {attribute:?}, [{arguments}])\n    }}"
        )?;
    }
    let mut files = String::new();
    for tag in tags {
        let file = format!("/locales/{tag}.ftl");
        writeln!(
            files,
            "    ({tag:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?}))),"
        )?;
    }
    Ok(format!(
        "impl Words {{\n{methods}}}\n\
         /// The languages there are words for: tag and messages.\n\
         const FILES: &[(&str, &str)] = &[\n{files}];\n"
    ))
}

fn is_number(variable: &str) -> bool {
    ["count", "seconds", "minutes"]
        .iter()
        .any(|ending| variable.ends_with(ending))
}
