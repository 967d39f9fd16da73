//! What the preview says of a page besides the page: its findings, and whether its record is ready for the next step.

use super::changes::Then;
use super::editor::Editor;
use super::pages::Pages;
use super::ready::{self, Next};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::line::LineIndex;
use crate::markdown::Diagrams;
use crate::page::Route;
use crate::record::{Record, RecordId};
use crate::source::Source;
use crate::text::SourcePath;
use crate::workspace::Snapshot;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most findings that are shown of one page; the terminal has the others.
const MOST_FINDINGS: usize = 50;

/// What is known of the site that is shown, and of what was shown before.
pub(super) struct Desk {
    snapshot: Arc<Snapshot>,
    site: Arc<dyn Pages>,
    today: Date,
    diagrams: Arc<Diagrams>,
    editor: Option<Editor>,
    then: Then,
    settings: SourcePath,
    /// By address: the place of the record in the log.
    pages: Arc<BTreeMap<Route, usize>>,
    /// By address: a file that was shown there and is gone.
    gone: Arc<BTreeMap<Route, Gone>>,
    name: String,
}

/// A file that was shown, and is there no more.
#[derive(Clone, Debug)]
pub(super) struct Gone {
    /// The file.
    pub(super) path: SourcePath,
    id: Option<RecordId>,
}

/// For whom a desk is set up, and with what.
#[derive(Clone)]
pub(super) struct Tools {
    /// What opens a file, where that is known.
    pub(super) editor: Option<Editor>,
    /// The settings' path below the project's folder.
    pub(super) settings: String,
    /// Remembers what was drawn.
    pub(super) diagrams: Arc<Diagrams>,
    /// Finds what was signed or circulated.
    pub(super) then: Then,
}

impl Desk {
    /// The desk for a new build; what was shown `before` and is not shown now is gone.
    pub(super) fn new(
        (snapshot, site): (&Arc<Snapshot>, Arc<dyn Pages>),
        today: Date,
        tools: &Tools,
        before: Option<&Desk>,
    ) -> Desk {
        let (pages, gone) = match before {
            Some(before) if is_placed_as(&before.snapshot, snapshot) => {
                (Arc::clone(&before.pages), Arc::clone(&before.gone))
            }
            _ => places(snapshot, before),
        };
        let settings = SourcePath::new(&tools.settings);
        let name = snapshot.diagnostics.name().to_string();
        let (snapshot, editor, diagrams) = (Arc::clone(snapshot), tools.editor.clone(), Arc::clone(&tools.diagrams));
        let then = tools.then.clone();
        Desk { snapshot, site, today, diagrams, editor, then, settings, pages, gone, name }
    }

    /// A name for what was found: other findings, another name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The file that was shown at one of some addresses and is gone.
    pub(super) fn gone(&self, routes: &[Route]) -> Option<&Gone> {
        routes.iter().find_map(|route| self.gone.get(route))
    }

    /// Where a record of the same id stands now, as the title and the address of its page.
    pub(super) fn moved(&self, gone: &Gone) -> Option<(String, &Route)> {
        let at = *self.snapshot.log.claims(gone.id.as_ref()?).first()?;
        let route = self.pages.iter().find(|(_, position)| **position == at).map(|(route, _)| route)?;
        self.snapshot.log.record(at).map(|record| (record.name(), route))
    }

    /// What is to be said of the page at an address; `root` is the address of the site.
    pub(super) fn state(&self, route: Option<&Route>, root: &str) -> Value {
        let position = route.and_then(|route| self.pages.get(route));
        let record = position.and_then(|position| self.snapshot.log.record(*position));
        let all = &self.snapshot.diagnostics;
        let own = record.map(|record| record.path()).filter(|path| **path != self.settings);
        let mut found: Vec<&Diagnostic> =
            all.of(&self.settings).iter().chain(own.map_or(&[] as &[_], |path| all.of(path))).collect();
        found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let shown = found.iter().take(MOST_FINDINGS);
        let findings: Vec<Value> = shown.map(|finding| self.finding(finding, None, root)).collect();
        json!({
            "findings": findings,
            "more": found.len().saturating_sub(MOST_FINDINGS),
            "record": position.zip(record).map(|(position, record)| self.record((*position, record), &found, root)),
        })
    }

    fn record(&self, (position, record): (usize, &Record), found: &[&Diagnostic], root: &str) -> Value {
        let config = &self.snapshot.config;
        let context = crate::check::Context { config, today: self.today, diagrams: &self.diagrams };
        let known: Vec<&Diagnostic> = found.iter().copied().filter(|one| one.primary.path == *record.path()).collect();
        let next = ready::next(&self.snapshot.log, position, &known, &context);
        let steps = next.iter().map(|Next { status, asks, text }| {
            let asks: Vec<Value> = asks.iter().map(|ask| self.ask(ask, record, text, root)).collect();
            json!({ "status": status, "asks": asks })
        });
        json!({
            "path": record.path().as_str(),
            "kind": record.kind.label,
            "chapter": record.kind.is_chapter(),
            "status": record.status.as_ref().map(|status| &status.label),
            "draft": record.front.draft,
            "next": steps.collect::<Vec<_>>(),
            "pre-read": ready::pre_read(record, &config.policy),
            "changes": self.then.changes(record, config),
            "href": self.editor.as_ref().map(|editor| editor.address(record.path(), 1, 1)),
        })
    }

    /// What a next status asks for; what is missing altogether is at no place.
    fn ask(&self, finding: &Diagnostic, record: &Record, text: &str, root: &str) -> Value {
        let mut whole = self.finding(finding, Some(text), root);
        let status = record.raw_status.as_ref().map(|raw| raw.span.start);
        if let (Value::Object(entries), true) = (&mut whole, status == Some(finding.primary.span.start)) {
            entries.remove("place");
        }
        whole
    }

    /// A finding; `text` is the text that it speaks of, where that is not the file's, and `root` the address of the site.
    fn finding(&self, finding: &Diagnostic, text: Option<&str>, root: &str) -> Value {
        let path = &finding.primary.path;
        let text = text.or_else(|| self.snapshot.source(path).and_then(Source::text));
        let (line, column) =
            text.map_or((1, 1), |text| LineIndex::new(text).line_column(text, finding.primary.span.start));
        let about = Route(format!("rules/{}.html", finding.rule));
        let about = self.site.has(&about).then(|| format!("{root}{}", about.href()));
        json!({
            "rule": finding.rule,
            "about": about,
            "level": match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Information | Severity::Hint => "note",
            },
            "message": finding.message,
            "help": finding.help,
            "place": format!("{path}:{line}:{column}"),
            "href": self.editor.as_ref().map(|editor| editor.address(path, line, column)),
        })
    }
}

/// Whether every page stands where it stood: the files are the same, and none asks for another address.
fn is_placed_as(before: &Snapshot, now: &Snapshot) -> bool {
    let slug = |record: &Record| record.front.slug.as_ref().map(|slug| slug.value.clone());
    let same = |(one, other): (&Arc<Record>, &Arc<Record>)| {
        Arc::ptr_eq(one, other) || (one.path() == other.path() && slug(one) == slug(other))
    };
    let (before_all, now_all) = (before.log.records(), now.log.records());
    before.config.roots == now.config.roots
        && before_all.len() == now_all.len()
        && before_all.iter().zip(now_all).all(same)
}

/// Something for each of some addresses.
type ByRoute<T> = Arc<BTreeMap<Route, T>>;

/// Which record's page stands at which address; what was shown `before` and is not shown now is gone.
fn places(snapshot: &Snapshot, before: Option<&Desk>) -> (ByRoute<usize>, ByRoute<Gone>) {
    let mut pages = BTreeMap::new();
    for (position, record) in snapshot.log.records().iter().enumerate() {
        pages.entry(address(record, &snapshot.config)).or_insert(position);
    }
    let mut gone = BTreeMap::new();
    if let Some(before) = before {
        let shown = before.pages.iter().filter_map(|(route, at)| {
            let record = before.snapshot.log.record(*at)?;
            let id = record.id.as_ref().map(|id| id.value.clone());
            Some((route.clone(), Gone { path: record.path().clone(), id }))
        });
        let all = before.gone.iter().map(|(route, gone)| (route.clone(), gone.clone())).chain(shown);
        gone.extend(all.filter(|(route, _)| !pages.contains_key(route)));
    }
    (Arc::new(pages), Arc::new(gone))
}

/// The address of a record's page.
fn address(record: &Record, config: &Config) -> Route {
    let route = Route::of_text(&config.roots.below(record.path()));
    match &record.front.slug {
        Some(slug) if !record.is_index() => route.ending_in(&slug.value),
        _ => route,
    }
}
