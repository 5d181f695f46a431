//! The plots: capacity against demand, traffic by version, failed requests; three on one time axis with one playhead.

mod curves;

use eframe::egui::{Align2, Color32, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};
use egui_plot::{
    AxisHints, FilledArea, GridMark, HLine, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotTransform, PlotUi, Span, Text as PlotText,
};

use super::theme::{Text, Theme};
use super::widgets::{Icon, LevelHandle};
use crate::explain;
use crate::scenario::limits;
use crate::text::{numbers, pictures as words, poke as poke_words};
use crate::timeline::{Cause, Timeline, Why};
use crate::units::Time;
pub use curves::{Curves, Layer, STACKED};

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

/// What a person did to the plots.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    /// To this moment.
    MoveTo(Time),
    /// To this moment, and why requests fail there.
    Why(Time),
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
    /// Whether the demand can be dragged at the playhead.
    demand_handle: bool,
    /// What is later is hidden.
    up_to: Option<Time>,
}

impl<'a> Plots<'a> {
    /// The plots of `timeline`, whose curves are `curves`, with the playhead at `t`.
    pub fn new(timeline: &'a Timeline, curves: &'a Curves, t: Time) -> Plots<'a> {
        Plots { timeline, curves, t, cut_off: 0.0, demand_handle: false, up_to: None }
    }

    /// With so many requests that were cut off in flight, which the legend of failures tells.
    pub fn cut_off(mut self, requests: f64) -> Plots<'a> {
        self.cut_off = requests;
        self
    }

    /// Where the demand can be dragged from the playhead on.
    pub fn demand_handle(mut self, is_there: bool) -> Plots<'a> {
        self.demand_handle = is_there;
        self
    }

    /// Only as far as this moment, where it is one.
    pub fn up_to(mut self, t: Option<Time>) -> Plots<'a> {
        self.up_to = t;
        self
    }

    /// Draws them into all the space that is left. What a person asked for by dragging or a click, if one did.
    pub fn show(self, ui: &mut Ui) -> Option<Asked> {
        let theme = Theme::of(ui);
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0, theme.background);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let room = (area.height() - 3.0 * TITLE - TIMES - 12.0).max(60.0);
        let mut asked = None;
        let mut frames: Option<(PlotTransform, Rect)> = None;
        let mut capacity: Option<PlotTransform> = None;
        let mut plots: Vec<Rect> = Vec::new();
        let mut hovered: Option<f32> = None;
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
                Kind::Traffic => {}
                Kind::Failed => self.causes(ui, beside, theme),
            }
            let last = kind == Kind::Failed;
            let height = room * part + if last { TIMES } else { 0.0 };
            let (response, transform) = self.plot(ui, theme, kind, title, height, last);
            let frame = *transform.frame();
            if kind == Kind::Capacity {
                capacity = Some(transform);
            }
            plots.push(frame);
            let all = frames.map_or(frame, |(_, all)| all.union(frame));
            frames = Some((transform, all));
            if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
                let at = self.time_at(&transform, pointer);
                // A click on failures asks about them.
                let why = kind == Kind::Failed && response.clicked() && self.timeline.rates(at).failed() > 0.0;
                asked = Some(if why { Asked::Why(at) } else { Asked::MoveTo(at) });
            }
            if let Some(pointer) = response.hover_pos().filter(|p| frame.x_range().contains(p.x)) {
                hovered = Some(pointer.x);
                let at = self.time_at(&transform, pointer);
                let near = self.marked().find(|(_, mark)| (x_of(&transform, *mark) - pointer.x).abs() <= NEAR);
                response.on_hover_ui_at_pointer(|ui| self.readout(ui, near.map_or(at, |(_, mark)| mark), near.map(|(what, _)| what)));
            }
        }
        // All the space is used, or a panel around the plots would shrink to them.
        ui.expand_to_include_rect(area);
        if let Some((transform, all)) = frames {
            let painter = ui.painter();
            let mut before = None;
            for (what, at) in self.marked() {
                let (colour, icon) = match what {
                    Marked::Alarm => (theme.failed, Icon::Bell),
                    Marked::Failed => (theme.failed, Icon::Cross),
                    Marked::WentBack => (theme.warning, Icon::Back),
                };
                let x = x_of(&transform, at);
                // Not over the titles, where the legends stand; and of two at one moment, one line.
                for frame in plots.iter().filter(|_| before != Some(at)) {
                    painter.extend(Shape::dashed_line(
                        &[pos2(x, frame.top()), pos2(x, frame.bottom())],
                        Stroke::new(1.5, colour),
                        5.0,
                        3.0,
                    ));
                }
                // Side by side where both are at one moment, and clear of the axis.
                let beside = match what {
                    Marked::Alarm | Marked::Failed => -7.5,
                    Marked::WentBack => 7.5,
                };
                let beside = beside + (all.left() + 15.0 - x).max(0.0);
                let badge = Rect::from_center_size(pos2(x + beside, all.top() + 7.0), vec2(13.0, 13.0));
                before = Some(at);
                painter.rect_filled(badge, 3, theme.panel);
                icon.paint(painter, badge.shrink(2.0), colour, 1.5);
            }
            if let Some(x) = hovered {
                painter.vline(x, all.y_range(), Stroke::new(1.0, theme.line_strong));
            }
            if let Some(until) = self.up_to {
                for frame in &plots {
                    let later = Rect::from_min_max(pos2(x_of(&transform, until), frame.top() - 1.0), frame.max + vec2(2.0, 1.0));
                    painter.rect_filled(later, 0, theme.background);
                }
            }
            let x = x_of(&transform, self.t);
            painter.vline(x, all.y_range(), Stroke::new(1.5, theme.playhead));
            painter.circle_filled(pos2(x, all.top()), 4.0, theme.playhead);
        }
        if let Some(rps) = capacity.filter(|_| self.demand_handle).and_then(|transform| self.drag_demand(ui, &transform)) {
            asked = Some(Asked::Demand(rps));
        }
        asked
    }

    /// A handle on the demand at the playhead.
    fn drag_demand(&self, ui: &Ui, transform: &PlotTransform) -> Option<f64> {
        let demand = self.timeline.demand(self.t);
        let centre = transform.position_from_point(&PlotPoint::new(self.t.as_secs_f64(), demand));
        let per_point = Kind::Capacity.top(self.curves) / f64::from(transform.frame().height().max(1.0));
        let (name, meaning) = poke_words::demand();
        let text = numbers::rate(demand);
        let handle = LevelHandle::new(name, demand, limits::MAX_RPS, per_point).value_text(&text).hover(meaning);
        handle.show(ui, ui.scope_id().with("demand"), centre)
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
        failed.into_iter().chain(self.timeline.went_back().map(|at| (Marked::WentBack, at)))
    }

    /// The causes of failure that occur and their colours, in the order in which they are stacked, and those cut off.
    fn causes(&self, ui: &Ui, rect: Rect, theme: &Theme) {
        const PATCH: f32 = 8.0;
        let painter = ui.painter();
        let entries = |name: fn(Cause) -> &'static str| -> Vec<(String, Option<Color32>)> {
            let causes = self.curves.failed.iter().map(|layer| (name(layer.cause).to_owned(), Some(cause_colour(theme, layer.cause))));
            causes.chain((self.cut_off > 0.0).then(|| (words::cut_off_in_legend(self.cut_off), None))).collect()
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
    }

    fn time_at(&self, transform: &PlotTransform, pointer: Pos2) -> Time {
        Time::from_secs_f64(transform.value_from_position(pointer).x).min(self.timeline.end())
    }

    fn plot(&self, ui: &mut Ui, theme: &'static Theme, kind: Kind, title: &str, height: f32, times: bool) -> (Response, PlotTransform) {
        let end = self.curves.end_s;
        let top = kind.top(self.curves);
        let plot = Plot::new(("plot", title))
            .height(height)
            .sense(Sense::click_and_drag())
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_double_click_reset(false)
            .show_x(false)
            .show_y(false)
            .show_crosshair(false)
            .show_background(false)
            .set_margin_fraction(Vec2::ZERO)
            .show_axes([times, true])
            .show_grid([false, true])
            .grid_color(theme.line)
            .grid_fade(0.0)
            .x_grid_spacer(move |_| time_marks(end))
            .y_grid_spacer(move |_| kind.marks(top))
            .custom_x_axes(vec![labels(AxisHints::new_x(), theme).formatter(|mark, _| numbers::clock(Time::from_secs_f64(mark.value)))])
            .custom_y_axes(vec![
                labels(AxisHints::new_y(), theme).min_thickness(AXIS).formatter(move |mark, _| kind.axis_label(mark.value)),
            ])
            .label_formatter(|_| None);
        let (curves, draw) = (self.curves, kind);
        // The plots keep clear of the right edge, where the last time's label stands.
        let shown = ui
            .scope(|ui| {
                ui.set_max_width(ui.available_width() - MARGIN);
                plot.show(ui, |plot| {
                    plot.set_plot_bounds_x(0.0..=end);
                    plot.set_plot_bounds_y(0.0..=top);
                    for &(from, to) in &curves.downtime {
                        let name = if draw == Kind::Capacity { words::downtime() } else { "" };
                        plot.span(Span::new(name, from..=to).fill(theme.failed_soft).border_width(0.0));
                    }
                    match draw {
                        Kind::Capacity => draw_capacity(plot, theme, curves),
                        Kind::Traffic => draw_traffic(plot, theme, curves),
                        Kind::Failed => draw_failed(plot, theme, curves),
                    }
                })
            })
            .inner;
        let summary = format!("{title}: {}", self.summary(kind));
        shown.response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &summary));
        (shown.response, shown.transform)
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

    fn readout(&self, ui: &mut Ui, at: Time, mark: Option<Marked>) {
        let rates = self.timeline.rates(at);
        let (old, new) = self.timeline.shares(self.timeline.at(at), at);
        ui.label(Text::SmallStrong.rich(mark.map_or_else(|| numbers::clock(at), |mark| words::marked_at(mark.words(), at))));
        for line in [words::capacity_of_demand(rates.capacity, rates.demand), words::traffic_by_version(old, new), self.failures(at)] {
            ui.label(Text::Small.rich(line));
        }
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

fn x_of(transform: &PlotTransform, t: Time) -> f32 {
    transform.position_from_point(&PlotPoint::new(t.as_secs_f64(), 0.0)).x
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
    fn top(self, curves: &Curves) -> f64 {
        match self {
            Kind::Capacity => nice_top(curves.peak),
            Kind::Traffic => 1.0,
            // Some air above, so that a steady failure is seen to have a top.
            Kind::Failed => nice_top(curves.peak_failed * 1.15),
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

fn draw_capacity(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves) {
    plot.add(area(words::old_version(), &curves.xs, &curves.zero, &curves.capacity_old, theme.version_old));
    plot.add(area(words::new_version(), &curves.xs, &curves.capacity_old, &curves.capacity, theme.version_new));
    plot.add(area(words::shortfall(), &curves.xs, &curves.capacity, &curves.wanted, theme.failed_soft));
    let demand: Vec<[f64; 2]> = curves.xs.iter().zip(&curves.demand).map(|(&x, &y)| [x, y]).collect();
    let line = Line::new(words::demand(), PlotPoints::from(demand)).stroke(Stroke::new(1.5, theme.demand_line));
    plot.line(line.style(LineStyle::Dashed { length: 7.0 }).allow_hover(false));
}

fn draw_traffic(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves) {
    plot.add(area(words::old_version(), &curves.xs, &curves.zero, &curves.share_old, theme.version_old));
    plot.add(area(words::new_version(), &curves.xs, &curves.share_old, &curves.share, theme.version_new));
}

fn draw_failed(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves) {
    if curves.peak_failed <= 0.0 {
        let text = Text::Label.rich(words::nothing_fails()).color(theme.text_dim);
        plot.text(PlotText::new("", PlotPoint::new(curves.end_s / 2.0, 0.5), text).allow_hover(false));
    }
    for layer in &curves.failed {
        plot.add(area(words::cause_in_legend(layer.cause), &curves.xs, &layer.from, &layer.to, cause_colour(theme, layer.cause)));
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

/// At most seven round times from the start to the end.
fn time_marks(end_s: f64) -> Vec<GridMark> {
    const STEPS: [f64; 20] = [
        1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_200.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0, 21_600.0, 43_200.0,
        86_400.0, 172_800.0, 604_800.0,
    ];
    let step = STEPS.into_iter().find(|step| end_s / step <= 7.0).unwrap_or_else(|| (end_s / 7.0 / 604_800.0).ceil() * 604_800.0);
    let mut marks = Vec::new();
    let mut value = 0.0;
    while value <= end_s {
        marks.push(GridMark { value, step_size: step });
        value += step;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!(nice_top(0.0), 1.0);
        assert_eq!(nice_top(700.0), 800.0);
        assert_eq!(nice_top(1_000.0), 1_000.0);
        assert_eq!(nice_top(2_001.0), 2_500.0);
    }

    #[test]
    fn the_time_axis_has_a_few_round_times() {
        let values = |end| time_marks(end).iter().map(|m| m.value).collect::<Vec<_>>();
        assert_eq!(values(400.0), [0.0, 60.0, 120.0, 180.0, 240.0, 300.0, 360.0]);
        assert_eq!(values(80.0), [0.0, 20.0, 40.0, 60.0, 80.0]);
        assert!(values(1e9).len() <= 8);
    }
}
