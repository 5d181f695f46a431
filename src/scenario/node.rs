//! A value in a scenario's text, as the `ron` crate sees it, that still knows where it stands.
//!
//! All syntax is ron's. Its `RawValue` borrows from the text, so a value's place is the distance between two pointers.

use std::fmt;
use std::ops::Range;

use ron::Error as RonError;
use ron::error::{Position, SpannedError};
use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::de::{self, Deserialize, Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::error::{Finding, quoted};

/// A value in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    /// The whole text.
    source: &'a str,
    /// The value itself, without space and comments around it.
    pub text: &'a str,
}

/// A field of a struct.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub name: &'a str,
    /// Where the name stands.
    pub span: (usize, usize),
    pub value: Node<'a>,
}

/// What a value looks like.
#[derive(Debug)]
pub(super) enum Shape<'a> {
    Text(String),
    Number,
    Bool,
    /// `None`
    Nothing,
    /// `Some(...)`
    Wrapped(Node<'a>),
    List(Vec<Node<'a>>),
    /// `Name`, `Name(...)` or `(...)`
    Form {
        name: Option<&'a str>,
        parts: Parts<'a>,
    },
    /// What no field takes: a map, a character, bytes. Its description.
    Other(&'static str),
}

/// What stands between the brackets of a form.
#[derive(Clone, Debug)]
pub(super) enum Parts<'a> {
    /// There are no brackets.
    Bare,
    Fields(Vec<Field<'a>>),
    Items(Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    fn raw(source: &'a str, raw: &'a RawValue) -> Node<'a> {
        Node { source, text: raw.trim().get_ron() }
    }

    /// A part of the same text.
    pub fn within(source: &'a str, span: Range<usize>) -> Option<Node<'a>> {
        source.get(span).map(|text| Node { source, text })
    }

    /// Where the value stands, in bytes of the whole text.
    pub fn span(&self) -> Range<usize> {
        let start = offset_in(self.source, self.text);
        start..start + self.text.len()
    }

    /// The identifier that the value begins with.
    pub fn name(&self) -> Option<&'a str> {
        let text = self.text.strip_prefix("r#").filter(|rest| !rest.starts_with(['"', '#'])).unwrap_or(self.text);
        let end = text.find(|c: char| c.is_whitespace() || matches!(c, '(' | '/' | '"' | '\'' | '#')).unwrap_or(text.len());
        let starts_as_name = |name: &&str| name.starts_with(|c: char| c == '_' || c.is_alphabetic());
        // `r"..."`, `b'...'` and the like only look like a name.
        if text.get(end..).is_some_and(|rest| rest.starts_with(['"', '\'', '#'])) {
            return None;
        }
        text.get(..end).filter(starts_as_name)
    }

    /// The value inside `Some(...)`, or this one.
    pub fn unwrapped(self) -> Node<'a> {
        match (self.name(), self.shape()) {
            (Some("Some"), Ok(Shape::Wrapped(inner))) => inner,
            _ => self,
        }
    }

    /// What the value looks like. An error is of the value's text alone; a text that [`parse`] has accepted has none.
    pub fn shape(&self) -> Result<Shape<'a>, Finding> {
        let failed = |error: SpannedError| plain_words(self.source, self.text, &error);
        if let Some(name) = self.name() {
            match name {
                "true" | "false" => return Ok(Shape::Bool),
                "inf" | "inff32" | "inff64" | "NaN" | "NaNf32" | "NaNf64" => return Ok(Shape::Number),
                _ => {}
            }
        } else {
            match self.text.bytes().next() {
                Some(b'(' | b'[') => {}
                Some(b'"' | b'r') => return ron::from_str(self.text).map(Shape::Text).map_err(failed),
                Some(b'0'..=b'9' | b'+' | b'-' | b'.') => return Ok(Shape::Number),
                Some(b'{') => return Ok(Shape::Other("a map")),
                Some(b'\'') => return Ok(Shape::Other("a character")),
                _ => return Ok(Shape::Other("bytes")),
            }
        }
        let outline = ron::Deserializer::from_str(self.text).and_then(|mut ron| {
            let outline = ron.deserialize_any(OutlineVisitor);
            outline.map_err(|code| ron.span_error(code))
        });
        let node = |raw: &'a RawValue| Node::raw(self.source, raw);
        Ok(match outline.map_err(failed)? {
            Outline::Nothing => Shape::Nothing,
            Outline::Wrapped(raw) => Shape::Wrapped(node(raw)),
            Outline::Items(items) if self.text.starts_with('[') => Shape::List(items.into_iter().map(node).collect()),
            Outline::Items(items) => Shape::Form { name: self.name(), parts: Parts::Items(items.into_iter().map(node).collect()) },
            Outline::Unit if self.text.starts_with('(') => Shape::Form { name: None, parts: Parts::Items(Vec::new()) },
            Outline::Unit => Shape::Form { name: self.name(), parts: Parts::Bare },
            Outline::Fields(fields) => {
                let field = |(name, raw): (&'a str, &'a RawValue)| {
                    let start = offset_in(self.source, name);
                    Field { name, span: (start, start + name.len()), value: node(raw) }
                };
                Shape::Form { name: self.name(), parts: Parts::Fields(fields.into_iter().map(field).collect()) }
            }
        })
    }
}

impl Shape<'_> {
    /// What the value is, for a message.
    pub fn describe(&self) -> String {
        match self {
            Shape::Text(_) => "a string".to_owned(),
            Shape::Number => "a number".to_owned(),
            Shape::Bool => "true or false".to_owned(),
            Shape::Nothing => "`None`".to_owned(),
            Shape::Wrapped(_) => "`Some(...)`".to_owned(),
            Shape::List(_) => "a list".to_owned(),
            Shape::Form { name: Some(name), .. } => quoted(name),
            Shape::Form { name: None, parts: Parts::Items(_) } => "a tuple".to_owned(),
            Shape::Form { name: None, .. } => "a struct".to_owned(),
            Shape::Other(what) => (*what).to_owned(),
        }
    }
}

/// The one value of a whole file, its syntax checked to the end.
pub(super) fn parse(source: &str) -> Result<Node<'_>, Finding> {
    let head = ron::Deserializer::from_str(source).map_err(|error| plain_words(source, source, &error))?;
    let body = head.remainder();
    let refused = head.extensions() - Extensions::IMPLICIT_SOME;
    if let Some((name, _)) = refused.iter_names().next() {
        let name = name.to_lowercase();
        let start = source.get(..source.len() - body.len()).and_then(|head| head.rfind(&name)).unwrap_or(0);
        let wrong = format!("the extension `{name}` is not for scenarios");
        return Err(Finding::new(start..start + name.len(), wrong, "leave it out; `implicit_some` is on by itself"));
    }
    alone(source, body)
}

/// The one value of a text without attributes, which is the whole of `source` or a part of it.
pub(super) fn alone<'a>(source: &'a str, text: &'a str) -> Result<Node<'a>, Finding> {
    let failed = |error: SpannedError| plain_words(source, text, &error);
    let mut ron = ron::Deserializer::from_str(text).map_err(failed)?;
    let head = text.len() - ron.remainder().len();
    if text.get(..head).is_some_and(|head| head.contains("#!")) {
        let start = offset_in(source, text);
        return Err(Finding::new(start..start + head, "an attribute stands at a file's head only", "leave it out"));
    }
    let end = match IgnoredAny::deserialize(&mut ron) {
        Ok(_) => text.len() - ron.remainder().len(),
        Err(code) => return Err(failed(ron.span_error(code))),
    };
    ron.end().map_err(|code| failed(ron.span_error(code)))?;
    let mut node = Node { source, text: text.get(head..end).unwrap_or_default() };
    // Behind a bare name ron has gone on over space and comments.
    if let Some(name) = node.name() {
        let end = offset_in(node.text, name) + name.len();
        if node.text.get(end..).is_some_and(|rest| skip_space(rest).is_empty()) {
            node.text = node.text.get(..end).unwrap_or_default();
        }
    }
    Ok(node)
}

/// The text without the space and the comments that it begins with.
pub(super) fn skip_space(text: &str) -> &str {
    ron::Deserializer::from_str(text).map_or(text, |ron| ron.remainder())
}

fn offset_in(source: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(source.as_ptr().addr()).min(source.len())
}

/// A syntax error of `text`, a part of `source`, in a person's words.
fn plain_words(source: &str, text: &str, error: &SpannedError) -> Finding {
    let Position { line, col } = error.span.end;
    let line_start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let column =
        text.get(line_start..).unwrap_or_default().char_indices().nth(col.saturating_sub(1)).map_or(text.len(), |(at, _)| line_start + at);
    let after = text.get(column..).unwrap_or_default();
    let start = offset_in(source, text);
    let at = |wrong: &str, right: &str| {
        let width = after.chars().next().map_or(0, char::len_utf8);
        Finding::new(start + column..start + column + width, wrong, right)
    };
    let number = || at("this is not a number", "a number is written like `10` or `0.5`");
    if after.trim().is_empty() && !matches!(error.code, RonError::UnclosedBlockComment) {
        // The end of the file is told where the text ends, not below it.
        let end = start + text.trim_end().len();
        return Finding::new(end..end, "the text ends too early", "every `(`, `[` and `\"` must be closed");
    }
    match &error.code {
        RonError::ExpectedComma => at("expected `,` or a closing bracket", "a `,` is missing before this, or a bracket is not closed"),
        RonError::ExpectedStructLikeEnd | RonError::ExpectedOptionEnd => at("expected `)`", "close the bracket with `)`"),
        RonError::ExpectedArrayEnd => at("expected `]`", "close the list with `]`"),
        RonError::ExpectedMapColon => at("expected `:`", "a field is written `name: value`"),
        RonError::ExpectedStringEnd => at("the string is not closed", "end it with `\"`"),
        RonError::ExpectedIdentifier | RonError::SuggestRawIdentifier(_) => at("expected a name", "a field is written `name: value`"),
        RonError::UnexpectedChar(_) => at("expected a value", "a value is a number, a string in `\"`, a name, or stands in `(` or `[`"),
        RonError::TrailingCharacters => at("there is more text after the end", "one value, and nothing behind it"),
        RonError::UnclosedBlockComment => at("the comment is not closed", "end it with `*/`"),
        RonError::InvalidEscape(_) => {
            let escape = text.get(..column).and_then(|before| before.rfind('\\')).unwrap_or(column);
            let right = "write `\\\\` for a backslash, `\\\"` for a quote, `\\n` for a new line";
            Finding::new(start + escape..start + column, "this escape is not known", right)
        }
        RonError::NoSuchExtension(_) => at("this extension is not known", "leave it out; `implicit_some` is on by itself"),
        RonError::ExpectedAttribute | RonError::ExpectedAttributeEnd => {
            at("this is not an attribute", "leave it out, or write `#![enable(implicit_some)]`")
        }
        RonError::ExceededRecursionLimit => at("brackets are nested too deeply", "a scenario needs fewer than ten levels"),
        RonError::ExpectedInteger
        | RonError::ExpectedFloat
        | RonError::FloatUnderscore
        | RonError::UnderscoreAtBeginning
        | RonError::IntegerOutOfBounds
        | RonError::InvalidIntegerDigit { .. } => number(),
        other => at(&format!("this is not RON: {other}"), "see the example scenarios"),
    }
}

/// What ron finds in a value, one level deep.
enum Outline<'de> {
    Unit,
    Nothing,
    Wrapped(&'de RawValue),
    Fields(Vec<(&'de str, &'de RawValue)>),
    Items(Vec<&'de RawValue>),
}

struct OutlineVisitor;

impl<'de> Visitor<'de> for OutlineVisitor {
    type Value = Outline<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a struct, a tuple, a list or a name")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Outline<'de>, E> {
        Ok(Outline::Unit)
    }

    fn visit_none<E: de::Error>(self) -> Result<Outline<'de>, E> {
        Ok(Outline::Nothing)
    }

    fn visit_some<D: de::Deserializer<'de>>(self, inner: D) -> Result<Outline<'de>, D::Error> {
        <&RawValue>::deserialize(inner).map(Outline::Wrapped)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Outline::Fields(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Outline<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Outline::Items(items))
    }
}
