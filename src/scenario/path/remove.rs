//! Takes a field out of a scenario's text, with its comma and, where nothing else is on it, its line. Comments stay.

use std::ops::Range;

use super::super::node::{Field, Node, Parts, Shape};
use super::super::read::{self, Place};
use super::Source;

impl Source {
    /// Takes the field at `path` out, where the text has it. Whether the text is without it then.
    pub(super) fn remove(&mut self, path: &str) -> bool {
        let places = read::read(&self.text).places;
        match places.get(path) {
            Some(Place::Present { .. }) => {}
            Some(Place::Absent) | None => return true,
        }
        let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
        let Some(Place::Present { inner, .. }) = places.get(parent) else { return false };
        let Some(part) = part_of(&self.text, inner.clone(), name) else { return false };
        self.splice(part, "");
        true
    }
}

/// What goes with the field `name` of the struct at `within`.
fn part_of(text: &str, within: Range<usize>, name: &str) -> Option<Range<usize>> {
    let Shape::Form { parts: Parts::Fields(fields), .. } = Node::within(text, within)?.shape().ok()? else { return None };
    let at = fields.iter().position(|field| field.name == name)?;
    let field = fields.get(at)?;
    let (start, mut end) = (field.span.0, field.value.span().end);
    let comma = text.get(end..)?.trim_start().starts_with(',');
    if comma {
        end += text.get(end..)?.find(',')? + 1;
    }
    let line = start - text.get(..start)?.rsplit('\n').next()?.len();
    let rest = text.get(end..)?.split('\n').next()?;
    let alone_before = text.get(line..start)?.trim().is_empty();
    if alone_before && rest.trim().is_empty() && end + rest.len() < text.len() {
        return Some(line..end + rest.len() + 1);
    }
    if comma {
        // Up to what comes next on the line.
        return Some(start..end + (rest.len() - rest.trim_start().len()));
    }
    // The last one takes the comma before it along, where only space is between.
    let before = before_last(text, &fields, at).filter(|between| text.get(between.clone()).is_some_and(|text| text.trim() == ","));
    Some(before.map_or(start, |between| between.start)..end)
}

/// What stands between a field and the one before it.
fn before_last(text: &str, fields: &[Field<'_>], at: usize) -> Option<Range<usize>> {
    let before = fields.get(at.checked_sub(1)?)?.value.span().end;
    let start = fields.get(at)?.span.0;
    (before <= start && start <= text.len()).then_some(before..start)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn without(text: &str, path: &str) -> String {
        let mut source = Source::new(text, "");
        assert!(source.remove(path), "{path}");
        Scenario::from_ron(source.text(), "").unwrap();
        source.text().to_owned()
    }

    #[test]
    fn a_field_goes_with_its_line_and_leaves_everything_else() {
        let text = "// a\n(\n    fleet: (instances: 10), // b\n    seed: 5,\n    // c\n    strategy: Immutable,\n)\n";
        assert_eq!(without(text, "seed"), text.replace("    seed: 5,\n", ""));
        let text = text.replace("seed: 5,", "seed: 5, // why five");
        assert_eq!(without(&text, "seed"), text.replace("seed: 5, ", ""));
    }

    #[test]
    fn on_one_line_the_comma_goes_along() {
        let text = "(fleet: (instances: 10, quota: 20), seed: 5, strategy: Immutable)";
        assert_eq!(without(text, "seed"), text.replace("seed: 5, ", ""));
        assert_eq!(without(text, "fleet.quota"), text.replace(", quota: 20", ""));
        let first = "(seed: 5, fleet: (instances: 10), strategy: Immutable)";
        assert_eq!(without(first, "seed"), first.replace("seed: 5, ", ""));
        let only = "(fleet: (instances: 10), timings: (boot: \"5s\"), strategy: Immutable)";
        assert_eq!(without(only, "timings.boot"), only.replace("boot: \"5s\"", ""));
    }

    #[test]
    fn what_is_not_there_is_removed_already() {
        let text = "(fleet: (instances: 10), strategy: Immutable)";
        assert_eq!(without(text, "alarm"), text);
        assert_eq!(without(text, "timings.boot"), text);
    }

    #[test]
    fn back_to_what_is_usual_keeps_the_comments() {
        let text = "// a\n(\n    fleet: (instances: 10, quota: 20), // b\n    traffic: Constant(500.0),\n    timings: (boot: \"5s\"),\n    strategy: Immutable,\n    timeout: \"5m\",\n)\n";
        let source = Source::new(text, "");
        let mut scenario = source.read().unwrap();
        scenario.fleet.quota = None;
        scenario.traffic = None;
        scenario.timings = crate::scenario::Timings::default();
        scenario.timeout = crate::scenario::limits::DEFAULT_TIMEOUT;
        assert_eq!(
            source.updated_to(&scenario),
            "// a\n(\n    fleet: (instances: 10), // b\n    timings: (),\n    strategy: Immutable,\n)\n"
        );
    }
}
