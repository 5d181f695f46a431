//! The stage: users, load balancer, groups of instances and the traffic between them, at one moment.
//!
//! Everything here is a function of a timeline and a time: the same two give the same picture, forwards and backwards.

mod cells;
mod dots;
mod layout;
mod tile;

use eframe::egui::{
    Align2, CornerRadius, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::theme::{Text, Theme};
use super::widgets::Icon;
use crate::explain::{Doing, Situation, situation};
use crate::scenario::StrategyKind;
use crate::text::numbers::rate;
use crate::text::{pictures as words, story};
use crate::timeline::{Rates, Timeline, Version};
use crate::units::Time;
use layout::{Group, Layout};

/// The stage of one timeline at one time.
pub struct Stage<'a> {
    timeline: &'a Timeline,
    kind: StrategyKind,
    t: Time,
    /// The largest demand of the whole deployment: so many requests are the densest stream.
    peak_demand: f64,
}

impl<'a> Stage<'a> {
    /// What `timeline` looks like at `t`; the groups are named as the strategy names them.
    pub fn new(timeline: &'a Timeline, kind: StrategyKind, t: Time, peak_demand: f64) -> Stage<'a> {
        Stage { timeline, kind, t, peak_demand }
    }

    /// Draws it into all the space that is left, the sentence that says what is happening at the bottom.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let now = situation(self.timeline, self.t);
        let said = format!("{}. {}", story::headline(&now), story::figures(&now));
        response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, format!("{}: {said}", words::STAGE)));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let theme = Theme::of(ui);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0, theme.stage);

        let narration = Rect::from_min_max(pos2(rect.left(), rect.bottom() - layout::NARRATION), rect.max);
        let scene = Rect::from_min_max(rect.min, pos2(rect.right(), narration.top()));
        let layout = Layout::new(scene, self.timeline, self.kind);
        let rates = now.rates;

        self.paint_legend(&painter, scene, theme, &layout);
        paint_users(&painter, &layout, theme, &rates);
        paint_balancer(&painter, &layout, theme);
        dots::paint(&painter, &layout, theme, self.timeline, self.t, self.peak_demand);
        if rates.failed() > 0.0 {
            let at = pos2(layout.balancer.center().x, layout.refused_top - 8.0);
            Text::SmallStrong.paint_at(&painter, at, Align2::CENTER_BOTTOM, &words::refused(rates.failed()), theme.failed);
        }
        for group in &layout.groups {
            self.paint_group(&painter, theme, group, &now);
        }
        paint_narration(&painter, narration, theme, &now);
        self.tell_hovered(response, &layout)
    }

    fn paint_legend(&self, painter: &Painter, scene: Rect, theme: &Theme, layout: &Layout) {
        let mut x = scene.right() - 16.0;
        let y = scene.top() + 18.0;
        let entries =
            [(words::REFUSED_OR_FAILED, theme.failed), (words::NEW_VERSION, theme.version_new), (words::OLD_VERSION, theme.version_old)];
        for (name, colour) in entries {
            let text = Text::Label.paint_at(painter, pos2(x, y), Align2::RIGHT_CENTER, name, theme.text_dim);
            let patch = Rect::from_center_size(pos2(text.left() - 11.0, y), vec2(10.0, 10.0));
            painter.rect_filled(patch, 3, colour);
            x = patch.left() - 16.0;
        }
        // Where tiles have no room for words, the legend says what their marks mean.
        if layout.groups.iter().any(|group| group.tiles.detail() == layout::TileDetail::Mark) {
            const COLUMN: f32 = 84.0;
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
        let share = self.timeline.route(moment).share_new(self.t).map(|share_new| match group.holds {
            Version::Old => 1.0 - share_new,
            Version::New => share_new,
        });
        let rest = Rect::from_min_max(pos2(title.rect.right() + 12.0, header.top()), header.max);
        let side = words::group_side(share, in_service, group.instances.count);
        let fits = Text::Label.line(painter, &side, theme.text_dim, f32::INFINITY).size().x <= rest.width();
        let side = if fits { side } else { words::group_side_short(share, in_service, group.instances.count) };
        Text::Label.paint(painter, rest, Align2::RIGHT_CENTER, &side, theme.text_dim);

        match group.tiles.detail() {
            layout::TileDetail::Cells => cells::paint(painter, theme, group, self.timeline, self.t),
            layout::TileDetail::Words | layout::TileDetail::Row | layout::TileDetail::Mark | layout::TileDetail::Plain => {
                for i in 0..group.instances.count {
                    let number = group.instances.first + i;
                    if let Some(presence) = self.timeline.life(number).at(self.t) {
                        tile::paint(painter, theme, group.tiles.rect(i), group.tiles.detail(), number, presence, self.timeline, self.t);
                    }
                }
            }
        }
        if now.in_service == 0 && group.holds == Version::Old && !matches!(now.doing, Doing::Ended(_)) {
            let banner = Rect::from_center_size(pos2(group.rect.center().x, group.rect.top()), vec2(96.0, 22.0));
            painter.rect_filled(banner, 11, theme.failed);
            Text::SmallStrong.paint(painter, banner, Align2::CENTER_CENTER, words::DOWNTIME, theme.on_failed);
        }
    }

    /// Instances of a group that are in service. The old group serves with both versions where it is updated in place.
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
    Text::Label.paint_at(painter, rect.center_bottom() + vec2(0.0, 14.0), Align2::CENTER_CENTER, words::LOAD_BALANCER, theme.text_dim);
}

fn paint_narration(painter: &Painter, rect: Rect, theme: &Theme, now: &Situation) {
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let first = Rect::from_min_size(inner.min, vec2(inner.width(), 26.0));
    let second = Rect::from_min_size(pos2(inner.left(), first.bottom()), vec2(inner.width(), 18.0));
    let headline = story::headline(now);
    // On a narrow stage a smaller sentence that is whole beats a large one that is cut.
    let wide = Text::Narration.line(painter, &headline, theme.text, f32::INFINITY).size().x;
    let size = if wide > first.width() { Text::Strong } else { Text::Narration };
    size.paint(painter, first, Align2::CENTER_CENTER, &headline, theme.text);
    let down = now.in_service == 0 && now.rates.demand > 0.0;
    let (text, colour) = if down { (Text::SmallStrong, theme.failed) } else { (Text::Small, theme.text_dim) };
    text.paint(painter, second, Align2::CENTER_CENTER, &story::figures(now), colour);
}
