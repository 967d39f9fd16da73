//! The pages of the graph: all of it where it is small, and otherwise group by group, by kind and by tag.

use super::drawing::{FigureView, RECORDS, draw};
use super::group::{Group, Tie, groups};
use crate::log::{Relation, Strength};
use crate::page::browse::facet::{Facet, FacetValue};
use crate::page::browse::pager::{PagerView, cut, titled, weight_of};
use crate::page::browse::way::{Way, WayView};
use crate::page::link::Map;
use crate::page::route::Route;
use crate::page::view::{Frame, Head, Page, RecordLink, Section};
use crate::record::Record;
use rayon::prelude::*;
use serde::Serialize;
use std::cmp::Reverse;

/// Tags with a graph of their own, at most: those with the most relations.
const TAGS: usize = 40;

#[derive(Debug, Serialize)]
struct GraphView {
    ways: Vec<WayView>,
    /// What of the graph it is: `Tag`; empty for all of it.
    docket: &'static str,
    title: String,
    counts: CountsView,
    figures: Vec<FigureView>,
    /// Sizes of the groups that are not drawn.
    undrawn: Vec<usize>,
    actors: Vec<ActorView>,
    views: Vec<ViewsView>,
    pager: PagerView,
    limit: usize,
}

/// How much there is.
#[derive(Clone, Debug, Serialize)]
struct CountsView {
    records: usize,
    relations: usize,
    groups: usize,
    /// Records of the log without any relation.
    alone: usize,
}

/// A record, and what it does to others.
#[derive(Clone, Debug, Serialize)]
struct ActorView {
    record: RecordLink,
    ties: Vec<TieView>,
}

#[derive(Clone, Debug, Serialize)]
struct TieView {
    words: String,
    label: String,
    /// The other's title, for those who ask for it.
    title: String,
    href: Option<String>,
}

/// Parts of the graph by one facet.
#[derive(Clone, Debug, Serialize)]
struct ViewsView {
    label: &'static str,
    values: Vec<PartView>,
}

#[derive(Clone, Debug, Serialize)]
struct PartView {
    label: String,
    count: usize,
    href: String,
    current: bool,
}

/// One view of the graph: all of it, or the part of a kind or a tag.
struct Part {
    route: Route,
    docket: &'static str,
    title: String,
    groups: Vec<Group>,
}

/// What is never parted by the end of a page: a drawing with its relations, or the relations of one record.
enum Piece {
    Group(Box<FigureView>, Vec<ActorView>),
    Actor(ActorView),
    Undrawn(usize),
}

/// Plans the graph; `total` is the number of records in the log.
pub(in crate::page) fn pages(frame: &Frame<'_>, map: Map<'_>, total: usize) -> Vec<Page> {
    let all = groups(map.log, |_| true);
    let records: usize = all.iter().map(|group| group.records.len()).sum();
    let whole = Part { route: Way::Graph.route(), docket: "", title: "Graph of relations".to_owned(), groups: all };
    let parts = if records > RECORDS { parts(map) } else { Vec::new() };
    let views = views(&parts);
    let alone = total.saturating_sub(records);
    let plan = |part: &Part| plan_part(frame, part, &views, (map, alone));
    let mut pages = plan(&whole);
    pages.extend(parts.par_iter().flat_map_iter(plan).collect::<Vec<_>>());
    pages
}

/// The parts of a graph that is too large to be seen at once: one for each kind, and for the tags with the most relations.
fn parts(map: Map<'_>) -> Vec<Part> {
    let facets = &map.addresses.facets;
    let of = |facet: &Facet, at: usize, value: &FacetValue| {
        let has = |record: usize| facet.of(record).contains(&at);
        let fits = |relation: &Relation| has(relation.from) || has(relation.to);
        Part {
            route: Route(format!("log/graph/{}-{}.html", facet.name, value.slug)),
            docket: facet.label,
            title: value.label.clone(),
            groups: groups(map.log, fits),
        }
    };
    let mut often: Vec<usize> = vec![0; facets.tag.values.len()];
    for end in map.log.relations().iter().flat_map(|relation| [relation.from, relation.to]) {
        for tag in facets.tag.of(end) {
            if let Some(count) = often.get_mut(*tag) {
                *count += 1;
            }
        }
    }
    let mut tags: Vec<usize> = (0..often.len()).collect();
    tags.sort_by_key(|tag| Reverse(often.get(*tag).copied()));
    tags.truncate(TAGS);
    tags.sort_unstable();
    let kinds = facets.kind.values.iter().enumerate().map(|(at, value)| of(&facets.kind, at, value));
    let tags = tags.into_iter().filter_map(|at| Some(of(&facets.tag, at, facets.tag.values.get(at)?)));
    kinds.chain(tags).filter(|part| !part.groups.is_empty()).collect()
}

fn views(parts: &[Part]) -> Vec<ViewsView> {
    let mut views: Vec<ViewsView> = Vec::new();
    for part in parts {
        let count = part.groups.iter().flat_map(|group| group.ties.values()).map(Vec::len).sum();
        let view = PartView { label: part.title.clone(), count, href: part.route.href(), current: false };
        match views.iter_mut().find(|views| views.label == part.docket) {
            Some(views) => views.values.push(view),
            None => views.push(ViewsView { label: part.docket, values: vec![view] }),
        }
    }
    views
}

fn plan_part(frame: &Frame<'_>, part: &Part, views: &[ViewsView], (map, alone): (Map<'_>, usize)) -> Vec<Page> {
    let counts = CountsView {
        records: part.groups.iter().map(|group| group.records.len()).sum(),
        relations: part.groups.iter().flat_map(|group| group.ties.values()).map(Vec::len).sum(),
        groups: part.groups.len(),
        alone,
    };
    let mut views = views.to_vec();
    let href = part.route.href();
    for view in views.iter_mut().flat_map(|views| &mut views.values) {
        view.current = view.href == href;
    }
    let pieces: Vec<Vec<Piece>> = part.groups.par_iter().map(|group| pieces(group, map)).collect();
    let cut = cut(pieces.into_iter().flatten().collect(), weight);
    let count = cut.len();
    let page = |(number, pieces): (usize, Vec<Piece>)| {
        let here = part.route.numbered(number);
        let (mut figures, mut actors, mut undrawn) = (Vec::new(), Vec::new(), Vec::new());
        for piece in pieces {
            match piece {
                Piece::Group(figure, of_group) => {
                    figures.push(*figure);
                    actors.extend(of_group);
                }
                Piece::Actor(actor) => actors.push(actor),
                Piece::Undrawn(size) => undrawn.push(size),
            }
        }
        let view = GraphView {
            ways: Way::Graph.navigation(&here),
            docket: part.docket,
            title: part.title.clone(),
            counts: counts.clone(),
            figures,
            undrawn,
            actors,
            views: views.clone(),
            pager: PagerView::new(&part.route, number, count),
            limit: RECORDS,
        };
        let title = if part.docket.is_empty() { part.title.clone() } else { format!("Graph: {}", part.title) };
        let description = "Which records supersede, amend, need and carry out which.".to_owned();
        frame.page(here, "graph.html", Head { title: titled(&title, number), description, section: Section::Log }, view)
    };
    (1..).zip(cut).map(page).collect()
}

/// A group with its drawing, or else its relations one record at a time.
fn pieces(group: &Group, map: Map<'_>) -> Vec<Piece> {
    let mut actors: Vec<(usize, ActorView)> = Vec::new();
    let rank = |position: usize| map.log.record(position).map(Record::rank);
    let mut all: Vec<_> = group.ties.iter().collect();
    all.sort_by_key(|((from, to), _)| (rank(*from), rank(*to)));
    for ((from, to), ties) in all {
        let Some(other) = map.log.record(*to) else { continue };
        let label = other.id.as_ref().map_or_else(|| other.title.clone(), |id| id.value.to_string());
        let views = ties.iter().map(|tie| TieView {
            words: in_words(tie),
            label: label.clone(),
            title: if other.id.is_some() { other.title.clone() } else { String::new() },
            href: map.addresses.href(*to),
        });
        match actors.last_mut().filter(|(last, _)| last == from) {
            Some((_, actor)) => actor.ties.extend(views),
            None => {
                let Some(record) = map.record_link(*from) else { continue };
                let record = RecordLink { status: None, ..record };
                actors.push((*from, ActorView { record, ties: views.collect() }));
            }
        }
    }
    let actors: Vec<ActorView> = actors.into_iter().map(|(_, actor)| actor).collect();
    match draw(group, map) {
        Some(figure) => {
            let whole = Piece::Group(Box::new(figure), actors);
            // What alone fills a page is better read as a list.
            if weight(&whole) <= MOST { vec![whole] } else { listed(whole, group) }
        }
        None => listed_actors(actors, group),
    }
}

/// Bytes of HTML for one drawing with its relations, at most.
const MOST: usize = 270_000;

fn listed(piece: Piece, group: &Group) -> Vec<Piece> {
    match piece {
        Piece::Group(_, actors) => listed_actors(actors, group),
        other => vec![other],
    }
}

fn listed_actors(actors: Vec<ActorView>, group: &Group) -> Vec<Piece> {
    let undrawn = std::iter::once(Piece::Undrawn(group.records.len()));
    undrawn.chain(actors.into_iter().flat_map(in_parts).map(Piece::Actor)).collect()
}

/// A record with very many relations, in parts that fit on a page.
fn in_parts(actor: ActorView) -> Vec<ActorView> {
    let ActorView { record, ties } = actor;
    ties.chunks(200).map(|ties| ActorView { record: record.clone(), ties: ties.to_vec() }).collect()
}

fn in_words(tie: &Tie) -> String {
    let words = if tie.in_part { format!("{} a part of", tie.words) } else { tie.words.to_owned() };
    match tie.strength {
        Strength::InForce => words,
        Strength::Proposed => format!("{words} (proposed)"),
        Strength::Void => format!("{words} (void)"),
    }
}

fn weight(piece: &Piece) -> usize {
    let of_actor = |actor: &ActorView| {
        let tie = |tie: &TieView| {
            let words = [Some(&tie.words), Some(&tie.label), Some(&tie.title), tie.href.as_ref()];
            70 + words.into_iter().flatten().map(|text| weight_of(text)).sum::<usize>()
        };
        let href = actor.record.href.as_deref().map_or(0, weight_of);
        150 + weight_of(&actor.record.title) + href + actor.ties.iter().map(tie).sum::<usize>()
    };
    match piece {
        Piece::Group(figure, actors) => figure.weight() + actors.iter().map(of_actor).sum::<usize>(),
        Piece::Actor(actor) => of_actor(actor),
        Piece::Undrawn(_) => 200,
    }
}
