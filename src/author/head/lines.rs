//! The lines of a TOML text, cut where a value ends and not within it.

/// A line, or the several over which one value goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::author) struct Line {
    /// Where it starts, in bytes of the text.
    pub(in crate::author) start: usize,
    /// Where the next starts.
    pub(in crate::author) end: usize,
    /// What it is.
    pub(in crate::author) what: What,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::author) enum What {
    Blank,
    Comment,
    /// `[review]`: the path of the table, without blanks and quotes.
    Table(String),
    /// `[[sign-off]]`.
    Row(String),
    /// A key and its value.
    Key,
}

/// Cuts a text into lines.
pub(in crate::author) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let end = start + length(rest);
        lines.push(Line { start, end, what: what(text.get(start..end).unwrap_or("").trim()) });
        start = end;
    }
    lines
}

fn what(line: &str) -> What {
    let header = |open: &str, close: &str| {
        let inner = line.strip_prefix(open)?;
        let path = inner.get(..inner.find(close)?)?;
        Some(path.split('.').map(|part| part.trim().trim_matches(['"', '\''])).collect::<Vec<_>>().join("."))
    };
    match line.chars().next() {
        None => What::Blank,
        Some('#') => What::Comment,
        Some('[') => match header("[[", "]]") {
            Some(path) => What::Row(path),
            None => header("[", "]").map_or(What::Key, What::Table),
        },
        Some(_) => What::Key,
    }
}

/// How long the first line of a text is: up to a line break outside all strings and brackets.
fn length(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        at += match first {
            '\n' if depth == 0 => return at + 1,
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => string(rest, first),
            c => {
                match c {
                    '[' | '{' => depth += 1,
                    ']' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                c.len_utf8()
            }
        };
    }
    text.len()
}

/// How long the string is that opens a text; one that is not closed ends with its line.
fn string(text: &str, quote: char) -> usize {
    let long: String = std::iter::repeat_n(quote, 3).collect();
    let is_long = text.starts_with(&long);
    let from = if is_long { 3 } else { 1 };
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(from) {
        let is_end =
            !escaped && if is_long { text.get(at..).is_some_and(|rest| rest.starts_with(&long)) } else { c == quote };
        if is_end {
            let end = at + from;
            // A long string may end with quotes of its own.
            let more = text.get(end..).unwrap_or("").chars().take_while(|c| is_long && *c == quote).take(2).count();
            return end + more;
        }
        if c == '\n' && !is_long {
            return at;
        }
        escaped = quote == '"' && c == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(String, What)> {
        lines(text).into_iter().map(|line| (text[line.start..line.end].to_owned(), line.what)).collect()
    }

    #[test]
    fn a_value_of_several_lines_is_one() {
        let text = "a = [ # [x]\n  1,\n]\nb = \"\"\"\n[x]\n# no\n\"\"\"\"\n# c\n\n[ review ]\nd = '[' # \"\n[[\"sign-off\"]]\ne = \"\\\"[\"";
        let found = kinds(text);
        let whats: Vec<&What> = found.iter().map(|(_, what)| what).collect();
        let (table, row) = (What::Table("review".to_owned()), What::Row("sign-off".to_owned()));
        assert_eq!(whats, [&What::Key, &What::Key, &What::Comment, &What::Blank, &table, &What::Key, &row, &What::Key]);
        assert_eq!(found.iter().map(|(line, _)| line.as_str()).collect::<String>(), text);
        assert_eq!(found[1].0, "b = \"\"\"\n[x]\n# no\n\"\"\"\"\n");
    }

    proptest::proptest! {
        #[test]
        fn every_byte_is_in_one_line(text in "([a-c]|=|\\[|\\]|\"|'|#|\n|\\\\|é| ){0,60}") {
            proptest::prop_assert_eq!(kinds(&text).into_iter().map(|(line, _)| line).collect::<String>(), text);
        }
    }
}
