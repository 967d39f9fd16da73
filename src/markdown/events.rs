//! The events of the parser with whole runs of text and offsets in the file.

use super::autolink::is_identifier;
use super::options;
use super::run::Run;
use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, Event, OffsetIter, Parser};
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
        Events { source, body, parser: parser.into_offset_iter(), event: None, is_kept: false }
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
        self.event = self.parser.next();
        let Some((event, range)) = &mut self.event else { return };
        *range = range.start + self.body..range.end + self.body;
        if matches!(event, Event::InlineMath(_)) && is_money(self.source, range) {
            *event = Event::Text(CowStr::Borrowed(self.source.get(range.clone()).unwrap_or("")));
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

/// Whether dollars stand tight against a word, as in `$5-$10`: then they are money, not a formula.
fn is_money(source: &str, range: &Range<usize>) -> bool {
    let before = source.get(..range.start).and_then(|text| text.chars().next_back());
    let after = source.get(range.end..).and_then(|text| text.chars().next());
    before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric)
}
