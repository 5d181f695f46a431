//! What a person needs: limits that are offered, to be ticked, and limits of one's own.

use eframe::egui::{Checkbox, Ui};

use crate::app::theme::{Text, Theme};
use crate::app::widgets::{ChoiceRow, Icon, IconButton, Section, TextButton, TextRow};
use crate::metrics::{Better, Key, Unit};
use crate::study::choose::{Need, ReleaseKind};
use crate::study::require::{Requirement, Side};
use crate::text::{study, sweep as words};
use crate::units::Duration;

/// The figures that can be limited.
const FIGURES: [Key; 15] = [
    Key::Duration,
    Key::Downtime,
    Key::Degraded,
    Key::MixedVersions,
    Key::MinCapacity,
    Key::MaxInstances,
    Key::ExtraInstance,
    Key::FailedShare,
    Key::Failed,
    Key::Availability,
    Key::ExposedShare,
    Key::Exposed,
    Key::TimeToNotice,
    Key::Rollback,
    Key::BackToGood,
];

/// The figures by which those that are suitable are put in order.
const MINIMIZED: [Key; 6] = [Key::Duration, Key::ExtraInstance, Key::Failed, Key::Exposed, Key::MixedVersions, Key::MinCapacity];

/// What is asked for.
pub(super) struct Limits {
    /// Which of the offered limits are asked for.
    ticked: [bool; 7],
    own: Vec<Need>,
    /// Of [`MINIMIZED`].
    minimized: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { ticked: [true, false, false, false, false, false, false], own: Vec::new(), minimized: 0 }
    }
}

fn need(release: ReleaseKind, key: Key, side: Side, limit: f64) -> Need {
    Need { release, requirement: Requirement { key, side, limit } }
}

/// What people ask for first, of a fleet of `n`.
fn offered(n: u32) -> [Need; 7] {
    use ReleaseKind::{Bad, Healthy};
    // A part of an instance is none.
    let most_instances = (f64::from(n) * 1.2 + 1e-9).floor();
    [
        need(Healthy, Key::Downtime, Side::AtMost, 0.0),
        need(Healthy, Key::Duration, Side::AtMost, 600.0),
        need(Healthy, Key::FailedShare, Side::AtMost, 0.001),
        need(Healthy, Key::MinCapacity, Side::AtLeast, 0.9),
        need(Healthy, Key::MaxInstances, Side::AtMost, most_instances),
        need(Bad, Key::ExposedShare, Side::AtMost, 0.02),
        need(Bad, Key::BackToGood, Side::AtMost, 120.0),
    ]
}

impl Limits {
    /// All that is asked for of a fleet of `n`.
    pub(super) fn needs(&self, n: u32) -> Vec<Need> {
        let ticked = offered(n).into_iter().zip(self.ticked).filter(|(_, ticked)| *ticked).map(|(need, _)| need);
        ticked.chain(self.own.iter().copied()).collect()
    }

    /// The figure that is to be as good as can be.
    pub(super) fn minimized(&self) -> Key {
        MINIMIZED.get(self.minimized).copied().unwrap_or(Key::Duration)
    }

    /// Shows them to be changed.
    pub(super) fn show(&mut self, ui: &mut Ui, n: u32) {
        Section::new(words::need()).show(ui, |ui| {
            for (need, ticked) in offered(n).iter().zip(&mut self.ticked) {
                let said = words::limit(need);
                ui.add(Checkbox::new(ticked, Text::Body.rich(said))).on_hover_text(meaning(need));
            }
        });
        ui.add_space(12.0);
        Section::new(words::own_limits()).show(ui, |ui| {
            let mut removed = None;
            for (i, own) in self.own.iter_mut().enumerate() {
                if ui.push_id(i, |ui| own_limit(ui, i + 1, own)).inner {
                    removed = Some(i);
                }
            }
            if let Some(i) = removed {
                self.own.remove(i);
            }
            if ui.add(TextButton::new(words::add_limit()).filled()).clicked() {
                self.own.push(need(ReleaseKind::Healthy, Key::Duration, Side::AtMost, 900.0));
            }
        });
        ui.add_space(12.0);
        let names = MINIMIZED.map(study::figure);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        ui.add(ChoiceRow::new(words::minimize(), &mut self.minimized, &names));
    }
}

fn meaning(need: &Need) -> String {
    study::meaning(need.requirement.key, need.release == ReleaseKind::Bad)
}

/// A limit of one's own in four rows. Whether it is to be removed.
fn own_limit(ui: &mut Ui, n: usize, own: &mut Need) -> bool {
    let requirement = &mut own.requirement;
    let names = FIGURES.map(study::figure);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut figure = FIGURES.iter().position(|key| *key == requirement.key).unwrap_or_default();
    if ui.add(ChoiceRow::new(&words::limit_figure(n), &mut figure, &names)).changed() {
        let key = FIGURES.get(figure).copied().unwrap_or(Key::Duration);
        *requirement = usual(key);
    }
    let mut side = usize::from(requirement.side == Side::AtLeast);
    if ui.add(ChoiceRow::new(&words::limit_side(n), &mut side, &words::sides())).changed() {
        requirement.side = if side == 1 { Side::AtLeast } else { Side::AtMost };
    }
    let key = requirement.key;
    let typed = typed(key, requirement.limit);
    let label = words::limit_value(n);
    if let Some(limit) = TextRow::new(&label, &typed).show(ui, |text| read(key, text)).value {
        requirement.limit = limit;
    }
    let mut release = usize::from(own.release == ReleaseKind::Bad);
    if ui.add(ChoiceRow::new(&words::limit_release(n), &mut release, &words::releases())).changed() {
        own.release = if release == 1 { ReleaseKind::Bad } else { ReleaseKind::Healthy };
    }
    let remove = ui.horizontal(|ui| {
        let removed = ui.add(IconButton::new(Icon::Cross, &words::remove_limit(n))).clicked();
        ui.label(Text::Small.rich(words::limit(own)).color(Theme::of(ui).text_dim));
        removed
    });
    ui.add_space(8.0);
    remove.inner
}

/// A limit to begin with.
fn usual(key: Key) -> Requirement {
    let side = if key.better() == Some(Better::More) { Side::AtLeast } else { Side::AtMost };
    let limit = match (key.unit(), side) {
        (Unit::Seconds, _) => 600.0,
        (Unit::Fraction, Side::AtLeast | Side::Above) => 0.9,
        (Unit::Fraction, Side::AtMost | Side::Below) => 0.01,
        (Unit::Requests, _) => 1_000.0,
        (Unit::Instances, _) => 10.0,
        (Unit::InstanceSeconds, _) => 3_600.0,
    };
    Requirement { key, side, limit }
}

/// A limit as it is typed: a duration, a percentage, instance-hours, or a number.
fn typed(key: Key, limit: f64) -> String {
    match key.unit() {
        Unit::Seconds => Duration::from_secs_f64(limit).to_string(),
        Unit::Fraction => format!("{}%", (limit * 1e5).round() / 1e3),
        Unit::InstanceSeconds => format!("{}h", (limit / 3.6).round() / 1e3),
        Unit::Requests | Unit::Instances => format!("{limit}"),
    }
}

fn read(key: Key, text: &str) -> Result<f64, String> {
    let text = text.trim();
    if key.unit() == Unit::InstanceSeconds {
        let hours = text.trim_end_matches('h').trim().parse::<f64>().ok().filter(|hours| hours.is_finite());
        return hours.map(|hours| hours * 3_600.0).ok_or_else(|| words::not_hours().to_owned());
    }
    // As on the command line.
    let text = text.replace(',', "");
    format!("{}<={text}", key.name()).parse::<Requirement>().map(|requirement| requirement.limit).map_err(|error| error.to_string())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (key, limit, text) in [
            (Key::Duration, 600.0, "10m"),
            (Key::MinCapacity, 0.9, "90%"),
            (Key::FailedShare, 0.001, "0.1%"),
            (Key::ExtraInstance, 1_800.0, "0.5h"),
            (Key::MaxInstances, 12.0, "12"),
        ] {
            assert_eq!(typed(key, limit), text);
            assert!((read(key, text).unwrap() - limit).abs() < 1e-9);
        }
        assert!(read(Key::Duration, "soon").is_err());
        assert!(read(Key::ExtraInstance, "much").is_err());
    }

    #[test]
    fn a_fifth_more_of_ten_are_twelve() {
        assert_eq!(offered(10)[4].requirement.limit, 12.0);
        // 4 × 1.2 = 4.8, and a part of an instance is none.
        assert_eq!(offered(4)[4].requirement.limit, 4.0);
    }
}
