//! The stage: users, load balancer, groups of instances and the traffic between them, at one moment.
//!
//! Everything here is a function of a timeline and a time: the same two give the same picture, forwards and backwards.

mod cells;
mod dots;
mod layout;
mod tile;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Align, Align2, Color32, CornerRadius, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::theme::{Text, Theme};
use super::widgets::Icon;
use crate::explain::{Doing, Situation, Weights, situation};
use crate::scenario::StrategyKind;
use crate::text::numbers::{rate, unbroken};
use crate::text::{pictures as words, story, why};
use crate::timeline::{Cause, Rates, State, Timeline, Version};
use crate::units::Time;
pub(super) use layout::narration;
use layout::{Group, Layout};
use tile::Tiler;
pub(super) use tile::{Checks, checks, mark};

/// Of a larger group so many instances stand for the others where those that failed are counted.
const COUNTED: u32 = 20_000;

/// The stage of one timeline at one time.
pub struct Stage<'a> {
    timeline: &'a Timeline,
    kind: StrategyKind,
    t: Time,
    /// The largest demand of the whole deployment: so many requests are the densest stream.
    peak_demand: f64,
    /// What the deployment waits for.
    waits: Option<&'a str>,
    /// The shares of the traffic that were asked for and that users get, where the number of instances decides.
    weights: Option<Weights>,
    /// Checks that an instance has to pass in a row.
    checks: u32,
}

/// Instances of a group in which something is wrong.
struct Wrong {
    dead: u32,
    failed: u32,
    /// Whether all were counted, or some stand for the others.
    counted: bool,
}

impl<'a> Stage<'a> {
    /// What `timeline` looks like at `t`; the groups are named as the strategy names them.
    pub fn new(timeline: &'a Timeline, kind: StrategyKind, t: Time, peak_demand: f64) -> Stage<'a> {
        Stage { timeline, kind, t, peak_demand, waits: None, weights: None, checks: 1 }
    }

    /// What the deployment waits for, said under what is happening.
    pub fn waits(mut self, words: Option<&'a str>) -> Stage<'a> {
        self.waits = words;
        self
    }

    /// The shares of the traffic that were asked for and that users get, where the number of instances decides.
    pub fn weights(mut self, weights: Option<Weights>) -> Stage<'a> {
        self.weights = weights;
        self
    }

    /// Checks that an instance has to pass in a row: one that is checked for longer never passes.
    pub fn checks(mut self, needed: u32) -> Stage<'a> {
        self.checks = needed;
        self
    }

    /// Draws it into all the space that is left, the sentence that says what is happening at the bottom.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let now = situation(self.timeline, self.t);
        response.widget_info(|| {
            let said = story::in_words(self.timeline, self.t);
            let said = self.weights.map_or_else(|| said.clone(), |weights| story::besides(&said, &why::weights(&weights)));
            WidgetInfo::labeled(Role::Figure, true, format!("{}: {said}", words::stage()))
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let theme = Theme::of(ui);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0, theme.stage);

        let narration = Rect::from_min_max(pos2(rect.left(), rect.bottom() - layout::narration(rect.width())), rect.max);
        let scene = Rect::from_min_max(rect.min, pos2(rect.right(), narration.top()));
        let layout = Layout::new(scene, self.timeline, self.kind);
        let rates = now.rates;

        self.paint_legend(&painter, scene, theme, &layout);
        paint_users(&painter, &layout, theme, &rates);
        paint_balancer(&painter, &layout, theme);
        dots::paint(&painter, &layout, theme, self.timeline, self.t, self.peak_demand);
        let refused = rates.no_capacity + rates.overload;
        if refused > 0.0 {
            let at = pos2(layout.balancer.center().x, layout.refused_top - 8.0);
            Text::SmallStrong.paint_at(&painter, at, Align2::CENTER_BOTTOM, &words::refused(refused), theme.failed);
        }
        for group in &layout.groups {
            self.paint_group(&painter, theme, group, &now);
        }
        self.paint_under_balancer(&painter, scene, theme, &layout, &rates);
        paint_narration(&painter, narration, theme, &now, self.waits);
        self.tell_hovered(response, &layout)
    }

    fn paint_legend(&self, painter: &Painter, scene: Rect, theme: &Theme, layout: &Layout) {
        let mut x = scene.right() - 16.0;
        let y = scene.top() + 18.0;
        let mut entry = |name: &str, paint: &dyn Fn(Rect)| {
            let text = Text::Label.paint_at(painter, pos2(x, y), Align2::RIGHT_CENTER, name, theme.text_dim);
            let patch = Rect::from_center_size(pos2(text.left() - 11.0, y), vec2(10.0, 10.0));
            paint(patch);
            x = patch.left() - 16.0;
        };
        let filled = |colour: Color32| {
            move |patch: Rect| {
                painter.rect_filled(patch, 3, colour);
            }
        };
        entry(words::refused_or_failed(), &filled(theme.failed));
        entry(words::new_version(), &filled(theme.version_new));
        entry(words::old_version(), &filled(theme.version_old));
        let error_rate = self.timeline.trouble(self.timeline.at(self.t)).error_rate;
        if error_rate > 0.0 {
            entry(&words::new_version_fails(error_rate), &|patch| tile::paint_failing(painter, theme, patch.expand(1.0)));
        }
        // Where tiles have no room for words, the legend says what their marks mean.
        if layout.groups.iter().any(|group| group.tiles.detail() == layout::TileDetail::Mark) {
            const COLUMN: f32 = 96.0;
            const ROW: f32 = 18.0;
            let room = layout.groups.first().map_or(scene.right(), |group| group.rect.left()) - scene.left() - 24.0;
            let columns = (1..=4).rev().find(|&n| n as f32 * COLUMN <= room).unwrap_or(1);
            let rows = tile::MARKS.len().div_ceil(columns);
            let top = scene.bottom() - 10.0 - ROW * rows as f32;
            // Where there is no room below the load balancer, pointing at a tile has to do.
            if top < layout.balancer.bottom() + 28.0 {
                return;
            }
            for (i, (state, icon)) in tile::MARKS.iter().enumerate() {
                let at = pos2(scene.left() + 24.0 + COLUMN * (i % columns) as f32, top + ROW * ((i / columns) as f32 + 0.5));
                icon.paint(painter, Rect::from_center_size(at, vec2(12.0, 12.0)), theme.text_dim, 1.5);
                Text::Label.paint_at(painter, at + vec2(12.0, 0.0), Align2::LEFT_CENTER, crate::text::state_word(*state), theme.text_dim);
            }
        }
    }

    fn paint_group(&self, painter: &Painter, theme: &Theme, group: &Group, now: &Situation) {
        painter.rect(group.rect, CornerRadius::same(12), theme.panel, Stroke::new(1.0, theme.line), StrokeKind::Inside);
        let header = Rect::from_min_size(group.rect.min + vec2(16.0, 8.0), vec2(group.rect.width() - 32.0, 20.0));
        let title = Text::SmallStrong.paint(painter, header, Align2::LEFT_CENTER, group.name, theme.text);
        let moment = self.timeline.at(self.t);
        let in_service = self.in_service_of(group);
        let of_group = |share_new: f64| match group.holds {
            Version::Old => 1.0 - share_new,
            Version::New => share_new,
        };
        let split = self.timeline.route(moment).share_new(self.t).map(of_group);
        // Where the number of instances decides, what was asked for is another thing than what users get.
        let share = split.or_else(|| self.weights.map(|weights| of_group(weights.got)));
        let asked = self.weights.filter(|_| split.is_none()).map(|weights| of_group(weights.asked.as_fraction()));
        let mut rest = Rect::from_min_max(pos2(title.rect.right() + 12.0, header.top()), header.max);
        let wrong = self.wrong_in(group);
        let trouble = |words: fn(u32, u32, bool) -> Option<String>| {
            wrong.as_ref().and_then(|wrong| words(wrong.failed, wrong.dead, wrong.counted)).unwrap_or_default()
        };
        let short_side = words::group_side_short(share, asked, in_service, group.instances.count);
        let wide = |text: Text, words: &str| text.line(painter, words, theme.text_dim, f32::INFINITY).size().x;
        let trouble = Some(trouble(words::group_trouble))
            .filter(|trouble| wide(Text::Section, trouble) + 8.0 + wide(Text::Label, &short_side) <= rest.width())
            .unwrap_or_else(|| trouble(words::group_trouble_short));
        if !trouble.is_empty() {
            rest.max.x = Text::Section.paint(painter, rest, Align2::RIGHT_CENTER, &trouble, theme.failed).rect.left() - 8.0;
        }
        let side = words::group_side(share, asked, in_service, group.instances.count);
        let side = if wide(Text::Label, &side) <= rest.width() { side } else { short_side };
        Text::Label.paint(painter, rest, Align2::RIGHT_CENTER, &side, theme.text_dim);

        let trouble = self.timeline.trouble(moment);
        match group.tiles.detail() {
            layout::TileDetail::Cells => cells::paint(painter, theme, group, self.timeline, self.t, trouble),
            detail @ (layout::TileDetail::Words | layout::TileDetail::Row | layout::TileDetail::Mark | layout::TileDetail::Plain) => {
                let tiler = Tiler {
                    painter,
                    theme,
                    timeline: self.timeline,
                    t: self.t,
                    detail,
                    error_rate: trouble.error_rate,
                    checks: self.checks,
                };
                for i in 0..group.instances.count {
                    let number = group.instances.first + i;
                    if let Some(presence) = self.timeline.life(number).at(self.t) {
                        tiler.paint(group.tiles.rect(i), number, presence);
                    }
                }
            }
        }
        if now.in_service == 0 && group.holds == Version::Old && !matches!(now.doing, Doing::Ended(_)) {
            let banner = Rect::from_center_size(pos2(group.rect.center().x, group.rect.top()), vec2(96.0, 22.0));
            painter.rect_filled(banner, 11, theme.failed);
            Text::SmallStrong.paint(painter, banner, Align2::CENTER_CENTER, words::downtime(), theme.on_failed);
        }
    }

    /// Under the load balancer: how many requests fail where they are sent to.
    fn paint_under_balancer(&self, painter: &Painter, scene: Rect, theme: &Theme, layout: &Layout, rates: &Rates) {
        const LINE: f32 = 18.0;
        let causes = [Cause::NewVersionError, Cause::DeadTarget, Cause::StaleDns].map(|cause| (cause, rates.failed_of(cause)));
        let failing: f64 = causes.iter().map(|(_, rps)| rps).sum();
        let only = causes.iter().find(|(_, rps)| *rps >= failing).map(|(cause, _)| *cause);
        if failing <= 0.0 {
            return;
        }
        let words = words::failing_there(failing, only);
        // Clear of the dots on their way, as far as there is room at the other side.
        let (left, right) = (scene.left() + 12.0, layout.balancer.right() + 40.0);
        let wide = Text::SmallStrong.line(painter, &words, theme.failed, f32::INFINITY).size().x;
        let x = layout.balancer.center().x.min(right - wide / 2.0).max(left + wide / 2.0);
        let y = (layout.balancer.bottom() + 34.0).min(scene.bottom() - LINE / 2.0);
        Text::SmallStrong.paint_at(painter, pos2(x, y), Align2::CENTER_CENTER, &words, theme.failed);
    }

    /// Instances of a group that do not answer or are out of service; none where no instance at all is.
    fn wrong_in(&self, group: &Group) -> Option<Wrong> {
        let trouble = self.timeline.trouble(self.timeline.at(self.t));
        if trouble.dead() + trouble.failed() == 0 {
            return None;
        }
        let stands_for = group.instances.count.div_ceil(COUNTED).max(1);
        let mut wrong = Wrong { dead: 0, failed: 0, counted: stands_for == 1 };
        for number in group.instances.numbers().step_by(stands_for as usize) {
            match self.timeline.life(number).at(self.t).map(|presence| presence.state) {
                Some(State::Dead) => wrong.dead += stands_for,
                Some(State::Failed) => wrong.failed += stands_for,
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
        Some(wrong)
    }

    /// Instances of a group that are in service, whatever they run: the old group serves with both versions where it is
    /// updated in place, and on the way back the new one may.
    fn in_service_of(&self, group: &Group) -> u32 {
        let moment = self.timeline.at(self.t);
        match group.holds {
            Version::Old => moment.in_service() - moment.in_service_launched,
            Version::New => moment.in_service_launched,
        }
    }

    fn tell_hovered(&self, response: Response, layout: &Layout) -> Response {
        let Some(pointer) = response.hover_pos() else { return response };
        let hovered = layout.groups.iter().find_map(|group| group.tiles.at(pointer).map(|i| group.instances.first + i));
        let Some(number) = hovered else { return response };
        let Some(presence) = self.timeline.life(number).at(self.t) else { return response };
        response.on_hover_ui_at_pointer(|ui| {
            ui.label(Text::Strong.rich(words::instance_title(number, presence.is_new)));
            ui.label(words::instance_state(presence, self.t));
            if tile::checks(self.timeline, number, presence, self.checks) == Some(Checks::InVain) {
                ui.label(Text::Body.rich(words::never_passes()).color(Theme::of(ui).failed));
            }
            let error_rate = self.timeline.trouble(self.timeline.at(self.t)).error_rate;
            if let Some(consequence) = words::instance_consequence(presence, error_rate) {
                ui.label(Text::Body.rich(consequence).color(Theme::of(ui).failed));
            }
        })
    }
}

fn paint_users(painter: &Painter, layout: &Layout, theme: &Theme, rates: &Rates) {
    let c = layout.users;
    let stroke = Stroke::new(2.0, theme.text_dim);
    painter.circle_stroke(c + vec2(0.0, -9.0), 9.0, stroke);
    // Shoulders: half an ellipse.
    let shoulders: Vec<Pos2> = (0..=16)
        .map(|i| {
            let angle = std::f32::consts::PI * (i as f32) / 16.0;
            c + vec2(-16.0 * angle.cos(), 20.0 - 16.0 * angle.sin())
        })
        .collect();
    painter.add(Shape::line(shoulders, stroke));
    Text::Label.paint_at(painter, c + vec2(0.0, 36.0), Align2::CENTER_CENTER, &rate(rates.demand), theme.text_dim);
}

fn paint_balancer(painter: &Painter, layout: &Layout, theme: &Theme) {
    let rect = layout.balancer;
    painter.rect(rect, CornerRadius::same(10), theme.panel, Stroke::new(1.5, theme.line_strong), StrokeKind::Inside);
    Icon::Fork.paint(painter, rect.shrink(14.0), theme.text, 2.0);
    Text::Label.paint_at(painter, rect.center_bottom() + vec2(0.0, 14.0), Align2::CENTER_CENTER, words::load_balancer(), theme.text_dim);
}

/// The sentences that say what is happening.
pub(super) fn paint_narration(painter: &Painter, rect: Rect, theme: &Theme, now: &Situation, waits: Option<&str>) {
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let headline = story::headline(now);
    let mut y = inner.top();
    // On a narrow stage a smaller sentence that is whole beats a large one that is cut.
    y = paint_sentence(painter, inner.with_min_y(y), [Text::Narration, Text::Strong], &headline, theme.text, 26.0);
    let down = now.in_service == 0 && now.rates.demand > 0.0;
    let (sizes, colour) =
        if down { ([Text::SmallStrong, Text::Section], theme.failed) } else { ([Text::Small, Text::Label], theme.text_dim) };
    y = paint_sentence(painter, inner.with_min_y(y), sizes, &story::figures(now), colour, 18.0);
    if let Some(waits) = waits {
        paint_sentence(painter, inner.with_min_y(y), [Text::Small, Text::Label], waits, theme.text_dim, 18.0);
    }
}

/// A sentence in the middle of the top of `rect`: on one line of `height` in the first size, or else in the second, on as
/// many lines as that needs, at most two. Where the next one begins.
fn paint_sentence(painter: &Painter, rect: Rect, sizes: [Text; 2], text: &str, colour: Color32, height: f32) -> f32 {
    let [usual, smaller] = sizes;
    let line = usual.line(painter, text, colour, f32::INFINITY);
    let galley = if line.size().x <= rect.width() {
        line
    } else {
        let mut job = LayoutJob::single_section(unbroken(text), smaller.format(colour));
        job.wrap = TextWrapping { max_width: rect.width(), max_rows: 2, ..TextWrapping::default() };
        job.halign = Align::Center;
        painter.layout_job(job)
    };
    let taken = galley.size().y.max(height);
    // A galley is placed by its left edge, or by its middle where its lines are.
    let x = if galley.job.halign == Align::Center { rect.center().x } else { rect.center().x - galley.size().x / 2.0 };
    let y = rect.top() + (taken - galley.size().y) / 2.0;
    painter.galley(pos2(x, y), galley, colour);
    rect.top() + taken
}
