//! An image without words for those who cannot see it.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-alt-text",
    summary: "An image has no text alternative.",
    page: include_str!("../../../content/rules/missing-alt-text.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for image in record.outline.images.iter().filter(|image| image.alt.trim().is_empty()) {
        let message = format!("the image `{}` has no text alternative", image.target.value);
        let finding = Diagnostic::new(RULE.name, record.path(), image.span, message);
        let help = "say between the square brackets what a reader is to see in it: `![Requests per second, before and after](…)`";
        found.push(finding.with_label("says nothing to a reader who cannot see it").with_help(help));
    }
}
