//! What is wrong with a scenario's text, and how it is told: file, line, column, a marker, and what would be right.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

/// Beyond this column the line itself is not shown: a person did not write it, and cannot read it.
const LAST_SHOWN_COLUMN: usize = 1_000;
/// Of what is marked and of what follows it, so many bytes are shown.
const SHOWN_BYTES: usize = 300;
/// Of a person's text within a message, so many characters are shown.
const QUOTED_CHARS: usize = 40;

/// One thing that is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
    /// The line, from 1; 0 where the problem is with the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 where the problem is with the file as a whole.
    pub column: usize,
    /// Where the text is from: a file's name, or the command line's `--set PATH=VALUE`.
    file: Arc<str>,
    source: Arc<str>,
    /// What is marked, in bytes of the source.
    span: Range<usize>,
}

/// Everything that is wrong with a scenario: at least one problem, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    problems: Vec<Problem>,
}

/// A problem while a text is read: its place is still an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// What is marked, in bytes of the text.
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    pub scope: Scope,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The marked value is wrong by itself.
    Value,
    /// The marked value does not go with another one, which may still change.
    Rule,
}

impl Finding {
    pub fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding { span, message: message.into(), help: Some(help.into()), scope: Scope::Value }
    }
}

impl Problem {
    fn in_text(finding: Finding, file: &Arc<str>, source: &Arc<str>) -> Problem {
        let start = source.floor_char_boundary(finding.span.start);
        let before = source.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Problem {
            message: finding.message,
            help: finding.help,
            line: 1 + before.bytes().filter(|&b| b == b'\n').count(),
            column: 1 + before.get(line_start..).unwrap_or_default().chars().count(),
            file: Arc::clone(file),
            source: Arc::clone(source),
            span: start..finding.span.end.max(start),
        }
    }

    /// Where the text is from: a file's name, or the command line's `--set PATH=VALUE`.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line that is wrong, and which bytes of it are marked; none where the problem is with the file as a whole, or
    /// where nobody could read the line.
    pub fn excerpt(&self) -> Option<(&str, Range<usize>)> {
        (self.line > 0 && self.column <= LAST_SHOWN_COLUMN).then(|| self.marked_line())
    }

    fn render(&self, renderer: &Renderer) -> String {
        let file = visible(&self.file);
        let title = Level::ERROR.primary_title(visible(&self.message));
        let mut group = if self.line == 0 {
            title.element(Origin::path(&*file))
        } else if self.column > LAST_SHOWN_COLUMN {
            title.element(Origin::path(&*file).line(self.line).char_column(self.column))
        } else {
            let (line, marked) = self.marked_line();
            let snippet = Snippet::source(line).line_start(self.line).path(&*file);
            title.element(snippet.annotation(AnnotationKind::Primary.span(marked)))
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(visible(help)));
        }
        renderer.render(&[group])
    }

    /// The line with the marked text, without a long tail, and the marked bytes of it. A mark ends with its line.
    fn marked_line(&self) -> (&str, Range<usize>) {
        let line_start = self.source.get(..self.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let rest = self.source.get(line_start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let start = (self.span.start - line_start).min(line.len());
        let end = (self.span.end - line_start).clamp(start, line.floor_char_boundary(start + SHOWN_BYTES));
        let shown = line.floor_char_boundary(end + SHOWN_BYTES);
        (line.get(..shown).unwrap_or(line), start..end)
    }
}

impl ScenarioError {
    /// A problem with the file as a whole.
    pub(super) fn of_file(file: &str, message: impl Into<String>, help: impl Into<String>) -> ScenarioError {
        let problem = Problem {
            message: message.into(),
            help: Some(help.into()),
            line: 0,
            column: 0,
            file: file.into(),
            source: "".into(),
            span: 0..0,
        };
        ScenarioError { problems: vec![problem] }
    }

    /// What was found in a text; there is at least one finding.
    pub(super) fn of_text(file: &str, source: &str, mut findings: Vec<Finding>) -> ScenarioError {
        findings.sort_by_key(|finding| finding.span.start);
        let (file, source) = (Arc::from(file), Arc::from(source));
        ScenarioError { problems: findings.into_iter().map(|finding| Problem::in_text(finding, &file, &source)).collect() }
    }

    /// This and what another one tells.
    pub(super) fn and(mut self, other: ScenarioError) -> ScenarioError {
        self.problems.extend(other.problems);
        self
    }

    /// Everything that is wrong: at least one problem, at most [`MAX_PROBLEMS`](super::limits::MAX_PROBLEMS) of one text.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Every problem as a person reads it: what is wrong, the line with a marker, and what would be right.
    /// With `colour`, in a terminal's escape codes.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let rendered: Vec<String> = self.problems.iter().map(|problem| problem.render(&renderer)).collect();
        rendered.join("\n\n")
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for ScenarioError {}

/// A piece of a person's text within a message: in backticks, and short.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(QUOTED_CHARS).collect();
    if text.chars().nth(QUOTED_CHARS).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// The text with nothing that a terminal would act on.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
