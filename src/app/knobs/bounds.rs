//! What Amazon ECS' rolling update and Auto Scaling's instance refresh can be told: bounds, a breaker, checkpoints.

use eframe::egui::Ui;

use super::part::{of_percent, percent, percent_within};
use super::{choice, duration, note};
use crate::app::widgets::{NumberRow, TextRow};
use crate::scenario::{CircuitBreaker, Threshold, limits};
use crate::strategy::{RefreshBounds, TaskBounds};
use crate::text::faults as words;
use crate::units::{Duration, Share};

/// The most that either may run, of the desired number.
const TWICE: Share = Share::from_percent(200);

/// A list of checkpoints needs more room than a duration.
const LIST_WIDTH: f32 = 120.0;

/// The bounds of a service of `n` tasks and its circuit breaker.
pub fn ecs(ui: &mut Ui, n: u32, minimum: &mut Share, maximum: &mut Share, breaker: &mut Option<CircuitBreaker>) {
    percent(ui, words::tasks_minimum(), minimum, Share::NONE);
    percent_within(ui, words::tasks_maximum(), maximum, Share::WHOLE..=TWICE);
    note(ui, &words::tasks_come_to(TaskBounds::of(n, *minimum, *maximum), n));
    let threshold = breaker.map_or(Threshold::DEFAULT, |breaker| breaker.threshold);
    match choice(ui, words::breaker(), words::breaker_index(*breaker), &words::breakers()) {
        Some(0) => *breaker = None,
        Some(way) => *breaker = Some(CircuitBreaker { threshold, rollback: way == 2 }),
        None => {}
    }
    if let Some(breaker) = breaker {
        counts_to(ui, n, &mut breaker.threshold);
        note(ui, &words::breaker_comes_to(breaker.threshold.of(n)));
    }
}

fn counts_to(ui: &mut Ui, n: u32, threshold: &mut Threshold) {
    let half = Share::from_percent(50);
    let share = match *threshold {
        Threshold::BoundedPercent(share) | Threshold::UnboundedPercent(share) => share,
        Threshold::Count(_) => half,
    };
    match choice(ui, words::breaker_threshold(), words::threshold_index(*threshold), &words::breaker_thresholds()) {
        Some(0) => *threshold = Threshold::BoundedPercent(share),
        Some(1) => *threshold = Threshold::UnboundedPercent(share),
        Some(_) => *threshold = Threshold::Count(threshold.of(n)),
        None => {}
    }
    match threshold {
        Threshold::BoundedPercent(share) | Threshold::UnboundedPercent(share) => {
            percent(ui, words::failed_tasks(), share, Share::from_ppm(1));
        }
        Threshold::Count(count) => {
            let (label, hover) = words::failed_tasks();
            let mut typed = *count;
            if ui.add(NumberRow::new(label, &mut typed, 1..=limits::MAX_INSTANCES).unit(words::tasks_unit()).hover(hover)).changed() {
                *count = typed;
            }
        }
    }
}

/// The bounds of an instance refresh of `n` instances.
pub fn refresh(ui: &mut Ui, n: u32, minimum: &mut Share, maximum: &mut Share) {
    percent(ui, words::refresh_minimum(), minimum, Share::NONE);
    // The two are at most 100 % apart.
    let most = Share::from_ppm(minimum.as_ppm() + Share::WHOLE.as_ppm());
    *maximum = (*maximum).min(most);
    percent_within(ui, words::refresh_maximum(), maximum, Share::WHOLE..=most);
    note(ui, &words::refresh_comes_to(RefreshBounds::of(n, *minimum, *maximum)));
}

/// Where it pauses, and how long.
pub fn checkpoints(ui: &mut Ui, checkpoints: &mut Vec<Share>, delay: &mut Duration) {
    let (label, hover) = words::checkpoints();
    let text = checkpoints.iter().map(Share::to_string).collect::<Vec<_>>().join(", ");
    let read = |text: &str| read_checkpoints(text).ok_or_else(|| words::no_checkpoints().to_owned());
    if let Some(read) = TextRow::new(label, &text).width(LIST_WIDTH).hover(hover).show(ui, read).value {
        *checkpoints = read;
    }
    if !checkpoints.is_empty() {
        duration(ui, words::checkpoint_delay(), delay, Duration::ZERO..=limits::MAX_DURATION);
    }
}

/// Rising percentages from 1 to 100; nothing is none.
fn read_checkpoints(text: &str) -> Option<Vec<Share>> {
    let parts = text.split([',', ' ', '%']).filter(|part| !part.is_empty());
    let shares: Vec<Share> = parts.map(|part| part.parse::<f64>().ok().map(of_percent)).collect::<Option<_>>()?;
    let in_range = shares.iter().all(|share| (Share::from_percent(1)..=Share::WHOLE).contains(share));
    (in_range && shares.is_sorted_by(|a, b| a < b) && shares.len() <= limits::MAX_LIST).then_some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_are_rising_percentages() {
        let percents = |percents: &[u32]| Some(percents.iter().copied().map(Share::from_percent).collect::<Vec<_>>());
        assert_eq!(read_checkpoints("20, 50 100"), percents(&[20, 50, 100]));
        assert_eq!(read_checkpoints(" 20 %,50%"), percents(&[20, 50]));
        assert_eq!(read_checkpoints(""), percents(&[]));
        for wrong in ["50, 20", "20, 20", "0", "101", "half", "NaN", "-5"] {
            assert_eq!(read_checkpoints(wrong), None, "{wrong}");
        }
    }
}
