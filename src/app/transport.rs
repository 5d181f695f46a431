//! The bar at the bottom: the clock's buttons, the whole deployment as a ribbon, the time.

use eframe::egui::{Align, Align2, Button, Layout, Popup, Rangef, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2};

use super::command::Command;
use super::model::Model;
use super::poke::menu;
use super::theme::{Text, Theme};
use super::widgets::{Chip, EventAsk, EventMark, Icon, IconButton, Mark, Phase, PhaseLook, Ribbon};
use crate::scenario::Event;
use crate::text::{controls as words, numbers, poke as poke_words, window};
use crate::units::{Duration, Time};

/// The bar's height in points.
pub const HEIGHT: f32 = 64.0;

/// The least width of the buttons and of the clock.
const BUTTONS: f32 = 316.0;
const BUTTONS_FEW: f32 = 248.0;
const CLOCK: f32 = 158.0;

/// Below this width there are fewer buttons.
const FEW: f32 = 600.0;

/// The ribbon is at least so wide where it stands over the plots.
const LEAST: f32 = 180.0;

/// Between the ribbon and the clock, so that the clock stands under the figures.
const CLOCK_GAP: f32 = 44.0;

/// Of many events so many have a pin.
const MOST_EVENTS: usize = 100;

/// What the bar is about.
#[derive(Clone, Copy)]
pub enum About<'a> {
    /// The deployment that is open, and the instance that was chosen of it.
    One {
        /// Its number.
        chosen: Option<u32>,
    },
    /// Several deployments.
    Several {
        /// When the last of them ends.
        end: Time,
        /// Where each of them ends, in the order of time.
        ends: &'a [Mark],
    },
}

impl About<'_> {
    fn end(self, model: &Model) -> Time {
        match self {
            About::One { .. } => model.end(),
            About::Several { end, .. } => end,
        }
    }
}

/// The ribbon of several deployments: each has phases of its own, so it shows none.
const NO_PHASES: [Phase; 1] = [Phase { label: String::new(), from: 0.0, to: 1.0, look: PhaseLook::Forward }];

/// Draws the bar into `rect`, the ribbon over `plots` where there is room, as that is the same time.
pub fn show(ui: &mut Ui, rect: Rect, plots: Rangef, model: &Model, about: About<'_>, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    ui.painter().rect_filled(rect, 0, theme.panel);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, (1.0, theme.line));
    let few = rect.width() < FEW;
    let (left, right) = (rect.left() + if few { BUTTONS_FEW } else { BUTTONS }, rect.right() - if few { CLOCK - 24.0 } else { CLOCK });
    // Over the plots, unless that would leave a stub of it.
    let (over_left, over_right) = (plots.min.max(left), plots.max.min(right));
    let (left, right) = if over_right - over_left >= LEAST { (over_left, over_right) } else { (left + 8.0, right) };
    let part = |from: f32, to: f32| Rect::from_min_max(pos2(from, rect.top()), pos2(to.max(from), rect.bottom()));

    let at = UiBuilder::new().id_salt("buttons").max_rect(part(rect.left() + 12.0, left)).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(at, |ui| buttons(ui, few, model, about, commands));

    let middle = part(left, right);
    let at = Rect::from_min_max(pos2(middle.left(), rect.top() + 13.0), pos2(middle.right(), rect.bottom()));
    ui.scope_builder(UiBuilder::new().id_salt("ribbon").max_rect(at), |ui| match about {
        About::One { .. } => ribbon(ui, model, commands),
        About::Several { end, ends } => ribbon_of_several(ui, model, end, ends, commands),
    });

    let (t, end) = (model.clock.t(), about.end(model));
    let clock = Rect::from_min_max(pos2(right + if few { 16.0 } else { CLOCK_GAP }, rect.top()), rect.max);
    let now = Text::Clock.paint(ui.painter(), clock, Align2::LEFT_CENTER, &numbers::clock(t), theme.text).rect;
    let rest = Rect::from_min_max(pos2(now.right() + 5.0, clock.top()), clock.max);
    // How long it takes is part of what is to come.
    let whole = if model.shown_until().is_some() { String::new() } else { words::of_end(end) };
    let rest = Text::ClockRest.paint(ui.painter(), rest, Align2::LEFT_CENTER, &whole, theme.text_dim).rect;
    let read = ui.allocate_rect(now.union(rest), Sense::hover());
    read.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{} {whole}", numbers::clock(t)).trim_end()));
    read.on_hover_text(window::clock_meaning());
}

fn buttons(ui: &mut Ui, few: bool, model: &Model, about: About<'_>, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 6.0;
    let (play, play_name) = if model.clock.is_playing() { (Icon::Pause, words::pause()) } else { (Icon::Play, words::play()) };
    let buttons = [
        (IconButton::new(Icon::ToStart, words::to_start()), Command::ToStart),
        (IconButton::new(Icon::StepBack, words::previous_event()), Command::PreviousEvent),
        (IconButton::new(play, play_name).primary(), Command::PlayOrPause),
        (IconButton::new(Icon::StepForward, words::next_event()), Command::NextEvent),
        (IconButton::new(Icon::ToEnd, words::to_end()), Command::ToEnd),
    ];
    // The play button changes its name; what has the keyboard must stay the same widget.
    for (button, command) in buttons {
        // The keys do the same.
        if few && matches!(command, Command::ToStart | Command::ToEnd) {
            continue;
        }
        if ui.add(button).clicked() {
            commands.push(command);
        }
    }
    ui.add_space(4.0);
    let factor = model.clock.speed().factor();
    let chip = ui.add(Chip::new(&words::speed(factor), &words::speed_button(factor)).dim()).on_hover_text(window::speed_meaning());
    Popup::menu(&chip).gap(4.0).show(|ui| {
        let whole = about.end(model).since(Time::ZERO);
        for speed in super::clock::Speed::offered(whole).into_iter().rev() {
            let entry = words::speed_entry(speed.factor(), speed.watched_in_s(whole));
            if ui.add(Button::selectable(speed == model.clock.speed(), entry)).clicked() {
                commands.push(Command::SetSpeed(speed));
            }
        }
    });
    match about {
        About::One { chosen } => menu::button(ui, model, chosen, commands),
        About::Several { .. } => {}
    }
}

fn ribbon(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let (t, end) = (model.clock.t(), model.end());
    let end_s = end.as_secs_f64();
    // Where nothing takes time the playhead stands at the start, as on the plots.
    let share = if end_s > 0.0 { t.as_secs_f64() / end_s } else { 0.0 };
    let text = words::clock_of(t, end);
    let run = model.run();
    let (places, pins): (Vec<usize>, Vec<EventMark>) = events(model, end_s).into_iter().unzip();
    let shown = match model.shown_until() {
        None => {
            let mut ribbon = Ribbon::new(words::time(), &run.phases, share).marks(&run.marks).events(&pins).value_text(&text);
            if let Some(ghost) = model.ghost().filter(|_| end_s > 0.0) {
                ribbon = ribbon.ghost(&ghost.run.phases, ghost.run.timeline.end().as_secs_f64() / end_s);
            }
            ribbon.show(ui)
        }
        // What is to come is not on it yet; what goes on is seen as far as it went.
        Some(t) => {
            let begun = run.phases.iter().filter(|phase| phase.from < share);
            let phases: Vec<Phase> = begun.map(|phase| Phase { to: phase.to.min(share), ..phase.clone() }).collect();
            let marks: Vec<Mark> = run.marks.iter().filter(|mark| mark.at < share).cloned().collect();
            Ribbon::new(words::time(), &phases, share).marks(&marks).value_text(&numbers::clock(t)).show(ui)
        }
    };
    if let Some(to) = shown.moved_to {
        commands.push(Command::MoveTo(Time::from_secs_f64(to * end_s)));
    }
    if let Some((place, asked)) = shown.event.and_then(|(i, asked)| Some((*places.get(i)?, asked))) {
        follow(model, place, asked, end_s, commands);
    }
}

fn ribbon_of_several(ui: &mut Ui, model: &Model, end: Time, ends: &[Mark], commands: &mut Vec<Command>) {
    let (t, end_s) = (model.clock.t(), end.as_secs_f64());
    let share = if end_s > 0.0 { t.as_secs_f64() / end_s } else { 0.0 };
    let shown = Ribbon::new(words::time(), &NO_PHASES, share).marks(ends).naming_marks().value_text(&words::clock_of(t, end)).show(ui);
    if let Some(to) = shown.moved_to {
        commands.push(Command::MoveTo(Time::from_secs_f64(to * end_s)));
    }
}

/// The events that happen, with their places in the scenario's list.
fn events(model: &Model, end_s: f64) -> Vec<(usize, EventMark)> {
    let events = model.scenario().failures.events.iter().take(MOST_EVENTS).enumerate();
    let in_time = events.filter(|(_, event)| Time::ZERO + event.at() <= model.end());
    let mark = |event: &Event| EventMark {
        label: poke_words::mark(&poke_words::event(event)),
        at: if end_s > 0.0 { event.at().as_secs_f64() / end_s } else { 0.0 },
        value_text: poke_words::moved(event.at()),
    };
    in_time.map(|(i, event)| (i, mark(event))).collect()
}

/// Does with an event what was asked. Moved ones keep to a tenth of a second.
fn follow(model: &Model, place: usize, asked: EventAsk, end_s: f64, commands: &mut Vec<Command>) {
    let mut scenario = model.scenario().clone();
    let Some(event) = scenario.failures.events.get_mut(place) else { return };
    let at_s = match asked {
        EventAsk::Visit => {
            commands.push(Command::MoveTo(Time::ZERO + event.at()));
            return;
        }
        EventAsk::Edit => {
            commands.push(Command::ShowEvents(Some(place)));
            return;
        }
        EventAsk::Remove => {
            scenario.failures.events.remove(place);
            commands.push(Command::Edit(Box::new(scenario)));
            return;
        }
        EventAsk::MoveBy(by) => event.at().as_secs_f64() + by * end_s,
        EventAsk::MoveTo(to) => to * end_s,
    };
    let fine = if end_s < 60.0 { 10.0 } else { 1.0 };
    event.set_at(Duration::from_secs_f64((at_s.clamp(0.0, end_s) * fine).round() / fine));
    commands.push(Command::Edit(Box::new(scenario)));
}
