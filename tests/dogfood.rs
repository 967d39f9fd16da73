//! Our own handbook and decision log: the first site that the program publishes.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use precedent::config::Overrides;
use precedent::date::parse_date;
use precedent::report::{Style, terminal};
use precedent::source::Disk;
use precedent::workspace::{Demand, Drafts, Snapshot, Workspace};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Our own content as it was checked on the day of the first release; rules that read the calendar must not fail a build
/// that passed yesterday.
fn own() -> &'static Snapshot {
    static OWN: OnceLock<Snapshot> = OnceLock::new();
    OWN.get_or_init(|| {
        let disk = Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut workspace = Workspace::new(Arc::new(disk), Overrides::default());
        workspace.snapshot(parse_date("2026-11-22").unwrap(), Demand::Site(Drafts::Withheld)).unwrap()
    })
}

#[test]
fn nothing_is_wrong_with_it() {
    let own = own();
    let shown = |finding| terminal(finding, &|path| own.source(path), Style::Plain);
    let findings: String = own.diagnostics.iter().map(shown).collect();
    assert_eq!(findings, "");
    assert!(own.summary.records > 50 && own.summary.links > 90, "{:?}", own.summary);
}

#[test]
fn it_holds_a_record_of_every_kind() {
    let own = own();
    for kind in own.config.kinds.iter().filter(|kind| !["lite-rfc", "proposal"].contains(&kind.name.as_str())) {
        assert!(own.log.records().iter().any(|record| record.kind.name == kind.name), "no {}", kind.name);
    }
}

#[cfg(feature = "diagrams")]
#[test]
fn every_diagram_of_it_is_drawn() {
    let pages = own().site.artifacts.iter().filter(|(route, _)| route.0.ends_with(".html"));
    let texts = pages.map(|(route, artifact)| (route, String::from_utf8(artifact.bytes.to_vec()).unwrap()));
    let mut drawn = 0;
    for (route, text) in texts {
        assert!(!text.contains("diagram--broken") && !text.contains("<pre class=\"mermaid\""), "{route}");
        drawn += text.matches("<figure class=\"diagram").count();
    }
    assert_eq!(drawn, own().summary.diagrams);
}
