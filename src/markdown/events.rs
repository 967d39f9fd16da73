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

/// Iterates over a text's pieces.
pub(super) struct Events<'t> {
    source: &'t str,
    body: usize,
    parser: OffsetIter<'t, Identifiers>,
    pending: Option<(Event<'t>, Range<usize>)>,
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
        Events { source, body, parser: parser.into_offset_iter(), pending: None }
    }

    /// Where a reference definition stands in the file, when there is one.
    pub(super) fn definition(&self, label: &str) -> Option<Range<usize>> {
        let definition = self.parser.reference_definitions().get(label)?;
        Some(definition.span.start + self.body..definition.span.end + self.body)
    }

    fn take(&mut self) -> Option<(Event<'t>, Range<usize>)> {
        // Asked first: taking moves a whole event, even where there is none.
        if self.pending.is_some() {
            return self.pending.take();
        }
        // Changed in place, since an event is large and a text has many.
        let mut next = self.parser.next();
        if let Some((event, range)) = &mut next {
            *range = range.start + self.body..range.end + self.body;
            if matches!(event, Event::InlineMath(_)) && self.is_money(range) {
                *event = Event::Text(CowStr::Borrowed(self.source.get(range.clone()).unwrap_or("")));
            }
        }
        next
    }

    /// Whether dollars stand tight against a word, as in `$5-$10`: then they are money, not a formula.
    fn is_money(&self, range: &Range<usize>) -> bool {
        let before = self.source.get(..range.start).and_then(|text| text.chars().next_back());
        let after = self.source.get(range.end..).and_then(|text| text.chars().next());
        before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric)
    }

    fn text(&mut self, first: &str, range: Range<usize>) -> Run<'t> {
        let mut run = Run::new(self.source, first, range);
        while let Some((event, range)) = self.take() {
            match event {
                Event::Text(more) => run.push(self.source, &more, range),
                other => {
                    self.pending = Some((other, range));
                    break;
                }
            }
        }
        run
    }

    fn html(&mut self, first: &str, range: Range<usize>) -> Run<'t> {
        let mut run = Run::new(self.source, first, range);
        while let Some((event, range)) = self.take() {
            match event {
                Event::Html(more) => run.push(self.source, &more, range),
                other => {
                    self.pending = Some((other, range));
                    break;
                }
            }
        }
        run
    }
}

impl<'t> Iterator for Events<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let (event, range) = self.take()?;
        Some(match event {
            Event::Text(text) => Piece::Text(self.text(&text, range)),
            Event::Html(html) => Piece::Html(self.html(&html, range)),
            other => Piece::Other(other, range),
        })
    }
}
