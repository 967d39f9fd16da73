//! An alert that is shown as an ordinary quotation.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::markdown::quotations;
use crate::record::Record;
use crate::text::{Span, nearest};
use memchr::memmem;

pub(super) const RULE: Rule = Rule {
    name: "malformed-alert",
    summary: "An alert is not one of the five, or is not written as one.",
    page: include_str!("../../../content/rules/malformed-alert.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

/// How a marker opens.
const OPENING: &str = "[!";

/// The alerts there are.
const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let body = record.text().get(record.body..).unwrap_or("");
    if may_hold_faults(body) && !record.outline.is_oversized() {
        found.extend(quotations(record.text(), record.body).into_iter().filter_map(|quote| fault(record, quote)));
    }
}

/// Whether any line might open an alert that is not well formed: only then the text is read once more for its quotations.
fn may_hold_faults(body: &str) -> bool {
    memmem::find(body.as_bytes(), OPENING.as_bytes()).is_some() && body.lines().any(is_suspect)
}

fn is_suspect(line: &str) -> bool {
    let Some((lead, rest)) = line.split_once(OPENING).filter(|(lead, _)| lead.contains('>')) else { return false };
    let is_well_formed = rest.split_once(']').is_some_and(|(word, after)| known(word).is_some() && after.trim().is_empty());
    !is_well_formed || !lead.trim_end().ends_with('>')
}

/// The alert that a word names.
fn known(word: &str) -> Option<&'static str> {
    ALERTS.iter().copied().find(|known| known.eq_ignore_ascii_case(word))
}

/// What is wrong with the first line of a quotation, if it is meant as an alert.
fn fault(record: &Record, quote: Span) -> Option<Diagnostic> {
    let line = quote.of(record.text()).lines().next()?;
    let inner = line.strip_prefix('>')?.trim_start();
    let written = inner.strip_prefix(OPENING)?.split_once(']').map(|(word, _)| word)?;
    let lead = quote.range().start + line.len() - inner.len();
    let marker = Span::new(lead, lead + written.len() + 3);
    let rest = inner.get(written.len() + 3..)?.trim();
    let word = written.trim();
    let is_link = record.outline.links.iter().any(|link| link.span.start == marker.start);
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '_');
    if is_link || !is_word {
        return None;
    }
    let finding = |place, message| {
        Diagnostic::new(RULE.name, record.path(), place, message).with_label("shown as a quotation")
    };
    let Some(known) = known(word) else { return Some(unknown(finding(marker, format!("there is no alert `{word}`")), word)) };
    if !rest.is_empty() {
        let place = Span::new(lead, lead + inner.trim_end().len());
        let message = format!("`[!{word}]` is followed by text on its own line");
        return Some(finding(place, message).with_help("put the text on the next line, after `> `"));
    }
    // As GitHub reads it, nothing else may stand between the brackets.
    (written != word).then(|| {
        let finding = finding(marker, format!("`[!{written}]` has a blank in its brackets"));
        let fix = write(known, &finding);
        finding.with_help(format!("write `[!{known}]`")).with_fix(fix)
    })
}

/// Advice for a marker that names no alert.
fn unknown(finding: Diagnostic, word: &str) -> Diagnostic {
    let Some(near) = nearest(word, ALERTS.iter().copied()) else {
        return finding.with_help("write one of NOTE, TIP, IMPORTANT, WARNING and CAUTION");
    };
    let fix = write(near, &finding);
    finding.with_help(format!("did you mean `[!{near}]`?")).with_fix(fix)
}

fn write(alert: &str, finding: &Diagnostic) -> Fix {
    let edit = Edit { path: finding.primary.path.clone(), span: finding.primary.span, text: format!("[!{alert}]") };
    Fix { title: format!("write `[!{alert}]`"), applicability: Applicability::Safe, edits: vec![edit] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(text: &str) -> Vec<String> {
        let found = trial::found(&RULE, "content/handbook/x.md", text);
        found.iter().map(|finding| finding.primary.span.of(text).to_owned()).collect()
    }

    #[test]
    fn what_is_shown_as_a_quotation_is_found() {
        assert_eq!(found("> [!WARNNG]\n> x\n"), ["[!WARNNG]"]);
        assert_eq!(found("- > [!WARNNG]\n  > x\n"), ["[!WARNNG]"]);
        assert_eq!(found("1. a\n\n   > [!TIPP]\n   > x\n"), ["[!TIPP]"]);
        assert_eq!(found("> x\n>\n> > [!NOTES]\n> > y\n"), ["[!NOTES]"]);
        assert_eq!(found("> [! NOTE]\n> x\n"), ["[! NOTE]"]);
        assert_eq!(found("> [!NOTE] x\n"), ["[!NOTE] x"]);
    }

    #[test]
    fn what_is_no_quotation_or_no_alert_is_left_alone() {
        for text in [
            "<!--\nold:\n\n> [!WARNNG]\n> x\n-->\n",
            "```md\n> [!WARNNG]\n```\n",
            "    > [!WARNNG]\n",
            "> [!NOTE]\n> x\n",
            "- > [!NOTE]\n  > x\n",
            "> [!note]\n> x\n",
            "> [!Important thing](x.md)\n",
            "> [!foo]\n\n[!foo]: https://example.org\n",
            "> x\n> [!NOTE]\n",
            "a > b [!x] c\n",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
