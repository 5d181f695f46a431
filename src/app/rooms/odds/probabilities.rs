//! How likely it is: tiles for what may happen, lines for the targets, and what the alarm can tell.

use eframe::egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::app::theme::{RADIUS, Text, Theme};
use crate::app::widgets::ring;
use crate::study::odds::judgement::Judgement;
use crate::study::odds::{Probability, Report};
use crate::study::require::Requirement;
use crate::text::{chances as words, odds};

const TILE: f32 = 72.0;
const LINE: f32 = 32.0;
pub(super) const GAP: f32 = 12.0;
/// What is said of every run; then come the targets.
const ALWAYS: usize = 5;

/// Something that is said with a probability.
struct Said<'a> {
    what: &'a str,
    share: String,
    below: String,
    /// All of it in one sentence.
    whole: String,
    /// A run in which it was so.
    seed: Option<u64>,
}

/// The tiles and the lines. The seed of a run that should be watched.
pub(super) fn show(ui: &mut Ui, report: &Report, targets: &[Requirement], judged: Option<&Judgement>) -> Option<u64> {
    let said = |what: &str, p: &Probability| {
        (odds::share(p.probability), words::interval(p.interval), words::chance(what, p.probability, p.interval))
    };
    let names: Vec<String> = report.probabilities.iter().map(|p| odds::happens(&p.of)).collect();
    let mut tiles: Vec<Said<'_>> = Vec::new();
    for (p, what) in report.probabilities.iter().zip(&names).take(ALWAYS) {
        let (share, below, whole) = said(what, p);
        tiles.push(Said { what, share, below, whole, seed: p.seed });
    }
    for (what, probability) in judged.iter().flat_map(|j| [(words::missed(), 1.0 - j.catches), (words::false_alarm(), j.false_alarm)]) {
        let share = odds::share(probability);
        let whole = format!("{what}: {share}");
        tiles.push(Said { what, share, below: words::in_first_step().to_owned(), whole, seed: None });
    }
    let mut asked = row(ui, &tiles);
    let kept = report.probabilities.iter().skip(ALWAYS);
    // All of them together come first; with one target that is the same.
    let together = kept.clone().take(1).map(|p| (words::all_kept(targets), p));
    let each = kept.skip(1).zip(targets).map(|(p, target)| (words::kept(target), p));
    let lines: Vec<_> = if targets.len() > 1 { together.chain(each).collect() } else { each.collect() };
    for (i, (what, p)) in lines.iter().enumerate() {
        let (share, below, whole) = said(what, p);
        let target = Said { what, share, below, whole, seed: p.missed_seed };
        asked = line(ui, &target, i == 0).or(asked);
    }
    if let Some(judged) = judged {
        let theme = Theme::of(ui);
        ui.add_space(4.0);
        ui.label(Text::Small.rich(odds::judgement(judged).join(" ")).color(theme.text_dim));
    }
    asked
}

/// Tiles side by side, in as many rows as it takes.
fn row(ui: &mut Ui, tiles: &[Said<'_>]) -> Option<u64> {
    const NARROWEST: f32 = 150.0;
    let width = ui.available_width();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of tiles")]
    let fit = (((width + GAP) / (NARROWEST + GAP)) as usize).clamp(1, tiles.len().max(1));
    let rows = tiles.len().div_ceil(fit);
    let columns = tiles.len().div_ceil(rows.max(1)).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a handful of tiles")]
    let (each, height) = ((width - GAP * (columns - 1) as f32) / columns as f32, rows as f32 * (TILE + GAP) - GAP);
    let (whole, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let mut asked = None;
    for (i, tile) in tiles.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful of tiles")]
        let corner = vec2((i % columns) as f32 * (each + GAP), (i / columns) as f32 * (TILE + GAP));
        let rect = Rect::from_min_size(whole.min + corner, vec2(each, TILE));
        if place(ui, rect, tile, words::watch_one()) {
            asked = tile.seed;
        }
        let theme = Theme::of(ui);
        let inner = rect.shrink2(vec2(12.0, 8.0));
        let third = |top: f32, height: f32| Rect::from_min_size(inner.min + vec2(0.0, top), vec2(inner.width(), height));
        Text::Small.paint(ui.painter(), third(0.0, 16.0), Align2::LEFT_CENTER, tile.what, theme.text_dim);
        Text::Question.paint(ui.painter(), third(16.0, 26.0), Align2::LEFT_CENTER, &tile.share, theme.text);
        Text::Label.paint(ui.painter(), third(42.0, 14.0), Align2::LEFT_CENTER, &tile.below, theme.text_dim);
    }
    asked
}

/// A target, over the whole width.
fn line(ui: &mut Ui, target: &Said<'_>, first: bool) -> Option<u64> {
    if first {
        ui.add_space(8.0);
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let rect = rect.with_max_y(rect.bottom() - 4.0);
    let clicked = ui.push_id(target.what, |ui| place(ui, rect, target, words::watch_miss())).inner;
    let theme = Theme::of(ui);
    let inner = rect.shrink2(vec2(12.0, 0.0));
    let below = Text::Small.line(ui.painter(), &target.below, theme.text_dim, f32::INFINITY).size().x;
    let share = Text::Title.line(ui.painter(), &target.share, theme.text, f32::INFINITY).size().x;
    let what = inner.with_max_x((inner.right() - below - share - 24.0).max(inner.left()));
    let end = Text::Body.paint(ui.painter(), what, Align2::LEFT_CENTER, target.what, theme.text).rect.right();
    let after = Text::Title.paint(ui.painter(), inner.with_min_x(end + 12.0), Align2::LEFT_CENTER, &target.share, theme.text).rect.right();
    Text::Small.paint(ui.painter(), inner.with_min_x(after + 12.0), Align2::LEFT_CENTER, &target.below, theme.text_dim);
    clicked.then_some(target.seed).flatten()
}

/// Where a probability stands; whether a run of it is asked for.
fn place(ui: &mut Ui, rect: Rect, said: &Said<'_>, hint: &str) -> bool {
    let theme = Theme::of(ui);
    let can = said.seed.is_some();
    let response = ui.interact(rect, ui.scope_id().with(said.what), if can { Sense::click() } else { Sense::hover() });
    let role = if can { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, &said.whole));
    let outline = if can && response.hovered() { theme.line_strong } else { theme.line };
    ui.painter().rect(rect, CornerRadius::same(8), theme.panel, Stroke::new(1.0, outline), StrokeKind::Inside);
    ring(ui, &response, rect, RADIUS);
    let clicked = response.clicked();
    if can {
        response.on_hover_text(hint);
    }
    clicked
}
