//! Text to HTML.

use super::diagram::{Diagrams, Problem};
use super::escape::push_text;
use super::events::{Events, Piece};
use super::options::Options;
use super::outline::Outline;
use super::passage::{Reading, passages};
use super::resolve::Resolve;
use super::run::Run;
use super::tally::is_nesting;
use super::writer::{Kind, Writer, problem};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use pulldown_latex::config::DisplayMode;
use std::ops::Range;

/// A rendered text.
#[derive(Clone, Debug, Default)]
pub struct Html {
    /// The HTML of the body.
    pub body: String,
    /// The first H1, as HTML without the `h1` itself, when the text opens with one: it is left out of `body`, and shown in the page's head.
    pub title: Option<String>,
    /// What could not be drawn or set, with places in the file.
    pub problems: Vec<Problem>,
    /// Code that is shown without colours, and why.
    pub plain: Vec<Problem>,
    /// What is too large or too deep to be shown as more than text; what the outline says of that is not said again.
    pub oversized: Vec<Problem>,
    /// Whether the page holds a Mermaid source that was not drawn.
    pub undrawn: bool,
    /// The words as [`passages`] returns them, where they were asked for and the outline is not too large for them.
    pub passages: Vec<String>,
}

/// Renders `text[body..]`, whose outline is `outline` (its anchors are used).
pub fn html(
    text: &str,
    body: usize,
    outline: &Outline,
    options: &Options,
    diagrams: &Diagrams,
    links: &dyn Resolve,
) -> Html {
    if outline.is_oversized() {
        return as_text(text, body, Vec::new());
    }
    let most = options.limits.html;
    let mut writer = Writer::new(text, outline, options, diagrams, links);
    let too_much = || {
        let help = "split the text into several pages; it is shown as plain text";
        let message = format!("the text becomes more than {} MiB of HTML", most / (1024 * 1024));
        let page = as_text(text, body, vec![problem(message, &(body..body), help)]);
        let passages = if options.passages { passages(text, body) } else { Vec::new() };
        Html { passages, ..page }
    };
    let mut reading = options.passages.then(Reading::default);
    Events::new(text, body).each(|piece, _| {
        // What is too much already is thrown away.
        if writer.size() > most {
            return;
        }
        if let Some(reading) = &mut reading {
            reading.piece(&piece);
        }
        let piece = piece.kept();
        writer.count(&piece);
        if writer.skipping > 0 {
            writer.skip(&piece);
        } else if writer.image.is_some() {
            writer.alternative(piece);
        } else {
            writer.piece(piece);
        }
    });
    if writer.size() > most {
        return too_much();
    }
    // A block of code is written at its end, and footnotes at that of the text.
    let page = writer.finish();
    if page.body.len() > most {
        return too_much();
    }
    Html { passages: reading.map(|reading| reading.passages).unwrap_or_default(), ..page }
}

/// A text that holds too much, as it was written.
fn as_text(text: &str, body: usize, oversized: Vec<Problem>) -> Html {
    let mut page = String::from("<pre class=\"code\" tabindex=\"0\">");
    push_text(&mut page, text.get(body..).unwrap_or("").trim());
    page.push_str("</pre>\n");
    Html { body: page, oversized, ..Html::default() }
}

impl<'a> Writer<'a> {
    /// Counts what the outline lists too, whether it is written or not.
    fn count(&mut self, piece: &Piece<'a>) {
        match piece {
            Piece::Other(Event::Start(Tag::Heading { .. }), _) => self.headings += 1,
            Piece::Other(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))), _) => self.fences += 1,
            _ => {}
        }
    }

    fn skip(&mut self, piece: &Piece<'a>) {
        match piece {
            Piece::Other(Event::Start(_), _) => self.skipping += 1,
            Piece::Other(Event::End(_), _) => self.skipping -= 1,
            _ => {}
        }
    }

    /// Text alternatives are plain: of what stands in an image, only the text is kept.
    fn alternative(&mut self, piece: Piece<'a>) {
        let Some(image) = &mut self.image else { return };
        match piece {
            Piece::Text(run) => image.alt.push_str(&run.text),
            Piece::Other(Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text), _) => {
                image.alt.push_str(&text);
            }
            Piece::Other(Event::SoftBreak | Event::HardBreak, _) => image.alt.push(' '),
            Piece::Other(Event::Start(_), _) => image.depth += 1,
            Piece::Other(Event::End(_), _) => {
                image.depth -= 1;
                if image.depth == 0
                    && let Some(image) = self.image.take()
                {
                    self.end_image(&image);
                }
            }
            Piece::Other(..) | Piece::Html(_) => {}
        }
    }

    fn piece(&mut self, piece: Piece<'a>) {
        match piece {
            Piece::Text(run) => self.text(run),
            Piece::Html(run) => self.raw_block(&run),
            Piece::Other(Event::Start(tag), range) => self.start(tag, range),
            Piece::Other(Event::End(tag), _) => self.end(tag),
            Piece::Other(event, range) => self.leaf(event, &range),
        }
    }

    fn leaf(&mut self, event: Event<'a>, range: &Range<usize>) {
        match event {
            Event::Text(text) | Event::Html(text) => self.text(Run::new(self.source, &text, range.clone())),
            Event::Code(code) => self.inline_code(&code),
            Event::InlineMath(formula) => self.formula(&formula, DisplayMode::Inline, range),
            Event::DisplayMath(formula) => self.formula(&formula, DisplayMode::Block, range),
            Event::InlineHtml(html) => self.raw_inline(&html),
            Event::FootnoteReference(label) => self.footnotes.refer(&mut self.out, &label),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => {
                self.close_raw_paragraph();
                self.out.push_str("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        if is_nesting(&tag) && !self.may_nest(&range) {
            return;
        }
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { level, .. } => self.start_heading(level as u8),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind, range),
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.open(Kind::Flow, "<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::DefinitionList => self.open(Kind::Flow, "<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open(Kind::Phrasing, "<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open(Kind::Flow, "<dd>", "</dd>\n"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_row(true),
            Tag::TableRow => self.start_row(false),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.open(Kind::Span, "<em>", "</em>"),
            Tag::Strong => self.open(Kind::Span, "<strong>", "</strong>"),
            Tag::Strikethrough => self.open(Kind::Span, "<del>", "</del>"),
            Tag::Superscript => self.open(Kind::Span, "<sup>", "</sup>"),
            Tag::Subscript => self.open(Kind::Span, "<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title),
            Tag::Image { link_type, dest_url, title, .. } => self.start_image(link_type, dest_url, title),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_row(true),
            TagEnd::TableRow => self.end_row(false),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Link => self.end_link(),
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => self.close(),
        }
    }

    fn finish(mut self) -> Html {
        // Only raw elements without an end are still open.
        while let Some(frame) = self.frames.pop() {
            self.out.push_str(&frame.close);
        }
        self.footnotes.finish(&mut self.out);
        let Writer { out: body, title, problems, plain, oversized, undrawn, .. } = self;
        Html { body, title, problems, plain, oversized, undrawn, passages: Vec::new() }
    }
}
