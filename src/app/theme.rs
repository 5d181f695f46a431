//! The look as data: colours named by what they are for, read from one file a theme.
//!
//! Code asks for a token, never for a colour. [`install`] gives egui our text, spacing and visuals.

mod style;
mod text;

pub use style::{CONTROL_HEIGHT, GRID, RADIUS, install};
pub use text::{Painted, Text};

use std::sync::LazyLock;

use eframe::egui::{Color32, Context, Ui};
use serde::{Deserialize, Deserializer, de::Error as _};

macro_rules! tokens {
    ($( #[doc = $doc:literal] $name:ident, )*) => {
        /// A theme's colours.
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Theme {
            $( #[doc = $doc] #[serde(deserialize_with = "hex")] pub $name: Color32, )*
        }
    };
}

tokens! {
    /// Behind the plots and everything else.
    background,
    /// Side panels, bars, popups, a group on the stage.
    panel,
    /// Behind the animation.
    stage,
    /// A neutral fill: an empty tile, a track, the bed of the tabs.
    tile,
    /// A row or a button under the pointer.
    hover,
    /// Separators and outlines.
    line,
    /// The outline of a control under the pointer.
    line_strong,
    /// Text.
    text,
    /// Text that stands back: labels, units, headings.
    text_dim,
    /// Text that stands furthest back and still informs: a log's times.
    text_faint,
    /// The one accent: what is chosen, the playhead, the primary button.
    accent,
    /// Behind a chosen row.
    accent_soft,
    /// Marks on the accent.
    on_accent,
    /// The ring around what has the keyboard.
    focus,
    /// The ribbon's phases that are over.
    passed,
    /// The played part of the ribbon's present phase.
    passing,
    /// The ribbon's phases of the way back that are over.
    passed_back,
    /// The played part of the ribbon's present phase on the way back.
    passing_back,
    /// A capacity picture.
    picture,
    /// A chosen row's capacity picture.
    picture_chosen,
    /// Requests that have no version yet.
    traffic,
    /// The old version.
    version_old,
    /// The old version, faintly.
    version_old_soft,
    /// Marks and labels on the old version.
    on_version_old,
    /// The new version.
    version_new,
    /// The new version, faintly.
    version_new_soft,
    /// Marks and labels on the new version.
    on_version_new,
    /// Failed instances and requests, downtime, a worse outcome.
    failed,
    /// Failure, faintly: shaded downtime, an error's bar.
    failed_soft,
    /// Marks and labels on a failed instance.
    on_failed,
    /// Failed requests that found no healthy capacity.
    cause_no_capacity,
    /// Failed requests to instances that do not answer.
    cause_dead_target,
    /// Failed requests beyond the capacity.
    cause_overload,
    /// Failed requests that the new version failed.
    cause_new_version_error,
    /// Failed requests to an environment that has ended.
    cause_stale_dns,
    /// A better outcome, in text.
    good,
    /// A warning, in text.
    warning,
    /// Behind a warning.
    warning_soft,
    /// The demand in the plots.
    demand_line,
    /// The present moment in the plots.
    playhead,
    /// Under popups and raised things.
    shadow,
}

/// What a thing means for the person reading it; decides its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// Better than before.
    Good,
    /// Worth a look.
    Warning,
    /// Worse than before, or failed.
    Bad,
}

static LIGHT: LazyLock<Theme> = LazyLock::new(|| embedded(include_str!("../../assets/theme_light.ron")));
static DARK: LazyLock<Theme> = LazyLock::new(|| embedded(include_str!("../../assets/theme_dark.ron")));

impl Theme {
    /// The light theme.
    pub fn light() -> &'static Theme {
        &LIGHT
    }

    /// The dark theme.
    pub fn dark() -> &'static Theme {
        &DARK
    }

    /// The theme in use where `ui` draws.
    pub fn of(ui: &Ui) -> &'static Theme {
        Theme::when(ui.visuals().dark_mode)
    }

    /// The theme in use in the whole window.
    pub fn of_ctx(ctx: &Context) -> &'static Theme {
        Theme::when(ctx.theme() == eframe::egui::Theme::Dark)
    }

    /// The colour of text that means `tone`.
    pub fn tone(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Neutral => self.text_dim,
            Tone::Good => self.good,
            Tone::Warning => self.warning,
            Tone::Bad => self.failed,
        }
    }

    fn when(dark_mode: bool) -> &'static Theme {
        if dark_mode { Theme::dark() } else { Theme::light() }
    }

    fn parse(text: &str) -> Result<Theme, ron::error::SpannedError> {
        ron::from_str(text)
    }
}

#[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads both")]
fn embedded(text: &str) -> Theme {
    Theme::parse(text).expect("an embedded theme is readable")
}

fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(deserializer)?;
    Color32::from_hex(&text).map_err(|_| D::Error::custom(format_args!("`{text}` is not a colour like `#1b2430` or `#1b243080`")))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn both() -> [(&'static str, Theme); 2] {
        [
            ("light", Theme::parse(include_str!("../../assets/theme_light.ron")).unwrap()),
            ("dark", Theme::parse(include_str!("../../assets/theme_dark.ron")).unwrap()),
        ]
    }

    /// Light emitted, linear, each channel 0 to 1 (sRGB, IEC 61966-2-1).
    fn linear(colour: Color32) -> [f64; 3] {
        [colour.r(), colour.g(), colour.b()].map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn luminance([r, g, b]: [f64; 3]) -> f64 {
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast ratio of WCAG 2.2, 1 to 21.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(linear(a)), luminance(linear(b)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// CIE 1976 L*a*b*, white D65.
    fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
        let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
        let y = f(luminance([r, g, b]));
        let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// How a person without one kind of cone sees a colour: Machado, Oliveira and Fernandes 2009, severity 1.
    fn seen(colour: Color32, matrix: [[f64; 3]; 3]) -> [f64; 3] {
        let [r, g, b] = linear(colour);
        matrix.map(|[mr, mg, mb]| (mr * r + mg * g + mb * b).clamp(0.0, 1.0))
    }

    fn assert_contrast(theme: &str, what: &str, front: Color32, on: &str, back: Color32, at_least: f64) {
        let ratio = contrast(front, back);
        assert!(ratio >= at_least, "{theme}: {what} on {on} is {ratio:.2}:1, wants {at_least}:1");
    }

    #[test]
    fn contrast_is_measured_as_wcag_does() {
        // (1 + 0.05) / (0 + 0.05) = 21
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 1e-9);
        // #767676 is the well-known lightest grey that passes 4.5:1 on white; #777777 does not.
        assert!(contrast(Color32::from_gray(0x76), Color32::WHITE) >= 4.5);
        assert!(contrast(Color32::from_gray(0x77), Color32::WHITE) < 4.5);
    }

    #[test]
    fn a_theme_with_a_token_missing_or_unknown_is_refused() {
        let light = include_str!("../../assets/theme_light.ron");
        let missing = light.replace("    panel: \"#ffffff\",\n", "");
        assert_ne!(missing, light);
        assert!(Theme::parse(&missing).unwrap_err().to_string().contains("panel"));
        assert!(Theme::parse(&light.replace("panel:", "pannel:")).is_err());
        assert!(Theme::parse(&light.replace("#ffffff", "white")).is_err());
    }

    #[test]
    fn text_is_readable_wherever_it_stands() {
        for (name, t) in both() {
            for (on, back) in [("background", t.background), ("panel", t.panel), ("stage", t.stage)] {
                for (what, front) in [
                    ("text", t.text),
                    ("text_dim", t.text_dim),
                    ("text_faint", t.text_faint),
                    ("failed", t.failed),
                    ("good", t.good),
                    ("warning", t.warning),
                ] {
                    assert_contrast(name, what, front, on, back, 4.5);
                }
            }
            for (on, back) in [("tile", t.tile), ("hover", t.hover), ("accent_soft", t.accent_soft)] {
                for (what, front) in [("text", t.text), ("text_dim", t.text_dim), ("failed", t.failed), ("good", t.good)] {
                    assert_contrast(name, what, front, on, back, 4.5);
                }
            }
            // A chosen entry of a menu is written in the accent.
            assert_contrast(name, "accent", t.accent, "accent_soft", t.accent_soft, 4.5);
            for (on, back) in [
                ("version_old_soft", t.version_old_soft),
                ("version_new_soft", t.version_new_soft),
                ("failed_soft", t.failed_soft),
                ("warning_soft", t.warning_soft),
            ] {
                assert_contrast(name, "text", t.text, on, back, 4.5);
            }
        }
    }

    #[test]
    fn marks_and_fills_stand_out() {
        for (name, t) in both() {
            assert_contrast(name, "on_version_old", t.on_version_old, "version_old", t.version_old, 4.5);
            assert_contrast(name, "on_version_new", t.on_version_new, "version_new", t.version_new, 4.5);
            assert_contrast(name, "on_failed", t.on_failed, "failed", t.failed, 4.5);
            assert_contrast(name, "on_accent", t.on_accent, "accent", t.accent, 4.5);
            for (on, back) in [("background", t.background), ("panel", t.panel), ("stage", t.stage)] {
                for (what, front) in [
                    ("version_old", t.version_old),
                    ("version_new", t.version_new),
                    ("failed", t.failed),
                    ("cause_no_capacity", t.cause_no_capacity),
                    ("cause_dead_target", t.cause_dead_target),
                    ("cause_overload", t.cause_overload),
                    ("cause_new_version_error", t.cause_new_version_error),
                    ("accent", t.accent),
                    ("focus", t.focus),
                    ("demand_line", t.demand_line),
                    ("playhead", t.playhead),
                ] {
                    assert_contrast(name, what, front, on, back, 3.0);
                }
            }
        }
    }

    const VIEWS: [(&str, [[f64; 3]; 3]); 4] = [
        ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
        ("deuteranopia", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
        ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    ];

    /// How far apart two colours are for a person who sees so.
    fn distance(a: Color32, b: Color32, matrix: [[f64; 3]; 3]) -> f64 {
        let (p, q) = (lab(seen(a, matrix)), lab(seen(b, matrix)));
        p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn causes_of_failure_go_from_dark_to_light_and_are_told_apart() {
        for (name, t) in both() {
            let causes = [t.cause_no_capacity, t.cause_dead_target, t.cause_overload, t.cause_new_version_error, t.cause_stale_dns];
            for pair in causes.windows(2) {
                let apart = lab(linear(pair[1]))[0] - lab(linear(pair[0]))[0];
                assert!(apart >= 7.0, "{name}: {:?} is {apart:.1} lighter than {:?} in L*, wants 7", pair[1], pair[0]);
            }
            for (view, matrix) in VIEWS {
                for (i, a) in causes.iter().enumerate() {
                    for b in &causes[i + 1..] {
                        let distance = distance(*a, *b, matrix);
                        assert!(distance >= 11.0, "{name}, {view}: {a:?} and {b:?} are {distance:.1} apart in Lab, wants 11");
                    }
                }
            }
        }
    }

    #[test]
    fn versions_and_failure_are_told_apart_in_greyscale_and_by_colour_blind_people() {
        for (name, t) in both() {
            let lightness = |c| lab(linear(c))[0];
            let apart = (lightness(t.version_old) - lightness(t.version_new)).abs();
            assert!(apart >= 15.0, "{name}: old and new differ by {apart:.1} in L*, wants 15");
            for (view, matrix) in VIEWS {
                for (pair, a, b) in [
                    ("old and new", t.version_old, t.version_new),
                    ("old and failed", t.version_old, t.failed),
                    ("new and failed", t.version_new, t.failed),
                ] {
                    let distance = distance(a, b, matrix);
                    // A just noticeable difference is about 2.3; ten times that is told apart at a glance.
                    assert!(distance >= 20.0, "{name}, {view}: {pair} are {distance:.1} apart in Lab, wants 20");
                }
            }
        }
    }
}
