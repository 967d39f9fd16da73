//! The shape of a text: sections, links, images, fences and mentions, each with its place in the file.

use super::prose::summary;
use crate::text::{Span, Spanned};

/// The shape of a text. All spans are offsets in the file (the body's offset is already added).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Headings in order, each with what stands under it.
    pub sections: Vec<Section>,
    /// Links in order: inline, reference, autolinks; footnotes are not links.
    pub links: Vec<MarkdownLink>,
    /// Images in order.
    pub images: Vec<Image>,
    /// References to labels that the text does not define, in order: `[text][label]` and `[label][]`, with or without a mark before
    /// that makes it an image. A label may be a record's identifier.
    pub undefined: Vec<LabelReference>,
    /// Fenced code blocks in order.
    pub fences: Vec<Fence>,
    /// Bare identifiers in prose (`ADR-0007`, `RFC-7`, `RFC-0007-A1`), outside code, links and headings' attributes.
    pub mentions: Vec<Mention>,
    /// Code of every sort: fences, indented blocks and inline code.
    pub code: Vec<Span>,
    /// HTML comments, `<!--` and `-->` included.
    pub comments: Vec<Span>,
    /// Anchors that are not headings: `<a id="x">`, `<a name="x">`, footnotes.
    pub anchors: Vec<Spanned<String>>,
    /// The first paragraph that is prose, whole, as plain text; empty when there is none.
    pub lead: String,
    /// What there is too much of; where there is any, only as much as is allowed stands above.
    pub excess: Vec<Excess>,
}

/// Something of which a text has too much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// How much there is, and how much there may be.
    pub message: String,
    /// The setting that says so; `None` where none does.
    pub setting: Option<&'static str>,
    /// The first that is too much.
    pub span: Span,
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Heading level, 1 to 6.
    pub level: u8,
    /// The heading's text without markup.
    pub title: String,
    /// Its anchor: `{#id}` when given, else by GitHub's rule, made unique.
    pub anchor: String,
    /// The heading, without the newline.
    pub heading: Span,
    /// From after the heading to the next heading of the same or a higher level.
    pub body: Span,
    /// From after the heading to the next heading of any level.
    pub own: Span,
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkForm {
    /// `[text](target)`, or a reference with a definition.
    Written,
    /// `<https://…>` or a bare address.
    Auto,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkdownLink {
    /// The whole link.
    pub span: Span,
    /// Where it leads, as written, percent escapes kept; the span covers just the target (the definition's, for a reference).
    pub target: Spanned<String>,
    /// The text without markup.
    pub text: String,
    /// How it was written.
    pub form: LinkForm,
}

/// An image.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// The whole image.
    pub span: Span,
    /// The file or address; the span covers just the target.
    pub target: Spanned<String>,
    /// The text alternative.
    pub alt: String,
}

/// A reference to a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelReference {
    /// The whole of it.
    pub span: Span,
    /// The label, without its brackets.
    pub label: Span,
}

/// A fenced code block.
#[derive(Clone, Debug, PartialEq)]
pub struct Fence {
    /// The whole block, fences included.
    pub span: Span,
    /// First word of the info string, lower-cased; empty when there is none.
    pub language: String,
    /// The code of a diagram, whose problems have a place in it; `None` for code in any other language.
    pub diagram: Option<Code>,
}

/// The code of a fence, without the indent of a list or block quote that holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    /// The code.
    pub text: String,
    /// For each of its lines, the offset in the file where it starts.
    pub line_starts: Vec<u32>,
}

/// A bare identifier in prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// As written: `ADR-7`.
    pub text: String,
    /// Its place.
    pub span: Span,
    /// The block (paragraph, cell, item) it stands in, for the sentence around it.
    pub block: Span,
}

impl Outline {
    /// The first paragraph that is prose, on one line and cut where it is long.
    pub fn summary(&self) -> String {
        summary(&self.lead)
    }

    /// Forgets what only a page shows, the first paragraph and the code of diagrams, and gives back the room that was kept for more.
    pub fn forget_what_is_shown(&mut self) {
        self.lead = String::new();
        self.fences.iter_mut().filter_map(|fence| fence.diagram.as_mut()).for_each(|code| *code = Code::default());
        self.shrink();
    }

    /// Gives back the room that was kept for more.
    pub fn shrink(&mut self) {
        self.lead.shrink_to_fit();
        self.sections.shrink_to_fit();
        self.links.shrink_to_fit();
        self.images.shrink_to_fit();
        self.undefined.shrink_to_fit();
        self.fences.shrink_to_fit();
        self.mentions.shrink_to_fit();
        self.code.shrink_to_fit();
        self.comments.shrink_to_fit();
        self.anchors.shrink_to_fit();
    }

    /// Whether the text holds too much to be more than plain text.
    pub fn is_oversized(&self) -> bool {
        !self.excess.is_empty()
    }

    /// The section whose anchor is `anchor`.
    pub fn section(&self, anchor: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.anchor == anchor)
    }

    /// Every anchor, those of headings first.
    pub fn all_anchors(&self) -> impl Iterator<Item = &str> {
        let headings = self.sections.iter().map(|section| section.anchor.as_str());
        headings.chain(self.anchors.iter().map(|anchor| anchor.value.as_str()))
    }

    /// Whether `#anchor` leads anywhere in this text.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.section(anchor).is_some() || self.anchors.iter().any(|known| known.value == anchor)
    }
}

impl LabelReference {
    /// Whether its text is its label: `[label][]`.
    pub fn is_collapsed(&self) -> bool {
        self.span.end - self.label.end > 1
    }
}

impl Fence {
    /// Where a part of a diagram's code stands in the file; the whole fence when its code is not at hand.
    pub fn file_span(&self, in_code: Span) -> Span {
        let Some(code) = &self.diagram else { return self.span };
        let length = Span::new(0, code.text.len()).end;
        let in_code = Span { start: in_code.start.min(length), end: in_code.end.min(length) };
        let start = self.file_offset(code, in_code.start);
        // The end is measured from the last byte, since the next line may stand after an indent.
        let end = if in_code.end > in_code.start { self.file_offset(code, in_code.end - 1) + 1 } else { start };
        let end = end.clamp(start, self.span.end.max(start));
        Span { start, end }
    }

    fn file_offset(&self, code: &Code, in_code: u32) -> u32 {
        let before = Span { start: 0, end: in_code }.of(&code.text);
        // After the last newline there is no line any more: that place is the end of the last one.
        let before = before.strip_suffix('\n').filter(|_| before.len() == code.text.len()).unwrap_or(before);
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
        let start = code.line_starts.get(line).copied().unwrap_or(self.span.end);
        start.saturating_add(Span::new(column, column).start).clamp(self.span.start, self.span.end)
    }
}
