//! What was changed in a scenario, in a few words: the names of undo and redo.

use super::controls as words;
use super::faults as fault_words;
use super::language::{say, word};
use super::numbers;
use super::poke;
use super::strategy_name;
use crate::scenario::{
    Alarm, Event, Failures, Fleet, LoadBalancer, OnFailure, Part, Release, Scenario, Strategy, Switch, Timings, Traffic,
};

/// `Undo` and a change.
pub fn undo(change: &str) -> String {
    say!("change-undo", change = change)
}

/// `Redo` and a change.
pub fn redo(change: &str) -> String {
    say!("change-redo", change = change)
}

/// What leads from one scenario to the other: the first difference by the order of the fields, and how many more there are.
pub fn change(before: &Scenario, after: &Scenario) -> String {
    let mut found = Differences::default();
    found.look(before, after);
    let more = found.0.len().saturating_sub(1);
    match found.0.into_iter().next() {
        None => word("change-nothing").to_owned(),
        Some(first) if more == 0 => first,
        Some(first) => say!("change-and-more", first = first, more = u32::try_from(more).unwrap_or(u32::MAX)),
    }
}

/// What differs, each in words.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    /// A setting is another one, and what it is now.
    fn put<T: PartialEq>(&mut self, before: &T, after: &T, label: &str, written: impl FnOnce(&T) -> String) {
        if before != after {
            let value = written(after);
            self.0.push(say!("change-setting", setting = lower_first(label), value = value));
        }
    }

    /// A setting is another one, which has no short words.
    fn name<T: PartialEq>(&mut self, before: &T, after: &T, label: &str) {
        if before != after {
            self.0.push(lower_first(label));
        }
    }

    fn look(&mut self, before: &Scenario, after: &Scenario) {
        self.strategy(&before.strategy, &after.strategy);
        self.fleet(&before.fleet, &after.fleet);
        self.traffic(&before.traffic(), &after.traffic(), before.traffic == after.traffic);
        self.timings(&before.timings, &after.timings);
        self.load_balancer(&before.load_balancer, &after.load_balancer);
        self.release(&before.release, &after.release);
        self.failures(&before.failures, &after.failures);
        self.alarm(before.alarm.as_ref(), after.alarm.as_ref());
        self.put(&before.on_failure, &after.on_failure, fault_words::on_failure().0, |way| on_failure(*way));
        self.put(&before.timeout, &after.timeout, fault_words::timeout().0, ToString::to_string);
        self.put(&before.seed, &after.seed, words::seed().0, ToString::to_string);
        self.put(&before.name, &after.name, word("change-name"), String::clone);
        self.name(&before.description, &after.description, word("change-description"));
    }

    fn strategy(&mut self, before: &Strategy, after: &Strategy) {
        if before == after {
            return;
        }
        if before.kind() != after.kind() {
            self.0.push(say!("change-setting", setting = lower_first(words::strategy()), value = strategy_name(after.kind())));
            return;
        }
        match (before, after) {
            (Strategy::InPlace { minimum_healthy: old }, Strategy::InPlace { minimum_healthy: new }) => {
                self.put(old, new, words::minimum_healthy().0, |part| written(*part));
            }
            (Strategy::Rolling { batch: old }, Strategy::Rolling { batch: new })
            | (Strategy::RollingWithAdditionalBatch { batch: old }, Strategy::RollingWithAdditionalBatch { batch: new }) => {
                self.put(old, new, word("change-batch"), |part| written(*part));
            }
            (
                Strategy::TrafficSplitting { new_version: old, evaluation_time: before },
                Strategy::TrafficSplitting { new_version: new, evaluation_time: after },
            ) => {
                self.put(old, new, words::new_version_percent().0, percent);
                self.put(before, after, words::evaluation_time().0, ToString::to_string);
            }
            (Strategy::BlueGreen { switch: old, bake: before }, Strategy::BlueGreen { switch: new, bake: after }) => {
                self.switch(old, new);
                self.put(before, after, words::bake().0, ToString::to_string);
            }
            (
                Strategy::Canary { percent: old, interval: before, capacity: less },
                Strategy::Canary { percent: new, interval: after, capacity: more },
            ) => {
                self.put(old, new, words::first_share().0, percent);
                self.put(before, after, words::interval().0, ToString::to_string);
                self.put(less, more, words::new_set().0, |set| words::new_sets()[words::new_set_index(*set)].to_owned());
            }
            (
                Strategy::Linear { percent: old, interval: before, capacity: less },
                Strategy::Linear { percent: new, interval: after, capacity: more },
            ) => {
                self.put(old, new, words::share_step().0, percent);
                self.put(before, after, words::interval().0, ToString::to_string);
                self.put(less, more, words::new_set().0, |set| words::new_sets()[words::new_set_index(*set)].to_owned());
            }
            (
                Strategy::RollingUpdate { max_surge: s, max_unavailable: u, progress_deadline: d },
                Strategy::RollingUpdate { max_surge, max_unavailable, progress_deadline },
            ) => {
                self.put(s, max_surge, words::surge().0, |part| written(*part));
                self.put(u, max_unavailable, words::unavailable().0, |part| written(*part));
                self.put(d, progress_deadline, words::progress_deadline().0, ToString::to_string);
            }
            (
                Strategy::EcsRolling { minimum_healthy: least, maximum: most, circuit_breaker: breaker },
                Strategy::EcsRolling { minimum_healthy, maximum, circuit_breaker },
            ) => {
                self.put(least, minimum_healthy, fault_words::tasks_minimum().0, percent);
                self.put(most, maximum, fault_words::tasks_maximum().0, percent);
                self.name(breaker, circuit_breaker, fault_words::breaker().0);
            }
            (
                Strategy::InstanceRefresh {
                    minimum_healthy: least,
                    maximum_healthy: most,
                    checkpoints: points,
                    checkpoint_delay: delay,
                    bake: time,
                    auto_rollback: back,
                },
                Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, checkpoints, checkpoint_delay, bake, auto_rollback },
            ) => {
                self.put(least, minimum_healthy, fault_words::refresh_minimum().0, percent);
                self.put(most, maximum_healthy, fault_words::refresh_maximum().0, percent);
                self.name(points, checkpoints, fault_words::checkpoints().0);
                self.put(delay, checkpoint_delay, fault_words::checkpoint_delay().0, ToString::to_string);
                self.put(time, bake, fault_words::refresh_bake().0, ToString::to_string);
                self.put(back, auto_rollback, fault_words::auto_rollback().0, |on| fault_words::off_on()[usize::from(*on)].to_owned());
            }
            (Strategy::Steps(_), _) => self.0.push(word("change-steps").to_owned()),
            // Of the same kind and different: those without settings never are.
            (
                Strategy::AllAtOnce
                | Strategy::Immutable
                | Strategy::InPlace { .. }
                | Strategy::Rolling { .. }
                | Strategy::RollingWithAdditionalBatch { .. }
                | Strategy::TrafficSplitting { .. }
                | Strategy::BlueGreen { .. }
                | Strategy::Canary { .. }
                | Strategy::Linear { .. }
                | Strategy::RollingUpdate { .. }
                | Strategy::EcsRolling { .. }
                | Strategy::InstanceRefresh { .. },
                _,
            ) => {}
        }
    }

    fn switch(&mut self, before: &Switch, after: &Switch) {
        match (before, after) {
            (Switch::Dns { ttl: old, late }, Switch::Dns { ttl: new, late: later }) => {
                self.put(old, new, words::ttl().0, ToString::to_string);
                self.name(late, later, fault_words::late().0);
            }
            (Switch::Dns { .. } | Switch::LoadBalancer, _) => {
                self.put(before, after, words::switch().0, |switch| words::switches()[words::switch_index(*switch)].to_owned());
            }
        }
    }

    fn fleet(&mut self, before: &Fleet, after: &Fleet) {
        self.put(&before.instances, &after.instances, words::instances_setting().0, |n| numbers::whole(u64::from(*n)));
        self.put(&before.capacity_rps, &after.capacity_rps, words::one_serves().0, |rps| numbers::rate(*rps));
        self.put(&before.quota, &after.quota, fault_words::quota().0, |quota| match quota {
            None => fault_words::quotas()[0].to_owned(),
            Some(most) => numbers::whole(u64::from(*most)),
        });
    }

    /// A demand that nobody set follows the fleet: that is no change of its own.
    fn traffic(&mut self, before: &Traffic, after: &Traffic, same: bool) {
        if same || before == after {
            return;
        }
        match after {
            Traffic::Constant(rps) => self.put(before, after, words::demand().0, |_| numbers::rate(*rps)),
            Traffic::Wave { .. } | Traffic::Ramp { .. } | Traffic::Steps(_) => {
                self.put(before, after, words::demand().0, |traffic| words::demand_kinds()[words::demand_kind_index(traffic)].to_owned());
            }
        }
    }

    fn timings(&mut self, before: &Timings, after: &Timings) {
        self.put(&before.boot, &after.boot, words::boot().0, ToString::to_string);
        self.put(&before.install, &after.install, words::install().0, ToString::to_string);
        self.put(&before.startup, &after.startup, words::startup().0, ToString::to_string);
        self.put(&before.settle, &after.settle, words::settle().0, ToString::to_string);
    }

    fn load_balancer(&mut self, before: &LoadBalancer, after: &LoadBalancer) {
        let (check, new) = (&before.health_check, &after.health_check);
        self.put(&before.deregistration_delay, &after.deregistration_delay, words::drain().0, ToString::to_string);
        self.put(&before.in_flight, &after.in_flight, words::request_takes().0, ToString::to_string);
        self.put(&before.propagation, &after.propagation, fault_words::propagation().0, ToString::to_string);
        self.put(&before.all_unhealthy, &after.all_unhealthy, fault_words::all_unhealthy().0, |way| {
            fault_words::all_unhealthy_kinds()[fault_words::all_unhealthy_index(*way)].to_owned()
        });
        self.put(&check.interval, &new.interval, words::check_interval().0, ToString::to_string);
        self.put(&check.healthy_threshold, &new.healthy_threshold, words::healthy_threshold().0, ToString::to_string);
        self.put(&check.unhealthy_threshold, &new.unhealthy_threshold, fault_words::unhealthy_threshold().0, ToString::to_string);
    }

    fn release(&mut self, before: &Release, after: &Release) {
        self.put(&before.error_rate, &after.error_rate, fault_words::error_rate().0, |share| numbers::percent(*share));
        self.put(&before.startup_failure, &after.startup_failure, fault_words::startup_failure().0, |share| numbers::percent(*share));
        self.name(&before.startup_failure_of, &after.startup_failure_of, fault_words::places().0);
        self.put(&before.crash_after, &after.crash_after, fault_words::crash_after().0, |after| match after {
            None => fault_words::crashes_kinds()[0].to_owned(),
            Some(after) => after.to_string(),
        });
        self.put(&before.capacity_factor, &after.capacity_factor, fault_words::capacity().0, |share| numbers::percent(*share));
    }

    fn failures(&mut self, before: &Failures, after: &Failures) {
        self.put(&before.instance_mtbf, &after.instance_mtbf, fault_words::mtbf().0, |mtbf| match mtbf {
            None => fault_words::deaths_kinds()[0].to_owned(),
            Some(mtbf) => mtbf.to_string(),
        });
        self.put(&before.recovery, &after.recovery, fault_words::recovery().0, |way| {
            fault_words::recoveries()[fault_words::recovery_index(*way)].to_owned()
        });
        self.events(&before.events, &after.events);
    }

    fn events(&mut self, before: &[Event], after: &[Event]) {
        if before == after {
            return;
        }
        if before.len() == after.len() {
            for (old, new) in before.iter().zip(after).filter(|(old, new)| old != new) {
                let mut moved = old.clone();
                moved.set_at(new.at());
                let key = if moved == *new { "change-moved" } else { "change-setting-event" };
                self.0.push(say!(key, event = poke::event(new)));
            }
            return;
        }
        // What one list has and the other has not.
        let missing = |from: &[Event], of: &[Event]| {
            let mut left = of.to_vec();
            let mut missing = Vec::new();
            for event in from {
                match left.iter().position(|other| other == event) {
                    Some(place) => {
                        left.swap_remove(place);
                    }
                    None => missing.push(event.clone()),
                }
            }
            missing
        };
        self.0.extend(missing(after, before).iter().map(poke::event));
        self.0.extend(missing(before, after).iter().map(|event| say!("change-removed", event = poke::event(event))));
    }

    fn alarm(&mut self, before: Option<&Alarm>, after: Option<&Alarm>) {
        match (before, after) {
            (Some(old), Some(new)) => {
                let of = |label: &str| say!("change-of-the-alarm", setting = lower_first(label));
                self.put(&old.metric, &new.metric, &of(fault_words::metric().0), |metric| {
                    fault_words::metrics()[fault_words::metric_index(*metric)].to_owned()
                });
                self.put(&old.threshold, &new.threshold, word("change-threshold"), |share| numbers::percent(*share));
                self.put(&old.period, &new.period, &of(fault_words::measured_over().0), ToString::to_string);
                self.put(&old.periods, &new.periods, &of(fault_words::periods().0), ToString::to_string);
                self.put(&old.bake, &new.bake, &of(fault_words::keep_watching().0), ToString::to_string);
            }
            (None, None) => {}
            (before, after) => {
                let (before, after) = (usize::from(before.is_some()), usize::from(after.is_some()));
                self.put(&before, &after, word("change-alarm"), |on| fault_words::off_on()[*on].to_owned());
            }
        }
    }
}

fn on_failure(way: Option<OnFailure>) -> String {
    match way {
        Some(OnFailure::Redeploy { after }) => {
            say!("change-setting", setting = fault_words::on_failures()[fault_words::on_failure_index(way)], value = after.to_string())
        }
        Some(OnFailure::Rollback | OnFailure::Stop | OnFailure::Ignore) | None => {
            fault_words::on_failures()[fault_words::on_failure_index(way)].to_owned()
        }
    }
}

fn written(part: Part) -> String {
    match part {
        Part::Count(n) => say!("change-instances", n = n),
        Part::Percent(share) => percent(&share),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "it is handed over as it is")]
fn percent(share: &crate::units::Share) -> String {
    format!("{share} %")
}

/// A label inside a sentence. A name that begins with more than one large letter stays.
fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::{Language, speak};
    use crate::units::{Duration, Share};

    fn rolling(batch: Part) -> Scenario {
        Scenario::new(10, Strategy::Rolling { batch })
    }

    #[test]
    fn a_change_is_named_by_what_it_was_changed_to() {
        let base = rolling(Part::Count(3));
        let named = |edit: &dyn Fn(&mut Scenario)| {
            let mut after = base.clone();
            edit(&mut after);
            change(&base, &after)
        };
        assert_eq!(undo(&change(&base, &rolling(Part::Percent(Share::from_percent(30))))), "Undo batch size 30 %");
        assert_eq!(named(&|s| s.strategy = Strategy::Rolling { batch: Part::Count(1) }), "batch size 1 instance");
        assert_eq!(named(&|s| s.strategy = Strategy::AllAtOnce), "strategy All at once");
        // The demand that nobody set follows the fleet: one change.
        assert_eq!(named(&|s| s.fleet.instances = 1_000), "instances 1,000");
        assert_eq!(named(&|s| s.load_balancer.deregistration_delay = Duration::from_secs(90)), "drain 90s");
        assert_eq!(named(&|s| s.release.error_rate = 0.07), "error rate 7 %");
        let both = named(&|s| {
            s.fleet.instances = 12;
            s.seed = 7;
            s.timeout = Duration::from_secs(60);
        });
        assert_eq!(both, "instances 12 and 2 more");
        assert_eq!(change(&base, &base), "nothing");
    }

    #[test]
    fn an_event_is_named_as_what_it_lets_happen() {
        let base = rolling(Part::Count(3));
        let with = |events: &[Event]| {
            let mut scenario = base.clone();
            scenario.failures.events = events.to_vec();
            scenario
        };
        let at = Duration::from_secs(90);
        let kill = Event::KillInstance { at, instance: 5 };
        let demand = Event::Demand { at, rps: 900.0 };
        assert_eq!(change(&base, &with(std::slice::from_ref(&kill))), "kill 05 at 1:30");
        assert_eq!(
            change(&with(&[kill.clone(), demand.clone()]), &with(std::slice::from_ref(&kill))),
            "removal of: demand 900 req/s from 1:30"
        );
        let later = Event::KillInstance { at: Duration::from_secs(100), instance: 5 };
        assert_eq!(change(&with(&[demand.clone(), kill]), &with(&[demand.clone(), later])), "move: kill 05 at 1:40");
        let more = Event::Demand { at, rps: 950.0 };
        assert_eq!(change(&with(&[demand]), &with(&[more])), "demand 950 req/s from 1:30");
    }

    #[test]
    fn a_change_is_named_in_japanese_too() {
        speak(Language::Japanese);
        let undone = undo(&change(&rolling(Part::Count(3)), &rolling(Part::Percent(Share::from_percent(30)))));
        speak(Language::English);
        assert_eq!(undone, "元に戻す：バッチサイズ 30 %");
    }
}
