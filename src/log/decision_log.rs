//! Every record, joined.

use super::backlink::{Backlink, backlinks, first_mentions, links};
use super::heading::{Called, Calls};
use super::index::Index;
use super::relation::{Relation, Strength, relations};
use super::target::Target;
use crate::config::{Config, Kind, SectionRule};
use crate::history::History;
use crate::record::{Record, RecordId, RelationKind};
use crate::source::{Asset, Files};
use crate::text::{SourcePath, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Every record, joined. Records are named by their position, which follows their paths.
#[derive(Clone, Debug, Default)]
pub struct DecisionLog {
    index: Index,
    relations: Arc<Relations>,
    /// By record: who mentions or links it.
    backlinks: Vec<Arc<Vec<Backlink>>>,
    /// By record: where its links lead.
    links: Vec<Arc<[Option<u32>]>>,
    history: Arc<History>,
    project: Project,
    calls: Arc<Calls>,
}

/// The files among which the folders of records lie, where they are known.
#[derive(Clone, Default)]
struct Project(Option<Arc<dyn Files>>);

impl fmt::Debug for Project {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Project" } else { "None" })
    }
}

/// The relations of a log.
#[derive(Debug, Default)]
struct Relations {
    all: Vec<Relation>,
    /// By record: positions in `all` that touch it.
    touching: Vec<Vec<usize>>,
}

impl DecisionLog {
    /// Joins records; what does not join is left for the checks to say.
    pub fn link(records: Vec<Arc<Record>>, assets: BTreeMap<SourcePath, Asset>, config: &Config) -> DecisionLog {
        let index = Index::new(records, assets, &config.roots);
        let relations = Arc::new(Relations::of(&index));
        let links: Vec<Arc<[Option<u32>]>> = index.records.par_iter().map(|record| links(&index, record)).collect();
        let backlinks = backlinks(&index, &links);
        let (history, project, calls) = (Arc::default(), Project::default(), Arc::default());
        DecisionLog { index, relations, backlinks, links, history, project, calls }
    }

    /// The same log with what git knows of its files.
    #[must_use]
    pub fn with_history(self, history: Arc<History>) -> DecisionLog {
        DecisionLog { history, ..self }
    }

    /// The same log with the files of its project, among which its folders lie.
    #[must_use]
    pub fn in_project(self, files: Arc<dyn Files>) -> DecisionLog {
        DecisionLog { project: Project(Some(files)), ..self }
    }

    /// Whether the project has a file or a folder at a path, in the log or outside it.
    pub fn is_in_project(&self, path: &SourcePath) -> bool {
        self.project.0.as_ref().is_some_and(|files| files.holds(path))
    }

    /// What git knows of the files; nothing where it was not asked.
    pub fn history(&self) -> &Arc<History> {
        &self.history
    }

    /// The log with other versions of some of its records, by position, as [`DecisionLog::link`] would give it; `None` where a record
    /// goes by another name now, so that all of it must be joined anew.
    pub fn with(&self, records: impl IntoIterator<Item = (usize, Arc<Record>)>) -> Option<DecisionLog> {
        let mut log = DecisionLog { calls: Arc::default(), ..self.clone() };
        let mut is_related_as_before = true;
        for (position, record) in records {
            let place = log.index.records.get_mut(position).filter(|before| record.has_name_of(before))?;
            let before = std::mem::replace(place, Arc::clone(&record));
            is_related_as_before &= record.has_face_of(&before);
            let old_links = log.links.get(position).cloned().unwrap_or_default();
            let new_links = links(&self.index, &record);
            for to in first_mentions(&self.index, &before, &old_links).into_keys() {
                if let Some(of_record) = log.backlinks.get_mut(to) {
                    Arc::make_mut(of_record).retain(|backlink| backlink.from != position);
                }
            }
            for (to, span) in first_mentions(&self.index, &record, &new_links) {
                if let Some(of_record) = log.backlinks.get_mut(to).filter(|_| to != position) {
                    let of_record = Arc::make_mut(of_record);
                    let at = of_record.partition_point(|backlink| backlink.from < position);
                    of_record.insert(at, Backlink { from: position, span });
                }
            }
            if let Some(of_record) = log.links.get_mut(position) {
                *of_record = new_links;
            }
        }
        if !is_related_as_before {
            log.relations = Arc::new(Relations::of(&log.index));
        }
        Some(log)
    }

    /// All records, in the order of their paths.
    pub fn records(&self) -> &[Arc<Record>] {
        &self.index.records
    }

    /// One record by position.
    pub fn record(&self, position: usize) -> Option<&Record> {
        self.index.records.get(position).map(Arc::as_ref)
    }

    /// The position of a file's record.
    pub fn at_path(&self, path: &SourcePath) -> Option<usize> {
        self.index.at_path(path)
    }

    /// The positions of the records that claim an id: one, unless two do.
    pub fn claims(&self, id: &RecordId) -> &[usize] {
        self.index.names.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// Every id and who claims it.
    pub fn ids(&self) -> impl Iterator<Item = (&RecordId, &[usize])> {
        self.index.names.by_id.iter().map(|(id, claims)| (id, claims.as_slice()))
    }

    /// What the log calls a section of a kind.
    pub fn called(&self, kind: &Kind, section: &SectionRule) -> Option<&Called> {
        self.calls.of(self.records(), kind, section)
    }

    /// The record that a written id means (`ADR-7`, `adr 0007`, `RFC-7-A1`), whatever the padding.
    pub fn named(&self, text: &str) -> Option<usize> {
        self.index.named(text)
    }

    /// The record that an id written in `from` means: one of the same root, else as [`DecisionLog::named`].
    pub fn named_by(&self, from: &Record, text: &str) -> Option<usize> {
        self.index.named_by(from, text)
    }

    /// The record that a relation's target means, and the part of it: `ADR-3#decision`, a number of the same series, a path.
    pub fn related(&self, from: &Record, target: &str) -> Option<(usize, Option<String>)> {
        self.index.related(from, target)
    }

    /// Files that pages may link, by path.
    pub fn assets(&self) -> &BTreeMap<SourcePath, Asset> {
        &self.index.names.assets
    }

    /// Whether a file is published when a page links it: its type is, and nothing in it stands against that.
    pub fn publishes(&self, path: &SourcePath) -> bool {
        let is_sound = |asset: &Asset| asset.unfit.is_none();
        Asset::is_published(path.extension()) && self.assets().get(path).is_some_and(is_sound)
    }

    /// All relations, in the order in which they were written.
    pub fn relations(&self) -> &[Relation] {
        &self.relations.all
    }

    /// The relations in which a record takes part, at either end.
    pub fn touching(&self, record: usize) -> impl Iterator<Item = &Relation> {
        let positions = self.relations.touching.get(record).into_iter().flatten();
        positions.filter_map(|position| self.relations.all.get(*position))
    }

    /// The relations of a record that say something: that it relates to another says nothing where a closer word tells how.
    pub fn telling(&self, record: usize) -> impl Iterator<Item = &Relation> {
        let is_vague = |relation: &Relation| relation.kind == RelationKind::RelatesTo && relation.part.is_none();
        let ends = |relation: &Relation| (relation.from.min(relation.to), relation.from.max(relation.to));
        let told = self.touching(record).filter(|relation| !is_vague(relation) && relation.strength != Strength::Void);
        let told: BTreeSet<(usize, usize)> = told.map(ends).collect();
        self.touching(record).filter(move |relation| !is_vague(relation) || !told.contains(&ends(relation)))
    }

    /// Who mentions or links a record, in the order of their paths.
    pub fn backlinks(&self, record: usize) -> &[Backlink] {
        self.backlinks.get(record).map_or(&[], |of_record| of_record.as_slice())
    }

    /// Whom a record mentions or links, and where first.
    pub fn mentions(&self, record: usize) -> impl Iterator<Item = (usize, Span)> + use<> {
        let links = self.links.get(record).map_or(&[][..], |links| links);
        let mentions = self.index.records.get(record).map(|record| first_mentions(&self.index, record, links));
        mentions.unwrap_or_default().into_iter().filter(move |(to, _)| *to != record)
    }

    /// The records that have taken a record's place, wholly, by a supersession in force.
    pub fn successors(&self, record: usize) -> Vec<usize> {
        self.touching(record)
            .filter(|relation| relation.kind == RelationKind::Supersedes && relation.to == record)
            .filter(|relation| relation.part.is_none() && relation.strength == Strength::InForce)
            .map(|relation| relation.from)
            .collect()
    }

    /// What a target written in `from` means: a link's target or an image's.
    pub fn resolve(&self, from: &Record, target: &str) -> Target {
        self.index.resolve(from, target)
    }

    /// The record that a record's link leads to, by the link's position in its outline; `None` where it leads elsewhere.
    pub fn linked(&self, record: usize, link: usize) -> Option<usize> {
        self.links.get(record)?.get(link)?.map(|position| position as usize)
    }

    /// Whether a path is that of a folder in which texts or other files lie.
    pub fn is_folder(&self, path: &SourcePath) -> bool {
        self.index.is_folder(path)
    }

    /// The file most like a path that leads nowhere, as a link from a record.
    pub fn nearest(&self, from: &Record, missing: &SourcePath) -> Option<String> {
        self.index.nearest(missing).map(|near| near.link_from(from.path()))
    }
}

impl Relations {
    fn of(index: &Index) -> Relations {
        let all = relations(index);
        let mut touching = vec![Vec::new(); index.records.len()];
        for (position, relation) in all.iter().enumerate() {
            for end in [relation.from, relation.to] {
                if let Some(of_record) = touching.get_mut(end) {
                    of_record.push(position);
                }
            }
        }
        Relations { all, touching }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn log(files: &[(&str, &str)]) -> DecisionLog {
        let config = Config::builtin();
        let parse = |(path, text): &(&str, &str)| {
            Arc::new(Record::parse(&Source::new(SourcePath::new(path), *text), &config).0)
        };
        let assets = BTreeMap::from([(SourcePath::new("content/rfc/a b.png"), Asset { size: 1, unfit: None })]);
        DecisionLog::link(files.iter().map(parse).collect(), assets, &config)
    }

    #[test]
    fn a_folder_is_known_by_what_lies_in_it() {
        let log = log(&[("content/adr/old/0001-x.md", "# X\n")]);
        for path in ["content", "content/adr", "content/adr/old", "content/rfc"] {
            assert!(log.is_folder(&SourcePath::new(path)), "{path}");
        }
        for path in ["content/ad", "content/adr/old/0001-x.md", "content/rfc/a b.png", "content/adr/new"] {
            assert!(!log.is_folder(&SourcePath::new(path)), "{path}");
        }
    }

    const OLD: &str = "+++\nstatus = \"accepted\"\n+++\n# Old\n";

    #[test]
    fn a_proposed_record_does_not_yet_supersede() {
        for (status, strength, successors) in
            [("proposed", Strength::Proposed, 0), ("accepted", Strength::InForce, 1), ("rejected", Strength::Void, 0)]
        {
            let new = format!("+++\nstatus = \"{status}\"\nsupersedes = [\"ADR-1\"]\n+++\n# New\n");
            let log = log(&[("content/adr/0001-old.md", OLD), ("content/adr/0002-new.md", &new)]);
            assert_eq!(log.relations()[0].strength, strength, "{status}");
            assert_eq!(log.successors(0).len(), successors, "{status}");
        }
    }

    #[test]
    fn partial_supersession_leaves_the_record_in_place() {
        let new = "+++\nstatus = \"accepted\"\nsupersedes = [\"ADR-0001#decision\"]\n+++\n# New\n";
        let log = log(&[("content/adr/0001-old.md", OLD), ("content/adr/0002-new.md", new)]);
        assert_eq!(log.relations()[0].part.as_deref(), Some("decision"));
        assert_eq!(log.successors(0), Vec::<usize>::new());
    }

    #[test]
    fn both_ends_may_write_it_down_and_it_is_one_relation() {
        let old = "---\nstatus: superseded\nsuperseded-by: 2\n---\n# Old\n";
        let new = "---\nstatus: accepted\nsupersedes: ADR-1\n---\n# New\n";
        let log = log(&[("content/adr/0001-old.md", old), ("content/adr/0002-new.md", new)]);
        assert_eq!(log.relations().len(), 1);
        assert_eq!((log.relations()[0].from, log.relations()[0].to), (1, 0));
        assert_eq!(log.touching(0).count(), 1);
    }

    #[test]
    fn mentions_and_links_come_back_with_their_sentence() {
        let new = "# New\n\nSomething first. This builds on [the old one](0001-old.md#old), with *care*. And more.\n";
        let other = "# Other\n\n- One item.\n- As ADR-1 says, no.\n";
        let log = log(&[
            ("content/adr/0001-old.md", OLD),
            ("content/adr/0002-new.md", new),
            ("content/adr/0003-other.md", other),
        ]);
        let sentences: Vec<String> = log
            .backlinks(0)
            .iter()
            .map(|link| link.sentence(log.record(link.from).unwrap()))
            .map(|(before, words, after)| format!("{before}[{words}]{after}"))
            .collect();
        assert_eq!(sentences, ["This builds on [the old one], with care.", "As [ADR-1] says, no."]);
    }

    #[test]
    fn targets_mean_what_a_reader_expects() {
        let log = log(&[
            ("content/adr/0001-old.md", OLD),
            ("content/rfc/README.md", "# All\n"),
            ("content/rfc/100% #1?.md", "# Odd\n"),
        ]);
        let from = log.record(0).unwrap();
        let record = |record, anchor: Option<&str>| Target::Record { record, anchor: anchor.map(str::to_owned) };
        let odd = log.at_path(&SourcePath::new("content/rfc/100% #1?.md")).unwrap();
        let index = log.at_path(&SourcePath::new("content/rfc/README.md")).unwrap();
        for (target, meaning) in [
            ("https://example.org", Target::External("https://example.org".to_owned())),
            ("#old", record(0, Some("old"))),
            ("0001-old.md?x=1#a%20b", record(0, Some("a b"))),
            ("../rfc/", record(index, None)),
            ("/rfc/README.md", record(index, None)),
            ("/content/rfc/README.md", record(index, None)),
            ("../rfc/100%25%20%231%3F.md", record(odd, None)),
            ("../rfc/a%20b.png", Target::Asset(SourcePath::new("content/rfc/a b.png"))),
            ("../../../etc/passwd", Target::Outside),
            ("javascript:alert(1)", Target::Forbidden("javascript".to_owned())),
            ("../adr/0001-odl.md", Target::Missing(SourcePath::new("content/adr/0001-odl.md"))),
        ] {
            assert_eq!(log.resolve(from, target), meaning, "{target}");
        }
        let nearest = |missing| log.nearest(from, &SourcePath::new(missing));
        assert_eq!(nearest("content/adr/0001-odl.md").as_deref(), Some("0001-old.md"));
        assert_eq!(nearest("content/adr/1-quite-another-name.md").as_deref(), Some("0001-old.md"));
        assert_eq!(nearest("content/elsewhere/A b.PNG").as_deref(), Some("../rfc/a b.png"));
        assert_eq!(nearest("content/adr/nothing-like-it.md"), None);
        assert_eq!(nearest("content/adr/0002-old.md"), None);
    }

    #[test]
    fn a_bare_number_means_the_one_file_beside_that_has_it() {
        let log = log(&[
            ("content/caips/caip-2.md", "# Chains\n"),
            ("content/caips/caip-10.md", "---\nrequires: 2, 3\nreplaces: none\n---\n# Accounts\n"),
            ("content/caips/5-a.md", "# A\n"),
            ("content/caips/5-b.md", "# B\n"),
        ]);
        let at = |path: &str| log.at_path(&SourcePath::new(path)).unwrap();
        let from = log.record(at("content/caips/caip-10.md")).unwrap();
        let related = |target| log.related(from, target).map(|(position, _)| position);
        let chains = Some(at("content/caips/caip-2.md"));
        assert_eq!((related("2"), related("CAIP-2"), related("0002")), (chains, chains, chains));
        assert_eq!((related("3"), related("EIP-2"), related("5")), (None, None, None));
        let named: Vec<&str> = from.references.iter().map(|reference| reference.target.value.as_str()).collect();
        assert_eq!(named, ["2", "3"]);
        let text = from.text();
        assert!(from.references.iter().all(|reference| reference.target.span.of(text) == reference.target.value));
        assert_eq!(log.relations().len(), 1);
    }
}
