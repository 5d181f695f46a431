//! What a span looks like: its version by colour, its state by fill, outline and pattern, told apart without colours too.
//!
//! What serves is full. What is being brought has a dashed outline, what leaves a solid one and a line through it; a launch
//! is dotted, an install hatched, checks are ticks where they take place. What is wrong is in the colour of failure: an
//! instance that does not answer is full and hatched, one that is out of service is crossed.

use eframe::egui::{Color32, Mesh, Pos2, Rect, Vec2, pos2};

use crate::app::theme::Theme;
use crate::timeline::State;

/// The lowest span with a pattern; below it only its height and its fill tell.
const PATTERNED: f32 = 6.0;

/// A version's colours.
pub(super) struct Colours {
    pub(super) full: Color32,
    pub(super) soft: Color32,
    pub(super) on_full: Color32,
}

/// The colours of one version.
pub(super) fn colours(theme: &Theme, is_new: bool) -> Colours {
    if is_new {
        Colours { full: theme.version_new, soft: theme.version_new_soft, on_full: theme.on_version_new }
    } else {
        Colours { full: theme.version_old, soft: theme.version_old_soft, on_full: theme.on_version_old }
    }
}

/// Draws spans into one mesh.
pub(super) struct Pen<'a> {
    pub(super) mesh: Mesh,
    pub(super) theme: &'a Theme,
    pub(super) pixels_per_point: f32,
}

impl<'a> Pen<'a> {
    pub(super) fn new(theme: &'a Theme, pixels_per_point: f32) -> Pen<'a> {
        Pen { mesh: Mesh::default(), theme, pixels_per_point }
    }

    /// A span. `ticks` are the places of its checks. `plain` spans have words on them, and no pattern.
    pub(super) fn span(&mut self, rect: Rect, state: State, is_new: bool, ticks: &[f32], plain: bool) {
        let rect = self.on_pixels(rect);
        let theme = self.theme;
        let c = colours(theme, is_new);
        let patterned = rect.height() >= PATTERNED;
        let lower = |share: f32| rect.with_min_y(rect.bottom() - (rect.height() * share).max(1.0));
        match state {
            State::Gone => {}
            State::InService => self.fill(rect, c.full),
            State::Draining | State::Terminating if !patterned => self.fill(lower(0.5), c.soft),
            State::Draining => {
                self.fill(rect, c.soft);
                self.outline(rect, c.full, Line::Solid);
                if !plain {
                    self.rules(rect, &[0.35, 0.65], c.full);
                }
            }
            State::Terminating => {
                self.fill(rect, theme.tile);
                self.outline(rect, c.full, Line::Solid);
                if !plain {
                    self.rules(rect, &[0.5], c.full);
                }
            }
            State::Launching if !patterned => self.fill(lower(0.3), c.full),
            State::Launching => {
                self.fill(rect, theme.tile);
                if !plain {
                    self.dots(rect, c.full);
                }
                self.outline(rect, c.full, Line::Dashed);
            }
            State::Installing | State::Starting | State::Checking if !patterned => self.fill(rect, c.soft),
            State::Installing => {
                self.fill(rect, c.soft);
                if !plain {
                    self.hatch(rect, c.full, Lean::Forward, 5.0);
                }
                self.outline(rect, c.full, Line::Dashed);
            }
            State::Starting => {
                self.fill(rect, c.soft);
                self.outline(rect, c.full, Line::Dashed);
            }
            State::Checking => {
                self.fill(rect, c.soft);
                for x in ticks {
                    let reach = if plain { 5.0 } else { rect.height() };
                    let tick = Rect::from_min_max(pos2(x - 1.5, rect.bottom() - reach.min(rect.height())), pos2(*x, rect.bottom()));
                    self.fill(tick.intersect(rect), c.full);
                }
                self.outline(rect, c.full, Line::Dashed);
            }
            State::Dead => {
                self.fill(rect, theme.failed);
                if patterned && !plain {
                    self.hatch(rect, theme.on_failed, Lean::Back, 6.0);
                } else if !plain {
                    self.stripes(rect, theme.on_failed);
                }
            }
            State::Failed => {
                self.fill(rect, theme.failed_soft);
                if patterned {
                    if !plain {
                        self.hatch(rect, theme.failed, Lean::Forward, 7.0);
                        self.hatch(rect, theme.failed, Lean::Back, 7.0);
                    }
                    self.outline(rect, theme.failed, Line::Solid);
                } else {
                    self.stripes(rect, theme.failed);
                }
            }
        }
    }

    /// Along the foot of a span that serves: it fails a share of what it gets.
    pub(super) fn fails_a_share(&mut self, rect: Rect) {
        let rect = self.on_pixels(rect);
        let foot = rect.with_min_y(rect.bottom() - (rect.height() * 0.34).clamp(1.0, 4.0));
        // Cut out of the span first, so that the dashes are seen without colours too.
        self.fill(foot, self.theme.panel);
        let mut x = foot.left();
        while x < foot.right() {
            self.fill(Rect::from_min_max(pos2(x, foot.top()), pos2((x + 5.0).min(foot.right()), foot.bottom())), self.theme.failed);
            x += 7.0;
        }
    }

    /// Around a span of checks that are never passed.
    pub(super) fn in_vain(&mut self, rect: Rect) {
        let rect = self.on_pixels(rect);
        self.outline(rect, self.theme.failed, Line::Solid);
        if rect.height() < PATTERNED {
            self.stripes(rect, self.theme.failed);
        }
    }

    fn on_pixels(&self, rect: Rect) -> Rect {
        let round = |at: f32| (at * self.pixels_per_point).round() / self.pixels_per_point;
        // However short, it is there.
        let (left, right) = (round(rect.left()), round(rect.right()));
        let right = right.max(left + 1.0 / self.pixels_per_point);
        Rect::from_min_max(pos2(left, round(rect.top())), pos2(right, round(rect.bottom())))
    }

    pub(super) fn fill(&mut self, rect: Rect, colour: Color32) {
        if rect.is_positive() {
            self.mesh.add_colored_rect(rect, colour);
        }
    }

    fn outline(&mut self, rect: Rect, colour: Color32, line: Line) {
        let edge = 1.0_f32.max(1.0 / self.pixels_per_point).min(rect.height() / 2.0);
        let (dash, gap) = match line {
            Line::Solid => (f32::INFINITY, 0.0),
            Line::Dashed => (4.0, 3.0),
        };
        for y in [rect.top(), rect.bottom() - edge] {
            let mut x = rect.left();
            while x < rect.right() {
                self.fill(Rect::from_min_max(pos2(x, y), pos2((x + dash).min(rect.right()), y + edge)), colour);
                x += dash + gap;
            }
        }
        for x in [rect.left(), rect.right() - edge.min(rect.width())] {
            let mut y = rect.top();
            while y < rect.bottom() {
                let to = pos2((x + edge).min(rect.right()), (y + dash).min(rect.bottom()));
                self.fill(Rect::from_min_max(pos2(x, y), to), colour);
                y += dash + gap;
            }
        }
    }

    /// Lines along the span, at these shares of its height.
    fn rules(&mut self, rect: Rect, at: &[f32], colour: Color32) {
        for share in at {
            let y = rect.top() + rect.height() * share;
            let y = (y * self.pixels_per_point).floor() / self.pixels_per_point;
            self.fill(Rect::from_min_max(pos2(rect.left(), y), pos2(rect.right(), y + 1.0)), colour);
        }
    }

    /// Dots along the middle.
    fn dots(&mut self, rect: Rect, colour: Color32) {
        let mut x = rect.left() + 3.0;
        while x + 2.0 < rect.right() {
            let y = (rect.center().y * self.pixels_per_point).floor() / self.pixels_per_point;
            self.fill(Rect::from_min_max(pos2(x, y - 1.0), pos2(x + 2.0, y + 1.0)), colour);
            x += 4.0;
        }
    }

    /// Upright stripes, where there is no room for a slant.
    fn stripes(&mut self, rect: Rect, colour: Color32) {
        let mut x = rect.left() + 2.0;
        while x < rect.right() {
            self.fill(rect.with_min_x(x).with_max_x((x + 1.0).min(rect.right())), colour);
            x += 4.0;
        }
    }

    /// Slanting strokes, `every` so many points.
    fn hatch(&mut self, rect: Rect, colour: Color32, lean: Lean, every: f32) {
        let height = rect.height();
        let mut foot = rect.left() - height + (every - rect.left().rem_euclid(every));
        while foot < rect.right() {
            // From the foot at the bottom to a head at the top, as far as that is inside.
            let from = (rect.left() - foot).max(0.0);
            let to = (rect.right() - foot).min(height);
            if from < to {
                let at = |along: f32| match lean {
                    Lean::Forward => pos2(foot + along, rect.bottom() - along),
                    Lean::Back => pos2(foot + along, rect.top() + along),
                };
                self.stroke(at(from), at(to), colour);
            }
            foot += every;
        }
    }

    /// A smooth line of a point's width.
    fn stroke(&mut self, from: Pos2, to: Pos2, colour: Color32) {
        let along = (to - from).normalized();
        let side = Vec2::new(-along.y, along.x);
        let (inner, outer) = (0.4, 0.4 + 1.0 / self.pixels_per_point);
        let first = u32::try_from(self.mesh.vertices.len()).unwrap_or(u32::MAX);
        for end in [from, to] {
            for (reach, colour) in [(-outer, Color32::TRANSPARENT), (-inner, colour), (inner, colour), (outer, Color32::TRANSPARENT)] {
                self.mesh.colored_vertex(end + side * reach, colour);
            }
        }
        for strip in 0..3 {
            let a = first + strip;
            self.mesh.add_triangle(a, a + 1, a + 4);
            self.mesh.add_triangle(a + 1, a + 4, a + 5);
        }
    }
}

/// How an outline is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Solid,
    Dashed,
}

/// Which way strokes lean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lean {
    Forward,
    Back,
}

#[cfg(test)]
mod tests {
    use super::super::picture::STATES;
    use super::*;

    /// What a span looks like in greyscale, as a grid of lightness.
    fn grey(state: State, height: f32) -> Vec<f32> {
        let mut pen = Pen::new(Theme::light(), 1.0);
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(30.0, height));
        pen.span(rect, state, true, &[10.0, 20.0, 30.0], false);
        let lightness = |colour: Color32| {
            let [r, g, b, _] = colour.to_array().map(f32::from);
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let mut grid = Vec::new();
        for y in 0..14 {
            for x in 0..30 {
                let at = pos2(x as f32 + 0.5, (y as f32 + 0.5) * height / 14.0);
                // The last triangle over a place is seen there.
                let mut seen = 255.0;
                for corners in pen.mesh.indices.chunks(3) {
                    let vertices = [0, 1, 2].map(|i| pen.mesh.vertices[corners[i] as usize]);
                    let sign = |a: Pos2, b: Pos2| (at.x - b.x) * (a.y - b.y) - (a.x - b.x) * (at.y - b.y);
                    let [a, b, c] = vertices.map(|vertex| vertex.pos);
                    let sides = [sign(a, b), sign(b, c), sign(c, a)];
                    let inside = sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0);
                    if inside && vertices.iter().all(|vertex| vertex.color.a() == 255) {
                        seen = lightness(vertices[0].color);
                    }
                }
                grid.push(seen);
            }
        }
        grid
    }

    #[test]
    fn states_are_told_apart_without_colours() {
        let looks: Vec<(State, Vec<f32>)> = STATES.map(|state| (state, grey(state, 14.0))).to_vec();
        for (i, (state, look)) in looks.iter().enumerate() {
            for (other, its) in &looks[i + 1..] {
                // One of 16 of its points differs by a tenth of the range at least.
                let apart = look.iter().zip(its).filter(|(a, b)| (**a - **b).abs() >= 25.0).count();
                assert!(apart * 16 >= look.len(), "{state:?} and {other:?} differ in {apart} of {} places", look.len());
            }
        }
    }

    #[test]
    fn a_span_however_short_is_there_and_never_outside_of_its_place() {
        for state in STATES {
            for (width, height) in [(0.1, 20.0), (300.0, 3.0), (40.0, 21.0)] {
                let mut pen = Pen::new(Theme::dark(), 1.0);
                let rect = Rect::from_min_size(pos2(10.0, 10.0), Vec2::new(width, height));
                pen.span(rect, state, false, &[20.0, 30.0], false);
                assert!(!pen.mesh.is_empty(), "{state:?}");
                // A smooth line fades out over two points.
                assert!(rect.expand(2.0).contains_rect(pen.mesh.calc_bounds()), "{state:?}: {:?}", pen.mesh.calc_bounds());
            }
        }
    }
}
