//! What do you need? Every strategy over its settings, with a healthy release and with a bad one; those that meet every
//! requirement, best first, and the nearest that do not.

use std::fmt;
use std::str::FromStr;

use super::bad_release::{with_bad_release, with_healthy_release};
use super::progress::{Cancelled, Progress};
use super::require::{Requirement, RequirementError};
use super::{batch, space};
use crate::metrics::{Better, Figures, Key};
use crate::scenario::{Scenario, Strategy};
use crate::timeline::Outcome;

/// A requirement, and of which release.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// Whether it is asked of the bad release.
    pub release: ReleaseKind,
    /// What is asked.
    pub requirement: Requirement,
}

/// Which release a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseKind {
    /// One that has nothing wrong.
    Healthy,
    /// One that is bad.
    Bad,
}

/// Before a requirement of the bad release.
const BAD: &str = "bad.";

impl FromStr for Need {
    type Err = RequirementError;

    /// Reads `downtime_s<=0`, or of the bad release `bad.exposed_share<=2%`.
    fn from_str(text: &str) -> Result<Need, RequirementError> {
        let text = text.trim();
        let (release, requirement) = match text.strip_prefix(BAD) {
            Some(rest) => (ReleaseKind::Bad, rest),
            None => (ReleaseKind::Healthy, text),
        };
        Ok(Need { release, requirement: requirement.parse()? })
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.release {
            ReleaseKind::Healthy => write!(f, "{}", self.requirement),
            ReleaseKind::Bad => write!(f, "{BAD}{}", self.requirement),
        }
    }
}

/// A strategy with its settings, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The strategy.
    pub strategy: Strategy,
    /// With a healthy release.
    pub healthy: Figures,
    /// With a bad one.
    pub bad: Figures,
}

/// A strategy with its settings, held against what is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The strategy.
    pub strategy: Strategy,
    /// With a healthy release.
    pub healthy: Figures,
    /// With a bad one.
    pub bad: Figures,
    /// What it misses and by how much of the bound; nothing where it meets all.
    pub misses: Vec<Miss>,
}

/// A requirement that is not met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Miss {
    /// Which.
    pub need: Need,
    /// By how much, in the figure's unit; may be infinite.
    pub by: f64,
}

impl Candidate {
    /// Its figures with a release.
    pub fn figures(&self, release: ReleaseKind) -> &Figures {
        match release {
            ReleaseKind::Healthy => &self.healthy,
            ReleaseKind::Bad => &self.bad,
        }
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Those that meet all requirements, the best first.
    pub suitable: Vec<Candidate>,
    /// Those that do not, the nearest first.
    pub others: Vec<Candidate>,
}

/// Runs every strategy over its settings on the scenario's fleet, and the scenario's own as it is, with a healthy and with
/// a bad release. What does not succeed with a healthy release, or would hardly end, is no choice and is left out.
///
/// # Errors
/// [`Cancelled`] where nobody waits for it any more.
pub fn try_all(scenario: &Scenario, progress: &Progress) -> Result<Vec<Tried>, Cancelled> {
    let mut strategies = space::all(scenario.fleet.instances);
    if !strategies.contains(&scenario.strategy) {
        strategies.insert(0, scenario.strategy.clone());
    }
    let both = strategies.iter().flat_map(|strategy| {
        let scenario = Scenario { strategy: strategy.clone(), ..scenario.clone() };
        [with_healthy_release(&scenario), with_bad_release(&scenario)]
    });
    let figures = batch::figures(&both.collect::<Vec<_>>(), progress)?;
    let tried = strategies.into_iter().zip(figures.chunks_exact(2)).filter_map(|(strategy, figures)| match figures {
        [Ok(healthy), Ok(bad)] if healthy.outcome == Outcome::Succeeded => Some(Tried { strategy, healthy: *healthy, bad: *bad }),
        _ => None,
    });
    Ok(tried.collect())
}

/// Holds what was tried against what is needed. Of those that are suitable the ones with the least of `minimize` (the
/// most, where more is better) come first; then the shorter ones, then those that need fewer instances.
pub fn choose(tried: &[Tried], needs: &[Need], minimize: Key) -> Choice {
    let candidates = tried.iter().map(|tried| candidate(tried, needs));
    let (mut suitable, mut others): (Vec<_>, Vec<_>) = candidates.partition(|candidate| candidate.misses.is_empty());
    let cost = |candidate: &Candidate| {
        let value = candidate.healthy.get(minimize).unwrap_or(0.0);
        let cost = match minimize.better() {
            Some(Better::More) => -value,
            Some(Better::Less) | None => value,
        };
        [cost, candidate.healthy.duration_s, f64::from(candidate.healthy.max_instances)]
    };
    let cheaper = |a: &Candidate, b: &Candidate| cost(a).iter().zip(cost(b)).map(|(a, b)| a.total_cmp(&b)).find(|order| order.is_ne());
    suitable.sort_by(|a, b| cheaper(a, b).unwrap_or(std::cmp::Ordering::Equal));
    others.sort_by(|a, b| far(a).total_cmp(&far(b)).then(cheaper(a, b).unwrap_or(std::cmp::Ordering::Equal)));
    Choice { suitable, others }
}

fn candidate(&Tried { ref strategy, healthy, bad }: &Tried, needs: &[Need]) -> Candidate {
    let misses = needs.iter().filter_map(|need| {
        let figures = match need.release {
            ReleaseKind::Healthy => &healthy,
            ReleaseKind::Bad => &bad,
        };
        (!need.requirement.is_met(figures)).then(|| Miss { need: *need, by: need.requirement.missed_by(figures) })
    });
    Candidate { misses: misses.collect(), strategy: strategy.clone(), healthy, bad }
}

/// How far a candidate is from what is needed: the sum of what it misses, each as a part of its bound.
fn far(candidate: &Candidate) -> f64 {
    candidate.misses.iter().map(|miss| miss.by / miss.need.requirement.limit.abs().max(scale(miss))).sum()
}

/// What a miss is compared with where its bound is nothing: a minute, a hundredth, an instance, a thousand requests.
fn scale(miss: &Miss) -> f64 {
    use crate::metrics::Unit;
    match miss.need.requirement.key.unit() {
        Unit::Seconds => 60.0,
        Unit::Fraction => 0.01,
        Unit::Requests => 1_000.0,
        Unit::Instances => 1.0,
        Unit::InstanceSeconds => 3_600.0,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, StrategyKind};

    fn choose_for(needs: &[&str], minimize: Key) -> Choice {
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        let needs: Vec<Need> = needs.iter().map(|need| need.parse().unwrap()).collect();
        choose(&try_all(&scenario, &Progress::new()).unwrap(), &needs, minimize)
    }

    #[test]
    fn the_quickest_of_all_updates_everything_at_once() {
        let choice = choose_for(&[], Key::Duration);
        // 30 install + 20 startup + 30 checks, no drain
        assert_eq!((&choice.suitable[0].strategy, choice.suitable[0].healthy.duration_s), (&Strategy::AllAtOnce, 80.0));
        assert!(choice.others.is_empty());
    }

    #[test]
    fn without_downtime_and_new_instances_batches_are_left() {
        let choice = choose_for(&["downtime_s<=0", "max_instances<=10", "min_capacity_fraction>=70%"], Key::Duration);
        // The window of three goes on as soon as one is done, and all take 100 s: four rounds, as four batches do.
        assert_eq!(choice.suitable[0].healthy.duration_s, 400.0);
        assert!(matches!(choice.suitable[0].strategy.kind(), StrategyKind::InPlace | StrategyKind::Rolling));
        for candidate in &choice.suitable {
            assert!(candidate.healthy.downtime_s <= 0.0 && candidate.healthy.max_instances <= 10);
        }
        for candidate in &choice.others {
            assert!(!candidate.misses.is_empty());
        }
    }

    #[test]
    fn a_bad_release_is_asked_about_too() {
        let choice = choose_for(&["bad.exposed_share<=3%", "bad.back_to_good_s<=2m"], Key::Duration);
        assert!(!choice.suitable.is_empty());
        for candidate in &choice.suitable {
            let kind = candidate.strategy.kind();
            assert!(!matches!(kind, StrategyKind::Rolling | StrategyKind::AllAtOnce | StrategyKind::InPlace), "{kind:?}");
        }
    }

    #[test]
    fn what_cannot_be_had_says_what_comes_nearest() {
        let choice = choose_for(&["duration_s<=60"], Key::Duration);
        assert!(choice.suitable.is_empty());
        // All at once takes 80 s.
        assert_eq!((&choice.others[0].strategy, choice.others[0].misses[0].by), (&Strategy::AllAtOnce, 20.0));
    }
}
