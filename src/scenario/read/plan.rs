//! The rules across the steps of a hand-written plan: at its end the whole fleet runs the new version.

use super::super::limits;
use super::super::strategy::{Group, Step};
use crate::units::Share;

/// The first step that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// From 0.
    pub step: usize,
    pub wrong: String,
    pub right: String,
}

/// How a plan brings in the new version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It updates existing instances.
    Updates,
    /// It shifts traffic to new ones.
    Shifts,
    /// It only launches and terminates.
    Replaces,
}

/// What a plan has done so far.
struct Progress {
    updated: u32,
    /// New instances that exist.
    launched: u32,
    ever_launched: u32,
    old_is_there: bool,
    /// The new group's share of the traffic, for a plan that shifts.
    share: Share,
}

/// Checks the steps for a fleet of `fleet` instances.
pub(super) fn check(steps: &[Step], fleet: u32) -> Result<(), Broken> {
    let way = way(steps)?;
    let mut done = Progress { updated: 0, launched: 0, ever_launched: 0, old_is_there: true, share: Share::NONE };
    for (i, step) in steps.iter().enumerate() {
        done.take(step, way, fleet).map_err(|(wrong, right)| Broken { step: i, wrong: wrong.to_owned(), right: right.to_owned() })?;
    }
    let missing = done.missing(way, fleet);
    if missing.is_empty() {
        return Ok(());
    }
    let wrong = "the plan ends before the whole fleet runs the new version, in its size".to_owned();
    Err(Broken { step: steps.len().saturating_sub(1), wrong, right: format!("after this step: {}", missing.join(", ")) })
}

/// Which way the plan goes; one that goes both ways is refused at the step that begins the second.
fn way(steps: &[Step]) -> Result<Way, Broken> {
    let mut way = Way::Replaces;
    for (i, step) in steps.iter().enumerate() {
        let this = match step {
            Step::Update { .. } => Way::Updates,
            Step::Shift { .. } => Way::Shifts,
            Step::Launch { .. } | Step::Wait(_) | Step::Terminate { .. } => continue,
        };
        if way != Way::Replaces && way != this {
            let wrong = "a plan either updates existing instances or shifts traffic to new ones".to_owned();
            return Err(Broken { step: i, wrong, right: "leave out all `Update` steps or all `Shift` steps".to_owned() });
        }
        way = this;
    }
    Ok(way)
}

impl Progress {
    fn take(&mut self, step: &Step, way: Way, fleet: u32) -> Result<(), (&'static str, &'static str)> {
        match step {
            Step::Launch { instances } => {
                let n = instances.to_launch(fleet, self.launched);
                self.launched = self.launched.saturating_add(n);
                self.ever_launched = self.ever_launched.saturating_add(n);
                if self.ever_launched > limits::MAX_INSTANCES {
                    return Err(("the plan launches more than a million instances", "launch fewer"));
                }
            }
            Step::Update { instances } => {
                if self.updated == fleet {
                    return Err(("all existing instances are updated already", "leave this `Update` out"));
                }
                self.updated = self.updated.saturating_add(instances.of_rounded_up(fleet)).min(fleet);
            }
            Step::Shift { to } => {
                if *to > Share::NONE && self.launched == 0 {
                    return Err(("there is no new instance to shift traffic to", "put a `Launch` before this step"));
                }
                if *to < Share::WHOLE && !self.old_is_there {
                    return Err(("there is no old instance left for the rest of the traffic", "shift back before `Terminate(group: Old)`"));
                }
                self.share = *to;
            }
            Step::Wait(_) => {}
            Step::Terminate { group: Group::Old } => {
                if !self.old_is_there {
                    return Err(("the old group is terminated already", "leave this step out"));
                }
                match way {
                    Way::Updates => return Err(("the old group's instances are those that the plan updates", "leave this step out")),
                    Way::Shifts if self.share < Share::WHOLE => {
                        return Err(("traffic still goes to the old group", "put `Shift(to_percent: 100)` before this step"));
                    }
                    Way::Replaces if self.launched == 0 => {
                        return Err(("traffic still goes to the old group, and nothing was launched", "put a `Launch` before this step"));
                    }
                    Way::Shifts | Way::Replaces => self.old_is_there = false,
                }
            }
            Step::Terminate { group: Group::New } => {
                if self.launched == 0 {
                    return Err(("there is no new instance to terminate", "leave this step out"));
                }
                if !self.old_is_there || (way == Way::Shifts && self.share > Share::NONE) {
                    return Err(("traffic still goes to the new group", "put `Shift(to_percent: 0)` before this step, or leave it out"));
                }
                self.launched = 0;
            }
        }
        Ok(())
    }

    /// What is still to be done for the plan to be whole.
    fn missing(&self, way: Way, fleet: u32) -> Vec<String> {
        let mut missing = Vec::new();
        match way {
            Way::Updates => {
                if self.updated < fleet {
                    missing.push(format!("update {} more", fleet - self.updated));
                }
                if self.launched > 0 {
                    missing.push(format!("end the {} launched ones with `Terminate(group: New)`", self.launched));
                }
            }
            Way::Shifts | Way::Replaces => {
                if self.launched < fleet {
                    missing.push(format!("launch {} more", fleet - self.launched));
                }
                if self.launched > fleet {
                    missing.push(format!("launch {} fewer", self.launched - fleet));
                }
                if way == Way::Shifts && self.share < Share::WHOLE {
                    missing.push("send all traffic to the new group with `Shift(to_percent: 100)`".to_owned());
                }
                if self.old_is_there {
                    missing.push("end the old group with `Terminate(group: Old)`".to_owned());
                }
            }
        }
        missing
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::super::super::strategy::{Part, Strategy, StrategyKind};
    use super::*;

    fn launch(n: u32) -> Step {
        Step::Launch { instances: Part::Count(n) }
    }
    fn update(n: u32) -> Step {
        Step::Update { instances: Part::Count(n) }
    }
    fn shift(percent: u32) -> Step {
        Step::Shift { to: Share::from_percent(percent) }
    }
    const END_OLD: Step = Step::Terminate { group: Group::Old };
    const END_NEW: Step = Step::Terminate { group: Group::New };

    /// The step that is refused and the gist of why, for a fleet of ten.
    fn refused(steps: &[Step], step: usize, gist: &str) {
        let broken = check(steps, 10).unwrap_err();
        assert_eq!(broken.step, step, "{broken:?}");
        assert!(broken.wrong.contains(gist) || broken.right.contains(gist), "{broken:?}");
    }

    #[test]
    fn whole_plans_are_accepted() {
        let Strategy::Steps(example) = StrategyKind::Steps.with_defaults() else { panic!("not steps") };
        assert_eq!(check(&example, 10), Ok(()));
        // In place, the last batch smaller: 4 + 4 + 2.
        assert_eq!(check(&[update(4), update(4), update(4)], 10), Ok(()));
        // With an additional batch.
        assert_eq!(check(&[launch(3), update(5), update(5), END_NEW], 10), Ok(()));
        // Immutable.
        assert_eq!(check(&[launch(1), launch(9), END_OLD], 10), Ok(()));
        // There and back again before it goes on.
        assert_eq!(check(&[launch(10), shift(50), shift(0), END_NEW, launch(10), shift(100), END_OLD], 10), Ok(()));
        // 25 % of ten, rounded up, is 3; the fourth launches what is left, 1.
        let quarter = Step::Launch { instances: Part::Percent(Share::from_percent(25)) };
        assert_eq!(check(&[quarter.clone(), quarter.clone(), quarter.clone(), quarter, shift(100), END_OLD], 10), Ok(()));
    }

    #[test]
    fn a_step_too_early_is_refused() {
        refused(&[shift(5), launch(10)], 0, "no new instance");
        refused(&[launch(10), END_NEW, shift(5)], 2, "no new instance");
        refused(&[launch(10), shift(99), END_OLD], 2, "still goes to the old group");
        refused(&[END_OLD], 0, "still goes to the old group");
        refused(&[launch(10), shift(5), END_NEW], 2, "still goes to the new group");
        refused(&[launch(10), END_OLD, END_NEW], 2, "still goes to the new group");
        refused(&[launch(10), shift(100), END_OLD, shift(50)], 3, "no old instance left");
        refused(&[END_NEW], 0, "no new instance to terminate");
    }

    #[test]
    fn a_step_too_many_is_refused() {
        refused(&[update(10), update(1)], 1, "updated already");
        refused(&[launch(10), END_OLD, END_OLD], 2, "terminated already");
        refused(&[launch(12), shift(100), END_OLD], 2, "launch 2 fewer");
        refused(&[update(10), END_OLD], 1, "those that the plan updates");
        refused(&[launch(10), shift(5), Step::Wait(crate::units::Duration::ZERO), update(3)], 3, "either updates");
        refused(&[launch(600_000), launch(600_000)], 1, "more than a million");
    }

    #[test]
    fn a_plan_that_ends_early_says_what_is_missing() {
        refused(&[update(4)], 0, "update 6 more");
        refused(&[launch(3), update(10)], 1, "end the 3 launched");
        refused(&[launch(6), shift(100), END_OLD], 2, "launch 4 more");
        refused(&[launch(10), shift(50)], 1, "Shift(to_percent: 100)");
        refused(&[launch(10), shift(50)], 1, "Terminate(group: Old)");
        refused(&[launch(12), END_OLD], 1, "launch 2 fewer");
    }
}
