//! A text that holds more than a page can show.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "oversized-text",
    summary: "A text holds more than a page can show.",
    page: include_str!("../../../content/rules/oversized-text.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(record.outline.excess.iter().map(|excess| {
        let help = match excess.setting {
            Some(setting) => format!(
                "split the text into several pages, or raise `{setting}` under `[limits]` in `precedent.toml`; the page shows \
                 the text as it was written"
            ),
            None => "shorten it; the page shows the text as it was written".to_owned(),
        };
        let finding = Diagnostic::new(RULE.name, record.path(), excess.span, excess.message.clone());
        finding.with_label("too much from here on").with_help(help)
    }));
}
