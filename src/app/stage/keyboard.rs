//! The stage by the keyboard: arrows go from thing to thing, enter pins an instance, + and - look from nearer and further.

use eframe::egui::{EventFilter, Key, Modifiers, Response, Ui};

use super::layout::{Group, Layout};
use super::place;
use super::selection::{Asked, Kept, Spot};

/// What the arrows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Left,
    Right,
    Up,
    Down,
}

const ARROWS: [(Key, Way); 4] =
    [(Key::ArrowLeft, Way::Left), (Key::ArrowRight, Way::Right), (Key::ArrowUp, Way::Up), (Key::ArrowDown, Way::Down)];

/// Does what the keys of this frame say, where they are the stage's.
pub(super) fn obey(ui: &Ui, response: &Response, layout: &Layout, kept: &mut Kept) -> Option<Asked> {
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (selection, view) = (kept.selection, kept.view);
    let mut asked = None;
    if response.has_focus() {
        let arrows = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let first = || layout.groups.first().map(|group| Spot::Instance(group.instances.first));
        let spot = kept.selection.spot.or_else(first);
        kept.selection.spot = spot;
        for (key, way) in ARROWS {
            if let Some(spot) = kept.selection.spot
                && pressed(key)
            {
                step(layout, kept, spot, way);
            }
        }
        if let Some(Spot::Instance(number)) = kept.selection.spot {
            let group = group_of(layout, number);
            if pressed(Key::Enter) {
                match group.filter(|group| group.tiles.stands_for() > 1) {
                    Some(group) => (0..2).for_each(|_| kept.view.zoom(group.all, group.holds, number, true)),
                    None => kept.selection.toggle(number),
                }
            }
            if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::F10))
                && let Some(at) = place(Spot::Instance(number), layout)
            {
                asked = Some(Asked::Menu { instance: number, at: at.center() });
            }
        }
        if pressed(Key::Space) {
            asked = Some(Asked::PlayOrPause);
        }
        for (keys, nearer) in [([Key::Plus, Key::Equals], true), ([Key::Minus, Key::Minus], false)] {
            if keys.into_iter().any(&pressed) {
                zoom(layout, kept, nearer);
            }
        }
        if pressed(Key::Num0) {
            kept.view.reset_all();
        }
    }
    let nobody = ui.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
    if (response.has_focus() || nobody) && kept.selection.selected.is_some() && pressed(Key::Escape) {
        kept.selection.selected = None;
    } else if response.has_focus() && pressed(Key::Escape) {
        response.surrender_focus();
    }
    if (selection, view) != (kept.selection, kept.view) {
        ui.ctx().request_repaint();
    }
    asked
}

fn group_of(layout: &Layout, number: u32) -> Option<&Group> {
    layout.groups.iter().find(|group| group.all.numbers().contains(&number))
}

/// Nearer to what the keyboard is on, or to the middle of the first group that is worth it.
fn zoom(layout: &Layout, kept: &mut Kept, nearer: bool) {
    let at = match kept.selection.spot {
        Some(Spot::Instance(number)) => group_of(layout, number).map(|group| (group, number)),
        Some(Spot::Users | Spot::Balancer | Spot::Stream | Spot::Group(_)) | None => None,
    };
    let middle = |group: &Group| group.instances.first + group.instances.count / 2;
    let large = || layout.groups.iter().find(|group| super::View::can_near(group.all)).map(|group| (group, middle(group)));
    if let Some((group, number)) = at.or_else(large) {
        kept.view.zoom(group.all, group.holds, number, nearer);
    }
}

/// From one thing to the next.
fn step(layout: &Layout, kept: &mut Kept, spot: Spot, way: Way) {
    let group_at = |at: usize| layout.groups.get(at).map(|_| Spot::Group(at));
    let next = match (spot, way) {
        (Spot::Users, Way::Right) | (Spot::Stream, Way::Left) => Some(Spot::Balancer),
        (Spot::Balancer, Way::Left) => Some(Spot::Users),
        (Spot::Balancer, Way::Right) | (Spot::Group(_), Way::Left) => Some(Spot::Stream),
        (Spot::Stream, Way::Right) => group_at(0),
        (Spot::Group(at), Way::Right) => layout.groups.get(at).map(|group| Spot::Instance(group.instances.first)),
        (Spot::Group(at), Way::Down) => group_at(at + 1),
        (Spot::Group(at), Way::Up) => at.checked_sub(1).and_then(group_at),
        (Spot::Instance(number), way) => among(layout, kept, number, way),
        (Spot::Users, Way::Left | Way::Up | Way::Down) | (Spot::Balancer | Spot::Stream, Way::Up | Way::Down) => None,
    };
    if next.is_some() {
        kept.selection.spot = next;
    }
}

/// From one instance to the next, through all of its group, and from a group to the other.
fn among(layout: &Layout, kept: &mut Kept, number: u32, way: Way) -> Option<Spot> {
    let at = layout.groups.iter().position(|group| group.all.numbers().contains(&number))?;
    let group = layout.groups.get(at)?;
    let (cell, columns) = (i64::from(group.tiles.stands_for()), i64::from(group.tiles.columns()));
    let place = i64::from(number.saturating_sub(group.instances.first)) / cell;
    let by = match way {
        Way::Left if place % columns == 0 => return Some(Spot::Group(at)),
        Way::Left => -cell,
        Way::Right => cell,
        Way::Up => -cell * columns,
        Way::Down => cell * columns,
    };
    let to = u32::try_from(i64::from(number) + by).ok().filter(|to| group.all.numbers().contains(to));
    if let Some(to) = to {
        kept.view.bring(group.all, group.holds, to);
        return Some(Spot::Instance(to));
    }
    let other = match way {
        Way::Up => layout.groups.get(at.checked_sub(1)?)?,
        Way::Down => layout.groups.get(at + 1)?,
        Way::Left | Way::Right => return None,
    };
    let shown = other.instances;
    let beside = shown.first + u32::try_from(place % columns).unwrap_or(0).min(shown.count.saturating_sub(1));
    Some(Spot::Instance(if way == Way::Up { shown.first + shown.count.saturating_sub(1) } else { beside }))
}
