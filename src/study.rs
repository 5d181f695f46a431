//! Studies: many deployments instead of one, for a decision.

mod requirement;

pub use requirement::{Requirement, Side, measure};
