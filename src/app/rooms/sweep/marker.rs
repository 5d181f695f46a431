//! A sign and a colour for each strategy, so that its dots are told apart without colour too.

use eframe::egui::{Color32, Painter, Pos2, Shape, Stroke, pos2};

use crate::app::theme::Theme;
use crate::scenario::StrategyKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Circle,
    Square,
    Diamond,
    Up,
    Down,
}

fn look(theme: &Theme, kind: StrategyKind) -> (Sign, Color32) {
    match kind {
        StrategyKind::AllAtOnce => (Sign::Square, theme.failed),
        StrategyKind::InPlace => (Sign::Diamond, theme.version_old),
        StrategyKind::Rolling => (Sign::Circle, theme.version_old),
        StrategyKind::RollingWithAdditionalBatch => (Sign::Square, theme.version_old),
        StrategyKind::Immutable => (Sign::Diamond, theme.version_new),
        StrategyKind::TrafficSplitting => (Sign::Up, theme.version_new),
        StrategyKind::BlueGreen => (Sign::Square, theme.version_new),
        StrategyKind::Canary => (Sign::Circle, theme.cause_new_version_error),
        StrategyKind::Linear => (Sign::Up, theme.cause_new_version_error),
        StrategyKind::RollingUpdate => (Sign::Circle, theme.cause_dead_target),
        StrategyKind::EcsRolling => (Sign::Diamond, theme.cause_dead_target),
        StrategyKind::InstanceRefresh => (Sign::Down, theme.cause_dead_target),
        StrategyKind::Steps => (Sign::Down, theme.text_dim),
    }
}

/// Paints the sign of a strategy; pale where another setting beats it.
pub(super) fn paint(painter: &Painter, theme: &Theme, at: Pos2, radius: f32, kind: StrategyKind, pale: bool) {
    let (sign, colour) = look(theme, kind);
    let (fill, stroke) = if pale {
        (colour.gamma_multiply(0.12), Stroke::new(1.0, colour.gamma_multiply(0.45)))
    } else {
        (colour, Stroke::new(1.0, theme.panel))
    };
    let r = radius;
    let corner = |x: f32, y: f32| pos2(at.x + x * r, at.y + y * r);
    let points = match sign {
        Sign::Circle => {
            painter.circle(at, r, fill, stroke);
            return;
        }
        Sign::Square => vec![corner(-0.9, -0.9), corner(0.9, -0.9), corner(0.9, 0.9), corner(-0.9, 0.9)],
        Sign::Diamond => vec![corner(0.0, -1.25), corner(1.25, 0.0), corner(0.0, 1.25), corner(-1.25, 0.0)],
        Sign::Up => vec![corner(0.0, -1.2), corner(1.15, 0.85), corner(-1.15, 0.85)],
        Sign::Down => vec![corner(0.0, 1.2), corner(-1.15, -0.85), corner(1.15, -0.85)],
    };
    painter.add(Shape::convex_polygon(points, fill, stroke));
}
