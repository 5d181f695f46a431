//! The transport's ribbon: the whole deployment as a row of phases, with a handle at the playhead to drag.

use eframe::egui::{
    Color32, CornerRadius, CursorIcon, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::event_mark::{self, EventAsk, EventMark};
use super::slide::{self, Arrows, Ask};
use super::{Icon, focus};
use crate::app::theme::{Text, Theme, Tone};

/// A part of the whole, `from` and `to` as shares of it, 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// What it is called.
    pub label: String,
    /// Where it begins.
    pub from: f64,
    /// Where it ends; not before it begins.
    pub to: f64,
    /// Which way it goes.
    pub look: PhaseLook,
}

/// How a phase looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhaseLook {
    /// It goes forward.
    #[default]
    Forward,
    /// It went wrong, and nothing is done about it.
    Halted,
    /// It goes back: hatched, so that it is told without colours too.
    Back,
}

/// A moment worth finding again. A click goes there.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What happened.
    pub label: String,
    /// When, as a share of the whole, 0 to 1.
    pub at: f64,
    /// What it means.
    pub tone: Tone,
    /// What is drawn; none is the tone's own shape.
    pub icon: Option<Icon>,
}

/// The ribbon. Everything is a share of the whole, 0 to 1.
pub struct Ribbon<'a> {
    name: &'a str,
    phases: &'a [Phase],
    marks: &'a [Mark],
    names_marks: bool,
    events: &'a [EventMark],
    ghost: Option<Ghost<'a>>,
    at: f64,
    value_text: &'a str,
    step: f64,
    page: f64,
}

/// The phases of another outcome, and how long it is in shares of this one.
#[derive(Clone, Copy)]
struct Ghost<'a> {
    phases: &'a [Phase],
    whole: f64,
}

/// What came of showing the ribbon.
pub struct RibbonResponse {
    /// The whole ribbon.
    pub response: Response,
    /// Where the person moved the playhead to, 0 to 1.
    pub moved_to: Option<f64>,
    /// What the person wants of an event, by its place among those shown.
    pub event: Option<(usize, EventAsk)>,
}

const HEIGHT: f32 = 44.0;
const BAR: (f32, f32) = (10.0, 26.0);
const HANDLE: f32 = 8.0;
/// The middle of the marks above the bar, and the size of what is clicked.
const MARKS: f32 = 7.0;
const MARK: f32 = 16.0;
/// The heads of events, above the marks.
const EVENTS: f32 = 16.0;
/// The line of the other outcome under the bar.
const GHOST: (f32, f32) = (2.0, 4.0);
/// Phases narrower than this are drawn as one.
const NARROWEST: f32 = 2.0;

impl<'a> Ribbon<'a> {
    /// A ribbon named `name` with the playhead `at`. `phases` are in the order of time and do not overlap.
    pub fn new(name: &'a str, phases: &'a [Phase], at: f64) -> Self {
        Ribbon {
            name,
            phases,
            marks: &[],
            names_marks: false,
            events: &[],
            ghost: None,
            at: at.clamp(0.0, 1.0),
            value_text: "",
            step: 0.01,
            page: 0.1,
        }
    }

    /// The moments marked above the phases, in the order of time.
    pub fn marks(mut self, marks: &'a [Mark]) -> Self {
        self.marks = marks;
        self
    }

    /// Says under the bar what the marks are, as far as there is room.
    pub fn naming_marks(mut self) -> Self {
        self.names_marks = true;
        self
    }

    /// What a person lets happen, pinned above the marks: it can be moved.
    pub fn events(mut self, events: &'a [EventMark]) -> Self {
        self.events = events;
        self
    }

    /// Another outcome as a pale line: its phases, and how long it is as a share of this one.
    pub fn ghost(mut self, phases: &'a [Phase], whole: f64) -> Self {
        self.ghost = Some(Ghost { phases, whole });
        self
    }

    /// How the playhead's place reads, such as a time.
    pub fn value_text(mut self, text: &'a str) -> Self {
        self.value_text = text;
        self
    }

    /// How far an arrow key goes, and how far page up and down do.
    pub fn steps(mut self, step: f64, page: f64) -> Self {
        (self.step, self.page) = (step, page);
        self
    }

    /// Shows the ribbon over the whole width.
    pub fn show(self, ui: &mut Ui) -> RibbonResponse {
        let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
        let bar = Rect::from_min_max(pos2(rect.left(), rect.top() + BAR.0), pos2(rect.right(), rect.top() + BAR.1));
        let scale = Scale { left: bar.left(), width: bar.width().max(1.0) };

        let mut at = self.at;
        if let Some(pointer) = slide::held_at(&response) {
            at = scale.share(pointer.x);
        }
        for ask in slide::asks(ui, &response, Arrows::Horizontal) {
            at = match ask {
                Ask::Steps(steps) => at + self.step * f64::from(steps),
                Ask::Pages(pages) => at + self.page * f64::from(pages),
                Ask::Start => 0.0,
                Ask::End => 1.0,
                Ask::Value(wanted) => wanted,
            }
            .clamp(0.0, 1.0);
        }
        let mut moved_to = (at != self.at).then_some(at);
        if moved_to.is_some() {
            response.mark_changed();
        }
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), at, self.name));
        slide::tell(ui, &response, (0.0, 1.0), self.step, self.value_text);

        if ui.is_rect_visible(rect) {
            self.paint(ui, &response, bar, scale, at);
        }
        if self.names_marks && ui.is_rect_visible(rect) {
            paint_names(ui.painter(), Theme::of(ui), bar, self.marks, scale);
        }
        for (i, mark) in self.marks.iter().enumerate() {
            moved_to = self.show_mark(ui, &response, bar, scale, (i, mark)).or(moved_to);
        }
        let mut event = None;
        for (i, mark) in self.events.iter().enumerate() {
            let (x, y) = (scale.x(mark.at), bar.top() - EVENTS);
            let steps = (self.step, self.page, 1.0 / f64::from(scale.width));
            let asked = event_mark::show(ui, response.id.with(("event", i)), mark, (x, y, bar.bottom()), steps);
            event = asked.map(|asked| (i, asked)).or(event);
        }
        if let Some(label) = response.hover_pos().and_then(|pointer| self.label_at(scale, pointer.x)) {
            response = response.on_hover_text_at_pointer(label);
        }
        RibbonResponse { response: response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal), moved_to, event }
    }

    fn paint(&self, ui: &Ui, response: &Response, bar: Rect, scale: Scale, at: f64) {
        let theme = Theme::of(ui);
        let painter = ui.painter();
        let playhead = scale.x(at);
        for block in blocks(self.phases, scale) {
            paint_block(painter, theme, bar, &block, playhead);
            if let Some(label) = block.label {
                paint_label(painter, theme, bar, &block, label, playhead);
            }
        }
        if let Some(ghost) = self.ghost {
            paint_ghost(painter, theme, bar, ghost, scale);
        }
        if let Some(pointer) = response.hover_pos().filter(|_| !response.dragged()) {
            let x = painter.round_to_pixel_center(pointer.x.clamp(bar.left(), bar.right()));
            painter.vline(x, bar.y_range(), Stroke::new(1.0, theme.text_dim));
        }
        let centre = pos2(playhead, bar.center().y);
        painter.circle(centre, HANDLE - 1.0, theme.panel, Stroke::new(3.0, theme.accent));
        if response.has_focus() {
            painter.circle_stroke(centre, HANDLE + 3.0, Stroke::new(2.0, theme.focus.gamma_multiply(0.5)));
        }
    }

    /// A mark is a button of its own: it is found by its name, and goes to its moment. One that would stand on the one
    /// before it is not drawn.
    fn show_mark(&self, ui: &Ui, ribbon: &Response, bar: Rect, scale: Scale, (i, mark): (usize, &Mark)) -> Option<f64> {
        let x = scale.x(mark.at);
        if i.checked_sub(1).and_then(|before| self.marks.get(before)).is_some_and(|before| x - scale.x(before.at) < NARROWEST) {
            return None;
        }
        let centre = pos2(x, bar.top() - MARKS);
        let rect = Rect::from_center_size(centre, vec2(MARK, MARK));
        let response = ui.interact(rect, ribbon.id.with(("mark", i)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &mark.label));
        if ui.is_rect_visible(rect) {
            let theme = Theme::of(ui);
            let colour = theme.tone(mark.tone);
            if response.hovered() {
                ui.painter().circle_filled(centre, MARK / 2.0, theme.hover);
            }
            match mark.icon {
                Some(icon) => icon.paint(ui.painter(), Rect::from_center_size(centre, vec2(12.0, 12.0)), colour, 1.5),
                None => paint_mark(ui.painter(), centre, colour, mark.tone),
            }
            focus::ring(ui, &response, rect, 4);
        }
        let clicked = response.clicked();
        response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&mark.label);
        clicked.then_some(mark.at)
    }

    /// What stands at `x`: a mark close by, or else the phase.
    fn label_at(&self, scale: Scale, x: f32) -> Option<&'a str> {
        let share = scale.share(x);
        let near = self.marks.partition_point(|mark| mark.at < share);
        let mark = [near.checked_sub(1), Some(near)]
            .into_iter()
            .flatten()
            .filter_map(|i| self.marks.get(i))
            .map(|mark| (mark, (scale.x(mark.at) - x).abs()))
            .filter(|(_, distance)| *distance <= 4.0)
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((mark, _)) = mark {
            return Some(&mark.label);
        }
        let phase = self.phases.get(self.phases.partition_point(|phase| phase.to <= share))?;
        (phase.from <= share).then_some(phase.label.as_str())
    }
}

/// From shares of the whole to points on the screen and back.
#[derive(Clone, Copy)]
struct Scale {
    left: f32,
    width: f32,
}

impl Scale {
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen needs no more than f32")]
    fn x(self, share: f64) -> f32 {
        self.left + (f64::from(self.width) * share.clamp(0.0, 1.0)) as f32
    }

    fn share(self, x: f32) -> f64 {
        (f64::from(x - self.left) / f64::from(self.width)).clamp(0.0, 1.0)
    }
}

/// One block to draw: a phase, or several too narrow to tell apart.
struct Block<'a> {
    from: f32,
    to: f32,
    label: Option<&'a str>,
    look: PhaseLook,
}

/// At most one block each [`NARROWEST`] points, however many phases there are; phases of different looks are never one.
fn blocks(phases: &[Phase], scale: Scale) -> impl Iterator<Item = Block<'_>> {
    let mut rest = phases;
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let from = scale.x(first.from);
        let narrow = rest.partition_point(|phase| scale.x(phase.to) - from < NARROWEST);
        let narrow = rest.iter().take(narrow).take_while(|phase| phase.look == first.look).count();
        // The one that makes it wide enough belongs to it.
        let next = rest.get(narrow).is_some_and(|phase| phase.look == first.look);
        let taken = narrow + usize::from(next);
        let (these, others) = rest.split_at(taken);
        rest = others;
        let to = these.last().map_or(from, |last| scale.x(last.to));
        Some(Block { from, to, label: (taken == 1).then_some(first.label.as_str()), look: first.look })
    })
}

fn paint_block(painter: &Painter, theme: &Theme, bar: Rect, block: &Block<'_>, playhead: f32) {
    let width = block.to - block.from;
    // The gap to the next one, as far as there is room for it.
    let gap = match width {
        _ if block.to >= bar.right() => 0.0,
        12.0.. => 3.0,
        4.0.. => 1.0,
        _ => 0.0,
    };
    let wide = width >= 12.0;
    let left = if wide || block.from <= bar.left() { 4 } else { 0 };
    let right = if wide || block.to >= bar.right() { 4 } else { 0 };
    let rounded = CornerRadius { nw: left, sw: left, ne: right, se: right };
    let rect = Rect::from_min_max(pos2(block.from, bar.top()), pos2(block.to - gap, bar.bottom()));
    let (passed, passing) = match block.look {
        PhaseLook::Forward => (theme.passed, theme.passing),
        PhaseLook::Halted => (theme.failed_soft, theme.failed_soft),
        PhaseLook::Back => (theme.passed_back, theme.passing_back),
    };
    if playhead >= block.to {
        painter.rect_filled(rect, rounded, passed);
    } else {
        painter.rect_filled(rect, rounded, theme.tile);
        if playhead > block.from {
            let played = rect.with_max_x(playhead.min(rect.right()));
            painter.rect_filled(played, CornerRadius { ne: 0, se: 0, ..rounded }, passing);
        }
    }
    match block.look {
        PhaseLook::Forward => {}
        PhaseLook::Halted => {
            painter.rect_stroke(rect, rounded, Stroke::new(1.0, theme.failed), StrokeKind::Inside);
        }
        PhaseLook::Back => {
            let played = rect.with_max_x(playhead.clamp(rect.left(), rect.right()));
            hatch(painter, played, rect.left(), theme.panel);
            hatch(painter, rect.with_min_x(played.right()), rect.left(), theme.passed_back);
        }
    }
}

/// Strokes that lean back, over a part of a block that begins at `left`.
fn hatch(painter: &Painter, rect: Rect, left: f32, colour: Color32) {
    const EVERY: f32 = 8.0;
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let lean = rect.height() / 2.0;
    let mut x = left;
    let mut strokes = Vec::new();
    while x < rect.right() + lean {
        if x >= rect.left() {
            strokes.push(Shape::line_segment([pos2(x - lean, rect.top()), pos2(x, rect.bottom())], Stroke::new(2.0, colour)));
        }
        x += EVERY;
    }
    painter.extend(strokes);
}

/// A pale line with a gap between two phases, and a foot where it ends if that is before the end.
fn paint_ghost(painter: &Painter, theme: &Theme, bar: Rect, ghost: Ghost<'_>, scale: Scale) {
    // Longer than this one, it goes out at the right.
    let of_ghost = Scale { width: (scale.width * whole_f32(ghost.whole)).max(1.0), ..scale };
    let colours = |look| match look {
        PhaseLook::Forward => theme.line_strong,
        PhaseLook::Halted => theme.failed,
        PhaseLook::Back => theme.passed_back,
    };
    let mut end = bar.left();
    for block in blocks(ghost.phases, of_ghost) {
        if block.from >= bar.right() {
            break;
        }
        let gap = if block.to - block.from >= 4.0 { 1.0 } else { 0.0 };
        let to = (block.to - gap).min(bar.right());
        painter.rect_filled(
            Rect::from_min_max(pos2(block.from, bar.bottom() + GHOST.0), pos2(to, bar.bottom() + GHOST.1)),
            0,
            colours(block.look),
        );
        end = block.to;
    }
    if end < bar.right() - 1.0 {
        painter.vline(end, bar.bottom() - 1.0..=bar.bottom() + GHOST.1, Stroke::new(1.5, theme.line_strong));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the screen needs no more than f32")]
fn whole_f32(whole: f64) -> f32 {
    whole.clamp(0.0, 1e4) as f32
}

fn paint_label(painter: &Painter, theme: &Theme, bar: Rect, block: &Block<'_>, label: &str, playhead: f32) {
    let width = block.to - block.from - 2.0;
    if width < 16.0 {
        return;
    }
    let now = playhead >= block.from && playhead < block.to;
    let colour = if now { theme.text } else { theme.text_dim };
    let line = Text::Label.line(painter, label, colour, width);
    // A label that would be cut is left to hovering.
    if !line.elided {
        painter.galley(pos2(block.from, bar.bottom() + 3.0), line, colour);
    }
}

/// The marks' names under the bar, each under its mark. From the last one on: where two have no room the later one stands,
/// and the other is left to hovering.
fn paint_names(painter: &Painter, theme: &Theme, bar: Rect, marks: &[Mark], scale: Scale) {
    let mut room = bar.right();
    for mark in marks.iter().rev() {
        let x = scale.x(mark.at);
        let line = Text::Label.line(painter, &mark.label, theme.text_dim, f32::INFINITY);
        let left = (x - line.size().x / 2.0).min(bar.right() - line.size().x);
        if left < bar.left() || left + line.size().x > room {
            continue;
        }
        room = left - 12.0;
        painter.vline(painter.round_to_pixel_center(x), bar.y_range(), Stroke::new(1.0, theme.text_dim));
        painter.galley(pos2(left, bar.bottom() + 3.0), line, theme.text_dim);
    }
}

/// A mark's shape tells its tone too.
fn paint_mark(painter: &Painter, centre: Pos2, colour: Color32, tone: Tone) {
    let around = |points: &[(f32, f32)]| points.iter().map(|&(x, y)| centre + vec2(x, y)).collect::<Vec<_>>();
    match tone {
        Tone::Neutral => {
            painter.circle_filled(centre, 2.5, colour);
        }
        Tone::Good => {
            painter.line(around(&[(-3.5, 0.0), (-1.0, 2.5), (3.5, -2.5)]), Stroke::new(1.5, colour));
        }
        Tone::Warning => {
            painter.add(Shape::convex_polygon(around(&[(0.0, -3.5), (4.0, 3.0), (-4.0, 3.0)]), colour, Stroke::NONE));
        }
        Tone::Bad => {
            painter.add(Shape::convex_polygon(around(&[(0.0, -4.5), (4.5, 0.0), (0.0, 4.5), (-4.5, 0.0)]), colour, Stroke::NONE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equal_phases(n: u32) -> Vec<Phase> {
        let at = |i: u32| f64::from(i) / f64::from(n);
        (0..n).map(|i| Phase { label: i.to_string(), from: at(i), to: at(i + 1), look: PhaseLook::Forward }).collect()
    }

    #[test]
    fn few_phases_are_drawn_one_by_one_with_their_labels() {
        let phases = equal_phases(4);
        let drawn: Vec<_> = blocks(&phases, Scale { left: 10.0, width: 400.0 }).collect();
        assert_eq!(drawn.iter().map(|b| b.label).collect::<Vec<_>>(), [Some("0"), Some("1"), Some("2"), Some("3")]);
        // 400 points in 4 phases from 10: 10 to 110, ..., 310 to 410
        assert_eq!((drawn[0].from, drawn[0].to), (10.0, 110.0));
        assert_eq!((drawn[3].from, drawn[3].to), (310.0, 410.0));
    }

    #[test]
    fn a_hundred_thousand_phases_are_at_most_one_block_each_two_points_and_leave_no_hole() {
        let phases = equal_phases(100_000);
        let drawn: Vec<_> = blocks(&phases, Scale { left: 0.0, width: 700.0 }).collect();
        assert!(drawn.len() <= 350, "{} blocks on 700 points", drawn.len());
        assert!(drawn.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert_eq!((drawn[0].from, drawn[drawn.len() - 1].to), (0.0, 700.0));
        assert!(drawn.iter().all(|block| block.label.is_none()));
    }

    #[test]
    fn the_way_back_is_never_one_block_with_the_way_forward() {
        let mut phases = equal_phases(1_000);
        for phase in &mut phases[500..] {
            phase.look = PhaseLook::Back;
        }
        let drawn: Vec<_> = blocks(&phases, Scale { left: 0.0, width: 350.0 }).collect();
        // It turns in the middle, at 175 points.
        let turn = drawn.iter().position(|block| block.look == PhaseLook::Back).unwrap_or(0);
        assert_eq!((drawn[turn - 1].to, drawn[turn].from), (175.0, 175.0));
        assert!(drawn[turn..].iter().all(|block| block.look == PhaseLook::Back));
        assert!(drawn.windows(2).all(|pair| pair[0].to == pair[1].from) && drawn.len() <= 176, "{}", drawn.len());
    }

    #[test]
    fn the_label_under_the_pointer_is_the_phase_or_a_mark_close_by() {
        let phases = equal_phases(4);
        let marks = [Mark { label: "alarm".into(), at: 0.5, tone: Tone::Bad, icon: None }];
        let ribbon = Ribbon::new("time", &phases, 0.0).marks(&marks);
        let scale = Scale { left: 0.0, width: 400.0 };
        assert_eq!(ribbon.label_at(scale, 50.0), Some("0"));
        assert_eq!(ribbon.label_at(scale, 195.0), Some("1"));
        // The mark stands at 200; 4 points around it are its own.
        assert_eq!(ribbon.label_at(scale, 196.0), Some("alarm"));
        assert_eq!(ribbon.label_at(scale, 204.0), Some("alarm"));
        assert_eq!(ribbon.label_at(scale, 205.0), Some("2"));
        assert_eq!(Ribbon::new("time", &[], 0.0).label_at(scale, 50.0), None);
    }
}
