//! Whether a record may be meant to be kept back, though it does not say so in the one way that is understood.

use super::head::Head;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::text::{Span, Spanned, nearest};
use crate::value::{Data, Entry, MALFORMED, Scalar, Table, Value};

/// Why a record is taken for a draft that does not say `draft = true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// `draft` is there, and is neither `true` nor `false`.
    Value,
    /// A key is nearly `draft`, or stands where `draft` is not looked for.
    Key,
    /// The front matter cannot be read, and `draft` may stand in it.
    Head,
    /// What looks like front matter is none, and `draft` stands in it.
    NoHead,
}

const DRAFT: &str = "draft";

/// Other ways to write the key.
const OTHERS: [&str; 3] = ["isdraft", "is-draft", "is_draft"];

/// What other tools write into a head to keep a page back, where it is not denied.
const KEPT_BACK: [&str; 3] = ["private", "hidden", "unlisted"];

/// What other tools write into a head to keep a page back, where it is not affirmed. Others say by it when, or where, a text came
/// out.
const PUBLISHED: &str = "published";

const YES: [&str; 3] = ["true", "yes", "on"];
const NO: [&str; 3] = ["false", "no", "off"];

/// What opens a head, here or with other tools, and what editors make of it that mend dashes.
const FENCES: [&str; 7] = ["---", "+++", "{", ";;;", "...", "--", "—"];

/// Characters at which some editors end a line.
const OTHER_ENDS: [char; 6] = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// How many lines at the start of a text without front matter are looked through.
const LINES: usize = 64;

/// What a text leaves in doubt, of whose front matter this was read, with these faults. `fields` are keys of the organisation's own.
pub(super) fn doubt(
    source: &Source,
    head: Option<Head>,
    (table, faults): (&Table, &[Diagnostic]),
    fields: &[String],
) -> Option<Spanned<Doubt>> {
    let text = source.text().unwrap_or_default();
    if head.is_none() && source.beside.as_ref().is_some_and(|beside| beside.is_unread) {
        return Some(Spanned::new(Doubt::Head, Span::default()));
    }
    let written = match head {
        Some(head) if !head.closed => text.get(head.span.end as usize..).unwrap_or(""),
        Some(head) => head.inner.of(text),
        None => source.beside.as_ref().and_then(|beside| beside.text()).unwrap_or(""),
    };
    let at = head.map_or(Span::default(), |head| head.span);
    of_faults(written, at, table, faults)
        .or_else(|| of_keys(table, fields))
        .or_else(|| of_start(text, head).filter(|_| source.beside.is_none()))
}

/// Has what is found of front matter that cannot be read say that its record is kept back for it.
pub(super) fn tell(doubt: &Spanned<Doubt>, found: &mut [Diagnostic]) {
    if doubt.value != Doubt::Head {
        return;
    }
    if let Some(fault) = found.iter_mut().find(|finding| finding.rule == MALFORMED) {
        let help = fault.help.take().unwrap_or_else(|| "mend the front matter".to_owned());
        fault.help =
            Some(format!("{help}; until then the record is not published, since it may be meant to be a draft"));
    }
}

/// What keys and values leave in doubt.
fn of_keys(table: &Table, fields: &[String]) -> Option<Spanned<Doubt>> {
    let (mut open, mut is_top) = (vec![table], true);
    while let Some(next) = open.pop() {
        for Entry { key, value } in &next.entries {
            let is_own = is_top && fields.contains(&key.value);
            let is_plain = is_top && key.value == DRAFT;
            if is_plain && !is_boolean(value) {
                return Some(Spanned::new(Doubt::Value, if value.span.is_empty() { key.span } else { value.span }));
            }
            if is_top && !is_own && keeps_back(&key.value, value) {
                return Some(Spanned::new(Doubt::Key, key.span));
            }
            if is_like_draft(&key.value) && !is_own && !is_plain && !is(value, "false") {
                return Some(Spanned::new(Doubt::Key, key.span));
            }
            // What an organisation adds for itself is its own affair.
            if !is_top || key.value != "extra" {
                open.extend(value.items().iter().filter_map(inner));
            }
        }
        is_top = false;
    }
    None
}

/// What front matter leaves in doubt that could not be read as it is written; `faults` are those of reading it.
fn of_faults(written: &str, at: Span, table: &Table, faults: &[Diagnostic]) -> Option<Spanned<Doubt>> {
    let fault = faults.first()?;
    let is_lost = table.entries.is_empty() && !written.trim().is_empty();
    let says = written.lines().any(says_draft);
    // What a file beside the text says has its place there.
    let span = if at.is_empty() || fault.primary.span.is_empty() { at } else { fault.primary.span };
    (is_lost || says).then(|| Spanned::new(Doubt::Head, span))
}

/// What the start of a text leaves in doubt: lines that look like front matter and are none, or that stand right behind it.
fn of_start(text: &str, head: Option<Head>) -> Option<Spanned<Doubt>> {
    let from = head.map_or(0, |head| head.span.end as usize);
    let block = text.get(from..)?.trim_start_matches(is_blank);
    let start = text.len() - block.len();
    // An editor may take other characters for the end of a line than we do, and show its author a head.
    let mut lines = block.lines().flat_map(|line| line.split(OTHER_ENDS)).take(LINES).peekable();
    let first = *lines.peek()?;
    let is_fence = |line: &str| FENCES.iter().any(|fence| line.starts_with(fence));
    let is_json = first.starts_with('{');
    let head_like: Vec<&str> = match head {
        // What follows is prose, which mostly its first line tells, unless it is closed like another head.
        Some(_) => {
            let mut inside = Vec::new();
            loop {
                match lines.next()? {
                    line if is_fence(line) && !inside.is_empty() => break inside,
                    line if is_fence(line) || is_field(line) => inside.push(line),
                    _ => return None,
                }
            }
        }
        None if is_json => lines.collect(),
        None if is_fence(first) || is_field(first) => lines.take_while(|line| !line.trim().is_empty()).collect(),
        None => return None,
    };
    let says = head_like.iter().any(|line| says_draft(line.trim_start_matches(['{', ' '])));
    let letter = block.chars().next().map_or(0, char::len_utf8);
    says.then(|| Spanned::new(Doubt::NoHead, Span::new(start, start + letter)))
}

/// Whether a character shows nothing: nobody sees that a fence does not stand in the very first place.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

/// Whether a line is a key and its value, as in a head.
fn is_field(line: &str) -> bool {
    let key = line.split_once(':').map_or("", |(key, _)| key);
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '"' | '\''))
}

fn inner(value: &Value) -> Option<&Table> {
    match &value.data {
        Data::Table(table) => Some(table),
        Data::Scalar(..) | Data::List(_) => None,
    }
}

/// Whether a key, with its value, keeps a page back in other tools, or may.
fn keeps_back(key: &str, value: &Value) -> bool {
    let text = match &value.data {
        Data::Scalar(_, text) => text.as_str(),
        Data::List(_) | Data::Table(_) => "",
    };
    let says = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if key.eq_ignore_ascii_case(PUBLISHED) {
        let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 4);
        return !(says(YES) || has_year || text.contains("://"));
    }
    KEPT_BACK.iter().any(|name| key.eq_ignore_ascii_case(name)) && !says(NO)
}

fn is_boolean(value: &Value) -> bool {
    is(value, "true") || is(value, "false")
}

/// Whether a value without quotes is a word, in any case.
fn is(value: &Value, word: &str) -> bool {
    matches!(&value.data, Data::Scalar(form, text) if matches!(form, Scalar::Plain | Scalar::Boolean | Scalar::Broken) && text.eq_ignore_ascii_case(word))
}

fn is_like_draft(key: &str) -> bool {
    OTHERS.iter().any(|other| key.eq_ignore_ascii_case(other)) || nearest(key, [DRAFT]).is_some()
}

/// Whether a line as it is written gives a key like `draft` another value than `false`.
fn says_draft(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '-' | '*'));
    let end = line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(line.len());
    let (key, rest) = line.split_at(end);
    let rest = rest.trim_start_matches(['"', '\'']).trim_start();
    let value = rest.trim_start_matches(['=', ':']);
    let is_set = value.len() < rest.len() || YES.iter().any(|word| rest.starts_with(word));
    let value = value.trim().to_ascii_lowercase();
    is_like_draft(key) && is_set && !value.starts_with("false")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::record::Record;
    use crate::text::SourcePath;

    #[test]
    fn other_ends_of_lines_hide_no_draft() {
        for end in OTHER_ENDS {
            let text = format!("---{end}title: x{end}draft: true{end}---{end}# A\n");
            assert_eq!(of(&text), (true, Some(Doubt::NoHead)), "{end:?}");
        }
    }

    fn of(text: &str) -> (bool, Option<Doubt>) {
        let source = Source::new(SourcePath::new("content/adr/0001-x.md"), text);
        let record = Record::parse(&source, &Config::builtin()).0;
        (record.front.draft, record.doubt.map(|doubt| doubt.value))
    }

    #[test]
    fn what_may_be_a_draft_is_one() {
        for (text, why) in [
            ("+++\ndraft = \"true\"\n+++\n", Doubt::Value),
            ("+++\ndraft = 1\n+++\n", Doubt::Value),
            ("+++\ndraft = [true]\n+++\n", Doubt::Value),
            ("---\ndraft: yes\n---\n", Doubt::Value),
            ("---\ndraft:\n---\n", Doubt::Value),
            ("+++\nDraft = true\n+++\n", Doubt::Key),
            ("+++\ndrfat = true\n+++\n", Doubt::Key),
            ("---\nis-draft: true\n---\n", Doubt::Key),
            ("+++\ntitle = \"x\"\n[daci]\ndriver = \"a\"\ndraft = true\n+++\n", Doubt::Key),
            ("+++\ntitle = \"x\"\n\n# Open\n", Doubt::Head),
            ("+++\n<<<<<<< HEAD\n+++\n", Doubt::Head),
            ("\n+++\ndraft = true\n+++\n", Doubt::NoHead),
            (" ---\ndraft: true\n---\n", Doubt::NoHead),
            ("---\n# mine\ndraft: true\n\nText.\n", Doubt::NoHead),
            ("{\n\n  \"title\": \"x\",\n  \"draft\": true\n}\n", Doubt::NoHead),
            ("---json\n{ \"draft\": true }\n---\n", Doubt::NoHead),
            ("---\ntitle: x\n...\ndraft: true\n---\n# A\n", Doubt::NoHead),
            ("---\ntitle: x\n---\n---\ndraft: true\n---\n# A\n", Doubt::NoHead),
            ("draft: true\ntitle: x\n\n# A\n", Doubt::NoHead),
            ("—\ndraft: true\n—\n", Doubt::NoHead),
            ("\u{200b}---\ndraft: true\n---\n", Doubt::NoHead),
            ("---\npublished: false\n---\n", Doubt::Key),
            ("+++\nprivate = true\n+++\n", Doubt::Key),
            ("---\nhidden: yes\n---\n", Doubt::Key),
            ("---\npublished: not yet\n---\n", Doubt::Key),
            ("---\npublished:\n---\n", Doubt::Key),
            ("---\nunlisted: 1\n---\n", Doubt::Key),
        ] {
            assert_eq!(of(text), (true, Some(why)), "{text}");
        }
    }

    #[test]
    fn a_head_that_is_broken_around_it_hides_no_draft() {
        for text in [
            "+++\ndraft: true\n+++\n",
            "+++\ndraft true\n+++\n",
            "+++\n\"draft\" == true\n+++\n",
            "+++\ndraft = false\ndraft = true\n+++\n",
            "+++\nx = \"\"\"\ndraft = true\n+++\n",
            "+++\n[daci\ndraft = true\n+++\n",
            "---\ntitle: [x\n draft: true\n---\n",
            "---\n- draft: true\n---\n",
            "---\ntitle: x\n\tdraft: true\n---\n",
        ] {
            assert!(of(text).0, "{text}");
        }
    }

    #[test]
    fn what_says_clearly_what_it_is_leaves_no_doubt() {
        for text in [
            "+++\ndraft = true\n+++\n",
            "+++\ndraft = True\n+++\n",
            "+++\ntitle = \"x\ndraft = true\n+++\n",
            "+++\ndraft = true\ndraft = false\n+++\n",
        ] {
            assert_eq!(of(text), (true, None), "{text}");
        }
        for text in [
            "+++\ndraft = false\n+++\n",
            "---\ndraft: False\n---\n",
            "---\npublished: 2024-05-01\n---\n",
            "+++\npublished = 2024-05-01\n+++\n",
            "---\npublished: 1 May 2024\n---\n",
            "---\npublished: https://example.org/notes/7\n---\n",
            "---\npublished: \"true\"\nprivate: no\nhidden: False\nunlisted: off\n---\n",
            "+++\nstatus = draft\ncreated = 2018-3-15\n+++\n",
            "+++\n# draft = true\ntitle = \"x\n+++\n",
            "+++\n[extra]\ndraft = true\n+++\n",
            "---\nstatus: draft\n---\n\ndraft: true\n",
            "# Draft: true\n",
            "---\npublished: true\nprivate: false\n---\n",
            "---\ntitle: x\n---\n\nDraft: this is.\n\nAnd more.\n\n---\n",
            "The draft: is it true\n",
            "---\n\ndraft: true\n",
            "+++\n+++\n",
            "",
        ] {
            assert_eq!(of(text), (false, None), "{text}");
        }
    }
}
