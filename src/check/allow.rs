//! Findings that a comment in the text allows, with its reason.

use super::level::{find, is_about_pages, suggest_rule};
use super::template::is_no_answer;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::record::Record;
use crate::text::{Location, SourcePath, Span};
use std::collections::BTreeMap;

/// What opens such a comment.
const WORD: &str = "precedent:";

/// The rule about comments that cannot be understood.
const MALFORMED: &str = "malformed-allow";

/// The rule about comments that allow nothing.
const UNUSED: &str = "unused-allow";

/// Rules that the comments of one text may allow, a rule that two comments name counted twice.
const MOST: usize = 1_000;

/// Not to be allowed: without front matter nobody knows what a record is, and a comment is not excused by another.
const NEVER: &[&str] = &["malformed-front-matter", MALFORMED, UNUSED];

/// Whether a comment may allow what a rule finds in a text.
pub fn may_be_allowed(rule: &str) -> bool {
    find(rule).is_some() && !NEVER.contains(&rule)
}

/// The comments of texts that allow something.
#[derive(Clone, Debug, Default)]
pub struct Allows {
    by_path: BTreeMap<SourcePath, Vec<Allow>>,
    /// Findings about comments that cannot be understood.
    pub faults: Vec<Diagnostic>,
    /// How many findings were taken away.
    pub count: usize,
}

/// A rule that a comment allows in a part of a text.
#[derive(Clone, Debug)]
struct Allow {
    rule: &'static str,
    /// The part; the whole text when `None`.
    scope: Option<Span>,
    /// The title of that part.
    part: String,
    /// The comment.
    comment: Span,
    /// What to take out to be rid of it: the comment with the line that it stands on alone; `None` where that would move text.
    whole: Option<Span>,
    used: bool,
    /// A finding of the rule that stands outside of the part.
    missed: Option<Span>,
}

/// Whether a comment of a record names a rule: what the rule finds there is told place by place, since some of it may be allowed.
pub(super) fn is_named(record: &Record, rule: &str) -> bool {
    record.outline.comments.iter().any(|comment| {
        let text = comment.of(record.text());
        text.contains(WORD) && text.contains(rule)
    })
}

impl Allows {
    /// Reads the comments of a record.
    pub fn of(record: &Record) -> Allows {
        let mut allows = Allows::default();
        let addressed = record.outline.comments.iter().filter_map(|comment| {
            let inner = comment.of(record.text()).trim_start_matches("<!--").trim_end_matches("-->").trim();
            Some((*comment, addressed(inner)?))
        });
        let (mut unread, mut first) = (0, None);
        for (comment, rest) in addressed {
            if allows.size() < MOST {
                allows.read(record, comment, rest);
            } else {
                unread += 1;
                first.get_or_insert(comment);
            }
        }
        if let Some(first) = first {
            let message = format!("{unread} comments for the checks are not read: a text may have {MOST}");
            let finding = Diagnostic::new(MALFORMED, record.path(), first, message).with_label("not read from here on");
            allows.faults.push(finding.with_help("allow what the whole text is to be allowed above its first heading"));
        }
        allows
    }

    /// How much was read.
    fn size(&self) -> usize {
        self.faults.len() + self.by_path.values().map(Vec::len).sum::<usize>()
    }

    /// Whether there are any.
    pub fn has_any(&self) -> bool {
        !self.by_path.is_empty()
    }

    /// Adds those of another record.
    pub fn add(&mut self, mut other: Allows) {
        self.by_path.extend(other.by_path);
        self.faults.append(&mut other.faults);
    }

    /// Takes away what is allowed, and remembers by which comment.
    #[must_use]
    pub fn filter(&mut self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.by_path.is_empty() {
            return found;
        }
        let before = found.len();
        found.retain(|finding| !self.allow(finding));
        self.count += before - found.len();
        found
    }

    /// Findings about comments that allowed nothing; those of rules about pages count only where pages are made.
    pub fn unused(&self, with_pages: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (path, allows) in &self.by_path {
            let is_asked = |allow: &&Allow| !allow.used && (with_pages || !is_about_pages(allow.rule));
            // What one comment allows stands together.
            for together in allows.chunk_by(|one, next| one.comment == next.comment) {
                let is_alone = together.len() == 1;
                found.extend(together.iter().filter(is_asked).map(|allow| unused(path, allow, is_alone)));
            }
        }
        found
    }

    fn allow(&mut self, finding: &Diagnostic) -> bool {
        let Some(allows) = self.by_path.get_mut(&finding.primary.path) else { return false };
        let speaks = |allow: &&mut Allow| {
            allow.rule == finding.rule && allow.scope.is_none_or(|scope| scope.contains(finding.primary.span))
        };
        if let Some(allow) = allows.iter_mut().find(speaks) {
            allow.used = true;
            return true;
        }
        for allow in allows.iter_mut().filter(|allow| allow.rule == finding.rule) {
            allow.missed.get_or_insert(finding.primary.span);
        }
        false
    }

    fn read(&mut self, record: &Record, comment: Span, rest: &str) {
        let fault = |message: String, help: String| {
            Diagnostic::new(MALFORMED, record.path(), comment, message).with_label("allows nothing").with_help(help)
        };
        let form = || "write `<!-- precedent: allow RULE: why -->`".to_owned();
        let Some(rest) = rest.strip_prefix("allow").filter(|rest| rest.starts_with(char::is_whitespace)) else {
            self.faults.push(fault("a comment for the checks that they do not understand".to_owned(), form()));
            return;
        };
        let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
        if is_no_answer(reason) {
            let message = "an exception without its reason".to_owned();
            self.faults.push(fault(message, "say why after a second colon: `allow RULE: why`".to_owned()));
            return;
        }
        for name in names.split(',').map(str::trim) {
            let Some(rule) = find(name) else {
                self.faults.push(fault(format!("there is no rule `{name}` to allow"), suggest_rule(name)));
                continue;
            };
            if NEVER.contains(&rule.name) {
                let help = "repair what it finds".to_owned();
                self.faults.push(fault(format!("`{name}` cannot be allowed"), help));
                continue;
            }
            let section = scope(record, comment);
            let allow = Allow {
                rule: rule.name,
                scope: section.map(|(_, scope)| scope),
                part: section.map(|(title, _)| title.to_owned()).unwrap_or_default(),
                comment,
                whole: whole_line(record.text(), comment),
                used: false,
                missed: None,
            };
            self.by_path.entry(record.path().clone()).or_default().push(allow);
        }
    }
}

/// The part that a comment speaks for: the section it stands in; `None` for the whole text, when it stands above the first.
fn scope(record: &Record, comment: Span) -> Option<(&str, Span)> {
    let section = record.outline.sections.iter().find(|section| section.own.contains(comment))?;
    let is_title = record.title_heading == Some(section.heading);
    (!is_title).then_some((section.title.as_str(), Span { start: section.heading.start, end: section.body.end }))
}

fn unused(path: &SourcePath, allow: &Allow, is_alone: bool) -> Diagnostic {
    let message = format!("nothing here is against `{}`", allow.rule);
    let label = match allow.scope {
        Some(_) => format!("speaks for the section `{}` alone", allow.part),
        None => "speaks for the whole text".to_owned(),
    };
    let finding = Diagnostic::new(UNUSED, path, allow.comment, message).with_label(label);
    if !is_alone {
        return finding.with_help(format!("take `{}` out of the comment", allow.rule));
    }
    if let Some(missed) = allow.missed {
        let at = Location { path: path.clone(), span: missed };
        let help =
            "put the comment above the first heading, to speak for the whole text, or under the heading that is meant";
        return finding.with_related(at, "found here, outside of it").with_help(help);
    }
    let (span, applicability) = match allow.whole {
        Some(whole) => (whole, Applicability::Safe),
        None => (allow.comment, Applicability::Unsafe),
    };
    let edit = Edit { path: path.clone(), span, text: String::new() };
    finding.with_help("take it out").with_fix(Fix {
        title: "take the comment out".to_owned(),
        applicability,
        edits: vec![edit],
    })
}

/// What follows in a comment that speaks to the checks; those that forget the colon or shout mean it, too.
fn addressed(inner: &str) -> Option<&str> {
    let (word, rest) = inner.split_at_checked(WORD.len() - 1)?;
    if !word.eq_ignore_ascii_case(WORD.trim_end_matches(':')) {
        return None;
    }
    let is_near = rest.trim_start().starts_with("allow ") && rest.starts_with(char::is_whitespace);
    match rest.strip_prefix(':') {
        Some(rest) if inner.starts_with(WORD) => Some(rest.trim()),
        // Understood by nobody, and so reported.
        Some(_) => Some(""),
        None => is_near.then_some(""),
    }
}

/// The comment with the line that it stands on alone, and one of two blank lines around it; `None` where other text shares the
/// line, which would be read otherwise without the comment before it.
fn whole_line(text: &str, comment: Span) -> Option<Span> {
    let (start, end) = (comment.start as usize, comment.end as usize);
    let before = text.get(..start)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let after = text.get(end..)?;
    let rest = after.find('\n').map_or(after.len(), |at| at + 1);
    let is_blank = |text: Option<&str>| text.is_some_and(|text| text.trim().is_empty());
    if !is_blank(text.get(line..start)) || !is_blank(after.get(..rest)) {
        return None;
    }
    let next = after.get(rest..)?;
    let next_line = next.find('\n').map_or(next.len(), |at| at + 1);
    let above = before.get(..line)?;
    let last = above.strip_suffix('\n').map(|above| above.rsplit('\n').next().unwrap_or(above));
    let (is_free_above, is_free_below) = (is_blank(last) || above.is_empty(), is_blank(next.get(..next_line)));
    Some(match (is_free_above, is_free_below) {
        (true, true) => Span::new(line, end + rest + next_line),
        (false, false) => comment,
        _ => Span::new(line, end + rest),
    })
}
