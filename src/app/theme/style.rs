//! Our look for egui's own widgets: spacing on a 4 px grid, rounding, and the visuals of both themes.

use std::collections::BTreeMap;

use eframe::egui::style::{HandleShape, WidgetVisuals};
use eframe::egui::{Context, CornerRadius, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme as EguiTheme, Vec2, Visuals, vec2};

use super::{Text, Theme, text};

/// The grid everything is aligned to, in points.
pub const GRID: f32 = 4.0;

/// The height of a row, a button, a field, in points.
pub const CONTROL_HEIGHT: f32 = 28.0;

/// The corner radius of buttons, rows and fields, in points.
pub const RADIUS: u8 = 6;

/// Gives `ctx` our fonts and both themes' styles. Once, at the start.
pub fn install(ctx: &Context) {
    ctx.set_fonts(text::fonts());
    ctx.style_mut_of(EguiTheme::Light, |style| apply(style, Theme::light(), Visuals::light()));
    ctx.style_mut_of(EguiTheme::Dark, |style| apply(style, Theme::dark(), Visuals::dark()));
}

fn apply(style: &mut Style, theme: &Theme, base: Visuals) {
    style.text_styles = text_styles();
    style.drag_value_text_style = TextStyle::Name("strong".into());
    style.explanation_tooltips = false;
    style.animation_time = 0.12;
    style.compact_menu_style = false;

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(8.0, 4.0);
    spacing.interact_size = vec2(28.0, CONTROL_HEIGHT);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(4);
    spacing.indent = 16.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 8.0;
    spacing.icon_spacing = 8.0;
    spacing.combo_width = 0.0;
    spacing.combo_height = 360.0;
    spacing.text_edit_width = 160.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll.bar_width = 8.0;
    // In the colour of controls: in that of text it would be the strongest line of a panel.
    spacing.scroll.foreground_color = false;

    style.visuals = visuals(theme, base);
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    [
        (TextStyle::Body, Text::Body.font()),
        (TextStyle::Button, Text::Body.font()),
        (TextStyle::Small, Text::Small.font()),
        (TextStyle::Heading, Text::Narration.font()),
        (TextStyle::Monospace, Text::Code.font()),
        (TextStyle::Name("strong".into()), Text::Strong.font()),
    ]
    .into()
}

fn visuals(theme: &Theme, mut v: Visuals) -> Visuals {
    let radius = CornerRadius::same(RADIUS);
    let at_rest = WidgetVisuals {
        bg_fill: theme.tile,
        weak_bg_fill: theme.panel,
        bg_stroke: Stroke::new(1.0, theme.line),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.5, theme.text),
        expansion: 0.0,
    };
    v.widgets.noninteractive = WidgetVisuals { bg_fill: theme.panel, fg_stroke: Stroke::new(1.0, theme.text), ..at_rest };
    v.widgets.inactive = at_rest;
    v.widgets.hovered = WidgetVisuals { weak_bg_fill: theme.hover, bg_stroke: Stroke::new(1.0, theme.line_strong), ..at_rest };
    // egui draws what has the keyboard as it draws what is pressed: the accent's outline is the focus ring.
    v.widgets.active = WidgetVisuals { weak_bg_fill: theme.hover, bg_stroke: Stroke::new(2.0, theme.focus), ..at_rest };
    v.widgets.open = v.widgets.hovered;

    v.selection.bg_fill = theme.accent_soft;
    v.selection.stroke = Stroke::new(2.0, theme.accent);
    v.weak_text_color = Some(theme.text_dim);
    v.hyperlink_color = theme.accent;
    v.faint_bg_color = theme.hover;
    v.extreme_bg_color = theme.panel;
    v.text_edit_bg_color = Some(theme.panel);
    v.code_bg_color = theme.tile;
    v.warn_fg_color = theme.warning;
    v.error_fg_color = theme.failed;
    v.panel_fill = theme.panel;
    v.window_fill = theme.panel;
    v.window_stroke = Stroke::new(1.0, theme.line);
    v.window_corner_radius = CornerRadius::same(12);
    v.menu_corner_radius = CornerRadius::same(8);
    v.window_shadow = Shadow { offset: [0, 8], blur: 32, spread: 0, color: theme.shadow };
    v.popup_shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: theme.shadow };
    v.text_cursor.stroke = Stroke::new(1.5, theme.accent);
    v.handle_shape = HandleShape::Circle;
    v.slider_trailing_fill = true;
    v.striped = false;
    v.indent_has_left_vline = false;
    v.resize_corner_size = Vec2::splat(GRID).x * 3.0;
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_all_equally_wide_in_both_weights() {
        let _ = egui_kittest::Harness::builder().with_context_setup(install).build_ui(|ui| {
            for text in [Text::Body, Text::Strong] {
                let width = |s: &str| text.line(ui.painter(), s, Theme::of(ui).text, f32::INFINITY).size().x;
                for figure in '0'..='9' {
                    assert_eq!(width(&figure.to_string().repeat(8)), width("00000000"), "{text:?} {figure}");
                }
                assert!(width("iiiiiiii") < width("00000000"));
            }
        });
    }
}
