//! A large fleet as one image: each row stands for neighbouring instances and shows how many of them are in which state.
//! What is wrong with any of them is never overlooked.

use std::collections::HashSet;

use eframe::egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureOptions, Vec2, pos2};

use super::layout::{Detail, Lanes};
use super::pattern::{Pen, colours};
use super::picture::Key;
use crate::app::theme::Theme;
use crate::timeline::{Note, State, Timeline};
use crate::units::Time;

/// Of the instances that a row stands for at most so many are looked at.
const LOOKED_AT: u32 = 24;
/// The least part of what is wrong in a row that is seen.
const LEAST: f32 = 0.4;
/// So many failures of single instances are marked.
const MOST_MARKS: usize = 2_000;

/// The image of all groups.
pub(super) struct Made {
    pub(super) texture: TextureHandle,
    /// Where each group stands, and which part of the image is its.
    pub(super) places: Vec<(Rect, Rect)>,
    pub(super) states: Vec<State>,
    pub(super) fails_a_share: bool,
}

pub(super) fn image(ctx: &Context, theme: &Theme, timeline: &Timeline, key: &Key, bad: &[(f64, f64)]) -> Made {
    let most = ctx.input(|input| input.max_texture_side);
    let width = pixels(key.scale.across.span() * key.pixels_per_point).clamp(1, most);
    let rows: usize = key.layout.lanes.iter().map(|lanes| lanes.count as usize).sum();
    let mut image = ColorImage::filled([width, rows.clamp(1, most)], Color32::TRANSPARENT);
    let mut row = Row::new(width, key.scale.shown, bad);
    let (mut places, mut y) = (Vec::new(), 0);
    for lanes in &key.layout.lanes {
        let first = y;
        for i in 0..lanes.count {
            row.look_at(theme, timeline, lanes, i);
            if let Some(pixels) = image.pixels.get_mut(y * width..(y + 1) * width) {
                row.paint(theme, pixels);
            }
            y += 1;
        }
        let part = |y: usize| y as f32 / rows.max(1) as f32;
        places.push((lanes.rows, Rect::from_min_max(pos2(0.0, part(first)), pos2(1.0, part(y)))));
    }
    let texture = ctx.load_texture("lanes", image, TextureOptions::NEAREST);
    Made { texture, places, states: row.states, fails_a_share: row.fails_a_share }
}

/// The deaths and failures of single instances, each a mark of its own where it would be too small to see.
pub(super) fn marks(pen: &mut Pen<'_>, timeline: &Timeline, key: &Key) {
    const SIDE: f32 = 5.0;
    if key.layout.detail != Detail::Dense {
        return;
    }
    let wrong = timeline.log().iter().filter_map(|entry| {
        let (Note::Died(instances, _) | Note::NotHealthy(instances)) = entry.note else { return None };
        Some((entry.at.as_secs_f64(), instances))
    });
    let colour = pen.theme.failed;
    let mut taken = HashSet::new();
    for (at_s, instances) in wrong.take(MOST_MARKS) {
        let (from_s, to_s) = key.scale.shown;
        let Some(row) = key.layout.row(instances.first).filter(|_| (from_s..=to_s).contains(&at_s)) else { continue };
        let centre = pos2(key.scale.x(at_s), row.center().y);
        // What would stand on another one is not drawn.
        let cell = (pixels(centre.x / SIDE), pixels(centre.y / SIDE));
        if taken.insert(cell) {
            pen.fill(Rect::from_center_size(centre, Vec2::splat(SIDE)), pen.theme.stage);
            pen.fill(Rect::from_center_size(centre, Vec2::splat(SIDE - 2.0)), colour);
        }
    }
}

/// One row of the image while it is worked out: sums along the time, each written as what is added from a column on.
struct Row<'a> {
    shown: (f64, f64),
    bad: &'a [(f64, f64)],
    /// Red, green, blue and how many, of those that are there.
    there: Vec<[f32; 4]>,
    /// How many are wrong, and how many of the new version serve.
    wrong: Vec<[f32; 2]>,
    /// How many were looked at.
    looked_at: f32,
    states: Vec<State>,
    fails_a_share: bool,
}

impl<'a> Row<'a> {
    fn new(width: usize, shown: (f64, f64), bad: &'a [(f64, f64)]) -> Row<'a> {
        Row {
            shown,
            bad,
            there: vec![[0.0; 4]; width + 1],
            wrong: vec![[0.0; 2]; width + 1],
            looked_at: 0.0,
            states: Vec::new(),
            fails_a_share: false,
        }
    }

    fn look_at(&mut self, theme: &Theme, timeline: &Timeline, lanes: &Lanes, i: u32) {
        self.there.fill([0.0; 4]);
        self.wrong.fill([0.0; 2]);
        self.looked_at = 0.0;
        let from = lanes.first_of(i);
        let to = if i + 1 < lanes.count { lanes.first_of(i + 1) } else { lanes.group.instances.numbers().end };
        let step = (to.saturating_sub(from)).div_ceil(LOOKED_AT).max(1);
        for number in (from..to).step_by(step as usize) {
            self.looked_at += 1.0;
            for presence in timeline.life(number).presences() {
                let since = presence.since.as_secs_f64();
                let until = presence.until.map_or(f64::INFINITY, Time::as_secs_f64);
                if until <= since || since >= self.shown.1 || until <= self.shown.0 {
                    continue;
                }
                let c = colours(theme, presence.is_new);
                let (colour, wrong) = match presence.state {
                    State::InService => (c.full, false),
                    State::Draining | State::Launching | State::Installing | State::Starting | State::Checking | State::Terminating => {
                        (c.soft, false)
                    }
                    State::Dead => (theme.failed, true),
                    State::Failed => (theme.failed_soft, true),
                    State::Gone => continue,
                };
                if !self.states.contains(&presence.state) {
                    self.states.push(presence.state);
                }
                let serves = presence.state == State::InService && presence.is_new;
                self.add(self.column(since), self.column(until), colour, wrong, serves);
            }
        }
    }

    fn add(&mut self, from: usize, to: usize, colour: Color32, wrong: bool, serves_new: bool) {
        // What is wrong is seen however short it is.
        let to = if wrong { to.max(from + 1).min(self.there.len() - 1) } else { to };
        let [r, g, b, _] = colour.to_array().map(f32::from);
        for (at, sign) in [(from, 1.0), (to, -1.0)] {
            if let Some(sums) = self.there.get_mut(at) {
                for (sum, add) in sums.iter_mut().zip([r, g, b, 1.0]) {
                    *sum += sign * add;
                }
            }
            if let Some([sum, new]) = self.wrong.get_mut(at) {
                *sum += if wrong { sign } else { 0.0 };
                *new += if serves_new { sign } else { 0.0 };
            }
        }
    }

    fn column(&self, seconds: f64) -> usize {
        let (from, to) = self.shown;
        let width = self.there.len() - 1;
        let share = ((seconds - from) / (to - from).max(1e-9)).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a column of the screen")]
        let column = (share * width as f64).round() as usize;
        column
    }

    fn paint(&mut self, theme: &Theme, pixels: &mut [Color32]) {
        let ground = theme.stage.to_array().map(f32::from);
        let failed = theme.failed.to_array().map(f32::from);
        let bad: Vec<(usize, usize)> = self.bad.iter().map(|(from, to)| (self.column(*from), self.column(*to))).collect();
        let (mut there, mut wrong) = ([0.0_f32; 4], [0.0_f32; 2]);
        for (x, pixel) in pixels.iter_mut().enumerate() {
            for (sum, add) in there.iter_mut().zip(self.there[x]) {
                *sum += add;
            }
            for (sum, add) in wrong.iter_mut().zip(self.wrong[x]) {
                *sum += add;
            }
            let [.., count] = there;
            if count < 0.5 {
                *pixel = Color32::TRANSPARENT;
                continue;
            }
            let all = self.looked_at.max(1.0);
            let mut colour = [0, 1, 2].map(|i| (there[i] + (all - count).max(0.0) * ground[i]) / all);
            // Every few columns a share that fails is seen in what serves.
            let [wrong, new] = wrong;
            let fails = new > 0.5 && bad.iter().any(|(from, to)| (*from..*to).contains(&x));
            self.fails_a_share |= fails;
            let wrong = if fails && x % 6 < 2 { wrong + new } else { wrong };
            if wrong > 0.5 {
                let share = (wrong / all).clamp(LEAST, 1.0);
                for (part, failed) in colour.iter_mut().zip(failed) {
                    *part += (failed - *part) * share;
                }
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes is one")]
            let [r, g, b] = colour.map(|part| part.round() as u8);
            *pixel = Color32::from_rgb(r, g, b);
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on the screen")]
fn pixels(points: f32) -> usize {
    points.round() as usize
}
