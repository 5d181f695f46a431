//! The first minute: three things to try, in one calm strip over the transport, until they are done or put away for good.

use eframe::egui::{Align2, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::command::Command;
use super::theme::{Text, Theme};
use super::widgets::{Icon, TextButton};
use crate::text::window as words;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Drag the batch: any setting counts.
    Drag,
    /// Drag the time line.
    Scrub,
    /// Pick another strategy.
    Choose,
}

impl Step {
    /// All three, in their order.
    pub const ALL: [Step; 3] = [Step::Drag, Step::Scrub, Step::Choose];

    fn words(self) -> &'static str {
        match self {
            Step::Drag => words::first_drag(),
            Step::Scrub => words::first_scrub(),
            Step::Choose => words::first_choose(),
        }
    }

    /// The step that a command is, if it is one.
    fn of(command: &Command) -> Option<Step> {
        if matches!(command, Command::Edit(_)) {
            Some(Step::Drag)
        } else if matches!(command, Command::MoveTo(_)) {
            Some(Step::Scrub)
        } else {
            matches!(command, Command::Choose(_)).then_some(Step::Choose)
        }
    }
}

/// The strip's height in points.
const HEIGHT: f32 = 44.0;
/// Below this width there is room for the next step only.
const NARROW: f32 = 900.0;

/// What has been tried.
#[derive(Debug)]
pub struct FirstSteps {
    done: [bool; 3],
    over: bool,
}

impl FirstSteps {
    /// Nothing yet, or all of it at an earlier start.
    pub fn new(over: bool) -> FirstSteps {
        FirstSteps { done: [false; 3], over }
    }

    /// Whether there is nothing more to show, now and at later starts.
    pub fn are_over(&self) -> bool {
        self.over
    }

    /// Puts them away.
    pub fn end(&mut self) {
        self.over = true;
    }

    /// Takes in what a person did.
    pub fn look_at(&mut self, command: &Command) {
        if let Some(step) = Step::of(command).filter(|_| !self.over) {
            self.done[step as usize] = true;
            self.over = self.done.iter().all(|done| *done);
        }
    }

    /// The strip's height; none where it is not shown.
    pub fn height(&self) -> f32 {
        if self.over { 0.0 } else { HEIGHT }
    }

    /// Draws the strip into `rect`.
    pub fn show(&self, ui: &mut Ui, rect: Rect, commands: &mut Vec<Command>) {
        let theme = Theme::of(ui);
        ui.painter().rect_filled(rect, 0, theme.accent_soft);
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, (1.0, theme.line));
        let inner = rect.shrink2(vec2(16.0, 8.0));
        let right = UiBuilder::new().id_salt("first steps").max_rect(inner).layout(Layout::right_to_left(eframe::egui::Align::Center));
        let left = ui
            .scope_builder(right, |ui| {
                if ui.add(TextButton::new(words::first_end()).filled()).clicked() {
                    commands.push(Command::EndFirstSteps);
                }
                ui.min_rect().left()
            })
            .inner;
        let room = Rect::from_min_max(inner.min, pos2(left - 16.0, inner.bottom()));
        let narrow = rect.width() < NARROW;
        let next = Step::ALL.into_iter().find(|step| !self.done[*step as usize]);
        for (i, step) in Step::ALL.into_iter().enumerate().filter(|(_, step)| !narrow || Some(*step) == next) {
            #[expect(clippy::cast_precision_loss, reason = "three of them")]
            let place = i as f32;
            let third = room.width() / 3.0;
            let part =
                if narrow { room } else { Rect::from_min_size(room.min + vec2(place * third, 0.0), vec2(third - 12.0, room.height())) };
            self.step(ui, part, i, step, theme);
        }
    }

    fn step(&self, ui: &mut Ui, rect: Rect, place: usize, step: Step, theme: &Theme) {
        let done = self.done[step as usize];
        let response = ui.allocate_rect(rect, Sense::hover());
        let said = if done { words::first_done(step.words()) } else { format!("{}. {}", place + 1, step.words()) };
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        let badge = Rect::from_center_size(pos2(rect.left() + 11.0, rect.center().y), vec2(22.0, 22.0));
        let painter = ui.painter();
        painter.circle_filled(badge.center(), 11.0, if done { theme.tile } else { theme.accent });
        if done {
            Icon::Check.paint(painter, badge.shrink(5.0), theme.text_dim, 1.5);
        } else {
            Text::SmallStrong.paint(painter, badge, Align2::CENTER_CENTER, &(place + 1).to_string(), theme.on_accent);
        }
        let words = Rect::from_min_max(pos2(badge.right() + 8.0, rect.top()), rect.max);
        Text::Body.paint(painter, words, Align2::LEFT_CENTER, step.words(), if done { theme.text_dim } else { theme.text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::StrategyKind;
    use crate::units::Time;

    #[test]
    fn they_are_over_when_all_are_done_or_put_away() {
        let mut steps = FirstSteps::new(false);
        for command in [Command::Choose(StrategyKind::Canary), Command::MoveTo(Time::ZERO), Command::PlayOrPause] {
            steps.look_at(&command);
        }
        assert!(!steps.are_over());
        let scenario = crate::scenario::Scenario::new(10, StrategyKind::Canary.with_defaults());
        steps.look_at(&Command::Edit(Box::new(scenario)));
        assert!(steps.are_over());
        let mut steps = FirstSteps::new(false);
        steps.end();
        assert!(steps.are_over());
        assert_eq!(steps.height(), 0.0);
    }
}
