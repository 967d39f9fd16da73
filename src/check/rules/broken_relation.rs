//! A relation that leads nowhere.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::log::{DecisionLog, Target};
use crate::record::{Record, Reference};
use crate::text::nearest;

pub(super) const RULE: Rule = Rule {
    name: "broken-relation",
    summary: "A relation names a record, or a part of one, that is not there.",
    page: include_str!("../../../content/rules/broken-relation.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Log(check),
};

fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for record in log.records() {
        found.extend(record.references.iter().filter_map(|reference| broken(log, record, reference)));
    }
}

fn broken(log: &DecisionLog, record: &Record, reference: &Reference) -> Option<Diagnostic> {
    let target = &reference.target;
    let key = reference.kind.key();
    let finding = |message| Diagnostic::new(RULE.name, record.path(), target.span, message);
    match log.resolve(record, &target.value) {
        Target::Missing { nearest, .. } => {
            let finding = finding(format!("`{key}` names `{}`, which is not in the log", target.value));
            Some(with_advice(finding.with_label("no such record"), log, &target.value, nearest))
        }
        Target::Outside => Some(
            finding(format!("`{key}` names `{}`, outside the project", target.value))
                .with_help("name a record by its id, or an address on the web"),
        ),
        Target::Forbidden(scheme) => Some(
            finding(format!("`{key}` may not name a `{}:` address", scheme.trim_end_matches(':')))
                .with_help("name a record by its id, or an address on the web"),
        ),
        Target::Record { record: position, anchor: Some(part) } => {
            let other = log.record(position).filter(|other| !other.outline.has_anchor(&part))?;
            let help = match nearest(&part, other.outline.sections.iter().map(|section| section.anchor.as_str())) {
                Some(near) => format!("did you mean `#{near}`?"),
                None => "name one of its headings after the `#`, or the record as a whole".to_owned(),
            };
            Some(
                finding(format!("`{}` has no part `#{part}`", other.path()))
                    .with_label("no such heading")
                    .with_help(help),
            )
        }
        Target::External(_) | Target::Record { .. } | Target::Asset(_) | Target::Page(_) => None,
    }
}

fn with_advice(finding: Diagnostic, log: &DecisionLog, written: &str, path: Option<String>) -> Diagnostic {
    let ids: Vec<String> = log.ids().map(|(id, _)| id.to_string()).collect();
    let Some(near) = nearest(written, ids.iter().map(String::as_str)).map(str::to_owned).or(path) else {
        return finding.with_help("name a record by its id, as in `\"ADR-0003\"`, or take the relation out");
    };
    let quoted = |text: &str| format!("\"{text}\"");
    let edit = Edit { path: finding.primary.path.clone(), span: finding.primary.span, text: quoted(&near) };
    let fix = Fix { title: format!("write `{near}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
    finding.with_help(format!("did you mean `{near}`?")).with_fix(fix)
}
