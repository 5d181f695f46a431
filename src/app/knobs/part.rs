//! A part of the fleet, counted in instances or in percent: a number, a slider, and the way to count.

use std::ops::RangeInclusive;

use eframe::egui::Ui;

use crate::app::widgets::{ChoiceRow, KnobSlider, NumberRow};
use crate::scenario::{Part, limits};
use crate::text::controls as words;
use crate::units::Share;

/// Whether the part may be nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// 0 is a setting.
    Allowed,
    /// At least one instance, or the smallest share there is.
    Refused,
}

/// Shows the part of a fleet of `n` as rows.
pub fn show(ui: &mut Ui, (label, hover): words::Setting, part: &mut Part, n: u32, nothing: Nothing) {
    let least = match nothing {
        Nothing::Allowed => 0,
        Nothing::Refused => 1,
    };
    ui.push_id(label, |ui| {
        match part {
            Part::Count(count) => counted(ui, label, hover, count, least, n),
            Part::Percent(share) => percent(ui, (label, hover), share, Share::from_ppm(least)),
        }
        let mut way = words::count_index(*part);
        if ui.add(ChoiceRow::new(words::counted_in(), &mut way, &words::counts())).changed() {
            *part = other_way(*part, n, least);
        }
    });
}

fn counted(ui: &mut Ui, label: &str, hover: &str, count: &mut u32, least: u32, n: u32) {
    let unit = words::instances_unit(*count);
    let mut typed = *count;
    if ui.add(NumberRow::new(label, &mut typed, least..=limits::MAX_INSTANCES).unit(&unit).hover(hover)).changed() {
        *count = typed;
    }
    // More than the whole fleet is possible, and means the whole fleet: the slider need not go there.
    let mut slid = *count;
    let text = format!("{slid} {unit}");
    if ui.add(KnobSlider::new(label, &mut slid, least..=n.max(*count)).value_text(&text)).on_hover_text(hover).changed() {
        *count = slid;
    }
}

/// A share that is typed in percent, as a number only. From `smallest` to all of it.
pub fn percent(ui: &mut Ui, setting: words::Setting, share: &mut Share, smallest: Share) {
    percent_within(ui, setting, share, smallest..=Share::WHOLE);
}

/// A share that is typed in percent, as a number only, within `range`.
pub fn percent_within(ui: &mut Ui, (label, hover): words::Setting, share: &mut Share, range: RangeInclusive<Share>) {
    let (smallest, largest) = (*range.start(), *range.end());
    let mut typed = share.as_percent();
    let row = NumberRow::new(label, &mut typed, smallest.as_percent()..=largest.as_percent())
        .unit(words::percent_unit())
        .decimals(4)
        .hover(hover);
    if ui.add(row).changed() {
        *share = of_percent(typed).clamp(smallest, largest);
    }
    // The slider has whole percents; a finer share stays until it is moved.
    let (least, most) = (smallest.as_ppm().div_ceil(10_000), largest.as_ppm() / 10_000);
    let mut slid = whole_percent(*share).max(least);
    let text = format!("{share} {}", words::percent_unit());
    if ui.add(KnobSlider::new(label, &mut slid, least..=most).value_text(&text)).on_hover_text(hover).changed() {
        *share = Share::from_percent(slid).clamp(smallest, largest);
    }
}

/// The nearest share; less than nothing is nothing.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float to integer cast saturates, and NaN is 0")]
pub fn of_percent(percent: f64) -> Share {
    Share::from_ppm((percent * 1e4).round() as u32)
}

fn whole_percent(share: Share) -> u32 {
    share.as_ppm() / 10_000
}

/// The same part, as nearly as it can be said, counted the other way.
fn other_way(part: Part, n: u32, least: u32) -> Part {
    match part {
        Part::Percent(share) => Part::Count(share.of_rounded_up(n).max(least)),
        Part::Count(count) => {
            // Whole percents that round up to the same count where there are any.
            let percent = u64::from(count.min(n)) * 100 / u64::from(n.max(1));
            Part::Percent(Share::from_percent(u32::try_from(percent).unwrap_or(100).clamp(least, 100)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_the_other_way_keeps_the_part() {
        assert_eq!(other_way(Part::Percent(Share::from_percent(25)), 10, 1), Part::Count(3));
        assert_eq!(other_way(Part::Count(3), 10, 1), Part::Percent(Share::from_percent(30)));
        // 1 of 3 is 33 %, which rounds up to 1 again; 2 of 3 are 66 %, which round up to 2.
        assert_eq!(other_way(Part::Count(1), 3, 1), Part::Percent(Share::from_percent(33)));
        assert_eq!(other_way(Part::Count(2), 3, 1).of_rounded_up(3), 2);
        // Less than a percent is the least percent; more than the fleet is the fleet.
        assert_eq!(other_way(Part::Count(1), 1_000, 1), Part::Percent(Share::from_percent(1)));
        assert_eq!(other_way(Part::Count(40), 10, 1), Part::Percent(Share::WHOLE));
        assert_eq!(other_way(Part::Count(0), 10, 0), Part::Percent(Share::NONE));
    }

    #[test]
    fn a_typed_percentage_is_exact() {
        assert_eq!(of_percent(12.5), Share::from_ppm(125_000));
        assert_eq!(of_percent(33.333_3), Share::from_ppm(333_333));
        assert_eq!(of_percent(-1.0), Share::NONE);
    }
}
