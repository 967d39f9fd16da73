//! Relations that lead back to where they started.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::{DecisionLog, Relation, Strength};
use crate::record::{Record, RelationKind};
use crate::text::Location;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULE: Rule = Rule {
    name: "relation-cycle",
    summary: "Records supersede, amend or need one another in a circle.",
    page: include_str!("../../../content/rules/relation-cycle.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Log(check),
};

/// Relations of one kind, by the record that acts.
type Edges<'a> = BTreeMap<usize, Vec<&'a Relation>>;

fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let kinds = RelationKind::ALL.iter().map(|(kind, ..)| *kind).filter(|kind| *kind != RelationKind::RelatesTo);
    for kind in kinds {
        let mut edges = Edges::new();
        let between = log.relations().iter().filter(|relation| relation.kind == kind && is_whole(relation));
        between.for_each(|relation| edges.entry(relation.from).or_default().push(relation));
        if kind == RelationKind::DependsOn {
            without_pairs(log, &mut edges);
        }
        found.extend(circles(&edges).iter().filter_map(|circle| report(log, circle)));
    }
}

/// Takes out what two texts of another process say of each other alike: in its `requires`, it says that they are read together.
fn without_pairs(log: &DecisionLog, edges: &mut Edges<'_>) {
    let is_foreign = |at: usize| log.record(at).is_some_and(|record| !record.format.is_native());
    let all: BTreeSet<(usize, usize)> = edges.values().flatten().map(|relation| (relation.from, relation.to)).collect();
    let is_mutual = |relation: &Relation| {
        all.contains(&(relation.to, relation.from)) && is_foreign(relation.from) && is_foreign(relation.to)
    };
    edges.values_mut().for_each(|relations| relations.retain(|relation| !is_mutual(relation)));
}

/// Records may well replace parts of one another, and what was turned down replaces nothing.
fn is_whole(relation: &Relation) -> bool {
    relation.from != relation.to && relation.part.is_none() && relation.strength != Strength::Void
}

/// Circles that share no record, each from its first record on: one walk in depth over all records, without recursion.
fn circles<'a>(edges: &Edges<'a>) -> Vec<Vec<&'a Relation>> {
    let mut circles = Vec::new();
    let mut reported: BTreeSet<usize> = BTreeSet::new();
    let mut visited: BTreeSet<usize> = BTreeSet::new();
    for start in edges.keys() {
        let mut walk = Walk::default();
        let mut next = visited.insert(*start).then_some(*start);
        while let Some(at) = next {
            walk.enter(at);
            next = None;
            while let Some(relation) = walk.step(edges) {
                if let Some(circle) = walk.circle(relation) {
                    if circle.iter().all(|relation| !reported.contains(&relation.from)) {
                        reported.extend(circle.iter().map(|relation| relation.from));
                        circles.push(circle);
                    }
                } else if visited.insert(relation.to) {
                    walk.way.push(relation);
                    next = Some(relation.to);
                    break;
                }
            }
        }
    }
    circles
}

/// Where a walk stands: the relations it came by, and for each record on its way its depth and its next relation.
#[derive(Default)]
struct Walk<'a> {
    way: Vec<&'a Relation>,
    stack: Vec<(usize, usize)>,
    depths: BTreeMap<usize, usize>,
}

impl<'a> Walk<'a> {
    fn enter(&mut self, record: usize) {
        self.depths.insert(record, self.stack.len());
        self.stack.push((record, 0));
    }

    /// The next relation not yet followed, going back as far as needed; `None` when all have been.
    fn step(&mut self, edges: &Edges<'a>) -> Option<&'a Relation> {
        loop {
            let (record, next) = self.stack.last_mut()?;
            if let Some(relation) = edges.get(record).and_then(|relations| relations.get(*next)) {
                *next += 1;
                return Some(relation);
            }
            self.depths.remove(record);
            self.stack.pop();
            self.way.pop();
        }
    }

    /// The circle that a relation closes, if it leads back to the way.
    fn circle(&self, closing: &'a Relation) -> Option<Vec<&'a Relation>> {
        let depth = *self.depths.get(&closing.to)?;
        let mut circle: Vec<&Relation> = self.way.get(depth..)?.iter().copied().chain([closing]).collect();
        let smallest =
            circle.iter().enumerate().min_by_key(|(_, relation)| relation.from).map_or(0, |(place, _)| place);
        circle.rotate_left(smallest);
        Some(circle)
    }
}

fn report(log: &DecisionLog, circle: &[&Relation]) -> Option<Diagnostic> {
    let first = circle.first()?;
    let round = circle.iter().map(|relation| relation.from).chain([first.from]);
    let names: Vec<String> = round.filter_map(|position| log.record(position)).map(short_name).collect();
    let message = format!("these records {} one another in a circle: {}", verb(first.kind), names.join(" → "));
    let (primary, label) = edge(log, first)?;
    let finding = Diagnostic::new(RULE.name, &primary.path, primary.span, message).with_label(label);
    let others = circle.iter().skip(1).filter_map(|relation| edge(log, relation));
    let finding = others.fold(finding, |finding, (location, label)| finding.with_related(location, label));
    Some(finding.with_help("take one of these relations out"))
}

/// Where a relation is written, and what it says.
fn edge(log: &DecisionLog, relation: &Relation) -> Option<(Location, String)> {
    let (position, span) = relation.written;
    let path = log.record(position)?.path().clone();
    let (from, to) = (short_name(log.record(relation.from)?), short_name(log.record(relation.to)?));
    Some((Location { path, span }, format!("{from} {} {to}", relation.kind.forward().to_lowercase())))
}

fn short_name(record: &Record) -> String {
    record.id.as_ref().map_or_else(|| record.path().file_name().to_owned(), |id| id.value.to_string())
}

fn verb(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Supersedes | RelationKind::SupersededBy => "supersede",
        RelationKind::Amends | RelationKind::AmendedBy => "amend",
        RelationKind::Implements => "implement",
        RelationKind::Resolves => "resolve",
        RelationKind::DependsOn => "depend on",
        RelationKind::ReplacedBy => "replace",
        RelationKind::RelatesTo => "relate to",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::date::Date;
    use crate::markdown::Diagrams;
    use crate::source::Source;
    use crate::text::{SourcePath, Span};
    use std::sync::Arc;

    fn found(pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let edge = |(from, to): &(usize, usize)| Relation {
            from: *from,
            kind: RelationKind::DependsOn,
            to: *to,
            part: None,
            written: (*from, Span::default()),
            strength: Strength::InForce,
        };
        let relations: Vec<Relation> = pairs.iter().map(edge).collect();
        let mut edges = Edges::new();
        relations.iter().for_each(|relation| edges.entry(relation.from).or_default().push(relation));
        circles(&edges).iter().map(|circle| circle.iter().map(|relation| relation.from).collect()).collect()
    }

    fn messages(texts: &[(&str, &str)]) -> Vec<String> {
        let (config, diagrams) = (Config::builtin(), Diagrams::default());
        let parse = |(path, text): &(&str, &str)| {
            Arc::new(Record::parse(&Source::new(SourcePath::new(*path), *text), &config).0)
        };
        let log = DecisionLog::link(texts.iter().map(parse).collect(), BTreeMap::new(), &config);
        let mut found = Vec::new();
        check(&log, &Context { config: &config, today: Date::constant(2026, 6, 1), diagrams: &diagrams }, &mut found);
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn two_specifications_may_require_each_other_and_three_may_not_in_a_circle() {
        let spec = |number: u32, requires: u32| {
            format!("---\neip: {number}\ntitle: Part {number}\nauthor: A. Writer\nstatus: Draft\nrequires: {requires}\n---\n")
        };
        let (one, two) = (spec(1, 2), spec(2, 1));
        assert!(messages(&[("content/eips/eip-1.md", &one), ("content/eips/eip-2.md", &two)]).is_empty());
        let (two, three) = (spec(2, 3), spec(3, 1));
        let round = [("content/eips/eip-1.md", &*one), ("content/eips/eip-2.md", &two), ("content/eips/eip-3.md", &three)];
        assert_eq!(messages(&round).len(), 1);
        let native = |other: u32| format!("+++\ntitle = \"x\"\nstatus = \"draft\"\ndepends-on = [\"RFC-000{other}\"]\n+++\n");
        let (one, two) = (native(2), native(1));
        assert_eq!(messages(&[("content/rfc/0001-a.md", &one), ("content/rfc/0002-b.md", &two)]).len(), 1);
    }

    #[test]
    fn circles_are_found_whole_and_once() {
        assert_eq!(found(&[(1, 2), (2, 1)]), [[1, 2]]);
        assert_eq!(found(&[(5, 3), (3, 4), (4, 5), (0, 3)]), [[3, 4, 5]]);
        assert_eq!(found(&[(1, 2), (2, 1), (3, 4), (4, 3), (2, 3)]), [[1, 2], [3, 4]]);
        assert_eq!(found(&[(1, 2), (1, 3), (2, 4), (3, 4)]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn long_chains_and_dense_meshes_are_walked_once() {
        let chain: Vec<_> = (0..50_000).map(|at| (at, at + 1)).collect();
        assert!(found(&chain).is_empty());
        let ring: Vec<_> = chain.iter().copied().chain([(50_000, 0)]).collect();
        assert_eq!(found(&ring)[0].len(), 50_001);
        let mesh: Vec<_> = (0..300).flat_map(|from| (0..from).map(move |to| (from, to))).collect();
        assert!(found(&mesh).is_empty());
    }
}
