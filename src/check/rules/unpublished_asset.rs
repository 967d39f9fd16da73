//! A linked file that stays behind.

use crate::check::allow::is_named;
use crate::check::rule::{Check, Context, Rule};
use crate::check::target::{is_paper, targets};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::{DecisionLog, Target};
use crate::record::{Record, is_template};
use crate::source::Asset;
use crate::text::{Location, SourcePath, Spanned};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "unpublished-asset",
    summary: "A page links a file of a type that is not published.",
    page: include_str!("../../../content/rules/unpublished-asset.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Log(check),
};

/// How many of the other places are shown.
const SHOWN: usize = 2;

/// A link or an image that leads to a file that stays behind.
type Place<'a> = (&'a Record, &'a Spanned<String>);

/// One finding for each file: a licence at the foot of every text is linked once for each, and is one matter. Drafts are judged by
/// themselves, and so is a text that allows some of it.
fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut places: BTreeMap<(SourcePath, bool), Vec<Place<'_>>> = BTreeMap::new();
    for record in log.records().iter().filter(|record| !is_template(record.path())) {
        for target in targets(record).filter(|target| may_stay(&target.value)) {
            match staying(log, record, target) {
                Some(path) if is_named(record, RULE.name) => found.extend(report(log, &path, &[(record, target)])),
                Some(path) => places.entry((path, record.front.draft)).or_default().push((record, target)),
                None => {}
            }
        }
    }
    found.extend(places.iter().filter_map(|((path, _), places)| report(log, path, places)));
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

/// The file that a target leads to, where that is not published. Whether a licence is there or not, nobody reads it on the site.
fn staying(log: &DecisionLog, record: &Record, target: &Spanned<String>) -> Option<SourcePath> {
    match log.resolve(record, &target.value) {
        Target::Asset(path) => Some(path),
        Target::Missing(path) => Some(path).filter(is_paper),
        _ => None,
    }
}

fn report(log: &DecisionLog, path: &SourcePath, places: &[Place<'_>]) -> Option<Diagnostic> {
    let ((record, target), others) = places.split_first()?;
    let is_there = log.assets().contains_key(path) || log.is_in_project(path);
    let (published, leads) = match is_there {
        true => ("is not published", "stays behind"),
        false => ("is not there, and would not be published", "leads nowhere"),
    };
    let message = match path.extension() {
        "" => format!("`{path}` {published}: its name does not say of what type it is"),
        extension => format!("`{path}` {published}: no file of the type `{extension}` is"),
    };
    let label = match others.len() {
        0 => leads.to_owned(),
        1 => format!("{leads}, and is linked once more"),
        more => format!("{leads}, and is linked {more} times more"),
    };
    let finding = Diagnostic::new(RULE.name, record.path(), target.span, message).with_label(label);
    let shown = others.iter().take(SHOWN).map(|(record, target)| Location { path: record.path().clone(), span: target.span });
    let finding = shown.fold(finding, |finding, place| finding.with_related(place, "here, too"));
    Some(match is_paper(path) {
        true => finding.with_help("link to its address on the web, where the repository shows its files"),
        false => finding.with_help(format!("link one of these types instead: {}", Asset::PUBLISHED.join(", "))),
    })
}
