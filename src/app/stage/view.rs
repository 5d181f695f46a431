//! How near a group is looked at: all of its instances, or some neighbouring ones from nearer.

use super::census::Census;
use crate::timeline::{Instances, Version};

/// The fewest instances that are looked at alone.
const FEWEST: u32 = 10;
/// A group of fewer is always shown whole: each of its instances has room for words.
const WORTH_IT: u32 = 40;
/// One step nearer shows this part.
const STEP: u32 = 2;
/// What is shown of each group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    shown: [Option<Part>; 2],
}

/// Neighbouring instances of a group of `of`, the first counted from the group's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    first: u32,
    count: u32,
    of: u32,
}

impl View {
    /// The instances of a group that are shown.
    pub fn shown(&self, all: Instances, holds: Version) -> Instances {
        match self.shown[holds as usize] {
            // What was looked at in another fleet means nothing in this one.
            Some(part) if part.of == all.count => {
                Instances { first: all.first + part.first, count: part.count.min(all.count - part.first) }
            }
            Some(_) | None => all,
        }
    }

    /// Whether it is worth looking at a group from nearer.
    pub fn can_near(all: Instances) -> bool {
        all.count > WORTH_IT
    }

    /// A step nearer or further, `instance` staying about where it is.
    pub fn zoom(&mut self, all: Instances, holds: Version, instance: u32, nearer: bool) {
        if !View::can_near(all) {
            return;
        }
        let now = self.shown(all, holds);
        let count = if nearer { (now.count / STEP).max(FEWEST) } else { now.count.saturating_mul(STEP) };
        let place = f64::from(instance.saturating_sub(now.first)) / f64::from(now.count.max(1));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a count")]
        let before = (place * f64::from(count)) as u32;
        self.show(all, holds, (instance - all.first).saturating_sub(before), count);
        self.bring(all, holds, instance);
    }

    /// Moves what is shown by so many instances.
    pub fn pan(&mut self, all: Instances, holds: Version, by: i64) {
        let now = self.shown(all, holds);
        let first = i64::from(now.first - all.first).saturating_add(by).max(0);
        self.show(all, holds, u32::try_from(first).unwrap_or(u32::MAX), now.count);
    }

    /// Moves what is shown so that an instance is among it.
    pub fn bring(&mut self, all: Instances, holds: Version, instance: u32) {
        let now = self.shown(all, holds);
        if instance < now.first {
            self.show(all, holds, instance - all.first, now.count);
        } else if instance >= now.first + now.count {
            let first = instance + 1 - all.first - now.count;
            self.show(all, holds, first.next_multiple_of(Census::aligned(all.count, now.count)), now.count);
        }
    }

    /// All of a group again.
    pub fn reset(&mut self, holds: Version) {
        self.shown[holds as usize] = None;
    }

    /// All of both groups again. Whether anything was nearer.
    pub fn reset_all(&mut self) -> bool {
        std::mem::take(self) != View::default()
    }

    /// What is shown of a large group begins where a block of its census does: a cell stands for whole ones.
    fn show(&mut self, all: Instances, holds: Version, first: u32, count: u32) {
        let aligned = Census::aligned(all.count, count);
        let count = count.next_multiple_of(aligned);
        self.shown[holds as usize] = (count < all.count).then(|| {
            let last = (all.count - count).next_multiple_of(aligned);
            Part { first: first.min(last) / aligned * aligned, count, of: all.count }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Instances = Instances { first: 100, count: 1_000 };

    #[test]
    fn what_is_pointed_at_stays_where_it_is() {
        let mut view = View::default();
        // Instance 600 is the group's 500th, half way: half of 1,000 around it are its 250th to 749th.
        view.zoom(ALL, Version::New, 600, true);
        assert_eq!(view.shown(ALL, Version::New), Instances { first: 350, count: 500 });
        assert_eq!(view.shown(ALL, Version::Old), ALL, "the other group is looked at on its own");
        view.zoom(ALL, Version::New, 600, false);
        assert_eq!(view.shown(ALL, Version::New), ALL);
    }

    #[test]
    fn it_stays_in_the_group() {
        let mut view = View::default();
        for _ in 0..20 {
            view.zoom(ALL, Version::Old, 1_099, true);
        }
        // No fewer than ten, and the last of them is the group's last.
        assert_eq!(view.shown(ALL, Version::Old), Instances { first: 1_090, count: 10 });
        view.pan(ALL, Version::Old, 1_000);
        assert_eq!(view.shown(ALL, Version::Old), Instances { first: 1_090, count: 10 });
        view.pan(ALL, Version::Old, -5_000);
        assert_eq!(view.shown(ALL, Version::Old), Instances { first: 100, count: 10 });
        view.bring(ALL, Version::Old, 500);
        assert_eq!(view.shown(ALL, Version::Old), Instances { first: 491, count: 10 });
        assert!(view.reset_all());
        assert_eq!(view.shown(ALL, Version::Old), ALL);
    }

    #[test]
    fn the_end_of_a_large_group_can_be_looked_at() {
        const LARGE: Instances = Instances { first: 0, count: 1_000_000 };
        let mut view = View::default();
        view.zoom(LARGE, Version::Old, 999_999, true);
        let shown = view.shown(LARGE, Version::Old);
        assert_eq!((shown.first % 512, shown.first + shown.count), (0, 1_000_000));
        view.pan(LARGE, Version::Old, -1_000);
        view.bring(LARGE, Version::Old, 999_999);
        assert!(view.shown(LARGE, Version::Old).numbers().contains(&999_999));
    }

    #[test]
    fn another_fleet_is_seen_whole() {
        let mut view = View::default();
        view.zoom(ALL, Version::Old, 200, true);
        let other = Instances { first: 0, count: 900 };
        assert_eq!(view.shown(other, Version::Old), other);
    }
}
