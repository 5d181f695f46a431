//! The palette: every command, strategy and preset in one list that is searched by typing, each with its key.

use eframe::egui::{
    Align2, Context, Frame, Id, Key, Margin, Modal, Modifiers, Rect, Role, ScrollArea, Sense, TextEdit, ThemePreference, Ui, WidgetInfo,
    pos2, vec2,
};

use super::command::Command;
use super::find::find;
use super::keys;
use super::settings::Scale;
use super::stage::Motion;
use super::theme::{CONTROL_HEIGHT, RADIUS, Text, Theme};
use crate::presets::{self, BUILT_IN};
use crate::scenario::StrategyKind;
use crate::text::language::Language;
use crate::text::{controls, strategy_name, window as words};

/// One line of it.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    name: String,
    /// The name in English, which is found too whatever is spoken.
    english: String,
    /// Its key, or what kind of thing it is.
    keys: String,
    kind: &'static str,
    command: Command,
}

/// The palette while it is open.
pub struct Palette {
    entries: Vec<Entry>,
    typed: String,
    found: Vec<usize>,
    chosen: usize,
}

/// So much of it is seen at once.
const ROWS: f32 = 12.0;
const WIDTH: f32 = 560.0;

impl std::fmt::Debug for Palette {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Palette").field("typed", &self.typed).finish_non_exhaustive()
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Picked {
    /// Nothing.
    Closed,
    /// This.
    Command(Command),
}

impl Palette {
    /// All commands, nothing typed yet.
    pub fn new(ctx: &Context) -> Palette {
        let mut palette = Palette { entries: entries(ctx), typed: String::new(), found: Vec::new(), chosen: 0 };
        palette.search();
        palette
    }

    fn search(&mut self) {
        self.found = find(&self.typed, &self.entries, |entry| vec![entry.name.clone(), entry.english.clone(), entry.kind.to_owned()]);
        self.chosen = 0;
    }

    /// Shows it over everything. What a person picked, once.
    pub fn show(&mut self, ctx: &Context) -> Option<Picked> {
        let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(12));
        let shown = Modal::new(Id::unique("palette")).frame(frame).show(ctx, |ui| {
            let screen = ctx.content_rect();
            ui.set_width((screen.width() - 48.0).min(WIDTH));
            self.contents(ui, (screen.height() - 160.0).clamp(CONTROL_HEIGHT, ROWS * CONTROL_HEIGHT))
        });
        let close = shown.should_close().then_some(Picked::Closed);
        shown.inner.or(close)
    }

    fn contents(&mut self, ui: &mut Ui, height: f32) -> Option<Picked> {
        let theme = Theme::of(ui);
        let (moved, entered) = self.keys(ui);
        let field = TextEdit::singleline(&mut self.typed).hint_text(words::palette_search()).desired_width(f32::INFINITY);
        let field = ui.add(field.margin(Margin::symmetric(8, 6)));
        // The list is operated from here: the keyboard stays.
        field.request_focus();
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(words::palette_search()));
        if field.changed() {
            self.search();
        }
        ui.add_space(4.0);
        let mut picked = None;
        if self.found.is_empty() {
            ui.label(Text::Body.rich(words::palette_none()).color(theme.text_dim));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut list = ScrollArea::vertical().id_salt("found").max_height(height).auto_shrink([false, true]);
        if moved || field.changed() {
            #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
            let middle = (self.chosen as f32 + 0.5) * CONTROL_HEIGHT - height / 2.0;
            list = list.vertical_scroll_offset(middle.max(0.0));
        }
        let list = list.show_rows(ui, CONTROL_HEIGHT, self.found.len(), |ui, rows| {
            for place in rows {
                let Some(entry) = self.found.get(place).and_then(|&i| self.entries.get(i)) else { continue };
                let id = ui.push_id(("entry", place), |ui| {
                    let row = row(ui, entry, place == self.chosen);
                    if row.clicked() {
                        picked = Some(Picked::Command(entry.command.clone()));
                    }
                    row.id
                });
                if place == self.chosen {
                    // What the arrows choose is told while the keyboard stays in the field.
                    ui.ctx().accesskit_node_builder(field.id, |node| node.set_active_descendant(id.inner.accesskit_id()));
                }
            }
        });
        ui.ctx().accesskit_node_builder(list.id, |node| {
            node.set_role(Role::ListBox);
            node.set_label(words::palette());
        });
        ui.add_space(8.0);
        ui.label(Text::Label.rich(words::palette_how()).color(theme.text_dim));
        let entered = entered.then(|| self.found.get(self.chosen).and_then(|&i| self.entries.get(i))).flatten();
        entered.map(|entry| Picked::Command(entry.command.clone())).or(picked)
    }

    /// The arrows choose, Enter takes. Whether another is chosen now, and whether it is taken.
    fn keys(&mut self, ui: &Ui) -> (bool, bool) {
        let before = self.chosen;
        let last = self.found.len().saturating_sub(1);
        let entered = ui.input_mut(|input| {
            let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
            let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp);
            let page_down = input.count_and_consume_key(Modifiers::NONE, Key::PageDown);
            let page_up = input.count_and_consume_key(Modifiers::NONE, Key::PageUp);
            self.chosen = (self.chosen + down + 10 * page_down).min(last).saturating_sub(up + 10 * page_up);
            input.consume_key(Modifiers::NONE, Key::Enter)
        });
        (self.chosen != before, entered)
    }
}

fn row(ui: &mut Ui, entry: &Entry, chosen: bool) -> eframe::egui::Response {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &entry.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_keyboard_shortcut(entry.keys.as_str());
        node.set_value(entry.keys.as_str());
        node.set_description(entry.kind);
        node.set_selected(chosen);
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    if chosen {
        painter.rect_filled(rect, RADIUS, theme.accent_soft);
    } else if response.hovered() {
        painter.rect_filled(rect, RADIUS, theme.hover);
    }
    let inner = rect.shrink2(vec2(8.0, 0.0));
    let right = if entry.keys.is_empty() {
        Text::Label.paint(painter, inner, Align2::RIGHT_CENTER, entry.kind, theme.text_dim).rect
    } else {
        Text::SmallStrong.paint(painter, inner, Align2::RIGHT_CENTER, &entry.keys, theme.text_dim).rect
    };
    let name = Rect::from_min_max(inner.min, pos2(right.left() - 12.0, inner.bottom()));
    let text = if chosen { Text::Strong } else { Text::Body };
    text.paint(painter, name, Align2::LEFT_CENTER, &entry.name, theme.text);
    response
}

/// A name in the language that is spoken, and in English.
fn named(name: impl Fn() -> String) -> (String, String) {
    (name(), words::in_english(name))
}

fn entries(ctx: &Context) -> Vec<Entry> {
    let mut entries = Vec::new();
    let english = words::in_english(|| keys::commands(ctx));
    for (keyed, english) in keys::commands(ctx).into_iter().zip(english) {
        // It is open already.
        if keyed.command == Command::Palette {
            continue;
        }
        let kind = if matches!(keyed.command, Command::Choose(_)) { words::kind_strategy() } else { words::kind_command() };
        entries.push(Entry {
            name: keyed.name.to_owned(),
            english: english.name.to_owned(),
            keys: keyed.keys,
            kind,
            command: keyed.command,
        });
    }
    let mut add = |(name, english): (String, String), kind, command| {
        entries.push(Entry { name, english, keys: String::new(), kind, command });
    };
    // Those beyond the ten that have a digit.
    for kind in StrategyKind::ALL.into_iter().skip(10) {
        add(named(|| strategy_name(kind).to_owned()), words::kind_strategy(), Command::Choose(kind));
    }
    for (i, theme) in [ThemePreference::System, ThemePreference::Light, ThemePreference::Dark].into_iter().enumerate() {
        let name = || words::theme_of(controls::themes().get(i).copied().unwrap_or_default());
        add(named(name), words::kind_setting(), Command::SetTheme(theme));
    }
    for language in Language::ALL {
        // "Japanese" is found by those who cannot type how it is written there.
        let (name, english) = named(|| words::language_of(language.name()));
        add((name, format!("{english} {language:?}")), words::kind_setting(), Command::SetLanguage(language));
    }
    for scale in Scale::ALL {
        let name = || format!("{}: {}", words::scale(), words::scale_of(scale.percent()));
        add(named(name), words::kind_setting(), Command::SetScale(scale));
    }
    add(named(|| words::motion().to_owned()), words::kind_setting(), Command::SetMotion(Motion::Reduced));
    add(named(|| words::motion_off().to_owned()), words::kind_setting(), Command::SetMotion(Motion::Full));
    for (place, preset) in BUILT_IN.iter().enumerate() {
        let name = || presets::shown(place).map_or(preset.name, |(name, _)| name).to_owned();
        add(named(name), words::kind_preset(), Command::OpenPreset(place));
    }
    entries
}
