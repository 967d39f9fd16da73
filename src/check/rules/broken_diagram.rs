//! A Mermaid source that does not parse.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Fence, Problem};
use crate::record::Record;

pub(super) const RULE: Rule = Rule {
    name: "broken-diagram",
    summary: "A Mermaid diagram does not parse, or cannot be drawn.",
    page: include_str!("../../../content/rules/broken-diagram.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !context.config.diagrams.draw {
        return;
    }
    for fence in &record.outline.fences {
        let problems = fence.diagram.iter().flat_map(|code| context.diagrams.check(&code.text, &context.config.limits.text));
        found.extend(problems.map(|problem| report(record, fence, problem)));
    }
}

fn report(record: &Record, fence: &Fence, problem: Problem) -> Diagnostic {
    let finding = Diagnostic::new(RULE.name, record.path(), fence.file_span(problem.span), problem.message);
    match problem.help {
        Some(help) => finding.with_help(help),
        None => finding,
    }
}
