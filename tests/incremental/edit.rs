//! What happens to a project: texts that are written, moved and taken away.

use precedent::source::Memory;
use precedent::text::SourcePath;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What an author or a tool does to the project.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Write(usize, usize),
    /// A few words of a text.
    Replace(usize, usize),
    Rename(usize, usize),
    Delete(usize),
    MoveFolder(usize, usize),
    Configure(usize),
    Template(usize),
    Touch(usize),
    NextDay,
}

pub(crate) const FOLDERS: &[&str] =
    &["content/adr", "content/rfc", "content/handbook", "content/waiver", "content/keps/0023-gates", "more/adr"];

pub(crate) const PATHS: &[&str] = &[
    "content/index.md",
    "content/adr/0001-a.md",
    "content/adr/0002-b.md",
    "content/rfc/0001-c.md",
    "content/rfc/0002-d.md",
    "content/handbook/index.md",
    "content/handbook/one.md",
    "content/handbook/two.md",
    "content/waiver/0001-e.md",
    "content/handbook/flow.png",
    README,
    KEP,
    "more/adr/0007-f.md",
];

/// A text, and the file beside it that speaks for it.
pub(crate) const README: &str = "content/keps/0023-gates/README.md";
pub(crate) const KEP: &str = "content/keps/0023-gates/kep.yaml";

/// A record whose status stands below a heading.
pub(crate) const NYGARD: &str =
    "# 1. Nygard\n\nDate: 2026-03-02\n\n## Status\n\nProposed\n\nSupersedes [b](0002-b.md)\n\n## Context\n\nWords.\n";

pub(crate) const TEXTS: &[&str] = &[
    "",
    "# A\n\nText about [b](../adr/0002-b.md#context) and RFC-0002.\n\n## Context\n\nWords.\n",
    "+++\ntitle = \"B\"\nstatus = \"accepted\"\nsupersedes = [\"ADR-0001\"]\ncreated = 2026-01-02\ntags = [\"x\", \"y\"]\n+++\n\n## Context\n\nADR-0001 was old.\n",
    "+++\ntitle = \"C\"\nstatus = \"draft\"\ndraft = true\n+++\n\n## Summary\n\n```mermaid\nflowchart LR\n A --> B\n```\n",
    "+++\ntitle = \"D\"\nstatus = \"granted\"\nexpires = 2026-06-01\n\n[daci]\ndriver = \"core\"\napprover = \"lead\"\n+++\n\n<!-- precedent: allow expired-waiver: moved to July -->\n\n## Standard\n\nOne.\n",
    "---\ntitle: E\nstatus: accepted\ntags: [y]\n---\n\n# E\n\n![flow](../handbook/flow.png)\n\n```rust\nfn main() {}\n```\n",
    "+++\nid = \"ADR-0002\"\ntitle = broken\n",
    "# Two\n\n[one](one.md) [gone](gone.md) ADR-1, ADR-2, RFC-1.\n",
    NYGARD,
    "kep-number: 23\nstatus: provisional\ndraft: soon\nsee-also: [\"ADR-0001\"]\n",
    // Days that show an order, days that need one, and a day that shows the other.
    "# 1. Days\n\nDate: 17/05/2021\n\n## Status\n\nAccepted\n",
    "# 2. Days\n\nDate: 06/05/2021\n\n## Status\n\nAccepted\n",
    "# 3. Days\n\nDate: 05/17/2021\n\n## Status\n\nAccepted\n",
];

/// Words of these texts, and what stands there after an edit: in the text, in headings, in the head.
pub(crate) const WORDS: &[(&str, &str)] = &[
    ("Words.", "Other words, with [a link](../rfc/0001-c.md#summary) and ADR-0002."),
    ("Text about", "Another sentence about"),
    ("## Context", "## Reasons"),
    ("Summary", "Motivation"),
    ("# A\n", "# Another title\n"),
    ("title = \"B\"", "title = \"Beta\""),
    ("\"accepted\"", "\"rejected\""),
    ("\"draft\"", "\"approved\""),
    ("supersedes", "amends"),
    ("[\"ADR-0001\"]", "[\"RFC-0002#context\"]"),
    ("RFC-0002", "RFC-0001"),
    ("\"y\"]", "\"Y\", \"z\"]"),
    ("2026-01-02", "2025-01-02"),
    ("\"core\"", "\"platform\""),
    ("+++\ntitle", "+++\nid = \"ADR-0009\"\ntitle"),
    ("+++\ntitle", "+++\nslug = \"elsewhere\"\ntitle"),
    ("+++\ntitle", "+++\naliases = [\"old.html\"]\ntitle"),
    ("expired-waiver", "broken-link"),
    ("took over from", "replaced"),
    ("+++\ntitle", "+++\ncolour = \"red\"\ntitle"),
    ("# One\n", "# Zebra\n"),
    ("Proposed\n", "Accepted\n"),
    ("Supersedes [b]", "Amends [b]"),
    ("provisional", "implemented"),
    ("draft: soon", "draft: later"),
];

pub(crate) const SETTINGS: &[&str] = &[
    "",
    "[site]\ntitle = \"Another\"\nbase-url = \"https://docs.example.org/a/\"\n",
    "[rules]\nbroken-link = \"allow\"\nmissing-section = \"warn\"\n",
    "[paths]\ntheme = \"theme\"\n",
    ROOTS,
    BASELINE,
];

pub(crate) const ROOTS: &str = "[[roots]]\npath = \"content\"\n\n[[roots]]\npath = \"more\"\nprefix = \"more\"\n";

pub(crate) const BASELINE: &str = "[check]\nbaseline = \"old.json\"\n";
pub(crate) const TEMPLATES: &[&str] = &["", "<p>{{ view.total }}</p>", "{{ page.title }}"];

pub(crate) fn edits() -> impl Strategy<Value = Edit> {
    let path = || 0..PATHS.len();
    prop_oneof![
        6 => (path(), 0..TEXTS.len()).prop_map(|(path, text)| Edit::Write(path, text)),
        6 => (path(), 0..WORDS.len()).prop_map(|(path, words)| Edit::Replace(path, words)),
        2 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => path().prop_map(Edit::Delete),
        1 => (0..FOLDERS.len(), 0..FOLDERS.len()).prop_map(|(from, to)| Edit::MoveFolder(from, to)),
        1 => (0..SETTINGS.len()).prop_map(Edit::Configure),
        1 => (0..TEMPLATES.len()).prop_map(Edit::Template),
        1 => path().prop_map(Edit::Touch),
        1 => Just(Edit::NextDay),
    ]
}

/// Makes an edit; returns the paths that a watcher would name.
pub(crate) fn make(edit: &Edit, files: &mut Memory) -> BTreeSet<SourcePath> {
    let path = |at: &usize| SourcePath::new(PATHS[*at]);
    let bytes = |text: &str| -> Arc<[u8]> { Arc::from(text.as_bytes()) };
    match edit {
        Edit::Write(at, text) => {
            files.0.insert(path(at), bytes(TEXTS[*text]));
            [path(at)].into()
        }
        Edit::Replace(at, words) => {
            if let Some(text) = files.0.get_mut(&path(at)) {
                let (from, to) = WORDS[*words];
                *text = bytes(&String::from_utf8_lossy(text).replacen(from, to, 1));
            }
            [path(at)].into()
        }
        Edit::Rename(from, to) => {
            if let Some(text) = files.0.remove(&path(from)) {
                files.0.insert(path(to), text);
            }
            [path(from), path(to)].into()
        }
        Edit::Delete(at) => {
            files.0.remove(&path(at));
            [path(at)].into()
        }
        Edit::MoveFolder(from, to) => {
            let (from, to) = (FOLDERS[*from], FOLDERS[*to]);
            let moved: Vec<_> = files.0.keys().filter(|path| path.below(from).is_some()).cloned().collect();
            for path in moved {
                let text = files.0.remove(&path).expect("it is there");
                files.0.insert(SourcePath::new(format!("{to}/{}", path.below(from).expect("it lies below"))), text);
            }
            // Of a folder that is moved only its own two names are told.
            [SourcePath::new(from), SourcePath::new(to)].into()
        }
        Edit::Configure(settings) => {
            files.0.insert(SourcePath::new("precedent.toml"), bytes(SETTINGS[*settings]));
            [SourcePath::new("precedent.toml")].into()
        }
        Edit::Template(template) => {
            let path = SourcePath::new("theme/templates/listing.html");
            match TEMPLATES[*template] {
                "" => drop(files.0.remove(&path)),
                text => drop(files.0.insert(path.clone(), bytes(text))),
            }
            [path].into()
        }
        Edit::Touch(at) => [path(at)].into(),
        Edit::NextDay => BTreeSet::new(),
    }
}
