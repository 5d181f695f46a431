//! Icons drawn with the painter: crisp at any size, in any colour, needing no font.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use eframe::egui::emath::GuiRounding as _;
use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Start the clock.
    Play,
    /// Stop the clock.
    Pause,
    /// To the previous event.
    StepBack,
    /// To the next event.
    StepForward,
    /// To the beginning.
    ToStart,
    /// To the end.
    ToEnd,
    /// Something opens below.
    ChevronDown,
    /// Something is folded away.
    ChevronRight,
    /// Light and dark.
    HalfCircle,
    /// Help.
    Question,
    /// The load balancer: one way in, three out.
    Fork,
    /// The service's users.
    User,
    /// In service, healthy.
    Check,
    /// Installing.
    ArrowDown,
    /// Starting: an open ring with a stroke, as on a power button.
    Start,
    /// A health check running.
    Heartbeat,
    /// Failed; also: close.
    Cross,
    /// Broken: it gets requests and does not answer.
    Crack,
    /// An alarm went off.
    Bell,
    /// It goes back.
    Back,
    /// Draining: lines that run out.
    Drain,
    /// Launching.
    Plus,
    /// Terminating.
    Minus,
    /// Worth a look.
    Exclamation,
    /// For your information.
    Information,
    /// Settings: two knobs on their tracks.
    Sliders,
    /// Shown to a room.
    Screen,
    /// To be searched.
    Search,
}

impl Icon {
    /// Draws the icon in the largest square inside `rect`, its lines `width` points thick.
    pub fn paint(self, painter: &Painter, rect: Rect, colour: Color32, width: f32) {
        let side = rect.width().min(rect.height());
        let pen = Pen { painter, frame: Rect::from_center_size(rect.center(), vec2(side, side)), colour, width };
        match self {
            Icon::Play => pen.area(&[(0.26, 0.14), (0.86, 0.5), (0.26, 0.86)]),
            Icon::Pause => {
                pen.bar((0.24, 0.16), (0.42, 0.84));
                pen.bar((0.58, 0.16), (0.76, 0.84));
            }
            Icon::StepBack => pen.area(&[(0.78, 0.16), (0.78, 0.84), (0.2, 0.5)]),
            Icon::StepForward => pen.area(&[(0.22, 0.16), (0.8, 0.5), (0.22, 0.84)]),
            Icon::ToStart => {
                pen.area(&[(0.86, 0.16), (0.86, 0.84), (0.3, 0.5)]);
                pen.bar((0.14, 0.16), (0.24, 0.84));
            }
            Icon::ToEnd => {
                pen.area(&[(0.14, 0.16), (0.7, 0.5), (0.14, 0.84)]);
                pen.bar((0.76, 0.16), (0.86, 0.84));
            }
            Icon::ChevronDown => pen.line(&[(0.26, 0.38), (0.5, 0.62), (0.74, 0.38)]),
            Icon::ChevronRight => pen.line(&[(0.38, 0.26), (0.62, 0.5), (0.38, 0.74)]),
            Icon::HalfCircle => {
                pen.ring((0.5, 0.5), 0.36);
                let mut half = vec![pen.at((0.5, 0.14))];
                half.extend(pen.arc((0.5, 0.5), 0.36, -FRAC_PI_2, FRAC_PI_2));
                painter.add(Shape::convex_polygon(half, colour, Stroke::NONE));
            }
            Icon::Question => {
                let mut hook = pen.arc((0.5, 0.34), 0.18, PI, TAU + 0.25 * PI);
                hook.push(pen.at((0.5, 0.56)));
                hook.push(pen.at((0.5, 0.66)));
                pen.path(hook);
                pen.dot((0.5, 0.83), 0.62);
            }
            Icon::Fork => {
                pen.line(&[(0.06, 0.5), (0.94, 0.5)]);
                pen.line(&[(0.9, 0.06), (0.44, 0.5), (0.9, 0.94)]);
            }
            Icon::User => {
                pen.ring((0.5, 0.29), 0.21);
                let shoulders = pen.arc((0.5, 0.92), 0.36, PI, TAU);
                pen.path(shoulders);
            }
            Icon::Check => pen.line(&[(0.16, 0.54), (0.4, 0.78), (0.84, 0.28)]),
            Icon::ArrowDown => {
                pen.line(&[(0.5, 0.1), (0.5, 0.86)]);
                pen.line(&[(0.2, 0.58), (0.5, 0.88), (0.8, 0.58)]);
            }
            Icon::Start => {
                pen.line(&[(0.5, 0.1), (0.5, 0.5)]);
                let ring = pen.arc((0.5, 0.54), 0.36, -FRAC_PI_2 + 0.75, 1.5 * PI - 0.75);
                pen.path(ring);
            }
            Icon::Heartbeat => pen.line(&[(0.04, 0.54), (0.28, 0.54), (0.4, 0.2), (0.58, 0.84), (0.7, 0.54), (0.96, 0.54)]),
            Icon::Cross => {
                pen.line(&[(0.2, 0.2), (0.8, 0.8)]);
                pen.line(&[(0.8, 0.2), (0.2, 0.8)]);
            }
            Icon::Crack => pen.line(&[(0.62, 0.02), (0.36, 0.4), (0.62, 0.58), (0.38, 0.98)]),
            Icon::Bell => {
                let mut dome = vec![pen.at((0.1, 0.76)), pen.at((0.22, 0.62))];
                dome.extend(pen.arc((0.5, 0.42), 0.28, PI, TAU));
                dome.extend([pen.at((0.78, 0.62)), pen.at((0.9, 0.76)), pen.at((0.1, 0.76))]);
                pen.path(dome);
                pen.dot((0.5, 0.9), 0.7);
            }
            Icon::Back => {
                pen.line(&[(0.34, 0.12), (0.1, 0.36), (0.34, 0.6)]);
                let mut way = vec![pen.at((0.1, 0.36))];
                way.extend(pen.arc((0.6, 0.62), 0.26, -FRAC_PI_2, FRAC_PI_2));
                way.push(pen.at((0.3, 0.88)));
                pen.path(way);
            }
            Icon::Drain => {
                pen.line(&[(0.1, 0.24), (0.9, 0.24)]);
                pen.line(&[(0.24, 0.5), (0.76, 0.5)]);
                pen.line(&[(0.4, 0.76), (0.6, 0.76)]);
            }
            Icon::Plus => {
                pen.line(&[(0.5, 0.14), (0.5, 0.86)]);
                pen.line(&[(0.14, 0.5), (0.86, 0.5)]);
            }
            Icon::Minus => pen.line(&[(0.14, 0.5), (0.86, 0.5)]),
            Icon::Exclamation => {
                let corners = [(0.5, 0.1), (0.94, 0.88), (0.06, 0.88)].map(|p| pen.at(p)).to_vec();
                painter.add(Shape::closed_line(corners, pen.stroke()));
                pen.line(&[(0.5, 0.38), (0.5, 0.62)]);
                pen.dot((0.5, 0.75), 0.5);
            }
            Icon::Information => {
                pen.ring((0.5, 0.5), 0.42);
                pen.line(&[(0.5, 0.46), (0.5, 0.72)]);
                pen.dot((0.5, 0.3), 0.55);
            }
            Icon::Sliders => {
                for (y, x) in [(0.3, 0.66), (0.72, 0.34)] {
                    pen.line(&[(0.06, y), (x - 0.14, y)]);
                    pen.line(&[(x + 0.14, y), (0.94, y)]);
                    pen.ring((x, y), 0.14);
                }
            }
            Icon::Screen => {
                pen.line(&[(0.04, 0.12), (0.96, 0.12)]);
                pen.line(&[(0.12, 0.12), (0.12, 0.68), (0.88, 0.68), (0.88, 0.12)]);
                pen.line(&[(0.28, 0.96), (0.5, 0.7), (0.72, 0.96)]);
            }
            Icon::Search => {
                pen.ring((0.42, 0.42), 0.3);
                pen.line(&[(0.64, 0.64), (0.92, 0.92)]);
            }
        }
    }
}

/// Draws `total` dots in a row in the middle of `rect`, the first `done` of them full: passed health checks of those wanted.
///
/// More dots than fit are drawn as one bar, filled by the same share.
pub fn paint_pips(painter: &Painter, rect: Rect, colour: Color32, done: u32, total: u32) {
    let step = 8.0;
    let done = done.min(total);
    #[expect(clippy::cast_possible_truncation, reason = "counts that fit as dots are exact; a bar needs only their ratio")]
    let (done_f, total_f) = (f64::from(done) as f32, f64::from(total) as f32);
    if total == 0 {
        return;
    }
    if total_f * step > rect.width() {
        let bar = Rect::from_center_size(rect.center(), vec2(rect.width(), 4.0));
        painter.rect_filled(bar, 2, colour.gamma_multiply(0.3));
        let full = Rect::from_min_size(bar.min, vec2(bar.width() * done_f / total_f, bar.height()));
        painter.rect_filled(full, 2, colour);
        return;
    }
    let mut x = rect.center().x - (total_f - 1.0) * step / 2.0;
    for i in 0..total {
        let centre = pos2(x, rect.center().y);
        if i < done {
            painter.circle_filled(centre, 2.5, colour);
        } else {
            painter.circle_stroke(centre, 2.0, Stroke::new(1.0, colour));
        }
        x += step;
    }
}

/// Draws in a square whose corners are (0, 0) and (1, 1).
struct Pen<'a> {
    painter: &'a Painter,
    frame: Rect,
    colour: Color32,
    width: f32,
}

impl Pen<'_> {
    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        self.frame.lerp_inside(vec2(x, y))
    }

    fn stroke(&self) -> Stroke {
        Stroke::new(self.width, self.colour)
    }

    fn line(&self, points: &[(f32, f32)]) {
        self.path(points.iter().map(|&p| self.at(p)).collect());
    }

    fn path(&self, points: Vec<Pos2>) {
        self.painter.line(points, self.stroke());
    }

    fn area(&self, points: &[(f32, f32)]) {
        let points = points.iter().map(|&p| self.at(p)).collect();
        self.painter.add(Shape::convex_polygon(points, self.colour, Stroke::NONE));
    }

    /// An upright bar, on whole pixels.
    fn bar(&self, min: (f32, f32), max: (f32, f32)) {
        let rect = Rect::from_min_max(self.at(min), self.at(max)).round_to_pixels(self.painter.pixels_per_point());
        self.painter.rect_filled(rect, 1, self.colour);
    }

    fn ring(&self, centre: (f32, f32), radius: f32) {
        self.painter.circle_stroke(self.at(centre), radius * self.frame.width(), self.stroke());
    }

    /// A dot `scale` times as wide as twice a line.
    fn dot(&self, centre: (f32, f32), scale: f32) {
        self.painter.circle_filled(self.at(centre), self.width * scale * 1.3, self.colour);
    }

    /// Points on a circle, angles in radians, clockwise from the right.
    fn arc(&self, centre: (f32, f32), radius: f32, from: f32, to: f32) -> Vec<Pos2> {
        const STEPS: u8 = 24;
        let (centre, radius) = (self.at(centre), radius * self.frame.width());
        (0..=STEPS)
            .map(|i| {
                let angle = from + (to - from) * f32::from(i) / f32::from(STEPS);
                centre + radius * vec2(angle.cos(), angle.sin())
            })
            .collect()
    }
}
