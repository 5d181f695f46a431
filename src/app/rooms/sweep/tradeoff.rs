//! The trade-off: a dot for each setting of each strategy, its duration against another figure, and the front of those
//! that no other beats in both.

use std::collections::BTreeSet;

use eframe::egui::{Align, Align2, CursorIcon, Layout, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_plot::{AxisHints, Line, PlotPoint, PlotPoints};

use super::kept::Kept;
use super::table::{Row, Table};
use super::{axes, figure_value, marker};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::plots::still;
use crate::app::theme::{Text, Theme};
use crate::app::watch;
use crate::app::widgets::{Segmented, ring};
use crate::metrics::{Better, Figures, Key};
use crate::scenario::{Scenario, StrategyKind};
use crate::study::choose::{ReleaseKind, Tried};
use crate::study::pareto::front;
use crate::text::{controls, strategy_name, study, sweep as words};

/// The figures that duration is set against, and of which release.
const AGAINST: [(ReleaseKind, Key); 4] = [
    (ReleaseKind::Healthy, Key::MinCapacity),
    (ReleaseKind::Healthy, Key::Failed),
    (ReleaseKind::Healthy, Key::ExtraInstance),
    (ReleaseKind::Bad, Key::ExposedShare),
];
const LEGEND: f32 = 208.0;
const LABELS: f32 = 64.0;
/// The pointer is on a dot when it is no further from it.
const NEAR: f32 = 10.0;
/// So many settings at one place are named.
const NAMED: usize = 6;

/// What the view keeps.
#[derive(Default)]
pub(super) struct TradeOff {
    /// Of [`AGAINST`].
    against: usize,
    /// Strategies whose dots are not shown.
    hidden: BTreeSet<usize>,
}

/// A dot.
struct Dot<'a> {
    tried: &'a Tried,
    x: f64,
    y: f64,
    front: bool,
}

fn figure_name((release, key): (ReleaseKind, Key)) -> String {
    match release {
        ReleaseKind::Healthy => study::figure(key),
        ReleaseKind::Bad => study::figure_if_bad(key),
    }
}

fn figures(tried: &Tried, release: ReleaseKind) -> &Figures {
    match release {
        ReleaseKind::Healthy => &tried.healthy,
        ReleaseKind::Bad => &tried.bad,
    }
}

impl TradeOff {
    /// Shows the view.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        tried: &Kept<Scenario, Vec<Tried>>,
        as_table: bool,
        commands: &mut Vec<Command>,
    ) {
        let theme = Theme::of(ui);
        let whole = ui.max_rect();
        ui.painter().rect_filled(whole, 8, theme.panel);
        let inner = whole.shrink(12.0);
        let (bar, rest) = inner.split_top_bottom_at_y(inner.top() + 40.0);
        let names = AGAINST.map(figure_name);
        let mut tabs = Segmented::new(words::against());
        for name in &names {
            tabs = tabs.tab(name);
        }
        let bar =
            UiBuilder::new().id_salt("against").max_rect(bar.with_max_y(bar.bottom() - 4.0)).layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(bar, |ui| {
            ui.label(Text::Body.rich(words::against()).color(theme.text_dim));
            tabs.show(ui, &mut self.against);
        });
        let Some(tried) = tried.answer() else {
            tried.say_working(ui, rest);
            return;
        };
        let against = AGAINST.get(self.against).copied().unwrap_or(AGAINST[0]);
        let (picture, legend) = rest.split_left_right_at_x(rest.right() - LEGEND);
        let mut area = watch::area(ui, "legend", legend.with_min_x(legend.left() + 16.0));
        self.legend(&mut area, tried);
        let dots = self.dots(tried, against);
        let mut area = watch::area(ui, "dots", picture);
        let chosen = if as_table { table(&mut area, &dots, against, model) } else { plot(&mut area, &dots, against, model) };
        if let Some(dot) = chosen.and_then(|i| dots.get(i)) {
            let scenario = Scenario { strategy: dot.tried.strategy.clone(), ..model.simulated().clone() };
            commands.push(Command::WatchAlone(Box::new(scenario)));
        }
    }

    /// The dots, those of the front first, each by duration.
    fn dots<'a>(&self, tried: &'a [Tried], (release, key): (ReleaseKind, Key)) -> Vec<Dot<'a>> {
        let shown = tried.iter().filter(|tried| !self.hidden.contains(&(tried.strategy.kind() as usize)));
        let mut dots: Vec<Dot<'_>> = shown
            .filter_map(|tried| {
                let y = figures(tried, release).get(key).filter(|y| y.is_finite())?;
                Some(Dot { tried, x: tried.healthy.duration_s, y, front: false })
            })
            .collect();
        let points: Vec<(f64, f64)> = dots.iter().map(|dot| (dot.x, dot.y)).collect();
        let better = (Better::Less, key.better().unwrap_or(Better::Less));
        for (dot, in_front) in dots.iter_mut().zip(front(&points, better)) {
            dot.front = in_front;
        }
        dots.sort_by(|a, b| b.front.cmp(&a.front).then(a.x.total_cmp(&b.x)));
        dots
    }

    /// The strategies with their signs; a click hides one or shows it again.
    fn legend(&mut self, ui: &mut Ui, tried: &[Tried]) {
        let theme = Theme::of(ui);
        let kinds: BTreeSet<usize> = tried.iter().map(|tried| tried.strategy.kind() as usize).collect();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for kind in StrategyKind::ALL.into_iter().chain([StrategyKind::Steps]).filter(|kind| kinds.contains(&(*kind as usize))) {
                let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
                let shown = !self.hidden.contains(&(kind as usize));
                let name = strategy_name(kind);
                let said = words::show_strategy(name);
                response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, shown, &said));
                if response.hovered() {
                    ui.painter().rect_filled(rect, 4, theme.hover);
                }
                marker::paint(ui.painter(), theme, pos2(rect.left() + 12.0, rect.center().y), 5.0, kind, !shown);
                let colour = if shown { theme.text } else { theme.text_faint };
                let room = rect.with_min_x(rect.left() + 26.0);
                Text::Body.paint(ui.painter(), room, Align2::LEFT_CENTER, name, colour);
                ring(ui, &response, rect, 4);
                if response.clicked() && !self.hidden.remove(&(kind as usize)) {
                    self.hidden.insert(kind as usize);
                }
            }
        });
    }
}

/// The dots over two axes. The one that was chosen.
fn plot(ui: &mut Ui, dots: &[Dot<'_>], against: (ReleaseKind, Key), model: &Model) -> Option<usize> {
    let theme = Theme::of(ui);
    let key = against.1;
    // Durations go from seconds to hours: by powers.
    let place = |x: f64| x.max(1.0).log10();
    let (least, most) = dots.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), dot| (a.min(place(dot.x)), b.max(place(dot.x))));
    let (least, most) = if least.is_finite() { (least - 0.08, most + 0.08) } else { (1.0, 3.0) };
    let (top, marks) = axes::of_figure(key, dots.iter().map(|dot| dot.y).fold(0.0, f64::max));
    let plot = still::plot("tradeoff", theme)
        .width(ui.available_width())
        .height(ui.available_height() - 20.0)
        .sense(Sense::click())
        .x_grid_spacer(move |_| axes::grid(&axes::of_durations(least, most)))
        .y_grid_spacer(move |_| axes::grid(&marks))
        .custom_x_axes(vec![
            axes::quiet(AxisHints::new_x(), theme).formatter(|mark, _| axes::label(Key::Duration, 10_f64.powf(mark.value).round())),
        ])
        .custom_y_axes(vec![
            axes::quiet(AxisHints::new_y(), theme).min_thickness(LABELS).formatter(move |mark, _| axes::label(key, mark.value)),
        ]);
    let plotted = plot.show(ui, |plot| {
        plot.set_plot_bounds_x(least..=most);
        plot.set_plot_bounds_y(-top * 0.04..=top * 1.04);
        // What is beaten lies on the far side of these steps.
        let mut steps: Vec<[f64; 2]> = Vec::new();
        for dot in dots.iter().filter(|dot| dot.front) {
            steps.extend(steps.last().map(|before| [place(dot.x), before[1]]));
            steps.push([place(dot.x), dot.y]);
        }
        // Settings at one place are one corner.
        steps.dedup();
        plot.line(Line::new("", PlotPoints::from(steps)).stroke(Stroke::new(1.5, theme.accent)).allow_hover(false).allow_band(false));
    });
    let at = |dot: &Dot<'_>| plotted.transform.position_from_point(&PlotPoint::new(place(dot.x), dot.y));
    let frame = *plotted.transform.frame();
    let name = figure_name(against);
    let foot = Rect::from_min_max(pos2(frame.left(), ui.max_rect().bottom() - 18.0), pos2(frame.right(), ui.max_rect().bottom()));
    Text::Section.paint(ui.painter(), foot, Align2::RIGHT_CENTER, &format!("{} →", study::figure(Key::Duration)), theme.text_dim);
    let painter = ui.painter().with_clip_rect(frame.expand(8.0));
    // The front last, so that it lies on top.
    for dot in dots.iter().rev() {
        let radius = if dot.front { 6.0 } else { 4.0 };
        marker::paint(&painter, theme, at(dot), radius, dot.tried.strategy.kind(), !dot.front);
    }
    let present = &model.simulated().strategy;
    if let Some(now) = dots.iter().find(|dot| dot.tried.strategy == *present) {
        painter.circle_stroke(at(now), 10.0, Stroke::new(2.0, theme.playhead));
        // Where it would be cut at the right it stands at the left.
        let (x, align) = if at(now).x > frame.right() - 60.0 { (-14.0, Align2::RIGHT_CENTER) } else { (14.0, Align2::LEFT_CENTER) };
        Text::SmallStrong.paint_at(&painter, at(now) + vec2(x, -10.0), align, words::now(), theme.text);
    }
    let response = plotted.response;
    let said = words::tradeoff(&name, dots.len(), dots.iter().filter(|dot| dot.front).count());
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &said));
    let pointer = response.hover_pos()?;
    let far = |i: &usize| dots.get(*i).map_or(f32::INFINITY, |dot| at(dot).distance(pointer));
    let over = (0..dots.len()).min_by(|a, b| far(a).total_cmp(&far(b))).filter(|i| far(i) <= NEAR)?;
    let dot = dots.get(over)?;
    painter.circle_stroke(at(dot), 9.0, Stroke::new(1.5, theme.text));
    let clicked = response.clicked();
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    response.on_hover_ui_at_pointer(|ui| readout(ui, dots, dot, against, at(dot), &at));
    clicked.then_some(over)
}

fn readout(ui: &mut Ui, dots: &[Dot<'_>], dot: &Dot<'_>, (release, key): (ReleaseKind, Key), place: Pos2, at: &impl Fn(&Dot<'_>) -> Pos2) {
    let dim = Theme::of(ui).text_dim;
    let there: Vec<&Dot<'_>> = dots.iter().filter(|other| at(other).distance(place) < 1.0).collect();
    for other in there.iter().take(NAMED) {
        ui.label(Text::SmallStrong.rich(words::strategy(&other.tried.strategy)));
    }
    if there.len() > NAMED {
        ui.label(Text::Small.rich(words::and_more(there.len() - NAMED)).color(dim));
    }
    for (name, key, value) in [(study::figure(Key::Duration), Key::Duration, dot.x), (figure_name((release, key)), key, dot.y)] {
        ui.label(Text::Small.rich(words::figure_is(&name, &figure_value(key, Some(value)))));
    }
    ui.label(Text::Small.rich(words::click_watches()).color(dim));
}

/// The dots as rows, those of the front first.
fn table(ui: &mut Ui, dots: &[Dot<'_>], against: (ReleaseKind, Key), model: &Model) -> Option<usize> {
    let headings = [controls::strategy().to_owned(), study::figure(Key::Duration), figure_name(against), String::new()];
    let table = Table { name: words::as_table(), headings: &headings, widths: &[2.4, 1.0, 1.4, 1.0], words_last: true };
    table.show(ui, dots.len(), |i| {
        let Some(dot) = dots.get(i) else { return Row { cells: Vec::new(), now: false, on: false } };
        let cells = vec![
            words::strategy(&dot.tried.strategy),
            figure_value(Key::Duration, Some(dot.x)),
            figure_value(against.1, Some(dot.y)),
            if dot.front { words::front().to_owned() } else { String::new() },
        ];
        Row { cells, now: dot.tried.strategy == model.simulated().strategy, on: true }
    })
}
