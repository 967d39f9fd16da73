//! A reference to a label that its text does not define.

use crate::check::bracket::Brackets;
use crate::check::definition::{Definitions, Line};
use crate::check::lost::{Lost, joined};
use crate::check::rule::{Check, Context, Rule};
use crate::check::thin::thin;
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::log::{DecisionLog, Target};
use crate::markdown::{LabelReference, is_identifier};
use crate::record::Record;
use crate::text::{Location, Span, is_address, nearest};
use std::cell::OnceCell;

pub(super) const RULE: Rule = Rule {
    name: "undefined-label",
    summary: "A link or an image names a label that its text does not define.",
    page: include_str!("../../../content/rules/undefined-label.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Among(check),
};

/// How many findings of a text come with the nearest label: looking for it takes time, and nobody mends more at once.
const ADVISED: usize = 200;

/// A label with fewer letters is near to any other.
const SHORTEST: usize = 3;

/// One with more is compared with none, nor is any with more definitions than this: each takes time.
const LONGEST: usize = 60;
const COMPARED: usize = 200;

fn check(log: &DecisionLog, position: usize, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // What holds too much is shown as it was written.
    let is_asked = |record: &&Record| !record.outline.undefined.is_empty() && !record.outline.is_oversized();
    let Some(record) = log.record(position).filter(is_asked) else { return };
    let brackets = Brackets::of(record);
    // A record's identifier needs no definition.
    let is_lost = |reference: &&LabelReference| {
        let label = reference.label.of(record.text());
        !is_identifier(label) || log.named_by(record, label).is_none()
    };
    let references = record.outline.undefined.iter().filter(is_lost);
    let references = references.filter(|reference| brackets.are_meant(reference)).enumerate();
    let definitions = OnceCell::new();
    let lost = references.map(|(at, reference)| {
        let label = on_one_line(reference.label.of(record.text()));
        let finding = report(record, reference, &label);
        let finding = if let Some(fix) = in_round_brackets(log, record, reference) {
            let help = "write the target in round brackets: between square ones, it is taken for a label";
            finding.with_help(help).with_fix(fix)
        } else {
            let definitions: &Definitions = definitions.get_or_init(|| Definitions::of(record));
            match definitions.line(&label) {
                Some(line) => parted(finding, log, record, line),
                None => advised(finding, reference, &label, if at < ADVISED { &definitions.labels } else { &[] }),
            }
        };
        Lost { finding, place: label.to_lowercase() }
    });
    thin(found, joined(RULE.name, record, lost));
}

fn report(record: &Record, reference: &LabelReference, label: &str) -> Diagnostic {
    let message = format!("`[{label}]` is not defined, so readers see the brackets");
    let finding = Diagnostic::new(RULE.name, record.path(), reference.label, message);
    finding.with_label(match is_identifier(label) {
        true => "neither a record nor a definition is called so",
        false => "no definition has this label",
    })
}

/// What to do where a line was to define the label.
fn parted(finding: Diagnostic, log: &DecisionLog, record: &Record, line: &Line) -> Diagnostic {
    let place = Location { path: record.path().clone(), span: line.span };
    let finding = finding.with_related(place, "this line defines nothing");
    let Some(target) = &line.target else {
        return finding.with_help("write one address behind the colon, and no more than a title in quotes behind that");
    };
    let finding = finding.with_help("put an empty line above the definition: it is taken for words of what stands there");
    match line.gap.filter(|_| leads(log, record, target)) {
        Some(gap) => finding.with_fix(fix(record, Span::new(gap, gap), "\n", "put an empty line above the definition")),
        None => finding,
    }
}

/// What to do where nothing defines the label.
fn advised(finding: Diagnostic, reference: &LabelReference, label: &str, defined: &[String]) -> Diagnostic {
    let Some(near) = near(label, defined) else {
        return finding.with_help(format!(
            "define it on a line of its own, `[{label}]: …`, or write the target in round brackets"
        ));
    };
    // The words stay as they are.
    let span = match reference.is_collapsed() {
        true => Span { start: reference.span.end - 1, end: reference.span.end - 1 },
        false => reference.label,
    };
    let edit = Edit { path: finding.primary.path.clone(), span, text: near.to_owned() };
    let fix = Fix { title: format!("name `[{near}]`"), applicability: Applicability::Unsafe, edits: vec![edit] };
    finding.with_help(format!("did you mean `[{near}]`?")).with_fix(fix)
}

/// The label most like one that is not defined, of those with the same figures: `[step-2]` is no slip of `[step-1]`.
fn near<'a>(label: &str, defined: &'a [String]) -> Option<&'a str> {
    let figures = |text: &'a str| text.bytes().filter(u8::is_ascii_digit);
    let alike = |other: &&'a str| figures(other).eq(label.bytes().filter(u8::is_ascii_digit));
    let is_fit = (SHORTEST..=LONGEST).contains(&label.chars().count());
    let compared = defined.iter().take(if is_fit { COMPARED } else { 0 });
    nearest(label, compared.map(String::as_str).filter(alike))
}

/// Puts what leads somewhere by itself into the brackets that a target has: `[text][https://example.org]`, `[text][#there]`.
fn in_round_brackets(log: &DecisionLog, record: &Record, reference: &LabelReference) -> Option<Fix> {
    let target = reference.label.of(record.text());
    let is_plain = !target.contains(|c: char| c.is_whitespace() || "()<>\\".contains(c));
    if reference.is_collapsed() || !is_plain || !target.contains(['#', '.', '/']) || !leads(log, record, target) {
        return None;
    }
    let brackets = Span { start: reference.label.start - 1, end: reference.label.end + 1 };
    Some(fix(record, brackets, &format!("({target})"), &format!("write `({target})`")))
}

/// Whether a target leads anywhere.
fn leads(log: &DecisionLog, record: &Record, target: &str) -> bool {
    match log.resolve(record, target) {
        Target::External(_) => is_address(target),
        // Of another page it is enough that it is there: its headings are not asked for, since nothing names it yet.
        Target::Record { .. } if !target.starts_with('#') => true,
        Target::Record { anchor, .. } => anchor.is_some_and(|anchor| record.outline.has_anchor(&anchor)),
        Target::Asset(path) => log.publishes(&path),
        Target::Missing(_) | Target::Outside | Target::Forbidden(_) => false,
    }
}

/// A repair after which the text is what its author meant: where the link leads is known.
fn fix(record: &Record, span: Span, text: &str, title: &str) -> Fix {
    let edit = Edit { path: record.path().clone(), span, text: text.to_owned() };
    Fix { title: title.to_owned(), applicability: Applicability::Safe, edits: vec![edit] }
}

/// A label as it counts: what parts its words, be that an end of a line and a quotation's mark, is one blank.
fn on_one_line(label: &str) -> String {
    let mut lines = label.lines();
    let first = lines.next().unwrap_or("").split_whitespace();
    let rest = lines.flat_map(|line| line.trim_start_matches([' ', '\t', '>']).split_whitespace());
    first.chain(rest).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;
    use crate::source::apply;

    const PATH: &str = "content/handbook/x.md";

    /// What is said, and the text after repairs that are certain, or after all of them.
    fn tried(text: &str, boldest: Applicability) -> (String, String) {
        let found = trial::found(&RULE, PATH, text);
        let said = |finding: &Diagnostic| format!("{}; {}", finding.message, finding.help.clone().unwrap_or_default());
        let may = |fix: &&Fix| fix.applicability == Applicability::Safe || boldest == Applicability::Unsafe;
        let fixes = found.iter().filter_map(|finding| finding.fix.as_deref()).filter(may);
        let mended = apply(fixes, &|_| Some(text.to_owned())).texts.into_values().next();
        (found.iter().map(said).collect::<Vec<_>>().join("\n"), mended.unwrap_or_else(|| text.to_owned()))
    }

    #[test]
    fn what_leads_somewhere_is_put_into_round_brackets() {
        for (written, mended) in [
            ("# There\n\n[a][#there]", "# There\n\n[a](#there)"),
            ("[a][https://example.org/b?c#d]", "[a](https://example.org/b?c#d)"),
            ("[a][x.md], ![b][https://example.org/b.png]", "[a](x.md), ![b](https://example.org/b.png)"),
            ("[a][#there], [b][y.md] [c][ftp://example.org] [d][#138]", "[a][#there], [b][y.md] [c][ftp://example.org] [d][#138]"),
            ("[ab][https://example.org/a(b)]", "[ab][https://example.org/a(b)]"),
        ] {
            assert_eq!(tried(written, Applicability::Safe).1, mended);
        }
    }

    #[test]
    fn the_label_that_is_meant_is_a_guess() {
        let text = "[a][ladders], [Ladders][], [b][step-2] [c][k]\n\n[ladder]: x.md\n[step-1]: x.md\n[j]: x.md\n";
        let (said, mended) = tried(text, Applicability::Unsafe);
        assert!(said.starts_with("`[ladders]` is not defined, so readers see the brackets; did you mean `[ladder]`?\n"), "{said}");
        assert!(mended.starts_with("[a][ladder], [Ladders][ladder], [b][step-2] [c][k]\n"), "{mended}");
        assert_eq!(tried(text, Applicability::Safe).1, text);
    }

    #[test]
    fn a_line_that_is_no_definition_is_shown() {
        let above = "put an empty line above the definition: it is taken for words of what stands there";
        for (written, help, mended) in [
            ("See [a][bc].\n[bc]: x.md\n", above, "See [a][bc].\n\n[bc]: x.md\n"),
            ("---\nsummary: |\n  ```\n---\nSee [a][bc].\n[bc]: x.md\n", above, "---\nsummary: |\n  ```\n---\nSee [a][bc].\n\n[bc]: x.md\n"),
            ("See [a][bc].\r\n[bc]: x.md\r\n", above, "See [a][bc].\r\n\r\n[bc]: x.md\r\n"),
            ("[a][de]\n[bc]: x.md\n[de]: x.md 'D'\n\nb\n", above, "[a][de]\n\n[bc]: x.md\n[de]: x.md 'D'\n\nb\n"),
            ("[a][bc]\n[bc]: x.md\nb\n", above, "[a][bc]\n[bc]: x.md\nb\n"),
            ("[a][bc]\n[bc]: y.md\n", above, "[a][bc]\n[bc]: y.md\n"),
            ("> [a][bc]\n> [bc]: x.md\n", above, "> [a][bc]\n> [bc]: x.md\n"),
            ("[a][bc]\n\n[bc]: x.md y\n", "write one address behind the colon", "[a][bc]\n\n[bc]: x.md y\n"),
            ("[a][bc]\n\n```\n[bc]: x.md y\n```\n", "define it on a line", "[a][bc]\n\n```\n[bc]: x.md y\n```\n"),
        ] {
            let (said, whole) = tried(written, Applicability::Safe);
            assert!(said.contains(help), "{written}: {said}");
            assert_eq!(whole, mended);
            assert_eq!(whole != written, tried(&whole, Applicability::Safe).0.is_empty(), "{written}");
        }
    }
}
