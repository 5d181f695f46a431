//! Instance refresh: Auto Scaling takes instances out and launches replacements, batch by batch, with pauses at
//! checkpoints.
//!
//! Sources: EC2 Auto Scaling's user guide, "How an instance refresh works" and "Add checkpoints to an instance refresh",
//! and the API's `RefreshPreferences`. The least is rounded up; how the most is rounded is not documented: down, as
//! Amazon ECS does, and at least one more than the group where it is above 100 %, or nothing could start first. With
//! 100 % at most, a minimum that leaves no room still lets one instance go at a time (the guide says so of 100 %). A
//! batch is cut short so as to stop at a checkpoint, and goes on after the delay; there is no delay after the last
//! checkpoint: the guide's `[1, 20]` waits after 1 % and concludes with the next 19 %.

use super::phase;
use crate::plan::{Controller, Phase, PhaseLabel, Step};
use crate::units::{Duration, Share};

/// The bounds of a group while it is refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshBounds {
    /// The least healthy instances.
    pub least: u32,
    /// The most instances.
    pub most: u32,
    /// How many are replaced at a time.
    pub batch: u32,
}

impl RefreshBounds {
    /// Those of a group of `n`, at least 1.
    pub fn of(n: u32, minimum_healthy: Share, maximum_healthy: Share) -> RefreshBounds {
        let least = minimum_healthy.of_rounded_up(n).min(n);
        if maximum_healthy > Share::WHOLE {
            let most = maximum_healthy.of_rounded_down(n).max(n.saturating_add(1));
            return RefreshBounds { least, most, batch: most - least };
        }
        let least = least.min(n.saturating_sub(1));
        RefreshBounds { least, most: n, batch: n - least }
    }
}

/// How many of a group of `n` are replaced at each checkpoint, rising. The last one is where the refresh ends: the
/// whole group where there is no checkpoint. Of checkpoints that the same instance reaches there is one.
pub fn stops(n: u32, checkpoints: &[Share]) -> Vec<u32> {
    let mut stops: Vec<u32> = checkpoints.iter().map(|share| share.of_rounded_up(n)).collect();
    stops.dedup();
    if stops.is_empty() { vec![n] } else { stops }
}

pub(super) fn phases(n: u32, bounds: RefreshBounds, checkpoints: &[Share], checkpoint_delay: Duration, bake: Duration) -> Vec<Phase> {
    let RefreshBounds { least, most, batch } = bounds;
    let stops = stops(n, checkpoints);
    let mut phases = Vec::new();
    let mut replaced = 0;
    for (i, &stop) in stops.iter().enumerate() {
        while replaced < stop {
            replaced = replaced.saturating_add(batch.max(1)).min(stop);
            let replace = Step::Replace { goal: replaced, max_total: most, min_available: least, controller: Controller::AutoScaling };
            phases.push(phase(PhaseLabel::Refresh { to: replaced }, vec![replace]));
        }
        if i + 1 < stops.len() && !checkpoint_delay.is_zero() {
            phases.push(phase(PhaseLabel::Checkpoint { at: stop }, vec![Step::Wait(checkpoint_delay)]));
        }
    }
    if !bake.is_zero() {
        phases.push(phase(PhaseLabel::Watch, vec![Step::Wait(bake)]));
    }
    phases
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(n: u32, minimum: u32, maximum: u32) -> RefreshBounds {
        RefreshBounds::of(n, Share::from_percent(minimum), Share::from_percent(maximum))
    }

    /// What a refresh of ten at 80 % does, in words.
    fn told(n: u32, minimum: u32, checkpoints: &[u32], delay: Duration, bake: Duration) -> Vec<String> {
        let checkpoints: Vec<Share> = checkpoints.iter().map(|percent| Share::from_percent(*percent)).collect();
        let phases = phases(n, bounds(n, minimum, 100), &checkpoints, delay, bake);
        let words = phases.into_iter().map(|phase| match phase.label {
            PhaseLabel::Refresh { to } => format!("to {to}"),
            PhaseLabel::Checkpoint { at } => format!("wait at {at}"),
            PhaseLabel::Watch => "bake".to_owned(),
            label => format!("{label:?}"),
        });
        words.collect()
    }

    #[test]
    fn batches_are_what_the_minimum_leaves() {
        // User guide, "How an instance refresh works": of ten, 10 % of 10 = 1 at 90 %, 2 at 80 %, 5 at 50 %, all at 0 %;
        // 100 % means one at a time all the same.
        let batches = [90, 80, 50, 0, 100].map(|minimum| bounds(10, minimum, 100).batch);
        assert_eq!(batches, [1, 2, 5, 10, 1]);
        // One instance: 90 % of 1 is 0.9, rounded up 1, which would leave nothing: there is an outage.
        assert_eq!(bounds(1, 90, 100), RefreshBounds { least: 0, most: 1, batch: 1 });
        // 90 % of 7 is 6.3, rounded up 7: one at a time.
        assert_eq!(bounds(7, 90, 100), RefreshBounds { least: 6, most: 7, batch: 1 });
    }

    #[test]
    fn above_a_hundred_percent_replacements_start_first() {
        // 100 % and 120 % of 10: two more start before two end.
        assert_eq!(bounds(10, 100, 120), RefreshBounds { least: 10, most: 12, batch: 2 });
        // 90 % and 110 % of 10: between 9 and 11, two at a time.
        assert_eq!(bounds(10, 90, 110), RefreshBounds { least: 9, most: 11, batch: 2 });
        // 110 % of 4 is 4.4, rounded down 4, which would start nothing first: 5.
        assert_eq!(bounds(4, 100, 110), RefreshBounds { least: 4, most: 5, batch: 1 });
    }

    #[test]
    fn the_example_of_the_guide_stops_at_its_checkpoints() {
        // User guide, "Add checkpoints to an instance refresh": ten instances, at least 80 %, checkpoints 20 and 50 %:
        // two (20 %), the delay, two (40 %), one (50 %); there it is successful, and five stay old.
        let delay = Duration::from_mins(15);
        assert_eq!(told(10, 80, &[20, 50], delay, Duration::ZERO), ["to 2", "wait at 2", "to 4", "to 5"]);
        // The guide's `[20, 50, 100]` has a delay at 50 % too.
        let all = ["to 2", "wait at 2", "to 4", "to 5", "wait at 5", "to 7", "to 9", "to 10"];
        assert_eq!(told(10, 80, &[20, 50, 100], delay, Duration::ZERO), all);
    }

    #[test]
    fn a_checkpoint_passed_with_another_is_skipped() {
        // The same page: two instances, checkpoints 10, 40 and 100 %. The first instance is 50 %, which passes both 10 and
        // 40 (1 = 0.2 and 0.8 rounded up): one delay.
        assert_eq!(told(2, 90, &[10, 40, 100], Duration::from_mins(60), Duration::ZERO), ["to 1", "wait at 1", "to 2"]);
    }

    #[test]
    fn the_bake_time_is_at_the_end() {
        assert_eq!(told(4, 50, &[], Duration::ZERO, Duration::from_mins(5)), ["to 2", "to 4", "bake"]);
        // Without a delay a checkpoint is no pause.
        assert_eq!(told(4, 50, &[25], Duration::ZERO, Duration::ZERO), ["to 1"]);
    }
}
