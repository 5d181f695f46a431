//! The queue of events to come, in time order; those of the same time come out in the order they went in.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::timeline::Instances;
use crate::units::Time;

/// Something that happens by itself after a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// Instances have drained: their install begins.
    Installing(Instances),
    /// Instances have passed their checks.
    InService(Instances),
    /// So many instances stayed healthy long enough.
    Settled(u32),
    /// Instances have drained for good.
    Gone(Instances),
    /// The plan's wait is over.
    WaitOver,
    /// All clients have followed the last shift of the traffic.
    Followed,
}

#[derive(Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<(Time, u32, Event)>>,
    pushed: u32,
}

impl Queue {
    pub(super) fn push(&mut self, at: Time, event: Event) {
        self.heap.push(Reverse((at, self.pushed, event)));
        self.pushed += 1;
    }

    pub(super) fn next_time(&self) -> Option<Time> {
        self.heap.peek().map(|Reverse((at, ..))| *at)
    }

    /// The next event, if it is due at `at`.
    pub(super) fn pop_due(&mut self, at: Time) -> Option<Event> {
        if self.next_time()? > at {
            return None;
        }
        self.heap.pop().map(|Reverse((.., event))| event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_out_by_time_and_then_in_order() {
        let (early, late) = (Time::from_us(1), Time::from_us(2));
        let mut queue = Queue::default();
        queue.push(late, Event::WaitOver);
        queue.push(late, Event::Settled(1));
        queue.push(early, Event::Followed);
        assert_eq!(queue.next_time(), Some(early));
        assert_eq!(queue.pop_due(early), Some(Event::Followed));
        assert_eq!(queue.pop_due(early), None);
        assert_eq!(queue.pop_due(late), Some(Event::WaitOver));
        assert_eq!(queue.pop_due(late), Some(Event::Settled(1)));
        assert_eq!(queue.next_time(), None);
    }
}
