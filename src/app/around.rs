//! The window around its rooms: how it was left, how large it is, what stands over it, and the pause before each phase.

use eframe::egui::{Context, Memory, ThemePreference};

use super::first_steps::FirstSteps;
use super::palette::Picked;
use super::settings::{Settings, Store};
use super::stage::Motion;
use super::{App, Command, Speed, keys, presenter};
use crate::units::Time;

impl App {
    /// As the window was left, and as it is left the next time.
    pub fn remembering(mut self, ctx: &Context, store: Store) -> App {
        self.settings = store.kept().clone();
        ctx.set_theme(ThemePreference::from(self.settings.look));
        if let Some(speed) = self.settings.speed {
            self.model.clock.set_speed(Speed::nearest(speed));
        }
        self.language = self.settings.language.unwrap_or(self.language);
        self.watch.motion = if self.settings.reduced_motion == Some(true) { Motion::Reduced } else { Motion::Full };
        self.first_steps = FirstSteps::new(self.settings.first_steps_over);
        self.watch.panels = self.settings.panels;
        self.store = store;
        self
    }

    /// What is remembered of the window.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How large everything is drawn.
    pub(super) fn set_zoom(&self, ctx: &Context) {
        // The keys for it are in our own table.
        if ctx.options(|options| options.zoom_with_keyboard) {
            ctx.options_mut(|options| options.zoom_with_keyboard = false);
        }
        let zoom = presenter::factor(self.settings.scale, self.presents);
        if (ctx.zoom_factor() - zoom).abs() > 1e-3 {
            ctx.set_zoom_factor(zoom);
        }
    }

    /// Keeps what has changed about the window.
    pub(super) fn remember(&mut self, ctx: &Context) {
        self.settings.look = ctx.options(|options| options.theme_preference).into();
        self.settings.first_steps_over = self.first_steps.are_over();
        self.settings.panels = self.watch.panels;
        self.settings.look_at_window(ctx);
        // What is still being dragged is not yet what is wanted.
        if ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        if let Some(later) = self.store.keep(&self.settings) {
            ctx.request_repaint_after(later);
        }
    }

    /// As far as a person may go who is asked what happens next: to where the next phase begins.
    pub(super) fn as_far_as_shown(&self, to: Time) -> Time {
        if !self.model.asks_next {
            return to;
        }
        let t = self.model.clock.t();
        let next = if self.model.is_asking() { Some(t) } else { presenter::next_beginning(self.model.timeline(), t) };
        next.map_or(to, |next| to.min(next))
    }

    /// Stands still where a phase begins, if what happens next is asked.
    pub(super) fn stop_to_ask(&mut self) {
        let (t, end) = (self.model.clock.t(), self.model.end());
        if self.model.asks_next && t < end && presenter::beginnings(self.model.timeline()).any(|from| from == t) {
            self.model.clock.stop_at(t, end);
        }
    }

    pub(super) fn set_motion(&mut self, motion: Motion) {
        self.watch.motion = motion;
        self.settings.reduced_motion = Some(motion == Motion::Reduced);
    }

    pub(super) fn set_speed(&mut self, to: impl FnOnce(Speed) -> Speed) {
        let speed = to(self.model.clock.speed());
        self.model.clock.set_speed(speed);
        self.settings.speed = Some(speed.factor());
    }

    /// Presenter mode: its keys count at once, whatever had the keyboard.
    pub(super) fn present(&mut self, ctx: &Context, presents: bool) {
        self.presents = presents;
        if let Some(focused) = ctx.memory(Memory::focused) {
            ctx.memory_mut(|memory| memory.surrender_focus(focused));
        }
    }

    /// What stands over everything else, or else the keys.
    pub(super) fn over_all(&mut self, ctx: &Context, commands: &mut Vec<Command>) {
        if let Some(dialog) = &mut self.dialog {
            if let Some(answer) = dialog.show(ctx) {
                self.answer(ctx, answer);
                ctx.request_repaint();
            }
        } else if let Some(palette) = &mut self.palette {
            if let Some(picked) = palette.show(ctx) {
                self.palette = None;
                match picked {
                    Picked::Command(command) => commands.push(command),
                    Picked::Closed => ctx.request_repaint(),
                }
            }
        } else if self.browser.is_open() {
            commands.extend(self.browser.show(ctx));
        } else {
            commands.extend(keys::asked(ctx));
        }
    }

    /// `frame_s` seconds of watching have passed.
    pub(super) fn tick(&mut self, frame_s: f64) {
        let (before, end) = (self.model.clock.t(), self.end());
        self.model.clock.tick(frame_s, end);
        if !self.model.asks_next {
            return;
        }
        // It stands where the next phase begins, before anything of it is seen.
        let next = presenter::next_beginning(self.model.timeline(), before).filter(|next| *next <= self.model.clock.t() && *next < end);
        if let Some(next) = next {
            self.model.clock.stop_at(next, end);
        }
    }
}
