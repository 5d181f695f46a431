//! Where the rows stand, and how much they say. It depends on the whole deployment and not on the moment, so that nothing
//! jumps.

use eframe::egui::{Rangef, Rect, pos2};

use crate::app::groups::Group;

/// The height of a group's heading.
const HEADING: f32 = 20.0;
/// Between two groups.
const GAP: f32 = 6.0;
/// The highest row.
const HIGHEST: f32 = 28.0;
/// A row as high as this has room for words.
const WORDS: f32 = 15.0;
/// The lowest row that an instance has for itself.
const LOWEST: f32 = 3.0;
/// The height of a row that stands for several instances.
const DENSE: f32 = 2.0;
/// The least height of a group's rows, where there are too many.
const LEAST: f32 = 24.0;
/// The height of the row at the bottom that is shown in large, and of what keeps it apart.
pub(super) const PINNED: f32 = 30.0;

/// How much a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Number, marks and words.
    Words,
    /// Patterns.
    Thin,
    /// A row stands for several instances.
    Dense,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) detail: Detail,
    pub(super) lanes: Vec<Lanes>,
    /// Where one row is shown in large, where the others have no room for words.
    pub(super) pinned: Option<Rect>,
}

/// The rows of one group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lanes {
    pub(super) group: Group,
    pub(super) heading: Rect,
    pub(super) rows: Rect,
    /// How many rows; fewer than instances where each stands for several.
    pub(super) count: u32,
}

impl Layout {
    /// The rows of `groups` in `area`, which is as wide as the time axis.
    pub(super) fn new(area: Rect, groups: &[Group]) -> Layout {
        let headings = groups.len() as f32 * HEADING + groups.len().saturating_sub(1) as f32 * GAP;
        let instances: u32 = groups.iter().map(|group| group.instances.count).sum();
        let each = |height: f32| (height - headings).max(1.0) / instances.max(1) as f32;
        if each(area.height()) >= WORDS {
            let height = each(area.height()).min(HIGHEST).floor();
            let rows = |group: &Group| (group.instances.count, group.instances.count as f32 * height);
            return Layout { detail: Detail::Words, lanes: stack(area, groups, rows), pinned: None };
        }
        let pinned = Rect::from_min_max(pos2(area.left(), area.bottom() - PINNED + 8.0), area.max);
        let above = area.with_max_y(area.bottom() - PINNED);
        let height = each(above.height());
        if height >= LOWEST {
            let rows = |group: &Group| (group.instances.count, group.instances.count as f32 * height);
            return Layout { detail: Detail::Thin, lanes: stack(above, groups, rows), pinned: Some(pinned) };
        }
        let room = (above.height() - headings).max(1.0);
        // None gets less than what can be seen, and what that takes is taken from the others.
        let least = LEAST.min(room / groups.len().max(1) as f32);
        let spare = room - least * groups.len() as f32;
        let rows = |group: &Group| {
            let height = (least + spare * (group.instances.count as f32 / instances.max(1) as f32)).floor();
            (rows_in(height).min(group.instances.count).max(1), height)
        };
        Layout { detail: Detail::Dense, lanes: stack(above, groups, rows), pinned: Some(pinned) }
    }

    /// The instance whose row is at `y`: the first of those that it stands for.
    pub(super) fn at(&self, y: f32) -> Option<u32> {
        self.lanes.iter().find_map(|lanes| lanes.at(y))
    }

    /// Where an instance's row stands.
    pub(super) fn row(&self, number: u32) -> Option<Rect> {
        self.lanes.iter().find_map(|lanes| lanes.row(number))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as many as fit on a screen")]
fn rows_in(height: f32) -> u32 {
    (height / DENSE) as u32
}

/// One group under the other; `rows` gives how many rows a group has and how high they are together.
fn stack(area: Rect, groups: &[Group], rows: impl Fn(&Group) -> (u32, f32)) -> Vec<Lanes> {
    let mut top = area.top();
    let place = |group: &Group| {
        let (count, height) = rows(group);
        let heading = Rect::from_min_max(pos2(area.left(), top), pos2(area.right(), top + HEADING));
        let rows = Rect::from_min_max(pos2(area.left(), heading.bottom()), pos2(area.right(), heading.bottom() + height));
        top = rows.bottom() + GAP;
        Lanes { group: *group, heading, rows, count }
    };
    groups.iter().map(place).collect()
}

impl Lanes {
    /// How many instances a row stands for, rounded up.
    pub(super) fn stands_for(&self) -> u32 {
        self.group.instances.count.div_ceil(self.count.max(1))
    }

    /// The first instance that the `i`th row stands for.
    pub(super) fn first_of(&self, i: u32) -> u32 {
        let before = u64::from(i) * u64::from(self.group.instances.count) / u64::from(self.count.max(1));
        self.group.instances.first + u32::try_from(before).unwrap_or(u32::MAX)
    }

    /// The row in which an instance is.
    pub(super) fn row_of(&self, number: u32) -> Option<u32> {
        let place = number.checked_sub(self.group.instances.first).filter(|place| *place < self.group.instances.count)?;
        // The last row that begins with it or before.
        let about = u64::from(place) * u64::from(self.count) / u64::from(self.group.instances.count.max(1));
        let about = u32::try_from(about).unwrap_or(u32::MAX);
        Some(if about + 1 < self.count && self.first_of(about + 1) <= number { about + 1 } else { about })
    }

    /// From where to where the `i`th row is.
    pub(super) fn across(&self, i: u32) -> Rangef {
        let height = self.rows.height() / self.count.max(1) as f32;
        let top = self.rows.top() + i as f32 * height;
        Rangef::new(top, top + height)
    }

    fn row(&self, number: u32) -> Option<Rect> {
        let across = self.across(self.row_of(number)?);
        Some(Rect::from_x_y_ranges(self.rows.x_range(), across))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the rows")]
    fn at(&self, y: f32) -> Option<u32> {
        let share = (y - self.rows.top()) / self.rows.height().max(1.0);
        let row = (0.0..1.0).contains(&share).then_some((share * self.count as f32) as u32)?;
        Some(self.first_of(row.min(self.count.saturating_sub(1))))
    }

    /// Instances whose numbers are written beside the rows, with enough room for each: every one, second, fifth, tenth ...
    /// by the numbers a person reads, and the first.
    pub(super) fn numbered(&self, least_apart: f32) -> Vec<u32> {
        let instances = self.group.instances;
        let each = self.rows.height() / instances.count.max(1) as f32;
        let mut every: u64 = 1;
        let mut steps = [2, 5, 10].into_iter().cycle();
        let mut power = 1;
        while every as f32 * each < least_apart {
            let step = steps.next().unwrap_or(10);
            every = power * step;
            if step == 10 {
                power *= 10;
            }
        }
        let (first, end) = (u64::from(instances.first), u64::from(instances.first) + u64::from(instances.count));
        // A person counts from 1.
        let mut numbers = vec![first];
        let mut next = (first + 1).next_multiple_of(every) - 1;
        while next < end {
            if (next - first) as f32 * each >= least_apart {
                numbers.push(next);
            }
            next += every;
        }
        numbers.into_iter().filter_map(|number| u32::try_from(number).ok()).collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::timeline::{Instances, Version};

    fn area() -> Rect {
        Rect::from_min_max(pos2(56.0, 100.0), pos2(700.0, 380.0))
    }

    fn groups(counts: &[u32]) -> Vec<Group> {
        let mut first = 0;
        let group = |&count: &u32| {
            let instances = Instances { first, count };
            first += count;
            Group { name: "fleet", instances, holds: Version::Old }
        };
        counts.iter().map(group).collect()
    }

    #[test]
    fn rows_have_words_while_there_is_room_then_are_thin_then_stand_for_several() {
        // 280 points less a heading of 20: 26 each for 10, 15.3 for 17. With 30 kept for the large row: 230 are 12.8 for 18 and 3 for 76.
        for (count, detail, rows) in [
            (1, Detail::Words, 1),
            (10, Detail::Words, 10),
            (17, Detail::Words, 17),
            (18, Detail::Thin, 18),
            (76, Detail::Thin, 76),
            // Two points a row: 115.
            (77, Detail::Dense, 77),
            (900, Detail::Dense, 115),
            (1_000_000, Detail::Dense, 115),
        ] {
            let layout = Layout::new(area(), &groups(&[count]));
            assert_eq!((layout.detail, layout.lanes[0].count), (detail, rows), "{count}");
        }
    }

    #[test]
    fn rows_stay_inside_and_keep_apart() {
        for counts in [vec![1], vec![10], vec![10, 1], vec![10, 10], vec![60, 60], vec![5_000, 3], vec![1_000_000, 1_000_000]] {
            let layout = Layout::new(area(), &groups(&counts));
            let mut below = area().top();
            for lanes in &layout.lanes {
                assert!(lanes.heading.top() >= below && lanes.rows.top() >= lanes.heading.bottom(), "{counts:?}");
                assert!(lanes.rows.bottom() <= layout.pinned.map_or(area().bottom(), |pinned| pinned.top()) + 0.01, "{counts:?}");
                below = lanes.rows.bottom();
            }
        }
    }

    #[test]
    fn every_instance_has_a_row_and_is_found_there() {
        for counts in [vec![10], vec![60, 7], vec![12_345, 50]] {
            let layout = Layout::new(area(), &groups(&counts));
            let all: u32 = counts.iter().sum();
            for number in (0..all).step_by(7) {
                let row = layout.row(number).unwrap();
                let first = layout.at(row.center().y).unwrap();
                let stands_for = layout.lanes.iter().map(Lanes::stands_for).max().unwrap();
                assert!(first <= number && number < first + stands_for, "{number} in the row of {first}, {counts:?}");
            }
            assert_eq!(layout.at(area().top() + 2.0), None);
        }
    }

    #[test]
    fn numbers_beside_the_rows_have_room() {
        let layout = Layout::new(area(), &groups(&[60]));
        // 230 / 60 = 3.8 points each: every fifth is 19 apart. Counted from 1: 01, then 05 is only 15 further.
        assert_eq!(layout.lanes[0].numbered(16.0), [0, 9, 14, 19, 24, 29, 34, 39, 44, 49, 54, 59]);
        let layout = Layout::new(area(), &groups(&[1_000_000]));
        // 230 points: every 100,000 are 23 apart.
        assert_eq!(layout.lanes[0].numbered(16.0)[..3], [0, 99_999, 199_999]);
    }
}
