//! Poking at a running deployment: what a person lets happen at a moment becomes an event of the scenario at that time.
//! What came before stays as it was; what comes after is simulated again.

pub mod menu;

use crate::scenario::{Event, Scenario};
use crate::text::poke as words;
use crate::timeline::{Note, State, Timeline, Why};
use crate::units::Time;

/// The share of requests that the new version fails where a person does not say which.
pub const USUAL_SHARE: f64 = 0.3;

/// What a person lets happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Poke {
    /// This instance dies, by its number from 0.
    Kill(u32),
    /// One in service dies, whichever the seed says.
    KillAny,
    /// The new version begins to fail this share of its requests, 0 to 1.
    TurnBad(f64),
    /// The new version is well again.
    TurnGood,
    /// The demand is so many requests per second from then on.
    Demand(f64),
    /// A person aborts.
    Abort,
    /// A person approves.
    Approve,
}

/// Why nothing would come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InVain {
    /// The deployment is over by then.
    Over,
    /// The instance is not in service, or none is.
    NotInService,
    /// The new version fails just so much already.
    SameShare,
    /// The new version fails nothing.
    Well,
    /// The deployment has failed or goes back already.
    HasFailed,
    /// No plan waits for a person.
    NothingToApprove,
}

impl InVain {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            InVain::Over => words::over(),
            InVain::NotInService => words::not_in_service(),
            InVain::SameShare => words::same_share(),
            InVain::Well => words::well(),
            InVain::HasFailed => words::has_failed(),
            InVain::NothingToApprove => words::nothing_to_approve(),
        }
    }
}

impl Poke {
    /// As an event at `t`.
    pub fn event(self, t: Time) -> Event {
        let at = t.since(Time::ZERO);
        match self {
            Poke::Kill(i) => Event::KillInstance { at, instance: i.saturating_add(1) },
            Poke::KillAny => Event::Kill { at, instances: 1 },
            Poke::TurnBad(error_rate) => Event::TurnBad { at, error_rate },
            Poke::TurnGood => Event::TurnGood { at },
            Poke::Demand(rps) => Event::Demand { at, rps },
            Poke::Abort => Event::Abort { at },
            Poke::Approve => Event::Approve { at },
        }
    }

    /// Whether something would come of it at `t`, where nothing is changed before.
    ///
    /// # Errors
    /// Why nothing would.
    pub fn check(self, timeline: &Timeline, t: Time) -> Result<(), InVain> {
        // Where a plan gave up because nobody approves, it does so at the moment at which somebody may.
        if self == Poke::Approve {
            return if waits_for_approval(timeline, t) { Ok(()) } else { Err(InVain::NothingToApprove) };
        }
        if t >= timeline.end() {
            return Err(InVain::Over);
        }
        let moment = timeline.at(t);
        let error_rate = timeline.trouble(moment).error_rate;
        match self {
            Poke::Kill(i) => {
                let serves = i < timeline.instances() && timeline.life(i).at(t).is_some_and(|now| now.state == State::InService);
                if serves { Ok(()) } else { Err(InVain::NotInService) }
            }
            Poke::KillAny if moment.in_service() == 0 => Err(InVain::NotInService),
            #[expect(clippy::float_cmp, reason = "the very number that was set")]
            Poke::TurnBad(share) if share == error_rate => Err(InVain::SameShare),
            Poke::TurnGood if error_rate <= 0.0 => Err(InVain::Well),
            Poke::Abort if has_failed(timeline, t) => Err(InVain::HasFailed),
            Poke::KillAny | Poke::TurnBad(_) | Poke::TurnGood | Poke::Demand(_) | Poke::Abort | Poke::Approve => Ok(()),
        }
    }

    /// The scenario in which it happens at `t`. Of what is set to a level there is one a moment.
    #[must_use]
    pub fn into_scenario(self, scenario: &Scenario, t: Time) -> Scenario {
        let mut scenario = scenario.clone();
        let event = self.event(t);
        let same = scenario.failures.events.iter_mut().find(|other| {
            other.at() == event.at()
                && matches!(
                    (&**other, &event),
                    (Event::Demand { .. }, Event::Demand { .. })
                        | (Event::TurnBad { .. } | Event::TurnGood { .. }, Event::TurnBad { .. } | Event::TurnGood { .. })
                )
        });
        match same {
            Some(other) => *other = event,
            None => scenario.failures.events.push(event),
        }
        scenario
    }
}

/// When it happens where the playhead stands at `t`: a tenth of a second is as fine as a person means it, and reads better
/// in a file. What a plan waits for happens at the moment itself, which may be the last one at which it does.
pub fn moment(poke: Poke, t: Time, end: Time) -> Time {
    const FINE_US: u64 = 100_000;
    let rounded = Time::from_us(t.as_us().div_ceil(FINE_US) * FINE_US);
    if poke == Poke::Approve || rounded >= end { t } else { rounded }
}

fn has_failed(timeline: &Timeline, t: Time) -> bool {
    let until = timeline.log_until(t);
    timeline.log().iter().take(until).any(|entry| matches!(entry.note, Note::Failed(_)))
}

/// Whether the plan waits for a person at `t`.
pub fn waits_for_approval(timeline: &Timeline, t: Time) -> bool {
    let until = timeline.log_until(t);
    for entry in timeline.log().iter().take(until).rev() {
        match entry.note {
            Note::WaitingForApproval => return true,
            Note::Failed(Why::Stuck) if entry.at == t => {}
            Note::Approved | Note::Failed(_) => return false,
            // What else happens is no answer.
            _ => {}
        }
    }
    false
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Step, Strategy};
    use crate::simulate;
    use crate::units::Duration;

    fn s(seconds: u64) -> Time {
        Time::ZERO + Duration::from_secs(seconds)
    }

    fn rolling() -> Scenario {
        Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })
    }

    #[test]
    fn only_what_serves_can_be_killed() {
        // At 50 s the first three of ten are out of service, being updated; there is no eleventh.
        let timeline = simulate(&rolling()).unwrap();
        for (i, expected) in [(2, Err(InVain::NotInService)), (3, Ok(())), (9, Ok(())), (10, Err(InVain::NotInService))] {
            assert_eq!(Poke::Kill(i).check(&timeline, s(50)), expected, "{i}");
        }
        let all_at_once = simulate(&Scenario::new(10, Strategy::AllAtOnce)).unwrap();
        assert_eq!(Poke::KillAny.check(&all_at_once, s(50)), Err(InVain::NotInService));
        assert_eq!(Poke::KillAny.check(&timeline, s(400)), Err(InVain::Over));
    }

    #[test]
    fn what_was_aborted_is_not_aborted_again() {
        let timeline = simulate(&Poke::Abort.into_scenario(&rolling(), s(150))).unwrap();
        assert_eq!(Poke::Abort.check(&timeline, s(149)), Ok(()));
        assert_eq!(Poke::Abort.check(&timeline, s(150)), Err(if timeline.end() > s(150) { InVain::HasFailed } else { InVain::Over }));
    }

    #[test]
    fn a_plan_that_waits_can_be_approved_at_any_moment_of_it() {
        // A set of ten is launched in 140 s, then a person is asked.
        let plan = vec![
            Step::Launch { instances: Part::Count(10) },
            Step::Approve,
            Step::Shift { to: crate::units::Share::WHOLE },
            Step::Terminate { group: crate::scenario::Group::Old },
        ];
        let scenario = Scenario::new(10, Strategy::Steps(plan));
        let check = |scenario: &Scenario, t| Poke::Approve.check(&simulate(scenario).unwrap(), t);
        // Nobody will: it gives up at once, and that moment is the one to approve.
        assert_eq!([s(139), s(140)].map(|t| check(&scenario, t)), [Err(InVain::NothingToApprove), Ok(())]);
        let approved = Poke::Approve.into_scenario(&scenario, s(140));
        // 20 s to drain the old ones.
        assert_eq!(simulate(&approved).unwrap().end(), s(160));
        // Somebody will at 300 s: until then somebody else may.
        let later = Poke::Approve.into_scenario(&scenario, s(300));
        assert_eq!([s(139), s(140), s(299)].map(|t| check(&later, t)), [Err(InVain::NothingToApprove), Ok(()), Ok(())]);
        assert_eq!(check(&later, s(310)), Err(InVain::NothingToApprove));
        assert_eq!(simulate(&Poke::Approve.into_scenario(&later, s(200))).unwrap().end(), s(220));
    }

    #[test]
    fn a_level_is_set_once_a_moment() {
        let first = Poke::Demand(800.0).into_scenario(&rolling(), s(50));
        let second = Poke::Demand(900.0).into_scenario(&first, s(50));
        assert_eq!(second.failures.events, [Event::Demand { at: Duration::from_secs(50), rps: 900.0 }]);
        let third = Poke::Demand(950.0).into_scenario(&second, s(51));
        let bad = Poke::TurnGood.into_scenario(&Poke::TurnBad(0.5).into_scenario(&third, s(51)), s(51));
        assert_eq!(bad.failures.events[1..], [Poke::Demand(950.0).event(s(51)), Poke::TurnGood.event(s(51))]);
    }
}
