//! The words of the window around its rooms: the palette, the settings, presenter mode, the first steps, the presets'
//! browser, and what the numbers on it mean.

use super::language::{Language, say, speak, spoken, word};

/// What `words` says in English, whatever is spoken: what is searched for may be typed in it.
pub fn in_english<R>(words: impl FnOnce() -> R) -> R {
    let before = spoken();
    speak(Language::English);
    let said = words();
    speak(before);
    said
}

macro_rules! words {
    ($($name:ident $key:literal)*) => {
        $(
            #[doc = concat!("See `", $key, "`.")]
            pub fn $name() -> &'static str {
                word($key)
            }
        )*
    };
}

words! {
    palette "window-palette"
    palette_search "window-palette-search"
    palette_none "window-palette-none"
    palette_how "window-palette-how"
    kind_command "window-kind-command"
    kind_strategy "window-kind-strategy"
    kind_preset "window-kind-preset"
    kind_setting "window-kind-setting"
    keys_fold "window-keys-fold"
    keys_present "window-keys-present"
    keys_ask_next "window-keys-ask-next"
    keys_presets "window-keys-presets"
    back_ten "window-back-ten"
    forward_ten "window-forward-ten"
    faster "window-faster"
    slower "window-slower"
    larger "window-larger"
    smaller "window-smaller"
    usual_scale "window-usual-scale"
    fold_settings "window-fold-settings"
    fold_figures "window-fold-figures"
    present "window-present"
    ask_next "window-ask-next"
    presets "window-presets"
    settings "window-settings"
    scale "window-scale"
    panels "window-panels"
    panel_settings "window-panel-settings"
    language "window-language"
    motion "window-motion"
    motion_off "window-motion-off"
    leave "window-leave"
    next_question "window-next-question"
    next_how "window-next-how"
    next_on "window-next-on"
    next_hidden "window-next-hidden"
    next_hidden_time "window-next-hidden-time"
    first_steps "window-first-steps"
    first_drag "window-first-drag"
    first_scrub "window-first-scrub"
    first_choose "window-first-choose"
    first_end "window-first-end"
    presets_search "window-presets-search"
    presets_none "window-presets-none"
    presets_how "window-presets-how"
    presets_strategies "window-presets-strategies"
    presets_wrong "window-presets-wrong"
    presets_stories "window-presets-stories"
    presets_own "window-presets-own"
    presets_unread "window-presets-unread"
    clock_meaning "window-clock-meaning"
    speed_meaning "window-speed-meaning"
    duration_meaning "window-duration-meaning"
    title_meaning "window-title-meaning"
    ribbon_meaning "window-ribbon-meaning"
}

/// A scale.
pub fn scale_of(percent: u16) -> String {
    say!("window-scale-of", percent = percent)
}

/// A theme to choose, among other commands.
pub fn theme_of(name: &str) -> String {
    say!("window-theme-of", name = name)
}

/// A language to choose, among other commands.
pub fn language_of(name: &str) -> String {
    say!("window-language-of", name = name)
}

/// A first step that was made.
pub fn first_done(step: &str) -> String {
    say!("window-first-done", step = step)
}

/// How many presets were found.
pub fn presets_found(n: usize) -> String {
    say!("window-presets-found", n = n)
}
