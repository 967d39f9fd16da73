//! Parses YAML; when that fails, key by key.

use super::super::excerpt::Excerpt;
use super::super::limit::Limit;
use super::super::tree::{Data, Entry, Scalar, Table, Value};
use super::block::{blocks, salvage};
use super::build::{add, build};
use super::fault;
use crate::diagnostic::Diagnostic;
use crate::text::SourcePath;

/// Parses `text`, which stands at byte `offset` of the file; faults come back as `malformed-front-matter` beside what could be read.
pub fn parse_yaml(path: &SourcePath, text: &str, offset: usize, limit: Limit) -> (Table, Vec<Diagnostic>) {
    let text = Excerpt { path, text, offset };
    if let Some(fault) = limit.too_long(&text) {
        return (Table::default(), vec![fault]);
    }
    let built = build(&text, limit);
    match (built.broken, built.root) {
        (None, None) => (Table::default(), built.found),
        (None, Some(Value { data: Data::Table(table), .. })) => (table, built.found),
        _ => piecewise(&text, limit),
    }
}

/// Reads each key's block alone, so that a broken one takes no other with it.
fn piecewise(text: &Excerpt<'_>, limit: Limit) -> (Table, Vec<Diagnostic>) {
    let mut table = Table::default();
    let mut found = Vec::new();
    let mut count = 0;
    let mut keep = |entry: Entry, found: &mut Vec<Diagnostic>| {
        count += 1;
        add(&mut table, entry, count, limit, text, found);
    };
    for block in blocks(text) {
        let built = build(&block, limit);
        match (built.broken, built.root) {
            (Some(fault), _) => {
                found.push(fault);
                if let Some(entry) = salvage(&block) {
                    keep(entry, &mut found);
                }
            }
            (None, Some(Value { data: Data::Table(inner), .. })) => {
                found.extend(built.found);
                inner.entries.into_iter().for_each(|entry| keep(entry, &mut found));
            }
            (None, None | Some(Value { data: Data::Scalar(Scalar::Null, _), .. })) => found.extend(built.found),
            (None, Some(_)) => {
                let (start, end) = block.line(block.text.len() - block.text.trim_start().len());
                found.push(fault::no_key(&block, start, end));
            }
        }
    }
    (table, found)
}

#[cfg(test)]
mod tests {
    use super::super::super::limit::HeadLimits;
    use super::*;

    fn parse(text: &str, offset: usize) -> (Table, Vec<Diagnostic>) {
        parse_yaml(&SourcePath::new("a.md"), text, offset, Limit::from(&HeadLimits::default()))
    }

    fn show(value: &Value) -> String {
        match &value.data {
            Data::Scalar(form, text) => format!("{form:?} {text}"),
            Data::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
            Data::Table(table) => {
                let entries = table.entries.iter().map(|entry| format!("{}={}", entry.key.value, show(&entry.value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// Keys with their values as text, and the findings as `text: message`; all of it in a file after a first line.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let file = format!("---\n{text}");
        let (table, found) = parse(text, 4);
        let values = table.entries.iter().map(|entry| {
            assert_eq!(entry.key.span.of(&file).trim_matches(['"', '\'']), entry.key.value);
            format!("{}={}", entry.key.value, show(&entry.value))
        });
        let found = found.iter().map(|finding| format!("{}: {}", finding.primary.span.of(&file), finding.message));
        (values.collect(), found.collect())
    }

    #[test]
    fn keeps_what_was_written() {
        let (values, found) = read(
            "n: 0012\nnorway: no\nd: 2026-03-10\nq: 'it''s'\nempty:\nnil: ~\nlist:\n- a\n- \"b\"\nmap:\n  k: [1, x]\nlit: |\n  é\n",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(
            values,
            [
                "n=Plain 0012",
                "norway=Plain no",
                "d=Plain 2026-03-10",
                "q=Text it's",
                "empty=Null ",
                "nil=Null ~",
                "list=[Plain a, Text b]",
                "map={k=[Plain 1, Plain x]}",
                "lit=Text é\n"
            ]
        );
    }

    #[test]
    fn real_heads_that_are_not_yaml() {
        let (values, found) = read(
            "status: \"{proposed | rejected\ntitle: foo: bar\nold: superseded by [ADR-0005](0005-x.md)\ntags:\n  - @a\n  - b\nok: yes\n",
        );
        assert_eq!(
            values,
            [
                "status=Broken {proposed | rejected",
                "title=Broken foo: bar",
                "old=Plain superseded by [ADR-0005](0005-x.md)",
                "tags=[Broken @a, Broken b]",
                "ok=Plain yes"
            ]
        );
        assert_eq!(
            found,
            [
                "\"{proposed | rejected: this quote is never closed",
                "foo: bar: a value with `: ` in it needs quotes",
                "@a: a value without quotes cannot begin with `@`",
            ]
        );
    }

    #[test]
    fn placeholders_of_templates_stay_text() {
        let (values, found) = read("title: {short title}\nwho: {{ names }}\nflow: {a: 1}\n");
        assert_eq!(values, ["title=Plain {short title}", "who=Plain {{ names }}", "flow={a=Plain 1}"]);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn a_repair_puts_quotes_around_the_value() {
        let text = "title: say \"a\": b\n";
        let (_, found) = parse(text, 0);
        let edit = &found[0].fix.as_ref().unwrap().edits[0];
        let mended = text.replace(edit.span.of(text), &edit.text);
        assert_eq!(mended, "title: \"say \\\"a\\\": b\"\n");
        assert_eq!(parse(&mended, 0).1, []);
    }

    #[test]
    fn keys_written_twice_name_the_first() {
        let (_, found) = parse("a: 1\nb: {c: 1, c: 2}\na: 2\n", 0);
        let lines: Vec<_> = found.iter().map(|f| (f.primary.span.start, f.related[0].location.span.start)).collect();
        assert_eq!(lines, [(15, 9), (21, 0)]);
        let (values, found) = read("a: 1\nt: x: y\na: 2\n");
        assert_eq!((values.len(), found.len()), (2, 2));
    }

    #[test]
    fn anchors_and_aliases_are_refused() {
        let (values, found) = read("a: &x 1\nb: *x\nc: *important*\n");
        assert_eq!(values, ["a=Plain 1", "b=Broken *x", "c=Broken *important*"]);
        assert_eq!(
            found,
            [
                "&x: `&x` is an anchor; anchors are not read",
                "*x: `*x` is an alias; aliases are not followed",
                "*important*: `*important*` is an alias; aliases are not followed"
            ]
        );
    }

    #[test]
    fn what_is_no_table_is_reported() {
        assert_eq!(read("just text\n").1, ["just text: `just text` is not a line of the form `key: value`"]);
        assert_eq!(read("a: 1\nfoo\nb: 2\n").0, ["a=Plain 1", "b=Plain 2"]);
        assert_eq!(read("a: 1\nfoo\nb: 2\n").1, ["foo: `foo` is not a line of the form `key: value`"]);
        assert_eq!(read("- a\n").1.len(), 1);
        let (values, found) = read("? [a, b]\n: c\n");
        assert_eq!((values[0].as_str(), found.len()), ("[a, b]=Plain c", 1));
        for nothing in ["", "\n", "# only a comment\n"] {
            assert_eq!(read(nothing), (vec![], vec![]));
        }
    }

    #[test]
    fn tabs_and_windows_line_ends() {
        assert_eq!(read("a:\n\t- b\n").1, ["\t- b: this line is indented with a tab"]);
        let (values, found) = read("a: b\r\nt: x: y\r\nc: d\r\n");
        assert_eq!(values, ["a=Plain b", "t=Broken x: y", "c=Plain d"]);
        assert_eq!(found, ["x: y: a value with `: ` in it needs quotes"]);
    }

    #[test]
    fn attacks_end_in_findings() {
        let deep = format!("a: {}", "[".repeat(50_000));
        let many: String = (0..5_000).map(|n| format!("k{n}: 1\n")).collect();
        let long = format!("a: {}", "x".repeat(70_000));
        let stairs: String = (0..200).map(|n| format!("{}k:\n", " ".repeat(n))).collect();
        for text in [deep, many, long, stairs] {
            let (table, found) = parse(&text, 0);
            assert_eq!(found.len(), 1, "{:?}", found.first());
            assert!(table.entries.len() <= 500);
        }
    }
}
