//! What has been written of a page, and what is still open.

use super::diagram::{Diagrams, Problem};
use super::direction::has_letters_from_the_right;
use super::footnote::Footnotes;
use super::options::Options;
use super::outline::Outline;
use super::resolve::Resolve;
use crate::text::Span;
use pulldown_cmark::{Alignment, CowStr, LinkType};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// What may stand in an open element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Blocks: a quote, an item, a cell.
    Flow,
    /// Only text and spans: a paragraph, a heading.
    Phrasing,
    /// A span: emphasis, a link.
    Span,
    /// An element from raw HTML, by name.
    Raw(&'static str),
}

/// An open element.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) close: Cow<'static, str>,
}

/// A heading whose end has not come.
#[derive(Debug)]
pub(super) struct OpenHeading {
    pub(super) level: u8,
    pub(super) anchor: String,
    /// Whether it is the page's title, which is left out of the body.
    pub(super) title: bool,
}

/// A table whose end has not come.
#[derive(Debug)]
pub(super) struct OpenTable {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) head: bool,
    pub(super) has_body: bool,
    /// Where the tag of the open cell stands, and where what is in it begins.
    pub(super) cell: Range<usize>,
}

/// An image whose text alternative is being read.
#[derive(Debug)]
pub(super) struct OpenImage<'a> {
    pub(super) kind: LinkType,
    pub(super) target: CowStr<'a>,
    pub(super) title: CowStr<'a>,
    pub(super) alt: String,
    /// Open elements inside the text alternative.
    pub(super) depth: usize,
}

/// A written image that becomes a figure when its paragraph holds nothing else.
#[derive(Debug)]
pub(super) struct WrittenImage {
    pub(super) place: Range<usize>,
    /// The image without the title, which goes into the caption.
    pub(super) bare: String,
    pub(super) title: String,
}

/// A code block whose text is being read.
#[derive(Debug)]
pub(super) struct OpenCode<'a> {
    /// The number of the fence; `None` for an indented block.
    pub(super) fence: Option<usize>,
    pub(super) text: Cow<'a, str>,
    pub(super) range: Range<usize>,
}

/// Writes a page.
pub(super) struct Writer<'a> {
    pub(super) source: &'a str,
    /// What blocks with marks at their side say of the way they run.
    pub(super) direction: &'static str,
    pub(super) outline: &'a Outline,
    pub(super) options: &'a Options,
    pub(super) diagrams: &'a Diagrams,
    pub(super) links: &'a dyn Resolve,
    pub(super) out: String,
    pub(super) title: Option<String>,
    pub(super) problems: Vec<Problem>,
    pub(super) plain: Vec<Problem>,
    pub(super) oversized: Vec<Problem>,
    pub(super) undrawn: bool,
    pub(super) frames: Vec<Frame>,
    /// Pages laid aside while a footnote or the title is written.
    pub(super) aside: Vec<String>,
    pub(super) heading: Option<OpenHeading>,
    pub(super) table: Option<OpenTable>,
    pub(super) image: Option<OpenImage<'a>>,
    pub(super) code: Option<OpenCode<'a>>,
    pub(super) footnotes: Footnotes,
    pub(super) footnote_labels: Vec<String>,
    pub(super) paragraph_start: usize,
    pub(super) last_image: Option<WrittenImage>,
    /// Headings and fences so far, to find them in the outline.
    pub(super) headings: usize,
    pub(super) fences: usize,
    /// How many tables stand under headings of each title.
    pub(super) tables: BTreeMap<String, usize>,
    pub(super) figures: usize,
    /// Bytes of code that were coloured.
    pub(super) coloured: usize,
    /// Levels by which headings move down, since a page has one `h1`; known from the first heading on.
    pub(super) demotion: u8,
    /// Links that are open: there is no link in a link.
    pub(super) in_link: usize,
    /// Open elements of a part that is not written.
    pub(super) skipping: usize,
    pub(super) said_too_deep: bool,
}

impl<'a> Writer<'a> {
    /// Starts an empty page.
    pub(super) fn new(
        source: &'a str,
        outline: &'a Outline,
        options: &'a Options,
        diagrams: &'a Diagrams,
        links: &'a dyn Resolve,
    ) -> Writer<'a> {
        Writer {
            source,
            direction: if has_letters_from_the_right(source) { " dir=\"auto\"" } else { "" },
            outline,
            options,
            diagrams,
            links,
            out: String::with_capacity(source.len() + source.len() / 2),
            title: None,
            problems: Vec::new(),
            plain: Vec::new(),
            oversized: Vec::new(),
            undrawn: false,
            frames: Vec::new(),
            aside: Vec::new(),
            heading: None,
            table: None,
            image: None,
            code: None,
            footnotes: Footnotes::default(),
            footnote_labels: Vec::new(),
            paragraph_start: 0,
            last_image: None,
            headings: 0,
            fences: 0,
            tables: BTreeMap::new(),
            figures: 0,
            coloured: 0,
            demotion: 0,
            in_link: 0,
            skipping: 0,
            said_too_deep: false,
        }
    }

    /// Opens an element that Markdown asked for.
    pub(super) fn open(&mut self, kind: Kind, open: &str, close: impl Into<Cow<'static, str>>) {
        if kind != Kind::Span {
            self.close_raw_paragraph();
        }
        // Spans without end are cheap to write but dear to read: past the limit only their text is kept.
        if kind == Kind::Span && self.frames.len() >= self.options.limits.depth {
            self.frames.push(Frame { kind, close: Cow::Borrowed("") });
            return;
        }
        self.out.push_str(open);
        self.frames.push(Frame { kind, close: close.into() });
    }

    /// Closes the innermost element of Markdown and all raw ones in it.
    pub(super) fn close(&mut self) {
        while let Some(frame) = self.frames.pop() {
            self.out.push_str(&frame.close);
            if !matches!(frame.kind, Kind::Raw(_)) {
                return;
            }
        }
    }

    /// A raw `<p>` ends where another block starts, as it would in a browser.
    pub(super) fn close_raw_paragraph(&mut self) {
        if self.frames.last().is_some_and(|frame| frame.kind == Kind::Raw("p")) {
            self.frames.pop();
            self.out.push_str("</p>");
        }
    }

    /// Lays the page aside; what follows is written on its own.
    pub(super) fn lay_aside(&mut self) {
        self.aside.push(std::mem::take(&mut self.out));
    }

    /// Takes the page up again and gives what was written since.
    pub(super) fn take_up(&mut self) -> String {
        std::mem::replace(&mut self.out, self.aside.pop().unwrap_or_default())
    }

    /// How many bytes were written so far.
    pub(super) fn size(&self) -> usize {
        self.out.len() + self.aside.iter().map(String::len).sum::<usize>() + self.footnotes.size()
    }
}

/// What is wrong at a place in the file.
pub(super) fn problem(message: impl Into<String>, range: &Range<usize>, help: &str) -> Problem {
    let span = Span::new(range.start, range.end);
    Problem { message: message.into(), span, help: Some(help.to_owned()) }
}
