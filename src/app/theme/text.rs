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
    /// What nobody in the room may overlook: 24 px semibold.
    Alarm,
    /// A question to a room: 22 px semibold.
    Question,
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
            Text::Alarm => semibold(24.0),
            Text::Question => semibold(22.0),
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

    /// `text` in two lines, broken between words, with an ellipsis where that is not enough.
    pub fn two_lines(self, painter: &Painter, text: &str, colour: Color32, max_width: f32) -> Arc<Galley> {
        let mut job = LayoutJob::simple(text.to_owned(), self.font(), colour, max_width.max(0.0));
        job.wrap.max_rows = 2;
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

/// The bundled typeface in its two weights, and the one for a scenario's text, where every character is equally wide. Behind
/// each is the Japanese one; what its semibold lacks is written regular.
pub(super) fn fonts() -> FontDefinitions {
    const REGULAR: &str = "Deployscope Sans";
    const BOLD: &str = "Deployscope Sans SemiBold";
    const MONO: &str = "Deployscope Mono";
    const JAPANESE: &str = "Deployscope Sans JP";
    const JAPANESE_BOLD: &str = "Deployscope Sans JP SemiBold";
    let mut fonts = FontDefinitions::empty();
    let faces: [(&str, &'static [u8]); 5] = [
        (REGULAR, include_bytes!("../../../assets/fonts/DeployscopeSans-Regular.ttf")),
        (BOLD, include_bytes!("../../../assets/fonts/DeployscopeSans-SemiBold.ttf")),
        (MONO, include_bytes!("../../../assets/fonts/DeployscopeMono-Regular.ttf")),
        (JAPANESE, include_bytes!("../../../assets/fonts/DeployscopeSansJP-Regular.ttf")),
        (JAPANESE_BOLD, include_bytes!("../../../assets/fonts/DeployscopeSansJP-SemiBold.ttf")),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    fonts.families.insert(FontFamily::Proportional, vec![REGULAR.to_owned(), JAPANESE.to_owned()]);
    fonts.families.insert(FontFamily::Monospace, vec![MONO.to_owned(), REGULAR.to_owned(), JAPANESE.to_owned()]);
    fonts.families.insert(SEMIBOLD.clone(), vec![BOLD.to_owned(), JAPANESE_BOLD.to_owned(), JAPANESE.to_owned()]);
    fonts
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use std::path::Path;

    use eframe::egui::epaint::text::{Fonts, TextOptions};

    use super::*;
    use crate::text::language::Language;

    /// The characters of the files in a folder.
    fn characters(folder: &str, extension: &str) -> Vec<(String, char)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut found = Vec::new();
        for path in paths.filter(|path| path.extension().is_some_and(|end| end == extension)) {
            let text = std::fs::read_to_string(&path).unwrap();
            found.extend(text.chars().filter(|c| !c.is_control()).map(|c| (path.display().to_string(), c)));
        }
        found
    }

    /// What no bundled face has.
    fn missing(characters: &[(String, char)]) -> Vec<String> {
        let mut fonts = Fonts::new(TextOptions::default(), fonts());
        let mut missing = Vec::new();
        for font in [Text::Body.font(), Text::Strong.font(), FontId::monospace(13.0)] {
            for (place, c) in characters {
                if !fonts.has_glyph(&font, *c) {
                    missing.push(format!("{c} of {place}"));
                }
            }
        }
        missing
    }

    #[test]
    fn the_bundled_faces_have_every_character_of_every_text() {
        let mut all = characters("presets", "ron");
        for language in Language::ALL {
            all.extend(characters(&format!("assets/locales/{}", language.code()), "ftl"));
            all.extend(language.name().chars().map(|c| ("a language's name".to_owned(), c)));
        }
        // Thousands of Japanese characters, and not only the English ones.
        assert!(all.iter().filter(|(_, c)| *c > '\u{3000}').count() > 5_000);
        let missing = missing(&all);
        assert!(missing.is_empty(), "scripts/japanese-fonts puts them in: {missing:?}");
        // Kanji for regular use are there before any text has them.
        assert!(self::missing(&[("a word of another day".to_owned(), '鬱')]).is_empty());
    }

    #[test]
    fn a_character_that_no_face_has_is_found() {
        // 64 strokes, and in no text.
        assert_eq!(missing(&[("nowhere".to_owned(), '𪚥')]).len(), 3);
    }
}
