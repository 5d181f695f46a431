//! The Sweep room: many deployments of one fleet, and what they have in common. One number or two over their values;
//! what a shorter deployment costs; which setting moves a figure; and which settings give what a person needs.

mod axes;
mod breakdown;
mod choose;
mod curves;
mod field;
mod heat;
mod kept;
mod levers;
mod limits;
mod marker;
mod multiples;
mod table;
mod tradeoff;

use eframe::egui::{Align, Context, Layout, Rect, ScrollArea, Ui, UiBuilder, vec2};

use self::kept::Kept;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::theme::Theme;
use crate::app::watch;
use crate::app::widgets::{Segmented, TextButton};
use crate::metrics::Key;
use crate::scenario::Scenario;
use crate::study::choose::{Tried, try_all};
use crate::text::{study, sweep as words};

/// How wide the settings at the left are.
const SETTINGS: f32 = 264.0;
const BAR: f32 = 40.0;
const GAP: f32 = 12.0;

/// What the room keeps.
#[derive(Default)]
pub struct Sweep {
    view: View,
    as_table: bool,
    curves: curves::Curves,
    tradeoff: tradeoff::TradeOff,
    levers: levers::Levers,
    choose: choose::Choose,
    /// Every setting of every strategy on this fleet: for the trade-off and the choice.
    tried: Kept<Scenario, Vec<Tried>>,
}

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    #[default]
    Curves,
    TradeOff,
    Levers,
    Choose,
}

impl View {
    /// In the order of their tabs.
    const ALL: [View; 4] = [View::Curves, View::TradeOff, View::Levers, View::Choose];
}

impl Sweep {
    /// Shows the room.
    pub fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let theme = Theme::of(ui);
        ui.painter().rect_filled(ui.max_rect(), 0, theme.background);
        match self.view {
            View::Curves => self.curves.ask(ui.ctx(), model),
            View::TradeOff | View::Choose => self.try_all(ui.ctx(), model.simulated()),
            View::Levers => self.levers.ask(ui.ctx(), model),
        }
        let whole = ui.max_rect().shrink2(vec2(16.0, 8.0));
        let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + BAR);
        self.bar(ui, bar);
        let mut area = watch::area(ui, "view", rest.with_min_y(rest.top() + 4.0));
        match self.view {
            View::Curves => self.curves.show(&mut area, model, self.as_table, commands),
            View::TradeOff => self.tradeoff.show(&mut area, model, &self.tried, self.as_table, commands),
            View::Levers => self.levers.show(&mut area, model, commands),
            View::Choose => self.choose.show(&mut area, model, &self.tried, commands),
        }
    }

    /// The views at the left, and at the right how far the open one is.
    fn bar(&mut self, ui: &mut Ui, bar: Rect) {
        let mut tabs = Segmented::new(words::views());
        for (name, meaning) in words::view_names() {
            tabs = tabs.tab_with_hover(name, meaning);
        }
        let left = UiBuilder::new().id_salt("views").max_rect(bar).layout(Layout::left_to_right(Align::Center));
        let left = ui.scope_builder(left, |ui| {
            let mut chosen = View::ALL.iter().position(|view| *view == self.view).unwrap_or_default();
            if tabs.show(ui, &mut chosen).changed() {
                self.view = View::ALL.get(chosen).copied().unwrap_or_default();
                // What it shows is asked for in the next frame.
                ui.ctx().request_repaint();
            }
        });
        let room = bar.with_min_x(left.response.rect.right() + GAP);
        let right = UiBuilder::new().id_salt("state").max_rect(room).layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(right, |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            match self.view {
                View::Curves => self.curves.status(ui),
                View::TradeOff | View::Choose => self.tried.status(ui),
                View::Levers => self.levers.status(ui),
            }
        });
        if matches!(self.view, View::Curves | View::TradeOff) {
            let right = UiBuilder::new().id_salt("look").max_rect(room).layout(Layout::right_to_left(Align::Center));
            ui.scope_builder(right, |ui| {
                let other = if self.as_table { words::as_picture() } else { words::as_table() };
                if ui.add(TextButton::new(other).filled()).clicked() {
                    self.as_table = !self.as_table;
                }
            });
        }
    }

    fn try_all(&mut self, ctx: &Context, scenario: &Scenario) {
        // Another of the strategies that were tried, on the same fleet: nothing new.
        let known = self.tried.answered().is_some_and(|(of, tried)| {
            of != scenario
                && Scenario { strategy: of.strategy.clone(), ..scenario.clone() } == *of
                && tried.iter().any(|tried| tried.strategy == scenario.strategy)
        });
        if known {
            self.tried.answers_too(scenario.clone());
        }
        let of = scenario.clone();
        self.tried.ask(ctx, scenario, move |progress| try_all(&of, progress).ok());
    }
}

/// The panel at the left with the settings of a view, and what is left beside it.
fn settings(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) -> Rect {
    let theme = Theme::of(ui);
    let (panel, rest) = ui.max_rect().split_left_right_at_x(ui.max_rect().left() + width);
    ui.painter().rect_filled(panel, 8, theme.panel);
    let mut area = watch::area(ui, "settings", panel);
    ScrollArea::vertical().auto_shrink(false).content_margin(watch::CONTENT).show(&mut area, content);
    rest.with_min_x(rest.left() + GAP)
}

/// A figure's value in words.
fn figure_value(key: Key, value: Option<f64>) -> String {
    study::value(key, value)
}
