//! The plots: capacity against demand, traffic by version, failed requests; three on one time axis with one playhead.

mod axis;
mod curves;
pub(super) mod still;
mod times;

use std::ops::RangeInclusive;

use eframe::egui::{
    Align2, Color32, Painter, Rangef, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use egui_plot::{AxisHints, FilledArea, GridMark, HLine, Line, LineStyle, PlotPoints, PlotUi, Span};

use super::theme::{Text, Theme};
use super::widgets::{Icon, LevelHandle};
use crate::explain;
use crate::scenario::limits;
use crate::text::{lanes, numbers, pictures as words, poke as poke_words};
use crate::timeline::{Cause, Timeline, Why};
use crate::units::Time;
pub use axis::{Moved, Scale, TimeAxis};
pub use curves::{Curves, Layer, STACKED};
pub(super) use times::marks as time_marks;

/// The width of the vertical axes' labels, so that all plots begin at the same place.
pub(super) const AXIS: f32 = 56.0;
/// What is left free at the right, where the last time's label stands.
pub(super) const MARGIN: f32 = 28.0;
/// The height of a plot's title.
const TITLE: f32 = 26.0;
/// The height of the time axis' labels.
const TIMES: f32 = 20.0;
/// The pointer is on a moment that is marked when it is no further from it.
const NEAR: f32 = 4.0;

/// Where an axis' labels have less room than this they are faint, and then none: as high as their letters.
const LABELS_APART: RangeInclusive<f32> = 11.0..=12.0;

/// The width of another run's lines.
const GHOST: f32 = 1.5;

/// What a person did to the plots, or to the lanes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    /// To this moment.
    MoveTo(Time),
    /// To this moment, and why requests fail there.
    Why(Time),
    /// Start or stop the clock.
    PlayOrPause,
    /// So many requests per second from the playhead on.
    Demand(f64),
}

/// The three plots of one timeline at one time.
pub struct Plots<'a> {
    timeline: &'a Timeline,
    curves: &'a Curves,
    t: Time,
    /// Requests that were cut off in flight over the whole deployment: they have no rate.
    cut_off: f64,
    /// What is later is hidden.
    up_to: Option<Time>,
    ghost: Option<&'a Curves>,
    /// Whether the demand can be dragged at the playhead.
    demand_handle: bool,
}

/// A plot that has been drawn.
struct Drawn {
    kind: Kind,
    response: Response,
    frame: Rect,
}

impl<'a> Plots<'a> {
    /// The plots of `timeline`, whose curves are `curves`, with the playhead at `t`.
    pub fn new(timeline: &'a Timeline, curves: &'a Curves, t: Time) -> Plots<'a> {
        Plots { timeline, curves, t, cut_off: 0.0, up_to: None, ghost: None, demand_handle: false }
    }

    /// With so many requests that were cut off in flight, which the legend of failures tells.
    pub fn cut_off(mut self, requests: f64) -> Plots<'a> {
        self.cut_off = requests;
        self
    }

    /// Only what has happened by then: the axes stay as they are, and nothing else hints at what is to come.
    pub fn up_to(mut self, t: Option<Time>) -> Plots<'a> {
        self.up_to = t;
        self
    }

    /// With another run's capacity and failures as pale lines, to compare with.
    pub fn ghost(mut self, curves: Option<&'a Curves>) -> Plots<'a> {
        self.ghost = curves;
        self
    }

    /// Where the demand can be dragged from the playhead on.
    pub fn demand_handle(mut self, is_there: bool) -> Plots<'a> {
        self.demand_handle = is_there;
        self
    }

    /// Draws them into all the space that is left. What a person asked for by dragging, a click or a key, if one did.
    pub fn show(self, ui: &mut Ui, axis: &mut TimeAxis) -> Option<Asked> {
        let theme = Theme::of(ui);
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0, theme.background);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let room = (area.height() - 3.0 * TITLE - TIMES - 12.0).max(60.0);
        let end_s = self.curves.end_s;
        let across = Rangef::new(area.left() + AXIS, area.right() - MARGIN);
        let scale = Scale { shown: axis.shown(end_s), across };
        let [curves, ghost] = [Some(self.curves), self.ghost].map(|curves| curves.map(|curves| self.to_draw(curves, scale)));
        let curves = curves.unwrap_or_default();
        let mut drawn: Vec<Drawn> = Vec::new();
        let parts = [
            (words::plot_capacity(), 0.5, Kind::Capacity),
            (words::plot_traffic(), 0.27, Kind::Traffic),
            (words::plot_failed(), 0.23, Kind::Failed),
        ];
        for (title, part, kind) in parts {
            let (strip, _) = ui.allocate_exact_size(vec2(ui.available_width(), TITLE), Sense::hover());
            // The title stands over its plot, clear of the axis' labels.
            let title_rect = Rect::from_min_max(strip.min + vec2(AXIS, 8.0), strip.max - vec2(MARGIN, 0.0));
            let painted = Text::Section.paint(ui.painter(), title_rect, Align2::LEFT_CENTER, title, theme.text);
            let beside = Rect::from_min_max(pos2(painted.rect.right() + 16.0, title_rect.top()), title_rect.max);
            match kind {
                Kind::Capacity => self.legend(ui, beside, theme),
                Kind::Traffic if axis.is_zoomed() => {
                    let [from, to] = [scale.shown.0, scale.shown.1].map(|seconds| numbers::clock(Time::from_secs_f64(seconds)));
                    let words = lanes::part_shown(&from, &to);
                    Text::Label.paint(ui.painter(), beside, Align2::RIGHT_CENTER, &words, theme.text_dim);
                }
                Kind::Traffic => {}
                Kind::Failed => self.causes(ui, beside, theme, &curves),
            }
            drawn.push(self.plot(ui, theme, kind, title, room * part, scale, (&curves, ghost.as_ref())));
        }
        let (strip, times) = ui.allocate_exact_size(vec2(ui.available_width(), TIMES), Sense::CLICK | Sense::DRAG);
        // All the space is used, or a panel around the plots would shrink to them.
        ui.expand_to_include_rect(area);

        let mut asked = None;
        let t_s = self.t.as_secs_f64();
        let responses = drawn.iter().map(|plot| (&plot.response, Some(plot.kind))).chain([(&times, None)]);
        for (response, kind) in responses {
            match axis.respond(ui, response, scale, end_s, t_s) {
                Some(Moved::To(seconds)) => {
                    let at = Time::from_secs_f64(seconds).min(self.timeline.end());
                    // A click on failures asks about them.
                    let why = kind == Some(Kind::Failed) && response.clicked() && self.timeline.rates(at).failed() > 0.0;
                    asked = if why { Some(Asked::Why(at)) } else { asked.or(self.move_to(at)) };
                }
                Some(Moved::PlayOrPause) => asked = Some(Asked::PlayOrPause),
                None => {}
            }
        }
        let frames: Vec<Rect> = drawn.iter().map(|plot| plot.frame).collect();
        if let (Some(first), Some(last)) = (frames.first(), frames.last()) {
            self.paint_spans(ui, theme, *first, scale, &curves);
            times::paint(ui.painter(), theme, self.timeline, strip, scale, self.horizon());
            self.paint_marked(ui, theme, &frames, scale);
            self.paint_nothing(ui.painter(), theme, *last);
            for plot in drawn.iter().filter(|plot| plot.response.has_focus()) {
                ui.painter().rect_stroke(plot.frame.expand(2.0), 4, Stroke::new(2.0, theme.focus), StrokeKind::Outside);
            }
            paint_moments(ui.painter(), theme, axis, scale, Rangef::new(first.top(), last.bottom()), self.t);
        }
        let dragged = drawn.first().filter(|_| self.demand_handle).and_then(|plot| self.drag_demand(ui, plot.frame, scale));
        for Drawn { response, .. } in drawn {
            self.tell_hovered(response, scale, axis.is_zoomed(), None);
        }
        self.tell_hovered(times, scale, axis.is_zoomed(), Some(strip));
        dragged.map(Asked::Demand).or(asked)
    }

    /// A handle on the demand at the playhead, in the plot of the capacity.
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    fn drag_demand(&self, ui: &Ui, frame: Rect, scale: Scale) -> Option<f64> {
        let demand = self.timeline.demand(self.t);
        let per_point = Kind::Capacity.top(self.curves, self.ghost) / f64::from(frame.height().max(1.0));
        let x = scale.x(self.t.as_secs_f64());
        if !scale.across.contains(x) {
            return None;
        }
        let centre = pos2(x, frame.bottom() - (demand / per_point) as f32);
        let (name, meaning) = poke_words::demand();
        let text = numbers::rate(demand);
        let handle = LevelHandle::new(name, demand, limits::MAX_RPS, per_point).value_text(&text).hover(meaning);
        handle.show(ui, ui.scope_id().with("demand"), centre)
    }

    /// A pointer that is held still asks for nothing.
    fn move_to(&self, at: Time) -> Option<Asked> {
        (at != self.t).then_some(Asked::MoveTo(at))
    }

    /// The last moment that is told of.
    fn horizon(&self) -> Time {
        self.up_to.unwrap_or(self.timeline.end())
    }

    /// No more points than can be seen, and none that is to come.
    fn to_draw(&self, curves: &Curves, scale: Scale) -> Curves {
        let curves = curves.thinned(scale.shown, columns(scale.across.span()));
        match self.up_to {
            Some(t) => curves.until(t.as_secs_f64()),
            None => curves,
        }
    }

    /// What downtime and too little capacity are called, where they are wide enough.
    fn paint_spans(&self, ui: &Ui, theme: &Theme, frame: Rect, scale: Scale, curves: &Curves) {
        let painter = ui.painter_at(frame);
        let named = [(&curves.downtime, words::downtime(), theme.failed), (&curves.degraded, lanes::degraded(), theme.text_dim)];
        for (spans, name, colour) in named {
            let line = Text::Label.line(&painter, name, colour, f32::INFINITY);
            // Once is enough: where it lasts longest.
            let across = |(from_s, to_s): &(f64, f64)| Rangef::new(scale.x(*from_s).max(frame.left()), scale.x(*to_s).min(frame.right()));
            let Some(shown) = spans.iter().map(across).max_by(|a, b| a.span().total_cmp(&b.span())) else { continue };
            let pill = Rect::from_min_size(pos2(shown.min + 4.0, frame.bottom() - 20.0), line.size() + vec2(12.0, 2.0));
            if pill.right() + 4.0 <= shown.max && pill.top() > frame.top() {
                painter.rect_filled(pill, 7, theme.panel);
                painter.galley(pill.min + vec2(6.0, 1.0), line, colour);
            }
        }
    }

    /// In the plot of failures, where there are none: known only when all of it is.
    fn paint_nothing(&self, painter: &Painter, theme: &Theme, frame: Rect) {
        if self.up_to.is_none() && self.curves.peak_failed <= 0.0 {
            let line = Text::Label.line(painter, words::nothing_fails(), theme.text_dim, frame.width());
            let place = Rect::from_center_size(frame.center(), line.size());
            painter.rect_filled(place.expand2(vec2(6.0, 1.0)), 0, theme.background);
            painter.galley(place.min, line, theme.text_dim);
        }
    }

    /// The moments that all plots mark.
    fn paint_marked(&self, ui: &Ui, theme: &Theme, frames: &[Rect], scale: Scale) {
        let (Some(first), painter) = (frames.first(), ui.painter()) else { return };
        let mut before = None;
        for (what, at) in self.marked() {
            let (colour, icon) = match what {
                Marked::Alarm => (theme.failed, Icon::Bell),
                Marked::Failed => (theme.failed, Icon::Cross),
                Marked::WentBack => (theme.warning, Icon::Back),
            };
            let x = scale.x(at.as_secs_f64());
            if !scale.across.contains(x) {
                continue;
            }
            // Not over the titles, where the legends stand; and of two at one moment, one line.
            for frame in frames.iter().filter(|_| before != Some(at)) {
                let line = [pos2(x, frame.top()), pos2(x, frame.bottom())];
                painter.extend(Shape::dashed_line(&line, Stroke::new(1.5, colour), 5.0, 3.0));
            }
            // Side by side where both are at one moment, and clear of the axis.
            let beside = match what {
                Marked::Alarm | Marked::Failed => -7.5,
                Marked::WentBack => 7.5,
            };
            let beside = beside + (first.left() + 15.0 - x).max(0.0);
            let badge = Rect::from_center_size(pos2(x + beside, first.top() + 7.0), vec2(13.0, 13.0));
            before = Some(at);
            painter.rect_filled(badge, 3, theme.panel);
            icon.paint(painter, badge.shrink(2.0), colour, 1.5);
        }
    }

    /// The numbers of the moment under the pointer; on the axis' strip also what happened there.
    fn tell_hovered(&self, response: Response, scale: Scale, zoomed: bool, strip: Option<Rect>) {
        let Some(pointer) = response.hover_pos().filter(|pointer| scale.across.contains(pointer.x)) else { return };
        let pointed = Time::from_secs_f64(scale.seconds(pointer.x)).min(self.timeline.end());
        let happened = strip.and_then(|_| times::near(self.timeline, scale, pointer.x, NEAR));
        let marked = self.marked().find(|(_, mark)| (scale.x(mark.as_secs_f64()) - pointer.x).abs() <= NEAR);
        let at = happened.or(marked.map(|(_, mark)| mark)).unwrap_or(pointed);
        if at > self.horizon() {
            return;
        }
        let marked = marked.filter(|(_, mark)| *mark == at).map(|(what, _)| what);
        response.on_hover_ui_at_pointer(|ui| self.readout(ui, at, marked, happened.is_some(), zoomed));
    }

    /// Moments that are marked on all plots.
    fn marked(&self) -> impl Iterator<Item = (Marked, Time)> {
        let failed = explain::failure(self.timeline).map(|(at, why)| match why {
            Why::Alarm { .. } => (Marked::Alarm, at),
            Why::NoRoom { .. }
            | Why::NoMove { .. }
            | Why::NotHealthy { .. }
            | Why::MinimumReached { .. }
            | Why::NoneSucceeded
            | Why::Check { .. }
            | Why::CircuitBreaker { .. }
            | Why::RetriedFor(_)
            | Why::NotProgressing(_)
            | Why::NoQuota { .. }
            | Why::Aborted
            | Why::Stuck
            | Why::WouldNeverEnd { .. }
            | Why::TooManyEvents => (Marked::Failed, at),
        });
        let marked = failed.into_iter().chain(self.timeline.went_back().map(|at| (Marked::WentBack, at)));
        marked.filter(|(_, at)| *at <= self.horizon())
    }

    /// The causes of failure that occur and their colours, in the order in which they are stacked, and those cut off.
    fn causes(&self, ui: &Ui, rect: Rect, theme: &Theme, curves: &Curves) {
        const PATCH: f32 = 8.0;
        let painter = ui.painter();
        let entries = |name: fn(Cause) -> &'static str| -> Vec<(String, Option<Color32>)> {
            let causes = curves.failed.iter().map(|layer| (name(layer.cause).to_owned(), Some(cause_colour(theme, layer.cause))));
            let cut_off = (self.cut_off > 0.0 && self.up_to.is_none()).then(|| (words::cut_off_in_legend(self.cut_off), None));
            causes.chain(cut_off).collect()
        };
        let wide = |entries: &[(String, Option<Color32>)]| -> f32 {
            entries.iter().map(|(name, _)| Text::Label.line(painter, name, theme.text_dim, f32::INFINITY).size().x + PATCH + 20.0).sum()
        };
        // All of them, in fewer letters where there is little room.
        let entries = Some(entries(words::cause_in_legend))
            .filter(|entries| wide(entries) <= rect.width())
            .unwrap_or_else(|| entries(words::cause_in_short));
        let mut x = rect.right();
        for (name, colour) in entries.iter().rev() {
            let patch = if colour.is_some() { PATCH + 6.0 } else { 0.0 };
            let galley = Text::Label.line(painter, name, theme.text_dim, (x - rect.left() - patch).max(0.0));
            x -= galley.size().x;
            painter.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, theme.text_dim);
            if let Some(colour) = colour {
                x -= patch;
                painter.rect_filled(Rect::from_center_size(pos2(x + PATCH / 2.0, rect.center().y), vec2(PATCH, PATCH)), 2, *colour);
            }
            x -= 14.0;
            if x < rect.left() + 24.0 {
                return;
            }
        }
    }

    /// What the dashed line and the pale area are, as far as there is room.
    fn legend(&self, ui: &Ui, rect: Rect, theme: &Theme) {
        const SAMPLE: f32 = 22.0;
        let painter = ui.painter();
        let y = rect.center().y;
        let line = |words: &str| Text::Label.line(painter, words, theme.text_dim, f32::INFINITY);
        let demand = line(&words::demand_label(self.timeline.demand(self.t)));
        let short = line(words::shortfall());
        let mut x = rect.right() - demand.size().x;
        if x - SAMPLE - 8.0 < rect.left() {
            return;
        }
        painter.extend(Shape::dashed_line(&[pos2(x - SAMPLE - 8.0, y), pos2(x - 8.0, y)], Stroke::new(1.5, theme.demand_line), 6.0, 4.0));
        painter.galley(pos2(x, y - demand.size().y / 2.0), demand, theme.text_dim);
        x -= SAMPLE + 24.0 + short.size().x;
        if x - 14.0 < rect.left() {
            return;
        }
        painter.rect_filled(Rect::from_center_size(pos2(x - 10.0, y), vec2(8.0, 8.0)), 2, theme.failed_soft);
        painter.galley(pos2(x, y - short.size().y / 2.0), short, theme.text_dim);
        let before = line(lanes::ghost());
        x -= SAMPLE + 20.0 + before.size().x;
        if self.ghost.is_none() || x - SAMPLE - 8.0 < rect.left() {
            return;
        }
        let sample = [pos2(x - SAMPLE - 8.0, y), pos2(x - 8.0, y)];
        painter.line_segment(sample, Stroke::new(GHOST, theme.text_faint));
        painter.galley(pos2(x, y - before.size().y / 2.0), before, theme.text_dim);
    }

    #[expect(clippy::too_many_arguments, reason = "all that a plot is made of")]
    fn plot(
        &self,
        ui: &mut Ui,
        theme: &'static Theme,
        kind: Kind,
        title: &str,
        height: f32,
        scale: Scale,
        (curves, ghost): (&Curves, Option<&Curves>),
    ) -> Drawn {
        let top = kind.top(self.curves, self.ghost);
        let (from_s, to_s) = scale.shown;
        let plot = still::plot(("plot", title), theme)
            .height(height)
            .sense(Sense::click_and_drag())
            .show_axes([false, true])
            .show_grid([false, true])
            .y_grid_spacer(move |_| kind.marks(top))
            .custom_y_axes(vec![
                labels(AxisHints::new_y(), theme)
                    .min_thickness(AXIS)
                    .label_spacing(LABELS_APART)
                    .formatter(move |mark, _| kind.axis_label(mark.value)),
            ]);
        // The plots keep clear of the right edge, where the last time's label stands.
        let shown = ui
            .scope(|ui| {
                ui.set_max_width(ui.available_width() - MARGIN);
                plot.show(ui, |plot| {
                    plot.set_plot_bounds_x(from_s..=to_s);
                    plot.set_plot_bounds_y(0.0..=top);
                    for (spans, colour) in
                        [(&curves.degraded, theme.warning_soft.gamma_multiply(0.4)), (&curves.downtime, theme.failed_soft)]
                    {
                        for &(from, to) in spans {
                            plot.span(Span::new("", from..=to).fill(colour).border_width(0.0));
                        }
                    }
                    match kind {
                        Kind::Capacity => draw_capacity(plot, theme, curves, ghost),
                        Kind::Traffic => draw_traffic(plot, theme, curves),
                        Kind::Failed => draw_failed(plot, theme, curves, ghost),
                    }
                })
            })
            .inner;
        let summary = format!("{title}: {}", self.summary(kind));
        shown.response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &summary));
        Drawn { kind, frame: *shown.transform.frame(), response: shown.response }
    }

    /// What a plot shows at the playhead, in words.
    fn summary(&self, kind: Kind) -> String {
        let rates = self.timeline.rates(self.t);
        let (old, new) = self.timeline.shares(self.timeline.at(self.t), self.t);
        match kind {
            Kind::Capacity => words::capacity_of_demand(rates.capacity, rates.demand),
            Kind::Traffic => words::traffic_by_version(old, new),
            Kind::Failed => {
                let marks = self.marked().map(|(what, at)| words::marked_at(what.words(), at));
                std::iter::once(self.failures(self.t)).chain(marks).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// The failures at a moment, by cause where there are several.
    fn failures(&self, at: Time) -> String {
        let rates = self.timeline.rates(at);
        let parts: Vec<(Cause, f64)> =
            STACKED.map(|cause| (cause, rates.failed_of(cause))).into_iter().filter(|(_, rps)| *rps > 0.0).collect();
        match parts.len() {
            0 => words::failed_per_second(0.0),
            _ => format!("{}: {}", words::failed_per_second(rates.failed()), words::failed_by_cause(&parts)),
        }
    }

    fn readout(&self, ui: &mut Ui, at: Time, mark: Option<Marked>, happened: bool, zoomed: bool) {
        let rates = self.timeline.rates(at);
        let (old, new) = self.timeline.shares(self.timeline.at(at), at);
        ui.label(Text::SmallStrong.rich(mark.map_or_else(|| numbers::clock(at), |mark| words::marked_at(mark.words(), at))));
        if happened {
            times::tell(ui, self.timeline, at);
        }
        for line in [words::capacity_of_demand(rates.capacity, rates.demand), words::traffic_by_version(old, new), self.failures(at)] {
            ui.label(Text::Small.rich(line));
        }
        let hint = if zoomed { lanes::zoomed() } else { lanes::zoom() };
        ui.label(Text::Label.rich(hint).color(Theme::of(ui).text_dim));
    }
}

/// A moment that all plots mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marked {
    Alarm,
    Failed,
    WentBack,
}

impl Marked {
    fn words(self) -> &'static str {
        match self {
            Marked::Alarm => words::alarm_here(),
            Marked::Failed => words::failed_here(),
            Marked::WentBack => words::went_back_here(),
        }
    }
}

/// The moments that are shown over plots and lanes alike: the part that is being marked, the pointer's, the playhead.
pub(super) fn paint_moments(painter: &Painter, theme: &Theme, axis: &TimeAxis, scale: Scale, rows: Rangef, t: Time) {
    if let Some((from_s, to_s)) = axis.marked {
        let (from, to) = (scale.x(from_s.min(to_s)), scale.x(from_s.max(to_s)));
        let band = Rect::from_x_y_ranges(Rangef::new(from, to), rows);
        painter.rect(band, 0, theme.accent.gamma_multiply(0.18), Stroke::new(1.0, theme.accent), StrokeKind::Inside);
    }
    if let Some(x) = axis.hovered_s().map(|seconds| scale.x(seconds)).filter(|x| scale.across.contains(*x)) {
        painter.vline(painter.round_to_pixel_center(x), rows, Stroke::new(1.0, theme.line_strong));
    }
    let x = scale.x(t.as_secs_f64());
    if scale.across.expand(0.5).contains(x) {
        painter.vline(x, rows, Stroke::new(1.5, theme.playhead));
        painter.circle_filled(pos2(x, rows.min), 4.0, theme.playhead);
    }
}

/// A deployment's end on the time axis, in seconds: at least a second, so that there is something to draw on.
pub(super) fn end_s(timeline: &Timeline) -> f64 {
    timeline.end().as_secs_f64().max(1.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as many as a screen has")]
fn columns(width: f32) -> usize {
    (width.round() as usize).max(1)
}

/// The colour of a cause of failure.
fn cause_colour(theme: &Theme, cause: Cause) -> Color32 {
    match cause {
        Cause::NoCapacity => theme.cause_no_capacity,
        Cause::DeadTarget => theme.cause_dead_target,
        Cause::Overload => theme.cause_overload,
        Cause::NewVersionError => theme.cause_new_version_error,
        Cause::StaleDns => theme.cause_stale_dns,
        // It happens at single moments, and is drawn nowhere.
        Cause::CutOff => theme.failed,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Capacity,
    Traffic,
    Failed,
}

impl Kind {
    fn top(self, curves: &Curves, ghost: Option<&Curves>) -> f64 {
        let highest = |peak: fn(&Curves) -> f64| peak(curves).max(ghost.map_or(0.0, peak));
        match self {
            Kind::Capacity => nice_top(highest(|curves| curves.peak)),
            Kind::Traffic => 1.0,
            // Some air above, so that a steady failure is seen to have a top.
            Kind::Failed => nice_top(highest(|curves| curves.peak_failed) * 1.15),
        }
    }

    fn marks(self, top: f64) -> Vec<GridMark> {
        let parts = match self {
            Kind::Capacity => 2,
            Kind::Traffic | Kind::Failed => 1,
        };
        (0..=parts).map(|i| GridMark { value: top * f64::from(i) / f64::from(parts), step_size: top / f64::from(parts) }).collect()
    }

    fn axis_label(self, value: f64) -> String {
        match self {
            // The time axis begins there.
            Kind::Failed if value == 0.0 => String::new(),
            Kind::Capacity | Kind::Failed => numbers::short(value),
            Kind::Traffic => numbers::percent(value),
        }
    }
}

/// Small labels that stand back.
fn labels<'a>(axis: AxisHints<'a>, theme: &Theme) -> AxisHints<'a> {
    axis.tick_label_font(Text::Label.font()).tick_label_color(theme.text_dim)
}

fn area(name: &str, xs: &[f64], from: &[f64], to: &[f64], colour: Color32) -> FilledArea {
    FilledArea::new(name, xs, from, to).fill_color(colour).allow_hover(false)
}

/// A line's points without those between two at the same height: they are many, and each costs as much as a corner.
fn corners(xs: &[f64], ys: &[f64]) -> Vec<[f64; 2]> {
    let mut corners: Vec<[f64; 2]> = Vec::new();
    for (&x, &y) in xs.iter().zip(ys) {
        match corners.as_mut_slice() {
            [.., before, last] if before[1] == y && last[1] == y => *last = [x, y],
            _ => corners.push([x, y]),
        }
    }
    corners
}

/// Another run's values as a pale line with a light edge, so that it is seen on any ground.
fn draw_ghost(plot: &mut PlotUi<'_>, theme: &Theme, xs: &[f64], ys: &[f64]) {
    let points = corners(xs, ys);
    for stroke in [Stroke::new(3.0, theme.panel.gamma_multiply(0.7)), Stroke::new(GHOST, theme.text_faint)] {
        plot.line(ghost_line(points.clone(), stroke));
    }
}

/// Drawn as a band between the lowest and the highest of each place, as egui_plot likes to, steps would become slopes.
fn ghost_line<'a>(points: Vec<[f64; 2]>, stroke: Stroke) -> Line<'a> {
    Line::new("", PlotPoints::from(points)).stroke(stroke).allow_band(false).allow_hover(false)
}

fn draw_capacity(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves, ghost: Option<&Curves>) {
    plot.add(area(words::old_version(), &curves.xs, &curves.zero, &curves.capacity_old, theme.version_old));
    plot.add(area(words::new_version(), &curves.xs, &curves.capacity_old, &curves.capacity, theme.version_new));
    plot.add(area(words::shortfall(), &curves.xs, &curves.capacity, &curves.wanted, theme.failed_soft));
    if let Some(ghost) = ghost {
        draw_ghost(plot, theme, &ghost.xs, &ghost.capacity);
    }
    let line =
        Line::new(words::demand(), PlotPoints::from(corners(&curves.xs, &curves.demand))).stroke(Stroke::new(1.5, theme.demand_line));
    plot.line(line.style(LineStyle::Dashed { length: 7.0 }).allow_hover(false));
}

fn draw_traffic(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves) {
    plot.add(area(words::old_version(), &curves.xs, &curves.zero, &curves.share_old, theme.version_old));
    plot.add(area(words::new_version(), &curves.xs, &curves.share_old, &curves.share, theme.version_new));
}

fn draw_failed(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves, ghost: Option<&Curves>) {
    for layer in &curves.failed {
        plot.add(area(words::cause_in_legend(layer.cause), &curves.xs, &layer.from, &layer.to, cause_colour(theme, layer.cause)));
    }
    if let Some(ghost) = ghost {
        draw_ghost(plot, theme, &ghost.xs, ghost.failed.last().map_or(&ghost.zero, |layer| &layer.to));
    }
    plot.hline(HLine::new("", 0.0).stroke(Stroke::new(1.0, theme.line)).allow_hover(false));
}

/// A round number at or above `peak`: 1, 2 or 5 times a power of ten.
fn nice_top(peak: f64) -> f64 {
    if peak <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(peak.log10().floor());
    [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0].into_iter().map(|f| f * power).find(|top| *top >= peak).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_line_is_its_two_ends() {
        assert_eq!(corners(&[0.0, 1.0, 2.0, 3.0], &[5.0, 5.0, 5.0, 5.0]), [[0.0, 5.0], [3.0, 5.0]]);
        let step = corners(&[0.0, 1.0, 2.0, 2.0, 3.0, 4.0], &[5.0, 5.0, 5.0, 7.0, 7.0, 7.0]);
        assert_eq!(step, [[0.0, 5.0], [2.0, 5.0], [2.0, 7.0], [4.0, 7.0]]);
    }

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!(nice_top(0.0), 1.0);
        assert_eq!(nice_top(700.0), 800.0);
        assert_eq!(nice_top(1_000.0), 1_000.0);
        assert_eq!(nice_top(2_001.0), 2_500.0);
    }
}
