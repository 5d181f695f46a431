//! The window: the look, our own widgets, and the rooms built from them.

pub mod plots;
pub mod stage;
pub mod theme;
pub mod widgets;
