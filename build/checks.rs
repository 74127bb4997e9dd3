//! What must hold of all sentences before they become a part of the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use crate::sentences::{Key, Sentences};
use crate::{Failure, SOURCE};

/// Every form that a language has for a number below a million is needed by one below this.
const EVERYDAY_NUMBERS: u32 = 1000;

/// The plural forms of all languages.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A language must have exactly the sentences of the source, each with the same variables.
pub(crate) fn compare(tag: &str, source: &Sentences, other: &Sentences) -> Result<(), Failure> {
    if let Some(key) = source.keys().find(|key| !other.contains_key(key)) {
        return Err(format!("locales/{tag}.ftl lacks {}", key.name()).into());
    }
    for (key, sentence) in other {
        let Some(original) = source.get(key) else {
            return Err(format!("locales/{tag}.ftl has {}, which {SOURCE}.ftl has not", key.name()).into());
        };
        let wanted: BTreeSet<_> = original.variables.iter().collect();
        if wanted != sentence.variables.iter().collect() {
            return Err(format!(
                "locales/{tag}.ftl: {} must use the variables {wanted:?}",
                key.name()
            )
            .into());
        }
    }
    Ok(())
}

/// A language's choices by number must have all the forms that everyday numbers take in it, and no others than there
/// are in any language.
pub(crate) fn decline(tag: &str, sentences: &Sentences) -> Result<(), Failure> {
    // Regions differ in other things: the table knows Portuguese and Chinese without them.
    let language: LanguageIdentifier = tag.split('-').next().unwrap_or(tag).parse()?;
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL)?;
    let mut needed = BTreeSet::new();
    for number in 0..EVERYDAY_NUMBERS {
        needed.insert(name_of(&rules.select(number)?));
    }
    for (key, sentence) in sentences {
        for choice in &sentence.choices {
            let has = |form: &&str| choice.contains(*form);
            let is_known = |form: &String| FORMS.contains(&form.as_str());
            if !needed.iter().all(has) || !choice.iter().all(is_known) {
                return Err(format!(
                    "locales/{tag}.ftl: {} must have the forms {needed:?}, and has {choice:?}",
                    key.name()
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

/// Every sentence must be said by the program or by another sentence.
pub(crate) fn all_are_said(source: &Sentences, places: &str) -> Result<(), Failure> {
    let quoted: BTreeSet<_> = source.values().flat_map(|sentence| &sentence.quotes).collect();
    let said = |key: &Key| {
        let method = key.method();
        places.contains(&format!(".{method}("))
            || places.contains(&format!("Words::{method},"))
            || (key.attribute.is_none() && quoted.contains(&key.id))
    };
    match source.keys().find(|key| !said(key)) {
        Some(key) => Err(format!("locales/{SOURCE}.ftl: nobody says {}", key.name()).into()),
        None => Ok(()),
    }
}

/// All text below a folder, without the words' own and without tests.
pub(crate) fn gather(folder: &Path, into: &mut String) -> Result<(), Failure> {
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
