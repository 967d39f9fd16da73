//! A link to a heading that is not there.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::log::{DecisionLog, Target};
use crate::markdown::Outline;
use crate::record::Record;
use crate::text::{Span, Spanned, nearest};

pub(super) const RULE: Rule = Rule {
    name: "broken-anchor",
    summary: "A link names a heading that its page does not have.",
    page: include_str!("../../../content/rules/broken-anchor.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Log(check),
};

/// How many anchors are named where none is near.
const NAMED: usize = 6;

fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for record in log.records() {
        found.extend(record.outline.links.iter().filter_map(|link| broken(log, record, &link.target)));
    }
}

fn broken(log: &DecisionLog, record: &Record, target: &Spanned<String>) -> Option<Diagnostic> {
    if !target.value.contains('#') {
        return None;
    }
    let Target::Record { record: position, anchor: Some(anchor) } = log.resolve(record, &target.value) else {
        return None;
    };
    let page = log.record(position)?;
    // Browsers know these three by themselves: the top of any page, and words to look for.
    let is_known = anchor.is_empty() || anchor == "top" || anchor.starts_with(":~:");
    if is_known || page.outline.has_anchor(&anchor) {
        return None;
    }
    let of = if page.path() == record.path() { "this page".to_owned() } else { format!("`{}`", page.path()) };
    let span = fragment(record, target.span);
    let finding = Diagnostic::new(RULE.name, record.path(), span, format!("{of} has no heading `#{anchor}`"));
    Some(with_advice(finding.with_label("leads to the top of the page"), &anchor, &page.outline))
}

fn with_advice(finding: Diagnostic, anchor: &str, outline: &Outline) -> Diagnostic {
    let headings = outline.sections.iter().map(|section| section.anchor.as_str());
    let anchors: Vec<&str> = headings.chain(outline.anchors.iter().map(|anchor| anchor.value.as_str())).collect();
    let Some(near) = nearest(anchor, anchors.iter().copied()) else {
        let named: Vec<String> = anchors.iter().take(NAMED).map(|anchor| format!("`#{anchor}`")).collect();
        return finding.with_help(match named.as_slice() {
            [] => "link to the page alone: it has no headings".to_owned(),
            _ if anchors.len() > NAMED => format!("name one of its headings: {}, …", named.join(", ")),
            _ => format!("name one of its headings: {}", named.join(", ")),
        });
    };
    let edit = Edit { path: finding.primary.path.clone(), span: finding.primary.span, text: format!("#{near}") };
    let fix = Fix { title: format!("write `#{near}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
    finding.with_help(format!("did you mean `#{near}`?")).with_fix(fix)
}

/// The part of a target from its `#` on.
fn fragment(record: &Record, target: Span) -> Span {
    let hash = target.of(record.text()).find('#').unwrap_or(0);
    Span::new(target.range().start + hash, target.range().end)
}
