//! Where a record stands, from all that its head, its text and its place say of it.

use super::format::{Field, Format, Key, Reading, Stated, shown, targets, with_decision};
use super::reference::{Reference, RelationKind};
use crate::config::{Config, Decision, Kind, Status};
use crate::date::Date;
use crate::text::{SourcePath, Span, Spanned};
use std::sync::Arc;

/// Where a record stands.
#[derive(Default)]
pub(super) struct Standing {
    /// The status as written; without its markup where it stands in the text. Its span is empty when the path says it.
    pub(super) raw: Option<Spanned<String>>,
    /// The status among those of the kind.
    pub(super) status: Option<Arc<Status>>,
    /// Statuses that are stated a second time elsewhere.
    pub(super) restated: Vec<Restated>,
    /// Days that the status names.
    pub(super) days: Vec<Spanned<Date>>,
    /// What status and fields say of other records.
    pub(super) references: Vec<Reference>,
}

/// A status that a record states once more.
#[derive(Clone, Debug, PartialEq)]
pub struct Restated {
    /// The status as written; its span is empty (0..0) when the path says it.
    pub raw: Spanned<String>,
    /// The status among those of the kind; `None` when it is not known beyond doubt.
    pub status: Option<Arc<Status>>,
}

/// A record on the way to its standing.
pub(super) struct Claims<'a> {
    pub(super) text: &'a str,
    pub(super) path: &'a SourcePath,
    pub(super) config: &'a Config,
    pub(super) kind: &'a Kind,
    /// Whether the head is TOML, in which a status is one word.
    pub(super) is_toml: bool,
}

impl Standing {
    /// Reads every statement; the head's comes before the text's, and the text's before the path's.
    pub(super) fn read(claims: &Claims<'_>, of_head: Option<Spanned<String>>, stated: &Stated) -> Standing {
        let (lifecycle, format) = (&claims.kind.lifecycle, stated.format);
        let mut standing = Standing::default();
        if let Some(raw) = of_head {
            match claims.is_toml {
                true => standing.status = lifecycle.status(&raw.value).cloned(),
                false => standing.take(Reading::of(&raw, claims.text, lifecycle, format)),
            }
            standing.raw = Some(raw);
        }
        // A chapter may explain states under such a heading or in such a table; it stands where its head says, or nowhere.
        let of_text = stated.all(Key::Status).filter(|_| !claims.kind.is_chapter());
        for field in of_text {
            let reading = Reading::of(&field.value, claims.text, lifecycle, format);
            let raw = Spanned::new(reading.words.clone(), place(field));
            match standing.raw {
                Some(_) => standing.restate(raw, reading),
                None => {
                    standing.raw = Some(raw);
                    standing.take(reading);
                }
            }
        }
        if let Some(word) = claims.config.policy.states.of(claims.path) {
            let raw = Spanned::new(word.to_owned(), Span::default());
            let status = lifecycle.status(word).cloned();
            match &standing.raw {
                Some(_) => standing.restated.push(Restated { raw, status }),
                None => (standing.raw, standing.status) = (Some(raw), status),
            }
        }
        standing.relate(stated);
        if stated.format == Format::Sections {
            standing.succeed(claims, stated);
        }
        standing
    }

    fn take(&mut self, reading: Reading) {
        self.status = reading.status;
        self.references.extend(reading.references);
        self.days.extend(reading.days);
    }

    /// A second statement: what it says of other records counts; whether it says the same is for a rule to see.
    fn restate(&mut self, raw: Spanned<String>, reading: Reading) {
        self.references.extend(reading.references);
        self.restated.push(Restated { raw, status: reading.status });
    }

    /// Fields such as `Superseded by: ADR-12`.
    fn relate(&mut self, stated: &Stated) {
        for field in &stated.fields {
            let Key::Relation(kind) = field.key else { continue };
            let place = field.value.span;
            let (named, _) = targets(&field.value.value, place.range().start);
            let is_plain = place.range().len() == field.value.value.len();
            self.references.extend(named.into_iter().map(|target| {
                let span = if is_plain { target.span } else { place };
                Reference::new(kind, Spanned::new(target.value, span))
            }));
        }
    }

    /// In a section of its own, a line that names the successor is the last word: adr-tools takes `Accepted` out, people leave it.
    fn succeed(&mut self, claims: &Claims<'_>, stated: &Stated) {
        let is_successor = |field: &&Field| field.key == Key::Relation(RelationKind::SupersededBy);
        let Some(line) = stated.fields.iter().rev().find(is_successor) else { return };
        let is_accepted = self.status.as_ref().is_some_and(|status| status.decision == Decision::Accepted);
        let names = !targets(&line.value.value, 0).0.is_empty();
        if let Some(status) =
            with_decision(&claims.kind.lifecycle, Decision::Superseded).filter(|_| is_accepted && names)
        {
            self.status = Some(status);
            let place = Span { start: line.name.span.start, end: line.value.span.end };
            self.raw = Some(Spanned::new(shown(place.of(claims.text)), place));
        }
    }
}

/// A value's place, or its key's where there is no value.
fn place(field: &Field) -> Span {
    if field.value.span.is_empty() { field.name.span } else { field.value.span }
}
