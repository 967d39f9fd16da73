//! A Mermaid source that does not parse.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Fence, Problem};
use crate::record::Record;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "broken-diagram",
    summary: "A Mermaid diagram does not parse, or cannot be drawn.",
    page: include_str!("../../../content/rules/broken-diagram.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Record, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fence in record.outline.fences.iter().filter(|fence| fence.language == "mermaid") {
        found.extend(context.diagrams.check(&fence.code).into_iter().map(|problem| report(record, fence, problem)));
    }
}

fn report(record: &Record, fence: &Fence, problem: Problem) -> Diagnostic {
    let span = in_file(fence, problem.span).unwrap_or(fence.span);
    let finding = Diagnostic::new(RULE.name, record.path(), span, problem.message);
    match problem.help {
        Some(help) => finding.with_help(help),
        None => finding,
    }
}

/// A place in the diagram's source as a place in the file.
fn in_file(fence: &Fence, span: Span) -> Option<Span> {
    let place = |offset: usize| {
        let before = fence.code.get(..offset)?;
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        Some(*fence.line_starts.get(line)? as usize + column)
    };
    Some(Span::new(place(span.range().start)?, place(span.range().end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_an_indented_diagram_are_found_in_the_file() {
        let text = "- a\n\n  ```mermaid\n  flowchart LR\n    a --> b[c\n  ```\n";
        let outline = crate::markdown::outline(text, 0);
        let fence = &outline.fences[0];
        let at = fence.code.find("b[c").unwrap();
        assert_eq!(in_file(fence, Span::new(at, at + 3)).unwrap().of(text), "b[c");
        assert_eq!(in_file(fence, Span::new(0, 9)).unwrap().of(text), "flowchart");
        assert_eq!(in_file(fence, Span::new(0, 9_999)), None);
    }
}
