//! A setting that is typed in words, such as a duration: what cannot be read is said, and the last good value stays.

use eframe::egui::accesskit::Invalid;
use eframe::egui::{Align2, Frame, Id, Key, Margin, Response, Stroke, StrokeKind, TextEdit, Ui, vec2};

use super::field_row::{EDITOR_HEIGHT, row};
use crate::app::theme::{RADIUS, Text, Theme};

/// A row with a text field.
pub struct TextRow<'a> {
    label: &'a str,
    text: &'a str,
    width: f32,
    hover: Option<&'a str>,
}

/// What came of showing a text row.
pub struct TextRowResponse<T> {
    /// The field.
    pub response: Response,
    /// The value typed, once, when the person is done with it (Enter, or leaving the field) and it could be read.
    pub value: Option<T>,
}

/// What is being typed; dropped when the value changes elsewhere.
#[derive(Clone)]
struct Draft {
    base: String,
    text: String,
    error: Option<String>,
}

/// Around the text in its field.
const PADDING: Margin = Margin::symmetric(8, 4);
/// A field is at least so wide, whatever its label needs.
const LEAST: f32 = 64.0;

impl<'a> TextRow<'a> {
    /// A row whose value now reads `text`.
    pub fn new(label: &'a str, text: &'a str) -> Self {
        TextRow { label, text, width: 96.0, hover: None }
    }

    /// The field's width in points, where neither its text nor its label needs another.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// What it means, on hovering.
    pub fn hover(mut self, text: &'a str) -> Self {
        self.hover = Some(text);
        self
    }

    /// Shows the row. `read` turns a text into a value or says what is wrong with it; that stands below until it is put right.
    pub fn show<T>(self, ui: &mut Ui, read: impl Fn(&str) -> Result<T, String>) -> TextRowResponse<T> {
        let mut value = None;
        let mut error = None;
        let response = row(ui, self.label, self.hover, |ui| {
            let id = ui.scope_id().with("text");
            let mut draft = self.draft(ui, id);
            let width = self.room(ui);
            let response = field(ui, id, &mut draft, width);
            let given_up = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
            let done = response.lost_focus() || (response.changed() && !response.has_focus());
            if given_up {
                draft = self.fresh();
            } else if done && draft.text != draft.base {
                match read(&draft.text) {
                    Ok(read) => {
                        value = Some(read);
                        draft = self.fresh();
                    }
                    Err(wrong) => draft.error = Some(wrong),
                }
            } else if response.changed() && draft.error.is_some() {
                // A fault is named only once the person is done typing, but taken back at once.
                draft.error = read(&draft.text).err();
            } else if done {
                draft.error = None;
            }
            if let Some(wrong) = &draft.error {
                ui.ctx().accesskit_node_builder(response.id, |node| {
                    node.set_invalid(Invalid::True);
                    node.set_description(wrong.as_str());
                });
                error = Some(wrong.clone());
            }
            ui.data_mut(|data| {
                if draft.text == draft.base && draft.error.is_none() {
                    data.remove::<Draft>(id);
                } else {
                    data.insert_temp(id, draft);
                }
            });
            response
        });
        if let Some(wrong) = error {
            let colour = Theme::of(ui).failed;
            ui.label(Text::Small.rich(wrong).color(colour));
        }
        TextRowResponse { response, value }
    }

    /// The field's width: its text is seen whole where the label leaves room for it.
    fn room(&self, ui: &Ui) -> f32 {
        let wide = |text: Text, words: &str| text.line(ui.painter(), words, Theme::of(ui).text, f32::INFINITY).size().x.ceil();
        let text = wide(Text::Strong, self.text) + PADDING.sum().x + 2.0;
        let left = ui.available_width() - wide(Text::Body, self.label) - 8.0;
        (self.width - PADDING.sum().x).max(text).min(left).max(LEAST)
    }

    fn fresh(&self) -> Draft {
        Draft { base: self.text.to_owned(), text: self.text.to_owned(), error: None }
    }

    fn draft(&self, ui: &Ui, id: Id) -> Draft {
        let kept = ui.data(|data| data.get_temp::<Draft>(id));
        kept.filter(|draft| draft.base == self.text).unwrap_or_else(|| self.fresh())
    }
}

fn field(ui: &mut Ui, id: Id, draft: &mut Draft, width: f32) -> Response {
    let theme = Theme::of(ui);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let outline = match (&draft.error, focused) {
        (Some(_), _) => Stroke::new(if focused { 2.0 } else { 1.0 }, theme.failed),
        (None, true) => Stroke::new(2.0, theme.focus),
        (None, false) => Stroke::NONE,
    };
    let fill = if focused { theme.panel } else { theme.tile };
    let frame = Frame::new().fill(fill).corner_radius(RADIUS).inner_margin(PADDING);
    let response = ui.add(
        TextEdit::singleline(&mut draft.text)
            .id(id)
            .font(Text::Strong.font())
            .text_color(theme.text)
            .align(Align2::RIGHT_CENTER)
            .desired_width(width)
            .min_size(vec2(0.0, EDITOR_HEIGHT))
            .frame(frame),
    );
    // Outlined afterwards, so that a thicker line moves nothing.
    let hovered = response.hovered() && outline.is_empty();
    let outline = if hovered { Stroke::new(1.0, theme.line_strong) } else { outline };
    ui.painter().rect_stroke(response.rect, RADIUS, outline, StrokeKind::Inside);
    response
}
