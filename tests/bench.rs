//! The benchmark measures what it claims to: its records are real ones, and the same every time.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

#[path = "../benches/speed/corpus.rs"]
mod corpus;
#[path = "../benches/speed/floor.rs"]
mod floor;
#[path = "../benches/speed/forms.rs"]
mod forms;

use precedent::config::{Config, Overrides};
use precedent::date::Date;
use precedent::diagnostic::Severity;
use precedent::record::Record;
use precedent::source::{Disk, Source};
use precedent::text::SourcePath;
use precedent::workspace::{Demand, Drafts, Workspace};
use std::fs;
use std::sync::Arc;

#[test]
fn generated_records_are_read_drawn_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    corpus::write(folder.path(), 30).expect("written");
    assert_eq!(floor::convert(&folder.path().join("content"), &folder.path().join("floor")).expect("converted"), 31);
    let disk = Disk::open(folder.path()).expect("a folder");
    let mut workspace = Workspace::new(Arc::new(disk), Overrides::default());
    let snapshot = workspace.snapshot(Date::constant(2026, 6, 1), Demand::Site(Drafts::Published)).expect("a snapshot");
    assert_eq!((snapshot.summary.records, snapshot.log.assets().len()), (31, 0));
    assert!(snapshot.summary.diagrams > 5 && snapshot.summary.links > 60, "{:?}", snapshot.summary);
    let broken =
        |rule: &str| ["broken-diagram", "broken-link", "broken-relation", "malformed-front-matter"].contains(&rule);
    let errors: Vec<_> =
        snapshot.diagnostics.iter().filter(|found| found.severity == Severity::Error && broken(found.rule)).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let bytes: usize = (1..=30).map(|number| corpus::text(number).len()).sum();
    assert!((5_000..15_000).contains(&(bytes / 30)), "a record has {} bytes", bytes / 30);
}

#[test]
fn a_record_is_the_same_in_every_log() {
    let folder = tempfile::tempdir().expect("a folder");
    corpus::write(&folder.path().join("few"), 3).expect("written");
    corpus::write(&folder.path().join("many"), 9).expect("written");
    for number in 1..=3 {
        let read = |log: &str| fs::read(folder.path().join(log).join(corpus::path(number))).expect("a record");
        assert!(read("few") == read("many"));
    }
}

#[test]
fn records_of_many_forms_are_of_these_forms_and_say_something() {
    let config = Config::builtin();
    for number in 1..=45 {
        let (path, text) = forms::record(number);
        let (record, found) = Record::parse(&Source::new(SourcePath::new(path), text.as_str()), &config);
        assert_eq!(record.format.name(), forms::FORMS[number % forms::FORMS.len()], "{text}");
        assert_eq!(found, [], "{text}");
        assert!(record.status.is_some() && record.front.created.is_some(), "{text}");
        assert!(record.front.daci.is_some() || record.format.name() == "sections", "{text}");
        assert!(text.len() > 5_000, "a record of {} bytes", text.len());
    }
    assert!(forms::compare(3, 1).contains("times as long"));
}
