//! An image without words for those who cannot see it.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use std::borrow::Cow;

pub(super) const RULE: Rule = Rule {
    name: "missing-alt-text",
    summary: "An image has no text alternative.",
    page: include_str!("../../../content/rules/missing-alt-text.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for image in record.outline.images.iter().filter(|image| image.alt.trim().is_empty()) {
        let written = image.span.of(record.text());
        let is_raw = written.starts_with('<');
        if is_raw && is_decorative(written) {
            continue;
        }
        let message = format!("the image `{}` has no text alternative", shortened(&image.target.value));
        let finding = Diagnostic::new(RULE.name, record.path(), image.span, message);
        let help = match is_raw {
            true => {
                "say in `alt` what a reader is to see in it: `alt=\"Requests per second, before and after\"`; \
                 `alt=\"\"` says that it is only decoration"
            }
            false => {
                "say between the square brackets what a reader is to see in it: `![Requests per second, before and after](…)`"
            }
        };
        found.push(finding.with_label("says nothing to a reader who cannot see it").with_help(help));
    }
}

/// How many letters of a target's beginning and of its end are said where it is longer.
const SAID: (usize, usize) = (40, 20);

/// A target as it is told from others: a service may give an image a name of hundreds of letters, or the image itself may be one.
fn shortened(target: &str) -> Cow<'_, str> {
    let cut = target.char_indices().nth(SAID.0).zip(target.char_indices().nth_back(SAID.1));
    match cut {
        Some(((head, _), (tail, last))) if head < tail => {
            let (start, end) = (target.get(..head).unwrap_or(""), target.get(tail + last.len_utf8()..).unwrap_or(""));
            Cow::Owned(format!("{start}…{end}"))
        }
        _ => Cow::Borrowed(target),
    }
}

/// Whether a tag says `alt=""`: the standard's way to say that an image is decoration, and to be passed over.
fn is_decorative(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    tag.match_indices("alt").any(|(at, _)| {
        let before = tag.get(..at).and_then(|before| before.chars().next_back());
        let value = tag.get(at + 3..).unwrap_or("").trim_start();
        let value = value.strip_prefix('=').map(str::trim_start);
        let is_blank = value.is_some_and(|value| value.starts_with("\"\"") || value.starts_with("''"));
        before.is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '\'')) && is_blank
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    #[test]
    fn a_long_address_is_said_by_its_beginning_and_its_end() {
        let message = |target: &str| trial::found(&RULE, "content/handbook/x.md", &format!("![]({target})\n"))[0].message.clone();
        let long = format!("https://files.example.org/{}/flow.png", "x".repeat(200));
        let said = "the image `https://files.example.org/xxxxxxxxxxxxxx…xxxxxxxxxxx/flow.png` has no text alternative";
        assert_eq!(message(&long), said);
        assert!(message(&"ü".repeat(100)).contains(&format!("`{}…{}`", "ü".repeat(40), "ü".repeat(20))));
        for whole in ["flow.png", &"ü".repeat(61)] {
            assert!(message(whole).contains(&format!("`{whole}`")), "{whole}");
        }
    }

    #[test]
    fn an_empty_alternative_is_an_answer_in_raw_html_alone() {
        let found = |text| trial::found(&RULE, "content/handbook/x.md", text);
        for text in ["<img src=\"a.png\" alt=\"\">\n", "x <IMG ALT = '' src=a.png> y\n", "![A queue](a.png)\n"] {
            assert!(found(text).is_empty(), "{text}");
        }
        for text in ["<img src=\"a.png\">\n", "<img src=\"a.png\" alt=\" \">\n", "<img src=\"salt.png\" data-alt=\"\">\n"] {
            let found = found(text);
            assert!(matches!(found.as_slice(), [one] if one.help.as_ref().is_some_and(|help| help.contains("alt="))), "{text}");
        }
        assert!(matches!(found("![](a.png)\n").as_slice(), [one] if one.help.as_ref().is_some_and(|help| help.contains("brackets"))));
    }
}
