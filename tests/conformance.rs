//! Every form of record that is read, by an example of our own and what has to be read from it.

#![allow(clippy::disallowed_methods, reason = "a test reads the environment, and writes what was read when asked to")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is")]

use precedent::config::{Config, Overrides};
use precedent::date::Date;
use precedent::diagnostic::Diagnostic;
use precedent::line::LineIndex;
use precedent::log::Strength;
use precedent::record::{Record, Reference, SignOff};
use precedent::source::{Disk, Source};
use precedent::text::{SourcePath, Span, Spanned};
use precedent::workspace::{Demand, Drafts, Snapshot, Workspace};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Set to `1`, it makes the test write what was read; read every line before you keep it.
const BLESS: &str = "PRECEDENT_BLESS";

/// The rules whose findings say how a record was read.
const OF_READING: &[&str] = &[
    "unread-file",
    "malformed-front-matter",
    "unknown-field",
    "invalid-value",
    "unknown-kind",
    "unknown-status",
    "conflicting-status",
    "leftover-placeholder",
    "duplicate-id",
    "mismatched-id",
    "broken-relation",
];

const SITE: Demand = Demand::Site(Drafts::Published);

const TODAY: Date = Date::constant(2026, 6, 1);

#[test]
fn every_form_is_read_as_it_is_meant() {
    let mut wrong = String::new();
    for case in cases() {
        let read = read(&snapshot(&case, SITE));
        let expected = case.join("expected.toml");
        if std::env::var(BLESS).is_ok_and(|bless| bless == "1") {
            std::fs::write(&expected, &read).unwrap();
        } else if std::fs::read_to_string(&expected).ok().as_deref() != Some(read.as_str()) {
            let _ = writeln!(wrong, "{}: it is now read as\n{read}", expected.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nrun `{BLESS}=1 cargo test --test conformance` to write what was read");
}

#[test]
fn every_expectation_is_toml_and_names_each_file() {
    for case in cases() {
        let text = std::fs::read_to_string(case.join("expected.toml")).unwrap();
        let source = Source::new(SourcePath::new("expected.toml"), text.as_str());
        let (_, found) = precedent::value::parse_toml(&source.path, &text, 0, precedent::value::Limit::SETTINGS);
        assert_eq!(found, [], "{}", case.display());
        for record in snapshot(&case, Demand::Findings).log.records() {
            assert!(
                text.contains(&format!("[\"{}\"]", record.path())),
                "{} does not name {}",
                case.display(),
                record.path()
            );
        }
    }
}

/// A record that was laid aside says the same when it is taken up again, save its summary, which only pages show.
#[test]
fn what_is_laid_aside_is_read_the_same() {
    let told = |text: String| {
        text.lines().filter(|line| !line.starts_with("summary = ")).map(|line| format!("{line}\n")).collect::<String>()
    };
    for case in cases() {
        let (aside, at_hand) = (read(&snapshot(&case, Demand::Findings)), read(&snapshot(&case, SITE)));
        assert_eq!(told(aside), told(at_hand), "{}", case.display());
    }
}

/// Whatever is cut off, put out of order or said twice: nothing panics, and every place is in the text.
#[test]
fn broken_records_are_read_with_places_inside_them() {
    let config = Config::builtin();
    for case in cases() {
        for record in snapshot(&case, Demand::Findings).log.records() {
            let text = record.text();
            let cuts = text.char_indices().map(|(at, _)| at).step_by(31).chain([text.len()]);
            for cut in cuts {
                for part in [text.get(..cut).unwrap(), text.get(cut..).unwrap()] {
                    let (read, found) = Record::parse(&Source::new(record.path().clone(), part), &config);
                    let spans = found.iter().map(|finding| finding.primary.span).chain(places(&read));
                    for span in spans {
                        assert!(part.get(span.range()).is_some(), "{}: {span:?} in {part:?}", record.path());
                    }
                }
            }
        }
    }
}

fn places(record: &Record) -> Vec<Span> {
    let front = &record.front;
    let mut places: Vec<Span> = record
        .raw_status
        .iter()
        .chain(record.restated.iter().map(|status| &status.raw))
        .map(|status| status.span)
        .collect();
    places.extend(
        record
            .references
            .iter()
            .flat_map(|reference| [Some(reference.target.span), reference.on.map(|on| on.span)])
            .flatten(),
    );
    places.extend(record.status_days.iter().chain(&front.created).chain(&front.updated).map(|day| day.span));
    places.extend(front.tags.iter().chain(&front.tracking).map(|word| word.span));
    places.extend(
        front.daci.iter().flat_map(|daci| daci.value.approver.iter().chain(&daci.value.driver)).map(|who| who.span),
    );
    places.extend(record.title_span);
    places
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(cases.len() > 10);
    cases
}

fn snapshot(case: &Path, demand: Demand) -> Snapshot {
    let disk = Disk::open(case).unwrap();
    Workspace::new(Arc::new(disk), Overrides::default()).snapshot(TODAY, demand).unwrap()
}

/// What is read from a folder of records, as TOML: a table for each file.
fn read(snapshot: &Snapshot) -> String {
    let mut read = String::new();
    for record in snapshot.log.records() {
        let mut table = Table::new(record.path().as_str());
        table.say("kind", &record.kind.name);
        table.say("format", record.format.name());
        table.say_maybe("id", record.id.as_ref().map(|id| id.value.to_string()));
        table.say("title", &record.title);
        table.say_maybe("raw-status", record.raw_status.as_ref().map(|status| status.value.clone()));
        table.say_maybe("status", record.status.as_ref().map(|status| status.name.clone()));
        table.say_maybe("decision", record.status.as_ref().map(|status| status.decision.name().to_owned()));
        table.say_maybe("delivery", record.status.as_ref().map(|status| status.delivery.name().to_owned()));
        table.say_all("status-days", record.status_days.iter().map(|day| day.value.to_string()));
        table.say_all("restated", record.restated.iter().map(|status| status.raw.value.clone()));
        table.say_maybe("created", record.front.created.as_ref().map(|day| day.value.to_string()));
        table.say_maybe("updated", record.front.updated.as_ref().map(|day| day.value.to_string()));
        let names = |people: &[Spanned<String>]| people.iter().map(|who| who.value.clone()).collect::<Vec<String>>();
        if let Some(daci) = &record.front.daci {
            table.say_maybe("driver", daci.value.driver.as_ref().map(|who| who.value.clone()));
            table.say_all("approver", names(&daci.value.approver));
            table.say_all("contributors", names(&daci.value.contributors));
            table.say_all("informed", names(&daci.value.informed));
        }
        table.say_all(
            "consulted",
            record.front.consulted.iter().filter_map(|row| Some(row.value.who.as_ref()?.value.clone())),
        );
        table.say_all("sign-offs", record.front.sign_offs.iter().map(|row| signed(&row.value)));
        table.say_all("tags", names(&record.front.tags));
        table.say_all("tracking", names(&record.front.tracking));
        table.say_all("says-of-others", record.references.iter().map(said));
        table.say_maybe("summary", Some(record.outline.summary()).filter(|summary| !summary.is_empty()));
        let is_own =
            |finding: &&Diagnostic| finding.primary.path == *record.path() && OF_READING.contains(&finding.rule);
        table.say_all("findings", snapshot.diagnostics.iter().filter(is_own).map(|finding| shown(record, finding)));
        let _ = writeln!(read, "{}", table.0);
    }
    let log = &snapshot.log;
    let relations = log.relations().iter().map(|relation| {
        let name = |at: usize| log.record(at).map_or("?", |record| record.path().file_name()).to_owned();
        let part = relation.part.as_deref().map_or(String::new(), |part| format!(", in part: {part}"));
        let strength = match relation.strength {
            Strength::InForce => "in force",
            Strength::Proposed => "proposed",
            Strength::Void => "void",
        };
        format!(
            "{} {} {} ({strength}{part})",
            name(relation.from),
            relation.kind.forward().to_lowercase(),
            name(relation.to)
        )
    });
    let mut table = Table::new("the log");
    table.say_all("relations", relations);
    read.push_str(&table.0);
    read
}

fn said(reference: &Reference) -> String {
    let part = reference.part.as_deref().map_or(String::new(), |part| format!(", in part: {part}"));
    let on = reference.on.as_ref().map_or(String::new(), |on| format!(", on {}", on.value));
    format!("{} {}{part}{on}", reference.kind.key(), reference.target.value)
}

fn signed(sign_off: &SignOff) -> String {
    let said = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    format!("{} by {}", said(&sign_off.role), said(&sign_off.by))
}

/// `3:10 unknown-status: …`, with the words at which it points.
fn shown(record: &Record, finding: &Diagnostic) -> String {
    let text = record.text();
    let (line, column) = LineIndex::new(text).line_column(text, finding.primary.span.start);
    let help = finding.help.as_deref().unwrap_or("");
    format!(
        "{line}:{column} {} at `{}`: {}; {help}",
        finding.rule,
        finding.primary.span.of(text).replace('\n', " "),
        finding.message
    )
}

/// A table of TOML that is being written; what there is none of is left out.
struct Table(String);

impl Table {
    fn new(name: &str) -> Table {
        Table(format!("[\"{name}\"]\n"))
    }

    fn say(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.0, "{key} = {}", quoted(value));
    }

    fn say_maybe(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.say(key, &value);
        }
    }

    fn say_all(&mut self, key: &str, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().map(|value| quoted(&value)).collect();
        match values.as_slice() {
            [] => {}
            [only] => drop(writeln!(self.0, "{key} = [{only}]")),
            several => {
                let lines: String = several.iter().map(|value| format!("  {value},\n")).collect();
                let _ = writeln!(self.0, "{key} = [\n{lines}]");
            }
        }
    }
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "))
}
