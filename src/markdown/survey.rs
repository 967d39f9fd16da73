//! The one pass that reads a text's outline.

use super::autolink::{Finds, Found};
use super::destination;
use super::events::{Events, Glimpse};
use super::fence::{add_code, fence};
use super::limits::Limits;
use super::outline::{Fence, Image, LinkForm, MarkdownLink, Mention, Outline, Section};
use super::prose::is_in_braces;
use super::raw::is_allowed;
use super::reference::Undefined;
use super::run::Run;
use super::slug::{Slugs, slug};
use super::tag::{Tag as RawTag, Token, Tokens};
use super::tally::{Sort, Tally, ends_nesting, is_nesting, too_many_marks};
use crate::text::{Span, Spanned};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Reads the shape of `text[body..]`, as much of it as `limits` allow; spans are offsets in `text`.
pub fn outline(text: &str, body: usize, limits: &Limits) -> Outline {
    let excess = too_many_marks(text, body, limits.marks);
    // The parser makes a node of each mark, and another of what follows it, before it shows the first.
    let text = excess.as_ref().and_then(|excess| text.get(..excess.span.start as usize)).unwrap_or(text);
    let mut survey = Survey { source: text, tally: Tally::new(limits), ..Survey::default() };
    let undefined = Undefined::default();
    Events::noting(text, body, &undefined).each(|piece, events| match piece {
        Glimpse::Text(run) => survey.text(&run),
        Glimpse::Html(run) => survey.html(&run),
        Glimpse::Other(Event::Start(tag), range) => survey.start(tag, range),
        Glimpse::Other(Event::End(tag), range) => survey.end(*tag, range, events),
        Glimpse::Other(event, range) => survey.leaf(event, range),
    });
    let mut outline = survey.finish();
    outline.undefined = undefined.references(text, body, &outline);
    outline.excess.extend(excess);
    outline
}

/// A block that holds prose, and the first mention in it.
struct Block {
    place: Range<usize>,
    item: bool,
    mentions: usize,
}

/// A link or an image that is being read.
struct Target<'t> {
    image: bool,
    kind: LinkType,
    address: CowStr<'t>,
    label: CowStr<'t>,
    inner: usize,
    text: String,
}

/// A heading without its anchor, which is known when all of them are.
struct Heading {
    level: u8,
    title: String,
    chosen: Option<String>,
    place: Range<usize>,
}

#[derive(Default)]
struct Survey<'t> {
    source: &'t str,
    outline: Outline,
    blocks: Vec<Block>,
    targets: Vec<Target<'t>>,
    headings: Vec<Heading>,
    in_heading: bool,
    fence: Option<Fence>,
    indented: bool,
    nesting: usize,
    paragraph: Option<String>,
    tally: Tally,
}

impl<'t> Survey<'t> {
    fn start(&mut self, tag: &Tag<'t>, range: Range<usize>) {
        self.reach(range.start);
        if is_nesting(tag) {
            self.tally.enter(&range);
        }
        match tag {
            Tag::Heading { level, id, .. } => {
                let chosen = id.as_ref().map(|id| id.to_string()).filter(|id| !id.is_empty());
                if self.tally.may(Sort::Heading, &range) {
                    let (level, title, place) = (*level as u8, String::new(), range.clone());
                    self.headings.push(Heading { level, title, chosen, place });
                    self.in_heading = true;
                }
                self.open(range, false);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                self.outline.code.push(span(&range));
                let fence = fence(info, &range);
                let may = fence.diagram.is_none() || self.tally.may(Sort::Diagram, &range);
                self.fence = Some(if may { fence } else { Fence { diagram: None, ..fence } });
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.outline.code.push(span(&range));
                self.indented = true;
            }
            Tag::Link { link_type, dest_url, id, .. } => self.target(false, *link_type, (dest_url, id), range),
            Tag::Image { link_type, dest_url, id, .. } => self.target(true, *link_type, (dest_url, id), range),
            Tag::FootnoteDefinition(label) => {
                if self.tally.may(Sort::Footnote, &range) {
                    self.outline.anchors.push(Spanned::new(super::footnote::anchor(label), span(&range)));
                }
                self.nesting += 1;
            }
            Tag::Paragraph => {
                if self.nesting == 0 && self.outline.lead.trim().is_empty() {
                    self.paragraph = Some(String::with_capacity(range.len()));
                }
                self.open(range, false);
            }
            Tag::TableCell => {
                self.tally.may(Sort::Cell, &range);
                self.open(range, false);
            }
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.open(range, false),
            Tag::Item => self.open(range, true),
            Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_) | Tag::DefinitionList => {
                self.nesting += 1;
                self.end_of_item_text(range.start);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>, events: &Events<'t>) {
        let end = range.end;
        if ends_nesting(tag) {
            self.tally.leave();
        }
        match tag {
            TagEnd::Heading(_) => {
                self.in_heading = false;
                self.blocks.pop();
            }
            TagEnd::CodeBlock => {
                self.indented = false;
                self.outline.fences.extend(self.fence.take());
            }
            TagEnd::Link | TagEnd::Image => self.end_target(range, events),
            TagEnd::Paragraph => {
                self.blocks.pop();
                if let Some(paragraph) = self.paragraph.take().filter(|paragraph| !is_in_braces(paragraph)) {
                    self.outline.lead = paragraph;
                }
            }
            TagEnd::TableCell | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition | TagEnd::Item => {
                self.blocks.pop();
            }
            TagEnd::List(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Table
            | TagEnd::DefinitionList
            | TagEnd::FootnoteDefinition => {
                self.nesting = self.nesting.saturating_sub(1);
            }
            _ => {}
        }
        self.reach(end);
    }

    fn leaf(&mut self, event: &Event<'t>, range: Range<usize>) {
        self.reach(range.end);
        match event {
            Event::Code(code) => {
                self.outline.code.push(span(&range));
                self.plain(code);
            }
            Event::InlineMath(formula) | Event::DisplayMath(formula) => self.plain(formula),
            Event::SoftBreak | Event::HardBreak => self.plain(" "),
            Event::InlineHtml(_) => {
                let html = self.source.get(range.clone()).unwrap_or("");
                self.html(&Run::new(self.source, html, range));
            }
            _ => {}
        }
    }

    fn text(&mut self, run: &Run<'t>) {
        self.reach(run.span.end);
        if let Some(fence) = &mut self.fence {
            if let Some(code) = &mut fence.diagram {
                add_code(code, run);
            }
            return;
        }
        if self.indented {
            return;
        }
        self.plain(&run.text);
        if self.targets.is_empty() {
            for (found, part) in Finds::new(&run.text) {
                self.found(found, run, part);
            }
        }
    }

    fn found(&mut self, found: Found, run: &Run<'t>, part: Range<usize>) {
        let place = run.place(part.clone());
        if !self.tally.may(Sort::Link, &place.range()) {
            return;
        }
        let text = run.text.get(part).unwrap_or("").to_owned();
        match found {
            Found::Identifier => self.mention(text, place),
            Found::Address => {
                let target = Spanned::new(text.clone(), place);
                self.outline.links.push(MarkdownLink { span: place, target, text, form: LinkForm::Auto });
            }
        }
    }

    fn mention(&mut self, text: String, place: Span) {
        let block = self.blocks.last().map_or(place, |block| span(&block.place));
        self.outline.mentions.push(Mention { text, span: place, block });
    }

    fn html(&mut self, run: &Run<'t>) {
        for token in Tokens::new(&run.text) {
            match token {
                Token::Comment(range) => self.outline.comments.push(run.place(range)),
                Token::Tag(tag) if !tag.closing && is_allowed(&tag.name) => self.raw_tag(&tag, run),
                Token::Tag(_) | Token::Text(_) => {}
            }
        }
    }

    fn raw_tag(&mut self, tag: &RawTag, run: &Run<'t>) {
        let value = |name: &str| {
            let range = tag.attribute(name)?;
            let value = run.text.get(range.clone())?.to_owned();
            (!value.is_empty()).then(|| Spanned::new(value, run.place(range)))
        };
        let name = if tag.name == "a" { value("name") } else { None };
        let anchor = value("id").or(name);
        self.outline.anchors.extend(anchor.filter(|anchor| self.tally.may(Sort::Link, &anchor.span.range())));
        if let (true, Some(target)) = (tag.name == "img", value("src"))
            && self.tally.may(Sort::Link, &target.span.range())
        {
            let alt = value("alt").map(|alt| alt.value).unwrap_or_default();
            self.outline.images.push(Image { span: run.place(tag.range.clone()), target, alt });
        }
    }

    fn target(
        &mut self,
        image: bool,
        kind: LinkType,
        (address, label): (&CowStr<'t>, &CowStr<'t>),
        range: Range<usize>,
    ) {
        let (address, label) = (address.clone(), label.clone());
        self.targets.push(Target { image, kind, address, label, inner: range.start + 1, text: String::new() });
    }

    fn end_target(&mut self, range: Range<usize>, events: &Events<'t>) {
        let Some(target) = self.targets.pop() else { return };
        if !self.tally.may(Sort::Link, &range) {
            return;
        }
        let whole = span(&range);
        let place = match target.kind {
            LinkType::Inline | LinkType::WikiLink { .. } => {
                destination::inline(self.source, range.clone(), target.inner, &target.address)
            }
            LinkType::Autolink | LinkType::Email => Span { start: whole.start + 1, end: whole.end.saturating_sub(1) },
            LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
                return self.mention(target.address.to_string(), place_of(self.source, &range, &target.address));
            }
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => events
                .definition(&target.label)
                .map_or(whole, |definition| destination::definition(self.source, definition, &target.address)),
        };
        let form = match target.kind {
            LinkType::Autolink | LinkType::Email => LinkForm::Auto,
            _ => LinkForm::Written,
        };
        let address = match target.kind {
            LinkType::Email => format!("mailto:{}", target.address),
            _ => target.address.into_string(),
        };
        let address = Spanned::new(address, place);
        if target.image {
            self.outline.images.push(Image { span: whole, target: address, alt: target.text });
        } else {
            self.outline.links.push(MarkdownLink { span: whole, target: address, text: target.text, form });
        }
    }

    /// Adds to every text that is being collected.
    fn plain(&mut self, text: &str) {
        if self.in_heading
            && let Some(heading) = self.headings.last_mut()
        {
            heading.title.push_str(self.tally.title(heading.title.len(), text, &heading.place));
        }
        let in_image = self.targets.iter().take(2).any(|target| target.image);
        if let (Some(paragraph), false) = (&mut self.paragraph, in_image) {
            paragraph.push_str(text);
        }
        // Links hold images but not links, and an image's text may hold anything: two are enough, and keep this linear.
        for target in self.targets.iter_mut().take(2) {
            target.text.push_str(text);
        }
    }

    /// Notes how far the content of open links reaches.
    fn reach(&mut self, end: usize) {
        if let Some(target) = self.targets.last_mut() {
            target.inner = target.inner.max(end);
        }
    }

    fn open(&mut self, place: Range<usize>, item: bool) {
        self.end_of_item_text(place.start);
        self.blocks.push(Block { place, item, mentions: self.outline.mentions.len() });
    }

    /// The text of an item ends where a list or another block in it starts.
    fn end_of_item_text(&mut self, at: usize) {
        let Some(block) = self.blocks.last_mut().filter(|block| block.item) else { return };
        let end = Span::new(at, at).end;
        let whole = span(&block.place);
        for mention in self.outline.mentions.iter_mut().skip(block.mentions) {
            if mention.block == whole {
                mention.block.end = end.max(mention.span.end);
            }
        }
        block.mentions = self.outline.mentions.len();
    }

    fn finish(mut self) -> Outline {
        let mut slugs = Slugs::default();
        let ends = section_ends(&self.headings, self.source.len());
        let mut seen = std::collections::BTreeSet::new();
        self.outline.sections.reserve_exact(self.headings.len());
        for chosen in self.headings.iter().filter_map(|heading| heading.chosen.as_deref()) {
            slugs.reserve(chosen);
        }
        for (index, heading) in self.headings.iter_mut().enumerate() {
            let anchor = match heading.chosen.take() {
                Some(chosen) if seen.insert(chosen.clone()) => chosen,
                Some(chosen) => slugs.unique(chosen),
                None => slugs.unique(slug(&heading.title)),
            };
            let (own, body) = ends.get(index).copied().unwrap_or_default();
            let after = heading.place.end;
            let written = self.source.get(heading.place.clone()).unwrap_or("").trim_end();
            self.outline.sections.push(Section {
                level: heading.level,
                title: heading.title.trim().to_owned(),
                anchor,
                heading: Span::new(heading.place.start, heading.place.start + written.len()),
                body: Span::new(after, body.max(after)),
                own: Span::new(after, own.max(after)),
            });
        }
        self.outline.excess = self.tally.excess();
        self.outline
    }
}

/// For each heading, where its own text and its whole section end.
fn section_ends(headings: &[Heading], end: usize) -> Vec<(usize, usize)> {
    let mut ends = vec![(end, end); headings.len()];
    // For each level, where the next heading of that or a higher level starts.
    let mut next = [end; 6];
    let mut following = end;
    for (slot, heading) in ends.iter_mut().zip(headings).rev() {
        let level = usize::from(heading.level).clamp(1, 6);
        let closing = next.get(level - 1).copied().unwrap_or(end);
        *slot = (following, closing);
        following = heading.place.start;
        for lower in next.iter_mut().skip(level - 1) {
            *lower = heading.place.start;
        }
    }
    ends
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// The last place of `text` within `range`; the whole range when it is not there as written.
fn place_of(source: &str, range: &Range<usize>, text: &str) -> Span {
    let found = source.get(range.clone()).and_then(|written| written.rfind(text));
    found.map_or(span(range), |at| Span::new(range.start + at, range.start + at + text.len()))
}
