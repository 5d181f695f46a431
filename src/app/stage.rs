//! The stage: users, load balancer, groups of instances and the traffic between them, at one moment.
//!
//! Everything here is a function of a timeline and a time: the same two give the same picture, forwards and backwards.

mod census;
mod density;
mod dots;
mod keyboard;
mod layout;
mod life;
mod motion;
mod selection;
mod streams;
mod tell;
mod tile;
mod view;

use eframe::egui::containers::Tooltip;
use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Align, Align2, Color32, CornerRadius, Frame, Margin, Painter, PointerButton, Pos2, Rect, Response, Role, Sense, Shape, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::theme::{CONTROL_HEIGHT, Text, Theme};
use super::widgets::{Icon, IconButton};
use crate::explain::{Doing, Situation, Weights, situation};
use crate::scenario::StrategyKind;
use crate::text::numbers::{rate, unbroken};
use crate::text::{pictures as words, stage as said, story, why};
use crate::timeline::{Cause, Rates, State, Timeline, Version};
use crate::units::Time;
use census::{Census, Mix};
use density::Density;
pub(super) use layout::narration;
use layout::{Group, Layout, TileDetail};
pub use motion::Motion;
use motion::Pace;
pub use selection::{Asked, Kept, Selection, Spot};
use streams::Streams;
use tile::Tiler;
pub(super) use tile::{Checks, checks, mark};
pub use view::View;

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
    /// What is later is hidden.
    up_to: Option<Time>,
    motion: Motion,
}

/// What became of showing it.
pub struct Shown {
    /// The stage as a control.
    pub response: Response,
    /// What was asked for on it.
    pub asked: Option<Asked>,
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
        Stage { timeline, kind, t, peak_demand, waits: None, weights: None, checks: 1, up_to: None, motion: Motion::Full }
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

    /// Hides what comes after a moment.
    pub fn up_to(mut self, t: Option<Time>) -> Stage<'a> {
        self.up_to = t;
        self
    }

    /// Whether changes are eased and traffic moves.
    pub fn motion(mut self, motion: Motion) -> Stage<'a> {
        self.motion = motion;
        self
    }

    /// Draws it into all the space that is left, the sentence that says what is happening at the bottom. What a person
    /// looks at is kept in `kept`.
    pub fn show(self, ui: &mut Ui, kept: &mut Kept) -> Shown {
        let near = kept.view != View::default();
        let sense = if near { Sense::click_and_drag() } else { Sense::click() };
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), sense);
        if std::mem::take(&mut kept.takes_keyboard) {
            response.request_focus();
        }
        let now = situation(self.timeline, self.t);
        let narration = Rect::from_min_max(pos2(rect.left(), rect.bottom() - layout::narration(rect.width())), rect.max);
        let scene = Rect::from_min_max(rect.min, pos2(rect.right(), narration.top()));
        let layout = Layout::new(scene, self.timeline, self.kind, &kept.view);
        kept.selection.forget_beyond(self.timeline.instances(), layout.groups.len());
        let mut asked = keyboard::obey(ui, &response, &layout, kept);
        let spot = kept.selection.spot.filter(|_| response.has_focus());
        let spot = spot.map(|spot| tell::said(&self.lines(spot, &layout, &now)));
        response.widget_info(|| {
            let said = story::in_words(self.timeline, self.t);
            let said = self.weights.map_or_else(|| said.clone(), |weights| story::besides(&said, &why::weights(&weights)));
            let mut info = WidgetInfo::labeled(Role::Figure, true, format!("{}: {said}", words::stage()));
            info.current_text_value.clone_from(&spot);
            info
        });
        if !ui.is_rect_visible(rect) {
            return Shown { response, asked };
        }
        self.paint(ui, rect, scene, narration, &layout, &now, kept);
        asked = self.point(ui, &response, &layout, &now, kept).or(asked);
        asked = self.show_near(ui, &layout, kept).or(asked);
        asked = self.show_pinned(ui, scene, &layout, kept).or(asked);
        if response.has_focus() {
            let theme = Theme::of(ui);
            ui.painter().rect_stroke(rect, 0, Stroke::new(2.0, theme.focus), StrokeKind::Inside);
        }
        Shown { response, asked }
    }

    /// Only the instances, by the same rules: one of several stages side by side.
    pub fn paint_small(&self, painter: &Painter, rect: Rect, theme: &Theme) {
        let pace = Pace::new(self.motion, self.timeline.end());
        for group in Layout::bare(rect, self.timeline) {
            let mixes = self.mixes(&group, &Census::default()).0;
            self.paint_instances(painter, theme, &group, &mixes, pace);
        }
    }

    /// What a group's cells are made of, and whether all of it was counted.
    fn mixes(&self, group: &Group, census: &Census) -> (Vec<Mix>, bool) {
        match group.tiles.detail() {
            TileDetail::Cells => density::mixes(census, self.timeline, group, self.t),
            TileDetail::Words | TileDetail::Compact | TileDetail::Row | TileDetail::Mark | TileDetail::Plain => (Vec::new(), true),
        }
    }

    fn density<'p>(&'p self, painter: &'p Painter, theme: &'p Theme) -> Density<'p> {
        let error_rate = self.timeline.trouble(self.timeline.at(self.t)).error_rate;
        Density { painter, theme, timeline: self.timeline, t: self.t, motion: self.motion, error_rate }
    }

    fn paint_instances(&self, painter: &Painter, theme: &Theme, group: &Group, mixes: &[Mix], pace: Pace) {
        match group.tiles.detail() {
            TileDetail::Cells => self.density(painter, theme).mixed(group, mixes),
            TileDetail::Plain => self.density(painter, theme).plain(group),
            detail @ (TileDetail::Words | TileDetail::Compact | TileDetail::Row | TileDetail::Mark) => {
                let mut tiler = Tiler {
                    painter: painter.clone(),
                    theme,
                    timeline: self.timeline,
                    t: self.t,
                    detail,
                    error_rate: self.timeline.trouble(self.timeline.at(self.t)).error_rate,
                    checks: self.checks,
                    foretells: self.up_to.is_none(),
                    pace,
                };
                for i in 0..group.instances.count {
                    tiler.paint(group.tiles.rect(i), group.instances.first + i);
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one picture")]
    fn paint(&self, ui: &Ui, rect: Rect, scene: Rect, narration: Rect, layout: &Layout, now: &Situation, kept: &Kept) {
        let theme = Theme::of(ui);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0, theme.stage);
        let rates = now.rates;
        let pace = Pace::new(self.motion, self.timeline.end());
        let down = is_down(now);

        self.paint_legend(&painter, scene, theme, layout);
        let streams = Streams::new(self.timeline, layout, self.t, self.peak_demand, pace);
        streams.paint(&painter, layout, theme, &rates);
        paint_users(&painter, layout, theme, &rates);
        paint_balancer(&painter, layout, theme, down);
        match self.motion {
            Motion::Full => dots::paint(&painter, layout, theme, self.timeline, self.t, self.peak_demand, &streams),
            Motion::Reduced => {}
        }
        let refused = rates.no_capacity + rates.overload;
        if refused > 0.0 {
            let at = pos2(layout.balancer.center().x, layout.refused_top - 8.0);
            Text::SmallStrong.paint_at(&painter, at, Align2::CENTER_BOTTOM, &words::refused(refused), theme.failed);
        }
        let census = kept.census();
        for group in &layout.groups {
            self.paint_group(&painter, theme, group, now, &census, pace);
        }
        for (spot, colour) in [(kept.selection.selected.map(Spot::Instance), theme.accent)] {
            if let Some(around) = spot.and_then(|spot| place(spot, layout)) {
                painter.rect_stroke(around.expand(2.0), 9, Stroke::new(2.5, colour), StrokeKind::Outside);
            }
        }
        self.paint_under_balancer(&painter, scene, theme, layout, &rates);
        paint_narration(&painter, narration, theme, now, self.waits);
    }

    fn paint_legend(&self, painter: &Painter, scene: Rect, theme: &Theme, layout: &Layout) {
        let mut x = scene.right() - 16.0;
        let y = scene.top() + 18.0;
        let mut entry = |name: &str, paint: &dyn Fn(Rect)| {
            let text = Text::Label.paint_at(painter, pos2(x, y), Align2::RIGHT_CENTER, name, theme.text_dim);
            let patch = Rect::from_center_size(pos2(text.left() - 11.0, y), vec2(12.0, 12.0));
            paint(patch);
            x = patch.left() - 16.0;
        };
        let filled = |colour: Color32| {
            move |patch: Rect| {
                painter.rect_filled(patch, 3, colour);
            }
        };
        entry(words::refused_or_failed(), &|patch| {
            // Crossed, as all that has failed is.
            painter.rect_filled(patch, 3, theme.failed);
            Icon::Cross.paint(painter, patch, theme.on_failed, 1.5);
        });
        entry(words::new_version(), &filled(theme.version_new));
        entry(words::old_version(), &filled(theme.version_old));
        let error_rate = self.timeline.trouble(self.timeline.at(self.t)).error_rate;
        if error_rate > 0.0 {
            entry(&words::new_version_fails(error_rate), &|patch| tile::paint_failing(painter, theme, patch));
        }
        // Where tiles have no room for words, the legend says what their marks mean.
        if layout.groups.iter().any(|group| group.tiles.detail() == TileDetail::Mark) {
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

    fn paint_group(&self, painter: &Painter, theme: &Theme, group: &Group, now: &Situation, census: &Census, pace: Pace) {
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
        let (mixes, exact) = self.mixes(group, census);
        let wrong = self.wrong_in(group, &mixes, exact);
        let trouble = |words: fn(u32, u32, bool) -> Option<String>| {
            wrong.as_ref().and_then(|wrong| words(wrong.failed, wrong.dead, wrong.counted)).unwrap_or_default()
        };
        let short_side = words::group_side_short(share, asked, in_service, group.all.count);
        let wide = |text: Text, words: &str| text.line(painter, words, theme.text_dim, f32::INFINITY).size().x;
        let trouble = Some(trouble(words::group_trouble))
            .filter(|trouble| wide(Text::Section, trouble) + 8.0 + wide(Text::Label, &short_side) <= rest.width())
            .unwrap_or_else(|| trouble(words::group_trouble_short));
        if !trouble.is_empty() {
            rest.max.x = Text::Section.paint(painter, rest, Align2::RIGHT_CENTER, &trouble, theme.failed).rect.left() - 8.0;
        }
        let side = words::group_side(share, asked, in_service, group.all.count);
        let side = if wide(Text::Label, &side) <= rest.width() { side } else { short_side };
        Text::Label.paint(painter, rest, Align2::RIGHT_CENTER, &side, theme.text_dim);

        self.paint_instances(painter, theme, group, &mixes, pace);
        if group.is_near() || group.tiles.detail() == TileDetail::Cells {
            self.density(painter, theme).foot(group, exact);
        }
        if now.in_service == 0 && group.holds == Version::Old && !matches!(now.doing, Doing::Ended(_)) {
            let banner = Rect::from_center_size(pos2(group.rect.center().x, group.rect.top()), vec2(120.0, 28.0));
            painter.rect_filled(banner, 14, theme.failed);
            Text::Title.paint(painter, banner, Align2::CENTER_CENTER, words::downtime(), theme.on_failed);
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
    fn wrong_in(&self, group: &Group, mixes: &[Mix], exact: bool) -> Option<Wrong> {
        let trouble = self.timeline.trouble(self.timeline.at(self.t));
        if trouble.dead() + trouble.failed() == 0 {
            return None;
        }
        if exact && !mixes.is_empty() && !group.is_near() {
            let (dead, failed) = tell::wrong_of(mixes);
            return Some(Wrong { dead, failed, counted: true });
        }
        let stands_for = group.all.count.div_ceil(COUNTED).max(1);
        let mut wrong = Wrong { dead: 0, failed: 0, counted: stands_for == 1 };
        for number in group.all.numbers().step_by(stands_for as usize) {
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

    /// What the pointer does: it tells what it is on, pins an instance, asks for a menu, looks from nearer.
    fn point(&self, ui: &Ui, response: &Response, layout: &Layout, now: &Situation, kept: &mut Kept) -> Option<Asked> {
        let hovered = response.hover_pos().and_then(|pointer| spot_at(pointer, layout));
        let mut asked = None;
        if let Some(spot) = hovered {
            let lines = |ui: &mut Ui| self.tell(ui, spot, layout, now);
            response.clone().on_hover_ui_at_pointer(lines);
        } else if let Some(spot) = kept.selection.spot.filter(|_| response.has_focus())
            && let Some(around) = place(spot, layout)
        {
            ui.painter().rect_stroke(around.expand(3.0), 10, Stroke::new(2.0, Theme::of(ui).focus), StrokeKind::Outside);
            if kept.selection.selected.map(Spot::Instance) != Some(spot) {
                let anchor = around.expand(6.0);
                let tooltip = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), response.id.with("spot"), anchor);
                tooltip.show(|ui| self.tell(ui, spot, layout, now));
            }
        }
        let view = kept.view;
        if response.double_clicked() && kept.view.reset_all() {
            ui.ctx().request_repaint();
            return None;
        }
        if let Some(Spot::Instance(number)) = hovered {
            let group = layout.groups.iter().find(|group| group.instances.numbers().contains(&number));
            let tile = group.is_some_and(|group| group.tiles.stands_for() == 1);
            if response.clicked_by(PointerButton::Primary) {
                match group.filter(|_| !tile) {
                    // A cell is many: a click looks into it.
                    Some(group) => (0..2).for_each(|_| kept.view.zoom(group.all, group.holds, number, true)),
                    None => kept.selection.toggle(number),
                }
                ui.ctx().request_repaint();
            }
            if tile
                && response.secondary_clicked()
                && let Some(at) = response.interact_pointer_pos()
            {
                asked = Some(Asked::Menu { instance: number, at });
            }
        }
        let pointer = response.hover_pos().or(response.interact_pointer_pos());
        if let Some(group) = pointer.and_then(|pointer| layout.groups.iter().find(|group| group.rect.contains(pointer))) {
            self.look_nearer(ui, response, group, kept);
        }
        if kept.view != view {
            ui.ctx().request_repaint();
        }
        asked
    }

    /// Wheel and pinch over a group, and dragging one of which only a part is shown.
    fn look_nearer(&self, ui: &Ui, response: &Response, group: &Group, kept: &mut Kept) {
        /// So far the wheel turns for a step.
        const STEP: f32 = 40.0;
        let pointer = response.hover_pos().unwrap_or(group.rect.center());
        let middle = group.instances.first + group.instances.count / 2;
        let at = group.instance_at(pointer).unwrap_or(middle);
        if View::can_near(group.all) && response.contains_pointer() {
            let (wheel, pinch) = ui.input_mut(|input| {
                let wheel = std::mem::take(&mut input.smooth_scroll_delta.y);
                (wheel, input.zoom_delta())
            });
            kept.wheel += wheel + STEP * 2.0 * pinch.log2();
            while kept.wheel.abs() >= STEP {
                kept.view.zoom(group.all, group.holds, at, kept.wheel > 0.0);
                kept.wheel -= STEP * kept.wheel.signum();
            }
        }
        if response.dragged() && group.is_near() {
            kept.dragged += response.drag_delta().y;
            let row = group.tiles.row_height().max(4.0);
            let a_row = i64::from(group.tiles.columns()) * i64::from(group.tiles.stands_for());
            while kept.dragged.abs() >= row {
                kept.view.pan(group.all, group.holds, if kept.dragged > 0.0 { -a_row } else { a_row });
                kept.dragged -= row * kept.dragged.signum();
            }
        } else {
            kept.dragged = 0.0;
        }
    }

    /// The button that shows a whole group again, at its foot.
    fn show_near(&self, ui: &mut Ui, layout: &Layout, kept: &mut Kept) -> Option<Asked> {
        for group in layout.groups.iter().filter(|group| group.is_near()) {
            let line = Text::Label.line(ui.painter(), said::show_all(), Color32::PLACEHOLDER, f32::INFINITY);
            let size = vec2(line.size().x + 16.0, 20.0);
            let rect = Rect::from_min_size(pos2(group.rect.right() - 12.0 - size.x, group.rect.bottom() - 24.0), size);
            let mut area = ui.new_child(UiBuilder::new().id_salt(("show all", group.all.first)).max_rect(rect));
            let button = eframe::egui::Button::new(Text::Label.rich(said::show_all())).min_size(size);
            if area.put(rect, button).clicked() {
                kept.view.reset(group.holds);
                ui.ctx().request_repaint();
            }
        }
        None
    }

    /// The card of the pinned instance, in the lower left corner: it stays while the playhead moves.
    fn show_pinned(&self, ui: &mut Ui, scene: Rect, layout: &Layout, kept: &mut Kept) -> Option<Asked> {
        let number = kept.selection.selected?;
        let theme = Theme::of(ui);
        let left = layout.groups.first().map_or(scene.right(), |group| group.rect.left());
        let size = vec2((left - scene.left() - 32.0).clamp(200.0, 400.0), 76.0);
        let rect = Rect::from_min_size(pos2(scene.left() + 16.0, (scene.bottom() + 2.0 - size.y).max(scene.top())), size);
        let mut card = ui.new_child(UiBuilder::new().id_salt("pinned").max_rect(rect));
        let mut asked = None;
        let frame = Frame::new().fill(theme.panel).stroke(Stroke::new(1.0, theme.line_strong)).corner_radius(8);
        frame.inner_margin(Margin { left: 12, right: 4, top: 2, bottom: 2 }).show(&mut card, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            ui.set_width(size.x - 16.0);
            let presence = self.timeline.life(number).at(self.t);
            let title = presence.map_or_else(|| said::one_instance(number), |presence| words::instance_title(number, presence.is_new));
            let wrong = presence.map(|presence| self.what_is_wrong(number, presence)).unwrap_or_default();
            let (state, colour) = match (presence, wrong.first()) {
                (_, Some(wrong)) => (wrong.clone(), theme.failed),
                (Some(presence), None) => (words::instance_state(presence, self.t), theme.text_dim),
                (None, None) => (String::new(), theme.text_dim),
            };
            ui.horizontal(|ui| {
                let (heading, response) =
                    ui.allocate_exact_size(vec2(ui.available_width() - CONTROL_HEIGHT, CONTROL_HEIGHT), Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{}: {title}, {state}", said::pinned(number))));
                let title = Text::SmallStrong.paint(ui.painter(), heading, Align2::LEFT_CENTER, &title, theme.text).rect;
                let rest = heading.with_min_x(title.right() + 8.0);
                Text::Label.paint(ui.painter(), rest, Align2::LEFT_CENTER, &state, colour);
                if ui.add(IconButton::new(Icon::Cross, &said::unpin(number))).clicked() {
                    kept.selection.selected = None;
                    ui.ctx().request_repaint();
                }
            });
            ui.set_max_width(size.x - 24.0);
            let (response, strip) = life::show(ui, self.timeline, number, (self.t, self.up_to), Sense::click_and_drag());
            if (response.clicked() || response.dragged())
                && let Some(t) = response.interact_pointer_pos().and_then(|at| strip.time_at(at.x))
            {
                asked = Some(Asked::MoveTo(t));
            }
        });
        asked
    }
}

/// Whether requests come and nothing is in service.
fn is_down(now: &Situation) -> bool {
    now.in_service == 0 && now.rates.demand > 0.0
}

/// What is at a place.
fn spot_at(pos: Pos2, layout: &Layout) -> Option<Spot> {
    for (at, group) in layout.groups.iter().enumerate() {
        if group.rect.contains(pos) {
            return Some(group.instance_at(pos).map_or(Spot::Group(at), Spot::Instance));
        }
    }
    [Spot::Users, Spot::Balancer, Spot::Stream].into_iter().find(|spot| place(*spot, layout).is_some_and(|rect| rect.contains(pos)))
}

/// Where a spot is; none for an instance that is not shown.
fn place(spot: Spot, layout: &Layout) -> Option<Rect> {
    match spot {
        Spot::Users => Some(Rect::from_center_size(layout.users + vec2(0.0, 6.0), vec2(56.0, 64.0) * layout.scale)),
        Spot::Balancer => Some(layout.balancer),
        Spot::Stream => {
            let (top, bottom) = (layout.groups.first()?.rect.top(), layout.groups.last()?.rect.bottom());
            let left = layout.groups.first()?.rect.left();
            Some(Rect::from_min_max(pos2(layout.balancer.right() + 8.0, top + 40.0), pos2(left - 4.0, bottom - 16.0)))
        }
        Spot::Group(at) => layout.groups.get(at).map(|group| group.rect),
        Spot::Instance(number) => layout.groups.iter().find_map(|group| group.rect_of(number)),
    }
}

fn paint_users(painter: &Painter, layout: &Layout, theme: &Theme, rates: &Rates) {
    let (c, scale) = (layout.users, layout.scale);
    let stroke = Stroke::new(2.0 * scale.sqrt(), theme.text_dim);
    painter.circle_stroke(c + vec2(0.0, -9.0) * scale, 9.0 * scale, stroke);
    // Shoulders: half an ellipse.
    let shoulders: Vec<Pos2> = (0..=16)
        .map(|i| {
            let angle = std::f32::consts::PI * (i as f32) / 16.0;
            c + vec2(-16.0 * angle.cos(), 20.0 - 16.0 * angle.sin()) * scale
        })
        .collect();
    painter.add(Shape::line(shoulders, stroke));
    let size = if scale > 1.2 { Text::Body } else { Text::Label };
    size.paint_at(painter, c + vec2(0.0, 20.0 * scale + 16.0), Align2::CENTER_CENTER, &rate(rates.demand), theme.text_dim);
}

/// While nothing is in service, it is closed: a bar stands in the way.
fn paint_balancer(painter: &Painter, layout: &Layout, theme: &Theme, down: bool) {
    let (rect, scale) = (layout.balancer, layout.scale);
    let stroke = if down { Stroke::new(3.0, theme.failed) } else { Stroke::new(1.5, theme.line_strong) };
    painter.rect(rect, CornerRadius::same(10), theme.panel, stroke, StrokeKind::Inside);
    if down {
        let bar = Rect::from_center_size(rect.right_center() + vec2(14.0 * scale, 0.0), vec2(8.0 * scale, rect.height() + 32.0 * scale));
        painter.rect_filled(bar, 3, theme.failed);
        Icon::Cross.paint(painter, rect.shrink(10.0 * scale), theme.failed, 4.0 * scale);
    } else {
        Icon::Fork.paint(painter, rect.shrink(14.0 * scale), theme.text, 2.0 * scale.sqrt());
    }
    let size = if scale > 1.2 { Text::Body } else { Text::Label };
    size.paint_at(painter, rect.center_bottom() + vec2(0.0, 14.0), Align2::CENTER_CENTER, words::load_balancer(), theme.text_dim);
}

/// The sentences that say what is happening.
pub(super) fn paint_narration(painter: &Painter, rect: Rect, theme: &Theme, now: &Situation, waits: Option<&str>) {
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let headline = story::headline(now);
    let mut y = inner.top();
    if is_down(now) {
        // Downtime takes the stage.
        painter.rect_filled(rect, 0, theme.failed);
        y += 4.0;
        let sizes = [Text::Alarm, Text::Narration];
        y = paint_sentence(painter, inner.with_min_y(y), sizes, &story::figures(now), theme.on_failed, 34.0);
        y = paint_sentence(painter, inner.with_min_y(y), [Text::Strong, Text::SmallStrong], &headline, theme.on_failed, 18.0);
        if let Some(waits) = waits {
            paint_sentence(painter, inner.with_min_y(y), [Text::Small, Text::Label], waits, theme.on_failed, 16.0);
        }
        return;
    }
    // On a narrow stage a smaller sentence that is whole beats a large one that is cut.
    y = paint_sentence(painter, inner.with_min_y(y), [Text::Narration, Text::Strong], &headline, theme.text, 26.0);
    y = paint_sentence(painter, inner.with_min_y(y), [Text::Small, Text::Label], &story::figures(now), theme.text_dim, 18.0);
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
