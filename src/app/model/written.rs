//! The words that a scenario is written in: those of its file, or those that a person types beside the stage. A change made
//! by a knob changes as little of them as it takes; undoing brings the words back too.

use std::path::PathBuf;

use super::{EditError, Gesture, Model, Opened};
use crate::scenario::{Scenario, Source};

/// So many texts are remembered, as many as changes can be undone.
const MOST: usize = crate::app::history::MOST;

/// Typing that pauses for longer than this goes on as another change.
const BURST_S: f64 = 2.0;

/// A scenario's words.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// What the words were made from last; none where only we wrote it.
    base: Option<String>,
    /// As they are saved.
    saved: Option<String>,
    /// What was typed or read, and what it says, the last one last.
    known: Vec<(Scenario, String)>,
    /// Grows with every change of the scenario or of its words.
    version: u64,
    /// The version that typing led to, and when.
    typing: Option<(u64, f64)>,
    /// What is here is in no file, whatever it says.
    adrift: bool,
    was_saved: bool,
}

impl Written {
    pub(super) fn opened(text: Option<String>) -> Written {
        Written { base: text.clone(), saved: text, ..Written::default() }
    }

    fn remember(&mut self, scenario: &Scenario, text: &str) {
        self.known.retain(|(other, _)| other != scenario);
        self.known.push((scenario.clone(), text.to_owned()));
        if self.known.len() > MOST {
            self.known.remove(0);
        }
    }

    /// The scenario has changed, perhaps to one that was written before.
    pub(super) fn follow(&mut self, scenario: &Scenario) {
        self.version += 1;
        if let Some((_, text)) = self.known.iter().rev().find(|(known, _)| known == scenario) {
            self.base = Some(text.clone());
        }
    }
}

/// A scenario and its words, to be written out where there is time for it.
#[derive(Clone, Debug)]
pub struct Wording {
    scenario: Scenario,
    base: Option<String>,
}

impl Wording {
    /// The words.
    pub fn text(&self) -> String {
        match &self.base {
            Some(text) => Source::new(text.as_str(), "").updated_to(&self.scenario),
            None => self.scenario.to_ron(),
        }
    }
}

impl Model {
    /// What is written to a file: its text as it was, with what was changed.
    pub fn text(&self) -> String {
        self.wording().text()
    }

    /// The same, not written out yet.
    pub fn wording(&self) -> Wording {
        Wording { scenario: self.scenario.clone(), base: self.written.base.clone() }
    }

    /// Another one after every change of the scenario or of its words.
    pub fn text_version(&self) -> (u64, u64) {
        (self.opened_before, self.written.version)
    }

    /// Whether there are changes that are not saved, or what is here is in no file.
    pub fn is_edited(&self) -> bool {
        self.written.adrift || self.is_changed()
    }

    /// Whether it is another scenario than the one that was saved or read last, or in other words.
    pub fn is_changed(&self) -> bool {
        let Written { base, saved, .. } = &self.written;
        let reworded = || base != saved && base.as_deref() != Some(&self.saved.to_ron());
        self.scenario != self.saved || reworded()
    }

    /// Whether it was saved here and not changed since.
    pub fn is_just_saved(&self) -> bool {
        self.written.was_saved && !self.is_edited()
    }

    /// It is saved to `path` as it is now, in these words.
    pub fn saved_to(&mut self, path: PathBuf, text: String) {
        self.path = Some(path);
        self.is_in_file(text);
        self.written.was_saved = true;
    }

    /// What is here is in no file: it was found after a crash, or its file is gone.
    pub fn set_adrift(&mut self) {
        self.written.adrift = true;
    }

    /// The text as a person has written it, which says `scenario`. What is typed in one go is one change.
    ///
    /// # Errors
    /// Where it cannot be simulated; nothing has changed then.
    pub fn write(&mut self, text: String, scenario: Scenario, now_s: f64) -> Result<(), EditError> {
        let goes_on = self.is_typed() && self.written.typing.is_some_and(|(_, at_s)| now_s - at_s < BURST_S);
        if goes_on {
            self.gesture = Gesture::Held;
        }
        self.put(text, scenario, now_s)?;
        self.written.typing = Some((self.written.version, now_s));
        Ok(())
    }

    /// Whether the last change was typed.
    pub fn is_typed(&self) -> bool {
        self.written.typing.is_some_and(|(version, _)| version == self.written.version)
    }

    /// Another scenario in its own words, which was pasted.
    ///
    /// # Errors
    /// Where it cannot be simulated; nothing has changed then.
    pub fn take(&mut self, text: String, scenario: Scenario, now_s: f64) -> Result<(), EditError> {
        self.gesture = Gesture::None;
        self.put(text, scenario, now_s)
    }

    /// The file says something else now: that is shown, and can be undone.
    ///
    /// # Errors
    /// Where it cannot be simulated; nothing has changed then.
    pub fn reload(&mut self, opened: Opened, now_s: f64) -> Result<(), EditError> {
        self.gesture = Gesture::None;
        let text = opened.text.unwrap_or_else(|| opened.scenario.to_ron());
        self.put(text.clone(), opened.scenario, now_s)?;
        self.is_in_file(text);
        self.written.was_saved = false;
        Ok(())
    }

    fn put(&mut self, text: String, scenario: Scenario, now_s: f64) -> Result<(), EditError> {
        if scenario != self.scenario {
            let (before, before_text) = (self.scenario.clone(), self.text());
            self.edit(scenario, now_s)?;
            self.written.remember(&before, &before_text);
        }
        self.written.remember(&self.scenario, &text);
        self.written.base = Some(text);
        self.written.version += 1;
        Ok(())
    }

    fn is_in_file(&mut self, text: String) {
        self.saved = self.scenario.clone();
        self.written.remember(&self.scenario, &text);
        self.written.saved = Some(text.clone());
        self.written.base = Some(text);
        self.written.adrift = false;
        self.written.version += 1;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::{Part, Strategy};

    const TEXT: &str = "// mine\n(\n    fleet: (instances: 10), // ten\n    strategy: Rolling(batch: Count(3)),\n)\n";

    fn opened(text: &str) -> Opened {
        Opened { scenario: Scenario::from_ron(text, "").unwrap(), path: Some("mine.ron".into()), text: Some(text.to_owned()) }
    }

    fn model() -> Model {
        Model::new(opened(TEXT)).unwrap()
    }

    fn write(model: &mut Model, text: &str, now_s: f64) {
        model.hold(false);
        model.write(text.to_owned(), Scenario::from_ron(text, "").unwrap(), now_s).unwrap();
    }

    fn set_batch(model: &mut Model, batch: u32) {
        let strategy = Strategy::Rolling { batch: Part::Count(batch) };
        model.hold(false);
        model.edit(Scenario { strategy, ..model.scenario().clone() }, 1.0).unwrap();
    }

    #[test]
    fn a_comment_alone_is_a_change_too() {
        let mut model = model();
        assert!(!model.is_edited());
        write(&mut model, &TEXT.replace("// ten", "// ten of them"), 1.0);
        assert!(model.is_edited());
        assert!(!model.can_undo(), "the deployment is the same");
        write(&mut model, TEXT, 2.0);
        assert!(!model.is_edited());
    }

    #[test]
    fn what_is_typed_in_one_go_is_undone_at_once_with_its_words() {
        let mut model = model();
        for (instances, now_s) in [(1, 1.0), (12, 1.5), (123, 3.0)] {
            write(&mut model, &TEXT.replace("10", &instances.to_string()), now_s);
        }
        // After a pause.
        let last = TEXT.replace("10", "50").replace("ten", "fifty");
        write(&mut model, &last, 9.0);
        assert_eq!((model.scenario().fleet.instances, model.text()), (50, last.clone()));
        model.undo(10.0);
        assert_eq!((model.scenario().fleet.instances, model.text()), (123, TEXT.replace("10", "123")));
        model.undo(11.0);
        assert_eq!(model.text(), TEXT);
        assert!(!model.can_undo() && !model.is_edited());
        model.redo(12.0);
        model.redo(13.0);
        assert_eq!(model.text(), last);
    }

    #[test]
    fn a_knob_changes_what_was_typed_and_nothing_else() {
        let mut model = model();
        let typed = TEXT.replace("// ten", "// what the shop has");
        write(&mut model, &typed, 1.0);
        set_batch(&mut model, 5);
        assert_eq!(model.text(), typed.replace("Count(3)", "Count(5)"));
        // Typing on right after the knob is another change.
        write(&mut model, &typed.replace("Count(3)", "Count(4)"), 1.2);
        model.undo(2.0);
        assert_eq!(model.text(), typed.replace("Count(3)", "Count(5)"));
    }

    #[test]
    fn a_file_that_says_something_else_is_shown_and_can_be_taken_back() {
        let mut model = model();
        let new = TEXT.replace("Count(3)", "Count(2)").replace("ten", "10");
        model.reload(opened(&new), 1.0).unwrap();
        assert_eq!(model.text(), new);
        assert!(!model.is_edited());
        model.undo(2.0);
        assert_eq!(model.text(), TEXT);
        assert!(model.is_edited(), "the file says something else");
    }

    #[test]
    fn what_is_in_no_file_is_unsaved_until_it_is_saved() {
        let mut model = model();
        model.set_adrift();
        assert!(model.is_edited());
        model.saved_to("there.ron".into(), model.text());
        assert!(!model.is_edited() && model.is_just_saved());
    }

    #[test]
    fn a_scenario_without_a_text_is_written_by_us_and_back_to_it_is_unchanged() {
        let scenario = Scenario::new(10, Strategy::Rolling { batch: Part::Count(3) });
        let mut model = Model::new(Opened { scenario, path: None, text: None }).unwrap();
        let ours = model.text();
        write(&mut model, &ours.replace("Count(3)", "Count(4)"), 1.0);
        assert!(model.is_edited());
        model.undo(2.0);
        assert_eq!(model.text(), ours);
        assert!(!model.is_edited());
    }
}
