//! What a thing on the stage says of itself when it is pointed at, or the keyboard is on it.

use eframe::egui::Ui;

use super::Stage;
use super::census::{Kind, Mix};
use super::density::cell;
use super::layout::{Group, Layout};
use super::life;
use super::selection::Spot;
use super::tile::{self, Checks};
use crate::app::theme::{Text, Theme};
use crate::explain::Situation;
use crate::text::{numbers, pictures, stage as words, state_word};
use crate::timeline::{Instances, Presence, State, Version};

/// How wide it is at most.
const WIDTH: f32 = 300.0;
/// Of a larger group so many instances stand for the others.
const COUNTED: u32 = 20_000;
/// States in the order in which they are told.
const TOLD: [State; 9] = [
    State::InService,
    State::Dead,
    State::Failed,
    State::Draining,
    State::Launching,
    State::Installing,
    State::Starting,
    State::Checking,
    State::Terminating,
];

/// How many of some instances are in each of [`TOLD`], and whether all were counted.
fn count(stage: &Stage<'_>, of: Instances) -> ([u32; 9], bool) {
    let step = of.count.div_ceil(COUNTED).max(1);
    let mut counts = [0; 9];
    for number in of.numbers().step_by(step as usize) {
        let state = stage.timeline.life(number).at(stage.t).map(|presence| presence.state);
        if let Some(place) = TOLD.iter().position(|told| Some(*told) == state) {
            counts[place] += step;
        }
    }
    (counts, step == 1)
}

impl Stage<'_> {
    /// The lines that a spot says of itself: what it is, and its numbers now.
    pub(super) fn lines(&self, spot: Spot, layout: &Layout, now: &Situation) -> Vec<String> {
        let rates = &now.rates;
        let lost = rates.failed() - rates.no_capacity - rates.overload;
        match spot {
            Spot::Users => vec![words::users().into(), words::users_now(rates.demand, self.peak_demand)],
            Spot::Balancer => {
                let mut lines = vec![
                    words::balancer().into(),
                    words::balancer_does().into(),
                    words::balancer_to(now.in_service + now.dead),
                    words::served(rates.served(), rates.demand),
                ];
                lines.extend((now.rates.no_capacity + rates.overload > 0.0).then(|| words::refused(rates.no_capacity + rates.overload)));
                lines.extend((lost > 0.0).then(|| words::failed_there(lost)));
                lines
            }
            Spot::Stream => {
                let mut lines = vec![words::stream().into()];
                let all = rates.answered_old + rates.answered_new;
                for (name, rps) in [(pictures::old_version(), rates.answered_old), (pictures::new_version(), rates.answered_new)] {
                    lines.extend((rps > 0.0).then(|| words::stream_of(name, rps, rps / all)));
                }
                if all <= 0.0 {
                    lines.push(words::nothing_flows().into());
                } else if now.in_service > 0 {
                    lines.push(words::stream_each(all / f64::from(now.in_service), self.timeline.capacity_rps()));
                }
                lines.extend((lost > 0.0).then(|| words::failed_there(lost)));
                lines
            }
            Spot::Group(at) => {
                let Some(group) = layout.groups.get(at) else { return Vec::new() };
                let mut lines = vec![group.name.to_owned(), words::group_of(group.all.count)];
                let moment = self.timeline.at(self.t);
                lines.extend(self.timeline.route(moment).share_new(self.t).map(|new| {
                    words::share(match group.holds {
                        Version::Old => 1.0 - new,
                        Version::New => new,
                    })
                }));
                lines.extend(self.counted(group.all));
                lines
            }
            Spot::Instance(number) => {
                let Some(group) = layout.groups.iter().find(|group| group.instances.numbers().contains(&number)) else {
                    return vec![words::one_instance(number)];
                };
                if group.tiles.stands_for() > 1 {
                    let of = cell(group, group.tiles.holding(number - group.instances.first));
                    let mut lines = vec![words::instances(of)];
                    lines.extend(self.counted(of));
                    return lines;
                }
                let Some(presence) = self.timeline.life(number).at(self.t) else { return vec![words::one_instance(number)] };
                let mut lines = vec![pictures::instance_title(number, presence.is_new), pictures::instance_state(presence, self.t)];
                lines.extend(words::becomes(presence).map(str::to_owned));
                lines.extend(self.what_is_wrong(number, presence));
                lines
            }
        }
    }

    fn counted(&self, of: Instances) -> Vec<String> {
        let (counts, exact) = count(self, of);
        let some = TOLD.iter().zip(counts).filter(|(_, n)| *n > 0);
        some.map(|(state, n)| words::count(n, state_word(*state), exact)).collect()
    }

    /// What is wrong with an instance, and what that means.
    pub(super) fn what_is_wrong(&self, number: u32, presence: Presence) -> Vec<String> {
        let mut lines = Vec::new();
        if self.up_to.is_none() && tile::checks(self.timeline, number, presence, self.checks) == Some(Checks::InVain) {
            lines.push(pictures::never_passes().to_owned());
        }
        let error_rate = self.timeline.trouble(self.timeline.at(self.t)).error_rate;
        lines.extend(pictures::instance_consequence(presence, error_rate));
        lines
    }

    /// Tells it: the first line is what it is, and an instance shows its life.
    pub(super) fn tell(&self, ui: &mut Ui, spot: Spot, layout: &Layout, now: &Situation) {
        ui.set_max_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 4.0;
        let wrong = match spot {
            Spot::Instance(number) => {
                let there = self.timeline.life(number).at(self.t).filter(|_| is_tile(layout, number));
                there.map(|presence| self.what_is_wrong(number, presence)).unwrap_or_default()
            }
            Spot::Users | Spot::Balancer | Spot::Stream | Spot::Group(_) => Vec::new(),
        };
        for (i, line) in self.lines(spot, layout, now).iter().enumerate() {
            let text = if i == 0 { Text::Strong.rich(line) } else { Text::Small.rich(line) };
            ui.label(if wrong.contains(line) { text.color(Theme::of(ui).failed) } else { text });
        }
        if let Spot::Instance(number) = spot
            && is_tile(layout, number)
        {
            ui.set_min_width(WIDTH);
            life::show(ui, self.timeline, number, (self.t, self.up_to), eframe::egui::Sense::hover());
            life::rows(ui, self.timeline, number, (self.t, self.up_to));
        }
    }
}

/// Whether an instance has a tile of its own.
fn is_tile(layout: &Layout, number: u32) -> bool {
    layout.groups.iter().any(|group: &Group| group.tiles.stands_for() == 1 && group.instances.numbers().contains(&number))
}

/// How many instances of some cells do not answer, and how many are out of service.
pub(super) fn wrong_of(mixes: &[Mix]) -> (u32, u32) {
    let sum = |kind| mixes.iter().map(|mix| mix.count(kind)).sum();
    (sum(Kind::Dead), sum(Kind::Failed))
}

/// A spot as one name, for those who cannot see it.
pub(super) fn said(lines: &[String]) -> String {
    numbers::unbroken(&lines.join(", "))
}
