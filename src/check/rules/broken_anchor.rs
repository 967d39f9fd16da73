//! A link to a heading that is not there, or an anchor that is there twice.

use crate::check::lost::{Lost, joined};
use crate::check::rule::{Check, Context, Rule};
use crate::check::thin::thin;
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::log::{DecisionLog, Target};
use crate::markdown::Outline;
use crate::record::Record;
use crate::text::{Location, Span, Spanned, TextHash, nearest};
use memchr::memchr;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) const RULE: Rule = Rule {
    name: "broken-anchor",
    summary: "A link names a heading that its page does not have.",
    page: include_str!("../../../content/rules/broken-anchor.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Among(check),
};

/// How many anchors are named where none is near.
const NAMED: usize = 6;

/// How many findings of a text come with the nearest heading: looking for it takes time, and nobody mends more at once.
const ADVISED: usize = 200;

/// How many of a page's anchors are asked for before all of them are sorted.
const FEW: usize = 4;

/// The anchors of pages, by the positions of their records.
type Known<'a> = BTreeMap<usize, Anchors<'a>>;

/// The anchors of a page, as far as they were asked for.
#[derive(Default)]
struct Anchors<'a> {
    asked: usize,
    sorted: OnceCell<BTreeSet<&'a str>>,
}

impl<'a> Anchors<'a> {
    /// Whether a page has an anchor. Most texts ask once.
    fn have(&mut self, anchor: &str, outline: &'a Outline) -> bool {
        self.asked += 1;
        match self.asked <= FEW {
            true => outline.all_anchors().any(|known| known == anchor),
            false => self.sorted.get_or_init(|| outline.all_anchors().collect()).contains(anchor),
        }
    }
}

fn check(log: &DecisionLog, position: usize, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    let (mut known, mut advised) = (Known::default(), 0);
    let broken = record.outline.links.iter().filter_map(|link| {
        let broken = broken(log, record, &link.target, &mut known, advised < ADVISED);
        advised += usize::from(broken.is_some());
        broken
    });
    thin(found, joined(RULE.name, record, broken));
    twice(record, found);
}

/// Anchors that the author wrote and that lead elsewhere, too: a heading's old name that another heading has by now.
fn twice(record: &Record, found: &mut Vec<Diagnostic>) {
    let outline = &record.outline;
    if outline.anchors.is_empty() {
        return;
    }
    let headings = outline.sections.iter().map(|section| (section.anchor.as_str(), section.heading));
    let mut places: HashMap<&str, Span, TextHash> = headings.collect();
    for anchor in &outline.anchors {
        let Some(other) = places.get(anchor.value.as_str()).copied() else {
            places.insert(&anchor.value, anchor.span);
            continue;
        };
        if stands_beside(anchor.span, other, record.text()) {
            continue;
        }
        let message = format!("`#{}` names two places in this page", anchor.value);
        let finding = Diagnostic::new(RULE.name, record.path(), anchor.span, message).with_label("links lead to the first");
        let other = Location { path: record.path().clone(), span: other };
        let finding = finding.with_related(other, "the other place");
        found.push(finding.with_help("take one of them out, or give it another name"));
    }
}

/// Whether an anchor stands in a heading or just before it, where it leads to the same place.
fn stands_beside(anchor: Span, heading: Span, text: &str) -> bool {
    if anchor.start >= heading.start {
        return anchor.end <= heading.end;
    }
    // What is left of `<a name="x"></a>` after the name.
    let between = Span { start: anchor.end, end: heading.start }.of(text);
    let mut in_tag = true;
    between.chars().all(|c| {
        let is_outside = !in_tag;
        in_tag = if in_tag { c != '>' } else { c == '<' };
        c.is_whitespace() || !is_outside || c == '<'
    })
}

fn broken<'a>(
    log: &'a DecisionLog,
    record: &Record,
    target: &Spanned<String>,
    known: &mut Known<'a>,
    is_advised: bool,
) -> Option<Lost> {
    memchr(b'#', target.value.as_bytes())?;
    let Target::Record { record: position, anchor: Some(anchor) } = log.resolve(record, &target.value) else {
        return None;
    };
    let page = log.record(position)?;
    // Browsers know these three by themselves: the top of any page, and words to look for.
    let is_known = anchor.is_empty() || anchor == "top" || anchor.starts_with(":~:");
    if is_known || known.entry(position).or_default().have(&anchor, &page.outline) {
        return None;
    }
    let is_own = page.path() == record.path();
    let of = if is_own { "this page".to_owned() } else { format!("`{}`", page.path()) };
    let span = fragment(record, target.span);
    let finding = Diagnostic::new(RULE.name, record.path(), span, format!("{of} has no heading `#{anchor}`"));
    // Browsers stay where they are in a page that is open.
    let finding = finding.with_label(if is_own { "leads nowhere" } else { "leads to the top of the page" });
    let place = format!("{}#{anchor}", page.path());
    let finding = if is_advised { advised(finding, &anchor, &page.outline) } else { finding };
    Some(Lost { finding, place })
}

fn advised(finding: Diagnostic, anchor: &str, outline: &Outline) -> Diagnostic {
    let anchors: Vec<&str> = outline.all_anchors().collect();
    let Some(near) = nearest(anchor, anchors.iter().copied()) else {
        let named: Vec<String> = anchors.iter().take(NAMED).map(|anchor| format!("`#{anchor}`")).collect();
        return finding.with_help(match named.as_slice() {
            [] => "link to the page alone: it has no headings".to_owned(),
            _ if anchors.len() > NAMED => format!("name one of its headings: {}, …", named.join(", ")),
            _ => format!("name one of its headings: {}", named.join(", ")),
        });
    };
    let edit = Edit { path: finding.primary.path.clone(), span: finding.primary.span, text: format!("#{near}") };
    let fix = Fix { title: format!("write `#{near}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
    finding.with_help(format!("did you mean `#{near}`?")).with_fix(fix)
}

/// The part of a target from its `#` on.
fn fragment(record: &Record, target: Span) -> Span {
    let hash = target.of(record.text()).find('#').unwrap_or(0);
    Span::new(target.range().start + hash, target.range().end)
}
