//! The words on the window's controls: buttons, settings, keys, questions, and what is said when something goes wrong.

use super::faults::metric_name;
use super::language::{say, setting, word};
use super::numbers::{self, share_exactly};
use super::numbers::{amount, clock, duration, percent, rate};
use crate::scenario::{Group, Metric, NewSet, Part, Step, Switch, Traffic};
use crate::units::{Duration, Time};

/// A scenario without a name.
pub fn untitled() -> &'static str {
    word("controls-untitled")
}
/// A scenario that differs from what is saved.
pub fn edited() -> &'static str {
    word("controls-edited")
}
/// A scenario that was just saved.
pub fn saved() -> &'static str {
    word("controls-saved")
}
/// A button of the top bar.
pub fn open() -> &'static str {
    word("controls-open")
}
/// A button of the top bar.
pub fn save() -> &'static str {
    word("controls-save")
}
/// A button of the top bar.
pub fn save_as() -> &'static str {
    word("controls-save-as")
}
/// A button of the top bar.
pub fn undo() -> &'static str {
    word("controls-undo")
}
/// A button of the top bar.
pub fn redo() -> &'static str {
    word("controls-redo")
}
/// The menu of light and dark.
pub fn theme() -> &'static str {
    word("controls-theme")
}
/// The menu of languages, for those who cannot see it.
pub fn language_menu(name: &str) -> String {
    say!("controls-language-menu", name = name)
}
/// As the system says, light, dark.
pub fn themes() -> [&'static str; 3] {
    [word("controls-themes-like-the-system"), word("controls-themes-light"), word("controls-themes-dark")]
}
/// The list of keys.
pub fn help() -> &'static str {
    word("controls-help")
}
/// Closes what it stands on.
pub fn close() -> &'static str {
    word("controls-close")
}
/// Gives up.
pub fn cancel() -> &'static str {
    word("controls-cancel")
}

/// A part of the presets' menu.
pub fn presets_for_strategies() -> &'static str {
    word("controls-presets-for-strategies")
}
/// A part of the presets' menu.
pub fn presets_situations() -> &'static str {
    word("controls-presets-situations")
}
/// A part of the presets' menu.
pub fn presets_failing() -> &'static str {
    word("controls-presets-failing")
}
/// A part of the presets' menu.
pub fn presets_own() -> &'static str {
    word("controls-presets-own")
}

/// The scenario's menu, for those who cannot see it.
pub fn scenario_menu(name: &str, edited: bool) -> String {
    say!(if edited { "controls-scenario-menu-edited" } else { "controls-scenario-menu" }, name = name)
}

/// The window's title.
pub fn window_title(name: &str, edited: bool) -> String {
    say!(if edited { "controls-window-title-edited" } else { "controls-window-title" }, name = name, program = super::PROGRAM)
}

/// A section of settings.
pub fn strategy() -> &'static str {
    word("controls-strategy")
}
/// A section of settings.
pub fn fleet_and_traffic() -> &'static str {
    word("controls-fleet-and-traffic")
}
/// A section of settings.
pub fn timings() -> &'static str {
    word("controls-timings")
}
/// A section of settings.
pub fn load_balancer() -> &'static str {
    word("controls-load-balancer")
}
/// A section of settings.
pub fn chance() -> &'static str {
    word("controls-chance")
}

/// A setting and what it means.
pub type Setting = (&'static str, &'static str);

/// See [`Setting`].
pub fn batch() -> Setting {
    setting("controls-batch")
}
/// See [`Setting`].
pub fn minimum_healthy() -> Setting {
    setting("controls-minimum-healthy")
}
/// See [`Setting`].
pub fn surge() -> Setting {
    setting("controls-surge")
}
/// See [`Setting`].
pub fn unavailable() -> Setting {
    setting("controls-unavailable")
}
/// See [`Setting`].
pub fn progress_deadline() -> Setting {
    setting("controls-progress-deadline")
}
/// See [`Setting`].
pub fn new_version_percent() -> Setting {
    setting("controls-new-version-percent")
}
/// See [`Setting`].
pub fn evaluation_time() -> Setting {
    setting("controls-evaluation-time")
}
/// See [`Setting`].
pub fn switch() -> Setting {
    setting("controls-switch")
}
/// The ways to switch.
pub fn switches() -> [&'static str; 2] {
    [word("controls-switches-load-balancer"), word("controls-switches-dns")]
}
/// See [`Setting`].
pub fn ttl() -> Setting {
    setting("controls-ttl")
}
/// See [`Setting`].
pub fn bake() -> Setting {
    setting("controls-bake")
}
/// See [`Setting`].
pub fn first_share() -> Setting {
    setting("controls-first-share")
}
/// See [`Setting`].
pub fn share_step() -> Setting {
    setting("controls-share-step")
}
/// See [`Setting`].
pub fn interval() -> Setting {
    setting("controls-interval")
}
/// See [`Setting`].
pub fn new_set() -> Setting {
    setting("controls-new-set")
}
/// The sizes of a new set.
pub fn new_sets() -> [&'static str; 2] {
    [word("controls-new-sets-full"), word("controls-new-sets-in-proportion")]
}
/// How a part of the fleet is counted.
pub fn counted_in() -> &'static str {
    word("controls-counted-in")
}
/// The two ways to count.
pub fn counts() -> [&'static str; 2] {
    [word("controls-counts-instances"), word("controls-counts-percent")]
}
/// A strategy without settings.
pub fn no_settings() -> &'static str {
    word("controls-no-settings")
}
/// Under the steps of a plan.
pub fn steps_hint() -> &'static str {
    word("controls-steps-hint")
}

/// See [`Setting`].
pub fn instances_setting() -> Setting {
    setting("controls-instances-setting")
}
/// See [`Setting`].
pub fn one_serves() -> Setting {
    setting("controls-one-serves")
}
/// See [`Setting`].
pub fn demand() -> Setting {
    setting("controls-demand")
}
/// See [`Setting`].
pub fn demand_kind() -> Setting {
    setting("controls-demand-kind")
}
/// The kinds of demand that can be chosen; steps come from a file.
pub fn demand_kinds() -> [&'static str; 4] {
    [
        word("controls-demand-kinds-constant"),
        word("controls-demand-kinds-a-wave"),
        word("controls-demand-kinds-a-ramp"),
        word("controls-demand-kinds-in-steps"),
    ]
}
/// See [`Setting`].
pub fn wave_mean() -> Setting {
    setting("controls-wave-mean")
}
/// See [`Setting`].
pub fn wave_amplitude() -> Setting {
    setting("controls-wave-amplitude")
}
/// See [`Setting`].
pub fn wave_period() -> Setting {
    setting("controls-wave-period")
}
/// See [`Setting`].
pub fn ramp_from() -> Setting {
    setting("controls-ramp-from")
}
/// See [`Setting`].
pub fn ramp_to() -> Setting {
    setting("controls-ramp-to")
}
/// See [`Setting`].
pub fn ramp_over() -> Setting {
    setting("controls-ramp-over")
}
/// Under the levels of a stepped demand.
pub fn demand_steps_hint() -> &'static str {
    word("controls-demand-steps-hint")
}

fn spread() -> &'static str {
    word("controls-spread")
}
/// See [`Setting`].
pub fn boot() -> (&'static str, &'static str, &'static str) {
    let (name, meaning) = setting("controls-boot");
    (name, meaning, spread())
}
/// See [`Setting`].
pub fn install() -> (&'static str, &'static str, &'static str) {
    let (name, meaning) = setting("controls-install");
    (name, meaning, spread())
}
/// See [`Setting`].
pub fn startup() -> (&'static str, &'static str, &'static str) {
    let (name, meaning) = setting("controls-startup");
    (name, meaning, spread())
}
/// See [`Setting`].
pub fn settle() -> Setting {
    setting("controls-settle")
}
/// See [`Setting`].
pub fn drain() -> Setting {
    setting("controls-drain")
}
/// See [`Setting`].
pub fn request_takes() -> Setting {
    setting("controls-request-takes")
}
/// See [`Setting`].
pub fn check_interval() -> Setting {
    setting("controls-check-interval")
}
/// See [`Setting`].
pub fn healthy_threshold() -> Setting {
    setting("controls-healthy-threshold")
}
/// See [`Setting`].
pub fn seed() -> Setting {
    setting("controls-seed")
}

/// What is said of a seed that is no whole number.
pub fn no_seed() -> &'static str {
    word("controls-no-seed")
}

/// What is said of a value in a file, said in the window: there it is typed without quotes.
pub fn without_quotes(message: &str) -> String {
    message.replace(['`', '"'], "")
}

/// What is said of a duration that is too short.
pub fn at_least(least: Duration) -> String {
    say!("controls-at-least", least = least.to_string())
}

/// What is said of a duration that is too long.
pub fn at_most(most: Duration) -> String {
    say!("controls-at-most", most = most.to_string())
}

/// The unit of a rate.
pub fn rps() -> &'static str {
    word("controls-rps")
}
/// The unit of a share.
pub fn percent_unit() -> &'static str {
    word("controls-percent-unit")
}
/// The unit of a threshold.
pub fn checks() -> &'static str {
    word("controls-checks")
}

/// The unit of a count of instances.
pub fn instances_unit(n: u32) -> String {
    say!("controls-instances-unit", n = n)
}

fn instances(n: u32) -> String {
    say!("controls-instances", n = n)
}

/// A part as it is asked for, where it is plain that it is one of instances: `30 %`, `3`.
pub(super) fn part_asked(part: Part) -> String {
    match part {
        Part::Count(count) => numbers::instances(f64::from(count)),
        Part::Percent(share) => share_exactly(share),
    }
}

/// What a batch comes to: `30 % of 10 = 3 instances, 4 batches`.
pub fn batch_comes_to(part: Part, n: u32, size: u32) -> String {
    let batches = n.div_ceil(size.max(1));
    match part {
        Part::Count(count) if count == size => say!("controls-batch-is", size = size, n = n, batches = batches),
        Part::Count(_) | Part::Percent(_) => {
            say!("controls-batch-comes-to", part = part_asked(part), n = n, size = size, batches = batches)
        }
    }
}

/// What a minimum comes to: `75 % of 10 = 8 stay healthy, 2 at a time`.
pub fn minimum_comes_to(part: Part, n: u32, minimum: u32) -> String {
    let room = n.checked_sub(minimum).filter(|room| *room > 0);
    match (part, room) {
        (Part::Percent(_), Some(room)) => {
            say!("controls-minimum-comes-to", part = part_asked(part), n = n, stay = minimum, room = room)
        }
        (Part::Percent(_), None) => say!("controls-minimum-comes-to-all", part = part_asked(part), n = n, stay = minimum),
        (Part::Count(_), Some(room)) => say!("controls-minimum-is", n = n, stay = minimum, room = room),
        (Part::Count(_), None) => say!("controls-minimum-is-all", n = n, stay = minimum),
    }
}

/// What surge and unavailable come to: `25 % = 3 up, 2 down`.
pub fn fenceposts_come_to(surge: Part, unavailable: Part, up: u32, down: u32) -> String {
    match (surge, unavailable) {
        (Part::Percent(a), Part::Percent(b)) if a == b => {
            say!("controls-fenceposts-come-to", share = share_exactly(a), up = up, down = down)
        }
        (Part::Percent(_) | Part::Count(_), Part::Percent(_) | Part::Count(_)) => say!("controls-fenceposts-are", up = up, down = down),
    }
}

/// A step of a plan written by hand.
pub fn step(step: &Step) -> String {
    let part = |part: Part| match part {
        Part::Count(count) => instances(count),
        Part::Percent(share) => share_exactly(share),
    };
    match step {
        Step::Launch { instances } => say!("controls-step-launch", part = part(*instances)),
        Step::Update { instances } => say!("controls-step-update", part = part(*instances)),
        Step::Shift { to } => say!("controls-step-shift", share = share_exactly(*to)),
        Step::Wait(time) => say!("controls-step-wait", time = duration(*time)),
        Step::Approve => word("controls-step-approve").into(),
        Step::Check { metric, threshold, over, failures } => {
            let key = match metric {
                Metric::ErrorRate | Metric::NewVersionErrorRate => "controls-step-check-at-most",
                Metric::CapacityFraction => "controls-step-check-at-least",
            };
            let (metric, threshold) = (metric_name(*metric), percent(*threshold));
            say!(key, over = duration(*over), metric = metric, threshold = threshold, failures = *failures)
        }
        Step::Replace { to, max_surge, max_unavailable } => {
            say!("controls-step-replace", to = part(*to), surge = part(*max_surge), unavailable = part(*max_unavailable))
        }
        Step::Terminate { group: Group::Old } => word("controls-step-end-old").into(),
        Step::Terminate { group: Group::New } => word("controls-step-end-new").into(),
    }
}

/// A level of a stepped demand.
pub fn demand_level(at: Duration, rps: f64) -> String {
    say!("controls-demand-level", at = clock(Time::ZERO + at), rate = rate(rps))
}

/// Beyond so many, the rest of a list is not shown.
pub fn and_more(n: usize) -> String {
    say!("controls-and-more", n = n)
}

/// Which of [`switches()`].
pub fn switch_index(switch: Switch) -> usize {
    match switch {
        Switch::LoadBalancer => 0,
        Switch::Dns { .. } => 1,
    }
}

/// Which of [`new_sets()`].
pub fn new_set_index(set: NewSet) -> usize {
    match set {
        NewSet::Full => 0,
        NewSet::Proportional => 1,
    }
}

/// Which of [`demand_kinds()`].
pub fn demand_kind_index(traffic: &Traffic) -> usize {
    match traffic {
        Traffic::Constant(_) => 0,
        Traffic::Wave { .. } => 1,
        Traffic::Ramp { .. } => 2,
        Traffic::Steps(_) => 3,
    }
}

/// Which of [`counts()`].
pub fn count_index(part: Part) -> usize {
    match part {
        Part::Count(_) => 0,
        Part::Percent(_) => 1,
    }
}

/// What a strategy's picture shows.
pub fn picture(lowest: f64, most: f64) -> String {
    if most > lowest {
        say!("controls-picture-range", lowest = percent(lowest), most = percent(most))
    } else {
        say!("controls-picture", capacity = percent(lowest))
    }
}

/// A strategy whose run would never end.
pub fn never_ends() -> &'static str {
    word("controls-never-ends")
}
/// Instead of a duration where the deployment fails.
pub fn fails() -> &'static str {
    word("controls-fails")
}
/// Instead of a duration where the deployment goes back.
pub fn goes_back() -> &'static str {
    word("controls-goes-back")
}

/// The scorecard's heading.
pub fn scorecard() -> &'static str {
    word("controls-scorecard")
}
/// The log's heading.
pub fn log() -> &'static str {
    word("controls-log")
}
/// Nothing happened.
pub fn log_empty() -> &'static str {
    word("controls-log-empty")
}

/// Closes the panel of reasons.
pub fn close_why() -> &'static str {
    word("controls-close-why")
}
/// The heading of how a deployment ended.
pub fn how_it_ended() -> &'static str {
    word("controls-how-it-ended")
}
/// What a click on a figure does.
pub fn ask_why() -> &'static str {
    word("controls-ask-why")
}

/// The heading over the reasons of a figure.
pub fn why_figure(label: &str, value: &str) -> String {
    say!("controls-why-figure", label = label, value = value)
}

/// A moment on the ribbon, with what happened there.
pub fn ribbon_mark(at: Time, what: &str) -> String {
    say!("controls-ribbon-mark", at = clock(at), what = what)
}

/// A button of the transport.
pub fn play() -> &'static str {
    word("controls-play")
}
/// A button of the transport.
pub fn pause() -> &'static str {
    word("controls-pause")
}
/// A button of the transport.
pub fn to_start() -> &'static str {
    word("controls-to-start")
}
/// A button of the transport.
pub fn to_end() -> &'static str {
    word("controls-to-end")
}
/// A button of the transport.
pub fn previous_event() -> &'static str {
    word("controls-previous-event")
}
/// A button of the transport.
pub fn next_event() -> &'static str {
    word("controls-next-event")
}
/// The ribbon, for those who cannot see it.
pub fn time() -> &'static str {
    word("controls-time")
}

/// A speed: `20×`.
pub fn speed(factor: u64) -> String {
    say!("controls-speed", factor = factor)
}

/// The speed's button, for those who cannot see it.
pub fn speed_button(factor: u64) -> String {
    say!("controls-speed-button", speed = speed(factor))
}

/// A speed in its menu: how long the whole then takes to watch.
pub fn speed_entry(factor: u64, whole_takes: f64) -> String {
    let takes = if whole_takes < 9.95 { say!("numbers-s", s = amount(whole_takes)) } else { numbers::seconds(whole_takes) };
    say!("controls-speed-entry", speed = speed(factor), takes = takes)
}

/// The clock's second half.
pub fn of_end(end: Time) -> String {
    say!("controls-of-end", end = clock(end))
}

/// The clock in one: `2:14 of 6:40`.
pub fn clock_of(t: Time, end: Time) -> String {
    say!("controls-clock-of", t = clock(t), end = clock(end))
}

/// What keys do, in the order of the help.
pub mod keys {
    use super::word;

    /// See [the keys](self).
    pub fn play_pause() -> &'static str {
        word("keys-play-pause")
    }
    /// See [the keys](self).
    pub fn step() -> &'static str {
        word("keys-step")
    }
    /// See [the keys](self).
    pub fn ten_seconds() -> &'static str {
        word("keys-ten-seconds")
    }
    /// See [the keys](self).
    pub fn ends() -> &'static str {
        word("keys-ends")
    }
    /// See [the keys](self).
    pub fn speed() -> &'static str {
        word("keys-speed")
    }
    /// See [the keys](self).
    pub fn restart() -> &'static str {
        word("keys-restart")
    }
    /// See [the keys](self).
    pub fn strategy() -> &'static str {
        word("keys-strategy")
    }
    /// See [the keys](self).
    pub fn why() -> &'static str {
        word("keys-why")
    }
    /// See [the keys](self).
    pub fn open() -> &'static str {
        word("keys-open")
    }
    /// See [the keys](self).
    pub fn save() -> &'static str {
        word("keys-save")
    }
    /// See [the keys](self).
    pub fn save_as() -> &'static str {
        word("keys-save-as")
    }
    /// See [the keys](self).
    pub fn undo() -> &'static str {
        word("keys-undo")
    }
    /// See [the keys](self).
    pub fn redo() -> &'static str {
        word("keys-redo")
    }
    /// See [the keys](self).
    pub fn quit() -> &'static str {
        word("keys-quit")
    }
    /// See [the keys](self).
    pub fn full_screen() -> &'static str {
        word("keys-full-screen")
    }
    /// See [the keys](self).
    pub fn help() -> &'static str {
        word("keys-help")
    }
    /// See [the keys](self).
    pub fn zoom() -> &'static str {
        word("keys-zoom")
    }
    /// See [the keys](self).
    pub fn focus() -> &'static str {
        word("keys-focus")
    }
}

/// The title over the keys.
pub fn keys_title() -> &'static str {
    word("controls-keys-title")
}

/// A file that is no scenario.
pub fn cannot_open(problems: usize) -> String {
    match problems {
        0 | 1 => word("controls-cannot-open").into(),
        n => say!("controls-cannot-open-problems", n = n),
    }
}

/// Where in a file.
pub fn place(file: &str, line: usize, column: usize) -> String {
    // A line's number is a name: its thousands stay together.
    if line == 0 { file.to_owned() } else { say!("controls-place", file = file, line = line.to_string(), column = column.to_string()) }
}

/// What would be right.
pub fn advice(help: &str) -> String {
    say!("controls-advice", help = help)
}

/// The scenario's own file cannot be run.
pub fn cannot_simulate(name: &str, why: &str) -> String {
    say!("controls-cannot-simulate", name = name, why = why)
}

/// A change that was not taken.
pub fn change_refused(why: &str) -> String {
    say!("controls-change-refused", why = why)
}

/// A question.
pub fn unsaved_title() -> &'static str {
    word("controls-unsaved-title")
}
/// An answer.
pub fn discard() -> &'static str {
    word("controls-discard")
}

/// What is lost.
pub fn unsaved(name: &str) -> String {
    say!("controls-unsaved", name = name)
}

/// Where no dialog of the system can be shown.
pub fn path_open_title() -> &'static str {
    word("controls-path-open-title")
}
/// Where no dialog of the system can be shown.
pub fn path_save_title() -> &'static str {
    word("controls-path-save-title")
}
/// The field.
pub fn path() -> &'static str {
    word("controls-path")
}
/// Why there is a field.
pub fn path_why() -> &'static str {
    word("controls-path-why")
}
/// There is such a file already.
pub fn path_exists() -> &'static str {
    word("controls-path-exists")
}
/// An answer.
pub fn replace() -> &'static str {
    word("controls-replace")
}
/// The kind of file, in a dialog.
pub fn file_kind() -> &'static str {
    word("controls-file-kind")
}

/// Why there is no window; one line. English, as all that is printed.
pub fn no_window(why: &str) -> String {
    let why: Vec<&str> = why.split_whitespace().collect();
    format!("no window could be opened ({}); `deployscope simulate SCENARIO` prints the figures", why.join(" "))
}

/// Neither of the two ways to show a window. English, as all that is printed.
pub fn no_display() -> &'static str {
    "neither DISPLAY nor WAYLAND_DISPLAY is set"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Share;

    #[test]
    fn a_part_says_what_it_comes_to() {
        let thirty = Part::Percent(Share::from_percent(30));
        assert_eq!(batch_comes_to(thirty, 10, 3), "30 % of 10 = 3 instances, 4 batches");
        assert_eq!(batch_comes_to(Part::Count(3), 10, 3), "3 of 10 instances, 4 batches");
        // More than the fleet has: the batch is the fleet.
        assert_eq!(batch_comes_to(Part::Count(12), 10, 10), "12 of 10 = 10 instances, 1 batch");
        assert_eq!(minimum_comes_to(Part::Percent(Share::from_percent(75)), 10, 8), "75 % of 10 = 8 stay healthy, 2 at a time");
        assert_eq!(minimum_comes_to(Part::Count(10), 10, 10), "10 of 10 stay healthy: none may be worked on");
        let quarter = Part::Percent(Share::from_percent(25));
        assert_eq!(fenceposts_come_to(quarter, quarter, 3, 2), "25 % = 3 above, 2 below");
        assert_eq!(fenceposts_come_to(quarter, Part::Count(1), 3, 1), "3 above, 1 below");
    }

    #[test]
    fn a_step_says_what_it_does() {
        let check = Step::Check { metric: Metric::NewVersionErrorRate, threshold: 0.05, over: Duration::from_mins(1), failures: 3 };
        assert_eq!(step(&check), "Check for 1 min: new version's error rate at most 5 %, 3 bad ones fail it");
        let quarter = Part::Percent(Share::from_percent(25));
        let replace = Step::Replace { to: Part::Count(2), max_surge: quarter, max_unavailable: Part::Count(0) };
        assert_eq!(step(&replace), "Replace up to 2 instances, 25 % above, 0 instances below");
    }

    #[test]
    fn a_speed_says_how_long_it_takes_to_watch() {
        // 400 s at twenty times
        assert_eq!(speed_entry(20, 20.0), "20×, all of it in 20 s");
        assert_eq!(speed_entry(200, 2.0), "200×, all of it in 2 s");
    }

    #[test]
    fn why_there_is_no_window_is_one_line() {
        assert_eq!(no_window("a\n  b"), "no window could be opened (a b); `deployscope simulate SCENARIO` prints the figures");
    }
}
