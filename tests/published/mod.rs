//! A site in memory, with what was found while it was made.

use precedent::config::Overrides;
use precedent::date::parse_date;
use precedent::page::Route;
use precedent::source::Memory;
use precedent::workspace::{Demand, Drafts, Snapshot, Workspace};
use std::sync::Arc;

/// A site in memory.
pub(crate) struct Published(pub(crate) Snapshot);

fn snapshot<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
    today: &str,
) -> precedent::error::Result<Snapshot> {
    let mut workspace = Workspace::new(Arc::new(Memory::of(files)), Overrides::default());
    workspace.snapshot(parse_date(today).unwrap(), Demand::Site(Drafts::Withheld))
}

/// Builds a site, without drafts.
pub(crate) fn publish<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Published {
    publish_on("2026-11-22", files)
}

/// The same on a day of one's choice.
pub(crate) fn publish_on<'a>(today: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Published {
    Published(snapshot(files, today).unwrap_or_else(|error| panic!("{error}")))
}

/// Why a site cannot be built.
pub(crate) fn refused<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    snapshot(files, "2026-11-22").err().map(|error| error.to_string()).unwrap_or_default()
}

impl Published {
    /// The text of a file.
    pub(crate) fn text(&self, address: &str) -> String {
        let artifact = self.0.site.artifacts.get(&Route(address.to_owned()));
        String::from_utf8(artifact.unwrap_or_else(|| panic!("no {address}")).bytes.to_vec()).unwrap()
    }

    /// Whether there is a file.
    pub(crate) fn has(&self, address: &str) -> bool {
        self.0.site.artifacts.contains_key(&Route(address.to_owned()))
    }

    /// The messages of a rule.
    pub(crate) fn findings(&self, rule: &str) -> Vec<String> {
        let found = self.0.diagnostics.iter().filter(|finding| finding.rule == rule);
        found.map(|finding| finding.message.clone()).collect()
    }
}
