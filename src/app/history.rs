//! What can be undone and made again: the scenarios before and after each change.

use crate::scenario::Scenario;

/// So many changes can be undone.
pub const MOST: usize = 200;

/// The changes so far. The present scenario is between the two.
#[derive(Debug, Default)]
pub struct History {
    /// Before each change, the latest last.
    undo: Vec<Scenario>,
    /// After each change that was taken back, the first one to be made again last.
    redo: Vec<Scenario>,
}

impl History {
    /// A change was made to `before`: what was taken back before it cannot be made again.
    pub fn changed(&mut self, before: Scenario) {
        self.redo.clear();
        self.undo.push(before);
        if self.undo.len() > MOST {
            self.undo.remove(0);
        }
    }

    /// The last change turned out not to be possible: what it was made to.
    pub fn refused(&mut self) -> Option<Scenario> {
        self.undo.pop()
    }

    /// What undoing leads to.
    pub fn back(&self) -> Option<&Scenario> {
        self.undo.last()
    }

    /// What making again leads to.
    pub fn forward(&self) -> Option<&Scenario> {
        self.redo.last()
    }

    /// Takes the last change back, which led to `present`. What was before it.
    pub fn undo(&mut self, present: &Scenario) -> Option<Scenario> {
        let before = self.undo.pop()?;
        self.redo.push(present.clone());
        Some(before)
    }

    /// Makes it again, from `present`. What it leads to.
    pub fn redo(&mut self, present: &Scenario) -> Option<Scenario> {
        let after = self.redo.pop()?;
        self.undo.push(present.clone());
        Some(after)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::Strategy;

    fn of(instances: u32) -> Scenario {
        Scenario::new(instances, Strategy::AllAtOnce)
    }

    #[test]
    fn two_hundred_changes_can_be_undone_and_made_again() {
        let mut history = History::default();
        // 250 changes: from 1 to 2, ..., from 250 to 251.
        for instances in 1..=250 {
            history.changed(of(instances));
        }
        let mut present = of(251);
        for expected in (51..=250).rev() {
            present = history.undo(&present).unwrap();
            assert_eq!(present.fleet.instances, expected);
        }
        assert_eq!(history.undo(&present), None);
        for expected in 52..=251 {
            present = history.redo(&present).unwrap();
            assert_eq!(present.fleet.instances, expected);
        }
        assert_eq!(history.redo(&present), None);
    }

    #[test]
    fn a_new_change_ends_what_could_be_made_again() {
        let mut history = History::default();
        history.changed(of(1));
        let present = history.undo(&of(2)).unwrap();
        assert_eq!(history.forward(), Some(&of(2)));
        history.changed(present);
        assert_eq!((history.forward(), history.back()), (None, Some(&of(1))));
    }
}
