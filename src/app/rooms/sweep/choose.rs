//! Choose: what a person needs at the left; beside it what meets all of it, best first, and what comes nearest.

use eframe::egui::{Align2, Rect, Ui, pos2};

use super::kept::Kept;
use super::limits::Limits;
use super::table::{ROW, Row, Table};
use super::{figure_value, settings};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::theme::{Text, Theme};
use crate::app::watch;
use crate::metrics::Key;
use crate::scenario::Scenario;
use crate::study::choose::{Candidate, Choice, Need, ReleaseKind, Tried, choose};
use crate::text::{controls, numbers, study, sweep as words};

const SETTINGS: f32 = 312.0;
const HEADING: f32 = 28.0;

/// What the view keeps.
#[derive(Default)]
pub(super) struct Choose {
    limits: Limits,
    chosen: Option<Chosen>,
}

/// A choice, and what it is of.
struct Chosen {
    needs: Vec<Need>,
    minimize: Key,
    of: Scenario,
    choice: Choice,
}

impl Choose {
    /// Shows the view.
    pub(super) fn show(&mut self, ui: &mut Ui, model: &Model, tried: &Kept<Scenario, Vec<Tried>>, commands: &mut Vec<Command>) {
        let n = model.simulated().fleet.instances;
        let rest = settings(ui, SETTINGS, |ui| self.limits.show(ui, n));
        let Some((of, tried)) = tried.answered() else {
            tried.say_working(ui, rest);
            return;
        };
        let (needs, minimize) = (self.limits.needs(n), self.limits.minimized());
        let known = |chosen: &Chosen| chosen.needs == needs && chosen.minimize == minimize && chosen.of == *of;
        let chosen = match self.chosen.take().filter(known) {
            Some(chosen) => chosen,
            None => Chosen { choice: choose(tried, &needs, minimize), needs, minimize, of: of.clone() },
        };
        let picked = show(ui, rest, &chosen, model.simulated());
        if let Some(candidate) = picked {
            let scenario = Scenario { strategy: candidate.strategy.clone(), ..model.simulated().clone() };
            commands.push(Command::WatchAlone(Box::new(scenario)));
        }
        self.chosen = Some(chosen);
    }
}

fn show<'a>(ui: &mut Ui, rest: Rect, chosen: &'a Chosen, present: &Scenario) -> Option<&'a Candidate> {
    let theme = Theme::of(ui);
    let choice = &chosen.choice;
    let top = Rect::from_min_max(rest.min, pos2(rest.right(), rest.top() + 400.0));
    let mut area = watch::area(ui, "sentences", top);
    area.spacing_mut().item_spacing.y = 4.0;
    for sentence in words::choice(choice, &chosen.needs, chosen.minimize) {
        area.label(Text::Body.rich(numbers::unbroken(&sentence)).color(theme.text));
    }
    let below = rest.with_min_y(area.min_rect().bottom() + 8.0);
    let columns = columns(&chosen.needs, chosen.minimize);
    // Both lists share the room, and neither takes more than it has rows.
    #[expect(clippy::cast_precision_loss, reason = "places on the screen")]
    let wants = |rows: usize| ROW * (rows + 1) as f32 + 8.0;
    let all = below.height() - 2.0 * HEADING - 8.0;
    let (first, second) = (choice.suitable.len(), choice.others.len());
    let least = (all * 0.4).min(wants(second));
    let first_height = if first == 0 { 0.0 } else { wants(first).min(all - if second == 0 { 0.0 } else { least }) };
    let mut picked = None;
    let mut top = below.top();
    let heading = |ui: &Ui, top: f32, text: &str, count: usize| {
        let at = Rect::from_min_max(pos2(rest.left(), top), pos2(rest.right(), top + HEADING));
        let heading = format!("{text} ({})", numbers::amount(count as f64));
        Text::Section.paint(ui.painter(), at, Align2::LEFT_CENTER, &heading, theme.text);
    };
    if first > 0 {
        heading(ui, top, words::suitable(), first);
        top += HEADING;
        let place = Rect::from_min_max(pos2(rest.left(), top), pos2(rest.right(), top + first_height));
        let mut area = watch::area(ui, "suitable", place);
        picked = table(&mut area, words::suitable(), &choice.suitable, &columns, false, present);
        top += first_height + 8.0;
    }
    if second > 0 {
        heading(ui, top, words::nearest(), second);
        top += HEADING;
        let height = (below.bottom() - top).min(wants(second)).max(0.0);
        let place = Rect::from_min_max(pos2(rest.left(), top), pos2(rest.right(), top + height));
        let mut area = watch::area(ui, "nearest", place);
        picked = picked.or(table(&mut area, words::nearest(), &choice.others, &columns, true, present));
    }
    picked
}

/// What is to be as good as can be, each figure that is asked about, and what is always worth a look, each once.
fn columns(needs: &[Need], minimize: Key) -> Vec<(ReleaseKind, Key)> {
    /// More would have no room.
    const MOST: usize = 5;
    let asked = needs.iter().map(|need| (need.release, need.requirement.key));
    let mut columns = vec![(ReleaseKind::Healthy, minimize)];
    for column in asked.chain([(ReleaseKind::Healthy, Key::Duration), (ReleaseKind::Healthy, Key::MinCapacity)]) {
        if !columns.contains(&column) && columns.len() < MOST {
            columns.push(column);
        }
    }
    columns
}

fn table<'a>(
    ui: &mut Ui,
    name: &str,
    candidates: &'a [Candidate],
    columns: &[(ReleaseKind, Key)],
    misses: bool,
    present: &Scenario,
) -> Option<&'a Candidate> {
    let mut headings = vec![controls::strategy().to_owned()];
    headings.extend(columns.iter().map(|(release, key)| match release {
        ReleaseKind::Healthy => study::figure(*key),
        ReleaseKind::Bad => study::figure_if_bad(*key),
    }));
    let mut widths = vec![3.3];
    widths.extend(columns.iter().map(|_| 1.1));
    if misses {
        headings.push(words::misses().to_owned());
        widths.push(2.6);
    }
    let table = Table { name, headings: &headings, widths: &widths, words_last: misses };
    let picked = table.show(ui, candidates.len(), |i| {
        let Some(candidate) = candidates.get(i) else { return Row { cells: Vec::new(), now: false, on: false } };
        let mut cells = vec![words::strategy(&candidate.strategy)];
        cells.extend(columns.iter().map(|(release, key)| figure_value(*key, candidate.figures(*release).get(*key))));
        if misses {
            cells.push(candidate.misses.iter().map(words::missed).collect::<Vec<_>>().join("; "));
        }
        Row { cells, now: candidate.strategy == present.strategy, on: true }
    });
    picked.and_then(|i| candidates.get(i))
}
