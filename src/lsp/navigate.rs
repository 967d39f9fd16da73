//! From a reference to what it names, and from a record to all that names it.

use super::cursor::{Reference, Under, references, under};
use super::document::{Encoding, Lines};
use super::project::{Project, Scene};
use super::publish::place;
use crate::text::{Location as Spot, Span};
use ls_types::{Location, Position};

/// Where the thing at a position is defined: the record, or the part of it, that is named there.
pub(super) fn definition(scene: Scene<'_>, position: Position) -> Option<Location> {
    let reference = named_at(scene, position)?;
    let record = scene.snapshot.log.record(reference.record)?;
    let part = reference.anchor.as_ref().and_then(|anchor| record.outline.section(anchor));
    let span = part.map(|section| section.heading).or(record.title_span).unwrap_or_default();
    place(scene.project, &Spot { path: record.path().clone(), span }, scene.encoding)
}

/// Every place of the log that names the record at a position: the one that is named there, else the one that is open.
pub(super) fn mentions(scene: Scene<'_>, position: Position, with_itself: bool) -> Vec<Location> {
    let wanted = named_at(scene, position).map_or(scene.position, |reference| reference.record);
    let mut places: Vec<Spot> = Vec::new();
    if with_itself && let Some(record) = scene.snapshot.log.record(wanted) {
        places.push(Spot { path: record.path().clone(), span: record.title_span.unwrap_or_default() });
    }
    places.extend(naming(scene, wanted).into_iter().map(|(path, reference)| Spot { path, span: reference.span }));
    places.iter().filter_map(|spot| place(scene.project, spot, scene.encoding)).collect()
}

/// Everything that names a record, with the file that it stands in.
pub(super) fn naming(scene: Scene<'_>, wanted: usize) -> Vec<(crate::text::SourcePath, Reference)> {
    let snapshot = scene.snapshot;
    let of_record = |record: &std::sync::Arc<crate::record::Record>| {
        let mut named = references(snapshot, record);
        named.retain(|reference| reference.record == wanted);
        named.sort_by_key(|reference| reference.span);
        named.into_iter().map(|reference| (record.path().clone(), reference)).collect::<Vec<_>>()
    };
    snapshot.log.records().iter().flat_map(of_record).collect()
}

/// The reference at a position.
pub(super) fn named_at(scene: Scene<'_>, position: Position) -> Option<Reference> {
    let offset = Lines::new(scene.record.text(), scene.encoding).offset(position);
    match under(scene, offset)? {
        Under::Reference(reference) => Some(reference),
        Under::Key(..) | Under::Status(_) | Under::Heading(..) => None,
    }
}

/// The place of a record's title, else of its start.
pub(super) fn title_place(project: &Project, position: usize, encoding: Encoding) -> Option<Location> {
    let record = project.snapshot.as_ref()?.log.record(position)?;
    let span = record.title_span.unwrap_or(Span::default());
    place(project, &Spot { path: record.path().clone(), span }, encoding)
}
