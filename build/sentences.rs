//! Reading a language's file: which sentences it has, and what each of them needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};

use crate::Failure;

/// One sentence: a message's value (`attribute` is none) or one of its attributes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) attribute: Option<String>,
}

/// What a sentence needs and says.
#[derive(Default)]
pub(crate) struct Sentence {
    /// Variables in order of first appearance.
    pub(crate) variables: Vec<String>,
    /// Messages it quotes.
    pub(crate) quotes: Vec<String>,
    /// What it refers to and the program does not have: terms, functions, attributes of other messages.
    pub(crate) unsayable: Vec<String>,
    /// The forms of each choice in it.
    pub(crate) choices: Vec<BTreeSet<String>>,
    /// The text as a reader of the documentation sees it.
    pub(crate) text: String,
}

/// All sentences of a language.
pub(crate) type Sentences = BTreeMap<Key, Sentence>;

impl Key {
    /// A sentence as the program says it: `message_attribute`.
    pub(crate) fn method(&self) -> String {
        self.name().replace(['-', '.'], "_")
    }

    /// A sentence as the translator finds it: `message` or `message.attribute`.
    pub(crate) fn name(&self) -> String {
        match &self.attribute {
            Some(attribute) => format!("{}.{attribute}", self.id),
            None => self.id.clone(),
        }
    }
}

/// Every sentence of one file.
pub(crate) fn read(path: &Path) -> Result<Sentences, Failure> {
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
                return Err(format!("{}: {} is there twice", path.display(), key.name()).into());
            }
        }
    }
    for (key, sentence) in &sentences {
        // What is quoted is given no variables, and must not lead back here.
        let is_plain = |id: &String| {
            let quoted = sentences.get(&Key {
                id: id.clone(),
                attribute: None,
            });
            quoted.is_some_and(|quoted| quoted.quotes.is_empty() && quoted.variables.is_empty())
        };
        let unsayable = sentence.quotes.iter().find(|id| !is_plain(id));
        if let Some(id) = unsayable.or_else(|| sentence.unsayable.first()) {
            return Err(format!(
                "{}: {} quotes {id}, which is no plain sentence of this file",
                path.display(),
                key.name()
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
        InlineExpression::MessageReference { id, attribute } => {
            into.quotes.push(id.name.to_owned());
            let attribute = attribute.iter().map(|part| format!("{}.{}", id.name, part.name));
            into.unsayable.extend(attribute);
            let _ = write!(into.text, "{{{}}}", id.name);
        }
        InlineExpression::TermReference { id, .. } => {
            into.unsayable.push(format!("-{}", id.name));
        }
        InlineExpression::FunctionReference { id, .. } => into.unsayable.push(format!("{}()", id.name)),
        InlineExpression::Placeable { expression } => walk_expression(expression, into),
    }
}

fn form(variant: &Variant<&str>) -> String {
    match &variant.key {
        VariantKey::Identifier { name } => (*name).to_owned(),
        VariantKey::NumberLiteral { value } => (*value).to_owned(),
    }
}
