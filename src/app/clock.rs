//! The playhead: where it is, whether it runs, and how fast.

use crate::units::{Duration, Time};

/// A longer frame than this moves the playhead no further: after a hitch the animation goes on, it does not leap.
const LONGEST_FRAME_S: f64 = 0.1;

/// At the speed that is chosen by itself the whole takes at most so many seconds to watch.
const WATCHED_IN_S: f64 = 30.0;

/// Simulated seconds in one second of watching: 1, 2, 5, 10, 20, ...
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(u8);

impl Speed {
    /// As fast as a real deployment.
    pub const REAL: Speed = Speed(0);
    /// Two thousand million: enough for the longest run there can be, a hundred years in two seconds.
    const FASTEST: Speed = Speed(28);

    /// The factor.
    pub fn factor(self) -> u64 {
        let (tens, place) = (u32::from(self.0 / 3), self.0 % 3);
        [1, 2, 5][usize::from(place)] * 10_u64.pow(tens)
    }

    /// The next one up.
    pub fn faster(self) -> Speed {
        Speed((self.0 + 1).min(Speed::FASTEST.0))
    }

    /// The next one down.
    pub fn slower(self) -> Speed {
        Speed(self.0.saturating_sub(1))
    }

    /// The one whose factor is nearest.
    pub fn nearest(factor: u64) -> Speed {
        Speed::all().min_by_key(|speed| speed.factor().abs_diff(factor)).unwrap_or(Speed::REAL)
    }

    /// How long a deployment of `whole` takes to watch, in seconds.
    pub fn watched_in_s(self, whole: Duration) -> f64 {
        whole.as_secs_f64() / self.factor() as f64
    }

    /// The slowest at which a deployment of `whole` is watched in at most half a minute.
    pub fn fitting(whole: Duration) -> Speed {
        Speed::all().find(|speed| speed.watched_in_s(whole) <= WATCHED_IN_S).unwrap_or(Speed::FASTEST)
    }

    fn all() -> impl Iterator<Item = Speed> {
        (0..=Speed::FASTEST.0).map(Speed)
    }

    /// Those worth choosing for a deployment of `whole`: from real time, or ten below, to where it takes a second.
    pub fn offered(whole: Duration) -> Vec<Speed> {
        const MOST: usize = 10;
        let mut offered: Vec<Speed> = Speed::all().take_while(|speed| *speed == Speed::REAL || speed.watched_in_s(whole) >= 1.0).collect();
        offered.drain(..offered.len().saturating_sub(MOST));
        offered
    }
}

/// Who chose the speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    /// It follows the length of the deployment.
    ByItself,
    /// A person did.
    ByHand,
}

/// The playhead.
#[derive(Clone, Debug)]
pub struct Clock {
    t: Time,
    playing: bool,
    speed: Speed,
    chosen: Chosen,
}

impl Clock {
    /// At the start of a deployment of `whole`, running.
    pub fn playing_from_start(whole: Duration) -> Clock {
        Clock { t: Time::ZERO, playing: true, speed: Speed::fitting(whole), chosen: Chosen::ByItself }
    }

    /// The moment that is shown.
    pub fn t(&self) -> Time {
        self.t
    }

    /// Whether it runs.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// How fast it runs.
    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// A person wants this speed.
    pub fn set_speed(&mut self, speed: Speed) {
        (self.speed, self.chosen) = (speed, Chosen::ByHand);
    }

    /// The deployment now ends at `end`: the moment stays, as far as there is one.
    pub fn fit(&mut self, end: Time) {
        self.t = self.t.min(end);
        match self.chosen {
            Chosen::ByItself => self.speed = Speed::fitting(end.since(Time::ZERO)),
            Chosen::ByHand => {}
        }
    }

    /// To a moment; it runs on if it ran.
    pub fn move_to(&mut self, t: Time, end: Time) {
        self.t = t.min(end);
    }

    /// To a moment, and stands there.
    pub fn stop_at(&mut self, t: Time, end: Time) {
        self.playing = false;
        self.move_to(t, end);
    }

    /// Stops, or runs; from the start where it had reached the end.
    pub fn play_or_pause(&mut self, end: Time) {
        if self.playing {
            self.playing = false;
        } else {
            if self.t >= end {
                self.t = Time::ZERO;
            }
            self.playing = true;
        }
    }

    /// Runs from the start.
    pub fn restart(&mut self) {
        (self.t, self.playing) = (Time::ZERO, true);
    }

    /// `frame_s` seconds of watching have passed.
    pub fn tick(&mut self, frame_s: f64, end: Time) {
        if !self.playing {
            return;
        }
        self.t = self.t + Duration::from_secs_f64(frame_s.min(LONGEST_FRAME_S) * self.speed.factor() as f64);
        if self.t >= end {
            (self.t, self.playing) = (end, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Time {
        Time::ZERO + Duration::from_secs(seconds)
    }

    #[test]
    fn the_speed_fits_the_deployment() {
        let factor = |seconds| Speed::fitting(Duration::from_secs(seconds)).factor();
        // 400 s / 20 = 20 s; at 10 it would be 40 s.
        assert_eq!(factor(400), 20);
        // 80 s / 5 = 16 s; at 2 it would be 40 s.
        assert_eq!(factor(80), 5);
        assert_eq!(factor(10), 1);
        // A hundred years, 3.15e9 s, at 200 million are 16 s.
        assert_eq!(factor(36_500 * 86_400), 200_000_000);
    }

    #[test]
    fn the_speeds_on_offer_are_few_and_end_where_there_is_nothing_left_to_see() {
        let factors = |seconds| Speed::offered(Duration::from_secs(seconds)).into_iter().map(Speed::factor).collect::<Vec<_>>();
        assert_eq!(factors(400), [1, 2, 5, 10, 20, 50, 100, 200]);
        assert_eq!(factors(0), [1]);
        let long = factors(36_500 * 86_400);
        assert_eq!((long.len(), long.last().copied()), (10, Some(2_000_000_000)));
    }

    #[test]
    fn it_runs_to_the_end_and_stops_there() {
        let mut clock = Clock::playing_from_start(Duration::from_secs(400));
        clock.tick(0.05, at(400));
        // 0.05 s at 20 times
        assert_eq!(clock.t(), at(1));
        // A frame of 5 s counts as 0.1 s: 2 s more.
        clock.tick(5.0, at(400));
        assert_eq!(clock.t(), at(3));
        clock.move_to(at(399), at(400));
        clock.tick(0.1, at(400));
        assert_eq!((clock.t(), clock.is_playing()), (at(400), false));
        clock.play_or_pause(at(400));
        assert_eq!((clock.t(), clock.is_playing()), (Time::ZERO, true));
    }

    #[test]
    fn a_speed_that_a_person_chose_stays() {
        let mut clock = Clock::playing_from_start(Duration::from_secs(400));
        clock.fit(at(4_000));
        assert_eq!(clock.speed().factor(), 200);
        clock.set_speed(Speed::REAL);
        clock.fit(at(400));
        assert_eq!(clock.speed(), Speed::REAL);
    }

    #[test]
    fn a_shorter_deployment_keeps_the_moment_as_far_as_there_is_one() {
        let mut clock = Clock::playing_from_start(Duration::from_secs(400));
        clock.stop_at(at(300), at(400));
        clock.fit(at(80));
        assert_eq!(clock.t(), at(80));
    }
}
