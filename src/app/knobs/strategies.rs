//! The list of strategies, each with what it would do on the present fleet.

use eframe::egui::{Ui, accesskit};

use super::{note, outlines::Outlines};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::widgets::{Section, StrategyRow};
use crate::scenario::StrategyKind;
use crate::text::{controls as words, strategy_name, strategy_sentence, window};

/// Shows the list, and one sentence about the chosen one.
pub fn show(ui: &mut Ui, model: &Model, outlines: &Outlines, commands: &mut Vec<Command>) {
    let chosen = model.scenario().strategy.kind();
    Section::new(words::strategy()).show(ui, |ui| {
        let list = ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for kind in StrategyKind::ALL {
                let outline = outlines.of(kind);
                // How the present one ends may be hidden.
                let hidden = kind == chosen && model.shown_until().is_some();
                let (steps, duration) = if hidden { (&[][..], "?".to_owned()) } else { (outline.steps.as_slice(), outline.duration()) };
                let told = if hidden { window::next_hidden_time().to_owned() } else { outline.words() };
                let row = StrategyRow::new(strategy_name(kind), steps, &duration).describe(&told).chosen(kind == chosen);
                if ui.add(row).on_hover_text(window::duration_meaning()).clicked() {
                    commands.push(Command::Choose(kind));
                }
            }
        });
        ui.ctx().accesskit_node_builder(list.response.id, |node| {
            node.set_role(accesskit::Role::RadioGroup);
            node.set_label(words::strategy());
        });
        ui.add_space(2.0);
        note(ui, strategy_sentence(chosen));
    });
}
