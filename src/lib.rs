//! deployscope shows what a software deployment does to a running service, before anyone runs it.

pub mod scenario;
pub mod units;
