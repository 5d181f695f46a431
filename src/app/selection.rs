//! What a person has pinned, wherever the fleet is shown.

/// What is pinned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// An instance, by its number counted from 0.
    pub instance: Option<u32>,
}

impl Selection {
    /// Pins an instance, or lets go of it where it is pinned.
    pub fn toggle(&mut self, instance: u32) {
        self.instance = Some(instance).filter(|_| self.instance != Some(instance));
    }
}
