//! The languages the program speaks, and how a text is found in them: a message in the format of
//! [Project Fluent](https://projectfluent.org), by its key. The messages are under `assets/locales`, a folder a language,
//! a file a part of the program; a key begins with the name of its file.
//!
//! What the reader of scenarios says of a broken file is no message: it is English in every language, as a compiler's is,
//! beside RON whose words are English too. The same goes for what is printed to a terminal.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::English, Language::Japanese];

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Japanese => "日本語",
        }
    }

    /// Its code (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Japanese => "ja",
        }
    }

    /// The language of a system's locale, such as `ja-JP` or `de_DE.UTF-8`: English where it is none of ours.
    pub fn of_locale(locale: &str) -> Language {
        let code = locale.split(['-', '_', '.']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.code() == code).unwrap_or_default()
    }
}

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// Speaks this language from now on, on this thread. A thread begins with English: what scripts read never changes with
/// a system's language.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The language that is spoken on this thread.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// The files of messages, in every language.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, [
            include_str!(concat!("../../assets/locales/en/", $name, ".ftl")),
            include_str!(concat!("../../assets/locales/ja/", $name, ".ftl")),
        ])),*]
    };
}

/// One line a file: its name, and its text in each language in the order of [`Language::ALL`].
const FILES: &[(&str, [&str; 2])] = &files![
    "chances",
    "change",
    "controls",
    "faults",
    "files",
    "keys",
    "lanes",
    "names",
    "numbers",
    "odds",
    "pictures",
    "poke",
    "rooms",
    "scorecard",
    "stage",
    "story",
    "study",
    "sweep",
    "trap",
    "verdict",
    "why",
    "window",
];

/// What English has in the presets themselves, in each language in the order of [`Language::ALL`].
const TRANSLATIONS: [&str; 2] = ["", include_str!("../../assets/locales/ja/presets.ftl")];
/// All messages of a language.
struct Messages {
    bundle: FluentBundle<FluentResource>,
    /// Those without arguments, and their attributes (`key.attribute`), ready.
    plain: HashMap<String, String>,
}

static MESSAGES: LazyLock<[Messages; 2]> = LazyLock::new(|| Language::ALL.map(Messages::of));

impl Messages {
    #[expect(clippy::expect_used, reason = "the codes are written above, and tests read them")]
    fn of(language: Language) -> Messages {
        let mut bundle = FluentBundle::new_concurrent(vec![language.code().parse().expect("a language's code")]);
        // The marks that keep directions of writing apart are for mixed directions, and both are written left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(super::numbers::amount(number.value)),
            FluentValue::String(_) | FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => None,
        }));
        let mut keys = Vec::new();
        let files = FILES.iter().map(|(_, texts)| texts[language as usize]).chain([TRANSLATIONS[language as usize]]);
        for text in files {
            // What of a file cannot be read is left out, and a test says so.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            keys.extend(keys_of(&resource));
            bundle.add_resource_overriding(resource);
        }
        let mut messages = Messages { bundle, plain: HashMap::new() };
        for key in keys {
            let mut errors = Vec::new();
            let text = messages.format(&key, None, &mut errors);
            if let Some(text) = text.filter(|_| errors.is_empty()) {
                messages.plain.insert(key, text);
            }
        }
        messages
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>, errors: &mut Vec<fluent_bundle::FluentError>) -> Option<String> {
        let pattern = match key.split_once('.') {
            Some((key, attribute)) => self.bundle.get_message(key)?.get_attribute(attribute)?.value(),
            None => self.bundle.get_message(key)?.value()?,
        };
        Some(self.bundle.format_pattern(pattern, args, errors).into_owned())
    }
}

/// The keys of a file: `key` of a message, `key.attribute` of what belongs to it.
fn keys_of(resource: &FluentResource) -> Vec<String> {
    let messages = resource.entries().filter_map(|entry| match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message),
        _ => None,
    });
    let mut keys = Vec::new();
    for message in messages {
        keys.extend(message.value.as_ref().map(|_| message.id.name.to_owned()));
        keys.extend(message.attributes.iter().map(|attribute| format!("{}.{}", message.id.name, attribute.id.name)));
    }
    keys
}

fn messages() -> &'static Messages {
    &MESSAGES[spoken() as usize]
}

/// The text of `key`, which has no arguments. The key itself where there is none: a test looks for those.
pub(crate) fn word(key: &'static str) -> &'static str {
    messages().plain.get(key).map_or(key, String::as_str)
}

/// The text of `key` where the language that is spoken has one: for what is written in English elsewhere.
pub(super) fn translated(key: &str) -> Option<&'static str> {
    messages().plain.get(key).map(String::as_str)
}

/// The keys of what is written in English elsewhere.
#[cfg(test)]
pub(super) fn translations(language: Language) -> Vec<String> {
    match FluentResource::try_new(TRANSLATIONS[language as usize].to_owned()) {
        Ok(resource) => keys_of(&resource),
        Err((_, errors)) => panic!("{}: {errors:?}", language.code()),
    }
}

/// A setting's name, and what it means: the text of `key` and its attribute `meaning`.
pub(super) fn setting(key: &'static str) -> (&'static str, &'static str) {
    let meaning = messages().plain.get(&format!("{key}.meaning"));
    (word(key), meaning.map_or("", String::as_str))
}

/// The text of `key` with its arguments: [`say!`](crate::text::say) is shorter.
pub(crate) fn say_with<const N: usize>(key: &str, args: [(&'static str, FluentValue<'_>); N]) -> String {
    let args: FluentArgs<'_> = args.into_iter().collect();
    messages().format(key, Some(&args), &mut Vec::new()).unwrap_or_else(|| key.to_owned())
}

/// The text of a key with its arguments: `say!("story-batch", number = 2, of = 4)`. A number is written with its
/// thousands apart, and chooses a plural's form.
macro_rules! say {
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text::language::say_with($key, [$((stringify!($name), ::fluent_bundle::FluentValue::from($value))),+])
    };
}
pub(crate) use say;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use super::*;

    #[test]
    fn a_systems_locale_tells_the_language() {
        for (locale, language) in [
            ("ja-JP", Language::Japanese),
            ("ja_JP.UTF-8", Language::Japanese),
            ("en-GB", Language::English),
            ("de", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }

    /// Every key of a language with the names of its arguments.
    fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        for (file, texts) in FILES {
            let text = texts[language as usize];
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
            for entry in resource.entries() {
                let fluent_syntax::ast::Entry::Message(message) = entry else { continue };
                let name = message.id.name;
                assert!(name.starts_with(file), "{name} is in {file}.ftl");
                let mut add = |key: String, pattern: &dyn std::fmt::Debug| {
                    // The names of variables, as they stand in the tree of a pattern.
                    let tree = format!("{pattern:?}");
                    let variables = tree.split("VariableReference { id: Identifier { name: \"").skip(1);
                    let names = variables.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect();
                    assert!(keys.insert(key.clone(), names).is_none(), "{key} is there twice");
                };
                if let Some(value) = &message.value {
                    add(name.to_owned(), value);
                }
                for attribute in &message.attributes {
                    add(format!("{name}.{}", attribute.id.name), &attribute.value);
                }
            }
        }
        keys
    }

    #[test]
    fn every_message_is_there_in_each_language_with_the_same_arguments() {
        let english = keys(Language::English);
        for language in Language::ALL {
            let other = keys(language);
            for (key, arguments) in &english {
                let there = other.get(key).unwrap_or_else(|| panic!("{} lacks {key}", language.code()));
                // A language may need a number only for a plural that another does not have, never one that is not given.
                assert!(there.is_subset(arguments) || language == Language::English, "{}: {key} takes {there:?}", language.code());
            }
            for key in other.keys() {
                assert!(english.contains_key(key), "{} alone has {key}", language.code());
            }
        }
    }

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("language.rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_key_that_is_asked_for_is_there_and_every_message_is_asked_for() {
        let english = keys(Language::English);
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let mut asked = BTreeSet::new();
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            // A key is a literal that begins with the name of a file of messages.
            for literal in text.split('"') {
                let prefix = literal.split('-').next().unwrap_or_default();
                let is_key = FILES.iter().any(|(file, _)| *file == prefix)
                    && literal.len() > prefix.len()
                    && literal.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.'));
                if is_key {
                    asked.insert(literal.to_owned());
                }
            }
        }
        for key in &asked {
            assert!(english.contains_key(key), "{key} is asked for and is not there");
        }
        for key in english.keys().filter(|key| !key.contains('.')) {
            let of_it = format!("{key}.");
            assert!(asked.iter().any(|asked| asked == key || asked.starts_with(&of_it)), "{key} is there and never asked for");
        }
    }
}
