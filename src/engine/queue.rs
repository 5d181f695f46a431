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

impl Entry {
    /// Time and number as one: a single comparison.
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.at.as_us()) << 32 | u128::from(self.number)
    }
}

/// The earliest is the greatest: the heap gives that first.
impl Ord for Entry {
    #[inline]
    fn cmp(&self, other: &Entry) -> Ordering {
        other.key().cmp(&self.key())
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A heap for what comes one by one, and beside it a sorted list for what comes many at a time, which costs far less.
#[derive(Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Entry>,
    /// The earliest is the last.
    list: Vec<Entry>,
    /// What is collected for the list.
    collected: Vec<Entry>,
    pushed: u32,
    under_way: u32,
}

impl Queue {
    pub(super) fn clear(&mut self) {
        self.heap.clear();
        self.list.clear();
        self.collected.clear();
        self.pushed = 0;
        self.under_way = 0;
    }

    pub(super) fn push(&mut self, at: Time, event: Event) {
        let entry = self.entry(at, event);
        self.heap.push(entry);
    }

    fn entry(&mut self, at: Time, event: Event) -> Entry {
        let entry = Entry { at, number: self.pushed, event };
        self.pushed = self.pushed.wrapping_add(1);
        self.under_way += u32::from(event.is_under_way());
        entry
    }

    /// As [`Queue::push`], for one of many: they are in the queue once [`Queue::take_in`] was called.
    pub(super) fn collect(&mut self, at: Time, event: Event) {
        let entry = self.entry(at, event);
        self.collected.push(entry);
    }

    /// Takes in what was collected.
    pub(super) fn take_in(&mut self) {
        // Sorting a long list again for a few more would cost more than the heap.
        const FEW: usize = 8;
        if self.list.is_empty() {
            std::mem::swap(&mut self.list, &mut self.collected);
        } else if self.collected.len() * FEW > self.list.len() {
            self.list.append(&mut self.collected);
        } else {
            self.heap.extend(self.collected.drain(..));
            return;
        }
        // The order is that of the heap: the earliest is the greatest. No two are equal.
        self.list.sort_unstable();
    }

    /// Whether the next event is the list's.
    fn next(&self) -> Option<(bool, &Entry)> {
        match (self.list.last(), self.heap.peek()) {
            (Some(one), Some(other)) if one < other => Some((false, other)),
            (Some(one), _) => Some((true, one)),
            (None, other) => other.map(|other| (false, other)),
        }
    }

    #[inline]
    pub(super) fn next_time(&self) -> Option<Time> {
        self.next().map(|(_, entry)| entry.at)
    }

    /// The next event, if it is due at `at`.
    #[inline]
    pub(super) fn pop_due(&mut self, at: Time) -> Option<Event> {
        let (from_list, entry) = self.next()?;
        if entry.at > at {
            return None;
        }
        let event = if from_list { self.list.pop() } else { self.heap.pop() }?.event;
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
    fn many_at_a_time_come_out_among_the_others() {
        let mut queue = Queue::default();
        let at = Time::from_us;
        queue.push(at(2), Event::WaitOver(0));
        for (time, number) in [(3, 1), (1, 2), (2, 3)] {
            queue.collect(at(time), Event::WaitOver(number));
        }
        queue.take_in();
        // One more for the list, which is longer: it goes to the heap, and comes after what went in before it.
        queue.collect(at(2), Event::WaitOver(4));
        queue.take_in();
        let order: Vec<Event> = std::iter::from_fn(|| queue.pop_due(at(9))).collect();
        assert_eq!(order, [2, 0, 3, 4, 1].map(Event::WaitOver));
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
