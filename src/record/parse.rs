//! One record, whole, and how it is read from a source.

use super::front::{Front, find_head, read_head};
use super::front_matter::{FrontMatter, keep, read_references};
use super::id::RecordId;
use super::identity;
use super::reference::Reference;
use crate::config::{Config, Kind, Status};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Outline, outline};
use crate::source::{Shelf, Source};
use crate::text::{SourcePath, Span, Spanned};
use crate::value::Reader;
use std::cell::RefCell;
use std::sync::Arc;

/// One RFC, ADR, deprecation notice or chapter.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file.
    pub source: Source,
    /// What kind of record it is.
    pub kind: Arc<Kind>,
    /// Its id, from front matter, file name or folder; the span is empty (0..0) when it is not written in the text.
    pub id: Option<Spanned<RecordId>>,
    /// Its title: front matter, else the first H1, else the file name. Never empty. An id or number that opens an H1 is left off.
    pub title: String,
    /// Where the title is written; `None` when it comes from the file name.
    pub title_span: Option<Span>,
    /// The heading that says the title: the head of the page shows it, so the body leaves it out.
    pub title_heading: Option<Span>,
    /// The status as written.
    pub raw_status: Option<Spanned<String>>,
    /// The status among those of the kind; `None` when there is none or it is not known.
    pub status: Option<Arc<Status>>,
    /// The rest of the front matter.
    pub front: Front,
    /// The span of the front matter with its fences; empty at 0 when there is none.
    pub head: Span,
    /// Whether the front matter could not be read as it is written, so that what is not there may stand there all the same.
    pub malformed: bool,
    /// Where the body starts, in bytes.
    pub body: usize,
    /// What the record says of other records, from the front matter.
    pub references: Vec<Reference>,
    /// Keys at the top of the front matter that are like no known one.
    pub strange: Vec<Spanned<String>>,
    /// Sections, links, fences and mentions.
    pub outline: Outline,
}

impl Record {
    /// Reads a record from its source.
    ///
    /// Total: a broken head still gives a record, and diagnostics beside it.
    pub fn parse(source: &Source, config: &Config) -> (Record, Vec<Diagnostic>) {
        let path = &source.path;
        let text = source.text().unwrap_or_default();
        let (start, head) = find_head(text);
        let body = head.map_or(start, |head| head.span.end as usize);
        let (table, mut found) = read_head(path, text, head);
        let malformed = !found.is_empty();
        let findings = RefCell::new(Vec::new());
        let top = Reader::new(path, &table, "front matter", &findings);
        let (written_kind, written_id) = (top.text("kind"), top.text("id"));
        let (written_title, raw_status) = (top.text("title"), top.text("status"));
        let mut front = FrontMatter::read(&top);
        let references = read_references(&top);
        top.free("extra");
        keep(&top);
        let mut strange = top.finish_but_strange();
        let written_id = written_id.or_else(|| identity::series(&mut strange, &table, path));
        found.extend(findings.into_inner());

        let kind = identity::kind(written_kind.as_ref(), path, config, &mut found);
        let id = identity::id(written_id, &kind, path, config, &mut found);
        let outline = outline(text, body);
        let title = identity::title(written_title, id.as_ref().map(|id| &id.value), (&kind, config), path, &outline);
        let status = raw_status.as_ref().and_then(|raw| kind.lifecycle.status(&raw.value)).cloned();
        front.table = table;
        let record = Record {
            source: source.clone(),
            kind,
            id,
            title: title.text,
            title_span: title.span,
            title_heading: title.heading,
            raw_status,
            status,
            front: Front::new(source, front),
            head: head.map_or(Span::new(start, start), |head| head.span),
            malformed,
            body,
            references,
            strange,
            outline,
        };
        (record, found)
    }

    /// The path of the file.
    pub fn path(&self) -> &SourcePath {
        &self.source.path
    }

    /// The whole text of the file; empty when it was laid aside and is lost, which the shelf then says.
    pub fn text(&self) -> &str {
        self.source.text().unwrap_or_default()
    }

    /// Keeps what other records and the log ask of this one, and lays aside what only it is asked about: its text, and the rest of
    /// its head. Both are there again, read once more, when somebody asks for them after all.
    #[must_use]
    pub fn laid_aside(self, shelf: &Arc<Shelf>) -> Record {
        let (source, front) = (self.source.laid_aside(shelf), self.front.laid_aside(shelf));
        let mut record = Record { source, front, ..self };
        record.outline.shrink();
        record.strange.shrink_to_fit();
        record
    }

    /// Id and title, for messages and links: `ADR-0003: Tera for templates`.
    pub fn name(&self) -> String {
        match &self.id {
            Some(id) => format!("{}: {}", id.value, self.title),
            None => self.title.clone(),
        }
    }

    /// Whether the file stands for its folder: a README or an index.
    pub fn is_index(&self) -> bool {
        identity::is_index(self.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(path: &str, text: &str) -> (Record, Vec<String>) {
        let source = Source::new(SourcePath::new(path), text);
        let (record, found) = Record::parse(&source, &Config::builtin());
        let shown = found.iter().map(|finding| format!("{} `{}`", finding.rule, finding.primary.span.of(text)));
        (record, shown.collect())
    }

    fn id(record: &Record) -> String {
        record.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default()
    }

    #[test]
    fn toml_and_yaml_say_the_same() {
        let toml = "+++\ntitle = \"Use Tera\"\nstatus = \"accepted\"\ndoor = \"two-way\"\ntags = [\"theme\"]\n+++\n\n## Context\n\nText.\n";
        let yaml = "---\ntitle: Use Tera\nstatus: accepted\ndoor: two-way\ntags: [theme]\n---\n\n## Context\n\nText.\n";
        let (toml, toml_found) = parse("content/adr/0002-tera.md", toml);
        let (yaml, yaml_found) = parse("content/adr/0002-tera.md", yaml);
        assert_eq!((toml_found, yaml_found), (Vec::<String>::new(), Vec::new()));
        for record in [&toml, &yaml] {
            assert_eq!(
                (id(record).as_str(), record.title.as_str(), record.kind.name.as_str()),
                ("ADR-0002", "Use Tera", "adr")
            );
            assert_eq!(record.status.as_ref().unwrap().name, "accepted");
            assert_eq!(record.front.tags[0].value, "theme");
            assert_eq!(record.outline.sections[0].title, "Context");
        }
    }

    #[test]
    fn a_byte_order_mark_and_crlf_change_nothing() {
        let text = "\u{feff}---\r\ntitle: Use Tera\r\nstatus: accepted\r\n---\r\n\r\n# Use Tera\r\n\r\nText.\r\n";
        let (record, found) = parse("content/adr/0002-tera.md", text);
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(record.title, "Use Tera");
        assert_eq!(record.title_span.unwrap().of(text), "Use Tera");
        assert!(record.title_heading.is_some());
    }

    #[test]
    fn a_broken_head_still_gives_a_record() {
        let (record, found) = parse("content/adr/0002-tera.md", "+++\ntitle = \"x\"\n\n# Use Tera\n");
        assert_eq!(found, ["malformed-front-matter `+++`"]);
        assert_eq!((id(&record).as_str(), record.kind.name.as_str()), ("ADR-0002", "adr"));
        let (record, found) = parse("content/adr/2.md", "---\n\nA rule across the page, and text.\n");
        assert_eq!((found, record.head), (Vec::<String>::new(), Span::default()));
    }

    #[test]
    fn titles_come_from_where_they_are() {
        let title = |path, text| parse(path, text).0.title;
        assert_eq!(title("doc/adr/0003-x.md", "# 3. Use PostgreSQL\n"), "Use PostgreSQL");
        assert_eq!(title("content/adr/0003-x.md", "# ADR-0003: Use PostgreSQL\n"), "Use PostgreSQL");
        assert_eq!(title("content/adr/0003-x.md", "# 3 tiers are enough\n"), "3 tiers are enough");
        assert_eq!(title("content/rfc/0030-ref-forwarding.md", "# Summary\n\nText.\n"), "Ref forwarding");
        assert_eq!(
            title("docs/decision-records/2022-03-01-serverless-transfers/README.md", ""),
            "Serverless transfers"
        );
        assert_eq!(
            title("text/0030-ref-forwarding.md", "- Start Date: 2018\n\n# Summary\n\nText.\n"),
            "Ref forwarding"
        );
        assert_eq!(title("content/index.md", ""), "Content");
    }

    #[test]
    fn kinds_and_ids_come_from_folders_and_names() {
        let of = |path| {
            let (record, _) = parse(path, "");
            (record.kind.name.clone(), id(&record))
        };
        let is = |kind: &str, id: &str| (kind.to_owned(), id.to_owned());
        assert_eq!(of("content/rfc/0001-x.md"), is("rfc", "RFC-0001"));
        assert_eq!(of("content/rfc/0001-a1-y.md"), is("addendum", "RFC-0001-A1"));
        assert_eq!(of("content/rfcs/0007-x/README.md"), is("rfc", "RFC-0007"));
        assert_eq!(of("content/notes/ADR-12-x.md"), is("adr", "ADR-0012"));
        assert_eq!(of("content/rfcs/0007-x/measurements.md"), is("chapter", ""));
        assert_eq!(of("content/rfcs/2026/ADR-12-x.md"), is("rfc", "RFC-0012"));
        assert_eq!(of("content/adr/README.md"), is("chapter", ""));
        assert_eq!(of("content/handbook/0001-x.md"), is("chapter", ""));
        assert_eq!(of("docs/decision-records/2022-03-01-x/README.md"), is("adr", ""));
    }

    #[test]
    fn costs_have_free_names_and_plain_numbers() {
        let text = "+++\n[cost]\ncurrency = \"USD\"\nbuild = { initial = 600000, maintenance-rate = 0.25 }\nbuy = { licence-per-year = \"180k\" }\n+++\n";
        let (record, found) = parse("content/rfc/1.md", text);
        assert_eq!(found, ["invalid-value `\"180k\"`"]);
        let cost = &record.front.cost.as_ref().unwrap().value;
        assert_eq!(cost.options[0].name.value, "build");
        assert_eq!(cost.options[0].amounts[1].1.value, 0.25);
    }
}
