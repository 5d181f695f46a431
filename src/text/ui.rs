//! The words on the window's controls.
