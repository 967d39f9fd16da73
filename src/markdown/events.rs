//! The events of the parser with whole runs of text and offsets in the file.

use super::autolink::is_identifier;
use super::options;
use super::reference::Undefined;
use super::run::Run;
use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, Event, OffsetIter, Parser, Tag, TagEnd};
use std::ops::Range;

/// An event, or a run of several, to be kept.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// Text in prose or in a code block.
    Text(Run<'t>),
    /// Lines of an HTML block.
    Html(Run<'t>),
    /// Anything else, with its place in the file.
    Other(Event<'t>, Range<usize>),
}

/// A piece that is shown: an event is large, a text has many, and few are kept.
pub(super) enum Glimpse<'e, 't> {
    /// As [`Piece::Text`].
    Text(Run<'t>),
    /// As [`Piece::Html`].
    Html(Run<'t>),
    /// As [`Piece::Other`].
    Other(&'e Event<'t>, Range<usize>),
}

impl<'t> Glimpse<'_, 't> {
    /// The same piece, to be kept.
    pub(super) fn kept(self) -> Piece<'t> {
        match self {
            Glimpse::Text(run) => Piece::Text(run),
            Glimpse::Html(run) => Piece::Html(run),
            Glimpse::Other(event, range) => Piece::Other(event.clone(), range),
        }
    }
}

/// A text's events, to be shown piece by piece.
pub(super) struct Events<'t> {
    source: &'t str,
    body: usize,
    parser: OffsetIter<'t, Identifiers>,
}

/// Lets `[RFC-0007]` without a definition through as a link to that identifier, and notes other references where somebody asks.
pub(super) struct Identifiers(Option<Undefined>);

impl<'t> BrokenLinkCallback<'t> for Identifiers {
    fn handle_broken_link(&mut self, link: BrokenLink<'t>) -> Option<(CowStr<'t>, CowStr<'t>)> {
        if let Some(undefined) = &self.0 {
            undefined.note(&link);
        }
        is_identifier(&link.reference).then_some((link.reference, CowStr::Borrowed("")))
    }
}

impl<'t> Events<'t> {
    /// Those of `source[body..]`.
    pub(super) fn new(source: &'t str, body: usize) -> Events<'t> {
        Events::with(source, body, Identifiers(None))
    }

    /// Those of `source[body..]`; what is not defined is noted in `undefined` meanwhile.
    pub(super) fn noting(source: &'t str, body: usize, undefined: &Undefined) -> Events<'t> {
        Events::with(source, body, Identifiers(Some(undefined.clone())))
    }

    fn with(source: &'t str, body: usize, identifiers: Identifiers) -> Events<'t> {
        let text = source.get(body..).unwrap_or("");
        let parser = Parser::new_with_broken_link_callback(text, options::parser(), Some(identifiers));
        Events { source, body, parser: parser.into_offset_iter() }
    }

    /// Where a reference definition stands in the file, when there is one.
    pub(super) fn definition(&self, label: &str) -> Option<Range<usize>> {
        let definition = self.parser.reference_definitions().get(label)?;
        Some(definition.span.start + self.body..definition.span.end + self.body)
    }

    /// Shows the pieces one after the other.
    pub(super) fn each(mut self, mut show: impl FnMut(Glimpse<'_, 't>, &Events<'t>)) {
        // A run that may go on.
        let mut open: Option<Glimpse<'_, 't>> = None;
        // Words at the end of the heading that is being read, which the parser took for attributes.
        let mut words: Option<Range<usize>> = None;
        while let Some((mut event, range)) = self.parser.next() {
            let range = range.start + self.body..range.end + self.body;
            match &mut event {
                Event::InlineMath(_) if is_money(self.source, &range) => {
                    event = Event::Text(CowStr::Borrowed(self.source.get(range.clone()).unwrap_or("")));
                }
                // Attributes are an anchor, classes and values; a template's `{title of option 1}` is words, and shown as such.
                Event::Start(Tag::Heading { id, classes, attrs, .. })
                    if attrs.iter().any(|(_, value)| value.is_none()) =>
                {
                    words = braces(self.source, &range);
                    *id = None;
                    classes.clear();
                    attrs.clear();
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some(place) = words.take() {
                        let text = self.source.get(place.clone()).unwrap_or("");
                        match &mut open {
                            Some(Glimpse::Text(run)) => run.push(self.source, text, place),
                            _ => open = Some(Glimpse::Text(Run::new(self.source, text, place))),
                        }
                    }
                }
                _ => {}
            }
            match (&mut open, &event) {
                (Some(Glimpse::Text(run)), Event::Text(more)) | (Some(Glimpse::Html(run)), Event::Html(more)) => {
                    run.push(self.source, more, range);
                    continue;
                }
                _ => {}
            }
            if let Some(run) = open.take() {
                show(run, &self);
            }
            match &event {
                Event::Text(text) => open = Some(Glimpse::Text(Run::new(self.source, text, range))),
                Event::Html(html) => open = Some(Glimpse::Html(Run::new(self.source, html, range))),
                event => show(Glimpse::Other(event, range), &self),
            }
        }
        if let Some(run) = open {
            show(run, &self);
        }
    }
}

/// Where the words between braces stand that end a heading, with the blanks before them where other words are.
fn braces(source: &str, heading: &Range<usize>) -> Option<Range<usize>> {
    let written = source.get(heading.clone())?;
    let end = written.rfind('}')? + 1;
    let start = written.get(..end)?.rfind('{')?;
    let before = written.get(..start)?;
    let start = if before.trim_start_matches('#').trim().is_empty() { start } else { before.trim_end().len() };
    Some(heading.start + start..heading.start + end)
}

/// Whether dollars stand tight against a word, as in `$5-$10`: then they are money, not a formula.
fn is_money(source: &str, range: &Range<usize>) -> bool {
    let before = source.get(..range.start).and_then(|text| text.chars().next_back());
    let after = source.get(range.end..).and_then(|text| text.chars().next());
    before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric)
}
