//! A large fleet as one picture: cells that each stand for several neighbouring instances and show the first of them.
//! What is wrong with any of them is a part of the cell that is never overlooked.

use eframe::egui::{Align2, Color32, Mesh, Painter, Rect, Shape, pos2};

use super::layout::Group;
use crate::app::theme::{Text, Theme};
use crate::text::pictures as words;
use crate::timeline::{Presence, State, Timeline, Trouble};
use crate::units::Time;

/// Of the instances that a cell stands for at most so many are looked at.
const LOOKED_AT: u32 = 16;
/// The least part of a cell that shows that something is wrong.
const LEAST: f32 = 0.34;

pub(super) fn paint(painter: &Painter, theme: &Theme, group: &Group, timeline: &Timeline, t: Time, trouble: &Trouble) {
    // One mesh for all cells instead of a shape each.
    let mut mesh = Mesh::default();
    let wrong = trouble.dead() + trouble.failed() > 0;
    for i in 0..group.tiles.count() {
        let number = group.instances.first + group.tiles.instance(i);
        let rect = group.tiles.rect(i);
        if let Some(presence) = timeline.life(number).at(t)
            && let Some(colour) = cell_colour(theme, presence)
        {
            mesh.add_colored_rect(rect, colour);
            if presence.state == State::InService && presence.is_new && trouble.error_rate > 0.0 {
                add_corner(&mut mesh, rect, theme.failed);
            }
        }
        if wrong {
            let (dead, failed) = wrong_in(group, timeline, t, i);
            add_from_below(&mut mesh, rect, failed, theme.failed_soft);
            add_from_below(&mut mesh, rect, dead, theme.failed);
        }
    }
    painter.add(Shape::mesh(mesh));
    let at = pos2(group.rect.right() - 16.0, group.rect.bottom() - 8.0);
    Text::Label.paint_at(painter, at, Align2::RIGHT_CENTER, &words::cell_stands_for(group.tiles.stands_for()), theme.text_dim);
}

/// The shares of a cell's instances that do not answer, and that do not or are out of service.
fn wrong_in(group: &Group, timeline: &Timeline, t: Time, i: u32) -> (f32, f32) {
    let from = group.tiles.instance(i);
    let to = if i + 1 < group.tiles.count() { group.tiles.instance(i + 1) } else { group.instances.count };
    let step = (to - from).div_ceil(LOOKED_AT).max(1);
    let (mut all, mut dead, mut failed) = (0.0, 0.0, 0.0);
    for number in (from..to).step_by(step as usize) {
        all += 1.0;
        match timeline.life(group.instances.first + number).at(t).map(|presence| presence.state) {
            Some(State::Dead) => dead += 1.0,
            Some(State::Failed) => failed += 1.0,
            Some(
                State::InService
                | State::Draining
                | State::Launching
                | State::Installing
                | State::Starting
                | State::Checking
                | State::Terminating
                | State::Gone,
            )
            | None => {}
        }
    }
    if all > 0.0 { (dead / all, (dead + failed) / all) } else { (0.0, 0.0) }
}

fn add_from_below(mesh: &mut Mesh, rect: Rect, part: f32, colour: Color32) {
    if part > 0.0 {
        let height = rect.height() * part.max(LEAST);
        mesh.add_colored_rect(rect.with_min_y(rect.bottom() - height), colour);
    }
}

fn add_corner(mesh: &mut Mesh, rect: Rect, colour: Color32) {
    let side = rect.width().min(rect.height()) * 0.6;
    let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
    for at in [rect.right_top() - eframe::egui::vec2(side, 0.0), rect.right_top(), rect.right_top() + eframe::egui::vec2(0.0, side)] {
        mesh.colored_vertex(at, colour);
    }
    mesh.add_triangle(first, first + 1, first + 2);
}

/// The colour of a cell: full in service, soft while it is worked on, none where it is gone.
fn cell_colour(theme: &Theme, presence: Presence) -> Option<Color32> {
    let (full, soft) =
        if presence.is_new { (theme.version_new, theme.version_new_soft) } else { (theme.version_old, theme.version_old_soft) };
    match presence.state {
        State::InService => Some(full),
        State::Draining | State::Launching | State::Installing | State::Starting | State::Checking | State::Terminating => Some(soft),
        State::Dead => Some(theme.failed),
        State::Failed => Some(theme.failed_soft),
        State::Gone => None,
    }
}
