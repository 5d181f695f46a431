//! The table of events.
