//! Work beside the window: a large deployment is simulated on a thread of its own, and the old picture stays until the new
//! one is there. The newest wish wins; what an older one led to is dropped, and never are two threads busy.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use eframe::egui::Context;

use crate::scenario::{Scenario, Step, Strategy};
use crate::strategy::{RefreshBounds, TaskBounds, batch_size, fenceposts};
use crate::text::language::{speak, spoken};

/// A scenario of a larger [`size`] is simulated beside the window. One of this size takes some 4 ms.
const LARGE: u64 = 20_000;

/// An instance that does something at a time of its own costs as much as so many that do it together.
const ALONE: u64 = 12;

/// Whether a scenario is too large to be simulated within a frame: by its size, so that it is so on every machine.
pub fn is_large(scenario: &Scenario) -> bool {
    size(scenario) > LARGE
}

/// How much there is to simulate: its instances, and the groups of them that go through it at times of their own.
fn size(scenario: &Scenario) -> u64 {
    let n = scenario.fleet.instances;
    let release = &scenario.release;
    let alone = !scenario.timings.is_fixed()
        || scenario.failures.instance_mtbf.is_some()
        || release.startup_failure > 0.0
        || release.crash_after.is_some();
    let groups = if alone { n } else { n.div_ceil(at_a_time(scenario).clamp(1, n.max(1))) };
    u64::from(n) + ALONE * u64::from(groups)
}

/// How many instances go through it together, about.
fn at_a_time(scenario: &Scenario) -> u32 {
    let n = scenario.fleet.instances;
    match &scenario.strategy {
        Strategy::InPlace { minimum_healthy } => n.saturating_sub(minimum_healthy.of_rounded_up(n)),
        Strategy::Rolling { batch } | Strategy::RollingWithAdditionalBatch { batch } => batch_size(n, *batch),
        Strategy::RollingUpdate { max_surge, max_unavailable, .. } => {
            let posts = fenceposts(n, *max_surge, *max_unavailable);
            posts.surge.saturating_add(posts.unavailable)
        }
        Strategy::EcsRolling { minimum_healthy, maximum, .. } => {
            let bounds = TaskBounds::of(n, *minimum_healthy, *maximum);
            bounds.may_start(n).saturating_add(bounds.may_stop(n))
        }
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, .. } => {
            RefreshBounds::of(n, *minimum_healthy, *maximum_healthy).batch
        }
        // A loop goes by bounds that may be small.
        Strategy::Steps(steps) if steps.iter().any(|step| matches!(step, Step::Replace { .. })) => 1,
        Strategy::Steps(steps) => n / u32::try_from(steps.len().max(1)).unwrap_or(u32::MAX),
        Strategy::AllAtOnce
        | Strategy::Immutable
        | Strategy::TrafficSplitting { .. }
        | Strategy::BlueGreen { .. }
        | Strategy::Canary { .. }
        | Strategy::Linear { .. } => n,
    }
}

/// Something to do, whose result is a `T`.
pub type Work<T> = Box<dyn FnOnce() -> T + Send>;

/// Who does the work: a thread, or in tests whoever says when it is done.
pub trait Worker<T> {
    /// Begins the wish of this number. The one before is finished.
    fn begin(&mut self, number: u64, work: Work<T>);
    /// What has been finished since, by its number; nothing came of it where it was lost.
    fn finished(&mut self) -> Option<(u64, Option<T>)>;
    /// The window to wake when something is finished.
    fn wakes(&mut self, _: &Context) {}
}

/// Whoever holds it works: of several threads one at a time.
static WORKING: Mutex<()> = Mutex::new(());

/// A thread for each wish.
pub struct Threads<T> {
    window: Option<Context>,
    busy: Option<(u64, Receiver<T>)>,
}

impl<T> Threads<T> {
    /// None is busy yet.
    pub fn new() -> Threads<T> {
        Threads { window: None, busy: None }
    }
}

impl<T: Send + 'static> Worker<T> for Threads<T> {
    fn begin(&mut self, number: u64, work: Work<T>) {
        let (tell, done) = channel();
        self.busy = Some((number, done));
        let window = self.window.clone();
        let language = spoken();
        let work = move || {
            // One that was lost while it worked has left nothing behind that could be wrong.
            let working = WORKING.lock().unwrap_or_else(PoisonError::into_inner);
            // A thread begins with English.
            speak(language);
            let result = work();
            drop(working);
            // Where the window is gone nobody listens.
            let _ = tell.send(result);
            if let Some(window) = window {
                window.request_repaint();
            }
        };
        // Where the system gives no thread the channel is closed, which counts as lost.
        let _ = thread::Builder::new().name("simulation".to_owned()).spawn(work);
    }

    fn finished(&mut self) -> Option<(u64, Option<T>)> {
        let (number, done) = self.busy.as_ref()?;
        let result = match done.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => None,
        };
        let number = *number;
        self.busy = None;
        Some((number, result))
    }

    fn wakes(&mut self, window: &Context) {
        if self.window.is_none() {
            self.window = Some(window.clone());
        }
    }
}

/// Wishes, of which only the newest matters.
pub struct Background<T> {
    worker: Box<dyn Worker<T>>,
    busy: bool,
    /// What waits for the worker to be free.
    next: Option<Work<T>>,
    /// The newest wish.
    number: u64,
    /// Whether something is still to come of it.
    wanted: bool,
}

impl<T> Background<T> {
    /// With this worker.
    pub fn new(worker: Box<dyn Worker<T>>) -> Background<T> {
        Background { worker, busy: false, next: None, number: 0, wanted: false }
    }

    /// Whether something is still to come.
    pub fn is_pending(&self) -> bool {
        self.wanted
    }

    /// See [`Worker::wakes`].
    pub fn wakes(&mut self, window: &Context) {
        self.worker.wakes(window);
    }

    /// Wishes for something, in place of any earlier wish.
    pub fn ask(&mut self, work: impl FnOnce() -> T + Send + 'static) {
        self.number += 1;
        self.wanted = true;
        if self.busy {
            self.next = Some(Box::new(work));
        } else {
            self.busy = true;
            self.worker.begin(self.number, Box::new(work));
        }
    }

    /// Nothing is wished for any more.
    pub fn forget(&mut self) {
        self.wanted = false;
        self.next = None;
    }

    /// What became of the newest wish, once; nothing inside where it was lost.
    pub fn finished(&mut self) -> Option<Option<T>> {
        while let Some((number, result)) = self.worker.finished() {
            self.busy = false;
            if let Some(work) = self.next.take() {
                self.busy = true;
                self.worker.begin(self.number, work);
            } else if self.wanted && number == self.number {
                self.wanted = false;
                return Some(result);
            }
        }
        None
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
pub mod tests {
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::rc::Rc;

    use super::*;
    use crate::scenario::{Part, Spread};
    use crate::text::language::Language;

    /// A worker that is done when the test says so.
    pub struct ByHand<T>(Rc<RefCell<Hand<T>>>);

    struct Hand<T> {
        begun: VecDeque<(u64, Work<T>)>,
        done: VecDeque<(u64, Option<T>)>,
        most: usize,
    }

    impl<T> Clone for ByHand<T> {
        fn clone(&self) -> Self {
            ByHand(self.0.clone())
        }
    }

    impl<T> ByHand<T> {
        /// Nothing is begun.
        pub fn new() -> ByHand<T> {
            ByHand(Rc::new(RefCell::new(Hand { begun: VecDeque::new(), done: VecDeque::new(), most: 0 })))
        }

        /// What was begun is done.
        pub fn work(&self) {
            let mut hand = self.0.borrow_mut();
            let (number, work) = hand.begun.pop_front().unwrap();
            hand.done.push_back((number, Some(work())));
        }

        /// What was begun is lost.
        pub fn lose(&self) {
            let mut hand = self.0.borrow_mut();
            let (number, _) = hand.begun.pop_front().unwrap();
            hand.done.push_back((number, None));
        }

        /// The most that was ever begun at once.
        pub fn most(&self) -> usize {
            self.0.borrow().most
        }

        /// Whether nothing is begun.
        pub fn is_idle(&self) -> bool {
            self.0.borrow().begun.is_empty()
        }
    }

    impl<T> Worker<T> for ByHand<T> {
        fn begin(&mut self, number: u64, work: Work<T>) {
            let mut hand = self.0.borrow_mut();
            hand.begun.push_back((number, work));
            hand.most = hand.most.max(hand.begun.len());
        }

        fn finished(&mut self) -> Option<(u64, Option<T>)> {
            self.0.borrow_mut().done.pop_front()
        }
    }

    #[test]
    fn a_fleet_is_large_by_its_instances_and_by_how_many_go_alone() {
        let rolling = |n, batch| Scenario::new(n, Strategy::Rolling { batch });
        // Ten batches of 1,000: 10,000 + 12 × 10.
        assert_eq!(size(&rolling(10_000, Part::Count(1_000))), 10_120);
        // 2,000 one by one: 2,000 + 12 × 2,000 = 26,000; of 10,000 that vary each goes alone.
        assert_eq!(size(&rolling(2_000, Part::Count(1))), 26_000);
        let mut varying = rolling(10_000, Part::Count(1_000));
        varying.timings.install = Spread::parse("20s..40s").unwrap();
        assert_eq!(size(&varying), 130_000);
        let large = [rolling(10_000, Part::Count(1_000)), varying, Scenario::new(1_000_000, Strategy::Immutable)].map(|s| is_large(&s));
        assert_eq!(large, [false, true, true]);
    }

    #[test]
    fn the_newest_wish_wins_and_one_is_worked_on_at_a_time() {
        let hand = ByHand::new();
        let worked: Rc<RefCell<Vec<u32>>> = Rc::default();
        let mut background = Background::new(Box::new(hand.clone()));
        for n in [10, 11, 12, 13] {
            background.ask(move || n);
        }
        assert!(background.finished().is_none() && background.is_pending());
        // The first is begun at once; of those that came meanwhile only the last is.
        hand.work();
        assert!(background.finished().is_none(), "nobody waits for the first any more");
        hand.work();
        worked.borrow_mut().extend(background.finished().unwrap());
        assert_eq!((worked.take(), background.is_pending(), hand.most(), hand.is_idle()), (vec![13], false, 1, true));
        assert!(background.finished().is_none());
    }

    #[test]
    fn what_is_not_wished_for_any_more_does_not_come() {
        let hand = ByHand::new();
        let mut background = Background::new(Box::new(hand.clone()));
        background.ask(|| 10);
        background.ask(|| 11);
        background.forget();
        assert!(!background.is_pending());
        hand.work();
        assert!(background.finished().is_none() && hand.is_idle());
    }

    #[test]
    fn a_thread_works_in_the_language_of_who_asked() {
        let mut threads = Threads::new();
        speak(Language::Japanese);
        threads.begin(1, Box::new(spoken));
        speak(Language::English);
        // Waits for the thread: the channel says when it is done.
        let (_, done) = threads.busy.take().unwrap();
        assert_eq!((done.recv().unwrap(), spoken()), (Language::Japanese, Language::English));
    }

    #[test]
    fn a_thread_tells_once_what_came_of_it_and_what_is_lost() {
        let (tell, done) = channel();
        let mut threads = Threads { window: None, busy: Some((7, done)) };
        assert_eq!(threads.finished(), None);
        tell.send(70).unwrap();
        assert_eq!([threads.finished(), threads.finished()], [Some((7, Some(70))), None]);
        let (tell, done) = channel::<i32>();
        threads.busy = Some((8, done));
        drop(tell);
        assert_eq!([threads.finished(), threads.finished()], [Some((8, None)), None]);
    }
}
