//! How far a study is, and whether it is still wanted: shared by the threads that run it and the one that looks on.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far a study is.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// Nothing is done yet.
    pub fn new() -> Progress {
        Progress::default()
    }

    /// It is so many runs in all.
    pub fn expect(&self, runs: u64) {
        self.total.store(runs, Ordering::Relaxed);
    }

    /// So many more runs are done.
    pub fn add(&self, runs: u64) {
        self.done.fetch_add(runs, Ordering::Relaxed);
    }

    /// Runs that are done, and those in all; 0 where that is not known yet.
    pub fn runs(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Nobody wants it any more: threads stop before their next run.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether nobody wants it any more.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// A study was cancelled before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;
