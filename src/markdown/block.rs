//! Blocks: paragraphs, headings, quotes, lists, tables, footnotes.

use super::escape::{push_address, push_attribute, push_text};
use super::writer::{Kind, OpenHeading, OpenTable, Writer, problem};
use pulldown_cmark::{Alignment, BlockQuoteKind};
use std::ops::Range;

impl Writer<'_> {
    /// Whether a block may open here; if not, its source is written as text and its events are skipped.
    pub(super) fn may_nest(&mut self, range: &Range<usize>) -> bool {
        let deepest = self.options.limits.depth;
        if self.frames.len() < deepest {
            return true;
        }
        if !self.said_too_deep {
            self.said_too_deep = true;
            self.oversized.push(problem(
                format!("the text is nested more than {deepest} blocks deep"),
                range,
                "flatten the lists and quotes; the rest is shown as plain text",
            ));
        }
        self.as_text(range);
        self.skipping = 1;
        false
    }

    /// Writes a part of the source as it is.
    fn as_text(&mut self, range: &Range<usize>) {
        self.out.push_str("<p>");
        push_text(&mut self.out, self.source.get(range.clone()).unwrap_or("").trim_end());
        self.out.push_str("</p>\n");
    }

    pub(super) fn start_paragraph(&mut self) {
        self.open(Kind::Phrasing, "<p>", "</p>\n");
        self.paragraph_start = self.out.len();
        self.last_image = None;
    }

    pub(super) fn end_paragraph(&mut self) {
        let content = self.paragraph_start..self.out.len();
        match self.last_image.take() {
            Some(image) if image.place == content && !image.title.is_empty() => {
                self.frames.pop();
                self.out.truncate(content.start.saturating_sub("<p>".len()));
                self.out.push_str("<figure>");
                self.out.push_str(&image.bare);
                self.out.push_str("<figcaption>");
                push_text(&mut self.out, &image.title);
                self.out.push_str("</figcaption></figure>\n");
            }
            _ => self.close(),
        }
    }

    pub(super) fn start_heading(&mut self, level: u8) {
        let index = self.headings - 1;
        let anchor = self.outline.sections.get(index).map(|section| section.anchor.clone()).unwrap_or_default();
        let title = !self.options.keep_title && index == 0 && level == 1 && self.frames.is_empty();
        if index == 0 {
            let firsts = self.outline.sections.iter().filter(|section| section.level == 1).count();
            self.demotion = u8::from(firsts > usize::from(title));
        }
        let level = if title { 1 } else { (level + self.demotion).min(6) };
        if title {
            self.lay_aside();
            self.open(Kind::Phrasing, "", "");
        } else {
            let mut open = format!("<h{level}");
            push_attribute(&mut open, "id", &anchor);
            open.push('>');
            self.open(Kind::Phrasing, &open, "");
        }
        self.heading = Some(OpenHeading { level, anchor, title });
    }

    pub(super) fn end_heading(&mut self) {
        self.close();
        let Some(heading) = self.heading.take() else { return };
        if heading.title {
            self.title = Some(self.take_up().trim().to_owned());
            return;
        }
        self.out.push_str(" <a class=\"anchor\"");
        push_address(&mut self.out, "href", &format!("#{}", heading.anchor));
        self.out.push_str(&format!(" aria-label=\"Link to this section\">#</a></h{}>\n", heading.level));
    }

    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else { return self.open_turned("blockquote", "") };
        let name = match kind {
            BlockQuoteKind::Note => "Note",
            BlockQuoteKind::Tip => "Tip",
            BlockQuoteKind::Important => "Important",
            BlockQuoteKind::Warning => "Warning",
            BlockQuoteKind::Caution => "Caution",
        };
        let class = name.to_lowercase();
        let open = format!("<aside class=\"alert alert-{class}\"><p class=\"alert-title\">{name}</p>\n");
        self.open(Kind::Flow, &open, "</aside>\n");
    }

    pub(super) fn start_list(&mut self, first: Option<u64>) {
        match first {
            None => self.open_turned("ul", ""),
            Some(1) => self.open_turned("ol", ""),
            Some(first) => self.open_turned("ol", &format!(" start=\"{first}\"")),
        }
    }

    /// Opens a block that has its marks on the side on which its text begins.
    fn open_turned(&mut self, name: &str, attributes: &str) {
        let open = format!("<{name}{attributes}{}>\n", self.direction);
        self.open(Kind::Flow, &open, format!("</{name}>\n"));
    }

    /// The mark of a task; its item has just been opened, perhaps with a paragraph.
    pub(super) fn task(&mut self, done: bool) {
        let item = ["<li>", "<li><p>"].into_iter().find(|open| self.out.ends_with(open));
        if let Some(open) = item {
            let inside = self.out.len() - open.len() + "<li".len();
            self.out.insert_str(inside, " class=\"task\"");
            self.paragraph_start += " class=\"task\"".len();
        }
        self.out.push_str(if done {
            "<input type=\"checkbox\" disabled checked aria-label=\"done\"> "
        } else {
            "<input type=\"checkbox\" disabled aria-label=\"not done\"> "
        });
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        self.lay_aside();
        self.open(Kind::Flow, "", "");
        self.footnote_labels.push(label.to_owned());
    }

    pub(super) fn end_footnote(&mut self) {
        self.close();
        let html = self.take_up();
        let label = self.footnote_labels.pop().unwrap_or_default();
        self.footnotes.define(label, html);
    }

    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        let mut open = String::from("<div class=\"table-scroll\" role=\"region\"");
        push_attribute(&mut open, "aria-label", &self.table_name());
        open.push_str(&format!(" tabindex=\"0\"><table{}>\n", self.direction));
        self.open(Kind::Flow, &open, "</table></div>\n");
        self.table = Some(OpenTable { alignments, column: 0, head: false, has_body: false, cell: 0..0 });
    }

    /// What a table is called among the regions of the page: by the heading above it, and by number from the second one under
    /// headings of that title.
    fn table_name(&mut self) -> String {
        let section = self.headings.checked_sub(1).and_then(|at| self.outline.sections.get(at));
        let title = section.map_or("", |section| section.title.trim());
        let number = self.tables.entry(title.to_lowercase()).or_default();
        *number += 1;
        let colon = if title.is_empty() { "" } else { ": " };
        if *number == 1 { format!("Table{colon}{title}") } else { format!("Table {number}{colon}{title}") }
    }

    pub(super) fn end_table(&mut self) {
        if self.table.take().is_some_and(|table| table.has_body) {
            self.out.push_str("</tbody>");
        }
        self.close();
    }

    pub(super) fn start_row(&mut self, head: bool) {
        let Some(table) = &mut self.table else { return };
        table.column = 0;
        table.head = head;
        if head {
            self.out.push_str("<thead>");
        } else if !table.has_body {
            table.has_body = true;
            self.out.push_str("<tbody>\n");
        }
        self.out.push_str("<tr>");
    }

    pub(super) fn end_row(&mut self, head: bool) {
        self.out.push_str(if head { "</tr></thead>\n" } else { "</tr>\n" });
    }

    pub(super) fn start_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        table.column += 1;
        let (open, close) = if table.head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        self.open(Kind::Flow, open, close);
        let tag = self.out.len() - open.len();
        self.out.push_str(class);
        self.out.push('>');
        if let Some(table) = &mut self.table {
            table.cell = tag..self.out.len();
        }
    }

    /// A cell of the head in which nothing stands heads no column.
    pub(super) fn end_cell(&mut self) {
        match &self.table {
            Some(table) if table.head && table.cell.end == self.out.len() => {
                self.out.truncate(table.cell.start);
                self.out.push_str("<td></td>");
                self.frames.pop();
            }
            _ => self.close(),
        }
    }
}
