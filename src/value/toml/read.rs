//! Parses TOML, and around each broken line reads all the others.

use super::super::excerpt::Excerpt;
use super::super::limit::Limit;
use super::super::tree::Table;
use super::convert::{Convert, scalar_places};
use super::fault;
use super::repair::Repair;
use super::scan::Scan;
use crate::diagnostic::Diagnostic;
use crate::text::SourcePath;
use ::toml::de::DeTable;
use std::collections::BTreeMap;

/// How many broken lines are taken one by one; the parser runs once for each.
const ROUNDS: usize = 64;

/// Parses `text`, which stands at byte `offset` of the file; faults come back as `malformed-front-matter` beside what could be read.
pub fn parse_toml(path: &SourcePath, text: &str, offset: usize, limit: Limit) -> (Table, Vec<Diagnostic>) {
    let text = Excerpt { path, text, offset };
    if let Some(fault) = limit.too_long(&text) {
        return (Table::default(), vec![fault]);
    }
    let scan = Scan::of(text.text, limit.depth);
    if let Some(at) = scan.too_deep {
        return (Table::default(), vec![limit.too_deep(&text, at)]);
    }
    let mut repair = Repair::new(text.text);
    let mut faults = BTreeMap::new();
    for round in 0..=ROUNDS {
        let work = repair.work.clone();
        let unclosed = if round == 0 { scan.unclosed } else { Scan::of(&work, limit.depth).unclosed };
        let (root, errors) = DeTable::parse_recoverable(&work);
        let scalars = if errors.is_empty() { Vec::new() } else { scalar_places(root.get_ref()) };
        let errors = Errors::sort(errors, &scalars, unclosed);
        let mut changed = false;
        for stumble in errors.lines.iter().take(if round < ROUNDS { 1 } else { usize::MAX }) {
            changed |= mend(&text, &mut repair, stumble, unclosed, &mut faults);
        }
        if !changed || round == ROUNDS {
            errors.report(&text, &mut faults);
            let mut convert = Convert {
                text,
                limit,
                broken: &errors.broken,
                stand_ins: &repair.stand_ins,
                keys: 0,
                found: faults.into_values().collect(),
            };
            let table = convert.table(root.get_ref(), 0);
            return (table, convert.found);
        }
    }
    (Table::default(), faults.into_values().collect())
}

/// Findings by the line they are about: one for each.
type Faults = BTreeMap<usize, Diagnostic>;

/// What the parser refuses: from where to where, and why.
struct Refusal {
    start: usize,
    end: usize,
    reason: String,
}

/// The parser's errors by what they break, each sorted by place.
struct Errors {
    /// Those that break a line or more.
    lines: Vec<Refusal>,
    /// Those that break one scalar: the scalar's place.
    scalars: Vec<Refusal>,
    /// Keys written twice.
    duplicates: Vec<Refusal>,
    /// Where scalars are broken.
    broken: Vec<(usize, usize)>,
}

impl Errors {
    fn sort(errors: Vec<::toml::de::Error>, scalars: &[(usize, usize)], unclosed: Option<usize>) -> Errors {
        let mut sorted = Errors { lines: vec![], scalars: vec![], duplicates: vec![], broken: vec![] };
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            let reason = error.message().lines().next().unwrap_or("").to_owned();
            let before = scalars.partition_point(|scalar| scalar.0 <= at.start);
            let holder = before.checked_sub(1).and_then(|index| scalars.get(index)).filter(|scalar| at.end <= scalar.1);
            // What never ends swallows all that follows: nothing in it can be trusted.
            let holder = holder.filter(|_| unclosed.is_none_or(|open| open >= at.start));
            let mut refusal = Refusal { start: at.start, end: at.end, reason };
            if refusal.reason.starts_with("duplicate key") || refusal.reason.starts_with("cannot extend") {
                sorted.duplicates.push(refusal);
            } else if let Some((start, end)) = holder {
                (refusal.start, refusal.end) = (*start, *end);
                sorted.broken.push((at.start, at.end));
                sorted.scalars.push(refusal);
            } else {
                sorted.lines.push(refusal);
            }
        }
        sorted.broken.sort_unstable();
        sorted.lines.sort_by_key(|refusal| refusal.start);
        sorted
    }

    /// Adds the findings that need no mending.
    fn report(&self, text: &Excerpt<'_>, faults: &mut Faults) {
        for refusal in &self.scalars {
            let fault = || fault::scalar(text, refusal.start, refusal.end, &refusal.reason);
            faults.entry(text.line(refusal.start).0).or_insert_with(fault);
        }
        for refusal in &self.duplicates {
            let fault = || fault::duplicate(text, refusal.start, refusal.end, &refusal.reason);
            faults.entry(text.line(refusal.start).0).or_insert_with(fault);
        }
    }
}

/// Reports the line that broke the parse and takes it out of the next one; returns whether it could.
fn mend(
    text: &Excerpt<'_>,
    repair: &mut Repair,
    stumble: &Refusal,
    unclosed: Option<usize>,
    faults: &mut Faults,
) -> bool {
    let unclosed = unclosed.filter(|open| *open < stumble.start);
    let at = unclosed.unwrap_or(stumble.start);
    let (start, end) = text.line(at);
    let header = text.slice(start, end).trim_start().starts_with('[');
    if !repair.line(text, at) {
        return false;
    }
    let fault = || match unclosed {
        Some(open) => fault::unclosed(text, open),
        None => fault::line(text, stumble.start, &stumble.reason),
    };
    faults.entry(start).or_insert_with(fault);
    if header {
        // Without its name, nobody knows where the keys of this table belong.
        repair.following(text, at, |line| !line.trim_start().starts_with('['));
    } else if unclosed.is_some() {
        let begins_anew = |line: &str| line.trim().is_empty() || line.starts_with('[') || line.contains('=');
        repair.following(text, at, |line| !begins_anew(line));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::super::limit::HeadLimits;
    use super::super::super::tree::{Data, Scalar};
    use super::*;

    fn parse(text: &str) -> (Table, Vec<Diagnostic>) {
        within(text, HeadLimits::default())
    }

    fn within(text: &str, limits: HeadLimits) -> (Table, Vec<Diagnostic>) {
        parse_toml(&SourcePath::new("a.md"), text, 0, Limit::from(&limits))
    }

    /// Keys with their values as text, and the findings as `text: message`.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let (table, found) = parse(text);
        let values = table.entries.iter().map(|entry| match &entry.value.data {
            Data::Scalar(form, text) => format!("{}={form:?} {text}", entry.key.value),
            other => format!("{}={other:?}", entry.key.value),
        });
        let found = found.iter().map(|finding| format!("{}: {}", finding.primary.span.of(text), finding.message));
        (values.collect(), found.collect())
    }

    #[test]
    fn keeps_order_text_and_places() {
        let text = "+++\nz = \"é\\n\"\nn = 0x1F\nd = 2026-03-10\n[a]\nb.c = [1, 2.5]\n+++";
        let (table, found) =
            parse_toml(&SourcePath::new("a.md"), &text[4..text.len() - 3], 4, Limit::from(&HeadLimits::default()));
        assert_eq!(found, []);
        let keys: Vec<_> = table.entries.iter().map(|entry| entry.key.value.as_str()).collect();
        assert_eq!(keys, ["z", "n", "d", "a"]);
        let spans: Vec<_> = table.entries.iter().map(|entry| entry.value.span.of(text)).collect();
        assert_eq!(spans, ["\"é\\n\"", "0x1F", "2026-03-10", "[a]"]);
        assert_eq!(table.get("z").unwrap().data, Data::Scalar(Scalar::Text, "é\n".to_owned()));
        assert_eq!(table.get("n").unwrap().data, Data::Scalar(Scalar::Integer, "0x1F".to_owned()));
    }

    #[test]
    fn broken_values_are_reported_once_and_kept() {
        let (values, found) = read(
            "status = draft\ncreated = 2018-3-15\nupdated = 2017-10-21'\ntitle = \"x\"\nweight = 007\ndraft = True\nlast = \n",
        );
        assert_eq!(
            values,
            [
                "status=Broken draft",
                "created=Broken 2018-3-15",
                "updated=Broken 2017-10-21'",
                "title=Text x",
                "weight=Broken 007",
                "draft=Broken True",
                "last=Null "
            ]
        );
        assert_eq!(
            found,
            [
                "draft: `draft` needs quotes",
                "2018-3-15: `2018-3-15` is not a date that TOML knows",
                "2017-10-21': `2017-10-21'` ends with a quote that nothing opens",
                "007: `007` begins with a zero, which a TOML number may not",
                "True: `True` is not a value that TOML knows",
                "last =: `last` has no value",
            ]
        );
    }

    #[test]
    fn a_list_that_lacks_commas_is_told_so() {
        let (_, found) = read("authors = [\n  ~a Ada <ada@example.org>\n  ~b Bo <bo@example.org>\n]\n");
        assert_eq!(
            found,
            [
                "~a Ada <ada@example.org>: `~a Ada <ada@example.org>` needs quotes, and a comma behind it",
                "~b Bo <bo@example.org>: `~b Bo <bo@example.org>` needs quotes",
            ]
        );
        let (_, found) = parse("authors = [\n  \"Ada\"\n  \"Bo\"\n]\n");
        assert_eq!(found[0].message, "no comma stands between `\"Bo\"` and the item before it");
        assert_eq!(found[0].fix.as_ref().unwrap().edits[0].text, ",");
    }

    #[test]
    fn broken_lines_do_not_hide_the_others() {
        let (values, found) =
            read("a = 1\nstatus draft\ntitle: My title\n\u{201c}b\u{201d} = 2\nc = [1, = 2]\nd = \"open\ne = 5\n");
        assert_eq!(
            values,
            ["a=Integer 1", "title=Broken My title", "c=Broken [1, = 2]", "d=Broken open", "e=Integer 5"]
        );
        assert_eq!(found.len(), 5, "{found:#?}");
    }

    #[test]
    fn an_unclosed_list_is_blamed_where_it_opens() {
        let (values, found) = read("tags = [\n  \"a\",\n  \"b\"\nstatus = \"x\"\n[daci]\n");
        assert_eq!(found, ["[: this `[` is never closed"]);
        assert_eq!(values[1], "status=Text x");
        let (values, found) = read("a = 1\ns = \"\"\"abc\nb = 1\n");
        assert_eq!(found, ["\"\"\"abc: this `\"\"\"` is never closed"]);
        assert_eq!(values, ["a=Integer 1", "s=Broken abc", "b=Integer 1"]);
    }

    #[test]
    fn a_table_with_a_broken_name_takes_its_keys_along() {
        let (values, found) = read("a = 1\n[daci\ndriver = \"x\"\n[review]\n");
        assert_eq!(found, ["[daci: this `[` is never closed"]);
        assert_eq!(values.len(), 2);
    }

    #[test]
    fn keys_written_twice_are_reported() {
        let text = "a = 1\na = 2\n[b]\na = 1\n[c]\n[b]\ny = 1\n";
        let (values, found) = read(text);
        assert_eq!(values[0], "a=Integer 1");
        assert_eq!(
            found,
            ["a: `a` is written twice; the first is taken", "b: `b` is written twice; the first is taken"]
        );
        let firsts = parse(text).1.into_iter().map(|finding| finding.related[0].location.span.start);
        assert_eq!(firsts.collect::<Vec<_>>(), [0, 12]);
    }

    #[test]
    fn a_day_that_does_not_exist_is_an_invalid_value() {
        let (_, found) = parse("created = 2026-02-30\n");
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].rule, found[0].message.as_str()),
            ("invalid-value", "`2026-02-30` is not a day that exists")
        );
        assert_eq!(found[0].help.as_deref(), Some("write a day of the calendar; this month has 28 days"));
    }

    #[test]
    fn attacks_end_in_one_finding() {
        let deep = format!("a = {}", "[".repeat(30_000));
        let dotted = format!("a{} = 1", ".a".repeat(30_000));
        let many: String = (0..5_000).map(|n| format!("k{n}=1\n")).collect();
        let long = format!("a = \"{}\"", "x".repeat(70_000));
        for text in [deep, dotted, many, long] {
            let (table, found) = parse(&text);
            assert_eq!(found.len(), 1, "{:?}", found.first());
            assert!(table.entries.len() <= 500);
        }
        let (_, found) = parse(&"a\n".repeat(5_000));
        assert!(!found.is_empty());
    }

    #[test]
    fn the_deepest_that_passes_the_scan_fits_a_small_stack() {
        for depth in [16, HeadLimits::DEEPEST] {
            let dotted = format!("a{}", ".a".repeat(depth));
            let text = format!("{}{dotted} = 1{}", format!("{dotted} = {{ ").repeat(depth), " }".repeat(depth));
            let limits = HeadLimits { depth, ..HeadLimits::default() };
            let read =
                move || within(&text, limits).1.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>();
            let found = std::thread::Builder::new().stack_size(512 * 1024).spawn(read).unwrap().join().unwrap();
            assert_eq!(found, [format!("the front matter is nested more than {depth} levels deep here")]);
        }
    }

    #[test]
    fn a_head_holds_what_the_settings_let_it_hold() {
        let text = "a = [[1]]\nb = 2\nc = 3\n";
        let messages = |limits: HeadLimits| {
            let (_, found) = within(text, limits);
            found.into_iter().map(|finding| (finding.message, finding.help.unwrap())).collect::<Vec<_>>()
        };
        let limits = HeadLimits { bytes: text.len(), keys: 3, depth: 2 };
        assert_eq!(messages(limits), []);
        for (limits, message, setting) in [
            (
                HeadLimits { bytes: 21, ..limits },
                "the front matter has 22 bytes; it may have 21",
                "`front-matter-bytes`",
            ),
            (
                HeadLimits { keys: 2, ..limits },
                "the front matter has more than 2 keys; from here on they are not read",
                "`front-matter-keys`",
            ),
            (
                HeadLimits { depth: 1, ..limits },
                "the front matter is nested more than 1 levels deep here",
                "`front-matter-depth`",
            ),
        ] {
            let found = messages(limits);
            assert!(
                matches!(found.as_slice(), [(told, help)] if told == message && help.contains(setting)),
                "{found:?}"
            );
        }
    }
}
