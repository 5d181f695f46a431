//! The keys: one table that is both what they do and what the help says.

use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers, Popup};

use super::command::Command;
use super::poke::{Poke, USUAL_SHARE};
use super::why::Question;
use crate::scenario::StrategyKind;
use crate::text::poke::keys as poke_words;
use crate::text::{controls::keys as words, lanes};

/// When a key counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// Always.
    Always,
    /// Not while text is typed.
    NotTyping,
    /// Not while a control has the keyboard: there the key chooses, or moves to the next control.
    NothingFocused,
}

/// A key and what it does.
struct Binding {
    shortcut: KeyboardShortcut,
    when: When,
    command: Command,
    /// What the help says; several keys in a row may share a line.
    help: &'static str,
}

fn bind(modifiers: Modifiers, key: Key, when: When, command: Command, help: &'static str) -> Binding {
    Binding { shortcut: KeyboardShortcut::new(modifiers, key), when, command, help }
}

/// All of them, in the order of the help.
fn table() -> Vec<Binding> {
    use When::{Always, NotTyping, NothingFocused};
    const NONE: Modifiers = Modifiers::NONE;
    const SHIFT: Modifiers = Modifiers::SHIFT;
    const COMMAND: Modifiers = Modifiers::COMMAND;
    const DIGITS: [Key; 10] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9, Key::Num0];
    let mut table = vec![
        bind(NONE, Key::Space, NothingFocused, Command::PlayOrPause, words::play_pause()),
        bind(NONE, Key::ArrowLeft, NothingFocused, Command::PreviousEvent, words::step()),
        bind(NONE, Key::ArrowRight, NothingFocused, Command::NextEvent, words::step()),
        bind(SHIFT, Key::ArrowLeft, NotTyping, Command::Back, words::ten_seconds()),
        bind(SHIFT, Key::ArrowRight, NotTyping, Command::Forward, words::ten_seconds()),
        bind(NONE, Key::Home, NotTyping, Command::ToStart, words::ends()),
        bind(NONE, Key::End, NotTyping, Command::ToEnd, words::ends()),
        bind(NONE, Key::ArrowUp, NothingFocused, Command::Faster, words::speed()),
        bind(NONE, Key::ArrowDown, NothingFocused, Command::Slower, words::speed()),
        bind(NONE, Key::R, NotTyping, Command::Restart, words::restart()),
        bind(NONE, Key::L, NotTyping, Command::SwitchView, lanes::key()),
        bind(NONE, Key::W, NotTyping, Command::Why(Question::Moment), words::why()),
        bind(NONE, Key::Escape, NothingFocused, Command::CloseWhy, words::why()),
    ];
    table.extend([
        bind(NONE, Key::K, NotTyping, Command::KillChosen, poke_words::kill()),
        bind(NONE, Key::B, NotTyping, Command::Poke(Poke::TurnBad(USUAL_SHARE)), poke_words::turn()),
        bind(NONE, Key::G, NotTyping, Command::Poke(Poke::TurnGood), poke_words::turn()),
        bind(NONE, Key::A, NotTyping, Command::Poke(Poke::Approve), poke_words::answer()),
        bind(SHIFT, Key::A, NotTyping, Command::Poke(Poke::Abort), poke_words::answer()),
        bind(NONE, Key::E, NotTyping, Command::ShowEvents(None), poke_words::events()),
        bind(NONE, Key::C, NotTyping, Command::KeepGhost, poke_words::compare()),
        bind(SHIFT, Key::C, NotTyping, Command::DismissGhost, poke_words::compare()),
    ]);
    for (key, kind) in DIGITS.into_iter().zip(StrategyKind::ALL) {
        table.push(bind(NONE, key, NotTyping, Command::Choose(kind), words::strategy()));
    }
    table.extend([
        bind(COMMAND, Key::O, Always, Command::Open, words::open()),
        bind(COMMAND, Key::S, Always, Command::Save, words::save()),
        bind(COMMAND | SHIFT, Key::S, Always, Command::SaveAs, words::save_as()),
        // A text field undoes its own typing.
        bind(COMMAND, Key::Z, NotTyping, Command::Undo, words::undo()),
        bind(COMMAND | SHIFT, Key::Z, NotTyping, Command::Redo, words::redo()),
        bind(COMMAND, Key::Y, NotTyping, Command::Redo, words::redo()),
        bind(COMMAND, Key::Q, Always, Command::Quit, words::quit()),
        bind(NONE, Key::F11, Always, Command::FullScreen, words::full_screen()),
        bind(NONE, Key::F1, Always, Command::Help, words::help()),
        bind(NONE, Key::Questionmark, NotTyping, Command::Help, words::help()),
        // Where the layout tells the key and not what it types.
        bind(SHIFT, Key::Slash, NotTyping, Command::Help, words::help()),
    ]);
    table
}

/// What was asked for by keys in this frame. At its end: a widget that uses a key has taken it by then.
pub fn asked(ctx: &Context) -> Vec<Command> {
    let no_key = ctx.input(|input| !input.events.iter().any(|event| matches!(event, eframe::egui::Event::Key { pressed: true, .. })));
    if no_key || Popup::is_any_open(ctx) {
        return Vec::new();
    }
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let mut bindings = table();
    // A key without shift also matches one with it: the more particular one comes first.
    bindings.sort_by_key(|binding| !binding.shortcut.modifiers.shift);
    let mut asked = Vec::new();
    ctx.input_mut(|input| {
        for binding in bindings {
            let counts = match binding.when {
                When::Always => true,
                When::NotTyping => !typing,
                When::NothingFocused => !focused,
            };
            if counts && input.consume_shortcut(&binding.shortcut) {
                asked.push(binding.command);
            }
        }
    });
    asked
}

/// The lines of the help: keys, and what they do.
pub fn help(ctx: &Context) -> Vec<(String, &'static str)> {
    let mut lines: Vec<(Vec<String>, &'static str)> = Vec::new();
    for binding in table() {
        let key = name(ctx, &binding.shortcut);
        match lines.iter_mut().find(|(_, help)| *help == binding.help) {
            Some((keys, _)) if !keys.contains(&key) => keys.push(key),
            Some(_) => {}
            None => lines.push((vec![key], binding.help)),
        }
    }
    let command = |key| ctx.format_shortcut(&KeyboardShortcut::new(Modifiers::COMMAND, key));
    lines.push((vec![command(Key::Plus), command(Key::Minus)], words::zoom()));
    lines.push((vec![Key::Tab.name().to_owned()], words::focus()));
    lines.into_iter().map(|(keys, help)| (in_short(&keys), help)).collect()
}

/// `1 to 0` for the digits; others one by one.
fn in_short(keys: &[String]) -> String {
    match keys {
        [first, .., last] if keys.len() > 4 => format!("{first} … {last}"),
        keys => keys.join("  "),
    }
}

/// A shortcut as it stands on the keyboard, with words that the typeface can write.
fn name(ctx: &Context, shortcut: &KeyboardShortcut) -> String {
    match (shortcut.modifiers, shortcut.logical_key) {
        (_, Key::Questionmark | Key::Slash) => "?".into(),
        (modifiers, key) => {
            let arrow = match key {
                Key::ArrowLeft => "←",
                Key::ArrowRight => "→",
                Key::ArrowUp => "↑",
                Key::ArrowDown => "↓",
                _ => return ctx.format_shortcut(shortcut),
            };
            if modifiers.shift { format!("Shift+{arrow}") } else { arrow.into() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things() {
        let table = table();
        for (i, binding) in table.iter().enumerate() {
            assert!(table[..i].iter().all(|other| other.shortcut != binding.shortcut), "{:?}", binding.shortcut);
        }
    }

    #[test]
    fn the_help_names_every_key_once() {
        let help = help(&Context::default());
        let lines: Vec<String> = help.iter().map(|(keys, what)| format!("{keys}: {what}")).collect();
        assert!(lines.contains(&"1 … 0: Choose a strategy, in the order of the list".to_owned()), "{lines:?}");
        assert!(lines.contains(&"←  →: Previous or next event".to_owned()), "{lines:?}");
        let mut what: Vec<&str> = help.iter().map(|(_, what)| *what).collect();
        what.dedup();
        assert_eq!(what.len(), help.len());
    }
}
