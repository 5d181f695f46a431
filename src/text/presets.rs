//! The built-in presets' names and descriptions in the language that is spoken. Their English stands in the presets
//! themselves, as that of every scenario does, and is in no file of messages; other languages have `presets-NAME` with
//! the attribute `description`.

use super::language::translated;

/// A preset's name, which is `written` in its file.
pub fn name<'a>(preset: &str, written: &'a str) -> &'a str {
    translated(&format!("presets-{preset}")).unwrap_or(written)
}

/// What a preset is about, which is `written` in its file.
pub fn description<'a>(preset: &str, written: &'a str) -> &'a str {
    translated(&format!("presets-{preset}.description")).unwrap_or(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::BUILT_IN;
    use crate::text::language::{Language, speak, translations};

    #[test]
    fn every_preset_has_its_name_and_description_in_every_language() {
        for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
            speak(language);
            for preset in BUILT_IN {
                let there = |text: &str| text != "written" && !text.is_empty();
                assert!(there(name(preset.name, "written")), "{}: {}", language.code(), preset.name);
                assert!(there(description(preset.name, "written")), "{}: {}", language.code(), preset.name);
            }
            // And none is left of a preset that is gone.
            for key in translations(language) {
                let key = key.trim_start_matches("presets-").trim_end_matches(".description");
                assert!(BUILT_IN.iter().any(|preset| preset.name == key), "{}: {key}", language.code());
            }
        }
        speak(Language::English);
        assert_eq!(name("rolling", "as it is written"), "as it is written");
    }
}
