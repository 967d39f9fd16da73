//! What is told of the thing under the pointer.

use super::cursor::{Under, under};
use super::document::Lines;
use super::keys::key;
use super::project::Scene;
use crate::log::DecisionLog;
use crate::record::{Record, RelationKind};
use ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};
use std::fmt::Write;

/// What is told of the thing at a position; nothing where there is nothing to tell.
pub(super) fn hover(scene: Scene<'_>, position: Position) -> Option<Hover> {
    let lines = Lines::new(scene.record.text(), scene.encoding);
    let (text, span) = match under(scene, lines.offset(position))? {
        Under::Reference(reference) => (of_record(&scene.snapshot.log, reference.record)?, reference.span),
        Under::Key(path, span) => (key(&path)?.description().to_owned(), span),
        Under::Status(span) => (of_status(scene.record)?, span),
        Under::Heading(rule, span) => (format!("**{}**: {}", rule.name, rule.guidance), span),
    };
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: text });
    Some(Hover { contents, range: Some(lines.range(span)) })
}

/// A record in a few lines of Markdown: name, status, door, what has taken its place, and its summary.
pub(super) fn of_record(log: &DecisionLog, position: usize) -> Option<String> {
    let record = log.record(position)?;
    let mut facts = vec![record.kind.label.clone()];
    facts.extend(record.status.as_ref().map(|status| status.label.clone()));
    facts.extend(record.front.door.as_ref().map(|door| format!("{} door", door.value.name())));
    facts.extend(record.front.created.as_ref().map(|created| created.value.to_string()));
    let mut text = format!("**{}**\n\n{}", plain(&record.name()), plain(&facts.join(" · ")));
    for other in log.successors(position).into_iter().filter_map(|other| log.record(other)) {
        let _ = write!(text, "\n\n{} **{}**", RelationKind::Supersedes.backward(), plain(&other.name()));
    }
    let summary = record.summary();
    if !summary.is_empty() {
        let _ = write!(text, "\n\n{}", plain(&summary));
    }
    Some(text)
}

/// What a record's status says, and where it may go from there.
fn of_status(record: &Record) -> Option<String> {
    let status = record.status.as_ref()?;
    let mut text = format!("**{}**: {}", status.label, status.meaning());
    let next: Vec<&str> = record.kind.lifecycle.next(status).map(|status| status.name.as_str()).collect();
    if !next.is_empty() {
        let _ = write!(
            text,
            "\n\nMay become {}.",
            next.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        );
    }
    Some(text)
}

/// Text in which Markdown finds nothing to set.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_{}[]<>#|~".contains(letter) {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_title_holds_is_not_set_as_markup() {
        assert_eq!(plain("use *x* in <b>"), "use \\*x\\* in \\<b\\>");
    }
}
