//! Turns `locales/*.ftl` into typed methods on `Words`, and refuses to build when a language is incomplete:
//! a missing or surplus message, other variables than the English one, a plural form that the language has and the
//! message has not, an unreadable file, an unknown name; or when nobody says a sentence any more.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

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
    /// The forms of each choice in it.
    choices: Vec<BTreeSet<String>>,
    /// The text as a reader of the documentation sees it.
    text: String,
}

type Sentences = BTreeMap<Key, Sentence>;

fn main() -> Result<(), Failure> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    // Where sentences are said.
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=templates");
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
            into.choices.push(variants.iter().map(form).collect());
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

/// A language's choices by number must have exactly the forms that the language has.
fn decline(tag: &str, sentences: &Sentences) -> Result<(), Failure> {
    let language: LanguageIdentifier = tag.parse()?;
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL)?;
    let forms = |numbers: &[u32]| -> Result<BTreeSet<String>, &str> {
        numbers
            .iter()
            .map(|number| {
                rules
                    .select(*number)
                    .map(|category| name_of(&category).to_owned())
            })
            .collect()
    };
    let everyday: Vec<u32> = (0..1000).collect();
    let needed = forms(&everyday)?;
    // Some languages have a form for round millions alone: it may be there.
    let mut known = forms(&[1_000_000])?;
    known.extend(needed.iter().cloned());
    for (key, sentence) in sentences {
        for choice in &sentence.choices {
            if !choice.is_superset(&needed) || !choice.is_subset(&known) {
                return Err(format!(
                    "locales/{tag}.ftl: {} must have the forms {needed:?}, and has {choice:?}",
                    name(key)
                )
                .into());
            }
        }
    }
    Ok(())
}

fn name_of(category: &PluralCategory) -> &'static str {
    match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    }
}

fn form(variant: &Variant<&str>) -> String {
    match &variant.key {
        VariantKey::Identifier { name } => (*name).to_owned(),
        VariantKey::NumberLiteral { value } => (*value).to_owned(),
    }
}

/// Every sentence must be said by the program or by another sentence.
fn all_are_said(source: &Sentences, places: &str) -> Result<(), Failure> {
    let quoted: BTreeSet<_> = source.values().flat_map(|sentence| &sentence.quotes).collect();
    let said = |key: &Key| {
        places.contains(&format!(".{}(", method(key)))
            || (key.attribute.is_none() && quoted.contains(&key.id))
    };
    match source.keys().find(|key| !said(key)) {
        Some(key) => Err(format!("locales/{SOURCE}.ftl: nobody says {}", name(key)).into()),
        None => Ok(()),
    }
}

/// All text below a folder, without the words' own and without tests.
fn gather(folder: &Path, into: &mut String) -> Result<(), Failure> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("words") {
            gather(&path, into)?;
        } else if path.is_file() && !path.ends_with("tests.rs") {
            into.push_str(&fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

fn generate(source: &Sentences, tags: &[String]) -> Result<String, Failure> {
    let mut methods = String::new();
    for (key, sentence) in source {
        let method = method(key);
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

/// A sentence as the program says it: `message_attribute`.
fn method(key: &Key) -> String {
    name(key).replace(['-', '.'], "_")
}

/// A sentence as the translator finds it: `message` or `message.attribute`.
fn name(key: &Key) -> String {
    match &key.attribute {
        Some(attribute) => format!("{}.{attribute}", key.id),
        None => key.id.clone(),
    }
}
