//! Code blocks, coloured, and diagrams among them.

use super::coloured::coloured;
use super::diagram::{Drawing, PLACEHOLDER, Problem};
use super::escape::{push_attribute, push_text};
use super::outline::Fence;
use super::writer::{OpenCode, Writer, problem};
use pulldown_cmark::CodeBlockKind;
use std::borrow::Cow;
use std::ops::Range;

/// The longest name of a language, in bytes.
const LONGEST_NAME: usize = 64;

impl<'a> Writer<'a> {
    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        self.close_raw_paragraph();
        let fence = kind.is_fenced().then(|| self.fences - 1);
        self.code = Some(OpenCode { fence, text: Cow::Borrowed(""), range });
    }

    pub(super) fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        let outline = self.outline;
        let fence = code.fence.and_then(|index| outline.fences.get(index));
        match fence.and_then(|fence| fence.diagram.as_ref().map(|code| (fence, code.text.as_str()))) {
            Some((fence, source)) => self.diagram(fence, source),
            None => self.code_block(fence.map_or("", |fence| fence.language.as_str()), &code.text, &code.range),
        }
    }

    fn code_block(&mut self, language: &str, text: &str, range: &Range<usize>) {
        self.out.push_str("<pre class=\"code\" tabindex=\"0\"><code");
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
        if language.len() <= LONGEST_NAME && language.chars().all(plain) {
            if !language.is_empty() {
                push_attribute(&mut self.out, "class", &format!("language-{language}"));
            }
        } else {
            let start: String = language.chars().take(LONGEST_NAME).collect();
            self.plain.push(problem(
                format!("`{}` is not the name of a language", start.escape_debug()),
                range,
                "write the language as the first word after the fence: ```rust",
            ));
        }
        self.out.push('>');
        if !self.options.highlight || !self.colour(language, text, range) {
            push_text(&mut self.out, text);
        }
        self.out.push_str("</code></pre>\n");
    }

    /// Adds code with its colours; adds nothing where it is to be shown plain.
    fn colour(&mut self, language: &str, text: &str, range: &Range<usize>) -> bool {
        let limits = &self.options.limits;
        let most = limits.code_of_page;
        let is_first = self.coloured <= most;
        if !language.is_empty() {
            self.coloured = self.coloured.saturating_add(text.len());
        }
        if !language.is_empty() && self.coloured > most {
            if is_first {
                let message = format!("the page has more than {} KiB of code to be coloured", most / 1024);
                self.plain.push(problem(message, range, "split the page; code is shown without colours from here on"));
            }
            return false;
        }
        let coloured = coloured(language, text, (self.diagrams.cache(), limits), &mut self.out);
        let refused = coloured.map_err(|reason| problem(reason, range, "split the block; it is shown without colours"));
        self.plain.extend(refused.as_ref().err().cloned());
        refused.is_ok()
    }

    fn diagram(&mut self, fence: &Fence, source: &str) {
        let drawn = if self.options.diagrams { self.diagrams.draw(source, &self.options.limits) } else { Ok(None) };
        match drawn {
            Ok(Some(drawing)) => self.drawing(&drawing, source),
            Ok(None) => {
                self.undrawn = true;
                self.mermaid_source(source);
                self.out.push('\n');
            }
            Err(problem) => self.broken_diagram(problem, fence, source),
        }
    }

    fn drawing(&mut self, drawing: &Drawing, source: &str) {
        let id = self.diagram_id();
        let light = if drawing.light_only { " diagram--light" } else { "" };
        self.out.push_str(&format!(
            "<figure class=\"diagram{light}\" aria-labelledby=\"{id}-caption\">\
             <div class=\"diagram-scroll\" role=\"group\" aria-labelledby=\"{id}-caption\" tabindex=\"0\">{}</div><figcaption id=\"{id}-caption\">",
            drawing.svg.replace(PLACEHOLDER, &id)
        ));
        push_text(&mut self.out, &drawing.title);
        self.out.push_str(
            "</figcaption><details class=\"diagram-source\"><summary>Diagram source</summary>\
             <pre tabindex=\"0\"><code class=\"language-mermaid\">",
        );
        push_text(&mut self.out, source);
        self.out.push_str("</code></pre></details></figure>\n");
    }

    fn broken_diagram(&mut self, problem: Problem, fence: &Fence, source: &str) {
        self.out.push_str("<figure class=\"diagram diagram--broken\"><p class=\"diagram-problem\">");
        push_text(&mut self.out, &problem.message);
        self.out.push_str("</p>");
        self.mermaid_source(source);
        self.out.push_str("</figure>\n");
        self.problems.push(Problem { span: fence.file_span(problem.span), ..problem });
    }

    fn mermaid_source(&mut self, source: &str) {
        self.out.push_str("<pre class=\"mermaid\">");
        push_text(&mut self.out, source);
        self.out.push_str("</pre>");
    }

    /// The first free id of `diagram-1`, `diagram-2`, …: a heading may have one of them as its anchor.
    fn diagram_id(&mut self) -> String {
        loop {
            self.figures += 1;
            let id = format!("diagram-{}", self.figures);
            if !self.outline.has_anchor(&id) && !self.outline.has_anchor(&format!("{id}-caption")) {
                return id;
            }
        }
    }
}
