//! What becomes of the scenario as a document: opened, saved, pasted, changed by another program, recovered after a crash.
//! Whatever would be lost is asked about first.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, Event, ViewportCommand};

use super::dialogs::{Answer, Dialog, TypedPath};
use super::files::{self, Choice, Found, Purpose, Work};
use super::keeping::Keeping;
use super::model::Opened;
use super::widgets::NoticeKind;
use super::{App, Next};
use crate::presets::BUILT_IN;
use crate::scenario::{Scenario, ScenarioError, Source};
use crate::text::{controls as words, files as file_words};
use crate::units::Time;

/// What another program did to the scenario's file, as long as it matters.
#[derive(Debug)]
pub(super) enum Outside {
    /// It says something else, and there are unsaved changes here.
    Changed(Box<Opened>),
    /// It is no scenario any more.
    Wrong(ScenarioError),
    /// It is gone.
    Vanished(PathBuf),
}

impl Outside {
    /// What is said about it.
    pub(super) fn text(&self) -> String {
        match self {
            Outside::Changed(opened) => file_words::changed(&opened.path.as_deref().map(name).unwrap_or_default()),
            Outside::Wrong(error) => {
                let Some(problem) = error.problems().first() else { return String::new() };
                file_words::wrong(&name(Path::new(problem.file())), problem.line, &problem.message)
            }
            Outside::Vanished(path) => file_words::vanished(&name(path)),
        }
    }

    /// How much it matters.
    pub(super) fn kind(&self) -> NoticeKind {
        match self {
            Outside::Changed(_) | Outside::Vanished(_) => NoticeKind::Warning,
            Outside::Wrong(_) => NoticeKind::Error,
        }
    }

    /// What can be done about it.
    pub(super) fn answers(&self) -> &'static [OutsideAnswer] {
        match self {
            Outside::Changed(_) => &[OutsideAnswer::Reload, OutsideAnswer::Keep],
            Outside::Wrong(_) | Outside::Vanished(_) => &[],
        }
    }
}

/// An answer to what another program did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutsideAnswer {
    /// Show what the file says; that can be undone.
    Reload,
    /// Stay with what is here.
    Keep,
}

impl OutsideAnswer {
    /// What the button says.
    pub(super) fn word(self) -> &'static str {
        match self {
            OutsideAnswer::Reload => file_words::reload(),
            OutsideAnswer::Keep => file_words::keep(),
        }
    }
}

/// A file's name without its folders.
pub(super) fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

impl App {
    /// With what the window keeps outside of itself. Offers what an earlier window left behind.
    #[must_use]
    pub fn keeping(mut self, keeping: Keeping) -> App {
        self.keeping = keeping;
        self.is_in_its_file();
        self.offer_what_was_left();
        self
    }

    /// Whether something here would be lost with the window.
    pub fn is_unsaved(&self) -> bool {
        self.model.is_edited() || self.ron.draft().is_some()
    }

    /// At the beginning of a frame: answers of dialogs, and what the system and other programs did.
    pub(super) fn look_after_files(&mut self, ctx: &Context) {
        let (dropped, closing, pasted, seen, unseen, now_s) = ctx.input(|input| {
            let dropped = input.raw.dropped_files.first().map(|file| file.path().to_owned());
            let pasted = input.events.iter().find_map(|event| match event {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            });
            let focus = |to: bool| input.events.iter().any(|event| matches!(event, Event::WindowFocused(focused) if *focused == to));
            (dropped, input.viewport().close_requested(), pasted, focus(true), focus(false), input.time)
        });
        if let Some(path) = dropped.filter(|_| !self.dialog.as_ref().is_some_and(Dialog::is_question)) {
            self.open_file(&path);
        }
        if closing && !self.leaving && self.is_unsaved() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.leave_for(ctx, Next::Close);
        }
        if let Some(text) = pasted.filter(|_| self.dialog.is_none() && !ctx.text_edit_focused()) {
            self.paste(text, now_s);
        }
        if let Some((purpose, choice)) = self.files.answer() {
            match choice {
                Choice::Path(path) => self.chosen(ctx, purpose, path),
                Choice::GivenUp => self.next = None,
                Choice::NoDialog => self.dialog = Some(Dialog::Path(TypedPath::new(purpose, self.suggestion(purpose)))),
            }
        }
        // Not every disk tells of changes: whoever comes back from an editor sees them all the same.
        if self.keeping.may_have_changed() || seen {
            self.look_at_file(now_s);
        }
        if unseen {
            self.keep_work();
            self.keeping.hurry();
        }
    }

    /// At the end of a frame: unsaved work is kept against a crash.
    pub(super) fn keep_work(&mut self) {
        if self.leaving {
            return;
        }
        let version = (self.model.text_version(), self.ron.version(), self.is_unsaved());
        let (model, ron, keeping) = (&self.model, &self.ron, &mut self.keeping);
        let on_disk = keeping.on_disk().cloned();
        keeping.keep(version, || {
            let (title, wording, draft) = (model.title(), model.wording(), ron.draft().map(str::to_owned));
            let path = model.path().and_then(|path| std::path::absolute(path).ok());
            let path = path.and_then(|path| path.to_str().map(str::to_owned));
            Box::new(move || Work { title, path, on_disk, text: wording.text(), draft })
        });
        if let Some(why) = self.keeping.trouble() {
            self.notices.push((NoticeKind::Warning, file_words::not_kept(&why)));
        }
    }

    fn is_in_its_file(&mut self) {
        let text = self.model.path().map(|_| self.model.text());
        self.keeping.is_in(self.model.path().map(PathBuf::as_path), text);
        self.outside = None;
    }

    fn offer_what_was_left(&mut self) {
        if self.dialog.is_none()
            && let Some(found) = self.keeping.next_left()
        {
            self.dialog = Some(Dialog::Recover(Box::new(found)));
        }
    }

    fn recover(&mut self, found: Found) {
        let Work { path, on_disk, text, draft, .. } = found.work.clone();
        let scenario = match Scenario::from_ron(&text, file_words::ron_title()) {
            Ok(scenario) => scenario,
            // It stays where it is: another version of the program may read it.
            Err(error) => return self.show_problem(error),
        };
        if !self.open(Opened { scenario, path: path.map(PathBuf::from), text: Some(text) }) {
            return;
        }
        self.model.set_adrift();
        if let Some(on_disk) = on_disk {
            self.keeping.knows(&on_disk);
        }
        if let Some(draft) = draft {
            self.ron.restore(draft.clone(), &self.model);
            // What is right now is what was too long to be simulated then, if anything.
            if let Ok(scenario) = Source::new(draft.as_str(), "").read() {
                self.write_ron(draft, scenario, 0.0);
            }
        }
        // It is kept by this window before the other one's file goes.
        self.keep_work();
        self.keeping.settle();
        if self.keeping.trouble().is_none() {
            found.forget();
        }
        self.look_at_file(0.0);
    }

    /// What the scenario's file says now.
    fn look_at_file(&mut self, now_s: f64) {
        let Some(path) = self.model.path().cloned() else { return };
        let source = match Source::from_file(&path) {
            Ok(source) => source,
            Err(_) if !path.exists() => {
                if self.keeping.on_disk().is_some() {
                    self.model.set_adrift();
                    self.outside = Some(Outside::Vanished(path));
                }
                return;
            }
            Err(error) => {
                self.outside = Some(Outside::Wrong(error));
                return;
            }
        };
        let vanished = matches!(self.outside, Some(Outside::Vanished(_)));
        let known = self.keeping.on_disk().is_some_and(|known| known == source.text());
        // Being in no file while it was gone is no change of a person's.
        let unsaved = if vanished { self.model.is_changed() || self.ron.draft().is_some() } else { self.is_unsaved() };
        if known && (unsaved || !vanished) {
            self.outside = None;
            return;
        }
        match source.read() {
            Err(error) => self.outside = Some(Outside::Wrong(error)),
            Ok(scenario) => {
                let opened = Opened { scenario, path: Some(path), text: Some(source.text().to_owned()) };
                let same = opened.text.as_deref() == Some(&self.model.text());
                if unsaved && !same {
                    self.outside = Some(Outside::Changed(Box::new(opened)));
                } else {
                    self.reload(opened, now_s);
                }
            }
        }
    }

    fn reload(&mut self, opened: Opened, now_s: f64) {
        let text = opened.text.clone();
        match self.model.reload(opened, now_s) {
            Ok(()) => {
                if let Some(text) = text {
                    self.keeping.knows(&text);
                }
                self.outside = None;
            }
            Err(error) => {
                let title = self.model.title();
                self.outside = None;
                self.notices.push((NoticeKind::Error, words::cannot_simulate(&title, &error.to_string())));
            }
        }
    }

    /// A person's answer to what another program did.
    pub(super) fn answer_outside(&mut self, answer: Option<OutsideAnswer>, now_s: f64) {
        match (self.outside.take(), answer) {
            (Some(Outside::Changed(opened)), Some(OutsideAnswer::Reload)) => self.reload(*opened, now_s),
            (Some(Outside::Changed(opened)), Some(OutsideAnswer::Keep)) => {
                if let Some(text) = &opened.text {
                    self.keeping.knows(text);
                }
                // The file says something else than what is here, whatever was saved before.
                self.model.set_adrift();
            }
            // Closed without an answer: it is asked about when it would be replaced.
            (Some(Outside::Changed(_)), None) => self.model.set_adrift(),
            (Some(Outside::Wrong(_) | Outside::Vanished(_)) | None, _) => {}
        }
    }

    fn suggestion(&self, purpose: Purpose) -> String {
        match (purpose, self.model.path()) {
            (Purpose::Open | Purpose::Compare, path) => path.and_then(|path| path.parent()).map_or_else(String::new, files::with_slash),
            (Purpose::Save, Some(path)) => path.display().to_string(),
            (Purpose::Save, None) => files::suggested_name(&self.model.written_title()),
        }
    }

    fn chosen(&mut self, ctx: &Context, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open => self.open_file(&path),
            Purpose::Compare => match Opened::file(&path) {
                Ok(opened) => self.compare.add_opened(&path, opened.scenario),
                Err(error) => self.show_problem(error),
            },
            Purpose::Save => self.save_to(ctx, files::with_extension(path)),
        }
    }

    pub(super) fn open_file(&mut self, path: &Path) {
        match Opened::file(path) {
            Ok(opened) => self.ask_or(Next::Open(Box::new(opened))),
            Err(error) => self.show_problem(error),
        }
    }

    pub(super) fn open_preset(&mut self, place: usize) {
        let Some(preset) = BUILT_IN.get(place) else { return };
        match preset.scenario() {
            Ok(scenario) => self.ask_or(Next::Open(Box::new(Opened { scenario, path: None, text: Some(preset.ron.to_owned()) }))),
            Err(error) => self.show_problem(error),
        }
    }

    /// Asks about unsaved changes, or opens at once. The context is only needed to close the window.
    fn ask_or(&mut self, next: Next) {
        match next {
            Next::Open(opened) if !self.is_unsaved() => {
                self.open(*opened);
            }
            next => {
                self.ron.reveal_draft();
                self.next = Some(next);
                self.dialog = Some(Dialog::Unsaved(self.model.title()));
            }
        }
    }

    pub(super) fn leave_for(&mut self, ctx: &Context, next: Next) {
        match next {
            Next::Close if !self.is_unsaved() => self.close(ctx),
            next => self.ask_or(next),
        }
    }

    /// Whether it is open now.
    fn open(&mut self, opened: Opened) -> bool {
        let name = opened.scenario.name.clone();
        match self.model.open(opened) {
            Ok(()) => {
                self.notices.clear();
                self.ron.forget_draft();
                self.is_in_its_file();
                self.stop_to_ask();
                if !self.room.has_clock() {
                    // Nobody would see it go.
                    self.model.clock.stop_at(Time::ZERO, self.model.end());
                }
                true
            }
            Err(error) => {
                self.notices.push((NoticeKind::Error, words::cannot_simulate(&name, &error.to_string())));
                false
            }
        }
    }

    fn close(&mut self, ctx: &Context) {
        self.leaving = true;
        self.keeping.clear();
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    /// Goes on with what waited for the changes to be saved or given up.
    fn go_on(&mut self, ctx: &Context) {
        match self.next.take() {
            Some(Next::Open(opened)) => {
                self.open(*opened);
            }
            Some(Next::Close) => self.close(ctx),
            None => {}
        }
    }

    pub(super) fn save(&mut self, ctx: &Context) {
        match self.model.path().cloned() {
            Some(path) => self.save_to(ctx, path),
            None => self.save_as(ctx),
        }
    }

    pub(super) fn save_as(&mut self, ctx: &Context) {
        self.choose(Purpose::Save, ctx);
    }

    /// Lets the person choose a file, beginning where the present one is.
    pub(super) fn choose(&mut self, purpose: Purpose, ctx: &Context) {
        let suggested = self.suggestion(purpose);
        self.files.choose(purpose, &suggested, ctx);
    }

    fn save_to(&mut self, ctx: &Context, path: PathBuf) {
        if self.keeping.would_replace(&path) {
            self.dialog = Some(Dialog::Overwrite(path));
            return;
        }
        self.write_to(ctx, path);
    }

    fn write_to(&mut self, ctx: &Context, path: PathBuf) {
        let text = self.model.text();
        match files::save(&path, &text) {
            Ok(()) => {
                self.model.saved_to(path, text);
                self.is_in_its_file();
                if self.ron.draft().is_some() {
                    // What is typed would be lost by going on.
                    self.next = None;
                    self.ron.reveal_draft();
                    self.notices.push((NoticeKind::Warning, file_words::draft_left().to_owned()));
                }
                self.go_on(ctx);
            }
            Err(error) => {
                self.next = None;
                self.notices.push((NoticeKind::Error, file_words::not_saved(&path.display().to_string(), &error.why())));
            }
        }
    }

    fn paste(&mut self, text: String, now_s: f64) {
        match Source::new(text.as_str(), file_words::clipboard()).read() {
            Ok(scenario) => {
                let changed = self.model.take(text, scenario, now_s);
                self.tell(changed);
            }
            Err(error) => self.dialog = Some(Dialog::CannotPaste(error)),
        }
    }

    /// What is typed beside the stage is set.
    pub(super) fn write_ron(&mut self, text: String, scenario: Scenario, now_s: f64) {
        match self.model.write(text, scenario, now_s) {
            Ok(()) => self.ron.taken(&self.model),
            Err(error) => self.ron.refused(error.to_string()),
        }
    }

    pub(super) fn answer(&mut self, ctx: &Context, answer: Answer) {
        let asked = self.dialog.take();
        match (answer, asked) {
            // The question was about what comes next, or the file for it.
            (Answer::Close, Some(Dialog::Unsaved(_) | Dialog::Path(_) | Dialog::Overwrite(_))) => self.next = None,
            (Answer::Save, Some(Dialog::Overwrite(path))) => self.write_to(ctx, path),
            (Answer::Save, _) => self.save(ctx),
            (Answer::SaveAs, _) => self.save_as(ctx),
            (Answer::Recover, Some(Dialog::Recover(found))) => self.recover(*found),
            (Answer::Discard, Some(Dialog::Recover(found))) => found.forget(),
            (Answer::Discard, _) => self.go_on(ctx),
            (Answer::Path(purpose, path), _) => self.chosen(ctx, purpose, path),
            // What a crash left is asked about again at the next start.
            (Answer::Close, Some(Dialog::Problem(_) | Dialog::CannotPaste(_) | Dialog::Keys | Dialog::Recover(_)) | None)
            | (Answer::Recover, _) => {}
        }
        self.offer_what_was_left();
    }
}
