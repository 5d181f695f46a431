//! The queue of events to come, in time order; those of the same time come out in the order they went in.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::timeline::{Death, Group, Instances, Version};
use crate::units::Time;

/// Which start of an instance an event belongs to: where the instance was started, taken or has died since, the event
/// is void.
pub(super) type Chain = u32;

/// Something that happens by itself after a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Instances have drained: their install begins.
    Installing(Instances, Chain),
    /// Instances have passed their checks.
    Passed(Instances, Chain),
    /// The load balancer begins to use instances that have passed.
    Registered(Instances, Chain),
    /// Instances stayed healthy long enough.
    Settled(Instances, Chain),
    /// Instances have drained for good.
    Gone(Instances, Chain),
    /// The time is up in which the instances of a step had to get healthy.
    TimeUp(Instances, u32),
    /// Instances have failed their checks for good.
    Unhealthy(Instances, Chain),
    /// An instance dies.
    Dies(u32, Chain, Death),
    /// The load balancer has noticed that instances are dead.
    Noticed(Instances, Chain),
    /// The load balancer has learned that so many were deregistered; they answered until now.
    LearnedInTime(Group, Version, u32),
    /// Instances that the load balancer still uses stop answering.
    StoppedTooEarly(Group, Version, u32),
    /// The load balancer has learned that so many were deregistered; they had stopped before.
    LearnedTooLate(Group, Version, u32),
    /// The wait of a step is over.
    WaitOver(u32),
    /// A step's measurement is complete.
    Measured(u32),
    /// The quota has left no room for a step's launches.
    NoRoomInTime(u32),
    /// A loop looks whether it made progress.
    Progress(u32),
    /// A person redeploys.
    Person,
    /// Clients have followed a shift of the traffic, by its number, but for those that are late.
    Late(u32),
    /// All clients have followed a shift.
    Followed,
    /// A period of the alarm is over.
    Period,
    /// So long nothing has been under way that nothing will be.
    QuietForLong,
    /// An event of the scenario, by its place in the list.
    Happens(u32),
}

impl Event {
    /// Whether it belongs to something that is under way, and not to what may happen at any time.
    fn is_under_way(self) -> bool {
        match self {
            Event::Dies(..) | Event::Period | Event::QuietForLong | Event::Happens(_) => false,
            Event::Installing(..)
            | Event::Passed(..)
            | Event::Registered(..)
            | Event::Settled(..)
            | Event::Gone(..)
            | Event::TimeUp(..)
            | Event::Unhealthy(..)
            | Event::Noticed(..)
            | Event::LearnedInTime(..)
            | Event::StoppedTooEarly(..)
            | Event::LearnedTooLate(..)
            | Event::WaitOver(_)
            | Event::Measured(_)
            | Event::NoRoomInTime(_)
            | Event::Progress(_)
            | Event::Person
            | Event::Late(_)
            | Event::Followed => true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    at: Time,
    number: u32,
    event: Event,
}

/// The earliest is the greatest: the heap gives that first.
impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> Ordering {
        (other.at, other.number).cmp(&(self.at, self.number))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Entry>,
    pushed: u32,
    under_way: u32,
}

impl Queue {
    pub(super) fn push(&mut self, at: Time, event: Event) {
        self.heap.push(Entry { at, number: self.pushed, event });
        self.pushed = self.pushed.wrapping_add(1);
        self.under_way += u32::from(event.is_under_way());
    }

    pub(super) fn next_time(&self) -> Option<Time> {
        self.heap.peek().map(|entry| entry.at)
    }

    /// The next event, if it is due at `at`.
    pub(super) fn pop_due(&mut self, at: Time) -> Option<Event> {
        if self.next_time()? > at {
            return None;
        }
        let event = self.heap.pop()?.event;
        self.under_way -= u32::from(event.is_under_way());
        Some(event)
    }

    /// Whether anything is under way.
    pub(super) fn is_under_way(&self) -> bool {
        self.under_way > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_out_by_time_and_then_in_order() {
        let (early, late) = (Time::from_us(1), Time::from_us(2));
        let mut queue = Queue::default();
        queue.push(late, Event::WaitOver(1));
        queue.push(late, Event::Person);
        queue.push(early, Event::Followed);
        assert_eq!(queue.next_time(), Some(early));
        assert_eq!(queue.pop_due(early), Some(Event::Followed));
        assert_eq!(queue.pop_due(early), None);
        assert_eq!(queue.pop_due(late), Some(Event::WaitOver(1)));
        assert!(queue.is_under_way());
        assert_eq!(queue.pop_due(late), Some(Event::Person));
        assert_eq!(queue.next_time(), None);
        assert!(!queue.is_under_way());
    }

    #[test]
    fn what_may_happen_at_any_time_is_not_under_way() {
        let mut queue = Queue::default();
        queue.push(Time::ZERO, Event::Dies(0, 0, Death::Failure));
        queue.push(Time::ZERO, Event::Period);
        assert!(!queue.is_under_way());
    }
}
