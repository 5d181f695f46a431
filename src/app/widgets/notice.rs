//! A calm bar with a sentence or two in it: something to know, something to look at, something wrong.

use eframe::egui::text::LayoutJob;
use eframe::egui::{Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Icon, IconButton, TextButton};
use crate::app::theme::{RADIUS, Text, Theme};

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know.
    Information,
    /// Worth a look.
    Warning,
    /// Something is wrong.
    Error,
}

/// A bar with one line of text, or as many as it needs.
pub struct Notice<'a> {
    kind: NoticeKind,
    text: &'a str,
    close: Option<&'a str>,
    actions: Vec<&'a str>,
    lines: usize,
}

/// What came of showing a notice.
pub struct NoticeResponse {
    /// The bar.
    pub response: Response,
    /// The person has closed it.
    pub closed: bool,
    /// Which of the things that it offers the person wants.
    pub chosen: Option<usize>,
}

const HEIGHT: f32 = 32.0;
/// Above and below the text.
const PADDING: f32 = 6.0;
/// From the bar's edge to the text.
const LEFT: f32 = 34.0;

impl<'a> Notice<'a> {
    /// A bar that reads `text`.
    pub fn new(kind: NoticeKind, text: &'a str) -> Self {
        Notice { kind, text, close: None, actions: Vec::new(), lines: 1 }
    }

    /// With a button named `name` that closes it.
    pub fn closable(mut self, name: &'a str) -> Self {
        self.close = Some(name);
        self
    }

    /// With a button that does something about it, behind those it has already.
    pub fn action(mut self, name: &'a str) -> Self {
        self.actions.push(name);
        self
    }

    /// With up to so many lines, where the text needs them.
    pub fn lines(mut self, lines: usize) -> Self {
        self.lines = lines;
        self
    }

    /// Shows the bar over the whole width. A text too long for it is elided, and whole on hovering.
    pub fn show(self, ui: &mut Ui) -> NoticeResponse {
        let theme = Theme::of(ui);
        let beside = if self.close.is_some() { 36.0 } else { 12.0 };
        let offers = self.actions.iter().map(|name| TextButton::new(name).filled().width(ui) + 16.0).sum::<f32>();
        let right = beside + offers;
        let mut job = LayoutJob::single_section(self.text.to_owned(), Text::Body.format(theme.text));
        job.wrap.max_width = (ui.available_width() - LEFT - right).max(0.0);
        job.wrap.max_rows = self.lines;
        job.wrap.break_anywhere = self.lines == 1;
        job.break_on_newline = false;
        let words = ui.painter().layout_job(job);
        let height = (words.size().y + 2.0 * PADDING).max(HEIGHT);
        let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let (fill, mark, icon, role) = match self.kind {
            NoticeKind::Information => (theme.accent_soft, theme.accent, Icon::Information, Role::Status),
            NoticeKind::Warning => (theme.warning_soft, theme.warning, Icon::Exclamation, Role::Status),
            NoticeKind::Error => (theme.failed_soft, theme.failed, Icon::Exclamation, Role::Alert),
        };
        response.widget_info(|| WidgetInfo::labeled(role, true, self.text));
        let painter = ui.painter();
        painter.rect_filled(rect, RADIUS, fill);
        let badge = Rect::from_center_size(pos2(rect.left() + 18.0, rect.center().y), vec2(14.0, 14.0));
        icon.paint(painter, badge, mark, 1.5);
        let elided = words.elided;
        painter.galley(pos2(rect.left() + LEFT, rect.center().y - words.size().y / 2.0), words, theme.text);

        let mut chosen = None;
        let mut left = rect.right() - right - 4.0;
        for (i, name) in self.actions.iter().enumerate() {
            let button = TextButton::new(name).filled();
            let width = button.width(ui);
            let at = Rect::from_min_size(pos2(left + 16.0, rect.center().y - 14.0), vec2(width, 28.0));
            left = at.right();
            if ui.new_child(UiBuilder::new().id_salt(("action", i)).max_rect(at)).add(button).clicked() {
                chosen = Some(i);
            }
        }
        let closed = self.close.is_some_and(|name| {
            let corner = Rect::from_center_size(pos2(rect.right() - 18.0, rect.center().y), vec2(28.0, 28.0));
            ui.new_child(UiBuilder::new().max_rect(corner)).add(IconButton::new(Icon::Cross, name)).clicked()
        });
        if elided {
            response = response.on_hover_text(self.text);
        }
        NoticeResponse { response, closed, chosen }
    }
}
