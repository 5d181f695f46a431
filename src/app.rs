//! The window: the look, our own widgets, and the rooms built from them.

mod clock;
mod command;
mod dialogs;
mod event_log;
pub mod files;
mod ghost;
mod groups;
mod history;
mod keys;
mod knobs;
pub mod lanes;
mod model;
mod pending;
pub mod plots;
mod poke;
mod scorecard;
pub mod stage;
pub mod theme;
mod top_bar;
mod transport;
mod watch;
mod why;
pub mod widgets;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{self, Context, Event, Rect, Ui, ViewportBuilder, ViewportCommand, pos2, vec2};

use crate::engine::TooLong;
use crate::presets::BUILT_IN;
use crate::scenario::ScenarioError;
use crate::text::language::{Language, speak, spoken};
use crate::text::{PROGRAM, controls as words};
use crate::units::{Duration, Time};
pub use clock::{Clock, Speed};
pub use command::Command;
use dialogs::{Answer, Dialog, TypedPath};
use files::{Choice, Chooser, Files, Purpose, SystemDialogs};
pub use model::{EditError, Model, Opened};
use poke::Poke;
use top_bar::TopBar;
use watch::Watch;
use why::Question;
use widgets::{Notice, NoticeKind};
use worker::Threads;

/// So far a person goes back and forward by one key.
const SKIP: Duration = Duration::from_secs(10);

/// The preset that is open at first: the reference deployment.
const FIRST_PRESET: &str = "rolling";

/// What waits for an answer about unsaved changes, or for them to be saved.
#[derive(Debug)]
enum Next {
    Open(Box<Opened>),
    Close,
}

/// The window.
pub struct App {
    model: Model,
    files: Files,
    top_bar: TopBar,
    watch: Watch,
    dialog: Option<Dialog>,
    next: Option<Next>,
    notices: Vec<(NoticeKind, String)>,
    title: String,
    leaving: bool,
    language: Language,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// The scenario cannot be simulated.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// The system shows none.
    #[error("{0}")]
    NoWindow(String),
}

/// The scenario that is open where none is asked for.
///
/// # Errors
/// Never: the build script has read every preset.
pub fn first_scenario() -> Result<Opened, crate::presets::OpenError> {
    Opened::named(FIRST_PRESET)
}

/// The system's language where it is one of ours, and English where it is not.
fn systems_language() -> Language {
    sys_locale::get_locale().map(|locale| Language::of_locale(&locale)).unwrap_or_default()
}

/// Opens the window and stays until it is closed. It speaks `language`, or the system's where none is asked for.
///
/// # Errors
/// Where no window can be opened, or the scenario would hardly end.
pub fn run(opened: Opened, language: Option<Language>) -> Result<(), WindowError> {
    speak(language.unwrap_or_else(systems_language));
    let model = Model::new(opened)?;
    if cfg!(target_os = "linux")
        && !["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|set| !set.is_empty()))
    {
        return Err(WindowError::NoWindow(words::no_display().to_owned()));
    }
    let mut viewport = ViewportBuilder::default()
        .with_title(PROGRAM)
        .with_app_id(PROGRAM)
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([1024.0, 700.0]);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon.png")) {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let creator: eframe::AppCreator<'_> = Box::new(|creation| {
        theme::install(&creation.egui_ctx);
        Ok(Box::new(App::new(model, Box::new(SystemDialogs)).beside()))
    });
    eframe::run_native(PROGRAM, options, creator).map_err(|error| WindowError::NoWindow(reason(&error.to_string())))
}

/// Why, in words: where in which source file it was noticed helps nobody who reads it.
fn reason(error: &str) -> String {
    if error.contains(".rs:") { error.rsplit(": ").next().unwrap_or(error).to_owned() } else { error.to_owned() }
}

impl App {
    /// The window on a scenario, in the language that is spoken. `chooser` shows the file dialogs.
    pub fn new(model: Model, chooser: Box<dyn Chooser>) -> App {
        App {
            model,
            files: Files::new(chooser),
            top_bar: TopBar::default(),
            watch: Watch::new(),
            dialog: None,
            next: None,
            notices: Vec::new(),
            title: String::new(),
            leaving: false,
            language: spoken(),
        }
    }

    /// From now on what takes longer than a frame is worked out on a thread beside the window. Until then nothing is.
    #[must_use]
    pub fn beside(mut self) -> App {
        self.model.set_worker(Box::new(Threads::new()));
        self.watch.beside();
        self
    }

    /// What is shown.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The language that it speaks.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Speaks another language from the next frame on.
    pub fn set_language(&mut self, language: Language) {
        self.language = language;
    }

    /// Whether the window is about to close.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Shows what is wrong with a scenario.
    pub fn show_problem(&mut self, error: ScenarioError) {
        self.dialog = Some(Dialog::Problem(error));
    }

    fn begin_frame(&mut self, ctx: &Context) {
        let (held, frame_s, dropped, closing) = ctx.input(|input| {
            let repeats = input.events.iter().any(|event| matches!(event, Event::Key { repeat: true, pressed: true, .. }));
            let held = input.pointer.any_down() || input.pointer.any_released() || repeats;
            let dropped = input.raw.dropped_files.first().map(|file| file.path().to_owned());
            (held, f64::from(input.stable_dt), dropped, input.viewport().close_requested())
        });
        self.model.hold(held);
        self.model.wakes(ctx);
        if let Err(error) = self.model.catch_up(ctx.input(|input| input.time)) {
            self.tell(Err(error));
        }
        if !self.is_poking(ctx) {
            let end = self.model.end();
            self.model.clock.tick(frame_s, end);
        }
        if let Some(path) = dropped {
            self.open_file(&path);
        }
        if closing && !self.leaving && self.model.is_edited() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.leave_for(ctx, Next::Close);
        }
        if let Some((purpose, choice)) = self.files.answer() {
            match choice {
                Choice::Path(path) => self.chosen(ctx, purpose, path),
                Choice::GivenUp => self.next = None,
                Choice::NoDialog => self.dialog = Some(Dialog::Path(TypedPath::new(purpose, self.suggestion(purpose)))),
            }
        }
    }

    /// Whether a person is about to let something happen: the playhead stays at the moment that was chosen.
    fn is_poking(&self, ctx: &Context) -> bool {
        self.model.is_dragging_demand() || poke::menu::is_open(ctx)
    }

    fn suggestion(&self, purpose: Purpose) -> String {
        match (purpose, self.model.path()) {
            (Purpose::Open, _) => String::new(),
            (Purpose::Save, Some(path)) => path.display().to_string(),
            (Purpose::Save, None) => files::suggested_name(&self.model.written_title()),
        }
    }

    fn chosen(&mut self, ctx: &Context, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open => self.open_file(&path),
            Purpose::Save => self.save_to(ctx, files::with_extension(path)),
        }
    }

    fn open_file(&mut self, path: &Path) {
        match Opened::file(path) {
            Ok(opened) => self.ask_or(Next::Open(Box::new(opened))),
            Err(error) => self.show_problem(error),
        }
    }

    fn open_preset(&mut self, place: usize) {
        let Some(preset) = BUILT_IN.get(place) else { return };
        match preset.scenario() {
            Ok(scenario) => self.ask_or(Next::Open(Box::new(Opened { scenario, path: None, text: None }))),
            Err(error) => self.show_problem(error),
        }
    }

    /// Asks about unsaved changes, or opens at once. The context is only needed to close the window.
    fn ask_or(&mut self, next: Next) {
        match next {
            Next::Open(opened) if !self.model.is_edited() => self.open(*opened),
            next => {
                self.next = Some(next);
                self.dialog = Some(Dialog::Unsaved(self.model.title()));
            }
        }
    }

    fn leave_for(&mut self, ctx: &Context, next: Next) {
        match next {
            Next::Close if !self.model.is_edited() => self.close(ctx),
            next => self.ask_or(next),
        }
    }

    fn open(&mut self, opened: Opened) {
        let name = opened.scenario.name.clone();
        match self.model.open(opened) {
            Ok(()) => self.notices.clear(),
            Err(error) => self.notices.push((NoticeKind::Error, words::cannot_simulate(&name, &error.to_string()))),
        }
    }

    fn close(&mut self, ctx: &Context) {
        self.leaving = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    /// Goes on with what waited for the changes to be saved or given up.
    fn go_on(&mut self, ctx: &Context) {
        match self.next.take() {
            Some(Next::Open(opened)) => self.open(*opened),
            Some(Next::Close) => self.close(ctx),
            None => {}
        }
    }

    fn save(&mut self, ctx: &Context) {
        match self.model.path().cloned() {
            Some(path) => self.save_to(ctx, path),
            None => self.files.choose(Purpose::Save, &files::suggested_name(&self.model.written_title()), ctx),
        }
    }

    fn save_to(&mut self, ctx: &Context, path: PathBuf) {
        let text = self.model.text();
        match files::save(&path, &text) {
            Ok(()) => {
                self.model.saved_to(path, text);
                self.go_on(ctx);
            }
            Err(error) => {
                self.next = None;
                self.notices.push((NoticeKind::Error, words::cannot_save(&path.display().to_string(), &error.to_string())));
            }
        }
    }

    fn answer(&mut self, ctx: &Context, answer: Answer) {
        let asked = self.dialog.take();
        match answer {
            Answer::Close => match asked {
                // The question was about it, or the file for it.
                Some(Dialog::Unsaved(_) | Dialog::Path(_)) => self.next = None,
                Some(Dialog::Problem(_) | Dialog::Keys) | None => {}
            },
            Answer::Save => self.save(ctx),
            Answer::Discard => self.go_on(ctx),
            Answer::Path(purpose, path) => self.chosen(ctx, purpose, path),
        }
    }

    fn obey(&mut self, ctx: &Context, command: Command) {
        let now_s = ctx.input(|input| input.time);
        let (t, end) = (self.model.clock.t(), self.model.end());
        let clock = &mut self.model.clock;
        match command {
            Command::PlayOrPause => clock.play_or_pause(end),
            Command::Restart => clock.restart(),
            Command::PreviousEvent => {
                let to = self.model.timeline().previous_event(t).unwrap_or(Time::ZERO);
                self.model.clock.stop_at(to, end);
            }
            Command::NextEvent => {
                let to = self.model.timeline().next_event(t).unwrap_or(end);
                self.model.clock.stop_at(to, end);
            }
            Command::Back => clock.move_to(Time::ZERO + (t.since(Time::ZERO) - SKIP), end),
            Command::Forward => clock.move_to(t + SKIP, end),
            Command::ToStart => clock.stop_at(Time::ZERO, end),
            Command::ToEnd => clock.stop_at(end, end),
            Command::MoveTo(to) => clock.move_to(to, end),
            Command::Faster => clock.set_speed(clock.speed().faster()),
            Command::Slower => clock.set_speed(clock.speed().slower()),
            Command::SetSpeed(speed) => clock.set_speed(speed),
            Command::Choose(kind) => {
                let changed = self.model.choose(kind, now_s);
                self.tell(changed);
            }
            Command::Edit(scenario) => {
                let changed = self.model.edit(*scenario, now_s);
                self.tell(changed);
            }
            Command::Undo => {
                self.model.undo(now_s);
                self.tell(Ok(()));
            }
            Command::Redo => {
                self.model.redo(now_s);
                self.tell(Ok(()));
            }
            Command::Poke(poke) => {
                let changed = self.model.poke(poke, now_s);
                self.tell(changed);
            }
            Command::KillChosen => {
                let poke = self.watch.chosen().map_or(Poke::KillAny, Poke::Kill);
                let changed = self.model.poke(poke, now_s);
                self.tell(changed);
            }
            Command::DragDemand(rps) => {
                let changed = self.model.drag_demand(rps, now_s);
                self.tell(changed);
            }
            Command::ShowEvents(event) => self.watch.show_events(event),
            Command::KeepGhost => self.model.keep_ghost(),
            Command::DismissGhost => self.model.dismiss_ghost(),
            Command::Open => self.files.choose(Purpose::Open, "", ctx),
            Command::OpenPreset(place) => self.open_preset(place),
            Command::OpenFile(path) => self.open_file(&path),
            Command::Save => self.save(ctx),
            Command::SaveAs => self.files.choose(Purpose::Save, &files::suggested_name(&self.model.written_title()), ctx),
            Command::SetTheme(theme) => ctx.set_theme(theme),
            Command::SetLanguage(language) => self.language = language,
            Command::SetMotion(motion) => self.watch.motion = motion,
            Command::FullScreen => {
                let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
            }
            Command::Why(question) => self.watch.why.ask(question),
            Command::WhyAt(to) => {
                self.model.clock.move_to(to, end);
                self.watch.why.open(Question::Moment);
            }
            Command::CloseWhy => self.watch.why.close(),
            Command::SwitchView => self.watch.switch_view(),
            Command::Help => self.dialog = Some(Dialog::Keys),
            Command::Quit => self.leave_for(ctx, Next::Close),
        }
    }

    /// A change that could not be made is told, until one can.
    fn tell(&mut self, changed: Result<(), EditError>) {
        self.notices.retain(|(kind, _)| *kind != NoticeKind::Warning);
        if let Err(error) = changed {
            self.notices.push((NoticeKind::Warning, words::change_refused(&error.to_string())));
        }
    }

    fn obey_all(&mut self, ctx: &Context, commands: &mut Vec<Command>) {
        for command in commands.drain(..) {
            self.obey(ctx, command);
        }
    }

    /// The notices over the whole width. Their height.
    fn notices(&mut self, ui: &mut Ui, below: f32, whole: Rect) -> f32 {
        let Some(number) = (!self.notices.is_empty()).then_some(self.notices.len()) else { return 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a handful of notices")]
        let height = number as f32 * 36.0 + 8.0;
        let rect = Rect::from_min_size(pos2(whole.left(), below), vec2(whole.width(), height));
        let mut area = watch::area(ui, "notices", rect);
        area.painter().rect_filled(rect, 0, theme::Theme::of(&area).panel);
        let mut inner = watch::area(&mut area, "inner", rect.shrink2(vec2(12.0, 4.0)));
        let mut i = 0;
        self.notices.retain(|(kind, text)| {
            i += 1;
            let closed = inner.push_id(i, |ui| Notice::new(*kind, text).closable(words::close()).show(ui).closed);
            !closed.inner
        });
        height
    }

    fn update_title(&mut self, ctx: &Context) {
        let title = words::window_title(&self.model.title(), self.model.is_edited());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        // What is said is said in this language: all of it is drawn on this thread.
        speak(self.language);
        // A frame that is drawn once more has had its input.
        if ctx.current_pass_index() == 0 {
            self.begin_frame(&ctx);
        }
        self.model.retell();
        let mut commands = Vec::new();
        let whole = ui.max_rect();
        let top = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + top_bar::HEIGHT));
        let bottom = Rect::from_min_max(pos2(whole.left(), whole.bottom() - transport::HEIGHT), whole.max);
        self.top_bar.show(ui, top, &self.model, &mut commands);
        let notices = self.notices(ui, top.bottom(), whole);
        let middle = Rect::from_min_max(pos2(whole.left(), top.bottom() + notices), pos2(whole.right(), bottom.top()));
        let mut room = watch::area(ui, "room", middle);
        // What is set here is simulated before anything of it is drawn.
        self.watch.settings(&mut room, &self.model, &mut commands);
        if !commands.is_empty() {
            self.obey_all(&ctx, &mut commands);
            // The settings were drawn before that: what is seen is drawn once more, with all of it the same.
            ctx.request_discard("a setting was changed");
        }
        let axis = self.watch.show(&mut room, &self.model, &mut commands);
        let chosen = self.watch.chosen();
        transport::show(ui, bottom, axis, &self.model, chosen, &mut commands);
        if let Some(dialog) = &mut self.dialog {
            if let Some(answer) = dialog.show(&ctx) {
                self.answer(&ctx, answer);
                ctx.request_repaint();
            }
        } else {
            commands.extend(keys::asked(&ctx));
        }
        if !commands.is_empty() {
            self.obey_all(&ctx, &mut commands);
            ctx.request_repaint();
        }
        self.update_title(&ctx);
        if self.model.clock.is_playing() && !self.is_poking(&ctx) {
            ctx.request_repaint();
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
