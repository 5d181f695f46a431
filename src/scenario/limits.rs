//! Every number that bounds a scenario or a run, and the defaults of its fields, in one place.

use crate::units::Duration;

/// The largest scenario file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 1_000_000;
/// The most instances of a fleet.
pub const MAX_INSTANCES: u32 = 1_000_000;
/// The highest number of an instance that a text may name: launched ones are counted on from those of the start.
pub const MAX_INSTANCE_NUMBER: u32 = 100 * MAX_INSTANCES;
/// The most requests per second, of one instance and of the demand.
pub const MAX_RPS: f64 = 1e9;
/// The longest duration that a field may hold.
pub const MAX_DURATION: Duration = Duration::from_secs(30 * 86_400);
/// The shortest period of a demand wave.
pub const MIN_WAVE_PERIOD: Duration = Duration::from_secs(10);
/// The longest that one request may take.
pub const MAX_IN_FLIGHT: Duration = Duration::from_secs(3_600);
/// The longest time to live of a DNS record. With [`MIN_WAVE_PERIOD`] it bounds how many waves pass while clients follow.
pub const MAX_TTL: Duration = Duration::from_secs(7 * 86_400);
/// The shortest time between two health checks.
pub const MIN_CHECK_INTERVAL: Duration = Duration::from_us(1_000);
/// The most checks in a row that a threshold may ask for.
pub const MAX_THRESHOLD: u32 = 1_000;
/// The shortest period of an alarm and of a hand-written check.
pub const MIN_ALARM_PERIOD: Duration = Duration::from_secs(1);
/// The shortest mean time between failures of one instance.
pub const MIN_MTBF: Duration = Duration::from_secs(1);
/// A platform that launches again and again what never gets healthy is stopped after so many failed instances in a row,
/// or three times the fleet where that is more.
pub const MAX_FAILURES_IN_A_ROW: u32 = 1_000;
/// The most events of one run, and as many more for each instance of the fleet as [`MAX_EVENTS_PER_INSTANCE`] says.
pub const MAX_EVENTS: u64 = 200_000;
/// See [`MAX_EVENTS`].
pub const MAX_EVENTS_PER_INSTANCE: u64 = 20;
/// How long Auto Scaling's instance refresh replaces instances that do not get healthy before it fails.
pub const REFRESH_RETRIES_FOR: Duration = Duration::from_mins(60);
/// The most levels of a stepped demand, steps of a hand-written plan, and events.
pub const MAX_LIST: usize = 10_000;
/// The smallest share of one traffic step: 0.1 % (Amazon ECS's least canary).
pub const MIN_STEP_PPM: u32 = 1_000;
/// The longest run: a hundred years of simulated time. One that would take longer is refused.
pub const MAX_RUN: Duration = Duration::from_secs(36_500 * 86_400);
/// The longest name and description, in characters.
pub const MAX_TEXT: usize = 2_000;

/// The most that a new version may serve, as a multiple of the old one: `release.capacity_factor`.
pub const MAX_CAPACITY_FACTOR: f64 = 100.0;
/// The most problems that are told of one text; a person who has mended so many reads it again anyway.
pub const MAX_PROBLEMS: usize = 100;

/// `fleet.capacity_rps` where none is given.
pub const DEFAULT_CAPACITY_RPS: f64 = 100.0;
/// The share of the fleet's capacity that is asked for where `traffic` is not given.
pub const DEFAULT_LOAD: f64 = 0.7;
/// `timeout` where none is given: ten minutes (Elastic Beanstalk's command timeout).
pub const DEFAULT_TIMEOUT: Duration = Duration::from_mins(10);
/// `seed` where none is given.
pub const DEFAULT_SEED: u64 = 1;
/// `alarm.period` where none is given.
pub const DEFAULT_ALARM_PERIOD: Duration = Duration::from_mins(1);
/// `alarm.periods` where none is given.
pub const DEFAULT_ALARM_PERIODS: u32 = 1;
/// `checkpoint_delay` of an instance refresh where none is given: an hour (Auto Scaling's default).
pub const DEFAULT_CHECKPOINT_DELAY: Duration = Duration::from_mins(60);
