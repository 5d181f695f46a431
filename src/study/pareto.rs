//! The Pareto front: what nothing else beats on every side.

use crate::metrics::Better;

/// Which of the points no other dominates: none is at least as good in both figures and better in one. Of points that are
/// alike all are in the front. A point with a figure that is not a number is never in it.
pub fn front(points: &[(f64, f64)], better: (Better, Better)) -> Vec<bool> {
    // As if less were better in both.
    let turned = |value: f64, better: Better| match better {
        Better::Less => value,
        Better::More => -value,
    };
    let costs: Vec<(f64, f64)> = points.iter().map(|&(a, b)| (turned(a, better.0), turned(b, better.1))).collect();
    let mut order: Vec<usize> = (0..costs.len()).filter(|&i| !costs[i].0.is_nan() && !costs[i].1.is_nan()).collect();
    order.sort_by(|&i, &j| costs[i].0.total_cmp(&costs[j].0).then(costs[i].1.total_cmp(&costs[j].1)));
    let mut in_front = vec![false; costs.len()];
    // From the cheapest on: a point is in the front where it is cheaper in the second than all before it.
    let mut best: Option<(f64, f64)> = None;
    for i in order {
        let cost = costs[i];
        let is_in = best.is_none_or(|best| cost.1 < best.1 || cost == best);
        if is_in {
            in_front[i] = true;
            best = Some(cost);
        }
    }
    in_front
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_front_of_a_few_points_is_seen() {
        let points = [(100.0, 0.5), (200.0, 0.9), (200.0, 0.7), (300.0, 0.9), (100.0, 0.5), (f64::NAN, 1.0)];
        // Shorter and with more capacity: 300 s with 90 % is beaten by 200 s with the same.
        assert_eq!(front(&points, (Better::Less, Better::More)), [true, true, false, false, true, false]);
    }

    proptest! {
        #[test]
        fn the_front_has_no_dominated_member_and_misses_none(points in prop::collection::vec((0_u8..6, 0_u8..6), 0..40)) {
            let points: Vec<(f64, f64)> = points.into_iter().map(|(a, b)| (f64::from(a), f64::from(b))).collect();
            let in_front = front(&points, (Better::Less, Better::Less));
            for (i, p) in points.iter().enumerate() {
                let dominated = points.iter().any(|q| q.0 <= p.0 && q.1 <= p.1 && q != p);
                prop_assert_eq!(in_front[i], !dominated);
            }
        }
    }
}
