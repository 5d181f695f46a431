//! Everything a person can ask of the window, whether by a button, a menu or a key.

use std::path::PathBuf;

use eframe::egui::ThemePreference;

use super::clock::Speed;
use super::poke::Poke;
use super::rooms::Room;
use super::settings::Scale;
use super::stage::Motion;
use super::why::Question;
use crate::scenario::{Scenario, StrategyKind};
use crate::text::language::Language;
use crate::units::Time;

/// A wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Start or stop the clock.
    PlayOrPause,
    /// Play from the start.
    Restart,
    /// To the event before the playhead.
    PreviousEvent,
    /// To the event after it.
    NextEvent,
    /// A little back, in simulated time.
    Back,
    /// A little forward, in simulated time.
    Forward,
    /// To the start.
    ToStart,
    /// To the end.
    ToEnd,
    /// To a moment.
    MoveTo(Time),
    /// One speed up.
    Faster,
    /// One speed down.
    Slower,
    /// This speed.
    SetSpeed(Speed),
    /// Another strategy.
    Choose(StrategyKind),
    /// The scenario as it was changed.
    Edit(Box<Scenario>),
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
    /// Let something happen at the playhead.
    Poke(Poke),
    /// Kill the instance that is chosen on the stage, or one that the seed says.
    KillChosen,
    /// The demand from the playhead on, as it is dragged.
    DragDemand(f64),
    /// Show the table of the scenario's events, and in it one of them by its place in the scenario's list.
    ShowEvents(Option<usize>),
    /// Compare later changes with the same outcome as this one.
    KeepGhost,
    /// Compare with nothing.
    DismissGhost,
    /// Choose a file to open.
    Open,
    /// A built-in preset, by its place in the list.
    OpenPreset(usize),
    /// This file.
    OpenFile(PathBuf),
    /// Save to the scenario's file.
    Save,
    /// Save to another file.
    SaveAs,
    /// Show the scenario as RON beside the stage, or close that.
    RonPane,
    /// The scenario as it was written in RON, and these words.
    WriteRon(String, Box<Scenario>),
    /// Copy the scenario as RON.
    CopyRon,
    /// Light or dark.
    SetTheme(ThemePreference),
    /// Everything so large.
    SetScale(Scale),
    /// Everything larger.
    Larger,
    /// Everything smaller.
    Smaller,
    /// Another language.
    SetLanguage(Language),
    /// Whether changes are eased and traffic moves.
    SetMotion(Motion),
    /// Full screen and back.
    FullScreen,
    /// The settings' panel away, and back.
    FoldSettings,
    /// The figures' panel away, and back.
    FoldFigures,
    /// Large and few, to be shown to a room; and back.
    Present,
    /// Stop before each phase and hide what is to come; and no more.
    AskNext,
    /// Every command, to be searched.
    Palette,
    /// The presets' browser.
    Presets,
    /// The first steps are known.
    EndFirstSteps,
    /// Why is that so? Asked twice it is enough.
    Why(Question),
    /// To a moment, and why requests fail there.
    WhyAt(Time),
    /// Enough of why.
    CloseWhy,
    /// Another room.
    OpenRoom(Room),
    /// Choose a file to compare with.
    CompareFile,
    /// This scenario, alone in the Watch room.
    WatchAlone(Box<Scenario>),
    /// The stage instead of the lanes, or the lanes instead of the stage.
    SwitchView,
    /// Give the keyboard to the fleet, whose instances the arrows choose.
    ToFleet,
    /// Show the keys.
    Help,
    /// Close the window; changes that are not saved are asked about.
    Quit,
}
