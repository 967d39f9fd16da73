//! The head of a record: TOML between `+++` lines or YAML between `---` lines.

use super::alias;
use super::cost::Cost;
use super::decision::{Consulted, Daci, Debt, Dissent, Door, Metric, Passage, Review, Scope, SignOff, Sourcing};
use super::deprecation::Deprecation;
use super::format::{names, targets};
use super::id::RecordId;
use super::reference::{Reference, RelationKind};
use crate::date::Date;
use crate::text::{Span, Spanned, nearest};
use crate::value::{Data, Reader, Table, Value};

/// What the head says, besides id, title, status and relations.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// One sentence about the record.
    pub summary: Option<Spanned<String>>,
    /// Whether it can be walked back.
    pub door: Option<Spanned<Door>>,
    /// Why it is a one-way door.
    pub door_reasons: Vec<Spanned<String>>,
    /// How far it reaches.
    pub scope: Option<Spanned<Scope>>,
    /// Where the capability comes from.
    pub sourcing: Option<Spanned<Sourcing>>,
    /// `core` or `context`.
    pub focus: Option<Spanned<String>>,
    /// When it was first written.
    pub created: Option<Spanned<Date>>,
    /// When it was last changed.
    pub updated: Option<Spanned<Date>>,
    /// Words to find it by.
    pub tags: Vec<Spanned<String>>,
    /// Tickets.
    pub tracking: Vec<Spanned<String>>,
    /// A fixed date, where there is one.
    pub deadline: Option<Spanned<Date>>,
    /// When the decision is to be looked at again.
    pub review_by: Option<Spanned<Date>>,
    /// When a waiver ends.
    pub expires: Option<Spanned<Date>>,
    /// Old addresses that lead here, as written; [`super::alias_file`] says which files they name.
    pub aliases: Vec<Spanned<String>>,
    /// Last part of its address, where that is not the file's name.
    pub slug: Option<Spanned<String>>,
    /// Order among chapters; lower comes first.
    pub weight: Option<Spanned<i64>>,
    /// Whether it is kept off the published site.
    pub draft: bool,
    /// Who decides.
    pub daci: Option<Spanned<Daci>>,
    /// Who was spoken to.
    pub consulted: Vec<Spanned<Consulted>>,
    /// Pre-read and meeting.
    pub review: Option<Spanned<Review>>,
    /// Agreements.
    pub sign_offs: Vec<Spanned<SignOff>>,
    /// The statuses it has passed through, where it keeps them.
    pub history: Vec<Spanned<Passage>>,
    /// Disagreements.
    pub dissent: Vec<Spanned<Dissent>>,
    /// Measures of success.
    pub metrics: Vec<Spanned<Metric>>,
    /// Deliberate debt.
    pub debts: Vec<Spanned<Debt>>,
    /// Total cost of ownership.
    pub cost: Option<Spanned<Cost>>,
    /// How a thing is taken away.
    pub deprecation: Option<Spanned<Deprecation>>,
    /// The whole head as a tree, for conditions and required fields.
    pub table: Table,
}

/// Keys of other processes that say nothing here and are kept as they are: those of EIP-like proposals, MADR, KEPs, lists as Rust
/// has them, and Jekyll.
const KEPT: &[&str] = &[
    "author",
    "authors",
    "editor",
    "editors",
    "deciders",
    "decision-makers",
    "informed",
    "reviewers",
    "approvers",
    "discussions-to",
    "last-call-deadline",
    "withdrawal-reason",
    "type",
    "category",
    "layout",
    "parent",
    "nav_order",
    "permalink",
    "kep-number",
    "owning-sig",
    "participating-sigs",
    "creation-date",
    "last-updated",
    "latest-milestone",
    "milestone",
    "stage",
    "start-date",
    "release-date",
    "release-versions",
    "teams",
    "prs",
    "project-link",
    "suite",
    "replaced-by",
    "feature-gates",
    "disable-supported",
    "metrics",
    "see-also",
    "decision_makers",
    "date_proposed",
    "date_accepted",
    "feature",
    "feature-name",
    "co-authors",
    "shepherd-team",
    "shepherd-leader",
    "related-issues",
    "has_children",
    "has_toc",
    "nav_exclude",
];

/// The key of another process that a key is much like, and is not.
pub fn kept_key_like(key: &str) -> Option<&'static str> {
    nearest(key, KEPT.iter().copied())
}

/// Relations by the names that other processes give them.
const BORROWED: &[(&str, RelationKind)] =
    &[("requires", RelationKind::DependsOn), ("replaces", RelationKind::Supersedes)];

impl FrontMatter {
    /// Reads everything but `id`, `kind`, `title`, `status` and relations.
    pub(super) fn read(top: &Reader<'_>) -> FrontMatter {
        FrontMatter {
            summary: top.text("summary").or_else(|| top.text("description")),
            door: top.choice("door", Door::ALL),
            door_reasons: top.texts("door-reasons"),
            scope: top.choice(
                "scope",
                &[("team", Scope::Team), ("organisation", Scope::Organisation), ("strategic", Scope::Strategic)],
            ),
            sourcing: top.choice(
                "sourcing",
                &[
                    ("build", Sourcing::Build),
                    ("buy", Sourcing::Buy),
                    ("partner", Sourcing::Partner),
                    ("integrate", Sourcing::Integrate),
                ],
            ),
            focus: top
                .choice("focus", &[("core", "core"), ("context", "context")])
                .map(|focus| focus.map(str::to_owned)),
            created: top.date("created").or_else(|| top.date("date")),
            updated: top.date("updated"),
            tags: few(top, "tags", top.texts("tags")),
            tracking: top.texts("tracking"),
            deadline: top.date("deadline"),
            review_by: top.date("review-by"),
            expires: top.date("expires"),
            aliases: few(top, "aliases", alias::read(top)),
            slug: alias::read_slug(top),
            weight: top.integer("weight"),
            draft: top.boolean("draft").is_some_and(|draft| draft.value),
            daci: top.table("daci").map(|table| table.map(Daci::read)),
            consulted: consulted(top),
            review: top.table("review").map(|table| table.map(Review::read)),
            sign_offs: top.rows("sign-off", SignOff::read),
            history: top.rows("history", Passage::read),
            dissent: top.rows("dissent", Dissent::read),
            metrics: top.rows("metric", Metric::read),
            debts: top.rows("debt", Debt::read),
            cost: top.table("cost").map(|table| table.map(Cost::read)),
            deprecation: top.table("deprecation").map(|table| table.map(Deprecation::read)),
            table: Table::default(),
        }
    }

    /// The value of a key, dotted for a key in a table: `daci.approver`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let mut parts = key.split('.');
        let first = self.table.get(parts.next()?)?;
        parts.try_fold(first, |value, part| match &value.data {
            Data::Table(table) => table.get(part),
            Data::Scalar(..) | Data::List(_) => None,
        })
    }
}

/// Values of which each makes a page: more than this of one text are left out.
const MOST_PAGES: usize = 100;

/// The values of a key that makes pages, as many as one text may make.
fn few(top: &Reader<'_>, key: &str, mut values: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
    if let Some(first) = values.get(MOST_PAGES) {
        let message = format!("`{key}` has {} values; it may have {MOST_PAGES}", values.len());
        top.reject(first.span, message, "keep those that readers look for; from here on they are left out");
    }
    values.truncate(MOST_PAGES);
    values
}

/// Who was spoken to: a table for each, or their names alone, as MADR has them.
fn consulted(top: &Reader<'_>) -> Vec<Spanned<Consulted>> {
    let is_text = |value: &Value| value.items().iter().all(|item| matches!(item.data, Data::Scalar(..)));
    if !top.value("consulted").is_some_and(is_text) {
        return top.rows("consulted", Consulted::read);
    }
    let people = top.texts("consulted").into_iter().flat_map(|text| names(&text));
    let alone = |who: Spanned<String>| {
        let span = who.span;
        Spanned::new(Consulted { who: Some(who), on: None, stance: None, outcome: None }, span)
    };
    people.map(alone).collect()
}

/// Marks the keys as known that are kept as they are.
pub(super) fn keep(top: &Reader<'_>) {
    top.know(KEPT);
}

/// What the head says of other records.
pub(super) fn read_references(top: &Reader<'_>) -> Vec<Reference> {
    let written = RelationKind::ALL.iter().filter(|(kind, ..)| *kind != RelationKind::ReplacedBy);
    let mut references: Vec<Reference> = written
        .flat_map(|(kind, key, ..)| top.texts(key).into_iter().flat_map(|target| named(*kind, target)))
        .collect();
    for (key, kind) in BORROWED {
        let targets = top.texts(key).into_iter().flat_map(|text| numbers(&text));
        references.extend(targets.map(|target| Reference::new(*kind, target)));
    }
    references.sort_by_key(|reference| reference.target.span);
    references
}

/// The records that a text names: itself, or each of those in `[ADR-9](0009-x.md), ADR-10`.
fn named(kind: RelationKind, text: Spanned<String>) -> Vec<Reference> {
    // Some templates want a word where there is nothing to name.
    if ["n/a", "none", "-", "—", "nil"].iter().any(|word| text.value.trim().eq_ignore_ascii_case(word)) {
        return Vec::new();
    }
    let is_written_out = text.value.contains("](") || text.value.contains(", ");
    let (targets, _) = if is_written_out { targets(&text.value, 0) } else { (Vec::new(), 0) };
    match targets.is_empty() {
        true => vec![Reference::new(kind, text)],
        false => {
            targets.into_iter().map(|target| Reference::new(kind, Spanned::new(target.value, text.span))).collect()
        }
    }
}

/// The numbers and ids of a text such as `20, 165`, each at its place; words such as `none` name nothing.
fn numbers(text: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    // Quotes stand around the text, or nothing does.
    let around = text.span.range().len().saturating_sub(text.value.len());
    let mut at = text.span.range().start + around / 2;
    for part in text.value.split(',') {
        let bare = part.trim();
        let start = at + part.len() - part.trim_start().len();
        let is_number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
        if is_number || RecordId::parse(bare).is_some() {
            let span = if around > 2 { text.span } else { Span::new(start, start + bare.len()) };
            found.push(Spanned::new(bare.to_owned(), span));
        }
        at += part.len() + 1;
    }
    found
}
