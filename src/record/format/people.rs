//! The people whom a value names, one by one.

use super::field::shown;
use crate::text::{Span, Spanned};

/// Words by which nobody is named.
const NOBODY: &[&str] = &["", "-", "—", "n/a", "na", "none", "tbd", "tba", "todo", "?", "..."];

/// Words that part two names.
const JOINTS: &[&str] = &[" and ", " & ", " und ", " et "];

/// The names in a value, each with its place: parted by commas, semicolons, lines and `and`; addresses of mail and links are left off.
pub fn names(value: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut found: Vec<Spanned<String>> = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    // The first character of the name that is being read.
    let mut first = None;
    let written = value.value.as_str();
    let mut cut = |from: usize, to: usize| found.extend(name(value, from, to));
    for (at, c) in written.char_indices() {
        let rest = written.get(at..).unwrap_or("");
        let before = written.get(..at).unwrap_or("");
        let joint = match c {
            ',' | '\n' => 1,
            ';' if !ends_entity(before) => 1,
            // `@ada @grace`: a handle holds no blank.
            ' ' if rest.starts_with(" @") && first == Some('@') => 1,
            ' ' => JOINTS.iter().find(|joint| rest.starts_with(**joint)).map_or(0, |joint| joint.len()),
            _ => 0,
        };
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth = depth.saturating_sub(1),
            _ if joint > 0 && depth == 0 => {
                cut(start, at);
                (start, first) = (at + joint, None);
                continue;
            }
            _ => {}
        }
        if at >= start && !c.is_whitespace() {
            first.get_or_insert(c);
        }
    }
    cut(start, written.len());
    found
}

/// The name in a part of a value.
fn name(value: &Spanned<String>, from: usize, to: usize) -> Option<Spanned<String>> {
    let whole = value.value.get(from..to)?;
    let bare = whole.trim_start_matches(|c: char| c.is_whitespace() || "-*+\"'".contains(c));
    let start = from + whole.len() - bare.len();
    let bare = bare.trim_end();
    let words = clean(bare);
    // Quotes stand around the value, or nothing does; one that was unescaped is pointed at as a whole.
    let around = value.span.range().len().checked_sub(value.value.len());
    let place = match around {
        Some(around @ (0 | 2)) => Span::new(start, start + bare.len()).shift(value.span.range().start + around / 2),
        _ => value.span,
    };
    is_named(&words).then(|| Spanned::new(words, place))
}

/// A name without links, addresses and what stands in brackets behind it.
fn clean(written: &str) -> String {
    let words = shown(written);
    let address =
        [" <", " ("].iter().filter_map(|mark| words.find(mark)).filter(|at| *at > 0).min().unwrap_or(words.len());
    let words = words.get(..address).unwrap_or(&words).trim_matches(|c: char| c.is_whitespace() || "\"',".contains(c));
    words.trim_start_matches("and ").to_owned()
}

/// Whether a text ends with an entity of HTML that a semicolon closes: `&lt`; none has a name of one letter, as in `R&D`.
pub(in crate::record) fn ends_entity(text: &str) -> bool {
    let end = text.get(text.floor_char_boundary(text.len().saturating_sub(8))..).unwrap_or("");
    end.rsplit_once('&').is_some_and(|(_, name)| {
        name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    })
}

fn is_named(words: &str) -> bool {
    let is_placeholder = words.starts_with(['[', '{', '<']);
    !is_placeholder && !NOBODY.contains(&words.to_lowercase().as_str()) && words.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let value = Spanned::new(text.to_owned(), Span::new(0, text.len()));
        names(&value).into_iter().map(|name| name.value).collect()
    }

    #[test]
    fn people_are_named_one_by_one() {
        assert_eq!(of("Ada, Grace and Lin"), ["Ada", "Grace", "Lin"]);
        assert_eq!(of("Jane Doe (@jane) <jane@example.org>, J. Roe (@roe, @x)"), ["Jane Doe", "J. Roe"]);
        assert_eq!(of("- [Ada](https://example.org/ada)\n- @grace"), ["Ada", "@grace"]);
        assert_eq!(of("@ada @grace and @lin"), ["@ada", "@grace", "@lin"]);
        assert_eq!(of("Ada @ada, Lin"), ["Ada @ada", "Lin"]);
        assert_eq!(of("Lin &lt;lin@example.org&gt;"), ["Lin"]);
        for nobody in ["", "-", "N/A", "[list everyone involved in the decision]", "{list everyone}"] {
            assert_eq!(of(nobody), [""; 0], "{nobody}");
        }
    }
}
