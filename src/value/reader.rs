//! Reads a table by the names and types that are expected, and reports all that does not fit.

use super::excerpt::{INVALID, one_of, quoted};
use super::scalar;
use super::suggest::suggest;
use super::tree::{Data, Entry, Scalar, Table, Value};
use crate::date::{Date, Moment};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::text::{SourcePath, Span, Spanned};
use std::cell::RefCell;

/// Where a reader's findings go: one list for a whole file.
pub type Findings = RefCell<Vec<Diagnostic>>;

/// A table being read. Ask for each key that may stand in it, then call [`Reader::finish`].
///
/// Wrong types and values become `invalid-value`, keys nobody asked for become `unknown-field` with the nearest known name.
/// A getter returns `None` both when the key is absent and when its value is wrong (and then reported).
/// A key without a value (`key:` in YAML) counts as absent; what the parser reported already is not reported again.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) table: &'a Table,
    /// How messages name the table: `front matter`, `[daci]`.
    pub(super) name: String,
    found: &'a Findings,
    pub(super) known: RefCell<Vec<&'a str>>,
}

impl<'a> Reader<'a> {
    /// Starts on a table; `name` is how messages speak of it.
    pub fn new(path: &'a SourcePath, table: &'a Table, name: impl Into<String>, found: &'a Findings) -> Reader<'a> {
        Reader { path, table, name: name.into(), found, known: RefCell::default() }
    }

    /// The raw value; marks the key as known.
    pub fn value(&self, key: &'static str) -> Option<&'a Value> {
        self.known.borrow_mut().push(key);
        self.table.get(key).filter(|value| !matches!(value.data, Data::Scalar(Scalar::Null, _)))
    }

    /// A string; numbers and dates written without quotes are taken as written.
    pub fn text(&self, key: &'static str) -> Option<Spanned<String>> {
        self.scalar(key, "a string", |_, text| Ok(text.to_owned()))
    }

    /// A whole number.
    pub fn integer(&self, key: &'static str) -> Option<Spanned<i64>> {
        self.scalar(key, "a whole number", scalar::integer)
    }

    /// A number, finite.
    pub fn number(&self, key: &'static str) -> Option<Spanned<f64>> {
        self.scalar(key, "a number", scalar::number)
    }

    /// `true` or `false`.
    pub fn boolean(&self, key: &'static str) -> Option<Spanned<bool>> {
        self.scalar(key, "`true` or `false`", scalar::boolean)
    }

    /// A day that exists; a time after it is left aside.
    pub fn date(&self, key: &'static str) -> Option<Spanned<Date>> {
        self.scalar(key, "a date", scalar::date)
    }

    /// A day, or a time with an offset.
    pub fn moment(&self, key: &'static str) -> Option<Spanned<Moment>> {
        self.scalar(key, "a date, or a date and a time", scalar::moment)
    }

    /// A list of strings; a single string stands for a list of one.
    pub fn texts(&self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let mut texts = Vec::new();
        for item in value.items() {
            match &item.data {
                Data::Scalar(Scalar::Null, _) => {}
                Data::Scalar(_, text) => texts.push(Spanned::new(text.clone(), item.span)),
                Data::List(_) | Data::Table(_) => self.wrong_type(key, item, "strings"),
            }
        }
        texts
    }

    /// One of a fixed set of words; anything else is reported with the nearest one.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&'static str, T)]) -> Option<Spanned<T>> {
        let value = self.value(key)?;
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let Data::Scalar(form, text) = &value.data else {
            self.wrong_type(key, value, &one_of(&words));
            return None;
        };
        if let Some((_, choice)) = choices.iter().find(|(word, _)| word == text) {
            return Some(Spanned::new(*choice, value.span));
        }
        if *form != Scalar::Broken {
            let message = format!("`{key}` is {}; it takes {}", quoted(text), one_of(&words));
            self.push(suggest(Diagnostic::new(INVALID, self.path, value.span, message), text, &words, *form));
        }
        None
    }

    /// A sub-table, with its span.
    pub fn table(&self, key: &'static str) -> Option<Spanned<Reader<'a>>> {
        let value = self.value(key)?;
        let Data::Table(table) = &value.data else {
            self.wrong_type(key, value, "a table");
            return None;
        };
        Some(Spanned::new(self.inner(table, format!("[{}]", self.inner_name(key))), value.span))
    }

    /// A list of tables (`[[metric]]`); a single table stands for a list of one.
    pub fn tables(&self, key: &'static str) -> Vec<Spanned<Reader<'a>>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let mut tables = Vec::new();
        for item in value.items() {
            match &item.data {
                Data::Table(table) => {
                    let inner = self.inner(table, format!("[[{}]]", self.inner_name(key)));
                    tables.push(Spanned::new(inner, item.span));
                }
                Data::Scalar(Scalar::Null, _) => {}
                Data::Scalar(..) | Data::List(_) => self.wrong_type(key, item, "tables"),
            }
        }
        tables
    }

    /// A table whose keys are free (`[people.<handle>]`, `[kinds.<name>]`): each key with a reader on its table.
    pub fn entries(&self, key: &'static str) -> Vec<(Spanned<String>, Reader<'a>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Data::Table(table) = &value.data else {
            self.wrong_type(key, value, "a table");
            return Vec::new();
        };
        let mut entries = Vec::new();
        for Entry { key: name, value } in &table.entries {
            match &value.data {
                Data::Table(inner) => {
                    let reader = self.inner(inner, format!("[{}.{}]", self.inner_name(key), name.value));
                    entries.push((name.clone(), reader));
                }
                _ => self.wrong_type(&format!("{key}.{}", name.value), value, "a table"),
            }
        }
        entries
    }

    /// A list of tables, each read by `read`, which finishes it.
    pub fn rows<T>(&self, key: &'static str, read: impl Fn(Reader<'a>) -> T) -> Vec<Spanned<T>> {
        self.tables(key).into_iter().map(|table| table.map(&read)).collect()
    }

    /// The entries that nobody has asked for so far; they count as known from here on.
    pub fn rest(&self) -> Vec<(&'a Spanned<String>, &'a Value)> {
        let mut known = self.known.borrow_mut();
        let rest: Vec<&Entry> =
            self.table.entries.iter().filter(|entry| !known.contains(&entry.key.value.as_str())).collect();
        known.extend(rest.iter().map(|entry| entry.key.value.as_str()));
        rest.into_iter().map(|entry| (&entry.key, &entry.value)).collect()
    }

    /// Any value under the key, unread and unreported (`[extra]`).
    pub fn free(&self, key: &'static str) -> Option<&'a Table> {
        let value = self.value(key)?;
        if let Data::Table(table) = &value.data {
            return Some(table);
        }
        self.wrong_type(key, value, "a table");
        None
    }

    /// Reports a value under this reader as `invalid-value`, with help.
    pub fn reject(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::new(INVALID, self.path, span, message).with_help(help));
    }

    /// A scalar through one of the readings of [`scalar`].
    fn scalar<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(Scalar, &str) -> Result<T, scalar::Misfit>,
    ) -> Option<Spanned<T>> {
        let value = self.value(key)?;
        let Data::Scalar(form, text) = &value.data else {
            self.wrong_type(key, value, wanted);
            return None;
        };
        match read(*form, text) {
            Ok(read) => Some(Spanned::new(read, value.span)),
            Err(misfit) => {
                if *form != Scalar::Broken {
                    let message = misfit.message.unwrap_or_else(|| {
                        let written = if *form == Scalar::Text { format!("\"{text}\"") } else { text.clone() };
                        format!("`{key}` is {}; it takes {wanted}", quoted(&written))
                    });
                    let finding = Diagnostic::new(INVALID, self.path, value.span, message).with_help(misfit.help);
                    let fix = misfit.mended.and_then(|mended| self.mend((value, text), mended));
                    self.push(match fix {
                        Some(fix) => finding.with_fix(fix),
                        None => finding,
                    });
                }
                None
            }
        }
    }

    /// A repair that writes what a scalar opens with in another way; `None` where the text is not there as it reads.
    fn mend(&self, (value, text): (&Value, &str), (old, new): (String, String)) -> Option<Fix> {
        // Between quotes, if it is not longer by anything else.
        let quotes = value.span.range().len().checked_sub(text.len())?;
        let lead = text.len() - text.trim_start().len();
        let start = value.span.range().start + quotes / 2 + lead;
        let title = format!("write `{new}`");
        let edit = Edit { path: self.path.clone(), span: Span::new(start, start + old.len()), text: new };
        matches!(quotes, 0 | 2).then(|| Fix { title, applicability: Applicability::Safe, edits: vec![edit] })
    }

    fn wrong_type(&self, key: &str, value: &Value, wanted: &str) {
        if matches!(value.data, Data::Scalar(Scalar::Broken, _)) {
            return;
        }
        let several =
            matches!(wanted, "strings" | "tables") && self.table.get(key).is_some_and(|all| all.span != value.span);
        let subject = if several { format!("an item of `{key}`") } else { format!("`{key}`") };
        let message = format!("{subject} is {}; it takes {wanted}", value.describe());
        self.reject(value.span, message, format!("write {wanted} here"));
    }

    /// Starts on a table below this one that has been come by in another way.
    pub fn inner(&self, table: &'a Table, name: String) -> Reader<'a> {
        Reader::new(self.path, table, name, self.found)
    }

    /// The name of a table below this one, without brackets.
    fn inner_name(&self, key: &str) -> String {
        match self.name.strip_prefix('[') {
            Some(name) => format!("{}.{key}", name.trim_matches(['[', ']'])),
            None => key.to_owned(),
        }
    }

    pub(super) fn push(&self, fault: Diagnostic) {
        self.found.borrow_mut().push(fault);
    }
}

#[cfg(test)]
mod tests {
    use super::super::limit::{HeadLimits, Limit};
    use super::super::toml::parse_toml;
    use super::super::yaml::parse_yaml;
    use super::*;

    /// What `with` reads from a TOML text, and the findings as `text: message (help)`.
    fn read<T>(text: &str, with: impl FnOnce(&Reader<'_>) -> T) -> (T, Vec<String>) {
        let path = SourcePath::new("a.md");
        let parse = if text.contains(" = ") || text.contains('[') { parse_toml } else { parse_yaml };
        let (table, faults) = parse(&path, text, 0, Limit::from(&HeadLimits::default()));
        let found = Findings::new(faults);
        let reader = Reader::new(&path, &table, "front matter", &found);
        let result = with(&reader);
        reader.finish();
        let show =
            |f: &Diagnostic| format!("{}: {} ({})", f.primary.span.of(text), f.message, f.help.as_deref().unwrap());
        let shown = found.borrow().iter().map(show).collect();
        (result, shown)
    }

    #[test]
    fn reads_what_fits() {
        let text = "t = 12\ni = 0x1f\nn = 1_000.5\nb = true\nd = 2026-03-10T09:00:00Z\nl = [\"a\", 1]\ns = \"x\"\n";
        let (_, found) = read(text, |reader| {
            assert_eq!(reader.text("t").unwrap().value, "12");
            assert_eq!(reader.integer("i").unwrap().value, 31);
            assert_eq!(reader.number("n").unwrap().value, 1000.5);
            assert!(reader.boolean("b").unwrap().value);
            assert_eq!(reader.date("d").unwrap().value.to_string(), "2026-03-10");
            assert!(matches!(reader.moment("d").unwrap().value, Moment::Instant { .. }));
            let texts: Vec<_> = reader.texts("l").into_iter().map(|text| text.value).collect();
            assert_eq!(texts, ["a", "1"]);
            assert_eq!(reader.texts("s").len(), 1);
            assert!(reader.text("absent").is_none());
        });
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn yaml_is_read_by_what_is_asked_for() {
        let (_, found) = read("t: no\nn: 0012\nb: False\nd: 2026-03-10 # day\nnothing:\n", |reader| {
            assert_eq!(reader.text("t").unwrap().value, "no");
            assert_eq!(reader.integer("n").unwrap().value, 12);
            assert_eq!(reader.text("n").unwrap().value, "0012");
            assert!(!reader.boolean("b").unwrap().value);
            assert!(reader.date("d").is_some());
            assert!(reader.integer("nothing").is_none());
        });
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn wrong_values_say_what_is_taken() {
        let text = "door = \"sideways\"\nscope = \"tema\"\nweight = \"3\"\nn = nan\nb = \"yes\"\ntitle = [1]\n";
        let (_, found) = read(text, |reader| {
            assert!(reader.choice("door", &[("one-way", 1), ("two-way", 2)]).is_none());
            assert!(reader.choice("scope", &[("team", 1), ("company", 2), ("area", 3)]).is_none());
            assert!(reader.integer("weight").is_none() && reader.number("n").is_none());
            assert!(reader.boolean("b").is_none() && reader.text("title").is_none());
        });
        assert_eq!(
            found,
            [
                "\"sideways\": `door` is `sideways`; it takes `one-way` or `two-way` (write `one-way` or `two-way`)",
                "\"tema\": `scope` is `tema`; it takes `team`, `company` or `area` (did you mean `team`?)",
                "\"3\": `weight` is `\"3\"`; it takes a whole number (take the quotes away)",
                "nan: `n` is `nan`; it takes a number (write a number such as `12.5`)",
                "\"yes\": `b` is `\"yes\"`; it takes `true` or `false` (write `true`, without quotes)",
                "[1]: `title` is a list; it takes a string (write a string here)",
            ]
        );
    }

    #[test]
    fn wrong_dates_say_why() {
        let text = "a: 2026-02-30\nb: 03/04/2026\nc: 2026-03-10T09:00\nd: soon\ne: 2026-3-1\nf: 2026-31-12\n";
        let (_, found) = read(text, |reader| {
            for key in ["a", "b", "d", "e", "f"] {
                assert!(reader.date(key).is_none());
            }
            assert!(reader.moment("c").is_none());
        });
        assert_eq!(
            found,
            [
                "2026-02-30: `2026-02-30` is not a day that exists (write a day of the calendar; this month has 28 days)",
                "03/04/2026: `b` is `03/04/2026`; it takes a date (write it as year-month-day, such as `2026-03-10`)",
                "soon: `d` is `soon`; it takes a date (write it as year-month-day, such as `2026-03-10`)",
                "2026-3-1: `e` is `2026-3-1`; it takes a date (write `2026-03-01`)",
                "2026-31-12: `2026-31-12` is not a day that exists (the month comes before the day: write `2026-12-31`)",
                "2026-03-10T09:00: `2026-03-10T09:00` does not say in which time zone (add `Z` or an offset, as in `2026-03-10T09:00:00+01:00`)",
            ]
        );
    }

    #[test]
    fn unknown_fields_name_the_nearest() {
        let text = "stauts = \"x\"\nfrob = 1\n[daci]\ndrvier = \"a\"\n";
        let (_, found) = read(text, |reader| {
            reader.text("status");
            let daci = reader.table("daci").unwrap().value;
            daci.texts("driver");
            daci.finish();
        });
        assert_eq!(
            found,
            [
                "drvier: `[daci]` has no field `drvier` (did you mean `driver`?)",
                "stauts: `stauts` is not a field that Precedent knows (did you mean `status`?)",
                "frob: `frob` is not a field that Precedent knows (remove it, or correct its name)",
            ]
        );
    }

    #[test]
    fn keys_of_others_are_no_advice() {
        let (_, found) = read("team = 1\nlayout = 2\n", |reader| reader.know(&["teams", "layout"]));
        assert_eq!(found, ["team: `team` is not a field that Precedent knows (remove it, or correct its name)"]);
    }

    #[test]
    fn what_the_parser_reported_is_not_reported_twice() {
        let text = "status = draft\ncreated = 2018-3-15\nday = 2026-02-30\n";
        let (status, found) = read(text, |reader| {
            assert!(reader.date("created").is_none() && reader.date("day").is_none());
            reader.choice("status", &[("draft", 7)]).map(|status| status.value)
        });
        assert_eq!((status, found.len()), (Some(7), 3));
    }

    #[test]
    fn tables_in_lists_and_free_tables() {
        let text = "[[metric]]\nname = \"a\"\n[[metric]]\nname = \"b\"\n[people.ada]\nname = \"Ada\"\n[people]\nbob = 1\n[extra]\nany = [[1]]\n";
        let (_, found) = read(text, |reader| {
            let metrics = reader.tables("metric");
            assert_eq!(metrics.len(), 2);
            let people = reader.entries("people");
            assert_eq!(people[0].0.value, "ada");
            assert_eq!(people[0].1.text("name").unwrap().value, "Ada");
            assert!(reader.free("extra").is_some());
        });
        assert_eq!(found, ["1: `people.bob` is a number; it takes a table (write a table here)"]);
    }
}
