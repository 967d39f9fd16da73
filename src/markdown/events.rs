//! The events of the parser with whole runs of text and offsets in the file.

use super::autolink::is_identifier;
use super::options;
use super::run::Run;
use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, Event, OffsetIter, Parser, Tag, TagEnd};
use std::ops::Range;

/// An event, or a run of several.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// Text in prose or in a code block.
    Text(Run<'t>),
    /// Lines of an HTML block.
    Html(Run<'t>),
    /// Anything else, with its place in the file.
    Other(Event<'t>, Range<usize>),
}

/// A piece that stays where the parser has put it: an event is large, a text has many, and few are kept.
pub(super) enum Glimpse<'e, 't> {
    /// As [`Piece::Text`].
    Text(Run<'t>),
    /// As [`Piece::Html`].
    Html(Run<'t>),
    /// As [`Piece::Other`].
    Other(&'e Event<'t>, Range<usize>),
}

/// Iterates over a text's pieces.
pub(super) struct Events<'t> {
    source: &'t str,
    body: usize,
    parser: OffsetIter<'t, Identifiers>,
    event: Option<(Event<'t>, Range<usize>)>,
    /// Whether the event has ended a run and is still to be shown itself.
    is_kept: bool,
    /// Words at the end of the heading that is being read, which the parser took for attributes.
    braces: Option<Range<usize>>,
    /// The event that comes after those words.
    next: Option<(Event<'t>, Range<usize>)>,
}

/// Lets `[RFC-0007]` without a definition through as a link to that identifier.
pub(super) struct Identifiers;

impl<'t> BrokenLinkCallback<'t> for Identifiers {
    fn handle_broken_link(&mut self, link: BrokenLink<'t>) -> Option<(CowStr<'t>, CowStr<'t>)> {
        is_identifier(&link.reference).then_some((link.reference, CowStr::Borrowed("")))
    }
}

impl<'t> Events<'t> {
    /// The pieces of `source[body..]`.
    pub(super) fn new(source: &'t str, body: usize) -> Events<'t> {
        let text = source.get(body..).unwrap_or("");
        let parser = Parser::new_with_broken_link_callback(text, options::parser(), Some(Identifiers));
        Events {
            source,
            body,
            parser: parser.into_offset_iter(),
            event: None,
            is_kept: false,
            braces: None,
            next: None,
        }
    }

    /// Where a reference definition stands in the file, when there is one.
    pub(super) fn definition(&self, label: &str) -> Option<Range<usize>> {
        let definition = self.parser.reference_definitions().get(label)?;
        Some(definition.span.start + self.body..definition.span.end + self.body)
    }

    /// The next piece.
    pub(super) fn glimpse(&mut self) -> Option<Glimpse<'_, 't>> {
        if !std::mem::take(&mut self.is_kept) {
            self.read();
        }
        let run = |text: &str, range: &Range<usize>| Run::new(self.source, text, range.clone());
        match &self.event {
            Some((Event::Text(text), range)) => {
                let run = run(text, range);
                return Some(Glimpse::Text(self.text(run)));
            }
            Some((Event::Html(html), range)) => {
                let run = run(html, range);
                return Some(Glimpse::Html(self.html(run)));
            }
            _ => {}
        }
        self.event.as_ref().map(|(event, range)| Glimpse::Other(event, range.clone()))
    }

    fn read(&mut self) {
        if self.next.is_some() {
            self.event = self.next.take();
            return;
        }
        self.event = self.parser.next();
        let Some((event, range)) = &mut self.event else { return };
        *range = range.start + self.body..range.end + self.body;
        match event {
            Event::InlineMath(_) if is_money(self.source, range) => {
                *event = Event::Text(CowStr::Borrowed(self.source.get(range.clone()).unwrap_or("")));
            }
            // Attributes are an anchor, classes and values; a template's `{title of option 1}` is words, and shown as such.
            Event::Start(Tag::Heading { id, classes, attrs, .. }) if attrs.iter().any(|(_, value)| value.is_none()) => {
                self.braces = braces(self.source, range);
                *id = None;
                classes.clear();
                attrs.clear();
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(words) = self.braces.take() {
                    let text = CowStr::Borrowed(self.source.get(words.clone()).unwrap_or(""));
                    self.next = self.event.replace((Event::Text(text), words));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, mut run: Run<'t>) -> Run<'t> {
        loop {
            self.read();
            match &self.event {
                Some((Event::Text(more), range)) => run.push(self.source, more, range.clone()),
                _ => break,
            }
        }
        self.is_kept = true;
        run
    }

    fn html(&mut self, mut run: Run<'t>) -> Run<'t> {
        loop {
            self.read();
            match &self.event {
                Some((Event::Html(more), range)) => run.push(self.source, more, range.clone()),
                _ => break,
            }
        }
        self.is_kept = true;
        run
    }
}

impl<'t> Iterator for Events<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.glimpse()? {
            Glimpse::Text(run) => Piece::Text(run),
            Glimpse::Html(run) => Piece::Html(run),
            Glimpse::Other(event, range) => Piece::Other(event.clone(), range),
        })
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
