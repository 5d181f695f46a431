//! Where everything stands on the stage. It depends on the whole deployment and not on the moment, so that nothing jumps.

use eframe::egui::{Pos2, Rect, pos2, vec2};

use crate::app::groups::{self, groups};
use crate::scenario::StrategyKind;
use crate::timeline::{Instances, Timeline, Version};

/// The height of the sentences at the bottom: on a narrow stage they take more lines.
pub(in crate::app) fn narration(width: f32) -> f32 {
    if width < 560.0 { 92.0 } else { 76.0 }
}
/// Beyond so many instances in a group, one cell stands for several.
pub(super) const MOST_TILES: u32 = 1_000;

/// The height of the legend at the top, and of what is said of refused requests under it.
const LEGEND: f32 = 46.0;
/// Between a group's edge and its tiles.
const PADDING: f32 = 16.0;
/// The widest tile, and how much higher than wide one may be.
const WIDEST: f32 = 112.0;
const HIGHEST: f32 = 1.35;

/// Where everything stands.
pub(super) struct Layout {
    /// Between the head and the shoulders of the users' picture.
    pub(super) users: Pos2,
    pub(super) balancer: Rect,
    /// Where refused requests have faded away.
    pub(super) refused_top: f32,
    pub(super) groups: Vec<Group>,
}

/// Instances that stand together.
pub(super) struct Group {
    pub(super) rect: Rect,
    pub(super) name: &'static str,
    pub(super) instances: Instances,
    /// Those of the start, or those that were launched with the new version.
    pub(super) holds: Version,
    pub(super) tiles: Tiles,
}

impl Group {
    fn new(rect: Rect, of: groups::Group) -> Group {
        let groups::Group { name, instances, holds } = of;
        Group { rect, name, instances, holds, tiles: Tiles::new(rect, instances.count) }
    }

    /// As high as its tiles need.
    fn height(&self) -> f32 {
        (self.tiles.bottom() - self.rect.top() + PADDING).min(self.rect.height())
    }

    fn move_to(&mut self, top: f32, height: f32) {
        self.tiles.origin.y += top - self.rect.top();
        self.rect = Rect::from_min_size(pos2(self.rect.left(), top), vec2(self.rect.width(), height));
    }
}

impl Layout {
    pub(super) fn new(scene: Rect, timeline: &Timeline, kind: StrategyKind) -> Layout {
        let area = Rect::from_min_max(
            pos2(scene.left() + (scene.width() * 0.48).clamp(250.0, 620.0), scene.top() + 40.0),
            pos2(scene.right() - 24.0, scene.bottom() - 4.0),
        );
        const GAP: f32 = 12.0;
        let mut groups = match groups(timeline, kind).as_slice() {
            [left, launched, ..] => {
                // A small additional batch needs less room than the fleet; neither gets less than a third.
                let part = (left.instances.count as f32 / timeline.instances() as f32).clamp(1.0 / 3.0, 2.0 / 3.0);
                let split = area.top() + (area.height() - GAP) * part;
                vec![
                    Group::new(Rect::from_min_max(area.min, pos2(area.right(), split)), *left),
                    Group::new(Rect::from_min_max(pos2(area.left(), split + GAP), area.max), *launched),
                ]
            }
            few => few.iter().map(|of| Group::new(area, *of)).collect(),
        };
        // Groups are no higher than their tiles, and stand in the middle.
        let used: f32 = groups.iter().map(Group::height).sum::<f32>() + GAP * (groups.len() - 1) as f32;
        let mut top = area.top() + (area.height() - used).max(0.0) / 2.0;
        for group in &mut groups {
            let height = group.height();
            group.move_to(top, height);
            top += height + GAP;
        }
        let middle = area.center().y;
        let users = pos2(scene.left() + 56.0, middle);
        let balancer = Rect::from_center_size(pos2((users.x + area.left()) / 2.0 + 8.0, middle), vec2(56.0, 60.0));
        Layout { users, balancer, refused_top: (balancer.top() - 70.0).max(scene.top() + LEGEND), groups }
    }
}

/// How much a tile says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TileDetail {
    /// Number, mark and word.
    Words,
    /// The same side by side, where a tile is wide and low.
    Row,
    /// A mark.
    Mark,
    /// Colour only.
    Plain,
    /// Too many for a tile each: cells that stand for several.
    Cells,
}

/// A grid of tiles in a group.
pub(super) struct Tiles {
    origin: Pos2,
    columns: u32,
    count: u32,
    /// The instances; more than tiles where a cell stands for several.
    instances: u32,
    width: f32,
    height: f32,
    gap: f32,
}

impl Tiles {
    fn new(group: Rect, instances: u32) -> Tiles {
        let area = Rect::from_min_max(group.min + vec2(PADDING, 36.0), group.max - vec2(PADDING, PADDING));
        let count = instances.clamp(1, MOST_TILES);
        let (columns, width, height) = Tiles::grid(area, count);
        Tiles { origin: area.min, columns, count, instances, width, height, gap: gap_for(count) }
    }

    /// The number of columns, and a tile's size: as large as fits, and rather a little smaller than with a ragged last row.
    fn grid(area: Rect, count: u32) -> (u32, f32, f32) {
        let gap = gap_for(count);
        let sized = |columns: u32| {
            let rows = count.div_ceil(columns);
            let width = ((area.width() + gap) / columns as f32 - gap).clamp(1.0, WIDEST);
            let height = ((area.height() + gap) / rows as f32 - gap).clamp(1.0, (width * HIGHEST).max(1.0));
            (columns, width, height)
        };
        let worth = |&(columns, width, height): &(u32, f32, f32)| {
            let empty = columns * count.div_ceil(columns) - count;
            // A tile that is much wider than high has little room for its mark.
            let size = width.min(height * 1.3) * height.min(width * 1.3);
            size * (1.0 - empty as f32 / count as f32)
        };
        // Where several are as good, the one whose outline is most like the area's.
        let likeness = |&(columns, width, height): &(u32, f32, f32)| {
            let outline = (columns as f32 * (width + gap)) / (count.div_ceil(columns) as f32 * (height + gap));
            -(outline / (area.width() / area.height().max(1.0))).ln().abs()
        };
        let better = |a: &_, b: &_| worth(a).total_cmp(&worth(b)).then(likeness(a).total_cmp(&likeness(b)));
        (1..=count).map(sized).max_by(better).unwrap_or((1, 1.0, 1.0))
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// How many instances one cell stands for, rounded up.
    pub(super) fn stands_for(&self) -> u32 {
        self.instances.div_ceil(self.count)
    }

    /// The first of the instances that the `i`th cell stands for, counted from the group's first.
    pub(super) fn instance(&self, i: u32) -> u32 {
        u32::try_from(u64::from(i) * u64::from(self.instances) / u64::from(self.count)).unwrap_or(u32::MAX)
    }

    pub(super) fn detail(&self) -> TileDetail {
        if self.instances > MOST_TILES {
            TileDetail::Cells
        } else if self.width >= 44.0 && self.height >= 52.0 {
            TileDetail::Words
        } else if self.width >= 84.0 && self.height >= 24.0 {
            TileDetail::Row
        } else if self.width.min(self.height) >= 13.0 {
            TileDetail::Mark
        } else {
            TileDetail::Plain
        }
    }

    /// Where the `i`th tile stands.
    pub(super) fn rect(&self, i: u32) -> Rect {
        let (column, row) = (i % self.columns, i / self.columns);
        let min = self.origin + vec2(column as f32 * (self.width + self.gap), row as f32 * (self.height + self.gap));
        Rect::from_min_size(min, vec2(self.width, self.height))
    }

    /// Where the last row ends.
    fn bottom(&self) -> f32 {
        self.rect(self.count - 1).bottom()
    }

    /// Which instance, counted from the group's first, is drawn at `pos`.
    pub(super) fn at(&self, pos: Pos2) -> Option<u32> {
        (0..self.count).find(|&i| self.rect(i).contains(pos)).map(|i| if self.instances > MOST_TILES { self.instance(i) } else { i })
    }
}

fn gap_for(count: u32) -> f32 {
    match count {
        0..=40 => 8.0,
        41..=120 => 5.0,
        121..=400 => 3.0,
        _ => 1.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_stay_inside_their_group_and_never_overlap() {
        for size in [vec2(200.0, 140.0), vec2(368.0, 268.0), vec2(1_200.0, 700.0)] {
            let group = Rect::from_min_size(pos2(10.0, 20.0), size);
            for count in [1, 2, 3, 10, 11, 37, 60, 128, 500, 1_000, 1_001, 1_000_000] {
                let tiles = Tiles::new(group, count);
                let rects: Vec<Rect> = (0..tiles.count()).map(|i| tiles.rect(i)).collect();
                assert!(rects.iter().all(|r| group.expand(0.01).contains_rect(*r)), "{count} in {size:?}");
                for pair in rects.windows(2) {
                    assert!(!pair[0].shrink(0.01).intersects(pair[1].shrink(0.01)), "{count} in {size:?}");
                }
            }
        }
    }

    #[test]
    fn cells_stand_for_every_instance() {
        let tiles = Tiles::new(Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0)), 12_345);
        assert_eq!((tiles.count(), tiles.stands_for()), (1_000, 13));
        assert_eq!(tiles.instance(0), 0);
        // The last cell begins at 999 × 12,345 / 1,000 = 12,332, rounded down.
        assert_eq!(tiles.instance(999), 12_332);
    }
}
