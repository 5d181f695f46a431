//! Presenter mode, large and few for a room of people, and the pause before each phase that asks what happens next.

use eframe::egui::accesskit::Live;
use eframe::egui::{Align, Align2, Area, Context, Id, Layout, Order, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::command::Command;
use super::model::Model;
use super::settings::Scale;
use super::theme::{CONTROL_HEIGHT, Text, Theme};
use super::widgets::TextButton;
use crate::text::{strategy_name, window as words};
use crate::timeline::Timeline;
use crate::units::Time;

/// Text and marks are at least so much larger than usual.
pub const FACTOR: f32 = 1.6;

/// The height of the strip at the top, in points.
pub const STRIP: f32 = 36.0;

/// The height of the question, in points: that of what the stage says.
const QUESTION: f32 = 80.0;

/// How large everything is, presented or not.
pub fn factor(scale: Scale, presents: bool) -> f32 {
    if presents { scale.factor().max(FACTOR) } else { scale.factor() }
}

/// Where a phase begins: the moments before which it is asked what happens next. In the order of time.
pub fn beginnings(timeline: &Timeline) -> impl Iterator<Item = Time> {
    let mut last = None;
    // A phase that takes no time is over before anyone could say what it is.
    timeline
        .phases()
        .iter()
        .filter(|phase| phase.to > phase.from)
        .map(|phase| phase.from)
        .filter(move |from| last.replace(*from) != Some(*from))
}

/// The first moment after `t` at which it is asked what happens next.
pub fn next_beginning(timeline: &Timeline, t: Time) -> Option<Time> {
    beginnings(timeline).filter(|from| *from > t).min()
}

/// What is presented, what a key does, and the way out: over the stage, in one strip.
pub fn strip(ui: &mut Ui, rect: Rect, model: &Model, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    ui.painter().rect_filled(rect, 0, theme.panel);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.line));
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let right = UiBuilder::new().id_salt("presenter").max_rect(inner).layout(Layout::right_to_left(Align::Center));
    let left = ui
        .scope_builder(right, |ui| {
            if ui.add(TextButton::new(words::leave())).clicked() {
                commands.push(Command::Present);
            }
            if model.asks_next && ui.add(TextButton::new(words::next_on())).clicked() {
                commands.push(Command::AskNext);
            }
            ui.min_rect().left()
        })
        .inner;
    let title = Rect::from_min_max(inner.min, pos2(left - 16.0, inner.bottom()));
    let said = format!("{} · {}", strategy_name(model.scenario().strategy.kind()), model.title());
    Text::Strong.paint(ui.painter(), title, Align2::LEFT_CENTER, &said, theme.text);
}

/// The question, over the foot of the stage at `stage`: where it says what is happening, as that is what is asked.
pub fn question(ctx: &Context, stage: Rect, commands: &mut Vec<Command>) {
    let band = Rect::from_min_max(pos2(stage.left(), stage.bottom() - QUESTION), stage.max);
    Area::new(Id::unique("what next")).order(Order::Middle).fixed_pos(band.min).constrain(false).show(ctx, |ui| {
        let theme = Theme::of(ui);
        let (rect, _) = ui.allocate_exact_size(band.size(), Sense::hover());
        ui.painter().rect_filled(rect, 0, theme.accent_soft);
        ui.painter().hline(rect.x_range(), rect.top() + 1.0, (2.0, theme.accent));
        let button = TextButton::new(words::next_how()).primary();
        let question = Text::Question.line(ui.painter(), words::next_question(), theme.text, f32::INFINITY);
        let (size, gap) = (question.size(), 24.0);
        // Side by side; where there is no room for that, one over the other.
        let beside = size.x + gap + button.width(ui) + 32.0 <= rect.width();
        let (text, at) = if beside {
            let left = rect.center().x - (size.x + gap + button.width(ui)) / 2.0;
            let text = Rect::from_min_size(pos2(left, rect.center().y - size.y / 2.0), size);
            (text, pos2(text.right() + gap, rect.center().y - CONTROL_HEIGHT / 2.0))
        } else {
            let text = Rect::from_min_size(pos2(rect.center().x - size.x / 2.0, rect.top() + 8.0), size);
            (text, pos2(rect.center().x - button.width(ui) / 2.0, text.bottom() + 8.0))
        };
        ui.painter().galley(text.min, question, theme.text);
        let asked = ui.interact(text, ui.scope_id().with("question"), Sense::hover());
        asked.widget_info(|| WidgetInfo::labeled(Role::Label, true, words::next_question()));
        ui.ctx().accesskit_node_builder(asked.id, |node| node.set_live(Live::Assertive));
        let at = Rect::from_min_size(at, vec2(button.width(ui), CONTROL_HEIGHT));
        if ui.put(at, button).clicked() {
            commands.push(Command::PlayOrPause);
        }
    });
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Scenario, Strategy};

    fn seconds(times: impl Iterator<Item = Time>) -> Vec<f64> {
        times.map(Time::as_secs_f64).collect()
    }

    #[test]
    fn it_asks_before_each_batch_of_the_reference_deployment() {
        let timeline = crate::simulate(&Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) })).unwrap();
        // 4 batches of 100 s.
        assert_eq!(seconds(beginnings(&timeline)), [0.0, 100.0, 200.0, 300.0]);
        assert_eq!(next_beginning(&timeline, Time::ZERO), Some(Time::from_secs_f64(100.0)));
        assert_eq!(next_beginning(&timeline, Time::from_secs_f64(299.0)), Some(Time::from_secs_f64(300.0)));
        assert_eq!(next_beginning(&timeline, Time::from_secs_f64(300.0)), None);
    }

    #[test]
    fn presented_it_is_larger_and_never_smaller_than_it_was() {
        assert_eq!(factor(Scale::USUAL, false), 1.0);
        assert_eq!(factor(Scale::USUAL, true), 1.6);
        assert_eq!(factor(Scale::of(200), true), 2.0);
    }
}
