//! Where everything stands on the stage. It depends on the whole deployment and not on the moment, so that nothing jumps.

use eframe::egui::{Pos2, Rect, pos2, vec2};

use super::census::Census;
use super::view::View;
use crate::app::groups::{self, groups};
use crate::scenario::StrategyKind;
use crate::timeline::{Instances, Timeline, Version};

/// The height of the sentences at the bottom: on a narrow stage they take more lines.
pub(in crate::app) fn narration(width: f32) -> f32 {
    if width < 560.0 { 92.0 } else { 76.0 }
}
/// Beyond so many instances in a group, one cell stands for several.
pub(super) const MOST_TILES: u32 = 5_000;
/// Most cells of a picture whose cells stand for several, and how wide and high one is at least with the gap beside it.
const MOST_CELLS: f32 = 1_000.0;
const CELL: f32 = 11.0;

/// The height of the legend at the top, and of what is said of refused requests under it.
const LEGEND: f32 = 46.0;
/// Between a group's edge and its tiles, and above them where the group's name stands.
const PADDING: f32 = 16.0;
const HEADER: f32 = 36.0;
/// Below them where it is said what is shown.
const FOOTER: f32 = 28.0;
/// The widest tile, and how much higher than wide one may be.
const WIDEST: f32 = 160.0;
const HIGHEST: f32 = 1.35;
/// Most streams that come to a group.
const MOST_LANES: u32 = 6;
/// A scene of this height is drawn with lines and icons as thick and large as in the drawing; a higher one larger.
const DRAWN_HEIGHT: f32 = 360.0;

/// Where everything stands.
pub(super) struct Layout {
    /// Between the head and the shoulders of the users' picture.
    pub(super) users: Pos2,
    pub(super) balancer: Rect,
    /// Where refused requests have faded away.
    pub(super) refused_top: f32,
    pub(super) groups: Vec<Group>,
    /// How much larger than in the drawing users, load balancer and streams are.
    pub(super) scale: f32,
}

/// Instances that stand together.
pub(super) struct Group {
    pub(super) rect: Rect,
    pub(super) name: &'static str,
    /// All of them.
    pub(super) all: Instances,
    /// Those that are shown: all, or some of them from nearer.
    pub(super) instances: Instances,
    /// Those of the start, or those that were launched with the new version.
    pub(super) holds: Version,
    pub(super) tiles: Tiles,
}

impl Group {
    fn new(rect: Rect, of: groups::Group, view: &View) -> Group {
        let groups::Group { name, instances: all, holds } = of;
        let instances = view.shown(all, holds);
        let footer = if instances != all || instances.count > MOST_TILES { FOOTER } else { PADDING };
        let area = Rect::from_min_max(rect.min + vec2(PADDING, HEADER), rect.max - vec2(PADDING, footer));
        Group { rect, name, all, instances, holds, tiles: Tiles::new(area, instances.count, all.count) }
    }

    /// Its tiles alone, in all of `rect`.
    fn bare(rect: Rect, all: Instances, holds: Version) -> Group {
        Group { rect, name: "", all, instances: all, holds, tiles: Tiles::new(rect, all.count, all.count) }
    }

    /// Whether only some of its instances are shown.
    pub(super) fn is_near(&self) -> bool {
        self.instances != self.all
    }

    /// As high as its tiles need.
    fn height(&self) -> f32 {
        let footer = if self.is_near() || self.tiles.detail() == TileDetail::Cells { FOOTER } else { PADDING };
        (self.tiles.bottom() - self.rect.top() + footer).min(self.rect.height())
    }

    fn move_to(&mut self, top: f32, height: f32) {
        self.tiles.origin.y += top - self.rect.top();
        self.rect = Rect::from_min_size(pos2(self.rect.left(), top), vec2(self.rect.width(), height));
    }

    /// The instance that is drawn at `pos`; the first of those that its cell stands for.
    pub(super) fn instance_at(&self, pos: Pos2) -> Option<u32> {
        self.tiles.at(pos).map(|i| self.instances.first + self.tiles.instance(i))
    }

    /// Where an instance is drawn, if it is.
    pub(super) fn rect_of(&self, instance: u32) -> Option<Rect> {
        self.instances.numbers().contains(&instance).then(|| self.tiles.rect(self.tiles.holding(instance - self.instances.first)))
    }

    /// In how many lanes its streams come: one a row, as far as there are not too many.
    pub(super) fn lanes(&self) -> u32 {
        self.tiles.rows().clamp(1, MOST_LANES)
    }

    /// The tiles of a lane.
    pub(super) fn lane(&self, lane: u32) -> std::ops::Range<u32> {
        let tile = |lane: u32| (lane * self.tiles.rows() / self.lanes() * self.tiles.columns).min(self.tiles.count);
        tile(lane)..tile(lane + 1)
    }

    /// The lane that a tile is in.
    pub(super) fn lane_of(&self, tile: u32) -> u32 {
        (0..self.lanes()).find(|&lane| self.lane(lane).contains(&tile)).unwrap_or(0)
    }

    /// The height at which a lane's stream comes in.
    pub(super) fn lane_y(&self, lane: u32) -> f32 {
        let tiles = self.lane(lane);
        let (first, last) = (self.tiles.rect(tiles.start), self.tiles.rect(tiles.end.saturating_sub(1)));
        (first.top() + last.bottom()) / 2.0
    }
}

impl Layout {
    pub(super) fn new(scene: Rect, timeline: &Timeline, kind: StrategyKind, view: &View) -> Layout {
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
                    Group::new(Rect::from_min_max(area.min, pos2(area.right(), split)), *left, view),
                    Group::new(Rect::from_min_max(pos2(area.left(), split + GAP), area.max), *launched, view),
                ]
            }
            few => few.iter().map(|of| Group::new(area, *of, view)).collect(),
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
        let scale = (scene.height() / DRAWN_HEIGHT).min(area.left() - scene.left() - 240.0).clamp(1.0, 1.6);
        let users = pos2(scene.left() + 32.0 + 24.0 * scale, middle);
        let balancer = Rect::from_center_size(pos2((users.x + area.left()) / 2.0 + 8.0, middle), vec2(56.0, 60.0) * scale);
        Layout { users, balancer, refused_top: (balancer.top() - 70.0 * scale).max(scene.top() + LEGEND), groups, scale }
    }

    /// The groups' tiles alone, one group above the other, for a small stage.
    pub(super) fn bare(area: Rect, timeline: &Timeline) -> Vec<Group> {
        const GAP: f32 = 8.0;
        let left = Instances { first: 0, count: timeline.desired() };
        let launched = Instances { first: timeline.desired(), count: timeline.instances() - timeline.desired() };
        if launched.count == 0 {
            return vec![Group::bare(area, left, Version::Old)];
        }
        let part = (left.count as f32 / timeline.instances() as f32).clamp(1.0 / 3.0, 2.0 / 3.0);
        let split = area.top() + (area.height() - GAP) * part;
        let (above, below) = (area.with_max_y(split), area.with_min_y(split + GAP));
        vec![Group::bare(above, left, Version::Old), Group::bare(below, launched, Version::New)]
    }

    /// Where the stream from the users begins and ends, and where those to the instances begin.
    pub(super) fn incoming(&self) -> (Pos2, Pos2) {
        (self.users + vec2(26.0 * self.scale, 0.0), self.balancer.left_center() - vec2(6.0, 0.0))
    }

    pub(super) fn outgoing(&self) -> Pos2 {
        self.balancer.right_center() + vec2(6.0, 0.0)
    }
}

/// How much a tile says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TileDetail {
    /// Number, mark and word, one below another.
    Words,
    /// Number and mark above a word, where a tile is low.
    Compact,
    /// All side by side, where a tile is wide and low.
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
    /// How many instances a tile stands for; the last one may stand for fewer.
    stands_for: u32,
    width: f32,
    height: f32,
    gap: f32,
}

impl Tiles {
    /// Tiles for so many instances of a group of `of`.
    fn new(area: Rect, instances: u32, of: u32) -> Tiles {
        let stands_for = if instances > MOST_TILES {
            let cells = (area.width() * area.height() / (CELL * CELL)).clamp(64.0, MOST_CELLS);
            Census::cell(of, instances, cells)
        } else {
            1
        };
        let count = instances.div_ceil(stands_for).max(1);
        let (columns, width, height) = Tiles::grid(area, count);
        Tiles { origin: area.min, columns, count, instances, stands_for, width, height, gap: gap_for(count) }
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

    pub(super) fn columns(&self) -> u32 {
        self.columns
    }

    pub(super) fn rows(&self) -> u32 {
        self.count.div_ceil(self.columns)
    }

    /// How high a row is, with the gap below it.
    pub(super) fn row_height(&self) -> f32 {
        self.height + self.gap
    }

    /// How many instances one cell stands for.
    pub(super) fn stands_for(&self) -> u32 {
        self.stands_for
    }

    /// The first of the instances that the `i`th cell stands for, counted from the first that is shown.
    pub(super) fn instance(&self, i: u32) -> u32 {
        i.saturating_mul(self.stands_for).min(self.instances.saturating_sub(1))
    }

    /// The cell that stands for an instance, counted from the first that is shown.
    pub(super) fn holding(&self, instance: u32) -> u32 {
        (instance / self.stands_for).min(self.count - 1)
    }

    pub(super) fn detail(&self) -> TileDetail {
        if self.stands_for > 1 {
            TileDetail::Cells
        } else if self.width >= 44.0 && self.height >= 52.0 {
            TileDetail::Words
        } else if self.width >= 92.0 && self.height >= 24.0 {
            TileDetail::Row
        } else if self.width >= 48.0 && self.height >= 34.0 {
            TileDetail::Compact
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

    /// The tile at `pos`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places in a grid, checked afterwards")]
    pub(super) fn at(&self, pos: Pos2) -> Option<u32> {
        let from = pos - self.origin;
        if from.x < 0.0 || from.y < 0.0 {
            return None;
        }
        let (column, row) = ((from.x / (self.width + self.gap)) as u32, (from.y / (self.height + self.gap)) as u32);
        let i = row.saturating_mul(self.columns).saturating_add(column);
        (column < self.columns && i < self.count && self.rect(i).contains(pos)).then_some(i)
    }
}

fn gap_for(count: u32) -> f32 {
    match count {
        0..=40 => 8.0,
        41..=120 => 5.0,
        121..=400 => 3.0,
        401..=1_000 => 1.5,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiles(size: eframe::egui::Vec2, count: u32) -> Tiles {
        Tiles::new(Rect::from_min_size(pos2(10.0, 20.0), size), count, count)
    }

    #[test]
    fn tiles_stay_inside_their_area_and_never_overlap() {
        for size in [vec2(168.0, 90.0), vec2(336.0, 216.0), vec2(1_168.0, 650.0)] {
            let area = Rect::from_min_size(pos2(10.0, 20.0), size);
            for count in [1, 2, 3, 10, 11, 37, 60, 128, 500, 1_000, 1_001, 5_001, 1_000_000] {
                let tiles = tiles(size, count);
                let rects: Vec<Rect> = (0..tiles.count()).map(|i| tiles.rect(i)).collect();
                assert!(rects.iter().all(|r| area.expand(0.1).contains_rect(*r)), "{count} in {size:?}");
                for pair in rects.windows(2) {
                    assert!(!pair[0].shrink(0.01).intersects(pair[1].shrink(0.01)), "{count} in {size:?}");
                }
                for (i, rect) in (0..).zip(&rects) {
                    assert_eq!(tiles.at(rect.center()), Some(i), "{count} in {size:?}");
                }
            }
        }
    }

    #[test]
    fn cells_stand_for_every_instance() {
        // 336 × 216 / 11² = 599 cells at most: 12,345 / 599 is 20.6, so that a cell stands for 21 and there are 588 of them.
        let some = tiles(vec2(336.0, 216.0), 12_345);
        assert_eq!((some.count(), some.stands_for()), (588, 21));
        // The last one begins at 587 × 21 = 12,327.
        assert_eq!((some.instance(0), some.instance(587), some.holding(12_344)), (0, 12_327, 587));
    }

    #[test]
    fn ten_in_each_of_two_groups_have_room_for_words_in_a_usual_window() {
        // What is left of a stage of 744 × 400 to each group's tiles.
        assert_eq!(tiles(vec2(330.0, 86.0), 10).detail(), TileDetail::Compact);
        assert_eq!(tiles(vec2(330.0, 216.0), 10).detail(), TileDetail::Words);
    }
}
