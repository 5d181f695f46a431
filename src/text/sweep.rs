//! The words of the Sweep room: what is varied, settings in a few words, limits, and what its pictures say.

use super::controls as settings;
use super::language::{say, setting, word};
use super::numbers::{amount, percent, seconds};
use super::{faults, strategy_name, study};
use crate::explain::Work;
use crate::metrics::Key;
use crate::scenario::{Event, NewSet, Part, Scenario, Strategy, StrategyKind, Switch};
use crate::study::choose::{Choice, Miss, Need, ReleaseKind};
use crate::study::offers::Field;
use crate::study::require::Side;
use crate::study::vary::Kind;
use crate::units::{Duration, Share};

macro_rules! words {
    ($( $(#[$doc:meta])+ $name:ident = $key:literal; )*) => {
        $( $(#[$doc])+ pub fn $name() -> &'static str { word($key) } )*
    };
}

words! {
    /// The room.
    sweep = "sweep-sweep";
    /// The question it answers.
    question = "sweep-question";
    /// The row of views, for those who cannot see it.
    views = "sweep-views";
    /// A button: the points as rows.
    as_table = "sweep-as-table";
    /// A button: the rows as a picture.
    as_picture = "sweep-as-picture";
    /// A button where something was cancelled.
    run_again = "sweep-run-again";
    /// Nothing is shown because a person did not want it.
    cancelled = "sweep-cancelled";
    /// Nothing is shown because the work broke off.
    failed_to_run = "sweep-failed-to-run";
    /// The first field that is varied.
    vary = "sweep-vary";
    /// The second one.
    and = "sweep-and";
    /// No second one.
    none = "sweep-none";
    /// A field that narrows a menu.
    search = "sweep-search";
    /// The first value.
    from = "sweep-from";
    /// The last value.
    to = "sweep-to";
    /// From a value to the next.
    step = "sweep-step";
    /// A button: the range as it is offered.
    usual_range = "sweep-usual-range";
    /// A menu of figures.
    figure = "sweep-figure";
    /// A menu of figures that duration is set against.
    against = "sweep-against";
    /// A menu of figures by which the suitable are put in order.
    minimize = "sweep-minimize";
    /// The present setting.
    now = "sweep-now";
    /// What a click on a point does.
    click_watches = "sweep-click-watches";
    /// What a click on a lever does.
    click_sets = "sweep-click-sets";
    /// No other setting is as good in both figures and better in one.
    front = "sweep-front";
    /// A step of a lever that moves nothing.
    no_change = "sweep-no-change";
    /// The heading over what is asked for.
    need = "sweep-need";
    /// The heading over limits that a person adds.
    own_limits = "sweep-own-limits";
    /// A button.
    add_limit = "sweep-add-limit";
    /// What would be right instead of what was typed as instance-hours.
    not_hours = "sweep-not-hours";
    /// The heading over what is missed.
    misses = "sweep-misses";
    /// The heading over what is suitable.
    suitable = "sweep-suitable";
    /// The heading over what is not.
    nearest = "sweep-nearest";
}

/// The four views' names and what each is for.
pub fn view_names() -> [(&'static str, &'static str); 4] {
    [setting("sweep-view-curves"), setting("sweep-view-tradeoff"), setting("sweep-view-levers"), setting("sweep-view-choose")]
}

/// The menu of the first field, for those who cannot see it.
pub fn vary_menu(field: &str) -> String {
    say!("sweep-vary-menu", field = field)
}

/// The menu of the second.
pub fn and_menu(field: &str) -> String {
    say!("sweep-and-menu", field = field)
}

/// The mark of the present setting.
pub fn now_at(value: &str) -> String {
    say!("sweep-now-at", value = value)
}

/// How many values are run.
pub fn points(points: usize) -> String {
    say!("sweep-points", points = points)
}

/// A value of a field: `Batch 3`.
pub fn at(field: &str, value: &str) -> String {
    say!("sweep-at", field = field, value = value)
}

/// A figure with its value.
pub fn figure_is(figure: &str, value: &str) -> String {
    say!("sweep-figure-is", figure = figure, value = value)
}

/// A curve in words: what it is of, its ends, and its least and most.
pub struct Curve<'a> {
    /// The figure's name.
    pub figure: &'a str,
    /// The field's name.
    pub field: &'a str,
    /// Its first value and the figure there.
    pub first: (&'a str, &'a str),
    /// Its last value and the figure there.
    pub last: (&'a str, &'a str),
    /// The figure's least and most.
    pub between: (&'a str, &'a str),
}

/// A curve in words.
pub fn curve(curve: &Curve<'_>) -> String {
    say!(
        "sweep-curve",
        figure = curve.figure,
        field = curve.field,
        from = curve.first.0,
        first = curve.first.1,
        to = curve.last.0,
        last = curve.last.1,
        least = curve.between.0,
        most = curve.between.1
    )
}

/// A heat map in words.
pub fn heat(figure: &str, (a, b): (&str, &str), (least, most): (&str, &str)) -> String {
    say!("sweep-heat", figure = figure, a = a, b = b, least = least, most = most)
}

/// What an offer varies, as a person calls it.
pub fn field(field: &Field, scenario: &Scenario) -> String {
    match field {
        Field::Path(path) => match event_at(path, scenario) {
            Some(event) => self::event(event).to_owned(),
            None => path_name(path, scenario).to_owned(),
        },
        Field::TurnsBadAt => word("sweep-event-turn-bad").to_owned(),
        Field::DiesAt => word("sweep-event-kill").to_owned(),
    }
}

fn event_at<'a>(path: &str, scenario: &'a Scenario) -> Option<&'a Event> {
    let index: usize = path.strip_prefix("failures.events[")?.strip_suffix("].at")?.parse().ok()?;
    scenario.failures.events.get(index)
}

fn event(event: &Event) -> &'static str {
    match event {
        Event::Kill { .. } | Event::KillInstance { .. } => word("sweep-event-kill"),
        Event::TurnBad { .. } => word("sweep-event-turn-bad"),
        Event::TurnGood { .. } => word("sweep-event-turn-good"),
        Event::Demand { .. } => word("sweep-event-demand"),
        Event::Abort { .. } => word("sweep-event-abort"),
        Event::Approve { .. } => word("sweep-event-approve"),
    }
}

/// A setting by its path in a scenario, as the Watch room calls it; where it has no name there, the path.
pub fn path_name<'a>(path: &'a str, scenario: &Scenario) -> &'a str {
    match path {
        "strategy.percent" if scenario.strategy.kind() == StrategyKind::Linear => settings::share_step().0,
        "strategy.batch" => settings::batch().0,
        "strategy.minimum_healthy" => settings::minimum_healthy().0,
        "strategy.new_version_percent" => settings::new_version_percent().0,
        "strategy.evaluation_time" => settings::evaluation_time().0,
        "strategy.bake" => settings::bake().0,
        "strategy.switch.ttl" => settings::ttl().0,
        "strategy.percent" => settings::first_share().0,
        "strategy.interval" => settings::interval().0,
        "strategy.max_surge" => settings::surge().0,
        "strategy.max_unavailable" => settings::unavailable().0,
        "strategy.minimum_percent" => faults::tasks_minimum().0,
        "strategy.maximum_percent" => faults::tasks_maximum().0,
        "strategy.minimum_healthy_percent" => faults::refresh_minimum().0,
        "strategy.maximum_healthy_percent" => faults::refresh_maximum().0,
        "strategy.checkpoint_delay" => faults::checkpoint_delay().0,
        "fleet.instances" => settings::instances_setting().0,
        "fleet.capacity_rps" => settings::one_serves().0,
        "traffic" => settings::demand().0,
        "timings.boot" => settings::boot().0,
        "timings.install" => settings::install().0,
        "timings.startup" => settings::startup().0,
        "timings.settle" => settings::settle().0,
        "load_balancer.deregistration_delay" => settings::drain().0,
        "load_balancer.health_check.interval" => settings::check_interval().0,
        "load_balancer.health_check.healthy_threshold" => settings::healthy_threshold().0,
        "load_balancer.health_check.unhealthy_threshold" => faults::unhealthy_threshold().0,
        "load_balancer.in_flight" => settings::request_takes().0,
        "load_balancer.propagation" => word("sweep-field-propagation"),
        "release.error_rate" => faults::error_rate().0,
        "release.startup_failure" => faults::startup_failure().0,
        "release.capacity_factor" => word("sweep-field-new-capacity"),
        "alarm.threshold" => word("sweep-field-alarm-threshold"),
        "alarm.period" => word("sweep-field-alarm-period"),
        "alarm.periods" => word("sweep-field-alarm-periods"),
        "alarm.bake" => word("sweep-field-alarm-bake"),
        "timeout" => faults::timeout().0,
        other => other,
    }
}

/// A value of a field, with its unit.
pub fn value(kind: Kind, value: f64) -> String {
    match kind {
        Kind::Number => number(value),
        Kind::Count => amount(value),
        Kind::Percent => percent(value / 100.0),
        Kind::Duration => seconds(value),
    }
}

/// A value of a field as it is typed.
pub fn typed(kind: Kind, value: f64) -> String {
    match kind {
        Kind::Number | Kind::Count | Kind::Percent => number(value),
        Kind::Duration => Duration::from_secs_f64(value).to_string(),
    }
}

/// At most three decimals.
fn number(value: f64) -> String {
    if value.fract() == 0.0 { amount(value) } else { format!("{}", (value * 1e3).round() / 1e3) }
}

/// Reads what was typed.
///
/// # Errors
/// What would be right.
pub fn read(kind: Kind, text: &str) -> Result<f64, String> {
    let plain = text.trim().trim_end_matches('%').trim().replace(',', "");
    let number = || plain.parse::<f64>().ok().filter(|x| x.is_finite() && *x >= 0.0);
    match kind {
        Kind::Number | Kind::Count => number().ok_or_else(|| word("sweep-not-a-value").to_owned()),
        Kind::Percent => number().ok_or_else(|| word("sweep-not-a-percent").to_owned()),
        Kind::Duration => Duration::parse(text.trim()).map(Duration::as_secs_f64).map_err(|_| word("sweep-not-a-time").to_owned()),
    }
}

fn part(part: Part) -> String {
    match part {
        Part::Count(count) => super::numbers::instances(f64::from(count)),
        Part::Percent(share) => self::share(share),
    }
}

fn share(share: Share) -> String {
    percent(share.as_fraction())
}

fn time(time: Duration) -> String {
    seconds(time.as_secs_f64())
}

/// A strategy with its settings in a few words: `Rolling, 3 at a time`.
pub fn strategy(strategy: &Strategy) -> String {
    let name = strategy_name(strategy.kind());
    let in_set = |what: String, set: &NewSet| match set {
        NewSet::Full => what,
        NewSet::Proportional => say!("sweep-in-proportion", what = what),
    };
    match strategy {
        Strategy::AllAtOnce | Strategy::Immutable | Strategy::Steps(_) => name.to_owned(),
        Strategy::InPlace { minimum_healthy } => say!("sweep-keeps", name = name, part = part(*minimum_healthy)),
        Strategy::Rolling { batch } | Strategy::RollingWithAdditionalBatch { batch } => {
            say!("sweep-at-a-time", name = name, n = part(*batch))
        }
        Strategy::TrafficSplitting { new_version, evaluation_time } => {
            say!("sweep-share-for", name = name, share = share(*new_version), time = time(*evaluation_time))
        }
        Strategy::BlueGreen { switch, bake } => {
            let [balancer, dns] = settings::switches();
            let switch = match switch {
                Switch::LoadBalancer => balancer,
                Switch::Dns { .. } => dns,
            };
            say!("sweep-bake", name = name, switch = switch, time = time(*bake))
        }
        Strategy::Canary { percent, interval, capacity } => {
            in_set(say!("sweep-share-for", name = name, share = share(*percent), time = time(*interval)), capacity)
        }
        Strategy::Linear { percent, interval, capacity } => {
            in_set(say!("sweep-share-every", name = name, share = share(*percent), time = time(*interval)), capacity)
        }
        Strategy::RollingUpdate { max_surge, max_unavailable, .. } => {
            say!("sweep-surge", name = name, up = part(*max_surge), down = part(*max_unavailable))
        }
        Strategy::EcsRolling { minimum_healthy, maximum, .. } => {
            say!("sweep-between", name = name, least = share(*minimum_healthy), most = share(*maximum))
        }
        Strategy::InstanceRefresh { minimum_healthy, maximum_healthy, .. } => {
            say!("sweep-between", name = name, least = share(*minimum_healthy), most = share(*maximum_healthy))
        }
    }
}

/// The trade-off in words.
pub fn tradeoff(figure: &str, all: usize, front: usize) -> String {
    say!("sweep-tradeoff-says", figure = figure, all = all, front = front)
}

/// Further settings at the same place of a picture.
pub fn and_more(n: usize) -> String {
    say!("sweep-and-more", n = n)
}

/// Whether a strategy's dots are shown.
pub fn show_strategy(name: &str) -> String {
    say!("sweep-show-strategy", name = name)
}

/// A part of the duration: `draining 1 min 20 s, 20 %`.
pub fn time_part(work: Work, takes: Duration, of: Duration) -> String {
    let whole = of.as_secs_f64();
    let fraction = if whole > 0.0 { takes.as_secs_f64() / whole } else { 0.0 };
    say!("sweep-part", work = study::work(work), takes = time(takes), share = percent(fraction))
}

/// The parts of the duration, for those who cannot see the bar.
pub fn breakdown(parts: &str) -> String {
    say!("sweep-breakdown", parts = parts)
}

/// A stretch of the duration.
pub fn stretch(work: Work, takes: Duration) -> String {
    say!("sweep-in-phase", work = study::work(work), takes = time(takes))
}

/// A step of a setting and what it does: `30s → 33s: +12 s`.
pub fn lever_step(from: &str, to: &str, change: &str) -> String {
    say!("sweep-lever-step", from = from, to = to, change = change)
}

/// The same with the setting and the figure.
pub fn lever(setting: &str, (from, to): (&str, &str), figure: &str, change: &str) -> String {
    say!("sweep-lever", setting = setting, from = from, to = to, figure = figure, change = change)
}

/// The heading over the levers.
pub fn levers_head(figure: &str, value: &str) -> String {
    say!("sweep-levers-head", figure = figure, value = value)
}

/// A control of a limit, by the limit's number.
pub fn limit_figure(n: usize) -> String {
    say!("sweep-limit-figure", n = n)
}

/// A control of a limit.
pub fn limit_side(n: usize) -> String {
    say!("sweep-limit-side", n = n)
}

/// A control of a limit.
pub fn limit_value(n: usize) -> String {
    say!("sweep-limit-value", n = n)
}

/// A control of a limit.
pub fn limit_release(n: usize) -> String {
    say!("sweep-limit-release", n = n)
}

/// A button of a limit.
pub fn remove_limit(n: usize) -> String {
    say!("sweep-remove-limit", n = n)
}

/// The sides of a limit that are offered.
pub fn sides() -> [&'static str; 2] {
    [word("sweep-at-most"), word("sweep-at-least")]
}

/// The releases that a limit may be for.
pub fn releases() -> [&'static str; 2] {
    [word("sweep-healthy"), word("sweep-bad")]
}

/// A limit as a person says it: `Duration at most 10 min`.
pub fn limit(need: &Need) -> String {
    let requirement = &need.requirement;
    let figure = study::figure(requirement.key);
    let value = limit_value_words(requirement.key, requirement.limit);
    let limit = match requirement.side {
        Side::AtMost if requirement.limit == 0.0 => say!("sweep-limit-none", figure = figure),
        Side::AtMost => say!("sweep-limit-at-most", figure = figure, value = value),
        Side::AtLeast => say!("sweep-limit-at-least", figure = figure, value = value),
        Side::Below => say!("sweep-limit-below", figure = figure, value = value),
        Side::Above => say!("sweep-limit-above", figure = figure, value = value),
    };
    match need.release {
        ReleaseKind::Healthy => limit,
        ReleaseKind::Bad => say!("sweep-limit-if-bad", limit = limit),
    }
}

fn limit_value_words(key: Key, limit: f64) -> String {
    study::value(key, Some(limit))
}

/// What a choice comes to, as [`study::choice`] says it, in the words of the window.
pub fn choice(choice: &Choice, needs: &[Need], minimize: Key) -> Vec<String> {
    study::choice_called(choice, needs, minimize, strategy, |need| say!("sweep-quoted", what = limit(need)))
}

/// A limit that is missed, and by how much.
pub fn missed(miss: &Miss) -> String {
    say!("sweep-missed-by", limit = limit(&miss.need), by = study::missed(miss))
}
