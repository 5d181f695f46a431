//! The hint: where the settings hold a trap, one calm line says so and offers the change that avoids it.

use std::mem::discriminant;

use eframe::egui::{Frame, Margin, Panel, Ui};

use super::command::Command;
use super::model::Model;
use super::theme::Theme;
use super::widgets::{Notice, NoticeKind};
use crate::explain::{Advice, Trap, traps};
use crate::text::trap as words;

/// What the hint keeps from frame to frame.
#[derive(Debug, Default)]
pub struct Hint {
    /// Worked out once for each change of the scenario.
    known: Option<(u64, Vec<Advice>)>,
    /// Those that were put away, while the scenario is open that they were told of.
    hidden: (u64, Vec<Trap>),
}

impl Hint {
    /// Shows the worst that is not put away, if there is one, over what follows in `ui`. `few`: only what makes it fail.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, few: bool, commands: &mut Vec<Command>) {
        if self.known.as_ref().is_none_or(|(revision, _)| *revision != model.revision()) {
            self.known = Some((model.revision(), traps(model.scenario(), &model.run().metrics)));
        }
        if self.hidden.0 != model.opened_before() {
            self.hidden = (model.opened_before(), Vec::new());
        }
        let (known, hidden) = (self.known.as_ref().map(|(_, known)| known.as_slice()).unwrap_or_default(), &mut self.hidden.1);
        let is_hidden = |trap: &Trap| hidden.iter().any(|other| discriminant(other) == discriminant(trap));
        let shown = known.iter().find(|advice| advice.trap.cannot_work() || !(few || is_hidden(&advice.trap)));
        let Some(Advice { trap, way_out }) = shown else { return };
        let frame = Frame::new().fill(Theme::of(ui).stage).inner_margin(Margin { left: 16, right: 16, top: 8, bottom: 0 });
        let panel = Panel::top("hint").frame(frame).resizable(false).show_separator_line(false);
        let mut hide = false;
        panel.show(ui, |ui| {
            let text = words::trap(trap);
            let action = way_out.as_ref().map(|(remedy, _)| words::remedy(remedy));
            let kind = if trap.cannot_work() { NoticeKind::Error } else { NoticeKind::Warning };
            let mut notice = Notice::new(kind, &text).lines(3);
            if let Some(action) = &action {
                notice = notice.action(action);
            }
            // What makes it fail stays in sight.
            if !trap.cannot_work() {
                notice = notice.closable(words::hide());
            }
            let shown = notice.show(ui);
            hide = shown.closed;
            if let Some((_, better)) = way_out.as_ref().filter(|_| shown.chosen.is_some()) {
                commands.push(Command::Edit(better.clone()));
            }
        });
        if hide {
            hidden.push(*trap);
            ui.ctx().request_repaint();
        }
    }
}
