//! The table of the scenario's events: when, what and how much, each in a line that unfolds to be edited.

use eframe::egui::{Align2, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{count, duration, fleet, fraction, note};
use crate::app::poke::USUAL_SHARE;
use crate::app::theme::{CONTROL_HEIGHT, RADIUS, Text, Theme};
use crate::app::widgets::{ChoiceRow, Icon, IconButton, OVERHANG, Section, TextButton, ring};
use crate::scenario::{Event, limits};
use crate::text::{controls, numbers, poke as words};
use crate::units::{Duration, Time};

/// Of many events so many are listed.
const LISTED: usize = 100;

/// Where the deployment stands.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The playhead.
    pub t: Time,
    /// When the deployment ends.
    pub end: Time,
    /// The demand at the playhead, requests per second.
    pub demand: f64,
}

/// What the table keeps from frame to frame.
#[derive(Debug, Default)]
pub struct Events {
    open: bool,
    /// The event that is unfolded, by its place in the scenario's list.
    unfolded: Option<usize>,
    /// It has just been unfolded: its fields are scrolled to.
    unfolds: bool,
    /// The table was asked for: it is scrolled to, and gets the keyboard.
    asked: bool,
}

impl Events {
    /// Opens the table and gives it the keyboard, or unfolds one event.
    pub fn ask(&mut self, event: Option<usize>) {
        self.open = true;
        match event {
            None => self.asked = true,
            Some(_) => (self.unfolded, self.unfolds) = (event, true),
        }
    }

    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, events: &mut Vec<Event>, now: Now) {
        let title = words::events(events.len());
        // The heading's name has the number in it; what folds it must stay the same widget.
        let mut open = self.open;
        Section::collapsible(&title, &mut open).show(ui, |ui| self.table(ui, events, now));
        self.open = open;
    }

    fn table(&mut self, ui: &mut Ui, events: &mut Vec<Event>, now: Now) {
        if events.is_empty() {
            note(ui, words::no_events());
        }
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_by_key(|&i| events.get(i).map(Event::at));
        let mut removed = None;
        for &i in order.iter().take(LISTED) {
            let Some(event) = events.get_mut(i) else { continue };
            ui.push_id(i, |ui| {
                let line = Line { event, unfolded: self.unfolded == Some(i) };
                let (clicked, remove) = line.show(ui);
                if clicked {
                    self.unfolded = if self.unfolded == Some(i) { None } else { Some(i) };
                    self.unfolds = true;
                }
                if remove {
                    removed = Some(i);
                }
                if self.unfolded == Some(i) {
                    let fields = ui.indent("event", |ui| edit(ui, event, now)).response;
                    if std::mem::take(&mut self.unfolds) {
                        fields.scroll_to_me(None);
                    }
                }
                if Time::ZERO + event.at() > now.end {
                    note(ui, words::after_the_end());
                }
            });
        }
        if events.len() > LISTED {
            note(ui, &controls::and_more(events.len() - LISTED));
        }
        if let Some(i) = removed {
            events.remove(i);
            self.unfolded = None;
        }
        let add = ui.add(TextButton::new(words::add_event()).filled());
        if std::mem::take(&mut self.asked) {
            add.request_focus();
            add.scroll_to_me(None);
        }
        if add.clicked() && events.len() < limits::MAX_LIST {
            (self.unfolded, self.unfolds) = (Some(events.len()), true);
            events.push(Event::Kill { at: now.t.since(Time::ZERO), instances: 1 });
        }
    }
}

/// An event in a line.
struct Line<'a> {
    event: &'a Event,
    unfolded: bool,
}

impl Line<'_> {
    /// Whether it was clicked, and whether it is to be removed.
    fn show(&self, ui: &mut Ui) -> (bool, bool) {
        let theme = Theme::of(ui);
        let name = words::event(self.event);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT), Sense::hover());
        let row = rect.with_max_x(rect.right() - CONTROL_HEIGHT);
        // What is moved or edited stays the same widget.
        let response = ui.interact(row, ui.scope_id().with("line"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::DisclosureTriangle, ui.is_enabled(), &name));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(self.unfolded));
        self.paint(ui, &response, row, theme);
        let corner = Rect::from_min_max(pos2(row.right(), rect.top()), rect.max);
        let at = UiBuilder::new().id_salt("remove").max_rect(corner);
        let remove = ui.scope_builder(at, |ui| ui.add(IconButton::new(Icon::Cross, &words::remove(&name))).clicked()).inner;
        let deleted = response.has_focus() && ui.input_mut(|input| input.consume_key(Default::default(), eframe::egui::Key::Delete));
        (response.clicked(), remove || deleted)
    }

    fn paint(&self, ui: &Ui, response: &Response, row: Rect, theme: &Theme) {
        let lit = row.expand2(vec2(OVERHANG, 0.0)).with_max_x(row.right());
        if response.hovered() || self.unfolded {
            ui.painter().rect_filled(lit, RADIUS, if self.unfolded { theme.accent_soft } else { theme.hover });
        }
        let time = numbers::clock(Time::ZERO + self.event.at());
        let at = Text::Strong.paint(ui.painter(), row, Align2::LEFT_CENTER, &time, theme.text);
        let rest = row.with_min_x((at.rect.right() + 8.0).max(row.left() + 44.0));
        let what = words::kind_and_value(self.event);
        let painted = Text::Body.paint(ui.painter(), rest, Align2::LEFT_CENTER, &what, theme.text);
        ring(ui, response, lit, RADIUS);
        if painted.elided {
            response.clone().on_hover_text(what);
        }
    }
}

/// Its fields.
fn edit(ui: &mut Ui, event: &mut Event, now: Now) {
    let mut at = event.at();
    duration(ui, words::when(), &mut at, Duration::ZERO..=limits::MAX_DURATION);
    if at != event.at() {
        event.set_at(at);
    }
    let kind = words::kind(event);
    let mut chosen = kind;
    let (label, hover) = words::what();
    ui.add(ChoiceRow::new(label, &mut chosen, &words::kinds()).hover(hover));
    if chosen != kind {
        *event = of_kind(chosen, event.at(), now);
    }
    match event {
        Event::Kill { instances, .. } => {
            let unit = controls::instances_unit(*instances);
            count(ui, words::how_many(), instances, limits::MAX_INSTANCES, &unit);
        }
        Event::KillInstance { instance, .. } => count(ui, words::which(), instance, limits::MAX_INSTANCE_NUMBER, ""),
        Event::TurnBad { error_rate, .. } => fraction(ui, words::share(), error_rate, 0.0, 1.0),
        Event::Demand { rps, .. } => fleet::rps(ui, words::demand(), rps, 0.0..=limits::MAX_RPS),
        Event::TurnGood { .. } | Event::Abort { .. } | Event::Approve { .. } => {}
    }
}

/// An event of another kind at the same time, in the order of [`words::kinds`].
fn of_kind(kind: usize, at: Duration, now: Now) -> Event {
    match kind {
        0 => Event::Kill { at, instances: 1 },
        1 => Event::KillInstance { at, instance: 1 },
        2 => Event::TurnBad { at, error_rate: USUAL_SHARE },
        3 => Event::TurnGood { at },
        4 => Event::Demand { at, rps: now.demand },
        5 => Event::Abort { at },
        _ => Event::Approve { at },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_of_its_kind() {
        let now = Now { t: Time::ZERO, end: Time::ZERO, demand: 700.0 };
        for kind in 0..words::kinds().len() {
            assert_eq!(words::kind(&of_kind(kind, Duration::from_secs(1), now)), kind);
        }
    }
}
