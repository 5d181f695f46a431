//! The runs of one scenario, made beside the window: what there is of them so far, and how far they are.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::app::rooms::job::Job;
use crate::scenario::{Scenario, limits};
use crate::study::odds::judgement::Asked;
use crate::study::odds::{self, OddsError, Options, Report, Tally};
use crate::study::require::Requirement;

/// So many runs can be asked for. Each is passed on the way to the next one and kept, so going back costs nothing.
pub(super) const RUNS: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// How often a new picture is made while runs go on.
const LOOK: Duration = Duration::from_millis(100);

/// What is run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wish {
    pub(super) scenario: Scenario,
    pub(super) first_seed: u64,
    pub(super) require: Vec<Requirement>,
}

impl Wish {
    /// Runs of a scenario, whichever of them is open now.
    pub(super) fn new(scenario: &Scenario, first_seed: u64, require: &[Requirement]) -> Wish {
        let scenario = Scenario { seed: limits::DEFAULT_SEED, ..scenario.clone() };
        Wish { scenario, first_seed, require: require.to_vec() }
    }

    /// Whether it is about this scenario, whatever its seed is.
    fn is_of(&self, scenario: &Scenario) -> bool {
        // Compared first with what is cheap to look at: this is asked in every frame.
        self.scenario.strategy == scenario.strategy && self.scenario == Scenario { seed: self.scenario.seed, ..scenario.clone() }
    }

    /// Whether it is this one.
    pub(super) fn is(&self, scenario: &Scenario, first_seed: u64, require: &[Requirement]) -> bool {
        self.first_seed == first_seed && self.require == require && self.is_of(scenario)
    }
}

/// The runs of a wish.
pub(super) struct Study {
    pub(super) wish: Wish,
    /// So many runs are asked for.
    wanted: u64,
    tally: Tally,
    /// What so many runs came to, and where it was stopped what there was.
    whole: BTreeMap<u64, Arc<Report>>,
    running: Option<Running>,
    /// It goes on only when it is asked to.
    stopped: bool,
    pub(super) wrong: Option<String>,
}

/// How far a study is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HowFar {
    pub(super) done: u64,
    pub(super) all: u64,
    /// Runs made since it was started, and in how many seconds.
    pub(super) made: u64,
    pub(super) took_s: f64,
}

impl Study {
    pub(super) fn new(wish: Wish) -> Study {
        let tally = Tally::new(&wish.require);
        Study { wish, wanted: 0, tally, whole: BTreeMap::new(), running: None, stopped: false, wrong: None }
    }

    /// Takes what has been worked out, and sees to it that so many runs are made.
    pub(super) fn look(&mut self, ctx: &Context, wanted: u64) {
        let answer = self.running.as_ref().and_then(|running| {
            let answer = running.job.poll(ctx);
            self.whole.append(&mut running.live.passed());
            answer
        });
        if let Some(answer) = answer {
            self.running = None;
            match answer {
                Ok(Ok(tally)) => self.tally = tally,
                Ok(Err(error)) => self.wrong = Some(error.to_string()),
                // Its thread ended without a word: what there is stays.
                Err(_) => self.stopped = true,
            }
            if self.stopped && self.tally.runs() > 0 {
                let report = self.tally.report(&self.wish.scenario, Asked::default());
                self.whole.insert(report.runs, Arc::new(report));
            }
        }
        if self.wanted != wanted {
            self.wanted = wanted;
            self.stopped = false;
            // What was counted comes back as its answer, and is built upon.
            self.pause();
        }
        let enough = self.whole.contains_key(&wanted);
        if !enough && !self.stopped && self.running.is_none() && self.wrong.is_none() {
            self.running = Some(Running::start(ctx, self.wish.clone(), wanted, self.tally.clone()));
        }
    }

    /// What is shown: of as many runs as are asked for, or of those that there are by now.
    pub(super) fn report(&self) -> Option<Arc<Report>> {
        let whole = self.whole.get(&self.wanted).cloned();
        let whole = whole.or_else(|| self.running.as_ref().and_then(|running| locked(&running.live.latest).clone()));
        if whole.is_some() {
            return whole;
        }
        self.whole.range(..=self.wanted).next_back().or_else(|| self.whole.iter().next()).map(|(_, report)| Arc::clone(report))
    }

    /// How far it is; none where nothing is run, or what is run was told to end.
    pub(super) fn how_far(&self) -> Option<HowFar> {
        let goes_on = !self.stopped && !self.whole.contains_key(&self.wanted);
        self.running.as_ref().filter(|_| goes_on).map(|running| {
            let made = running.live.made();
            HowFar { done: running.before + made, all: self.wanted, made, took_s: running.since.elapsed().as_secs_f64() }
        })
    }

    /// Ends the runs that are being made; what was counted stays.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
        self.pause();
    }

    /// Ends them too, until it is looked at again.
    pub(super) fn pause(&self) {
        if let Some(running) = &self.running {
            running.live.cancel();
        }
    }

    /// Makes those that are missing.
    pub(super) fn go_on(&mut self) {
        self.stopped = false;
    }

    /// Whether it was stopped before all of them were made.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped && !self.whole.contains_key(&self.wanted)
    }
}

/// Runs that are being made.
struct Running {
    job: Job<Result<Tally, OddsError>>,
    live: Arc<Live>,
    since: Instant,
    /// Runs that there were before.
    before: u64,
}

impl Running {
    fn start(ctx: &Context, wish: Wish, wanted: u64, tally: Tally) -> Running {
        let live = Arc::new(Live::default());
        let before = tally.runs();
        let (shared, woken) = (Arc::clone(&live), ctx.clone());
        let job = Job::start(ctx, move |_| shared.make(&wish, wanted, tally, &woken));
        Running { job, live, since: Instant::now(), before }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.live.cancel();
    }
}

/// What the window sees of runs that are being made.
#[derive(Default)]
struct Live {
    cancelled: AtomicBool,
    /// The progress of the present part, and how many runs the parts before it had.
    part: Mutex<(Arc<odds::Progress>, u64)>,
    /// Of what is counted by now.
    latest: Mutex<Option<Arc<Report>>>,
    /// Of the numbers of runs that were passed.
    passed: Mutex<BTreeMap<u64, Arc<Report>>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Live {
    fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
        locked(&self.part).0.cancel();
    }

    fn made(&self) -> u64 {
        let part = locked(&self.part);
        part.1 + part.0.done()
    }

    /// What has come to its end since this was last asked.
    fn passed(&self) -> BTreeMap<u64, Arc<Report>> {
        std::mem::take(&mut *locked(&self.passed))
    }

    /// The progress of the next part; none where it was cancelled.
    fn next_part(&self) -> Option<Arc<odds::Progress>> {
        let mut part = locked(&self.part);
        let made = part.1 + part.0.done();
        *part = (Arc::default(), made);
        // Asked for while the part is held: who cancels either comes before this, or finds the new part.
        (!self.cancelled.load(Ordering::Relaxed)).then(|| Arc::clone(&part.0))
    }

    /// Makes the runs that are missing, one number of runs after the other.
    fn make(&self, wish: &Wish, wanted: u64, mut tally: Tally, ctx: &Context) -> Result<Tally, OddsError> {
        let report = |tally: &Tally| Arc::new(tally.report(&wish.scenario, Asked::default()));
        for runs in RUNS.into_iter().filter(|runs| *runs <= wanted) {
            let end = wish.first_seed.checked_add(runs).ok_or(OddsError::NoSeeds)?;
            for seeds in missing(&tally, wish.first_seed..end) {
                let Some(progress) = self.next_part() else { return Ok(tally) };
                let part = self.part(wish, seeds, &progress, &tally, ctx)?;
                tally.merge(&part);
            }
            if self.cancelled.load(Ordering::Relaxed) {
                return Ok(tally);
            }
            if tally.runs() == runs {
                let report = report(&tally);
                *locked(&self.latest) = Some(Arc::clone(&report));
                locked(&self.passed).insert(runs, report);
                ctx.request_repaint();
            }
        }
        Ok(tally)
    }

    /// Makes the runs with these seeds, and shows every now and then what there is.
    fn part(&self, wish: &Wish, seeds: Range<u64>, progress: &odds::Progress, before: &Tally, ctx: &Context) -> Result<Tally, OddsError> {
        let options = Options { first_seed: seeds.start, runs: seeds.end - seeds.start, threads: 0, require: wish.require.clone() };
        let (tell, answer) = channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                // The other end waits for it.
                let _ = tell.send(odds::run(&wish.scenario, &options, progress));
            });
            loop {
                match answer.recv_timeout(LOOK) {
                    Ok(part) => return part,
                    Err(RecvTimeoutError::Timeout) if progress.is_cancelled() => {}
                    Err(RecvTimeoutError::Timeout) => {
                        if let Some(partial) = progress.partial() {
                            let mut all = before.clone();
                            all.merge(&partial);
                            *locked(&self.latest) = Some(Arc::new(all.report(&wish.scenario, Asked::default())));
                            ctx.request_repaint();
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => return Ok(Tally::new(&wish.require)),
                }
            }
        })
    }
}

/// What of a range of seeds was not counted yet.
fn missing(tally: &Tally, wanted: Range<u64>) -> Vec<Range<u64>> {
    let mut missing = Vec::new();
    let mut from = wanted.start;
    for seeds in tally.seeds() {
        let until = seeds.start.min(wanted.end);
        if from < until {
            missing.push(from..until);
        }
        from = from.max(seeds.end);
    }
    if from < wanted.end {
        missing.push(from..wanted.end);
    }
    missing
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Spread, Strategy};
    use crate::units::Duration as Simulated;

    #[test]
    fn only_what_is_missing_is_run() {
        let mut scenario = Scenario::new(2, Strategy::AllAtOnce);
        scenario.timings.install = Spread::Uniform { from: Simulated::from_secs(20), to: Simulated::from_secs(40) };
        let count = |first_seed, runs| {
            let options = Options { first_seed, runs, threads: 1, require: Vec::new() };
            odds::run(&scenario, &options, &odds::Progress::default()).unwrap()
        };
        let all = 1..11;
        assert_eq!(missing(&Tally::new(&[]), 1..11), [all]);
        let mut tally = count(3, 2);
        tally.merge(&count(8, 1));
        assert_eq!(missing(&tally, 1..11), [1..3, 5..8, 9..11]);
        assert_eq!(missing(&tally, 3..5), []);
        let between = 5..8;
        assert_eq!(missing(&tally, 4..9), [between]);
        for seeds in missing(&tally, 1..11) {
            tally.merge(&count(seeds.start, seeds.end - seeds.start));
        }
        // The gaps filled, it is what one go gives.
        assert_eq!(tally.report(&scenario, Asked::default()), count(1, 10).report(&scenario, Asked::default()));
    }
}
