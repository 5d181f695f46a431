//! What can be let happen at the playhead, in a menu.

use eframe::egui::containers::menu::menu_style;
use eframe::egui::{Align, Button, Context, Id, Layout, Popup, PopupAnchor, PopupCloseBehavior, PopupKind, Pos2, Response, Ui};

use super::{Poke, USUAL_SHARE};
use crate::app::command::Command;
use crate::app::knobs::{fraction, rps};
use crate::app::model::Model;
use crate::app::theme::{Text, Theme};
use crate::app::widgets::Chip;
use crate::scenario::limits;
use crate::text::poke as words;

/// The ids of the menus: there is one of each.
const MENU: &str = "menu of pokes";
const INSTANCE_MENU: &str = "menu of an instance";

/// The width of the menu, for a field and its unit beside its name.
const WIDTH: f32 = 280.0;

/// Whether a menu is open: the playhead waits meanwhile, so that things happen at the moment that was chosen.
pub fn is_open(ctx: &Context) -> bool {
    [MENU, INSTANCE_MENU].into_iter().any(|menu| Popup::is_id_open(ctx, Id::unique(menu)))
}

/// The button and its menu. `chosen` is the instance that is chosen on the stage.
pub fn button(ui: &mut Ui, model: &Model, chosen: Option<u32>, commands: &mut Vec<Command>) {
    let chip = ui.add(Chip::new(words::poke(), words::poke()));
    // The fields in it are dragged and typed into; what lets something happen closes it.
    let popup = Popup::menu(&chip).id(Id::unique(MENU)).gap(4.0).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        ui.set_width(WIDTH);
        everything(ui, model, chosen, commands);
    });
    chip.on_hover_text(words::meaning());
}

/// The menu of an instance on the stage.
#[derive(Debug, Default)]
pub struct InstanceMenu {
    /// Whose it is, by its number from 0, and where it was asked for.
    of: Option<(u32, Pos2)>,
}

impl InstanceMenu {
    /// Opens the menu of an instance at a place.
    pub fn open(&mut self, ctx: &Context, instance: u32, at: Pos2) {
        self.of = Some((instance, at));
        Popup::open_id(ctx, Id::unique(INSTANCE_MENU));
    }

    /// Shows it while it is open.
    pub fn show(&mut self, ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
        let Some((instance, at)) = self.of else { return };
        let popup = Popup::new(Id::unique(INSTANCE_MENU), ui.ctx().clone(), PopupAnchor::Position(at), ui.layer_id());
        let popup = popup.kind(PopupKind::Menu).layout(Layout::top_down_justified(Align::Min)).style(menu_style).gap(0.0).open_memory(None);
        let shown = popup.show(|ui| {
            ui.set_width(WIDTH);
            heading(ui, model);
            offer(ui, model, Poke::Kill(instance), &words::kill(instance), commands);
            offer(ui, model, Poke::TurnBad(USUAL_SHARE), &words::turn_bad(USUAL_SHARE), commands);
            offer(ui, model, Poke::TurnGood, words::turn_good(), commands);
        });
        if shown.is_none() {
            self.of = None;
        }
    }
}

fn everything(ui: &mut Ui, model: &Model, chosen: Option<u32>, commands: &mut Vec<Command>) {
    heading(ui, model);
    if let Some(instance) = chosen {
        offer(ui, model, Poke::Kill(instance), &words::kill(instance), commands);
    }
    offer(ui, model, Poke::KillAny, words::kill_any(), commands);
    ui.separator();
    // The share is kept while the window is open.
    let id = ui.scope_id().with("share");
    let mut share = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(USUAL_SHARE);
    fraction(ui, words::share(), &mut share, 0.0, 1.0);
    ui.data_mut(|data| data.insert_temp(id, share));
    offer(ui, model, Poke::TurnBad(share), &words::turn_bad(share), commands);
    offer(ui, model, Poke::TurnGood, words::turn_good(), commands);
    ui.separator();
    let demand = model.timeline().demand(model.clock.t());
    let mut typed = demand;
    ui.add_enabled_ui(Poke::Demand(demand).check(model.timeline(), model.clock.t()).is_ok(), |ui| {
        rps(ui, words::demand(), &mut typed, 0.0..=limits::MAX_RPS);
    });
    if typed.to_bits() != demand.to_bits() {
        commands.push(Command::DragDemand(typed));
    }
    ui.separator();
    offer(ui, model, Poke::Approve, words::approve(), commands);
    offer(ui, model, Poke::Abort, words::abort(), commands);
    ui.separator();
    if ui.add(Button::selectable(false, words::show_events())).clicked() {
        commands.push(Command::ShowEvents(None));
        ui.close();
    }
}

fn heading(ui: &mut Ui, model: &Model) {
    let colour = Theme::of(ui).text_dim;
    ui.label(Text::Section.rich(words::at(model.clock.t())).color(colour));
}

/// One thing; where nothing would come of it, why.
fn offer(ui: &mut Ui, model: &Model, poke: Poke, name: &str, commands: &mut Vec<Command>) -> Response {
    let t = super::moment(poke, model.clock.t(), model.end());
    let checked = poke.check(model.timeline(), t);
    let response = ui.add_enabled(checked.is_ok(), Button::selectable(false, name));
    if response.clicked() {
        commands.push(Command::Poke(poke));
        ui.close();
    }
    match checked {
        Ok(()) => response,
        Err(in_vain) => response.on_disabled_hover_text(in_vain.words()),
    }
}
