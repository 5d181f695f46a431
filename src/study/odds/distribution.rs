//! How a figure is distributed over many runs: every value while there are few of them, and a sketch of them beyond.
//!
//! What is held depends on the runs alone and not on their order, nor on how they were split between threads or programs:
//! counts are whole numbers, the sum is a fixed-point number, and whether it is a sketch follows from how many different
//! values there are. So parts that are joined give what one run would have given, byte for byte.
//!
//! The sketch counts values in cells whose width is a fixed part of the value, as DDSketch does (Masson, Rim and Lee,
//! "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", 2019). A cell is what the exponent
//! and the first nine binary places of a number say, so no logarithm is taken and every machine finds the same cell.

use serde::{Deserialize, Serialize};

/// As many different values are kept as they are: so quantiles are exact up to so many runs, and beyond for a figure that
/// takes no more values than that.
pub const MAX_VALUES: usize = 10_000;

/// The most that a quantile of a sketch may be off, as a part of the value (of what is missing to 1, for the availability).
pub const SKETCH_ERROR: f64 = 1.0 / 1024.0;

/// Binary places of a number that choose its cell.
const PLACES: u32 = 9;
/// What a sum is counted in: 2⁻³⁰.
const SUM_UNIT: f64 = (1_u64 << 30) as f64;
/// New values are sorted in when there are so many.
const FRESH: usize = 4_096;
/// Smaller ones count as this: 2⁻⁶⁴. It bounds the memory.
const LEAST: f64 = 1.0 / MOST;
/// Larger ones count as this: 2⁶⁴.
const MOST: f64 = u64::MAX as f64;

/// How a figure is distributed over many runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// A figure from 0 to 1 of which the part that is missing to 1 tells.
    from_one: bool,
    runs: u64,
    sum: i128,
    /// The same value several times in a row, which is not yet counted.
    streak: Entry,
    store: Store,
}

/// A value as the bits of its number, or a cell; how many runs there are of it, and the least seed of those.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Entry(pub(super) u64, pub(super) u64, pub(super) u64);

#[derive(Clone, Debug, PartialEq)]
enum Store {
    /// In order, each once; and what was not sorted in yet.
    Values {
        sorted: Vec<Entry>,
        fresh: Vec<Entry>,
    },
    Sketch(Sketch),
}

/// Counts by cell, and the extremes as they are.
#[derive(Clone, Debug, PartialEq)]
struct Sketch {
    lowest: Entry,
    highest: Entry,
    zeros: Tally,
    /// The first cell in the list.
    base: u64,
    cells: Vec<Tally>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Tally {
    count: u64,
    seed: u64,
}

impl Tally {
    const NONE: Tally = Tally { count: 0, seed: u64::MAX };

    fn add(&mut self, count: u64, seed: u64) {
        self.count += count;
        self.seed = self.seed.min(seed);
    }
}

/// A bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// From this value on,
    pub from: f64,
    /// to this one; the last bar has it too.
    pub to: f64,
    /// How many runs.
    pub runs: u64,
    /// The least seed of them, to watch one; none where there is none.
    pub seed: Option<u64>,
}

/// What of a distribution is written to a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Stored {
    runs: u64,
    /// A number of more digits than JSON's readers agree on.
    sum: String,
    values: Option<Vec<Entry>>,
    /// The lowest and the highest value, zeros, and the cells.
    sketch: Option<(Entry, Entry, Entry, Vec<Entry>)>,
}

impl Distribution {
    /// Nothing yet. `from_one` is for a figure from 0 to 1 of which the part that is missing to 1 tells.
    pub fn new(from_one: bool) -> Distribution {
        Distribution { from_one, runs: 0, sum: 0, streak: Entry::default(), store: Store::Values { sorted: Vec::new(), fresh: Vec::new() } }
    }

    /// Counts the value of a run.
    #[inline]
    pub fn add(&mut self, value: f64, seed: u64) {
        // Figures are never below 0; adding 0 makes no two zeros.
        let bits = (value + 0.0).to_bits();
        if self.streak.0 == bits && self.streak.1 > 0 {
            self.streak.1 += 1;
            self.streak.2 = self.streak.2.min(seed);
            return;
        }
        let ended = std::mem::replace(&mut self.streak, Entry(bits, 1, seed));
        self.count(ended);
    }

    fn count(&mut self, entry: Entry) {
        let Entry(bits, count, _) = entry;
        if count == 0 {
            return;
        }
        self.runs += count;
        self.sum = self.sum.saturating_add(in_units(f64::from_bits(bits)).saturating_mul(i128::from(count)));
        match &mut self.store {
            Store::Values { fresh, .. } => {
                fresh.push(entry);
                if fresh.len() >= FRESH {
                    self.sort_in();
                }
            }
            Store::Sketch(sketch) => sketch.add(entry, self.from_one),
        }
    }

    /// Brings it into its one form: nothing waits any more.
    pub fn settle(&mut self) {
        let ended = std::mem::take(&mut self.streak);
        self.count(ended);
        self.sort_in();
    }

    fn sort_in(&mut self) {
        let Store::Values { sorted, fresh } = &mut self.store else { return };
        if !fresh.is_empty() {
            sorted.append(fresh);
            sorted.sort_unstable();
            sorted.dedup_by(|later, first| {
                let same = later.0 == first.0;
                if same {
                    first.1 += later.1;
                    first.2 = first.2.min(later.2);
                }
                same
            });
        }
        if sorted.len() > MAX_VALUES {
            let mut sketch = Sketch { lowest: sorted[0], highest: sorted[0], zeros: Tally::NONE, base: 0, cells: Vec::new() };
            (sketch.lowest.1, sketch.highest.1) = (0, 0);
            for &entry in &*sorted {
                sketch.add(entry, self.from_one);
            }
            self.store = Store::Sketch(sketch);
        }
    }

    /// Takes in the runs of another one, that are not in this one.
    pub fn merge(&mut self, other: &Distribution) {
        let mut other = other.clone();
        other.settle();
        self.settle();
        self.runs += other.runs;
        self.sum = self.sum.saturating_add(other.sum);
        let from_one = self.from_one;
        match (&mut self.store, other.store) {
            (Store::Values { fresh, .. }, Store::Values { sorted, .. }) => {
                fresh.extend(sorted);
                self.sort_in();
            }
            (Store::Sketch(sketch), Store::Values { sorted, .. }) => sorted.into_iter().for_each(|entry| sketch.add(entry, from_one)),
            (Store::Values { sorted, .. }, Store::Sketch(mut sketch)) => {
                sorted.iter().for_each(|&entry| sketch.add(entry, from_one));
                self.store = Store::Sketch(sketch);
            }
            (Store::Sketch(sketch), Store::Sketch(other)) => sketch.merge(&other),
        }
    }

    /// How many runs have this figure. Of what follows it is only true what was settled.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Whether every value is known; a quantile is exact then.
    pub fn is_exact(&self) -> bool {
        matches!(self.store, Store::Values { .. })
    }

    /// The mean, to 2⁻³¹; none of no runs.
    pub fn mean(&self) -> Option<f64> {
        // Whole and rest apart: the sum of a billion runs has more digits than a float.
        let runs = i128::from(self.runs);
        (runs > 0).then(|| ((self.sum / runs) as f64 + (self.sum % runs) as f64 / runs as f64) / SUM_UNIT)
    }

    /// The lowest and the highest value, each with the least seed that gives it.
    pub fn extremes(&self) -> Option<[(f64, u64); 2]> {
        let (lowest, highest) = match &self.store {
            Store::Values { sorted, .. } => (*sorted.first()?, *sorted.last()?),
            Store::Sketch(sketch) => (sketch.lowest, sketch.highest),
        };
        Some([lowest, highest].map(|Entry(bits, _, seed)| (f64::from_bits(bits), seed)))
    }

    /// The least value that so many per mille of the runs do not exceed (the nearest rank); none of no runs.
    pub fn quantile(&self, per_mille: u64) -> Option<f64> {
        let rank = u64::try_from((u128::from(self.runs) * u128::from(per_mille)).div_ceil(1_000)).unwrap_or(u64::MAX).max(1);
        let [(lowest, _), (highest, _)] = self.extremes()?;
        let mut passed = 0;
        for (value, tally) in self.ascending() {
            passed += tally.count;
            if passed >= rank {
                return Some(value.clamp(lowest, highest));
            }
        }
        Some(highest)
    }

    /// Values, or the middles of cells, from the lowest to the highest.
    fn ascending(&self) -> Box<dyn Iterator<Item = (f64, Tally)> + '_> {
        match &self.store {
            Store::Values { sorted, .. } => {
                Box::new(sorted.iter().map(|&Entry(bits, count, seed)| (f64::from_bits(bits), Tally { count, seed })))
            }
            Store::Sketch(sketch) if self.from_one => {
                Box::new(sketch.cells().rev().chain([(0.0, sketch.zeros)]).map(|(missing, tally)| (1.0 - missing, tally)))
            }
            Store::Sketch(sketch) => Box::new([(0.0, sketch.zeros)].into_iter().chain(sketch.cells())),
        }
    }

    /// The runs in so many bars of the same width, from the lowest to the highest value; one bar where all are the same.
    pub fn histogram(&self, bars: u32) -> Vec<Bar> {
        let Some([(lowest, _), (highest, _)]) = self.extremes() else { return Vec::new() };
        let bars = if highest > lowest { bars.max(1) } else { 1 };
        let edge = |i: u32| if i == bars { highest } else { lowest + (highest - lowest) * f64::from(i) / f64::from(bars) };
        let mut histogram: Vec<Bar> = (0..bars).map(|i| Bar { from: edge(i), to: edge(i + 1), runs: 0, seed: None }).collect();
        for (value, tally) in self.ascending().filter(|(_, tally)| tally.count > 0) {
            let value = value.clamp(lowest, highest);
            let place = histogram.partition_point(|bar| bar.to <= value).min(histogram.len() - 1);
            let bar = &mut histogram[place];
            bar.runs += tally.count;
            bar.seed = Some(bar.seed.map_or(tally.seed, |seed| seed.min(tally.seed)));
        }
        histogram
    }

    pub(super) fn stored(&self) -> Stored {
        let (values, sketch) = match &self.store {
            Store::Values { sorted, .. } => (Some(sorted.clone()), None),
            Store::Sketch(sketch) => {
                let cells = (sketch.base..).zip(&sketch.cells).filter(|(_, tally)| tally.count > 0);
                let cells = cells.map(|(cell, tally)| Entry(cell, tally.count, tally.seed)).collect();
                let zeros = Entry(0, sketch.zeros.count, sketch.zeros.seed);
                (None, Some((sketch.lowest, sketch.highest, zeros, cells)))
            }
        };
        Stored { runs: self.runs, sum: self.sum.to_string(), values, sketch }
    }

    /// What was stored; none where it does not add up.
    pub(super) fn of_stored(stored: Stored, from_one: bool) -> Option<Distribution> {
        let sum = stored.sum.parse().ok()?;
        let store = match (stored.values, stored.sketch) {
            (Some(sorted), None) => {
                let counted = sorted.iter().try_fold(0_u64, |sum, entry| sum.checked_add(entry.1))?;
                let in_order = sorted.windows(2).all(|pair| pair[0].0 < pair[1].0);
                if counted != stored.runs || !in_order || sorted.len() > MAX_VALUES {
                    return None;
                }
                Store::Values { sorted, fresh: Vec::new() }
            }
            (None, Some((lowest, highest, zeros, cells))) => {
                let counted = cells.iter().try_fold(zeros.1, |sum, entry| sum.checked_add(entry.1))?;
                let known = cell_of(LEAST)..=cell_of(MOST);
                if counted != stored.runs || !cells.iter().all(|entry| known.contains(&entry.0)) {
                    return None;
                }
                let zeros = Tally { count: zeros.1, seed: zeros.2 };
                let mut sketch = Sketch { lowest, highest, zeros, base: 0, cells: Vec::new() };
                for Entry(cell, count, seed) in cells {
                    sketch.at(cell).add(count, seed);
                }
                Store::Sketch(sketch)
            }
            (Some(_), Some(_)) | (None, None) => return None,
        };
        Some(Distribution { from_one, runs: stored.runs, sum, streak: Entry::default(), store })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a float to integer cast saturates, and a sum of so much does too")]
fn in_units(value: f64) -> i128 {
    (value * SUM_UNIT).round() as i128
}

fn cell_of(value: f64) -> u64 {
    value.clamp(LEAST, MOST).to_bits() >> (52 - PLACES)
}

/// The middle of a cell.
fn middle(cell: u64) -> f64 {
    let edge = |cell: u64| f64::from_bits(cell << (52 - PLACES));
    edge(cell).midpoint(edge(cell + 1))
}

impl Sketch {
    fn add(&mut self, entry: Entry, from_one: bool) {
        let Entry(bits, count, seed) = entry;
        let beyond = |one: Entry, is_beyond: bool| {
            if one.1 == 0 || is_beyond || (bits == one.0 && seed < one.2) { Entry(bits, 1, seed) } else { one }
        };
        self.lowest = beyond(self.lowest, bits < self.lowest.0);
        self.highest = beyond(self.highest, bits > self.highest.0);
        let value = f64::from_bits(bits);
        let value = if from_one { 1.0 - value } else { value };
        if value == 0.0 {
            self.zeros.add(count, seed);
        } else {
            self.at(cell_of(value)).add(count, seed);
        }
    }

    /// A cell, for which room is made.
    fn at(&mut self, cell: u64) -> &mut Tally {
        let room = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        if self.cells.is_empty() {
            self.base = cell;
        }
        if cell < self.base {
            // Some more than is needed, or a list that grows downwards would be moved again and again.
            let first = cell.saturating_sub(self.cells.len() as u64 / 2).max(cell_of(LEAST)).min(cell);
            self.cells.splice(0..0, std::iter::repeat_n(Tally::NONE, room(self.base - first)));
            self.base = first;
        }
        let i = room(cell - self.base);
        if i >= self.cells.len() {
            self.cells.resize(i + 1, Tally::NONE);
        }
        &mut self.cells[i]
    }

    fn merge(&mut self, other: &Sketch) {
        let (lowest, highest) = (other.lowest, other.highest);
        if lowest.0 < self.lowest.0 || (lowest.0 == self.lowest.0 && lowest.2 < self.lowest.2) {
            self.lowest = lowest;
        }
        if highest.0 > self.highest.0 || (highest.0 == self.highest.0 && highest.2 < self.highest.2) {
            self.highest = highest;
        }
        self.zeros.add(other.zeros.count, other.zeros.seed);
        for (cell, tally) in (other.base..).zip(&other.cells).filter(|(_, tally)| tally.count > 0) {
            self.at(cell).add(tally.count, tally.seed);
        }
    }

    /// The middles of the cells.
    fn cells(&self) -> impl DoubleEndedIterator<Item = (f64, Tally)> + '_ {
        let base = self.base;
        self.cells.iter().enumerate().map(move |(i, tally)| (middle(base + i as u64), *tally))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::engine::random::mix;

    fn of(values: impl IntoIterator<Item = (f64, u64)>) -> Distribution {
        let mut all = Distribution::new(false);
        values.into_iter().for_each(|(value, seed)| all.add(value, seed));
        all.settle();
        all
    }

    /// Different numbers from 0 to 1,000.
    fn number(seed: u64) -> (f64, u64) {
        ((mix(seed) >> 20) as f64 / (1_u64 << 44) as f64 * 1_000.0, seed)
    }

    #[test]
    fn quantiles_of_few_are_exact() {
        // 1 to 10: the nearest rank of 50 % is the 5th, of 90 % the 9th, of 91 % the 10th, of 0 % the 1st.
        let ten = of((1..=10).map(|i| (f64::from(i), 10 - u64::try_from(i).unwrap())));
        assert_eq!([500, 900, 910, 0, 1_000].map(|p| ten.quantile(p).unwrap()), [5.0, 9.0, 10.0, 1.0, 10.0]);
        assert_eq!((ten.mean(), ten.runs()), (Some(5.5), 10));
        assert_eq!(ten.extremes(), Some([(1.0, 9), (10.0, 0)]));
        assert_eq!(of([]).quantile(500), None);
    }

    #[test]
    fn a_sketch_is_off_by_no_more_than_it_says() {
        let many = 50_000;
        let sketch = of((1..=many).map(number));
        assert!(!sketch.is_exact());
        let mut values: Vec<f64> = (1..=many).map(|seed| number(seed).0).collect();
        values.sort_by(f64::total_cmp);
        for per_mille in [1, 10, 50, 500, 900, 950, 990, 999] {
            let exact = values[usize::try_from(many * per_mille).unwrap().div_ceil(1_000) - 1];
            let found = sketch.quantile(per_mille).unwrap();
            assert!((found - exact).abs() <= exact * SKETCH_ERROR, "{per_mille}: {found} is not {exact}");
        }
        let mean = values.iter().sum::<f64>() / many as f64;
        assert!((sketch.mean().unwrap() - mean).abs() < 1e-6);
        assert_eq!(sketch.extremes().unwrap().map(|(value, _)| value), [values[0], values[values.len() - 1]]);
    }

    #[test]
    fn what_is_missing_to_one_is_told_as_exactly() {
        // Availabilities from 99.999 % up: a part of the value itself could not tell them apart.
        let mut sketch = Distribution::new(true);
        (1..=20_000).for_each(|seed| sketch.add(1.0 - number(seed).0 * 1e-8, seed));
        sketch.settle();
        assert!(!sketch.is_exact());
        let missing = 1.0 - sketch.quantile(10).unwrap();
        let mut values: Vec<f64> = (1..=20_000).map(|seed| number(seed).0 * 1e-8).collect();
        values.sort_by(f64::total_cmp);
        // 1 % of 20,000 from above: the 200th of the largest, which is the 19,801st.
        assert!((missing - values[19_800]).abs() <= values[19_800] * SKETCH_ERROR * 1.001, "{missing}");
    }

    #[test]
    fn few_values_stay_exact_whatever_the_runs() {
        let all = of((0..100_000_u64).map(|seed| ((seed % 7) as f64, seed)));
        assert!(all.is_exact());
        // 100,000 / 7: 14,286 each of 0 to 4 and 14,285 of 5 and 6; half is in 3.
        assert_eq!(all.quantile(500), Some(3.0));
    }

    #[test]
    fn merging_is_order_free_and_associative() {
        for many in [900, 9_000, 30_000_u64] {
            let parts: Vec<Distribution> = (0..3).map(|part| of((part * many / 3..(part + 1) * many / 3).map(number))).collect();
            let whole = of((0..many).rev().map(number));
            let joined = |order: [usize; 3]| {
                let mut all = Distribution::new(false);
                order.iter().for_each(|&i| all.merge(&parts[i]));
                all.stored()
            };
            let mut right = parts[1].clone();
            right.merge(&parts[2]);
            let mut left = parts[0].clone();
            left.merge(&right);
            for stored in [joined([0, 1, 2]), joined([2, 0, 1]), joined([1, 2, 0]), left.stored()] {
                assert_eq!(stored, whole.stored());
            }
        }
    }

    #[test]
    fn it_comes_back_from_a_file_as_it_was() {
        for many in [10, 30_000] {
            let all = of((0..many).map(number));
            let text = serde_json::to_string(&all.stored()).unwrap();
            let back = Distribution::of_stored(serde_json::from_str(&text).unwrap(), false).unwrap();
            assert_eq!(back.stored(), all.stored());
            assert_eq!(back.quantile(900), all.quantile(900));
        }
        let mut wrong = of([(1.0, 1)]).stored();
        wrong.runs = 2;
        assert_eq!(Distribution::of_stored(wrong, false), None);
    }

    #[test]
    fn bars_hold_all_runs_and_know_one_of_them() {
        let all = of([(0.0, 5), (1.0, 4), (9.0, 3), (10.0, 2), (10.0, 1)]);
        let bars = all.histogram(2);
        assert_eq!(bars[0], Bar { from: 0.0, to: 5.0, runs: 2, seed: Some(4) });
        assert_eq!(bars[1], Bar { from: 5.0, to: 10.0, runs: 3, seed: Some(1) });
        assert_eq!(of([(3.0, 8), (3.0, 9)]).histogram(20), [Bar { from: 3.0, to: 3.0, runs: 2, seed: Some(8) }]);
    }
}
