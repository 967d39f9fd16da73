//! A linked file that a browser would run.

use crate::check::rule::{Check, Context, Rule};
use crate::check::target::targets;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::{DecisionLog, Target};
use crate::source::Unfit;

pub(super) const RULE: Rule = Rule {
    name: "unsafe-asset",
    summary: "A page links a file that would run in a reader's browser.",
    page: include_str!("../../../content/rules/unsafe-asset.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.2.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    for target in targets(record).filter(|target| !is_elsewhere(&target.value)) {
        let Target::Asset(path) = log.resolve(record, &target.value) else { continue };
        let Some(Unfit::Active(fault)) = log.assets().get(&path).and_then(|asset| asset.unfit.as_ref()) else { continue };
        let message = format!("`{path}` is not published: it {}", fault.0);
        let finding = Diagnostic::new(RULE.name, record.path(), target.span, message).with_label("stays behind");
        found.push(finding.with_help("take out of the file what runs, or save it as a picture of another type"));
    }
}

/// Whether a target leads to a text or to another site, as most do, and needs no looking up.
fn is_elsewhere(target: &str) -> bool {
    let path = target.split('#').next().unwrap_or("");
    path.is_empty() || path.ends_with(".md") || path.starts_with("https://") || path.starts_with("http://")
}
