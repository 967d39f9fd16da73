//! The headings of a record, and the records of the log, to jump to.

use super::document::{Encoding, Lines};
use super::navigate::title_place;
use super::project::{Project, Scene};
use crate::markdown::Section;
use ls_types::{DocumentSymbol, OneOf, SymbolKind, WorkspaceSymbol};

/// How many records a search gives at most: nobody reads on.
const MOST: usize = 200;

/// The headings of a record, each with those within.
pub(super) fn headings(scene: Scene<'_>) -> Vec<DocumentSymbol> {
    let lines = Lines::new(scene.record.text(), scene.encoding);
    let mut rest = scene.record.outline.sections.as_slice();
    below(0, &mut rest, &lines)
}

/// The headings at the start of `rest` that are deeper than a level, with those within them.
#[allow(deprecated, reason = "the protocol's type has a field that is no longer used and has to be given")]
fn below(level: u8, rest: &mut &[Section], lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    let mut symbols = Vec::new();
    while let Some((section, after)) = rest.split_first().filter(|(section, _)| section.level > level) {
        *rest = after;
        let children = below(section.level, rest, lines);
        let whole = crate::text::Span { start: section.heading.start, end: section.body.end };
        let name = if section.title.is_empty() { section.anchor.clone() } else { section.title.clone() };
        symbols.push(DocumentSymbol {
            name: if name.trim().is_empty() { "(no title)".to_owned() } else { name },
            detail: None,
            kind: SymbolKind::STRING,
            tags: None,
            deprecated: None,
            range: lines.range(whole),
            selection_range: lines.range(section.heading),
            children: (!children.is_empty()).then_some(children),
        });
    }
    symbols
}

/// The records whose id, title or path has every word of a search.
pub(super) fn records(project: &Project, query: &str, encoding: Encoding) -> Vec<WorkspaceSymbol> {
    let Some(snapshot) = &project.snapshot else { return Vec::new() };
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let records = snapshot.log.records().iter().enumerate().filter(|(_, record)| {
        let name = format!("{} {}", record.name(), record.path()).to_lowercase();
        words.iter().all(|word| name.contains(word))
    });
    let symbol = |(position, record): (usize, &std::sync::Arc<crate::record::Record>)| {
        Some(WorkspaceSymbol {
            name: record.name(),
            kind: SymbolKind::FILE,
            tags: None,
            container_name: record.status.as_ref().map(|status| status.label.clone()),
            location: OneOf::Left(title_place(project, position, encoding)?),
            data: None,
        })
    };
    records.filter_map(symbol).take(MOST).collect()
}
