//! A linked file that stays behind.

use crate::check::rule::{Check, Context, Rule};
use crate::check::target::{PAPER_HELP, is_paper};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::{DecisionLog, Target};
use crate::record::Record;
use crate::source::Asset;
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "unpublished-asset",
    summary: "A page links a file of a type that is not published.",
    page: include_str!("../../../content/rules/unpublished-asset.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    let links = record.outline.links.iter().map(|link| &link.target);
    let targets = links.chain(record.outline.images.iter().map(|image| &image.target));
    found.extend(targets.filter(|target| may_stay(&target.value)).filter_map(|target| staying(log, record, target)));
}

/// Whether a target might lead to a file that is not published; most lead to texts and to other sites, and need no looking up.
fn may_stay(target: &str) -> bool {
    let path = target.split('#').next().unwrap_or("");
    if path.is_empty() || path.ends_with(".md") || path.starts_with("https://") || path.starts_with("http://") {
        return false;
    }
    let path = path.split('?').next().unwrap_or("");
    let name = path.rsplit('/').next().unwrap_or("");
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    !name.is_empty() && !path.contains(':') && !Asset::is_published(extension)
}

fn staying(log: &DecisionLog, record: &Record, target: &Spanned<String>) -> Option<Diagnostic> {
    let Target::Asset(path) = log.resolve(record, &target.value) else { return None };
    let message = match path.extension() {
        "" => format!("`{path}` is not published: its name does not say of what type it is"),
        extension => format!("`{path}` is not published: no file of the type `{extension}` is"),
    };
    let finding = Diagnostic::new(RULE.name, record.path(), target.span, message).with_label("stays behind");
    Some(match is_paper(&path) {
        true => finding.with_help(PAPER_HELP),
        false => finding.with_help(format!("link one of these types instead: {}", Asset::PUBLISHED.join(", "))),
    })
}
