//! How fields and variants are read: each field that is asked for makes its path known, and every problem is kept.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::error::{Finding, Scope, quoted};
use super::super::limits;
use super::super::nearest::nearest;
use super::super::node::{Field, Node, Parts, Shape};

/// Reads one text.
#[derive(Default)]
pub(in super::super) struct Reader<'a> {
    pub findings: Vec<Finding>,
    /// Every path that was asked for, and where its value stands.
    pub places: BTreeMap<String, Place>,
    text: std::marker::PhantomData<&'a str>,
}

/// Where the value of a path stands in the text.
#[derive(Clone, Debug)]
pub(in super::super) enum Place {
    /// The text does not say it.
    Absent,
    /// In bytes of the text.
    Present {
        /// The whole value.
        value: Range<usize>,
        /// The same without `Some(...)` around it.
        inner: Range<usize>,
    },
}

/// A value in the text, and what it is called.
pub(super) struct At<'a> {
    pub label: &'static str,
    /// None inside a list, where `--set` does not reach.
    pub path: Option<String>,
    pub node: Node<'a>,
}

/// What a variant's name is followed by.
pub(super) struct Body<'a> {
    pub at: At<'a>,
    pub name: &'static str,
    parts: Parts<'a>,
}

/// A variant's name, and how what follows it is read.
pub(super) type Variant<'a, T> = (&'static str, fn(&mut Reader<'a>, Body<'a>) -> Option<T>);

/// The fields of one struct while they are read.
pub(super) struct Fields<'a> {
    path: Option<String>,
    /// What the struct is called.
    label: &'static str,
    presence: Presence,
    /// Those not asked for yet.
    left: Vec<Field<'a>>,
    asked: Vec<&'static str>,
}

/// Whether a struct is in the text.
#[derive(Clone, PartialEq, Eq)]
enum Presence {
    Absent,
    /// It is there and is no struct, which has been told.
    Unreadable,
    There(Range<usize>),
}

impl Fields<'_> {
    pub fn is_absent(&self) -> bool {
        self.presence == Presence::Absent
    }
}

impl Body<'_> {
    /// Whether nothing follows the name.
    pub fn is_bare(&self) -> bool {
        match &self.parts {
            Parts::Bare => true,
            Parts::Fields(fields) => fields.is_empty(),
            Parts::Items(items) => items.is_empty(),
        }
    }
}

impl<'a> Reader<'a> {
    pub fn problem(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.keep(Finding::new(span, message, help));
    }

    /// A value that does not go with another one.
    pub fn broken_rule(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.keep(Finding { scope: Scope::Rule, ..Finding::new(span, message, help) });
    }

    fn keep(&mut self, finding: Finding) {
        if self.findings.len() < limits::MAX_PROBLEMS {
            self.findings.push(finding);
        }
    }

    /// The value is of another kind than the field takes.
    pub fn wrong_kind(&mut self, at: &At<'a>, must_be: &str) {
        if let Some(shape) = self.shape(&at.node) {
            let message = format!("`{}` must be {must_be}, not {}", at.label, shape.describe());
            self.problem(at.node.span(), message, format!("write {must_be}"));
        }
    }

    pub fn shape(&mut self, node: &Node<'a>) -> Option<Shape<'a>> {
        match node.shape() {
            Ok(shape) => Some(shape),
            Err(finding) => {
                self.keep(finding);
                None
            }
        }
    }

    /// The fields of the whole text.
    pub fn root(&mut self, node: Node<'a>) -> Fields<'a> {
        self.places.insert(String::new(), Place::Present { value: node.span(), inner: node.span() });
        self.open(At { label: "scenario", path: Some(String::new()), node })
    }

    /// The fields of a struct; there are none where it is another kind of value, which is told.
    pub fn open(&mut self, at: At<'a>) -> Fields<'a> {
        let type_name = at.label.replace('_', "");
        let (mut presence, mut left) = (Presence::Unreadable, Vec::new());
        match self.shape(&at.node) {
            // `fleet: Fleet(...)` is how Rust would write it.
            Some(Shape::Form { name, parts }) if name.is_none_or(|name| name.eq_ignore_ascii_case(&type_name)) => match parts {
                Parts::Fields(found) => (presence, left) = (Presence::There(at.node.span()), found),
                Parts::Items(items) if items.is_empty() => presence = Presence::There(at.node.span()),
                Parts::Items(_) | Parts::Bare => self.wrong_kind(&at, "named fields in `(` and `)`"),
            },
            Some(_) => self.wrong_kind(&at, "named fields in `(` and `)`"),
            None => {}
        }
        Fields { path: at.path, label: at.label, presence, left, asked: Vec::new() }
    }

    /// The fields of a struct that is a field itself. Where it is absent its fields are absent, and their paths known.
    pub fn section(&mut self, fields: &mut Fields<'a>, name: &'static str) -> Fields<'a> {
        match self.find(fields, name) {
            Some(at) => self.open(at),
            None => {
                let path = fields.path.as_deref().map(|path| join(path, name));
                Fields { path, label: name, presence: Presence::Absent, left: Vec::new(), asked: Vec::new() }
            }
        }
    }

    /// The value of a field. Asking makes its path known.
    pub fn find(&mut self, fields: &mut Fields<'a>, name: &'static str) -> Option<At<'a>> {
        fields.asked.push(name);
        let mut found: Option<Field<'a>> = None;
        let (same, left) = fields.left.drain(..).partition::<Vec<_>, _>(|field| field.name == name);
        fields.left = left;
        for field in same {
            if found.is_some() {
                self.problem(field.span.0..field.span.1, format!("`{name}` is given twice"), "leave one of them out");
            } else {
                found = Some(field);
            }
        }
        let path = fields.path.as_deref().map(|path| join(path, name));
        if let Some(path) = &path {
            let place = match &found {
                None => Place::Absent,
                Some(field) => Place::Present { value: field.value.span(), inner: field.value.unwrapped().span() },
            };
            self.places.insert(path.clone(), place);
        }
        found.map(|field| At { label: name, path, node: field.value })
    }

    /// Reads a field into its default, which stays where the text does not say it.
    pub fn read<T>(&mut self, fields: &mut Fields<'a>, name: &'static str, into: &mut T, how: impl FnOnce(&mut Self, At<'a>) -> Option<T>) {
        if let Some(value) = self.find(fields, name).and_then(|at| how(self, at)) {
            *into = value;
        }
    }

    /// Reads a field that may be `None`, `Some(...)` or the plain value.
    pub fn optional<T>(
        &mut self,
        fields: &mut Fields<'a>,
        name: &'static str,
        how: impl FnOnce(&mut Self, At<'a>) -> Option<T>,
    ) -> Option<T> {
        let at = self.find(fields, name)?;
        match self.shape(&at.node)? {
            Shape::Nothing => None,
            _ => how(self, At { node: at.node.unwrapped(), ..at }),
        }
    }

    /// Reads a field that must be there. `example` is how it is written.
    pub fn required<T>(
        &mut self,
        fields: &mut Fields<'a>,
        name: &'static str,
        example: &str,
        how: impl FnOnce(&mut Self, At<'a>) -> Option<T>,
    ) -> Option<T> {
        match self.find(fields, name) {
            Some(at) => how(self, at),
            None => {
                self.missing(fields, name, example);
                None
            }
        }
    }

    /// A field that must be there is not. Nothing to tell where its struct is missing too, or where an unknown field
    /// is most likely this one.
    pub fn missing(&mut self, fields: &Fields<'a>, name: &str, example: &str) {
        let misspelt = fields.left.iter().any(|field| nearest(field.name, [name]).is_some());
        if let Presence::There(span) = &fields.presence
            && !misspelt
        {
            self.problem(span.clone(), format!("`{}` needs the field `{name}`", fields.label), format!("add `{example}`"));
        }
    }

    /// Whatever was not asked for is not known.
    pub fn close(&mut self, fields: Fields<'a>) {
        let Fields { label, left, asked, .. } = fields;
        let kept = limits::MAX_PROBLEMS.saturating_sub(self.findings.len());
        for field in left.into_iter().take(kept) {
            let known = asked.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let known = format!("`{label}` has {known}");
            let help = match nearest(field.name, asked.iter().copied()) {
                Some(name) => format!("did you mean `{name}`? {known}"),
                None => known,
            };
            self.problem(field.span.0..field.span.1, format!("`{label}` has no field {}", quoted(field.name)), help);
        }
    }

    /// Reads a value that is one of several named variants.
    pub fn one_of<T>(&mut self, at: At<'a>, variants: &[Variant<'a, T>]) -> Option<T> {
        let known = variants.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let names = || variants.iter().map(|(name, _)| *name);
        let span = at.node.span();
        match self.shape(&at.node)? {
            Shape::Form { name: Some(name), parts } => {
                if let Some((known_name, read)) = variants.iter().find(|(known, _)| *known == name) {
                    return read(self, Body { at, name: known_name, parts });
                }
                let help = match nearest(name, names()) {
                    Some(near) => format!("did you mean `{near}`? One of {known}"),
                    None => format!("one of {known}"),
                };
                self.problem(span.start..span.start + name.len(), format!("{} is not a `{}`", quoted(name), at.label), help);
            }
            Shape::Text(text) if names().any(|name| text == name) => {
                self.problem(span, format!("`{}` is a name, not a string", at.label), format!("write `{text}` without quotes"));
            }
            shape => {
                let message = format!("`{}` must be one of its names, not {}", at.label, shape.describe());
                self.problem(span, message, format!("one of {known}"));
            }
        }
        None
    }

    /// A variant that is only a name.
    pub fn bare<T>(&mut self, body: &Body<'a>, value: T) -> Option<T> {
        if body.is_bare() {
            return Some(value);
        }
        self.problem(body.at.node.span(), format!("`{}` takes nothing in brackets", body.name), format!("write `{}`", body.name));
        None
    }

    /// The fields of a variant; `Name` and `Name()` have none. `example` is how it is written.
    pub fn fields(&mut self, body: Body<'a>, example: &str) -> Fields<'a> {
        let span = body.at.node.span();
        let mut fields =
            Fields { path: body.at.path, label: body.name, presence: Presence::There(span.clone()), left: Vec::new(), asked: Vec::new() };
        match body.parts {
            Parts::Bare => {}
            Parts::Fields(found) => fields.left = found,
            Parts::Items(items) if items.is_empty() => {}
            Parts::Items(items) => {
                let marked = items.first().map_or(span, Node::span);
                self.problem(marked, format!("`{}` names what it is told", body.name), format!("write `{example}`"));
                fields.presence = Presence::Unreadable;
            }
        }
        fields
    }

    /// The one value in a variant's brackets. `example` is how it is written.
    pub fn only(&mut self, body: Body<'a>, example: &str) -> Option<At<'a>> {
        let Body { at, name, parts } = body;
        match parts {
            Parts::Items(items) if items.len() == 1 => items.into_iter().next().map(|node| At { label: name, path: None, node }),
            Parts::Bare | Parts::Fields(_) | Parts::Items(_) => {
                self.problem(at.node.span(), format!("`{name}` takes one value in brackets"), format!("write `{example}`"));
                None
            }
        }
    }

    /// The items of a list.
    pub fn list(&mut self, at: &At<'a>) -> Option<Vec<Node<'a>>> {
        let Shape::List(items) = self.shape(&at.node)? else {
            self.wrong_kind(at, "a list in `[` and `]`");
            return None;
        };
        if items.len() > limits::MAX_LIST {
            self.problem(at.node.span(), format!("the list has {} items", items.len()), format!("at most {}", limits::MAX_LIST));
            return None;
        }
        Some(items)
    }

    /// The two values of a tuple. `example` is how it is written.
    pub fn pair(&mut self, node: Node<'a>, example: &str) -> Option<(Node<'a>, Node<'a>)> {
        if let Shape::Form { name: None, parts: Parts::Items(items) } = self.shape(&node)?
            && let [first, second] = items.as_slice()
        {
            return Some((*first, *second));
        }
        self.problem(node.span(), "a pair of values is needed here", format!("write `{example}`"));
        None
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
