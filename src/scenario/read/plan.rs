//! The rules across the steps of a hand-written plan: at its end the whole fleet runs the new version.

use super::super::limits;
use super::super::strategy::{Group, Part, Step};
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
    /// It tries the new version on new instances with a share of the traffic, then updates the existing ones and ends the
    /// new ones (as Flagger does).
    Promotes,
    /// It only launches and terminates.
    Launches,
    /// It replaces existing instances in a rolling way.
    Replaces,
}

/// What a plan has done so far.
struct Progress {
    updated: u32,
    /// Instances of the fleet that were replaced.
    replaced: u32,
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
    let mut done = Progress { updated: 0, replaced: 0, launched: 0, ever_launched: 0, old_is_there: true, share: Share::NONE };
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

/// Which way the plan goes; one that replaces and does something else to instances too is refused at the step that
/// begins the second.
fn way(steps: &[Step]) -> Result<Way, Broken> {
    let replaces = steps.iter().position(|step| matches!(step, Step::Replace { .. }));
    let other = steps
        .iter()
        .position(|step| matches!(step, Step::Launch { .. } | Step::Update { .. } | Step::Shift { .. } | Step::Terminate { .. }));
    let any = |is: fn(&Step) -> bool| steps.iter().any(is);
    match (replaces, other) {
        (Some(first), Some(second)) => Err(Broken {
            step: first.max(second),
            wrong: "`Replace` launches, ends and shares the traffic by itself".to_owned(),
            right: "a plan has either `Replace` steps or `Launch`, `Update`, `Shift` and `Terminate`".to_owned(),
        }),
        (Some(_), None) => Ok(Way::Replaces),
        (None, _) => Ok(match (any(|step| matches!(step, Step::Update { .. })), any(|step| matches!(step, Step::Shift { .. }))) {
            (true, true) => Way::Promotes,
            (true, false) => Way::Updates,
            (false, true) => Way::Shifts,
            (false, false) => Way::Launches,
        }),
    }
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
            Step::Replace { to, max_surge, max_unavailable } => {
                let to = to.of_rounded_up(fleet);
                if to > fleet {
                    return Err(("there are not so many instances to replace", "at most the whole fleet: `to: Percent(100)`"));
                }
                if to <= self.replaced {
                    return Err(("so many are replaced already", "replace more than the step before, or leave this step out"));
                }
                if is_nothing(*max_surge) && is_nothing(*max_unavailable) {
                    return Err(("nothing may start and nothing may stop", "set `max_surge` or `max_unavailable` above 0"));
                }
                self.replaced = to;
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
            Step::Wait(_) | Step::Approve | Step::Check { .. } => {}
            Step::Terminate { group: Group::Old } => {
                if !self.old_is_there {
                    return Err(("the old group is terminated already", "leave this step out"));
                }
                match way {
                    Way::Updates | Way::Promotes => {
                        return Err(("the old group's instances are those that the plan updates", "leave this step out"));
                    }
                    Way::Shifts if self.share < Share::WHOLE => {
                        return Err(("traffic still goes to the old group", "put `Shift(to_percent: 100)` before this step"));
                    }
                    Way::Launches if self.launched == 0 => {
                        return Err(("traffic still goes to the old group, and nothing was launched", "put a `Launch` before this step"));
                    }
                    Way::Shifts | Way::Launches | Way::Replaces => self.old_is_there = false,
                }
            }
            Step::Terminate { group: Group::New } => {
                if self.launched == 0 {
                    return Err(("there is no new instance to terminate", "leave this step out"));
                }
                if !self.old_is_there || self.share > Share::NONE {
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
            Way::Updates | Way::Promotes => {
                if self.updated < fleet {
                    missing.push(format!("update {} more", fleet - self.updated));
                }
                if self.share > Share::NONE {
                    missing.push("send the traffic back to the updated ones with `Shift(to_percent: 0)`".to_owned());
                }
                if self.launched > 0 {
                    missing.push(format!("end the {} launched ones with `Terminate(group: New)`", self.launched));
                }
            }
            Way::Replaces => {
                if self.replaced < fleet {
                    missing.push(format!("replace {} more with `Replace(to: Percent(100))`", fleet - self.replaced));
                }
            }
            Way::Shifts | Way::Launches => {
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

/// Whether a bound says that no instance may be above or below; a share that only comes to 0 does not.
fn is_nothing(part: Part) -> bool {
    match part {
        Part::Count(count) => count == 0,
        Part::Percent(share) => share == Share::NONE,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::super::super::strategy::{Strategy, StrategyKind};
    use super::*;
    use crate::units::Duration;

    fn launch(n: u32) -> Step {
        Step::Launch { instances: Part::Count(n) }
    }
    fn update(n: u32) -> Step {
        Step::Update { instances: Part::Count(n) }
    }
    fn shift(percent: u32) -> Step {
        Step::Shift { to: Share::from_percent(percent) }
    }
    fn replace(percent: u32, max_surge: u32, max_unavailable: u32) -> Step {
        let to = Part::Percent(Share::from_percent(percent));
        Step::Replace { to, max_surge: Part::Count(max_surge), max_unavailable: Part::Count(max_unavailable) }
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
        // Flagger's: tried on a second set, then the old ones are updated, and the second set ends.
        assert_eq!(check(&[launch(10), shift(50), update(10), shift(0), END_NEW], 10), Ok(()));
        // Argo Rollouts' without a router: 20 % is 2 of ten; the waits between are of no matter.
        assert_eq!(check(&[replace(20, 3, 2), Step::Approve, replace(100, 0, 1)], 10), Ok(()));
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
        refused(&[launch(10), shift(5), Step::Wait(Duration::ZERO), update(3), END_OLD], 4, "those that the plan updates");
        refused(&[launch(10), Step::Approve, replace(100, 1, 0), END_OLD], 2, "by itself");
        refused(&[replace(50, 1, 0), update(10)], 1, "by itself");
        refused(&[replace(50, 1, 0), replace(50, 1, 0)], 1, "replaced already");
        refused(&[replace(50, 1, 0), replace(20, 1, 0)], 1, "replaced already");
        refused(&[replace(50, 1, 0), replace(100, 0, 0)], 1, "nothing may start");
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
        refused(&[replace(20, 1, 0)], 0, "replace 8 more");
        // Traffic must be back on the updated ones before the second set ends.
        refused(&[launch(10), shift(50), update(10), END_NEW], 3, "still goes to the new group");
        refused(&[launch(10), shift(50), update(10)], 2, "Shift(to_percent: 0)");
        refused(&[launch(10), shift(50), update(4), shift(0), END_NEW], 4, "update 6 more");
    }
}
