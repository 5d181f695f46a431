//! What is said of settings that cannot work or are of doubtful use.

use super::controls::part_asked;
use super::language::say;
use super::numbers::{duration, percent, share_exactly};
use crate::scenario::Part;
use crate::strategy::Verdict;

/// One or two sentences with the numbers, and the smallest change that works.
pub fn verdict(verdict: &Verdict) -> String {
    match *verdict {
        Verdict::NothingMayStop { asked, minimum, of, works } => {
            let (works, asked_for) = (part_asked(works), part_asked(asked));
            match asked {
                Part::Percent(_) => say!("verdict-share-stops-all", share = asked_for, of = of, minimum = minimum, works = works),
                Part::Count(_) => say!("verdict-count-stops-all", minimum = minimum, of = of, works = works),
            }
        }
        Verdict::NothingMayMove { bounds, desired, minimum_works, maximum_works } => {
            let (minimum, maximum) = (share_exactly(minimum_works), share_exactly(maximum_works));
            let (least, most) = (bounds.least, bounds.most);
            say!("verdict-nothing-may-move", desired = desired, least = least, most = most, minimum = minimum, maximum = maximum)
        }
        Verdict::NoRoom { needed, quota } => say!("verdict-no-room", needed = needed, quota = quota),
        Verdict::NoApproval { asked, given } => say!("verdict-no-approval", asked = asked, given = given),
        Verdict::StepTooShort { share, lasts, period, periods } => say!(
            "verdict-step-too-short",
            share = share_exactly(share),
            lasts = duration(lasts),
            needs = duration(period.times(periods)),
            periods = periods,
            period = duration(period)
        ),
        Verdict::AlarmIsBlind { share, threshold } => {
            say!("verdict-alarm-is-blind", share = share_exactly(share), threshold = percent(threshold))
        }
        Verdict::TooFewRequests { share, expected, needed, over, threshold } => say!(
            "verdict-too-few-requests",
            share = share_exactly(share),
            expected = expected,
            over = duration(over),
            threshold = percent(threshold),
            needed = needed.ceil()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::TaskBounds;
    use crate::units::{Duration, Share};

    #[test]
    fn a_verdict_has_its_numbers_and_a_way_out() {
        let percent = Share::from_percent;
        let minute = Duration::from_mins(1);
        let said = [
            (
                Verdict::NothingMayStop { asked: Part::Percent(percent(95)), minimum: 10, of: 10, works: Part::Percent(percent(90)) },
                "95 % of 10 instances is 10 rounded up: none may be updated, so the deployment fails at once. A minimum of 90 % works.",
            ),
            (
                Verdict::NothingMayStop { asked: Part::Count(12), minimum: 12, of: 10, works: Part::Count(9) },
                "12 of 10 instances must stay healthy: none may be updated, so the deployment fails at once. A minimum of 9 works.",
            ),
            (
                Verdict::NothingMayMove {
                    bounds: TaskBounds { least: 3, most: 3 },
                    desired: 3,
                    minimum_works: percent(66),
                    maximum_works: percent(134),
                },
                "Of 3 tasks at least 3 must run and at most 3 may: none may stop and none may start, so the deployment never ends. A \
                 minimum of 66 % or a maximum of 134 % works.",
            ),
            (Verdict::NoRoom { needed: 20, quota: 12 }, "This takes 20 instances at once, and the quota is 12. A quota of 20 works."),
            (
                Verdict::NoApproval { asked: 1, given: 0 },
                "The plan waits for 1 approval and gets none: it never ends. An Approve event for each works.",
            ),
            (
                Verdict::StepTooShort { share: percent(10), lasts: minute, period: minute, periods: 3 },
                "The step at 10 % of the traffic lasts 1 min, and the alarm needs 3 min (3 periods of 1 min): the next step comes before \
                 it can go off.",
            ),
            (
                Verdict::AlarmIsBlind { share: percent(5), threshold: 0.05 },
                "At 5 % of the traffic the new version can fail 5 % of all requests at most, and the alarm goes off above 5 %: it cannot \
                 see this step. An alarm on the new version's own requests can.",
            ),
            (
                Verdict::TooFewRequests { share: percent(1), expected: 35.0, needed: 60.0, over: Duration::from_secs(5), threshold: 0.05 },
                "At 1 % of the traffic the new version gets about 35 requests in 5 s. To see an error rate of 5 % takes 60.",
            ),
        ];
        for (told, words) in said {
            assert_eq!(verdict(&told), words);
        }
    }
}
