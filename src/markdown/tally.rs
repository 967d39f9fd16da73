//! What a text holds, counted against what it may hold.

use super::limits::{LONGEST_HEADING, Limits};
use super::outline::Excess;
use crate::text::Span;
use pulldown_cmark::{Tag, TagEnd};
use std::ops::Range;

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sort {
    Heading,
    Link,
    Cell,
    Footnote,
    Diagram,
}

/// How many there are of a sort, and the first that is too many.
#[derive(Clone, Debug, Default)]
struct Count {
    number: usize,
    first: Option<Span>,
}

/// Counts what a text holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    limits: Limits,
    counts: [Count; Sort::ALL.len()],
    /// The first heading that is too long.
    long: Option<Span>,
    /// Open blocks, the most that there were, and the first that is too deep.
    depth: usize,
    deepest: usize,
    deep: Option<Span>,
}

impl Sort {
    const ALL: [Sort; 5] = [Sort::Heading, Sort::Link, Sort::Cell, Sort::Footnote, Sort::Diagram];

    /// What they are called, and which setting limits them.
    fn words(self, limits: &Limits) -> (&'static str, &'static str, usize) {
        match self {
            Sort::Heading => ("headings", "headings", limits.headings),
            Sort::Link => ("links, images and ids", "links", limits.links),
            Sort::Cell => ("cells of tables", "table-cells", limits.cells),
            Sort::Footnote => ("footnotes", "footnotes", limits.footnotes),
            Sort::Diagram => ("diagrams", "diagrams", limits.diagrams),
        }
    }
}

impl Tally {
    /// Counts against some limits.
    pub(super) fn new(limits: &Limits) -> Tally {
        Tally { limits: limits.clone(), ..Tally::default() }
    }

    /// Counts one more, and says whether it may be taken up.
    pub(super) fn may(&mut self, sort: Sort, place: &Range<usize>) -> bool {
        let (_, _, most) = sort.words(&self.limits);
        let Some(count) = self.counts.get_mut(sort as usize) else { return false };
        count.number += 1;
        let may = count.number <= most;
        if !may {
            count.first.get_or_insert_with(|| Span::new(place.start, place.end));
        }
        may
    }

    /// Goes into a block.
    pub(super) fn enter(&mut self, place: &Range<usize>) {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        if self.depth > self.limits.depth {
            self.deep.get_or_insert_with(|| Span::new(place.start, place.end));
        }
    }

    /// Comes out of a block.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// How much of a heading's title may be added to, now that it has `length` bytes; `place` is the heading.
    pub(super) fn title<'t>(&mut self, length: usize, text: &'t str, place: &Range<usize>) -> &'t str {
        let room = LONGEST_HEADING.saturating_sub(length);
        if text.len() <= room {
            return text;
        }
        self.long.get_or_insert_with(|| Span::new(place.start, place.end));
        text.get(..text.floor_char_boundary(room)).unwrap_or("")
    }

    /// What there is too much of.
    pub(super) fn excess(&self) -> Vec<Excess> {
        let sorts = Sort::ALL.iter().zip(&self.counts).filter_map(|(sort, count)| {
            let span = count.first?;
            let (noun, key, most) = sort.words(&self.limits);
            let message = format!("the text has {} {noun}; it may have {most}", count.number);
            Some(Excess { message, setting: Some(key), span })
        });
        let long = self.long.map(|span| Excess {
            message: format!("the heading is longer than {LONGEST_HEADING} bytes"),
            setting: None,
            span,
        });
        let deep = self.deep.map(|span| Excess {
            message: format!("the text is nested {} blocks deep; it may be {} deep", self.deepest, self.limits.depth),
            setting: Some("block-depth"),
            span,
        });
        sorts.chain(long).chain(deep).collect()
    }
}

/// What to say of a text with more marks of punctuation and ends of lines than it may have. The parser makes less of the end of a
/// line than of a mark: it counts two thirds, unless blanks before it break the line.
pub(super) fn too_many_marks(text: &str, body: usize, most: usize) -> Option<Excess> {
    let rest = text.get(body..).filter(|rest| rest.len() > most)?.as_bytes();
    let breaks = |at: usize| at.checked_sub(2).and_then(|from| rest.get(from..at)) == Some(b"  ".as_slice());
    let weigh = |(at, byte): (usize, &u8)| match byte {
        b'\n' => 2 + usize::from(breaks(at)),
        _ => 3 * usize::from(byte.is_ascii_punctuation()),
    };
    let weights = || rest.iter().enumerate().map(weigh);
    let mut sum = 0;
    let first = weights().position(|weight| {
        sum += weight;
        sum > 3 * most
    })?;
    let number = weights().sum::<usize>().div_ceil(3);
    Some(Excess {
        message: format!("the text has {number} marks of punctuation and ends of lines; it may have {most}"),
        setting: Some("marks"),
        span: Span::new(body + first, body + first + 1),
    })
}

/// Whether an element counts as a level of blocks.
pub(super) fn is_nesting(tag: &Tag<'_>) -> bool {
    ends_nesting(tag.to_end())
}

/// Whether the end of an element is that of such a level.
pub(super) fn ends_nesting(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::Table
    )
}
