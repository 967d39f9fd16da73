//! A record went a way that its lifecycle does not allow.

use crate::check::demand::is_accepted;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Level, Status};
use crate::diagnostic::Diagnostic;
use crate::record::{Passage, Record};
use crate::text::{Location, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "illegal-transition",
    summary: "A record came to its status by a step that its kind does not allow.",
    page: include_str!("../../../content/rules/illegal-transition.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let front = &record.front;
    for pair in front.history.windows(2) {
        if let [from, to] = pair {
            found.extend(step(record, &from.value, &to.value));
        }
    }
    found.extend(front.history.iter().filter_map(|row| unknown(record, &row.value)));
    found.extend(front.history.last().and_then(|last| ending(record, &last.value)));
    let Some(review) = front.review.as_ref().map(|review| &review.value) else { return };
    if let Some(held) = review.held.as_ref().filter(|held| is_accepted(record) && held.value.day() > context.today) {
        let finding = Diagnostic::new(RULE.name, record.path(), held.span, "decided before its review is held");
        let finding = finding.with_label("still to come").with_help("decide in the review, and then set the status");
        found.push(beside(finding, record, record.raw_status.as_ref(), "decided already"));
    }
    let Some(sent) = &review.circulated else { return };
    for on in front.sign_offs.iter().filter_map(|row| row.value.on.as_ref()) {
        if on.value < sent.value.day() {
            let finding = Diagnostic::new(RULE.name, record.path(), on.span, "signed before the text was circulated");
            let finding =
                finding.with_label("signed").with_help("correct the day, or have the text signed that was reviewed");
            found.push(beside(finding, record, Some(sent), "circulated"));
        }
    }
}

fn beside<T>(finding: Diagnostic, record: &Record, other: Option<&Spanned<T>>, label: &str) -> Diagnostic {
    match other {
        Some(other) => finding.with_related(Location { path: record.path().clone(), span: other.span }, label),
        None => finding,
    }
}

fn known<'a>(record: &'a Record, passage: &Passage) -> Option<&'a Status> {
    record.kind.lifecycle.status(&passage.status.as_ref()?.value).map(AsRef::as_ref)
}

/// What is wrong with one step, if anything: its ends, else its dates.
fn step(record: &Record, from: &Passage, to: &Passage) -> Option<Diagnostic> {
    let steps = &record.kind.lifecycle.transitions;
    let (Some(old), Some(new)) = (known(record, from), known(record, to)) else { return None };
    let written = to.status.as_ref()?;
    if !steps.is_empty() && !steps.contains(&(old.name.clone(), new.name.clone())) {
        let message = format!("there is no step from `{}` to `{}`", old.name, new.name);
        let next: Vec<String> =
            steps.iter().filter(|(from, _)| *from == old.name).map(|(_, to)| format!("`{to}`")).collect();
        let help = match next.as_slice() {
            [] => format!("nothing follows `{}`: write a new record that supersedes this one", old.name),
            [only] => format!("from `{}` it goes on to {only}", old.name),
            next => format!("from `{}` it goes on to one of {}", old.name, next.join(", ")),
        };
        let finding = Diagnostic::new(RULE.name, record.path(), written.span, message).with_label("not a step");
        return Some(beside(finding, record, from.status.as_ref(), "from here").with_help(help));
    }
    let (before, after) = (from.on.as_ref()?, to.on.as_ref()?);
    let message = format!("came to `{}` before it came to `{}`", new.name, old.name);
    (after.value < before.value).then(|| {
        let finding = Diagnostic::new(RULE.name, record.path(), after.span, message).with_label("earlier");
        beside(finding, record, Some(before), "than this").with_help("put the rows in the order of their days")
    })
}

fn unknown(record: &Record, passage: &Passage) -> Option<Diagnostic> {
    let written = passage.status.as_ref().filter(|_| known(record, passage).is_none())?;
    let message = format!("`{}` is not a status that this record can have come through", written.value);
    let near = record.kind.lifecycle.nearest(&written.value);
    let help = near.map_or("name a status of its kind".to_owned(), |near| format!("did you mean `{near}`?"));
    Some(Diagnostic::new(RULE.name, record.path(), written.span, message).with_label("not a status").with_help(help))
}

/// The way ends where the record stands.
fn ending(record: &Record, last: &Passage) -> Option<Diagnostic> {
    let (stands, ends) = (record.status.as_ref()?, known(record, last)?);
    let written = record.raw_status.as_ref().filter(|_| stands.name != ends.name)?;
    let message = format!("the record is `{}`, and its history ends with `{}`", stands.name, ends.name);
    let finding = Diagnostic::new(RULE.name, record.path(), written.span, message).with_label("no row leads here");
    let finding = beside(finding, record, last.status.as_ref(), "the last row");
    Some(finding.with_help(format!("add a row to `[[history]]` with `status = \"{}\"` and the day", stands.name)))
}
