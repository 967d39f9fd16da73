//! One record, whole, and how it is read from a source.

use super::completion::{add_unread, day_numbers};
use super::doubt::{self, Doubt, doubt};
use super::format::{DayNumbers, Field, Format, HeadOf, Stated, is_of_lines};
use super::front::{Front, beside, find_head, read_head};
use super::front_matter::{FrontMatter, keep, read_references};
use super::head::Language;
use super::id::RecordId;
use super::identity;
use super::reference::Reference;
use super::series::Named;
use super::standing::{Claims, Restated, Standing};
use super::succession::Succession;
use crate::config::{Config, Decision, Kind, Status};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Outline, outline};
use crate::source::{Shelf, Source};
use crate::text::{SourcePath, Span, Spanned};
use crate::value::{MALFORMED, Reader, is_of_excess};
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
    /// In which form it says what it says of itself.
    pub format: Format,
    /// The status as written; where it stands in the text, without its markup. The span is empty (0..0) when the path says it.
    pub raw_status: Option<Spanned<String>>,
    /// The status among those of the kind; `None` when there is none or it is not known.
    pub status: Option<Arc<Status>>,
    /// Statuses that the record states once more elsewhere: in its text besides the head, or by its place.
    pub restated: Vec<Restated>,
    /// Days that the status names: the one since when it holds, or the two between which it does.
    pub status_days: Vec<Spanned<Date>>,
    /// The rest of the front matter.
    pub front: Front,
    /// What its days show of the order of their numbers.
    pub day_numbers: DayNumbers,
    /// The span of the front matter with its fences; empty at 0 when there is none.
    pub head: Span,
    /// Whether the front matter could not be read as it is written, so that what is not there may stand there all the same.
    pub malformed: bool,
    /// Why it is taken for a draft though it does not say so, where it is.
    pub doubt: Option<Spanned<Doubt>>,
    /// Where the body starts, in bytes.
    pub body: usize,
    /// What the record says of other records, in its head, its status and the fields of its form.
    pub references: Vec<Reference>,
    /// Keys at the top of the front matter that are like no known one.
    pub strange: Vec<Spanned<String>>,
    /// Sections, links, fences and mentions.
    pub outline: Outline,
    /// Where the text says that one record took another's place.
    pub succession: Succession,
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
        let said_beside = head.is_none().then(|| beside(source, &config.limits.head)).flatten();
        let is_beside = said_beside.is_some();
        let (table, mut found) = said_beside.unwrap_or_else(|| read_head(path, text, head, &config.limits.head));
        let doubt = doubt(source, head, (&table, &found), &config.policy.fields);
        let findings = RefCell::new(Vec::new());
        let top = Reader::new(path, &table, "front matter", &findings);
        let written = (top.text("kind"), top.text("id"));
        let (written_title, raw_status) = (top.text("title"), top.text("status"));
        let mut front = FrontMatter::read(&top);
        let mut references = read_references(&top);
        top.free("extra");
        keep(&top);
        let mut strange = top.finish_but_strange();
        let named = Named::read(written, &mut strange, (&table, head), (source, &config.limits.head));
        if !is_beside {
            found.extend(findings.into_inner());
        }

        let mut outline = outline(text, body, &config.limits.text);
        let is_toml = head.is_some_and(|head| head.language == Language::Toml);
        let of_head = HeadOf { table: &table, is_toml, is_numbered: named.series.is_some() };
        let stated = Stated::read(text, body, &outline, &of_head);
        if stated.format == Format::Proposal && head.is_some_and(|head| is_of_lines(head.inner.of(text))) {
            // Such a head need not be YAML: each line is a key and its value.
            found.retain(|finding| finding.rule != MALFORMED || is_of_excess(finding));
        }
        let malformed = found.iter().any(|finding| finding.rule == MALFORMED);
        let in_text = found.iter_mut().filter(|finding| finding.primary.path == *path);
        in_text.for_each(|finding| as_placeholder(finding, text));
        // Other processes name the month; that is a day all the same.
        found.retain(|finding| stated.format.is_native() || !stated.is_day_in_words(finding.primary.span));
        let kind = identity::kind(named.kind.as_ref(), path, config, (&stated, named.series.as_ref()), &mut found);
        let id = identity::id(named.id, named.series, (&kind, &stated), path, config, &mut found);
        let title =
            identity::title(written_title, id.as_ref().map(|id| &id.value), (&kind, config), path, (&outline, &stated));
        let claims = Claims { text, path, config, kind: &kind, is_toml };
        let standing = Standing::read(&claims, raw_status, &stated);
        references.extend(standing.references);
        references.sort_by_key(|reference| reference.target.span);
        let is_superseded = standing.status.as_ref().is_some_and(|status| status.decision == Decision::Superseded);
        let succession = Succession::of(text, body, &outline, is_superseded);
        front.table = table;
        let doubt = doubt.filter(|_| !front.draft).inspect(|doubt| doubt::tell(doubt, &mut found));
        front.draft |= doubt.is_some();
        let unread = front.complete(&stated, path, config.policy.dates);
        let day_numbers = if kind.is_chapter() { DayNumbers::default() } else { day_numbers(&stated) };
        if !kind.is_chapter() {
            add_unread(&mut found, unread);
        }
        found.extend(front.add_agreements(source, &config.limits.head));
        if let Some(lead) = stated.lead(text, body).filter(|_| !kind.is_chapter()) {
            outline.lead = lead;
        }
        let format = stated.format;
        let stated = (!stated.fields.is_empty()).then(|| Arc::new(stated));
        let record = Record {
            source: source.clone(),
            kind,
            id,
            title: title.text,
            title_span: title.span,
            title_heading: title.heading,
            format,
            raw_status: standing.raw,
            status: standing.status,
            restated: standing.restated,
            status_days: standing.days,
            front: Front::new(source, front, (stated, config.policy.dates), config.limits.head),
            day_numbers,
            head: head.map_or(Span::new(start, start), |head| head.span),
            malformed,
            doubt,
            body,
            references,
            strange,
            outline,
            succession,
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

    /// The file of data beside the text that says of it what a head would, where it has no head of its own.
    pub fn beside(&self) -> Option<&SourcePath> {
        self.source.beside.as_ref().filter(|_| self.head.is_empty()).map(|beside| &beside.path)
    }

    /// Keeps what other records and the log ask of this one, and lays aside what only it is asked about: its text, and the rest of
    /// its head. Both are there again, read once more, when somebody asks for them after all. What only pages show of it is gone.
    #[must_use]
    pub fn laid_aside(self, shelf: &Arc<Shelf>) -> Record {
        let (source, front) = (self.source.laid_aside(shelf), self.front.laid_aside(shelf));
        let mut record = Record { source, front, ..self }.shrunk();
        record.outline.forget_what_is_shown();
        record
    }

    /// Gives back the room that was kept for more.
    #[must_use]
    pub fn shrunk(mut self) -> Record {
        self.outline.shrink();
        self.strange.shrink_to_fit();
        self
    }

    /// Id and title, for messages and links: `ADR-0003: Tera for templates`.
    pub fn name(&self) -> String {
        match &self.id {
            Some(id) => format!("{}: {}", id.value, self.title),
            None => self.title.clone(),
        }
    }

    /// What the record says of itself under keys of its form, with their places: in its head, above its text and in sections.
    pub fn fields(&self) -> &[Field] {
        self.front.fields()
    }

    /// Whether the file stands for its folder: a README or an index.
    pub fn is_index(&self) -> bool {
        self.path().is_index()
    }
}

/// A template's words where a value should be are no wrong value: `date: {YYYY-MM-DD when it was last updated}`.
fn as_placeholder(finding: &mut Diagnostic, text: &str) {
    let written = finding.primary.span.of(text).trim_matches(['"', '\'']);
    let is_phrase = [('{', '}'), ('[', ']'), ('<', '>')]
        .iter()
        .any(|(open, close)| written.starts_with(*open) && written.ends_with(*close));
    if finding.rule == "invalid-value" && is_phrase && written.contains(' ') {
        let path = finding.primary.path.clone();
        let placeholder =
            Diagnostic::new("leftover-placeholder", &path, finding.primary.span, "the template's words are still here");
        *finding = placeholder.with_label("left to fill in").with_help("write what they ask for, or take the key out");
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
    fn a_folder_of_a_series_holds_other_texts_as_well() {
        let settings = "[kinds.xip]\nbased-on = \"proposal\"\nprefix = \"XIP\"\nfolders = [\"xips\"]\n";
        let config = Config::parse(&Source::new(SourcePath::new("precedent.toml"), settings)).0;
        let read = |path: &str, text: &str| Record::parse(&Source::new(SourcePath::new(path), text), &config).0;
        for path in ["content/xips/xip-14.md", "content/xips/14-mail.md"] {
            assert_eq!(
                (read(path, "# Mail\n").kind.name.as_str(), id(&read(path, "# Mail\n")).as_str()),
                ("xip", "XIP-14")
            );
        }
        assert_eq!(read("content/xips/xip-draft.md", "---\nxip: XIP-X\nstatus: Draft\n---\n# Mail\n").kind.name, "xip");
        for path in [
            "content/xips/notes/call-14.md",
            "content/xips/SUMMARY.md",
            "content/xips/xip-0000.md",
            "content/xips/overview.md",
        ] {
            assert_eq!(read(path, "# Mail\n\nText.\n").kind.name, "chapter", "{path}");
        }
        assert_eq!(parse("content/adr/mail.md", "# Mail\n").0.kind.name, "adr");
        assert_eq!(parse("content/adr/SUMMARY.md", "# Summary\n").0.kind.name, "chapter");
    }

    #[test]
    fn what_is_wrong_beside_the_text_is_said_of_the_file_beside_it() {
        let text = "# Gates\n\n[a b c d e f g]\n";
        let read = |yaml: &str| {
            let beside = Source::new(SourcePath::new("content/keps/0023-gates/kep.yaml"), yaml);
            let source = Source::new(SourcePath::new("content/keps/0023-gates/README.md"), text);
            let (record, found) = Record::parse(&source.with_beside(Some(beside), None), &Config::builtin());
            assert!(found.iter().all(|finding| finding.primary.path.file_name() == "kep.yaml"), "{found:?}");
            (record.malformed, found.iter().map(|finding| finding.rule).collect::<Vec<_>>())
        };
        // The place of the value is that of the words in brackets in the text.
        assert_eq!(read("kep-number: 23\ndraft: soon\n"), (false, vec!["invalid-value"]));
        assert_eq!(read("kep-number: 23\ntitle: \"x\n"), (true, vec!["malformed-front-matter"]));
        assert_eq!(read("kep-number: 23\ntitle: x\n"), (false, vec![]));
    }

    #[test]
    fn a_head_of_lines_that_holds_too_much_says_so() {
        let found = |more: &str, times: usize| {
            let head =
                format!("---\nPEP: 1\nTitle: Two: a \"thing [x\nStatus: Draft\n{}---\n# X\n", more.repeat(times));
            let (record, found) = parse("content/proposal/0001-x.md", &head);
            (record.malformed, found.into_iter().filter(|found| found.starts_with(MALFORMED)).count())
        };
        assert_eq!(found("Topic: x\n", 1), (false, 0), "it need not be YAML");
        assert_eq!(found("Topic: x\n", 600), (true, 1));
        assert_eq!(found(&format!("Topic: {}\n", "x ".repeat(1_000)), 40), (true, 1));
    }

    #[test]
    fn a_day_that_does_not_exist_leaves_the_head_readable() {
        let (record, found) = parse("content/adr/0002-tera.md", "+++\ntitle = \"x\"\ncreated = 2026-02-30\n+++\n");
        assert_eq!((found, record.malformed), (vec!["invalid-value `2026-02-30`".to_owned()], false));
    }

    #[test]
    fn titles_come_from_where_they_are() {
        let title = |path, text| parse(path, text).0.title;
        assert_eq!(title("doc/adr/0003-x.md", "# 3. Use PostgreSQL\n"), "Use PostgreSQL");
        assert_eq!(title("content/adr/0003-x.md", "# ADR-0003: Use PostgreSQL\n"), "Use PostgreSQL");
        assert_eq!(title("content/adr/0003-x.md", "# ADR: Use PostgreSQL\n"), "Use PostgreSQL");
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
        assert_eq!(title("notes/2026-03-02.md", "#### Held on 2 March\n# Open meeting\n\n## Agenda\n"), "Open meeting");
        assert_eq!(title("notes/call.md", "## Hours\n\nNine to five.\n\n# Rota\n"), "Call");
        assert_eq!(title("notes/call.md", "## Hours\n\n# Rota\n\n# Pager\n"), "Call");
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
    fn templates_are_known_by_their_names() {
        for name in ["template", "CAIP-Template", "0000-template", "template-short", "rfc.template", "adr_template"] {
            assert!(identity::is_template(&SourcePath::new(format!("content/adr/{name}.md"))), "{name}");
        }
        for name in [
            "0012-new-page-template",
            "0003-template-engine",
            "2024-03-01-page-template",
            "contemplate",
            "why-templates-fail",
        ] {
            assert!(!identity::is_template(&SourcePath::new(format!("content/adr/{name}.md"))), "{name}");
        }
    }
}
