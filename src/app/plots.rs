//! The plots: capacity against demand, traffic by version, failed requests; three on one time axis with one playhead.

mod curves;

use eframe::egui::{Align2, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};
use egui_plot::{
    AxisHints, FilledArea, GridMark, HLine, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotTransform, PlotUi, Span, Text as PlotText,
};

use super::theme::{Text, Theme};
use crate::text::{numbers, pictures as words};
use crate::timeline::Timeline;
use crate::units::Time;
pub use curves::Curves;

/// The width of the vertical axes' labels, so that all plots begin at the same place.
pub(super) const AXIS: f32 = 56.0;
/// What is left free at the right, where the last time's label stands.
pub(super) const MARGIN: f32 = 28.0;
/// The height of a plot's title.
const TITLE: f32 = 26.0;
/// The height of the time axis' labels.
const TIMES: f32 = 20.0;

/// The three plots of one timeline at one time.
pub struct Plots<'a> {
    timeline: &'a Timeline,
    curves: &'a Curves,
    t: Time,
}

impl<'a> Plots<'a> {
    /// The plots of `timeline`, whose curves are `curves`, with the playhead at `t`.
    pub fn new(timeline: &'a Timeline, curves: &'a Curves, t: Time) -> Plots<'a> {
        Plots { timeline, curves, t }
    }

    /// Draws them into all the space that is left. The time that a person dragged or clicked to, if one did.
    pub fn show(self, ui: &mut Ui) -> Option<Time> {
        let theme = Theme::of(ui);
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0, theme.background);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let room = (area.height() - 3.0 * TITLE - TIMES - 12.0).max(60.0);
        let mut scrubbed = None;
        let mut frames: Option<(PlotTransform, Rect)> = None;
        let mut hovered: Option<f32> = None;
        let parts = [
            (words::PLOT_CAPACITY, 0.5, Kind::Capacity),
            (words::PLOT_TRAFFIC, 0.27, Kind::Traffic),
            (words::PLOT_FAILED, 0.23, Kind::Failed),
        ];
        for (title, part, kind) in parts {
            let (strip, _) = ui.allocate_exact_size(vec2(ui.available_width(), TITLE), Sense::hover());
            // The title stands over its plot, clear of the axis' labels.
            let title_rect = Rect::from_min_max(strip.min + vec2(AXIS, 8.0), strip.max - vec2(MARGIN, 0.0));
            let painted = Text::Section.paint(ui.painter(), title_rect, Align2::LEFT_CENTER, title, theme.text);
            if kind == Kind::Capacity {
                self.legend(ui, Rect::from_min_max(pos2(painted.rect.right() + 16.0, title_rect.top()), title_rect.max), theme);
            }
            let last = kind == Kind::Failed;
            let height = room * part + if last { TIMES } else { 0.0 };
            let (response, transform) = self.plot(ui, theme, kind, title, height, last);
            let frame = *transform.frame();
            let all = frames.map_or(frame, |(_, all)| all.union(frame));
            frames = Some((transform, all));
            if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
                scrubbed = Some(self.time_at(&transform, pointer));
            }
            if let Some(pointer) = response.hover_pos().filter(|p| frame.x_range().contains(p.x)) {
                hovered = Some(pointer.x);
                let at = self.time_at(&transform, pointer);
                response.on_hover_ui_at_pointer(|ui| self.readout(ui, at));
            }
        }
        // All the space is used, or a panel around the plots would shrink to them.
        ui.expand_to_include_rect(area);
        if let Some((transform, all)) = frames {
            let painter = ui.painter();
            if let Some(x) = hovered {
                painter.vline(x, all.y_range(), Stroke::new(1.0, theme.line_strong));
            }
            let x = transform.position_from_point(&PlotPoint::new(self.t.as_secs_f64(), 0.0)).x;
            painter.vline(x, all.y_range(), Stroke::new(1.5, theme.playhead));
            painter.circle_filled(pos2(x, all.top()), 4.0, theme.playhead);
        }
        scrubbed
    }

    /// What the dashed line and the pale area are, as far as there is room.
    fn legend(&self, ui: &Ui, rect: Rect, theme: &Theme) {
        const SAMPLE: f32 = 22.0;
        let painter = ui.painter();
        let y = rect.center().y;
        let line = |words: &str| Text::Label.line(painter, words, theme.text_dim, f32::INFINITY);
        let demand = line(&words::demand_label(self.timeline.demand(self.t)));
        let short = line(words::SHORTFALL);
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
                        let name = if draw == Kind::Capacity { words::DOWNTIME } else { "" };
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
            Kind::Failed => words::failed_per_second(rates.failed()),
        }
    }

    fn readout(&self, ui: &mut Ui, at: Time) {
        let rates = self.timeline.rates(at);
        let (old, new) = self.timeline.shares(self.timeline.at(at), at);
        ui.label(Text::SmallStrong.rich(numbers::clock(at)));
        for line in [
            words::capacity_of_demand(rates.capacity, rates.demand),
            words::traffic_by_version(old, new),
            words::failed_per_second(rates.failed()),
        ] {
            ui.label(Text::Small.rich(line));
        }
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

fn area(name: &str, xs: &[f64], from: &[f64], to: &[f64], colour: eframe::egui::Color32) -> FilledArea {
    FilledArea::new(name, xs, from, to).fill_color(colour).allow_hover(false)
}

fn draw_capacity(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves) {
    plot.add(area(words::OLD_VERSION, &curves.xs, &curves.zero, &curves.capacity_old, theme.version_old));
    plot.add(area(words::NEW_VERSION, &curves.xs, &curves.capacity_old, &curves.capacity, theme.version_new));
    plot.add(area(words::SHORTFALL, &curves.xs, &curves.capacity, &curves.wanted, theme.failed_soft));
    let demand: Vec<[f64; 2]> = curves.xs.iter().zip(&curves.demand).map(|(&x, &y)| [x, y]).collect();
    let line = Line::new(words::DEMAND, PlotPoints::from(demand)).stroke(Stroke::new(1.5, theme.demand_line));
    plot.line(line.style(LineStyle::Dashed { length: 7.0 }).allow_hover(false));
}

fn draw_traffic(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves) {
    plot.add(area(words::OLD_VERSION, &curves.xs, &curves.zero, &curves.share_old, theme.version_old));
    plot.add(area(words::NEW_VERSION, &curves.xs, &curves.share_old, &curves.share, theme.version_new));
}

fn draw_failed(plot: &mut PlotUi<'_>, theme: &Theme, curves: &Curves) {
    if curves.peak_failed <= 0.0 {
        let text = Text::Label.rich(words::NOTHING_FAILS).color(theme.text_dim);
        plot.text(PlotText::new("", PlotPoint::new(curves.end_s / 2.0, 0.5), text).allow_hover(false));
    }
    plot.add(area(words::PLOT_FAILED, &curves.xs, &curves.zero, &curves.failed, theme.failed));
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
