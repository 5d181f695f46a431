//! deployscope shows what a software deployment does to a running service, before anyone runs it.

#[cfg(feature = "gui")]
pub mod app;
pub mod scenario;
pub mod units;
