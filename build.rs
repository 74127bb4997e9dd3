//! Turns `locales/*.ftl` into typed methods on `Words`, and refuses to build when a language is incomplete:
//! a missing or surplus message, other variables than the English one, an unreadable file, an unknown name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

#[path = "src/words/languages.rs"]
#[expect(
    unreachable_pub,
    reason = "the table is the library's; of it only the tags are needed here"
)]
mod languages;

/// The language whose messages define the methods.
const SOURCE: &str = "en";

type Failure = Box<dyn std::error::Error>;

/// One sentence: a message's value (`attribute` is none) or one of its attributes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    id: String,
    attribute: Option<String>,
}

/// What a sentence needs and says.
#[derive(Default)]
struct Sentence {
    /// Variables in order of first appearance.
    variables: Vec<String>,
    /// Messages it quotes.
    quotes: Vec<String>,
    /// The text as a reader of the documentation sees it.
    text: String,
}

type Sentences = BTreeMap<Key, Sentence>;

fn main() -> Result<(), Failure> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=src/words/languages.rs");
    let source = read(&folder.join(format!("{SOURCE}.ftl")))?;
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
        compare(&tag, &source, &read(&path)?)?;
        tags.push(tag);
    }
    tags.sort();
    let target = PathBuf::from(env::var("OUT_DIR")?).join("words.rs");
    fs::write(target, generate(&source, &tags)?)?;
    Ok(())
}

/// Every sentence of one file.
fn read(path: &Path) -> Result<Sentences, Failure> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let resource = fluent_syntax::parser::parse(text.as_str())
        .map_err(|(_, errors)| format!("{}: {errors:?}", path.display()))?;
    let mut sentences = Sentences::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let value = message.value.iter().map(|pattern| (None, pattern));
        let attributes = message
            .attributes
            .iter()
            .map(|a| (Some(a.id.name.to_owned()), &a.value));
        for (attribute, pattern) in value.chain(attributes) {
            let mut sentence = Sentence::default();
            walk(pattern, &mut sentence);
            let key = Key {
                id: message.id.name.to_owned(),
                attribute,
            };
            if sentences.insert(key.clone(), sentence).is_some() {
                return Err(format!("{}: {} is there twice", path.display(), name(&key)).into());
            }
        }
    }
    for (key, sentence) in &sentences {
        let known = |id: &String| {
            sentences.contains_key(&Key {
                id: id.clone(),
                attribute: None,
            })
        };
        if let Some(id) = sentence.quotes.iter().find(|id| !known(id)) {
            return Err(format!(
                "{}: {} quotes {id}, which is not there",
                path.display(),
                name(key)
            )
            .into());
        }
    }
    Ok(sentences)
}

fn walk(pattern: &Pattern<&str>, into: &mut Sentence) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => into.text.push_str(value),
            PatternElement::Placeable { expression } => walk_expression(expression, into),
        }
    }
}

/// Of a choice every variant counts for the variables; only the default one is shown.
fn walk_expression(expression: &Expression<&str>, into: &mut Sentence) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, into),
        Expression::Select { selector, variants } => {
            let shown = into.text.len();
            walk_inline(selector, into);
            into.text.truncate(shown);
            for variant in variants {
                let before = into.text.len();
                walk(&variant.value, into);
                if !variant.default {
                    into.text.truncate(before);
                }
            }
        }
    }
}

fn walk_inline(inline: &InlineExpression<&str>, into: &mut Sentence) {
    match inline {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            into.text.push_str(value);
        }
        InlineExpression::VariableReference { id } => {
            if !into.variables.iter().any(|known| known == id.name) {
                into.variables.push(id.name.to_owned());
            }
            let _ = write!(into.text, "{{${}}}", id.name);
        }
        InlineExpression::MessageReference { id, .. } => {
            into.quotes.push(id.name.to_owned());
            let _ = write!(into.text, "{{{}}}", id.name);
        }
        InlineExpression::TermReference { id, .. } => {
            let _ = write!(into.text, "{{-{}}}", id.name);
        }
        InlineExpression::FunctionReference { arguments, .. } => walk_arguments(arguments, into),
        InlineExpression::Placeable { expression } => walk_expression(expression, into),
    }
}

fn walk_arguments(arguments: &CallArguments<&str>, into: &mut Sentence) {
    for argument in &arguments.positional {
        walk_inline(argument, into);
    }
}

/// A language must have exactly the sentences of the source, each with the same variables.
fn compare(tag: &str, source: &Sentences, other: &Sentences) -> Result<(), Failure> {
    if let Some(key) = source.keys().find(|key| !other.contains_key(key)) {
        return Err(format!("locales/{tag}.ftl lacks {}", name(key)).into());
    }
    for (key, sentence) in other {
        let Some(original) = source.get(key) else {
            return Err(format!("locales/{tag}.ftl has {}, which {SOURCE}.ftl has not", name(key)).into());
        };
        let wanted: BTreeSet<_> = original.variables.iter().collect();
        if wanted != sentence.variables.iter().collect() {
            return Err(format!(
                "locales/{tag}.ftl: {} must use the variables {wanted:?}",
                name(key)
            )
            .into());
        }
    }
    Ok(())
}

fn generate(source: &Sentences, tags: &[String]) -> Result<String, Failure> {
    let (mut methods, mut list) = (String::new(), String::new());
    for (key, sentence) in source {
        let method = name(key).replace(['-', '.'], "_");
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
        writeln!(list, "    {method:?},")?;
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
         const FILES: &[(&str, &str)] = &[\n{files}];\n\
         /// Every method above.\n#[cfg(test)]\nconst METHODS: &[&str] = &[\n{list}];\n"
    ))
}

fn is_number(variable: &str) -> bool {
    ["count", "seconds", "minutes"]
        .iter()
        .any(|ending| variable.ends_with(ending))
}

/// A sentence as the translator finds it: `message` or `message.attribute`.
fn name(key: &Key) -> String {
    match &key.attribute {
        Some(attribute) => format!("{}.{attribute}", key.id),
        None => key.id.clone(),
    }
}
