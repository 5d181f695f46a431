//! The lanes: an instance a row, time from left to right, what it does as spans. The other way to see the fleet: it shows
//! all moments at once, and batches as stairs.

mod dense;
mod layout;
mod pattern;
mod picture;

use eframe::egui::{
    Align2, Color32, EventFilter, Key as Press, Modifiers, Painter, Pos2, Rangef, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::groups::groups;
use super::plots::{self, Asked, Moved, Scale, TimeAxis};
use super::stage;
use super::theme::{Text, Theme};
use crate::explain::situation;
use crate::scenario::StrategyKind;
use crate::text::{lanes as words, numbers, pictures, state_word, story};
use crate::timeline::{Presence, State, Timeline};
use crate::units::Time;
use layout::{Detail, Layout};
use pattern::{Pen, colours};
use picture::{Key, Picture, Span};

/// What stands above the rows: the switch of the view and the legend, and the times.
const TOP: f32 = 40.0;
const TIMES: f32 = 16.0;
/// So wide a heading may be.
const HEADED: f32 = 240.0;
/// The size of a mark in a row, and the narrowest span that has room for one.
const MARK: f32 = 12.0;
const MARKED: f32 = 16.0;
/// A line of the legend.
const LEGEND: f32 = 17.0;

/// What a person did to the lanes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InLanes {
    /// What is done on any time axis.
    Time(Asked),
    /// What can be done with an instance, by its number: a click with the second button, where the menu is to open.
    Menu {
        /// The instance.
        instance: u32,
        /// Where.
        at: Pos2,
    },
}

/// What the lanes keep from frame to frame.
#[derive(Default)]
pub struct LanesState {
    picture: Option<Picture>,
    /// Whether they take the keyboard in the next frame.
    pub takes_keyboard: bool,
}

/// The lanes of one timeline at one time.
pub struct Lanes<'a> {
    timeline: &'a Timeline,
    kind: StrategyKind,
    t: Time,
    /// Grows whenever the timeline is another one.
    revision: u64,
    up_to: Option<Time>,
    waits: Option<&'a str>,
    /// From when to when nothing is in service, in seconds.
    downtime: &'a [(f64, f64)],
    /// Checks that an instance has to pass in a row.
    checks: u32,
}

impl<'a> Lanes<'a> {
    /// The lanes of `timeline` with the playhead at `t`; `revision` is another number for another timeline.
    pub fn new(timeline: &'a Timeline, kind: StrategyKind, t: Time, revision: u64) -> Lanes<'a> {
        Lanes { timeline, kind, t, revision, up_to: None, waits: None, downtime: &[], checks: 1 }
    }

    /// Only what has happened by then; what is to come is not hinted at.
    pub fn up_to(mut self, t: Option<Time>) -> Lanes<'a> {
        self.up_to = t;
        self
    }

    /// What the deployment waits for, said under what is happening.
    pub fn waits(mut self, words: Option<&'a str>) -> Lanes<'a> {
        self.waits = words;
        self
    }

    /// With these times, in which nothing is in service, shaded.
    pub fn downtime(mut self, spans: &'a [(f64, f64)]) -> Lanes<'a> {
        self.downtime = spans;
        self
    }

    /// Checks that an instance has to pass in a row: one that is checked for longer never passes.
    pub fn checks(mut self, needed: u32) -> Lanes<'a> {
        self.checks = needed;
        self
    }

    /// Draws them into all the space that is left, the sentence that says what is happening at the bottom. What a person
    /// asked for.
    pub fn show(self, ui: &mut Ui, state: &mut LanesState, axis: &mut TimeAxis, selected: &mut Option<u32>) -> Option<InLanes> {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
        let now = situation(self.timeline, self.t);
        let end_s = plots::end_s(self.timeline);
        let narration = Rect::from_min_max(pos2(rect.left(), rect.bottom() - stage::narration(rect.width())), rect.max);
        let across = Rangef::new(rect.left() + plots::AXIS, rect.right() - plots::MARGIN);
        let area = Rect::from_x_y_ranges(across, Rangef::new(rect.top() + TOP + TIMES, narration.top() - 8.0));
        let layout = Layout::new(area, &groups(self.timeline, self.kind));

        let before = *axis;
        let scale = Scale { shown: axis.shown(end_s), across };
        // A click is for the rows.
        let moved = axis.respond(ui, &response, scale, end_s, self.t.as_secs_f64());
        let clicked = response.clicked() && !response.double_clicked();
        if clicked {
            let row = response.interact_pointer_pos().and_then(|pointer| layout.at(pointer.y));
            if let Some(number) = row.filter(|number| self.is_known(*number)) {
                *selected = Some(number).filter(|_| *selected != Some(number));
            }
        }
        if std::mem::take(&mut state.takes_keyboard) {
            response.request_focus();
        }
        let menu = response.interact_pointer_pos().filter(|_| response.secondary_clicked());
        let menu = menu.and_then(|at| Some((layout.at(at.y)?, at))).filter(|(number, _)| self.is_known(*number));
        self.keys(ui, &response, &layout, selected);
        // Where it was zoomed or moved in this frame, that is what is drawn.
        let scale = if *axis == before { scale } else { Scale { shown: axis.shown(end_s), across } };

        let pinned = selected.filter(|number| *number < self.timeline.instances() && self.is_known(*number));
        response.widget_info(|| {
            WidgetInfo::labeled(Role::ListBox, true, format!("{}: {}. {}", words::lanes(), story::headline(&now), story::figures(&now)))
        });
        if let Some(number) = pinned {
            self.tell(ui, &response, &layout, number);
        }
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, state, scale, layout.clone(), axis, pinned);
            stage::paint_narration(&ui.painter_at(rect), narration, Theme::of(ui), &now, self.waits);
            if response.has_focus() {
                let stroke = Stroke::new(2.0, Theme::of(ui).focus);
                ui.painter().rect_stroke(rect.with_max_y(narration.top()).shrink(2.0), 6, stroke, StrokeKind::Inside);
            }
        }
        self.read_out(response, &layout, scale, axis);
        if let Some((instance, at)) = menu {
            *selected = Some(instance);
            return Some(InLanes::Menu { instance, at });
        }
        let asked = match moved? {
            Moved::To(_) if clicked => None,
            Moved::To(seconds) => {
                let at = Time::from_secs_f64(seconds).min(self.timeline.end());
                // A pointer that is held still asks for nothing.
                (at != self.t).then_some(Asked::MoveTo(at))
            }
            Moved::PlayOrPause => Some(Asked::PlayOrPause),
        };
        asked.map(InLanes::Time)
    }

    /// The last moment that is told of.
    fn horizon(&self) -> Time {
        self.up_to.unwrap_or(self.timeline.end())
    }

    /// Checks that have to be passed; none is known to be in vain while what is to come is not told.
    fn needed(&self) -> Option<u32> {
        self.up_to.is_none().then_some(self.checks)
    }

    /// Whether an instance was there by the last moment that is told of.
    fn is_known(&self, number: u32) -> bool {
        self.timeline.life(number).at(self.horizon()).is_some()
    }

    /// Up and down go from row to row, page up and down ten of them.
    fn keys(&self, ui: &Ui, response: &Response, layout: &Layout, selected: &mut Option<u32>) {
        if !response.has_focus() {
            return;
        }
        let held = selected.is_some();
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: held, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let (steps, escape) = ui.input_mut(|input| {
            if !input.modifiers.is_none() {
                return (0, false);
            }
            let mut count = |key| i64::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
            let steps = count(Press::ArrowDown) - count(Press::ArrowUp) + 10 * (count(Press::PageDown) - count(Press::PageUp));
            (steps, held && count(Press::Escape) > 0)
        });
        if escape {
            *selected = None;
        }
        if steps == 0 {
            return;
        }
        let last = self.last_known();
        let to = match *selected {
            // The first key goes to the first row, and the first key up to the last one.
            None if steps > 0 => 0,
            None => last,
            // Where a row stands for several, ten rows are ten times as many.
            Some(number) => {
                let each = layout.lanes.first().map_or(1, layout::Lanes::stands_for);
                let by = if steps.abs() >= 10 { steps * i64::from(each) } else { steps };
                u32::try_from((i64::from(number) + by).max(0)).unwrap_or(u32::MAX).min(last)
            }
        };
        *selected = Some(to);
    }

    /// The last instance that was there by the last moment that is told of: they are launched in the order of their numbers.
    fn last_known(&self) -> u32 {
        if self.up_to.is_none() {
            return self.timeline.instances().saturating_sub(1);
        }
        let (mut low, mut high) = (0, self.timeline.instances());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.is_known(middle) { low = middle + 1 } else { high = middle }
        }
        low.saturating_sub(1)
    }

    /// Tells the pinned row's life to those who cannot see it.
    fn tell(&self, ui: &Ui, lanes: &Response, layout: &Layout, number: u32) {
        let rect = layout.row(number).unwrap_or(lanes.rect);
        let row = ui.interact(rect, lanes.id.with("row"), Sense::hover());
        row.widget_info(|| {
            let life = words::life(number, self.timeline.life(number), self.horizon());
            WidgetInfo::selected(Role::ListBoxOption, true, true, life)
        });
        ui.ctx().accesskit_node_builder(lanes.id, |node| node.set_active_descendant(row.id.accesskit_id()));
    }

    #[expect(clippy::too_many_arguments, reason = "all that a frame is made of")]
    fn paint(&self, ui: &Ui, rect: Rect, state: &mut LanesState, scale: Scale, layout: Layout, axis: &TimeAxis, pinned: Option<u32>) {
        let theme = Theme::of(ui);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0, theme.stage);
        let bottom = layout.pinned.map(|pinned| pinned.top()).or(layout.lanes.last().map(|lanes| lanes.rows.bottom()));
        let rows = Rangef::new(rect.top() + TOP + TIMES, bottom.unwrap_or(rect.bottom()));
        for mark in plots::time_marks(scale.shown) {
            let x = painter.round_to_pixel_center(scale.x(mark));
            painter.vline(x, rows, Stroke::new(1.0, theme.line));
            let at = pos2(x, rows.min - 2.0);
            Text::Label.paint_at(&painter, at, Align2::CENTER_BOTTOM, &numbers::clock(Time::from_secs_f64(mark)), theme.text_dim);
        }
        // What is to come is cut off.
        let until = scale.x(self.horizon().as_secs_f64()).min(scale.across.max);
        let known = painter.with_clip_rect(rect.with_min_x(scale.across.min).with_max_x(until).intersect(painter.clip_rect()));
        for (from_s, to_s) in self.downtime {
            let span = Rect::from_x_y_ranges(Rangef::new(scale.x(*from_s), scale.x(*to_s)), rows);
            known.rect_filled(span, 0, theme.failed_soft);
            // Beside the heading, which begins at the left.
            let line = Text::Label.line(&painter, pictures::downtime(), theme.failed, f32::INFINITY);
            let at = pos2(span.right().min(until) - line.size().x - 6.0, rows.min + 3.0);
            if at.x > span.left() + 4.0 && at.x > scale.across.min + HEADED {
                known.galley(at, line, theme.failed);
            }
        }
        let key = Key {
            revision: self.revision,
            layout,
            scale,
            dark: ui.visuals().dark_mode,
            pixels_per_point: ui.ctx().pixels_per_point(),
            needed: self.needed(),
        };
        if state.picture.as_ref().is_none_or(|picture| picture.key != key) {
            let before = state.picture.take();
            state.picture = Some(Picture::new(ui.ctx(), theme, self.timeline, key, before));
        }
        let Some(picture) = &state.picture else { return };
        known.extend(picture.shapes());
        for span in &picture.words {
            self.write(&known, theme, *span, until);
        }
        let layout = &picture.key.layout;
        self.paint_headings(&painter, theme, layout);
        self.paint_legend(&painter, theme, rect, picture);
        if let Some(place) = layout.pinned {
            self.paint_pinned(&painter, &known, theme, place, scale, pinned, &picture.bad);
        }
        if let Some(row) = pinned.and_then(|number| layout.row(number)) {
            let row = if row.height() >= 14.0 { row.with_max_y(row.bottom() - 3.0) } else { row };
            painter.rect_stroke(row.expand(1.0), 2, Stroke::new(1.5, theme.accent), StrokeKind::Outside);
        }
        let all = Rangef::new(rows.min, layout.pinned.map_or(rows.max, |pinned| pinned.bottom()));
        plots::paint_moments(&painter, theme, axis, scale, all, self.t);
    }

    /// The mark of what an instance does, and the word for it, as far as there is room.
    fn write(&self, painter: &Painter, theme: &Theme, span: Span, until: f32) {
        let Span { rect, presence, in_vain } = span;
        // Room that is still to come is none.
        let rect = rect.with_max_x(rect.right().min(until));
        if rect.width() < MARKED {
            return;
        }
        let colour = if in_vain { theme.failed } else { self.colour_on(theme, presence) };
        let mark = Rect::from_center_size(pos2(rect.left() + 5.0 + MARK / 2.0, rect.center().y), vec2(MARK, MARK));
        if let Some(icon) = stage::mark(presence.state) {
            icon.paint(painter, mark, colour, 1.5);
        }
        let left = mark.right() + 4.0;
        let words = if presence.state == State::InService {
            // What serves says which version it is.
            [pictures::tile_word(presence); 2]
        } else if in_vain {
            [pictures::never_passes(), pictures::unhealthy()]
        } else {
            [state_word(presence.state), pictures::tile_word(presence)]
        };
        for word in words {
            let line = Text::Label.line(painter, word, colour, f32::INFINITY);
            if left + line.size().x + 3.0 <= rect.right() {
                painter.galley(pos2(left, rect.center().y - line.size().y / 2.0), line, colour);
                return;
            }
        }
    }

    fn colour_on(&self, theme: &Theme, presence: Presence) -> Color32 {
        match presence.state {
            State::InService => colours(theme, presence.is_new).on_full,
            State::Dead => theme.on_failed,
            State::Failed => theme.failed,
            State::Draining
            | State::Launching
            | State::Installing
            | State::Starting
            | State::Checking
            | State::Terminating
            | State::Gone => theme.text,
        }
    }

    fn paint_headings(&self, painter: &Painter, theme: &Theme, layout: &Layout) {
        let moment = self.timeline.at(self.t);
        for lanes in &layout.lanes {
            if !self.is_known(lanes.group.instances.first) {
                continue;
            }
            let name = Text::SmallStrong.paint(painter, lanes.heading, Align2::LEFT_CENTER, lanes.group.name, theme.text);
            // How many are still to be launched is not told.
            let known = (self.last_known() + 1).saturating_sub(lanes.group.instances.first).min(lanes.group.instances.count);
            let mut beside = words::in_service(lanes.group.in_service(moment), known);
            if layout.detail == Detail::Dense {
                beside = format!("{beside} · {}", words::row_stands_for(lanes.stands_for()));
            }
            let rest = lanes.heading.with_min_x(name.rect.right() + 12.0);
            Text::Label.paint(painter, rest, Align2::LEFT_CENTER, &beside, theme.text_dim);
            for number in lanes.numbered(14.0).into_iter().filter(|number| self.is_known(*number)) {
                let Some(across) = lanes.row_of(number).map(|row| lanes.across(row)) else { continue };
                let y = if layout.detail == Detail::Words { across.center() - 1.5 } else { across.center() };
                let at = pos2(lanes.rows.left() - 6.0, y);
                Text::Label.paint_at(painter, at, Align2::RIGHT_CENTER, &number_short(number), theme.text_dim);
            }
        }
    }

    /// The states that occur, at the right of the switch, on as many lines as that takes.
    fn paint_legend(&self, painter: &Painter, theme: &Theme, rect: Rect, picture: &Picture) {
        const PATCH: f32 = 14.0;
        let words_in_rows = picture.key.layout.detail == Detail::Words;
        // What is to come is not hinted at.
        let hidden = self.up_to.is_some();
        let mut entries: Vec<(Entry, &str)> = vec![
            (Entry::State(State::InService, false), pictures::old_version()),
            (Entry::State(State::InService, true), pictures::new_version()),
        ];
        let worse = |state: State| matches!(state, State::Dead | State::Failed);
        let of = |state: &State| (Entry::State(*state, true), state_word(*state));
        // What goes wrong comes first: where there is little room the others have to be pointed at.
        if !hidden {
            entries.extend(picture.states.iter().filter(|state| worse(**state)).map(of));
            entries.extend(picture.fails_a_share.then(|| (Entry::FailsAShare, words::fails_a_share())));
        }
        entries.extend(picture.states.iter().filter(|state| **state != State::InService && !worse(**state)).map(of));
        let room = Rangef::new(rect.left() + 184.0, rect.right() - 16.0);
        let wide = |name: &str| PATCH + 6.0 + Text::Label.line(painter, name, theme.text_dim, f32::INFINITY).size().x + 14.0;
        // From the right: lines are filled so that the last one is full.
        let mut lines: Vec<(f32, Vec<(Entry, &str)>)> = Vec::new();
        for (entry, name) in entries {
            let width = wide(name);
            match lines.last_mut() {
                Some((used, line)) if *used + width <= room.span() => {
                    *used += width;
                    line.push((entry, name));
                }
                Some(_) | None => lines.push((width, vec![(entry, name)])),
            }
        }
        lines.truncate(2);
        let first = rect.top() + TOP / 2.0 - LEGEND * (lines.len() as f32 - 1.0) / 2.0;
        let mut pen = Pen::new(theme, painter.pixels_per_point());
        for (i, (used, line)) in lines.iter().enumerate() {
            let y = first + LEGEND * i as f32;
            let mut x = room.max - used + 14.0;
            for (entry, name) in line {
                let patch = Rect::from_min_size(pos2(x, y - 5.5), vec2(PATCH, 11.0));
                match entry {
                    Entry::State(state, is_new) => {
                        let ticks = [patch.left() + 5.0, patch.left() + 9.5];
                        pen.span(patch, *state, *is_new, &ticks, words_in_rows);
                    }
                    Entry::FailsAShare => {
                        pen.span(patch, State::InService, true, &[], false);
                        pen.fails_a_share(patch);
                    }
                }
                let text = Text::Label.paint_at(painter, pos2(patch.right() + 6.0, y), Align2::LEFT_CENTER, name, theme.text_dim);
                x = text.right() + 14.0;
            }
        }
        painter.add(Shape::mesh(std::mem::take(&mut pen.mesh)));
        if !words_in_rows {
            return;
        }
        for (i, (used, line)) in lines.iter().enumerate() {
            let mut x = room.max - used + 14.0;
            for (entry, name) in line {
                let patch = Rect::from_min_size(pos2(x, first + LEGEND * i as f32 - 5.5), vec2(PATCH, 11.0));
                if let Entry::State(state, is_new) = entry
                    && let Some(icon) = stage::mark(*state)
                {
                    let presence = Presence { state: *state, since: Time::ZERO, until: None, is_new: *is_new };
                    icon.paint(painter, patch.shrink(1.5), self.colour_on(theme, presence), 1.2);
                }
                x += wide(name);
            }
        }
    }

    /// The pinned row in large, where rows have no room for words.
    #[expect(clippy::too_many_arguments, reason = "all that a row is made of")]
    fn paint_pinned(
        &self,
        painter: &Painter,
        known: &Painter,
        theme: &Theme,
        place: Rect,
        scale: Scale,
        number: Option<u32>,
        bad: &[(f64, f64)],
    ) {
        let Some(number) = number else {
            Text::Label.paint(painter, place, Align2::LEFT_CENTER, words::pin(), theme.text_dim);
            return;
        };
        let at = pos2(place.left() - 6.0, place.center().y);
        Text::SmallStrong.paint_at(painter, at, Align2::RIGHT_CENTER, &number_short(number), theme.text);
        let mut pen = Pen::new(theme, painter.pixels_per_point());
        let spans: Vec<Span> = picture::spans(self.timeline, number, self.needed(), scale, place.y_range()).collect();
        for span in &spans {
            picture::draw(&mut pen, self.timeline, scale, bad, *span, true);
        }
        known.add(Shape::mesh(std::mem::take(&mut pen.mesh)));
        for span in spans {
            self.write(known, theme, span, known.clip_rect().right());
        }
        painter.rect_stroke(place.expand(1.0), 2, Stroke::new(1.5, theme.accent), StrokeKind::Outside);
    }

    /// What the instance under the pointer does at that moment, since when and for how long.
    fn read_out(&self, response: Response, layout: &Layout, scale: Scale, axis: &TimeAxis) {
        let Some(pointer) = response.hover_pos().filter(|pointer| scale.across.contains(pointer.x)) else { return };
        let at = Time::from_secs_f64(scale.seconds(pointer.x)).min(self.timeline.end());
        let Some(number) = layout.at(pointer.y).filter(|_| at <= self.horizon()) else { return };
        let of = layout.lanes.iter().find(|lanes| lanes.row_of(number).is_some()).map_or(1, layout::Lanes::stands_for);
        let zoomed = axis.is_zoomed();
        response.on_hover_ui_at_pointer(|ui| {
            let presence = self.timeline.life(number).at(at).filter(|presence| presence.state != State::Gone);
            let title = match presence {
                Some(presence) => pictures::instance_title(number, presence.is_new),
                None => numbers::instance(number),
            };
            ui.label(Text::SmallStrong.rich(format!("{} · {title}", numbers::clock(at))));
            match presence {
                Some(presence) => {
                    let told = Presence { until: presence.until.filter(|until| *until <= self.horizon()), ..presence };
                    ui.label(Text::Small.rich(pictures::instance_state(told, at)));
                    if picture::is_in_vain(self.timeline, number, presence, self.needed()) {
                        ui.label(Text::Small.rich(pictures::never_passes()).color(Theme::of(ui).failed));
                    }
                    let error_rate = self.timeline.trouble(self.timeline.at(at)).error_rate;
                    if let Some(consequence) = pictures::instance_consequence(presence, error_rate) {
                        ui.label(Text::Small.rich(consequence).color(Theme::of(ui).failed));
                    }
                }
                None => {
                    ui.label(Text::Small.rich(words::not_there()));
                }
            }
            let dim = Theme::of(ui).text_dim;
            if of > 1 {
                ui.label(Text::Label.rich(words::one_of(number, of)).color(dim));
            }
            ui.label(Text::Label.rich(if zoomed { words::zoomed() } else { words::zoom() }).color(dim));
        });
    }
}

/// An entry of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// A state, of the new version or the old one.
    State(State, bool),
    FailsAShare,
}

/// A number as it stands beside a row: thousands apart where there are any.
fn number_short(number: u32) -> String {
    if number < 999 { numbers::instance(number) } else { numbers::whole(u64::from(number) + 1) }
}
