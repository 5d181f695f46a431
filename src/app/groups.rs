//! The groups of instances that stand together wherever the fleet is shown, and what they are called.

use crate::scenario::StrategyKind;
use crate::text::pictures as words;
use crate::timeline::{Instances, Moment, Timeline, Version};

/// Instances that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) instances: Instances,
    /// Those of the start, or those that were launched with the new version.
    pub(super) holds: Version,
}

impl Group {
    /// Instances of it that are in service, whatever they run: the old group serves with both versions where it is updated
    /// in place, and on the way back the new one may.
    pub(super) fn in_service(&self, moment: &Moment) -> u32 {
        match self.holds {
            Version::Old => moment.in_service() - moment.in_service_launched,
            Version::New => moment.in_service_launched,
        }
    }
}

/// Those that were there at the start, and those that were launched since, if any were.
pub(super) fn groups(timeline: &Timeline, kind: StrategyKind) -> Vec<Group> {
    let left = Instances { first: 0, count: timeline.desired() };
    let launched = Instances { first: timeline.desired(), count: timeline.instances() - timeline.desired() };
    if launched.count == 0 {
        return vec![Group { name: words::fleet(), instances: left, holds: Version::Old }];
    }
    let last = timeline.instances().checked_sub(1).and_then(|last| timeline.life(last).at(timeline.end()));
    let (old_name, new_name) = match last {
        // On the way back the old version was launched too: then neither group is of one version.
        Some(last) if !last.is_new => words::mixed_group_names(),
        Some(_) | None => words::group_names(kind),
    };
    vec![Group { name: old_name, instances: left, holds: Version::Old }, Group { name: new_name, instances: launched, holds: Version::New }]
}
