//! Levers: where the time goes, and what a small step of each setting does to a figure, the farthest first.

use eframe::egui::{Align2, Context, CursorIcon, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::kept::Kept;
use super::{breakdown, figure_value};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::theme::{CONTROL_HEIGHT, Text, Theme};
use crate::app::watch;
use crate::app::widgets::{ChoiceRow, ring};
use crate::explain::{self, Breakdown};
use crate::metrics::{Better, Figures, Key};
use crate::scenario::Scenario;
use crate::study::levers::{Lever, Levers as Found, LeversError, Step, levers};
use crate::text::{study, sweep as words};

/// The figures that levers can be asked to move.
const FIGURES: [Key; 8] =
    [Key::Duration, Key::MinCapacity, Key::Downtime, Key::Degraded, Key::Failed, Key::Exposed, Key::ExtraInstance, Key::MaxInstances];
const ROW: f32 = 40.0;
const NAMES: f32 = 196.0;
const BAR: f32 = 18.0;

/// What the view keeps.
#[derive(Default)]
pub(super) struct Levers {
    /// Of [`FIGURES`].
    figure: usize,
    kept: Kept<Scenario, Result<Found, String>>,
    /// Where the time goes, of which of the model's states.
    breakdown: Option<(u64, Breakdown)>,
}

impl Levers {
    /// Has the levers found, unless they were.
    pub(super) fn ask(&mut self, ctx: &Context, model: &Model) {
        if self.breakdown.as_ref().is_none_or(|(revision, _)| *revision != model.revision()) {
            self.breakdown = Some((model.revision(), explain::breakdown(model.simulated(), model.timeline())));
        }
        let of = model.simulated().clone();
        self.kept.ask(ctx, model.simulated(), move |progress| match levers(&of, progress) {
            Ok(found) => Some(Ok(found)),
            Err(LeversError::Cancelled(_)) => None,
            Err(LeversError::TooLong(why)) => Some(Err(why.to_string())),
        });
    }

    /// How far it is.
    pub(super) fn status(&mut self, ui: &mut Ui) {
        self.kept.status(ui);
    }

    /// Shows the view.
    pub(super) fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let theme = Theme::of(ui);
        let whole = ui.max_rect();
        let mut used = 0.0;
        if let Some((_, breakdown)) = &self.breakdown {
            // Its height is known when it is laid out, its ground lies below it.
            let ground = ui.painter().add(eframe::egui::Shape::Noop);
            let inner = whole.shrink2(vec2(16.0, 8.0));
            used = breakdown::show(ui, inner, breakdown, model) + 20.0;
            let card = whole.with_max_y(whole.top() + used);
            ui.painter().set(ground, eframe::egui::Shape::rect_filled(card, 8, theme.panel));
            used += 12.0;
        }
        let card = whole.with_min_y(whole.top() + used);
        ui.painter().rect_filled(card, 8, theme.panel);
        let inner = card.shrink2(vec2(16.0, 8.0));
        let (head, rows) = inner.split_top_bottom_at_y(inner.top() + 36.0);
        let mut area = watch::area(ui, "figure", head.with_min_x(head.right() - 224.0));
        let names = FIGURES.map(study::figure);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        area.add(ChoiceRow::new(words::figure(), &mut self.figure, &names));
        let key = FIGURES.get(self.figure).copied().unwrap_or(Key::Duration);
        let found = match self.kept.answer() {
            Some(Ok(found)) => found,
            Some(Err(why)) => {
                Text::Body.paint(ui.painter(), rows, Align2::CENTER_CENTER, why, theme.failed);
                return;
            }
            None => {
                self.kept.say_working(ui, rows);
                return;
            }
        };
        let title = words::levers_head(&study::figure(key), &figure_value(key, found.now.get(key)));
        Text::Section.paint(
            ui.painter(),
            head.with_max_x(head.right() - 240.0).with_max_y(head.top() + CONTROL_HEIGHT),
            Align2::LEFT_CENTER,
            &title,
            theme.text,
        );
        let moving = found.of(key);
        if moving.is_empty() {
            Text::Body.paint(ui.painter(), rows, Align2::CENTER_CENTER, study::no_lever(), theme.text_dim);
            return;
        }
        let (first, rest) = rows.split_top_bottom_at_y(rows.top() + 22.0);
        let [left, right] = halves(first);
        let [_, _, down, up] = study::lever_headings();
        Text::Label.paint(ui.painter(), left.with_max_x(left.right() - 8.0), Align2::RIGHT_CENTER, down, theme.text_dim);
        Text::Label.paint(ui.painter(), right.with_min_x(right.left() + 8.0), Align2::LEFT_CENTER, up, theme.text_dim);
        // Infinite times have no length.
        let farthest = moving.iter().map(|lever| lever.moves(key, &found.now)).filter(|m| m.is_finite()).fold(0.0, f64::max);
        let mut area = watch::area(ui, "levers", rest);
        ScrollArea::vertical().auto_shrink(false).show(&mut area, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for lever in moving {
                if let Some(scenario) = row(ui, lever, key, &found.now, farthest, model.simulated()) {
                    commands.push(Command::Edit(Box::new(scenario)));
                }
            }
        });
    }
}

/// The two sides of a row beside its name, with a gap between them.
fn halves(row: Rect) -> [Rect; 2] {
    let bars = row.with_min_x(row.left() + NAMES);
    let (left, right) = bars.split_left_right_at_fraction(0.5);
    [left.with_max_x(left.right() - 1.0), right.with_min_x(right.left() + 1.0)]
}

/// A setting with a bar to the left for a step down and one to the right for a step up. The scenario that was chosen.
fn row(ui: &mut Ui, lever: &Lever, key: Key, now: &Figures, farthest: f64, scenario: &Scenario) -> Option<Scenario> {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, (1.0, theme.line));
    let names = rect.with_max_x(rect.left() + NAMES - 8.0);
    let name = words::path_name(lever.path, scenario);
    let (upper, lower) = names.split_top_bottom_at_fraction(0.5);
    Text::Body.paint(ui.painter(), upper.with_min_y(upper.top() + 2.0), Align2::LEFT_CENTER, name, theme.text);
    Text::Label.paint(ui.painter(), lower.with_max_y(lower.bottom() - 4.0), Align2::LEFT_CENTER, &lever.value, theme.text_dim);
    ui.interact(names, ui.scope_id().with(("lever", lever.path)), Sense::hover()).on_hover_text(lever.path);
    let [left, right] = halves(rect);
    let mut chosen = None;
    for (side, step, half) in [(Side::Down, &lever.down, left), (Side::Up, &lever.up, right)] {
        if let Some(step) = step
            && bar(ui, lever, step, side, half, (key, now, farthest), name)
        {
            chosen = Some(step.scenario.clone());
        }
    }
    ui.painter().vline(left.right() + 1.0, rect.y_range(), (1.0, theme.line_strong));
    chosen
}

/// Which way a step goes, and to which side its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Down,
    Up,
}

fn bar(ui: &mut Ui, lever: &Lever, step: &Step, side: Side, half: Rect, (key, now, farthest): (Key, &Figures, f64), name: &str) -> bool {
    let theme = Theme::of(ui);
    let (before, after) = (now.get(key), step.figures.get(key));
    let moved = after.unwrap_or(0.0) - before.unwrap_or(0.0);
    let change = study::difference(key, after, before).unwrap_or_else(|| words::no_change().to_owned());
    let response = ui.interact(half, ui.scope_id().with((lever.path, side as u8)), Sense::click());
    let said = words::lever(name, (&lever.value, &step.value), &study::figure(key), &change);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    if response.hovered() {
        ui.painter().rect_filled(half.shrink2(vec2(0.0, 2.0)), 4, theme.hover);
    }
    // The words stand at the bar's end, and the longest bar leaves them their room.
    let words_shown = words::lever_step(&lever.value, &step.value, &change);
    let room = (half.width() - 220.0).max(half.width() * 0.3);
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    let part = if farthest > 0.0 { (moved.abs() / farthest).min(1.0) as f32 } else { 0.0 };
    let length = room * part;
    let (y, half_bar) = (half.center().y, BAR / 2.0);
    let bar = match side {
        Side::Down => Rect::from_min_max(pos2(half.right() - length, y - half_bar), pos2(half.right(), y + half_bar)),
        Side::Up => Rect::from_min_max(pos2(half.left(), y - half_bar), pos2(half.left() + length, y + half_bar)),
    };
    let colour = match (key.better(), moved > 0.0) {
        (Some(Better::Less), true) | (Some(Better::More), false) => theme.failed,
        (Some(Better::Less), false) | (Some(Better::More), true) => theme.good,
        (None, _) => theme.accent,
    };
    if length > 0.0 {
        ui.painter().rect_filled(bar, 2, colour);
    }
    let moves = moved != 0.0;
    let (text, colour) = if moves { (Text::Small, theme.text) } else { (Text::Small, theme.text_faint) };
    match side {
        Side::Down => {
            let place = half.with_max_x(bar.left() - 8.0);
            text.paint(ui.painter(), place, Align2::RIGHT_CENTER, &words_shown, colour);
        }
        Side::Up => {
            let place = half.with_min_x(bar.right() + 8.0);
            text.paint(ui.painter(), place, Align2::LEFT_CENTER, &words_shown, colour);
        }
    }
    ring(ui, &response, half.shrink2(vec2(0.0, 2.0)), 4);
    let clicked = response.clicked();
    response.on_hover_text(words::click_sets()).on_hover_cursor(CursorIcon::PointingHand);
    clicked
}
