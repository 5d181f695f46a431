//! Work that goes on beside the window: the window draws what there is, and is woken when there is more.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use eframe::egui::Context;

use crate::study::progress::Progress;

/// How often a running job is looked at, to show how far it is.
const LOOK: Duration = Duration::from_millis(100);

/// Something that is being worked out on a thread of its own. Dropped, it is cancelled.
pub struct Job<T> {
    progress: Arc<Progress>,
    answer: Receiver<T>,
}

impl<T: Send + 'static> Job<T> {
    /// Starts `work`; the window is woken when it is done.
    pub fn start(ctx: &Context, work: impl FnOnce(&Progress) -> T + Send + 'static) -> Job<T> {
        let progress = Arc::new(Progress::new());
        let (tell, answer) = channel();
        let (shared, ctx) = (Arc::clone(&progress), ctx.clone());
        thread::spawn(move || {
            // Where nobody listens any more it was cancelled.
            let _ = tell.send(work(&shared));
            ctx.request_repaint();
        });
        Job { progress, answer }
    }

    /// The answer, once; none while it is being worked out. `Err` where the work stopped without one.
    pub fn poll(&self, ctx: &Context) -> Option<Result<T, Stopped>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(Ok(answer)),
            Err(TryRecvError::Empty) => {
                ctx.request_repaint_after(LOOK);
                None
            }
            Err(TryRecvError::Disconnected) => Some(Err(Stopped)),
        }
    }

    /// How far it is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// Work that ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;
