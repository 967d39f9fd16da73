//! Where in a head a cursor stands, found from its lines alone: while one types, a head seldom makes sense as a whole.

use crate::text::Span;

/// Where in a head a cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The keys of the tables around it: `daci`, `deprecation.consumers`; empty at the top.
    pub(super) table: String,
    /// What is being written there.
    pub(super) part: Part,
    /// What is written of it so far, up to the cursor.
    pub(super) typed: Span,
    /// In which language.
    pub(super) language: Language,
}

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The name of a table, between brackets.
    Table,
    /// A key.
    Key,
    /// The value of a key, or an item of it.
    Value {
        /// The key.
        key: String,
        /// Whether a quote is open.
        is_quoted: bool,
    },
}

/// The language of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Between `+++` lines.
    Toml,
    /// Between `---` lines.
    Yaml,
}

/// Where in the head of `text` the byte `offset` stands; nothing outside of it.
pub(super) fn spot(text: &str, offset: usize) -> Option<Spot> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text.get(start..)?.split_inclusive('\n');
    let first = lines.next()?;
    let (language, fence) = match first.trim_end() {
        "+++" => (Language::Toml, "+++"),
        "---" => (Language::Yaml, "---"),
        _ => return None,
    };
    let mut at = start + first.len();
    if offset < at {
        return None;
    }
    let mut scan = Scan::default();
    for line in lines {
        if line.trim_end() == fence {
            return None;
        }
        let end = at + line.len();
        if offset < end || (offset == end && !line.ends_with('\n')) {
            return scan.spot(text.get(at..offset)?, at, language);
        }
        match language {
            Language::Toml => scan.toml(line),
            Language::Yaml => scan.yaml(line),
        }
        at = end;
    }
    (offset == at).then(|| scan.spot("", at, language)).flatten()
}

/// What the lines so far have opened.
#[derive(Default)]
struct Scan {
    /// TOML: the table.
    table: String,
    /// TOML: a key whose list is still open.
    open: Option<String>,
    /// YAML: keys without a value, by their indent.
    above: Vec<(usize, String)>,
}

impl Scan {
    fn toml(&mut self, line: &str) {
        let line = line.trim();
        if self.open.is_some() {
            if depth(line) < 0 {
                self.open = None;
            }
            return;
        }
        if let Some(name) = line.strip_prefix('[') {
            name.trim_start_matches('[').split(']').next().unwrap_or("").trim().clone_into(&mut self.table);
        } else if let Some((key, value)) = line.split_once('=')
            && depth(value) > 0
        {
            self.open = Some(key.trim().to_owned());
        }
    }

    fn yaml(&mut self, line: &str) {
        let bare = line.trim_start();
        if bare.trim_end().is_empty() || bare.starts_with('#') {
            return;
        }
        let (indent, bare) = item(line.len() - bare.len(), bare);
        self.above.retain(|(above, _)| *above < indent);
        if let Some((key, value)) = bare.split_once(':')
            && value.trim().is_empty()
        {
            self.above.push((indent, key.trim().trim_matches(['"', '\'']).to_owned()));
        }
    }

    /// The spot at the end of a line that starts at `at` and is written so far.
    fn spot(mut self, line: &str, at: usize, language: Language) -> Option<Spot> {
        let typed = |typed: &str| Span::new(at + line.len() - typed.len(), at + line.len());
        let bare = line.trim_start();
        if bare.starts_with('#') {
            return None;
        }
        match language {
            Language::Toml => {
                if let Some(key) = self.open {
                    return Some(value(self.table, key, line, &typed, language));
                }
                if bare.starts_with('[') && !bare.contains('=') {
                    let name = bare.trim_start_matches('[');
                    let is_closed = name.contains(']');
                    return (!is_closed).then(|| Spot {
                        table: String::new(),
                        part: Part::Table,
                        typed: typed(name.trim_start()),
                        language,
                    });
                }
                match bare.split_once('=') {
                    None => Some(Spot { table: self.table, part: Part::Key, typed: typed(bare), language }),
                    Some((key, rest)) => Some(value(self.table, key.trim().to_owned(), rest, &typed, language)),
                }
            }
            Language::Yaml => {
                let (indent, bare) = item(line.len() - bare.len(), bare);
                let is_item = line.trim_start().starts_with('-');
                self.above.retain(|(above, _)| *above < indent || (is_item && *above == indent));
                let mut keys: Vec<String> = self.above.into_iter().map(|(_, key)| key).collect();
                match bare.split_once(':') {
                    Some((key, rest)) => Some(value(keys.join("."), key.trim().to_owned(), rest, &typed, language)),
                    // `- x` under a key may be an item of it, or the first key of a table in it.
                    None if is_item => {
                        let key = keys.pop()?;
                        Some(value(keys.join("."), key, bare, &typed, language))
                    }
                    None => Some(Spot { table: keys.join("."), part: Part::Key, typed: typed(bare), language }),
                }
            }
        }
    }
}

/// The spot in a value, of which `rest` is written so far; within `{ … }` it may be a key again.
fn value(table: String, key: String, rest: &str, typed: &dyn Fn(&str) -> Span, language: Language) -> Spot {
    let below = |key: &str| if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
    let quotes = rest.matches('"').count();
    let is_quoted = quotes % 2 == 1;
    let open = rest.rfind('{').and_then(|open| rest.get(open + 1..)).filter(|inside| !inside.contains('}'));
    if let Some(inside) = open {
        let entry = inside.rsplit(',').next().unwrap_or("").trim_start();
        let mark = if language == Language::Toml { '=' } else { ':' };
        let table = below(&key);
        return match entry.split_once(mark) {
            None => Spot { table, part: Part::Key, typed: typed(entry), language },
            Some((inner, rest)) => {
                let part = Part::Value { key: inner.trim().to_owned(), is_quoted };
                Spot { table, part, typed: typed(last_word(rest, is_quoted)), language }
            }
        };
    }
    Spot { table, part: Part::Value { key, is_quoted }, typed: typed(last_word(rest, is_quoted)), language }
}

/// The value that is being written at the end of a text: since the open quote, else since the last mark or blank.
fn last_word(rest: &str, is_quoted: bool) -> &str {
    if is_quoted {
        return rest.rsplit('"').next().unwrap_or("");
    }
    rest.rsplit([' ', '\t', '[', ',', '"', '\'']).next().unwrap_or("")
}

/// The indent and the text of a line, without the dash of an item.
fn item(indent: usize, bare: &str) -> (usize, &str) {
    match bare.strip_prefix('-') {
        Some(rest) if rest.is_empty() || rest.starts_with([' ', '\t']) => {
            let inner = rest.trim_start();
            (indent + 1 + rest.len() - inner.len(), inner)
        }
        _ => (indent, bare),
    }
}

/// How many more lists and tables a piece of TOML opens than it closes, strings left aside.
fn depth(text: &str) -> i32 {
    let mut depth = 0;
    let mut quote = None;
    for letter in text.chars() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '#') => break,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, _) => {}
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the bar stands: table, part, and what is typed.
    fn at(text: &str) -> Option<String> {
        let offset = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        spot(&text, offset).map(|spot| {
            let part = match &spot.part {
                Part::Table => "table".to_owned(),
                Part::Key => "key".to_owned(),
                Part::Value { key, is_quoted } => format!("{key}={}", if *is_quoted { "\"" } else { "" }),
            };
            format!("{}:{part}:{}", spot.table, spot.typed.of(&text))
        })
    }

    #[test]
    fn toml() {
        for (text, is) in [
            ("+++\nst|", ":key:st"),
            ("+++\n|", ":key:"),
            ("+++\nstatus = \"for|", ":status=\":for"),
            ("+++\nstatus = |\n+++\n", ":status=:"),
            ("+++\nsupersedes = [\"ADR-1\", \"AD|\"]\n+++\n", ":supersedes=\":AD"),
            ("+++\nsupersedes = [\n  \"ADR-1\",\n  \"A|\n", ":supersedes=\":A"),
            ("+++\nsupersedes = [\n  \"ADR-1\",\n]\nd|\n", ":key:d"),
            ("+++\n[da|]\n", ":table:da"),
            ("+++\n[[met|", ":table:met"),
            ("+++\n[daci]\napprover = \"vp-|\"\n", "daci:approver=\":vp-"),
            ("+++\n[[metric]]\nd|\n", "metric:key:d"),
            ("\u{feff}+++\r\n[cost]\r\nbuild = { in|", "cost.build:key:in"),
            (
                "+++\n[deprecation]\nconsumers = [ { name = \"x\", owner = \"|\" } ]\n",
                "deprecation.consumers:owner=\":",
            ),
            ("+++\ntitle = \"a = [b\"\nd|", ":key:d"),
        ] {
            assert_eq!(at(text).as_deref(), Some(is), "{text}");
        }
    }

    #[test]
    fn yaml() {
        for (text, is) in [
            ("---\nst|\n---\n", ":key:st"),
            ("---\nstatus: acc|\n", ":status=:acc"),
            ("---\ndaci:\n  approver: v|\n", "daci:approver=:v"),
            ("---\ndaci:\n  driver: x\nst|\n", ":key:st"),
            ("---\ntags:\n  - a\n  - b|\n", ":tags=:b"),
            ("---\ntags:\n- b|\n", ":tags=:b"),
            ("---\nsupersedes: [ADR-1, AD|]\n", ":supersedes=:AD"),
            ("---\nmetric:\n  - name: x\n    du|\n", "metric:key:du"),
            ("---\nmetric:\n  - name: x\n    due: 2026|\n", "metric:due=:2026"),
        ] {
            assert_eq!(at(text).as_deref(), Some(is), "{text}");
        }
    }

    #[test]
    fn elsewhere_there_is_no_spot() {
        for text in ["|+++\n+++\n", "+++\n+++\n|text", "# x|", "+++\n# comment|\n+++\n", "+++\ntitle = \"x\"\n+++|"] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
