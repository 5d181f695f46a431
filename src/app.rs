//! The window: the look, our own widgets, and the rooms built from them.

mod around;
mod clock;
mod command;
mod dialogs;
mod document;
mod event_log;
pub mod files;
mod find;
mod first_steps;
mod ghost;
mod groups;
mod hint;
mod history;
mod keeping;
mod keys;
mod knobs;
pub mod lanes;
mod model;
mod palette;
mod pending;
pub mod plots;
mod poke;
mod presenter;
mod presets_browser;
mod recent_menu;
mod ron_pane;
mod rooms;
mod scorecard;
pub mod settings;
mod settings_menu;
pub mod stage;
pub mod theme;
mod told;
mod top_bar;
mod transport;
mod watch;
mod why;
pub mod widgets;
mod worker;

use std::sync::Arc;

use eframe::egui::{self, Context, Event, Rect, Ui, ViewportCommand, pos2, vec2};

use crate::engine::TooLong;
use crate::scenario::ScenarioError;
use crate::text::language::{Language, speak, spoken};
use crate::text::{PROGRAM, controls as words, files as file_words};
use crate::units::{Duration, Time};
pub use clock::{Clock, Speed};
pub use command::Command;
use dialogs::Dialog;
use document::Outside;
use files::{Chooser, Files, Purpose, SystemDialogs};
use first_steps::FirstSteps;
pub use keeping::Keeping;
pub use model::{EditError, Model, Opened};
use palette::Palette;
use poke::Poke;
use presets_browser::Browser;
use recent_menu::RecentMenu;
use ron_pane::RonPane;
use rooms::Room;
use rooms::compare::Compare;
use rooms::odds::Odds;
use rooms::sweep::Sweep;
use settings::{Settings, Store};
use told::Told;
use top_bar::Documents;
use transport::About;
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
    keeping: Keeping,
    outside: Option<Outside>,
    recent_menu: RecentMenu,
    told: Told,
    watch: Watch,
    room: Room,
    compare: Compare,
    odds: Odds,
    sweep: Sweep,
    ron: RonPane,
    dialog: Option<Dialog>,
    palette: Option<Palette>,
    browser: Browser,
    store: Store,
    settings: Settings,
    first_steps: FirstSteps,
    presents: bool,
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

/// Opens the window and stays until it is closed. It speaks `language`; where none is asked for the one that was
/// chosen there, or else the system's.
///
/// # Errors
/// Where no window can be opened, or the scenario would hardly end.
pub fn run(opened: Opened, language: Option<Language>) -> Result<(), WindowError> {
    let store = Store::usual_path().map_or_else(Store::nowhere, Store::at);
    speak(language.or(store.kept().language).unwrap_or_else(systems_language));
    let model = Model::new(opened)?;
    if cfg!(target_os = "linux")
        && !["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|set| !set.is_empty()))
    {
        return Err(WindowError::NoWindow(words::no_display().to_owned()));
    }
    let mut viewport = store.kept().viewport().with_title(PROGRAM).with_app_id(PROGRAM);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon.png")) {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let creator: eframe::AppCreator<'_> = Box::new(|creation| {
        theme::install(&creation.egui_ctx);
        let ctx = creation.egui_ctx.clone();
        let keeping = Keeping::of_platform(move || ctx.request_repaint());
        if let Some(window) = creation.winit_window() {
            let rect =
                |x: i32, y: i32, width: u32, height: u32| Rect::from_min_size(pos2(x as f32, y as f32), vec2(width as f32, height as f32));
            let size = window.outer_size();
            let place = window.outer_position().ok().map(|at| rect(at.x, at.y, size.width, size.height));
            let screens: Vec<Rect> = window
                .available_monitors()
                .map(|screen| rect(screen.position().x, screen.position().y, screen.size().width, screen.size().height))
                .collect();
            settings::bring_back(&creation.egui_ctx, place, &screens);
        }
        let mut app = App::new(model, Box::new(SystemDialogs)).remembering(&creation.egui_ctx, store).keeping(keeping).beside();
        if let Some(language) = language {
            app.set_language(language);
        }
        Ok(Box::new(app))
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
            keeping: Keeping::nothing(),
            outside: None,
            recent_menu: RecentMenu::default(),
            told: Told::default(),
            watch: Watch::new(),
            room: Room::default(),
            compare: Compare::default(),
            odds: Odds::default(),
            sweep: Sweep::default(),
            ron: RonPane::new(),
            dialog: None,
            palette: None,
            browser: Browser::default(),
            store: Store::nowhere(),
            settings: Settings::default(),
            first_steps: FirstSteps::new(true),
            presents: false,
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

    /// When what is shown ends: of several deployments the last one.
    fn end(&self) -> Time {
        let own = self.model.end();
        match self.room {
            Room::Watch | Room::Sweep | Room::Odds => own,
            Room::Compare => self.compare.end().unwrap_or(own),
        }
    }

    /// Another room; the playhead stays, as far as there is one.
    fn enter(&mut self, ctx: &Context, room: Room) {
        if room != Room::Watch {
            // Neither is for several deployments.
            self.present(ctx, false);
            self.model.asks_next = false;
        }
        self.room = room;
        let end = self.end();
        self.model.clock.fit(end);
        if !room.has_clock() && self.model.clock.is_playing() {
            // Nobody would see it go.
            self.model.clock.play_or_pause(end);
        }
    }

    fn begin_frame(&mut self, ctx: &Context) {
        let (held, frame_s) = ctx.input(|input| {
            let repeats = input.events.iter().any(|event| matches!(event, Event::Key { repeat: true, pressed: true, .. }));
            let held = input.pointer.any_down() || input.pointer.any_released() || repeats;
            (held, f64::from(input.stable_dt))
        });
        self.model.hold(held);
        self.model.wakes(ctx);
        let typed = self.model.is_typed();
        match self.model.catch_up(ctx.input(|input| input.time)) {
            // What is typed stays where it was typed.
            Err(error) if typed => self.ron.taken_back(&self.model, error.to_string()),
            changed @ Err(_) => self.tell(changed),
            Ok(()) => {}
        }
        if !self.is_poking(ctx) {
            self.tick(frame_s);
        }
        self.look_after_files(ctx);
    }

    /// Whether a person is about to let something happen: the playhead stays at the moment that was chosen.
    fn is_poking(&self, ctx: &Context) -> bool {
        self.model.is_dragging_demand() || poke::menu::is_open(ctx)
    }

    fn obey(&mut self, ctx: &Context, command: Command) {
        let now_s = ctx.input(|input| input.time);
        let (t, end) = (self.model.clock.t(), self.end());
        self.first_steps.look_at(&command);
        // What is to come is only shown by going on.
        let command = match command {
            Command::NextEvent if self.model.is_asking() => Command::PlayOrPause,
            Command::MoveTo(to) => Command::MoveTo(self.as_far_as_shown(to)),
            command => command,
        };
        let farthest = self.as_far_as_shown(end);
        let clock = &mut self.model.clock;
        match command {
            Command::PlayOrPause | Command::Restart if !self.room.has_clock() => {}
            Command::PlayOrPause => clock.play_or_pause(end),
            Command::Restart => clock.restart(),
            Command::PreviousEvent => {
                let to = self.model.timeline().previous_event(t).unwrap_or(Time::ZERO);
                self.model.clock.stop_at(to, end);
            }
            Command::NextEvent => {
                let to = self.model.timeline().next_event(t).unwrap_or(end);
                self.model.clock.stop_at(to.min(farthest), end);
            }
            Command::Back => clock.move_to(Time::ZERO + (t.since(Time::ZERO) - SKIP), end),
            Command::Forward => clock.move_to((t + SKIP).min(farthest), end),
            Command::ToStart => clock.stop_at(Time::ZERO, end),
            Command::ToEnd => clock.stop_at(farthest, end),
            Command::MoveTo(to) => clock.move_to(to, end),
            Command::Faster => self.set_speed(Speed::faster),
            Command::Slower => self.set_speed(Speed::slower),
            Command::SetSpeed(speed) => self.set_speed(|_| speed),
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
            Command::Open => self.choose(Purpose::Open, ctx),
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
            Command::OpenPreset(place) => self.open_preset(place),
            Command::OpenFile(path) => self.open_file(&path),
            Command::Save => self.save(ctx),
            Command::SaveAs => self.save_as(ctx),
            Command::RonPane if self.room == Room::Watch => self.ron.toggle(),
            // It stands beside the stage.
            Command::RonPane => {
                self.enter(ctx, Room::Watch);
                if !self.ron.is_open() {
                    self.ron.toggle();
                }
            }
            Command::WriteRon(text, scenario) => self.write_ron(text, *scenario, now_s),
            Command::CopyRon => {
                ctx.copy_text(self.model.text());
                self.told.tell(file_words::copied, now_s);
            }
            Command::SetTheme(theme) => ctx.set_theme(theme),
            Command::SetScale(scale) => self.settings.scale = scale,
            Command::Larger => self.settings.scale = self.settings.scale.larger(),
            Command::Smaller => self.settings.scale = self.settings.scale.smaller(),
            Command::FoldSettings => self.watch.panels.settings_folded = !self.watch.panels.settings_folded,
            Command::FoldFigures => self.watch.panels.figures_folded = !self.watch.panels.figures_folded,
            // What is presented, and what is asked about, is one deployment.
            Command::Present => {
                self.enter(ctx, Room::Watch);
                self.present(ctx, !self.presents);
            }
            Command::AskNext => {
                self.enter(ctx, Room::Watch);
                self.model.asks_next = !self.model.asks_next;
                self.stop_to_ask();
            }
            Command::Palette => self.palette = Some(Palette::new(ctx)),
            Command::Presets => self.browser.open(),
            Command::SetLanguage(language) => (self.language, self.settings.language) = (language, Some(language)),
            Command::SetMotion(motion) => self.set_motion(motion),
            Command::FullScreen => {
                let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
            }
            Command::Why(question) => self.watch.why.ask(question),
            Command::WhyAt(to) => {
                self.model.clock.move_to(to, end);
                self.watch.why.open(Question::Moment);
            }
            Command::CloseWhy if self.watch.why.question().is_some() => self.watch.why.close(),
            Command::CloseWhy if self.presents => self.present(ctx, false),
            // Nothing else is in the way.
            Command::CloseWhy | Command::EndFirstSteps => self.first_steps.end(),
            Command::OpenRoom(room) => self.enter(ctx, room),
            Command::CompareFile => self.choose(Purpose::Compare, ctx),
            Command::WatchAlone(scenario) => {
                let changed = self.model.edit(*scenario, now_s);
                self.tell(changed);
                self.enter(ctx, Room::Watch);
            }
            Command::SwitchView => self.watch.switch_view(),
            Command::ToFleet => self.watch.take_keyboard(),
            Command::Help => self.dialog = Some(Dialog::Keys),
            Command::Quit => self.leave_for(ctx, Next::Close),
        }
        if self.model.clock.t() != t {
            self.stop_to_ask();
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
        let number = self.notices.len() + usize::from(self.outside.is_some());
        if number == 0 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of notices")]
        let height = number as f32 * 36.0 + 8.0;
        let rect = Rect::from_min_size(pos2(whole.left(), below), vec2(whole.width(), height));
        let mut area = watch::area(ui, "notices", rect);
        area.painter().rect_filled(rect, 0, theme::Theme::of(&area).panel);
        let mut inner = watch::area(&mut area, "inner", rect.shrink2(vec2(12.0, 4.0)));
        if let Some(outside) = &self.outside {
            let answers = outside.answers();
            let text = outside.text();
            let notice = Notice::new(outside.kind(), &text).closable(words::close());
            let shown = answers.iter().fold(notice, |notice, answer| notice.action(answer.word())).show(&mut inner);
            let answer = shown.chosen.and_then(|chosen| answers.get(chosen)).copied();
            if answer.is_some() || shown.closed {
                let now_s = ui.ctx().input(|input| input.time);
                self.answer_outside(answer, now_s);
                ui.ctx().request_repaint();
            }
        }
        let mut i = 0;
        self.notices.retain(|(kind, text)| {
            i += 1;
            let closed = inner.push_id(i, |ui| Notice::new(*kind, text).closable(words::close()).show(ui).closed);
            !closed.inner
        });
        height
    }

    fn update_title(&mut self, ctx: &Context) {
        let title = words::window_title(&self.model.title(), self.is_unsaved());
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
        self.set_zoom(&ctx);
        let mut commands = Vec::new();
        let whole = ui.max_rect();
        let top_height = if self.presents { presenter::STRIP } else { top_bar::HEIGHT };
        let top = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + top_height));
        let transport_height = if self.room.has_clock() { transport::HEIGHT } else { 0.0 };
        let bottom = Rect::from_min_max(pos2(whole.left(), whole.bottom() - transport_height), whole.max);
        if self.presents {
            presenter::strip(ui, top, &self.model, &mut commands);
        } else {
            let documents = Documents {
                recent: &mut self.keeping.recent,
                menu: &mut self.recent_menu,
                ron_is_open: self.ron.is_open(),
                told: self.told.word(&ctx),
            };
            top_bar::show(ui, top, self.room, &self.model, documents, &self.settings, &mut commands);
        }
        let notices = self.notices(ui, top.bottom(), whole);
        let steps = if self.presents { 0.0 } else { self.first_steps.height() };
        let steps = Rect::from_min_max(pos2(whole.left(), bottom.top() - steps), pos2(whole.right(), bottom.top()));
        let middle = Rect::from_min_max(pos2(whole.left(), top.bottom() + notices), pos2(whole.right(), steps.top()));
        let mut room = watch::area(ui, "room", middle);
        match self.room {
            Room::Watch => {
                self.watch.beside = self.ron.is_open() && !self.presents;
                if !self.presents {
                    // What is set here is simulated before anything of it is drawn.
                    self.watch.settings(&mut room, &self.model, &mut commands);
                    self.ron.show(&mut room, &self.model, &mut commands);
                }
                if !commands.is_empty() {
                    self.obey_all(&ctx, &mut commands);
                    // The settings were drawn before that: what is seen is drawn once more, with all of it the same.
                    ctx.request_discard("a setting was changed");
                }
                let axis = self.watch.show(&mut room, &self.model, self.presents, &mut commands);
                let about = About::One { chosen: self.watch.chosen() };
                transport::show(ui, bottom, axis, &self.model, about, &mut commands);
            }
            Room::Compare => {
                self.compare.show(&mut room, &self.model, self.watch.motion, &mut commands);
                let about = About::Several { end: self.end(), ends: &self.compare.marks() };
                transport::show(ui, bottom, middle.x_range(), &self.model, about, &mut commands);
            }
            Room::Sweep => self.sweep.show(&mut room, &self.model, &mut commands),
            Room::Odds => self.odds.show(&mut room, &self.model, &mut commands),
        }
        if steps.height() > 0.0 {
            self.first_steps.show(ui, steps, &mut commands);
        }
        self.over_all(&ctx, &mut commands);
        if !commands.is_empty() {
            self.obey_all(&ctx, &mut commands);
            ctx.request_repaint();
        }
        files::show_dropping(&ctx);
        self.update_title(&ctx);
        self.keep_work();
        self.remember(&ctx);
        if self.model.clock.is_playing() && !self.is_poking(&ctx) {
            ctx.request_repaint();
        }
    }

    fn on_exit(&mut self) {
        self.store.keep_now(&self.settings);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
