//! The words on the window's controls: buttons, settings, keys, questions, and what is said when something goes wrong.

use super::faults::metric_name;
use super::numbers::{amount, clock, duration, percent, rate, whole};
use crate::scenario::{Group, Metric, NewSet, Part, Step, Switch, Traffic};
use crate::units::{Duration, Share, Time};

/// A scenario without a name.
pub const UNTITLED: &str = "Untitled";
/// A scenario that differs from what is saved.
pub const EDITED: &str = "edited";
/// A scenario that was just saved.
pub const SAVED: &str = "saved";
/// A button of the top bar.
pub const OPEN: &str = "Open";
/// A button of the top bar.
pub const SAVE: &str = "Save";
/// A button of the top bar.
pub const SAVE_AS: &str = "Save as";
/// A button of the top bar.
pub const UNDO: &str = "Undo";
/// A button of the top bar.
pub const REDO: &str = "Redo";
/// The menu of light and dark.
pub const THEME: &str = "Theme";
/// As the system says, light, dark.
pub const THEMES: [&str; 3] = ["Like the system", "Light", "Dark"];
/// The list of keys.
pub const HELP: &str = "Help";
/// Closes what it stands on.
pub const CLOSE: &str = "Close";
/// Gives up.
pub const CANCEL: &str = "Cancel";

/// A part of the presets' menu.
pub const PRESETS_FOR_STRATEGIES: &str = "One for each strategy";
/// A part of the presets' menu.
pub const PRESETS_SITUATIONS: &str = "Situations";
/// A part of the presets' menu.
pub const PRESETS_FAILING: &str = "When it fails";
/// A part of the presets' menu.
pub const PRESETS_OWN: &str = "Your own";

/// The scenario's menu, for those who cannot see it.
pub fn scenario_menu(name: &str, edited: bool) -> String {
    if edited { format!("Scenario: {name}, {EDITED}") } else { format!("Scenario: {name}") }
}

/// The window's title.
pub fn window_title(name: &str, edited: bool) -> String {
    let mark = if edited { "• " } else { "" };
    format!("{mark}{name} – {}", super::PROGRAM)
}

/// A section of settings.
pub const STRATEGY: &str = "Strategy";
/// A section of settings.
pub const FLEET_AND_TRAFFIC: &str = "Fleet and traffic";
/// A section of settings.
pub const TIMINGS: &str = "Timings";
/// A section of settings.
pub const LOAD_BALANCER: &str = "Load balancer and health check";
/// A section of settings.
pub const CHANCE: &str = "Chance";

/// A setting and what it means.
pub type Setting = (&'static str, &'static str);

/// See [`Setting`].
pub const BATCH: Setting = ("Batch", "How many instances are updated at the same time. A percentage is rounded up.");
/// See [`Setting`].
pub const MINIMUM_HEALTHY: Setting =
    ("Minimum healthy", "So many instances stay in service at any time. A percentage is rounded up (CodeDeploy).");
/// See [`Setting`].
pub const SURGE: Setting = ("Surge", "The most instances above the fleet's size (maxSurge). A percentage is rounded up.");
/// See [`Setting`].
pub const UNAVAILABLE: Setting =
    ("Unavailable", "The most instances below the fleet's size (maxUnavailable). A percentage is rounded down.");
/// See [`Setting`].
pub const PROGRESS_DEADLINE: Setting = ("Progress deadline", "After so long without progress the rollout is marked as stuck.");
/// See [`Setting`].
pub const NEW_VERSION_PERCENT: Setting = ("New version gets", "The new version's share of the traffic during the evaluation.");
/// See [`Setting`].
pub const EVALUATION_TIME: Setting = ("Evaluation time", "How long both versions are compared before all traffic moves.");
/// See [`Setting`].
pub const SWITCH: Setting = ("Switch by", "How clients get to the new environment: all at once, or as their DNS answers expire.");
/// The ways to switch.
pub const SWITCHES: [&str; 2] = ["load balancer", "DNS"];
/// See [`Setting`].
pub const TTL: Setting = ("Time to live", "How long clients keep a DNS answer; they follow evenly over this time.");
/// See [`Setting`].
pub const BAKE: Setting = ("Bake", "How long the old environment is kept after the switch, ready to go back to.");
/// See [`Setting`].
pub const FIRST_SHARE: Setting = ("First share", "The new version's share of the traffic before it gets all of it.");
/// See [`Setting`].
pub const SHARE_STEP: Setting = ("Share of a step", "How much more of the traffic the new version gets at each step.");
/// See [`Setting`].
pub const INTERVAL: Setting = ("Interval", "The time from one step to the next.");
/// See [`Setting`].
pub const NEW_SET: Setting = ("New set", "A full second set first, or one that grows with its share of the traffic.");
/// The sizes of a new set.
pub const NEW_SETS: [&str; 2] = ["full", "in proportion"];
/// How a part of the fleet is counted.
pub const COUNTED_IN: &str = "Counted in";
/// The two ways to count.
pub const COUNTS: [&str; 2] = ["instances", "percent"];
/// A strategy without settings.
pub const NO_SETTINGS: &str = "This strategy has no settings of its own.";
/// Under the steps of a plan.
pub const STEPS_HINT: &str = "Steps are edited in the scenario's file.";

/// See [`Setting`].
pub const INSTANCES: Setting = ("Instances", "How many instances should be in service.");
/// See [`Setting`].
pub const ONE_SERVES: Setting = ("One serves", "Requests per second that one instance in service can serve.");
/// See [`Setting`].
pub const DEMAND: Setting = ("Demand", "Requests per second that users send; 70 % of what the fleet serves unless it is set.");
/// See [`Setting`].
pub const DEMAND_KIND: Setting = ("Demand is", "How the demand goes over time.");
/// The kinds of demand that can be chosen; steps come from a file.
pub const DEMAND_KINDS: [&str; 4] = ["constant", "a wave", "a ramp", "in steps"];
/// See [`Setting`].
pub const WAVE_MEAN: Setting = ("Mean", "The demand in the middle of the wave.");
/// See [`Setting`].
pub const WAVE_AMPLITUDE: Setting = ("Amplitude", "How far the demand goes above and below the mean; at most the mean.");
/// See [`Setting`].
pub const WAVE_PERIOD: Setting = ("Period", "The time of one whole wave.");
/// See [`Setting`].
pub const RAMP_FROM: Setting = ("From", "The demand at the start.");
/// See [`Setting`].
pub const RAMP_TO: Setting = ("To", "The demand at the end of the ramp, and from then on.");
/// See [`Setting`].
pub const RAMP_OVER: Setting = ("Over", "How long the change takes.");
/// Under the levels of a stepped demand.
pub const DEMAND_STEPS_HINT: &str = "The levels are edited in the scenario's file.";

const SPREAD: &str = "Such as 60s, or varying: 40s..80s, 60s ± 10s, median 60s, p95 120s.";
/// See [`Setting`].
pub const BOOT: (&str, &str, &str) = ("Boot", "From the launch of a new instance until its install begins.", SPREAD);
/// See [`Setting`].
pub const INSTALL: (&str, &str, &str) = ("Install", "Installing the new version on an instance.", SPREAD);
/// See [`Setting`].
pub const STARTUP: (&str, &str, &str) = ("Startup", "From the application's start until its first health check.", SPREAD);
/// See [`Setting`].
pub const SETTLE: Setting = ("Settle", "How long an instance must stay healthy before the plan goes on. It serves meanwhile.");
/// See [`Setting`].
pub const DRAIN: Setting = ("Drain", "How long an instance finishes what it has and takes nothing new (deregistration delay).");
/// See [`Setting`].
pub const REQUEST_TAKES: Setting = ("A request takes", "The mean time of one request: what is in flight when an instance stops is cut.");
/// See [`Setting`].
pub const CHECK_INTERVAL: Setting = ("Check every", "The time between two health checks of an instance.");
/// See [`Setting`].
pub const HEALTHY_THRESHOLD: Setting = ("Healthy after", "Passed checks in a row until an instance is in service.");
/// See [`Setting`].
pub const SEED: Setting = ("Seed", "The random numbers' seed. Another one draws other times where they vary.");

/// What is said of a seed that is no whole number.
pub const NO_SEED: &str = "a seed is a whole number, such as 1";

/// What is said of a value in a file, said in the window: there it is typed without quotes.
pub fn without_quotes(message: &str) -> String {
    message.replace(['`', '"'], "")
}

/// What is said of a duration that is too short.
pub fn at_least(least: Duration) -> String {
    format!("at least {least}")
}

/// What is said of a duration that is too long.
pub fn at_most(most: Duration) -> String {
    format!("at most {most}")
}

/// The unit of a rate.
pub const RPS: &str = "req/s";
/// The unit of a share.
pub const PERCENT: &str = "%";
/// The unit of a threshold.
pub const CHECKS: &str = "checks";

/// The unit of a count of instances.
pub fn instances_unit(n: u32) -> &'static str {
    if n == 1 { "instance" } else { "instances" }
}

fn instances(n: u32) -> String {
    format!("{} {}", whole(u64::from(n)), instances_unit(n))
}

fn percent_of(share: Share) -> String {
    format!("{share} %")
}

/// `30 % of 10`, or `3 of 10`.
fn part_of(part: Part, n: u32) -> String {
    let n = whole(u64::from(n));
    match part {
        Part::Count(count) => format!("{} of {n}", whole(u64::from(count))),
        Part::Percent(share) => format!("{} of {n}", percent_of(share)),
    }
}

/// What a batch comes to: `30 % of 10 = 3 instances, 4 batches`.
pub fn batch_comes_to(part: Part, n: u32, size: u32) -> String {
    let batches = n.div_ceil(size.max(1));
    let batches = if batches == 1 { "1 batch".to_owned() } else { format!("{} batches", whole(u64::from(batches))) };
    match part {
        Part::Count(count) if count == size => format!("{} of {}, {batches}", whole(u64::from(size)), instances(n)),
        Part::Count(_) | Part::Percent(_) => format!("{} = {}, {batches}", part_of(part, n), instances(size)),
    }
}

/// What a minimum comes to: `75 % of 10 = 8 stay healthy, 2 at a time`.
pub fn minimum_comes_to(part: Part, n: u32, minimum: u32) -> String {
    let stay = whole(u64::from(minimum));
    let start = match part {
        Part::Percent(_) => format!("{} = {stay} stay healthy", part_of(part, n)),
        Part::Count(_) => format!("{stay} of {} stay healthy", whole(u64::from(n))),
    };
    match n.checked_sub(minimum).filter(|room| *room > 0) {
        Some(room) => format!("{start}, {} at a time", whole(u64::from(room))),
        None => format!("{start}: none may be worked on"),
    }
}

/// What surge and unavailable come to: `25 % = 3 up, 2 down`.
pub fn fenceposts_come_to(surge: Part, unavailable: Part, up: u32, down: u32) -> String {
    let figure = format!("{} above, {} below", whole(u64::from(up)), whole(u64::from(down)));
    match (surge, unavailable) {
        (Part::Percent(a), Part::Percent(b)) if a == b => format!("{} = {figure}", percent_of(a)),
        (Part::Percent(_) | Part::Count(_), Part::Percent(_) | Part::Count(_)) => figure,
    }
}

/// A step of a plan written by hand.
pub fn step(step: &Step) -> String {
    let part = |part: Part| match part {
        Part::Count(count) => instances(count),
        Part::Percent(share) => percent_of(share),
    };
    match step {
        Step::Launch { instances } => format!("Launch {}", part(*instances)),
        Step::Update { instances } => format!("Update {}", part(*instances)),
        Step::Shift { to } => format!("{} of the traffic to the new group", percent_of(*to)),
        Step::Wait(time) => format!("Wait for {}", duration(*time)),
        Step::Approve => "Wait for approval".into(),
        Step::Check { metric, threshold, over, failures } => {
            let side = match metric {
                Metric::ErrorRate | Metric::NewVersionErrorRate => "at most",
                Metric::CapacityFraction => "at least",
            };
            let metric = metric_name(*metric);
            let again = if *failures == 1 { String::new() } else { format!(", {} bad ones fail it", whole(u64::from(*failures))) };
            format!("Check for {}: {metric} {side} {}{again}", duration(*over), percent(*threshold))
        }
        Step::Replace { to, max_surge, max_unavailable } => {
            format!("Replace up to {}, {} above, {} below", part(*to), part(*max_surge), part(*max_unavailable))
        }
        Step::Terminate { group: Group::Old } => "End the old group".into(),
        Step::Terminate { group: Group::New } => "End the new group".into(),
    }
}

/// A level of a stepped demand.
pub fn demand_level(at: Duration, rps: f64) -> String {
    format!("from {}: {}", clock(Time::ZERO + at), rate(rps))
}

/// Beyond so many, the rest of a list is not shown.
pub fn and_more(n: usize) -> String {
    format!("and {} more", whole(n as u64))
}

/// Which of [`SWITCHES`].
pub fn switch_index(switch: Switch) -> usize {
    match switch {
        Switch::LoadBalancer => 0,
        Switch::Dns { .. } => 1,
    }
}

/// Which of [`NEW_SETS`].
pub fn new_set_index(set: NewSet) -> usize {
    match set {
        NewSet::Full => 0,
        NewSet::Proportional => 1,
    }
}

/// Which of [`DEMAND_KINDS`].
pub fn demand_kind_index(traffic: &Traffic) -> usize {
    match traffic {
        Traffic::Constant(_) => 0,
        Traffic::Wave { .. } => 1,
        Traffic::Ramp { .. } => 2,
        Traffic::Steps(_) => 3,
    }
}

/// Which of [`COUNTS`].
pub fn count_index(part: Part) -> usize {
    match part {
        Part::Count(_) => 0,
        Part::Percent(_) => 1,
    }
}

/// What a strategy's picture shows.
pub fn picture(lowest: f64, most: f64) -> String {
    if most > lowest { format!("capacity from {} to {}", percent(lowest), percent(most)) } else { format!("capacity {}", percent(lowest)) }
}

/// A strategy whose run would never end.
pub const NEVER_ENDS: &str = "too long";
/// Instead of a duration where the deployment fails.
pub const FAILS: &str = "fails";
/// Instead of a duration where the deployment goes back.
pub const GOES_BACK: &str = "back";

/// The scorecard's heading.
pub const SCORECARD: &str = "What it meant";
/// The log's heading.
pub const LOG: &str = "What happened";
/// Nothing happened.
pub const LOG_EMPTY: &str = "Nothing happened.";

/// Closes the panel of reasons.
pub const CLOSE_WHY: &str = "Close why";
/// The heading of how a deployment ended.
pub const HOW_IT_ENDED: &str = "How it ended";
/// What a click on a figure does.
pub const ASK_WHY: &str = "Click: why?";

/// The heading over the reasons of a figure.
pub fn why_figure(label: &str, value: &str) -> String {
    format!("Why? {label}: {value}")
}

/// A moment on the ribbon, with what happened there.
pub fn ribbon_mark(at: Time, what: &str) -> String {
    format!("{} {what}", clock(at))
}

/// A button of the transport.
pub const PLAY: &str = "Play";
/// A button of the transport.
pub const PAUSE: &str = "Pause";
/// A button of the transport.
pub const TO_START: &str = "To the start";
/// A button of the transport.
pub const TO_END: &str = "To the end";
/// A button of the transport.
pub const PREVIOUS_EVENT: &str = "Previous event";
/// A button of the transport.
pub const NEXT_EVENT: &str = "Next event";
/// The ribbon, for those who cannot see it.
pub const TIME: &str = "Time";

/// A speed: `20×`.
pub fn speed(factor: u64) -> String {
    format!("{}×", whole(factor))
}

/// The speed's button, for those who cannot see it.
pub fn speed_button(factor: u64) -> String {
    format!("Speed: {}", speed(factor))
}

/// A speed in its menu: how long the whole then takes to watch.
pub fn speed_entry(factor: u64, whole_takes: f64) -> String {
    let takes = if whole_takes < 9.95 { format!("{} s", amount(whole_takes)) } else { super::numbers::seconds(whole_takes) };
    format!("{}, all of it in {takes}", speed(factor))
}

/// The clock's second half.
pub fn of_end(end: Time) -> String {
    format!("of {}", clock(end))
}

/// The clock in one: `2:14 of 6:40`.
pub fn clock_of(t: Time, end: Time) -> String {
    format!("{} {}", clock(t), of_end(end))
}

/// What keys do, in the order of the help.
pub mod keys {
    /// See [the keys](self).
    pub const PLAY_PAUSE: &str = "Play or pause";
    /// See [the keys](self).
    pub const STEP: &str = "Previous or next event";
    /// See [the keys](self).
    pub const TEN_SECONDS: &str = "10 s back or forward";
    /// See [the keys](self).
    pub const ENDS: &str = "To the start or the end";
    /// See [the keys](self).
    pub const SPEED: &str = "Faster or slower";
    /// See [the keys](self).
    pub const RESTART: &str = "Play from the start";
    /// See [the keys](self).
    pub const STRATEGY: &str = "Choose a strategy, in the order of the list";
    /// See [the keys](self).
    pub const WHY: &str = "Why: what fails, and what it waits for";
    /// See [the keys](self).
    pub const OPEN: &str = "Open a scenario";
    /// See [the keys](self).
    pub const SAVE: &str = "Save";
    /// See [the keys](self).
    pub const SAVE_AS: &str = "Save as";
    /// See [the keys](self).
    pub const UNDO: &str = "Take the last change back";
    /// See [the keys](self).
    pub const REDO: &str = "Make it again";
    /// See [the keys](self).
    pub const QUIT: &str = "Close the window";
    /// See [the keys](self).
    pub const FULL_SCREEN: &str = "Full screen and back";
    /// See [the keys](self).
    pub const HELP: &str = "These keys";
    /// See [the keys](self).
    pub const ZOOM: &str = "Larger or smaller";
    /// See [the keys](self).
    pub const FOCUS: &str = "To the next control; Esc lets go of it";
}

/// The title over the keys.
pub const KEYS_TITLE: &str = "Keys";

/// A file that is no scenario.
pub fn cannot_open(problems: usize) -> String {
    match problems {
        0 | 1 => "This scenario cannot be opened".into(),
        n => format!("This scenario cannot be opened: {n} problems"),
    }
}

/// Where in a file.
pub fn place(file: &str, line: usize, column: usize) -> String {
    if line == 0 { file.to_owned() } else { format!("{file}, line {line}, column {column}") }
}

/// What would be right.
pub fn advice(help: &str) -> String {
    format!("Help: {help}")
}

/// The scenario's own file cannot be run.
pub fn cannot_simulate(name: &str, why: &str) -> String {
    format!("{name}: {why}")
}

/// A change that was not taken.
pub fn change_refused(why: &str) -> String {
    format!("The change was not taken: {why}.")
}

/// A file that could not be written.
pub fn cannot_save(path: &str, why: &str) -> String {
    format!("Not saved to {path}: {why}")
}

/// A question.
pub const UNSAVED_TITLE: &str = "Save the changes?";
/// An answer.
pub const DISCARD: &str = "Discard";

/// What is lost.
pub fn unsaved(name: &str) -> String {
    format!("“{name}” was changed and is not saved.")
}

/// Where no dialog of the system can be shown.
pub const PATH_OPEN_TITLE: &str = "Open a scenario";
/// Where no dialog of the system can be shown.
pub const PATH_SAVE_TITLE: &str = "Save the scenario";
/// The field.
pub const PATH: &str = "File";
/// Why there is a field.
pub const PATH_WHY: &str = "This system shows no file dialog. Type the path of a file.";
/// There is such a file already.
pub const PATH_EXISTS: &str = "There is a file of this name already.";
/// An answer.
pub const REPLACE: &str = "Replace";
/// The kind of file, in a dialog.
pub const FILE_KIND: &str = "Scenario (RON)";

/// Why there is no window; one line.
pub fn no_window(why: &str) -> String {
    let why: Vec<&str> = why.split_whitespace().collect();
    format!("no window could be opened ({}); `deployscope simulate SCENARIO` prints the figures", why.join(" "))
}

/// Neither of the two ways to show a window.
pub const NO_DISPLAY: &str = "neither DISPLAY nor WAYLAND_DISPLAY is set";

#[cfg(test)]
mod tests {
    use super::*;

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
