//! Where the time of a deployment goes: its critical path, from the end back to the start. What ended at a moment is
//! what the next thing waited for; where nothing did, the plan itself waited.

use crate::scenario::Scenario;
use crate::timeline::{PhaseSpan, State, Timeline};
use crate::units::{Duration, Time};

/// What takes the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Work {
    /// An instance finishes what it has before it is updated.
    Draining,
    /// A new instance boots.
    Booting,
    /// A version is installed.
    Installing,
    /// The application starts.
    Starting,
    /// Health checks are passed, or waited for in vain.
    Checking,
    /// Instances in service must stay healthy for a while.
    Settling,
    /// An instance drains for good.
    Ending,
    /// An instance does not answer, and the load balancer has not noticed.
    Unnoticed,
    /// The plan waits: an interval, a bake, a person.
    Waiting,
}

impl Work {
    /// All of them, in the order of an instance's way.
    pub const ALL: [Work; 9] = [
        Work::Draining,
        Work::Booting,
        Work::Installing,
        Work::Starting,
        Work::Checking,
        Work::Settling,
        Work::Ending,
        Work::Unnoticed,
        Work::Waiting,
    ];

    /// Its key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Work::Draining => "draining",
            Work::Booting => "boot",
            Work::Installing => "install",
            Work::Starting => "startup",
            Work::Checking => "health_checks",
            Work::Settling => "settling",
            Work::Ending => "ending",
            Work::Unnoticed => "unnoticed",
            Work::Waiting => "waiting",
        }
    }

    fn of(state: State) -> Option<Work> {
        match state {
            State::Draining => Some(Work::Draining),
            State::Launching => Some(Work::Booting),
            State::Installing => Some(Work::Installing),
            State::Starting => Some(Work::Starting),
            State::Checking => Some(Work::Checking),
            State::Terminating => Some(Work::Ending),
            State::Dead => Some(Work::Unnoticed),
            State::InService | State::Gone | State::Failed => None,
        }
    }
}

/// A stretch of the critical path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its begin.
    pub from: Time,
    /// Its end, and the next one's begin.
    pub to: Time,
    /// What took the time.
    pub work: Work,
    /// The instance that it was about; none where the plan waited.
    pub instance: Option<u32>,
    /// The phase in which it was: its place in [`Timeline::phases`].
    pub phase: Option<usize>,
}

impl Stretch {
    /// How long it took.
    pub fn takes(&self) -> Duration {
        self.to.since(self.from)
    }
}

/// Where the time of a deployment goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// The critical path in time order, without a gap: together they are the whole duration.
    pub stretches: Vec<Stretch>,
}

impl Breakdown {
    /// How much of the time each kind of work takes, those that take any, in the order of [`Work::ALL`].
    pub fn by_work(&self) -> Vec<(Work, Duration)> {
        sums(self.stretches.iter())
    }

    /// The same within one phase.
    pub fn of_phase(&self, phase: usize) -> Vec<(Work, Duration)> {
        sums(self.stretches.iter().filter(|stretch| stretch.phase == Some(phase)))
    }
}

fn sums<'a>(stretches: impl Iterator<Item = &'a Stretch>) -> Vec<(Work, Duration)> {
    let mut sums = Work::ALL.map(|work| (work, Duration::ZERO));
    for stretch in stretches {
        let (_, sum) = &mut sums[stretch.work as usize];
        *sum = *sum + stretch.takes();
    }
    sums.into_iter().filter(|(_, sum)| *sum > Duration::ZERO).collect()
}

/// Something that an instance did.
#[derive(Clone, Copy)]
struct Done {
    to: Time,
    instance: u32,
    from: Time,
    work: Work,
}

/// The critical path of `timeline`, which is what became of `scenario`; empty where it was recorded without lives.
pub fn breakdown(scenario: &Scenario, timeline: &Timeline) -> Breakdown {
    let end = timeline.end();
    let mut done = Vec::new();
    for instance in 0..timeline.instances() {
        for presence in timeline.life(instance).presences() {
            let to = presence.until.unwrap_or(end).min(end);
            if let Some(work) = Work::of(presence.state).filter(|_| to > presence.since) {
                done.push(Done { to, instance, from: presence.since, work });
            }
        }
    }
    done.sort_unstable_by_key(|done| (done.to, done.instance));
    let phases = timeline.phases();
    let mut path = Vec::new();
    let (mut t, mut followed) = (end, None);
    while t > Time::ZERO {
        let (from, stretch) = match ended_at(&done, t, followed) {
            Some(done) => {
                followed = Some(done.instance);
                (done.from, Stretch { from: done.from, to: t, work: done.work, instance: Some(done.instance), phase: None })
            }
            None => {
                followed = None;
                let from = waited_since(&done, phases, t);
                let settles = scenario.timings.settle > Duration::ZERO
                    && t.since(from) == scenario.timings.settle
                    && ended_at(&done, from, None).is_some_and(|done| done.work == Work::Checking);
                let work = if settles { Work::Settling } else { Work::Waiting };
                (from, Stretch { from, to: t, work, instance: None, phase: None })
            }
        };
        path.push(stretch);
        t = from;
    }
    path.reverse();
    Breakdown { stretches: path.into_iter().flat_map(|stretch| by_phase(stretch, phases)).collect() }
}

/// What ended at `t`: of the instance that is followed, or of the first one.
fn ended_at(done: &[Done], t: Time, followed: Option<u32>) -> Option<Done> {
    let first = done.partition_point(|done| done.to < t);
    let of = |instance: u32| {
        let i = done.partition_point(|done| (done.to, done.instance) < (t, instance));
        done.get(i).filter(|done| done.to == t && done.instance == instance).copied()
    };
    followed.and_then(of).or_else(|| done.get(first).filter(|done| done.to == t).copied())
}

/// Since when nothing ended before `t`: the last end, or the begin of a phase.
fn waited_since(done: &[Done], phases: &[PhaseSpan], t: Time) -> Time {
    let before = done.partition_point(|done| done.to < t);
    let last_end = before.checked_sub(1).and_then(|i| done.get(i)).map_or(Time::ZERO, |done| done.to);
    let phase = phases.partition_point(|phase| phase.from < t);
    let begin = phase.checked_sub(1).and_then(|i| phases.get(i)).map_or(Time::ZERO, |phase| phase.from);
    last_end.max(begin)
}

/// A stretch cut where phases begin.
fn by_phase(stretch: Stretch, phases: &[PhaseSpan]) -> Vec<Stretch> {
    let mut parts = Vec::new();
    let mut from = stretch.from;
    while from < stretch.to {
        let next = phases.partition_point(|phase| phase.from <= from);
        let to = phases.get(next).map_or(stretch.to, |phase| phase.from.min(stretch.to));
        parts.push(Stretch { from, to, phase: next.checked_sub(1), ..stretch });
        from = to;
    }
    parts
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::presets::BUILT_IN;
    use crate::scenario::{NewSet, Part, Spread, Strategy};
    use crate::units::Share;

    fn of(scenario: &Scenario) -> (Timeline, Breakdown) {
        let timeline = crate::simulate(scenario).unwrap();
        let breakdown = breakdown(scenario, &timeline);
        (timeline, breakdown)
    }

    fn secs(parts: &[(Work, Duration)]) -> Vec<(Work, f64)> {
        parts.iter().map(|(work, takes)| (*work, takes.as_secs_f64())).collect()
    }

    #[test]
    fn batches_spend_what_their_instances_spend() {
        let (_, breakdown) = of(&Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) }));
        // 4 batches, each 20 drain + 30 install + 20 startup + 3 × 10 checks
        let all = [(Work::Draining, 80.0), (Work::Installing, 120.0), (Work::Starting, 80.0), (Work::Checking, 120.0)];
        assert_eq!(secs(&breakdown.by_work()), all);
        let one = [(Work::Draining, 20.0), (Work::Installing, 30.0), (Work::Starting, 20.0), (Work::Checking, 30.0)];
        for batch in 0..4 {
            assert_eq!(secs(&breakdown.of_phase(batch)), one);
        }
    }

    #[test]
    fn intervals_are_waited_for() {
        let strategy = Strategy::Canary { percent: Share::from_percent(10), interval: Duration::from_mins(5), capacity: NewSet::Full };
        let (_, breakdown) = of(&Scenario::new(10, strategy));
        // 60 boot + 30 install + 20 startup + 30 checks, 300 at 10 %, 20 to drain the old set
        let all = [
            (Work::Booting, 60.0),
            (Work::Installing, 30.0),
            (Work::Starting, 20.0),
            (Work::Checking, 30.0),
            (Work::Ending, 20.0),
            (Work::Waiting, 300.0),
        ];
        assert_eq!(secs(&breakdown.by_work()), all);
    }

    #[test]
    fn settling_is_told_from_waiting() {
        let mut scenario = Scenario::new(4, Strategy::Rolling { batch: Part::Count(2) });
        scenario.timings.settle = Duration::from_secs(120);
        let (_, breakdown) = of(&scenario);
        // 2 batches
        assert!(secs(&breakdown.by_work()).contains(&(Work::Settling, 240.0)));
    }

    #[test]
    fn the_slowest_instance_is_followed() {
        let mut scenario = Scenario::new(6, Strategy::Rolling { batch: Part::Count(6) });
        scenario.timings.install = Spread::parse("30s..90s").unwrap();
        let (timeline, breakdown) = of(&scenario);
        let install = breakdown.stretches.iter().find(|stretch| stretch.work == Work::Installing).unwrap();
        let longest = (0..6).map(|i| {
            let install = timeline.life(i).presences().find(|p| p.state == State::Installing).unwrap();
            install.until.unwrap().since(install.since)
        });
        assert_eq!(install.takes(), longest.max().unwrap());
    }

    #[test]
    fn the_parts_of_every_preset_are_its_whole_duration() {
        for preset in BUILT_IN {
            let (timeline, breakdown) = of(&preset.scenario().unwrap());
            let mut t = Time::ZERO;
            for stretch in &breakdown.stretches {
                assert_eq!(stretch.from, t, "{}: no gap", preset.name);
                assert!(stretch.to > stretch.from, "{}", preset.name);
                t = stretch.to;
            }
            assert_eq!(t, timeline.end(), "{}", preset.name);
        }
    }
}
