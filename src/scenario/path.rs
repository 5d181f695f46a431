//! A scenario's text with fields set by their paths (`--set fleet.instances=12`): the text itself is edited, so that
//! comments stay, and problems are told with the setting that caused them.

mod remove;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::Scenario;
use super::error::{Finding, ScenarioError, Scope, quoted};
use super::file::text_of_file;
use super::nearest::nearest_paths;
use super::node::{self, Node, Parts, Shape};
use super::read::{self, Place, Reading};

/// The structs that are changed field by field; everything else is set as a whole.
const BY_FIELD: [&str; 4] = ["fleet", "timings", "load_balancer", "load_balancer.health_check"];

/// Whether a change of the field at `path` replaces its whole value.
fn is_set_whole(path: &str) -> bool {
    let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
    !path.is_empty() && !BY_FIELD.contains(&path) && (parent.is_empty() || BY_FIELD.contains(&parent))
}

/// The indentation of a field below its struct.
const INDENT: &str = "    ";

/// The text of a scenario, and what was set in it.
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    file_name: String,
    settings: Vec<Setting>,
}

/// A value that was set, and where it stands in the text now.
#[derive(Clone, Debug)]
struct Setting {
    path: String,
    span: Range<usize>,
}

impl Source {
    /// A scenario's text, which is not read yet. `file_name` is what problems call it.
    pub fn new(text: impl Into<String>, file_name: impl Into<String>) -> Source {
        let text: String = text.into();
        Source { text: read::without_mark(&text).to_owned(), file_name: file_name.into(), settings: Vec::new() }
    }

    /// The text of a scenario file of at most [`MAX_FILE_BYTES`](super::limits::MAX_FILE_BYTES).
    ///
    /// # Errors
    /// A file that cannot be read: none of this name, a folder, no text, empty, too large.
    pub fn from_file(path: &Path) -> Result<Source, ScenarioError> {
        Ok(Source::new(text_of_file(path)?, path.display().to_string()))
    }

    /// The text with everything that was set.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Sets the field at `path` (such as `strategy.batch`) to a value in RON. A field that the text does not have is
    /// put in, with the structs around it. The text stays as it was where this fails.
    ///
    /// # Errors
    /// A path that is not known (with the nearest ones), a value that is no RON or not right for the field, or a text
    /// whose syntax is wrong. A value that does not go with another field is told by [`Source::read`], because the
    /// other one may be set next.
    pub fn set(&mut self, path: &str, value: &str) -> Result<(), ScenarioError> {
        let path = path.trim();
        let setting = format!("--set {path}={value}");
        let value_text = node::alone(value, value)
            .map_err(|finding| ScenarioError::of_text(&setting, value, vec![with_quotes(finding, path, value)]))?
            .text;
        let reading = read::read(&self.text);
        if reading.places.is_empty() {
            return read::whole(reading).map(|_| ()).map_err(|findings| self.told(findings));
        }
        let Some(place) = reading.places.get(path).filter(|_| !path.is_empty()) else {
            let source = format!("{path}={value}");
            return Err(ScenarioError::of_text(&setting, &source, vec![unknown_path(path, &reading)]));
        };
        let mut edited = self.clone();
        let span = match place {
            Place::Present { value: old, .. } => {
                edited.splice(old.clone(), value_text);
                old.start..old.start + value_text.len()
            }
            Place::Absent => edited.insert(path, value_text, &reading).map_err(|finding| self.told(vec![finding]))?,
        };
        edited.settings.push(Setting { path: path.to_owned(), span: span.clone() });
        let after = read::read(&edited.text);
        if after.places.is_empty() {
            return read::whole(after).map(|_| ()).map_err(|findings| edited.told(findings));
        }
        let of_this = |finding: &Finding| finding.scope == Scope::Value && span.start <= finding.span.start && finding.span.end <= span.end;
        let wrong: Vec<Finding> = after.findings.into_iter().filter(of_this).map(|finding| with_quotes(finding, path, value)).collect();
        if !wrong.is_empty() {
            return Err(edited.told(wrong));
        }
        *self = edited;
        Ok(())
    }

    /// Reads the scenario with everything that was set.
    ///
    /// # Errors
    /// What [`Scenario::from_ron`] refuses; a problem within a value that was set names the setting as its file.
    pub fn read(&self) -> Result<Scenario, ScenarioError> {
        read::whole(read::read(&self.text)).map_err(|findings| self.told(findings))
    }

    /// The text changed as little as it takes to say `scenario`: fields that are said already stay as they are written,
    /// with the comments around them. Where that cannot be done, the scenario is written anew.
    pub fn updated_to(&self, scenario: &Scenario) -> String {
        let Ok(before) = self.read() else { return scenario.to_ron() };
        let (old, new) = (before.to_ron(), scenario.to_ron());
        let (said_before, said_now) = (read::read(&old).places, read::read(&new).places);
        let text_of = |places: &BTreeMap<String, Place>, text: &str, path: &str| match places.get(path) {
            Some(Place::Present { value, .. }) => Some(text[value.clone()].to_owned()),
            Some(Place::Absent) | None => None,
        };
        let mut edited = self.clone();
        // What is as usual now is not said any more. Not everything can be left out: then the whole is written anew.
        for path in said_before.keys().filter(|path| is_set_whole(path)) {
            let gone = text_of(&said_before, &old, path).is_some() && text_of(&said_now, &new, path).is_none();
            if gone && !edited.remove(path) {
                return new;
            }
        }
        for path in said_now.keys().filter(|path| is_set_whole(path)) {
            if let Some(value) = text_of(&said_now, &new, path)
                && text_of(&said_before, &old, path).as_ref() != Some(&value)
                && edited.set(path, &value).is_err()
            {
                return new;
            }
        }
        match edited.read() {
            Ok(read) if read == *scenario => edited.text,
            Ok(_) | Err(_) => new,
        }
    }

    /// Findings of this text as problems: of the file, or of the innermost setting around them.
    fn told(&self, findings: Vec<Finding>) -> ScenarioError {
        let mut of_file = Vec::new();
        let mut of_settings: Vec<(usize, Vec<Finding>)> = Vec::new();
        for finding in findings {
            let around = |setting: &Setting| setting.span.start <= finding.span.start && finding.span.end <= setting.span.end;
            let innermost =
                self.settings.iter().enumerate().filter(|(_, setting)| around(setting)).min_by_key(|(_, setting)| setting.span.len());
            match innermost {
                None => of_file.push(finding),
                Some((i, _)) => match of_settings.iter_mut().find(|(of, _)| *of == i) {
                    Some((_, findings)) => findings.push(finding),
                    None => of_settings.push((i, vec![finding])),
                },
            }
        }
        let of_settings = of_settings.into_iter().filter_map(|(i, findings)| {
            let setting = self.settings.get(i)?;
            let value = self.text.get(setting.span.clone())?;
            let start = setting.span.start;
            let moved =
                findings.into_iter().map(|finding| Finding { span: finding.span.start - start..finding.span.end - start, ..finding });
            Some(ScenarioError::of_text(&format!("--set {}={value}", setting.path), value, moved.collect()))
        });
        let of_file = (!of_file.is_empty()).then(|| ScenarioError::of_text(&self.file_name, &self.text, of_file));
        of_file
            .into_iter()
            .chain(of_settings)
            .reduce(ScenarioError::and)
            .unwrap_or_else(|| ScenarioError::of_file(&self.file_name, "this is not a scenario", read::LEAST))
    }

    /// Puts a field that the text does not have into the nearest struct around it that the text has. Where its value
    /// then stands.
    fn insert(&mut self, path: &str, value: &str, reading: &Reading) -> Result<Range<usize>, Finding> {
        let mut parent = path;
        let mut names = Vec::new();
        let within = loop {
            let (before, name) = parent.rsplit_once('.').unwrap_or(("", parent));
            names.push(name);
            parent = before;
            match reading.places.get(parent) {
                Some(Place::Present { inner, .. }) => break inner.clone(),
                Some(Place::Absent) | None if parent.is_empty() => return Err(Finding::new(0..0, "this is not a scenario", read::LEAST)),
                Some(Place::Absent) | None => {}
            }
        };
        let opening = names.iter().rev().map(|name| format!("{name}: ")).collect::<Vec<_>>().join("(");
        let closing = ")".repeat(names.len() - 1);
        let gap = self.gap(within)?;
        let start = gap.at + gap.before.len() + opening.len();
        let inserted = format!("{}{opening}{value}{closing}{}", gap.before, gap.after);
        self.splice(gap.at..gap.at, &inserted);
        // Behind the new field first, so that this does not move it twice.
        if let Some(comma) = gap.comma_at {
            self.splice(comma..comma, ",");
            return Ok(start + 1..start + 1 + value.len());
        }
        Ok(start..start + value.len())
    }

    /// Where a further field of the struct at `within` goes.
    fn gap(&self, within: Range<usize>) -> Result<Gap, Finding> {
        let not_a_struct = || Finding::new(within.clone(), "there are no named fields here to add one to", read::LEAST);
        let node = Node::within(&self.text, within.clone()).ok_or_else(not_a_struct)?;
        let gap = |at: usize, before: &str, after: &str| Gap { at, before: before.to_owned(), after: after.to_owned(), comma_at: None };
        let Shape::Form { name, parts } = node.shape()? else { return Err(not_a_struct()) };
        let last = match parts {
            Parts::Bare => return Ok(gap(within.end, "(", ")")),
            Parts::Fields(fields) => fields.last().map(|field| field.value.span().end),
            Parts::Items(items) if items.is_empty() => None,
            Parts::Items(_) => return Err(not_a_struct()),
        };
        let Some(last) = last else {
            let after_name = node.text.get(name.map_or(0, str::len)..).map_or("", node::skip_space);
            return Ok(gap(within.end - after_name.len() + 1, "", ""));
        };
        // After the last value: space, comments, perhaps a comma, and the bracket.
        let closing = within.end - 1;
        let tail = self.text.get(last..closing).unwrap_or_default();
        let comma_at = (!node::skip_space(tail).starts_with(',')).then_some(last);
        Ok(match tail.rsplit_once('\n') {
            Some((_, margin)) if margin.trim().is_empty() => {
                let line = closing - margin.len();
                Gap { at: line, before: format!("{margin}{INDENT}"), after: ",\n".to_owned(), comma_at }
            }
            _ => gap(last, ", ", ""),
        })
    }

    /// Replaces a part of the text; what was set before keeps its place, or is forgotten where it is replaced.
    fn splice(&mut self, part: Range<usize>, new: &str) {
        self.text.replace_range(part.clone(), new);
        let moved = |at: usize| at - part.len() + new.len();
        self.settings.retain_mut(|setting| {
            let Range { start, end } = setting.span;
            if end <= part.start && !(part.is_empty() && start == end) {
                return true;
            }
            if start >= part.end {
                setting.span = moved(start)..moved(end);
                return true;
            }
            let around = start <= part.start && part.end <= end && setting.span != part;
            setting.span = start..moved(end.max(part.end));
            around
        });
    }
}

/// Where a new field goes, and what goes around it.
struct Gap {
    at: usize,
    before: String,
    after: String,
    /// Where the field before it still needs its comma.
    comma_at: Option<usize>,
}

/// A value that looks like a text without its quotes: a shell has taken them, or a person left them out.
fn with_quotes(finding: Finding, path: &str, value: &str) -> Finding {
    let value = value.trim();
    let bare = !value.is_empty() && !value.contains(['"', '(', ')', '[', ']', '\'', '\\', ',']);
    let wants_quotes = finding.message.contains("after the end") || finding.help.as_deref().is_some_and(|help| help.contains("`\""));
    if !bare || !wants_quotes || value.parse::<f64>().is_ok() {
        return finding;
    }
    Finding { help: Some(format!("a duration or a text needs quotes: --set '{path}=\"{value}\"'")), ..finding }
}

fn unknown_path(path: &str, reading: &Reading) -> Finding {
    let known = || reading.places.keys().map(String::as_str).filter(|known| !known.is_empty());
    let near = nearest_paths(path, known());
    let help = if near.is_empty() {
        // What the nearest struct around it holds.
        let mut parent = path;
        loop {
            parent = parent.rsplit_once('.').map_or("", |(before, _)| before);
            let held: Vec<&str> = known().filter(|known| known.rsplit_once('.').map_or("", |(before, _)| before) == parent).collect();
            if !held.is_empty() {
                break format!("known here: {}", held.join(", "));
            }
            if parent.is_empty() {
                break format!("see {}", read::LEAST);
            }
        }
    } else {
        let near: Vec<String> = near.into_iter().map(|path| format!("`{path}`")).collect();
        format!("did you mean {}?", near.join(" or "))
    };
    Finding::new(0..path.len(), format!("there is no field {}", quoted(path)), help)
}
