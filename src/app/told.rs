//! Something that was done, said for a moment.

use std::time::Duration;

use eframe::egui::Context;

/// How long it is said.
const FOR_S: f64 = 3.0;

/// A word in the language that is spoken when it is drawn.
type Word = fn() -> &'static str;

/// What was done, and until when it is said.
#[derive(Debug, Default)]
pub struct Told(Option<(Word, f64)>);

impl Told {
    /// Says it from now on.
    pub fn tell(&mut self, what: Word, now_s: f64) {
        self.0 = Some((what, now_s + FOR_S));
    }

    /// What is said now. Its end is one more frame.
    pub fn word(&mut self, ctx: &Context) -> Option<&'static str> {
        let (what, until_s) = self.0?;
        let left_s = until_s - ctx.input(|input| input.time);
        if left_s <= 0.0 {
            self.0 = None;
            return None;
        }
        ctx.request_repaint_after(Duration::from_secs_f64(left_s));
        Some(what())
    }
}
