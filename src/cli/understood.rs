//! What was made of a log, for people who know it and want to see whether it was understood.

use crate::record::Record;
use crate::report::{count, escape};
use crate::text::SourcePath;
use crate::workspace::Snapshot;
use std::collections::BTreeMap;

/// How many things of one sort are named.
const MOST: usize = 10;

/// Rules that report what could not be understood.
const NOT_UNDERSTOOD: [&str; 3] = ["unread-file", "malformed-front-matter", "unknown-status"];

/// Where the records are, how many there are by kind and status, and what could not be read.
pub(super) fn understood(snapshot: &Snapshot) -> String {
    let mut text = String::new();
    for root in snapshot.config.roots.iter() {
        let folder = if root.path.is_empty() { "this folder" } else { &root.path };
        let inside =
            |record: &&Record| snapshot.config.roots.holding(record.path()).is_some_and(|of| of.path == root.path);
        let records = records(snapshot).filter(inside).count();
        let prefix = if root.prefix.is_empty() { String::new() } else { format!(", as `{}-…`", root.scope()) };
        text.push_str(&format!("{folder}: {}{prefix}\n", count(records, "text")));
    }
    text.push('\n');
    for kind in &snapshot.config.kinds {
        let of_kind: Vec<&Record> = records(snapshot).filter(|record| record.kind.name == kind.name).collect();
        if of_kind.is_empty() {
            continue;
        }
        let name = if of_kind.len() == 1 { &kind.label } else { &kind.plural };
        match kind.is_chapter() {
            true => text.push_str(&format!("{} {}\n", of_kind.len(), name.to_lowercase())),
            false => text.push_str(&format!("{} {name}: {}\n", of_kind.len(), statuses(&of_kind))),
        }
    }
    let mut not_understood: BTreeMap<&SourcePath, Vec<&str>> = BTreeMap::new();
    for finding in snapshot.diagnostics.iter().filter(|finding| NOT_UNDERSTOOD.contains(&finding.rule)) {
        not_understood.entry(&finding.primary.path).or_default().push(&finding.message);
    }
    if !not_understood.is_empty() {
        text.push_str("\nNot understood:\n");
    }
    for (path, messages) in not_understood.iter().take(MOST) {
        let first = messages.first().map(|message| escape(message)).unwrap_or_default();
        let more = match messages.len() {
            0 | 1 => String::new(),
            several => format!(", and {} more", several - 1),
        };
        text.push_str(&format!("  {path}: {first}{more}\n"));
    }
    if not_understood.len() > MOST {
        let more = count(not_understood.len() - MOST, "more file");
        text.push_str(&format!("  … and {more}; `precedent check` shows them\n"));
    }
    text
}

fn records(snapshot: &Snapshot) -> impl Iterator<Item = &Record> {
    snapshot.log.records().iter().map(AsRef::as_ref)
}

/// The statuses with the number of each, the commonest first; those that are not known as they are written.
fn statuses(records: &[&Record]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        let written = || record.raw_status.as_ref().map(|raw| format!("`{}` (not known)", escape(raw.value.trim())));
        let name = record.status.as_ref().map(|status| status.label.to_lowercase()).or_else(written);
        *counts.entry(name.unwrap_or_else(|| "without a status".to_owned())).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let more = counts.len().saturating_sub(MOST);
    let mut shown: Vec<String> = counts.into_iter().take(MOST).map(|(name, count)| format!("{count} {name}")).collect();
    if more > 0 {
        shown.push(format!("{more} other statuses"));
    }
    shown.join(", ")
}
