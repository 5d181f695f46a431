//! A large fleet as one picture: cells that each stand for several neighbouring instances and show the first of them.

use eframe::egui::{Align2, Color32, Mesh, Painter, Shape, pos2};

use super::layout::Group;
use crate::app::theme::{Text, Theme};
use crate::text::pictures as words;
use crate::timeline::{Presence, State, Timeline};
use crate::units::Time;

pub(super) fn paint(painter: &Painter, theme: &Theme, group: &Group, timeline: &Timeline, t: Time) {
    // One mesh for all cells instead of a shape each.
    let mut mesh = Mesh::default();
    for i in 0..group.tiles.count() {
        let number = group.instances.first + group.tiles.instance(i);
        if let Some(presence) = timeline.life(number).at(t)
            && let Some(colour) = cell_colour(theme, presence)
        {
            mesh.add_colored_rect(group.tiles.rect(i), colour);
        }
    }
    painter.add(Shape::mesh(mesh));
    let at = pos2(group.rect.right() - 16.0, group.rect.bottom() - 8.0);
    Text::Label.paint_at(painter, at, Align2::RIGHT_CENTER, &words::cell_stands_for(group.tiles.stands_for()), theme.text_dim);
}

/// The colour of a cell: full in service, soft while it is worked on, none where it is gone.
fn cell_colour(theme: &Theme, presence: Presence) -> Option<Color32> {
    let (full, soft) =
        if presence.is_new { (theme.version_new, theme.version_new_soft) } else { (theme.version_old, theme.version_old_soft) };
    match presence.state {
        State::InService => Some(full),
        State::Draining | State::Launching | State::Installing | State::Starting | State::Checking | State::Terminating => Some(soft),
        State::Gone => None,
    }
}
