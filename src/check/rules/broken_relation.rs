//! A relation that leads nowhere.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::log::{DecisionLog, Target};
use crate::record::{Record, RecordId, Reference, RelationKind};
use crate::text::{is_address, nearest};
use crate::value::Data;
use std::cell::OnceCell;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "broken-relation",
    summary: "A relation names a record, or a part of one, that is not there.",
    page: include_str!("../../../content/rules/broken-relation.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    let addresses = Addresses { record, linked: OnceCell::new() };
    found.extend(record.references.iter().filter_map(|reference| broken(log, &addresses, reference)));
    found.extend(replacement(record).and_then(|reference| broken(log, &addresses, &reference)));
}

/// What a deprecation names as its replacement, where it names a record and not a system.
fn replacement(record: &Record) -> Option<Reference> {
    let target = record.front.replacement.clone()?;
    let names_record = RecordId::parse(target.value.split('#').next()?).is_some();
    names_record.then(|| Reference::new(RelationKind::ReplacedBy, target))
}

fn broken(log: &DecisionLog, addresses: &Addresses<'_>, reference: &Reference) -> Option<Diagnostic> {
    let record = addresses.record;
    let target = &reference.target;
    // Asked for only where something is wrong: it takes the head, which is laid aside.
    let key = || written_key(record, reference);
    let finding = |message| Diagnostic::new(RULE.name, record.path(), target.span, message);
    if let Some((position, part)) = log.related(record, &target.value) {
        let part = part.filter(|part| !part.is_empty())?;
        let other = log.record(position).filter(|other| !other.outline.has_anchor(&part))?;
        return Some(without_part(finding(format!("`{}` has no part `#{part}`", other.path())), &part, other));
    }
    match log.resolve(record, &target.value) {
        Target::Missing(_) if target.value.trim().is_empty() => {
            Some(finding(format!("`{}` names nothing", key())).with_help("name a record by its id, or take the key out"))
        }
        Target::Missing(path) => {
            let finding = finding(format!("`{}` names `{}`, which is not in the log", key(), target.value));
            let finding = finding.with_label("no such record");
            Some(match addresses.of(&target.value) {
                Some(address) => finding.with_help(format!(
                    "the text links it at `{address}`: name that address here, too, or take the relation out"
                )),
                None => with_advice(finding, record, log, &target.value, log.nearest(record, &path)),
            })
        }
        Target::Outside | Target::Forbidden(_) => {
            let finding = finding(format!("`{}` may not name `{}`", key(), target.value));
            Some(
                finding
                    .with_label("no record, and no address")
                    .with_help("name a record by its id, or an `https:` address"),
            )
        }
        Target::External(_) | Target::Record { .. } | Target::Asset(_) => None,
    }
}

/// Where on the web a record's own text links others.
struct Addresses<'a> {
    record: &'a Record,
    /// By id; asked for only where something is wrong, and then once for all.
    linked: OnceCell<BTreeMap<RecordId, &'a str>>,
}

impl<'a> Addresses<'a> {
    /// The address of what a relation names.
    fn of(&self, target: &str) -> Option<&'a str> {
        let named = target.trim();
        let of_series = || {
            let own = self.record.id.as_ref().filter(|_| named.bytes().all(|byte| byte.is_ascii_digit()))?;
            Some(RecordId { number: named.parse().ok()?, addendum: None, ..own.value.clone() })
        };
        let id = RecordId::parse(named).or_else(of_series)?;
        let links = || self.record.outline.links.iter().filter(|link| is_address(&link.target.value));
        // Of two links, the first counts.
        let linked = || links().rev().filter_map(|link| Some((RecordId::parse(&link.text)?, link.target.value.as_str())));
        self.linked.get_or_init(|| linked().collect()).get(&id).copied()
    }
}

/// The key as the record has it: `requires` says what `depends-on` says.
fn written_key<'a>(record: &'a Record, reference: &Reference) -> &'a str {
    let mut entries = record.front.table.entries.iter();
    let own = entries.find(|entry| {
        let is_table = matches!(entry.value.data, Data::Table(_));
        !is_table && entry.value.span.contains(reference.target.span)
    });
    own.map_or(reference.kind.key(), |entry| entry.key.value.as_str())
}

fn without_part(finding: Diagnostic, part: &str, other: &Record) -> Diagnostic {
    let help = match nearest(part, other.outline.sections.iter().map(|section| section.anchor.as_str())) {
        Some(near) => format!("did you mean `#{near}`?"),
        None => "name one of its headings after the `#`, or the record as a whole".to_owned(),
    };
    finding.with_label("no such heading").with_help(help)
}

fn with_advice(
    finding: Diagnostic,
    record: &Record,
    log: &DecisionLog,
    written: &str,
    path: Option<String>,
) -> Diagnostic {
    let (named, part) = written.find('#').and_then(|at| written.split_at_checked(at)).unwrap_or((written, ""));
    let id = RecordId::parse(named);
    let near = match &id {
        Some(id) => like(log, id).map(RecordId::to_string),
        None => path,
    };
    let Some(near) = near.map(|near| near + part) else {
        let is_number = id.is_none() && named.trim().bytes().all(|byte| byte.is_ascii_digit());
        return match (&record.id, is_number) {
            (None, true) => finding.with_help("name the number of a file beside this one, or take the number out"),
            (Some(own), true) => finding.with_help(numbers(log, &own.value, named.trim())),
            (_, false) => finding.with_help(series(log, record, id.as_ref())),
        };
    };
    let span = finding.primary.span;
    let quote =
        span.of(record.text()).chars().next().filter(|c| matches!(c, '"' | '\'')).map(String::from).unwrap_or_default();
    let edit = Edit { path: finding.primary.path.clone(), span, text: format!("{quote}{near}{quote}") };
    let fix = Fix { title: format!("write `{near}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
    finding.with_help(format!("did you mean `{near}`?")).with_fix(fix)
}

/// The id that is most like one that is not there: of the same number, in the same series or one that is spelt much like it.
fn like<'a>(log: &'a DecisionLog, id: &RecordId) -> Option<&'a RecordId> {
    let same_number = || log.ids().map(|(known, _)| known).filter(|known| known.number == id.number);
    let prefix = nearest(&id.prefix, same_number().map(|known| known.prefix.as_str()))?;
    let distance = |known: &&RecordId| {
        let (known, wanted) = (known.addendum, id.addendum);
        (known.is_some() != wanted.is_some(), known.unwrap_or(0).abs_diff(wanted.unwrap_or(0)))
    };
    same_number().filter(|known| known.prefix == prefix).min_by_key(distance)
}

/// Which numbers a series has, for a log whose relations are written as plain numbers.
fn numbers(log: &DecisionLog, own: &RecordId, written: &str) -> String {
    let same = || log.ids().map(|(known, _)| known).filter(|known| known.prefix == own.prefix).map(|known| known.number);
    match (same().min(), same().max()) {
        (Some(first), Some(last)) if first != last => format!(
            "this series has numbers from {first} to {last}, and not {written}: name one that it has, or a record elsewhere \
             by its address"
        ),
        _ => "this record is the only one of its series: name a record elsewhere by its address".to_owned(),
    }
}

/// Which ids there are: a guess among neighbouring numbers would be a wrong one.
fn series(log: &DecisionLog, record: &Record, id: Option<&RecordId>) -> String {
    let same = || log.ids().map(|(known, _)| known).filter(|known| id.is_some_and(|id| id.prefix == known.prefix));
    match (same().min(), same().max()) {
        (Some(first), Some(last)) if first != last => {
            format!("this series goes from {first} to {last}: name one of them, or take the relation out")
        }
        (Some(only), _) => format!("this series holds {only} alone: name it, or take the relation out"),
        _ => {
            let own = record.id.as_ref().map(|own| &own.value);
            let example = own.into_iter().chain(log.ids().map(|(known, _)| known)).next().map(RecordId::to_string);
            let example = example.unwrap_or_else(|| "ADR-0003".to_owned());
            format!("name a record by its id, as in `{example}`, or take the relation out")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    #[test]
    fn the_address_at_which_the_text_links_it_is_offered() {
        let help = |target: &str, body: &str| {
            let text = format!("+++\nid = \"RFC-0042\"\nsupersedes = [{target}]\n+++\n\n{body}\n");
            let found = trial::found(&RULE, "content/rfc/0042-x.md", &text);
            found.first().and_then(|finding| finding.help.clone()).unwrap_or_default()
        };
        let linked = "It takes the place of [RFC-31](https://old.example.org/31), and [the rest](https://old.example.org).";
        let offered = "the text links it at `https://old.example.org/31`: name that address here, too, or take the relation out";
        assert_eq!(help("\"RFC-0031\"", linked), offered);
        assert_eq!(help("\"0031\"", linked), offered);
        assert_eq!(help("\"RFC-0031\"", "As in [rfc-0031].\n\n[rfc-0031]: https://old.example.org/31"), offered);
        for other in ["[RFC-32](https://old.example.org/32)", "[RFC-31](31.md)", "[ADR-31](https://old.example.org/31)"] {
            assert!(!help("\"RFC-0031\"", other).contains("links it"), "{other}");
        }
        assert_eq!(help("\"https://old.example.org/31\"", linked), "");
    }
}
