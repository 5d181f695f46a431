//! An answer that is kept for as long as its question stays the same, and the work on the next one.

use eframe::egui::{Align2, Context, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::rooms::job::Job;
use crate::app::theme::{Text, Theme};
use crate::app::widgets::TextButton;
use crate::study::progress::Progress;
use crate::text::{controls, rooms as words_of_rooms, sweep as words};

/// The last question that was answered, and the one that is worked on.
pub(super) struct Kept<Q, A> {
    done: Option<(Q, A)>,
    job: Option<(Q, Job<Option<A>>)>,
    /// A person did not want this one, or its work broke off.
    given_up: Option<(Q, &'static str)>,
}

impl<Q, A> Default for Kept<Q, A> {
    fn default() -> Self {
        Kept { done: None, job: None, given_up: None }
    }
}

impl<Q: Clone + PartialEq, A: Send + 'static> Kept<Q, A> {
    /// Has `question` answered: at once where it is the one that was answered, otherwise beside the window. Work on another
    /// one is cancelled. `work` gives nothing where it was cancelled.
    pub(super) fn ask(&mut self, ctx: &Context, question: &Q, work: impl FnOnce(&Progress) -> Option<A> + Send + 'static) {
        if let Some(answer) = self.job.as_ref().and_then(|(_, job)| job.poll(ctx))
            && let Some((asked, _)) = self.job.take()
        {
            match answer {
                Ok(Some(answer)) => self.done = Some((asked, answer)),
                Ok(None) => self.given_up = Some((asked, words::cancelled())),
                Err(_) => self.given_up = Some((asked, words::failed_to_run())),
            }
        }
        let is = |asked: Option<&Q>| asked == Some(question);
        let known = is(self.done.as_ref().map(|(asked, _)| asked)) || is(self.given_up.as_ref().map(|(asked, _)| asked));
        if known {
            self.job = None;
        } else if !is(self.job.as_ref().map(|(asked, _)| asked)) {
            self.given_up = None;
            self.job = Some((question.clone(), Job::start(ctx, work)));
        }
    }

    /// The last answer, which may be of the question before.
    pub(super) fn answer(&self) -> Option<&A> {
        self.done.as_ref().map(|(_, answer)| answer)
    }

    /// The question of the last answer.
    pub(super) fn answered(&self) -> Option<(&Q, &A)> {
        self.done.as_ref().map(|(question, answer)| (question, answer))
    }

    /// The last answer is that of `question` too.
    pub(super) fn answers_too(&mut self, question: Q) {
        if let Some((answered, _)) = &mut self.done {
            *answered = question;
        }
    }

    /// How far the work is with a button that cancels it; what was cancelled can be run again.
    pub(super) fn status(&mut self, ui: &mut Ui) {
        let theme = Theme::of(ui);
        if let Some((_, job)) = &self.job {
            let (done, all) = job.progress().runs();
            let (bar, response) = ui.allocate_exact_size(vec2(96.0, 4.0), Sense::hover());
            ui.painter().rect_filled(bar, 2, theme.tile);
            #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
            let part = if all > 0 { done as f32 / all as f32 } else { 0.0 };
            ui.painter().rect_filled(Rect::from_min_size(bar.min, vec2(bar.width() * part.min(1.0), 4.0)), 2, theme.accent);
            let said = words_of_rooms::running(done, all);
            response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &said));
            ui.label(Text::Small.rich(said).color(theme.text_dim));
            if ui.add(TextButton::new(controls::cancel()).filled()).clicked()
                && let Some((question, _)) = self.job.take()
            {
                self.given_up = Some((question, words::cancelled()));
            }
        } else if let Some((_, why)) = &self.given_up {
            ui.label(Text::Small.rich(*why).color(theme.text_dim));
            if ui.add(TextButton::new(words::run_again()).filled()).clicked() {
                self.given_up = None;
            }
        }
    }

    /// Says in `rect` that there is nothing to see yet.
    pub(super) fn say_working(&self, ui: &Ui, rect: Rect) {
        let said = self.given_up.as_ref().map_or(words_of_rooms::working(), |(_, why)| why);
        Text::Body.paint(ui.painter(), rect, Align2::CENTER_CENTER, said, Theme::of(ui).text_dim);
    }
}
