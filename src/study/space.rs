//! The settings that are tried: for each strategy those that its platform allows and a person would choose between.

use crate::scenario::{NewSet, Part, Strategy, StrategyKind, Switch};
use crate::units::{Duration, Share};

/// So many sizes of a batch, or minimums, are tried of a large fleet.
const SIZES: u32 = 20;

/// Every strategy with every setting that is tried for a fleet of `n`; a plan written by hand has none.
pub fn all(n: u32) -> Vec<Strategy> {
    StrategyKind::ALL.into_iter().flat_map(|kind| of(kind, n)).collect()
}

/// The settings of one strategy that are tried for a fleet of `n`.
pub fn of(kind: StrategyKind, n: u32) -> Vec<Strategy> {
    let percent = Share::from_percent;
    let minutes = Duration::from_mins;
    match kind {
        StrategyKind::AllAtOnce | StrategyKind::Immutable => vec![kind.with_defaults()],
        // The fleet's size as a minimum would let nothing happen.
        StrategyKind::InPlace => {
            sizes(n).into_iter().map(|at_a_time| Strategy::InPlace { minimum_healthy: Part::Count(n - at_a_time) }).collect()
        }
        StrategyKind::Rolling => sizes(n).into_iter().map(|batch| Strategy::Rolling { batch: Part::Count(batch) }).collect(),
        StrategyKind::RollingWithAdditionalBatch => {
            sizes(n).into_iter().map(|batch| Strategy::RollingWithAdditionalBatch { batch: Part::Count(batch) }).collect()
        }
        StrategyKind::TrafficSplitting => pairs(&[1, 2, 5, 10, 20, 50], &[1, 2, 5, 10, 30])
            .map(|(share, time)| Strategy::TrafficSplitting { new_version: percent(share), evaluation_time: minutes(time) })
            .collect(),
        StrategyKind::BlueGreen => [0, 1, 5, 15, 60]
            .into_iter()
            .flat_map(|bake| {
                let switches = [Switch::LoadBalancer, Switch::Dns { ttl: minutes(1), late: None }];
                switches.map(|switch| Strategy::BlueGreen { switch, bake: minutes(bake) })
            })
            .collect(),
        StrategyKind::Canary => pairs(&[1, 2, 5, 10, 20, 50], &[1, 2, 5, 10, 15, 30])
            .flat_map(|(share, interval)| {
                new_sets().map(|capacity| Strategy::Canary { percent: percent(share), interval: minutes(interval), capacity })
            })
            .collect(),
        StrategyKind::Linear => pairs(&[5, 10, 20, 25, 50], &[1, 2, 3, 5, 10])
            .flat_map(|(share, interval)| {
                new_sets().map(|capacity| Strategy::Linear { percent: percent(share), interval: minutes(interval), capacity })
            })
            .collect(),
        StrategyKind::RollingUpdate => pairs(&[0, 10, 25, 50, 100], &[0, 10, 25, 50, 100])
            // Neither up nor down is refused.
            .filter(|(surge, unavailable)| surge + u32::try_from(*unavailable).unwrap_or(0) > 0)
            .map(|(surge, unavailable)| Strategy::RollingUpdate {
                max_surge: Part::Percent(percent(surge)),
                max_unavailable: Part::Percent(percent(u32::try_from(unavailable).unwrap_or(0))),
                progress_deadline: minutes(10),
            })
            .collect(),
        StrategyKind::EcsRolling => pairs(&[0, 25, 50, 75, 90, 100], &[100, 110, 125, 150, 200])
            .filter(|pair| *pair != (100, 100))
            .filter_map(|(minimum, maximum)| match kind.with_defaults() {
                Strategy::EcsRolling { circuit_breaker, .. } => Some(Strategy::EcsRolling {
                    minimum_healthy: percent(minimum),
                    maximum: percent(u32::try_from(maximum).unwrap_or(100)),
                    circuit_breaker,
                }),
                _ => None,
            })
            .collect(),
        StrategyKind::InstanceRefresh => pairs(&[50, 75, 90, 100], &[100, 110, 125, 150, 200])
            .filter(|pair| *pair != (100, 100))
            // Auto Scaling lets them be at most 100 apart.
            .filter(|(minimum, maximum)| maximum - u64::from(*minimum) <= 100)
            .filter_map(|(minimum, maximum)| match kind.with_defaults() {
                Strategy::InstanceRefresh { checkpoints, checkpoint_delay, bake, .. } => Some(Strategy::InstanceRefresh {
                    minimum_healthy: percent(minimum),
                    maximum_healthy: percent(u32::try_from(maximum).unwrap_or(100)),
                    checkpoints,
                    checkpoint_delay,
                    bake,
                    auto_rollback: true,
                }),
                _ => None,
            })
            .collect(),
        StrategyKind::Steps => Vec::new(),
    }
}

fn new_sets() -> [NewSet; 2] {
    [NewSet::Full, NewSet::Proportional]
}

fn pairs<'a>(a: &'a [u32], b: &'a [u64]) -> impl Iterator<Item = (u32, u64)> + 'a {
    a.iter().flat_map(move |&a| b.iter().map(move |&b| (a, b)))
}

/// Sizes from 1 to the whole fleet: all of a small fleet, evenly spread ones of a large one.
fn sizes(n: u32) -> Vec<u32> {
    if n <= SIZES {
        return (1..=n).collect();
    }
    let mut sizes: Vec<u32> =
        std::iter::once(1).chain((1..=SIZES).map(|i| Share::from_percent(i * 100 / SIZES).of_rounded_up(n))).collect();
    sizes.dedup();
    sizes
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn every_setting_is_one_that_a_scenario_takes() {
        for n in [1, 2, 10, 1000] {
            for strategy in all(n) {
                let scenario = Scenario::new(n, strategy);
                assert_eq!(Scenario::from_ron(&scenario.to_ron(), "test").unwrap(), scenario);
            }
        }
    }

    #[test]
    fn sizes_go_from_one_to_the_whole_fleet() {
        assert_eq!(sizes(4), [1, 2, 3, 4]);
        // Every 5 % of 200, and one.
        let large = sizes(200);
        assert_eq!((large.len(), large[0], large[1], large[20]), (21, 1, 10, 200));
    }
}
