//! Our text: one typeface, two weights, a handful of sizes, and how a line of it is laid out and placed.

use std::sync::{Arc, LazyLock};

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align2, Color32, FontData, FontDefinitions, FontFamily, FontId, Galley, Painter, Pos2, Rect, RichText};

/// A kind of text, by its place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// Most of it: 13 px.
    Body,
    /// A value, a chosen row: 13 px semibold.
    Strong,
    /// Side notes, a log: 12 px.
    Small,
    /// A side note's value: 12 px semibold.
    SmallStrong,
    /// Labels of axes, tiles and phases: 11 px.
    Label,
    /// A section's heading, a plot's title: 11 px semibold.
    Section,
    /// The program's or a scenario's name: 14 px semibold.
    Title,
    /// The clock: 15 px semibold.
    Clock,
    /// The clock's second half: 15 px.
    ClockRest,
    /// What the stage says: 16 px semibold.
    Narration,
    /// A scenario's text: 13 px, every character equally wide.
    Code,
}

static SEMIBOLD: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("semibold".into()));

impl Text {
    /// The font of this kind of text.
    pub fn font(self) -> FontId {
        let regular = |size| FontId::new(size, FontFamily::Proportional);
        let semibold = |size| FontId::new(size, SEMIBOLD.clone());
        match self {
            Text::Body => regular(13.0),
            Text::Strong => semibold(13.0),
            Text::Small => regular(12.0),
            Text::SmallStrong => semibold(12.0),
            Text::Label => regular(11.0),
            Text::Section => semibold(11.0),
            Text::Title => semibold(14.0),
            Text::Clock => semibold(15.0),
            Text::ClockRest => regular(15.0),
            Text::Narration => semibold(16.0),
            Text::Code => FontId::new(13.0, FontFamily::Monospace),
        }
    }

    /// This kind of text in a colour, as a part of a longer one.
    pub fn format(self, colour: Color32) -> TextFormat {
        TextFormat::simple(self.font(), colour)
    }

    /// `text` for egui's own widgets.
    pub fn rich(self, text: impl Into<String>) -> RichText {
        RichText::new(text).font(self.font())
    }

    /// One line of `text`, with an ellipsis where it would be wider than `max_width` points.
    pub fn line(self, painter: &Painter, text: &str, colour: Color32, max_width: f32) -> Arc<Galley> {
        let mut job = LayoutJob::simple_singleline(text.to_owned(), self.font(), colour);
        job.wrap = TextWrapping::truncate_at_width(max_width.max(0.0));
        painter.layout_job(job)
    }

    /// One line of `text`, drawn inside `rect` at `align`, elided to its width.
    pub fn paint(self, painter: &Painter, rect: Rect, align: Align2, text: &str, colour: Color32) -> Painted {
        let galley = self.line(painter, text, colour, rect.width());
        let placed = align.align_size_within_rect(galley.size(), rect);
        let elided = galley.elided;
        painter.galley(placed.min, galley, colour);
        Painted { rect: placed, elided }
    }

    /// One line of `text` drawn at `pos`, of any width. Returns where it stands.
    pub fn paint_at(self, painter: &Painter, pos: Pos2, align: Align2, text: &str, colour: Color32) -> Rect {
        let galley = self.line(painter, text, colour, f32::INFINITY);
        let rect = align.anchor_size(pos, galley.size());
        painter.galley(rect.min, galley, colour);
        rect
    }
}

/// A line of text that has been drawn.
#[derive(Clone, Copy, Debug)]
pub struct Painted {
    /// Where it stands.
    pub rect: Rect,
    /// It did not fit and ends in an ellipsis.
    pub elided: bool,
}

/// The bundled typeface in its two weights, and the one for a scenario's text, where every character is equally wide.
pub(super) fn fonts() -> FontDefinitions {
    const REGULAR: &str = "Deployscope Sans";
    const BOLD: &str = "Deployscope Sans SemiBold";
    const MONO: &str = "Deployscope Mono";
    let mut fonts = FontDefinitions::empty();
    let regular = FontData::from_static(include_bytes!("../../../assets/fonts/DeployscopeSans-Regular.ttf"));
    let semibold = FontData::from_static(include_bytes!("../../../assets/fonts/DeployscopeSans-SemiBold.ttf"));
    fonts.font_data.insert(REGULAR.to_owned(), Arc::new(regular));
    fonts.font_data.insert(BOLD.to_owned(), Arc::new(semibold));
    let mono = FontData::from_static(include_bytes!("../../../assets/fonts/DeployscopeMono-Regular.ttf"));
    fonts.font_data.insert(MONO.to_owned(), Arc::new(mono));
    fonts.families.insert(FontFamily::Proportional, vec![REGULAR.to_owned()]);
    fonts.families.insert(FontFamily::Monospace, vec![MONO.to_owned(), REGULAR.to_owned()]);
    fonts.families.insert(SEMIBOLD.clone(), vec![BOLD.to_owned()]);
    fonts
}
