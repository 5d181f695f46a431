//! A scenario's text laid out in colours: what is a comment, a value, a name.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Color32, Galley, Ui};

use crate::app::theme::{Text, Theme};

/// What a piece of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// Between things: brackets, commas, space.
    Between,
    Comment,
    /// A string, a number, a name that is a value.
    Value,
    /// A field's name.
    Field,
}

impl Piece {
    fn colour(self, theme: &Theme) -> Color32 {
        match self {
            Piece::Between => theme.text_dim,
            Piece::Comment => theme.text_faint,
            Piece::Value => theme.accent,
            Piece::Field => theme.text,
        }
    }
}

struct Last {
    text: String,
    /// The theme's, the screen's and the pane's.
    colour: Color32,
    scale: f32,
    width: f32,
    galley: Arc<Galley>,
}

/// The text as it was last laid out. Nothing is done again while nothing changes.
#[derive(Default)]
pub struct Code {
    last: Option<Last>,
}

impl Code {
    /// The text in rows of at most this width.
    pub fn galley(&mut self, ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
        let theme = Theme::of(ui);
        let (colour, scale) = (theme.text, ui.pixels_per_point());
        if let Some(last) = &self.last
            && last.text == text
            && (last.colour, last.scale, last.width) == (colour, scale, width)
        {
            return last.galley.clone();
        }
        let galley = ui.painter().layout_job(job(text, theme, width));
        self.last = Some(Last { text: text.to_owned(), colour, scale, width, galley: galley.clone() });
        galley
    }
}

fn job(text: &str, theme: &Theme, width: f32) -> LayoutJob {
    let mut job = LayoutJob { break_on_newline: true, keep_trailing_whitespace: true, ..LayoutJob::default() };
    job.wrap.max_width = width;
    for (piece, part) in pieces(text) {
        let format = TextFormat { line_height: Some(LINE_HEIGHT), ..TextFormat::simple(Text::Code.font(), piece.colour(theme)) };
        job.append(text.get(part).unwrap_or_default(), 0.0, format);
    }
    // A field without text still has the height of a line.
    if text.is_empty() {
        job.append("", 0.0, TextFormat { line_height: Some(LINE_HEIGHT), ..TextFormat::simple(Text::Code.font(), theme.text) });
    }
    job
}

/// The height of a line in points.
pub const LINE_HEIGHT: f32 = 20.0;

/// The whole text in pieces. What is wrong with it is for the reader to say: every text has some pieces.
fn pieces(text: &str) -> Vec<(Piece, Range<usize>)> {
    let mut pieces: Vec<(Piece, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (piece, length) = first(rest);
        let end = at + length.max(1);
        let end = (end..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
        match pieces.last_mut() {
            Some((last, part)) if *last == piece => part.end = end,
            Some(_) | None => pieces.push((piece, at..end)),
        }
        at = end;
    }
    pieces
}

/// What a text begins with, and how many bytes of it that is.
fn first(text: &str) -> (Piece, usize) {
    let until = |end: fn(char) -> bool| text.find(end).unwrap_or(text.len());
    if text.starts_with("//") {
        return (Piece::Comment, until(|c| c == '\n'));
    }
    if text.starts_with("/*") {
        return (Piece::Comment, block_comment(text));
    }
    if let Some(string) = string(text) {
        return (Piece::Value, string);
    }
    let word = until(|c| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+')));
    if word == 0 {
        return (Piece::Between, text.chars().next().map_or(1, char::len_utf8));
    }
    let is_field = text.get(word..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    (if is_field { Piece::Field } else { Piece::Value }, word)
}

/// The length of a comment that may hold comments.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(rest) = text.get(at..) {
        let opens = rest.find("/*").unwrap_or(usize::MAX);
        let closes = rest.find("*/").unwrap_or(usize::MAX);
        if closes == usize::MAX && opens == usize::MAX {
            break;
        }
        if opens < closes {
            depth += 1;
        } else {
            depth -= 1;
        }
        at += opens.min(closes) + 2;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of a string, plain or raw, that the text begins with. One that is not closed ends with its line.
fn string(text: &str) -> Option<usize> {
    if let Some(raw) = text.strip_prefix('r') {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        if raw.get(marks..).is_some_and(|rest| rest.starts_with('"')) {
            let close = format!("\"{}", "#".repeat(marks));
            let start = 1 + marks + 1;
            return Some(text.get(start..)?.find(&close).map_or(text.len(), |at| start + at + close.len()));
        }
    }
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            '\n' => return Some(1 + at),
            '"' if !escaped => return Some(at + 2),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(Piece, &str)> {
        let pieces = pieces(text);
        let whole: String = pieces.iter().map(|(_, part)| &text[part.clone()]).collect();
        assert_eq!(whole, text, "nothing is left out");
        pieces.into_iter().map(|(piece, part)| (piece, &text[part])).filter(|(piece, _)| *piece != Piece::Between).collect()
    }

    #[test]
    fn names_values_and_comments_are_told_apart() {
        use Piece::{Comment, Field, Value};
        assert_eq!(
            of("// a \"comment\"\n( name : \"a // \\\" text\", n: -1.5, s: Rolling(batch: Count(3)) /* a /* b */ c */)"),
            [
                (Comment, "// a \"comment\""),
                (Field, "name"),
                (Value, "\"a // \\\" text\""),
                (Field, "n"),
                (Value, "-1.5"),
                (Field, "s"),
                (Value, "Rolling"),
                (Field, "batch"),
                (Value, "Count"),
                (Value, "3"),
                (Comment, "/* a /* b */ c */"),
            ]
        );
        assert_eq!(of("r#\"raw \" text\"# x"), [(Value, "r#\"raw \" text\"#"), (Value, "x")]);
    }

    #[test]
    fn half_a_text_has_pieces_too() {
        use Piece::{Comment, Field, Value};
        assert_eq!(of("\"open\nname: 1"), [(Value, "\"open"), (Field, "name"), (Value, "1")]);
        assert_eq!(of("/* open \n name: 1"), [(Comment, "/* open \n name: 1")]);
        assert_eq!(of("r\"open"), [(Value, "r\"open")]);
        assert_eq!(of("名前: \"日本語\", é"), [(Field, "名前"), (Value, "\"日本語\""), (Value, "é")]);
        assert_eq!(of(""), []);
        of("\u{1F980}§/\\\"");
    }
}
