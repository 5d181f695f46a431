//! What the window remembers from one start to the next: its place, its look, how large everything is, what was folded
//! away. A file of RON in the platform's configuration folder; what of it cannot be read is as if it were not there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::{Context, Rect, ThemePreference, Vec2, ViewportBuilder, ViewportCommand, pos2, vec2};
use etcetera::BaseStrategy as _;
use ron::value::RawValue;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::files;
use crate::text::language::Language;

/// The window's size where none is remembered, and the least, in points at a scale of 100 %.
const SIZE: Vec2 = vec2(1280.0, 800.0);
const LEAST: Vec2 = vec2(1024.0, 700.0);
/// No screen is larger.
const MOST: f32 = 16_384.0;
/// So much of a window must be on a screen for it to be found, in pixels.
const IN_SIGHT: f32 = 64.0;
/// A file that is longer was not written here.
const LONGEST: u64 = 100_000;
/// What changes is written so often at most.
const PAUSE: Duration = Duration::from_secs(2);

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl From<Look> for ThemePreference {
    fn from(look: Look) -> ThemePreference {
        match look {
            Look::System => ThemePreference::System,
            Look::Light => ThemePreference::Light,
            Look::Dark => ThemePreference::Dark,
        }
    }
}

impl From<ThemePreference> for Look {
    fn from(theme: ThemePreference) -> Look {
        match theme {
            ThemePreference::System => Look::System,
            ThemePreference::Light => Look::Light,
            ThemePreference::Dark => Look::Dark,
        }
    }
}

/// How large everything is, in percent: 80 to 250.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub struct Scale(u16);

impl Scale {
    /// As it was designed.
    pub const USUAL: Scale = Scale(100);
    /// Those to choose from.
    pub const ALL: [Scale; 10] =
        [Scale(80), Scale(90), Scale(100), Scale(110), Scale(125), Scale(150), Scale(175), Scale(200), Scale(225), Scale(250)];

    /// The nearest there is.
    pub fn of(percent: u16) -> Scale {
        Scale::ALL.into_iter().min_by_key(|scale| scale.0.abs_diff(percent)).unwrap_or_default()
    }

    /// In percent.
    pub fn percent(self) -> u16 {
        self.0
    }

    /// As a factor.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }

    /// The next larger one.
    pub fn larger(self) -> Scale {
        Scale::ALL.into_iter().find(|scale| *scale > self).unwrap_or(self)
    }

    /// The next smaller one.
    pub fn smaller(self) -> Scale {
        Scale::ALL.into_iter().rev().find(|scale| *scale < self).unwrap_or(self)
    }
}

impl Default for Scale {
    fn default() -> Scale {
        Scale::USUAL
    }
}

impl From<u16> for Scale {
    fn from(percent: u16) -> Scale {
        Scale::of(percent)
    }
}

impl From<Scale> for u16 {
    fn from(scale: Scale) -> u16 {
        scale.percent()
    }
}

/// Where the window stands, in points at a scale of 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The width of what is inside.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// The left upper corner, where the system tells it.
    pub at: Option<(f32, f32)>,
    /// Whether it takes the whole screen.
    pub maximized: bool,
}

impl Default for Place {
    fn default() -> Place {
        Place { width: SIZE.x, height: SIZE.y, at: None, maximized: false }
    }
}

/// The panels: how wide each is, and which are folded away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    /// The width of the settings.
    pub settings: Option<f32>,
    /// The width of the figures.
    pub figures: Option<f32>,
    /// The height of the plots.
    pub plots: Option<f32>,
    /// Whether the settings are folded away.
    pub settings_folded: bool,
    /// Whether the figures are folded away.
    pub figures_folded: bool,
}

/// All that is remembered. What a later version has written besides is passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    #[serde(deserialize_with = "or_default")]
    pub look: Look,
    /// The language, where one was chosen.
    #[serde(deserialize_with = "or_default")]
    pub language: Option<Language>,
    /// How large everything is.
    #[serde(deserialize_with = "or_default")]
    pub scale: Scale,
    /// Whether things move less, where that was chosen.
    #[serde(deserialize_with = "or_default")]
    pub reduced_motion: Option<bool>,
    /// How many times faster than real it plays, where that was chosen.
    #[serde(deserialize_with = "or_default")]
    pub speed: Option<u64>,
    /// The first steps were made or put away.
    #[serde(deserialize_with = "or_default")]
    pub first_steps_over: bool,
    /// Where the window stands.
    #[serde(deserialize_with = "or_default")]
    pub window: Place,
    /// The panels.
    #[serde(deserialize_with = "or_default")]
    pub panels: Panels,
}

/// One value that cannot be read leaves the others as they are.
fn or_default<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Box::<RawValue>::deserialize(deserializer)?.into_rust().unwrap_or_default())
}

impl Settings {
    /// What a file's text says, with everything absurd left out.
    pub fn read(text: &str) -> Settings {
        let mut settings: Settings = ron::from_str(text).unwrap_or_default();
        let Place { width, height, at, .. } = &mut settings.window;
        let sane = |size: f32, usual: f32, least: f32| if size.is_finite() && size > 0.0 { size.clamp(least, MOST) } else { usual };
        (*width, *height) = (sane(*width, SIZE.x, LEAST.x), sane(*height, SIZE.y, LEAST.y));
        *at = at.filter(|(x, y)| x.abs() <= MOST && y.abs() <= MOST);
        let Panels { settings: left, figures, plots, .. } = &mut settings.panels;
        for size in [left, figures, plots] {
            *size = size.filter(|points| (1.0..=MOST).contains(points));
        }
        settings
    }

    /// The window as it was.
    pub fn viewport(&self) -> ViewportBuilder {
        let Place { width, height, at, maximized } = self.window;
        let viewport = ViewportBuilder::default()
            .with_inner_size([width, height])
            .with_min_inner_size(LEAST)
            .with_clamp_size_to_monitor_size(true)
            .with_maximized(maximized);
        match at {
            Some((x, y)) => viewport.with_position([x, y]),
            None => viewport,
        }
    }

    /// Takes in where the window stands now. What fills the screen keeps the size that it had before.
    pub fn look_at_window(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        let (inner, outer, maximized, other) = ctx.input(|input| {
            let viewport = input.viewport();
            let other = viewport.fullscreen == Some(true) || viewport.minimized == Some(true);
            (viewport.inner_rect, viewport.outer_rect, viewport.maximized, other)
        });
        if other {
            return;
        }
        self.window.maximized = maximized.unwrap_or(false);
        if self.window.maximized {
            return;
        }
        if let Some(size) = inner.map(|inner| (inner.size() * zoom).round()).filter(|size| size.x >= 1.0 && size.y >= 1.0) {
            (self.window.width, self.window.height) = (size.x, size.y);
        }
        if let Some(corner) = outer.map(|outer| outer.min) {
            self.window.at = Some(((corner.x * zoom).round(), (corner.y * zoom).round()));
        }
    }
}

/// Whether enough of a window is on a screen for it to be found. All in pixels; where no screen is known it is.
fn is_in_sight(window: Rect, screens: &[Rect]) -> bool {
    let seen = |screen: &Rect| {
        let both = screen.intersect(window);
        both.width() >= IN_SIGHT && both.height() >= IN_SIGHT
    };
    screens.is_empty() || screens.iter().any(seen)
}

/// Brings a window back that stands where there is no screen any more. All in pixels: the window, and each screen.
pub fn bring_back(ctx: &Context, window: Option<Rect>, screens: &[Rect]) {
    if window.is_some_and(|window| !is_in_sight(window, screens)) {
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(pos2(32.0, 32.0)));
    }
}

/// Where the settings are kept.
#[derive(Debug)]
pub struct Store {
    /// None: nothing is remembered.
    path: Option<PathBuf>,
    kept: Settings,
    written: Option<Instant>,
}

impl Store {
    /// `deployscope/window.ron` in the platform's configuration folder.
    pub fn usual_path() -> Option<PathBuf> {
        etcetera::choose_base_strategy().ok().map(|base| base.config_dir().join("deployscope").join("window.ron"))
    }

    /// Nothing is remembered.
    pub fn nowhere() -> Store {
        let kept = Settings { first_steps_over: true, ..Settings::default() };
        Store { path: None, kept, written: None }
    }

    /// What the file at `path` says; where there is none, or it cannot be read, this is the first start.
    pub fn at(path: PathBuf) -> Store {
        let short = fs::metadata(&path).is_ok_and(|file| file.is_file() && file.len() <= LONGEST);
        let text = short.then(|| fs::read_to_string(&path).ok()).flatten();
        let kept = text.as_deref().map(Settings::read).unwrap_or_default();
        Store { path: Some(path), kept, written: None }
    }

    /// As they were when they were last kept.
    pub fn kept(&self) -> &Settings {
        &self.kept
    }

    /// Keeps what has changed; not too often. When to ask again, where that is later.
    pub fn keep(&mut self, settings: &Settings) -> Option<Duration> {
        if self.path.is_none() || *settings == self.kept {
            return None;
        }
        if let Some(since) = self.written.map(|at| at.elapsed()).filter(|since| *since < PAUSE) {
            return Some(PAUSE - since);
        }
        self.keep_now(settings);
        None
    }

    /// Keeps what has changed.
    pub fn keep_now(&mut self, settings: &Settings) {
        let Some(path) = self.path.as_ref().filter(|_| *settings != self.kept) else { return };
        // Where it cannot be written the next start is like this one was: nothing a person would have to act on.
        let _ = write(path, settings);
        self.kept = settings.clone();
        self.written = Some(Instant::now());
    }
}

fn write(path: &Path, settings: &Settings) -> io::Result<()> {
    let text = ron::ser::to_string_pretty(settings, ron::ser::PrettyConfig::default()).map_err(io::Error::other)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let text = format!("// What the window remembers. It is written anew by the program.\n{text}\n");
    files::save(path, &text).map_err(|error| io::Error::other(error.why()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn some() -> Settings {
        Settings {
            look: Look::Dark,
            language: Some(Language::Japanese),
            scale: Scale::of(150),
            reduced_motion: Some(true),
            speed: Some(50),
            first_steps_over: true,
            window: Place { width: 1500.0, height: 900.0, at: Some((-200.0, 40.0)), maximized: false },
            panels: Panels { settings: Some(300.0), figures: None, plots: Some(250.0), settings_folded: false, figures_folded: true },
        }
    }

    #[test]
    fn what_is_kept_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join("window.ron");
        let mut store = Store::at(path.clone());
        assert_eq!(*store.kept(), Settings::default());
        store.keep_now(&some());
        assert_eq!(*Store::at(path.clone()).kept(), some());
        // Nothing is left beside it.
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn it_is_written_when_it_changes_and_not_too_often() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("window.ron");
        let mut store = Store::at(path.clone());
        assert_eq!(store.keep(&Settings::default()), None);
        assert!(!path.exists(), "nothing has changed");
        assert_eq!(store.keep(&some()), None);
        let later = Settings { scale: Scale::of(200), ..some() };
        assert!(store.keep(&later).is_some_and(|wait| wait <= PAUSE));
        assert_eq!(*Store::at(path.clone()).kept(), some());
        store.keep_now(&later);
        assert_eq!(*Store::at(path).kept(), later);
    }

    #[test]
    fn what_is_broken_is_as_if_it_were_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("window.ron");
        for text in ["", "(", "scale: 150", "\0\0\0", "(scale: 150", "[1, 2]", "(scale: 150, scale: 90)"] {
            fs::write(&path, text).unwrap();
            assert_eq!(*Store::at(path.clone()).kept(), Settings::default(), "{text:?}");
        }
        fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
        assert_eq!(*Store::at(path.clone()).kept(), Settings::default());
        fs::write(&path, format!("(scale: 150, speed: Some(2)) // {}", "x".repeat(100_001))).unwrap();
        assert_eq!(*Store::at(path).kept(), Settings::default());
        // A folder in its place.
        assert_eq!(*Store::at(folder.path().to_owned()).kept(), Settings::default());
    }

    #[test]
    fn one_broken_value_leaves_the_others() {
        let read = Settings::read("(look: Purple, scale: 150, language: Some(Klingon), speed: -3, window: (width: \"wide\"), later: [1])");
        assert_eq!(read, Settings { scale: Scale::of(150), ..Settings::default() });
    }

    #[test]
    fn absurd_sizes_are_not_taken() {
        let window = |text: &str| Settings::read(&format!("(window: {text})")).window;
        let of = |width, height| Place { width, height, ..Place::default() };
        assert_eq!(window("(width: 0.0, height: -5.0)"), of(1280.0, 800.0));
        assert_eq!(window("(width: NaN, height: inf)"), of(1280.0, 800.0));
        assert_eq!(window("(width: 10.0, height: 1e30)"), of(1024.0, 16_384.0));
        assert_eq!(window("(at: Some((1e9, 0.0)))"), Place::default());
        assert_eq!(Settings::read("(panels: (settings: Some(NaN), figures: Some(-3.0), plots: Some(1e9)))").panels, Panels::default());
        for (percent, scale) in [(0, 80), (79, 80), (160, 150), (251, 250), (65_535, 250)] {
            assert_eq!(Settings::read(&format!("(scale: {percent})")).scale.percent(), scale);
        }
    }

    #[test]
    fn it_goes_from_80_to_250_percent() {
        let mut scale = Scale::USUAL;
        for expected in [110, 125, 150, 175, 200, 225, 250, 250] {
            scale = scale.larger();
            assert_eq!(scale.percent(), expected);
        }
        for _ in 0..20 {
            scale = scale.smaller();
        }
        assert_eq!(scale.percent(), 80);
    }

    #[test]
    fn a_window_where_no_screen_is_comes_back() {
        let at = |x: f32, y: f32| Rect::from_min_size(pos2(x, y), vec2(1280.0, 800.0));
        let screens = [Rect::from_min_size(pos2(0.0, 0.0), vec2(1920.0, 1080.0))];
        assert!(is_in_sight(at(100.0, 100.0), &screens) && is_in_sight(at(-600.0, 0.0), &screens));
        // 70 px beyond the left edge, 63 px of it above the lower one, and far away.
        assert!(is_in_sight(at(-1_210.0, 0.0), &screens) && !is_in_sight(at(0.0, 1_017.0), &screens));
        assert!(!is_in_sight(at(5_000.0, 0.0), &screens));
        assert!(is_in_sight(at(5_000.0, 0.0), &[]));
    }
}
