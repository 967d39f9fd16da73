//! The head of a record where it waits to be asked: at hand, or laid aside with the text.

use super::format::{Field, Stated, uncapitalise};
use super::front_matter::FrontMatter;
use super::head::{Head, Language, cut};
use crate::config::DayOrder;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::source::{Shelf, Source};
use crate::text::{BYTE_ORDER_MARK, Location, SourcePath, Span, Spanned};
use crate::value::{Data, HeadLimits, MALFORMED, Reader, Table, Value, parse_toml, parse_yaml};
use std::cell::RefCell;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// What the head says. It reads like [`FrontMatter`]; after it was laid aside, whoever asks for more than the fields of its own
/// has the file read once more.
#[derive(Clone, Debug)]
pub struct Front {
    /// How many keys stand at its top.
    pub keys: usize,
    /// When the record was first written.
    pub created: Option<Spanned<Date>>,
    /// Whether it is kept off the published site.
    pub draft: bool,
    /// The last part of its page's address, where it names one.
    pub slug: Option<Spanned<String>>,
    /// Where its page used to stand.
    pub aliases: Vec<Spanned<String>>,
    /// What a deprecation names in place of what it takes away.
    pub replacement: Option<Spanned<String>>,
    source: Source,
    /// What is said elsewhere than in the head; `None` where nothing is.
    stated: Option<Arc<Stated>>,
    /// Which number of `03/04/2026` is the day.
    order: Option<DayOrder>,
    /// How much a head may hold.
    limits: HeadLimits,
    whole: OnceLock<Box<FrontMatter>>,
}

impl Front {
    /// The head of a source, as it was read and completed by what is said elsewhere.
    pub(super) fn new(
        source: &Source,
        whole: FrontMatter,
        (stated, order): (Option<Arc<Stated>>, Option<DayOrder>),
        limits: HeadLimits,
    ) -> Front {
        let deprecation = whole.deprecation.as_ref();
        Front {
            keys: whole.table.entries.len(),
            created: whole.created,
            draft: whole.draft,
            slug: whole.slug.clone(),
            aliases: whole.aliases.clone(),
            replacement: deprecation.and_then(|deprecation| deprecation.value.replacement.clone()),
            source: source.clone(),
            stated,
            order,
            limits,
            whole: OnceLock::from(Box::new(whole)),
        }
    }

    /// The same head, of which only the fields of its own stay in memory.
    #[must_use]
    pub(super) fn laid_aside(self, shelf: &Arc<Shelf>) -> Front {
        Front { source: self.source.laid_aside(shelf), whole: OnceLock::new(), ..self }
    }

    /// What is said elsewhere than in a head of this tool, in the order of how much it counts.
    pub(super) fn fields(&self) -> &[Field] {
        self.stated.as_ref().map_or(&[], |stated| &stated.fields)
    }

    fn take_up(&self) -> Box<FrontMatter> {
        // A copy of the source: the text is let go again as soon as the head is read.
        let source = self.source.clone();
        let text = source.text().unwrap_or_default();
        let (_, head) = find_head(text);
        let said_beside = head.is_none().then(|| beside(&source, &self.limits)).flatten();
        let (table, _) = said_beside.unwrap_or_else(|| read_head(&source.path, text, head, &self.limits));
        let found = RefCell::default();
        let mut whole = FrontMatter::read(&Reader::new(&source.path, &table, "front matter", &found));
        whole.table = table;
        if let Some(stated) = &self.stated {
            whole.complete(stated, &source.path, self.order);
        }
        whole.add_agreements(&source, &self.limits);
        Box::new(whole)
    }
}

impl Deref for Front {
    type Target = FrontMatter;

    fn deref(&self) -> &FrontMatter {
        self.whole.get_or_init(|| self.take_up())
    }
}

/// Where a text starts, and its head, if it has one.
pub(super) fn find_head(text: &str) -> (usize, Option<Head>) {
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    (start, cut(text, start))
}

/// What the file beside a text says of it, without places, since they would be taken for the text's own; what is wrong with it has
/// its place there.
pub(super) fn beside(source: &Source, limits: &HeadLimits) -> Option<(Table, Vec<Diagnostic>)> {
    let beside = source.beside.as_ref()?;
    let (mut table, mut found) = parse_yaml(&beside.path, beside.text()?, 0, limits.into());
    let findings = RefCell::new(Vec::new());
    let top = Reader::new(&beside.path, &table, "front matter", &findings);
    FrontMatter::read(&top);
    drop(top);
    found.append(&mut findings.into_inner());
    unplace(&mut table);
    Some((table, found))
}

fn unplace(table: &mut Table) {
    for entry in &mut table.entries {
        entry.key.span = Span::default();
        unplace_value(&mut entry.value);
    }
}

/// Depth is bounded where the file is read.
fn unplace_value(value: &mut Value) {
    value.span = Span::default();
    match &mut value.data {
        Data::List(items) => items.iter_mut().for_each(unplace_value),
        Data::Table(table) => unplace(table),
        Data::Scalar(..) => {}
    }
}

/// The tree of a head, and what is wrong with it.
pub(super) fn read_head(
    path: &SourcePath,
    text: &str,
    head: Option<Head>,
    limits: &HeadLimits,
) -> (Table, Vec<Diagnostic>) {
    let Some(head) = head else { return (Table::default(), Vec::new()) };
    let fence = if head.language == Language::Toml { "+++" } else { "---" };
    if !head.closed {
        let span = Span::new(head.span.start as usize, head.span.start as usize + fence.len());
        let finding = Diagnostic::new(MALFORMED, path, span, format!("the front matter has no closing `{fence}`"))
            .with_label("opens here");
        let Some(near) = near_fence(text, head.span.end as usize) else {
            let help = format!("put `{fence}` on a line of its own after the last key");
            return (Table::default(), vec![finding.with_help(help)]);
        };
        let line = text.get(..near.range().start).unwrap_or("").matches('\n').count() + 1;
        let finding = finding
            .with_related(Location { path: path.clone(), span: near }, "is this meant to close it?")
            .with_help(format!("write `{fence}` in line {line}, in place of `{}`", near.of(text)));
        // What else is wrong is said at once, so that nobody has to come back for it.
        let (_, others) = open_lines((path, text), head, limits);
        return (Table::default(), std::iter::once(finding).chain(others).collect());
    }
    read_inner((path, text), head.inner, head.language, limits)
}

/// The tree of the lines that a head most likely has that nobody closed: down to what looks like its end, else to a blank line.
pub(super) fn open_lines(
    (path, text): (&SourcePath, &str),
    head: Head,
    limits: &HeadLimits,
) -> (Table, Vec<Diagnostic>) {
    let from = head.span.end as usize;
    let rest = text.get(from..).unwrap_or("");
    let lines = || rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    let end =
        near_fence(text, from).map_or_else(|| from + lines().map(str::len).sum::<usize>(), |near| near.range().start);
    read_inner((path, text), Span::new(from, end), head.language, limits)
}

/// The tree of what stands between the fences.
fn read_inner(
    (path, text): (&SourcePath, &str),
    inner: Span,
    language: Language,
    limits: &HeadLimits,
) -> (Table, Vec<Diagnostic>) {
    match language {
        Language::Toml => parse_toml(path, inner.of(text), inner.start as usize, limits.into()),
        Language::Yaml => {
            let (mut table, found) = parse_yaml(path, inner.of(text), inner.start as usize, limits.into());
            uncapitalise(&mut table);
            (table, found)
        }
    }
}

/// The line among those right behind `from`, before any blank one, that looks like the end of a head and is none: `++`, `----`.
fn near_fence(text: &str, from: usize) -> Option<Span> {
    let mut start = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        let bare = line.trim();
        if bare.is_empty() {
            return None;
        }
        if bare.len() > 1 && ["+", "-", "="].iter().any(|mark| bare.replace(mark, "").is_empty()) {
            let lead = line.len() - line.trim_start().len();
            return Some(Span::new(start + lead, start + lead + bare.len()));
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::record::Record;
    use crate::source::{Files, Memory};

    const TEXT: &str = "\u{feff}+++\r\ntitle = \"x\"\r\ncreated = 2026-03-02\r\ntags = [\"a\"]\r\n[deprecation]\r\nreplacement = \"RFC-0007\"\r\n+++\r\n";

    fn laid_aside(now: &str) -> (Record, Arc<Shelf>) {
        let files: Arc<dyn Files> = Arc::new(Memory::of([("content/deprecation/1.md", now)]));
        let shelf = Arc::new(Shelf::new(files));
        let source = Source::new(SourcePath::new("content/deprecation/1.md"), TEXT);
        let (record, found) = Record::parse(&source, &Config::builtin());
        assert_eq!(found, []);
        (record.laid_aside(&shelf), shelf)
    }

    #[test]
    fn a_head_that_was_laid_aside_says_the_same() {
        let (record, shelf) = laid_aside(TEXT);
        assert_eq!((record.front.keys, record.front.draft), (4, false));
        assert_eq!(record.front.replacement.as_ref().map(|named| named.value.as_str()), Some("RFC-0007"));
        assert_eq!(record.front.tags[0].span.of(TEXT), "\"a\"");
        assert_eq!(record.front.table.entries.len(), 4);
        assert_eq!(
            record.front.created,
            record.front.table.get("created").map(|value| { Spanned::new(Date::constant(2026, 3, 2), value.span) })
        );
        assert_eq!(record.text(), TEXT);
        assert!(!shelf.has_lost());
    }

    #[test]
    fn what_is_at_hand_needs_no_file_and_the_rest_is_missed() {
        let (record, shelf) = laid_aside("+++\n+++\n");
        assert!(record.front.created.is_some() && record.front.replacement.is_some() && !shelf.has_lost());
        assert!(record.front.tags.is_empty() && shelf.has_lost());
    }
}
