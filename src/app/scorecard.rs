//! The figures of the deployment, and how they differ from those before the last change.

use std::time::Duration;

use eframe::egui::{Align, Label, Layout, Sense, Ui, UiBuilder, vec2};

use super::command::Command;
use super::model::Model;
use super::theme::{CONTROL_HEIGHT, Text, Theme, Tone};
use super::why::Question;
use super::widgets::{Icon, IconButton, ScoreRow, Section, TextButton};
use crate::text::{controls as words, poke as poke_words, window};

/// How long a changed figure is lit, in seconds.
const LIT_S: f64 = 1.5;

/// While a row is lit, it is drawn so often.
const FRAME: Duration = Duration::from_millis(33);

/// Shows all rows. A click on one asks why it is so; `asked` is what is being answered.
pub fn show(ui: &mut Ui, model: &Model, asked: Option<Question>, commands: &mut Vec<Command>) {
    let now_s = ui.input(|input| input.time);
    let mut fading = false;
    Section::new(words::scorecard()).show(ui, |ui| {
        if model.shown_until().is_some() {
            let colour = Theme::of(ui).text_dim;
            ui.label(Text::Body.rich(window::next_hidden()).color(colour));
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(ghost) = model.ghost() {
            compared(ui, ghost.kept, commands);
        }
        for (i, row) in model.run().rows.iter().enumerate() {
            let before = model.before().and_then(|before| before.get(i));
            let difference = before.and_then(|before| {
                let tone = if row.is_better_than(before) { Tone::Good } else { Tone::Bad };
                Some((row.difference(before)?, tone))
            });
            let since_s = now_s - model.changed_at().get(i).copied().unwrap_or(f64::NEG_INFINITY);
            fading |= since_s < LIT_S;
            #[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1")]
            let flash = (1.0 - since_s / LIT_S).clamp(0.0, 1.0) as f32;
            let question = Question::Figure(row.figure);
            let hover = format!("{}\n{}", row.meaning, words::ask_why());
            let mut shown = ScoreRow::new(row.label, &row.value).hover(&hover).flash(flash).asked(asked == Some(question));
            if let Some((text, tone)) = &difference {
                shown = shown.delta(text, *tone);
            }
            if ui.add(shown).clicked() {
                commands.push(Command::Why(question));
            }
        }
    });
    if fading {
        ui.ctx().request_repaint_after(FRAME);
    }
}

/// What the differences are of, and what is to become of it.
fn compared(ui: &mut Ui, kept: bool, commands: &mut Vec<Command>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT), Sense::hover());
    let at = UiBuilder::new().id_salt("compared").max_rect(rect).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(at, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        if ui.add(IconButton::new(Icon::Cross, poke_words::dismiss())).clicked() {
            commands.push(Command::DismissGhost);
        }
        if !kept && ui.add(TextButton::new(poke_words::keep())).on_hover_text(poke_words::keep_meaning()).clicked() {
            commands.push(Command::KeepGhost);
        }
        let text = if kept { poke_words::compared_with_kept() } else { poke_words::compared() };
        let colour = Theme::of(ui).text_dim;
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(Text::Small.rich(text).color(colour)).truncate()));
    });
}
