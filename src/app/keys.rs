//! The keys: one table that is what they do, what the help says, and what the palette of commands teaches.

use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers, Popup};

use super::command::Command;
use super::poke::{Poke, USUAL_SHARE};
use super::rooms::Room;
use super::settings::Scale;
use super::why::Question;
use crate::scenario::StrategyKind;
use crate::text::controls::{self, keys as words};
use crate::text::poke::{self as poke_texts, keys as poke_words};
use crate::text::{files as file_words, lanes, rooms, strategy_name, window};

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
    /// What the command is called where it stands alone.
    name: &'static str,
}

impl Binding {
    /// Called so where it stands alone, and not as its line of the help.
    fn called(mut self, name: &'static str) -> Binding {
        self.name = name;
        self
    }
}

fn bind(modifiers: Modifiers, key: Key, when: When, command: Command, help: &'static str) -> Binding {
    Binding { shortcut: KeyboardShortcut::new(modifiers, key), when, command, help, name: help }
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
        bind(NONE, Key::ArrowLeft, NothingFocused, Command::PreviousEvent, words::step()).called(controls::previous_event()),
        bind(NONE, Key::ArrowRight, NothingFocused, Command::NextEvent, words::step()).called(controls::next_event()),
        bind(SHIFT, Key::ArrowLeft, NotTyping, Command::Back, words::ten_seconds()).called(window::back_ten()),
        bind(SHIFT, Key::ArrowRight, NotTyping, Command::Forward, words::ten_seconds()).called(window::forward_ten()),
        bind(NONE, Key::Home, NotTyping, Command::ToStart, words::ends()).called(controls::to_start()),
        bind(NONE, Key::End, NotTyping, Command::ToEnd, words::ends()).called(controls::to_end()),
        bind(NONE, Key::ArrowUp, NothingFocused, Command::Faster, words::speed()).called(window::faster()),
        bind(NONE, Key::ArrowDown, NothingFocused, Command::Slower, words::speed()).called(window::slower()),
        bind(NONE, Key::R, NotTyping, Command::Restart, words::restart()),
        bind(NONE, Key::L, NotTyping, Command::SwitchView, lanes::key()),
        bind(NONE, Key::F, NotTyping, Command::ToFleet, lanes::key_fleet()).called(lanes::to_fleet()),
        bind(NONE, Key::W, NotTyping, Command::Why(Question::Moment), words::why()),
        bind(NONE, Key::Escape, NothingFocused, Command::CloseWhy, words::why()).called(controls::close_why()),
    ];
    table.extend([
        bind(NONE, Key::K, NotTyping, Command::KillChosen, poke_words::kill()),
        bind(NONE, Key::B, NotTyping, Command::Poke(Poke::TurnBad(USUAL_SHARE)), poke_words::turn()).called(poke_texts::turns_bad()),
        bind(NONE, Key::G, NotTyping, Command::Poke(Poke::TurnGood), poke_words::turn()).called(poke_texts::turn_good()),
        bind(NONE, Key::A, NotTyping, Command::Poke(Poke::Approve), poke_words::answer()).called(poke_texts::approve()),
        bind(SHIFT, Key::A, NotTyping, Command::Poke(Poke::Abort), poke_words::answer()).called(poke_texts::abort()),
        bind(NONE, Key::E, NotTyping, Command::ShowEvents(None), poke_words::events()),
        bind(NONE, Key::C, NotTyping, Command::KeepGhost, poke_words::compare()).called(poke_texts::keep_meaning()),
        bind(SHIFT, Key::C, NotTyping, Command::DismissGhost, poke_words::compare()).called(poke_texts::dismiss()),
    ]);
    for (key, kind) in DIGITS.into_iter().zip(StrategyKind::ALL) {
        table.push(bind(NONE, key, NotTyping, Command::Choose(kind), words::strategy()).called(strategy_name(kind)));
    }
    for (key, room) in DIGITS.into_iter().zip(Room::ALL) {
        table.push(bind(COMMAND, key, Always, Command::OpenRoom(room), rooms::keys_rooms()).called(room.name()));
    }
    table.extend([
        bind(COMMAND, Key::K, Always, Command::Palette, window::palette()),
        bind(COMMAND, Key::P, Always, Command::Presets, window::keys_presets()).called(window::presets()),
        bind(NONE, Key::P, NotTyping, Command::Present, window::keys_present()).called(window::present()),
        bind(NONE, Key::N, NotTyping, Command::AskNext, window::keys_ask_next()).called(window::ask_next()),
        bind(COMMAND, Key::O, Always, Command::Open, words::open()),
        bind(COMMAND, Key::S, Always, Command::Save, words::save()),
        bind(COMMAND | SHIFT, Key::S, Always, Command::SaveAs, words::save_as()),
        bind(COMMAND, Key::E, Always, Command::RonPane, file_words::key_ron()),
        bind(COMMAND | SHIFT, Key::C, Always, Command::CopyRon, file_words::key_copy()),
        // A text field undoes its own typing.
        bind(COMMAND, Key::Z, NotTyping, Command::Undo, words::undo()),
        bind(COMMAND | SHIFT, Key::Z, NotTyping, Command::Redo, words::redo()),
        bind(COMMAND, Key::Y, NotTyping, Command::Redo, words::redo()),
        bind(COMMAND, Key::Plus, Always, Command::Larger, words::zoom()).called(window::larger()),
        // Where plus is typed with shift, and without it.
        bind(COMMAND, Key::Equals, Always, Command::Larger, words::zoom()).called(window::larger()),
        bind(COMMAND, Key::Minus, Always, Command::Smaller, words::zoom()).called(window::smaller()),
        bind(COMMAND, Key::Num0, Always, Command::SetScale(Scale::USUAL), words::zoom()).called(window::usual_scale()),
        bind(COMMAND, Key::B, Always, Command::FoldSettings, window::keys_fold()).called(window::fold_settings()),
        bind(COMMAND, Key::G, Always, Command::FoldFigures, window::keys_fold()).called(window::fold_figures()),
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

/// A command that has a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyed {
    /// The command.
    pub command: Command,
    /// What it is called, in the language that is spoken.
    pub name: &'static str,
    /// Its key, or its keys.
    pub keys: String,
}

/// Every command that has a key, once, in the order of the help.
pub fn commands(ctx: &Context) -> Vec<Keyed> {
    let mut commands: Vec<Keyed> = Vec::new();
    for binding in table() {
        let key = name(ctx, &binding.shortcut);
        match commands.iter_mut().find(|known| known.command == binding.command) {
            // Another key for the same is told where it looks different.
            Some(known) if known.keys != key => known.keys = format!("{}  {key}", known.keys),
            Some(_) => {}
            None => commands.push(Keyed { command: binding.command, name: binding.name, keys: key }),
        }
    }
    commands
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
    // Pasting is no key of ours: the system tells that something was pasted.
    lines.push((vec![ctx.format_shortcut(&KeyboardShortcut::new(Modifiers::COMMAND, Key::V))], file_words::key_paste()));
    lines.push((vec![Key::Tab.name().to_owned()], words::focus()));
    lines.into_iter().map(|(keys, help)| (in_short(&keys), help)).collect()
}

/// `1 to 0` for the digits; others one by one.
fn in_short(keys: &[String]) -> String {
    match keys {
        [first, .., last] if keys.len() > 5 => format!("{first} … {last}"),
        keys => keys.join("  "),
    }
}

/// A shortcut as it stands on the keyboard, with words that the typeface can write.
fn name(ctx: &Context, shortcut: &KeyboardShortcut) -> String {
    match (shortcut.modifiers, shortcut.logical_key) {
        (_, Key::Questionmark | Key::Slash) => "?".into(),
        // The same key, whether shift is needed for it or not.
        (modifiers, Key::Equals) => ctx.format_shortcut(&KeyboardShortcut::new(modifiers, Key::Plus)),
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
        assert!(lines.iter().any(|line| line.starts_with("Ctrl+K: ")), "{lines:?}");
        let mut what: Vec<&str> = help.iter().map(|(_, what)| *what).collect();
        what.dedup();
        assert_eq!(what.len(), help.len());
    }

    #[test]
    fn every_command_is_told_once_with_its_own_name() {
        let commands = commands(&Context::default());
        for (i, one) in commands.iter().enumerate() {
            assert!(commands[..i].iter().all(|other| other.name != one.name && other.command != one.command), "{one:?}");
        }
        let keys = |command: Command| commands.iter().find(|one| one.command == command).map(|one| one.keys.as_str());
        assert_eq!(keys(Command::Forward), Some("Shift+→"));
        assert_eq!(keys(Command::Choose(StrategyKind::RollingUpdate)), Some("0"));
        assert_eq!(keys(Command::Redo), Some("Ctrl+Shift+Z  Ctrl+Y"));
    }
}
