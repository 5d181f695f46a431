//! The fleet, how long its instances take, and the load balancer before it.

use super::{Spread, limits};
use crate::units::Duration;

/// The instances that serve.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// How many should be in service: 1 to [`limits::MAX_INSTANCES`].
    pub instances: u32,
    /// Requests per second that one in-service instance can serve.
    pub capacity_rps: f64,
    /// The most instances that may exist at once.
    pub quota: Option<u32>,
}

impl Default for Fleet {
    fn default() -> Self {
        Fleet { instances: 10, capacity_rps: limits::DEFAULT_CAPACITY_RPS, quota: None }
    }
}

impl Fleet {
    /// Requests per second of the whole desired fleet.
    pub fn capacity_rps_total(&self) -> f64 {
        f64::from(self.instances) * self.capacity_rps
    }
}

/// How long an instance takes for each part of its update.
#[derive(Clone, Debug, PartialEq)]
pub struct Timings {
    /// From the launch of a new instance until its install begins.
    pub boot: Spread,
    /// Installing the new version.
    pub install: Spread,
    /// From the application's start until its first health check can pass.
    pub startup: Spread,
    /// How long an instance must stay healthy before the plan goes on; it serves meanwhile.
    pub settle: Duration,
}

impl Timings {
    /// Whether every instance takes the same time.
    pub fn is_fixed(&self) -> bool {
        [self.boot, self.install, self.startup].iter().all(Spread::is_fixed)
    }
}

impl Default for Timings {
    fn default() -> Self {
        Timings {
            boot: Spread::Fixed(Duration::from_secs(60)),
            install: Spread::Fixed(Duration::from_secs(30)),
            startup: Spread::Fixed(Duration::from_secs(20)),
            settle: Duration::ZERO,
        }
    }
}

/// How requests get to instances.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadBalancer {
    /// How long an instance drains: it finishes what it has and takes nothing new.
    pub deregistration_delay: Duration,
    /// When an instance counts as healthy.
    pub health_check: HealthCheck,
    /// How long one request takes; what is in flight when an instance stops is cut.
    pub in_flight: Duration,
    /// How late the load balancer learns of a change: so long it goes on sending requests to an instance that was
    /// deregistered, and so long it does not use one that was registered.
    pub propagation: Duration,
    /// What becomes of requests while every registered instance of their group is unhealthy.
    pub all_unhealthy: AllUnhealthy,
}

/// What a load balancer does while every registered instance of a group is unhealthy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AllUnhealthy {
    /// It sends requests to all of them (Elastic Load Balancing's documented default).
    #[default]
    FailOpen,
    /// It refuses requests.
    Refuse,
}

impl Default for LoadBalancer {
    fn default() -> Self {
        LoadBalancer {
            deregistration_delay: Duration::from_secs(20),
            health_check: HealthCheck::default(),
            in_flight: Duration::from_secs(2),
            propagation: Duration::ZERO,
            all_unhealthy: AllUnhealthy::FailOpen,
        }
    }
}

/// The load balancer's health check.
#[derive(Clone, Debug, PartialEq)]
pub struct HealthCheck {
    /// Time between two checks of an instance.
    pub interval: Duration,
    /// Passed checks in a row until an instance is in service.
    pub healthy_threshold: u32,
    /// Failed checks in a row until an instance is taken out.
    pub unhealthy_threshold: u32,
}

impl Default for HealthCheck {
    fn default() -> Self {
        HealthCheck { interval: Duration::from_secs(10), healthy_threshold: 3, unhealthy_threshold: 5 }
    }
}

impl HealthCheck {
    /// From the application's start-up until an instance that passes every check is in service.
    pub fn time_to_healthy(&self) -> Duration {
        self.interval.times(self.healthy_threshold)
    }
}
