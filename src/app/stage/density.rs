//! A large fleet as one picture: a plain cell for each instance, or cells that each stand for many and show the mix of
//! what those are doing. All of it is one mesh.
//!
//! What is wrong with any instance is a part of its cell that is never overlooked, crossed so that it is seen without
//! colours too.

use eframe::egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Shape, Vec2, pos2, vec2};

use super::census::{Census, Kind, Mix};
use super::layout::Group;
use super::motion::Motion;
use super::tile::progress;
use crate::app::theme::{Text, Theme};
use crate::text::stage as words;
use crate::timeline::{Instances, State, Timeline};
use crate::units::Time;

/// The least part of a cell that shows that something is wrong.
const LEAST: f32 = 0.34;
/// The least height of what is there at all.
const LINE: f32 = 1.5;

/// Draws groups whose tiles have no room for marks.
pub(super) struct Density<'a> {
    pub(super) painter: &'a Painter,
    pub(super) theme: &'a Theme,
    pub(super) timeline: &'a Timeline,
    pub(super) t: Time,
    pub(super) motion: Motion,
    /// The share of its requests that the new version fails.
    pub(super) error_rate: f64,
}

/// The counts of a group's cells, and whether they are exact.
pub(super) fn mixes(census: &Census, timeline: &Timeline, group: &Group, t: Time) -> (Vec<Mix>, bool) {
    let mut exact = true;
    let mixes = (0..group.tiles.count())
        .map(|i| {
            let (mix, all) = census.mix(timeline, group.holds, cell(group, i), group.instances.count, t);
            exact &= all;
            mix
        })
        .collect();
    (mixes, exact)
}

/// The instances that a cell stands for.
pub(super) fn cell(group: &Group, i: u32) -> Instances {
    let first = i * group.tiles.stands_for();
    let count = group.tiles.stands_for().min(group.instances.count.saturating_sub(first));
    Instances { first: group.instances.first + first, count }
}

impl Density<'_> {
    /// A cell an instance: full where it serves, hollow where it does not.
    pub(super) fn plain(&self, group: &Group) {
        let theme = self.theme;
        let mut mesh = Mesh::default();
        for i in 0..group.tiles.count() {
            let Some(presence) = self.timeline.life(group.instances.first + i).at(self.t) else { continue };
            let rect = group.tiles.rect(i);
            let (full, soft) = colours(theme, presence.is_new);
            let line = (rect.width() / 6.0).clamp(0.75, 1.25);
            let level = |part: f32| rect.with_min_y(rect.bottom() - rect.height() * part);
            let passed = || progress(presence, self.t, self.motion);
            match presence.state {
                State::InService => {
                    mesh.add_colored_rect(rect, full);
                    if presence.is_new && self.error_rate > 0.0 {
                        add_corner(&mut mesh, rect, theme);
                    }
                }
                State::Draining | State::Terminating => add_hollow(&mut mesh, rect, line, full, theme.tile, level(1.0 - passed()), soft),
                State::Launching => add_hollow(&mut mesh, rect, line, full, theme.tile, level(0.0), soft),
                State::Installing => add_hollow(&mut mesh, rect, line, full, theme.tile, level(passed()), soft),
                State::Starting | State::Checking => add_hollow(&mut mesh, rect, line, full, soft, level(0.0), soft),
                State::Dead => {
                    mesh.add_colored_rect(rect, theme.failed);
                    add_line(&mut mesh, rect.left_top(), rect.right_bottom(), line * 1.4, theme.panel);
                }
                State::Failed => {
                    add_hollow(&mut mesh, rect, line, theme.failed, theme.failed_soft, level(0.0), soft);
                    add_line(&mut mesh, rect.left_top(), rect.right_bottom(), line, theme.failed);
                    add_line(&mut mesh, rect.left_bottom(), rect.right_top(), line, theme.failed);
                }
                State::Gone => {}
            }
        }
        self.painter.add(Shape::mesh(mesh));
    }

    /// Cells that stand for many: what they are doing is stacked in them.
    pub(super) fn mixed(&self, group: &Group, mixes: &[Mix]) {
        let theme = self.theme;
        let mut mesh = Mesh::default();
        for (i, mix) in (0..).zip(mixes) {
            let rect = group.tiles.rect(i);
            mesh.add_colored_rect(rect, theme.tile);
            let mut y = rect.bottom();
            let all = mix.total().max(1) as f32;
            // What is wrong takes the room that it needs to be seen from all the others.
            let wrong = (mix.count(Kind::Dead) + mix.count(Kind::Failed)) as f32;
            let taken = if wrong > 0.0 { (wrong / all).max(LEAST) } else { 0.0 };
            // Of the others each has at least a line: the batch that is worked on is seen in a fleet of a million.
            let others = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Dead | Kind::Failed) && mix.count(*kind) > 0);
            let line = (LINE / rect.height()).min(0.2);
            let lines = line * others.count() as f32;
            let rest = if wrong < all { (1.0 - taken - lines).max(0.0) / (all - wrong) } else { 0.0 };
            for kind in Kind::ALL {
                let count = mix.count(kind) as f32;
                let (part, colour) = match kind {
                    Kind::Dead => (taken * count / wrong.max(1.0), theme.failed),
                    Kind::Failed => (taken * count / wrong.max(1.0), theme.failed_soft),
                    Kind::ServesNew => (line + count * rest, theme.version_new),
                    Kind::BusyNew => (line + count * rest, theme.version_new_soft),
                    Kind::BusyOld => (line + count * rest, theme.version_old_soft),
                    Kind::ServesOld => (line + count * rest, theme.version_old),
                    Kind::Absent => (line + count * rest, theme.tile),
                };
                if count > 0.0 {
                    let top = y - rect.height() * part;
                    mesh.add_colored_rect(Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), y)), colour);
                    y = top;
                }
            }
            if wrong > 0.0 {
                let (wrong, line) = (rect.with_min_y(rect.bottom() - rect.height() * taken), (rect.width() / 8.0).clamp(1.0, 2.0));
                add_line(&mut mesh, wrong.left_bottom(), wrong.right_top(), line, theme.text);
                add_line(&mut mesh, wrong.left_top(), wrong.right_bottom(), line, theme.text);
            }
            if mix.count(Kind::ServesNew) > 0 && self.error_rate > 0.0 {
                add_corner(&mut mesh, rect, theme);
            }
        }
        self.painter.add(Shape::mesh(mesh));
    }

    /// What is shown of a group, at its foot.
    pub(super) fn foot(&self, group: &Group, exact: bool) {
        let at = pos2(group.rect.left() + 16.0, group.rect.bottom() - 14.0);
        let mut said = Vec::new();
        if group.tiles.stands_for() > 1 {
            said.push(words::cell_stands_for(group.tiles.stands_for(), exact));
        }
        if group.is_near() {
            said.push(words::shown_of(group.instances, group.all.count));
        }
        Text::Label.paint_at(self.painter, at, Align2::LEFT_CENTER, &said.join(" · "), self.theme.text_dim);
    }
}

fn colours(theme: &Theme, is_new: bool) -> (Color32, Color32) {
    if is_new { (theme.version_new, theme.version_new_soft) } else { (theme.version_old, theme.version_old_soft) }
}

fn add_hollow(mesh: &mut Mesh, rect: Rect, line: f32, edge: Color32, ground: Color32, filled: Rect, fill: Color32) {
    mesh.add_colored_rect(rect, edge);
    let inner = rect.shrink(line);
    mesh.add_colored_rect(inner, ground);
    let filled = filled.intersect(inner);
    if filled.is_positive() {
        mesh.add_colored_rect(filled, fill);
    }
}

/// A corner in the colour of failure, set off from the cell so that it is seen without colours too.
fn add_corner(mesh: &mut Mesh, rect: Rect, theme: &Theme) {
    let side = rect.width().min(rect.height()) * 0.6;
    for (side, colour) in [(side + 1.0, theme.panel), (side, theme.failed)] {
        let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        for at in [rect.right_top() - vec2(side, 0.0), rect.right_top(), rect.right_top() + vec2(0.0, side)] {
            mesh.colored_vertex(at, colour);
        }
        mesh.add_triangle(first, first + 1, first + 2);
    }
}

fn add_line(mesh: &mut Mesh, from: Pos2, to: Pos2, width: f32, colour: Color32) {
    let aside: Vec2 = (to - from).normalized().rot90() * width / 2.0;
    let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
    for at in [from + aside, from - aside, to + aside, to - aside] {
        mesh.colored_vertex(at, colour);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first + 2, first + 1, first + 3);
}
