//! The presets' browser: a card for each scenario that comes with the program or is the person's own, with a small
//! picture of its capacity, in groups, searched by typing, operated by mouse or by keyboard alone.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Live;
use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align2, Context, Frame, Id, Key, Margin, Modal, Modifiers, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::command::Command;
use super::find::find;
use super::knobs::outlines::Outline;
use super::model::Opened;
use super::theme::{RADIUS, Text, Theme};
use super::widgets::CapacityPicture;
use crate::presets::{self, BUILT_IN, FOR_STRATEGIES, SITUATIONS};
use crate::scenario::Scenario;
use crate::text::window as words;

/// In one frame so much time goes into pictures at most, and one of them at least; the rest follows in the next frames.
const FRAME_SHARE: Duration = Duration::from_millis(5);

/// A card's least width, its height, and what is between two, in points.
const CARD: Vec2 = vec2(264.0, 76.0);
const GAP: f32 = 8.0;
const HEADING: f32 = 28.0;
/// The larger picture on a card.
const PICTURE: Vec2 = vec2(72.0, 30.0);
/// All of it, where the window is large enough.
const LARGEST: Vec2 = vec2(880.0, 640.0);

/// What a card opens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum What {
    /// One of [`BUILT_IN`], by its place.
    BuiltIn(usize),
    /// A file of the person's own.
    Own(PathBuf),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Strategies,
    Stories,
    Wrong,
    Own,
}

impl Group {
    const ALL: [Group; 4] = [Group::Strategies, Group::Stories, Group::Wrong, Group::Own];

    fn of(place: usize) -> Group {
        if place < FOR_STRATEGIES {
            Group::Strategies
        } else if place < FOR_STRATEGIES + SITUATIONS {
            Group::Stories
        } else {
            Group::Wrong
        }
    }

    fn words(self) -> &'static str {
        match self {
            Group::Strategies => words::presets_strategies(),
            Group::Stories => words::presets_stories(),
            Group::Wrong => words::presets_wrong(),
            Group::Own => words::presets_own(),
        }
    }
}

/// A card.
#[derive(Clone, Debug)]
struct Card {
    name: String,
    description: String,
    /// Its name on the command line, which is found too.
    also: String,
    what: What,
    group: Group,
}

/// The browser, and the pictures that it has made.
#[derive(Default)]
pub struct Browser {
    is_open: bool,
    cards: Vec<Card>,
    typed: String,
    /// The cards that are shown, row by row; a heading stands before the first row of a group.
    rows: Vec<(Option<String>, Vec<usize>)>,
    columns: usize,
    chosen: usize,
    /// None where the file cannot be read.
    pictures: HashMap<What, Option<Outline>>,
}

impl Browser {
    /// Opens it, with the person's own presets as they are now.
    pub fn open(&mut self) {
        // A file may have changed since.
        self.pictures.retain(|what, _| matches!(what, What::BuiltIn(_)));
        self.cards = built_in().chain(own()).collect();
        (self.is_open, self.typed, self.chosen, self.columns) = (true, String::new(), 0, 0);
    }

    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows it over everything. What a person chose, once.
    pub fn show(&mut self, ctx: &Context) -> Option<Command> {
        let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(16));
        let room = ctx.content_rect().size() - vec2(24.0, 24.0);
        let shown = Modal::new(Id::unique("presets")).frame(frame).show(ctx, |ui| {
            let size = room.min(LARGEST) - vec2(32.0, 32.0);
            ui.set_min_size(size);
            ui.set_max_size(size);
            self.contents(ui)
        });
        if shown.inner.is_some() || shown.should_close() {
            self.is_open = false;
        }
        shown.inner
    }

    fn contents(&mut self, ui: &mut Ui) -> Option<Command> {
        let theme = Theme::of(ui);
        let (moved, entered) = self.keys(ui);
        let field = TextEdit::singleline(&mut self.typed).hint_text(words::presets_search()).desired_width(f32::INFINITY);
        let field = ui.add(field.margin(Margin::symmetric(8, 6)));
        // The cards are operated from here: the keyboard stays.
        field.request_focus();
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(words::presets_search()));
        ui.add_space(4.0);
        let scroll_bar = ui.spacing().scroll.bar_width + ui.spacing().scroll.bar_inner_margin;
        let width = ui.available_width() - scroll_bar - 4.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of columns")]
        let columns = (((width + GAP) / (CARD.x + GAP)) as usize).max(1);
        let changed = field.changed();
        if changed || columns != self.columns {
            self.columns = columns;
            self.arrange();
            if changed {
                self.chosen = self.rows.first().and_then(|(_, row)| row.first()).copied().unwrap_or(0);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
        let size = vec2((width - GAP * (columns as f32 - 1.0)) / columns as f32, CARD.y);
        let below = 64.0;
        let height = (ui.available_height() - below).max(CARD.y);
        let mut picked = None;
        if self.rows.is_empty() {
            ui.allocate_ui(vec2(width, height), |ui| {
                ui.set_min_height(height);
                ui.label(Text::Body.rich(words::presets_none()).color(theme.text_dim));
            });
        } else {
            let area = ScrollArea::vertical().id_salt("cards").max_height(height).min_scrolled_height(height).auto_shrink(false);
            let began = Instant::now();
            let rows = self.rows.clone();
            let list = area.show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(GAP, GAP);
                for (heading, row) in &rows {
                    if let Some(heading) = heading {
                        heading_line(ui, heading);
                    }
                    ui.horizontal(|ui| {
                        for &place in row {
                            picked = self.card(ui, place, size, moved || changed, field.id, began).or(picked.take());
                        }
                    });
                }
            });
            ui.ctx().accesskit_node_builder(list.id, |node| {
                node.set_role(Role::ListBox);
                node.set_label(words::presets());
            });
        }
        ui.add_space(8.0);
        self.about(ui);
        let entered =
            entered.then(|| self.rows.iter().any(|(_, row)| row.contains(&self.chosen)).then(|| self.command(self.chosen))).flatten();
        entered.flatten().or(picked)
    }

    /// What the chosen card is about, and the keys.
    fn about(&self, ui: &mut Ui) {
        let theme = Theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(ui.available_size().max(vec2(0.0, 40.0)), Sense::hover());
        let chosen = self.cards.get(self.chosen).filter(|_| !self.rows.is_empty());
        let painter = ui.painter();
        if let Some(card) = chosen {
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &card.description));
            let mut job = LayoutJob::single_section(card.description.clone(), Text::Small.format(theme.text));
            (job.wrap.max_width, job.wrap.max_rows) = (rect.width(), 2);
            painter.galley(rect.min, painter.layout_job(job), theme.text);
        }
        let count: usize = self.rows.iter().map(|(_, row)| row.len()).sum();
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 16.0), rect.max);
        let found = words::presets_found(count);
        let right = Text::Label.paint(painter, line, Align2::RIGHT_CENTER, &found, theme.text_dim);
        let told = ui.interact(right.rect, response.id.with("found"), Sense::hover());
        told.widget_info(|| WidgetInfo::labeled(Role::Label, true, &found));
        ui.ctx().accesskit_node_builder(told.id, |node| node.set_live(Live::Polite));
        let left = Rect::from_min_max(line.min, pos2(right.rect.left() - 8.0, line.bottom()));
        Text::Label.paint(painter, left, Align2::LEFT_CENTER, words::presets_how(), theme.text_dim);
    }

    fn command(&self, place: usize) -> Option<Command> {
        Some(match &self.cards.get(place)?.what {
            What::BuiltIn(place) => Command::OpenPreset(*place),
            What::Own(path) => Command::OpenFile(path.clone()),
        })
    }

    /// The cards that were asked for, in rows.
    fn arrange(&mut self) {
        let found = find(&self.typed, &self.cards, |card| vec![card.name.clone(), card.also.clone(), card.description.clone()]);
        self.rows.clear();
        let columns = self.columns.max(1);
        if self.typed.trim().is_empty() {
            for group in Group::ALL {
                let of_group: Vec<usize> =
                    found.iter().copied().filter(|&i| self.cards.get(i).is_some_and(|card| card.group == group)).collect();
                for (i, row) in of_group.chunks(columns).enumerate() {
                    self.rows.push(((i == 0).then(|| group.words().to_owned()), row.to_vec()));
                }
            }
        } else {
            // The best first, whatever their group.
            self.rows.extend(found.chunks(columns).map(|row| (None, row.to_vec())));
        }
    }

    /// The arrows choose, Enter opens. Whether another is chosen now, and whether it is opened.
    fn keys(&mut self, ui: &Ui) -> (bool, bool) {
        let at = self.rows.iter().enumerate().find_map(|(i, (_, row))| Some((i, row.iter().position(|place| *place == self.chosen)?)));
        let (right, down, entered) = ui.input_mut(|input| {
            let mut moves = |less: Key, more: Key| {
                let more = input.count_and_consume_key(Modifiers::NONE, more);
                let less = input.count_and_consume_key(Modifiers::NONE, less);
                isize::try_from(more).unwrap_or(0) - isize::try_from(less).unwrap_or(0)
            };
            let right = moves(Key::ArrowLeft, Key::ArrowRight);
            let down = moves(Key::ArrowUp, Key::ArrowDown) + 4 * moves(Key::PageUp, Key::PageDown);
            (right, down, input.consume_key(Modifiers::NONE, Key::Enter))
        });
        let before = self.chosen;
        if let Some((row, column)) = at {
            if right != 0 {
                let flat: Vec<usize> = self.rows.iter().flat_map(|(_, row)| row.iter().copied()).collect();
                let now = flat.iter().position(|place| *place == self.chosen).unwrap_or(0);
                let to = now.saturating_add_signed(right).min(flat.len().saturating_sub(1));
                self.chosen = flat.get(to).copied().unwrap_or(self.chosen);
            }
            if down != 0 {
                let to = row.saturating_add_signed(down).min(self.rows.len().saturating_sub(1));
                let row = self.rows.get(to).map(|(_, row)| row.as_slice()).unwrap_or_default();
                self.chosen = row.get(column).or(row.last()).copied().unwrap_or(self.chosen);
            }
        }
        (self.chosen != before, entered)
    }

    fn card(&mut self, ui: &mut Ui, place: usize, size: Vec2, show: bool, field: Id, began: Instant) -> Option<Command> {
        let card = self.cards.get(place)?.clone();
        let chosen = place == self.chosen;
        let (rect, response) = ui.push_id(place, |ui| ui.allocate_exact_size(size, Sense::click())).inner;
        if chosen && show {
            response.scroll_to_me(None);
        }
        let seen = ui.is_rect_visible(rect);
        let picture = if seen { self.picture(ui.ctx(), &card.what, began) } else { self.pictures.get(&card.what).cloned() };
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &card.name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_selected(chosen);
            node.set_description(match &picture {
                Some(Some(picture)) => format!("{}. {}: {}", card.description, picture.duration(), picture.words()),
                Some(None) => format!("{}. {}", card.description, words::presets_unread()),
                None => card.description.clone(),
            });
        });
        if chosen {
            ui.ctx().accesskit_node_builder(field, |node| node.set_active_descendant(response.id.accesskit_id()));
        }
        if seen {
            let theme = Theme::of(ui);
            let painter = ui.painter();
            let fill = if chosen {
                theme.accent_soft
            } else if response.hovered() {
                theme.hover
            } else {
                theme.panel
            };
            let outline = if chosen { Stroke::new(2.0, theme.focus) } else { Stroke::new(1.0, theme.line) };
            painter.rect(rect, RADIUS, fill, outline, StrokeKind::Inside);
            let inner = rect.shrink2(vec2(12.0, 10.0));
            let at = Rect::from_min_size(pos2(inner.right() - PICTURE.x, inner.top()), PICTURE);
            if let Some(Some(picture)) = &picture {
                CapacityPicture::paint(painter, at, theme, &picture.steps, chosen);
                let under = Rect::from_min_max(pos2(at.left(), at.bottom() + 4.0), inner.max);
                Text::Small.paint(painter, under, Align2::RIGHT_CENTER, &picture.duration(), theme.text_dim);
            }
            let words = Rect::from_min_max(inner.min, pos2(at.left() - 12.0, inner.bottom()));
            // A long title takes a line of the description, which stands in full below the cards.
            let (title_rows, rows) = if Text::Strong.line(painter, &card.name, theme.text, words.width()).elided { (2, 1) } else { (1, 2) };
            let wrapped = |text: &str, format, rows| {
                let mut job = LayoutJob::single_section(text.to_owned(), format);
                (job.wrap.max_width, job.wrap.max_rows) = (words.width(), rows);
                painter.layout_job(job)
            };
            let title = wrapped(&card.name, Text::Strong.format(theme.text), title_rows);
            let under = if title_rows == 1 { 22.0 } else { title.size().y + 3.0 };
            painter.galley(words.min, title, theme.text);
            let description = wrapped(&card.description, Text::Small.format(theme.text_dim), rows);
            painter.galley(words.min + vec2(0.0, under), description, theme.text_dim);
        }
        response.on_hover_text(format!("{}\n{}", card.name, card.description)).clicked().then(|| self.command(place)).flatten()
    }

    /// A card's picture; none yet where this frame has had enough of them.
    fn picture(&mut self, ctx: &Context, what: &What, began: Instant) -> Option<Option<Outline>> {
        if let Some(known) = self.pictures.get(what) {
            return Some(known.clone());
        }
        if began.elapsed() >= FRAME_SHARE {
            ctx.request_repaint();
            return None;
        }
        let picture = match what {
            What::BuiltIn(place) => BUILT_IN.get(*place)?.scenario().ok().map(|scenario| picture_of(&scenario)),
            What::Own(path) => Opened::file(path).ok().map(|opened| picture_of(&opened.scenario)),
        };
        self.pictures.insert(what.clone(), picture.clone());
        Some(picture)
    }
}

fn picture_of(scenario: &Scenario) -> Outline {
    Outline::of_scenario(scenario)
}

fn heading_line(ui: &mut Ui, heading: &str) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEADING - GAP), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, heading));
    Text::Section.paint(ui.painter(), rect, Align2::LEFT_BOTTOM, heading, theme.text_dim);
}

fn built_in() -> impl Iterator<Item = Card> {
    BUILT_IN.iter().enumerate().map(|(place, preset)| {
        let (name, description) = presets::shown(place).unwrap_or((preset.name, ""));
        let (name, description) = (name.to_owned(), description.to_owned());
        Card { name, description, also: preset.name.to_owned(), what: What::BuiltIn(place), group: Group::of(place) }
    })
}

fn own() -> impl Iterator<Item = Card> {
    presets::own().into_iter().map(|(name, path)| {
        let description = path.display().to_string();
        Card { also: name.clone(), name, description, what: What::Own(path), group: Group::Own }
    })
}
