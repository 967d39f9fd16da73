//! Nothing in the file says what it is called.

use crate::check::demand::{owes_nothing, title_or_start};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::stated::states;
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-title",
    summary: "A record has neither a title in its front matter nor a first heading.",
    page: include_str!("../../../content/rules/missing-title.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // Some teams keep the title in a table above the text.
    let is_done_with = !record.format.is_native() && owes_nothing(record);
    if record.title_span.is_none() && !is_done_with && !record.malformed && record.format.has_title() && !states(record, "title") {
        let finding = Diagnostic::new(RULE.name, record.path(), title_or_start(record), "this file has no title");
        let named = if record.is_index() { "folder" } else { "file" };
        let label = format!("shown as `{}`, after the {named}'s name", record.title);
        let field = match record.head.is_empty() {
            // Who writes no front matter does not begin with it for a title.
            true => "",
            false => ", or write `title = \"…\"` into the front matter",
        };
        let help = match record.outline.sections.first().filter(|section| section.level == 1) {
            // It has a first heading, which is spoken for.
            Some(section) => format!(
                "`# {}` is the name of a section: put a heading that says what this text is about above it{field}",
                section.title
            ),
            None => format!("write a first heading `# …`{field}"),
        };
        found.push(finding.with_label(label).with_help(help));
    }
}
