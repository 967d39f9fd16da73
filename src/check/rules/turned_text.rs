//! A text that people read in another order than programs.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::thin::thin;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::{Span, turning};

pub(super) const RULE: Rule = Rule {
    name: "turned-text",
    summary: "A text holds a character that turns the order of letters round.",
    page: include_str!("../../../content/rules/turned-text.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let text = record.text();
    let turned = turning(text.as_bytes()).filter_map(|at| {
        let c = text.get(at..)?.chars().next()?;
        let shown = c.escape_unicode();
        let message = format!("`{shown}` makes people read what follows in another order than programs");
        let finding = Diagnostic::new(RULE.name, record.path(), Span::new(at, at + c.len_utf8()), message);
        Some(finding.with_label("not seen on the screen").with_help("take it out; the site shows it by its number"))
    });
    thin(found, turned);
}
