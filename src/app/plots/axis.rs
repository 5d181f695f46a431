//! The time axis that plots and lanes share: which part of the deployment it shows, and what a person does to it.

use eframe::egui::{EventFilter, InputState, Key, Modifiers, PointerButton, Rangef, Response, Ui};

/// The shortest part that is shown, in seconds.
const LEAST_S: f64 = 1.0;
/// A box narrower than this is a click that slipped.
const NARROWEST_BOX: f32 = 6.0;
/// So much of what is shown an arrow key moves the playhead by.
const ARROW: f64 = 1.0 / 60.0;

/// Which part of the deployment is shown, which moment is pointed at, and which part is being marked to be shown larger.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeAxis {
    /// From when to when, in seconds; none is all of it.
    zoom: Option<(f64, f64)>,
    /// The moment that was pointed at when the last frame was drawn, and the one that is now, in seconds.
    hovered_s: Option<f64>,
    pointed_s: Option<f64>,
    /// A part that is being marked, in seconds: where that began, and where the pointer is.
    pub marked: Option<(f64, f64)>,
}

/// What a person did on a part of the window that has this axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moved {
    /// The playhead to this moment in seconds.
    To(f64),
    /// The clock is to play or to stand.
    PlayOrPause,
}

impl TimeAxis {
    /// From when to when it shows a deployment that ends at `end_s`, in seconds.
    pub fn shown(&self, end_s: f64) -> (f64, f64) {
        self.zoom.map_or((0.0, end_s), |(from, to)| fit(from, to, end_s))
    }

    /// At the beginning of a frame.
    pub fn begin(&mut self) {
        self.hovered_s = self.pointed_s.take();
    }

    /// At the end of a frame: what was drawn before the pointer was found elsewhere is drawn once more.
    pub fn end(&self, ui: &Ui) {
        if self.pointed_s != self.hovered_s {
            ui.ctx().request_repaint();
        }
    }

    /// The moment that is pointed at, in seconds.
    pub fn hovered_s(&self) -> Option<f64> {
        self.pointed_s.or(self.hovered_s)
    }

    /// Whether it shows a part only.
    pub fn is_zoomed(&self) -> bool {
        self.zoom.is_some()
    }

    /// Shows all of it.
    pub fn reset(&mut self) {
        self.zoom = None;
    }

    /// Shows this part, in seconds, in either order.
    pub fn zoom_to(&mut self, from_s: f64, to_s: f64, end_s: f64) {
        let (from, to) = fit(from_s.min(to_s), from_s.max(to_s), end_s);
        self.zoom = (from > 0.0 || to < end_s).then_some((from, to));
    }

    /// Shows `factor` times as much time; `about_s` stays where it is.
    pub fn zoom_by(&mut self, factor: f64, about_s: f64, end_s: f64) {
        let (from, to) = self.shown(end_s);
        let length = (to - from) * factor;
        if length >= end_s {
            return self.reset();
        }
        let length = length.max(LEAST_S.min(end_s));
        let about = about_s.clamp(from, to);
        let from = about - (about - from) / (to - from) * length;
        self.zoom_to(from, from + length, end_s);
    }

    /// Moves what is shown by so many seconds.
    pub fn pan(&mut self, by_s: f64, end_s: f64) {
        if let Some((from, to)) = self.zoom {
            self.zoom_to(from + by_s, to + by_s, end_s);
        }
    }

    /// Moves what is shown as little as it takes to show this moment.
    pub fn reveal(&mut self, t_s: f64, end_s: f64) {
        let (from, to) = self.shown(end_s);
        if t_s < from {
            self.pan(t_s - from, end_s);
        } else if t_s > to {
            self.pan(t_s - to, end_s);
        }
    }

    /// What a person does on `response`, whose times stand where `scale` says: dragging moves the playhead, with shift or
    /// the second button it marks a part to be shown larger; a double click shows all. Two fingers or ctrl and the wheel
    /// show more or less of it. With the keyboard on it: plus, minus, 0 and the arrows.
    pub fn respond(&mut self, ui: &Ui, response: &Response, scale: Scale, end_s: f64, t_s: f64) -> Option<Moved> {
        let mut moved = None;
        let pointer = response.interact_pointer_pos();
        let shift = ui.input(|input| input.modifiers.shift);
        let marks = response.drag_started_by(PointerButton::Secondary) || shift && response.drag_started_by(PointerButton::Primary);
        if let Some(origin) = ui.input(|input| input.pointer.press_origin()).filter(|_| marks) {
            self.marked = Some((scale.seconds(origin.x), scale.seconds(origin.x)));
        }
        if let Some((from, to)) = self.marked
            && (response.dragged() || response.drag_stopped())
        {
            let to = pointer.map_or(to, |pointer| scale.seconds(pointer.x));
            self.marked = Some((from, to));
            if response.drag_stopped() {
                self.marked = None;
                if (scale.x(from) - scale.x(to)).abs() >= NARROWEST_BOX {
                    self.zoom_to(from, to, end_s);
                }
            }
        } else if response.double_clicked() {
            self.reset();
        } else if response.dragged_by(PointerButton::Primary) || response.clicked() {
            // A click without a place is one of the keyboard.
            moved = Some(pointer.map_or(Moved::PlayOrPause, |pointer| Moved::To(scale.seconds(pointer.x))));
        }
        if let Some(pointer) = response.hover_pos().filter(|pointer| scale.across.contains(pointer.x)) {
            let about_s = scale.seconds(pointer.x);
            self.pointed_s = Some(about_s);
            let (zoom, wheel) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta.x));
            if zoom != 1.0 {
                self.zoom_by(1.0 / f64::from(zoom), about_s, end_s);
            }
            if wheel != 0.0 {
                self.pan(-f64::from(wheel) * scale.seconds_per_point(), end_s);
            }
        }
        self.keys(ui, response, end_s, t_s).or(moved)
    }

    /// What its keys ask for while `response` has the keyboard.
    fn keys(&mut self, ui: &Ui, response: &Response, end_s: f64, t_s: f64) -> Option<Moved> {
        if !response.has_focus() {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let (nearer, further, all, arrows) = ui.input_mut(|input| {
            // Plus is typed with shift on many keyboards.
            if input.modifiers.command || input.modifiers.alt {
                return (false, false, false, 0);
            }
            let mut count = |key| i32::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
            let (nearer, further, all) = (count(Key::Plus) + count(Key::Equals) > 0, count(Key::Minus) > 0, count(Key::Num0) > 0);
            let arrows = if input.modifiers.shift { 0 } else { count_arrows(input) };
            (nearer, further, all, arrows)
        });
        if nearer {
            self.zoom_by(0.5, t_s, end_s);
        }
        if further {
            self.zoom_by(2.0, t_s, end_s);
        }
        if all {
            self.reset();
        }
        if arrows == 0 {
            return None;
        }
        let (from, to) = self.shown(end_s);
        let to = (t_s + f64::from(arrows) * (to - from) * ARROW).clamp(0.0, end_s);
        self.reveal(to, end_s);
        Some(Moved::To(to))
    }
}

/// Arrows to the right, less those to the left.
fn count_arrows(input: &mut InputState) -> i32 {
    let mut count = |key| i32::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
    count(Key::ArrowRight) - count(Key::ArrowLeft)
}

/// A part inside the deployment, not too short.
fn fit(from: f64, to: f64, end_s: f64) -> (f64, f64) {
    let length = (to - from).max(LEAST_S).min(end_s);
    let from = from.min(end_s - length).max(0.0);
    (from, from + length)
}

/// From seconds to points on the screen and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The seconds at both ends.
    pub shown: (f64, f64),
    /// The points at both ends.
    pub across: Rangef,
}

impl Scale {
    /// Where a time stands; outside of what is shown it is outside of the ends.
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    pub fn x(&self, seconds: f64) -> f32 {
        let (from, to) = self.shown;
        let share = (seconds - from) / (to - from).max(1e-9);
        // Far outside is as far as can still be drawn.
        self.across.min + (share.clamp(-100.0, 100.0) * f64::from(self.across.span())) as f32
    }

    /// Which time stands at `x`, not outside of what is shown.
    pub fn seconds(&self, x: f32) -> f64 {
        let share = f64::from((x - self.across.min) / self.across.span().max(1.0));
        self.shown.0 + (self.shown.1 - self.shown.0) * share.clamp(0.0, 1.0)
    }

    /// How much time a point stands for.
    pub fn seconds_per_point(&self) -> f64 {
        (self.shown.1 - self.shown.0) / f64::from(self.across.span().max(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: f64 = 400.0;

    #[test]
    fn it_shows_all_until_it_is_asked_to_show_less() {
        let mut axis = TimeAxis::default();
        assert_eq!(axis.shown(END), (0.0, 400.0));
        axis.zoom_to(200.0, 100.0, END);
        assert_eq!(axis.shown(END), (100.0, 200.0));
        // Twice as much about its middle, 150: 50 to 250.
        axis.zoom_by(2.0, 150.0, END);
        assert_eq!(axis.shown(END), (50.0, 250.0));
        // Four times as much would be 800 s.
        axis.zoom_by(4.0, 150.0, END);
        assert!(!axis.is_zoomed());
    }

    #[test]
    fn what_is_shown_stays_inside_the_deployment() {
        let mut axis = TimeAxis::default();
        axis.zoom_to(300.0, 400.0, END);
        axis.pan(50.0, END);
        assert_eq!(axis.shown(END), (300.0, 400.0));
        axis.pan(-1_000.0, END);
        assert_eq!(axis.shown(END), (0.0, 100.0));
        // A setting made it 60 s long: there is no more than that.
        assert_eq!(axis.shown(60.0), (0.0, 60.0));
        axis.zoom_to(10.0, 10.0, END);
        assert_eq!(axis.shown(END), (10.0, 11.0));
    }

    #[test]
    fn a_moment_is_brought_into_view_and_no_further() {
        let mut axis = TimeAxis::default();
        axis.zoom_to(100.0, 200.0, END);
        axis.reveal(150.0, END);
        assert_eq!(axis.shown(END), (100.0, 200.0));
        axis.reveal(230.0, END);
        assert_eq!(axis.shown(END), (130.0, 230.0));
        axis.reveal(20.0, END);
        assert_eq!(axis.shown(END), (20.0, 120.0));
    }

    #[test]
    fn points_and_seconds_go_both_ways() {
        let scale = Scale { shown: (100.0, 200.0), across: Rangef::new(50.0, 250.0) };
        // 2 points a second from 50.
        assert_eq!((scale.x(100.0), scale.x(125.0), scale.x(200.0)), (50.0, 100.0, 250.0));
        assert_eq!((scale.seconds(100.0), scale.seconds(0.0), scale.seconds_per_point()), (125.0, 100.0, 0.5));
    }
}
