//! What happened, line by line; the latest event at the playhead is marked and kept in sight.

use eframe::egui::{ScrollArea, Ui, UiBuilder, vec2};

use super::command::Command;
use super::model::Model;
use super::theme::{Text, Theme, Tone};
use super::widgets::{LogRow, OVERHANG, Section};
use crate::text::{controls as words, numbers, story};
use crate::timeline::Note;

/// What the log keeps from frame to frame.
#[derive(Debug, Default)]
pub struct EventLog {
    /// What was last in sight: the scenario's revision and the entry.
    shown: Option<(u64, usize)>,
}

impl EventLog {
    /// Shows the log into a height of `height` points, heading included.
    pub fn show(&mut self, ui: &mut Ui, height: f32, model: &Model, commands: &mut Vec<Command>) {
        Section::new(words::log()).show(ui, |ui| {
            let timeline = model.timeline();
            // What is to come may be hidden.
            let known = model.shown_until().map_or(usize::MAX, |t| timeline.log_until(t));
            let log = timeline.log().get(..known).unwrap_or(timeline.log());
            if log.is_empty() {
                ui.label(Text::Small.rich(words::log_empty()).color(Theme::of(ui).text_dim));
                return;
            }
            let current = timeline.log_until(model.seen()).checked_sub(1);
            let room = (height - 28.0).max(LogRow::HEIGHT);
            let mut area = ScrollArea::vertical().id_salt("log").max_height(room).auto_shrink(false);
            let now = (model.revision(), current.unwrap_or(0));
            if self.shown != Some(now) {
                self.shown = Some(now);
                // The current entry in the middle.
                #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
                let above = now.1 as f32 * LogRow::HEIGHT - (room - LogRow::HEIGHT) / 2.0;
                #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
                let most = (log.len() as f32 * LogRow::HEIGHT - room).max(0.0);
                area = area.vertical_scroll_offset(above.clamp(0.0, most));
            }
            // The rows' light reaches beyond them, and the area must not cut it off.
            let wide = ui.available_rect_before_wrap().expand2(vec2(OVERHANG, 0.0));
            let mut ui = ui.new_child(UiBuilder::new().max_rect(wide));
            ui.spacing_mut().item_spacing.y = 0.0;
            area.content_margin(vec2(OVERHANG, 0.0)).show_rows(&mut ui, LogRow::HEIGHT, log.len(), |ui, rows| {
                for i in rows {
                    let Some(entry) = log.get(i) else { continue };
                    let (time, line) = (numbers::clock(entry.at), story::log_line(timeline, entry));
                    let row = LogRow::new(&time, &line).tone(tone(entry.note)).current(current == Some(i));
                    // The row's identity is its place in the log, wherever it is scrolled to.
                    let clicked = ui.push_id(i, |ui| ui.add(row).clicked()).inner;
                    if clicked {
                        commands.push(Command::MoveTo(entry.at));
                    }
                }
            });
        });
    }
}

/// What an event means.
fn tone(note: Note) -> Tone {
    match note {
        Note::Died(..) | Note::NotHealthy(_) | Note::Failed(_) | Note::NotProgressing => Tone::Bad,
        Note::Checked { value: Some(value), metric, threshold, .. } if metric.is_bad(value, threshold) => Tone::Bad,
        Note::Interrupted(_)
        | Note::TakenOut(_)
        | Note::Replacing(_)
        | Note::NoQuota { .. }
        | Note::TurnedBad(_)
        | Note::Person(_)
        | Note::GoingBack { .. }
        | Note::GoingOn
        | Note::Stopped => Tone::Warning,
        Note::Succeeded | Note::RolledBack | Note::TurnedGood => Tone::Good,
        Note::Launching(_)
        | Note::Draining(_)
        | Note::Installing(_)
        | Note::Starting(_)
        | Note::Checking(_)
        | Note::InService(_)
        | Note::Shifted(_)
        | Note::Moving { .. }
        | Note::Waiting(_)
        | Note::Adopted
        | Note::Terminating(_)
        | Note::Gone(_)
        | Note::Recovering(_)
        | Note::Demand(_)
        | Note::Checked { .. }
        | Note::WaitingForApproval
        | Note::Approved => Tone::Neutral,
    }
}
