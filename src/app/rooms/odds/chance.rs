//! What of a scenario is left to chance, and what is offered where nothing is.

use eframe::egui::{Align, Layout, Ui, UiBuilder, vec2};

use crate::app::command::Command;
use crate::app::theme::{Text, Theme};
use crate::app::widgets::TextButton;
use crate::scenario::{Event, Scenario, Spread};
use crate::text::chances as words;
use crate::units::Duration;

/// Whether runs with other seeds may differ.
pub(super) fn varies(scenario: &Scenario) -> bool {
    let release = &scenario.release;
    let fails_by_chance = release.startup_failure > 0.0 && release.startup_failure < 1.0 && release.startup_failure_of.is_none();
    let crash = release.crash_after.is_some_and(|after| !after.is_fixed());
    let failures = &scenario.failures;
    let kills = failures.events.iter().any(|event| match event {
        Event::Kill { .. } => true,
        Event::KillInstance { .. }
        | Event::TurnBad { .. }
        | Event::TurnGood { .. }
        | Event::Demand { .. }
        | Event::Abort { .. }
        | Event::Approve { .. } => false,
    });
    let sampled = scenario.alarm.as_ref().is_some_and(|alarm| alarm.sampled);
    !scenario.timings.is_fixed() || fails_by_chance || crash || failures.instance_mtbf.is_some() || kills || sampled
}

/// A third less to a third more than it takes now: 20 to 40 s of 30 s.
fn around(spread: Spread) -> Spread {
    let Spread::Fixed(fixed) = spread else { return spread };
    let s = fixed.as_secs_f64();
    let whole = |s: f64| Duration::from_secs_f64(if s >= 3.0 { s.round() } else { (s * 1e3).round() / 1e3 });
    if s > 0.0 {
        Spread::Uniform { from: whole(s * 2.0 / 3.0), to: whole(s * 4.0 / 3.0) }
    } else {
        Spread::Uniform { from: Duration::from_secs(20), to: Duration::from_secs(40) }
    }
}

/// Says that nothing varies, and offers changes.
pub(super) fn nothing_varies(ui: &mut Ui, scenario: &Scenario, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let whole = ui.max_rect();
    let at = whole.shrink2(vec2(24.0, 0.0)).with_min_y(whole.top() + whole.height() * 0.34);
    let mut middle = ui.new_child(UiBuilder::new().id_salt("calm").max_rect(at).layout(Layout::top_down(Align::Center)));
    let [what, why] = words::nothing_varies();
    middle.spacing_mut().item_spacing.y = 8.0;
    middle.label(Text::Narration.rich(what).color(theme.text));
    middle.label(Text::Body.rich(why).color(theme.text_dim));
    middle.add_space(8.0);
    let (install, startup) = (around(scenario.timings.install), around(scenario.timings.startup));
    let mut offer = |words: String, change: &dyn Fn(&mut Scenario)| {
        if middle.add(TextButton::new(&words).filled()).clicked() {
            let mut changed = scenario.clone();
            change(&mut changed);
            commands.push(Command::Edit(Box::new(changed)));
        }
    };
    offer(words::let_install_vary(&install), &|scenario| scenario.timings.install = install);
    offer(words::let_startup_vary(&startup), &|scenario| scenario.timings.startup = startup);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Strategy;

    #[test]
    fn what_is_left_to_chance_varies() {
        let fixed = Scenario::new(10, Strategy::AllAtOnce);
        assert!(!varies(&fixed));
        let with = |change: &dyn Fn(&mut Scenario)| {
            let mut scenario = fixed.clone();
            change(&mut scenario);
            varies(&scenario)
        };
        assert!(with(&|scenario| scenario.timings.install = around(scenario.timings.install)));
        assert!(with(&|scenario| scenario.release.startup_failure = 0.1));
        // All of them fail: no chance.
        assert!(!with(&|scenario| scenario.release.startup_failure = 1.0));
        assert!(with(&|scenario| scenario.failures.instance_mtbf = Some(Duration::from_secs(3_600))));
        let kill = Event::Kill { at: Duration::from_secs(10), instances: 1 };
        assert!(with(&|scenario| scenario.failures.events = vec![kill.clone()]));
        assert!(!with(&|scenario| scenario.failures.events = vec![Event::Abort { at: Duration::from_secs(10) }]));
    }

    #[test]
    fn the_offer_is_a_third_around_what_is_set() {
        let seconds = |s| Duration::from_secs(s);
        assert_eq!(around(Spread::Fixed(seconds(30))), Spread::Uniform { from: seconds(20), to: seconds(40) });
        assert_eq!(around(Spread::Fixed(Duration::ZERO)), Spread::Uniform { from: seconds(20), to: seconds(40) });
    }
}
